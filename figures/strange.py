"""A name that a claim says of a figure and the report knows, but not where the figure stands: another park, another bureau."""
from __future__ import annotations

import re

from figures import marks
from figures.align import Book, elsewhere_counted, of_both
from figures.ledger import Figure
from figures.line import Line, bare
from figures.opens import carried, mirrored, opens_with
from figures.owner import name_of
from figures.scope import Scope
from figures.speaker import SAYING
from figures.wording import SYNONYMS, abbreviates, coverage, shortens
from quantities.parse import Quantity

_MEASURE = re.compile("(?:时间|时限|比例|比重|占比|面积|收入|支出|利润|产值|浓度|人数|户数|数量|总额|满意度|[率量额值])$")
_ANEW = re.compile("^[一-鿿]{2,12}则")  # 学生则是92%: no more of whom the claim began with
_COMPARES = re.compile("^[^0-9]*[多少高低快慢大小]于[^0-9]*$")  # 农村增速快于城镇,城乡收入比缩小到2.1: the next piece begins anew
_COUNTED = re.compile("[两二三四五六七八九十]+[大项类个种次]")  # 三大产业中,某产业最多
_SAYS = re.compile(f".{{2,24}}?(?:{SAYING})[道着了]?")
_BODY = re.compile("(?:集团|公司|银行|医院|学校|大学|学院|法院|基金|中心)$")
OF_WHICH = re.compile("(?:[里中]|当中|之中)[，,]?(?:已|仅|只|共)?(?:有|包括)")  # 3186名职工中有技术人员2743人: of the part
_GENERIC = re.compile("^(?:本|该)?(?:公司|集团|学校|医院|全[国省市县区校院州])(?=[一-鿿]{2})")


def strange(line: Line, q: Quantity, row: Figure, book: Book) -> str:
    """A name in the claim's piece or at its head that the report knows, but not where the row stands: 城东产业园区 for a figure of another park; else ""."""
    number, scope = line.piece(q.start), row.scope
    foreign_subject = opens_with(row, bare(line.text))  # 县财政安排… of a claim on another body that the sentence has too
    leads = not mirrored(line, q, row) and not _ANEW.search(line.text[line.pieces[number][0]:q.start]) and not marks.AGAINST.search(line.text[:q.start]) and not (number and _COMPARES.search(line.text[slice(*line.pieces[0])]) and re.match("[一-鿿]{3}", line.text[line.pieces[number][0]:]))
    alone = q.kind in ("date", "time") and sum(f.kind == "date" for f in row.line.figures) == 1
    owner = "" if re.match("其中|另|其余", row.line.text[row.line.clause(row.quantity.start)[0]:]) else bare(row.subject)
    places = (owner, scope.sentence if alone else scope.near, scope.last, scope.left, scope.right, scope.heading, scope.opening, scope.before if scope.follows else "")
    for s, e in line.runs:
        run = line.text[s:e]
        piece = line.piece(s)
        parted = any(min(s, q.start) < f.start < max(s, q.start) and f is not q and f.kind not in ("date", "time") for f in line.figures)
        parted = parted or s >= q.end and bool(OF_WHICH.search(line.text, q.end, s)) and any(f.start >= e and line.piece(f.start) == number for f in line.figures)
        if (piece == number or leads and piece == 0 and s < line.pieces[0][0] + 2) and not (parted and s > q.start):
            lead = name_of(line.text[s:]) if piece != number else ""
            e = e if piece == number else s + len(lead) if lead and line.text.startswith(lead, s) else next((w.start for w in line.words if s < w.start < e and (w.verb or not w.nominal)), e)  # 甲街道获得奖项: of another piece only who
            name = _GENERIC.sub("", bare(line.text[s:e]))
            for cut in reversed([w.end for w in line.words if s < w.end < e]):
                if name in book.whole:
                    break
                name = _GENERIC.sub("", bare(line.text[s:cut]))
            if len(name) >= 4 and name in book.whole and foreign_subject and name not in scope.near and elsewhere_counted(name, row):
                return name
            if among(line, s, e) or name in carried(row) or any(f.start < e and s < f.end for f in line.figures) or piece != number and _MEASURE.search(run) and not name_of(line.text):
                continue  # 停电时间由2小时降到1小时,满意度升至94分: of another measure
            if piece == 0 and piece != number and _SAYS.fullmatch(line.text[slice(*line.pieces[0])]) or _taken_up(name, row, book):
                continue
            words = [w.text for w in line.words if s <= w.start < e]
            if words and words[0] in scope.near and all(w in scope.left + scope.near for w in words):
                continue  # 工学专业 of 各专业的平均比例,其中工学
            if len(name) >= 4 and name in book.whole and max(coverage(name, p) for p in places) < 0.7 and not abbreviates(name, scope.heading) and not shortens(name, scope.opening) and not _split(name, scope) and not any(other in p for other in SYNONYMS.get(name, ()) for p in places) and not of_both(row, name):
                return name
    return ""


def among(line: Line, start: int, end: int) -> bool:
    """Whether a range of a claim only says of how many things what it speaks of is one: 三大产业 of 三大产业中,某产业最多.

    >>> [among(Line.read(t), 0, 4) for t in ("三大产业中,机械最多", "城东园区中,机械最多")]
    [True, False]
    """
    return bool(_COUNTED.match(line.text[start:end]) and re.match("[中里]|当中|之中", line.text[end:]))


def _taken_up(name: str, row: Figure, book: Book) -> bool:
    """Whether the clause of a row is about a body by the last word of its name alone, as of one named before: 集团建成厂房38万平方米 of 砚川发展集团."""
    m = _BODY.search(name)
    clause = row.line.text[row.line.clause(row.quantity.start)[0]:row.quantity.start]
    if not m or not re.search(f"(?:^|[，,；;])(?:(?:[0-9]{{4}}年|去年|上年|今年|年末|全年|目前)[，,]?)?{m.group()}(?!公司|集团|[各所下内])", clause):
        return False
    named = re.findall(f"[一-鿿]{{3,12}}{m.group()}", book.documents[row.document].text[:row.start])
    return bool(named) and named[-1].endswith(name[-len(named[-1]):])


def _split(name: str, scope: Scope) -> bool:
    """Whether a row's piece has the end of a measure's name and its sentence the rest: 产能利用率 of 甲厂产能利用率91%;乙厂利用率68%."""
    return bool(_MEASURE.search(name)) and any(name[i:] in scope.near and name[:i] in scope.sentence for i in range(2, len(name) - 1))
