"""The lock: may a sentence that a model wrote be shown? Only where the passages that it cites hold all that it states.

Every figure and date (by value and unit, rounded at most as `figures.compare` allows), every name, every word in 《》 or in
quotation marks, every foreign word must stand in the cited passages; where it denies, plans, rises or falls, so must they.
What is judged is the text as it is shown (`qa.markers.clean`). In doubt a sentence is withheld. Nothing is raised.
"""
from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from figures import marks, negation
from figures.compare import AGREE, relation
from figures.persons import stranger
from figures.verdict import CONTRADICTED, CheckResult
from index.lexical import simplify
from ingest.document import Document, Passage
from qa.literal import plain, unfounded
from qa.markers import MAX_SENTENCE, Marked, clean
from quantities.parse import Quantity, parse

Check = Callable[[str], CheckResult]

MOST_PLACES = 3    # sentences that one sentence of an answer may rest on
GROUND = 0.5       # share of its character pairs that those and their headings must have; the question's words prove nothing
LEAST, LEAST_WORDS = 5, 3  # letters of a sentence, and different ones that are in no figure: “2021年。” says nothing
VARIED = 0.5       # share of its character pairs that are the first of their kind
_IDLE = frozenset("个种些批片段面")
_ONLY = re.compile("[仅只唯共有达为第]$")
_ASKS = re.compile("^(?:请问|为何|怎[么样]|什么|哪|谁)|为什么|如何|[?？]")
_CLAUSE = re.compile("[，,；;。！？!?\n]")


@dataclass(frozen=True, eq=False)
class Place:
    """A sentence that may bear witness. Compared by identity: a document is long to hash."""

    document: Document
    number: int

    @cached_property
    def text(self) -> str:
        return clean(self.document.view(self.number).text)

    @property
    def figures(self) -> tuple[Quantity, ...]:
        return _figures(self.text, self.document.date)


@dataclass(frozen=True, eq=False)
class Source:
    """A passage that a model was given."""

    document: Document
    passage: Passage

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return tuple(Place(self.document, i) for i, s in enumerate(self.document.sentences) if self.passage.start <= s.start < self.passage.end)

    @property
    def text(self) -> str:
        """The passage as it is read: a table's rows with the names of their columns."""
        return "\n".join(place.text for place in self.places) if self.passage.kind == "row" else self.passage.text.strip()

    @property
    def above(self) -> str:
        """What stands over it: the title and the headings."""
        return clean(f"{self.document.title}\n{self.passage.heading}")


@dataclass(frozen=True)
class Ruling:
    """Whether a sentence may be shown. reason: why not, in Chinese, "" where it may; places: the sentences that it rests on."""

    reason: str = ""
    places: tuple[Place, ...] = ()


@lru_cache(2048)
def _figures(text: str, date: tuple[int, int | None] | None) -> tuple[Quantity, ...]:
    return parse(text, date)


def judge(said: Marked, sources: Sequence[Source], check: Check | None = None) -> Ruling:
    """Whether a sentence may be shown. sources: the passages that were given, the first has label 1.

    check: a figure that it calls contradicted is not shown either.
    """
    if len(said.text) > MAX_SENTENCE:
        return Ruling("句子太长")
    if not said.labels:
        return Ruling("标的出处不存在" if said.invented else "没有标出处")
    if len(_letters_only(said.text)) < LEAST or len(set(_letters_only(worded(said.text)))) < LEAST_WORDS or babbles(worded(said.text)):
        return Ruling("不成句")
    if _ASKS.search(said.text):
        return Ruling("是问句,不是回答")
    cited = [sources[n - 1] for n in said.labels]
    places = list(dict.fromkeys(place for source in cited for place in source.places))
    text = said.text
    whole = "\n".join([place.text for place in places] + [source.above for source in cited])
    if reason := unfounded(text, whole):
        return Ruling(reason)
    witnesses, above = [], [q for source in cited for q in _figures(source.above, source.document.date)]
    for q in counted(text, cited[0].document.date):
        holding = [place for place in places if proved(q, text, place)]
        if not holding and not any(agrees(q, p) for p in above):
            return Ruling(f"材料里没有“{q.text}”")
        witnesses.append(holding)
    home = resting(text, [w for w in witnesses if w], places)
    if home is None:
        return Ruling("数字散在太多句子里")
    if reason := turned(text, home, counted(text, cited[0].document.date)):
        return Ruling(reason)
    told = "\n".join([place.text for place in home] + [source.above for source in cited])
    if overlap(worded(text), told) < GROUND:
        return Ruling("说的不是材料里的话")
    if why := stranger(text, "\n".join(place.text for place in home), whole):
        return Ruling(why)
    if check is not None and (wrong := next((f for f in check(text).figures if f.verdict == CONTRADICTED), None)):
        return Ruling(wrong.reason)
    return Ruling("", home)


def echoes(text: str, known: str) -> bool:
    r"""Whether a text says nothing but in words of another, and has no figure or name that the other has not.

    >>> echoes("园区2021年有多少家企业？", "园区有多少家企业？\n2021年呢？"), echoes("园区2020年有多少家企业？", "园区有多少家企业？\n2021年呢？")
    (True, False)
    """
    theirs = parse(known)
    return not unfounded(text, known) and overlap(worded(text), known) >= GROUND and all(
        any(agrees(q, p) for p in theirs) or literal(q, text, known) for q in counted(text, None))


def counted(text: str, date: tuple[int, int | None] | None) -> list[Quantity]:
    """The figures of a text that must be proved: all but 一个 and the like where nothing says that it is counted.

    >>> [q.text for q in counted("这是一个缩影,只有一家企业,共147家", None)]
    ['一家', '147家']
    """
    return [q for q in _figures(text, date) if not (q.weak and q.measure in _IDLE and not _ONLY.search(text[:q.start]))]


