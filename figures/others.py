"""What a claim names (a phase, a setting, a base, a day's event, a verb, a whole, a case, a cause) where the report has another of its kind in that place.

Each function returns the claim's word, or "" where the two do not stand against each other.
"""
from __future__ import annotations

import re

from figures import marks
from figures.align import Book, coverage, elsewhere_counted, of_both
from figures.ledger import Figure
from figures.line import Line, bare
from quantities.numerals import chinese
from quantities.parse import Quantity

_YEARLY = re.compile("同比|[比较](?:上一?年|去年|前年)")
_BASE = re.compile("(?<![占缩之同环对率])[比较](?![例重达])[^，,。；;]{2,12}(?:增|减|提|高|低|上|下|多|少|升|降|压|缩|涨|扩)|环比")
_THAN_PHASE = re.compile("[比较][0-9一二三四五六七八九十]+[期批届]")
_PHASE = re.compile(f"(?:首|头一?|第(?=[一二三]))[期批届](?!间)|{marks.PHASE.pattern}")
_COUNTED = re.compile("[0-9一二三四五六七八九十百千两]*(?:[百千十]|[0-9]{2})[0-9一二三四五六七八九十百千]*期")  # 编发三百六十三期: how many, not which
_FIRST, _PHASES = re.compile("首|头一?"), re.compile("分[两二三四五2-5](?:期|批)")
_SETTING = re.compile("在([^，,。；;]{2,20})(?:中|里|上)[,，]")
_SHARE = re.compile("占(?:到|了)?([^，,。；;0-9占]{2,14}?)的?(?:比重|比例)?(?:为|达)?(?:约|近)?$")
_AMONG = re.compile("(?:^|[。；;])([^，,。；;]{2,14}?)中[,，][^；;。]*占(?:比)?(?:约|近)?$")
_CASE = re.compile("([^，,。；;：:]{2,24})的[,，][^。；;]+")
_OVER = re.compile("(?<![不未没])(?:超过|突破|超出|多于|高于|大于|不止)[^，,。；;0-9一二三四五六七八九十两]{0,12}[0-9一二三四五六七八九十两][^，,。；;]*$|(?:不低于|不少于)[^，,。；;]*$|以上$")
_UNDER = re.compile("(?:(?<![不])不足|不到|未达|未到|未满|不满|(?<!不)(?:低于|少于|小于)|(?:不|未|没有?)(?:超过|突破))[^，,。；;0-9一二三四五六七八九十两]{0,12}[0-9一二三四五六七八九十两][^，,。；;]*$|以下$")
_CAUSE = re.compile("(?:因为|由于|(?<![原起])因(?!此|而|地|素))([^，,。；;]{2,14}?)(?:而|才|就|未|没|导致|造成|减产|减少|下降|停|推迟|延|受|取消|，|,)")
_GRADE = re.compile("国家级|省部级|[省部市县区校院]级")


def says(text: str, of: str) -> float:
    """The share of a text's words that another says."""
    words = [w.text for w in Line.read(text).words]
    return sum(coverage(word, of) for word in words) / len(words) if words else 0.0


def other_phase(ours: str, theirs: str) -> str:
    """The phase that a claim names last before its figure, where the report names another last before its own, or gives the whole that it then parts in phases; else "".

    >>> other_phase("一期年产", "一期年产30万台;二期年产"), other_phase("首期年产", "一期年产"), other_phase("一期年产", "年产"), other_phase("首期投入", "分两期建设,总投资")
    ('一期', '', '', '首期')
    >>> other_phase("印发三百六十三期", "印发363期"), other_phase("首批投入", "第一批投入"), other_phase("第2批投入", "首批投入")
    ('', '', '2批')
    >>> other_phase("2023届升学", "2023届毕业生98人,比2022届多2人,其中升学")
    ''
    """
    mine, told = ([_numbered(p) for p in _PHASE.findall(_THAN_PHASE.sub("", _COUNTED.sub("", text)))] for text in (ours, theirs))
    parted = bool(_PHASES.search(theirs)) and not told and bool(re.search("总|共", theirs[-8:]))
    return _PHASE.findall(ours)[-1] if mine and (parted or told and mine[-1] != told[-1]) else ""


