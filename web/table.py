"""The rows of a table, Markdown's or a plain one's → an HTML table that holds every character of them.

What stands between two cells, a bar or a gap, is a run like any other, with a class that hides it: offsets stay true, and
what is cited is marked over cells as over words.
"""
from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import groupby

from ingest.document import Block, Document, Span
from web.escape import text

BAR = re.compile(r"(?<!\\)\|")
GAP = re.compile(r"\t+|[ \u3000]{2,}")
RULE = re.compile(r"\s*\|?[|\s:：-]*-[|\s:：-]*")
NUMBER = re.compile(r"\s*[-−+±]?\d[\d,，]*(?:\.\d+)?\s*(?:%|％|[^\W\d]{0,4})\s*")
DATE = re.compile(r"(?:1[89]|20)\d\d|\d+[年月日]")


def cells(row: str) -> tuple[tuple[Span, ...], ...]:
    """The cells of a row: of each the stretches that tile it, by turns what is read and what separates it from the next.

    >>> [[row[s:e] for s, e in cell] for row in ["| 粮食 | 2,315 |"] for cell in cells(row)]
    [['|', ' 粮食 ', '|'], [' 2,315 ', '|']]
    >>> [[row[s:e] for s, e in cell] for row in ["甲  30%"] for cell in cells(row)]
    [['甲', '  '], ['30%']]
    """
    found: list[list[Span]] = [[]]
    at = 0
    for edge in (BAR if BAR.search(row) else GAP).finditer(row):
        opening = not row[:edge.start()].strip()
        if at < edge.start():
            found[-1].append((at, edge.start()))
        found[-1].append(edge.span())
        at = edge.end()
        if not opening and row[at:].strip():
            found.append([])
    if at < len(row):
        found[-1].append((at, len(row)))
    return tuple(map(tuple, found))


def read(row: str) -> list[str]:
    """What is read in the cells of a row.

    >>> read("| 粮食 |  | 2,315 |")
    ['粮食', '', '2,315']
    """
    return ["".join(row[s:e] for s, e in cell if not separates(row[s:e])).strip() for cell in cells(row)]


def separates(stretch: str) -> bool:
    return bool(BAR.fullmatch(stretch) or GAP.fullmatch(stretch))


def grouped(blocks: Iterable[tuple[Block, int]], document: Document) -> Iterator[list[tuple[Block, int]]]:
    """The numbered blocks of a document, the rows of one table together, everything else by itself: a table ends where
    an empty line or another sort of row follows."""
    table = 0
    last: Block | None = None

    def key(item: tuple[Block, int]) -> tuple:
        nonlocal table, last
        block = item[0]
        if block.kind != "row":
            last = None
            return block.start, block.end
        if last is None or not joined(document, last, block):
            table += 1
        last = block
        return "table", table

    for _, group in groupby(blocks, key):
        yield list(group)


def joined(document: Document, upper: Block, lower: Block) -> bool:
    """Whether two rows that follow one another are of one table."""
    one, two = (document.text[b.start:b.end] for b in (upper, lower))
    return bool(BAR.search(one)) == bool(BAR.search(two)) and (bool(BAR.search(one)) or len(cells(one)) == len(cells(two))) and (
        not re.search(r"(\r\n|\r|\n)[^\S\r\n]*(\r|\n)", between(document, upper, lower)))


def between(document: Document, upper: Block, lower: Block) -> str:
    """What `raw` has between two blocks."""
    return document.raw[document.spans(upper.start, upper.end)[-1][1]:document.spans(lower.start, lower.end)[0][0]]


def headed(document: Document, rows: Sequence[Block]) -> bool:
    """Whether the first row names the columns: a rule stands under it, or it has no number and the next has."""
    if len(rows) < 2:
        return False
    if any(RULE.fullmatch(line) for line in between(document, *rows[:2]).splitlines() if line.strip()):
        return True
    first, second = (read(document.text[b.start:b.end]) for b in rows[:2])
    return not any(map(number, first)) and any(map(number, second))


def number(cell: str) -> bool:
    """Whether a cell is a number with its unit; a date is a name.

    >>> [number(cell) for cell in ("1,200", "5.2亿元", "-3%", "2021年", "甲街道", "")]
    [True, True, True, False, False, False]
    """
    return bool(NUMBER.fullmatch(cell)) and not DATE.fullmatch(cell.strip())


def row_html(document: Document, block: Block, head: bool, numbers: Container[int]) -> str:
    """One row; its first cell names it where it is no number. numbers: the columns that are set as such."""
    row = document.text[block.start:block.end]
    parts = []
    for i, (cell, said) in enumerate(zip(cells(row), read(row))):
        inner = "".join(f'<span class="run{" bar" if separates(row[s:e]) else ""}" data-at="{at}">{text(document.raw[at:end])}</span>'
                        for s, e in cell for at, end in document.spans(block.start + s, block.start + e))
        tag, scope = ("th", ' scope="col"') if head else ("th", ' scope="row"') if i == 0 and said and not number(said) else ("td", "")
        kind = ' class="number"' if i in numbers else ""
        parts.append(f"<{tag}{scope}{kind}>{inner}</{tag}>")
    return f'<tr>{"".join(parts)}</tr>'


def table_html(document: Document, rows: Sequence[Block]) -> str:
    """The rows of one table, which can be scrolled sideways where it is wider than the pane."""
    head = headed(document, rows)
    numbers = {i for block in rows[head:] for i, said in enumerate(read(document.text[block.start:block.end])) if number(said)}
    above = f"<thead>{row_html(document, rows[0], True, numbers)}</thead>" if head else ""
    body = "".join(row_html(document, block, False, numbers) for block in rows[head:])
    return f'<div class="table" role="region" aria-label="表格" tabindex="0"><table>{above}<tbody>{body}</tbody></table></div>'