def agrees(q: Quantity, p: Quantity) -> bool:
    """Whether a figure of an answer stands for one of a source: the same, or rounded or hedged as `figures.compare` allows, of one sign, one rate, one end.

    >>> one = lambda s: parse(s)[0]
    >>> [agrees(one(a), one(b)) for a, b in (("1.5亿元", "15000万元"), ("5%", "5个百分点"), ("5%", "-5%"), ("150家", "147家"), ("17.5亿元", "17.46亿元"))]
    [True, False, False, False, True]
    """
    if p.kind == "number" and q.kind != "number" or q.per != p.per or {q.role, p.role} == {"from", "to"}:
        return False
    return (q.low < 0) == (p.low < 0) and relation(q, p) in AGREE


def proved(q: Quantity, text: str, place: Place) -> bool:
    """Whether a sentence holds a figure of a text. A bare number with a word behind it, which may be its unit, must stand there with that word."""
    unit = q.kind == "number" and text[q.end:q.end + 1].isalpha()
    return not unit and any(agrees(q, p) for p in place.figures) or literal(q, text, place.text)


def literal(q: Quantity, text: str, source: str) -> bool:
    """Whether a figure stands in a source letter by letter where the source has no figure of its own, with the character behind it that may be its unit.

    >>> q, = parse("共147瓮酒")
    >>> literal(q, "共147瓮酒", "藏147瓮酒"), literal(q, "共147瓮酒", "147家"), literal(parse("147")[0], "147", "147%")
    (True, False, False)
    """
    after = text[q.end:q.end + 1]
    written, known = plain(text[q.start:q.end] + (after if q.kind == "number" and after.isalpha() else "")), plain(source)
    there = list(re.finditer(rf"(?<![0-9.,\-]){re.escape(written)}(?![0-9])", known))
    figures = [p for p in parse(known) if p.kind != "number"] if there else []
    return any(not any(p.start < m.end() and m.start() < p.end for p in figures) for m in there)


def resting(text: str, witnesses: Sequence[Sequence[Place]], places: Sequence[Place]) -> tuple[Place, ...] | None:
    """The fewest sentences, found greedily, that hold every figure, those nearest in words first, in the order of the figures; without figures the nearest; None above MOST_PLACES."""
    near = {place: overlap(text, place.text) for place in places}
    if not witnesses:
        return tuple(sorted(places, key=near.__getitem__, reverse=True)[:1])
    chosen: list[Place] = []
    left = list(witnesses)
    while left:
        best = max({place for holding in left for place in holding}, key=lambda place: (sum(place in holding for holding in left), near[place]))
        chosen.append(best)
        left = [holding for holding in left if best not in holding]
        if len(chosen) > MOST_PLACES:
            return None
    return tuple(sorted(chosen, key=lambda place: next(i for i, holding in enumerate(witnesses) if place in holding)))


def turned(text: str, home: Sequence[Place], figures: Sequence[Quantity]) -> str:
    """Why a text says the reverse of the sentences it rests on, or "": denied, planned, fallen, of another scope."""
    source = "\n".join(place.text for place in home)
    if word := negation.denial(text, source):
        return f"与原文的肯定或否定相反(“{word}”)"
    clauses = [piece for place in home for piece in _CLAUSE.split(place.text) if piece]
    holding = [c for c in clauses if any(agrees(q, p) for q in figures for p in _figures(c, home[0].document.date))]
    near = holding or sorted(clauses, key=lambda c: overlap(text, c), reverse=True)[:1]
    if negation.denies(text) and not negation.denies(source) or near and all(map(negation.denies, near)) and not negation.denies(text):
        return "与原文的肯定或否定相反"
    if near and all(marks.has(c, "strong_planned") for c in near) and not marks.has(text, "planned"):
        return "原文是计划或目标,不是已完成"
    if any(marks.turned(text, c) for c in near):
        return "与原文的升降方向相反"
    if word := marks.contrast(text, source):
        return f"原文不是“{word}”"
    return "" if marks.completed(text, source) else "原文没有说已完成"


def overlap(text: str, source: str) -> float:
    """The share of a text's character pairs, marks aside, that a source has; 1 where it has none.

    >>> overlap("企业有147家", "企业147家,有"), overlap("。", "")
    (0.6666666666666666, 1.0)
    """
    theirs = _letters_only(source)
    pairs = set(_pairs(text))
    return sum(pair in theirs for pair in pairs) / len(pairs) if pairs else 1.0


def _pairs(text: str) -> list[str]:
    return [run[i:i + 2] for run in map(_letters_only, text.split("\n")) for i in range(len(run) - 1)]


def babbles(text: str) -> bool:
    r"""Whether a text says the same over and over: of its character pairs most have come before.

    >>> babbles("征收方式是：\n征收方式是：\n征收方式是："), babbles("甲区新建学校\n乙区新建学校"), babbles("")
    (True, False, False)
    """
    pairs = _pairs(text)
    return len(set(pairs)) < VARIED * len(pairs)


def worded(text: str) -> str:
    """A text with line ends in place of its figures, which are proved by value and may be written otherwise.

    >>> worded("企业一百四十七家，增长77.1%").split()
    ['企业', '，增长']
    """
    kept, at = [], 0
    for q in parse(text):
        kept.append(text[at:q.start])
        at = q.end
    return "\n".join([*kept, text[at:]])


def _letters_only(text: str) -> str:
    return "".join(c for c in simplify(text) if c.isalnum())
