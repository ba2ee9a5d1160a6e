"""Measures of one reply against its Pair, by the names of the report: small functions, each with its convention.

A missing answer is a wrong one; a measure that does not apply to a pair is None, not 0. Ranks are counted over the distinct
passages of a reply; `relevant` holds the keys of those that hold the evidence (`places.Places`). success, rr and ndcg are `ir_measures`'.
"""
from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

import ir_measures
from ir_measures import RR, Success, nDCG

from evaluation.answers import exact, figure_match, items_found, overlap, right
from evaluation.pairs import Pair

LIMIT = 250
COVER = 0.6
RANKED = {"success@1": Success @ 1, "success@3": Success @ 3, "success@5": Success @ 5, "success@10": Success @ 10, "rr": RR, "ndcg@10": nDCG @ 10}

Place = tuple[str, int]  # a document and where in its file a passage begins


def covered(quote: str, snippet: str) -> float:
    """The share of a snippet's characters that a quotation holds, white space aside, in runs of four or more.

    >>> covered("甲乙丙丁戊己", "乙丙丁戊"), covered("甲乙丙丁", "丙丁戊己庚")
    (1.0, 0.0)
    """
    quote, snippet = "".join(quote.split()), "".join(snippet.split())
    if snippet in quote:
        return 1.0
    blocks = SequenceMatcher(None, snippet, quote, autojunk=False).get_matching_blocks()
    return sum(b.size for b in blocks if b.size >= 4) / len(snippet)


def holds(quote: str, pair: Pair) -> bool:
    """Whether a quotation holds the evidence: COVER of a snippet, at most LIMIT characters long."""
    return len(quote) <= LIMIT and any(covered(quote, snippet) >= COVER for snippet in pair.evidence)


def ranked(places: Sequence[Place], relevant: Collection[Place]) -> dict[str, float]:
    """success@k, reciprocal rank and nDCG@10 (one grade) of ranked passages; all 0 where nothing is relevant.

    >>> found = ranked([("a", 5), ("a", 0)], {("a", 0), ("a", 9)})
    >>> found["success@1"], found["success@3"], found["rr"], round(found["ndcg@10"], 4)
    (0.0, 1.0, 0.5, 0.3869)
    """
    names = {place: str(i) for i, place in enumerate(dict.fromkeys([*places, *relevant]))}
    run = {"q": {names[place]: -float(rank) for rank, place in enumerate(places)}}
    qrels = {"q": {names[place]: 1 for place in relevant} or {"": 1}}
    found = {metric.measure: metric.value for metric in ir_measures.iter_calc(list(RANKED.values()), qrels, run)}
    return {name: float(found[measure]) for name, measure in RANKED.items()}


def cited(quotes: Sequence[str], pair: Pair) -> tuple[float, float]:
    """(precision, recall) of a reply's citations: the share that hold evidence; the share of a list's evidence that is cited.

    Where no list is asked, several snippets are places that each suffice, and recall is whether one is cited. No citation: 0, 0.

    >>> pair = Pair("", "", ("甲、乙",), ("甲项是第一个项目", "乙项是第二个项目"), ("甲", "乙"))
    >>> cited(["甲项是第一个项目。", "今天天气很好。"], pair), cited([], pair)
    ((0.5, 0.5), (0.0, 0.0))
    """
    if not quotes or not pair.evidence:
        return 0.0, 0.0
    precision = sum(any(covered(quote, snippet) >= COVER for snippet in pair.evidence) for quote in quotes) / len(quotes)
    found = [any(covered(quote, snippet) >= COVER for quote in quotes) for snippet in pair.evidence]
    return precision, sum(found) / len(found) if pair.items else float(any(found))


def score(answer: dict, pair: Pair, verbatim: Sequence[bool], relevant: Collection[Place]) -> dict[str, float | None]:
    """All measures of one reply (the JSON form of an Answer; {"error"} for one that failed).

    verbatim: whether each citation reads in the file as it is quoted. `correct`: answer and first citation are right, or a
    refusal was due. `refused`, of pairs without an answer, is what `summary` makes precision, recall and F1 of.
    """
    quotes = [c["quote"] for c in answer.get("citations", [])]
    lock = {"verbatim": sum(verbatim) / len(verbatim) if verbatim else None}
    if not pair.answerable:
        refused = float(answer.get("status") == "not_found")
        return {**lock, "refused": refused, "correct": refused}
    short = answer.get("answer", "")
    first = float(bool(quotes) and holds(quotes[0], pair))
    precision, recall = cited(quotes, pair)
    return {
        "evidence@1": first, **ranked([(p["document"], p["spans"][0][0]) for p in answer.get("passages", [])], relevant), "answered": float(bool(quotes)),
        "answer_em": exact(short, pair.answers), "answer_f1": overlap(short, pair.answers), "figure_match": figure_match(short, pair),
        "items_f1": items_found(short, pair), "citation_precision": precision, "citation_recall": recall, **lock,
        "correct": float(bool(first) and right(short, pair))}


def wrong(answer: dict, pair: Pair, scores: dict[str, float | None]) -> list[str]:
    """What was wrong with a reply, in Chinese, for the one who reads the records; empty where nothing was."""
    found = [f"出错:{answer['error']}"] if "error" in answer else []
    if scores.get("refused") == 0.0 and "error" not in answer:
        found.append("报道没有说,却作了答")
    if pair.answerable and "error" not in answer:
        if not scores["answered"]:
            found.append("报道说了,却没有答")
        elif not scores["evidence@1"]:
            found.append("第一条引文不是依据")
        if scores["answered"] and not right(answer["answer"], pair):
            found.append(f"短答案不对(应为“{pair.answers[0]}”)")
        if not scores["success@10"]:
            found.append("前十段里没有依据")
    if scores["verbatim"] not in (None, 1.0):
        found.append("引文与原文不一致")
    return found
