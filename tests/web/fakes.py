"""What the tests of the page answer with: a small document of our own, an answer, a refusal, and an assistant that gives them."""
from __future__ import annotations

from types import SimpleNamespace

from index.search import Hit
from ingest.document import Block, Document, Passage, Repair, Sentence, UserError
from qa.answer import Answer

RAW = "# 甲<b>\n新增3000多\n\n图一 图片由乙提供\n\n家企业。共5家。\n"
HOSTILE = '<img src=x onerror="alert(1)">'


def document(name: str = "a.md") -> Document:
    """RAW as ingest reads it: a caption stood in the first sentence."""
    blocks = (Block("title", 0, 4), Block("paragraph", 5, 20, ("甲<b>",), opening_lost=True), Block("caption", 21, 30, ("甲<b>",)))
    pieces = ((2, 6), (6, 7), (7, 14), (27, 35), (35, 36), (16, 26))
    found = Document(name, RAW, pieces, blocks, repairs=(Repair("mend_breaks", "句子被图片说明隔开,接回", 7, 35, "…"),))
    sentences = tuple(Sentence(s, e, found.text[s:e], kind, path, ((s, e),)) for s, e, kind, path in ((0, 5, "title", ()), (5, 16, "paragraph", ("甲<b>",)), (16, 21, "paragraph", ("甲<b>",))))
    return Document(name, RAW, pieces, blocks, sentences, (Passage(5, 21, found.text[5:21], "paragraph", ("甲<b>",)),), found.repairs)


def answer(question: str = "有多少家？", used: str = "") -> Answer:
    report = document()
    return Answer(question, used or question, "3000多家", "新增3000多家企业。[1]", 0.93, (report.cite(5, 16, ((7, 13),)),), (Hit(report, 1, report.passages[0], 2.0, 1.0, .8, 1.0),))


def refusal(question: str = "天气？") -> Answer:
    report = document()
    return Answer(question, question, "", "报道未提及。", 0.8, (), (Hit(report, 1, report.passages[0], .1, .1, .1, .1),))


class FakeAssistant:
    """Answers everything but weather and the empty question; remembers what it was asked."""

    documents = (document(),)
    writer = None
    store = SimpleNamespace(version=lambda: "1")
    searcher = SimpleNamespace(snapshot=SimpleNamespace(manifest={"documents": [{"name": "a.md", "sha256": "5" * 64}, {"name": "b.md", "sha256": "6" * 64}]}))

    def __init__(self):
        self.asked: list[tuple] = []
        self.scopes: list = []

    def ask(self, question, history=(), documents=None, generate=True):
        self.scopes.append(documents)
        self.asked.append((question, [(turn.question, turn.answer) for turn in history]))
        if question == "坏":
            raise RuntimeError("内部细节")
        if not question.strip("？ "):
            raise UserError(f"问题是空的{HOSTILE}")
        return refusal(question) if "天气" in question else answer(question)

    def ask_stream(self, question, history=(), documents=None, generate=True, stopped=None):
        yield self.ask(question, history, documents)

    def search(self, question, limit=10, documents=None):
        return list(answer().hits)[:limit]
