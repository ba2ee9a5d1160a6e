"""What a sentence does with its facts: denies them, plans them, has done them, lets them rise or fall.

Read from general word lists (words.json); a word of one character counts only where the tagger cuts it alone.
"""
from __future__ import annotations

import re
from functools import lru_cache

from figures.line import LISTS, Line, _tag

_NEGATORS, _NOT = frozenset(LISTS["negators"]), frozenset(LISTS["not_negators"])
_COUNTED = re.compile(r"[0-9一二两三四五六七八九十百千万]+(?:多|余)?(?:[年个名家项元天条次件%]|公里|亿|户|亩)")
_CHANGE = re.compile(r"(?:增长|增加|上升|提高|上涨|增产|扩大|升高|提升|高于|高出|多于|回升|加快|攀升|下降|降低|减少|回落|缩小|下跌|低于|压缩|减产|下滑|收窄|缩短|下调|涨|跌|降|升|(?<![新净])增|减|高|低)了?(?:全市|全省|全国)?(?:平均(?:水平)?)?(?:约|近|超过|超)?$|(?:高于|低于|多于|少于|高出)[^，,]{1,8}$")
_NONE = re.compile(r"零(?:事故|发生|死亡|伤亡|投诉|上访|违[规法]|案件|差错|感染|举报|新增|增长)|为零")
_CONTENT = re.compile(r"[一-鿿A-Za-z]{2,}")
_GROUPS = [[w for w in group if len(w) > 1] for group in LISTS["opposites"]]
_UP = re.compile("|".join(sorted(LISTS["up"], key=len, reverse=True)))
_DOWN = re.compile("|".join(sorted(LISTS["down"], key=len, reverse=True)))


def _words_of(name: str) -> tuple[frozenset[str], re.Pattern[str]]:
    listed = LISTS[name]
    long = [w for w in listed if len(w) > 1]
    return frozenset(w for w in listed if len(w) == 1), re.compile("|".join(map(re.escape, sorted(long, key=len, reverse=True))))


_MARKS = {name: _words_of(name) for name in ("planned", "strong_planned", "done", "ongoing")}


def has(text: str, name: str) -> bool:
    """Whether a text holds a mark of one list.

    >>> has("总投资将超过5亿元", "planned"), has("主要超过5亿元", "planned"), has("已建成", "done")
    (True, False, True)
    """
    short, long = _MARKS[name]
    return bool(long.search(text)) or any(word in short for word, _ in _tag(text[:400]))


@lru_cache(maxsize=4096)
def negated(text: str) -> frozenset[str]:
    """The words that a negator denies: those after it in its piece, five at most.

    >>> sorted(negated("该股份不参与分派,3年来未发生事故")), sorted(negated("不少于3家"))
    (['事故', '分派', '参与', '发生'], [])
    """
    found: set[str] = set()
    left = 0
    at = 0
    for word, tag in _tag(text[:1000]):
        start, at = at, at + len(word)
        if any(text.startswith(n, start) for n in _NOT):
            left = 0
        elif word in _NEGATORS:
            left = 5
        elif word[0] in "不未没" and len(word) in (2, 3) and word not in _NOT:
            left = 5
            found.add(word[1:])
        elif tag == "x" and word in ",，。;；:：!！?？、":
            left = 0
        elif left and _CONTENT.fullmatch(word):
            found.add(word)
            left -= 1
    return frozenset(found)


def denial(claim: str, source: str) -> str:
    """The word that one text states and the other denies, or "".

    >>> denial("该股份参与分派", "该股份不参与分派"), denial("没有发生事故", "未发生事故"), denial("今年不开工", "今年开工")
    ('参与', '', '开工')
    """
    ours, theirs = negated(claim), negated(source)
    for ours_neg, other_text, other_neg, own_text in ((theirs, claim, ours, source), (ours, source, theirs, claim)):
        for word in sorted(ours_neg, key=lambda w: (own_text.find(w), w)):
            if word in other_text and word not in other_neg and own_text.count(word) == 1 and not any(word in n or n in word for n in other_neg):
                return word
    return ""


