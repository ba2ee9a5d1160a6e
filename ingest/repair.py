"""Newspaper damage repaired in the reading text: lines → lines in an order that is a text a person would read.

Nothing is added or changed, characters are only left out (marks, breaks) or moved (captions, behind the paragraph
they stood in), so each keeps its place in `raw`. Every repair is a pure function `(lines, raw) -> (lines, log)`;
REPAIRS is the order.
"""
from __future__ import annotations

import re
from dataclasses import replace

from ingest.credits import mark_credits, mark_wedged
from ingest.document import Repair, Span
from ingest.headings import NAMED, mark_headings
from ingest.lines import DASHES, ENUMERATED, WORDS, Line, Lines, crosses, finished, mark_markdown, mark_rows, split_lines

LONGEST_TITLE = 4  # lines
DATELINE = re.compile(r"[^。，,；;]{2,40}(?<![于在从自至到])[\s　]\s*(?:19|20)\d\d年\d{1,2}月\d{1,2}日")  # a name, then the day: nothing goes on behind it
Log = tuple[Repair, ...]


def record(name: str, reason: str, line: Line, raw: str, at: int = 0) -> Repair:
    """One entry of the log about a line, showing what stands around its span number `at`."""
    text = line.read(raw)
    cut = sum(e - s for s, e in line.spans[:at])
    shown = text[max(0, cut - 12):cut] + "|" + text[cut:cut + 12] if at else text[:24]
    return Repair(name, reason, line.spans[0][0], line.spans[-1][1], shown)


def join_headings(lines: Lines, raw: str) -> tuple[Lines, Log]:
    """Headings of one level that follow each other are one title set in two lines; it stands above the rest.

    A heading with nothing under it is either a title's first line or an empty section; a dash at the start of the
    second says title, and so does the absence of numbering, but for later ones (a department over what its piece is called).
    Leaves alone: numbered headings ("一、…" over "二、…"), headings of different levels, and a file's own "# title".

    >>> raw = "## 创新强体\\n## ——三年改革成效\\n## 甲局\\n正文。"
    >>> lines, _ = mark(raw)
    >>> [(l.level, l.read(raw)) for l in join_headings(lines, raw)[0] if l.kind == "heading"]
    [(1, '创新强体\\n——三年改革成效'), (2, '甲局')]
    """
    out: list[Line] = []
    log = []
    titled = any(line.kind == "heading" and line.level == 1 for line in lines)
    whole = True  # whether the heading before can take no more lines
    joined = False
    for line in lines:
        last, text = out[-1] if out else None, line.read(raw)
        follows = last is not None and line.kind == last.kind == "heading" and not ENUMERATED.match(text) and not ENUMERATED.match(last.read(raw)) and not NAMED.match(text)
        dash = text.startswith(DASHES)
        if follows and len(last.spans) <= 2 * LONGEST_TITLE - 2 and (dash or (line.level == last.level and not whole)):
            end = last.spans[-1][1]
            level = last.level if titled or joined and not dash else max(1, line.level - 1)
            joined = True
            out[-1] = replace(last, spans=(*last.spans, (end, end + 1), *line.spans), level=level)
            log.append(record("join_headings", "标题分排两行,合为一个", out[-1], raw, len(last.spans)))
            whole = True
        else:
            out.append(line)
            whole = line.kind != "heading"
    return tuple(out), tuple(log)


def mend_breaks(lines: Lines, raw: str) -> tuple[Lines, Log]:
    """A paragraph cut by a column break, a hard line end or a caption is joined; the caption goes behind it.

    The first part ends in the middle of a sentence, a word or a number ("3000多⏎家", "案⏎例", "2021⏎年"), so what
    comes next belongs to it.
    Leaves alone: finished paragraphs, lists and numbered clauses, and short lines of names or addresses, unless a
    word runs across the seam.

    >>> raw = "新增市场主体3000多\\n\\n新城 图片由宣传部提供\\n\\n家，排名第一。\\n\\n另一段。"
    >>> lines, _ = mark(raw)
    >>> [l.read(raw) for l in mend_breaks(lines, raw)[0]]
    ['新增市场主体3000多家，排名第一。', '新城 图片由宣传部提供', '另一段。']
    """
    out: list[Line] = []
    log = []
    broken: list[Span] = []  # the spans of the unfinished paragraph, kept back until its rest comes
    head = ""  # how it ends: enough to judge by, for reading all of it at every line takes quadratic time
    between: list[Line] = []

    def release() -> None:
        if broken:
            out.append(Line("paragraph", tuple(broken), gap=gap))
        out.extend(between)
        broken.clear()
        between.clear()

    gap = 1
    for line in lines:
        text = line.read(raw)
        if broken and line.kind == "caption":
            between.append(line)
            continue
        if broken and line.kind == "paragraph" and continues(head, text, between != [], len(broken) == 1):
            end = broken[-1][1]
            broken += [(end, end + 1)] * spaced(head, text) + list(line.spans)
            reason = "句子被图片说明隔开,接回" if between else "段落在句中断开,接回"
            log.append(Repair("mend_breaks", reason, broken[0][0], line.spans[-1][1], head[-12:] + "|" + text[:12]))
            head = (head + text)[-40:]
            if finished(text):
                release()
            continue
        release()
        if line.kind == "paragraph" and not finished(text):
            broken, head, gap = list(line.spans), text, line.gap
        else:
            out.append(line)
    release()
    return tuple(out), tuple(log)


