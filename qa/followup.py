"""The parts of a Chinese question that a follow-up may take over or replace: whose it is, what is asked, how, and when.

Words and their classes come from the tagger; nothing is known here about any one report. Text comes in simplified, without closing marks.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from qa.nouns import DURATION, RELATIONAL, entity_end, kind, periods, words
from qa.question import MEASURE

ASK = re.compile(
    rf"第几|(?:多少|几)[多余]?{MEASURE}|百分之几|哪[一几]?(?:年|天|些|个月|个|家|位|项|座|所|条|届|批|次|类|种|里|儿|方面)?|何时|何处|何地|何人|什么时候|什么|啥|谁|为什么|为何|为啥|怎么样|怎么|怎样|如何|多[大长高久远重]|有没有|是否|是不是")
UNIT = re.compile(rf"^(?:多少|几)[多余]?({MEASURE})$")
YESNO = re.compile(r"(?:吗|没有|没)$")
GENERIC = re.compile(r"^(?:是|有|为|达到?|达|共有?|一共有?|总共有?|实现|占|拥有|完成)+$")
NOMINAL = re.compile(r"(?:受到|受|开展|进行|召开|举办|组织|获得|收到|得到)$")
JOINS = "、和与及"
BELONGS = re.compile(rf"(?<=..)的?(?<![\u4e00-\u9fff]总)[年月日]?{RELATIONAL.pattern}$")


@dataclass(frozen=True)
class Shape:
    """A question taken apart. lead: what stands before the asking words; asked: those; tail: what stands behind them."""

    text: str

    @cached_property
    def ask(self) -> tuple[int, int]:
        """The place of the asking words; the end of the text for yes/no questions and none."""
        match = ASK.search(self.text)
        if match:
            return match.span()
        end = YESNO.search(self.text)
        return (end.start(), len(self.text)) if end else (len(self.text), len(self.text))

    @property
    def lead(self) -> str:
        return self.text[:self.ask[0]]

    @property
    def asked(self) -> str:
        return self.text[slice(*self.ask)]

    @property
    def tail(self) -> str:
        return self.text[self.ask[1]:]

    @property
    def unit(self) -> str:
        """The measure word asked for (家 of 多少家), or ""."""
        match = UNIT.match(self.asked)
        return match[1] if match else ""

    @cached_property
    def noun(self) -> str:
        """What is counted or named behind the asking words (企业 of 多少家企业, 社区 of 哪个社区), or ""."""
        tagged = words(self.tail)
        if self.asked[-1:] in ("", "谁", "时", "处", "候"):
            return ""
        if NOMINAL.search(self.act) or tagged and tagged[0].tag == "v" and all(w.nominal or w.tag == "v" or w.text in JOINS for w in tagged):
            return self.tail
        end = 0
        for number, (word, after) in enumerate(zip(tagged, [*tagged[1:], None])):
            joined = word.text in JOINS + "的" and end and after and (after.nominal or after.tag == "v")
            modifier = word.tag[0] in "av" and after and (after.nominal or after.text == "的") and (not end or number == len(tagged) - 2)
            if not (word.nominal or joined or modifier or word.tag[0] == "a" and not end):
                break
            end = word.end
        return self.tail[:end]

    @cached_property
    def verb(self) -> tuple[int, int]:
        """The place of the verb before the asking words, with its particles and adverbs; empty where there is none."""
        tagged = words(self.lead)
        start = len(self.lead)
        for number in range(len(tagged) - 1, -1, -1):
            word = tagged[number]
            ahead = tagged[number + 1].text if number + 1 < len(tagged) else ""
            acts = word.tag[0] in "vdpur" and word.tag != "vn" and word.text != "的" or ahead in ("了", "过", "着") and not number == 0
            if not acts or word.tag[0] == "r" and len(word.text) > 1:
                break
            start = word.start
        return start, len(self.lead)

    @cached_property
    def subject(self) -> str:
        """What the question is about, without its period: the words before the verb, up to a preposition."""
        start = self.verb[0]
        head = self.lead[:start].rstrip("，, ")
        if not head.strip("，, "):
            return ""
        cut = next((w.start for w in words(head) if w.start and (w.tag == "p" and w.text not in "和与") and head[:w.start].strip("，, ")), len(head))
        if not ASK.search(self.text) and (verbs := [w.start for w in words(head) if w.start and w.tag == "v" and head[w.end:w.end + 1] in ("了", "")]):
            cut = min(cut, verbs[-1])
        return self.bare(re.split("[，,]", head[:cut])[-1])

    @staticmethod
    def bare(text: str) -> str:
        """A noun phrase without its periods, the words of scope and place around it and loose marks.

        >>> Shape.bare("2020年，高新区的"), Shape.bare("开放大学3年")
        ('高新区', '开放大学')
        """
        for start, end in reversed(periods(text)):
            text = text[:start] + text[end:].removeprefix("的") if not text[end:end + 1] == "级" else text
        return re.sub(r"^[，,、的在]+|(?:[，,、的里中]|全年|平均|一共|总共|累计|原来|现在|目前|后来|分别|还)+$", "", text)

    @property
    def when(self) -> str:
        """The date it names, or ""; spans of years (3年来) are none."""
        return next((self.text[s:e] for s, e in periods(self.text) if not DURATION.fullmatch(self.text[s:e])), "")

    @property
    def thing(self) -> str:
        """The subject without a measure that belongs to it: the bridge of 大桥全长, else the body of 公司施工产值.

        >>> Shape("清渡大桥全长多少").thing, Shape("城建公司施工产值是多少").thing
        ('清渡大桥', '城建公司')
        """
        held = BELONGS.sub("", self.subject)
        if held != self.subject and not (self.entity and words(held)[-1].tag in ("v", "vn")):
            return held
        return self.entity or self.subject if kind(self.subject) == "measure" else self.subject

    @property
    def entity(self) -> str:
        """The organisation or place that the subject begins with, or ""."""
        return self.subject[:entity_end(self.subject)].rstrip("的、")

    @cached_property
    def act(self) -> str:
        """The verb that has its own say (征迁 of 征迁了), or "" where it only links (有, 是)."""
        verb = re.sub(r"^(?:累计|一共|总共|共|分别)|[了过着]$", "", self.text[slice(*self.verb)])
        return "" if GENERIC.match(verb) or not verb else verb

    @cached_property
    def topic(self) -> str:
        """What a pronoun or a bare 占比 takes up: the thing counted where there is one, else the subject, else what stands behind 谁.

        >>> Shape("法务办审查了多少个合同").topic, Shape("河湾小学是谁建的").topic, Shape("谁是总经理").topic
        ('法务办审查的合同', '河湾小学', '总经理')
        """
        if self.noun and re.match("多少|几", self.asked):
            link = self.act if self.act and not re.search("[给对向从比]", self.act) else ""
            return f"{self.subject}{link}的{self.noun}" if self.subject else self.noun
        if self.subject:
            return self.subject
        rest = re.sub(r"^(?:是|有|为|的)+", "", self.tail if self.asked else self.text)
        return re.sub(r"(?:的|吗|呢)+$", "", rest)


@dataclass(frozen=True)
class Past:
    """An earlier turn: its question as completed, and what was answered ("" where that is not known or not found)."""

    shape: Shape
    answer: str
