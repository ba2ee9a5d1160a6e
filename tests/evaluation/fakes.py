"""Answers made by hand: what a reply looks like without a model behind it."""
from ingest.chunk import read_document
from qa.answer import Answer

REPORT = "# 成绩单\n\n## 经济\n\n规模以上企业数从61家增至95家。全区完成投资312亿元。\n\n## 民生\n\n建成社区食堂6个。推动整改问题420余项。\n"
DOCUMENT = read_document("成绩单.md", REPORT, (2022, 1))


def cited(text: str):
    """The citation of a sentence of REPORT that holds a text."""
    sentence = next(s for s in DOCUMENT.sentences if text in s.text)
    return DOCUMENT.cite(sentence.start, sentence.start + len(sentence.text.rstrip()))


def answered(short: str, text: str, confidence: float = 0.9) -> Answer:
    """An answer that cites the sentence of REPORT that holds a text."""
    return Answer("问", "问", short, text, confidence, (cited(text),), (), {"embed": 0.1, "search": 0.1, "read": 0.2, "total": 0.4})


def refused(confidence: float = 0.8) -> Answer:
    return Answer("问", "问", "", "报道未提及", confidence, ())


def record(identity: str, correct: float, *, answerable: bool = True, confidence: float | None = 0.9, status: str = "answered", unit: str = "", tags=(), **scores) -> dict:
    """A scored record of a pair, as far as the summaries read it."""
    answer = {"id": identity, "status": status} | ({} if confidence is None else {"confidence": confidence})
    return {"kind": "pair", "id": identity, "key": identity, "unit": unit or identity, "question": f"问{identity}", "answerable": answerable, "tags": list(tags), "section": "", "split": "",
            "answer": answer, "scores": {"correct": correct, **scores}, "wrong": [], "evidence_found": None}
