"""What a claim names (a stage, a phase, a base, a day's event, a verb, an agent, a body, a cause) where the report has another of its kind in that place.

Each function returns the claim's word, or "" where the two do not stand against each other.
"""
from __future__ import annotations

import re
from os.path import commonprefix

from figures import marks
from figures.align import coverage, elsewhere_counted
from figures.ledger import Figure
from figures.line import LISTS, Line, bare
from figures.owner import bodies, kind_of
from figures.period import Period
from quantities.numerals import chinese
from quantities.parse import Quantity

OPENING = 8   # characters of a clause in which the body stands that it is about
NAMESAKE = 5  # characters at the end of two names that make them namesakes
_FINISHED, _BEGUN = re.compile("完成|结束|收官|告一段落"), re.compile("启动|开启|推动|推进|开始|动员|拉开|号角|起步")
_YEARLY = re.compile("同比|[比较](?:上一?年|去年|前年)")
_BASE = re.compile("(?<![占缩之同环对率])[比较](?![例重达])[^，,。；;]{2,12}(?:增|减|提|高|低|上|下|多|少|升|降|压|缩|涨|扩)|环比")
_FROM_BASE = re.compile("(?<![占缩之同环对率])[比较](?![例重达])([^，,。；;0-9]{1,10}?(?:初期?|[末底前时期]))(?:增|减|提|上升|下降|多|少|升|降|压|缩|涨|扩)")
_CLEFT = re.compile("的(?:人|单位|企业)?是([一-鿿·]{2,8})[。！!]?$")
_PHASE = re.compile(f"(?:首|头一?|第(?=[一二三]))[期批届](?!间)|{marks.PHASE.pattern}")
_COUNTED = re.compile("[0-9一二三四五六七八九十百千两]*(?:[百千十]|[0-9]{2})[0-9一二三四五六七八九十百千]*期")  # 编发三百六十三期: how many, not which
_OF_A_PLAN = re.compile("计划(?=总?投资|用地|招|工期)")  # a planned amount of what may long be done
_FIRST_OF_ALL = re.compile("首[个次家例条座创]|唯一|第一[个次家例条座]|头一[个次家]|独家")
_SOME_FIRST = re.compile("首|唯一|第一|头一|率先|独家|空白|突破|从无到有|最早|先河|仅|只有|从未|未曾|没有过|以来")
_FIRST, _PHASES = re.compile("首|头一?"), re.compile("分[两二三四五2-5](?:期|批)")
_SETTING = re.compile("在([^，,。；;]{2,20})(?:中|里|上)[,，]")
_TITLE = re.compile("[“《\"][^“”《》\"]+[”》\"]")
_SHARE = re.compile("占(?:到|了)?([^，,。；;0-9占]{2,14}?)的?(?:比重|比例)?(?:为|达)?(?:约|近)?$")
_AMONG = re.compile("(?:^|[。；;])([^，,。；;]{2,14}?)中[,，][^；;。]*占(?:比)?(?:约|近)?$")
_CASE = re.compile("([^，,。；;：:]{2,24})的[,，][^。；;]+")
_OVER = re.compile("(?<![不未没])(?:超过|突破|超出|多于|高于|大于|不止)[^，,。；;0-9一二三四五六七八九十两]{0,12}[0-9一二三四五六七八九十两][^，,。；;]*$|(?:不低于|不少于)[^，,。；;]*$|以上$")
_UNDER = re.compile("(?:(?<![不])不足|不到|未达|未到|未满|不满|(?<!不)(?:低于|少于|小于)|(?:不|未|没有?)(?:超过|突破))[^，,。；;0-9一二三四五六七八九十两]{0,12}[0-9一二三四五六七八九十两][^，,。；;]*$|以下$")
_CAUSE = re.compile("(?:因为|由于|(?<![原起])因(?!此|而|地|素))([^，,。；;]{2,14}?)(?:而|才|就|未|没|导致|造成|减产|减少|下降|停|推迟|延|受|取消|，|,)")
_GRADE = re.compile("国家级|省部级|[省部市县区校院]级")
_AGENT = re.compile("(?:被|由|是|获)([^，,。；;、“”《》被由是]{2,12}?)(授予|评为|评定为|认定为|列为|命名为|确定为|批准|表彰)")


