"""`--auth-file`: who may come in. A line an account, `name:password`, UTF-8; blank lines and lines that start with # are left out.

Passwords are kept as digests, compared in constant time, and neither printed nor logged: a refusal names the line, not what is on it.
"""
from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
import stat
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingest.document import UserError


def digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def pairs(lines: Iterable[str], name: str) -> dict[str, str]:
    """Lines of the file called `name` → {account: password}. Raises UserError for a line that is neither an account nor left out, or a second one of a name.

    >>> pairs(["# 编辑部", "", "wang:a:b", "李四: 密码 "], "x")
    {'wang': 'a:b', '李四': '密码'}
    """
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        account, colon, password = (part.strip() for part in line.partition(":"))
        if not (account and colon and password):
            raise UserError(f"“{name}”第 {number} 行不是“用户名:密码”；请改正，或在行首加 #。")
        if account in found:
            raise UserError(f"“{name}”第 {number} 行的用户名“{account}”前面已经有了；请删去一行。")
        found[account] = password
    if not found:
        raise UserError(f"“{name}”里没有一个账号；请每行写一个“用户名:密码”。")
    return found


@dataclass(frozen=True)
class Accounts:
    """passwords: digest of each account's password; sessions: what the cookie of each holds once it has logged in."""

    passwords: Mapping[str, bytes] = field(repr=False)
    sessions: Mapping[str, str] = field(repr=False)

    @classmethod
    def of(cls, passwords: Mapping[str, str]) -> Accounts:
        """The sessions are new with each start of the program."""
        return cls({name: digest(password) for name, password in passwords.items()}, {name: secrets.token_urlsafe(32) for name in passwords})

    @classmethod
    def read(cls, path: Path) -> Accounts:
        """The accounts of a file. Warns where every user of the machine may read it. Raises UserError where it cannot be read, and as `pairs` says."""
        try:
            text = path.read_bytes().decode("utf-8-sig")
            mode = path.stat().st_mode
        except OSError as error:
            raise UserError(f"读不了账号文件“{path}”（{error.strerror}）；请检查 --auth-file 的路径和权限。") from None
        except UnicodeDecodeError:
            raise UserError(f"账号文件“{path}”不是 UTF-8 编码；请另存为 UTF-8 后再试。") from None
        accounts = cls.of(pairs(text.splitlines(), path.name))
        if os.name == "posix" and mode & stat.S_IROTH:
            print(f"注意：账号文件“{path}”这台机器上的人都能读；请运行 chmod 600 收紧权限。", file=sys.stderr)
        return accounts

    def admits(self, name: str, password: str) -> bool:
        return hmac.compare_digest(self.passwords.get(name, digest("")), digest(password)) and name in self.passwords

    def session(self, name: str, password: str) -> str | None:
        """What the cookie of an account holds, None for a wrong name or password."""
        return self.sessions[name] if self.admits(name, password) else None

    def admits_session(self, value: str) -> bool:
        return any([hmac.compare_digest(digest(known), digest(value)) for known in self.sessions.values()])

    def admits_basic(self, header: str) -> bool:
        """Whether an `Authorization` header lets in: `Basic` and the base64 of `name:password` in UTF-8."""
        scheme, _, encoded = header.partition(" ")
        try:
            name, colon, password = base64.b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
        except (binascii.Error, ValueError):
            return False
        return scheme.lower() == "basic" and bool(colon) and self.admits(name, password)
