"""What keeps a row of the same value from supporting a claim's figure: another time, denial, plan for deed, total for growth, another subject."""
from __future__ import annotations

import re
from functools import lru_cache

from figures import marks, negation
from figures.align import REST, Book, Match, coverage
from figures.around import around, bare_left, clause_of, led, piece_of, spoken, upto
from figures.ledger import Figure
from figures.line import Line, bare
from figures.opens import mirrored
from figures.others import beyond, labelled, other_base, other_cause, other_day, other_grade, other_phase, other_setting, other_verb, other_whole
from figures.parties import other_bearer, other_namesake, other_place, passed_over
from figures.period import Period
from figures.persons import stranger
from figures.quantified import added_first
from figures.respective import other_item
from figures.speaker import another, person_in, speaker_of
from figures.stage import PENDING, misstaged, other_stage
from figures.strange import among, strange
from figures.subjects import miscounted, other_ages, part_named
from figures.timing import EARLIER, at_start, base_as_time, date_of_part, mistimed, undated, years_turned
from figures.turned import crossed, reversed_in
from figures.verdict import TURNED
from quantities.parse import Quantity

_YEARLY = re.compile("年均|每年|年平均|复合")
_RATE = re.compile("([日周月年])均|每([天日周月年])(?![度内])")
_EACH_YEAR = re.compile("年均|(?:平均)?每年")
_WITHIN, _SINCE = re.compile("这一?年|[全本当]年|年内|一年[就里内]"), re.compile("累计|迄今|至今")
_SHARE_OF_ALL = re.compile("[占在以比][^，,。；;]{0,6}全部")  # 占全部投资的46%
_EXCEPT = re.compile("扣除|剔除|除去|不[含算计]|不包括")
_SIDE = re.compile("(?:[修制]订|修改|变[动更]|调整|改[革造]|转增|实施|扩建|搬迁|合并)(前|后)")


def conflict(q: Quantity, line: Line, m: Match, period: Period | None, book: Book) -> str:
    """What keeps a row of the same value from supporting a claim: the reason in Chinese, or ""."""
    return barred(q, line, m.row, period, book) or misworded(q, line, m, book)


