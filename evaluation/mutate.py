"""Tests that a report makes of itself: claims with known verdicts from its own figures, and questions whose answer is cut from a copy.

A claim is a sentence of the report, as it stands or rewritten (`rewrite`). What is doubtful is left out: a false figure that any
figure of the report agrees with, a question that another place of the report might answer. A seed makes the draw repeatable.
"""
from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from evaluation import rewrite
from evaluation.claims import Claim
from figures.compare import AGREE, relation
from figures.ledger import Figure
from figures.verdict import CONTRADICTED, SUPPORTED
from ingest.document import Document
from quantities.parse import Quantity, parse

LIMIT = 12      # claims of a kind
LONGEST = 120   # characters of a sentence; of a longer one, the clause between semicolons
TRUE = ("verbatim", "unit", "numeral")
FALSE = ("digits", "wan_yi", "percent_point", "subject", "year", "negation", "planned_done")
_LEANS = re.compile(r"(?:其中|此外|另外|同时|她|他|它|其|这|该|此|那|当年|同年|对此|因此|据此|由此)")
_LABEL = re.compile(r"\s*(?:[-*•]\s+|[0-9]{1,2}[.、．]\s*|[（(][一二三四五六七八九十0-9]{1,3}[）)])?")
_NOT_TOLD = ("date", "time", "duration", "rank", "ordinal", "ratio", "grade")


@dataclass(frozen=True)
class Statement:
    """A sentence or clause that stands by itself: `document.text[start:start + len(text)] == text`, and the rows of its figures."""

    start: int
    text: str
    rows: tuple[Figure, ...]

    def span(self, row: Figure) -> tuple[int, int]:
        """Where a row's figure stands in the text."""
        return row.start - self.start, row.end - self.start

    def figure(self, row: Figure) -> str:
        start, end = self.span(row)
        return self.text[start:end]

    def put(self, row: Figure, figure: str) -> str:
        """The text with another figure in a row's place."""
        start, end = self.span(row)
        return self.text[:start] + figure + self.text[end:]


def statements(document: Document, rows: Sequence[Figure]) -> list[Statement]:
    """The prose of a document as statements of LONGEST characters at most that lean on none before them, with the figures written in them."""
    found = []
    for sentence in document.sentences:
        if sentence.kind != "paragraph":
            continue
        for start, end in [(sentence.start, sentence.end)] if len(sentence.text) <= LONGEST else sentence.clauses:
            start += _LABEL.match(document.text[start:end]).end()
            text = document.text[start:end].rstrip()
            if 8 <= len(text) <= LONGEST and "\n" not in text and not _LEANS.match(text.lstrip("*“")):
                found.append(Statement(start, text, tuple(r for r in rows if r.derivation is None and start <= r.start and r.end <= start + len(text))))
    return found


def one(figure: str, document: Document) -> Quantity | None:
    """The quantity that a text is, where it is just one."""
    found = parse(figure, document.date)
    return found[0] if len(found) == 1 else None


def false_of_all(figure: str, rows: Sequence[Figure], document: Document) -> bool:
    """Whether no figure of the report agrees with this one, so that whatever it is said of, it is false or not mentioned."""
    q = one(figure, document)
    return q is not None and not any(relation(q, row.quantity) in AGREE for row in rows)


Made = tuple[str, tuple[str, ...]]  # a claim's text, the figures in it that were rewritten


def reworded(ways: Callable[[str], list[str]], kinds: Callable[[Figure], bool] = lambda row: row.quantity.kind not in _NOT_TOLD) -> Callable[..., Iterator[Made]]:
    """A maker of claims that say one figure otherwise and mean the same."""
    def make(statement: Statement, rows: Sequence[Figure], document: Document, rng: random.Random) -> Iterator[Made]:
        for row in filter(kinds, statement.rows):
            for figure in ways(statement.figure(row)):
                yield statement.put(row, figure), (figure,)
    return make


def altered(ways: Callable[[str, random.Random], list[str]], kinds: Callable[[Figure], bool] = lambda row: row.quantity.kind not in _NOT_TOLD) -> Callable[..., Iterator[Made]]:
    """A maker of claims in which one figure is another that no figure of the report agrees with; the first such of each figure's ways."""
    def make(statement: Statement, rows: Sequence[Figure], document: Document, rng: random.Random) -> Iterator[Made]:
        for row in filter(kinds, statement.rows):
            figure = next((f for f in ways(statement.figure(row), rng) if false_of_all(f, rows, document)), None)
            if figure:
                yield statement.put(row, figure), (figure,)
    return make