def says(text: str, of: str) -> float:
    """The share of a text's words that another says."""
    words = [w.text for w in Line.read(text).words]
    return sum(coverage(word, of) for word in words) / len(words) if words else 0.0


def other_stage(ours: str, theirs: str) -> str:
    """The stage of a work (开工, 建成, 通车) that one text names, where the other names only others; else "".

    >>> other_stage("新馆于10月1日开工", "新馆于10月1日建成开放"), other_stage("大桥竣工", "大桥建成通车"), other_stage("大桥开工", "大桥全长")
    ('开工', '', '')
    >>> other_stage("已完成二期改造", "全面推动二期改造"), other_stage("已完成二期改造", "二期改造启动后已全部结束")
    ('完成', '')
    """
    if (said := _FINISHED.search(ours)) and _BEGUN.search(theirs) and not _FINISHED.search(theirs):
        return said.group()
    mine, told = ([w for w in LISTS["completed"] if w in text] for text in (ours, theirs))
    return mine[0] if mine and told and not any(coverage(w, theirs) >= 0.62 for w in mine) else ""


def still_planned(ours: str, theirs: Line) -> str:
    """The stage of a work that a claim has reached (已开工), where the report only plans it, wherever it speaks of it; else "".

    >>> theirs = Line.read("码头于12月取得核准,总投资48亿元,计划2024年6月开工、2027年底建成")
    >>> still_planned("总投资48亿元的码头已开工", theirs), still_planned("总投资48亿元的码头计划6月开工", theirs), still_planned("码头已建成", Line.read("计划总投资4亿元的码头建成"))
    ('开工', '', '')
    """
    for w in LISTS["completed"]:
        if re.search(f"已[^，,。；;]{{0,6}}{w}", ours) and w in theirs.text and all(_coming(theirs, m.start()) for m in re.finditer(w, theirs.text)):
            return w
    return ""


def _coming(line: Line, at: int) -> bool:
    """Whether what stands at an offset is planned, by a word before it in its clause."""
    before = _OF_A_PLAN.sub("", line.text[line.clause(at)[0]:at].rpartition("已")[2])
    return marks.has(before, "strong_planned")


def other_phase(ours: str, theirs: str) -> str:
    """The phase that a claim names last before its figure, where the report names another last before its own, or gives the whole that it then parts in phases; else "".

    >>> other_phase("一期年产", "一期年产30万台;二期年产"), other_phase("首期年产", "一期年产"), other_phase("一期年产", "年产"), other_phase("首期投入", "分两期建设,总投资")
    ('一期', '', '', '首期')
    >>> other_phase("印发三百六十三期", "印发363期"), other_phase("首批投入", "第一批投入"), other_phase("第2批投入", "首批投入")
    ('', '', '2批')
    """
    mine, told = ([_numbered(p) for p in _PHASE.findall(_COUNTED.sub("", text))] for text in (ours, theirs))
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


def date_of_part(period: Period, line: Line, q: Quantity) -> str:
    """The date of a claim that the report's sentence gives to a part of what the figure counts, not to the figure: 累计达9个,其中2个于2024年6月首次通过.

    >>> line = Line.read("认证的专业累计达到9个,其中2个专业于2024年6月通过")
    >>> [date_of_part(Period("2024年6月", 20240601, 20240630), line, q) for q in line.figures[:2]]
    ['2024年6月', '']
    """
    for f in line.figures:
        low, high = line.pieces[line.piece(f.start)]
        if f.kind == "date" and f.low == period.low and f.high == period.high and low > q.start and line.text[low:].startswith("其中") and any(low <= o.start < high and o.base == q.base for o in line.figures):
            return f.text
    return ""


def other_base(ours: str, theirs: str) -> str:
    """What a piece of a claim counts a change from, where the report's piece counts it from something else: 同比 for 比成立初期; else "".

    >>> other_base("同比提升36%", "比成立初期提升36%"), other_base("同比提升36%", "比上年提升36%"), other_base("提升36%", "比成立初期提升36%")
    ('同比', '', '')
    """
    mine, told = _YEARLY.search(ours), _YEARLY.search(theirs)
    return mine.group() if mine and not told and _BASE.search(theirs) else ""


