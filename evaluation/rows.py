"""A file of test cases → its rows as dicts, with their line numbers: JSON Lines, or CSV with a line of column names.

Text in any encoding that `ingest.load.decode` knows, so that a sheet saved by a spreadsheet on Windows reads too.
"""
from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ingest.document import UserError
from ingest.load import decode

NO = frozenset(("false", "0", "no", "n", "否"))
YES = frozenset(("true", "1", "yes", "y", "是"))


def rows_of(path: Path, lists: Sequence[str], what: str) -> Iterator[tuple[int, object]]:
    """(line number, row) of each row; a line that is no JSON comes as a UserError in the place of its row.

    lists: the columns of a CSV that hold lists; what: the Chinese name of what the file should hold.
    Raises UserError for a file that cannot be read.
    """
    try:
        text = decode(path.read_bytes(), path.name)
    except OSError as error:
        raise UserError(f"读不了{what}文件“{path}”({error.strerror});请检查路径和权限。") from None
    if path.suffix.lower() in (".csv", ".tsv"):
        yield from csv_rows(text, lists, "\t" if path.suffix.lower() == ".tsv" else ",")
        return
    for line, written in enumerate(text.split("\n"), 1):
        if written.strip():
            try:
                yield line, json.loads(written)
            except (ValueError, RecursionError) as error:
                yield line, UserError(f"不是合法的 JSON({getattr(error, 'msg', '数字太长或嵌套太深')})")


def csv_rows(text: str, lists: Sequence[str], delimiter: str = ",") -> Iterator[tuple[int, object]]:
    """The rows of a CSV; an empty cell is no value, `answerable` is true or false, lists are cut by `listed`, `turns` and `figures` are JSON.

    >>> list(csv_rows("question,answers,answerable\\n几家？,95家|95,\\n天气？,,false\\n", ["answers"]))
    [(2, {'question': '几家？', 'answers': ['95家', '95']}), (3, {'question': '天气？', 'answers': [], 'answerable': False})]
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    head: list[str] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, UserError(f"不是合法的 CSV({error})")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if not head:
            head = [cell.strip() for cell in cells]
            continue
        if len(cells) > len(head):
            yield reader.line_num, UserError(f"有 {len(cells)} 列,表头只有 {len(head)} 列")
            continue
        try:
            yield reader.line_num, {name: cell_of(name, cell, lists) for name, cell in zip(head, cells) if cell.strip() or name == "answers"}
        except UserError as error:
            yield reader.line_num, error


def cell_of(name: str, cell: str, lists: Sequence[str]) -> object:
    """What a cell says. Raises UserError where a JSON cell is none."""
    if name == "answerable" and cell.strip().lower() in NO | YES:
        return cell.strip().lower() in YES
    if name in ("turns", "figures") or name in lists and cell.lstrip().startswith("["):
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):
            raise UserError(f"{name} 不是合法的 JSON") from None
    return listed(cell, name) if name in lists else cell


def listed(cell: str, name: str) -> list[str]:
    """The parts of a cell at | or line ends; evidence that is a row of a table (| 粮食 | 231500 |) stays whole.

    >>> listed("95家|95", "answers"), listed("| 粮食 | 231500 |", "evidence")
    (['95家', '95'], ['| 粮食 | 231500 |'])
    """
    cut = r"\n" if name == "evidence" and cell.lstrip().startswith("|") else r"\n|\|"
    return [part.strip() for part in re.split(cut, cell) if part.strip()]


def loaded(path: Path, lists: Sequence[str], what: str, form: str, read: Callable[[object, str], list]) -> tuple[list, list[str]]:
    """What `read(row, id)` makes of each row of a file, and one Chinese line for each row that is none. Raises UserError where none can be read."""
    found: list = []
    faults: list[str] = []
    seen: Counter[str] = Counter()
    for line, row in rows_of(path, lists, what):
        try:
            if isinstance(row, UserError):
                raise row
            found += read(row, number(row, line, seen))
        except UserError as error:
            faults.append(f"第 {line} 行:{error}")
    if not found:
        raise UserError(f"“{path}”里没有{what}{'(' + faults[0] + ')' if faults else ''};每行应是 {form}。")
    return found, faults


def number(row: object, line: int, seen: Counter[str]) -> str:
    """The id of a row: its own, or its line; a repeated one gets ~2, ~3, …. `seen` counts what was given.

    >>> seen = Counter()
    >>> [number(row, line, seen) for line, row in enumerate(({"id": "a"}, {"id": "a"}, {}), 1)]
    ['a', 'a~2', '第3行']
    """
    given = row.get("id") if isinstance(row, dict) else None
    identity = f"第{line}行" if given in (None, "") else str(given)
    seen[identity] += 1
    return identity if seen[identity] == 1 else f"{identity}~{seen[identity]}"
