"""What of plan and deed keeps a row of the same value from supporting a claim's figure: planned for done, begun for finished."""
from __future__ import annotations

import re

from figures import marks
from figures.align import Book, coverage, left_over
from figures.around import bare_left, clause_of, piece_of, upto
from figures.ledger import Figure
from figures.line import Line
from figures.period import Period
from figures.state import OF_PLAN
from figures.tagger import LISTS
from quantities.parse import Quantity

_PLAN = "口径不符:原文是计划或目标,不是已完成"
_REACHED = re.compile("完成|建成|实现|截至")
_DUE, SLIPPED = re.compile("原定|原计划|原拟|原本|本应"), re.compile("推迟|延[至到期后]|实际|顺延|提前|才")
_DONE = re.compile("已|去年|上年")
_YET = re.compile("答应|明年|后年")
_PURPOSE = re.compile("[，,](?:拟|将|计划)用于[^，,。；;]+")  # what is done is done, whatever it is for
_FINISHED, _BEGUN = re.compile("完成|结束|收官|告一段落"), re.compile("启动|开启|推动|推进|开始|动员|拉开|号角|起步")
PENDING = re.compile("[尚还仍]未|[还尚]没|剩[^，,。；;]{0,12}[未没]")
_PLAN_SAYS = re.compile("(?:方案|规划|计划)[还则共]?(?:提出|明确|要求|安排|覆盖|涉及)")  # 实施方案覆盖16个乡镇
_OF_A_PLAN = re.compile("计划(?=总?投资|用地|招|工期)")  # a planned amount of what may long be done


def misstaged(q: Quantity, line: Line, row: Figure, period: Period | None, book: Book) -> str:
    """What of plan and deed keeps a row from supporting a claim: the reason in Chinese, or ""."""
    ours = "planned" if _to_come(line, q, row, book) or _PLAN_SAYS.search(upto(line, q)) else marks.status(line, q.start)
    if not ours and (left_over(line, q, row) or PENDING.search(piece_of(line, q))):
        ours = row.status  # what is still to do, whether or not a claim says by when
    if not ours and SLIPPED.search(piece_of(line, q)) and SLIPPED.search(row.line.text):
        ours = row.status  # 投产时间延后到今年第三季度
    if ours != "planned" and period is None and _ahead(row, book):
        return _PLAN
    if ours == "planned" and (_behind(row, book) or _REACHED.search(row.scope.near)) and row.status != "planned" and not marks.has(row.line.text, "strong_planned") and not marks.has(row.scope.heading, "planned"):
        return "口径不符:原文不是计划"
    if marks.has(piece_of(line, q), "ongoing") and row.status != "planned" and not marks.has(row.line.text, "ongoing"):
        return "口径不符:原文没有说还在进行"
    if row.status == "planned" and ours != "planned" and marks.has(row.line.text, "strong_planned"):
        return _PLAN
    if ours == "planned" and row.status == "done" and not (line.text[q.end:q.end + 1] == "的" == row.line.text[row.quantity.end:row.quantity.end + 1]):
        return "口径不符:原文已经完成,不是计划"
    if q.kind == "date" and re.search("已|了", piece_of(line, q)) and (row.status == "due" or row.status == "planned" and not marks.has(row.scope.near, "done")):
        return _PLAN
    if row.status in ("due", "planned") and ours != "planned" and (word := _DONE.search(line.text, 0, q.end)) and word.group() not in row.line.text:
        return _PLAN  # 去年化解债务6亿元, which is due this year
    low, high = row.line.clause(row.quantity.start)
    if marks.has(row.scope.near, "done") or q.kind == "date" or re.search("完成|恢复", row.scope.near):
        high = row.line.pieces[row.line.piece(row.quantity.start)][1]  # 完成疏放29处,余下5处计划6月底前完成
    clause = _PURPOSE.sub("", row.line.text[low:high])
    if re.search("已|了", piece_of(line, q)) and not re.search("实际|截至", row.scope.near) and (marks.has(clause, "strong_planned") or re.search("要[把让使]", clause)) and not marks.has(clause, "done") and "已" not in row.scope.near and not OF_PLAN.search(upto(row.line, row.quantity)):
        return _PLAN
    if re.search("已|了", piece_of(line, q)) and not re.match("目前|现|已", row.scope.near) and _YET.search(bare_left(row.line, row.quantity)) and not _YET.search(line.text):
        return "口径不符:原文是以后的事,不是已完成"
    if still_planned(line.text, row.line):
        return _PLAN
    if _DUE.search(row.scope.near) and SLIPPED.search(row.line.text) and not SLIPPED.search(line.text) and not _DUE.search(re.sub("按(?:照)?原", "", line.text)) and ours != "planned":
        return "口径不符:原文是原定的"
    return ""


def _ahead(row: Figure, book: Book) -> bool:
    """Whether a row is of a year after its document's."""
    date = book.documents[row.document].date
    return bool(date and row.period and row.period.low and row.period.low // 10000 > date[0] and marks.has(clause_of(row.line, row.quantity), "planned"))


def _to_come(line: Line, q: Quantity, row: Figure, book: Book) -> bool:
    """Whether a claim's figure is of a year after a row's document, or is such a date: it speaks of a plan."""
    date = book.documents[row.document].date
    return bool(date and any(f.kind == "date" and f.low >= 10000000 and f.low // 10000 > date[0] and line.piece(f.start) == line.piece(q.start) for f in line.figures))


def _behind(row: Figure, book: Book) -> bool:
    """Whether a row is of a span of years that led up to its document (3年来), or of a year before it."""
    date = book.documents[row.document].date
    return bool(date and row.period and row.period.level < 3 and row.status != "planned" and (row.period.months or row.period.high and row.period.high // 10000 < date[0]))


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
    >>> still_planned("公寓已建成4300套", Line.read("计划建设公寓6000套,截至8月底建成4300套"))
    ''
    """
    for w in LISTS["completed"]:
        if re.search(f"已[^，,。；;]{{0,6}}{w}", ours) and w in theirs.text and all(_coming(theirs, m.start()) for m in re.finditer(w, theirs.text)):
            return w
    return ""


def _coming(line: Line, at: int) -> bool:
    """Whether what stands at an offset is planned, by a word before it in its clause."""
    before = _OF_A_PLAN.sub("", re.split("已|截至|实际", line.text[line.clause(at)[0]:at])[-1])
    return marks.has(before, "strong_planned")
