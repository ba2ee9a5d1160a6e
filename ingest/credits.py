"""Lines that stand apart from the running text: captions, bylines, editor's notes, signatures.

Pure functions from lines to lines, as in `ingest.lines`; `ingest.repair` applies them in order.
"""
from __future__ import annotations

import re
from dataclasses import replace

from ingest.lines import TERMINAL, WORDS, Line, Lines, crosses, finished, split_lines, splits_figure

NAME = r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,6})*"
PAPER = r"(?:本报|本刊|本网|本台|新华社|中新社|[\u4e00-\u9fff]{2,4}(?:日报|晚报|新闻网))"
ROLE = rf"{PAPER}?(?:首席|特约|实习|见习|全媒体)?(?:记者|通讯员|评论员|作者|编辑|责编|责任编辑|校对|版式|美编|组版|撰文|撰稿|整理|摄影|实习生|摄影报道)|文|图"
TAIL = r"报道|摄影报道|摄|整理|电|摘编"
BYLINE_WORD = re.compile(rf"(?P<role>{ROLE}|[\u4e00-\u9fff]{{2,20}}供稿)|(?P<glued>(?:{ROLE})(?P<name>{NAME}))(?:{TAIL})?|{NAME}(?:{TAIL})?|{TAIL}")
SOURCE_WORD = re.compile(r"(?P<key>来源|稿源|发布时间|发布日期|发布机构)|\d{4}[-年]\d{1,2}[-月]\d{1,2}日?|\d{1,2}(?:[:：]\d\d){1,2}|[\u4e00-\u9fff]{2,15}")
CREDIT = re.compile(
    r"(?:^|[\s(（。/|])(?:图片|照片|图|影像)(?:均|皆)?(?:由[^。,，]{1,20}提供|(?:来源|来自|提供)[^。,，]{1,20})[)）。\s]*$|(?:(?:资料|效果|示意)图|供图|[\s(（/|。][^\s。,，\d]{1,10}\s{0,2}摄|^[^\s。,，\d]{2,4}\s{0,2}摄"
    rf"|[\s(（/|。](?:摄影|摄像|图)[:：/]\s*{NAME})[)）。\s]*$|^[(（]?(?:[上下左右本]|[左右中]?[上下])?图为|^[(（]?(?:[上下左右]|[左右中]?[上下])图\s*[:：]|^[图表]\s?(?:\d{{1,2}}|[①-⑳一二三四五六七八九十])(?:[\s:：.．]|$)")
SPEAKER = re.compile(rf"[\u4e00-\u9fff（）()]{{2,24}}(?:长|书记|主任|主席|经理|总裁|院士|教授)[ \u3000]+{NAME}")
MASTHEAD = re.compile(r"(?:《?[\u4e00-\u9fff]{2,12}报》?\s*[|｜]?\s*)?(?:第?\s*[A-Z]?\d{1,2}\s*版|\d{4}[-年.]\d{1,2}[-月.]\d{1,2}日?(?=\D)|星期[一二三四五六日天])(?:[\s|｜:：·/,，]+(?:第?\s*[A-Z]?\d{1,2}\s*版|\d{4}[-年.]\d{1,2}[-月.]\d{1,2}日?|星期[一二三四五六日天]|[\u4e00-\u9fff·]{2,12}|责编|责任编辑|版式))*[\s|｜]*")
PAPER_NAME = re.compile(r"[\u4e00-\u9fff]{2,6}(?:日报|晚报|晨报|时报|周报|商报|都市报)|[A-Z][A-Z ]{2,30} (?:DAILY|NEWS|TIMES|WEEKLY|POST)")
NOTE = re.compile(r"\s*[(（【]?\s*(?:编者按|编者注|编者的话|编后|开栏(?:的话|语)|按语|记者手记|注[:：]|[上下](?:接|转|期)第?\w{1,5}版)")
SIGNED_DATE = re.compile(r"[(（]?\s*\d{4}年\d{1,2}月\d{1,2}日\s*[)）]?")


