"""A claim that the report says word for word: a whole sentence, whole clauses of it or how such begin, up to a comma, each figure the same in whatever form."""
from __future__ import annotations

from figures.align import Book
from figures.compare import HEDGED, SAME, relation
from figures.exchange import blank
from figures.line import Line, bare
from figures.places import Place, places
from ingest.document import Sentence
from ingest.lines import ENUMERATED

SHORTEST = 8   # characters; what is shorter leans on what stands around it
TOGETHER = 6   # clauses of one sentence that are taken together


def key(line: Line, low: int, high: int) -> str:
    """A stretch of a line as it is looked up: a mark for each figure, no punctuation, without the number of a point before it.

    >>> line = Line.read("建成厂房25座,投资2.7亿元;“四上”企业增加。")
    >>> key(line, 0, len(line.text)), key(line, *line.clauses[1])
    ('建成厂房□投资□四上企业增加', '四上企业增加')
    >>> line = Line.read("3.分派方案：总股本为5亿股"); key(line, 0, len(line.text))
    '分派方案总股本为□'
    """
    said = blank(line, low, high)
    number = ENUMERATED.match(said)
    return "".join(c for c in bare(said[number.end() if number else 0:]) if c.isalnum() or c in "□%-")


def runs(book: Book) -> dict[str, tuple[Place, int, int]]:
    """Where each sentence, and each run of its clauses, stands; made once for a book."""
    if book.runs is None:
        found: dict[str, tuple[Place, int, int]] = {}
        seen: Sentence | None = None
        for place in places(book):
            if place.sentence is seen or place.sentence.kind == "row":
                continue
            seen = place.sentence
            clauses = place.line.clauses
            for i in range(len(clauses)):
                for j in range(i, min(len(clauses), i + TOGETHER)):
                    for end in (*(e for _, e in place.line.pieces if clauses[j][0] < e < clauses[j][1] and place.line.text[e] in ",，"), clauses[j][1]):
                        found.setdefault(key(place.line, clauses[i][0], end), (place, clauses[i][0], end))
            found.setdefault(key(place.line, 0, len(place.line.text)), (place, 0, len(place.line.text)))
        book.runs = found
    return book.runs


def verbatim(line: Line, book: Book) -> Place | None:
    """The place whose sentence says a claim word for word; None where none does."""
    said = key(line, 0, len(line.text))
    found = runs(book).get(said) if len(said) >= SHORTEST else None
    if found is None:
        return None
    place, low, high = found
    theirs = [f for f in place.line.figures if low <= f.start and f.end <= high]
    return place if len(theirs) == len(line.figures) and all(relation(a, b) in (SAME, HEDGED) for a, b in zip(line.figures, theirs)) else None
