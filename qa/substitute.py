"""What a follow-up names (那B街道呢, 其中去年呢, 我问的是另一个区) in the place of what is of the same kind in the question before it."""
from __future__ import annotations

import re
from collections.abc import Sequence
from os.path import commonprefix

from qa.followup import Past, Shape
from qa.nouns import DURATION, ENTITY, PLACE, RELATIONAL, entity_end, kind, periods, runs, words
from quantities.parse import parse

OTHER = re.compile("另外?[一那]|别的|其他|其它")
SUPERLATIVE = re.compile("最(?=[多高大快好低少强长重])")
NUMBER = "[0-9一二三四五六七八九十]"
TIMES = re.compile("过去|以前|从前|原来|原先|当初|此前|之前|现在|目前|如今")
AIMS = re.compile("(?:年?的?)?(?:计划|目标|预计|预期|实际|完成|规划|安排)")
REASON = re.compile("为什么|为何")
LINKS = re.compile(r"和|与|跟|同|、|还是|以及")


def ranks(text: str) -> list[tuple[int, int]]:
    """The spans of ranks in a text (第二名, 排名第七 without its 排名).

    >>> [("谁是第一名"[s:e]) for s, e in ranks("谁是第一名")]
    ['第一名']
    """
    return [(q.start, q.end) for q in parse(text) if q.kind in ("rank", "ordinal") and q.text.startswith(("第", "倒数"))]


def likeness(piece: str, run: str) -> float:
    """How far two phrases are of one kind: the same class, the same ending, about the same length; 0 and below for none.

    >>> likeness("城西街道", "城东街道") > likeness("城西街道", "企业"), likeness("公厕", "游园") > 0
    (True, False)
    """
    a, b = kind(piece), kind(run)
    ending = len(commonprefix([piece[::-1], run[::-1]]))
    same = a == b or {a, b} == {"scope", "entity"} and bool(PLACE.search(piece) and PLACE.search(run))
    if piece == run or not (same and (a or ending) or ending > 1):
        return 0
    opening = len(commonprefix([piece, run]))
    return 3 * bool(same and a) + 1.5 * min(ending, 4) + 0.7 * min(opening, 2) - (0.1 if a == "entity" else 0.3) * abs(len(piece) - len(run)) + 0.01


def in_place(piece: str, shape: Shape, before: str = "") -> str:
    """The earlier question with the phrase most like `piece` replaced by it; "" where none is like it. `before`: the question before that; what changed since is likelier to change again.

    >>> in_place("市级", Shape("街道获得多少个省级奖项"))
    '街道获得多少个市级奖项'
    """
    text, body, modifies = shape.text, kind(piece) in ("entity", "scope"), piece.endswith(("的", "级"))
    piece = piece.removesuffix("的")

    def rate(start: int, end: int) -> float:
        cuts = any(w.nominal and not (len(w.text) > 1 and ENTITY.search(w.text) or kind(w.text) == "scope") for w in words(text[:start])[-1:])
        whole = not any(w.nominal or w.tag == "f" for w in words(text[end:])[:1])
        broken = body and not whole and not ENTITY.search(text[start:end])
        return likeness(piece, text[start:end]) - cuts * (1 + body) - 4 * (broken or not whole and kind(piece) == "measure") - 2 * (text[start:end] in before) + (0.5 if whole else -2) * (not body and not modifies) - start / (20 if body else 1000)

    found = runs(text, shape.ask)
    if RELATIONAL.fullmatch(piece):
        found = [(s, e) for s, e in found if e == shape.verb[0] and RELATIONAL.fullmatch(text[s:e])]
    score, start, end = max(((rate(s, e), s, e) for s, e in found if likeness(piece, text[s:e]) > 0), default=(0, 0, 0))
    if score <= 0.4:
        return ""
    if shape.act and not shape.unit and start >= shape.ask[1] and kind(piece) == "measure":
        return f"{shape.when}{shape.entity or shape.subject}{piece}是多少"
    if start >= shape.ask[1] and shape.unit not in ("", "个", "项") and kind(piece) == "measure":
        return shape.lead + "多少" + text[shape.ask[1]:start] + piece + text[end:]
    return shape.text[:start] + piece + shape.text[end:]