def swapped(statement: Statement, rows: Sequence[Figure], document: Document, rng: random.Random) -> Iterator[Made]:
    """Claims in which two figures of one unit, of different things, have changed places."""
    told = [r for r in statement.rows if r.quantity.kind not in _NOT_TOLD and not r.quantity.role]
    for a, b in zip(told, told[1:]):
        x, y = a.quantity, b.quantity
        if x.dimension == y.dimension and x.measure == y.measure and AGREE.isdisjoint((relation(x, y), relation(y, x))):
            first, second = statement.figure(a), statement.figure(b)
            yield Statement(statement.start, statement.put(b, first), ()).put(a, second), (second, first)


def shifted(row: Figure) -> bool:
    """Whether a row is a date of its own sentence that may be shifted: not part of a title or a name, and the only one there."""
    s = row.sentence.text
    at = row.start - row.sentence.start
    quoted = any(s.count(a, 0, at) > s.count(b, 0, at) for a, b in ("《》", "“”", "（）"))
    alone = sum(q.kind == "date" for q in row.line.figures) == 1 and not row.quantity.date_end
    return row.quantity.kind == "date" and not quoted and alone and s[at + len(row.text):][:1] not in "度-—至到"


def phrased(ways: Callable[[str], list[str]]) -> Callable[..., Iterator[Made]]:
    """A maker of claims by a change of words, all figures kept; none where a figure agrees with one elsewhere, of which the claim may be true."""
    def make(statement: Statement, rows: Sequence[Figure], document: Document, rng: random.Random) -> Iterator[Made]:
        elsewhere = [row for row in rows if row.sentence != statement.rows[0].sentence] if statement.rows else []
        if any(relation(own.quantity, row.quantity) in AGREE for own in statement.rows if own.quantity.kind not in _NOT_TOLD for row in elsewhere):
            return
        for text in ways(statement.text):
            yield text, ()
    return make


def verbatim(statement: Statement, rows: Sequence[Figure], document: Document, rng: random.Random) -> Iterator[Made]:
    """The statement itself, where it has a figure."""
    if any(row.quantity.kind not in _NOT_TOLD for row in statement.rows):
        yield statement.text, ()


MAKERS: dict[str, Callable[..., Iterator[Made]]] = {
    "verbatim": verbatim, "unit": reworded(rewrite.units),
    "numeral": reworded(rewrite.numerals, lambda row: row.quantity.kind not in ("time", "rank", "ordinal", "ratio", "grade")),
    "digits": altered(rewrite.digits), "wan_yi": altered(lambda figure, rng: rewrite.scales(figure)),
    "percent_point": altered(lambda figure, rng: rewrite.points(figure), lambda row: row.quantity.kind == "points" or row.quantity.kind == "percent" and row.change == "change"),
    "subject": swapped, "year": altered(rewrite.dates, shifted),
    "negation": phrased(rewrite.affirmed), "planned_done": phrased(lambda text: [*rewrite.done(text), *rewrite.planned(text)])}


def claims_of(document: Document, rows: Sequence[Figure], seed: int, limit: int = LIMIT) -> list[Claim]:
    """Up to `limit` claims of each kind, tagged with it; the same for the same document and seed. rows: its ledger."""
    told = statements(document, rows)
    claims = []
    for kind, make in MAKERS.items():
        rng = random.Random(f"{seed} {kind}")
        made = list(dict.fromkeys(found for statement in told for found in make(statement, rows, document, rng)))
        drawn = sorted(rng.sample(range(len(made)), min(limit, len(made))))
        verdict = SUPPORTED if kind in TRUE else CONTRADICTED
        for number, (text, figures) in enumerate((made[i] for i in drawn), 1):
            tags = ("true" if kind in TRUE else "false", kind)
            claims.append(Claim(f"{kind}-{number}", text.replace("**", ""), verdict, tuple((figure, verdict) for figure in figures), tags, "", document.name))
    return claims