def _numbered(phase: str) -> str:
    """A phase with its number in digits: 首期 and 一期 are 1期."""
    number = _FIRST.sub("一", phase)[:-1]
    return f"{number if number.isdigit() else chinese(number) if number else ''}{phase[-1]}"


def other_setting(ours: str, line: Line, at: int) -> str:
    """Where a claim sets its figure (在全省考核中), where the report sets the figure at an offset elsewhere and another of the sentence there; else "".

    >>> line = Line.read("在全国综合评价中,由第98位升至第61位;在全省考核中,由第11位升至第4位")
    >>> other_setting("在全省考核中,由第98位升", line, 14), other_setting("在全国综合评价中,由第98位升", line, 14)
    ('全省考核', '')
    """
    said, settings = _SETTING.search(ours), list(_SETTING.finditer(line.text))
    own = next((m[1] for m in reversed(settings) if m.end() <= at), "")
    if not said or not own:
        return ""

    return said[1] if any(says(said[1], m[1]) > says(said[1], own) + 0.3 for m in settings) else ""


def other_grade(ours: str, line: Line, q: Quantity) -> str:
    """The grade (国家级, 省级) that a claim gives what it counts, where the report's sentence gives it to another figure behind 其中, and not to this one.

    >>> line = Line.read("大创项目立项618项,其中国家级85项")
    >>> [other_grade("国家级大创项目立项618项", line, q) for q in line.figures]
    ['国家级', '']
    """
    low, high = line.pieces[line.piece(q.start)]
    return next((grade for grade in _GRADE.findall(ours) if grade not in line.text[:high] and re.search(f"其中[^。；;]*{grade}[^，,。；;]*[0-9]", line.text[high:])), "")


def other_base(ours: str, theirs: str) -> str:
    """What a piece of a claim counts a change from, where the report's piece counts it from something else: 同比 for 比成立初期; else "".

    >>> other_base("同比提升36%", "比成立初期提升36%"), other_base("同比提升36%", "比上年提升36%"), other_base("提升36%", "比成立初期提升36%")
    ('同比', '', '')
    >>> other_base("环比上涨0.1%", "同比上涨0.1%"), other_base("环比上涨0.1%", "环比上涨0.1%")
    ('环比', '')
    """
    for base, other in (("环比", "同比"), ("同比", "环比")):
        if base in ours and other not in ours and other in theirs and base not in theirs:
            return base
    mine, told = _YEARLY.search(ours), _YEARLY.search(theirs)
    return mine.group() if mine and not told and _BASE.search(theirs) else ""


def other_day(q: Quantity, line: Line, row: Figure) -> str:
    """The noun by a claim's date that the report has by another date of the sentence and not by this one: 3月1日在乙院 of 3月1日在甲院,5月1日在乙院; else ""."""
    if q.kind != "date" or row.quantity not in row.line.figures:
        return ""
    start, end = line.pieces[line.piece(q.start)]
    ours = [w.text for w in line.words if start <= w.start < end and (w.noun and w.weight == 1.0 or w.verb and w.weight >= 0.5 and len(w.text) > 1)]
    number = row.line.piece(row.quantity.start)
    dates = [f for f in row.line.figures if f.kind == "date" and not re.search("[比较]$|《[^》]*$", row.line.text[:f.start])]
    apart = bare(" ".join((row.line.text[:dates[0].start] if dates else "", row.line.text[slice(*row.line.pieces[number])], row.scope.heading, row.scope.opening)))
    others = [bare(row.line.text[slice(*row.line.pieces[n])]) for n in sorted({row.line.piece(f.start) for f in dates}) if n != number]
    return next((w for w in ours if coverage(w, apart) < 0.5 and any(w in other for other in others)), "")