def base_as_time(ours: str, theirs: str) -> str:
    """What a report's clause only counts a change from, where a piece of a claim has the level as of then: 成立初期为5亿元 of 5亿元,比成立初期提升36%; else "".

    >>> told = "总资产5亿元,比公司成立初期提升36%"
    >>> base_as_time("成立初期总资产为5亿元", told), base_as_time("总资产为5亿元", told), base_as_time("总资产比成立初期多,为5亿元", told)
    ('成立初期', '', '')
    """
    base = next((m[1][-4:] for m in _FROM_BASE.finditer(theirs)), "")
    return base if base and base in ours and not re.search(f"[比较与同从由自][^，,。；;]{{0,8}}{re.escape(base)}", ours) else ""


def other_day(q: Quantity, line: Line, row: Figure) -> str:
    """The noun by a claim's date that the report has by another date of the sentence and not by this one: 3月1日在乙院 of 3月1日在甲院,5月1日在乙院; else ""."""
    if q.kind != "date" or row.quantity not in row.line.figures:
        return ""
    start, end = line.pieces[line.piece(q.start)]
    ours = [w.text for w in line.words if start <= w.start < end and (w.noun and w.weight == 1.0 or w.verb and w.weight >= 0.5 and len(w.text) > 1)]
    number = row.line.piece(row.quantity.start)
    dates = [f for f in row.line.figures if f.kind == "date" and not re.search("[比较]$", row.line.text[:f.start])]
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
                 and max(coverage(w.text, t) for t in (row.scope.near, row.scope.last, row.scope.heading)) < 0.3 and (elsewhere_counted(w.text, row) or w.start == q.end and w.text in row.scope.sentence)), "")


def beyond(text: str) -> int:
    """1 where a text that ends with a figure says that it is more, also at a distance (超过全部企业的三成), -1 where less, else 0.

    >>> [beyond(t) for t in ("营收突破9亿元", "营收不足9亿元", "不到全部企业的三成", "达到三成", "不低于三成", "60%以下")]
    [1, -1, -1, 0, 1, -1]
    """
    return bool(_OVER.search(text)) - bool(_UNDER.search(text))


def other_agent(ours: str, theirs: str) -> str:
    """Who awards or approves in a claim, where the report has somebody else do just that; else "".

    >>> other_agent("称号是市政府授予的", "同年被省文明办授予称号"), other_agent("称号是省文明办授予的", "同年被省文明办授予称号")
    ('市政府', '')
    """
    told = {m[2]: m[1] for m in _AGENT.finditer(theirs)}
    return next((m[1] for m in _AGENT.finditer(ours) if m[2] in told and max(coverage(m[1], told[m[2]]), coverage(told[m[2]], m[1])) < 0.8), "")


def other_body(ours: str, line: Line, at: int) -> str:
    """The body that a claim names, where the clause of the report that holds an offset is about another of its kind and a different clause names it; else "".

    >>> line = Line.read("南建水务集团虚增收入;南建客运集团出借资金,会计部长被移送")
    >>> other_body("水务局的会计部长", line, 24), other_body("南建水务集团的会计部长", line, 24), other_body("南建客运集团的会计部长", line, 24)
    ('', '南建水务集团', '')
    """
    start, end = line.clause(at)
    clause = Line.read(line.text[start:end])
    rivals = bodies(clause)
    return next((name for name in bodies(Line.read(ours)) if name in line.text and name not in clause.text and any(kind_of(other) == kind_of(name) for other in rivals)), "")


def other_namesake(ours: Line, theirs: Line, whole: str) -> str:
    """The body of a claim that the report, `whole`, does not know, where a sentence of it has its like elsewhere: 甲市市场监督管理局 for 乙市市场监督管理局; else "".

    >>> theirs = Line.read("门店被乙州市市场监督管理局罚款18万元"); whole = theirs.text
    >>> other_namesake(Line.read("处罚由甲州市市场监督管理局作出"), theirs, whole), other_namesake(Line.read("处罚由乙州市市场监督管理局作出"), theirs, whole)
    ('甲州市市场监督管理局', '')
    """
    for name in (re.sub("^[由被向经给]", "", body) for body in bodies(ours)):
        if name not in whole and any((len(commonprefix([name[::-1], other[::-1]])) >= NAMESAKE or _half(name, other)) and other not in ours.text for other in bodies(theirs)):
            return name
    return ""


