"""Reports with judged claims → rows: a claim beside the sentences that it is about, and whether they bear it out.

In: JSON Lines of {"id", "split", "date", "sections": [{"heading", "sentences": [text]}], "claims": [{"claim", "verdict", "figures": [{"text", "verdict"}],
"sentences": [text]}]}, and the written reports (`written.py`), whose claims have one figure and one sentence. Out: `Judged` rows as
`figures.entail` puts them to the model, one for each figure and one for the claim as a whole. Figures whose value the
sentences do not have give none: the rules tell values apart.
"""
import json
import os
import random
import re
from dataclasses import dataclass, replace

from figures.compare import comparable
from figures.entail import Placed, agreeing, figures_in, joined, shown
from figures.owner import name_of
from figures.verdict import CONTRADICTED, NOT_MENTIONED, SUPPORTED
from quantities.parse import parse

from .written import near, verbatim

VERDICTS = (SUPPORTED, CONTRADICTED, NOT_MENTIONED)  # in the order of the model's outputs
WHEN = ("date", "time", "duration")
SWAPS, NAMES = 8, 4  # a report
PARTICLES = re.compile("已经|已|一共|总共|共(?!同|享|建|有|产)|其中|(?<=[^为除])了(?![解一])")
AMOUNTS = re.compile("(?:达到|达|为|是|有|共有|共)$")


@dataclass(frozen=True)
class Judged:
    """One reading. question, window: claim and evidence, with brackets around what agrees; label: a place in VERDICTS."""
    question: str
    window: str
    label: int
    source: str


def rows(path, written=None, split="train"):
    """The rows of one split of the judged reports and the written ones; those to measure on have none that are made up. Seeded by the reports' names."""
    out = []
    for file, read in ((path, rows_of), (written or os.devnull, one)):
        with open(file, encoding="utf-8") as f:
            for report in map(json.loads, f):
                if report["split"] == split and report["sections"] and report.get("claims"):
                    told, date = sentences_of(report), date_of(report)
                    out += made(report["id"], told, date) if split == "train" else []
                    for claim in report["claims"]:
                        out += read(report["id"], claim, told, date)
    return out


def date_of(report):
    """(year, month) in which a report speaks."""
    return tuple(int(n) for n in re.findall("[0-9]+", report.get("date") or ""))[:2] or None


def sentences_of(report):
    return [Placed(h, i, text, section["heading"], section["sentences"][i - 1] if i else "")
            for h, section in enumerate(report["sections"]) for i, text in enumerate(section["sentences"])]


def judged(source, claim, figure, picked, verdict, date):
    """[the row] of a claim, or of one figure of it: none where the evidence lacks the figure's value, or that of a claim which is not supported."""
    claim, window = claim.rstrip("。"), joined(picked)
    at = claim.find(figure) if figure else 0
    ours = [q for q in figures_in(claim, date) if not figure or q.start < at + len(figure) and at < q.end]
    agree = agreeing(ours, figures_in(window, date))
    if at < 0 or figure and (not ours or not all(agree.values())) or verdict != SUPPORTED and any(not found and q.kind not in WHEN for q, found in agree.items()):
        return []
    return [Judged(*shown(claim, window, agree), VERDICTS.index(verdict), source)]


def rows_of(source, claim, told, date):
    """The rows of a claim: as a whole, of each figure (of a wrong claim where one of them carries its verdict), and beside a sentence that is not about it."""
    text, verdict, figures = claim["claim"], claim["verdict"], claim["figures"]
    own = [s for s in told if s.text in claim["sentences"]]
    out = judged(source, text, "", own, verdict, date)
    for f in figures:
        if verdict == SUPPORTED or f["verdict"] != SUPPORTED or len(figures) > 1 and any(g["verdict"] == verdict for g in figures):
            out += judged(source, text, f["text"], own, f["verdict"], date)
    if verdict == SUPPORTED and len(text) % 2 == 0:
        others = max((s for s in told if s.text not in claim["sentences"]), key=lambda s: near(text, s.text))
        out += judged(source, text, "", [others], NOT_MENTIONED, date)
    return out


