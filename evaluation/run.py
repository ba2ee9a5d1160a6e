"""Run a pairs file through the program, print and write the measures, and say whether the thresholds hold."""
from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from tqdm import tqdm

from evaluation.measures import score, summary
from evaluation.pairs import Pair, load_pairs
from ingest.document import Document, UserError
from qa.answer import Answer
from qa.assistant import Assistant, Turn
from qa.settings import Settings


def thresholds_of(texts: list[str]) -> dict[str, float]:
    """"name=value" texts → {name: value}. Raises UserError.

    >>> thresholds_of(["evidence@1=0.9"])
    {'evidence@1': 0.9}
    """
    wanted = {}
    for text in texts:
        name, _, value = text.partition("=")
        try:
            wanted[name] = float(value)
        except ValueError:
            raise UserError(f"阈值“{text}”看不懂;请写成 名称=数值,如 evidence@1=0.9。") from None
    return wanted


def records_of(pairs: list[Pair], ask: Callable[[Pair], Answer], documents: dict[str, Document]) -> list[dict]:
    """One record a pair: its answer and scores. A question that fails is one wrong answer, with its error."""
    records = []
    for pair in tqdm(pairs, desc="正在评测", unit="问", file=sys.stderr, leave=False, disable=None):
        try:
            answer = ask(pair).to_dict(pair.id)
            verbatim = [c["quote"] != "" and documents[c["document"]].quote(tuple(map(tuple, c["spans"]))) == c["quote"] for c in answer["citations"]]
        except Exception as error:  # counted, never dropped
            answer, verbatim = {"id": pair.id, "status": "error", "error": f"{type(error).__name__}: {error}"}, []
        records.append({"id": pair.id, "question": pair.question, "answerable": pair.answerable, "tags": pair.tags, "split": pair.split,
                        "answers": pair.answers, "evidence": pair.evidence, "answer": answer, "scores": score(answer, pair, verbatim)})
    return records


def evaluate(settings: Settings, path: Path, out: Path | None, thresholds: list[str]) -> int:
    """Exit status: 0, or 1 where a threshold does not hold. Raises UserError where the evaluation cannot run."""
    wanted = thresholds_of(thresholds)
    pairs, faults = load_pairs(path)
    for fault in faults:
        print(fault, file=sys.stderr)
    assistant = Assistant.open(settings)
    documents = {document.name: document for document in assistant.documents}
    records = records_of(pairs, lambda pair: assistant.ask(pair.question, [Turn(q) for q in pair.history]), documents)
    measures = summary(records)
    print(table(measures, {tag: summary([r for r in records if tag in r["tags"]]) for tag in sorted({t for r in records for t in r["tags"]})}))
    if out is not None:
        write(out, records, {"measures": measures, "pairs": len(pairs), "bad_rows": faults,
                             "settings": {"model": assistant.embedder.model, "index": assistant.store.manifest()["files"]}})
    if unknown := [name for name in wanted if name not in measures]:
        raise UserError(f"没有名为“{unknown[0]}”的指标;本次有:{'、'.join(measures)}。")
    failed = [f"{name} = {measures[name]['value']:.3f},低于 {least}" for name, least in wanted.items() if measures[name]["value"] < least]
    for line in failed:
        print(f"未达到阈值:{line}", file=sys.stderr)
    return 1 if failed or faults and len(faults) > len(pairs) else 0


def table(measures: dict[str, dict], by_tag: dict[str, dict]) -> str:
    """The measures, and the main ones by tag, as lines for a terminal."""
    lines = [f"{name:18s} {m['value']:.3f}  (n={m['n']})" for name, m in measures.items()]
    main = ("evidence@1", "answered", "answer_f1", "figure_match", "refusal_recall")
    lines.append("\n" + " ".join([f"{'tag':16s}", *(f"{name:>14s}" for name in main)]))
    for tag, found in by_tag.items():
        lines.append(" ".join([f"{tag:16s}", *(f"{found[name]['value']:14.3f}" if name in found else f"{'—':>14s}" for name in main)]))
    return "\n".join(lines)


def write(out: Path, records: list[dict], report: dict) -> None:
    """report.json and records.jsonl in a folder. Raises UserError where it cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")
        (out / "records.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    except OSError as error:
        raise UserError(f"写不了评测结果“{out}”({error.strerror});请检查路径和权限。") from None
