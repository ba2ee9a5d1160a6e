"""Headings of plain text, which marks none: what stands bare and short between finished paragraphs.

Pure functions from lines to lines, as in `ingest.lines`; `ingest.repair` applies them in order.
"""
from __future__ import annotations

import re
from dataclasses import replace

from ingest.lines import DASHES, ENUMERATED, Line, Lines, crosses, finished, split_lines, splits_figure

LONG = 60  # characters: no heading, however it ends
NUMBERED_HEADING = re.compile(r"第[一二三四五六七八九十]{1,3}(?:点|个方面)?[,，、]|第[一二三四五六七八九十百]+[章节部编]|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|\d{1,2}(?:\.\d{1,2}){1,2}\s+(?=[\u4e00-\u9fff])")

NAMED = re.compile(r"【[^】]{2,20}】|[■●◆▲□◇☆★]|[\u4e00-\u9fff]{2,14}[局委办部院校站会心道镇乡区司团][:：]")  # what a piece of a page is headed by, whatever was lost before it


def mark_headings(lines: Lines, raw: str) -> Lines:
    """Headings of a text without #: numbered ones, and short bare lines between finished paragraphs.

    A title may have two lines, the second with a dash or close under the first, and stand over the first heading.
    Leaves alone: every line of a text that marks its headings with #, a short line that the line before or after
    continues, and full lines of a text wrapped by hand.

    >>> raw = "一、总体情况\\n全年平稳。\\n稳中有进\\n各项事业发展。"
    >>> [l.kind for l in mark_headings(split_lines(raw), raw)]
    ['heading', 'paragraph', 'heading', 'paragraph']
    """
    if any(line.kind == "heading" for line in lines):
        return lines
    out: list[Line] = []
    opens = True  # whether what stands before is no text: a newspaper's masthead
    apart = True  # whether what stands before has come to its end
    full = full_lines(lines, raw)
    parted = sum(line.gap > 1 for line in lines) > 3  # blank lines part the paragraphs, so that a line between two others is a part of one
    for i, line in enumerate(lines):
        after = lines[i + 1] if i + 1 < len(lines) else None
        text, following = line.read(raw), after.read(raw) if after else ""
        prose = next((l.read(raw) for l in lines[i + 1:i + 5] if l.kind not in ("caption", "byline", "note")), "")
        if line.kind == "paragraph" and bare(text) and i not in full:
            leads = after is not None and (after.kind != "paragraph" or len(following) > len(text) or finished(following) or ENUMERATED.match(following))
            headline = opens and after is not None and (after.kind == "byline" or following.startswith(DASHES))  # 线长了,客流来了,债也来了
            names = bool(NAMED.match(text)) and (line.gap > 1 or out[-1:] and out[-1].kind == "heading")
            if NUMBERED_HEADING.match(text) and (leads or line.gap > 1 and after is not None and after.gap > 1):
                line = replace(line, kind="heading", level=3 if text[0] in "(（" or text[0].isdigit() else 2)
            elif out and out[-1].kind == "heading" and (leads or after is not None and after.gap > 1) and text.startswith(DASHES):
                line = replace(line, kind="heading", level=out[-1].level)
            elif after is not None and (leads or names or tops(lines[i:i + 4], raw, opens)) and not ENUMERATED.match(text) and (names or headline or apart and whole(text) and not splits_figure(text, prose) and (opens and after.gap > 1 or not crosses(text, prose))) \
                    and (not parted or opens or alone(line, after, raw, out[-1].kind == "heading")):
                second = len(out) == 1 and out[0].kind == "heading" and line.gap == 1 and after.gap > 1 and after.kind == "paragraph"
                line = replace(line, kind="heading", level=1 if opens or second else 2)
        if line.kind in ("paragraph", "heading"):
            opens = False
            apart = line.kind == "heading" or finished(text)
        out.append(line)
    return tuple(out)