def barred(q: Quantity, line: Line, row: Figure, period: Period | None, book: Book) -> str:
    """What in time, stage, direction or person keeps a row from supporting a claim, however it is worded."""
    if why := mistimed(q, line, row, period, book):
        return why
    pending = (row.status == "planned" or row.status != "done" and REST.match(row.scope.near)) and PENDING.search(piece_of(line, q))  # 还有74个尚未入驻 of 其余74个将于6月底前入驻
    if not pending and (word := negation.denial(spoken(line, q), row.line.text)):
        return f"与原文的肯定或否定相反(“{word}”)"
    if not pending and negation.denies(around(line, q)) and not negation.denies(row.line.text) and not negation.shortfall(line.text, row.line.text) and not negation.freed(line.text, row.line.text):
        return "与原文的肯定或否定相反"
    if why := misstaged(q, line, row, period, book):
        return why
    kind = _kind(line, q)
    if {kind, row.change} in ({"change", "level"}, {"change", "total"}, {"new", "total"}) and q.kind not in ("date", "time", "rank", "ordinal", "duration", "ratio"):
        return "口径不符:原文是新增或增减的量" if row.change in ("change", "new") else "口径不符:原文是总量,不是新增或增减的量"
    if kind == "change" and q.kind == "duration" and row.quantity.role == "to" and not q.role:
        return "口径不符:原文是总量,不是新增或增减的量"
    if q.kind == "duration" and (q.role or kind == "level" and line.text[q.start - 1:q.start] in ("至", "到")) and row.change == "change":
        return "口径不符:原文是新增或增减的量"
    if kind == "new" and row.change == "level" and _standing(row):
        return "口径不符:原文是总量,不是新增或增减的量"
    if (each := _each(upto(line, q))) and (told := _each(upto(row.line, row.quantity))) and each != told:
        return f"口径不符:原文是每{told}的"
    if q.kind == "percent" and _YEARLY.search(upto(row.line, row.quantity)) and not _YEARLY.search(line.text):
        return "口径不符:原文是年均"
    if q.kind not in ("date", "time", "duration", "percent") and _EACH_YEAR.search(upto(line, q)) and not _EACH_YEAR.search(row.line.text) and row.derivation is None and row.period is not None and (row.period.months or 0) > 12:
        return f"口径不符:原文是{row.period.text}的"
    if re.search("同比|[比较](?:上年|去年)", piece_of(line, q)) and (row.derivation is not None and row.derivation.years > 1 or row.period is not None and (row.period.months or 0) > 12 and row.period.level < 2):
        return "口径不符:原文不是一年的增减"
    if row.change != "change" and (base := base_as_time(piece_of(line, q), clause_of(row.line, row.quantity))):
        return f"时间不符:原文只是与“{base}”相比"
    if base := other_base(piece_of(line, q), piece_of(row.line, row.quantity)) if row.quantity in row.line.figures else "":
        return f"口径不符:原文不是“{base}”"
    sign = marks.direction(line, q.start, q.end)
    if sign * row.direction < 0:
        return TURNED
    if q.kind in ("percent", "points", "money", "count") and row.quantity in row.line.figures and _excepts(line, q) != _excepts(row.line, row.quantity):
        return "口径不符:原文是否扣除一部分与此不同"
    side = _SIDE.search(row.scope.left + row.scope.near)
    if side and side.group() in ("修订前", "修改前") and not q.role and not re.search("原|前", line.text):
        return f"时间不符:原文是{side.group()}的"
    if q.role and (row.quantity.role and q.role != row.quantity.role or side and not row.quantity.role and (side.group(1) == "后") == (q.role == "from")):
        return "数字不符:起点与终点颠倒"
    if years_turned(q, line, row, period):
        return "数字不符:起点与终点颠倒"
    if row.quantity.role == "from" and not q.role and row.counterpart and not at_start(period, row, book) and not EARLIER.search(line.text[:q.start]):
        return f"数字不符(原文为从{row.text}到{row.counterpart.text})"
    if beyond(upto(line, q)) * beyond(upto(row.line, row.quantity)) < 0:
        return f"数字不符(原文为{upto(row.line, row.quantity)[-12:]})"
    if "全部" in _SHARE_OF_ALL.sub("", piece_of(line, q)) and not re.search("全部|均|都|悉数|100%", row.line.text):
        return "与原文不符:原文没有说“全部”"
    if whole := other_whole(bare_left(line, q), bare_left(row.line, row.quantity)) if q.kind == "percent" and row.quantity in row.line.figures else "":
        return f"口径不符:原文不是占“{whole}”"
    said = bare(undated(line, q))
    if stage := other_stage(said, row.scope.near):
        return f"口径不符:原文说的不是“{stage}”"
    if word := marks.contrast(said.replace(q.text, ""), row.scope.near):
        return f"主体不符:原文不是“{word}”"
    if why := stranger(line.text, row.line.text, book.whole, book.offices):
        return why
    if person_in(who := speaker_of(line.text, q.start)) and another(who, row.speaker):
        return f"主体不符:原文说这话的不是“{who}”"
    if phase := other_phase(line.text[:q.start], row.line.text[:row.quantity.start]):
        return f"主体不符:原文这个数字说的不是“{phase}”"
    if cause := other_cause(line.text, clause_of(row.line, row.quantity)) if row.quantity in row.line.figures else "":
        return f"与原文不符:原文说的原因不是“{cause}”"
    if why := reversed_in(line.text, row.line.text):
        return why
    if item := other_item(line, q, row.line, row.quantity):
        return f"主体不符:原文这个数字说的不是“{item}”"
    if name := crossed(line, row.line):
        return f"主体不符:原文说的不是“{name}”"
    if negation.missed(line.text, row.line.text):
        return "与原文的肯定或否定相反(“目标”)"
    if first := added_first(line.text, row.line.text):
        return f"与原文不符:原文没有说“{first}”"
    if body := other_namesake(line, row.line, book.whole) or other_namesake(line, _opening(row.scope.opening), book.whole) or other_place(line, row.line) or other_bearer(line, row) or passed_over(line, row):
        return f"主体不符:原文不是“{body}”"
    if setting := other_setting(line.text[:q.start], row.line, row.quantity.start) if row.quantity in row.line.figures else "":
        return f"主体不符:原文这个数字说的不是“{setting}”"
    if _WITHIN.search(line.text[:q.start]) and _SINCE.search(row.scope.near) and not _SINCE.search(line.text) and not (row.period and row.period.year and row.period.level < 2):
        return "口径不符:原文是累计"
    if grade := other_grade(upto(line, q), row.line, row.quantity) if row.quantity in row.line.figures else "":
        return f"主体不符:原文这个数字说的不是“{grade}”"
    if when := date_of_part(period, row.line, row.quantity) if period and period.low and row.quantity in row.line.figures else "":
        return f"时间不符:原文这个数字说的不是{when}"
    if group := other_ages(q, line, row):
        return f"主体不符:原文这个数字说的不是“{group}”"
    return ""


