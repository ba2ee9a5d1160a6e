"""Which body, place or person a claim names where the report has another of its kind in that place.

Each function returns the claim's name, or "" where the two do not stand against each other.
"""
from __future__ import annotations

import re
from os.path import commonprefix

from figures.ledger import Figure
from figures.line import Line, bare
from figures.owner import bodies, kind_of
from figures.wording import coverage

OPENING = 8   # characters of a clause in which the body stands that it is about
NAMESAKE = 5  # characters at the end of two names that make them namesakes
_AGENT = re.compile("(?:被|由|是|获)([^，,。；;、“”《》被由是]{2,12}?)(授予|评为|评定为|认定为|列为|命名为|确定为|批准|表彰)")
_OF_ALL = re.compile("[共均都各]|合计|分别|两者")
_CLEFT = re.compile("的(?:人|单位|企业)?是([一-鿿·]{2,8})[。！!]?$")
_TITLE = re.compile("[“《\"][^“”《》\"]+[”》\"]")


def other_agent(ours: str, theirs: str) -> str:
    """Who awards or approves in a claim, where the report has somebody else do just that; else "".

    >>> other_agent("称号是市政府授予的", "同年被省文明办授予称号"), other_agent("称号是省文明办授予的", "同年被省文明办授予称号")
    ('市政府', '')
    """
    told = {m[2]: m[1] for m in _AGENT.finditer(theirs)}
    return next((m[1] for m in _AGENT.finditer(ours) if m[2] in told and max(coverage(m[1], told[m[2]]), coverage(told[m[2]], m[1])) < 0.8), "")


def other_body(ours: str, line: Line, at: int) -> str:
    """The body that a claim names, where the clause of the report that holds an offset is about another of its kind and a different clause names it; else "".

    >>> line = Line.read("南建水务集团虚增收入;南建客运集团出借资金,会计部长被移送")
    >>> other_body("水务局的会计部长", line, 24), other_body("南建水务集团的会计部长", line, 24), other_body("南建客运集团的会计部长", line, 24)
    ('', '南建水务集团', '')
    """
    start, end = line.clause(at)
    clause = Line.read(line.text[start:end])
    rivals = bodies(clause)
    return next((name for name in bodies(Line.read(ours)) if name in line.text and name not in clause.text and any(kind_of(other) == kind_of(name) for other in rivals)), "")


def other_namesake(ours: Line, theirs: Line, whole: str) -> str:
    """The body of a claim that the report, `whole`, does not know, where a sentence of it has its like elsewhere: 甲市市场监督管理局 for 乙市市场监督管理局; else "".

    >>> theirs = Line.read("门店被乙州市市场监督管理局罚款18万元"); whole = theirs.text
    >>> other_namesake(Line.read("处罚由甲州市市场监督管理局作出"), theirs, whole), other_namesake(Line.read("处罚由乙州市市场监督管理局作出"), theirs, whole)
    ('甲州市市场监督管理局', '')
    """
    for name in (re.sub("^[由被向经给]", "", body) for body in bodies(ours)):
        if name not in whole and not short_for(name, whole) and any((len(commonprefix([name[::-1], other[::-1]])) >= NAMESAKE or _half(name, other)) and other not in ours.text for other in bodies(theirs)):
            return name
    return ""


def _half(a: str, b: str) -> bool:
    """Whether two names of one length begin and end alike: 鹿鸣建设公司, 鹿鸣投资公司."""
    return len(a) == len(b) > NAMESAKE and a != b and a[:2] == b[:2] and a[-2:] == b[-2:]


def short_for(name: str, text: str) -> bool:
    """Whether a name is short for a body that a text names: 桐汀法院, 桐汀市中级法院 for 桐汀市中级人民法院.

    >>> short_for("桐汀市中级法院", "桐汀市中级人民法院工作报告"), short_for("桐汀区法院", "桐汀市中级人民法院工作报告")
    (True, False)
    """
    parts = (name[:2], *name[2:-2], name[-2:])
    return len(name) > 3 and bool(re.search("[一-鿿]{0,6}?".join(map(re.escape, parts)), text))