def bare(text: str) -> bool:
    """Whether a line is short and has no sentence in it.

    >>> bare("稳中有进"), bare("全年平稳。")
    (True, False)
    """
    return len(text) <= 40 and not re.search(r"[。;；!！?？]|[,，:：、]$", text)


def whole(text: str) -> bool:
    """Whether a line does not look cut: no comma but that of a couplet, no numeral or joining word at its end.

    >>> whole("守好一库水,种下满山绿"), whole("新增市场主体3000多"), whole("稳中有进")
    (True, False, True)
    """
    return couplet(text) or not re.search(r"[,，]|[\d多余约近达的和与及]$", text)


def alone(line: Line, after: Line, raw: str, headed: bool) -> bool:
    """Whether a line is set apart where blank lines part the paragraphs: by one behind it or a dash, or by one or a heading before it, when it has no figure.

    >>> raw = "甲。\\n\\n全县5个镇组建站\\n并管理。"
    >>> first, second, third = split_lines(raw)
    >>> alone(second, third, raw, False), alone(replace(second, gap=1), replace(third, gap=2), raw, False)
    (False, True)
    """
    return after.gap > 1 or after.read(raw).startswith(DASHES) or (line.gap > 1 or headed) and not re.search(r"\d", line.read(raw))


def couplet(text: str) -> bool:
    """Whether a line is two halves of one length about a comma, as headlines are.

    >>> couplet("守好一库水,种下满山绿"), couplet("今年以来,全县坚持")
    (True, False)
    """
    halves = re.split("[,，]", text)
    return len(halves) == 2 and len(halves[0]) == len(halves[1]) >= 5


def tops(lines: Lines, raw: str, first: bool) -> bool:
    """Whether a bare line is a title over another heading: a dash follows, or it opens the file and prose comes two lines on.

    >>> raw = "石城市工作总结\\n工业经济\\n全年工业增加值增长7.5%。"
    >>> tops(split_lines(raw), raw, True), tops(split_lines(raw), raw, False)
    (True, False)
    """
    texts = [line.read(raw) for line in lines]
    if len(lines) < 3 or any(line.kind != "paragraph" for line in lines[:2]) or not bare(texts[1]):
        return False
    prose = lines[2].kind == "paragraph" and (finished(texts[2]) and len(texts[2]) > 8 or len(texts[2]) > LONG) and not ENUMERATED.match(texts[2])
    return texts[1].startswith(DASHES) or first and prose and not ENUMERATED.match(texts[1]) and not re.search(r"[,，:：\d]", texts[1])


def full_lines(lines: Lines, raw: str) -> frozenset[int]:
    """The numbers of the lines that fill the width at which a text was wrapped by hand; none where it was not.

    Wrapped text has no line beyond a width and most of its unfinished lines at it, counted in characters or in
    columns, give or take one that did not fit.

    >>> raw = "甲乙丙丁戊己庚辛壬癸\\n" * 4 + "完。"
    >>> sorted(full_lines(split_lines(raw), raw)), full_lines(split_lines("甲乙。"), "甲乙。")
    ([0, 1, 2, 3], frozenset())
    """
    every = {i: line.read(raw) for i, line in enumerate(lines) if line.kind == "paragraph"}
    texts = {i: text for i, text in every.items() if not finished(text)}
    for measure, slack in ((len, 1), (columns, 3)):
        widest = max(map(measure, texts.values()), default=0)
        if any(measure(text) > widest + slack for text in every.values()):
            continue
        full = frozenset(i for i, text in texts.items() if measure(text) >= widest - slack)
        if len(full) >= 3 and len(full) >= 0.6 * len(texts):
            return full
    return frozenset()


def columns(text: str) -> int:
    """The width of a line where a Chinese character takes two columns.

    >>> columns("共3家")
    5
    """
    return sum(2 if c > "\u2e7f" or c in "“”‘’—…" else 1 for c in text)
