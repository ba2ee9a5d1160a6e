"""The items of a list in a sentence: an enumeration, numbered points (一是…二是…) or clauses of one build (由甲…,由乙…).

Ranges of the sentence's text, in its order. Nothing cuts a number with its unit, a name in 《》 or a quotation.
"""
from __future__ import annotations

import re

from index.lexical import simplify
from ingest.chunk import uncuttable
from ingest.document import Span
from ingest.lines import WORDS
from qa.clauses import DOWN, POINTED, UP, clauses, overlap
from qa.question import Question
from qa.signals import figures
from qa.spans import Window

ITEM = r"(?:《[^》]*》|“[^”]*”|(?<=[0-9]),(?=[0-9]{3})|[^、,，;；。:：!！?？\n])"
PART = r"、|以及|和|与|及|(?<=[”》」』])(?=[“《「『])"
ENUMERATION = re.compile(rf"{ITEM}+(?:(?:{PART}){ITEM}+)+")
PARTED, COMMA = re.compile(PART), re.compile("、")
TAIL = re.compile(r"(?<=.)等(?![级候待于同]).*$")
CLOSES = re.compile(r"(?<=.)等(?![级候待于同])")
NUMBERED = re.compile(r"(?:第?[一二三四五六七八九十]是|(?<![一-鿿])第[一二三四五六七八九十],)([^，,。；;！!？?]+)")
COUNT = re.compile(r"哪([两二三四五六七八九十2-9])")
MANY = dict(zip("两二三四五六七八九十23456789", (2, *range(2, 11), *range(2, 10))))
NAMED = re.compile("“[两二三四五六七八九十]([一-鿿])”")
FRAME = re.compile(r"[由在从向对把为]")
WITH = re.compile("[与同跟和](?!.*的)(?=..)")
TOGETHER = re.compile("(?<=..)(?:一并|一起|一同|一律|逐一).*$")
INTRODUCES = re.compile(r"其中|包括|包含|涵盖|分别[是为]|(?<![一-鿿])有(?![限机色关效序线形氧])|(?<=其中)有|(?<=的)有")
CLOSED = re.compile(r"[上中里内下]|方面|领域")


def count(question: Question) -> int:
    """How many items a question asks for, 0 where it does not say.

    >>> count(Question.of("由哪三方分工？")), count(Question.of("有哪些？"))
    (3, 0)
    """
    found = COUNT.search(question.text)
    return MANY[found[1]] if found else 0


def kin(question: Question, sentence: str, spans: list[Span]) -> bool:
    """Whether each item has the character that a name with a numeral counts: 零 of “三零”服务.

    >>> s = "实行“三零”“三省”，即零上门、零审批，以及省力、省时。"
    >>> [kin(Question.of(q), s, [(12, 15), (16, 19)]) for q in ("“三零”指哪些？", "“三省”指哪些？", "实行哪些？")]
    [True, False, False]
    """
    named = NAMED.search(question.text)
    return bool(named) and all(named[1] in sentence[s:e] for s, e in spans)


def enumeration(question: Question, sentence: str, window: Window | None = None) -> list[Span]:
    """The items of the list that has most of the question's words, at which the learned reader points, and that has as many
    items as are asked for; [] without a list.

    >>> s = "当月开挖、当月回填,其间克服了断电、大风和缺水等困难。"
    >>> [s[a:b] for a, b in enumeration(Question.of("克服了哪些困难？"), s)]
    ['断电', '大风', '缺水']
    """
    found, due = [], count(question)
    lists = [(part, as_many(due, sentence, part, window)) for m in ENUMERATION.finditer(sentence) for part in closed(sentence, *m.span())]
    others = [spans for spans in [numbered(sentence), *parallel(sentence), moving(question, sentence)] if spans]
    for (start, end), spans in [*lists, *(((spans[0][0], spans[-1][1]), spans) for spans in others)]:
        if len(spans) > 1:
            own = overlap(question, sentence[max(0, start - 20):end + 10]) + (POINTED * window.score(start, end) if window else 0.0)
            found.append((due == len(spans), kin(question, sentence, spans), own, spans))
    return max(found)[3] if found else []


def as_many(due: int, sentence: str, part: Span, window: Window | None) -> list[Span]:
    """The items of an enumeration; those that only 、 parts where that gives as many as are due: 刊物学、服装与服饰设计 of two."""
    found = items(sentence, *part, window)
    return fewer if due and len(found) > due and len(fewer := items(sentence, *part, window, COMMA)) == due else found


