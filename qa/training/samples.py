"""Reading data → training rows: windows as the program makes them, hard negatives, degraded questions.

In: the folder with `cmrc2018` and `drcd` (passages.jsonl, questions.jsonl). Out: `Row`s. The dev split of CMRC2018 is
never trained on. Everything is drawn from a `random.Random` that the caller seeds.
"""
import json
import os
import re
from collections import defaultdict
from dataclasses import dataclass

SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]+[”’」』）)]*|[^。！？!?；;\n]+$")


@dataclass(frozen=True)
class Row:
    """One reading: a question, a window, the answer's place in the window (start < 0: it does not answer)."""
    question: str
    window: str
    start: int
    end: int


@dataclass(frozen=True)
class Question:
    text: str
    passage: str
    answers: tuple
    start: int
    end: int
    split: str


def sentences(text, longest=260):
    """Half-open ranges that cover `text`; a sentence longer than `longest` is cut at commas.

    >>> [ "一。二！三"[a:b] for a, b in sentences("一。二！三")]
    ['一。', '二！', '三']
    """
    out = []
    for m in SENTENCE.finditer(text):
        a, b = m.span()
        while b - a > longest:
            at = max(text.rfind("，", a + 40, a + longest), text.rfind("、", a + 40, a + longest), text.rfind(",", a + 40, a + longest))
            at = at + 1 if at > 0 else a + longest
            out.append((a, at))
            a = at
        out.append((a, b))
    return out


class Reading:
    """Passages with their sentences, and the questions whose answer stands in its passage."""

    def __init__(self, folder, simplify=None):
        self.passages, self.titles, self.ranges, self.questions = {}, {}, {}, []
        self.of_split = defaultdict(list)
        for name in ("cmrc2018", "drcd"):
            change = simplify if name == "drcd" and simplify else (lambda s: s)
            for line in open(os.path.join(folder, name, "passages.jsonl"), encoding="utf-8"):
                p = json.loads(line)
                self.passages[p["id"]] = change(p["text"])
                self.titles[p["id"]] = change(p["title"] or "")
                self.ranges[p["id"]] = sentences(self.passages[p["id"]])
                self.of_split[name + "-" + p["split"]].append(p["id"])
            for line in open(os.path.join(folder, name, "questions.jsonl"), encoding="utf-8"):
                q = json.loads(line)
                text = self.passages[q["passage_id"]]
                answers = tuple(change(a) for a in q["answers"])
                start = q["answer_starts"][0]
                if text[start:start + len(answers[0])] != answers[0]:
                    start = text.find(answers[0])
                if start < 0 or not answers[0]:
                    continue
                self.questions.append(Question(change(q["question"]), q["passage_id"], answers, start, start + len(answers[0]),
                                               name + "-" + q["split"]))

    def window(self, rng, passage, first, last, room, heading=0.75):
        """(window text, offset of the passage's characters in it): sentences first..last grown by neighbours to `room` characters."""
        r = self.ranges[passage]
        while True:
            grown = False
            for side in rng.sample((0, 1), 2):
                a, b = (first - 1, last) if side else (first, last + 1)
                if 0 <= a and b < len(r) and r[b][1] - r[a][0] <= room:
                    first, last, grown = a, b, True
                    break
            if not grown:
                break
        a, b = r[first][0], r[last][1]
        title = self.titles[passage]
        head = title + "：" if title and rng.random() < heading else ""
        return head + self.passages[passage][a:b], len(head) - a

    def covering(self, passage, start, end):
        """Indices of the first and last sentence that hold the range."""
        r = self.ranges[passage]
        inside = [i for i, (a, b) in enumerate(r) if a < end and b > start]
        return inside[0], inside[-1]

    def positive(self, rng, q):
        """The window with the answer, or None when it would be longer than a reader's window."""
        first, last = self.covering(q.passage, q.start, q.end)
        r = self.ranges[q.passage]
        if r[last][1] - r[first][0] > 330:
            return None
        text, shift = self.window(rng, q.passage, first, last, rng.choice((0, 60, 100, 140, 180, 240)))
        return Row(q.text, text, q.start + shift, q.end + shift)

    def without(self, rng, q, passage, i):
        """The window around sentence i as a negative for q, or None when it holds an answer of q."""
        text, _ = self.window(rng, passage, i, i, rng.choice((0, 0, 60, 120, 180)))
        if any(a in text for a in q.answers) or len(text) > 330:
            return None
        return Row(q.text, text, -1, -1)


def bm25_candidates(reading, questions, passages, k=12):
    """For each question the best k sentences of the given passages, as (passage, sentence index), best first; characters and pairs."""
    import bm25s
    places = [(p, i) for p in passages for i in range(len(reading.ranges[p]))]
    grams = lambda s: [s[i:i + n] for n in (1, 2) for i in range(len(s) - n + 1) if s[i:i + n].strip()]
    text = lambda p, i: reading.titles[p] + "：" + reading.passages[p][slice(*reading.ranges[p][i])]
    index = bm25s.BM25()
    index.index([grams(text(p, i)) for p, i in places], show_progress=False)
    best, _ = index.retrieve([grams(q.text) for q in questions], k=k, show_progress=False)
    return [[places[j] for j in row] for row in best]
