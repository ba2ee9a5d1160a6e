"""A sentence as the learned reader reads it: under its heading, with what it takes up from elsewhere in the document.

The sentence itself is the end of the window: an answer is looked for there alone.
"""
from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection
from functools import lru_cache

from figures.ledger import parts
from figures.line import Line
from figures.scope import follows
from figures.wording import headed
from ingest.document import Document, Sentence, Span
from qa.question import contents
from qa.signals import figures

LONGEST_TITLE = 60  # characters
LONG = 120          # characters: a longer sentence is read in stretches too
STRETCH = 80
LONGEST_OPENING = 30
SIBLINGS = 12       # rows of a table that one is looked for among
TAKES_UP = re.compile(r"[“\"\s]*(?:[一-鿿]{1,4}[,，])?(?:其(?!他|它|余|实)|这|该|此(?!外)|它|他|她|两者|二者|前者|后者)|[分按从][^，,。；;]{1,10}[看分][，,]")
CLAUSE, OPENING = re.compile("[^；;。！？!?]+[；;。！？!?]*"), re.compile("[^，,；;。！？!?]*[，,；;。！？!?]")
YEAR = re.compile("(?:19|20)[0-9]{2}")
WHOLE = re.compile("[全我本](?:[国省市州县区旗镇乡村校院厂港]|集团|公司|行业)")


def in_context(question: str, document: Document, sentence: Sentence, text: str, led: bool = False) -> str:
    """A sentence as it is read: under its heading, behind the sentence that it takes up, and under the title where that says a year or a name of the
    question which these do not, or another year than the question asks for where these say none.

    A yearbook says 全年 and 全县 in its sentences, and which year and county in its title alone. A heading that the question calls by a short name is
    read with that name; one that the question puts to 全区 is read as of 全区, where the report is about a 区. led: read behind the sentence before, where
    that says a word of the question which these do not.
    """
    words = contents(question)
    heading, title = sentence.path[-1] if sentence.path else "", " ".join(document.title.split())
    text = (taken_up(document, sentence, text) or (led_by(words, document, sentence, heading + text) if led else "")) + text
    if (whole := WHOLE.search(question)) and whole[0][1:] == own_whole(document.text) and not WHOLE.search(heading + text):
        text = f"{whole[0]}：{text}"
    text = (headed(heading, (word for word in words if word not in text)) if heading else "") + text
    dates = [q.text for q in figures(question) if q.kind == "date"]
    said = any(word in title and word not in text for word in {*words, *dates}) or bool(dates and YEAR.search(dates[0]) and YEAR.search(title) and not YEAR.search(text))
    return f"{title}：{text}" if said and len(title) <= LONGEST_TITLE and not text.startswith(title) else text


def stretches(text: str) -> list[tuple[str, Span]]:
    """The parts in which a long sentence is read besides as a whole, for a reader doubts what a sentence of 200 characters says late: its clauses, a long
    one cut at commas. Each stands behind the opening of the sentence, which is given with it. None for a short sentence.

    >>> text = "2021年,该区" + "新建公园3个、" * 8 + ";" + "改造老街5条、" * 9 + "。"
    >>> [(opening, text[s:e][-4:]) for opening, (s, e) in stretches(text)], stretches("该区新建公园3个。")
    ([('', '3个、;'), ('2021年,', '5条、。')], [])
    """
    if len(text) <= LONG:
        return []
    opening = (OPENING.match(text) or [""])[0]
    opening = opening if len(opening) <= LONGEST_OPENING else ""
    found = [(m.start() + s, m.start() + e) for m in CLAUSE.finditer(text) for s, e in parts(m[0], STRETCH, "，,")]
    return [(opening if s >= len(opening) else "", (s, e)) for s, e in found]


def taken_up(document: Document, sentence: Sentence, text: str) -> str:
    """The sentence before one that begins with 其中, 该, 分行业看; for a row of a table whose name begins so, the nearest row above whose does not. "" for none."""
    if not TAKES_UP.match(text):
        return ""
    number = bisect_left(document.sentences, sentence.start, key=lambda s: s.start)
    for n in range(number - 1, max(-1, number - SIBLINGS), -1):
        before = document.sentences[n]
        if before.path != sentence.path:
            return ""
        said = document.view(n).text
        if before.kind == sentence.kind and not (sentence.kind == "row" and TAKES_UP.match(said)):
            return said if said[-1:] in "。！？；：" else f"{said}。"
    return ""


def led_by(words: Collection[str], document: Document, sentence: Sentence, text: str) -> str:
    """The sentence before, where that says one of the words which a text does not, and the sentence has no subject of its own; else "". What leads to a sentence the reader takes for what it is about."""
    number = bisect_left(document.sentences, sentence.start, key=lambda s: s.start)
    before = document.sentences[number - 1] if number else sentence
    if before is sentence or before.path != sentence.path or {before.kind, sentence.kind} != {"paragraph"} or not follows(Line.read(sentence.text)):
        return ""
    return before.text[-STRETCH:] if any(len(word) > 1 and word in before.text and word not in text for word in words) else ""


@lru_cache(64)
def own_whole(text: str) -> str:
    """What a report is about as a whole: the commonest of 区, 县, 集团 behind 全, 我 or 本; "" where it says none.

    >>> own_whole("全区新增9家,全区投资3亿元,居全市第一。"), own_whole("新增9家。")
    ('区', '')
    """
    found = Counter(m[0][1:] for m in WHOLE.finditer(text))
    return found.most_common(1)[0][0] if found else ""
