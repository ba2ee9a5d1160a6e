"""Which row of a table has the most or the least of what is asked: 哪个片区的充电桩最多, 哪个县增速最慢.

Read from the ledger's rows of tables; where the report says it in a sentence, that is left to the reader.
"""
from __future__ import annotations

import re
from collections.abc import Sequence

from figures.ledger import Figure
from figures.line import bare
from figures.wording import coverage
from ingest.document import Document
from ingest.tables import cells
from qa.context import YEAR
from qa.question import Question
from qa.reckon import Reckoned, told
from qa.strays import asked_year
from qa.task import LESS, words
from quantities.numerals import chinese

WHICH = re.compile(r"^(?P<among>.*?)哪(?:一)?(?:个|家|座|条|种|类|项|所)(?P<what>.+?)(?:是)?(?:最(?P<sign>[多少高低大小长短快慢])|(?P<last>垫底|倒数第一)|居首|排第一)(?:的)?[?？。 ]*$")
GROWTH = re.compile("增[速长幅]|涨幅|同比|[增涨长降]得?$")
NUMBER = re.compile("([2-9]|[两二三四五六七八九]|十[一二三四五六七八九]?)(?=[个家条座大])")
WHOLE = re.compile("合计|总计|小计|平均|全[国省市州县区]")
NOTE = re.compile(r"\[\^?[^\]]*\]|^其中[:：]?")
FITS, CLEARLY, ROWS = 0.7, 0.3, 3


def extreme(question: Question, rows: Sequence[Figure], documents: Sequence[Document]) -> Reckoned | None:
    """The row with the most or least in the one column that the question's words name; None where none is sure, two rows share the place, or a sentence says it."""
    asked = WHICH.match(question.text)
    if not asked:
        return None
    sign = asked["sign"] or ("低" if asked["last"] else "高")
    columns = [column for column in tables(rows, asked_year(question.text)) if admits(asked["among"], column)]
    grows = sign in "快慢" or bool(GROWTH.search(asked["what"]))
    scored = sorted(((names(asked["what"], column, grows), -n) for n, column in enumerate(columns)), reverse=True)
    if not scored or scored[0][0] < FITS or len(scored) > 1 and scored[1][0] > scored[0][0] - CLEARLY:
        return None
    column = sorted(columns[-scored[0][1]], key=lambda row: row.quantity.point, reverse=sign not in LESS)
    first, second = column[:2]
    name = label(first)
    if first.quantity.point == second.quantity.point or any(name in s.text and re.search(f"最{sign}|首位|第一", s.text) for d in documents if d.name == first.document for s in d.sentences if s.kind != "row"):
        return None
    return Reckoned(name, f"表中{len(column)}项，{name}{told(first.quantity)}{{1}}最{sign}，其次是{label(second)}{told(second.quantity)}{{2}}", (first, second))


def label(row: Figure) -> str:
    """What the first cell of a row of a table says, without a mark of a footnote."""
    text = row.sentence.text
    return NOTE.sub("", text[slice(*cells(text)[0])]).strip()


def tables(rows: Sequence[Figure], year: int | None) -> list[list[Figure]]:
    """The columns of the tables of a ledger, each as the figures of its rows, without totals and what is of another year."""
    found: dict[tuple[str, str, int], list[Figure]] = {}
    for row in rows:
        if row.sentence.kind != "row" or WHOLE.search(label(row)) or YEAR.match(label(row)) or year and row.period and row.period.year not in (None, year):
            continue
        at = row.start - row.sentence.start
        number = next(n for n, (s, e) in enumerate(cells(row.sentence.text)) if s <= at < e)
        found.setdefault((row.document, row.scope.heading, number), []).append(row)
    return [column for column in found.values() if len(column) >= ROWS and len({row.quantity.base for row in column}) == 1 and len({row.sentence.start for row in column}) == len(column)]


def admits(among: str, column: Sequence[Figure]) -> bool:
    """Whether a column may be the one among whose rows a question chooses: 五个片区 are all its rows, and it is about what the words say."""
    counted = NUMBER.search(among)
    number = int(counted[1]) if counted and counted[1].isdigit() else chinese(counted[1].replace("两", "二")) if counted else len(column)
    about = " ".join((column[0].scope.heading, column[0].scope.opening, *(label(row) for row in column)))
    return number == len(column) and not re.search("其中|除|以外", among) and all(coverage(word, about) >= 0.5 for word in words(NUMBER.sub("", re.sub("[0-9]{4}年|[之其当]?中|里", "", among))))


def names(what: str, column: Sequence[Figure], grows: bool) -> float:
    """How far a column is the one that a question's words name: by the last of them and then by the others; 0 for growth where a level is asked for and the other way about."""
    row = column[0]
    if (row.change == "change") != grows:
        return 0.0
    name = row.scope.near.replace(bare(label(row)), "", 1)
    *others, head = [word for word in words(what) if not (grows and GROWTH.search(word))] or ["增长"]
    phrase = GROWTH.sub("", what.split("的")[-1]) if grows else what.split("的")[-1]
    whole = next((len(phrase) - n for n in range(len(phrase) - 1) if phrase[n:] in name), 0) / max(1, len(phrase))  # 充电桩 is no 充电站
    return coverage(head, name) + whole + 0.5 * sum(coverage(word, name) for word in others)
