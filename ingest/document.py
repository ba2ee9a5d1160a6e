"""What ingest hands on: Document, Sentence, Passage, and the Citation under the verbatim lock.

Offsets count characters (Python string indices). `raw` offsets index the decoded file, `text` offsets the
repaired reading text; every character of `text` is one character of `raw`. Spans are half-open (start, end).
"""
from __future__ import annotations

from bisect import bisect_right
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import accumulate

from ingest.tables import View, columns, read_row

Span = tuple[int, int]


class UserError(Exception):
    """What the user did or gave that cannot work: one Chinese line naming it and the way out."""


@dataclass(frozen=True)
class Repair:
    """One thing that a repair did: its name, why (Chinese), where in `raw`, and what is seen there."""

    name: str
    reason: str
    start: int
    end: int
    detail: str


@dataclass(frozen=True)
class Block:
    """A stretch of reading text of one kind.

    kind: title | heading | paragraph | row | caption | byline | note.
    path: the headings above it, outermost first. opening_lost: the newspaper lost its first words.
    """

    kind: str
    start: int
    end: int
    path: tuple[str, ...] = ()
    opening_lost: bool = False


@dataclass(frozen=True)
class Sentence:
    """A whole sentence, heading, caption, byline or table row: `document.text[start:end] == text`.

    clauses: the ranges of the reading text between its semicolons, which tile it; one where it has none.
    """

    start: int
    end: int
    text: str
    kind: str
    path: tuple[str, ...]
    clauses: tuple[Span, ...]

    @property
    def heading(self) -> str:
        return " › ".join(self.path)


@dataclass(frozen=True)
class Passage:
    """Some sentences of one section: `document.text[start:end] == text`; passages tile the reading text."""

    start: int
    end: int
    text: str
    kind: str
    path: tuple[str, ...]

    @property
    def heading(self) -> str:
        return " › ".join(self.path)


@dataclass(frozen=True)
class Citation:
    """A verbatim quotation. Only `Document.cite` makes one, so `raw` at `spans` reads exactly `quote`."""

    document: str
    heading: str
    quote: str
    spans: tuple[Span, ...]
    highlight: tuple[Span, ...] = ()
    page: int | None = None

    def to_dict(self, label: int) -> dict:
        return {"label": label} | asdict(self)


@dataclass(frozen=True)
class Document:
    """A file as decoded (`raw`) and as it should read (`text`).

    pieces: spans of `raw` whose concatenation is `text`.
    date: (year, month or None) of publication where known; resolves 去年 and 1月13日.
    """

    name: str
    raw: str
    pieces: tuple[Span, ...]
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...] = ()
    passages: tuple[Passage, ...] = ()
    repairs: tuple[Repair, ...] = ()
    date: tuple[int, int | None] | None = None

    @cached_property
    def text(self) -> str:
        return "".join(self.raw[s:e] for s, e in self.pieces)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(e - s for s, e in self.pieces)]

    @property
    def title(self) -> str:
        """The first title of the text, or the file's name."""
        return next((self.text[b.start:b.end] for b in self.blocks if b.kind == "title"), self.name)

    @cached_property
    def _columns(self) -> dict[int, tuple[str, ...]]:
        return columns((s.kind, s.text) for s in self.sentences)

    def view(self, number: int) -> View:
        """How a sentence is read: a table's row with the names of its columns, all else as it stands."""
        text = self.sentences[number].text
        return read_row(self._columns[number], text) if number in self._columns else View.plain(text)

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """The places in `raw` of `text[start:end]`, adjoining ones joined.

        Raises ValueError where the range does not lie in the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no text at {start}:{end} of {self.name}")
        found: list[Span] = []
        i = bisect_right(self._starts, start) - 1
        while start < end:
            piece_start, piece_end = self.pieces[i]
            s = piece_start + start - self._starts[i]
            e = min(piece_end, s + end - start)
            if e > s:
                found[-1:] = [(found[-1][0], e)] if found and found[-1][1] == s else [*found[-1:], (s, e)]
            start += e - s
            i += 1
        return tuple(found)

    def place(self, raw: int) -> int | None:
        """The offset in `text` of one offset in `raw`; None for what the reading text leaves out."""
        for (s, e), start in zip(self.pieces, self._starts):
            if s <= raw < e:
                return start + raw - s
        return None

    def quote(self, spans: tuple[Span, ...]) -> str:
        """The characters of `raw` at `spans`: the verbatim lock.

        Raises ValueError where a span lies outside the file or the spans overlap or run backwards.
        """
        ends = [p for span in spans for p in span]
        if not ends or ends[0] < 0 or ends[-1] > len(self.raw) or any(s >= e for s, e in spans):
            raise ValueError(f"no such place in {self.name}: {spans}")
        if any(b < a for a, b in zip(ends, ends[1:])):
            raise ValueError(f"spans out of order in {self.name}: {spans}")
        return "".join(self.raw[s:e] for s, e in spans)

    def cite(self, start: int, end: int, highlight: tuple[Span, ...] = ()) -> Citation:
        """The citation of `text[start:end]`, with ranges of `text` inside it to highlight.

        Raises ValueError where what stands in the file is not, to the character, what is quoted.
        """
        spans = self.spans(start, end)
        quote = self.quote(spans)
        if quote != self.text[start:end]:
            raise ValueError(f"quotation differs from {self.name} at {spans}")
        marks = tuple(span for s, e in highlight if start <= s < e <= end for span in self.spans(s, e))
        return Citation(self.name, self.heading_at(start), quote, spans, marks)

    def cite_sentence(self, sentence: Sentence, highlight: tuple[Span, ...] = ()) -> Citation:
        """The citation of a whole sentence, without the white space behind it, with ranges of `text` inside it to highlight."""
        return self.cite(sentence.start, sentence.start + len(sentence.text.rstrip()), highlight)

    def heading_at(self, start: int) -> str:
        """The headings above a place of the reading text, joined by ' › '."""
        i = bisect_right(self.blocks, start, key=lambda b: b.start) - 1
        return " › ".join(self.blocks[i].path) if i >= 0 else ""
