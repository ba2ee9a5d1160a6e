"""The short answer in an answering sentence, by general rules: ranges of the sentence's text, or a word of yes or no.

A figure is always a whole one with its unit and hedge; nothing cuts a number, a name in 《》 or a quotation.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from index.lexical import simplify
from ingest.chunk import uncuttable
from ingest.document import Span
from ingest.lines import WORDS
from qa.clauses import clause, overlap
from qa.figure import figure
from qa.lists import enumeration
from qa.nouns import ENTITY
from qa.question import Question
from qa.signals import figures, people
from qa.spans import Window
from qa.why import CAUSES, bare, dealt, reason
from qa.yesno import yes_or_no

NAME = re.compile("[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]+(?:·[\u4e00-\u9fff]+)+")
ACTS = re.compile("(?:担任|(?<=..)任|出任|兼任|牵头|负责|带队|主持|领衔|组织|主办|承办|举办|授予)$")  # what a person or body does, behind the name
BECOMES = re.compile("[一-鿿]{1,8}?[成为作叫](?P<name>[《“][^《》“”]+[》”])(?=$|[,，])")  # ahead of a name
MEANS = re.compile("(?:是)?指(?:的是)?")
ASKS_SENSE = re.compile("什么意思|指(?:的是)?(?:什么|啥)|含义")
SPOKEN = re.compile("[^。！？!?]{0,20}|[^,，。；;！？!?]{0,40}")  # a quotation that is a name or a word; from a longer one an answer may be cut
AGENT = re.compile(".*[被由](?=[一-鿿]{2,12}$)")
NOUN = re.compile("(?:什么|啥|哪一?[个家座所项部款种条支类场届处])([^，,。？?]{2,})")


@dataclass(frozen=True)
class Short:
    """answer: the words to show; ranges: where they stand in the sentence, for highlighting."""

    answer: str
    ranges: tuple[Span, ...]


def short(question: Question, sentence: str, window: Window | None = None) -> Short:
    """The short answer to a question in the sentence that answers it; window: the learned reader's view of it.

    >>> short(Question.of("“四上”企业有多少家？"), "市场主体3000多家;“四上”企业数从83家增至147家。").answer
    '147家'
    >>> short(Question.of("涉及哪些领域？"), "该园区企业达21家,涉及智能装备、新材料等领域。").answer
    '智能装备、新材料'
    """
    if question.kind == "yesno":
        word, part = yes_or_no(question, sentence, window)
        return Short(word, (part,))
    if question.kind == "reason" and window is None and (part := reason(question, sentence)):
        return Short(sentence[slice(*part)], (part,))
    if question.kind in ("figure", "date") and (found := figure(question, sentence, window)):
        return Short(found[0], (found[1],))
    if question.kind == "list" and (spans := enumeration(question, sentence, window)):
        return Short("、".join(sentence[s:e] for s, e in spans), tuple(spans))
    if window is not None:
        found = span(question, sentence, window)
        (start, end), = found.ranges
        if question.kind in ("person", "organisation") and (acts := ACTS.search(found.answer)) and acts.start() > 1:
            return Short(found.answer[:acts.start()], ((start, start + acts.start()),))
        if question.kind == "person" and (whole_name := next(((s, e) for s, e in people(sentence) if s == start and e > end), None)):
            return Short(sentence[slice(*whole_name)], (whole_name,))
        if question.kind == "person" and not NAME.fullmatch(found.answer) and (named := [(s, e) for s, e in people(sentence) if start <= s and e <= end]):
            start, end = max(named, key=lambda n: window.score(*n))
            return Short(sentence[start:end], ((start, end),))
        inside = [q for q in figures(found.answer) if q.kind != "date" or question.kind == "keyword"]
        counts = [q for q in inside if q.kind not in ("date", "time")]
        if question.kind == "keyword" and inside or len(counts) == 2 and counts[1].role == "to":
            text, part = figure(question, sentence, window) or (found.answer, found.ranges[0])
            return Short(text, (part,))
        return found
    if question.kind == "person" and (found := person(question, sentence)):
        return found
    start, end = clause(question, sentence)
    return Short(sentence[start:end], ((start, end),))


def span(question: Question, sentence: str, window: Window) -> Short:
    """The learned reader's span, widened to whole words, quantities and names, and to the noun that is asked for."""
    start, end = window.best[1]
    for s, e in whole(sentence):
        if s < start < e:
            start = s
        if s < end < e:
            end = e
    if question.kind in ("organisation", "person") and re.search("[被由获受经与和、，,。；;]$", sentence[:start - 1]) and sentence[start - 1] in "国省市州县区镇乡":
        start -= 1  # 省 of 被省文明办授予
    end = max(end, noun_end(question, sentence, start, end))
    if name := BECOMES.match(sentence[start:end]):
        start, end = start + name.start("name"), start + name.end("name")
    elif agent := question.kind in ("person", "organisation") and AGENT.match(sentence[start:end]) or ASKS_SENSE.search(question.text) and MEANS.match(sentence[start:end]):
        start += agent.end()
    if question.kind in ("reason", "manner") or CAUSES.search(question.text):
        start, end = dealt(question, sentence) or bare(sentence, start, end)
    if question.kind == "place":
        end = start + place_end(sentence[start:end])
    text = sentence[start:end].strip("，,;；。:：、!！?？\n ")
    start = sentence.index(text, start) if text else start
    return Short(text, ((start, start + len(text)),)) if text else Short(sentence[slice(*clause(question, sentence))], (clause(question, sentence),))


