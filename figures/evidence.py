"""A claim and sentences of a report → the two texts that the learned verifier reads: the evidence under its title and headings, with brackets around the figures that agree."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from figures import marks
from figures.compare import AGREE, relation
from figures.ledger import speaker_at
from figures.line import Line
from figures.topics import before_in, topic_at
from figures.wording import SYNONYMS, headed, titled
from ingest.document import Document, Sentence, Span
from quantities.parse import Quantity

BEFORE = 80             # characters of the sentence before that a sentence is read behind
NARROW = 75             # characters: evidence that is long enough to be narrowed
TITLE = 60              # characters: a longer title is left out
CLAUSES = re.compile("[^；;。]+[；;。]*")
WHOLE = re.compile("[全我本]([省市州县区旗镇乡村校院厂港]|集团|公司)")
OPENING = re.compile("(?:[^｜]{1,60}｜)?(?:[^：；;。]{1,40}：)?")  # title and heading of evidence
_MOVED, _CAME_TO, _CHANGED = re.compile("([一-鿿]{2})了?$"), re.compile("([一-鿿]{2})[到至]$"), re.compile("[，,][^，,。；;0-9]{0,6}?([一-鿿]{2})了?[0-9]")


@dataclass(frozen=True)
class Placed:
    """A sentence of a report as it is read: the section it stands in and its number there, its heading, and the sentences before it in its section, () where none leads to it."""

    section: Hashable
    number: int
    text: str
    heading: str
    before: tuple[str, ...] = ()


def joined(picked: Iterable[Placed], title: str = "", words: Collection[str] = ()) -> str:
    """Sentences in their order, under the report's title and each under its heading and behind the sentence before it; a heading or title that one of the words is
    short for is read with that word, 全区 with the word for a 区 that the title has, and a sentence that goes on about a body which the words name with its name.

    >>> joined([Placed(0, 0, "全区有学校12所。", "教育")], "青河区盘点", ["青河区", "学校"])
    '青河区盘点｜教育：全区（青河区）有学校12所。'
    >>> joined([Placed(0, 2, "全年收入7亿元。", "冷链", ("云帆冷运是龙头企业。", "去年建成冷库。"))], "", ["云帆", "冷运"])
    '冷链：去年建成冷库。（云帆冷运）全年收入7亿元。'
    >>> first, second, third, fourth = (Placed(0, n, text, "教育局", before) for n, (before, text) in enumerate(zip([(), ("甲。",), ("乙。",), ("丙。",)], ["甲。", "乙。", "丙。", "丁。"])))
    >>> joined([second, third]), joined([first, fourth], "青河区盘点", ["教局"])
    ('教育局：甲。乙。丙。', '青河区盘点｜教局（教育局）：甲。丙。丁。')
    """
    text, last = f"{titled(title, words)}｜" if 0 < len(title) <= TITLE else "", None
    for s in picked:
        if last is None or (s.section, s.number - 1) != (last.section, last.number):
            text += (headed(s.heading, words) if s.heading not in ("", title) and (last is None or last.section != s.section) else "") + "".join(s.before[-1:])[-BEFORE:]
        name = topic_at((*s.before, s.text), words)
        about = name not in text + s.text and any(len(word) > 1 and word in name for word in words)
        text, last = text + (f"（{name}）" if about else "") + s.text, s
    return WHOLE.sub(lambda m: next((f"{m[0]}（{word}）" for word in words if word.endswith(m[1]) and word != m[1] and word in title), m[0]), text)


def evidence(places: Iterable[tuple[Document, Sentence]], words: Collection[str] = ()) -> tuple[str, tuple[int, int | None] | None]:
    """Sentences of a report as they are read beside a claim's words, and the month in which they speak."""
    picked, title, date = [], "", None
    for (name, start), document in sorted({(d.name, s.start): d for d, s in places}.items(), key=lambda place: place[0]):
        number = bisect_left(document.sentences, start, key=lambda s: s.start)
        sentence, text = document.sentences[number], document.view(number).text
        who = speaker_at(document, start + 1) if text.startswith("“") else ""
        picked.append(Placed((name, sentence.path), number, f"{who}：{text}" if who and who not in text else text, sentence.path[-1] if sentence.path else "", before_in(document, number)))
        title, date = title or " ".join(document.title.split()), document.date
    return joined(picked, title, words), date


@lru_cache(1024)
def read(text: str, date: tuple[int, int | None] | None) -> Line:
    """A text read; a claim is put to the same evidence several times."""
    return Line.read(text, date)