def continues(head: str, text: str, captioned: bool, first: bool) -> bool:
    """Whether a line goes on with the unfinished one before it, of which `head` is the end.

    captioned: a caption stands between them. first: nothing was joined to the line before yet.

    >>> continues("审计42项,使180多个苗头", "性问题得到遏制,", False, True), continues("王小明", "李大强", False, True)
    (True, False)
    >>> continues("临水市统计局　国家统计局临水调查总队　2024年4月18日", "4月18日,市政府举行发布会", False, True)
    False
    """
    if first and not captioned and DATELINE.fullmatch(head):
        return False
    if ENUMERATED.match(text) or (first and not captioned and in_lines(head, text)):
        return False
    return captioned or len(head) > 20 or bool(re.search("[,，;；、。]|[和与及或]$", head)) or crosses(head, text)


def in_lines(head: str, text: str) -> bool:
    """Whether two short lines of one length are set as lines, each with its own stop: verse, or the items of a list.

    >>> in_lines("床前明月光，", "疑是地上霜。"), in_lines("投资2.3亿元,新建公路", "146公里。")
    (True, False)
    """
    return len(head) == len(text) <= 20 and head[-1] in ",，;；" and text[-1] in ",，;；。!！?？" and not crosses(head, text)


def spaced(left: str, right: str) -> bool:
    """Whether the break between two pieces stands for the space between English words.

    >>> spaced("villages with", "a bus line"), spaced("rose to", "87."), spaced("总投资1", "200万元"), spaced("收入12.", "5亿元")
    (True, True, False, False)
    """
    latin = re.search(r"[A-Za-z0-9][,;.!?\"')%]?$", left) and re.match(r"[A-Za-z0-9(\"'$]", right)
    return bool(latin) and (right[0].isalpha() or bool(re.search(r"[A-Za-z]\W?$", left)))


def mark_lost_openings(lines: Lines, raw: str) -> tuple[Lines, Log]:
    """A section whose first words the newspaper lost is marked so; nothing is invented in their place.

    General signs at the start of the first paragraph under a heading: a closing mark, comma or %; a particle; a lone
    verb or measure word before 、 or a noun ("设、下沉…", "号网民…"); a noun phrase that no verb follows before the
    comma, while the next clause begins with a verb ("…大局,起草了…").
    Leaves alone: openings with a subject, a time or a place, and verb-object slogans.

    >>> raw = "## 甲\\n设、下沉事项,实现覆盖。\\n## 乙\\n持续推动党员干部奋勇争先。\\n## 丙\\n3年来,乙部成绩明显。"
    >>> [l.opening_lost for l in mark_lost_openings(mark(raw)[0], raw)[0] if l.kind == "paragraph"]
    [True, False, False]
    """
    out, log = [], []
    first = False
    for line in lines:
        text = line.read(raw)
        if first and line.kind == "paragraph" and opening_lost(text):
            line = replace(line, opening_lost=True)
            log.append(record("mark_lost_openings", "本节开头在版面上缺失,未补写", line, raw))
        first = line.kind == "heading" or (first and line.kind != "paragraph")
        out.append(line)
    return tuple(out), tuple(log)


def opening_lost(text: str) -> bool:
    """Whether a paragraph begins in the middle of a sentence; the signs are those of `mark_lost_openings`.

    >>> opening_lost("号网民留言件被评选为精品件。"), opening_lost("改革发展大局,起草了一批文稿。"), opening_lost("岁末年初,任意走进一家企业,忙碌的身影随处可见。")
    (True, True, False)
    """
    if re.match(r"[,，。、;；:：!！?？)）】》”’%％℃]|[年月](?:多|以)?来[,，]", text) or re.match(r"[\u4e00-\u9fff]、[\u4e00-\u9fff]{2}", text):
        return True
    tags = WORDS.tag(text[:60])
    if len(tags[0][0]) == 1 and tags[0][1] in ("ul", "uj", "uv", "uz", "ud", "k"):
        return True
    if len(tags) > 1 and len(tags[0][0]) == 1 and tags[0][1] in ("q", "m") and not re.match("[一二两三四五六七八九十百千万半每各首本全数多几]", text) and not text[0].isdigit() and (tags[1][1][0] == "n" or tags[1][0] == "百分点"):
        return True
    clause = [t for w, t in tags[:next((i for i, (w, _) in enumerate(tags) if w in ",，。;；:："), 0)]]
    after = tags[len(clause) + 1:len(clause) + 3]
    nouns = bool(clause) and all(t[0] == "n" or t == "vn" for t in clause) and "vn" in clause and clause[-1] != "vn"
    return nouns and len(after) > 1 and after[0][1] == "v" and after[1][1] in ("ul", "v")


REPAIRS = (join_headings, mend_breaks, mark_lost_openings)


def mark(raw: str) -> tuple[Lines, Log]:
    """The lines of a file, each with its kind, before any repair."""
    lines = split_lines(raw)
    for step in (mark_markdown, mark_rows, mark_credits, mark_wedged, mark_headings):
        lines = step(lines, raw)
    return lines, ()


def repair(raw: str) -> tuple[Lines, Log]:
    """All repairs of a file in their order, and the log of what they did."""
    lines, log = mark(raw)
    for step in REPAIRS:
        lines, more = step(lines, raw)
        log += more
    return lines, log