def other_verb(q: Quantity, line: Line, row: Figure) -> str:
    """The verb beside a claim's figure in its piece that the report has before another figure of the sentence, where this one has a verb of its own: 新设9个 for 撤并9个,新设2个; else ""."""
    if row.quantity not in row.line.figures:
        return ""
    low, high = row.line.pieces[row.line.piece(row.quantity.start)]
    text = bare(line.text)
    if not any(w.verb and w.weight >= 0.5 and low <= w.start < row.quantity.start and coverage(w.text, text) < 0.3 for w in row.line.words):
        return ""
    start, end = line.pieces[line.piece(q.start)]
    end = next((f.start for f in line.figures if q.end <= f.start < end), end)
    return next((w.text for w in line.words if start <= w.start < end and w.verb and w.weight >= 0.5 and len(w.text) > 1
                 and max(coverage(w.text, t) for t in (row.scope.near, row.scope.last, row.scope.heading)) < 0.3 and (elsewhere_counted(w.text, row) and not of_both(row, w.text) or w.start == q.end and w.text in row.scope.sentence)), "")


def beyond(text: str) -> int:
    """1 where a text that ends with a figure says that it is more, also at a distance (超过全部企业的三成), -1 where less, else 0.

    >>> [beyond(t) for t in ("营收突破9亿元", "营收不足9亿元", "不到全部企业的三成", "达到三成", "不低于三成", "60%以下")]
    [1, -1, -1, 0, 1, -1]
    """
    return bool(_OVER.search(text)) - bool(_UNDER.search(text))


def other_whole(ours: str, theirs: str) -> str:
    """What a claim says a share is of, where the report says that it is of something else; else "". Both texts end ahead of the figure.

    >>> source = "购置费中,数字资源980万元,占"
    >>> other_whole("数字资源占总支出的", source), other_whole("数字资源占购置费的", source), other_whole("数字资源占", source)
    ('总支出', '', '')
    """
    said, told = _SHARE.search(ours), _SHARE.search(theirs) or _AMONG.search(theirs)
    words = [w.text for w in Line.read(said[1]).words if w.nominal] if said and told and said[1] not in theirs else []
    return said[1] if words and all(coverage(word, told[1]) < 0.34 for word in words) else ""


def other_case(ours: str, line: Line, at: int) -> str:
    """The case that a claim puts, where the piece of the report that holds an offset tells what is done in another: 能协调的,就地解决;复杂的,专题研究; else "".

    >>> line = Line.read("园区能协调的,就地解决;情况复杂的,专题研究")
    >>> other_case("情况复杂的由园区就地解决", line, 8), other_case("情况复杂的专题研究", line, 18)
    ('情况复杂', '')
    """
    cases = [(m.start(), m.end(), m[1]) for m in _CASE.finditer(line.text)]
    own = next((case for s, e, case in cases if s <= at < e), "")

    return next((case for _, _, case in cases if own and case != own and says(case, ours) > max(0.8, says(own, ours) + 0.1)), "")


def other_cause(ours: str, theirs: str) -> str:
    """The cause that a claim gives, where the report gives one of which it says nothing; else "".

    >>> other_cause("因为资金不到位才没完工", "因征迁滞后未能完工"), other_cause("因为征迁慢了才没完工", "因征迁滞后未能完工"), other_cause("因为资金不到位才没完工", "未能完工")
    ('资金不到位', '', '')
    """
    said, told = _CAUSE.search(ours), _CAUSE.search(theirs)
    words = [w.text for w in Line.read(said[1]).words if w.weight >= 0.5] if said and told else []
    return said[1] if words and all(coverage(word, theirs) < 0.34 for word in words) else ""


def labelled(q: Quantity, line: Line, row: Figure, book: Book) -> str:
    """A noun ahead of a claim's figure that is all that the report has ahead of another figure of the sentence, and not ahead of this one: 轨道21亿元 of 票务21亿元(轨道18亿元、公交3亿元); else ""."""
    low = line.pieces[line.piece(q.start)][0]
    if row.quantity not in row.line.figures or row.derivation:
        return ""
    left = _label(row)
    nouns = {w.text for w in line.words if low <= w.start < q.start and w.nominal and w.weight == 1.0 and coverage(w.text, left) < 0.3}
    return next((name for r in book.rows if nouns and r.line is row.line and r is not row and r.quantity.base == row.quantity.base and (name := _label(r)) in nouns), "")


def _label(row: Figure) -> str:
    """What stands ahead of a row's figure in its piece, behind the figure before it."""
    line, at = row.line, row.quantity.start
    low = line.pieces[line.piece(at)][0]
    return bare(line.text[max([low, *(f.end for f in line.figures if low <= f.start and f.end <= at)]):at]).removeprefix("其中")
