"""A file on disk → its decoded text, byte-order mark aside, line ends as they are.

Text and Markdown are read; a format that is added gets its line in READERS. Raises UserError for what is
missing, empty, too large, of another format, binary, or in no encoding that Chinese text comes in.
"""
from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

from charset_normalizer import from_bytes

from ingest.document import UserError

MAX_BYTES = 20 * 2**20
ENCODINGS = ["gb18030", "big5", "utf_16", "utf_16_le", "utf_16_be"]
FOREIGN = {b"%PDF": "PDF", b"PK\x03\x04": "Word/Excel/ZIP", b"\xd0\xcf\x11\xe0": "旧版 Word/Excel", b"\x89PNG": "图片", b"\xff\xd8\xff": "图片",
           b"{\\rtf": "RTF", b"\x1f\x8b": "压缩包"}


def decode(data: bytes, name: str) -> str:
    """Bytes → text: UTF-8 where it is valid, else the encoding of ENCODINGS that reads best.

    >>> decode("高新区有147家企业。".encode("gb18030"), "a.txt")
    '高新区有147家企业。'
    """
    if not data.strip():
        raise UserError(f"“{name}”是空文件,没有可以索引的文字;请检查文件内容。")
    for magic, kind in FOREIGN.items():
        if data.startswith(magic):
            raise UserError(f"“{name}”是{kind}格式,目前只读纯文本和 Markdown;请另存为 .txt 后再试。")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(data, cp_isolation=ENCODINGS).best()
        text = str(best) if best else ""
    text = text.removeprefix("\ufeff")
    strange = sum(c in "\x00\ufffd" or (unicodedata.category(c) == "Cc" and not c.isspace()) for c in text)
    if not text or strange > len(text) * 0.01:
        raise UserError(f"“{name}”无法解码为文字(可能是二进制文件);请另存为 UTF-8 编码的文本后再试。")
    if not any(c.isalnum() for c in text):
        raise UserError(f"“{name}”里没有可以索引的文字;请检查文件内容。")
    return text


READERS: dict[str, Callable[[bytes, str], str]] = {"": decode, ".txt": decode, ".md": decode, ".markdown": decode, ".text": decode}


def load(path: Path) -> tuple[bytes, str]:
    """The bytes of a file and its text. Raises UserError as the module says."""
    name = path.name
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UserError(f"“{path}”是文件夹;请逐个给出其中的文件。")
        if path.suffix.lower() not in READERS:
            raise UserError(f"暂不支持 {path.suffix} 格式(“{name}”);请另存为 .txt 或 .md 后再试。")
        if size > MAX_BYTES:
            raise UserError(f"“{name}”有 {size / 2**20:.0f} MB,超过 {MAX_BYTES // 2**20} MB 的上限;请拆成较小的文件。")
        data = path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"找不到文件“{path}”;请检查路径。") from None
    except OSError as error:
        raise UserError(f"读不了文件“{path}”({error.strerror});请检查权限。") from None
    return data, READERS[path.suffix.lower()](data, name)
