"""A claim put to the learned reader: with its figure left out as a question, or as it stands, to single sentences of the report.

A free retelling has few of the report's words; whether a sentence says what a claim asks for is then for a model to tell,
and what the value is, whether it is denied, planned or of another year stays with the rules of `figures.conflict`.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from figures.align import Book, Match
from figures.around import piece_of
from figures.compare import AGREE, comparable, relation
from figures.conflict import another_day, barred
from figures.gather import NO_RANK, Found
from figures.ledger import Figure, speaker_at
from figures.line import Line, bare
from figures.mistaken import mistaken
from figures.negation import denies, negated
from figures.opens import singled
from figures.opposed import opposed
from figures.others import labelled, other_day, other_verb
from figures.owner import kind_of, name_of
from figures.places import opens_anew, places
from figures.respective import both_given, respective
from figures.rivals import alone
from figures.speaker import another, speaker_of
from figures.strange import strange
from figures.subjects import PERSONS, miscounted, substituted
from figures.verdict import CONTRADICTED, NOT_MENTIONED, SUPPORTED, FigureVerdict
from figures.wording import coverage
from ingest.document import Citation, Document, Sentence, Span
from quantities.parse import Quantity

SURE = 2.0                   # logit: a figure is taken for the one that a claim has
STATED, DENIED = 2.5, -5.0   # the same for a statement without figures, and that its words are taken for not saying it
SURER, LITTLE, UNSAID, WORDY = 4.0, 0.3, 0.3, 0.8  # so sure where a claim says little of a row's own piece, which has nouns of its own
SWAPPED = 3.0                # of two figures of one sentence the other is meant
WHOLE, CLOSE = 0.95, 0.9     # so much of a claim's words, and of those in its piece, that the reader does not swap figures
ALIKE = 5                    # characters of a claim's piece beside its figure that, said alike, leave nothing to ask
WORDED = ("主体不符", "与原文不符:原文没有这样说", "口径不符:原文说的不是")  # reasons that rest on the claim's words alone
DENIED_PIECE = "与原文的肯定或否定相反"  # of a piece that need not be the one which the reader finds
MEASURED = ("money", "area", "length", "mass", "volume", "energy", "power")  # asked for without a unit: 多少元 is not answered by 4700万元
HEARD, RIVALS = 2, 1         # sentences put to the reader: that have the claim's value, and that have others


@dataclass(frozen=True)
class Told:
    """What the reader makes of one sentence. answers: logit that the sentence answers; span: the likeliest answer, in the document's text."""

    answers: float
    span: Span

    def over(self, row: Figure) -> bool:
        """Whether the answer has something of a row's figure."""
        return self.span[0] < row.end and row.start < self.span[1]


Hear = Callable[[str, Sequence[tuple[Document, Sentence]]], Sequence[Told]]


def asked_of(line: Line, q: Quantity) -> str:
    """The question for one figure of a claim, without the pieces that have figures of their own: theirs may be wrong. Who opens the claim is kept.

    >>> line = Line.read("南建公司建成25个项目,资产5亿元,比上年增长8%")
    >>> asked_of(line, line.figures[1])
    '南建公司资产多少？'
    """
    facts = [f for f in line.figures if f is not q and f.kind not in ("date", "time", "duration")]
    kept = [(s, e) for n, (s, e) in enumerate(line.pieces) if n == line.piece(q.start) or not any(s <= f.start < e for f in facts) and not another_day(line, q, e - 1)]
    subject = name_of(line.text) if kept[0][0] > line.pieces[0][0] else ""
    text, at = subject if subject not in line.text[kept[0][0]:] else "", 0
    for s, e in kept:
        if s <= q.start < e:
            at = len(text) + q.start - s
        text += line.text[s:e] + line.text[e:e + 1]
    return asking(text.rstrip("，,；; "), replace(q, start=at, end=at + q.end - q.start))


def asking(text: str, q: Quantity) -> str:
    """A claim as the question for one of its figures.

    >>> from quantities.parse import parse
    >>> text = "2021年,企业增至逾140家,增长近八成,居全省第二。"
    >>> [asking(text, q) for q in parse(text)][1:3]
    ['2021年,企业增至多少家,增长近八成,居全省第二？', '2021年,企业增至逾140家,增长百分之多少,居全省第二？']
    """
    if q.kind == "date":
        left = "哪一天" if q.date and q.date.day else "哪个月" if q.date and q.date.month else "哪一年"
    elif q.kind == "time":
        left = "几点"
    elif q.kind in ("rank", "ordinal"):
        left = "第几"
    else:
        left = "百分之多少" if q.kind == "percent" else "多少" if q.kind in MEASURED else f"多少{q.measure}"
    return text[:q.start] + left + text[q.end:].rstrip("。！？!?.;；") + "？"


