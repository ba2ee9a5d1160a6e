"""What keeps a row of the same value from supporting a claim's figure: another time, denial, plan for deed, total for growth, another subject."""
from __future__ import annotations

import re
from functools import lru_cache

from figures import marks, negation
from figures.align import Book, Match, coverage, left_over, strange
from figures.compare import comparable
from figures.ledger import Figure
from figures.line import Line, bare
from figures.opens import mirrored
from figures.others import added_first, base_as_time, beyond, date_of_part, other_base, other_bearer, other_cause, other_day, other_grade, other_namesake, other_phase, other_place, other_setting, other_stage, other_verb, other_whole, still_planned
from figures.period import Period, agree
from figures.persons import stranger
from figures.subjects import miscounted, other_ages
from figures.turned import crossed, reversed_in
from quantities.parse import Quantity

_ONCE = re.compile("(?<![年月日比较跟与同和])以前(?!的?[0-9一二三四五六七八九十]+[年月])|(?<![比较跟与同和])过去(?![的这]?[0-9一二两三四五六七八九十几多])|从前|曾经|昔日|那时|彼时")
_NOW = re.compile("现在|目前|如今|眼下|当前")
_REACHED = re.compile("完成|建成|实现|截至")
_EARLIER = re.compile("原|此前|之前|以前|从前|曾|由|从|最初|起初|当时|调整前|修订前|前[，,]")
_YEARLY = re.compile("年均|每年|年平均|复合")
_EACH_YEAR = re.compile("年均|(?:平均)?每年")
_WITHIN, _SINCE = re.compile("这一?年|[全本当]年|年内|一年[就里内]"), re.compile("累计|迄今|至今")
_DUE, _SLIPPED = re.compile("原定|原计划|原拟|原本|本应"), re.compile("推迟|延[至到期后]|实际|顺延|提前|才")
_YET = re.compile("答应|明年|后年")
_LAST = re.compile("上一?学?年|去年")
_PURPOSE = re.compile("[，,](?:拟|将|计划)用于[^，,。；;]+")  # what is done is done, whatever it is for
_RISEN = re.compile("[升降进退移跃][^，,。；;]{0,2}[至到]$")
_WORK = re.compile("[^,，。;；]{0,16}?(?:项目|工程|生产线|基地|工厂)")
_SIDE = re.compile("(?:[修制]订|修改|变[动更]|调整|改[革造]|转增|实施|扩建|搬迁|合并)(前|后)")


def conflict(q: Quantity, line: Line, m: Match, period: Period | None, book: Book) -> str:
    """What keeps a row of the same value from supporting a claim: the reason in Chinese, or ""."""
    return barred(q, line, m.row, period, book) or misworded(q, line, m, book)


