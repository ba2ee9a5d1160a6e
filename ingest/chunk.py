"""Repaired lines → Document: headings, sentences and passages at exact offsets.

Sentences are what is quoted, at most MAX_SENTENCE characters where the text allows; passages are whole sentences of
one section, about CHUNK characters. Both tile the reading text. What must not be cut (a number with its unit, 《…》, a
bracket or quotation of reasonable length) is masked by one character before anything is split.
"""
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import groupby, islice, takewhile

from langchain_text_splitters import RecursiveCharacterTextSplitter

from ingest.document import Block, Document, Passage, Sentence, Span
from ingest.lines import CLOSERS, ENUMERATED, TERMINAL, Lines
from ingest.published import published
from ingest.repair import repair
from quantities.parse import protected

CHUNK = 240
MAX_SENTENCE = 250
QUOTED = re.compile(r"“[^“”\n]{1,80}”|‘[^‘’\n]{1,40}’|「[^「」\n]{1,80}」|『[^『』\n]{1,80}』|《[^《》\n]{1,60}》|[(（](?:[^()（）\n]|[(（][^()（）\n]{0,20}[)）]){1,40}[)）]|【[^【】\n]{1,40}】|\"[^\"\n]{1,80}\"")
LINE_END = re.compile(r"[^\S\r\n]*(?:#+[^\S\r\n]*)?\r?\n|[^\S\r\n]*\r")
SPEAKS = re.compile(r"[^,，。;；:：!！?？\n“”]{0,40}(?:[说說]|表示|[称稱]|道|介[绍紹]|告[诉訴]|坦言|感慨|[认認][为為]|指出|[强強][调調])(?:[,，:：。]|$)")
MASKS = 0xF0000, 0x10FFFD


class ExactSplitter(RecursiveCharacterTextSplitter):
    """LangChain's recursive splitter over protected ranges, giving spans that tile the text.

    Each protected range becomes one private character, weighed at its true length, so that no separator is seen in
    it and no cut falls in it. Nothing is stripped and nothing overlaps.

    >>> ExactSplitter(["[,，]"], 8).spans("共实施3,000个项目,完成投资", [(3, 9)])
    [(0, 12), (12, 16)]
    """

    def __init__(self, separators: list[str], chunk_size: int):
        super().__init__(separators, keep_separator="end", is_separator_regex=True, chunk_size=chunk_size, chunk_overlap=0,
                         length_function=lambda text: sum(self._lengths.get(c, 1) for c in text), strip_whitespace=False)
        self._lengths: dict[str, int] = {}

    def spans(self, text: str, ranges: Iterable[Span]) -> list[Span]:
        """Half-open (start, end) offsets of the chunks of `text`; `ranges` are in order and do not overlap."""
        masked, self._lengths = mask(text, ranges)
        spans, start = [], 0
        for chunk in self.split_text(masked):
            end = start + sum(self._lengths.get(c, 1) for c in chunk)
            spans.append((start, end))
            start = end
        return spans


def mask(text: str, ranges: Iterable[Span]) -> tuple[str, dict[str, int]]:
    """The text with each range as one private-use character, and the true length of each such character.

    >>> masked, lengths = mask("a《b》c", [(1, 4)])
    >>> len(masked), list(lengths.values())
    (3, [3])
    """
    parts, lengths, at, code = [], {}, 0, MASKS[0]
    taken = {c for c in text if ord(c) >= MASKS[0]}
    for start, end in ranges:
        while chr(code) in taken:
            code += 1
        if code >= MASKS[1]:
            break
        parts += [text[at:start], chr(code)]
        lengths[chr(code)] = end - start
        at, code = end, code + 1
    return "".join([*parts, text[at:]]), lengths


def uncuttable(text: str) -> list[Span]:
    """The ranges that no cut may fall in, in order: quantities, names with numerals, short quotations and brackets.

    >>> uncuttable("投资3,000万元的“三改”(含扩建)")
    [(2, 9), (10, 14), (14, 19)]
    """
    found = sorted([*protected(text), *(m.span() for m in QUOTED.finditer(text))])
    merged: list[Span] = []
    for start, end in found:
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def within(ranges: list[Span], start: int, end: int) -> list[Span]:
    """The ranges that lie between two offsets, counted from the first; a text is parsed once for all its splittings.

    >>> within([(0, 2), (5, 8), (9, 12)], 4, 10)
    [(1, 4)]
    """
    at = bisect_left(ranges, (start, start))
    return [(s - start, e - start) for s, e in takewhile(lambda span: span[0] < end, islice(ranges, at, None)) if e <= end]


def named(text: str, at: int) -> bool:
    """Whether a quoted question or call that ends at an offset is only spoken of: a linking verb follows at once.

    >>> named("“怎么办？”成了难题。", 6), named("“路通了。”走进村里,到处是笑声。", 6), named("“走？”大家问。", 4)
    (True, False, False)
    """
    return text[at - 2] in "?？!！" and bool(re.match("[成是让讓使令变變写寫]", text[at:at + 1]))