def other_bearer(ours: Line, row: Figure) -> str:
    """The body that a claim names, where another of its kind opens the clause of a row, and neither the row's sentence nor its heading names the claim's; else "".

    >>> from figures.ledger import ledger
    >>> from ingest.chunk import read_document
    >>> row, = ledger(read_document("a.txt", "南岭水务公司营业收入20亿元。"))
    >>> other_bearer(Line.read("东港水务公司营业收入20亿元"), row), other_bearer(Line.read("南岭水务公司营业收入20亿元"), row)
    ('东港水务公司', '')
    """
    if row.quantity not in row.line.figures:
        return ""
    start = row.line.clause(row.quantity.start)[0]
    own = next((body for body in bodies(row.line) if 0 <= row.line.text.index(body) - start <= OPENING), "")
    names = [body for body in bodies(ours) if own and kind_of(body) == kind_of(own)]
    known = bare(row.line.text + row.scope.heading + row.scope.opening)
    return names[0] if names and not any(body in own or own in body or coverage(body, known) >= 0.7 or short_for(body, row.scope.opening) for body in names) else ""


def passed_over(ours: Line, row: Figure) -> str:
    """The body that a claim names, where the report's sentence begins a piece with it and, nearer the row's figure, one with another of its kind; else "".

    >>> from figures.ledger import ledger
    >>> from ingest.chunk import read_document
    >>> row = ledger(read_document("a.txt", "影像中心出具报告13万份,心电中心出具9万份,并检出病例214例。"))[-1]
    >>> passed_over(Line.read("影像中心检出病例214例"), row), passed_over(Line.read("心电中心检出病例214例"), row)
    ('影像中心', '')
    """
    names = bodies(ours)
    if not names or row.quantity not in row.line.figures or _OF_ALL.search(row.scope.near):
        return ""
    theirs = bodies(row.line)
    opening = [name for s, _ in row.line.pieces[:row.line.piece(row.quantity.start) + 1] for name in theirs if row.line.text.startswith((name, f"其中{name}"), s)]
    return next((name for name in names if name in opening[:-1] and name != opening[-1] and kind_of(name) == kind_of(opening[-1]) and opening[-1] not in ours.text), "")


def other_place(ours: Line, theirs: Line) -> str:
    """A place of a claim with the noun that it stands before, where the report's sentence has another place before that noun: 河西基地 for 河东基地; else "".

    >>> theirs = Line.read("因青海基地废水超标,被罚款38万元")
    >>> other_place(Line.read("因安徽基地废水超标被罚款"), theirs), other_place(Line.read("因青海基地废水超标被罚款"), theirs), other_place(Line.read("安徽的公司被罚款"), theirs)
    ('安徽基地', '', '')
    >>> other_place(Line.read("3个学科进入ESI全球前1%"), Line.read("化学等3个学科进入ESI全球前1%"))
    ''
    """
    told = _placed(theirs)
    return next((place + noun for place, noun in _placed(ours) if not re.search(f"{re.escape(place)}[一-鿿]{{0,6}}{re.escape(noun)}", theirs.text)
                 and any(its == noun and other not in ours.text for other, its in told)), "")


def _placed(line: Line) -> list[tuple[str, str]]:
    return [(re.sub("^[从由在于向自到]", "", line.text[a.start:a.end]), line.text[b.start:b.end]) for a, b in zip(line.words, line.words[1:]) if a.noun and b.start - a.start > 1 and (a.name or kind_of(b.text)) and b.noun and not b.name and b.text[-1] != "均" and a.end == b.start]


def other_actor(ours: str, line: Line) -> str:
    """Whom a claim says it is (获“最美”称号的是某人), where the report names him only behind the piece with the same “最美”; else "".

    >>> line = Line.read("医生尤桂荣获“最美”称号,运动员贺一澜夺得金牌")
    >>> other_actor("获得“最美”称号的是贺一澜", line), other_actor("获得“最美”称号的是尤桂", line)
    ('贺一澜', '')
    """
    said, title = _CLEFT.search(ours), _TITLE.search(ours)
    if not said or not title or title[0] not in line.text:
        return ""
    end = line.pieces[line.piece(line.text.index(title[0]))][1]
    return said[1] if said[1] in line.text[end:] and said[1] not in line.text[:end] else ""