def barred(q: Quantity, line: Line, row: Figure, period: Period | None, book: Book) -> str:
    """What in time, stage, direction or person keeps a row from supporting a claim, however it is worded."""
    if q.kind not in ("date", "time") and timed(period, row, book) == "differs" and not _attribute(line, period, row) and not (_capacity(line, q) and _capacity(row.line, row.quantity)):
        return f"时间不符:原文是{row.period.text}的" if row.period else "时间不符:原文没有这个时间的数字"
    if period is not None and period.year and _years(row) > 1 and not row.quantity.role and not _RISEN.search(bare_left(row.line, row.quantity)) and q.kind not in ("date", "time") and not re.search("累计|[底末]|截至|以来|至今", line.text[:q.start]):
        return f"时间不符:原文是{row.period.text}的"
    if (period is None or period.low is None and period.text[:1] in "今本") and q.role != "from" and not _EARLIER.search(line.text[:q.start]) and _outdated(row, book):
        return f"时间不符:原文是{row.period.text}的"
    if word := negation.denial(spoken(line, q), row.line.text):
        return f"与原文的肯定或否定相反(“{word}”)"
    if negation.denies(around(line, q)) and not negation.denies(row.line.text) and not negation.shortfall(line.text, row.line.text) and not negation.freed(line.text, row.line.text):
        return "与原文的肯定或否定相反"
    if once(_lead(row)) and not once(line.text) and period is None and not row.quantity.role and not q.role and not _EARLIER.search(line.text[:q.start]):
        return "时间不符:原文说的是从前"
    ours = "planned" if _to_come(line, q, row, book) else marks.status(line, q.start)
    if not ours and left_over(line, q, row):
        ours = row.status  # what is still to do, whether or not a claim says by when
    if ours != "planned" and period is None and _ahead(row, book):
        return "口径不符:原文是计划或目标,不是已完成"
    if ours == "planned" and (_behind(row, book) or _REACHED.search(row.scope.near)) and row.status != "planned" and not marks.has(row.line.text, "strong_planned") and not marks.has(row.scope.heading, "planned"):
        return "口径不符:原文不是计划"
    if marks.has(piece_of(line, q), "ongoing") and row.status != "planned" and not marks.has(row.line.text, "ongoing"):
        return "口径不符:原文没有说还在进行"
    if row.status == "planned" and ours != "planned" and marks.has(row.line.text, "strong_planned"):
        return "口径不符:原文是计划或目标,不是已完成"
    if ours == "planned" and row.status == "done" and not (line.text[q.end:q.end + 1] == "的" == row.line.text[row.quantity.end:row.quantity.end + 1]):
        return "口径不符:原文已经完成,不是计划"
    if q.kind == "date" and re.search("已|了", piece_of(line, q)) and (row.status == "due" or row.status == "planned" and not marks.has(row.scope.near, "done")):
        return "口径不符:原文是计划或目标,不是已完成"
    if row.status in ("due", "planned") and "已" in line.text[:q.end] and "已" not in row.line.text:
        return "口径不符:原文是计划或目标,不是已完成"
    clause = _PURPOSE.sub("", _clause(row))
    if re.search("已|了", piece_of(line, q)) and (marks.has(clause, "strong_planned") or re.search("要[把让使]", clause)) and not marks.has(clause, "done") and "已" not in row.scope.near:
        return "口径不符:原文是计划或目标,不是已完成"
    if re.search("已|了", piece_of(line, q)) and _YET.search(bare_left(row.line, row.quantity)) and not _YET.search(line.text):
        return "口径不符:原文是以后的事,不是已完成"
    if still_planned(line.text, row.line):
        return "口径不符:原文是计划或目标,不是已完成"
    kind = _kind(line, q)
    if {kind, row.change} in ({"change", "level"}, {"change", "total"}, {"new", "total"}) and q.kind not in ("date", "time", "rank", "ordinal", "duration", "ratio"):
        return "口径不符:原文是新增或增减的量" if row.change in ("change", "new") else "口径不符:原文是总量,不是新增或增减的量"
    if kind == "change" and q.kind == "duration" and row.quantity.role == "to" and not q.role:
        return "口径不符:原文是总量,不是新增或增减的量"
    if kind == "new" and row.change == "level" and _standing(row):
        return "口径不符:原文是总量,不是新增或增减的量"
    if q.kind == "percent" and _YEARLY.search(upto(row.line, row.quantity)) and not _YEARLY.search(line.text):
        return "口径不符:原文是年均"
    if q.kind not in ("date", "time", "duration", "percent") and _EACH_YEAR.search(upto(line, q)) and not _EACH_YEAR.search(row.line.text) and row.derivation is None and row.period is not None and (row.period.months or 0) > 12:
        return f"口径不符:原文是{row.period.text}的"
    if re.search("同比|[比较](?:上年|去年)", piece_of(line, q)) and (row.derivation is not None and row.derivation.years > 1 or row.period is not None and (row.period.months or 0) > 12 and row.period.level < 2):
        return "口径不符:原文不是一年的增减"
    if row.change != "change" and (base := base_as_time(piece_of(line, q), _clause(row))):
        return f"时间不符:原文只是与“{base}”相比"
    if base := other_base(piece_of(line, q), piece_of(row.line, row.quantity)) if row.quantity in row.line.figures else "":
        return f"口径不符:原文不是“{base}”"
    sign = marks.direction(line, q.start, q.end)
    if sign * row.direction < 0:
        return "口径不符:原文的升降方向相反"
    side = _SIDE.search(row.scope.left + row.scope.near)
    if side and side.group() in ("修订前", "修改前") and not q.role and not re.search("原|前", line.text):
        return f"时间不符:原文是{side.group()}的"
    if q.role and (row.quantity.role and q.role != row.quantity.role or side and not row.quantity.role and (side.group(1) == "后") == (q.role == "from")):
        return "数字不符:起点与终点颠倒"
    if q.role == "to" and period is None and not row.quantity.role and of_last_year(row) or q.role == "from" and _LAST.search(upto(line, q)) and _before_last(row):
        return "数字不符:起点与终点颠倒"
    if row.quantity.role == "from" and not q.role and row.counterpart and not _then(period, row, book) and not _EARLIER.search(line.text[:q.start]):
        return f"数字不符(原文为从{row.text}到{row.counterpart.text})"
    if beyond(upto(line, q)) * beyond(upto(row.line, row.quantity)) < 0:
        return f"数字不符(原文为{upto(row.line, row.quantity)[-12:]})"
    if "全部" in piece_of(line, q) and not re.search("全部|均|都|悉数|100%", row.line.text):
        return "与原文不符:原文没有说“全部”"
    if whole := other_whole(bare_left(line, q), bare_left(row.line, row.quantity)) if q.kind == "percent" and row.quantity in row.line.figures else "":
        return f"口径不符:原文不是占“{whole}”"
    said = bare(_undated(line, q))
    if stage := other_stage(said, row.scope.near):
        return f"口径不符:原文说的不是“{stage}”"
    if word := marks.contrast(said.replace(q.text, ""), row.scope.near):
        return f"主体不符:原文不是“{word}”"
    if why := stranger(line.text, row.line.text, book.whole, book.offices):
        return why
    if phase := other_phase(line.text[:q.start], row.line.text[:row.quantity.start]):
        return f"主体不符:原文这个数字说的不是“{phase}”"
    if cause := other_cause(line.text, row.line.text[slice(*row.line.clause(row.quantity.start))]) if row.quantity in row.line.figures else "":
        return f"与原文不符:原文说的原因不是“{cause}”"
    if why := reversed_in(line.text, row.line.text):
        return why
    if name := crossed(line, row.line):
        return f"主体不符:原文说的不是“{name}”"
    if negation.missed(line.text, row.line.text):
        return "与原文的肯定或否定相反(“目标”)"
    if _DUE.search(row.scope.near) and _SLIPPED.search(row.line.text) and not _DUE.search(line.text) and ours != "planned":
        return "口径不符:原文是原定的"
    if first := added_first(line.text, row.line.text):
        return f"与原文不符:原文没有说“{first}”"
    if body := other_namesake(line, row.line, book.whole) or other_namesake(line, _opening(row.scope.opening), book.whole) or other_place(line, row.line) or other_bearer(line, row):
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


