"""A ledger or an audit → a table for the terminal, or CSV that opens in a spreadsheet without mojibake (utf-8-sig)."""
from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from figures.audit import Finding
from figures.ledger import Figure
from figures.period import periods

COLUMNS = ("数字", "指标", "主体", "时间", "比较口径", "对应数", "说话人", "状态", "原句", "标题", "文档")
STATUS = {"planned": "计划", "due": "计划", "done": "已完成", "negated": "否定", "": ""}
_DANGER = ("=", "+", "-", "@", "\t", "\r")


def when(row: Figure) -> str:
    """When a figure holds, with the year that 去年 or 当年 means; nothing where only a title dates an age.

    >>> from figures.ledger import ledger
    >>> from ingest.chunk import read_document
    >>> [when(r) for r in ledger(read_document("a.txt", "去年完成25个。", (2023, 3))) if r.text == "25个"]
    ['去年（2022年）']
    """
    p = row.period
    if p is None or p.level >= 3 and row.quantity.kind in ("age", "grade"):
        return ""
    if p.text in ("当年", "同年") and (m := re.search(r"((?:19|20)[0-9]{2})年", " ".join([row.line.text, *reversed(row.sentence.path)]))):
        return f"{p.text}（{m[1]}年）"
    return f"{p.text}（{p.year}年）" if p.year and str(p.year) not in p.text and not re.search("[0-9]{4}", p.text) else p.text


def cells(row: Figure) -> tuple[str, ...]:
    """A row as a reader sees it, by COLUMNS."""
    counterpart = row.counterpart.text if row.counterpart else ""
    return (row.shown, row.measure, row.subject, when(row), row.basis, counterpart, row.speaker, STATUS[row.status],
            " ".join(row.sentence.text.split()), row.sentence.heading, row.document)


def width(text: str) -> int:
    """Columns of a terminal that a text takes: two for a wide character.

    >>> width("147家")
    5
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def clip(text: str, columns: int) -> str:
    """A text in exactly so many columns, cut with … where it is longer.

    >>> clip("新增市场主体", 8), clip("家", 4)
    ('新增市…', '家  ')
    """
    if width(text) > columns:
        kept = ""
        for c in text:
            if width(kept + c) > columns - 2:
                break
            kept += c
        text = kept + "…"
    return text + " " * (columns - width(text))


def _governs(row: Figure) -> bool:
    """Whether a span only says when other figures of its sentence hold: 3年来."""
    return row.quantity.kind == "duration" and any((s, e) == (row.quantity.start, row.quantity.end) for s, e, _ in periods(row.line))


def _only_when(row: Figure) -> bool:
    """Whether a row only dates or numbers something: 2021年, 3年来, 第三届, the year in a heading."""
    q = row.quantity
    if q.kind == "date":
        return q.date is None or q.date.month is None or row.sentence.kind not in ("paragraph", "row")
    if q.kind == "ordinal":
        return not q.measure.endswith(("奖", "功"))
    if q.kind == "duration":
        return _governs(row) or row.sentence.kind not in ("paragraph", "row") or not row.basis and q.start == 0 and row.measure == row.line.text[:len(row.measure)]
    return False


def told(rows: Iterable[Figure]) -> list[Figure]:
    """The rows that tell something by themselves: without those that only say when others hold or only number a thing (第三届, 第二批)."""
    return [r for r in rows if r.measure and not _only_when(r)]


def table(rows: Iterable[Figure], widths: Sequence[int] = (16, 26, 20, 14, 12, 10, 10, 6)) -> str:
    """The rows with the first columns, one a line, headings first."""
    lines = [COLUMNS, *(cells(row) for row in rows)]
    return "\n".join("  ".join(clip(value, size) for value, size in zip(line, widths)).rstrip() for line in lines)


def findings_table(findings: Iterable[Finding]) -> str:
    """One line a finding: label, reason, sentence."""
    lines = [f"[{f.label}] {f.reason}\n    {' '.join(f.sentence.text.split())}" for f in findings]
    return "\n".join(lines) or "没有可重算的数字。"


def write_csv(path: Path, rows: Iterable[Figure]) -> None:
    """All columns as CSV; a cell that a spreadsheet would run as a formula gets an apostrophe before it. Raises OSError."""
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        write_rows(file, rows)


def write_rows(file: TextIO, rows: Iterable[Figure]) -> None:
    """The CSV itself, headings first, to a file that leaves line ends alone."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    writer.writerows([safe(cell) for cell in cells(row)] for row in rows)


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; a plain negative number stays.

    >>> safe("=1+1"), safe("-2.54‰"), safe("粮食")
    ("'=1+1", '-2.54‰', '粮食')
    """
    if cell.startswith(_DANGER) and not cell[1:2].isdigit():
        return "'" + cell
    return cell if not cell.startswith(("=", "+", "@")) else "'" + cell
