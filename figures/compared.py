"""What a claim says of two things without a figure, that one is more than the other: 乡村的增速快于城镇, 水质类问题比工程类多; reckoned from two figures of the report."""
from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from figures.align import Book, cite, coverage
from figures.beside import row_of
from figures.ledger import Figure
from figures.line import Line, bare
from figures.made import pieces_apart
from figures.named import BEHIND, LIGHT, told
from figures.period import agree, periods
from figures.respective import given_out, respective
from figures.verdict import CONTRADICTED, SUPPORTED, FigureVerdict
from ingest.document import Citation

SPOKEN = 0.8  # of a claim's words what the figures' sentence and its headings must have
_WAYS = {**dict.fromkeys("多高快大", 1), **dict.fromkeys("少低慢小", -1)}
_THAN = re.compile("(?P<a>[^，,。；;]{2,}?)(?:(?P<way>[多少高低快慢大小])于|(?P<over>超过|不及|不如)了?|比(?P<than>[^，,。；;]{2,20}?)(?:更|还|要)*(?P<is>[多少高低快慢大小]))(?P<b>(?:(?![都均])[^，,。；;])*)$")
_RATE = re.compile("其?(?:增[速幅]|涨幅)")
_AVERAGE = re.compile("平均|预期|目标|计划|上[年届次]|去年|同期|以[前往]|年初|过去|[0-9]{4}年?$")  # what a comparison with says another rule checks
_BOTH = re.compile("(?P<a>[^和与及、]{2,}?)(?:和|与|及其|及|、)(?P<b>[^和与及、]{2,8}?)(?:都|均|双双)$")  # 产值和增幅都高于: both must
_AGAIN = re.compile("再[次度]|首次|第一次|连续|[仍依]然?旧?|始终|一直|反超")
_WHERE = re.compile("^(?:在|按|从|论|就|截至|到|以)|[中里内上看时间]$|方面$|来说$|以来$")  # a piece that only says of what or when
_FALLS = re.compile("降幅|跌幅|减幅|降得|跌得|减少得|下降得")


def compared(line: Line, book: Book) -> tuple[str, str, tuple[Citation, ...]] | None:
    """The verdict of a claim that one thing is more, less or faster than another, by the report's figures of both; None where it makes no such claim or the figures are not certain.

    >>> from ingest.chunk import read_document
    >>> book = Book.of([read_document("a.txt", "整治率为82%,其中工业排污口整治率为100%,农村排污口整治率为73.6%。")])
    >>> [(found := compared(Line.read(t), book)) and found[0] for t in ("工业排污口的整治率高于农村排污口", "农村排污口整治率比工业排污口高", "工业排污口高于去年")]
    ['supported', 'contradicted', None]
    """
    for number, (start, end) in enumerate(line.pieces):
        text = line.text[start:end].rstrip("。")
        if number and BEHIND.fullmatch(text):
            start, ahead = line.pieces[number - 1]
            text = line.text[start:ahead] + text  # 北区的收入,少于南区
        m = _THAN.fullmatch(text)
        other = m and (m["than"] or m["b"])
        if not m or not other or _AVERAGE.search(other) or any(start <= f.start < end and f.kind not in ("date", "time") for f in line.figures):
            continue
        sign = _WAYS.get(m["way"] or m["is"], 1 if m["over"] == "超过" else -1)
        both = _BOTH.fullmatch(m["a"])
        names = [both["a"], both["a"][:both["a"].find("的") + 1] + both["b"] if "的" in both["a"] else both["a"] + both["b"]] if both else [m["a"]]
        found = [_pair(name, other, line, book) for name in names]
        for pair in found:
            if pair and (amount(pair[0], line.text) > amount(pair[1], line.text)) != (sign > 0):
                return CONTRADICTED, f"数字不符(原文为{pair[0].text}、{pair[1].text})", (cite(pair[0], book),)
        if all(found) and alone(line, start, end):
            return SUPPORTED, f"推算相符({'、'.join(r.text for pair in found for r in pair)})", (cite(found[0][0], book),)
    return None


def _pair(name: str, other: str, line: Line, book: Book) -> tuple[Figure, Figure] | None:
    """The two figures that a claim compares, where every sentence that has both gives the same order; else None."""
    ours = [p for _, _, p in periods(line)]
    found: dict[bool, tuple[Figure, Figure]] = {}
    for rows in families(book):
        one, than = (meant(name, rows), meant(other, rows) or meant(other + name.rpartition("的")[2], rows)) if of_kind(name + other, rows[0].change) else (None, None)
        if one is None or than is None or one.quantity.low == than.quantity.low or not spoken_of(line, one, book):
            continue
        if all(agree(p, r.period, book.years) != "differs" for p in ours for r in (one, than)):
            found[amount(one, line.text) > amount(than, line.text)] = one, than
    return next(iter(found.values())) if len(found) == 1 else None