def _kind(line: Line, q: Quantity) -> str:
    """What marks.change says of a claim's figure; one that another is set against is of the other's kind: 增速为14.3%,快于某行业的9.6%."""
    before = [f for f in line.figures if f.end <= q.start and f.base == q.base] if marks.AGAINST.search(line.text[:q.start]) else []
    return marks.change(line, before[-1].start, before[-1].end) if before else marks.change(line, q.start, q.end)


def _years(row: Figure) -> int:
    """How many years a row's period takes in, 0 where it has none or no dates: 2022年至2024年."""
    p = row.period
    return p.high // 10000 - p.low // 10000 + 1 if p is not None and p.low is not None and p.high is not None else 0


def _attribute(line: Line, period: Period | None, row: Figure) -> bool:
    """Whether a claim's year only tells which thing it speaks of (1958年建成的老厂), and the row's sentence has it too."""
    return bool(re.search(f"{re.escape(period.text)}[一-鿿]{{1,6}}的[一-鿿]", line.text)) and any(f.kind == "date" and period.text in f.text for f in row.line.figures)


def _capacity(line: Line, q: Quantity) -> bool:
    """Whether a figure is part of a work's name, which is the same at every time: 年产6万吨涂料项目."""
    return line.text[:q.start].endswith("年产") and bool(_WORK.match(line.text, q.end))


def _undated(line: Line, q: Quantity) -> str:
    """The piece of a claim's figure; of a work's capacity without what happened to the work on a day, which the day's own row is checked for."""
    day = next((f.start for f in line.figures if f.kind == "date" and q.end <= f.start < line.pieces[line.piece(q.start)][1]), None)
    return line.text[line.pieces[line.piece(q.start)][0]:day] if day and _capacity(line, q) else piece_of(line, q)


