"""What a claim says rose or fell, without a figure, by the report's changes of it: 营业收入增加,利润却下降."""
from __future__ import annotations

import re

from figures import marks
from figures.align import Book, cite, coverage
from figures.ledger import Figure
from figures.line import Line, bare
from figures.period import agree, periods
from figures.verdict import CONTRADICTED, SUPPORTED
from ingest.document import Citation

SAYS = 0.6  # of each noun of what rose or fell its row must say
_THAN_LAST = re.compile("(?P<way>[高多大低少小])于(?:上一?学?|去)年(?:同期|[末底])?")
_LINK = re.compile("^(?:而且?|但是?|则|却|同时|不过|并且?|其中)")
_MORE = re.compile("最|首次|连续|更|加快|放缓|收窄|扩大|幅|增速|[0-9一二两三四五六七八九十]位数|(?<![同环])[比较超](?!上|去|同期|年初)|于(?!上年|去年)")  # that it also says how, or against what


def directed(line: Line, book: Book) -> tuple[str, str, tuple[Citation, ...]] | None:
    """The verdict of a claim of which every piece says only that something rose or fell; None where it says more, or the report's changes do not tell.

    >>> from ingest.chunk import read_document
    >>> book = Book.of([read_document("a.txt", "企业营业收入286亿元,增长7.1%;利润总额15亿元,下降2.7%。6月份价格同比上涨0.4%,环比下降0.1%。")])
    >>> [(found := directed(Line.read(t), book)) and found[0] for t in ("企业营业收入上升,利润却下降", "企业利润总额有所增加", "6月份价格同比上涨,但环比回落", "价格环比上涨", "企业利润增速下降")]
    ['supported', 'contradicted', 'supported', 'contradicted', None]
    """
    if any(f.kind not in ("date", "time") for f in line.figures):
        return None
    found: list[tuple[Figure, bool]] = []
    nouns: list[str] = []
    for start, end in line.pieces:
        text = _LINK.sub("", line.text[start:end].rstrip("。"))
        own = [w.text for w in line.words if start <= w.start < end and w.noun and w.weight >= 0.5]
        sign = sign_of(text)
        if not own and not sign:
            continue
        if not sign or _MORE.search(text):
            return None
        nouns = own or nouns
        rows = _rows(nouns, line, text, [row for row, _ in found], book)
        ways = {row.direction for row in rows}
        if len(ways) != 1:
            return None
        found.append((rows[0], ways == {sign}))
    if not found:
        return None
    wrong = next((row for row, holds in found if not holds), None)
    if wrong is not None:
        return CONTRADICTED, f"口径不符:原文的升降方向相反({wrong.text})", (cite(wrong, book),)
    return SUPPORTED, f"推算相符({'、'.join(row.text for row, _ in found)})", tuple(dict.fromkeys(cite(row, book) for row, _ in found))


def sign_of(text: str) -> int:
    """1 where a text has something rise, also over the year before (高于上年), -1 where fall, else 0."""
    m = _THAN_LAST.search(text)
    return (1 if m["way"] in "高多大" else -1) if m else marks.way(text)


def _rows(nouns: list[str], line: Line, text: str, before: list[Figure], book: Book) -> list[Figure]:
    """The report's changes of what some nouns name, of the claim's time and base; those in the sentence of an earlier one alone, where it has any."""
    ours, chain = [p for _, _, p in periods(line)], "环比" in text
    rows = [r for r in book.rows if nouns and r.change == "change" and r.direction and r.status != "planned" and not r.quantity.role and ("环比" in r.scope.near) == chain
            and all(coverage(noun, r.scope.near + bare(r.measure) + r.scope.last) >= SAYS for noun in nouns[-1:]) and all(coverage(noun, r.scope.near + r.scope.last + r.scope.left + r.scope.heading + r.scope.opening) >= SAYS for noun in nouns)
            and all(agree(p, r.period, book.years) != "differs" for p in ours)]
    beside = [r for r in rows if any(r.sentence is b.sentence for b in before)]
    return beside or rows
