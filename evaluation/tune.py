"""Fit the reader's weights: `python -m evaluation.tune data/qa.jsonl data/written.jsonl ../shared/reading/cmrc2018`.

Read are the pairs with "split": "tune" over data/report.md, the written reports with "split": "tune" (see qa/training/written.py: the reader
was not trained on these), and STRANGERS questions to other texts, which no report can answer (the folder has questions.jsonl; only
its training split is read). The ranking is fitted by listwise softmax over each question's hits, the probability by logistic regression
over the chosen ones; the threshold lets ANSWERED of the answerable questions through.
"""
from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from tqdm import tqdm

from evaluation.measures import holds
from evaluation.pairs import Pair, load_pairs
from index.embed import Embedder
from index.search import Searcher
from index.store import Source, Store
from ingest.chunk import read_document
from qa.question import KINDS, Question
from qa.read import LOOKED, WEIGHTS, candidates, look
from qa.signals import Signals, signals
from qa.spans import OnnxSpans

ANSWERED = 0.971
STRANGERS = 60
RANK_ONLY = ("score", "coverage", "part")  # they tell which sentence, not whether any: weighed, they only fit the tuning half
PART = {"rank": 2.5, "answerable": 1.5}  # set by hand: the reports have no byline or caption of their own to learn them from
STRANGE = -4.0  # set by hand: written paraphrases that share no word with their report would teach that strangeness speaks for an answer
NAMES = [field.name for field in fields(Signals)]
REPORT = Path(__file__).parents[1] / "data" / "report.md"


