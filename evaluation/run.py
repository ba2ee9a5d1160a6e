"""One evaluation: pairs and claims through the program, measures out, and whether the thresholds hold."""
from __future__ import annotations

import json
import platform
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from evaluation.answers import ENOUGH, MOST_ITEMS
from evaluation.claims import Claim, load_claims
from evaluation.compare import RECORDS, compare, load_records, met
from evaluation.journal import REPORT, Journal
from evaluation.measures import COVER, LIMIT
from evaluation.pairs import Pair, load_pairs
from evaluation.replies import claim_records, records_of
from evaluation.report import for_markdown, for_terminal, report_of
from evaluation.summary import DRAWS, SEED
from evaluation.thresholds import failures, judged, thresholds_of
from evaluation.webpage import page
from index.manifest import sha256
from ingest.document import UserError
from qa.answer import Answer
from qa.assistant import Assistant, Turn
from qa.settings import ROOT, Settings


@dataclass(frozen=True)
class Plan:
    """What to evaluate and where to. limit: of pairs and of claims, each; split: only rows that are marked so; compare: another run's folder."""

    pairs: Path | None = None
    claims: Path | None = None
    out: Path | None = None
    thresholds: tuple[str, ...] = ()
    thresholds_file: Path | None = None
    limit: int | None = None
    split: str = ""
    compare: Path | None = None
    resume: bool = False


def evaluate(settings: Settings, plan: Plan) -> int:
    """Exit status: 0, or 1 where a threshold does not hold. Raises UserError where the evaluation cannot run, KeyboardInterrupt,
    after what was done is written and marked partial, where it is stopped."""
    pairs, faults = load_pairs(plan.pairs) if plan.pairs else ([], [])
    claims, more = load_claims(plan.claims) if plan.claims else ([], [])
    pairs, claims = chosen(pairs, plan), chosen(claims, plan)
    if not pairs and not claims:
        raise UserError(f"没有标为“{plan.split}”的问答对。" if plan.split else "请给出问答对文件,或用 --claims 给出待核查的话,或用 --mutate 给出文档。")
    wanted, other = thresholds_of(plan.thresholds, plan.thresholds_file), earlier(plan, pairs, claims)
    assistant = Assistant.open(settings)
    documents = assistant.documents
    known = frozenset(d.name for d in documents)
    run = Run(plan, about(assistant, settings, plan) | {"thresholds": wanted}, wanted, other, [*faults, *more], len(pairs) + len(claims))
    run.collect(lambda done: records_of(pairs, lambda pair, history: ask(assistant, pair, history, known), documents, done))
    run.collect(lambda done: claim_records(claims, lambda claim: assistant.check(claim.claim, scope(claim.document, known)), documents, done))
    return run.finish()


def earlier(plan: Plan, pairs: Sequence[Pair], claims: Sequence[Claim]) -> list[dict] | None:
    """The records to compare with, None where none are asked for. Raises UserError where they have nothing in common with what is to be run."""
    if plan.compare is None:
        return None
    records = load_records(plan.compare)
    ours = {("pair", p.id, p.question) for p in pairs} | {("claim", c.id, c.claim) for c in claims}
    if not any(met(record) in ours for record in records):
        raise UserError(f"“{plan.compare}”与这次没有共同的问答对,无法比较;请给出用同一问答对文件跑的那一次。")
    return records


def reworded(ours: Sequence[dict], theirs: Sequence[dict]) -> dict:
    """What a language model changed from `theirs` to `ours`.

    {"reworded": [id] whose answer or statement reads otherwise, "generated": {"before", "after"} statements of the common ones that a model wrote}
    """
    before = {met(r): r["answer"] for r in theirs if r["kind"] == "pair"}
    both = [(r["id"], r["answer"], before[met(r)]) for r in ours if met(r) in before]
    return {"reworded": [i for i, after, was in both if any(after.get(key) != was.get(key) for key in ("answer", "statement"))],
            "generated": {"before": sum(bool(was.get("generated")) for _, _, was in both), "after": sum(bool(after.get("generated")) for _, after, _ in both)}}


