"""Why a piece of the report says the contrary of a claim that has no figure, or of a piece of one."""
from __future__ import annotations

import re

from figures import marks, negation
from figures.line import bare
from figures.others import other_case, other_cause
from figures.parties import other_actor, other_agent, other_body
from figures.persons import other_holder
from figures.places import Place, opens_anew
from figures.quantified import added_first
from figures.stage import SLIPPED, other_stage
from figures.turned import reversed_in, turned_about
from figures.verdict import TURNED

_YET, _BUT = re.compile("反而|反倒"), re.compile("反|却|但|不过|可是|然而")
_STILL, _QUOTED = re.compile("依然|依旧|仍"), re.compile("[“《\"][^“”《》\"]*[”》\"]")
OTHERS = re.compile("(?:还|另|也)有.{0,4}(?:其他|其它|别的|另外)|除[^，,]+(?:外|之外).*(?:还|另|也)有")


def opposed(text: str, theirs: str, place: Place) -> str:
    """Why a piece of the report says the contrary, or ""."""
    if OTHERS.search(text) and marks.SOLE.search(place.line.text):
        return "与原文不符:原文说的是唯一"
    if word := negation.denial(text, place.line.text):
        return f"与原文的肯定或否定相反(“{word}”)"
    if word := added_first(text, place.line.text):
        return f"与原文不符:原文没有说“{word}”"
    if word := other_agent(text, theirs):
        return f"主体不符:原文不是“{word}”"
    if word := other_body(text, place.line, place.piece[0]):
        return f"主体不符:原文说的不是“{word}”"
    if name := other_actor(text, place.line):
        return f"主体不符:原文说的不是“{name}”"
    if negation.missed(text, place.line.text[slice(*place.line.clause(place.piece[0]))]):
        return "与原文的肯定或否定相反(“目标”)"
    if case := other_case(text, place.line, place.piece[0]):
        return f"与原文不符:原文说的不是“{case}”"
    if name := turned_about(text, place.line.text):
        return f"与原文不符:原文没有说“{name}”变成另一个"
    if cause := other_cause(text, place.line.text[slice(*place.line.clause(place.piece[0]))]):
        return f"与原文不符:原文说的原因不是“{cause}”"
    if why := reversed_in(text, place.line.text):
        return why
    if stage := other_stage(bare(text), bare(theirs)):
        return f"口径不符:原文说的不是“{stage}”"
    if name := other_holder(text, place.line.text):
        return f"主体不符:原文不是“{name}”"
    if word := marks.contrast(bare(text), bare(theirs)):
        return f"与原文不符:原文不是“{word}”"
    if (word := _YET.search(text)) and not _BUT.search(place.line.text):
        return f"与原文不符:原文没有说“{word.group()}”"
    if marks.turned(text, theirs) or marks.uneven(text, place.line.text):
        return TURNED
    if not marks.completed(_QUOTED.sub("", text), theirs if opens_anew(place) else theirs + place.scope.last):
        return "口径不符:原文没有说已经完成"
    planned = marks.has(theirs, "strong_planned") or marks.status(place.line, place.piece[0]) == "planned"
    if planned and not marks.has(text, "planned") and not (SLIPPED.search(text) and SLIPPED.search(theirs)):
        return "口径不符:原文是计划或在建,不是已完成"
    if (marks.has(text, "strong_planned") or marks.has(text, "ongoing")) and marks.has(theirs, "done") and not planned and not marks.has(place.scope.heading, "planned"):
        return "口径不符:原文已经完成,不是计划或在建"
    if marks.has(text, "strong_planned") and not marks.has(place.line.text, "planned") and not marks.has(place.scope.heading, "planned"):
        return "口径不符:原文没有说是计划"
    if marks.has(text, "ongoing") and not marks.has(place.line.text, "ongoing") and not marks.has(theirs, "planned") and not _STILL.search(place.line.text):
        return "口径不符:原文没有说还在进行"
    if marks.has(theirs, "ongoing") and marks.has(text, "done"):
        return "口径不符:原文还在进行,不是已完成"
    return ""
