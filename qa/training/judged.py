"""Reports with judged claims → rows: a claim beside the sentences that it is about, and whether they bear it out.

In: JSON Lines of {"id", "split", "title", "date", "sections": [{"heading", "sentences": [text]}], "claims": [{"claim", "verdict", "figures": {text: verdict},
"sentences": [their numbers, from 0 through all sections]}]}, and the written reports (`written.py`), whose claims have one figure and one sentence. Out: `Judged` rows as
`figures.evidence` puts them to the model, one for each figure and one for the claim as a whole. Figures whose value the
sentences do not have give none: the rules tell values apart.
"""
import json
import os
import random
import re
from dataclasses import dataclass, replace

from figures.compare import comparable
from figures.evidence import Placed, agreeing, joined, names_in, read, shown
from figures.owner import name_of
from figures.topics import BACK
from figures.verdict import CONTRADICTED, NOT_MENTIONED, SUPPORTED
from quantities.parse import parse

from .written import near, verbatim

VERDICTS = (SUPPORTED, CONTRADICTED, NOT_MENTIONED)  # in the order of the model's outputs
WHEN = ("date", "time", "duration")
SWAPS, NAMES, TURNS = 8, 4, 8  # a report
PARTICLES = re.compile("已经|已|一共|总共|共(?!同|享|建|有|产)|其中|(?<=[^为除])了(?![解一])")
DONE = re.compile("建成|投产|投用|完成|开工|签约|入驻|落户|通车|竣工|获批|启动|上线|交付|成立|引进|(?<!已)达到?(?=[0-9])")
ACROSS = re.compile("[，；]|(?<![、和与及])[向给由被把将比对替](?![、和与及])")  # what stands between words that do not change places without a change of meaning
PLANNED = re.compile("将|拟|计划|力争|预计|争取|目标|要|未|没|不|尚")
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
    for file, of in ((path, rows_of), (written or os.devnull, one)):
        with open(file, encoding="utf-8") as f:
            for report in map(json.loads, f):
                if report["split"] == split and report["sections"] and report.get("claims"):
                    told = sentences_of(report)
                    out += made(report, told) if split == "train" else []
                    for claim in report["claims"]:
                        out += of(report, claim, told)
    return out


def date_of(report):
    """(year, month) in which a report speaks."""
    return tuple(int(n) for n in re.findall("[0-9]+", report.get("date") or ""))[:2] or None


def sentences_of(report):
    return [Placed(h, i, text, section["heading"], tuple(section["sentences"][max(0, i - BACK):i]))
            for h, section in enumerate(report["sections"]) for i, text in enumerate(section["sentences"])]


def judged(report, claim, figure, picked, verdict):
    """[the row] of a claim, or of one figure of it: none where the evidence lacks the figure's value, or that of a claim which is not supported."""
    claim, date = claim.rstrip("。"), date_of(report)
    line = read(claim, date)
    window = joined(picked, report.get("title", ""), names_in(line))
    at = claim.find(figure) if figure else 0
    ours = [q for q in line.figures if not figure or q.start < at + len(figure) and at < q.end]
    agree = agreeing(ours, read(window, date).figures)
    if at < 0 or figure and (not ours or not all(agree.values())) or verdict != SUPPORTED and any(not found and q.kind not in WHEN for q, found in agree.items()):
        return []
    return [Judged(*shown(claim, window, agree), VERDICTS.index(verdict), report["id"])]


def rows_of(report, claim, told):
    """The rows of a claim: as a whole, of each figure (of a wrong claim where one of them carries its verdict), beside a sentence that is not about it, and beside that
    and its own, as the claims of several citations are read."""
    text, verdict, figures = claim["claim"], claim["verdict"], claim["figures"]
    own = [told[n] for n in sorted(claim["sentences"])]
    out = judged(report, text, "", own, verdict)
    for figure, its in figures.items():
        if verdict == SUPPORTED or its != SUPPORTED or len(figures) > 1 and verdict in figures.values():
            out += judged(report, text, figure, own, its)
    other = max((s for s in told if s not in own), key=lambda s: near(text, s.text))
    if verdict == SUPPORTED and len(text) % 2 == 0:
        out += judged(report, text, "", [other], NOT_MENTIONED)
    if report["split"] == "train" and len(text) % 4 == 1 and verdict != NOT_MENTIONED:
        out += judged(report, text, "", [s for s in told if s in own or s is other], verdict)
    return out


def one(report, claim, told):
    """The row of a written claim: one figure or none, one sentence or the nearest."""
    value = "".join(c for c in claim["figure"] if c.isdigit() or c == ".")
    own = [s for s in told if s.text == claim["sentence"]] or sorted(told, key=lambda s: (not (value and value in s.text), -near(claim["claim"], s.text)))[:1]
    return judged(report, claim["claim"], claim["figure"], own, claim["verdict"] if claim["sentence"] else NOT_MENTIONED)