def names_in(line: Line) -> list[str]:
    """The words of a claim that may be short for a name."""
    return [w.text for w in line.words if w.noun]


def agreeing(ours: Iterable[Quantity], theirs: Sequence[Quantity]) -> dict[Quantity, list[Quantity]]:
    """Of each figure of a claim those of its evidence that have its value."""
    return {q: [t for t in theirs if relation(q, t) in AGREE] for q in ours}


def shown(claim: str, text: str, agree: Mapping[Quantity, Sequence[Quantity]], instead: Iterable[tuple[Span, str]] = ()) -> tuple[str, str]:
    """A claim and its evidence with brackets around the figures that agree. instead: ranges of the claim with what is read in their place."""
    return (edited(claim, [*bracketed(claim, (q for q, found in agree.items() if found)), *instead]),
            edited(text, bracketed(text, {t for found in agree.values() for t in found})))


def paired(line: Line, q: Quantity | None, places: Iterable[tuple[Document, Sentence]], reckoned: Collection[int] = ()) -> tuple[str, str]:
    """A claim and its evidence as the verifier reads them, with one figure of the claim shown, or all but those at the offsets `reckoned`, whose value the report does not write."""
    text, date = evidence(places, names_in(line))
    agree = agreeing((q,) if q else [f for f in line.figures if f.start not in reckoned], read(text, date).figures)
    return shown(line.text.rstrip("。"), text, agree, in_words_of(line, text, agree))


def in_words_of(line: Line, text: str, agree: Mapping[Quantity, Sequence[Quantity]]) -> Iterator[tuple[Span, str]]:
    """The words of rise and fall of a claim right before figures that agree, where the evidence has another there that says the same, or says the change behind the
    figure, with what the evidence has: the verifier, that knows reports which say a thing by turning one word of it about, takes 上升 for the opposite of 增长.

    >>> text = "新建学校12所,同比增长8%;用时84天,同比缩短9天。"
    >>> line = Line.read("同比上升8%"); list(in_words_of(line, text, agreeing(line.figures, Line.read(text).figures)))
    [((2, 4), '增长')]
    >>> [list(in_words_of(line, text, agreeing(line.figures, Line.read(text).figures))) for line in (Line.read("用时缩短到84天"), Line.read("用时增加到84天"))]
    [[((2, 5), '为')], []]
    """
    for q, found in agree.items():
        said, came = (form.search(line.text, max(0, q.start - 3), q.start) for form in (_MOVED, _CAME_TO))
        before = [m[1] for t in found if (m := _MOVED.search(text, max(0, t.start - 3), t.start))]  # no more than stands right before: evidence may be long
        behind = [m[1] for t in found if (m := _CHANGED.match(text, t.end))]
        more = marks.MORE.search(line.text, max(0, q.start - 24), q.start) if said else None
        if more and more.span(more.lastindex)[0] == said.start(1) and (other := next((o for o in before if marks.way(o) == (1 if said[1][0] == "多" else -1)), "")):
            yield said.span(1), other  # 比上年多开38列
        elif said and marks.way(said[1]) and said[1] not in before and (other := next((o for o in before if o in SYNONYMS.get(said[1], ())), "")):
            yield said.span(1), other
        elif came and marks.way(came[1]) and any(marks.way(word) == marks.way(came[1]) for word in behind):
            yield came.span(), "为"


def bracketed(text: str, figures: Iterable[Quantity]) -> list[tuple[Span, str]]:
    """The ranges of figures of a text, with the figures in brackets."""
    return [((f.start, f.end), f"【{text[f.start:f.end]}】") for f in figures]


def edited(text: str, edits: Iterable[tuple[Span, str]]) -> str:
    """A text with what is read in place of ranges of it.

    >>> edited("兴建学校12所", [((0, 2), "新建"), ((4, 7), "【12所】")])
    '新建学校【12所】'
    """
    for (start, end), new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def narrowed(text: str) -> str:
    """Of a longer evidence its title and heading, and the clauses with figures that agree; "" where these are all.

    >>> narrowed("青河区盘点｜教育：全区新建学校12所，都在城北；改造旧校舍3栋，用去补助款240万元。教师节前，区里给【118名】教师发了奖；另有退休教师受到慰问，学生家长代表也到了场。")
    '青河区盘点｜教育：教师节前，区里给【118名】教师发了奖；'
    """
    head = OPENING.match(text)[0]
    kept = "".join(clause for clause in CLAUSES.findall(text[len(head):]) if "【" in clause)
    return head + kept if kept and len(text) >= NARROW and len(head + kept) < len(text) else ""