def sentence_spans(text: str, ranges: list[Span] | None = None) -> list[Span]:
    """The sentences of a paragraph: ends are 。！？… with their closers, not inside a short quotation or bracket.

    A quotation that ends like a sentence ends one too, unless who says it follows; so does a bracket that begins one.

    >>> text = "“好。”厂长王明说,“都好。”全厂共3.5万人。"
    >>> [text[s:e] for s, e in sentence_spans(text)]
    ['“好。”厂长王明说,“都好。”', '全厂共3.5万人。']
    """
    ranges = uncuttable(text) if ranges is None else ranges
    quotes = {end for start, end in ranges if text[end - 1] in "”’」』\"" and text[end - 2] in TERMINAL}
    asides = {(start, end) for start, end in ranges if text[end - 1] in ")）】" and text[end - 2] in TERMINAL}
    masked, lengths = mask(text, ranges)
    spans, start, at = [], 0, 0
    for i, c in enumerate(masked):
        at += lengths.get(c, 1)
        after = masked[i + 1:i + 2]
        ends = c in TERMINAL and after not in (*TERMINAL, *CLOSERS) or (c in CLOSERS and masked[i - 1:i] and masked[i - 1] in TERMINAL and after not in CLOSERS)
        said = at in quotes and not re.match(r"[,，。;；:：!！?？、的和等这]", text[at:at + 1]) and not SPEAKS.match(text, at) and not named(text, at)
        if (ends and after) or said or (start, at) in asides:
            spans.append((start, at))
            start = at
    if start < len(text):
        spans.append((start, len(text)))
    splitter = ExactSplitter(["[;；]", "[,，]", "、", "(?<=[的了和与])"], MAX_SENTENCE)
    short: list[Span] = []
    for s, e in spans:
        if e - s <= MAX_SENTENCE:
            short.append((s, e))
        else:
            short += [(s + a, s + b) for a, b in splitter.spans(text[s:e], within(ranges, s, e))]
    return short


def clause_spans(text: str, ranges: list[Span] | None = None) -> list[Span]:
    """The parts of a sentence between semicolons that no quotation or bracket holds; they tile it.

    >>> clause_spans("新增3000多家;增至147家(含新设;迁入)。")
    [(0, 9), (9, 24)]
    """
    if ";" not in text and "；" not in text:
        return [(0, len(text))]
    masked, lengths = mask(text, uncuttable(text) if ranges is None else ranges)
    ends, at = [], 0
    for c in masked:
        at += lengths.get(c, 1)
        if c in ";；":
            ends.append(at)
    ends += [len(text)] if not ends or ends[-1] < len(text) else []
    return list(zip([0, *ends], ends))


def assemble(raw: str, lines: Lines) -> tuple[tuple[Span, ...], tuple[Block, ...]]:
    """The spans of `raw` that make the reading text, a line end after each line, and the blocks in it."""
    pieces: list[Span] = []
    blocks: list[Block] = []
    path: list[tuple[int, str]] = []
    at = 0
    top = min((line.level for line in lines if line.level), default=0)
    for line in lines:
        start = at
        kind = line.kind
        if kind == "heading":
            while path and path[-1][0] >= line.level:
                path.pop()
            kind = "title" if line.level == top == 1 or not (blocks or ENUMERATED.match(line.read(raw))) else kind
        blocks.append(Block(kind, start, start + sum(e - s for s, e in line.spans), tuple(text for _, text in path), line.opening_lost))
        if line.kind == "heading":
            path.append((line.level, " ".join(line.read(raw).split())))
        pieces += line.spans
        at = blocks[-1].end
        if line_end := LINE_END.match(raw, line.spans[-1][1]):
            pieces.append((line_end.end() - 1, line_end.end()))
            at += 1
    return tuple(pieces), tuple(blocks)


def passages_of(text: str, blocks: tuple[Block, ...], ranges: list[Span]) -> Iterator[Passage]:
    """Passages of about CHUNK characters; a heading, caption, byline or note is one of its own."""
    splitter = ExactSplitter([r"\n", rf"[{TERMINAL}][{re.escape(CLOSERS)}]*", "[;；]", "[,，]", "、"], CHUNK)
    ends = [b.start for b in blocks[1:]] + [len(text)]
    for (kind, path, _), group in groupby(zip(blocks, ends), lambda p: (p[0].kind, p[0].path, 0 if p[0].kind in ("paragraph", "row") else p[0].start)):
        group = list(group)
        start, end = group[0][0].start, group[-1][1]
        part = text[start:end]
        spans = splitter.spans(part, within(ranges, start, end)) if kind in ("paragraph", "row") else [(0, len(part))]
        for s, e in spans:
            yield Passage(start + s, start + e, part[s:e], kind, path)


def sentences_of(text: str, blocks: tuple[Block, ...], ranges: list[Span]) -> Iterator[Sentence]:
    """The sentences of each block in order; a block that is no paragraph is one sentence."""
    for block in blocks:
        part = text[block.start:block.end]
        spans = sentence_spans(part, within(ranges, block.start, block.end)) if block.kind in ("paragraph", "note") else [(0, len(part))]
        for s, e in spans:
            start, end = block.start + s, block.start + e
            clauses = clause_spans(part[s:e], within(ranges, start, end))
            yield Sentence(start, end, part[s:e], block.kind, block.path, tuple((start + a, start + b) for a, b in clauses))


def read_document(name: str, raw: str, date: tuple[int, int | None] | None = None) -> Document:
    """A decoded file → its Document: repaired, with headings, sentences and passages. date: when it came out; by default as the report itself says."""
    lines, log = repair(raw)
    pieces, blocks = assemble(raw, lines)
    text = "".join(raw[s:e] for s, e in pieces)
    ranges = [(b.start + s, b.start + e) for b in blocks for s, e in uncuttable(text[b.start:b.end])]
    return Document(name, raw, pieces, blocks, tuple(sentences_of(text, blocks, ranges)), tuple(passages_of(text, blocks, ranges)), log,
                    date or published((b.kind, text[b.start:b.end]) for b in blocks))
