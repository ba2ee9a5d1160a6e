"""What a model writes, in pieces → its sentences, each without its markers and with the labels that these name.

What is judged later is exactly what is shown: characters that hide, reverse or imitate others are taken out or made plain here, once.
Any text comes in; memory stays within one sentence.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MAX_SENTENCE = 300
_END = re.compile(r"[。！？!?\n][”’」』》）)\"']*(?:\s*[\[【［〔][^\[\]【】［］〔〕\n]{1,20}[\]】］〕])*")
_PENDING = re.compile(r"\s*(?:[\[【［〔][^\[\]【】［］〔〕\n]{0,20})?")
_MARK = re.compile(r"[\[【［〔]\s*(?:材料|资料|来源|段落|段)?\s*\^?(\d+(?:\s*[,，、;；\-–~]\s*\d+)*)\s*[\]】］〕]")
_BRACKETS = re.compile(r"[\[\]【】［］〔〕]")
_BULLET = re.compile(r"^[\s#>•·\-]*(?:[(（]?\d{1,2}[)）.、](?!\d))?[\s•·\-]*")
_THINK, _THOUGHT = "<think>", "</think>"


@dataclass(frozen=True)
class Marked:
    """A sentence. text: without its markers; labels: those of the passages it cites, once each; invented: markers to passages that were not given."""

    text: str
    labels: tuple[int, ...]
    invented: int


def clean(text: str) -> str:
    """A text without characters that do not show, and with digits in disguise as digits.

    >>> clean("1\\u200b4\\u03367家，①②，**𝟏**"), clean("㎡，“好”")
    ('147家，12，1', 'm2，“好”')
    """
    return "".join(_plain(c) for c in text)


def _plain(c: str) -> str:
    kind = unicodedata.category(c)
    if c == "\n":
        return c
    if c in "*`" or kind[0] in "MC":
        return ""
    if kind[0] == "Z":
        return " "
    return unicodedata.normalize("NFKC", c) if kind in ("Nd", "Nl", "No", "So", "Sk") or "\u2e80" <= c <= "\u2fdf" or "\uf900" <= c <= "\ufaff" else c


def spoken(pieces: Iterable[str]) -> Iterator[str]:
    """The pieces of an answer without the thoughts that some models put before it, <think>…</think>.

    >>> "".join(spoken(["<th", "ink>有5家", "。</thi", "nk>有147", "家。"])), list(spoken(["有5家"]))
    ('有147家。', ['有5家'])
    """
    held, state = "", "start"
    for piece in pieces:
        held += piece
        if state == "start":
            begun = held.lstrip()
            if len(begun) < len(_THINK) and _THINK.startswith(begun):
                continue
            state = "think" if begun.startswith(_THINK) else "said"
        if state == "think":
            at = held.find(_THOUGHT)
            if at < 0:
                held = held[-len(_THOUGHT):]
                continue
            held, state = held[at + len(_THOUGHT):], "said"
        yield held
        held = ""
    if held and state == "start":
        yield held


def sentences(pieces: Iterable[str]) -> Iterator[str]:
    """The sentences of an answer, as soon as each is whole, with the markers behind its full stop.

    Of one longer than MAX_SENTENCE characters only its beginning comes, one character too long; the rest is passed over.

    >>> list(sentences(["共有147家。", "[1", "]好。未完"])), [len(s) for s in sentences(["甲" * 1000, "乙。丙。"])]
    (['共有147家。[1]', '好。', '未完'], [301, 2])
    """
    held, passing = "", False
    for piece in pieces:
        held += clean(piece)
        at = 0
        while m := _END.search(held, at):
            if _PENDING.fullmatch(held, m.end()):
                break
            if not passing:
                yield held[at:m.end()][:MAX_SENTENCE + 1]
            at, passing = m.end(), False
        held = held[at:]
        if m is None and len(held) > MAX_SENTENCE:
            if not passing:
                yield held[:MAX_SENTENCE + 1]
            held, passing = "", True
    if held and not passing:
        yield held[:MAX_SENTENCE + 1]


def marked(sentence: str, given: int) -> Marked:
    """A sentence without markers, list numbers and square brackets, and which of `given` passages, counted from 1, it cites.

    >>> marked("2. 共有147家[1][9]。", 3)
    Marked(text='共有147家。', labels=(1,), invented=1)
    >>> marked("共有147家【1，3】", 3).labels, marked("[[1]2]共有147家", 3)
    ((1, 3), Marked(text='2共有147家', labels=(1,), invented=0))
    """
    named = [int(n) if len(n) < 6 else 0 for m in _MARK.finditer(sentence) for n in re.findall(r"\d+", m[1])]
    labels = tuple(dict.fromkeys(n for n in named if 1 <= n <= given))
    text = _BRACKETS.sub("", _MARK.sub("", sentence))
    return Marked(" ".join(_BULLET.sub("", text).split()), labels, sum(not 1 <= n <= given for n in named))
