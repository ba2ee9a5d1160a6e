"""Written reports with questions and claims → rows: what a person asks or says of a report, each with the sentences that compete.

In: JSON Lines of {"split", "sections": [{"heading", "sentences": [text]}], "questions": [{"q", "answer", "sentence"}], "claims":
[{"claim", "figure", "verdict", "answer", "sentence"}]}; "answer" is a part of "sentence", both "" where the report does not say;
"figure" is the claim's, which "answer" supports or contradicts, "" where the claim is a statement. Out: `Row`s of the reports whose
split is "train"; those of "tune" are for `evaluation.tune`. A window is one sentence as the program reads it. Questions
of an entry without sections are put to the others' sentences.
"""
import json
import re

from figures.line import Line
from figures.witness import asked_of, asking
from qa.context import TAKES_UP
from quantities.parse import parse

from .samples import Row

PIECE = re.compile(r"(?:[^，,；;。！？]|(?<=[0-9]),(?=[0-9]))+")


class Written:
    """The training reports of a file."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as f:
            self.reports = [report for report in map(json.loads, f) if report["split"] == "train"]

    def rows(self, rng, degrade, wrong=2):
        """For each question its sentence, and `wrong` of the four others most like question and answer in characters, as windows that do not answer."""
        out = []
        told = [report for report in self.reports if report["sections"]]
        for report in self.reports:
            sentences = windows_of(report)
            for q in report["questions"]:
                out += rows_of(rng, q, sentences or windows_of(rng.choice(told)), wrong, degrade)
            for claim in [*report.get("claims", ()), *verbatim(rng, sentences)]:
                out += rows_of_claim(rng, claim, sentences, wrong)
        return out


def windows_of(report):
    """(text, window) of each sentence of a report: under its heading, and behind the sentence before where it takes that up."""
    out = []
    for section in report["sections"]:
        for before, s in zip(["", *section["sentences"]], section["sentences"]):
            out.append((s, (section["heading"] + "：" if section["heading"] else "") + (before if TAKES_UP.match(s) else "") + s))
    return out


def near(question, text):
    """How many pairs of characters of a question a text has.

    >>> near("新增多少家企业", "企业新增3家")
    2
    """
    pairs = {question[i:i + 2] for i in range(len(question) - 1)}
    return sum(pair in text for pair in pairs)


def rows_of(rng, q, sentences, wrong, degrade):
    """The rows of one question; sentences: (text, window) of its report."""
    alike = q["q"] + q["sentence"]  # what stands beside an answer resembles it, however the question is worded
    ranked = sorted((pair for pair in sentences if pair[0] != q["sentence"]), key=lambda pair: (-near(alike, pair[1]), rng.random()))
    others = ranked[:4] if q["sentence"] else ranked[:1] + rng.sample(ranked[1:5], 3)
    others = [w for s, w in others if not q["answer"] or q["answer"] not in w]
    some = rng.sample(others, min(wrong, len(others))) if q["sentence"] else others[:wrong]
    out = [Row(degrade(rng, q["q"]), window, -1, -1) for window in some]
    if q["sentence"]:
        window = next(w for s, w in sentences if s == q["sentence"])
        at = len(window) - len(q["sentence"]) + q["sentence"].index(q["answer"])
        out.append(Row(degrade(rng, q["q"]), window, at, at + len(q["answer"])))
    return out


def verbatim(rng, sentences, figures=8, statements=3):
    """Claims in the words of a report, whole sentences and clauses of them: written claims are retold, and without these only what is retold would be taken for true."""
    out = []
    for text, _ in rng.sample(sentences, len(sentences)):
        pieces = [m.span() for m in PIECE.finditer(text)]
        found = [q for q in parse(text) if not q.weak and text.count(q.text) == 1]
        bare = [text[s:e] for s, e in pieces if e - s > 8 and not any(s <= q.start < e for q in parse(text))]
        if found and figures:
            figures -= 1
            q = rng.choice(found)
            s, e = next((s, e) for s, e in pieces if s <= q.start < e) if rng.random() < 0.5 else (0, len(text))
            head = text[slice(*pieces[0])] + "，" if s and rng.random() < 0.7 and not any(f.start < pieces[0][1] and f.kind not in ("date", "time") for f in found) else ""
            out.append({"claim": head + text[s:e].rstrip("。") + "。", "figure": q.text, "verdict": "supported", "answer": q.text, "sentence": text})
        elif bare and statements:
            statements -= 1
            piece = rng.choice(bare)
            out.append({"claim": piece, "figure": "", "verdict": "supported", "answer": piece, "sentence": text})
    return out


def rows_of_claim(rng, claim, sentences, wrong):
    """The rows of one claim: asked for its figure, the sentence that has the report's; as a statement, a sentence that says the same, and none that says otherwise."""
    text, sentence, answer = claim["claim"], claim["sentence"], claim["answer"]
    line = Line.read(text)
    at = text.index(claim["figure"])
    figure = next((q for q in line.figures if claim["figure"] and q.start < at + len(claim["figure"]) and at < q.end), None)
    if claim["figure"] and figure is None:
        return []
    question = text.rstrip("。") if not figure else asking(text, figure) if rng.random() < 0.4 else asked_of(line, figure)
    value = "".join(c for c in claim["figure"] if c.isdigit() or c == ".")
    ranked = sorted((pair for pair in sentences if pair[0] != sentence),
                    key=lambda pair: (-(not sentence and bool(value) and value in pair[0]), -near(text + sentence, pair[1]), rng.random()))
    others = [w for s, w in ranked[:4] if not answer or answer not in w]
    some = others[:wrong] if not sentence else rng.sample(others, min(len(others), 1))
    out = [Row(question, window, -1, -1) for window in some]
    if sentence:
        window = next(w for s, w in sentences if s == sentence)
        at = len(window) - len(sentence) + sentence.index(answer)
        says = bool(figure) or claim["verdict"] == "supported"
        out.append(Row(question, window, at, at + len(answer)) if says else Row(question, window, -1, -1))
    return out
