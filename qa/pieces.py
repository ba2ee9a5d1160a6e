"""Text → model tokens with exact character places.

In: any text. Out: token ids and, for each, the half-open range of characters it covers.
The vocabulary is a plain JSON file: `pieces` (strings), `scores` (unigram log-probabilities),
`map` (one character → its normal form: full width, compatibility forms, traditional → simplified).

Chinese pieces are whole dictionary words of at most four characters or single characters, so that the edge
of an answer falls inside a piece in fewer than 1% of cases; the reader's heads have one output
per place inside a piece for those. Punctuation is always its own token, figures never join with units.
"""
import json
import re

import numpy as np

BOS, PAD, EOS, UNK = 0, 1, 2, 3
PLACES = 4                       # the longest Chinese piece, and the outputs a head has for each token
_RUNS = re.compile(r"([㐀-鿿]+)|(\d+)|([^\W\d_㐀-鿿]+)|(\S)")


class Pieces:
    """The tokenizer of the reader.

    >>> p = Pieces(["<s>", "<pad>", "</s>", "<unk>", "企业", "有", "家", "147", "多", "少"], [0.0] * 4 + [-8, -6, -7, -9, -8, -8], {"傢": "家"})
    >>> p.tokens("企业有147傢")
    [(4, 0, 2), (5, 2, 3), (7, 3, 6), (6, 6, 7)]
    """

    def __init__(self, pieces, scores, mapping):
        self.pieces, self.scores, self.map = list(pieces), list(scores), dict(mapping)
        self.id = {piece: i for i, piece in enumerate(pieces) if i > UNK}
        self._score = {piece: float(scores[i]) for piece, i in self.id.items()}
        self._low = min(self._score.values()) - 10.0
        self._cache = {}

    @classmethod
    def load(cls, path):
        with open(path, encoding="utf-8") as f:
            d = json.load(f)
        return cls(d["pieces"], d["scores"], d["map"])

    def save(self, path):
        with open(path, "w", encoding="utf-8") as f:
            json.dump({"pieces": self.pieces, "scores": [round(float(s), 3) for s in self.scores], "map": self.map},
                      f, ensure_ascii=False, separators=(",", ":"))

    def _best(self, run, longest):
        """The most probable cut of a run, as (id, start, end)."""
        known = self._cache.get(run)
        if known is not None:
            return known
        n, score, low = len(run), self._score, self._low
        best, back = [0.0] + [-1e18] * n, [0] * (n + 1)
        for i in range(n):
            here = best[i]
            for j in range(i + 1, min(n, i + longest) + 1):
                s = score.get(run[i:j])
                if s is None:
                    if j > i + 1:
                        continue
                    s = low
                if here + s > best[j]:
                    best[j], back[j] = here + s, i
        out, j = [], n
        while j:
            i = back[j]
            out.append((self.id.get(run[i:j], UNK), i, j))
            j = i
        out.reverse()
        if len(self._cache) < 50000:
            self._cache[run] = out
        return out

    def normal(self, text):
        """(normal text, place of each of its characters in `text`)."""
        chars, places = [], []
        for i, ch in enumerate(text):
            for c in self.map.get(ch, ch):
                chars.append(c)
                places.append(i)
        return "".join(chars), places

    def tokens(self, text):
        """[(id, start, end)] over the characters of `text`; white space belongs to no token."""
        normal, at = self.normal(text)
        out = []
        for m in _RUNS.finditer(normal):
            a, kind = m.start(), m.lastindex
            run = m.group()
            if kind == 4:
                out.append((self.id.get(run, UNK), at[a], at[a] + 1))
            elif kind == 3:                                   # a Latin word: the pieces that begin a word
                for i, s, e in self._best("▁" + run, 16):
                    s, e = max(s - 1, 0), e - 1
                    if e > s:
                        out.append((i, at[a + s], at[a + e - 1] + 1))
            else:
                for i, s, e in self._best(run, PLACES):
                    out.append((i, at[a + s], at[a + e - 1] + 1))
        return out

    def pair(self, question, window, limit=320):
        """One model row: (ids, kinds, spans). `spans[t]` is the window range of token t, or None.

        kinds: 0/1 a question token absent from / present in the window, 2/3 the same for window tokens.
        """
        q, w = self.tokens(question)[:80], self.tokens(window)
        w = w[:limit - len(q) - 4]
        qn, wn = self.normal(question)[0].lower(), self.normal(window)[0].lower()
        qs, ws = {i for i, _, _ in q}, {i for i, _, _ in w}
        ids, kinds, spans = [BOS], [0], [None]
        for i, s, e in q:
            ids.append(i); kinds.append(self._seen(i, ws, wn)); spans.append(None)
        ids += [EOS, EOS]; kinds += [0, 2]; spans += [None, None]
        for i, s, e in w:
            ids.append(i); kinds.append(2 + self._seen(i, qs, qn)); spans.append((s, e))
        return ids + [EOS], kinds + [2], spans + [None]

    def _seen(self, i, ids, text):
        """1 where token i also occurs on the other side; Chinese by characters, figures and words whole."""
        if i == UNK:
            return 0
        piece = self.pieces[i]
        if "㐀" <= piece[0] <= "鿿":
            return int(piece in text)
        return int(i in ids and piece.lstrip("▁").isalnum())


def places(piece_text, span):
    """How many places inside its token an edge may take: each character of a Chinese word, one for others."""
    return min(span[1] - span[0], PLACES) if "㐀" <= piece_text[0] <= "鿿" else 1


def batch(rows):
    """Rows of `pair` → (ids, kinds) int64 [B, T], padded."""
    width = max(len(r[0]) for r in rows)
    ids = np.full((len(rows), width), PAD, np.int64)
    kinds = np.full((len(rows), width), 2, np.int64)
    for b, r in enumerate(rows):
        ids[b, :len(r[0])] = r[0]
        kinds[b, :len(r[1])] = r[1]
    return ids, kinds
