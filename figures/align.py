"""A claim's figure against a ledger row: one score of how much of what the claim says around it the row's surroundings say.

Each word of the claim weighs by what it tells (line.py), by how rare it is in the report (`Book.rarity`) and by how near it
stands to the figure; it earns by the nearest scope of the row that holds it. Words are compared by themselves and by their character pairs.
"""
from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from figures.compare import AGREE, relation
from figures.derive import derived
from figures.ledger import Figure, ledger
from figures.line import Line, Word, bare
from figures.opens import opens_with
from figures.persons import persons
from figures.said import Said
from figures.scope import Scope
from figures.topics import before_in
from figures.wording import SYNONYMS, abbreviates, coverage, shortens
from ingest.document import Citation, Document, Sentence
from quantities.parse import Quantity

NEAR, LAST, LEFT, HEADING, OWNER, OPENING, RIGHT, SENTENCE, BEFORE = 1.0, 0.92, 0.85, 0.85, 0.8, 0.75, 0.65, 0.5, 0.45
_TIMES = re.compile("[年月日]$|年度$|季度$")  # 本学年 belongs to all pieces of a sentence
REST = re.compile("其余|其他|剩余|余下|剩下")
_LEFT_OVER = re.compile(f"{REST.pattern}|[还尚仍](?:有|剩)")


@dataclass(frozen=True)
class Match:
    """score: the share of the claim's words that the row says, 0 to 1. near: of those in the figure's own piece. foreign: telling words that the row's surroundings lack.

    borrowed: nouns found only in the sentence before or the opening of the document. lacking: nouns before the row's figure that the claim does not say.
    head: how far the noun next to the claim's figure stands by the row's. close: the share of the own piece's words in the row's own piece.
    displaced: nouns of the own piece that stand in another piece of the row's sentence, while the row's piece opens with a noun that the claim does not say.
    """

    row: Figure
    score: float
    near: float
    foreign: tuple[Word, ...]
    borrowed: tuple[Word, ...] = ()
    lacking: tuple[str, ...] = ()
    head: float = 1.0
    close: float = 1.0
    displaced: tuple[str, ...] = ()


class Book:
    """The documents that claims are checked against: their ledgers, and how rare a word is in them."""

    def __init__(self, documents: Sequence[Document], ledgers: Sequence[tuple[Figure, ...]]):
        self.documents = {d.name: d for d in documents}
        self.rows = tuple(row for rows in ledgers for row in rows)
        self.sentences = tuple((d, s) for d in documents for s in d.sentences)
        self.texts = [bare(s.text) for _, s in self.sentences]
        self.places: tuple | None = None  # statement.py fills it
        self.runs: dict | None = None     # verbatim.py fills it
        self.checked: dict = {}           # claims already checked, where check.py is told to keep them
        self._rarity: dict[str, float] = {}

    @classmethod
    def of(cls, documents: Sequence[Document]) -> Book:
        return cls(documents, [ledger(d) for d in documents])

    @cached_property
    def derived(self) -> tuple[Figure, ...]:
        """What follows from the ledgers' rows by one step of arithmetic."""
        return derived(self.rows)

    @cached_property
    def whole(self) -> str:
        return "\n".join(self.texts)

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that a figure without a date may be of: those of publication and the one before."""
        return frozenset(y for d in self.documents.values() if d.date for y in (d.date[0], d.date[0] - 1))

    @cached_property
    def offices(self) -> dict[str, frozenset[str]]:
        """The persons whom the documents name, each with the offices that stand before the name."""
        found: dict[str, set[str]] = {}
        for _, sentence in self.sentences:
            for name, office in persons(sentence.text):
                if office:
                    found.setdefault(name, set()).add(office)
        return {name: frozenset(offices) for name, offices in found.items()}

    @cached_property
    def _cited(self) -> dict[tuple[str, tuple], tuple[Document, Sentence]]:
        return {(d.name, d.cite_sentence(s).spans): (d, s) for d, s in self.sentences}

    def place(self, citation: Citation | None) -> tuple[Document, Sentence] | None:
        """The sentence that a citation quotes whole; None where it quotes none."""
        return self._cited.get((citation.document, citation.spans)) if citation else None

    def led(self, row: Figure) -> str:
        """The sentences of its section that stand right before a row's."""
        document = self.documents[row.document]
        return bare("".join(before_in(document, bisect_left(document.sentences, row.sentence.start, key=lambda s: s.start))))

    def has(self, word: str) -> bool:
        """Whether the documents say a word, one that may stand for it, or most of a longer one."""
        return coverage(word, self.whole) >= 0.5

    def rarity(self, word: str) -> float:
        """1 for a word that no sentence or one has, down to .3 for one that most have."""
        if word not in self._rarity:
            count = sum(word in text for text in self.texts)
            size = len(self.texts)
            self._rarity[word] = max(0.3, math.log(1 + size / (0.5 + max(count, 1))) / math.log(1 + size / 1.5)) if size > 1 else 1.0
        return self._rarity[word]


