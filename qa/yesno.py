"""Yes or no: 是/否 (有/没有) by what the answering sentence does with what is asked, and whether it says that at all.

Negation, plans, direction and figures are read from general word lists (`figures.marks`), never from a report's own words.
"""
from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from figures import marks, negation
from figures.align import REST, coverage
from index.lexical import simplify
from ingest.document import Span
from ingest.lines import WORDS
from qa.clauses import DOWN, POINTED, UP, clauses, overlap
from qa.question import Question, contents
from qa.signals import figures
from qa.spans import Window
from quantities.quantity import Quantity

ASKING = re.compile(r"有没有|是不是|有无|是否|能否|可否|可曾|对不对|对吗|到底|究竟|[吗么吧]?\s*[?？]*$|(?:没有?|不)[啊呀呢啦]?\s*[?？]*$")
EITHER = re.compile(r"([\u4e00-\u9fff])[不没]\1")
HAS = re.compile(r"有没有|有无|(?<![没只])有.*吗|没有[啊呀呢啦]?\s*[?？]*$")
DENIES = re.compile(r"未|没有|没能|没(?=[一-鿿])|不再|无(?!人机|障碍|线|论|偿)|并非|尚未|(?<!整)为零(?!整)|持平")
ENDED = re.compile(r"取消|撤销|剥离|杜绝|禁止|清零|消失|零(?=事故)")
FREE, PAID = re.compile(r"免(?:费|收|交|缴|征|除)|全免|代缴|不再?收(?!入|获|集|购)"), re.compile(r"钱|费|票|押金")
WHOSE = re.compile(r"因为?[没不未][\u4e00-\u9fff]{1,3}|[没不未][^，,。]{1,6}的")  # tells whom the question is about
ASKS_DENIAL = re.compile(r"未|没(?!有\s*[?？]?$)|不(?!是)|无(?!$)")
DONE = re.compile(r"已经?|[了过]|现在|目前|至今")
AHEAD = frozenset("将 会 要 能 能够 将要 将会 打算 计划 准备 明年 今后 未来 拟 可以".split())
UNBEGUN = re.compile(r"谋划|筹划|酝酿|论证|待建|在建|正在|加快建设|推进中")
ALL = re.compile(r"都|全(?:部|都)|所有|完全")
FEW = re.compile(r"只有|仅有|仅|部分|个别|少数|不到|不足")
OTHERS = re.compile("除了?[^，,。？?]+(?:[，,]|[之以]?外).*(?:还有|另有|别的|其他|其它)|(?:还有|有没有)(?:别的|其他|其它|另外)")
WAY = re.compile(f"{UP.pattern}|{DOWN.pattern}")
RISES, FALLS = re.compile(f"{UP.pattern}|涨|[多高快大长]了"), re.compile(f"{DOWN.pattern}|[跌降]|减|缩水|[少低慢小短]了")  # as a question has it
NOW, ABLE = re.compile("现在|目前|如今|已经?|至今"), frozenset("能 能够 可以".split())
REACHES, SHARE = re.compile("完成|达到|实现|达标"), re.compile(r"(?:计划|目标|任务|预期)[^，,。；;]{0,12}的(\d+(?:\.\d+)?)[%％]")
FIRST = re.compile("头一?[名位]|榜首|首位")
SURE = 0.47
DOUBTED = 0.7


def asked(question: Question) -> str:
    """The question without the words that make it one.

    >>> asked(Question.of("食堂建成了没有？")), asked(Question.of("公厕有没有收费？"))
    ('食堂建成了', '公厕收费')
    >>> asked(Question.of("今年到底涨没涨价啊？"))
    '今年涨价啊'
    """
    text, before = question.text.strip(), ""
    while text != before:
        text, before = EITHER.sub(r"\1", ASKING.sub("", text)).strip(" ,，?？"), text
    return text


