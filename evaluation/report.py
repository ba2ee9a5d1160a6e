"""The records of a run → its report: a dict (report.json), Markdown, and what a terminal shows."""
from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from evaluation import tables
from evaluation.calibration import reliability, risk_coverage
from evaluation.claims import claim_summary, confusion
from evaluation.summary import drawn, groups, interval, seconds, summary


def report_of(records: Sequence[dict], settings: dict, faults: Sequence[str], planned: int) -> dict:
    """The report of the records done: measures over all, by tag, section and split, calibration, seconds, claims.

    planned: how many pairs and claims there were to do; fewer records make the report partial.
    """
    pairs, claims = [r for r in records if r["kind"] == "pair"], [r for r in records if r["kind"] == "claim"]
    measures = summary(pairs) | latency(pairs) | claim_summary(claims)
    if measures:
        measures["bad_rows"] = {"value": float(len(faults)), "low": float(len(faults)), "high": float(len(faults)), "n": planned + len(faults)}
    sure = [r for r in pairs if r["answer"].get("confidence") is not None]
    confidence, correct = (np.array([r["answer"]["confidence"] for r in sure], float), np.array([r["scores"]["correct"] for r in sure], float))
    return {
        "partial": len(records) < planned, "pairs": len(pairs), "claims": len(claims), "planned": planned, "measures": measures,
        "by_tag": groups(pairs, lambda r: r["tags"]), "by_section": groups(pairs, lambda r: [r["section"]]), "by_split": groups(pairs, lambda r: [r["split"]]),
        "claims_by_tag": groups(claims, lambda r: r["tags"], claim_summary), "confusion": confusion(claims) if claims else {},
        "written": written(pairs), "seconds": seconds(pairs), "risk_coverage": risk_coverage(confidence, correct) if sure else [], "reliability": reliability(confidence, correct) if sure else [],
        "errors": sum("error" in r.get("answer", r.get("result", {})) for r in records), "evidence_missing": [r["id"] for r in pairs if r["evidence_found"] is False],
        "bad_rows": list(faults), "settings": settings}


def written(pairs: Sequence[dict]) -> dict[str, int]:
    """What a language model did: statements that it wrote, questions where it failed, sentences withheld, markers invented; {} where none was at work."""
    answers = [r["answer"] for r in pairs if "generated" in r["answer"]]
    return {"generated": sum(a["generated"] for a in answers), "failed": sum(bool(a["note"]) for a in answers), "withheld": sum(a["withheld"] for a in answers),
            "invented": sum(a["invented"] for a in answers)} if answers else {}


def latency(pairs: Sequence[dict]) -> dict[str, dict]:
    """seconds_p50 and seconds_p95 of whole questions, with bootstrapped intervals."""
    timed = [r for r in pairs if "total" in r["answer"].get("seconds", {})]
    if not timed:
        return {}
    times = np.array([r["answer"]["seconds"]["total"] for r in timed])
    order = np.argsort(times, kind="stable")
    share = np.cumsum(drawn([r["unit"] for r in timed])[:, order], 1)
    found = {}
    for name, q in (("seconds_p50", 0.5), ("seconds_p95", 0.95)):
        draws = times[order][(share >= q * share[:, -1:]).argmax(1)]
        low, high = interval(draws)
        found[name] = {"value": float(np.quantile(times, q)), "low": low, "high": high, "n": len(timed)}
    return found


def sections(report: Mapping) -> list[tuple[str, tables.Table]]:
    """The tables of a report with their titles, in order; empty ones left out."""
    found = [("指标", tables.overall(report["measures"]))] if report["measures"] else []
    for title, column, key in (("按标签", "标签", "by_tag"), ("按章节", "章节", "by_section"), ("按用途", "用途", "by_split")):
        if any(report[key].values()):
            found.append((title, tables.by_group(column, report[key])))
    if report["confusion"]:
        found.append(("核查：应为与判为", tables.confusion_table(report["confusion"])))
        if report["claims_by_tag"]:
            found.append(("核查：按标签", tables.by_group("标签", report["claims_by_tag"], tables.CLAIMS)))
    if report["seconds"]:
        found.append(("用时", tables.seconds_table(report["seconds"])))
    if report.get("compare"):
        found.append(("与另一次比较", tables.compared(report["compare"])))
    return found


