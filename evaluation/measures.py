"""Measures of one reply against its Pair, and of many: small functions by the names of the report.

A missing answer is a wrong one; a measure that does not apply to a pair is None, not 0.
"""
from __future__ import annotations

import re
from difflib import SequenceMatcher

from evaluation.pairs import Pair
from quantities.parse import equal, parse

LIMIT = 250
COVER = 0.6


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


def bare(text: str) -> str:
    """A short answer without case, white space and punctuation, as CMRC2018's scorer has it.

    >>> bare("“四上” 企业。")
    '四上企业'
    """
    return re.sub(r"[^\w]|_", "", text.lower())


def answer_em(answer: str, pair: Pair) -> float:
    """Exact match of the short answer with one of the right ones."""
    return float(any(bare(answer) == bare(right) for right in pair.answers))


def answer_f1(answer: str, pair: Pair) -> float:
    """Character F1 over the longest common substring, the best over the right answers (CMRC2018)."""
    def f1(right: str) -> float:
        a, b = bare(answer), bare(right)
        common = SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size
        return 2 * common / (len(a) + len(b)) if common else 0.0
    return max(map(f1, pair.answers))


def figure_match(answer: str, pair: Pair) -> float | None:
    """Whether the answer is the right figure by value and holds no second one; None where no figure is asked.

    >>> pair = Pair("", "", ("2.5亿元",), ())
    >>> figure_match("25000万元", pair), figure_match("2.5亿元,增长3%", pair), figure_match("没有", Pair("", "", ("有",), ()))
    (1.0, 0.0, None)
    """
    rights = [figures for right in pair.answers if len(figures := parse(right)) == 1]
    if not rights or not re.search(r"\d|[一二两三四五六七八九十百千]", pair.answers[0]) or pair.items:
        return None
    given = parse(answer)
    return float(len(given) == 1 and any(equal(given[0], right[0]) for right in rights))


def items_found(answer: str, pair: Pair) -> float | None:
    """F1 over a list's items, split at 、; None where no list is asked."""
    if not pair.items:
        return None
    given = [bare(part) for part in re.split("[、,，;；]", answer) if bare(part)]
    hits = sum(any(bare(item) in part or (part in bare(item) and len(part) > 1) for part in given) for item in pair.items)
    extra = sum(not any(bare(item) in part or part in bare(item) for item in pair.items) for part in given)
    return 2 * hits / (2 * hits + extra + len(pair.items) - hits) if hits else 0.0


def score(answer: dict, pair: Pair, verbatim: list[bool]) -> dict[str, float | None]:
    """All measures of one reply (the JSON form of an Answer); refusals are counted by `summary`."""
    quotes = [c["quote"] for c in answer.get("citations", [])]
    texts = [p["text"] for p in answer.get("passages", [])]
    found = [any(covered(text, snippet) >= COVER for snippet in pair.evidence) for text in texts]
    on = pair.answerable
    short = answer.get("answer", "")
    return {
        "evidence@1": float(bool(quotes) and holds(quotes[0], pair)) if on else None,
        "success@1": float(any(found[:1])) if on else None, "success@5": float(any(found[:5])) if on else None,
        "answered": float(bool(quotes)) if on else None,
        "answer_em": answer_em(short, pair) if on else None, "answer_f1": answer_f1(short, pair) if on else None,
        "figure_match": figure_match(short, pair) if on else None, "items_f1": items_found(short, pair) if on else None,
        "verbatim": sum(verbatim) / len(verbatim) if verbatim else None,
        "refused": None if on else float(not quotes)}


def summary(records: list[dict]) -> dict[str, dict]:
    """{name: {"value", "n"}} over scored records; refusals as precision, recall and F1 of "not found"."""
    names = dict.fromkeys(name for record in records for name in record["scores"])
    measures = {}
    for name in names:
        values = [record["scores"][name] for record in records if record["scores"].get(name) is not None]
        if values and name != "refused":
            measures[name] = {"value": sum(values) / len(values), "n": len(values)}
    refused = [r for r in records if r["answer"].get("status") == "not_found"]
    due = [r for r in records if not r["answerable"]]
    right = sum(not r["answerable"] for r in refused)
    precision, recall = right / len(refused) if refused else 0.0, right / len(due) if due else 0.0
    if due:
        measures["refusal_precision"] = {"value": precision, "n": len(refused)}
        measures["refusal_recall"] = {"value": recall, "n": len(due)}
        measures["refusal_f1"] = {"value": 2 * precision * recall / (precision + recall) if right else 0.0, "n": len(records)}
    return measures