def heard(found: Found, decided: tuple[str, str, Figure | None], line: Line, book: Book, hear: Hear, ranks: Callable[[], Mapping[tuple[str, int], int]]) -> tuple[str, str, Figure | None]:
    """The verdict of one figure of a claim after the reader was asked for it: supported where it finds that very figure in a sentence which nothing
    bars, contradicted where it finds another, in the sentence decided on or elsewhere; else as decided.

    ranks: gives the places of sentences in what the retriever found for the claim, by document and start.
    """
    q, row = found.q, decided[2]
    if decided[0] == SUPPORTED:
        if row is None or row.derivation or q.kind in ("date", "time") or row.sentence.kind == "row" or said_whole(row, found.same) or said_alike(line, q, row) or respective(row.line, row.quantity):
            return decided
        rivals = [m.row for m, _ in found.other if m.row.sentence is row.sentence and mistaken(found, row, m, line, book)]
        if not rivals:
            return decided
        told, = hear(asked_of(line, q), [(book.documents[row.document], row.sentence)])
        other = found_at(told, q, rivals)
        return (CONTRADICTED, f"数字不符(原文为{other.text})", other) if other and told.answers > SWAPPED and not told.over(row) else decided
    beside = row is not None and row.sentence.kind != "row" and not said_whole(row, found.other) and not any(both_given(row.line, row.quantity, m.row.quantity) for m, _ in found.same) and decided[1] == f"数字不符(原文为{row.text})" and any(
        m.row.sentence is row.sentence and not singled(row, m.row, bare(line.text)) and not alone(line, q, row, m.row, line.text[:q.start]) for m, _ in found.same) and not any(
        f is not q and relation(f, row.quantity) in AGREE for f in line.figures)  # 1所幼儿园和两所小学 of 两所幼儿园和1所小学
    if decided[0] == CONTRADICTED and not (found.same and decided[1].startswith(WORDED)) and not beside:
        return decided  # no sentence has its value, or one says otherwise
    same = _by_sentence((m.row for m, _ in found.same), ranks(), HEARD)
    other = [rows for rows in _by_sentence((m.row for m, _ in found.other), ranks(), RIVALS) if rows[0].sentence not in {r[0].sentence for r in same}]
    told = hear(asked_of(line, q), [(book.documents[rows[0].document], rows[0].sentence) for rows in same + other])
    others = {id(m.row) for m, _ in found.same if of_another(q, line, m, book) or named_elsewhere(q, line, m, book)}
    rival = max((t.answers for t in told[len(same):]), default=SURE)
    for answers, n in sorted(((t.answers, n) for n, t in enumerate(told[:len(same)])), reverse=True):
        if answers < max(SURE, rival):
            break
        row = found_at(told[n], q, [row for row in same[n] if id(row) not in others])
        if row is not None and not barred(q, line, row, found.period, book) and not doubtful(q, row, line, answers, found.same, book):
            return SUPPORTED, "相符", row
    if decided[0] == NOT_MENTIONED and other:
        sure, n = max((t.answers, n) for n, t in enumerate(told[len(same):]))
        row = found_at(told[len(same) + n], q, other[n])
        if sure >= SURE and row is not None and not barred(q, line, row, found.period, book):
            return CONTRADICTED, f"数字不符(原文为{row.text})", row
    return decided


def of_another(q: Quantity, line: Line, m: Match, book: Book) -> bool:
    """Whether a row of a claim's value is of somebody, or some doing or day, other than the claim names, so that no model need be asked."""
    if q.kind == "count" and (q.measure in PERSONS) != (m.row.quantity.measure in PERSONS):
        return True  # 3人 of 3个学科
    return bool(labelled(q, line, m.row, book) or m.displaced or other_verb(q, line, m.row) or other_day(q, line, m.row) or miscounted(q, line, m.row) or any(w.name and w.text in book.whole for w in m.foreign))


def named_elsewhere(q: Quantity, line: Line, m: Match, book: Book) -> bool:
    """Whether a claim names somebody who stands in a row's sentence, but not by its figure."""
    name = strange(line, q, m.row, book)
    return bool(name) and name in m.row.scope.sentence


def said_whole(row: Figure, found: Iterable[tuple[Match, str]]) -> bool:
    """Whether a row has nearly all of a claim's words, and in its own piece those of the claim's; where 分别 gives it out, the words do not tell."""
    return not respective(row.line, row.quantity) and any(m.row is row and m.score >= WHOLE and m.close >= CLOSE for m, _ in found)


def said_alike(line: Line, q: Quantity, row: Figure) -> bool:
    """Whether a row's sentence has the piece of a claim's figure character for character: 通达23个国家和地区 of 通达23个国家和地区的61个港口."""
    piece = piece_of(line, q).rstrip("。")
    return len(piece) - len(q.text) >= ALIKE and piece in row.line.text