def unsaid(question: Question, text: str, report: str, sure: float) -> str:
    """What a yes/no question asks that the sentence chosen for it does not say: the word, or "" where it says all or is sure enough.

    text: the sentence under its heading; report: the whole document; sure: the probability that the sentence answers. The
    question's last word, which is what it asks about the others, is doubted sooner; another word that the report has
    elsewhere is not.

    >>> q = Question.of("公厕有没有收费？")
    >>> unsaid(q, "建成公厕7个。", "建成公厕7个。停车收费。", 0.4), unsaid(q, "公厕全部免费,不收费。", "", 0.4)
    ('收费', '')
    """
    text, report, about = simplify(text), simplify(report), asked(question)
    shared = {i for m in SequenceMatcher(None, about, text, autojunk=False).get_matching_blocks() if m.size > 1 for i in range(m.a, m.a + m.size)}
    words = contents(about)
    for word in reversed(words):
        here, there, at = coverage(word, text), coverage(word, report), about.find(word)
        moves = WAY.search(word) and WAY.search(text)
        short_for = len(word) == 2 and re.search(f"{re.escape(word[0])}.{{1,2}}{re.escape(word[1])}", text)  # 补税 for 补缴税款
        if moves or short_for or shared & set(range(at, at + len(word))) or there == 1 and word != words[-1]:
            continue
        if here < 0.34 and sure < SURE or here == 0 and (there < 0.34 or word == words[-1]) and sure < DOUBTED:
            return word
    return ""


def place(question: Question, sentence: str, window: Window | None = None) -> Span:
    """The clause that says what is asked: the one of the question's subject, or the next that has its predicate.

    >>> s = "甲桥已通车,乙桥西段线路未定,今年不开工。"
    >>> s[slice(*place(Question.of("乙桥西段开工吗？"), s))]
    '今年不开工'
    """
    parts, about = clauses(sentence) or [(0, len(sentence))], asked(question)
    plain = simplify(sentence)
    same = len(plain) == len(sentence)
    common = SequenceMatcher(None, about, plain, autojunk=False).find_longest_match() if same else None
    weights = [overlap(question, sentence[s:e]) + (POINTED * window.score(s, e) if window else 0.0) for s, e in parts]
    at = max(range(len(parts)), key=weights.__getitem__)
    subject = next((i for i, (s, e) in enumerate(parts) if s <= common.b < e), at) if common and common.size > 2 else at
    head = (contents(about) or (about,))[-1]
    here = sentence[slice(*parts[subject])]
    moves = WAY if WAY.search(head) or RISES.search(about) or FALLS.search(about) else re.compile(re.escape(head))
    if moves.search(here):
        return parts[subject]
    named = [part for part in parts if moves is WAY and WAY.search(sentence[slice(*part)]) and any(word in simplify(sentence[slice(*part)]) for word in contents(about)[:-1])]
    if len(named) == 1:
        return named[0]
    return next((part for part in parts[subject + 1:] if moves.search(sentence[slice(*part)])), parts[max(at, subject)])


def denied(question: Question, part: str) -> bool:
    """Whether a clause denies what the question asks, a denial in the question taken into account.

    >>> denied(Question.of("今年开工吗？"), "今年不开工"), denied(Question.of("没有出过事故吗？"), "没有出过事故")
    (True, False)
    """
    about = asked(question)
    no = bool(DENIES.search(part)) or bool(negation.negated(part)) or any(word not in about for word in ENDED.findall(part))
    no = no or bool(FREE.search(part) and PAID.search(about) and not FREE.search(about))
    return no != bool(ASKS_DENIAL.search(WHOSE.sub("", about)))


def turned(question: Question, part: str) -> bool:
    """Whether a clause says that what the question has rise falls, or the other way about.

    >>> turned(Question.of("价格上涨了吗？"), "价格下降0.4%"), turned(Question.of("产量多了吗？"), "产量比上年增长-1.2%"), turned(Question.of("人多了吧？"), "增加9人")
    (True, True, False)
    """
    about = asked(question)
    ours = bool(RISES.search(about)) - bool(FALLS.search(about))
    theirs = bool(UP.search(part)) - bool(DOWN.search(part))
    if re.search(r"[-−]\d", part):
        theirs = -theirs
    return ours * theirs < 0


