"""Who a sentence goes on about that opens with no name of its own: the body with which a sentence before it in its section opened."""
from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from figures.line import Line
from figures.owner import STANDS, kind_of
from figures.persons import OFFICE
from ingest.document import Document

BACK = 4      # sentences that may lie between
LONGEST = 60  # characters of a sentence that are read for its opening
_WHEN = re.compile("(?:(?:截至)?[^，,。；;]{0,8}[0-9][^，,。；;]{0,3}[年月日末底初来间]|去年|今年|上年|目前|同年|全年|近年来|同时|此外|近日|日前)[，,]")
_MODIFIED = re.compile("的(?:[0-9一两三四五六七八九十]+[一-鿿])?$")  # 去年购置的1台手术机器人: it names something by itself
_TRIMMED = re.compile("^由|(?:全年|今年|去年|目前|当年|副)$")


@lru_cache(4096)
def opened(text: str) -> tuple[str, bool]:
    """The nouns that a sentence opens with, and whether they are a body's name for certain; "" where it opens with none, or with what stands for a body named before.

    >>> [opened(t) for t in ("云帆冷运是园区最大的冷链企业", "去年11月,云帆冷运获得1项大奖", "去年11月,公司从国外运来车厘子", "总经理邬静说,今年建成", "与口岸一墙之隔的沣川跨境电商产业园,去年完成5亿元")]
    [('云帆冷运', True), ('云帆冷运', True), ('', False), ('', False), ('沣川跨境电商产业园', True)]
    """
    text = text[:2 * LONGEST]
    while m := _WHEN.match(text):
        text = text[m.end():]
    line = Line.read(text[:LONGEST])
    found = []
    for s, e in line.runs:
        words = [w for w in line.words if s <= w.start < e]
        if not words or e > line.pieces[0][1] or line.text[:s] not in ("", "“", "《") and not _MODIFIED.search(line.text[:s]):
            continue
        end = next((w.start for w in words if w.verb and not w.noun or OFFICE.search(w.text)), e)  # 云帆冷运总经理某某: of the company
        name = _TRIMMED.sub("", line.text[s:end])
        if 2 < len(name) < len(line.text) - s and not STANDS.fullmatch(name):
            found.append((name, any(w.name and w.start < end or w.start == end and OFFICE.search(w.text) for w in words) or bool(kind_of(name)) or "的" in line.text[:s]))
    return max(found, key=lambda named: named[1], default=("", False))


def topic_at(texts: Sequence[str], words: Collection[str] = ()) -> str:
    """The body that the last of some sentences of a section goes on about, "" where it opens with a body of its own or none went before. words: of a claim; what opens
    with one of them is a body.

    >>> topic_at(["云帆冷运是园区最大的冷链企业。", "全年实现营业收入7.36亿元。"]), topic_at(["全年实现营业收入7.36亿元。", "云帆冷运建成冷库。"])
    ('云帆冷运', '')
    """
    for number, text in enumerate(reversed(texts[-1 - BACK:])):
        name, sure = opened(text)
        if sure or name and any(len(word) > 1 and name.startswith(word) for word in words):
            return name if number else ""
    return ""


def before_in(document: Document, number: int) -> tuple[str, ...]:
    """The sentences of a section that stand before one in its paragraphs, BACK at most."""
    own = document.sentences[number]
    return tuple(s.text for s in document.sentences[max(0, number - BACK):number] if s.path == own.path and s.kind == own.kind == "paragraph")


def heading_at(document: Document, number: int) -> str:
    """The headings over a sentence but the title, and the body that it goes on about."""
    sentence = document.sentences[number]
    return " ".join(filter(None, [*(sentence.path[1:] or sentence.path), topic_at((*before_in(document, number), sentence.text)) if sentence.kind == "paragraph" else ""]))
