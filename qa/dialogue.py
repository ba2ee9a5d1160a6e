"""A follow-up and the questions before it → a question that stands alone."""
from __future__ import annotations

import re
from collections.abc import Sequence

FOLLOWS = re.compile(r"^(?:那么?|其中|还有|另外|它|他|她|这|该|而|再|具体|为什么|怎么|分别|呢)|^.{0,12}呢[?？]?$|^.{0,4}[?？]$|(?:它|他|她|这些?|那些?|该)(?:的|们|个|项|家|里|是|有|在)")
ASKS = re.compile(r"(?:是|有|为|达到?|共)?(?:多少|几|哪|谁|什么|何|怎么?样?|吗|呢|么).*$|[?？。]+$")


def complete(question: str, history: Sequence[str]) -> str:
    """The question itself where it stands alone; else with what the last stand-alone question was about before it.

    >>> complete("不见面审批占比呢？", ["网上可办的政务服务事项有多少项？"])
    '网上可办的政务服务事项 不见面审批占比呢？'
    >>> complete("高新区有多少家企业？", ["今天的天气怎么样？"])
    '高新区有多少家企业？'
    """
    if not history or not FOLLOWS.search(question):
        return question
    topic = next((q for q in reversed(history) if not FOLLOWS.search(q)), history[0])
    return f"{ASKS.sub('', topic) or topic.rstrip('?？。')} {question}"