def made(report, told):
    """Claims near a report's own words: right ones, such with two figures of a sentence in each other's place, and such of another body's name; right and wrong
    ones about sentences whose subject their heading alone names, and about such with two of their words in each other's place."""
    rng, out = random.Random(report["id"]), []

    def piece(text, q, rate):
        """A range around a figure: its piece, or as often as 1 - rate the rest of the sentence, on either side."""
        ends = [i for c in "，；。" if (i := text.find(c, q.start + len(q.text))) > 0]
        return max(text.rfind(c, 0, q.start) for c in "，；。") + 1 if rng.random() < rate else 0, min(ends) if ends and rng.random() < rate else len(text)

    for n, claim in enumerate(verbatim(rng, [(s.text, s.text) for s in told], 16, 4)):
        s, text = next(s for s in told if s.text == claim["sentence"]), claim["claim"].rstrip("。")
        if claim["figure"] and n % 2:
            text = named(rng, vary(rng, text, claim["figure"]), s.text)
        if n % 4 < 2:
            text, s = settled(rng, text), replace(s, text=PARTICLES.sub("", s.text))
        out += judged(report, text, claim["figure"], [s], SUPPORTED)
    facts = {s: [q for q in parse(s.text) if not q.weak and q.kind not in ("date", "time") and s.text.count(q.text) == 1] for s in told}
    pairs = [(s, rng.choice(both)) for s in rng.sample(told, len(told)) if (both := [(a, b) for i, a in enumerate(facts[s]) for b in facts[s][i + 1:] if comparable(a, b)])]
    for n, (s, (a, b)) in enumerate(pairs[:SWAPS]):
        text = s.text[:a.start] + b.text + s.text[a.end:b.start] + a.text + s.text[b.end:]
        start, end = piece(text, replace(a, text=b.text), 0.6)
        text = text[start:end].rstrip("。")
        out += judged(report, named(rng, vary(rng, text, b.text), s.text) if n % 2 else text, b.text, [s], CONTRADICTED)
    names = [(s, name) for s in told if len(name := name_of(s.text)) > 2 and facts[s]]
    left = NAMES
    for s, own in rng.sample(names, len(names)):
        others = [name for _, name in names if name[-1] == own[-1] and name not in own and own not in name and name not in joined([s])]
        if others and left:
            q = rng.choice(facts[s])
            start, end = piece(s.text, q, 1.0)
            out += judged(report, rng.choice(others) + vary(rng, s.text[start:end].replace(own, ""), q.text), q.text, [s], CONTRADICTED)
            left -= 1
    for s, own in rng.sample(names, len(names))[:NAMES]:
        q = rng.choice(facts[s])
        start, end = piece(s.text, q, 1.0)
        if s.text.startswith(own) and s.text[start:end] != own:
            text = own + vary(rng, s.text[start:end].removeprefix(own), q.text)
            headed = replace(s, heading=rng.choice([own, f"{own}：{s.heading}"]), text=s.text[len(own):].lstrip("，,"))
            out += judged(report, text, q.text, [headed], SUPPORTED)
            others = [name for _, name in names if name not in own and own not in name and own not in report.get("title", "") + "".join(s.before[-1:])]
            if others:
                other = rng.choice(others)
                out += judged(report, text, q.text, [replace(headed, heading=headed.heading.replace(own, other))], CONTRADICTED)
    turns = [(s, turn) for s in rng.sample(told, len(told)) if (turn := turned(rng, s.text))]
    for s, (right, wrong) in turns[:TURNS]:
        out += judged(report, right, "", [s], SUPPORTED) + judged(report, wrong, "", [s], CONTRADICTED)
    return out


def turned(rng, text):
    """The pieces of a sentence that two of its words stand in, with their clauses in another order where each has its own subject, and with the words in each
    other's place; () where no two are of a kind.

    >>> turned(random.Random(1), "南区引进企业5家；北区建成厂房3座。")
    ('北区建成厂房3座；南区引进企业5家', '北区引进企业5家；南区建成厂房3座')
    """
    line, units, pairs = read(text, None), [], []
    starts = {s for s, _ in line.pieces}
    for w in line.words:
        if w.nominal and units and units[-1][1] == w.start and w.start not in starts:
            units[-1][1] = w.end
        elif w.nominal:
            units.append([w.start, w.end])
    units = [(s, e) for s, e in units if e - s > 1 and text.count(text[s:e]) == 1 and not re.search("[0-9A-Za-z]", text[s:e])]
    for i, a in enumerate(units):
        for b in units[i + 1:]:
            start, end = line.pieces[line.piece(a[0])][0], line.pieces[line.piece(b[0])][1]
            opens = {a[0], b[0]} <= starts and not any(start <= q.start < end for q in line.figures)
            if (text[a[1] - 1] == text[b[1] - 1] or opens) and end - start <= 90 and ACROSS.search(text[a[1]:b[0]]):
                pairs.append((a, b, start, end))
    if not pairs:
        return ()
    a, b, start, end = rng.choice(pairs)
    right, wrong = text[start:end], text[start:a[0]] + text[slice(*b)] + text[a[1]:b[0]] + text[slice(*a)] + text[b[1]:end]
    if right.count("；") == 1 and a[0] == start and text[b[0] - 1] == "；":
        right = "；".join(reversed(right.split("；")))
    return right, wrong


def settled(rng, text):
    """A claim with 已 before what is done, in a text that speaks of no plan.

    >>> settled(random.Random(1), "某厂二期建成投产"), settled(random.Random(1), "某厂二期将建成投产")
    ('某厂二期已建成投产', '某厂二期将建成投产')
    """
    return text if PLANNED.search(text) or "已" in text else DONE.sub(lambda m: f"已{m[0]}" if rng.random() < 0.7 else m[0], text, count=1)


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
