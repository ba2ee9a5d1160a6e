"""A question that asks, but leaves out or points at what it is about (它哪年建成的, 占比多少, 谁负责) → the question with it said."""
from __future__ import annotations

import re
from collections.abc import Sequence

from qa.followup import ASK, Past, Shape
from qa.nouns import ENTITY, RELATIONAL, Word, kind, periods, runs, words

CLASSIFIER = "个家位座所条项件部本份次支款届批类种片栋"
NUMERALS = "0-9一二三四五六七八九十两几多"
POINTS = re.compile(
    rf"(?P<person>(?<![其吉])(?:他|她)(?![人们]))|(?P<many>它们|他们|她们|(?:这|那)些(?![年天日]))|(?P<one>它|(?<![与和及尤极])其(?![中他它余实次间后前]))|(?P<place>(?:这|那)(?:里|儿)|当地|该地)|(?P<year>(?:这|那)一?年(?![{NUMERALS}来间])|当年|同年)"
    rf"|(?P<bare>^(?:这|那)(?:一?[{CLASSIFIER}])?(?=是|在|有|的))|(?P<this>(?:这|那)样的|(?:这|那|上述|此|(?<!应)该(?!不|怎|如))(?:一?[{CLASSIFIER}](?!月|目|门|庭|人))?(?=[\u4e00-\u9fff]{{2}})(?![{NUMERALS}样么里儿边些时次]))")
BECOMES = re.compile(r"(?:改|变|更名|命名|转|合并)(?:成|为|名|作)|叫")
CHANGE = re.compile(r"(?:同比|环比|比|较|与|和|占|增|提|降|下|上升|减|缩|压|涨|扩|翻|达|后来|一共|共|总共|排名|名次|位次|份额|总数|总量|数量|平均)")
VAGUE = frozenset("事 事情 情况 问题 地方 工作 内容 结果 时候 时间 人 钱 原因 名字 名称 东西 别的".split())
AMONG = re.compile(r"^(?:其中|这其中|里面)的?[,，]?")
LEADS = re.compile(r"^(?:是|有|在|由|被|把|给|向|对|从|到|每|一共|总共|共|连续|实地|专门|累计|平均|首次|率先|后来|当时|最后|最终|分别|具体|主要|还|又|都|也|曾|已|将|要|能|会|可以|需要|这样|因此|怎么|如何|怎样|为什么|为何|哪|谁|何|什么|啥|几|多)")


def antecedent(turns: Sequence[Past], many: bool = False) -> str:
    """What 它 stands for: the subject of the latest question, its answer where it asked which, what is counted for 它们.

    >>> antecedent([Past(Shape("小学项目由谁建设"), "")]), antecedent([Past(Shape("《甲》改成了什么刊物"), "《乙》")])
    ('小学项目', '《乙》')
    """
    last = turns[-1]
    named = 1 < len(last.answer) <= 25 and "、" not in last.answer and not re.match("[0-9是否有没]", last.answer)
    if named and (not last.shape.subject and last.shape.asked or BECOMES.search(last.shape.text[slice(*last.shape.verb)])):
        return last.answer
    return last.shape.topic if many or not last.shape.subject else last.shape.thing


def person(turns: Sequence[Past]) -> str:
    """Whom 他 stands for: the latest answer that is a person's name or a name in a question, else what 它 would."""
    for turn in reversed(turns):
        if kind(turn.answer) == "person" or 1 < len(turn.answer) < 5 and re.search("谁|哪位|何人|名字", turn.shape.text):
            return turn.answer
        if names := [w.text for w in words(turn.shape.text) if w.tag == "nr" and len(w.text) in (2, 3) and not ENTITY.search(w.text)]:
            return names[0]
    return antecedent(turns)


def phrase(noun: str, turns: Sequence[Past]) -> str:
    """The longest phrase before that ends as `noun` does, in the latest turn that has one; "" where none has.

    >>> phrase("合同", [Past(Shape("法务办审查了多少个合同"), "")]), phrase("大桥", [Past(Shape("清渡大桥全长多少"), "")])
    ('法务办审查的合同', '清渡大桥')
    """
    for turn in reversed(turns):
        if turn.answer.endswith(noun) and 2 <= len(turn.answer) <= 25 and "、" not in turn.answer:
            return turn.answer
        if topic := next((t for t in (turn.shape.topic, turn.shape.thing) if t.endswith(noun)), ""):
            return topic
        text = turn.shape.text
        found = [text[s:e] for s, e in runs(text, turn.shape.ask) if text[s:e].endswith(noun)]
        if found:
            return Shape.bare(max(found, key=len))
    return ""


