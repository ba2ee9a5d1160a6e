"""A report's measures as tables of texts: for a terminal, for Markdown, for the HTML page."""
from __future__ import annotations

from collections.abc import Mapping, Sequence

from figures.export import width
from figures.verdict import NAMES

LABELS = {
    "evidence@1": "第一条引文是依据", "success@1": "第 1 段有依据", "success@3": "前 3 段有依据", "success@5": "前 5 段有依据", "success@10": "前 10 段有依据",
    "rr": "首个依据名次的倒数", "ndcg@10": "前 10 段的排序质量", "answered": "该答的答了", "answer_em": "短答案完全一致", "answer_f1": "短答案字符 F1", "figure_match": "数字的值正确",
    "items_f1": "列举逐项 F1", "citation_precision": "引文中是依据的", "citation_recall": "依据中被引用的", "verbatim": "引文逐字", "correct": "整题正确",
    "refusal_precision": "拒答中该拒的", "refusal_recall": "该拒的拒了", "refusal_f1": "拒答 F1", "ece": "把握的校准误差（低好）", "aurc": "风险–覆盖曲线下面积（低好）",
    "verdict_accuracy": "核查结论正确", "wrong_supported": "错的判为相符（低好）", "figure_verdicts": "逐个数字的结论正确", "claim_verbatim": "核查引文逐字",
    "seconds_p50": "每问秒数，中位", "seconds_p95": "每问秒数，95%"}
MAIN = ("evidence@1", "success@5", "answered", "answer_f1", "figure_match", "refusal_recall", "correct")
CLAIMS = ("verdict_accuracy", "figure_verdicts", "wrong_supported")
VERDICT_NAMES = NAMES | {"error": "出错"}

Table = list[list[str]]


def overall(measures: Mapping[str, dict]) -> Table:
    """A line a measure: name, what it means, value, interval, n."""
    return [["指标", "含义", "值", "95% 区间", "n"],
            *([name, LABELS.get(name, ""), f"{m['value']:.3f}", f"{m['low']:.3f}–{m['high']:.3f}", str(m["n"])] for name, m in measures.items())]


def by_group(title: str, groups: Mapping[str, Mapping[str, dict]], names: Sequence[str] = MAIN) -> Table:
    """A line a group, its size and its main measures; — where one does not apply."""
    names = [name for name in names if any(name in found for found in groups.values())]
    return [[title, "n", *names],
            *([group, str(max(m["n"] for m in found.values())), *(f"{found[name]['value']:.3f}" if name in found else "—" for name in names)]
              for group, found in groups.items() if found)]


def confusion_table(confusion: Mapping[str, Mapping[str, int]]) -> Table:
    """Right verdicts as lines, given ones as columns."""
    columns = [got for got in VERDICT_NAMES if got != "error" or any(row[got] for row in confusion.values())]
    return [["应为＼判为", *(VERDICT_NAMES[got] for got in columns)], *([VERDICT_NAMES[due], *(str(row[got]) for got in columns)] for due, row in confusion.items())]


def seconds_table(seconds: Mapping[str, dict]) -> Table:
    return [["阶段", "p50（秒）", "p95（秒）", "n"], *([stage, f"{t['p50']:.4f}", f"{t['p95']:.4f}", str(t["n"])] for stage, t in seconds.items())]


def compared(comparison: Mapping) -> Table:
    """A line a measure of a comparison."""
    return [["指标", "另一次", "这一次", "差", "95% 区间", "p"],
            *([name, f"{m['before']:.3f}", f"{m['after']:.3f}", f"{m['difference']:+.3f}", f"{m['low']:+.3f}–{m['high']:+.3f}", f"{m['p_bootstrap']:.3f}"]
              for name, m in comparison["measures"].items())]


def aligned(table: Table) -> str:
    """A table for a terminal: the columns under one another, wide characters as two.

    >>> print(aligned([["指标", "值"], ["rr", "0.5"]]))
    指标  值
    rr    0.5
    """
    widths = [max(width(row[i]) for row in table) for i in range(len(table[0]))]
    return "\n".join("  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, widths)).rstrip() for row in table)


def markdown(table: Table) -> str:
    """A table for Markdown.

    >>> print(markdown([["a", "b"], ["x|y", "1"]]))
    | a | b |
    | --- | --- |
    | x\\|y | 1 |
    """
    lines = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in table]
    return "\n".join("| " + " | ".join(row) + " |" for row in [lines[0], ["---"] * len(table[0]), *lines[1:]])
