"""Answer: what `ask` gives, everywhere the same object. Its JSON form is `Answer.to_dict()`."""
from __future__ import annotations

from dataclasses import dataclass, field

from index.search import Hit
from ingest.document import Citation


@dataclass(frozen=True)
class Answer:
    """The reply to one question.

    answer: the short answer ("" when not found); statement: a readable sentence with markers such as [1].
    confidence: probability that answer and first citation are right (not found: that the report does not say).
    hits: the ranked sentences; seconds: wall time by stage (embed, search, read, total).
    generated: a language model wrote the statement; withheld: sentences of its that the lock did not let through.
    """

    question: str
    question_used: str
    answer: str
    statement: str
    confidence: float
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    generated: bool = False
    withheld: int = 0

    @property
    def status(self) -> str:
        return "answered" if self.citations else "not_found"

    def to_dict(self, id: object = None) -> dict:
        """The JSON object of the contract; `passages` are the distinct passages of the hits, best first."""
        return {
            "id": id, "question": self.question, "status": self.status, "answer": self.answer, "statement": self.statement,
            "confidence": round(self.confidence, 4), "citations": [c.to_dict(label) for label, c in enumerate(self.citations, 1)],
            "passages": passages(self.hits), "question_used": self.question_used, "seconds": {k: round(v, 4) for k, v in self.seconds.items()}} | ({"generated": True, "withheld": self.withheld} if self.generated else {})


def passages(hits: tuple[Hit, ...]) -> list[dict]:
    """The distinct passages of ranked hits, each with its best hit's score."""
    seen: dict[tuple[str, int], dict] = {}
    for hit in hits:
        passage, text = hit.passage, hit.passage.text.rstrip()
        seen.setdefault((hit.document.name, passage.start), {
            "document": hit.document.name, "heading": passage.heading, "text": text,
            "spans": [list(span) for span in hit.document.spans(passage.start, passage.start + len(text))], "score": round(hit.score, 4)})
    return list(seen.values())
