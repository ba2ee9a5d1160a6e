"""Table rows read out: each cell with its column's name and unit, so that a row says what it means without the lines above it.

A View is how a sentence is read by search and by the reader; `places` leads every character of it back to the sentence. What is cited
is always the sentence itself.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from quantities.parse import parse

Span = tuple[int, int]
UNIT = re.compile(r"[（(]([^（）()]{1,8})[）)]\s*$")
UNIT_LINE = re.compile(r"单位\s*[:：]\s*([^\s，。,;；）)|]{1,6})")
BARE = re.compile(r"[-−+]?[0-9][0-9,]*(?:\.[0-9]+)?")


@dataclass(frozen=True)
class View:
    """text: as read; places: for each character of it the offset in the sentence, -1 for what stands in another row."""

    text: str
    places: tuple[int, ...]

    @classmethod
    def plain(cls, text: str) -> View:
        """What reads as it stands."""
        return cls(text, tuple(range(len(text))))

    def back(self, start: int, end: int) -> Span | None:
        """The range of the sentence that a range of the view covers; None where it covers nothing of it.

        >>> View("总量3吨", (-1, -1, 2, -1)).back(0, 4)
        (2, 3)
        """
        there = [p for p in self.places[start:end] if p >= 0]
        return (min(there), max(there) + 1) if there else None


def cells(text: str) -> list[Span]:
    """The cells of a row as offsets, without the white space around them: between |, else between gaps wider than one space.

    >>> ["| 粮食 | 231500 |"[s:e] for s, e in cells("| 粮食 | 231500 |")], ["甲乙  1 2"[s:e] for s, e in cells("甲乙  1 2")]
    (['粮食', '231500'], ['甲乙', '1 2'])
    """
    if "|" not in text:
        return [m.span() for m in re.finditer(r"\S+(?: \S+)*", text)]
    edges = [m.start() for m in re.finditer(r"\|", text)]
    edges = ([] if text.lstrip()[:1] == "|" else [-1]) + edges + ([] if text.rstrip()[-1:] == "|" else [len(text)])
    found = []
    for left, right in zip(edges, edges[1:]):
        inner = text[left + 1:right]
        start = left + 1 + len(inner) - len(inner.lstrip()) if inner.strip() else right
        found.append((start, start + len(inner.strip())))
    return found


def columns(rows: Iterable[tuple[str, str]]) -> dict[int, tuple[str, ...]]:
    """The names of the columns above each row: from (kind, text) of the sentences of a document, for those that are rows
    of a table whose first row names its columns and has as many cells; a unit that the row's own name or the line above gives joins the names without one.

    >>> columns([("paragraph", "单位：吨"), ("row", "| 品种 | 产量 |"), ("row", "| 小麦 | 300 |")])
    {2: ('品种', '产量(吨)')}
    >>> columns([("paragraph", "单位：万元"), ("row", "| 指标 | 金额 |"), ("row", "| 每股收益（元/股） | 0.78 |"), ("row", "| 利润（税后） | 9 |")])
    {2: ('指标', '金额(元/股)'), 3: ('指标', '金额(万元)')}
    """
    found: dict[int, tuple[str, ...]] = {}
    rows = list(rows)
    for kind, run in groupby(range(len(rows)), key=lambda i: rows[i][0]):
        first, *rest = run
        if kind != "row" or not rest:
            continue
        head = rows[first][1]
        names = [head[s:e] for s, e in cells(head)]
        if sum(BARE.fullmatch(name) is not None for name in names) > 1:
            continue  # figures, not names: a table without a heading row
        above = UNIT_LINE.search(rows[first - 1][1]) if first else None
        for i in rest:
            parts = cells(rows[i][1])
            if len(parts) == len(names):
                unit = row_unit(rows[i][1][slice(*parts[0])]) or (above[1] if above else "")
                found[i] = tuple(name if not unit or n == 0 or UNIT.search(name) else f"{name}({unit})" for n, name in enumerate(names))
    return found


def row_unit(label: str) -> str:
    """The unit in brackets at the end of a row's name, "" where that is none.

    >>> row_unit("每股收益（元/股）"), row_unit("利润（税后）")
    ('元/股', '')
    """
    said = UNIT.search(label)
    return said[1] if said and parse(f"3{said[1]}")[0].text == f"3{said[1]}" else ""


def read_row(names: Sequence[str], text: str) -> View:
    """A row with the names of its columns: the first cell, then each name with its cell, the unit of a bare number behind it.

    >>> read_row(("品种", "产量(吨)", "增长"), "| 小麦 | 300 | 5% |").text
    '小麦：产量300吨，增长5%'
    """
    said: list[tuple[str, int]] = []

    def add(words: str, at: int = -1) -> None:
        said.extend((c, at + i if at >= 0 else -1) for i, c in enumerate(words))

    for i, ((start, end), name) in enumerate(zip(cells(text), names)):
        cell = text[start:end]
        unit = UNIT.search(name)
        add("" if i == 0 else "：" if i == 1 else "，")
        if i:
            add(UNIT.sub("", name).rstrip())
        add(cell, start)
        add(unit[1] if unit and BARE.fullmatch(cell) else "")
    return View("".join(c for c, _ in said), tuple(at for _, at in said))
