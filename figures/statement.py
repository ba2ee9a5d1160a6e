"""A claim without figures → its verdict: the piece of the report that says most of it, and whether it says the same."""
from __future__ import annotations

import re

from figures import marks, negation
from figures.align import LAST, LEFT, OPENING, Book, coverage
from figures.line import Line, Word, bare
from figures.opposed import opposed
from figures.places import Place, opens_anew, places
from figures.scope import ANAPHORA
from figures.tagger import tagged
from figures.verdict import CONTRADICTED, NOT_MENTIONED, SUPPORTED, worst
from figures.wording import abbreviates, shortens
from ingest.document import Citation, Span

FIT, OTHER_FIT, MISSING_FIT = 0.78, 0.6, 0.66
DENIAL = 0.03  # so much does it count for a piece of the report that it denies where the claim does
HEADED = 0.85  # what a word earns that only the heading says

MOST = 40  # words of one piece that are compared


def _credit(word: Word, place: Place) -> tuple[float, bool]:
    """What a word earns from a piece, and whether it stands in the piece or before it in the clause."""
    scope = place.scope
    best, own = 0.0, False
    for worth, text, near in ((1.0, scope.near, True), (LAST, scope.last, True), (LEFT, scope.left, True), (HEADED, scope.heading, True), (OPENING, scope.opening, True),
                              (0.8 if scope.follows else 0.3, scope.before, scope.follows), (0.4, scope.right, False), (0.35, scope.sentence, False)):
        if worth > best and text and (earned := worth * (float(word.text in text) if word.quoted else coverage(word.text, text))) > best:
            best, own = earned, near
    if best < HEADED and word.noun and abbreviates(word.text, scope.heading):
        return HEADED, True
    if best < OPENING and word.noun and shortens(word.text, scope.opening):
        return OPENING, True
    return best, own


def judge(line: Line, book: Book) -> tuple[str, str, tuple[Citation, ...]]:
    """The verdict of a claim that has no figure: that of its pieces, the worst of them."""
    verdicts = []
    for number, (start, end) in enumerate(line.pieces):
        words = [w for w in line.words if start <= w.start < end]
        if not any(w.weight >= 0.25 for w in words):
            continue
        told = bool(start) and bare(line.text[:end]) in book.whole  # the report has the piece behind the same ones
        lead = [w for w in line.words if w.start < start and w.noun] if not told and not any(w.noun for w in words[:1]) else []
        verdicts.append(piece_verdict([(w, w.weight * book.rarity(w.text)) for w in words] + [(w, 0.4 * book.rarity(w.text)) for w in lead], line, (start, end), book))
    if not verdicts:
        return NOT_MENTIONED, "原文未提及", ()
    verdict = worst(v for v, _, _ in verdicts)
    chosen = [v for v in verdicts if v[0] == verdict]
    return verdict, chosen[0][1], tuple(dict.fromkeys(c for _, _, c in chosen if c is not None))


def listed(words: list[tuple[Word, float]], place: Place) -> Word | None:
    """The claim's last noun where the piece is a list and gives that item to another: 甲的课堂、乙的读书会 does not say 甲的读书会."""
    nouns = [w for w, _ in words if w.noun]
    if len(nouns) > 1 and "分别" in place.line.text:
        left, _, right = place.line.text.partition("分别")
        ours, given = re.split("、|和|与", left), re.split("、|和|与", right)
        named = next((w for w in nouns[:-1] if w.quoted and w.text in bare(left)), nouns[0])
        i = [n for n, part in enumerate(reversed(ours)) if named.text in bare(part)]
        j = [n for n, part in enumerate(reversed(given[:len(ours)])) if nouns[-1].text in bare(part) and "".join(w.text for w, _ in words if w is not named)[-len(nouns[-1].text) - 2:] in bare(part)]
        if i and j and i[0] != j[0]:
            return nouns[-1]
        return None
    theirs = place.line.text[place.piece[0]:place.piece[1]]
    if len(nouns) < 2 or "、" not in theirs and "和" not in theirs:
        return None
    last, first = nouns[-1], nouns[0]
    said = "".join(w.text for w, _ in words)
    for part in re.split("[、和]", theirs):
        clean = bare(part)
        if last.text in clean and first.text not in clean and first.text in bare(theirs):
            opens = next((bare(p) for p in re.split("[、和]", theirs) if first.text in bare(p)), "")
            if "的" in clean and "的" not in opens:
                continue  # 甲、乙的红利由公司发放: of both
            if all(coverage(w.text, said) >= 0.3 for w in Line.read(opens).words if w.weight == 1.0):
                continue  # one person with two offices, not two items
            before = clean[:clean.index(last.text)]
            if any(w.noun and w.weight == 1.0 and coverage(w.text, said) < 0.3 for w in Line.read(before).words):
                return last
    return None


def _subject(words: list[tuple[Word, float]]) -> list[Word]:
    """The nouns that open a statement, before its first other word."""
    found = []
    for w, _ in words:
        if marks.has(w.text, "strong_planned"):
            continue  # 街道计划完成任务: the plan is no part of whose it is
        if not w.nominal or found and w.start > found[-1].end + 1:
            break
        found.append(w)
    return found if len(found) < len(words) else found[:-1]