def one(source, claim, told, date):
    """The row of a written claim: one figure or none, one sentence or the nearest."""
    value = "".join(c for c in claim["figure"] if c.isdigit() or c == ".")
    own = [s for s in told if s.text == claim["sentence"]] or sorted(told, key=lambda s: (not (value and value in s.text), -near(claim["claim"], s.text)))[:1]
    return judged(source, claim["claim"], claim["figure"], own, claim["verdict"] if claim["sentence"] else NOT_MENTIONED, date)


def made(source, told, date):
    """Claims near a report's own words: right ones, such with two figures of a sentence in each other's place, and such of another body's name."""
    rng, out = random.Random(source), []

    def piece(text, q, rate):
        """A range around a figure: its piece, or as often as 1 - rate the rest of the sentence, on either side."""
        ends = [i for c in "，；。" if (i := text.find(c, q.start + len(q.text))) > 0]
        return max(text.rfind(c, 0, q.start) for c in "，；。") + 1 if rng.random() < rate else 0, min(ends) if ends and rng.random() < rate else len(text)

    for n, claim in enumerate(verbatim(rng, [(s.text, s.text) for s in told], 16, 4)):
        s, text = next(s for s in told if s.text == claim["sentence"]), claim["claim"].rstrip("。")
        if claim["figure"] and n % 2:
            text = named(rng, vary(rng, text, claim["figure"]), s.text)
        out += judged(source, text, claim["figure"], [s], SUPPORTED, date)
    facts = {s: [q for q in parse(s.text) if not q.weak and q.kind not in ("date", "time") and s.text.count(q.text) == 1] for s in told}
    pairs = [(s, rng.choice(both)) for s in rng.sample(told, len(told)) if (both := [(a, b) for i, a in enumerate(facts[s]) for b in facts[s][i + 1:] if comparable(a, b)])]
    for n, (s, (a, b)) in enumerate(pairs[:SWAPS]):
        text = s.text[:a.start] + b.text + s.text[a.end:b.start] + a.text + s.text[b.end:]
        start, end = piece(text, replace(a, text=b.text), 0.6)
        text = text[start:end].rstrip("。")
        out += judged(source, named(rng, vary(rng, text, b.text), s.text) if n % 2 else text, b.text, [s], CONTRADICTED, date)
    names = [(s, name) for s in told if len(name := name_of(s.text)) > 2 and facts[s]]
    left = NAMES
    for s, own in rng.sample(names, len(names)):
        others = [name for _, name in names if name[-1] == own[-1] and name not in own and own not in name and name not in joined([s])]
        if others and left:
            q = rng.choice(facts[s])
            start, end = piece(s.text, q, 1.0)
            out += judged(source, rng.choice(others) + vary(rng, s.text[start:end].replace(own, ""), q.text), q.text, [s], CONTRADICTED, date)
            left -= 1
    return out


def vary(rng, text, figure):
    """A claim near a report's words: particles are dropped, and the word before the figure is another.

    >>> "园区建成厂房为12座" in {vary(random.Random(n), "园区已建成厂房达到12座", "12座") for n in range(60)}
    True
    """
    at = text.find(figure)
    if at < 0:
        return text
    head = PARTICLES.sub(lambda m: "" if rng.random() < 0.6 else m[0], text[:at])
    if figure[0].isdigit():
        if m := AMOUNTS.search(head):
            head = head[:m.start()] + rng.choice(["", "为", "达", "有", "达到", "共", m[0]])
        elif head and head[-1] not in "，、；的由从至到比较约近逾超过" and rng.random() < 0.4:
            head += rng.choice(["为", "达", "有", "共", "是"])
    return (head + text[at:]).strip("，；。")


def named(rng, text, sentence):
    """A claim behind the name that opens its sentence, mostly, where it lacks that."""
    name = name_of(sentence)
    return name + text if name and name not in text and rng.random() < 0.7 else text
