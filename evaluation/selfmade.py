"""`eval --mutate NAME`: an ingested report checked against claims made of its own figures, and asked what was cut from a copy of it."""
from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path

from evaluation.cut import Cut, cut_of
from evaluation.mutate import LIMIT, claims_of
from evaluation.replies import claim_records, records_of
from evaluation.run import Plan, Run, about, earlier, lines
from evaluation.thresholds import thresholds_of
from index.store import Source, Store
from ingest.document import Document, UserError
from qa.assistant import Assistant
from qa.settings import Settings


def evaluate_selfmade(settings: Settings, plan: Plan, name: str, seed: int) -> int:
    """Exit status and errors as `run.evaluate`; plan.limit is of claims of a kind and of questions. What was made is written beside the report.

    Raises UserError for a name that is not indexed and a report with no figure to make anything of.
    """
    wanted = thresholds_of(plan.thresholds, plan.thresholds_file)
    assistant = Assistant.open(settings)
    documents = {d.name: d for d in assistant.documents}
    if name not in documents:
        raise UserError(f"索引里没有文档“{name}”;已有的文档:{'、'.join(documents)}")
    document, only = documents[name], frozenset((name,))
    rows = assistant.figures(only)
    claims, cut = claims_of(document, rows, seed, plan.limit or LIMIT), cut_of(document, rows, seed, plan.limit or LIMIT)
    if not claims and not cut.asked:
        raise UserError(f"“{name}”里没有能拿来出题的数字;请换一个文档,或给出问答对文件。")
    pairs = [*cut.asked, *cut.gone]
    run = Run(plan, about(assistant, settings, plan) | {"mutate": name, "seed": seed, "thresholds": wanted}, wanted, earlier(plan, pairs, claims), (), len(pairs) + len(claims))
    run.collect(lambda done: claim_records(claims, lambda claim: assistant.check(claim.claim, only), [document], done))
    run.collect(lambda done: records_of(cut.asked, lambda pair, history: assistant.ask(pair.question, history, only), [document], done))
    if cut.copy is not None and not run.stopped:
        with tempfile.TemporaryDirectory() as folder:
            other = over(cut.copy, assistant, Path(folder) / "index")
            run.collect(lambda done: records_of(cut.gone, lambda pair, history: other.ask(pair.question, history), [cut.copy], done))
    run.journal.end(made(cut) | {"made_claims.jsonl": lines(c.to_dict() for c in claims)})
    return run.finish()


def over(copy: Document, assistant: Assistant, folder: Path) -> Assistant:
    """An assistant like another over one document alone."""
    store = Store(folder)
    store.update([Source(copy.raw.encode("utf-8"), copy)], lambda: assistant.embedder)
    return Assistant(store, assistant.embedder, assistant.reader, assistant.writer)


def made(cut: Cut) -> dict[str, str]:
    """The questions as pairs files and the copy they were cut from, for whoever wants to look."""
    files = {"made_asked.jsonl": lines(asdict(p) for p in cut.asked), "made_cut.jsonl": lines(asdict(p) for p in cut.gone)}
    return files | ({"made_copy.txt": cut.copy.raw} if cut.copy else {})
