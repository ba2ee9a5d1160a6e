"""The lines of a file and what each one is: heading, paragraph, table row, caption, byline, note.

A Line is made of spans of `raw`, so that what it reads as can always be found in the file again. Each `mark_*` is a
pure function from lines to lines; `ingest.repair` applies them in order.
"""
from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import groupby

import rjieba

from ingest.document import Span
from quantities.parse import protected

WORDS = rjieba.Jieba()
LATIN = re.compile("[A-Za-z0-9]")
LINE = re.compile(r"([^\r\n\x0b\x0c\x85\u2028\u2029]*)(\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]|\Z)")
INDENT = re.compile(r"[\s\ufeff\u200b]*")
MARKS = r"^(?:>\s?)+|!?\[([^\[\]\n]*)\]\([^()\s]*\)|\*\*([^*\n]+)\*\*|__([^_\n]+)__"
HEADING_MARKS = rf"^#{{1,6}}\s+|(?<!\s)\s+#+$|{MARKS}"
DASHES = ("——", "--", "—", "─")
TERMINAL = "。!?！？…"
CLOSERS = "”’」』\"')）】》〉"
ENUMERATED = re.compile(r"\s*(?:第[一二三四五六七八九十]{1,3}(?:点|个方面)?[,，、]|第[一二三四五六七八九十百\d]+[章节条部分编]|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:[.．、](?!\d)|[)）])|[-*•●·■◆]\s|[①-⑳]|[一二三四五六七八九十]是|附件?\d*[:：])")


@dataclass(frozen=True)
class Line:
    """spans: its places in `raw`; level: depth of a heading, 0 elsewhere; gap: newlines before it."""

    kind: str
    spans: tuple[Span, ...]
    level: int = 0
    gap: int = 1
    opening_lost: bool = False

    def read(self, raw: str) -> str:
        return "".join(raw[s:e] for s, e in self.spans)


Lines = tuple[Line, ...]


def split_lines(raw: str) -> Lines:
    """The lines that hold anything, without the white space (and 　 indents) around them.

    >>> [l.spans for l in split_lines("　　甲。\\n\\n乙 ")]
    [((2, 4),), ((6, 7),)]
    """
    lines, gap = [], 1
    for match in LINE.finditer(raw):
        text = match[1]
        start = match.start() + len(INDENT.match(text)[0])
        end = match.start() + len(text.rstrip())
        if start < end:
            lines.append(Line("paragraph", ((start, end),), gap=gap))
            gap = 0
        gap += bool(match[2])
    return tuple(lines)


def keep(line: Line, pattern: str, raw: str) -> tuple[Span, ...]:
    """The spans of a one-span line without what `pattern` matches; the group of a match, where it has one, is kept."""
    (start, end), = line.spans
    spans, at = [], start
    for match in re.finditer(pattern, raw[start:end]):
        spans.append((at, start + match.start()))
        if match.lastindex:
            spans.append((start + match.start(match.lastindex), start + match.end(match.lastindex)))
        at = start + match.end()
    spans.append((at, end))
    return tuple((s, e) for s, e in spans if s < e)


def mark_markdown(lines: Lines, raw: str) -> Lines:
    """Headings by their #, quotes, emphasis and links as the words in them, images by their captions; rules and fences are no text.

    Leaves alone: a # or * that marks nothing ("C#", "3*5").

    >>> raw = "## **标题** #\\n正文[链接](http://a.b)"
    >>> [(l.kind, l.level, l.read(raw)) for l in mark_markdown(split_lines(raw), raw)]
    [('heading', 2, '标题'), ('paragraph', 0, '正文链接')]
    """
    out = []
    for line in lines:
        text = line.read(raw)
        if re.fullmatch(r"(?:[-*_=]\s*){3,}|```.*|~~~.*|<!--.*-->", text):
            continue
        image = re.fullmatch(r"!\[[^\]\n]+\]\([^)\s]*\)", text)
        heading = re.match(r"(#{1,6})\s+(?=\S)", text)
        kind, level = ("heading", len(heading[1])) if heading else ("caption" if image else line.kind, 0)
        spans = keep(line, HEADING_MARKS if heading else MARKS, raw)
        if spans:
            out.append(replace(line, kind=kind, level=level, spans=spans))
    return tuple(out)


def mark_rows(lines: Lines, raw: str) -> Lines:
    """Rows of Markdown tables, and of plain ones: two or more lines running, of the same number of columns.

    Leaves alone: one line with a gap in it, such as a heading of two phrases.

    >>> raw = "|指标|值|\\n|--|--|\\n|产值|5亿元|\\n甲  1\\n乙  2"
    >>> [l.read(raw) for l in mark_rows(split_lines(raw), raw) if l.kind == "row"]
    ['|指标|值|', '|产值|5亿元|', '甲  1', '乙  2']
    """
    def columns(line: Line) -> int:
        text = line.read(raw)
        if line.kind != "paragraph" or text[-1] in TERMINAL:
            return 0
        if text.count("|") >= 2 and text[0] == text[-1] == "|":
            return -1
        return len(re.findall(r"\t+|[ \u3000]{2,}", text))

    out: list[Line] = []
    for count, run in groupby(lines, columns):
        run = list(run)
        if count and (count < 0 or len(run) > 1):
            run = [replace(l, kind="row") for l in run if not re.fullmatch(r"[|\s:：-]+", l.read(raw))]
        out += run
    return tuple(out)


def finished(text: str) -> bool:
    """Whether a line ends as a sentence, a list's lead or a bracket does: 。！？…：, closers after them aside.

    A full stop ends an English line; after a Chinese one it is the point of a number that was cut.

    >>> finished("他说:“好。”"), finished("新增市场主体3000多"), finished("完成任务;"), finished("Costs fell."), finished("收入12.")
    (True, False, False, True, False)
    """
    bare = text.rstrip(CLOSERS)
    return bool(bare) and (bare[-1] in TERMINAL + ":：" or bare[-1] == "." and bool(re.search(r"[A-Za-z%]\.$|^[\x00-\x7f“”‘’]*$", bare))) or text[-1] in ")）】"


def splits_figure(left: str, right: str) -> bool:
    """Whether a number with its unit runs across the seam of two pieces of text.

    >>> splits_figure("新增市场主体3000多", "家,增长5%"), splits_figure("2021", "年,工厂投产"), splits_figure("迈向2035", "新征程")
    (True, True, False)
    """
    if not left or not right or not (re.search(r"[\d一二三四五六七八九十百千万亿两几多余.．,]$", left) or right[0].isdigit()):
        return False
    seam = left[-16:]
    return any(start < len(seam) < end for start, end in protected(seam + right[:8]))


def crosses(left: str, right: str) -> bool:
    """Whether a word, or a number with its unit, runs across the seam of two pieces of text.

    >>> crosses("统筹发展和民生需", "要、加快"), crosses("甲方：某某公司", "乙方：某某局"), crosses("Report 2021", "Revenue grew")
    (True, False, False)
    """
    if not left or not right or (LATIN.match(left[-1]) and LATIN.match(right[0]) and not (left[-1] + right[0]).isdigit()):
        return False
    if splits_figure(left, right):
        return True
    left, right = left[-8:], right[:8]
    at = 0
    for word in WORDS.cut(left + right):
        if at < len(left) < at + len(word):
            return True
        at += len(word)
    return False
