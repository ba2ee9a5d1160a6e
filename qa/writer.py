"""An extractive Answer → the same answer in a language model's words, as far as the lock lets them through.

`Writer.write` yields what may be shown so far, the last one being final. A question never fails because of the model: where it gives
nothing, the extractive statement stays and `note` says why in one Chinese line. What the reader did not find is not asked.
"""
from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from ingest.document import Citation, Document, Passage
from prompts.render import messages, render
from qa.answer import Answer
from qa.lock import Check, Place, Source, echoes, judge
from qa.markers import marked, sentences, spoken
from qa.model import Model, ModelFault, Stopped
from qa.settings import Settings

MOST_TOKENS = 512    # of an answer
MAX_ANSWER = 4000    # characters that are read of it
MOST_SENTENCES = 12  # after which a model that does not come to an end is left
MOST_SOURCES = 6
OVERHEAD = 64        # tokens that a chat's template adds
STOPS = "。！？!?”’」』）)"
EMPTY, TOO_LONG, FALLBACK = "语言模型没有写出回答", "问题和材料超过了语言模型一次能读的长度", "以下是原文摘录。"

@dataclass(frozen=True)
class Written:
    """What may be shown of an answer. statement: with markers to `citations`, counted from 1.

    generated: a model wrote it; withheld: sentences of its that were not shown; invented: markers of its to passages that were not given;
    note: why no model wrote it, one Chinese line, "" where one did.
    """

    statement: str = ""
    citations: tuple[Citation, ...] = ()
    generated: bool = False
    withheld: int = 0
    invented: int = 0
    note: str = ""


@dataclass
class Draft:
    """A text in the making: sentences that stand, and what they cite. extract: what stands in for the first that is withheld."""

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
        return Written("".join(self.said), tuple(self.citations), True, self.withheld, self.invented)


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

    def write(self, answer: Answer, check: Check | None = None, stopped: Stopped = lambda: False) -> Iterator[Written]:
        """The answer in the model's words, one `Written` for each sentence and a final one. The citations begin with the answer's own.

        check: see `qa.lock.judge`; stopped: turns true where the asker gives up.
        """
        own = Written(answer.statement, answer.citations)
        if not answer.citations:
            yield own
            return
        draft = Draft((), check, answer.statement, list(answer.citations))
        yield from self._locked("answer", {"question": answer.question_used}, sources_of(answer), draft, own, stopped)

    def summarise(self, document: Document, passages: Sequence[Passage], stopped: Stopped = lambda: False) -> Iterator[Written]:
        """Some passages of one section in the model's words; of what does not fit the model's context the beginning. Nothing left: an empty statement."""
        heading = passages[0].heading if passages else ""
        yield from self._locked("summary", {"heading": heading}, [Source(document, p) for p in passages], Draft(()), Written(), stopped)

    def complete(self, question: str, history: Sequence[str], stopped: Stopped = lambda: False) -> str:
        """A follow-up as a question that stands alone, in the model's words; "" where it wrote none, or one of which nobody asked."""
        chat = messages("followup", fence=secrets.token_hex(8), history="\n".join(history), question=question)
        if not history or tokens(chat) + MOST_TOKENS > self.model.context:
            return ""
        try:
            text = next((s for s in self._sentences(chat, stopped) if any(c.isalnum() for c in s)), "").strip()
        except ModelFault:
            return ""
        return text if text and echoes(text, "\n".join([*history, question])) else ""

    def _sentences(self, chat: Sequence[dict[str, str]], stopped: Stopped) -> Iterator[str]:
        """The sentences that the model says, as they come; the stream is closed behind the last one. Raises ModelFault."""
        with closing(self.model.stream(chat, MOST_TOKENS, stopped)) as pieces:
            yield from sentences(limited(spoken(pieces)))

    def _locked(self, name: str, variables: dict[str, str], sources: Sequence[Source], draft: Draft, own: Written, stopped: Stopped) -> Iterator[Written]:
        """What may be shown of the answer to one prompt, growing; `own`, with a note, where the model gives none."""
        chat, draft.sources = prompt(name, variables, sources, self.model.context - MOST_TOKENS)
        if not draft.sources:
            yield replace(own, note=noted(TOO_LONG))
            return
        try:
            for sentence in self._sentences(chat, stopped):
                if draft.add(sentence):
                    yield draft.written
                if draft.kept + draft.withheld >= MOST_SENTENCES:
                    break
        except ModelFault as fault:
            yield replace(own, note=noted(str(fault)))
            return
        yield draft.written if draft.kept + draft.withheld else replace(own, note=noted(EMPTY))


def noted(why: str) -> str:
    return f"{why}，{FALLBACK}"


def prompt(name: str, variables: dict[str, str], sources: Sequence[Source], room: int) -> tuple[list[dict[str, str]], tuple[Source, ...]]:
    """A prompt over as many sources as fit `room` tokens, in order, MOST_SOURCES at the most, and these sources; none where the first does not fit."""
    fence = secrets.token_hex(8)  # of this request alone: no text that was written before it can end its own passage
    room -= tokens(messages(name, fence=fence, passages="", **variables))
    given: list[Source] = []
    blocks: list[str] = []
    for source in sources[:MOST_SOURCES]:
        block, = messages("passage", fence=fence, label=len(given) + 1, heading=source.passage.heading, text=source.text)
        room -= len(block["content"].encode("utf-8", "replace")) + 1
        if room < 0:
            break
        given.append(source)
        blocks.append(block["content"])
    return messages(name, fence=fence, passages="\n".join(blocks), **variables), tuple(given)


def tokens(chat: Sequence[dict[str, str]]) -> int:
    """At most how many tokens a chat is: no vocabulary cuts a text finer than into its bytes."""
    return OVERHEAD + sum(len(message["content"].encode("utf-8", "replace")) for message in chat)


def limited(pieces: Iterable[str]) -> Iterator[str]:
    """The first MAX_ANSWER characters of a text in pieces."""
    left = MAX_ANSWER
    for piece in pieces:
        yield piece[:left]
        left -= len(piece)
        if left <= 0:
            return


def sources_of(answer: Answer) -> list[Source]:
    """The passages of an answer's hits, once each: those it cites first, then the best."""
    cited = {(c.document, c.spans[0][0]) for c in answer.citations}
    hits = sorted(answer.hits, key=lambda hit: (hit.document.name, hit.document.spans(hit.sentence.start, hit.sentence.start + 1)[0][0]) not in cited)
    found: dict[tuple[str, int], Source] = {}
    for hit in hits:
        found.setdefault((hit.document.name, hit.passage.start), Source(hit.document, hit.passage))
    return list(found.values())