def cite(row: Figure, book: Book) -> Citation:
    """The citation of a row's sentence with its figure marked."""
    return book.documents[row.document].cite_sentence(row.sentence, ((row.start, row.end),))


def credit(word: str, scope: Scope, noun: bool = True, whole: bool = False, subject: bool = False) -> tuple[float, bool]:
    """What a word earns, by the nearest scope that has it, and whether it had to be borrowed from outside the sentence and its headings. `whole`: a quoted name counts only entire. `subject`: it opens the claim,
    and may stand before other figures where the row's piece names no subject of its own.

    >>> scope = Scope("粮食产量", "", "", "", "粮食产量增长", "", "", "棉花")
    >>> credit("产量", scope), credit("增长", scope), credit("棉花", scope)
    ((1.0, False), (0.5, False), (0.75, True))
    """
    best, borrowed, inside = 0.0, False, 0.0
    apart = 0.75 if scope.apart and not (subject and not scope.own) else 1.0
    for worth, text, outside in ((NEAR, scope.near, False), (LAST * apart, scope.last, False), (LEFT * apart, scope.left, False), (LEFT, scope.topic, False), (HEADING, scope.heading, False), (RIGHT, scope.right, False),
                                 (SENTENCE, scope.sentence, False), (OPENING if noun else 0.0, scope.opening, True), (0.8 if scope.follows else BEFORE, scope.before, not scope.follows)):
        if worth > best and text and (earned := worth * (float(word in text) if whole else coverage(word, text))) > best:
            best, borrowed = earned, outside
            inside = inside if outside else earned
    borrowed = borrowed and inside < 0.35 and word not in scope.sentence
    if best < HEADING and noun and abbreviates(word, scope.heading):
        return HEADING, False
    if best < OPENING and noun and shortens(word, scope.opening):
        return OPENING, True
    return best, borrowed


def lacking(row: Figure, text: str, opens: bool = False) -> tuple[str, ...]:
    """The nouns before a row's figure, in its piece and the one before, which a text does not say; `opens`: only those that open a piece, as subjects do."""
    number = row.line.piece(row.quantity.start) if len(row.line.pieces) > 1 else 0
    clause = row.line.clause(row.quantity.start)
    own = any(w.noun and w.weight == 1.0 and row.line.pieces[number][0] <= w.start < row.line.pieces[number][1] for w in row.line.words)
    spans = [row.line.pieces[number]] + ([row.line.pieces[number - 1]] if not own and number and row.line.pieces[number - 1][0] >= clause[0] else [])
    return tuple(w.text for w in row.line.words if w.noun and w.weight == 1.0 and w.end <= row.quantity.start and any(s <= w.start < e and (not opens or w.start == s) for s, e in spans) and coverage(w.text, text) < 0.3)


def elsewhere_counted(word: str, row: Figure) -> bool:
    """Whether another piece of a row's sentence that has a figure of its own says a word."""
    here = row.line.piece(row.quantity.start)
    rest = next((row.line.text[s:e] for s, e in row.line.pieces[here + 1:here + 2] if REST.match(row.line.text[s:e])), "")
    return word in bare(rest) or any(n != here and word in bare(row.line.text[s:e]) and any(s <= f.start < e and f.kind not in ("date", "time", "duration") for f in row.line.figures)
               for n, (s, e) in enumerate(row.line.pieces))