def notes(report: Mapping) -> list[str]:
    """What a reader must know before the numbers, one Chinese line each."""
    lines = [f"共 {report['pairs']} 问、{report['claims']} 句待核查的话。"]
    if model := report["written"]:
        lines.append(f"语言模型“{report['settings'].get('language_model')}”写了 {model['generated']} 问的正文，{model['failed']} 问没有写成；扣下 {model['withheld']} 句，编造的出处 {model['invented']} 个。")
    if report["partial"]:
        lines.append(f"未做完：计划 {report['planned']} 条，做了 {report['pairs'] + report['claims']} 条。")
    if report["bad_rows"]:
        lines.append(f"有 {len(report['bad_rows'])} 行看不懂，没有计入：{'；'.join(report['bad_rows'][:5])}{'……' if len(report['bad_rows']) > 5 else ''}")
    if report["errors"]:
        lines.append(f"有 {report['errors']} 条出错，按答错计。")
    if missing := report["evidence_missing"]:
        lines.append(f"有 {len(missing)} 问的依据不在索引的任何一段里（{'、'.join(missing[:5])}{'……' if len(missing) > 5 else ''}）：是不是索引了别的文件？")
    for name, v in report.get("thresholds", {}).items():
        lines.append(f"阈值 {name} {v['limit']:g}：{'达到' if v['holds'] else '未达到'}（{'没有测到' if v['value'] is None else format(v['value'], '.3f')}）")
    if change := report.get("compare"):
        lines.append(f"与另一次共同的 {change['common']} 条里，变对 {len(change['gained'])} 条，变错 {len(change['lost'])} 条，McNemar 精确检验 p = {change['p_mcnemar']:.3f}。")
        if any(change["generated"].values()):
            lines.append(f"其中由语言模型写正文的，另一次 {change['generated']['before']} 问，这一次 {change['generated']['after']} 问。")
        lines += [f"{name}：{'、'.join(change[key])}" for name, key in (("变对", "gained"), ("变错", "lost"), ("答案或正文不同", "reworded")) if change[key]]
    return lines


def for_terminal(report: Mapping) -> str:
    return "\n".join([*notes(report), *(f"\n{title}\n{tables.aligned(table)}" for title, table in sections(report))])


def for_markdown(report: Mapping, records: Sequence[dict]) -> str:
    """report.md: the notes, every table, what was wrong, the settings."""
    parts = ["# 评测报告", "\n".join(f"- {line}" for line in notes(report))]
    parts += [f"## {title}\n\n{tables.markdown(table)}" for title, table in sections(report)]
    if faulty := wrong_table(records):
        parts.append(f"## 错在哪里\n\n{tables.markdown(faulty)}")
    parts.append("## 设置\n\n" + tables.markdown([["设置", "值"], *settings_rows(report["settings"])]))
    return "\n\n".join(parts) + "\n"


def wrong_table(records: Sequence[dict]) -> tables.Table:
    """A line for each record in which something was wrong; [] where nothing was."""
    def line(r: dict) -> list[str]:
        if r["kind"] == "pair":
            return [r["id"], " ".join(r["question"].split()), r["answer"].get("answer", ""), ";".join(r["wrong"])]
        return [r["id"], " ".join(r["claim"].split()), tables.VERDICT_NAMES[r["result"].get("verdict", "error")], ";".join(r["wrong"])]
    rows = [line(r) for r in records if r["wrong"]]
    return [["编号", "问题或待核查的话", "所答", "错在哪里"], *rows] if rows else []


def settings_rows(settings: Mapping, under: str = "") -> tables.Table:
    """Settings within settings as one flat list of names and values.

    >>> settings_rows({"model": "m", "versions": {"numpy": "2"}})
    [['model', 'm'], ['versions.numpy', '2']]
    """
    rows: tables.Table = []
    for name, value in settings.items():
        rows += settings_rows(value, f"{under}{name}.") if isinstance(value, Mapping) else [[under + str(name), "" if value is None else str(value)]]
    return rows