def yet(question: Question, part: str) -> bool:
    """Whether a clause only plans what the question asks about as done.

    >>> yet(Question.of("已经投产了吗？"), "力争2025年底投产"), yet(Question.of("今年能通车吗？"), "计划12月底通车"), yet(Question.of("现在能坐上了吧？"), "计划12月底通车")
    (True, False, True)
    """
    about = asked(question)
    ahead = {word for word, _ in WORDS.tag(about)} & (AHEAD - ABLE if NOW.search(about) else AHEAD)
    return bool(DONE.search(about)) and not ahead and not re.search("已", part) and not SHARE.search(part) and (marks.has(part, "planned") or bool(UNBEGUN.search(part)) and not UNBEGUN.search(about))


def missed(question: Question, part: str) -> bool:
    """Whether a clause says which share of a plan was reached, and that is not the whole, where the question asks whether it was.

    >>> missed(Question.of("任务完成了没有？"), "为年度计划20亿元的91.5%"), missed(Question.of("任务完成了没有？"), "完成年度目标1.6万人的108.8%")
    (True, False)
    """
    share = SHARE.search(part) if REACHES.search(asked(question)) else None
    return share is not None and float(share[1]) < 100


def differing(asked_for: Sequence[Quantity], given: Sequence[Quantity]) -> bool:
    """Whether a figure of the question is another than all of its dimension that a text gives. Dates are compared where both say the year."""
    def alike(q: Quantity, g: Quantity) -> bool:
        return g.dimension == q.dimension and not (q.date and not (q.date.year and g.date and g.date.year))
    return any((same := [g for g in given if alike(q, g)]) and not any(q.low <= g.high and g.low <= q.high for g in same) for q in asked_for)


def yes_or_no(question: Question, sentence: str, window: Window | None = None) -> tuple[str, Span]:
    """是 or 否 (有 or 没有), and the clause that says so.

    >>> yes_or_no(Question.of("总共只有10家吗？"), "该园区已达34家。")
    ('否', (0, 8))
    >>> yes_or_no(Question.of("二期已经投产了吗？"), "基地一期建成投产，二期完成主体施工。")[0]
    '否'
    >>> yes_or_no(Question.of("今年办了第二届吗？"), "首届于10月举办，第二届因改造未在今年举办。")[0], yes_or_no(Question.of("还要交逾期费吗？"), "逾期费方面，自今年起不再收取。")[0]
    ('否', '否')
    >>> yes_or_no(Question.of("居民不用交钱吗？"), "居民免费使用。")[0]
    '是'
    """
    start, end = place(question, sentence, window)
    asked_for = marks.PHASE.findall(question.text)
    start, end = next((span for span in clauses(sentence) if asked_for and asked_for[0] in sentence[slice(*span)] and asked_for[0] not in sentence[start:end] and DENIES.search(sentence, *span)), (start, end))
    part = sentence[start:end]
    wants = figures(FIRST.sub("第一名", question.text))
    phases = set(marks.PHASE.findall(part))
    differs = differing(wants, figures(sentence)) or bool(phases and asked_for) and phases.isdisjoint(asked_for)
    few = bool(ALL.search(asked(question)) and (FEW.search(part) or REST.search(sentence[start:]) and not ALL.search(part)))
    sole = bool(OTHERS.search(question.text) and marks.SOLE.search(part))
    short = missed(question, sentence) or any(word in part for word in ("低于", "不及")) and REACHES.search(asked(question)) is not None
    free = not FREE.search(part) and denied(question, sentence[end:]) and bool(FREE.search(sentence, end) and PAID.search(asked(question)))  # 逾期费方面,不再收取
    no = differs or free or few or sole or short or denied(question, part) or turned(question, part) or yet(question, part)
    has = HAS.search(question.text)
    return ("没有" if no else "有") if has else ("否" if no else "是"), (start, end)
