"""A report as one HTML page that holds all it needs, styles and plots too, and opens without a network."""
from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from evaluation import plots
from evaluation.report import notes, sections, settings_rows, wrong_table
from evaluation.tables import LABELS, Table

STYLE = """
:root { color-scheme: light dark; --ink: light-dark(#1f2933, #e4e7eb); --soft: light-dark(#52606d, #9aa5b1); --line: light-dark(#d9e2ec, #3e4c59); --paper: light-dark(#fff, #14181d);
  --mark: light-dark(#2f6690, #7fb2d9); --bad: light-dark(#a4262c, #f1887f); }
body { margin: 2rem auto; max-width: 1080px; padding: 0 1rem; background: var(--paper); color: var(--ink); font: 15px/1.6 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; }
.wide { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .8rem .3rem 0; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; } th { color: var(--soft); font-weight: 600; white-space: nowrap; }
.bad { color: var(--bad); } figure { display: inline-block; margin: 0 1.5rem 1.5rem 0; vertical-align: top; } figcaption { color: var(--soft); margin-bottom: .4rem; }
svg { max-width: 100%; height: auto; } svg text { font-size: 11px; fill: var(--soft); } .bar { fill: var(--mark); opacity: .75; } .range, .ideal { stroke: var(--ink); stroke-width: 1.5; }
.ideal { stroke-dasharray: 4 4; opacity: .5; } .grid { stroke: var(--line); } .curve { fill: none; stroke: var(--mark); stroke-width: 2; } .dot { fill: var(--mark); opacity: .8; }
"""
GROUPS = 14
SHOWN = ("correct", "evidence@1", "verdict_accuracy")  # the first that a group has is its bar


def table(rows: Table) -> str:
    """A table of texts, all of them escaped.

    >>> table([["a"], ["<b>"]])
    '<div class="wide"><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>&lt;b&gt;</td></tr></tbody></table></div>'
    """
    def line(cells: Sequence[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells) + "</tr>"
    return f'<div class="wide"><table><thead>{line(rows[0], "th")}</thead><tbody>{"".join(line(row, "td") for row in rows[1:])}</tbody></table></div>'


def group_bars(title: str, groups: Mapping[str, Mapping[str, dict]]) -> tuple[str, str] | None:
    """(caption, plot) of the largest groups, the main measure of each; None where there are none."""
    rows = []
    for name, found in list(groups.items())[:GROUPS]:
        measure = next((found[m] for m in SHOWN if m in found), None)
        if measure:
            rows.append((name, measure["value"], measure["low"], measure["high"], f"n={measure['n']}"))
    shown = next((m for found in groups.values() for m in SHOWN if m in found), "")
    return (f"{title}：{LABELS[shown]}", plots.bars(title, rows)) if rows else None


def figures(report: Mapping, records: Sequence[dict]) -> list[tuple[str, str]]:
    """The plots of a report with their captions."""
    found = [group_bars(title, report[key]) for title, key in (("按标签", "by_tag"), ("按章节", "by_section"), ("核查，按标签", "claims_by_tag"))]
    if report["risk_coverage"]:
        found += [("只留把握大的回答，错的有多少", plots.risk_coverage_plot(report["risk_coverage"])), ("把握说得准不准（点在虚线上为准）", plots.reliability_plot(report["reliability"]))]
    if times := [r["answer"]["seconds"]["total"] for r in records if r["kind"] == "pair" and "total" in r["answer"].get("seconds", {})]:
        found.append(("每问用时", plots.latency_plot(times)))
    return [f for f in found if f]


def page(report: Mapping, records: Sequence[dict]) -> str:
    """report.html."""
    parts = ["<h1>评测报告</h1><ul>", *(f'<li{" class=bad" if line.startswith(("未做完", "有 ")) or "未达到" in line else ""}>{html.escape(line)}</li>' for line in notes(report)), "</ul>"]
    parts += [f"<figure><figcaption>{html.escape(caption)}</figcaption>{plot}</figure>" for caption, plot in figures(report, records)]
    parts += [f"<h2>{html.escape(title)}</h2>{table(rows)}" for title, rows in sections(report)]
    if faulty := wrong_table(records):
        parts.append(f"<h2>错在哪里</h2>{table(faulty)}")
    parts.append(f"<h2>设置</h2>{table([['设置', '值'], *settings_rows(report['settings'])])}")
    return (f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>评测报告</title><style>{STYLE}</style></head>'
            f"<body>{''.join(parts)}</body></html>")
