"""Where the evidence of pairs stands: which passages of the documents hold it, and under which heading."""
from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from evaluation.measures import COVER, Place, covered
from evaluation.pairs import Pair
from ingest.document import Document

RUN = 4  # characters: shorter common runs count for nothing in `covered`


def grams(text: str) -> set[str]:
    """The runs of RUN characters of a text, white space aside.

    >>> sorted(grams("甲乙 丙丁戊"))
    ['乙丙丁戊', '甲乙丙丁']
    """
    text = "".join(text.split())
    return {text[i:i + RUN] for i in range(len(text) - RUN + 1)} or {text}


class Places:
    """The passages of some documents, found by the evidence they hold."""

    def __init__(self, documents: Sequence[Document]):
        self.passages = [(document, passage) for document in documents for passage in document.passages]
        self._by_gram: dict[str, list[int]] = defaultdict(list)
        for number, (_, passage) in enumerate(self.passages):
            for gram in grams(passage.text):
                self._by_gram[gram].append(number)

    def of(self, pair: Pair) -> list[int]:
        """The numbers of the passages that hold COVER of a snippet, in order; of the pair's document alone where it names one."""
        found: set[int] = set()
        for snippet in pair.evidence:
            length = len("".join(snippet.split()))
            shared = Counter(number for gram in grams(snippet) for number in self._by_gram.get(gram, ()))
            found |= {n for n, count in shared.items() if (count >= COVER * length / RUN - 1 or length < 2 * RUN) and covered(self.passages[n][1].text, snippet) >= COVER}
        return sorted(n for n in found if pair.document in ("", self.passages[n][0].name))

    def relevant(self, pair: Pair) -> frozenset[Place]:
        """The keys of the passages that hold a pair's evidence."""
        return frozenset((document.name, document.spans(passage.start, passage.end)[0][0]) for document, passage in (self.passages[n] for n in self.of(pair)))

    def section(self, pair: Pair) -> str:
        """The heading, below the document's title, under which the evidence stands; "section" of the pair's row before it, "" where there is none."""
        if isinstance(given := pair.rest.get("section"), str):
            return given
        path = next((self.passages[n][1].path for n in self.of(pair)), ())
        return path[1] if len(path) > 1 else path[0] if path else ""