def of_both(row: Figure, word: str) -> bool:
    """Whether a word behind a row's figure is of it too, by a list without a verb of its own: 配建的2所幼儿园和1所小学已投用."""
    at = row.line.text.find(word, row.quantity.end)
    between = row.line.text[row.quantity.end:max(at, row.quantity.end)]
    return bool(re.search("[和与及、]", between)) and not re.search("[，,。；;]", between) and not any(w.verb and w.weight >= 0.5 and row.quantity.end <= w.start < at for w in row.line.words)


def left_over(line: Line, q: Quantity, row: Figure) -> bool:
    """Whether claim and report both count what is left of something, and the row's sentence has another figure of the claim: 28条整改19条,还剩9条."""
    low, high = line.pieces[line.piece(q.start)]
    return bool(_LEFT_OVER.search(line.text[low:high]) and REST.match(row.scope.near)) and any(
        relation(f, r) in AGREE for f in line.figures if f is not q and f.kind not in ("date", "time") for r in row.line.figures if r is not row.quantity)


def match(items: Sequence[Said], row: Figure, book: Book, text: str = "") -> Match:
    """How much of what a claim, `text`, says around its figure a row says."""
    total = got = own_total = own_got = 0.0
    foreign, borrowed, head, close = [], [], 1.0, 0.0
    strangers: list[str] = []
    for item in items:
        if item.figure is not None:
            earned, outside = _figure_credit(item.figure, row), False
        else:
            earned, outside = credit(item.word.text, row.scope, item.word.noun, item.word.quoted or item.word.name and len(item.word.text) > 2 and item.word.text in book.whole and item.word.text not in SYNONYMS, item.subject)
            if earned < OWNER and item.word.noun and len(item.word.text) > 1 and coverage(item.word.text, bare(row.subject)) >= 0.6:
                earned, outside = OWNER, False
            if item.head:
                apart = 0.35 if row.scope.apart else 1.0
                head = max((worth * coverage(item.word.text, t) for worth, t in ((1.0, row.scope.near), (apart, row.scope.last), (0.9, row.scope.topic), (0.9 * apart, row.scope.left), (0.9, row.scope.heading), (0.7, row.scope.right))), default=0.0)
        total += item.weight
        got += item.weight * earned
        if item.own:
            own_total += item.weight
            own_got += item.weight * earned
            close += item.weight * (earned == 1.0 if item.figure is not None else coverage(item.word.text, row.scope.near))
        if item.figure is None and item.word.noun and (item.subject or item.weight >= 0.2 * item.word.weight) and len(item.word.text) > 1:
            if item.own and not item.counted and not item.word.quoted and not _TIMES.search(item.word.text) and coverage(item.word.text, row.scope.near) < 0.34 and coverage(item.word.text, row.scope.heading) < 0.34 and elsewhere_counted(item.word.text, row):
                strangers.append(item.word.text)
            if earned < 0.2 or item.word.name and earned <= 0.3 and not any(item.word.text[:2] in t for t in (row.scope.near, row.scope.sentence, row.scope.heading)):
                foreign.append(item.word)
            elif outside:
                borrowed.append(item.word)
    return Match(row, got / total if total else 0.0, own_got / own_total if own_total else (got / total if total else 0.0), tuple(foreign), tuple(borrowed),
                 lacking(row, text, True) if borrowed or foreign else (), head, close / own_total if own_total else 0.0,
                 tuple(strangers) if strangers and (opens_with(row, text) or any(_peer(word, row, text) for word in strangers)) else ())


def _peer(word: str, row: Figure, text: str) -> bool:
    """Whether a row's piece names another of a word's kind, which a text does not: 博士 for 硕士."""
    low, high = row.line.pieces[row.line.piece(row.quantity.start)] if row.quantity in row.line.figures else (0, 0)
    return any(w.noun and low <= w.start < high and len(w.text) == len(word) and w.text[-1] == word[-1] and w.text not in text for w in row.line.words)


def _figure_credit(q: Quantity, row: Figure) -> float:
    """What another figure of the claim earns: by how near the row's sentence has it."""
    earned = 0.0
    at = row.quantity.start if row.quantity in row.line.figures else 0
    for f in row.line.figures:
        if f is not row.quantity and relation(q, f) in AGREE:
            earned = max(earned, 1.0 if row.line.piece(f.start) == row.line.piece(at) else 0.8 if row.line.clause(f.start) == row.line.clause(at) else 0.4)
    return earned
