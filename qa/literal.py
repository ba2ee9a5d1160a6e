"""What of a text must stand in its sources letter by letter: quotations, titles in 《》, names, foreign words, and numerals that are no figures.

Figures proper are judged by their value in `qa.lock`. Nothing is raised.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from index.lexical import simplify
from ingest.lines import WORDS
from qa.signals import people
from quantities.parse import names, parse, protected

_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉", "﹁": "﹂", "«": "»", "‹": "›", "„": "“", "〝": "〞", "\"": "\"", "＂": "＂"}
_CLOSERS = frozenset(_PAIRS.values())
_QUOTES = re.compile("[“”‘’「」『』﹁﹂«»‹›„〝〞\"＂']")
_SPACE = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")
_JOINED = re.compile(r"\d+(?:[/.:：\-–—~×x]\d+)+")
_SAID = re.compile("翻番|翻倍|倍增|减半|腰斩|过半|半数|对半|折半|大半|首位|榜首|居首|夺冠|[冠亚季]军|末位|垫底|唯一|首[个家次批]|成[百千]上[千万]|双倍|数倍|[俩仨]"
                   "|(?:周|星期|礼拜)[一二三四五六日天]|春节|元宵|清明|端午|中秋|重阳|国庆|元旦|除夕|最[高低大小多少快慢长早晚]")
_OTHER = frozenset("一参陆伍什拾佰仟兆京")  # numerals that alone are mostly other words


def plain(text: str) -> str:
    """A text for comparing letter by letter: simplified, half-width, without quotation marks and idle space.

    >>> plain("“四上” 企業１４７ 家，8 5 6")
    '四上企业147家,8 5 6'
    """
    return _SPACE.sub("", _QUOTES.sub("", simplify(text)))


def unfounded(text: str, whole: str) -> str:
    """What a text has, figures aside, that the texts it rests on have not: a Chinese line, or "".

    >>> unfounded("认定《办法》和“四上”企业", "发布《办法》,“四上”企业"), unfounded("“四下”企业", "“四上”企业"), unfounded("共有one hundred家", "共有100家")
    ('', '材料里没有“四下”', '材料里没有“one”')
    """
    known = plain(whole)
    if (quoted := quotations(text)) is None:
        return "引号不成对"
    spans = names(text)
    wanted = [*quoted, *(name for _, _, name in spans), *(text[s:e] for s, e in people(text)), *_named(text), *(m.group() for m in _SAID.finditer(text))]
    if lacking := next((w for w in wanted if plain(w) not in known), None):
        return f"材料里没有“{lacking}”"
    for run in [*_letters(text), *_numerals(text)]:
        if not re.search(rf"(?<![0-9a-z]){re.escape(plain(run))}(?![0-9a-z])", known):
            return f"材料里没有“{run}”"
    return ""


def quotations(text: str) -> list[str] | None:
    """What stands in 《》 and in quotation marks, outer and inner; None where a mark has no partner.

    >>> quotations("《办法》说“要‘快’办”"), quotations("他说“好")
    (['办法', '快', '要‘快’办'], None)
    """
    found, open_marks = [], []
    for at, c in enumerate(text):
        if open_marks and c == _PAIRS[text[open_marks[-1]]]:
            found.append(text[open_marks.pop() + 1:at])
        elif c in _PAIRS:
            open_marks.append(at)
        elif c in _CLOSERS:
            return None
    return None if open_marks else found


def _named(text: str) -> list[str]:
    """The persons, places, bodies and brands that the tagger knows."""
    return [word for word, tag in WORDS.tag(text) if tag in ("nr", "ns", "nt", "nz") and len(word) > 1]


def _letters(text: str) -> Iterator[str]:
    """The runs of letters that are not Chinese, and numerals that stand for themselves (½); those of a figure's unit aside."""
    spans = [(q.start, q.end) for q in parse(text)]
    for m in re.finditer(r"[^\W\d_\u3400-\u9fff\U00020000-\U0003ffff]+", text):
        if not any(s <= m.start() and m.end() <= e for s, e in spans):
            yield m.group()


def _numerals(text: str) -> Iterator[str]:
    """The numerals that no figure and no ordinary word covers, and figures that signs join to what no reader of figures knows (11/3)."""
    whole = parse(text)
    for m in _JOINED.finditer(text):
        if not any(q.start <= m.start() and m.end() <= q.end for q in whole):
            yield m.group()
    free = [True] * len(text)
    for s, e in protected(text):
        free[s:e] = [False] * (e - s)
    run = ""
    for c, open_here in zip([*text, " "], [*free, True]):
        if open_here and unicodedata.numeric(c, None) is not None:
            run += c
            continue
        if run and run not in _OTHER:
            yield run
        run = ""