def swap(piece: str, shape: Shape) -> str:
    """The earlier question with its measure, its counted noun or its subject replaced, where nothing in it is like `piece`.

    >>> swap("公厕", Shape("高新区打造了多少个游园")), swap("总投资", Shape("改造项目有多少个")), swap("读书会", Shape("工作法是哪个社区的"))
    ('高新区打造了多少个公厕', '改造项目总投资是多少', '读书会是哪个社区的')
    """
    head = piece.removesuffix("的")
    if kind(head) == "measure" and (shape.unit or shape.asked[:2] in ("多少", "百分") or shape.asked.startswith("几")):
        whole = shape.topic if RELATIONAL.fullmatch(head) else shape.entity or shape.subject
        return f"{shape.when}{whole}{head}是多少"
    if kind(head) == "measure" and "的" in head:
        return f"{head}是多少"
    tagged = words(head)
    if piece.endswith("的") and tagged[0].tag == "v" and shape.act:
        at = shape.text.index(shape.act, shape.verb[0])
        return shape.text[:at] + head + shape.text[at + len(shape.act):]
    if shape.asked.startswith(("多少", "几")) and shape.noun:
        alike = shape.unit == "个" or shape.noun[-1] == head[-1]
        number = f"多少{shape.unit if alike else ''}"
        return shape.lead + number + (f"{piece}{shape.noun}" if piece != head else head) + shape.tail.removeprefix(shape.noun)
    if not shape.subject:
        return shape.text.replace(shape.topic, head) if shape.topic and shape.topic in shape.text else f"{head}{shape.text}"
    old = shape.subject
    kept = "" if kind(head) == "entity" and kind(old) != "measure" else old[:max(len(shape.entity), old.rfind("的") + 1)]
    if piece.endswith("的") and "的" in old:
        kept, old = "", old[:old.rindex("的")]
    elif kept == old:
        kept = old if shape.unit and PLACE.search(old) and old[-1] != head[-1] and not kind(head) else ""
    rest = shape.text
    start = rest.find(old)
    asked = rest[start + len(old):]
    if shape.unit and shape.unit != "个" and not shape.noun:
        asked = asked.replace(shape.asked, "多少")
    return rest[:start] + kept + head + asked


def dated(piece: str, span: tuple[int, int], turns: Sequence[Past]) -> str:
    """The latest question in another period: its date, or its span of years, gives way.

    >>> dated("2021年", (0, 5), [Past(Shape("公司3年累计融资多少"), "")])
    '公司2021年累计融资多少'
    """
    when, rest = piece[slice(*span)], (piece[:span[0]] + piece[span[1]:]).strip("的，,")
    base = next((t.shape for t in reversed(turns) if rest and rest in t.shape.text), turns[-1].shape)
    if AIMS.fullmatch(rest):
        when, rest = when + rest, ""
    old = periods(base.text)
    text = base.text[:old[0][0]] + when + base.text[old[0][1]:] if old else when + base.text
    return text if not rest or rest in text else substitute(rest, [Past(Shape(text), "")])


def ranked(piece: str, turns: Sequence[Past]) -> str:
    """The latest question with a rank or a superlative, asked of another rank; "" where there is none.

    >>> ranked("第二名", [Past(Shape("谁是第一名"), ""), Past(Shape("增速是多少"), "")]), ranked("第二", [Past(Shape("哪个镇最大"), "")])
    ('谁是第二名', '哪个镇第二大')
    """
    for turn in reversed(turns):
        text = turn.shape.text
        if spans := ranks(text):
            return text[:spans[0][0]] + piece + text[spans[0][1]:]
        if SUPERLATIVE.search(text):
            return SUPERLATIVE.sub(re.sub("[名位个家]$", "", piece), text, count=1)
    return ""


def opposed(piece: str, text: str) -> str:
    """The earlier question with a time word or the other of a pair (修订后 for 修订前) in its place; "" where `piece` is neither.

    >>> opposed("修订后", "修订前董事会有多少人"), opposed("过去", "现在有多少册")
    ('修订后董事会有多少人', '过去有多少册')
    """
    if TIMES.fullmatch(piece):
        return TIMES.sub(piece, text, count=1) if TIMES.search(text) else piece + text
    other = piece[:-1] + {"前": "后", "后": "前"}.get(piece[-1:], " ")
    return text.replace(other, piece, 1) if len(piece) > 2 and other in text else ""


def measured(piece: str, text: str) -> str:
    """The earlier question with another amount of the same dimension in its condition; "" where `piece` is no amount.

    >>> measured("1年以上", "持股在3个月以内的补缴多少税款")
    '持股在1年以上的补缴多少税款'
    """
    new = next((q for q in parse(piece) if q.start == 0 and q.kind not in ("date", "rank", "ordinal")), None)
    old = next((q for q in parse(text) if new and q.dimension == new.dimension), None)
    return text[:old.start] + piece + text[old.end:] if old else ""


