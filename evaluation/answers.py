"""A short answer against the right ones: exact match and F1 in CMRC2018's convention, figures by value, lists by item, yes and no.

A measure that does not apply to a pair is None, not 0. `right` sums them up as one yes or no.
"""
from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher

from evaluation.pairs import Pair
from quantities.parse import equal, parse

_SIGNS = frozenset("-:_*^/\\~`+=，。：？！“”；’‘《》……·、「」（）－～『』〈〉【】—\"'?!;()[]")  # CMRC2018's list, with their like
_TOKEN = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)*|\S")
_NO = re.compile(r"^(?:否|不|没|未|非|无|并?非)")
_YES = re.compile(r"^(?:是|有|对|能|会|可以|已|要|需)")
ENOUGH = 0.5  # of F1, for an answer in words
MOST_ITEMS = 0.8


def bare(text: str) -> str:
    """A short answer as CMRC2018 compares it: lower case, half-width, without white space and punctuation; points and commas within a number stay points.

    >>> bare("“规上” 企业。"), bare("１，200.5万元"), bare("3.5%") == bare("35%")
    ('规上企业', '1200.5万元', False)
    """
    text = unicodedata.normalize("NFKC", text).lower()
    text = re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", text)
    return "".join(c for i, c in enumerate(text) if not c.isspace() and c not in _SIGNS and not (c in ",." and not (text[i - 1:i].isdigit() and text[i + 1:i + 2].isdigit())))


def segments(text: str) -> list[str]:
    """A bare text as CMRC2018 counts it: each character by itself, a number or a Latin word as one.

    >>> segments("增至95家"), segments("GDP增长3.5%")
    (['增', '至', '95', '家'], ['gdp', '增', '长', '3.5', '%'])
    """
    return _TOKEN.findall(bare(text))


def exact(answer: str, rights: tuple[str, ...]) -> float:
    """Whether a short answer is one of the right ones, white space, case and punctuation aside.

    >>> exact("“95家”。", ("61家", "95家")), exact("95", ("95家",)), exact("", ("95家",))
    (1.0, 0.0, 0.0)
    """
    return float(any(bare(answer) == bare(right) for right in rights))


def overlap(answer: str, rights: tuple[str, ...]) -> float:
    """F1 over the longest common run of segments, the best over the right answers (CMRC2018).

    >>> round(overlap("增至95家", ("95家",)), 3), overlap("96家", ("95家",)), overlap("", ("95家",))
    (0.667, 0.5, 0.0)
    """
    def f1(right: str) -> float:
        a, b = segments(answer), segments(right)
        common = SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size
        return 2 * common / (len(a) + len(b)) if common else 0.0
    return max(map(f1, rights), default=0.0)


def figure_match(answer: str, pair: Pair) -> float | None:
    """Whether the answer is the right figure by value and holds no second one; None where no figure is asked.

    >>> pair = Pair("", "", ("2.5亿元",), ())
    >>> figure_match("25000万元", pair), figure_match("2.5亿元,增长3%", pair), figure_match("没有", Pair("", "", ("有",), ()))
    (1.0, 0.0, None)

    What only holds a numeral (城北片区改造项目一期) is a name, so the figure must be half of the answer.
    """
    rights = [figures[0] for right in pair.answers if len(figures := parse(right)) == 1 and 2 * len(figures[0].text) >= len(right)]
    first = parse(pair.answers[0]) if pair.answers else ()
    if not rights or not first or first[0] not in rights or pair.items:
        return None
    given = parse(answer)
    return float(len(given) == 1 and any(equal(given[0], right) for right in rights))


def items_found(answer: str, pair: Pair) -> float | None:
    """F1 over a list's items, split at 、; None where no list is asked.

    >>> items_found("甲项、丁项", Pair("", "", ("x",), (), ("甲项", "乙项", "丙项")))
    0.4
    """
    if not pair.items:
        return None
    given = [bare(part) for part in re.split("[、,，;；]", answer) if bare(part)]
    hits = sum(any(bare(item) in part or (part in bare(item) and len(part) > 1) for part in given) for item in pair.items)
    extra = sum(not any(bare(item) in part or part in bare(item) for item in pair.items) for part in given)
    return 2 * hits / (2 * hits + extra + len(pair.items) - hits) if hits else 0.0


def yes(answer: str) -> bool | None:
    """What an answer to a yes/no question says: True, False, or None where it is no such answer.

    Only what begins with the word and goes on after a comma, or is short, is one: 有限公司 and 是时候 are not.

    >>> yes("是"), yes("否"), yes("不是，是2019年6月"), yes("没有"), yes("不送红股"), yes("有限公司"), yes("95家")
    (True, False, False, False, False, None, None)
    """
    head = re.split("[,，。;；]", answer.strip())[0].strip()
    if len(head) > 4 or head.startswith("有限"):
        return None
    return False if _NO.match(head) else True if _YES.match(head) and len(head) <= 3 else None


def right(answer: str, pair: Pair) -> bool:
    """Whether a short answer is right, as one yes or no: of a yes/no question the side it takes, of a figure its value, of a list
    MOST_ITEMS of its items, of anything else ENOUGH of the right words.

    >>> right("不是", Pair("", "", ("否",), ())), right("是", Pair("", "", ("不是", "否"), ())), right("2500万元", Pair("", "", ("2.5亿元",), ()))
    (True, False, False)
    """
    if exact(answer, pair.answers):
        return True
    side = yes(pair.answers[0])
    if side is not None:
        return yes(answer) is side
    for measure, least in ((figure_match(answer, pair), 1.0), (items_found(answer, pair), MOST_ITEMS)):
        if measure is not None:
            return measure >= least
    return overlap(answer, pair.answers) >= ENOUGH
