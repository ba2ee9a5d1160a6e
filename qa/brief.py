"""An Answer → what a language model is sent to write it: the prompt, and the passages in it that its sentences may cite.

Question and passages stand within a fence that is drawn for each request, and fit the room in tokens whatever they hold. Nothing is raised.
"""
from __future__ import annotations

import secrets
from collections.abc import Sequence
from itertools import takewhile

from ingest.document import Document
from prompts.render import messages
from qa.answer import Answer
from qa.lock import Source
from qa.outline import topic
from qa.question import Question

MOST_SOURCES = 6
OVERHEAD = 64  # tokens that a chat's template adds


def brief(answer: Answer, documents: Sequence[Document], room: int) -> tuple[list[dict[str, str]], tuple[Source, ...]]:
    """The messages of a chat, `room` tokens at the most, and its sources, the first with label 1; no source where not one fits.

    An outline is to be summarised from what it cites, any other answer to be given anew. documents: those that were asked.
    """
    name, variables = ("summary", {"heading": heading(answer)}) if broad(answer) else ("answer", {"question": answer.question_used})
    fence = secrets.token_hex(8)  # of this request alone: no text that was written before it can end its own passage
    room -= tokens(messages(name, fence=fence, passages="", **variables))
    given: list[Source] = []
    blocks: list[str] = []
    for source in sources_of(answer, documents)[:MOST_SOURCES]:
        block, = messages("passage", fence=fence, label=len(given) + 1, heading=source.passage.heading, text=source.text)
        room -= len(block["content"].encode("utf-8", "replace")) + 1
        if room < 0:
            break
        given.append(source)
        blocks.append(block["content"])
    return messages(name, fence=fence, passages="\n".join(blocks), **variables), tuple(given)


def broad(answer: Answer) -> bool:
    """Whether an answer is the outline of a section or a report."""
    return len(answer.citations) > 1 and topic(Question.of(answer.question_used)) is not None


def heading(answer: Answer) -> str:
    """The headings that all its citations stand under.

    >>> from types import SimpleNamespace as of
    >>> heading(of(citations=(of(heading="三年 › 街道 › 城东"), of(heading="三年 › 街道"))))
    '三年 › 街道'
    """
    levels = zip(*(c.heading.split(" › ") for c in answer.citations))
    return " › ".join(level[0] for level in takewhile(lambda level: len(set(level)) == 1, levels))


def sources_of(answer: Answer, documents: Sequence[Document]) -> list[Source]:
    """The passages that an answer cites, and behind them those of its hits, once each; of an outline only what it cites."""
    named = {document.name: document for document in documents}
    cited = [(named[c.document], named[c.document].place(c.spans[0][0])) for c in answer.citations if c.document in named]
    held = [(d, next((p for p in d.passages if p.start <= at < p.end), None)) for d, at in cited if at is not None]
    hits = () if broad(answer) else answer.hits
    found = {(d.name, p.start): Source(d, p) for d, p in [*held, *((hit.document, hit.passage) for hit in hits)] if p is not None}
    return list(found.values())


def tokens(chat: Sequence[dict[str, str]]) -> int:
    """At most how many tokens a chat is: no vocabulary cuts a text finer than into its bytes."""
    return OVERHEAD + sum(len(message["content"].encode("utf-8", "replace")) for message in chat)
