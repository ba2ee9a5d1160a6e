"""A question that compares or adds up → its Task: the terms, each with its words, and the measure asked for."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from figures.align import coverage
from index.lexical import simplify
from ingest.lines import WORDS
from qa.nouns import entity_end
from qa.question import NOISE, Question, contents
from qa.signals import figures, measures
from quantities.parse import Quantity, parse

MEASURED = frozenset(("count", "money", "mass", "area", "length", "power", "energy", "volume", "percent", "number", "duration", "people"))
AND = r"(?:以及|和|与|及|跟|同|、|加上|加)"
BETWEEN = re.compile(r"以及|和|与|及|跟|同|、|比|还是")
ASK = r"(?:多少|几)"
SUM = re.compile(rf"^(?P<terms>.+?{AND}.+?)(?:一共|总共|共计|合计|总计|加起来|加在一起|合起来|合在一起|拢共|相加|共)(?P<rest>.*?)(?:是|有|为|达)?(?P<ask>{ASK}.*)$")
SIGN = "[多少高低大小长短快慢]"
GAP = re.compile(rf"^(?P<a>.+?)比(?P<b>.+?)(?P<sign>多|(?<!减)少|(?<!提)高|(?<!降)低|(?<!扩)大|(?<!缩)小|(?<!增)长|短)(?P<done>[一-鿿]{{0,4}}?)(?:了|出)?(?P<ask>{ASK}.*)$")
APART = re.compile(rf"^(?P<terms>.+?(?:和|与|跟|同).+?)(?:之间)?(?:的差(?:距|额)?是|相差|差了?)(?P<ask>{ASK}.*)$")
MORE = re.compile(rf"^(?:(?:论|就|比)?(?P<by>[^,，和与跟同、]+)[,，])?(?P<terms>.+?(?:和|与|跟|同|比|、|还是).+?)[,，]?(?:这?[两二三四五六2-6][一-鿿]{{1,2}})?(?:相比|比起来|比|之间|两者|当中|[之其]?中|里)?[,，]?(?P<when>(?:[0-9]{{4}}|[去今前上]|本)年|报告期|本期|全年)?(?:谁|哪(?:一)?(?:个|家|方|边|年|类|种|项|所|座|本|样|条|款|批|届)?)(?:的)?(?P<rest>[^,，?？]{{0,12}}?)得?(?:更|较|比较|最)?(?P<sign>{SIGN})(?:一些|一点|些)?$")
OR = re.compile(rf"^(?:(?P<by>[^,，]+)[,，])?(?P<a>[^,，]+?)的?(?P<sign>{SIGN})(?:一些|一点)?[,，]?还是(?P<b>[^,，]+?)的?(?P=sign)(?:一些|一点)?$")
BEFORE = re.compile("上年|去年|前年|上月|上季|同期|年初|以前|之前|过去|原来|计划|目标|预期|初期|法定|规定")
QUOTED = re.compile("《[^《》]+》|“[^“”]+”")
SIZES = frozenset("数额 金额 规模".split())
COUNTS = frozenset("数量 个数 次数 人数 总数 数目 场次".split())  # what a count is called and no report says beside it
LONGEST_NAME = 5
LESS = frozenset("少低小短慢")


@dataclass(frozen=True)
class Term:
    """A term of a sum or comparison: its name in the question, its own words and those that all terms share."""

    name: str
    own: tuple[str, ...]
    shared: tuple[str, ...]
    dates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """What to reckon. kind: "sum", "gap" (the first less the second) or "more" (which is more, or less where `less`). kinds: as `Question.measures`."""

    kind: str
    terms: tuple[Term, ...]
    unit: str
    less: bool = False
    kinds: frozenset[str] = frozenset()

    def asks(self, q: Quantity) -> bool:
        """Whether a figure is of the measure asked for."""
        if q.kind not in MEASURED:
            return False
        return measures(q, self.unit) if self.unit else not self.kinds or q.kind in self.kinds


def task(question: Question) -> Task | None:
    """What a question wants reckoned, None where it is no such question.

    >>> t = task(Question.of("城东街道和城西街道的食堂一共多少个？"))
    >>> t.kind, [(x.own, x.shared) for x in t.terms], t.unit
    ('sum', [(('城东', '街道'), ('食堂',)), (('城西', '街道'), ('食堂',))], '个')
    >>> sorted(task(Question.of("甲镇和乙镇比，谁的收入涨得更快？")).kinds)
    ['percent']
    >>> task(Question.of("甲镇比乙镇多建了多少个食堂？")).kind, task(Question.of("食堂一共多少个？"))
    ('gap', None)
    >>> [[(x.name, x.shared) for x in task(Question.of(q)).terms] for q in ("甲镇的食堂,民办的多还是公办的多？", "食堂和书房，哪一种建得更多？")]
    [[('民办', ('甲镇', '食堂')), ('公办', ('甲镇', '食堂'))], [('食堂', ('建',)), ('书房', ('建',))]]
    >>> [[(x.name, x.shared) for x in task(Question.of(q)).terms] for q in ("《甲》和《乙的四季》哪本外借多？", "甲公司的收入和税收，哪个数额更大？")]
    [[('《甲》', ('外借',)), ('《乙的四季》', ('外借',))], [('收入', ('公司',)), ('税收', ('公司',))]]
    """
    text = question.text.rstrip("?？。 ")
    for kind, pattern in (("sum", SUM), ("gap", GAP), ("gap", APART), ("more", OR), ("more", MORE)):
        if m := pattern.match(text):
            parts = m.groupdict("")
            names = [parts["a"], parts["b"]] if "a" in parts else [p for p in re.split(AND if kind == "sum" else BETWEEN, parts["terms"]) if p]
            if len(names) < 2 or kind == "gap" and len(names) != 2 or any(BEFORE.search(name) for name in names):
                return None
            unit = asked_unit(text)
            rest = " ".join((parts.get("by", ""), parts.get("when", ""), parts.get("rest", ""), parts.get("done", ""), re.sub(rf"^{ASK}{unit}", "", parts.get("ask", ""))))
            kinds = frozenset(("percent",)) if parts.get("sign") in ("快", "慢") else Question.of(" ".join((*names, rest))).measures  # 高多少 itself would point to percentages
            return Task(kind, terms(names, rest), unit, parts.get("sign") in LESS, kinds)
    return None


def asked_unit(text: str) -> str:
    """The measure behind 多少 or 几, "" where there is none that a figure may have.

    >>> asked_unit("一共多少万平方米"), asked_unit("相差多少"), asked_unit("多多少家企业")
    ('万平方米', '', '家')
    """
    found = re.search(rf"{ASK}([\u4e00-\u9fff%]+)", text)
    for end in range(len(found[1]) if found else 0, 0, -1):
        made = parse(f"3{found[1][:end]}")
        if made and made[0].unit == found[1][:end]:
            return found[1][:end]
    return ""


def terms(names: Sequence[str], rest: str) -> tuple[Term, ...]:
    """The terms of a question. What follows 的 in the last name, the tail of the last that the others lack after it, and the rest are shared by all."""
    if all(QUOTED.fullmatch(name) for name in names):
        return tuple(Term(name, (name[1:-1],), words(rest)) for name in names)
    *others, last = names
    head, _, first = others[0].partition("的")
    if len(names) == 2 and first and "的" not in last and entity_end(head) and not entity_end(last):
        return tuple(Term(name, words(name), (*words(head), *(w for w in words(rest) if w not in SIZES))) for name in (first, last))  # 甲公司的收入和税收
    own, _, tail = last.partition("的")
    dated = [tuple(q.text for q in figures(name) if q.kind == "date") for name in [*others, own]]
    if not tail and any(dated):  # 2022年和2023年新增岗位: what follows the date is shared
        q = next((q for q in figures(own) if q.kind == "date"), None)
        own, tail = (own[:q.end], own[q.end:]) if q else (own, "")
    head, _, first_tail = others[0].partition("的")
    bare = [head, *others[1:], own]
    shared = tuple(w for w in dict.fromkeys([*words(tail or first_tail), *words(rest)]) if w not in COUNTS)
    return tuple(Term(name.strip(), own_words(strip(name, dates)), tuple(w for w in shared if w not in words(name)), dates) for name, dates in zip(bare, dated))


def own_words(name: str) -> tuple[str, ...]:
    """The words of a term's name, or a short name itself where they would lose what tells it from another.

    >>> own_words("城东街道"), own_words("东片区")
    (('城东', '街道'), ('东片区',))
    """
    found = words(name)
    return (name,) if found and len("".join(found)) < len(name) <= LONGEST_NAME and re.fullmatch("[\u4e00-\u9fff]+", name) else found


def strip(text: str, dates: Sequence[str]) -> str:
    """A text without some dates."""
    for date in dates:
        text = text.replace(date, "")
    return text


def words(text: str) -> tuple[str, ...]:
    """The words that tell in a part of a question; a part in which none are known is a word itself.

    >>> words("城东街道"), words("初中"), words("")
    (('城东', '街道'), ('初中',), ())
    """
    bare = NOISE.sub("", text)
    return contents(text) or tuple(w for w, tag in WORDS.tag(bare) if tag[0] in "nvajzli") or ((bare,) if bare else ())


def lacking(question: Question, text: str) -> str:
    """The term of a comparison, difference or sum of which a text says no word of its own; "" where it says some of each.

    >>> lacking(Question.of("甲镇和乙镇一共建成多少个食堂？"), "甲镇建成食堂3个。")
    '乙镇'
    """
    what, said = task(question), simplify(text)
    for term in what.terms if what else ():
        telling = [word for word in term.own if not any(word in other.own for other in what.terms if other is not term)]
        if telling and all(coverage(word, said) < 0.34 for word in telling):
            return term.name
    return ""