def denies(text: str) -> bool:
    """Whether a text denies anything.

    >>> denies("未发生事故"), denies("安全生产零事故"), denies("不少于3家")
    (True, True, False)
    """
    return bool(negated(text)) or bool(_NONE.search(text))


def status(line: Line, at: int) -> str:
    """How far what stands at an offset has come: "planned", "done" or "" where nothing says. The figure's clause up to the end of its piece is read.

    >>> line = Line.read("力争年底前突破450家")
    >>> status(line, 7)
    'planned'
    """
    number = line.piece(at)
    start, end = line.pieces[number]
    near = line.text[start:end]
    if has(near, "strong_planned") and not has(near, "done"):
        return "planned"
    if has(near, "done"):
        return "planned" if has(near, "strong_planned") and "已" not in near else "done"
    if number:
        s, e = line.pieces[number - 1]
        if s >= line.clause(at)[0] and not _COUNTED.search(line.text[s:e]):
            return "planned" if has(line.text[s:e], "strong_planned") and not has(line.text[s:e], "done") else ""
    return ""


def direction(line: Line, start: int, end: int) -> int:
    """1 where the figure is of a rise, -1 of a fall, 0 where no word near it says.

    >>> line = Line.read("产值增长5%,利润下降3%")
    >>> direction(line, 4, 6), direction(line, 11, 13)
    (1, -1)
    """
    low, high = line.pieces[line.piece(start)]
    left = line.text[max(low, start - 12):start]
    best, found = -1, 0
    for sign, pattern in ((1, _UP), (-1, _DOWN)):
        for m in pattern.finditer(left):
            if m.end() > best:
                best, found = m.end(), sign
    if found:
        return found
    right = line.text[end:min(high, end + 4)]
    return 1 if _UP.match(right) else -1 if _DOWN.match(right) else 0


def change(line: Line, start: int, end: int) -> str:
    """Whether a figure is a "change" (减少0.3万人, 增速为5%), a "level" (人口51万人), a "new" count or a "total", or "" where that is open.

    >>> line = Line.read("人口51万人,比上年减少3000人")
    >>> change(line, 2, 6), change(line, 11, 16)
    ('level', 'change')
    """
    low, high = line.pieces[line.piece(start)]
    left = line.text[max(low, start - 14):start]
    if _CHANGE.search(left) or line.text[end - 1:end] in ("%", "点") and re.search("(?:增速|增幅|涨幅|降幅|增长率|增长速度)[^0-9]{0,6}$", left) or re.match(r"的?(?:增长|增幅|涨幅|降幅|增速|下降)", line.text[end:min(high, end + 5)]):
        return "change"
    if new := re.search("新(?:增|认定|建|设|开|签|引进|入库|登记)|净增|总数|总量|总计|累计|数量|存量|现有|共有", line.text[low:start]):
        return "new" if new.group()[0] in "新净" else "total"
    return "" if _UP.search(left) or _DOWN.search(left) else "level"


def contrast(claim: str, source: str) -> str:
    """The word of a claim in whose place the source has another of its kind (全省 for 全市, 进口 for 出口), or "".

    >>> contrast("全省先进单位", "全市先进单位"), contrast("全市先进单位", "先进单位")
    ('全省', '')
    """
    for group in _GROUPS:
        ours, theirs = [w for w in group if w in claim], [w for w in group if w in source]
        if ours and theirs and not set(ours) & set(theirs):
            return ours[0]
    return ""


def completed(claim: str, source: str) -> bool:
    """Whether a source has the completion (建成, 通车) that a claim speaks of; True where it speaks of none.

    >>> completed("大桥已建成", "打造大桥"), completed("大桥已建成通车", "大桥通车")
    (False, True)
    """
    ours = [w for w in LISTS["completed"] if w in claim]
    return not ours or any(w in source for w in ours) or "投用" in ours and "投入使用" in source or "投入使用" in ours and "投用" in source


def turned(claim: str, source: str) -> bool:
    """Whether one text has its facts rise and the other fall.

    >>> turned("水平下降", "提升了水平"), turned("水平提高", "提升了水平")
    (True, False)
    """
    def way(text: str) -> int:
        up, down = bool(_UP.search(text)), bool(_DOWN.search(text))
        return up - down
    return way(claim) * way(source) < 0