def byline(text: str) -> bool:
    """Whether a line says who wrote, photographed or published, and nothing else: roles, names, dates, sources.

    Read word by word: one pattern for the whole line takes exponential time on a line of nothing but 文.
    Leaves alone: prose that begins with a reporter ("记者走进车间"), and lists of names without a role.

    >>> [byline(t) for t in ("(本报记者 王小明 通讯员 李强)", "来源:石城日报 2022-01-05", "记者走进车间", "王小明 李强", "石城市市长 王小明", "石城市办公室供稿 2025年12月8日")]
    [True, True, False, False, True, True]
    """
    if SPEAKER.fullmatch(text):
        return True
    words = [w for w in re.split(r"[\s/、,，:：|;；()（）【】\[\]—□■○●◎▲△☆★]+", re.sub(r"(\d)[:：](?=\d)", "\\1\ufe55", text)) if w]
    if not words or len(words) > 14:
        return False
    signed, sourced = bool(re.match("[□■○●◎▲△☆★]", text)) and all(re.fullmatch(NAME, w) and WORDS.tag(w)[0][1] == "nr" for w in words), False
    for word in words:
        if match := BYLINE_WORD.fullmatch(word):
            if match["glued"] and (tag := WORDS.tag(match["name"])[0]) and len(tag[0]) > 1 and tag[1] in ("v", "p", "d", "c", "n", "vn", "t"):
                return False
            signed = signed or bool(match["role"] or match["glued"])
        elif not (match := SOURCE_WORD.fullmatch(word.replace("\ufe55", ":"))):
            return False
        sourced = sourced or word in ("来源", "稿源", "发布时间", "发布日期", "发布机构")
        if not (signed or sourced):
            return False
    return sourced or all(BYLINE_WORD.fullmatch(word) or SIGNED_DATE.fullmatch(word) for word in words)


def masthead(text: str) -> bool:
    """Whether a line is what a newspaper prints over its page: its name, alone or with the day, the number of the page, the section.

    >>> [masthead(t) for t in ("临水日报 2025年9月18日 星期四 第5版 专题", "(2025年9月29日 第4版)", "临水晚报", "LINSHUI DAILY", "2025年9月18日工厂投产", "临水日报创刊")]
    [True, True, True, True, False, False]
    """
    return PAPER_NAME.fullmatch(text.strip()) is not None or len(text) <= 80 and bool(re.search(r"第?\s*[A-Z]?\d{1,2}\s*版|星期", text)) and MASTHEAD.fullmatch(text.strip("()（）")) is not None


def mark_credits(lines: Lines, raw: str) -> Lines:
    """Captions, bylines, editor's notes, signatures and signed dates, which stand apart from the running text.

    Leaves alone: prose that only speaks of photographs or reporters, which ends like a sentence and is long.

    >>> raw = "新城一角 图片由宣传部提供\\n(本报记者 王小明)\\n记者走进新区看到,图片由居民提供的展览已经开幕,前来参观的人络绎不绝,十分热闹。\\n石城市水利局\\n2022年1月5日"
    >>> [l.kind for l in mark_credits(split_lines(raw), raw)]
    ['caption', 'byline', 'paragraph', 'note', 'note']
    """
    def kind(line: Line, following: str, ended: bool) -> str:
        text = line.read(raw)
        if line.kind != "paragraph":
            return line.kind
        if len(text) <= 60 and byline(text):
            return "byline"
        if len(text) <= 60 and CREDIT.search(text) and text.count("。") <= 2:
            return "caption"
        if NOTE.match(text) or masthead(text) or SIGNED_DATE.fullmatch(text) or (ended and following[:1].isdigit() and SIGNED_DATE.fullmatch(following) and len(text) <= 30 and not re.search(r"[,，。;；:：!！?？]", text)):
            return "note"
        return "paragraph"

    following = [line.read(raw) for line in lines[1:]] + [""]
    first = next((i for i, line in enumerate(lines) if line.read(raw)[-1] in TERMINAL), len(lines))  # a signature stands below prose, a title above it
    return tuple(replace(line, kind=kind(line, after, i > first)) for i, (line, after) in enumerate(zip(lines, following)))


def mark_wedged(lines: Lines, raw: str) -> Lines:
    """A short line without a credit that stands inside a word or a number is a caption.

    The word that runs across it is the sign: "…实现产值3000多⏎新厂房外景⏎亿元,…". Nothing else could stand there.
    Leaves alone: lines between short ones (names, verses), and what continues the line before.

    >>> raw = "工厂去年扩建,全年新增产值3000多\\n新厂房外景\\n万元,增长5%。"
    >>> [l.kind for l in mark_wedged(split_lines(raw), raw)]
    ['paragraph', 'caption', 'paragraph']
    """
    out = list(lines)
    for i in range(1, len(lines) - 1):
        if any(line.kind != "paragraph" for line in out[i - 1:i + 2]):
            continue
        before, text, after = (line.read(raw) for line in lines[i - 1:i + 2])
        if len(text) <= 20 and not re.search(r"[,，。;；:：、\d]", text) and re.search(r"[,，;；。]", before) and not finished(before) and re.search(r"[,，。;；]", after):
            seam = splits_figure if splits_figure(before, after) else crosses
            if seam(before, after) and not seam(before, text) and not seam(text, after):
                out[i] = replace(lines[i], kind="caption")
    return tuple(out)