def closed(sentence: str, start: int, end: int) -> list[Span]:
    """A run of items parted where 等 closes one list and behind a verb another follows.

    >>> [[s[a:b] for a, b in closed(s, 0, len(s))] for s in ("教育、卫生等8项职能移交甲区和乙镇", "甲河、乙山等园区以及乙镇")]
    [['教育、卫生等', '8项职能移交甲区和乙镇'], ['甲河、乙山等园区以及乙镇']]
    """
    edges = [start]
    for m in CLOSES.finditer(sentence, start, end):
        if (joint := PARTED.search(sentence, m.end(), end)) and any(tag == "v" for _, tag in WORDS.tag(sentence[m.end():joint.start()])):
            edges.append(m.end())
    edges.append(end)
    return list(zip(edges, edges[1:]))


def numbered(sentence: str) -> list[Span]:
    """What 一是…，二是… count.

    >>> s = "一是审批拖，二是有人怕担责。"
    >>> [s[a:b] for a, b in numbered(s)]
    ['审批拖', '有人怕担责']
    """
    return [m.span(1) for m in NUMBERED.finditer(sentence)]


def parallel(sentence: str) -> list[list[Span]]:
    """The nouns in which clauses of one build differ, where two or more follow each other.

    >>> s = "由镇政府统筹，由村委会落实，由合作社代办。"
    >>> [[s[a:b] for a, b in spans] for spans in parallel(s)]
    [['镇政府', '村委会', '合作社']]
    >>> s = "落实部署，在思路上求新，在方法上求好。"
    >>> [[s[a:b] for a, b in spans] for spans in parallel(s)]
    [['思路', '方法']]
    """
    found: list[list[Span]] = []
    last = ""
    for start, end in clauses(sentence):
        word = sentence[start]
        named = framed(sentence[start + 1:end]) if FRAME.match(word) else 0
        if not named:
            last = ""
            continue
        if word != last:
            found.append([])
        found[-1].append((start + 1, start + 1 + named))
        last = word
    return [spans for spans in found if len(spans) > 1]


def moving(question: Question, sentence: str) -> list[Span]:
    """What rises, or falls, where the question asks which does: the nouns before the figures of that direction.

    >>> s = "竹木业增加值增长12%，食品业增长6%，矿业下降3%。"
    >>> [s[a:b] for a, b in moving(Question.of("哪些行业的增加值是增长的？"), s)]
    ['竹木业', '食品业']
    """
    asked = next((way for way in (UP, DOWN) if way.search(question.text)), None)
    if asked is None:
        return []
    found = []
    for start, end in clauses(sentence):
        way = re.search(f"(?:{UP.pattern}|{DOWN.pattern})(?=了?[0-9一二三四五六七八九十])", sentence[start:end])
        if way and asked.fullmatch(way.group()):
            end = start + way.start()
            measure = next((n for n in range(start + 2, end - 1) if simplify(sentence[n:end]) in question.text), end)
            found.append((start, measure))
    return found


def framed(text: str) -> int:
    """How many characters at the front of a text are the noun that 由, 在 or their like take: up to 上 and its like, or the verb."""
    at, noun = 0, False
    for word, tag in WORDS.tag(text):
        if noun and (CLOSED.fullmatch(word) or tag[0] in "vadpf"):
            return at
        noun = noun or tag[0] in "njl"
        at += len(word)
    return 0


def items(sentence: str, start: int, end: int, window: Window | None = None, joints: re.Pattern[str] = PARTED) -> list[Span]:
    """The items of an enumeration: parted by 、 and by 和 or its like (`joints`) outside quotations; without what leads to the first
    and what closes the last (等…, a count, a verb). Where the learned reader's span begins in the first or ends in the last
    item, its edge, moved to that of a word, is taken instead."""
    kept = [(s, e) for s, e in uncuttable(sentence) if start < e and s < end]
    cuts = [m.span() for m in joints.finditer(sentence, start, end) if not any(s < m.start() < e for s, e in kept)]
    marks = [s for s, e in cuts if s == e or sentence[s] == "、"]
    cuts = [(s, e) for s, e in cuts if s in marks or not marks or s > marks[-1]]
    edges = [start, *(p for cut in cuts for p in cut), end]
    spans = [(s, e) for s, e in zip(edges[::2], edges[1::2]) if s < e]
    if len(spans) < 2:
        return spans
    (first, a), (last, z) = spans[0], spans[-1]
    verbal = sum(opens_with_verb(sentence[s:e]) for s, e in spans[1:]) > (len(spans) - 1) / 2
    whose = any("的" in sentence[s:e] for s, e in spans[1:-1]) or "的" in sentence[first:a] and "的" in sentence[last:z]
    from_, to = pointed(sentence, spans, window)
    led = sentence[first:a]
    opened = max(led.find(m.group()) + len(m.group()) for m in found) if (found := list(INTRODUCES.finditer(led))) else 0
    lead = leading(led, whose) if from_ is None and not verbal and not opened else from_ or 0
    if not lead and FRAME.match(led) and WORDS.tag(led)[0][1] == "p":
        lead = 1
    lead = max(opened, quoted(led) or lead)
    spans[0] = first + lead + bool(WITH.match(led, lead)), a
    if sentence[spans[0][0] - 1:spans[0][0]] == sentence[spans[1][0]] and spans[0][0] > start:
        spans[0] = spans[0][0] - 1, a  # 持续减时间、减材料: what the others begin with is of the first as well
    spans[-1] = last, last + min(to or z - last, closing(sentence[last:z], verbal, whose))
    counted = [[q.start for q in figures(sentence[s:e]) if q.start > 1 and q.end == e - s and q.unit] for s, e in spans[:-1]]
    if all(counted):
        spans = [*((s, s + found[0]) for (s, _), found in zip(spans, counted)), spans[-1]]
    spans = [(s, s + tail.start() if (tail := TAIL.search(sentence[s:e])) else e) for s, e in spans]
    return [(s, e) for s, e in spans if s < e]


