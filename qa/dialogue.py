"""A follow-up and the turns before it → a question that stands alone, in natural Chinese: rules over word classes and slots, no model.

What a follow-up lacks (subject, measure, period, place) comes from the latest turn that has it; what it names replaces what is of the same
kind there. In doubt a question stands alone.
"""
from __future__ import annotations

import re
from collections.abc import Sequence

from index.lexical import simplify
from qa.ellipsis import AMONG, lacking, pointed
from qa.english import complete_english
from qa.followup import ASK, YESNO, Past, Shape
from qa.nouns import kind
from qa.question import Question
from qa.substitute import more, pair, substitute, why

LONGEST = 160  # characters; nobody asks a follow-up that long, nor means all of a question that is
OPEN = re.compile(r"^(?:那么?|哪么|而|还有|另外|至于|关于|换成|如果是|要是|再问一下|请问|好的?|嗯|哦)[,，]?(?!些|个|样|里|边|年|天|时|座|家|是|次|项|种|部|位|[一另]|那|的)")
CLOSE = re.compile(r"(?:(?:又|则)?(?:怎么样|如何|怎样)|呢|啊|呀|吧|了呢)?[?？。!！~\s]*$")
CORRECTS = re.compile(r"^(?:(?:不是|不对|不|错了|说错了|问错了|更正|抱歉)[,，。!！]\s*)?(?:我(?:想|要)?(?:问|指|说|了解)的?(?:其实)?是|我是(?:问|说|指)的?|应该是|是说|准确地?说是?)[,，:：]?|^(?:不是|不对|错了|说错了|问错了|更正一?下?)[,，。!！:：]\s*")
NOT_BUT = re.compile(r"^不是[^,，。]{1,12}[,，]\s*(?:而?是|我问的是)\s*")
MORE = re.compile(r"^(?:还有|另外)?(?:别的|其他的?|其它的?|另外的)?(?:还有)?(?:别的|其他的?|其它的?)?(?:吗|呢|没有?|么)?$")
WHY = re.compile(r"^(?:这是|那是|又是)?(?:为什么|为何|为啥|什么原因|原因(?:是什么|何在)?|怎么会(?:这样)?|何以如此)(?:会?这样|如此)?$")
TEXT = re.compile(r"(?:这|那|该|本)(?:篇|份|次|则|个)?(?:报道|报告|文章|公报|公告|讲话|稿子?|新闻|通讯|文件|材料|资料|文|文档)")
ORDER = re.compile(r"^请(?!问)|^帮(?:我|忙)")  # no question, and nothing that a question after it could be about
HOW = re.compile("怎么样|如何|怎样")  # with nothing before that leads on, it asks by itself: 今天天气怎么样
LATTER = re.compile(r"前者|后者")


def plain(text: str) -> str:
    """Traditional characters as simplified, one for one; marks and capitals as they are.

    >>> plain("那麼2020年呢？")
    '那么2020年呢？'
    """
    return "".join(simplify(c) if "\u3400" <= c <= "\u9fff" else c for c in text)


def complete(question: str, history: Sequence[str], answers: Sequence[str] = ()) -> str:
    """The question itself where it stands alone; else with what it lacks from the turns before it. `answers`: the short answers to `history`.

    >>> complete("那城西街道呢？", ["城东街道有多少家企业？"])
    '城西街道有多少家企业？'
    >>> complete("高新区有多少家企业？", ["今天的天气怎么样？"])
    '高新区有多少家企业？'
    >>> complete("他是哪里人？", ["谁是局长？"], ["张三"])
    '张三是哪里人？'
    """
    turns: list[Past] = []
    for number, earlier in enumerate(history):
        said = stem(resolve(earlier, turns))
        if 0 < len(said) <= LONGEST and not ORDER.search(said):
            turns.append(Past(Shape(said), answers[number] if number < len(answers) else ""))
    return resolve(question, turns)


def stem(text: str) -> str:
    """A question in simplified characters without its closing marks and particles.

    >>> stem("那總投資呢？"), stem("有多少家？")
    ('那总投资', '有多少家')
    """
    return re.sub(r"[呢啊呀吧]?[?？。!！~\s]*$", "", plain(text).strip())


def resolve(question: str, turns: Sequence[Past]) -> str:
    """One follow-up by the first rule that fits; unchanged where none does."""
    if not turns or len(question) > LONGEST or TEXT.search(plain(question)) or Question.of(question).commands:
        return question
    if not re.search("[\u4e00-\u9fff]", question):
        return complete_english(question, turns)
    text = stem(question)
    right = CORRECTS.sub("", NOT_BUT.sub("", text))
    opened = OPEN.sub("", right).strip()
    piece = CLOSE.sub("", AMONG.sub("", opened))
    if not piece:
        return question
    asks = ASK.search(piece) or YESNO.search(piece)
    if WHY.match(opened):
        found = why(turns[-1])
    elif MORE.match(opened) and right == text:
        found = more(turns[-1].shape)
    elif LATTER.search(opened):
        first, second = pair(turns)
        found = opened.replace("前者", first or "前者").replace("后者", second or "后者")
        found = found if asks else substitute(first if "前者" in opened else second, turns)
    elif not asks and (right != text or opened != text or re.search(r"呢[?？\s]*$", question) or len(piece) < 5 and not HOW.search(opened)):
        said = pointed(piece, turns)
        found = f"{said}是多少" if said and kind(said) == "measure" else said or substitute(piece, turns)
    else:
        found = (lacking(opened, turns) if asks else "") or (opened if opened != text else "")
    return found.rstrip("？") + "？" if found else question
