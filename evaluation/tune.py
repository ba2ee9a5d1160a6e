"""Fit the reader's weights on the tuning half of a pairs file: `python -m evaluation.tune data/qa.jsonl`.

Only pairs with "split": "tune" are read. The ranking is fitted by listwise softmax over each question's hits, the
probability by logistic regression over the chosen ones; the threshold lets ANSWERED of the answerable questions through.
"""
from __future__ import annotations

import json
import sys
from dataclasses import fields
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from evaluation.measures import holds
from evaluation.pairs import load_pairs
from qa.assistant import HITS, Assistant
from qa.question import Question
from qa.read import WEIGHTS
from qa.settings import Settings
from qa.signals import Signals, signals

ANSWERED = 0.97
PRIOR = {"part": 2.0}  # what the pairs are too few to tell: a headline or a byline that is asked for
NAMES = [field.name for field in fields(Signals)]


def fit_rank(rows: np.ndarray, right: np.ndarray, prior: np.ndarray, ridge: float = 0.02) -> np.ndarray:
    """(questions, hits, signals) and (questions, hits) of 0/1, one or more right each → weights, (signals,), near `prior`."""
    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        logits = rows @ w
        p = np.exp(logits - logits.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        good = p * right
        q = good / good.sum(1, keepdims=True)
        gradient = np.einsum("qh,qhs->s", p - q, rows) / len(rows) + 2 * ridge * (w - prior) / len(w)
        return -np.log(good.sum(1)).mean() + ridge * ((w - prior) @ (w - prior)) / len(w), gradient

    return minimize(loss, prior, jac=True, method="L-BFGS-B").x


def main(path: str) -> None:
    pairs = [p for p in load_pairs(Path(path))[0] if p.split == "tune" and not p.history]
    assistant = Assistant.open(Settings.read())
    rows, right = [], []
    for pair in pairs:
        question = Question.of(pair.question)
        hits = assistant.search(pair.question, HITS)
        rows.append([[getattr(s, name) for name in NAMES] for s in (signals(question, hit, hits) for hit in hits)])
        right.append([pair.answerable and holds(hit.sentence.text, pair) for hit in hits])
    x, y = np.array(rows, float), np.array(right, float)
    answerable = np.array([pair.answerable for pair in pairs])
    found = y.any(1)
    rank = fit_rank(x[found], y[found], np.array([PRIOR.get(name, 0.0) for name in NAMES]))
    best = x[np.arange(len(x)), (x @ rank).argmax(1)]
    model = LogisticRegression(class_weight="balanced").fit(best, answerable)
    threshold = float(np.quantile(model.predict_proba(best)[answerable, 1], 1 - ANSWERED))
    WEIGHTS.write_text(json.dumps({
        "rank": dict(zip(NAMES, rank.round(3).tolist())), "answerable": dict(zip(NAMES, model.coef_[0].round(3).tolist())),
        "bias": round(float(model.intercept_[0]), 3), "threshold": round(threshold, 3)}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