def numbered(piece: str, turns: Sequence[Past]) -> str:
    """The latest question with a part by number (一期, 第二批), asked of another; "" where there is none.

    >>> numbered("二期", [Past(Shape("改造项目一期交房了吗"), "")])
    '改造项目二期交房了吗'
    """
    part = re.fullmatch(rf"第?{NUMBER}+([期批届轮次类组段步季度]{{1,2}})的?", piece)
    same = part and re.compile(rf"第?{NUMBER}+{part[1]}")
    text = next((t.shape.text for t in reversed(turns) if same and same.search(t.shape.text)), "")
    return same.sub(piece.removesuffix("的"), text, count=1) if text else ""


def substitute(piece: str, turns: Sequence[Past]) -> str:
    """The latest question that has a slot for `piece`, with it in that slot; "" for no words."""
    turns = [turn for turn in turns if not REASON.search(turn.shape.text)] or turns
    shape = turns[-1].shape
    plain = piece.removesuffix("的")
    if not plain:
        return ""
    if found := opposed(plain, shape.text) or measured(plain, shape.text):
        return found
    if (spans := periods(piece)) and (spans[0][0] == 0 or not DURATION.search(piece)):
        return dated(piece, spans[0], turns)
    if found := numbered(piece, turns):
        return found
    if ranks(piece) == [(0, len(piece))] and (found := ranked(piece, turns)):
        return found
    number = shape.asked.startswith(("多少", "几"))
    if 0 < entity_end(plain) < len(plain) and number and shape.entity and not ENTITY.search(plain):
        return f"{plain}{'是' if kind(plain) == 'measure' else '有'}多少"
    if found := in_place(piece, shape, turns[-2].shape.text if len(turns) > 1 else ""):
        return found
    if number and shape.act and shape.subject and plain == piece and len(words(plain)) > 1 and words(plain)[0].tag == "v" and not ENTITY.search(plain):
        return f"{shape.subject}{plain}多少{shape.unit if shape.unit == '个' else ''}"
    return (f"除{shape.thing}外，{piece}{shape.text[shape.verb[0]:]}" if OTHER.match(piece) and shape.thing else swap(piece, shape))


def why(last: Past) -> str:
    """The reason of what was asked, as the answer has it where there is one.

    >>> why(Past(Shape("去年有多少个项目没有开工"), "11个")), why(Past(Shape("东段今年开工吗"), "否"))
    ('为什么去年有11个项目没有开工', '东段今年开工，为什么没有')
    """
    shape = last.shape
    if shape.text.startswith(("为什么", "为何")):
        return shape.text
    if not shape.asked or shape.asked[-1] in "吗没" or shape.asked in ("有没有", "是否", "是不是"):
        said = shape.lead + (shape.tail if shape.asked[-1:] not in ("吗", "没") else "")
        return f"{said}，为什么没有" if last.answer.startswith(("否", "没", "不")) else f"为什么{said}"
    given = last.answer if 0 < len(last.answer) <= 20 else ""
    return f"为什么{shape.lead}{given}{shape.tail if given or shape.lead else shape.noun}"


def more(shape: Shape) -> str:
    """The same question for what else there is.

    >>> more(Shape("高新区有哪些园区")), more(Shape("哪些企业入驻了园区"))
    ('高新区还有哪些园区', '还有哪些企业入驻了园区')
    """
    start, end = shape.verb
    verb = shape.text[start:end]
    if "还" in verb:
        return shape.text
    link = "还有" if not verb.strip("是为由") else f"还{verb}"
    return f"{shape.text[:start]}{link}{shape.asked}{shape.tail}"


def pair(turns: Sequence[Past]) -> tuple[str, str]:
    """The two that 前者 and 后者 stand for: A和B of the latest question, its answer's two items, else the subjects of the last two turns."""
    last = turns[-1]
    text = last.shape.text
    for link in LINKS.finditer(text):
        spans = runs(text, last.shape.ask)
        left = min((s for s in spans if s[1] == link.start()), default=None)
        right = max((s for s in spans if s[0] == link.end()), key=lambda s: s[1], default=None)
        if left and right:
            return text[slice(*left)], text[slice(*right)]
    items = last.answer.split("、")
    if len(items) == 2:
        return items[0], items[1]
    return (turns[-2].shape.thing, last.shape.thing) if len(turns) > 1 else ("", "")
