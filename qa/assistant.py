"""The composition root: an index folder → an Assistant that answers questions about its documents.

One question: `ask` → `dialogue.complete` → `Searcher.search` → `compose` (an outline, a reckoning, or `Reader.read`) → Answer, which
a language model, where one is set, puts into its words (`Writer.write`).
"""
from __future__ import annotations

import re
import threading
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from figures.align import Book
from figures.check import check
from figures.ledger import Figure
from figures.verdict import CheckResult
from index.embed import Embedder
from index.search import Hit, Searcher
from index.store import Kept, Progress, Source, Store
from ingest.chunk import read_document
from ingest.document import Document, UserError
from ingest.load import READERS, decode, load, printable
from qa import compose
from qa.answer import Answer
from qa.dialogue import complete
from qa.model import Stopped
from qa.question import Question, contents, spelled
from qa.read import HITS, Reader, SignalReader, candidates
from qa.settings import Settings
from qa.writer import Writer

MAX_QUESTION = 1000
MAX_DRAFT = 20_000
EVIDENCE = 5
ALONE = 0.6  # how sure a follow-up must be answered by itself, where it is not as completed
DOUBTFUL, CLEARER = 0.4, 0.2  # where it is less surely than this, how much surer by itself; as a model completes it, this is enough
SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Turn:
    """A question already asked and what was answered."""

    question: str
    answer: str = ""


class Assistant:
    """Questions to one index folder; safe to call from several threads; sees what is ingested meanwhile."""

    def __init__(self, store: Store, embedder: Embedder, reader: Reader, writer: Writer | None = None):
        self.store = store
        self.embedder = embedder
        self.reader = reader
        self.writer = writer
        self._lock = threading.Lock()
        self._searcher: Searcher | None = None
        self._books: tuple[Searcher | None, dict[frozenset[str] | None, Book]] = (None, {})
        self._version = 0

    @classmethod
    def open(cls, settings: Settings) -> Assistant:
        """The assistant over `settings.index`. Raises UserError where there is no sound index for the model."""
        store = Store(settings.index)
        model = store.manifest()["model"]
        if settings.model and settings.model != model:
            raise UserError(f"索引“{settings.index}”是用嵌入模型“{model}”建的,与“{settings.model}”不能混用;请加 --model 重新运行 ingest,或去掉 --model。")
        assistant = cls(store, Embedder.load(model), SignalReader.load(), Writer.from_settings(settings))
        assistant.searcher  # noqa: B018  a damaged index shows here, not at the first question
        return assistant

    @property
    def searcher(self) -> Searcher:
        """Search over the state of the folder as it is now."""
        with self._lock:
            version = self.store.version() if self.store.exists else 0
            if self._searcher is None or version != self._version:
                snapshot = self.store.read()
                if snapshot.model != self.embedder.model:  # rebuilt with another one
                    self.embedder = Embedder.load(snapshot.model)
                self._searcher = Searcher.build(snapshot, self.embedder)
                self._version = version
            return self._searcher

    @property
    def documents(self) -> tuple[Document, ...]:
        return self.searcher.snapshot.documents

    def ask(self, question: str, history: Sequence[Turn] = (), documents: frozenset[str] | None = None, generate: bool = True) -> Answer:
        """One question, with the turns before it, to all documents or the named ones. generate: a language model, where one is set, may write.

        Raises UserError for a question that is empty or longer than MAX_QUESTION characters.
        """
        *_, answer = self.ask_stream(question, history, documents, generate)
        return answer

    def ask_stream(self, question: str, history: Sequence[Turn] = (), documents: frozenset[str] | None = None, generate: bool = True,
                   stopped: Stopped = lambda: False) -> Iterator[Answer]:
        """`ask` in the making: the answer in the documents' words and, where a language model writes, in its words as far as they may be shown. The last
        is the one to keep. stopped: turns true where the asker gives up, then the model is left. Raises as `ask` says."""
        began = time.perf_counter()
        asked, earlier = clean(question), [whole(turn.question) for turn in history]
        writer = self.writer if generate else None
        used = complete(asked, earlier, [whole(turn.answer) for turn in history])
        answer = self._answer(asked, used, documents)
        found = answer.status == "answered"
        if not found or used != asked and answer.confidence < DOUBTFUL:  # it may have stood alone after all, or have lacked what only a model sees
            other = (asked if contents(asked) else "") if used != asked else writer.complete(asked, earlier, stopped) if writer else ""
            again = self._answer(asked, other, documents) if other not in ("", used) else answer
            least = answer.confidence + CLEARER if found else ALONE if used != asked else DOUBTFUL
            answer = again if again.status == "answered" and again.confidence >= least else answer
        if writer is None:
            yield answer
            return
        yield replace(answer, generated=False)
        started = time.perf_counter()
        for written in writer.write(answer, self.documents, lambda text: self.check(text, documents), stopped):
            now = time.perf_counter()
            yield replace(answer, **vars(written), seconds=answer.seconds | {"write": now - started, "total": now - began})

    def _answer(self, asked: str, used: str, documents: frozenset[str] | None) -> Answer:
        """What the documents say to `used`, the question that stands alone."""
        started = time.perf_counter()
        searcher = self.searcher
        text = spelled(used, [d.text for d in searcher.snapshot.documents if not documents or d.name in documents])
        vector = searcher.embedder.query(text)
        embedded = time.perf_counter()
        wanted = Question.of(text)
        hits = candidates(wanted, lambda limit, kinds: searcher.search(text, limit, vector, documents, kinds))
        searched = time.perf_counter()
        reply = compose.broad(wanted, searcher, documents) or compose.reckoned(wanted, lambda: self.figures(documents), searcher.snapshot.documents)
        reply = reply or compose.read(wanted, self.reader.read(wanted, hits), hits)
        done = time.perf_counter()
        return Answer(asked, used, reply.answer, reply.statement, reply.confidence, reply.citations, tuple(hits),
                      {"embed": embedded - started, "search": searched - embedded, "read": done - searched, "total": done - started})

    def search(self, question: str, limit: int = HITS, documents: frozenset[str] | None = None) -> list[Hit]:
        """The best sentences for a question, without deciding whether they answer it."""
        return self.searcher.search(clean(question), limit, documents=documents)

    def book(self, documents: frozenset[str] | None = None) -> Book:
        """The ledgers of all documents or the named ones, made once for a state of the folder."""
        searcher = self.searcher
        with self._lock:
            if self._books[0] is not searcher:
                self._books = searcher, {}
            books = self._books[1]
            if documents not in books:
                books[documents] = Book.of([d for d in searcher.snapshot.documents if not documents or d.name in documents])
            return books[documents]

    def figures(self, documents: frozenset[str] | None = None) -> tuple[Figure, ...]:
        """The figure ledger, in order of the documents."""
        return self.book(documents).rows

    def check(self, claim: str, documents: frozenset[str] | None = None) -> CheckResult:
        """A claim or a draft against the ledger. Raises UserError where it is empty or longer than MAX_DRAFT characters."""
        if not any(c.isalnum() for c in claim):
            raise UserError("待核查的话是空的;请写出要核查的内容。")
        if len(claim) > MAX_DRAFT:
            raise UserError(f"待核查的文字有 {len(claim)} 个字,超过 {MAX_DRAFT} 字的上限;请分次核查。")
        book = self.book(documents)
        return check(whole(claim), book, lambda text: self.searcher.search(text[:MAX_QUESTION], EVIDENCE, documents=documents), hear=self.reader.hear, weigh=self.reader.weigh, known=book.checked)


