"""Whether a text says a word: whole, by a word that may stand for it, by its character pairs, or as a name that the word is short for."""
from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from figures.tagger import LISTS

SYNONYM = 0.97
SYNONYMS = {word: tuple(other for group in LISTS["synonyms"] if word in group for other in group if other != word) for word in {w for group in LISTS["synonyms"] for w in group}}
OPPOSED = {word: tuple(other for group in LISTS["opposites"] if word in group for other in group if other != word) for group in LISTS["opposites"] for word in group}


@lru_cache(maxsize=1 << 17)
def coverage(word: str, text: str) -> float:
    """How far a text has a word: 1 whole, else the share of its character pairs, less for single characters.

    >>> coverage("产业园区", "该产业园区有"), coverage("城镇居民", "农村居民"), coverage("农商行", "县财政")
    (1.0, 0.3333333333333333, 0.0)
    """
    if word in text:
        return 1.0
    if any(other in text for other in SYNONYMS.get(word, ())):
        return SYNONYM
    if len(word) > 2 and word[-1] in "量数额率生员者" and word[:-1] in text:
        return SYNONYM  # 用电量 of 用电3亿千瓦时
    if len(word) == 3 and (at := text.find(word[:2])) >= 0 and word[2] in text[at + 2:at + 6]:
        return 0.8  # 英语课 of 英语三门课
    if len(word) < 2 or word.isascii():
        return 0.0
    if len(word) == 2:
        if any(other in text for other in OPPOSED.get(word, ())):
            return 0.0
        return 0.3 if word[0] in text or word[1] in text else 0.0
    return sum(word[i:i + 2] in text for i in range(len(word) - 1)) / (len(word) - 1)


def shortens(word: str, text: str) -> bool:
    """Whether a word for a body, of three to six characters, may be short for one that a text names: 高新区 for 高新技术产业开发区.

    >>> shortens("高新区", "栎州高新技术产业开发区"), shortens("栎州经开区", "栎州经济技术开发区"), shortens("高新区", "高等教育新区域")
    (True, True, False)
    """
    return _long_for(word, text) is not None


def _long_for(word: str, text: str) -> re.Match[str] | None:
    return re.search("[一-鿿]{0,6}?".join(map(re.escape, word)) + "(?![一-鿿]?[域间内])", text) if 2 < len(word) < 7 and word[-1] in "区县市校院司局" else None


def titled(title: str, words: Iterable[str]) -> str:
    """A title with the first of some words that is short for a body that it names, behind that body's name.

    >>> titled("栎州高新技术产业开发区三年观察", ["企业", "高新区"]), titled("栎州高新区三年观察", ["高新区"])
    ('栎州高新技术产业开发区（高新区）三年观察', '栎州高新区三年观察')
    """
    found = next(((word, m) for word in words if word not in title and (m := _long_for(word, title))), None)
    return f"{title[:found[1].end()]}（{found[0]}）{title[found[1].end():]}" if found else title


def abbreviates(word: str, name: str) -> bool:
    """Whether a word may be short for a name: its characters stand in the name in order, the first of them opening it.

    >>> abbreviates("南建", "南部城市建设公司"), abbreviates("城建", "南部城市建设公司"), abbreviates("东河", "南部城市建设公司")
    (True, False, False)
    """
    at = 0
    for c in word:
        at = name.find(c, at) + 1
        if not at:
            return False
    return 2 <= len(word) <= 4 and name[:1] == word[0]


def headed(heading: str, words: Iterable[str]) -> str:
    """A heading as it stands before its sentences, with the first of some words that is short for the name it opens with.

    >>> headed("南河城市建设公司:抓项目", ["融资", "南建"]), headed("南河城市建设公司:抓项目", ["融资"])
    ('南建（南河城市建设公司:抓项目）：', '南河城市建设公司:抓项目：')
    """
    short = next((word for word in words if word not in heading and abbreviates(word, re.split("[:：]", heading)[0])), "")
    return f"{short}（{heading}）：" if short else f"{heading}："
