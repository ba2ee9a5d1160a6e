"""JSON Lines in, JSON Lines out: in order, line by line, none lost."""
from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from ingest.document import UserError


def dumps(value: object) -> str:
    """One JSON object on one line. Half a surrogate pair, which no encoding writes, keeps its escape.

    >>> dumps({"id": "甲\\ud800"})
    '{"id": "甲\\\\ud800"}'
    """
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")


def row_of(line: str) -> dict:
    """The JSON object of a line. Raises UserError for anything else."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise UserError(f"不是合法的 JSON({error.msg})") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets thousands deep
        raise UserError("不是合法的 JSON(数字太长或嵌套太深)") from None
    if not isinstance(row, dict):
        raise UserError("不是 JSON 对象")
    return row


def answer_lines(source: Iterable[str], target: TextIO, reply: Callable[[dict], dict]) -> None:
    """JSON Lines in, JSON Lines out, in order; a line that fails gets its `error`, and standard error the count."""
    failed = 0
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        row: dict = {}
        try:
            row = row_of(line)
            result = reply(row)
        except UserError as error:
            result = {"id": row.get("id"), "error": f"第 {number} 行:{error}"}
        except Exception as error:  # a fault of the program costs its line, not the rest
            result = {"id": row.get("id"), "error": f"第 {number} 行:程序出了差错({type(error).__name__}: {error})"}
        failed += "error" in result
        target.write(dumps(result) + "\n")
        target.flush()
    if failed:
        print(f"有 {failed} 行没有答成,见各行的 error。", file=sys.stderr)


@contextmanager
def opened(name: str, mode: str) -> Iterator[TextIO]:
    """A file by name, or standard input or output for "-". Raises UserError where it cannot be opened."""
    if name == "-":
        yield sys.stdin if mode == "r" else sys.stdout
        return
    try:
        file = open(name, mode, encoding="utf-8-sig" if mode == "r" else "utf-8", errors="replace" if mode == "r" else None)
    except OSError as error:
        raise UserError(f"{'读' if mode == 'r' else '写'}不了文件“{name}”({error.strerror});请检查路径和权限。") from None
    with file:
        yield file