def whole(text: str) -> str:
    """Text with a space for each half of a surrogate pair, which JSON may hold and no encoding writes; offsets stay.

    >>> whole("有\\ud800家")
    '有 家'
    """
    return SURROGATES.sub(" ", text)


def clean(question: str) -> str:
    """A question without control characters and the white space around it. Raises UserError as `ask` says.

    >>> clean(" 有多少家\\x00？ ")
    '有多少家 ？'
    """
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in question).strip()
    if not any(c.isalnum() for c in text):
        raise UserError("问题是空的;请写出要问的内容。")
    if len(text) > MAX_QUESTION:
        raise UserError(f"问题有 {len(text)} 个字,超过 {MAX_QUESTION} 字的上限;请把问题写短些。")
    return text


def ingest(settings: Settings, files: Sequence[Path], date: tuple[int, int | None] | None = None, progress: Progress = lambda done, total: None) -> tuple[Document, ...]:
    """Read files and publish them in the index folder. Returns the documents read.

    A document that is replaced keeps its date where none is given. Raises UserError for two files of one name, and as
    `load` and `Store.update` say.
    """
    store = Store(settings.index)
    dates = {entry["name"]: tuple(entry["date"]) for entry in store.manifest()["documents"] if entry["date"]} if store.exists else {}
    given: dict[str, Path] = {}
    sources = []
    for path in files:
        data, text = load(path)
        name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")  # a file name need not be UTF-8
        if given.setdefault(name, path).resolve() != path.resolve():
            raise UserError(f"“{printable(given[name])}”和“{printable(path)}”同名,后一个会顶替前一个;请先改名,或分两次索引。")
        sources.append(Source(data, read_document(name, text, date or dates.get(name))))
    store.update(sources, lambda: Embedder.load(settings.model or (store.manifest()["model"] if store.exists else None)), model=settings.model or None,
                 progress=progress)
    return tuple(source.document for source in sources)


def remove(settings: Settings, names: Sequence[str]) -> None:
    """Take documents out of the index. Raises UserError for a name that is not in it."""
    store = Store(settings.index)
    known = [entry["name"] for entry in store.manifest()["documents"]]
    if missing := [name for name in names if name not in known]:
        raise UserError(f"索引里没有“{missing[0]}”;已有的文档:{'、'.join(known)}")
    store.update([], lambda: Embedder.load(store.manifest()["model"]), remove=frozenset(names))


def rebuild(settings: Settings, progress: Progress = lambda done, total: None) -> tuple[Path, tuple[str, ...]]:
    """Build an index anew from the sources it kept, with its own model where none is given; what it was stays beside it.

    Returns where that is, and the documents. Raises UserError as `Store.rebuild` says.
    """
    def read(kept: Kept) -> Source:
        text = kept.text if kept.data is None else READERS.get(Path(kept.name).suffix.lower(), decode)(kept.data, kept.name)
        return Source(text.encode("utf-8") if kept.data is None else kept.data, read_document(kept.name, text, kept.date))

    aside, snapshot = Store(settings.index).rebuild(read, lambda model: Embedder.load(settings.model or model), progress)
    return aside, tuple(document.name for document in snapshot.documents)