def pointed(text: str, turns: Sequence[Past]) -> str:
    """The question with its pronoun replaced by what it stands for; "" where there is none, or it stands for something in the question."""
    match = POINTS.search(text)
    if not match or any(w.tag[0] in "nj" and len(w.text) > 1 and w.text not in VAGUE for w in words(ASK.sub("", text[:match.start()]))):
        return ""
    at, rest = text[:match.start()], text[match.end():]
    group = match.lastgroup
    if group == "year":
        said = next((t[s:e] for turn in reversed(turns) for t in (turn.answer, turn.shape.text) for s, e in periods(t)), "")
        return f"{at}{re.sub('年.*', '年', said)}{rest}" if said else ""
    if group == "person":
        return at + person(turns) + rest
    if group == "place":
        last = turns[-1]
        return at + (last.answer if kind(last.answer) == "entity" else last.shape.entity or antecedent(turns)) + rest
    if group in ("this", "many"):
        shorter = [rest[:w.end] for w in reversed(leading(rest))]
        for noun in [*shorter, rest[:2]]:
            if len(noun) > 1 and noun not in VAGUE and (found := phrase(noun, turns)):
                return at + found + rest[len(noun):]
        if shorter and (group == "this" and not at or shorter[-1] in VAGUE):
            first = shorter[-1]
            return at + antecedent(turns, group == "many") + rest[len(first):]
        if group == "this":
            return ""
    thing = antecedent(turns, group == "many")
    owner, _, held = thing.rpartition("的")
    return at + (owner if owner and rest.startswith(f"的{held}") else thing) + rest


def leading(text: str) -> list[Word]:
    """The nouns that a text begins with."""
    found = []
    for word in words(text):
        if not word.nominal and word.tag != "v" or word.tag == "v" and found:
            break
        found.append(word)
    return found


def own(text: str) -> list[str]:
    """The nouns of a question that say what it is about: of two characters or more, neither vague nor a measure that belongs to something."""
    bare = ASK.sub("", text)
    return [w.text for w in words(bare) if (w.tag[0] in "njl" or w.tag in ("vn", "nz")) and len(w.text) > 1 and w.text not in VAGUE and not RELATIONAL.fullmatch(w.text)]


def names(text: str) -> bool:
    """Whether a question names an organisation, a place, a person or a quoted name of its own."""
    return bool(re.search("[“《]", text)) or any(ENTITY.search(w.text) and len(w.text) > 2 or w.tag in ("ns", "nt") or w.tag == "nr" and len(w.text) > 1 for w in words(ASK.sub(" ", text))) or any(
        kind(text[s:e]) == "entity" and e - s > 2 for s, e in runs(text, Shape(text).ask))


def counted(text: str, last: Shape) -> str:
    """A number asked without its noun (采纳了多少条) with the noun of the question before it, where both count alike; "" elsewhere."""
    shape = Shape(text)
    if shape.unit and not shape.tail and last.unit == shape.unit and last.noun and (shape.act or kind(shape.subject) == "entity" or not shape.subject):
        return text + last.noun
    return ""


def lacking(text: str, turns: Sequence[Past]) -> str:
    """The question with what it leaves out; "" where it leaves out nothing."""
    if found := pointed(text, turns):
        return found
    last = turns[-1].shape
    if among := AMONG.match(text):
        shape = Shape(text)
        base = next((t.shape for t in reversed(turns) if shape.unit and t.shape.unit == shape.unit), last)
        return f"{base.topic}中，{text[among.end():]}"
    filled = counted(text, last)
    text = filled or text
    first = RELATIONAL.match(text)
    relational = first and (first.end() == len(text) or (ASK.match(text, first.end()) or words(text[first.end():])[0].tag[0] not in "nbj") and text[first.end()] != "的")
    opening, *others = words(text)
    relational = relational or opening.tag in ("v", "vn") and others and RELATIONAL.fullmatch(others[0].text)
    elliptic = relational or LEADS.match(text) or opening.tag[0] in "vpdc" and opening.tag != "vn" or CHANGE.match(text) or len(text) < 7 and last.entity and text.endswith(("多少", "几个", "几"))
    if len(text) > 16 or not CHANGE.match(text) and re.search("的[\u4e00-\u9fff]{2,}", text[:Shape(text).ask[0]]):
        return filled
    if not elliptic or names(text) and not CHANGE.match(text):
        return filled
    nouns = own(text)
    asks_first = ASK.match(text)
    if asks_first and len(text) - asks_first.end() <= 3 and not re.match("多少|几|哪[个家些]|什么(?!时)", text):
        nouns = []
    if asks_first and nouns and not (len(text) < 6 and filled):
        return filled
    change = CHANGE.match(text) or re.match("都|各|连续", text) or text.startswith(("这样", "因此"))
    text = re.sub("^(?:这样|因此)", "", text)
    entity = last.entity or (last.subject if kind(last.subject) not in ("measure",) else "")
    if change or not entity or relational and kind(last.topic) != "measure":
        head = last.topic if change or relational and not last.thing else last.thing if not nouns or relational else entity
    else:
        head = entity if nouns or last.unit or kind(last.topic) == "measure" or filled else last.thing or last.topic
    if relational and "的" in head and last.asked[-1:] == "谁":
        head = head.rpartition("的")[0]
    if not head or head in text:
        return filled
    when = last.when if change or relational else ""
    link = "由" if re.match(r"谁(?!的)[\u4e00-\u9fff]{2,}", text) and not text.endswith("的") else "是" if re.match(r"谁.+的$", text) else ""
    return f"{when}{head}{link}{text}"