def doubtful(q: Quantity, row: Figure, line: Line, answers: float, found: Iterable[tuple[Match, str]], book: Book) -> bool:
    """Whether a claim's words leave it open that a row's figure is of something else, and the reader is not sure enough to settle that."""
    return q.kind not in ("date", "time") and (answers < SURER and wanting(row, line, found, book) or answers < SURER + 0.5 and bool(substituted(q, line, row, book.whole)))


def wanting(row: Figure, line: Line, found: Iterable[tuple[Match, str]], book: Book) -> bool:
    """Whether a claim says next to nothing of the piece in which a row's figure stands, and that piece names things of which the claim does not speak: 投出84亿元 of 带动社会资本84亿元."""
    if row.quantity not in row.line.figures or not any(m.row is row and m.close < LITTLE and m.score < WORDY for m, _ in found):
        return False
    (low, high), text = row.line.pieces[row.line.piece(row.quantity.start)], bare(line.text)
    return sum(w.weight * book.rarity(w.text) for w in row.line.words if low <= w.start < high and w.noun and coverage(w.text, text) < 0.3) > UNSAID


def found_at(told: Told, q: Quantity, rows: Iterable[Figure]) -> Figure | None:
    """The row, of the kind of a claim's figure, at which an answer stands."""
    return next((row for row in rows if told.over(row) and comparable(q, row.quantity)), None)


def vouched(line: Line, figures: Sequence[FigureVerdict], book: Book, hear: Hear) -> bool:
    """Whether the reader, asked for the figures of a claim with what it says beside them, finds them in the sentences cited for them."""
    facts = {q.start: q for q in line.figures if q.kind not in ("date", "time", "duration")}
    told = [hear(asked_of(line, facts[f.start]), [place])[0].answers for f in figures if f.start in facts and (place := book.place(f.citation))]
    return bool(told) and min(told) > SURE


def _by_sentence(rows: Iterable[Figure], ranks: Mapping[tuple[str, int], int], most: int) -> list[list[Figure]]:
    """Rows gathered by sentence, at most so many sentences: half of them in the order given, half in the retriever's."""
    found: dict[tuple[str, int], list[Figure]] = {}
    for row in rows:
        found.setdefault((row.document, row.sentence.start), []).append(row)
    keys = list(found)
    chosen = keys[:most // 2]
    chosen += sorted((k for k in keys[most // 2:]), key=lambda k: ranks.get(k, NO_RANK))[:most - len(chosen)]
    return [found[k] for k in chosen]


def stated(decided: tuple[str, str, tuple[Citation, ...]], line: Line, book: Book, hear: Hear, found: Sequence[tuple[Document, Sentence]]) -> tuple[str, str, tuple[Citation, ...]]:
    """The verdict of a statement without figures after the reader was asked whether the sentences cited, and those that the retriever `found`, say it."""
    verdict, _, citations = decided
    cited = [place for c in citations if (place := book.place(c))]
    if verdict == SUPPORTED:
        said_so = not cited or max(t.answers for t in hear(line.text.rstrip("。"), cited)) > DENIED
        return decided if said_so else (NOT_MENTIONED, "原文未提及", ())
    asked = list(dict.fromkeys([*cited, *found]))[:HEARD]
    if not asked or verdict == CONTRADICTED and not decided[1].startswith(WORDED) and decided[1] != DENIED_PIECE:
        return decided
    best, (document, sentence) = max(zip(hear(line.text.rstrip("。"), asked), asked), key=lambda pair: pair[0].answers)
    said = [p for p in places(book) if p.sentence is sentence and best.span[0] < sentence.start + p.piece[1] and sentence.start + p.piece[0] < best.span[1]]
    names = [(name, kind_of(name) or any(w.name for w in line.words if run[0] <= w.start < run[1])) for run in line.runs if (name := known(line, run, book))]
    near = [p.line.text[p.piece[0] if opens_anew(p) else 0:p.piece[1]] for p in said]
    around = bare(" ".join((*sentence.path, *near)))
    apart = any(coverage(name, around if somebody else around + bare(sentence.text)) < 1 for name, somebody in names)  # the report says it of something else
    apart = apart or decided[1] == DENIED_PIECE and (denies(line.text) != any(denies(p.line.text[slice(*p.piece)]) for p in said) or any(sentence.text.count(w) > 1 for w in negated(line.text)))
    apart = apart or any(another(speaker_of(line.text, len(line.text) - 1), speaker_at(document, sentence.start + p.piece[0])) for p in said)
    if best.answers > STATED and said and not apart and not any(opposed(line.text, p.line.text[slice(*p.piece)], p) for p in said):
        return SUPPORTED, "相符", (document.cite_sentence(sentence, (best.span,)),)
    return decided


def known(line: Line, run: Span, book: Book) -> str:
    """The longest beginning of a run of nouns, of four characters or more, that the report has; "" where it has none."""
    ends = [run[1], *reversed([w.end for w in line.words if run[0] < w.end < run[1]])]
    return next((name for end in ends if len(name := bare(line.text[run[0]:end])) > 3 and name in book.whole), "")
