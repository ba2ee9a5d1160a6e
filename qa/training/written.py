"""Written reports with questions → rows: what a person asks of a report and what it does not say, each with the sentences that compete.

In: JSON Lines of {"split", "sections": [{"heading", "sentences": [text]}], "questions": [{"q", "answer", "sentence"}]}; "answer" is a part of
"sentence", both "" where the report does not say. Out: `Row`s of the reports whose split is "train"; those of "tune" are for
`evaluation.tune`. A window is one sentence under its heading, as the program reads it.
"""
import json

from .samples import Row


class Written:
    """The training reports of a file."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as f:
            self.reports = [report for report in map(json.loads, f) if report["split"] == "train"]

    def rows(self, rng, degrade, wrong=2):
        """For each question its sentence, and `wrong` of the four others most like question and answer in characters, as windows that do not answer."""
        out = []
        for report in self.reports:
            sentences = [(s, (section["heading"] + "：" if section["heading"] else "") + s) for section in report["sections"] for s in section["sentences"]]
            for q in report["questions"]:
                out += rows_of(rng, q, sentences, wrong, degrade)
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
    others = [w for s, w in others if not q["answer"] or q["answer"] not in s]
    some = rng.sample(others, min(wrong, len(others))) if q["sentence"] else others[:wrong]
    out = [Row(degrade(rng, q["q"]), window, -1, -1) for window in some]
    if q["sentence"]:
        window = next(w for s, w in sentences if s == q["sentence"])
        at = len(window) - len(q["sentence"]) + q["sentence"].index(q["answer"])
        out.append(Row(degrade(rng, q["q"]), window, at, at + len(q["answer"])))
    return out