def pointed(sentence: str, spans: list[Span], window: Window | None) -> tuple[int | None, int | None]:
    """Where in the first item the learned reader's answer begins, and where in the last it ends, at edges of words; None where not there."""
    if window is None:
        return None, None
    (first, a), (last, z) = spans[0], spans[-1]
    start, end = window.best[1]
    words, at = [], 0
    for word, _ in WORDS.tag(sentence):
        words.append((at, at + len(word)))
        at += len(word)
    for s, e in [*words, *uncuttable(sentence)]:
        start = s if s < start < e else start
        end = e if s < end < e else end
    return start - first if first <= start < a else None, end - last if last < end <= z else None


def opens_with_verb(item: str) -> bool:
    """Whether an item begins with what one does: 夯实基础 as against 基础设施.

    >>> opens_with_verb("夯实基层基础"), opens_with_verb("新材料")
    (True, False)
    """
    tagged = WORDS.tag(item)
    return len(tagged) > 1 and tagged[0][1] == "v" and any(tag[0] == "n" for _, tag in tagged[1:])


def closing(item: str, verbal: bool = False, whose: bool = False) -> int:
    """Where an enumeration's last item ends: before 等, a count of the items, 这 or 的, or a verb after its noun. verbal: the
    items say what is done, so that a verb ends none; whose: other items have a 的 as well.

    >>> closing("疫情等困难"), closing("英语三门课"), closing("甲河物流已经入驻"), closing("现代服务业"), closing("“有求必办”3721工作法")
    (2, 2, 4, 5, 13)
    >>> closing("推进校园治理", True), closing("智能家电的制造"), closing("零售总额这两项"), closing("生物制造三大主导产业")
    (6, 4, 4, 4)
    """
    if tail := TAIL.search(item) or TOGETHER.search(item):
        return tail.start()
    if counted := re.search("(?<=..)[两三四五六七八九十]大(?=.)", item):
        return counted.start()
    kept = uncuttable(item)
    names = [e for s, e in kept if item[s] in "“《「『"]
    ends = [q.start for q in figures(item) if q.start > 1 and q.start not in names and q.unit]
    ends += [m.start() for m in re.finditer("(?<=..)[这该]", item)][:1] + [m.start() for m in re.finditer("(?<=..)的(?![“《])", item) if not whose][:1]
    at, noun = 0, False
    for word, tag in WORDS.tag(item):
        if noun and not verbal and at > 1 and not any(s < at < e for s, e in kept) and at + len(word) < len(item) and (tag in ("d", "v", "p", "f") or word in ("是", "加在一起")):
            ends.append(at)
        noun = noun or tag[0] == "n"
        at += len(word)
    return min(ends, default=len(item))


def quoted(item: str) -> int:
    """Where the quotation begins that ends an item; 0 where none does."""
    return max((s for s, e in uncuttable(item) if e == len(item) and item[s] in "“《「『"), default=0)


def leading(item: str, whose: bool = False) -> int:
    """How much of an enumeration's first item is not yet the item: up to a quotation that ends it, else up to its last
    verb or preposition that is not its end; whose: other items have a 的 as well, so that none ends the lead.

    >>> leading("先后引进甲河物流"), leading("智能装备"), leading("率先推出“云上挂号”"), leading("打通新能源示范带")
    (4, 0, 4, 2)
    >>> leading("推出甲社区的课堂", True), leading("推出甲社区的课堂")
    (2, 6)
    """
    if start := quoted(item):
        return start
    kept, at, cut = uncuttable(item), 0, 0
    for word, tag in WORDS.tag(item):
        at += len(word)
        if tag in ("v", "p", "ul", "c", "d", *(() if whose else ("uj",))) and at < len(item) - 1 and not any(s < at < e for s, e in kept):
            cut = at
    return cut
