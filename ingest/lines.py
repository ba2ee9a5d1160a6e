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

WORDS = rjieba.Jieba()
MARKS = r"^(?:>\s?)+|!?\[([^\]\n]*)\]\([^)\s]*\)|\*\*([^*\n]+)\*\*|__([^_\n]+)__"
HEADING_MARKS = rf"^#{{1,6}}\s+|\s+#+$|{MARKS}"
TERMINAL = "。!?！？…"
CLOSERS = "”’」』\"')）】》〉"
ENUMERATED = re.compile(r"\s*(?:第[一二三四五六七八九十百\d]+[章节条部分编]|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}(?:[.．、](?!\d)|[)）])|[-*•●·■◆]\s|附件?\d*[:：])")
NUMBERED_HEADING = re.compile(r"第[一二三四五六七八九十百]+[章节部编]|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]")
NAME = r"[\u4e00-\u9fff·]{2,4}"
BYLINE = re.compile(
    rf"[(（【—\s]*(?:(?:本报|本刊|本网|新华社|据|来源)[^。]{{0,12}}?)?(?:(?:首席|特约|实习|见习|通讯)?(?:记者|通讯员|评论员|作者|编辑|责编|责任编辑|校对|撰文|整理|文|图|摄影)[:：/\s]*"
    rf"{NAME}(?:[\s、]+{NAME}){{0,5}}[\s/、,，]*(?:文|图|摄|整理|报道|摄影报道|文/图|/)*[\s]*)+[)）】\s]*")
CREDIT = re.compile(
    r"(?:(?:图片|照片|图|影像)(?:均|皆)?(?:由[^。,，]{1,20}提供|(?:来源|来自|提供)[^。,，]{1,20})|(?:资料|效果|示意)图|供图|[\s(（/|][^\s。,，]{1,10}摄)[)）。\s]*$|^[(（]?[上下左右本]?图为")
NOTE = re.compile(r"\s*[(（【]?\s*(?:编者按|编者注|编后|开栏(?:的话|语)|按语|记者手记|注[:：]|[上下](?:接|转|期)第?\w{1,5}版)")
SIGNED_DATE = re.compile(r"\s*\d{4}年\d{1,2}月\d{1,2}日\s*")


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
    for match in re.finditer(r"[^\r\n\x0b\x0c\x85\u2028\u2029]*", raw):
        text = match.group()
        if text.strip("\ufeff \t\u3000\xa0"):
            start = match.start() + len(text) - len(text.lstrip("\ufeff \t\u3000\xa0"))
            lines.append(Line("paragraph", ((start, match.start() + len(text.rstrip())),), gap=gap))
            gap = 0
        gap += raw[match.end():match.end() + 1] in ("\n", "\r") and raw[match.end():match.end() + 2] != "\r\n"
    return tuple(line for line in lines if line.spans[0][0] < line.spans[0][1])


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
    """Headings by their #, quotes, emphasis and links as the words in them; rules and fences are no text.

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
        heading = re.match(r"(#{1,6})\s+(?=\S)", text)
        kind, level = ("heading", len(heading[1])) if heading else (line.kind, 0)
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


def mark_credits(lines: Lines, raw: str) -> Lines:
    """Captions, bylines, editor's notes and signed dates, which stand apart from the running text.

    Leaves alone: prose that only speaks of photographs or reporters, which ends like a sentence and is long.

    >>> raw = "新城一角 图片由宣传部提供\\n(本报记者 王小明)\\n记者走进新区看到,图片由居民提供的展览已经开幕,前来参观的人络绎不绝,十分热闹。"
    >>> [l.kind for l in mark_credits(split_lines(raw), raw)]
    ['caption', 'byline', 'paragraph']
    """
    def kind(line: Line) -> str:
        text = line.read(raw)
        if line.kind != "paragraph":
            return line.kind
        if len(text) <= 60 and BYLINE.fullmatch(text):
            return "byline"
        if len(text) <= 60 and CREDIT.search(text) and text.count("。") <= 1:
            return "caption"
        if NOTE.match(text) or SIGNED_DATE.fullmatch(text):
            return "note"
        return "paragraph"

    return tuple(replace(line, kind=kind(line)) for line in lines)


def finished(text: str) -> bool:
    """Whether a line ends as a sentence, a list's lead or a bracket does: 。！？…：, closers after them aside.

    >>> finished("他说:“好。”"), finished("新增市场主体3000多"), finished("完成任务;")
    (True, False, False)
    """
    bare = text.rstrip(CLOSERS)
    return bool(bare) and (bare[-1] in TERMINAL + ":：") or text[-1] in ")）】"


def crosses(left: str, right: str) -> bool:
    """Whether a word runs across the seam of two pieces of text.

    >>> crosses("统筹发展和民生需", "要、加快"), crosses("甲方：某某公司", "乙方：某某局")
    (True, False)
    """
    left, right = left[-8:], right[:8]
    at = 0
    for word in WORDS.cut(left + right):
        if at < len(left) < at + len(word):
            return True
        at += len(word)
    return False


def mark_headings(lines: Lines, raw: str) -> Lines:
    """Headings of a text without #: numbered ones, and short bare lines between finished paragraphs.

    Leaves alone: every line of a text that marks its headings with #, and a short line that the line before or
    after continues.

    >>> raw = "一、总体情况\\n全年平稳。\\n稳中有进\\n各项事业发展。"
    >>> [l.kind for l in mark_headings(split_lines(raw), raw)]
    ['heading', 'paragraph', 'heading', 'paragraph']
    """
    if any(line.kind == "heading" for line in lines):
        return lines
    out: list[Line] = []
    apart = True  # whether what stands before has come to its end
    for i, line in enumerate(lines):
        after = lines[i + 1] if i + 1 < len(lines) else None
        text, following = line.read(raw), after.read(raw) if after else ""
        prose = lines[i + 2].read(raw) if after and after.kind == "caption" and i + 2 < len(lines) else following
        if line.kind == "paragraph" and len(text) <= 40 and not re.search(r"[。;；!！?？]|[,，:：、]$", text):
            leads = after is not None and (after.kind != "paragraph" or len(following) > len(text) or finished(following) or ENUMERATED.match(following))
            if NUMBERED_HEADING.match(text) and leads:
                line = replace(line, kind="heading", level=3 if text[0] in "(（" else 2)
            elif leads and apart and not ENUMERATED.match(text) and not re.search(r"[,，]|[\d多余约近达的和与及]$", text) and not crosses(text, prose):
                line = replace(line, kind="heading", level=2 if out else 1)
        if line.kind in ("paragraph", "heading"):
            apart = line.kind == "heading" or finished(text)
        out.append(line)
    return tuple(out)