def added_first(ours: str, theirs: str) -> str:
    """A first or only that a claim says (首个, 唯一), where the report's sentence speaks of none; else "".

    >>> added_first("全市首个投产的项目", "该项目建成投产"), added_first("全省第一家园区", "填补全省空白的园区"), added_first("首批学员", "第一批学员")
    ('首个', '', '')
    """
    said = _FIRST_OF_ALL.search(ours)
    return said.group() if said and not _SOME_FIRST.search(theirs) else ""


def other_bearer(ours: Line, row: Figure) -> str:
    """The body that a claim names, where another of its kind opens the clause of a row, and neither the row's sentence nor its heading names the claim's; else "".

    >>> from figures.ledger import ledger
    >>> from ingest.chunk import read_document
    >>> row, = ledger(read_document("a.txt", "南岭水务公司营业收入20亿元。"))
    >>> other_bearer(Line.read("东港水务公司营业收入20亿元"), row), other_bearer(Line.read("南岭水务公司营业收入20亿元"), row)
    ('东港水务公司', '')
    """
    if row.quantity not in row.line.figures:
        return ""
    start = row.line.clause(row.quantity.start)[0]
    own = next((body for body in bodies(row.line) if 0 <= row.line.text.index(body) - start <= OPENING), "")
    names = [body for body in bodies(ours) if own and kind_of(body) == kind_of(own)]
    known = bare(row.line.text + row.scope.heading + row.scope.opening)
    return names[0] if names and not any(body in own or own in body or coverage(body, known) >= 0.7 for body in names) else ""


def other_place(ours: Line, theirs: Line) -> str:
    """A place of a claim with the noun that it stands before, where the report's sentence has another place before that noun: 河西基地 for 河东基地; else "".

    >>> theirs = Line.read("因青海基地废水超标,被罚款38万元")
    >>> other_place(Line.read("因安徽基地废水超标被罚款"), theirs), other_place(Line.read("因青海基地废水超标被罚款"), theirs), other_place(Line.read("安徽的公司被罚款"), theirs)
    ('安徽基地', '', '')
    >>> other_place(Line.read("3个学科进入ESI全球前1%"), Line.read("化学等3个学科进入ESI全球前1%"))
    ''
    """
    told = _placed(theirs)
    return next((place + noun for place, noun in _placed(ours) if not re.search(f"{re.escape(place)}[一-鿿]{{0,6}}{re.escape(noun)}", theirs.text)
                 and any(its == noun and other not in ours.text for other, its in told)), "")


def _placed(line: Line) -> list[tuple[str, str]]:
    return [(re.sub("^[从由在于向自到]", "", line.text[a.start:a.end]), line.text[b.start:b.end]) for a, b in zip(line.words, line.words[1:]) if a.noun and (a.name or kind_of(b.text)) and b.noun and not b.name and a.end == b.start]


def _half(a: str, b: str) -> bool:
    """Whether two names of one length begin and end alike: 鹿鸣建设公司, 鹿鸣投资公司."""
    return len(a) == len(b) > NAMESAKE and a != b and a[:2] == b[:2] and a[-2:] == b[-2:]


def other_actor(ours: str, line: Line) -> str:
    """Whom a claim says it is (获“最美”称号的是某人), where the report names him only behind the piece with the same “最美”; else "".

    >>> line = Line.read("医生尤桂荣获“最美”称号,运动员贺一澜夺得金牌")
    >>> other_actor("获得“最美”称号的是贺一澜", line), other_actor("获得“最美”称号的是尤桂", line)
    ('贺一澜', '')
    """
    said, title = _CLEFT.search(ours), _TITLE.search(ours)
    if not said or not title or title[0] not in line.text:
        return ""
    end = line.pieces[line.piece(line.text.index(title[0]))][1]
    return said[1] if said[1] in line.text[end:] and said[1] not in line.text[:end] else ""


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