def _outdated(row: Figure, book: Book) -> bool:
    """Whether the row of a table has the same of a later year, which what names no year means: 3.86 of | 线损率 | 3.86 | 3.62 |."""
    if row.sentence.kind != "row" or row.period is None or row.period.level or not row.period.year:
        return False
    date = book.documents[row.document].date
    return any(other.sentence == row.sentence and other.document == row.document and other.status != "planned" and other.change == row.change and comparable(other.quantity, row.quantity) and other.period and not other.period.level
               and row.period.year < (other.period.year or 0) <= (date[0] if date else 9999) for other in book.rows)


def misworded(q: Quantity, line: Line, m: Match, book: Book) -> str:
    """What in a claim's words says that a row is about something else: names, verbs and nouns that stand by another figure, or that the report lacks."""
    row = m.row
    outside = line.clause(q.start)[0] if m.foreign and mirrored(line, q, row) else 0
    if known := [w for w in m.foreign if w.start >= outside and (w.text in book.whole or w.name) and not another_day(line, q, w.start)]:
        return f"主体不符:原文这个数字说的不是“{known[0].text}”"
    if name := strange(line, q, row, book):
        return f"主体不符:原文这个数字说的不是“{name}”"
    if verb := other_verb(q, line, row):
        return f"主体不符:原文这个数字说的不是“{verb}”"
    if verb := unsaid(q, line, row):
        return f"与原文不符:原文没有这样说“{verb}”"
    if word := miscounted(q, line, row):
        return f"主体不符:原文这个数字说的是“{word}”"
    if word := other_day(q, line, row):
        return f"时间不符:原文这个时间说的不是“{word}”"
    if m.displaced:
        return f"主体不符:原文这个数字说的不是“{m.displaced[0]}”"
    if m.borrowed and m.lacking:
        return f"主体不符:原文这个数字说的是“{m.lacking[0]}”"
    return ""


def another_day(line: Line, q: Quantity, at: int) -> bool:
    """Whether a word behind a claim's figure belongs to another event, which has a day or month of its own: 兑付3亿元,2024年12月获评园区."""
    low, high = line.pieces[line.piece(at)]
    return low > q.end and q.kind not in ("date", "time", "duration") and any(f.kind == "date" and f.date and f.date.month and low <= f.start <= at for f in line.figures)


def _then(period: Period | None, row: Figure, book: Book) -> bool:
    """Whether a claim speaks of the time at which a change starts: 2022年 of 由上年的312万增至348万."""
    return period is not None and row.period is not None and agree(period, row.period, book.years) == "same" and bool(
        re.search(f"[由从自]{re.escape(row.period.text)}末?的?$", row.line.text[:row.quantity.start]))


def once(text: str) -> bool:
    """Whether a text speaks of how things were before, and not of how they are.

    >>> once("以前全镇排队"), once("过去,图书两百来本"), once("过去3年"), once("以前住平房,现在住楼房")
    (True, True, False, False)
    """
    return bool(_ONCE.search(text)) and not _NOW.search(text)


def _of_age(row: Figure, book: Book) -> bool:
    """Whether a row's period, taken over from a sentence before, only says how old somebody is: 今年81岁."""
    before = book.documents[row.document].text[max(0, row.start - 400):row.start]
    return row.period.text in before and not re.search(f"{re.escape(row.period.text)}(?![0-9一二三四五六七八九十]+岁)", before)


def around(line: Line, q: Quantity) -> str:
    """What stands in a figure's piece between the figures beside it.

    >>> line = Line.read("96个项目中有11个未能开工")
    >>> around(line, line.figures[0]), around(line, line.figures[1])
    ('96个项目中有', '项目中有11个未能开工')
    """
    low, high = line.pieces[line.piece(q.start)]
    others = [f for f in line.figures if low <= f.start < high and f is not q and f.kind not in ("date", "time")]
    return line.text[max([low, *(f.end for f in others if f.end <= q.start)]):min([high, *(f.start for f in others if f.start >= q.end)])]


def spoken(line: Line, q: Quantity) -> str:
    """A claim without its pieces that have figures of their own: what they deny is denied of those.

    >>> line = Line.read("不见面审批占九成,时限压缩75%,没有延期")
    >>> spoken(line, line.figures[1])
    '时限压缩75%没有延期'
    """
    facts = [f for f in line.figures if f.kind not in ("date", "time", "duration")]
    return "".join(line.text[s:e] for n, (s, e) in enumerate(line.pieces) if n == line.piece(q.start) or not any(s <= f.start < e for f in facts))


