"""What a claim says of two things without a figure, that one is more than the other: 乡村的增速快于城镇, 水质类问题比工程类多; reckoned from two figures of the report."""
from __future__ import annotations

import re
from collections.abc import Sequence

from figures.align import Book, cite
from figures.beside import row_of
from figures.ledger import Figure
from figures.line import Line
from figures.named import told
from figures.period import agree, periods
from figures.verdict import CONTRADICTED, SUPPORTED, FigureVerdict
from figures.worked import pairs
from ingest.document import Citation

_THAN = re.compile("(?P<a>[^，,。；;]{2,}?)(?:(?P<way>[多少高低快慢大小])于|比(?P<than>[^，,。；;]{2,20}?)(?:更|还|要)?(?P<is>[多少高低快慢大小]))(?P<b>[^，,。；;]*)$")
_BEHIND = re.compile("(?P<way>[多少高低快慢大小])于(?P<b>[^，,。；;0-9]{2,16})")
_AVERAGE = re.compile("平均|预期|目标|上年|去年|同期|以[前往]")  # what a comparison with says another rule checks


def compared(line: Line, book: Book) -> tuple[str, str, tuple[Citation, ...]] | None:
    """The verdict of a claim that one thing is more, less or faster than another, by the report's figures of both; None where it makes no such claim or the figures are not certain.

    >>> from ingest.chunk import read_document
    >>> book = Book.of([read_document("a.txt", "整治率为82%,其中工业排污口整治率为100%,农村排污口整治率为73.6%。")])
    >>> [(found := compared(Line.read(t), book)) and found[0] for t in ("工业排污口的整治率高于农村排污口", "农村排污口整治率比工业排污口高", "工业排污口高于去年")]
    ['supported', 'contradicted', None]
    """
    ours = [p for _, _, p in periods(line)]
    for start, end in line.pieces:
        m = _THAN.fullmatch(line.text[start:end].rstrip("。"))
        other = m and (m["than"] or m["b"])
        if not m or not other or _AVERAGE.search(other) or any(start <= f.start < end and f.kind not in ("date", "time") for f in line.figures):
            continue
        sign = 1 if (m["way"] or m["is"]) in "多高快大" else -1
        signs = {}
        for a, b in pairs(book, False):
            if a.sentence is not b.sentence or a.quantity.base != b.quantity.base or a.quantity.measure[-1:] != b.quantity.measure[-1:] or a.change != b.change or a.quantity.kind == "duration" or not _of_kind(m["a"], a.change):
                continue
            for one, than in ((a, b), (b, a)):
                if one.quantity.low != than.quantity.low and told(m["a"], one, than) and told(other, than, one) and all(agree(p, r.period, book.years) != "differs" for p in ours for r in (a, b)):
                    more = (one.quantity.low > than.quantity.low) != (one.quantity.kind == "rank")
                    signs[(1 if more else -1) * (one.direction or 1)] = one, than
        if len(signs) == 1:
            (found, (one, than)), = signs.items()
            cited = (cite(one, book),)
            return (SUPPORTED, f"推算相符({one.text}、{than.text})", cited) if found == sign else (CONTRADICTED, f"数字不符(原文为{one.text}、{than.text})", cited)
    return None


def set_against(line: Line, figures: Sequence[FigureVerdict], book: Book) -> tuple[bool, Figure] | None:
    """Whether the figure that a claim sets against another thing without its figure (签约率78.4%,高于高血压患者) stands so to that thing's, and the report's figure of it;
    None where the claim does no such thing or the sentence has none.

    >>> from figures.check import check
    >>> from ingest.chunk import read_document
    >>> book = Book.of([read_document("a.txt", "其中老年人签约率78.4%、高血压患者签约率82.9%。")])
    >>> [(found := set_against(Line.read(t), check(t, book).figures, book)) and found[0] for t in ("老年人的签约率为78.4%,高于高血压患者", "老年人的签约率为78.4%,低于高血压患者", "老年人的签约率为78.4%,高于去年")]
    [False, True, None]
    """
    for f in figures:
        number = line.piece(f.start) + 1
        m = _BEHIND.fullmatch(line.text[slice(*line.pieces[number])].rstrip("。")) if number < len(line.pieces) else None
        row = row_of(f, book) if m and not _AVERAGE.search(m["b"]) else None
        others = [r for r in book.rows if row is not None and r is not row and r.document == row.document and r.sentence == row.sentence and r.quantity.base == row.quantity.base
                  and r.quantity.measure == row.quantity.measure and (r.change, r.direction) == (row.change, row.direction) and r.quantity.low != row.quantity.low and told(m["b"], r, row)]
        if len(others) == 1:
            return (row.quantity.low > others[0].quantity.low) == (m["way"] in "多高快大"), others[0]
    return None


def _of_kind(name: str, change: str) -> bool:
    """Whether a name of what is compared asks for a change (增速, 降幅) where the figure is one, and only there."""
    return (change == "change") == bool(re.search("增[速幅长]|[涨降]幅", name))
