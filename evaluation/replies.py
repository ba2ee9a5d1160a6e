"""Pairs and claims through the program → scored records, one a question or claim, as they are done.

A question that fails is one wrong answer, with its error. The turns of a dialogue see what was answered before them.
"""
from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

from tqdm import tqdm

from evaluation.claims import Claim, score_claim
from evaluation.measures import score, wrong
from evaluation.pairs import Pair
from evaluation.places import Places
from figures.verdict import CheckResult
from ingest.document import Document
from qa.answer import Answer
from qa.assistant import Turn

Ask = Callable[[Pair, tuple[Turn, ...]], Answer]
Check = Callable[[Claim], CheckResult]


def verbatim(citations: Sequence[dict], documents: Mapping[str, Document]) -> list[bool]:
    """Of each citation, whether its spans read in its file exactly what it quotes."""
    def holds(c: dict) -> bool:
        try:
            return c["quote"] != "" and documents[c["document"]].quote(tuple(map(tuple, c["spans"]))) == c["quote"]
        except (KeyError, ValueError):
            return False
    return [holds(c) for c in citations]


def records_of(pairs: Sequence[Pair], ask: Ask, documents: Sequence[Document], done: Mapping[str, dict] = {}, bar: bool = True) -> Iterator[dict]:
    """One record a pair, in order. done: records of an earlier run by key; their answers are scored again, not asked again."""
    places, named = Places(documents), {d.name: d for d in documents}
    turns: dict[str, dict[tuple[str, ...], Turn]] = {}
    for pair in tqdm(pairs, desc="正在评测", unit="问", file=sys.stderr, leave=False, disable=None if bar else True):
        before = turns.setdefault(pair.unit, {})
        history = tuple(before.get(pair.history[:n], Turn(question)) for n, question in enumerate(pair.history))
        answer = done[pair.key]["answer"] if pair.key in done else tried(lambda: ask(pair, history).to_dict(pair.id), pair.id)
        before[pair.history] = Turn(pair.question, answer.get("answer", ""))
        scores = score(answer, pair, verbatim(answer.get("citations", []), named), places.relevant(pair))
        yield {"kind": "pair", "id": pair.id, "key": pair.key, "unit": pair.unit or pair.id, "question": pair.question, "history": pair.history, "answerable": pair.answerable,
               "tags": pair.tags, "section": places.section(pair), "split": pair.split, "answers": pair.answers, "evidence": pair.evidence,
               "evidence_found": bool(places.of(pair)) if pair.evidence else None, "answer": answer, "scores": scores, "wrong": wrong(answer, pair, scores)}


def claim_records(claims: Sequence[Claim], check: Check, documents: Sequence[Document], done: Mapping[str, dict] = {}, bar: bool = True) -> Iterator[dict]:
    """One record a claim, in order; `done` as for pairs."""
    named = {d.name: d for d in documents}
    for claim in tqdm(claims, desc="正在核查", unit="句", file=sys.stderr, leave=False, disable=None if bar else True):
        result = done[claim.key]["result"] if claim.key in done else tried(lambda: check(claim).to_dict(claim.id), claim.id)
        scores = score_claim(result, claim, verbatim(result.get("citations", []), named))
        faults = [f"出错:{result['error']}"] if "error" in result else []
        faults += [f"应为 {claim.verdict},判为 {result['verdict']}"] if "verdict" in result and not scores["verdict_accuracy"] else []
        faults += ["把报道没有说的判为相符"] if scores["wrong_supported"] else []
        yield {"kind": "claim", "id": claim.id, "key": claim.key, "unit": claim.id, "claim": claim.claim, "expected": claim.verdict, "tags": claim.tags, "split": claim.split,
               "result": result, "scores": scores, "wrong": faults}


def tried(reply: Callable[[], dict], identity: str) -> dict:
    """A reply, or what it failed with: counted as wrong, never dropped."""
    try:
        return reply()
    except Exception as error:  # whatever it is, it is this question's alone
        return {"id": identity, "status": "error", "error": f"{type(error).__name__}: {error}"}