class Run:
    """One run in the making: its journal, the records so far, how it ends."""

    def __init__(self, plan: Plan, settings: dict, wanted: dict[str, float], other: list[dict] | None, faults: Sequence[str], planned: int):
        self.settings, self.wanted, self.other, self.faults, self.planned = settings, wanted, other, faults, planned
        self.journal = Journal(plan.out)
        self.done = self.journal.begin(self.settings, plan.resume)
        self.records: list[dict] = []
        self.stopped = False
        for fault in faults:
            print(fault, file=sys.stderr)

    def collect(self, records: Callable[[dict[str, dict]], Iterable[dict]]) -> None:
        """Take records as they are done; where the user stops it, those so far. `records` is called with what an earlier run has done, by key."""
        if self.stopped:
            return
        try:
            for record in self.journal.kept(records(self.done), self.done):
                self.records.append(record)
        except KeyboardInterrupt:
            self.stopped = True

    def finish(self) -> int:
        """Write, print and judge. Returns the exit status. Raises as `evaluate` says."""
        report = report_of(self.records, self.settings, self.faults, self.planned)
        report["thresholds"] = judged(self.wanted, report["measures"])
        if self.other is not None:
            report["compare"] = compare(self.records, self.other) | reworded(self.records, self.other)
        reached = {r["key"] for r in self.records}
        left = [r for key, r in self.done.items() if key not in reached] if self.stopped else []
        self.journal.end({RECORDS: lines([*self.records, *left]), REPORT: json.dumps(report, ensure_ascii=False, indent=1),
                          "report.md": for_markdown(report, self.records), "report.html": page(report, self.records)})
        print(for_terminal(report))
        if self.stopped:
            raise KeyboardInterrupt
        for line in (failed := failures(report["thresholds"])):
            print(line, file=sys.stderr)
        return 1 if failed else 0


def chosen(rows: list, plan: Plan) -> list:
    """The rows of the plan's split, no more than its limit."""
    return [row for row in rows if plan.split in ("", row.split)][:plan.limit]


def ask(assistant: Assistant, pair: Pair, history: tuple[Turn, ...], known: frozenset[str]) -> Answer:
    """A pair's question, to the document it names where it names one."""
    return assistant.ask(pair.question, history, scope(pair.document, known))


def scope(document: str, known: frozenset[str]) -> frozenset[str] | None:
    """The documents to look in. Raises UserError for a name that is not indexed."""
    if document and document not in known:
        raise UserError(f"索引里没有文档“{document}”")
    return frozenset((document,)) if document else None


def lines(rows: Iterable[dict]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def about(assistant: Assistant, settings: Settings, plan: Plan) -> dict:
    """Everything the numbers depend on: settings, models, index with checksums, files, conventions, versions. Of a language model its name alone."""
    manifest = assistant.store.manifest()
    files = {name: {"file": str(path), "sha256": sha256(path.read_bytes())} for name, path in (("pairs", plan.pairs), ("claims", plan.claims)) if path}
    return {"program": {name: str(value) for name, value in asdict(settings).items() if not name.startswith("llm_")},
            "language_model": assistant.writer.name if assistant.writer else None, "model": manifest["model"], "dimension": manifest["dimension"],
            "index": {part: entry["sha256"] for part, entry in manifest["files"].items()},
            "documents": {d["name"]: {"sha256": d["sha256"], "date": "-".join(str(part) for part in d["date"] or () if part)} for d in manifest["documents"]},
            **files, "limit": plan.limit, "split": plan.split,
            "measures": {"cover": COVER, "quote_limit": LIMIT, "f1_enough": ENOUGH, "items_enough": MOST_ITEMS, "draws": DRAWS, "seed": SEED},
            "versions": {"python": platform.python_version(), "platform": platform.platform()} | versions()}


def versions() -> dict[str, str]:
    """The installed version of each package of requirements.txt."""
    found = {}
    for name in re.findall(r"^([A-Za-z0-9_.-]+)==", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