def fit_rank(rows: np.ndarray, right: np.ndarray, ridge: float = 0.02) -> np.ndarray:
    """(questions, hits, signals) and (questions, hits) of 0/1, one or more right each → weights, (signals,)."""
    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        logits = rows @ w
        p = np.exp(logits - logits.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        good = p * right
        q = good / good.sum(1, keepdims=True)
        gradient = np.einsum("qh,qhs->s", p - q, rows) / len(rows) + 2 * ridge * w / len(w)
        return -np.log(good.sum(1)).mean() + ridge * (w @ w) / len(w), gradient

    return minimize(loss, np.zeros(rows.shape[2]), jac=True, method="L-BFGS-B").x


def fit(x: np.ndarray, y: np.ndarray, kinds: list[str], answerable: np.ndarray) -> dict:
    """Signals (questions, hits, signals), right hits (questions, hits), kinds and answerable questions → one set of weights."""
    found = y.any(1)
    rank = fit_rank(x[found], y[found])
    rank[NAMES.index("part")] = PART["rank"]
    best = x[np.arange(len(x)), (x @ rank).argmax(1)]
    best[:, [NAMES.index(name) for name in RANK_ONLY]] = 0.0
    every = [name for name, _ in KINDS] + ["keyword", "other"]
    one_hot = np.array([[kind == name for name in every] for kind in kinds], float)
    model = LogisticRegression(C=0.1, class_weight="balanced").fit(np.hstack([best, one_hot]), answerable)
    odds = model.decision_function(np.hstack([best, one_hot]))
    threshold = float(1 / (1 + np.exp(-np.quantile(odds[answerable], 1 - ANSWERED))))
    right = y[np.arange(len(x)), (x @ rank).argmax(1)] > 0
    own = slice(0, len(x) - STRANGERS)  # of the mixture that users are taken to ask, strangers are no part
    confidence = {name: platt(odds[own], truth[own]) for name, truth in (("right", right), ("answerable", answerable))}
    weights, biases = model.coef_[0][:len(NAMES)], model.coef_[0][len(NAMES):] + model.intercept_[0]
    weights[NAMES.index("part")], weights[NAMES.index("strange")] = PART["answerable"], STRANGE
    return {"rank": dict(zip(NAMES, rank.round(3).tolist())), "answerable": dict(zip(NAMES, weights.round(3).tolist())),
            "bias": dict(zip(every, biases.round(3).tolist())), "threshold": round(threshold, 3),
            "confidence": confidence}


def platt(odds: np.ndarray, truth: np.ndarray) -> list[float]:
    """Slope and offset that turn log-odds into the log-odds of `truth` as it occurs (Platt 1999)."""
    model = LogisticRegression(C=100.0).fit(odds[:, None], truth)
    return [round(float(model.coef_[0, 0]), 3), round(float(model.intercept_[0]), 3)]


def strangers(folder: Path) -> list[Pair]:
    """Questions of the training split of a reading set, drawn with a fixed seed, as pairs without an answer."""
    rows = [json.loads(line) for line in (folder / "questions.jsonl").read_text("utf-8").splitlines()]
    asked = [row["question"] for row in rows if row["split"] == "train"]
    return [Pair(f"r{i}", question, (), ()) for i, question in enumerate(random.Random(1).sample(asked, STRANGERS))]


def written(path: Path) -> Iterator[tuple[str, list[Pair]]]:
    """The tuning reports among the written ones: each as Markdown, with its pairs."""
    for line in path.read_text("utf-8").splitlines():
        report = json.loads(line)
        if report["split"] == "tune":
            text = "\n\n".join(f"## {section['heading']}\n\n{''.join(section['sentences'])}" for section in report["sections"])
            yield text, [Pair(q["q"], q["q"], (q["answer"],) if q["answer"] else (), (q["sentence"],) if q["sentence"] else ()) for q in report["questions"]]


def searcher(text: str, date: tuple[int, int | None], embedder: Embedder) -> Searcher:
    """Search over one report."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "index")
        store.update([Source(text.encode("utf-8"), read_document("report.md", text, date))], lambda: embedder)
        return Searcher.build(store.read(), embedder)


def gather(pairs: list[Pair], search: Searcher, readers: dict[str, OnnxSpans | None]) -> tuple[dict[str, list], list, list[str]]:
    """For each pair the signals of its first LOOKED hits by reader (questions, hits, signals), which hits are right, and its kind."""
    rows: dict[str, list] = {name: [] for name in readers}
    right, kinds = [], []
    for pair in tqdm(pairs, file=sys.stderr, disable=None, leave=False):
        question = Question.of(pair.question)
        vector = search.embedder.query(pair.question)
        hits = candidates(question, lambda limit, kinds: search.search(pair.question, limit, vector, kinds=kinds))[:LOOKED]
        if len(hits) < LOOKED:
            continue
        kinds.append(question.kind)
        right.append([pair.answerable, [pair.answerable and holds(hit.sentence.text, pair) for hit in hits]])
        for name, spans in readers.items():
            found = (signals(question, hit, hits, window) for hit, window in zip(hits, look(spans, question, hits)))
            rows[name].append([[getattr(s, f) for f in NAMES] for s in found])
    return rows, right, kinds


def main(path: str, written_path: str, reading: str) -> None:
    embedder = Embedder.load(None)
    spans = OnnxSpans.load()
    readers = {"rules": None} | ({"spans": spans} if spans else {})
    own = [p for p in load_pairs(Path(path))[0] if p.split == "tune" and not p.history]
    digest = searcher(REPORT.read_text("utf-8"), (2022, 1), embedder)
    sets = [(own, digest), *((pairs, searcher(text, (2021, None), embedder)) for text, pairs in written(Path(written_path))), (strangers(Path(reading)), digest)]
    gathered = [gather(pairs, search, readers) for pairs, search in tqdm(sets, file=sys.stderr, disable=None)]
    right = [r for _, rights, _ in gathered for r in rights]
    answerable, y = np.array([a for a, _ in right]), np.array([r for _, r in right], float)
    kinds = [kind for *_, some in gathered for kind in some]
    weights = json.loads(WEIGHTS.read_text("utf-8")) if WEIGHTS.exists() else {}
    weights |= {name: fit(np.array([row for rows, _, _ in gathered for row in rows[name]], float), y, kinds, answerable) for name in readers}
    WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
