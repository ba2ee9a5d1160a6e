"""Words → BM25 over Chinese characters and their pairs, Latin words and numbers; simplified and full-width alike.

Pairs and single characters beat words cut by a segmenter here: questions reword, abbreviate and mistype.
"""
from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from functools import cache

import bm25s
import numpy as np
import opencc

TOKEN = re.compile(r"[〇\u3400-\u9fff\U00020000-\U0003ffff]+|[a-z]+|[0-9]+(?:\.[0-9]+)?")


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def simplify(text: str) -> str:
    """Full-width forms, capitals and traditional characters as half-width, small, simplified; length may change.

    >>> simplify("ＧＤＰ增長７％")
    'gdp增长7%'
    """
    return _converter().convert(unicodedata.normalize("NFKC", text).lower())


def tokens(text: str) -> list[str]:
    """Characters, character pairs, Latin words and numbers of a text.

    >>> tokens("“四上”企业147家")
    ['四', '上', '四上', '企', '业', '企业', '147', '家']
    >>> tokens("二〇二二")
    ['二', '〇', '二', '二', '二〇', '〇二', '二二']
    """
    found = []
    for run in TOKEN.findall(simplify(text)):
        if run.isascii():
            found.append(run)
        else:
            found += run
            found += map("".join, zip(run, run[1:]))
    return found


class Lexical:
    """BM25 over token lists; row i is unit i of the store. frequency: in how many rows a token stands."""

    def __init__(self, bm25: bm25s.BM25, frequency: Counter[str], size: int):
        self.bm25 = bm25
        self.frequency = frequency
        self.size = size

    @classmethod
    def build(cls, texts: list[str]) -> Lexical:
        rows = [tokens(text) or [""] for text in texts]
        bm25 = bm25s.BM25(method="lucene")
        bm25.index(rows, show_progress=False)
        return cls(bm25, Counter(token for row in rows for token in set(row)), len(texts))

    def scores(self, question: str) -> np.ndarray:
        """A question → BM25 score of each row, (n,) float32, in row order."""
        asked = [t for t in dict.fromkeys(tokens(question)) if t in self.bm25.vocab_dict]
        return self.bm25.get_scores(asked) if asked else np.zeros(self.size, np.float32)

    def weight(self, token: str) -> float:
        """How much a token tells: its inverse document frequency, highest for one that no row has."""
        return math.log(1 + self.size / (0.5 + self.frequency[token]))

    def coverage(self, question: str, text: str) -> float:
        """The share of a question's token pairs, by weight, that a text has: 0 to 1, 0 where the question has none."""
        asked = {t for t in tokens(question) if len(t) > 1 or t.isascii()}
        found = set(tokens(text))
        total = sum(map(self.weight, asked))
        return sum(self.weight(t) for t in asked if t in found) / total if total else 0.0
