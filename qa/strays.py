"""Whether what answers is of another year, or of another body's section, than the question names."""
from __future__ import annotations

import re

from figures.line import Line
from figures.owner import heading_owner
from figures.period import Period, period_of, periods
from index.search import Hit
from ingest.document import Span
from qa.question import Question

YEAR = re.compile("(?:19|20)[0-9]{2}年")
TITLE = 4  # the level of a period that only the report's title says
SPAN = re.compile("以来|起|至|到|—|-|~|间|[之以]?[前后]")
SHORTEST_NAME = 4


def strays(question: Question, hit: Hit, span: Span) -> bool:
    """Whether the answer at `span` of `hit.view.text` is of something else than the question names."""
    return other_year(question, hit, span) or other_section(question.text, hit)


def asked_year(text: str) -> int | None:
    """The one year that a question asks for; None where it names none, several, or where a span begins or ends.

    >>> asked_year("2023年的产值是多少？"), asked_year("2021年以来建了多少？"), asked_year("2023年比2022年多多少？"), asked_year("产值比2022年高多少？")
    (2023, None, None, None)
    """
    found = list(YEAR.finditer(text))
    if len(found) != 1 or SPAN.match(text, found[0].end()):
        return None
    told = [p.year for s, _, p in periods(Line.read(text)) if s == found[0].start()]
    return told[0] if told else None


def other_year(question: Question, hit: Hit, span: Span) -> bool:
    """Whether the figure at `span` is, by its sentence or the headings of its section, of a year that the question does not ask for.

    What no year governs strays from none, and the year of the report's own title governs nothing: a report of 2025 tells of 2024.
    """
    year = asked_year(question.text)
    if question.kind != "figure" or year is None:
        return False
    line = Line.read(hit.view.text, hit.document.date)
    for q in line.figures:
        if q.start < span[1] and span[0] < q.end:
            period = period_of(line, q, (), (hit.document.title, *hit.sentence.path[1:]))
            return period is not None and period.level < TITLE and outside(period, year)
    return False


def outside(period: Period, year: int) -> bool:
    """Whether a period is known and holds no day of a year."""
    return period.low is not None and period.high is not None and not period.low // 10000 <= year <= period.high // 10000


def other_section(text: str, hit: Hit) -> bool:
    """Whether a hit stands in one body's section and does not name the other one that a question names and that has a section too."""
    own = heading_owner(hit.sentence.path)
    if not own:
        return False
    asked = max(sorted({heading_owner(block.path) for block in hit.document.blocks}), key=lambda name: len(named(name, text)))
    word = named(asked, text)
    return len(word) > len(named(own, text)) and word not in hit.view.text + hit.sentence.heading


def named(name: str, text: str) -> str:
    """The longest end of a body's name that a text says, of SHORTEST_NAME characters or more: 应急管理局 for 区应急管理局; else "".

    >>> named("区应急管理局", "应急管理局投入多少？"), named("区应急管理局", "区财政局投入多少？")
    ('应急管理局', '')
    """
    return next((name[i:] for i in range(len(name) - SHORTEST_NAME + 1) if name[i:] in text), "")
