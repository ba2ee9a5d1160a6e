"""What a claim says of two things without a figure, that one is more than the other: 乡村的增速快于城镇, 水质类问题比工程类多; reckoned from two figures of the report."""
from __future__ import annotations

import re

from figures.align import Book, cite
from figures.line import Line
from figures.named import told
from figures.period import agree, periods
from figures.verdict import CONTRADICTED, SUPPORTED
from figures.worked import pairs
from ingest.document import Citation

_THAN = re.compile("(?P<a>[^，,。；;]{2,}?)(?:(?P<way>[多少高低快慢大小])于|比(?P<than>[^，,。；;]{2,20}?)(?:更|还|要)?(?P<is>[多少高低快慢大小]))(?P<b>[^，,。；;]*)$")
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


def _of_kind(name: str, change: str) -> bool:
    """Whether a name of what is compared asks for a change (增速, 降幅) where the figure is one, and only there."""
    return (change == "change") == bool(re.search("增[速幅长]|[涨降]幅", name))
