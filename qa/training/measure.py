"""Measures of a reader: exact match, character F1 (CMRC convention), answerable AUC, the right window among eight.

In: a `predict(rows)` callable: [(question, window)] → [Reading]. Out: a dict of numbers in 0…1.
"""
import random
import re
import unicodedata
from dataclasses import dataclass

import numpy as np

from qa.pieces import places
from .samples import bm25_candidates

LONGEST = 80                     # characters of a span


@dataclass(frozen=True)
class Reading:
    """The best span of a window in characters, its score, the score of "no answer", the probability that the window answers."""
    start: int
    end: int
    score: float
    null: float
    answerable: float


def decode(row, pieces, start, end, window):
    """Logits of one row → (start, end, span score, null score, start per character, end per character).

    start, end: float [T, PLACES]; characters that no edge may take hold -1e4.
    """
    n = len(window)
    first, last = np.full(n, -1e4, np.float32), np.full(n, -1e4, np.float32)
    ids, _, spans = row
    for t, span in enumerate(spans):
        if span:
            for k in range(places(pieces[ids[t]], span) if ids[t] > 3 else 1):
                first[span[0] + k] = start[t, k]
                last[span[1] - 1 - k] = end[t, k]
    null = float(start[0, 0] + end[0, 0])
    best = (-2e4, 0, 0)
    for a in np.argsort(-first)[:10]:
        tail = last[a:a + LONGEST]
        if len(tail):
            b = int(tail.argmax())
            best = max(best, (float(first[a] + tail[b]), int(a), int(a) + b + 1))
    return best[1], best[2], best[0], null, first, last


def _units(text):
    """Characters, Latin words and figures of a text without punctuation.

    >>> _units("《GDP》增长3.5%")
    ['gdp', '增', '长', '35']
    """
    text = "".join(c for c in text.lower() if unicodedata.category(c)[0] not in "PSZ")
    return re.findall(r"[a-z0-9]+|.", text)


def f1(answer, gold):
    """Longest common run over characters, as CMRC2018 counts.

    >>> round(f1("147家企业", "147家"), 3)
    0.667
    """
    a, g = _units(answer), _units(gold)
    table, best = [0] * (len(g) + 1), 0
    for x in a:
        row = [0] * (len(g) + 1)
        for j, y in enumerate(g):
            if x == y:
                row[j + 1] = table[j] + 1
                best = max(best, row[j + 1])
        table = row
    return 2 * best / (len(a) + len(g)) if best else 0.0


def exact(answer, gold):
    return _units(answer) == _units(gold)


def auc(good, bad):
    """Probability that a good one scores above a bad one; ties count half.

    >>> auc([3, 2], [1, 2])
    0.875
    """
    if not len(good) or not len(bad):
        return float("nan")
    both = np.concatenate([good, bad])
    _, inverse, counts = np.unique(both, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((rank[:len(good)].sum() - len(good) * (len(good) + 1) / 2) / (len(good) * len(bad)))


def logit(reading):
    p = min(max(reading.answerable, 1e-6), 1 - 1e-6)
    return float(np.log(p / (1 - p)))


def strength(reading):
    """One score for ordering windows: the answerable logit and the span's margin over "no answer"."""
    return logit(reading) + 0.5 * float(np.clip(reading.score - reading.null, -20, 20))


class Bench:
    """Fixed questions of CMRC2018 dev: their own windows, eight retrieved sentences, altered questions, made-up reports."""

    def __init__(self, reading, alter=None, split="cmrc2018-dev", questions=500, retrieved=300, seed=7):
        from .reports import made_up
        rng = random.Random(seed)
        asked = [q for q in reading.questions if q.split == split]
        asked = rng.sample(asked, min(questions, len(asked)))
        self.own, self.other, self.altered, self.pairs = [], [], [], []
        for q in asked:
            good = reading.positive(rng, q)
            if not good:
                continue
            self.own.append((q, good))
            bad = [reading.without(rng, q, q.passage, i) for i in range(len(reading.ranges[q.passage]))]
            bad = [b for b in bad if b]
            if bad:
                self.other.append(rng.choice(bad))
            changed = alter and alter(rng, q.text, good.window)
            if changed:
                self.altered.append((changed, good.window))
                self.pairs.append(len(self.own) - 1)
        self.found = []
        if retrieved:
            few = asked[:retrieved]
            for q, best in zip(few, bm25_candidates(reading, few, reading.of_split[split], k=8)):
                windows = []
                for p, i in best:
                    a, b = reading.ranges[p][i]
                    title = reading.titles[p]
                    windows.append((p, (title + "：" if title else "") + reading.passages[p][a:b]))
                self.found.append((q, windows))
        self.reports = made_up(random.Random(seed + 1), 300)

    def run(self, predict):
        out = {}
        got = predict([(g.question, g.window) for _, g in self.own])
        texts = [g.window[r.start:r.end] for r, (_, g) in zip(got, self.own)]
        out["em"] = np.mean([any(exact(t, a) for a in q.answers) for t, (q, _) in zip(texts, self.own)])
        out["f1"] = np.mean([max(f1(t, a) for a in q.answers) for t, (q, _) in zip(texts, self.own)])
        bad = predict([(r.question, r.window) for r in self.other])
        for name, score in (("auc_ans", logit), ("auc_span", lambda r: r.score - r.null), ("auc", strength)):
            out[name] = auc([score(r) for r in got], [score(r) for r in bad])
        if self.altered:
            near = predict(self.altered)
            out["near_auc"] = auc([strength(got[i]) for i in self.pairs], [strength(r) for r in near])
            out["near_pair"] = np.mean([strength(got[i]) > strength(r) for i, r in zip(self.pairs, near)])
        made = predict([(r.question, r.window) for r in self.reports])
        yes = [(m, r) for m, r in zip(made, self.reports) if r.start >= 0]
        out["made_em"] = np.mean([(m.start, m.end) == (r.start, r.end) for m, r in yes])
        out["made_auc"] = auc([strength(m) for m, _ in yes], [strength(m) for m, r in zip(made, self.reports) if r.start < 0])
        if self.found:
            flat = predict([(q.text, w) for q, ws in self.found for _, w in ws])
            right, first, found, ems, f1s = [], [], [], [], []
            for n, (q, ws) in enumerate(self.found):
                mine = flat[8 * n:8 * n + len(ws)]
                holds = [p == q.passage and any(a in w for a in q.answers) for p, w in ws]
                i = int(np.argmax([strength(m) for m in mine]))
                found.append(any(holds)); first.append(holds[0]); right.append(holds[i])
                t = ws[i][1][mine[i].start:mine[i].end]
                ems.append(any(exact(t, a) for a in q.answers)); f1s.append(max(f1(t, a) for a in q.answers))
            out.update({"in8": np.mean(found), "bm25@1": np.mean(first), "read@1": np.mean(right), "read_em": np.mean(ems), "read_f1": np.mean(f1s)})
        return {k: round(float(v), 4) for k, v in out.items()}
