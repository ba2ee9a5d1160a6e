"""Answer: what `ask` gives, everywhere the same object. Its JSON form is `Answer.to_dict()`."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from index.search import Hit
from ingest.document import Citation

WRITTEN = "正文由语言模型{}撰写，每句都与所引原文核对过。"
COUNTS = {"withheld": "扣下对不上的 {} 句", "invented": "编造的出处 {} 个"}


@dataclass(frozen=True)
class Answer:
    """The reply to one question.

    answer: the short answer ("" when not found); statement: a readable sentence with markers such as [1].
    confidence: probability that answer and first citation are right (not found: that the report does not say).
    hits: the ranked sentences; seconds: wall time by stage (embed, search, read, where a language model was at work write, total).
    generated: whether a language model wrote of the statement, None where none was at work; withheld: sentences of its that the lock did not
    let through; invented: markers of its to passages that were not given; note: why it wrote nothing, one Chinese line, "" where it did.
    """

    question: str
    question_used: str
    answer: str
    statement: str
    confidence: float
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    generated: bool | None = None
    withheld: int = 0
    invented: int = 0
    note: str = ""

    @property
    def status(self) -> str:
        return "answered" if self.citations else "not_found"

    def to_dict(self, id: object = None) -> dict:
        """The JSON object of the contract; `passages` are the distinct passages of the hits, best first. A language model at work adds four keys."""
        written = {} if self.generated is None else {"generated": self.generated, "withheld": self.withheld, "invented": self.invented, "note": self.note}
        return {
            "id": id, "question": self.question, "status": self.status, "answer": self.answer, "statement": self.statement,
            "confidence": round(self.confidence, 4), "citations": [c.to_dict(label) for label, c in enumerate(self.citations, 1)],
            "passages": passages(self.hits), "question_used": self.question_used, "seconds": {k: round(v, 4) for k, v in self.seconds.items()}} | written


def authorship(answer: Mapping) -> str:
    """What a reader must know of who wrote the statement of an answer's JSON object, in one Chinese line; "" where no model did or tried to.

    "model" may be put to the object: the name of the model.

    >>> authorship({"generated": True, "withheld": 2, "invented": 0, "note": "", "model": "m"})
    '正文由语言模型“m”撰写，每句都与所引原文核对过；扣下对不上的 2 句。'
    >>> authorship({}), authorship({"generated": False, "withheld": 0, "invented": 1, "note": "语言模型太忙，给出的是原文摘录。"})
    ('', '语言模型太忙，给出的是原文摘录；编造的出处 1 个。')
    """
    said = WRITTEN.format(f"“{answer['model']}”" if "model" in answer else "") if answer.get("generated") else answer.get("note", "")
    counts = [words.format(answer[name]) for name, words in COUNTS.items() if answer.get(name)]
    return "；".join([said.rstrip("。"), *counts]) + "。" if said else ""


def passages(hits: tuple[Hit, ...]) -> list[dict]:
    """The distinct passages of ranked hits, each with its best hit's score."""
    seen: dict[tuple[str, int], dict] = {}
    for hit in hits:
        passage, text = hit.passage, hit.passage.text.rstrip()
        seen.setdefault((hit.document.name, passage.start), {
            "document": hit.document.name, "heading": passage.heading, "text": text,
            "spans": [list(span) for span in hit.document.spans(passage.start, passage.start + len(text))], "score": round(hit.score, 4)})
    return list(seen.values())