def whole(sentence: str) -> list[Span]:
    """The ranges that an answer does not cut: words of the dictionary, quantities, names in 《》 and short quotations; brackets it may."""
    found, at = [(s, e) for s, e in uncuttable(sentence) if sentence[s] not in "(（【" and (sentence[s] not in "“「『" or SPOKEN.fullmatch(sentence, s + 1, e - 1))], 0
    for word in WORDS.cut(sentence, hmm=False):  # words that a model guesses cut names
        found.append((at, at + len(word)))
        at += len(word)
    return found


def place_end(text: str) -> int:
    """How much of a span is the place: up to a mark, to the 的 behind a body or an area, and without a verb at the end.

    >>> ["松溪镇的老人走进卫生院"[:place_end("松溪镇的老人走进卫生院")], "改造项目一期看到:硬化路"[:place_end("改造项目一期看到:硬化路")], "东湖边的老码头"[:place_end("东湖边的老码头")]]
    ['松溪镇', '改造项目一期', '东湖边的老码头']
    """
    end = len(re.match("[^,，:：;；。]*", text)[0])
    end = next((m.start() for m in re.finditer("的", text[:end]) if ENTITY.search(text[:m.start()])), end)
    *rest, (word, tag) = WORDS.tag(text[:end]) or [("", "")]
    return end - len(word) if rest and tag == "v" and len(word) > 1 else end


def noun_end(question: Question, sentence: str, start: int, end: int) -> int:
    """Where the noun ends that 什么 or 哪个 asks for, if it touches a span's end: 产业园 behind 东湖 where 哪座产业园 is asked; else 0.

    >>> q = Question.of("哪座产业园已经投产？")
    >>> noun_end(q, "东湖产业园投产。", 0, 2), noun_end(q, "东湖投产。", 0, 2), noun_end(q, "东湖和产业园。", 0, 2)
    (5, 0, 0)
    """
    asked = NOUN.search(question.text)
    if not asked:
        return 0
    words = list(takewhile(lambda word: word[1][0] in "nvajbszil", WORDS.tag(asked[1])))
    while len(words) > 1 and words[-1][1][0] != "n":
        words.pop()
    for n in range(len(words), 0, -1):
        noun = "".join(word for word, _ in words[:n])
        at = sentence.find(noun, max(start, end - len(noun)), end + len(noun))
        if len(noun) > 1 and at >= 0:
            return at + len(noun)
    return 0


def person(question: Question, sentence: str) -> Short | None:
    """The person's name nearest to the words of the question."""
    names = [(s, e) for s, e in people(sentence) if simplify(sentence[s:e]) not in question.text]
    if not names:
        return None
    start, end = max(names, key=lambda n: overlap(question, sentence[max(0, n[0] - 20):n[1] + 8]))
    return Short(sentence[start:end], ((start, end),))
