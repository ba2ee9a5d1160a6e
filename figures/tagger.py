"""The words of a text with their parts of speech, as rjieba cuts them, and what each tells of what is spoken of."""
from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

import rjieba

_JIEBA = rjieba.Jieba()
LISTS: dict[str, list] = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))
for _word in LISTS["words"]:  # that the tagger cuts in two
    _JIEBA.add_word(_word, 3000, "n")
EMPTY, LIGHT = frozenset(LISTS["empty"]), frozenset(LISTS["light"])
NEGATORS = frozenset(LISTS["negators"])
_WHEN = re.compile("[昼夜晚晨春夏秋冬汛]|周末|白天|[旺淡]季")  # times that tell what is measured
_LEADS, _AGES = frozenset("由使被把是"), frozenset("青年 少年 老年 中年 青少年 中青年".split())  # no times
_RATES = frozenset("同比 环比 占比 对比 相比 比较 正比 反比 计较".split())
SURNAMES = ("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑罗梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施"
            "文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝")


@lru_cache(maxsize=20000)
def tagged(text: str) -> tuple[tuple[str, str], ...]:
    """The words of a text with their parts of speech. A preposition that the tagger took for the beginning of a name is a word by itself, as 达 is before a number; a surname that it cut off is part of one.

    >>> tagged("召集人由临溱市市长担任")[1:4], tagged("汤蔚然表示"), tagged("内销额达5亿元")[1:3], tagged("同比增加17件")[:2]
    ((('由', 'p'), ('临', 'nr'), ('溱', 'g')), (('汤蔚然', 'nr'), ('表示', 'v')), (('额', 'n'), ('达', 'v')), (('同比', 'j'), ('增加', 'v')))
    """
    found: list[tuple[str, str]] = []
    for word, tag in _JIEBA.tag(text.encode("utf-8", "replace").decode("utf-8")):  # a lone surrogate becomes one ?
        if tag in ("nr", "ns", "nz") and len(word) > 1 and word[0] in _LEADS:
            found.append((word[0], "p"))
            word = word[1:]
        if tag == "nr" and found and len(word) == 2 and len(found[-1][0]) == 1 and found[-1][0] in SURNAMES and found[-1][1] in ("n", "nr", "g"):
            word = found.pop()[0] + word
        if len(word) == 4 and word[:2] in ("同比", "环比"):
            found.append((word[:2], "j"))
            word, tag = word[2:], "v"
        if tag == "m" and found and len(last := found[-1][0]) == 2 and last[1] == "达" and found[-1][1][:2] == "nr":
            found[-1:] = [(last[0], "n"), (last[1], "v")]  # 内销额达57.3亿元
        found.append((word, "n" if word in _AGES else tag))
    if found and len(last := found[-1][0]) == 2 and last[1] in "比较" and last not in _RATES:
        found[-1:] = [(last[0], "n"), (last[1], "p")]  # 获批数比, before 上年
    return tuple(found)


def weight(word: str, tag: str) -> float:
    """How much a word tells of what is spoken of.

    >>> weight("产量", "n"), weight("调整", "v"), weight("项目", "n"), weight("的", "uj"), weight("夜间", "t"), weight("年末", "t")
    (1.0, 0.5, 0.15, 0.0, 0.5, 0.0)
    """
    if word in EMPTY or word in NEGATORS or not (word[0].isalnum()):
        return 0.0
    if word in LIGHT:
        return 0.15
    if tag[:1] in ("n", "j", "l", "i", "s", "b") or tag in ("vn", "an", "eng", "nz"):
        return 1.0 if len(word) > 1 else 0.5
    if tag[:1] in ("v", "a", "z") or tag in ("ad",):
        return 0.5 if len(word) > 1 else 0.25
    if tag == "t" and _WHEN.search(word):
        return 0.5
    if tag == "f":
        return 0.25
    if tag in ("q", "m", "t", "r", "d", "g", "x"):
        return 0.3 if len(word) > 1 and tag in ("q", "x", "d") and all("一" <= c <= "鿿" for c in word) and tag != "d" else 0.0
    return 0.0
