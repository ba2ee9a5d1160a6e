"""An extractive Answer → the same answer in a language model's words, as far as the lock lets them through.

`Writer.write` yields what may be shown so far, the last one being final. A question never fails because of the model: where it gives
nothing that may be shown, the extractive statement stays and `note` says why in one Chinese line. What the reader did not find is not asked.
"""
from __future__ import annotations

import secrets
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from index.lexical import simplify
from ingest.document import Citation, Document
from prompts.render import messages, render
from qa.answer import Answer
from qa.brief import brief, broad, tokens
from qa.lock import Check, Place, Source, echoes, judge
from qa.markers import marked, sentences, spoken
from qa.model import Model, ModelFault, Stopped
from qa.question import Question, contents
from qa.settings import Settings
from quantities.parse import parse

MOST_TOKENS = 512    # of an answer
MAX_ANSWER = 4000    # characters that are read of it
MOST_SENTENCES = 12  # after which a model that does not come to an end is left
STOPS = "。！？!?”’」』）)"
EMPTY, TOO_LONG = "语言模型没有写出回答", "问题和材料超过了语言模型一次能读的长度"
WITHHELD, BROKEN = "语言模型写的都与所引原文对不上", "语言模型写的没法核对"


@dataclass(frozen=True)
class Written:
    """What may be shown of an answer. statement: with markers to `citations`, counted from 1; the rest as in `qa.answer.Answer`."""

    statement: str = ""
    citations: tuple[Citation, ...] = ()
    generated: bool = False
    withheld: int = 0
    invented: int = 0
    note: str = ""


@dataclass
class Draft:
    """A text in the making: sentences that stand, and what they cite. own: what is shown before any stands; extract: what stands in for the first
    that is withheld, "" for nothing."""

    own: Written
    sources: Sequence[Source]
    check: Check | None = None
    extract: str = ""
    citations: list[Citation] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    kept: int = 0
    withheld: int = 0
    invented: int = 0

    def add(self, sentence: str) -> bool:
        """Take a sentence as the model wrote it. Returns whether that changes what is shown."""
        found = marked(sentence, len(self.sources))
        self.invented += found.invented
        if not any(c.isalnum() for c in found.text):
            return False
        ruling = judge(found, self.sources, self.check)
        if ruling.reason:
            self.withheld += 1
            shown, self.extract = self.extract, ""
        else:
            self.kept += 1
            first, *more = map(self.label, ruling.places)
            whole = found.text if found.text[-1] in STOPS else f"{found.text}。"
            shown = render("statement", quote=whole, label=first) + "".join(render("statement", quote="", label=label) for label in more)
        if shown and shown not in self.said:
            self.said.append(shown)
        return True

    def label(self, place: Place) -> int:
        """The number of a sentence among the citations, where it is put if it is not there."""
        citation = place.document.cite_sentence(place.document.sentences[place.number])
        for number, known in enumerate(self.citations, 1):
            if (known.document, known.spans) == (citation.document, citation.spans):
                return number
        self.citations.append(citation)
        return len(self.citations)

    @property
    def written(self) -> Written:
        return Written("".join(self.said) or self.own.statement, tuple(self.citations), self.kept > 0, self.withheld, self.invented)

    def closed(self, short: str) -> Written:
        """What is shown in the end: the extract is put behind what does not say the short answer. Raises ModelFault where nothing of the model's stands."""
        if not self.kept:
            raise ModelFault(WITHHELD if self.withheld else EMPTY)
        if self.extract and not echoes(short, "".join(self.said)):
            self.said.append(self.extract)
        return self.written

    def failed(self, why: str) -> Written:
        """What is shown where the model gives nothing."""
        return replace(self.own, withheld=self.withheld, invented=self.invented, note=noted(why))


class Writer:
    """Asks one model and locks what it says; safe to call from several threads."""

    def __init__(self, model: Model):
        self.model = model

    @classmethod
    def from_settings(cls, settings: Settings) -> Writer | None:
        """The writer of the settings; None where they name no model, and then nothing of the client is loaded."""
        if not settings.llm_base_url:
            return None
        from qa.llm import LanguageModel

        return cls(LanguageModel.from_settings(settings))

    @property
    def name(self) -> str:
        """The model at work, for the page."""
        return self.model.name

    def write(self, answer: Answer, documents: Sequence[Document], check: Check | None = None, stopped: Stopped = lambda: False) -> Iterator[Written]:
        """The answer in the model's words, one `Written` for each sentence and a final one. The citations begin with the answer's own.

        documents: those that were asked; check: see `qa.lock.judge`; stopped: turns true where the asker gives up.
        """
        own = Written(answer.statement, answer.citations)
        if not answer.citations:
            yield own
            return
        chat, sources = brief(answer, documents, self.model.context - MOST_TOKENS)
        draft = Draft(own, sources, check, "" if broad(answer) else answer.statement, list(answer.citations))
        if not sources:
            yield draft.failed(TOO_LONG)
            return
        try:
            for sentence in self._sentences(chat, stopped):
                if draft.add(sentence):
                    yield draft.written
                if draft.kept + draft.withheld >= MOST_SENTENCES:
                    break
            yield draft.closed(answer.answer)
        except ModelFault as fault:
            yield draft.failed(str(fault))
        except Exception:  # noqa: BLE001  what a model says may be anything: where judging it breaks, the question still has its answer
            traceback.print_exc()
            yield draft.failed(BROKEN)

    def complete(self, question: str, history: Sequence[str], stopped: Stopped = lambda: False) -> str:
        """A follow-up to the newest turns as a question that stands alone, in the model's words; "" where it wrote none, left out what is asked, or
        asks what nobody did."""
        recent, room, fence = list(history), self.model.context - MOST_TOKENS, secrets.token_hex(8)
        while recent and tokens(chat := messages("followup", fence=fence, history="\n".join(recent), question=question)) > room:
            del recent[0]
        if not recent or Question.of(question).commands:
            return ""
        try:
            text = next((s for s in self._sentences(chat, stopped) if any(c.isalnum() for c in s)), "").strip()
        except ModelFault:
            return ""
        return text if text and echoes(text, "\n".join([*recent, question])) and keeps(text, question) else ""

    def _sentences(self, chat: Sequence[dict[str, str]], stopped: Stopped) -> Iterator[str]:
        """The sentences that the model says, as they come; the stream is closed behind the last one. Raises ModelFault."""
        with closing(self.model.stream(chat, MOST_TOKENS, stopped)) as pieces:
            yield from sentences(limited(spoken(pieces)))


def noted(why: str) -> str:
    """Why no model wrote an answer, for the asker."""
    return f"{why}，给出的是原文摘录。"


def keeps(text: str, question: str) -> bool:
    """Whether a completed question still asks all that the follow-up does: its content words and its figures.

    >>> [keeps(text, "再说说2021年的食堂") for text in ("街道2021年建成食堂多少个？", "街道建成食堂多少个？", "街道2021年完成多少项？")]
    [True, False, False]
    """
    words = contents(simplify(question))
    return bool(words) and all(word in simplify(text) for word in words) and echoes("\n".join(q.text for q in parse(question)), text)


def limited(pieces: Iterable[str]) -> Iterator[str]:
    """The first MAX_ANSWER characters of a text in pieces."""
    left = MAX_ANSWER
    for piece in pieces:
        yield piece[:left]
        left -= len(piece)
        if left <= 0:
            return