@lru_cache(64)
def _opening(text: str) -> Line:
    """The opening of a document, which names the body that 全区 and figures without a subject are of."""
    return Line.read(text)


def _excepts(line: Line, q: Quantity) -> bool:
    """Whether a figure is of what is left without a part (扣除, 不算), by its piece and those without figures ahead of it.

    >>> line = Line.read("投资增长3.4%,如果不算房地产,增幅为7.6%")
    >>> [_excepts(line, q) for q in line.figures]
    [False, True]
    """
    return bool(_EXCEPT.search(line.text[led(line, q):line.pieces[line.piece(q.start)][1]]))


def _each(text: str) -> str:
    """Of which time a text counts for each: 日 of 日均 and 平均每天; "" where it does not."""
    m = _RATE.search(text)
    return (m[1] or m[2]).replace("天", "日") if m else ""


def _kind(line: Line, q: Quantity) -> str:
    """What marks.change says of a claim's figure; one that another is set against is of the other's kind: 增速为14.3%,快于某行业的9.6%."""
    before = [f for f in line.figures if f.end <= q.start and f.base == q.base] if marks.AGAINST.search(line.text[:q.start]) else []
    return marks.change(line, before[-1].start, before[-1].end) if before else marks.change(line, q.start, q.end)


def misworded(q: Quantity, line: Line, m: Match, book: Book) -> str:
    """What in a claim's words says that a row is about something else: names, verbs and nouns that stand by another figure, or that the report lacks."""
    row = m.row
    outside = line.clause(q.start)[0] if m.foreign and mirrored(line, q, row) else 0
    if known := [w for w in m.foreign if w.start >= outside and (w.text in book.whole or w.name) and w.text not in row.speaker and not among(line, w.start, w.end) and not another_day(line, q, w.start)]:
        return f"主体不符:原文这个数字说的不是“{known[0].text}”"
    if name := strange(line, q, row, book):
        return f"主体不符:原文这个数字说的不是“{name}”"
    if verb := other_verb(q, line, row):
        return f"主体不符:原文这个数字说的不是“{verb}”"
    if name := labelled(q, line, row, book):
        return f"主体不符:原文这个数字说的不是“{name}”"
    if verb := unsaid(q, line, row):
        return f"与原文不符:原文没有这样说“{verb}”"
    if name := part_named(line, q, row):
        return f"主体不符:原文这个数字说的不是“{name}”"
    if word := miscounted(q, line, row):
        return f"主体不符:原文这个数字说的是“{word}”"
    if word := other_day(q, line, row):
        return f"时间不符:原文这个时间说的不是“{word}”"
    if m.displaced:
        return f"主体不符:原文这个数字说的不是“{m.displaced[0]}”"
    if m.borrowed and (lacking := [w for w in m.lacking if w not in row.scope.opening]):
        return f"主体不符:原文这个数字说的是“{lacking[0]}”"
    return ""


def another_day(line: Line, q: Quantity, at: int) -> bool:
    """Whether a word behind a claim's figure belongs to another event, which has a day or month of its own: 兑付3亿元,2024年12月获评园区."""
    low, high = line.pieces[line.piece(at)]
    return low > q.end and q.kind not in ("date", "time", "duration") and any(f.kind == "date" and f.date and f.date.month and low <= f.start <= at for f in line.figures)


def _standing(row: Figure) -> bool:
    """Whether a row's figure is what there is, not what came: 年末企业218家,比上年净增17家."""
    if re.search("实有|现有", row.scope.near) or row.quantity in row.line.figures and re.match("[，,]其中[^，,。；;0-9]{0,6}新", row.line.text[row.quantity.end:]):
        return True  # 企业7家,其中当年新增的2家
    return bool(re.search("年末|期末", row.scope.near)) and row.quantity in row.line.figures and any(
        f.base == row.quantity.base and row.line.piece(f.start) == row.line.piece(row.quantity.start) + 1 and marks.change(row.line, f.start, f.end) in ("change", "new") for f in row.line.figures)


def unsaid(q: Quantity, line: Line, row: Figure) -> str:
    """The verb behind a claim's figure in its piece that the row's sentence has nothing of, or ""."""
    high = line.pieces[line.piece(q.start)][1]
    if any(q.end <= f.start < high for f in line.figures):
        return ""
    return next((w.text for w in line.words if q.end <= w.start < high and w.verb and w.weight >= 0.5 and not (len(w.text) == 2 and w.text[1] in "过了着")
                 and coverage(w.text, row.scope.sentence) < 0.3), "")