def _said_of(word: Word, place: Place) -> bool:
    """Whether a piece says something of a subject: it names it, or takes it over from what stands before without naming another."""
    scope = place.scope

    def has(text: str) -> bool:
        return word.text in text if word.quoted else coverage(word.text, text) >= 0.62

    if has(scope.near):
        return True
    headed = has(scope.heading) or abbreviates(word.text, scope.heading)
    if opens_anew(place) and place.piece[0] > 0 and not headed:
        return False
    if has(scope.last) or has(scope.left):
        return True
    start = place.line.clause(place.piece[0])[0]
    if any(w.quoted for w in place.line.words if start <= w.start < place.piece[1]) and word.quoted:
        return False
    return headed or not _person(word) and (has(scope.opening) or shortens(word.text, scope.opening)) or bool(ANAPHORA.match(place.line.text)) and has(scope.before)


def _person(word: Word) -> bool:
    """Whether a word is a person's name: the opening of a document names what it is about, and whoever comes by."""
    return word.name and all(tag.startswith("nr") for _, tag in tagged(word.text))


def piece_verdict(words: list[tuple[Word, float]], line: Line, span: Span, book: Book) -> tuple[str, str, Citation | None]:
    """The verdict of one piece of a claim: that of the pieces of the report that say most of it."""
    text = line.text[span[0]:span[1]]
    words = words[:MOST]
    total = sum(weight for _, weight in words)
    subject = _subject(words)
    rest = [w for w, _ in words if w not in subject and w.weight >= 0.5]
    told = [w for w in rest if w.weight == 1.0] or rest
    told += [Word(bare(line.text[s:e]), s, e, 1.0) for s, e in line.runs if span[0] <= s and e <= span[1] and not any(w.start < e and s < w.end for w in subject)]
    ranked = []
    reach: dict[str, float] = {}
    for place in places(book):
        if place.around not in reach:
            reach[place.around] = sum(weight * coverage(w.text, place.around) for w, weight in words) / total
        if reach[place.around] < OTHER_FIT:
            continue  # no scope of it can say enough
        credits = [_credit(w, place) for w, _ in words]
        ranked.append((sum(weight * c for (_, weight), (c, _) in zip(words, credits)) / total, place, credits))
    denied = negation.denies(text)
    ranked.sort(key=lambda r: -r[0] - DENIAL * (negation.denies(r[1].line.text[slice(*r[1].piece)]) == denied))
    reasons, against = [], 0.0
    for score, place, credits in ranked[:5]:
        if score < OTHER_FIT:
            break
        cited = place.document.cite_sentence(place.sentence)
        theirs = place.line.text[place.piece[0]:place.piece[1]]
        missing = [w for (w, _), (c, own) in zip(words, credits) if w.noun and (c < 0.62 or not own) and w.weight >= 0.5]
        missing += [w for w in subject if not _said_of(w, place)]
        missing += [w for w in told if not _told(w, place)]
        missing += [w for w in rest if w.verb and not (len(w.text) == 2 and w.text[1] in "过了着") and not any(coverage(w.text, t) >= 0.3 for t in (place.scope.near, place.scope.last, place.scope.left))]
        missing += [w for w, _ in words if w.weight == 0.3 and len(w.text) > 1 and w.text in book.whole and not any(w.text in t for t in (place.scope.near, place.scope.last, place.scope.left, place.scope.heading))]
        if item := listed(words, place):
            reasons.append((f"与原文不符:原文里“{item.text}”说的是另一项", cited))
            continue
        if missing:
            if score >= MISSING_FIT:
                reasons.append((f"与原文不符:原文没有这样说“{missing[0].text}”", cited))
            continue
        if why := opposed(text, theirs, place) or ("与原文的肯定或否定相反" if denied != negation.denies(theirs) and not negation.shortfall(text, place.line.text) and not _denied_ahead(text, theirs, place) else ""):
            reasons.append((why, cited))
            against = max(against, score + 0.07)
            continue
        if score >= FIT:
            if score < against:
                break
            return SUPPORTED, "相符", cited
    if reasons:
        return CONTRADICTED, *reasons[0]
    return NOT_MENTIONED, "原文未提及", None


def _denied_ahead(text: str, theirs: str, place: Place) -> bool:
    """Whether what a claim denies the report's sentence denies in another piece, and the piece at hand does not speak of: 3家考核不合格,其中甲院院长被调整岗位."""
    ours, all_told = ({group[0] for group in negation.denials(of)} for of in (text, place.line.text))
    return bool(ours) and ours <= all_told and not any(word in theirs for word in ours)


def _told(word: Word, place: Place) -> bool:
    """Whether a piece itself says a word of the predicate, or takes it over where it has no subject of its own."""
    least = 0.99 if word.quoted else 0.62 if word.weight == 1.0 else 0.3
    last = place.line.piece(place.piece[0]) - 1
    span = place.line.pieces[last] if last >= 0 else (0, 0)
    if place.line.text.startswith("由", place.piece[0]) and coverage(word.text, _object(place.line, span)) >= least:
        return True  # 设立引导基金,由某集团运营
    own = opens_anew(place) or any(w.verb and w.weight >= 0.5 and span[0] <= w.start < span[1] for w in place.line.words)
    return any(coverage(word.text, t) >= least for t in (place.scope.near, "" if own else place.scope.last)) or not own and coverage(word.text, place.scope.left) >= 0.99 or coverage(word.text, place.scope.heading) >= 0.99 or abbreviates(word.text, place.scope.heading)


def _object(line: Line, span: Span) -> str:
    """The nouns that a piece ends with, "" where it ends with a verb or a figure.

    >>> [_object(line, line.pieces[0]) for line in map(Line.read, ("设立总规模5亿元的引导基金,由某集团运营", "产值增长,由某局统计"))]
    ['引导基金', '']
    """
    ends = [(s, e) for s, e in line.runs if span[0] <= s and e == span[1]]
    return bare(line.text[slice(*ends[0])]) if ends and not [w for w in line.words if w.start < span[1]][-1].verb else ""