def timed(period: Period | None, row: Figure, book: Book) -> str:
    """How a claim's period stands to a row's, as period.agree; 当年 is open, and an age is as of the report."""
    if period is not None and period.text in ("当年", "同年") or row.period is not None and (row.period.text in ("当年", "同年") or row.period.level == 2 and _of_age(row, book)):
        return "open"
    if row.quantity.kind == "age" and period is not None and period.low and (date := book.documents[row.document].date) and period.low // 10000 == date[0]:
        return "open"
    return agree(period, row.period, book.years)


def of_last_year(row: Figure) -> bool:
    """Whether a row's piece says that it is of the year before: 为71.4%,上年为73.0%."""
    return row.period is not None and row.period.level == 0 and row.period.text[:1] in "去上"


def _before_last(row: Figure) -> bool:
    """Whether the next figure of its kind behind a row is of the year before, so that the row is not."""
    q, line = row.quantity, row.line
    other = next((f for f in line.figures if f.start > q.start and f.base == q.base), None) if q in line.figures and not q.role and not _LAST.search(upto(line, q)) else None
    return other is not None and bool(re.match("[，,](?:上一?学?年|去年)(?:同期)?(?:为|是|则为)?$", line.text[q.end:other.start]))


def _ahead(row: Figure, book: Book) -> bool:
    """Whether a row is of a year after its document's."""
    date = book.documents[row.document].date
    return bool(date and row.period and row.period.low and row.period.low // 10000 > date[0] and marks.has(_clause(row), "planned"))


def _clause(row: Figure) -> str:
    return row.line.text[slice(*row.line.clause(row.quantity.start))]


def _to_come(line: Line, q: Quantity, row: Figure, book: Book) -> bool:
    """Whether a claim's figure is of a year after a row's document, or is such a date: it speaks of a plan."""
    date = book.documents[row.document].date
    return bool(date and any(f.kind == "date" and f.low >= 10000000 and f.low // 10000 > date[0] and line.piece(f.start) == line.piece(q.start) for f in line.figures))


def _lead(row: Figure) -> str:
    """What stands before a row's figure in its clause, back to the figure before."""
    start = row.line.clause(row.quantity.start)[0]
    return row.line.text[max([start, *(f.end for f in row.line.figures if start <= f.start < row.quantity.start)]):row.quantity.start]


def _behind(row: Figure, book: Book) -> bool:
    """Whether a row is of a span of years that led up to its document (3年来), or of a year before it."""
    date = book.documents[row.document].date
    return bool(date and row.period and row.period.level < 3 and row.status != "planned" and (row.period.months or row.period.high and row.period.high // 10000 < date[0]))


def _standing(row: Figure) -> bool:
    """Whether a row's figure is what there is, not what came: 年末企业218家,比上年净增17家."""
    return bool(re.search("年末|期末|实有|现有", row.scope.near)) and row.quantity in row.line.figures and any(
        f.base == row.quantity.base and row.line.piece(f.start) == row.line.piece(row.quantity.start) + 1 and marks.change(row.line, f.start, f.end) in ("change", "new") for f in row.line.figures)


def unsaid(q: Quantity, line: Line, row: Figure) -> str:
    """The verb behind a claim's figure in its piece that the row's sentence has nothing of, or ""."""
    high = line.pieces[line.piece(q.start)][1]
    if any(q.end <= f.start < high for f in line.figures):
        return ""
    return next((w.text for w in line.words if q.end <= w.start < high and w.verb and w.weight >= 0.5 and not (len(w.text) == 2 and w.text[1] in "过了着")
                 and coverage(w.text, row.scope.sentence) < 0.3), "")


def bare_left(line: Line, q: Quantity) -> str:
    """What stands before a figure in its clause."""
    return line.text[line.clause(q.start)[0]:q.start]


def upto(line: Line, q: Quantity) -> str:
    """A figure's piece up to its end; "" for the reckoned figure of a table."""
    return line.text[line.pieces[line.piece(q.start)][0]:q.end] if q in line.figures else ""


def piece_of(line: Line, q: Quantity) -> str:
    s, e = line.pieces[line.piece(q.start)]
    return line.text[s:e]