def alone(line: Line, start: int, end: int) -> bool:
    """Whether a claim says nothing but what a range of it compares: no deed ahead of it, nothing behind it, nor that it is so again or for the first time."""
    ahead = [(s, e) for s, e in line.pieces if e <= start and not _WHERE.search(line.text[s:e])]
    return not re.search("[一-鿿]", line.text[end:]) and not _AGAIN.search(line.text) and not any(w.verb and w.weight >= 0.5 and s <= w.start < e for w in line.words for s, e in ahead)


def families(book: Book) -> list[list[Figure]]:
    """The rows of each sentence, on one side of its 其中, that count alike, two or more."""
    found: dict[tuple, list[Figure]] = {}
    for r in book.rows:
        q = r.quantity
        if q.kind in ("date", "time", "duration", "rank", "ordinal") or q.hedge or q.low != q.high or not q.low.is_finite() or r.status == "planned" or r.derivation or given_out(r.line, q)[1] and not respective(r.line, q):
            continue
        found.setdefault((r.document, r.sentence.start, r.line.text.count("其中", 0, q.start), q.base, q.measure[-1:], r.change), []).append(r)
    return [rows for rows in found.values() if len(rows) > 1]


def meant(name: str, rows: Sequence[Figure]) -> Figure | None:
    """Of several rows the one that a name means: it says the name's words, and more of them than each other does."""
    return next((r for r in rows if all(o is r or told(name, r, o) for o in rows)), None)


def spoken_of(line: Line, row: Figure, book: Book) -> bool:
    """Whether a row's sentence, with its headings and the sentence before, speaks of nearly all that a claim does."""
    around = bare(book.documents[row.document].title + "".join(row.sentence.path) + row.scope.last + row.scope.near + row.line.text)
    words = [w for w in line.words if w.weight >= 0.5 and not LIGHT.fullmatch(w.text)]
    return sum(w.weight * coverage(w.text, around) for w in words) >= SPOKEN * sum(w.weight for w in words)


def amount(row: Figure, name: str) -> Decimal:
    """What a row counts for where it is compared: a fall is less than nothing, but for a name that asks how far something fell."""
    return row.quantity.low * (row.direction if row.change == "change" and row.direction and not _FALLS.search(name) else 1)


def behind(line: Line, start: int) -> re.Match[str] | None:
    """What the piece behind that of a figure compares it with, in way and b: 快 and 货物吞吐量 of 增长18.2%,增速快于货物吞吐量; None where it does not."""
    number = line.piece(start) + 1
    return BEHIND.fullmatch(line.text[slice(*line.pieces[number])].rstrip("。")) if number < len(line.pieces) else None


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
        m = behind(line, f.start)
        row = row_of(f, book) if m and not _AVERAGE.search(m["b"]) else None
        others = [r for r in book.rows if row is not None and r is not row and r.document == row.document and r.sentence == row.sentence and r.quantity.base == row.quantity.base
                  and r.quantity.measure == row.quantity.measure and (r.change, r.direction) == (row.change, row.direction) and r.quantity.low != row.quantity.low and told(m["b"], r, row)]
        if row and (other := meant(m["b"], others)):  # 事业收入, not 其他收入
            if _RATE.match(m.group()) and row.change != "change":
                row, other = _growth(row, book), _growth(other, book)  # 乡村217亿元,增速快于城镇
                if row is None or other is None:
                    continue
            return (amount(row, "") > amount(other, "")) == (_WAYS[m["way"]] > 0), other
    return None


def _growth(row: Figure, book: Book) -> Figure | None:
    """The one change that stands right behind a row's figure."""
    found = [r for r in book.rows if r.line is row.line and r.change == "change" and r.quantity.kind == "percent" and pieces_apart(row, r) == 1]
    return found[0] if len(found) == 1 else None


def of_kind(name: str, change: str) -> bool:
    """Whether a name of what is compared asks for a change (增速, 降幅) where the figure is one, and only there."""
    return (change == "change") == bool(re.search("增[速幅长]|[涨降]幅|[涨增长降跌]得", name))
