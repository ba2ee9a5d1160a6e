"""Which row a name of a claim means, of two or of several that stand in one sentence."""
from __future__ import annotations

import re
from collections.abc import Sequence

from figures.align import coverage
from figures.around import piece_left
from figures.ledger import Figure
from figures.line import Line, bare

MOST = 0.6  # of the words of a name the row that it means must say
RATE = "其?(?:增[速幅]|降幅|占比|比重)"  # that names nothing by itself: 增长18%,增速快于货物吞吐量
BEHIND = re.compile(f"(?:{RATE})?(?:略|稍|远|明显|大幅)?(?P<way>[多少高低快慢大小])于(?P<b>[^，,。；;0-9]{{2,16}})")  # 增速快于乡村, behind a figure
LIGHT = re.compile("相当于|节省|节约|(?:贸易)?[顺逆]差|[尚还]差|合计|共计|总计|总共|一共|加起来|加在一起|相加|之和|以外|之外|其余|其他|还有|尚有|仍有|部分|净增|增幅|增长|增加|减少|提高|下降|上升|前移|前进|相差|高出|多出|户均|人均|平均|来自|占|名次|排名|位次|[三四五两几]年|比起|两[地者项]")


def told(name: str, row: Figure, other: Figure) -> bool:
    """Whether a row says the words of a name, and more of them than another does; what neither says, but the sentence before or the document's opening, both are of."""
    if _ahead(name, row) and not _ahead(name, other):
        return True
    around = "".join(of.scope.near + of.scope.last + of.scope.left for of in (row, other))
    words = [w for w in Line.read(name).words if w.weight >= 0.25 and not LIGHT.fullmatch(w.text) and (coverage(w.text, around) or w.text not in row.scope.opening and coverage(w.text, row.scope.before) < MOST)]

    def says(of: Figure, near: bool) -> float:
        text = of.scope.near if near else of.scope.near + of.scope.last + of.scope.left
        return sum(w.weight * coverage(w.text, text) for w in words) / sum(w.weight for w in words) if words else 0.0

    return says(row, False) >= MOST and says(row, True) > says(other, True)


def _ahead(name: str, row: Figure) -> bool:
    """Whether a name is what stands ahead of a row's figure in its piece, the end of that, or it with somebody's name before it: 集团范围一排放 of 范围一排放28万吨."""
    name, left = bare(name), bare(piece_left(row.line, row.quantity)).removeprefix("其中")
    return len(name) > 1 and (left.endswith(name) or len(left) > 2 and name.endswith(left) or len(name) > 2 and left.startswith(name))


def _has(name: str, row: Figure) -> float:
    """How much of a name's words a row says that it counts; what it does not say, but the document's opening, names the whole report's body."""
    words = [w.text for w in Line.read(name).words if w.weight >= 0.5] or [bare(name)]
    led = row.line.text[row.line.pieces[row.line.piece(row.quantity.start)][0] - 1:][:1] in ("，", ",")  # 绿色通道放行车辆,减免通行费9亿元: no item of a list
    text = row.scope.near + (row.scope.last if led else "") + row.scope.heading + bare(row.measure)
    said = [earned for w in words if (earned := coverage(w, text)) or w not in row.scope.opening]
    return sum(said) / len(said) if said else 0.0


def of_each(names: Sequence[str], rows: Sequence[Figure]) -> tuple[Figure, ...]:
    """Of each name the row that says it, and more of it than every other, or, where others say as much (副教授 for 教授), alone less of the other names; () where one
    has none. The first name may stand behind whose all of them are (全市去年轻度、中度污染天数), the last ahead of what
    all of them are (国家级和省级项目)."""
    found: list[Figure] = []
    for name in names:
        words = Line.read(name).words
        behind = [name[w.start:] for w in words] or [name] if name is names[0] else [name]
        behind += [name[:w.end] for w in words[:-1]] if name is names[-1] else []
        row = next((row for part in behind if (row := _of_one(part, names, rows)) is not None), None)
        if row is None or row in found:
            return ()
        found.append(row)
    return tuple(found)


def _of_one(name: str, names: Sequence[str], rows: Sequence[Figure]) -> Figure | None:
    said = [_has(name, row) for row in rows]
    most = max(said)
    best = [row for row, share in zip(rows, said) if share == most]
    best = best if len(best) == 1 else [row for row in best if all(_has(other, row) < most for other in names if not other.endswith(name))]
    return best[0] if most >= MOST and len(best) == 1 else None
