"""English follow-ups, simply: What about X, And the second one, pronouns."""
from __future__ import annotations

import re
from collections.abc import Sequence

from qa.followup import Past

ABOUT = re.compile(r"^(?:so |ok,? |no,? |sorry,? )*(?:(?:and|but|or) )?(?:(?:what|how) about|i meant?|in|for)? ?(.+?)[?.!\s]*$", re.I)
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
ORDINAL = re.compile(r"\b(?:first|second|third|fourth|fifth|last)\b", re.I)
NAME = re.compile(r"(?:[A-Z][\w'-]*|of|the)(?: (?:[A-Z][\w'-]*|of|the))*(?<! of)(?<! the)")
PRONOUN = re.compile(r"\b(?:its|their|it|they|them|he|she|him|his|her|this|that)\b", re.I)
ASKS = re.compile(r"^(?:and |but )?(?:what|how|which|who|whose|when|where|why|did|does|do|is|are|was|were|has|have|can)\b", re.I)
COUNTED = re.compile(r"(how many )(.+?)(?= (?:are|is|were|was|did|do|does|have|has|in|at)\b|\?|$)", re.I)


def names(text: str) -> list[str]:
    """The capitalised names of a question, its first word aside.

    >>> names("When was the Qinghe Bridge opened in Linhai")
    ['Qinghe Bridge', 'Linhai']
    """
    return [re.sub("^(?:the|of) ", "", m[0]) for m in NAME.finditer(text) if m.start() and m[0][0].isupper() or m.start() and re.search("[A-Z]", m[0])]


def complete_english(question: str, turns: Sequence[Past]) -> str:
    """The question itself where it stands alone, else with the year, rank, name or noun put into the latest question.

    >>> from qa.followup import Shape
    >>> past = [Past(Shape("How many schools are there in Linhai"), "")]
    >>> complete_english("What about clinics?", past), complete_english("And Donghe?", past)
    ('How many clinics are there in Linhai?', 'How many schools are there in Donghe?')
    """
    last = turns[-1]
    base = last.shape.text.rstrip("?. ")
    piece = ABOUT.match(question.strip())
    alone = not re.match(r"(?:and |but |so |no,? )?(?:what|how) about|^(?:and|but|or|no|i mean) ", question.strip(), re.I)
    if alone and ASKS.match(question.strip()):
        if PRONOUN.search(question) and not names(question):
            what = last.answer if re.match("who|which", base, re.I) and last.answer else next(iter(names(base)), "")
            return PRONOUN.sub(lambda m: f"{what}'s" if m[0].lower() in ("its", "their", "his", "her") else what, question, count=1) if what else question
        return f"{question.rstrip('?. ')}: {base}?" if len(question.split()) == 1 else question
    if alone and len(question.split()) > 4 or not piece:
        return question
    new = re.sub("^(?:the|in|for) (?=[A-Z0-9])", "", piece[1])
    if ASKS.match(new) and len(new.split()) > 2:
        return complete_english(new + "?", turns) if new != question.rstrip("?") else question
    for pattern in (YEAR, ORDINAL):
        if found := pattern.search(new):
            earlier = next((t.shape.text for t in reversed(turns) if pattern.search(t.shape.text)), None)
            return pattern.sub(found[0], earlier, count=1).rstrip("?. ") + "?" if earlier else f"{base}: {new}?"
    if new[0].isupper() and (old := names(base)):
        return base.replace(old[-1], new) + "?"
    if COUNTED.search(base):
        return COUNTED.sub(lambda m: m[1] + re.sub("^the ", "", new), base, count=1) + "?"
    return f"{base}: {new}?"
