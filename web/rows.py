"""The figure ledger → HTML: what is sought in it, its table, and what the program recomputed of the document's own figures."""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from figures.audit import FAILS, HOLDS, LABELS, OPEN, QUERY, Finding
from figures.export import STATUS, cells, when
from figures.ledger import Figure
from ingest.document import Document
from web.chart import PAIRS, units
from web.escape import attribute, options, text
from web.source import Documents, cite, section, whereabouts

SHOWN = 500
KINDS = {
    "金额": ("money",), "数量": ("count", "number"), "比例和倍数": ("percent", "points", "multiple", "ratio", "rate"),
    "面积、重量等": ("area", "length", "mass", "volume", "power", "energy", "temperature", "voltage", "pressure", "frequency", "data", "speed"),
    "日期": ("date", "time"), "时长、年龄": ("duration", "age"), "名次、届次": ("rank", "ordinal", "grade"),
}
SIGNS = {FAILS: "✗", QUERY: "!", OPEN: "?", HOLDS: "✓"}
HEADS = ("数字", "说的是什么", "时间、口径、谁说的", "原句")


@dataclass(frozen=True)
class Sought:
    """What a visitor wants to see: words that a row must all hold, a kind of KINDS or "", and a unit to draw or ""."""

    words: str = ""
    kind: str = ""
    unit: str = ""


def kind_of(row: Figure) -> str:
    """The kind of KINDS that a row is of; "" for none."""
    return next((name for name, kinds in KINDS.items() if row.quantity.kind in kinds), "")


def found(rows: Iterable[Figure], sought: Sought) -> list[Figure]:
    """The rows that hold all words in one column or another, and are of the kind."""
    words = [word.casefold() for word in sought.words.split()]
    of_kind = [row for row in rows if not sought.kind or kind_of(row) == sought.kind]
    return [row for row in of_kind if all(word in "\n".join(cells(row)).casefold() for word in words)] if words else of_kind


def tools_html(rows: Sequence[Figure], sought: Sought) -> str:
    """What to seek by; a choice that no row answers to is not offered."""
    counted = Counter(map(kind_of, rows))
    kinds = [(kind, f"{kind}（{counted[kind]}）") for kind in KINDS if counted[kind]]
    compared = [(unit, f"{unit}（{n}{'组' if unit == PAIRS else ''}）") for unit, n in units(rows)]
    return ('<form class="tools" role="search">'
            f'<input type="search" name="words" autocomplete="off" aria-label="筛选数字" placeholder="按词筛选" value="{attribute(sought.words)}">'
            f'<select name="kind" aria-label="种类">{options([("", "全部种类"), *kinds], sought.kind)}</select>'
            f'<select name="unit" aria-label="图表">{options([("", "不画图"), *((u, f"画图：{n}") for u, n in compared)], sought.unit)}</select>'
            '<button type="button" class="csv">下载 CSV</button></form>')


def row_citation(document: Document, row: Figure) -> dict:
    """The sentence of a row, its figure marked, as the contract has it."""
    return document.cite_sentence(row.sentence, ((row.start, row.end),)).to_dict(1)


def sentence_html(row: Figure) -> str:
    """The sentence of a row with its figure in bold."""
    s = row.sentence
    a, b = row.start - s.start, row.end - s.start
    return f"{text(s.text[:a])}<b>{text(s.text[a:b])}</b>{text(s.text[b:])}".strip()


def smaller(words: str) -> str:
    return f'<span class="of">{text(words)}</span>' if words else ""


def other_end(row: Figure) -> str:
    """The counterpart of a row, by the end that it is."""
    return "" if row.counterpart is None else f"{'到' if row.quantity.role == 'from' else '从'} {row.counterpart.text}"


def row_html(row: Figure, documents: Documents) -> str:
    """One row; its figure opens the sentence, and ledger.js lets the whole row do so."""
    document = documents.get(row.document)
    figure, place = text(row.shown), text(row.document)
    if document:
        citation = row_citation(document, row)
        figure, place = cite(citation, f'{text(row.shown)}<span class="sr">，打开原句</span>', "figure"), whereabouts(citation, documents)
    subject = row.subject if row.subject not in row.measure else ""
    held = " · ".join(filter(None, [when(row), row.basis]))
    by = " · ".join(filter(None, [f"{row.speaker}说" if row.speaker else "", STATUS[row.status]]))
    values = (figure + smaller(other_end(row)), text(row.measure) + smaller(subject), text(held) + smaller(by),
              f'<span class="sentence">{sentence_html(row)}</span><span class="of">{place}</span>')
    return "<tr>" + "".join(f"<td>{value}</td>" for value in values) + "</tr>"


def table_html(rows: Sequence[Figure], documents: Documents) -> str:
    """The rows as a table, SHOWN of them at most, with a line that says how many there are."""
    if not rows:
        return '<p class="nothing" role="status">没有符合条件的数字。</p>'
    more = f"，先列前 {SHOWN} 个；请加筛选词缩小范围，或下载 CSV 看全部" if len(rows) > SHOWN else ""
    head = "".join(f'<th scope="col">{name}</th>' for name in HEADS)
    return (f'<p class="count" role="status">{len(rows):,} 个数字{more}</p><table aria-label="数字台账"><thead><tr>{head}</tr></thead>'
            f'<tbody>{"".join(row_html(row, documents) for row in rows[:SHOWN])}</tbody></table>')


def finding_html(finding: Finding, documents: Documents) -> str:
    """One finding: verdict, the sum, and its sentence, which opens."""
    row = finding.rows[-1]
    document = documents.get(row.document)
    place = ""
    if document:
        citation = finding.cite(document).to_dict(1)
        place = cite(citation, whereabouts(citation, documents) or text(section(document, citation["heading"])) or text(document.name), "where")
    return (f'<li class="{finding.verdict}"><p><span class="chip {finding.verdict}"><span aria-hidden="true">{SIGNS[finding.verdict]}</span> {finding.label}</span> {text(finding.reason)}</p>'
            f'<p class="sentence">{text(" ".join(finding.sentence.text.split()))}</p>{place}</li>')


def audit_html(findings: Sequence[Finding], documents: Documents) -> str:
    """What was recomputed, what does not hold first; folded unless something does not hold."""
    counts = {verdict: sum(f.verdict == verdict for f in findings) for verdict in SIGNS}
    line = " · ".join(f"{LABELS[verdict]} {n}" for verdict, n in counts.items() if n) or "没有可重算的数字"
    ordered = sorted(findings, key=lambda f: list(SIGNS).index(f.verdict))
    items = "".join(finding_html(finding, documents) for finding in ordered[:SHOWN]) or '<li>文中没有自己推导出来、能重算的数字。</li>'
    return (f'<details class="audit"{" open" if counts[FAILS] else ""}><summary><b>自查</b> {line}</summary>'
            f'<p class="what">把文中自己推导的增幅、占比、合计重算一遍，并指出值得核对的用词。</p><ol>{items}</ol></details>')


