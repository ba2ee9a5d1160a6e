"""Ranks and ordinals: 一等奖, 第七, 第3名, 倒数第二, 前10, 500强, TOP10; and 第三届, 第二批, which number and do not rank."""
from __future__ import annotations

import re
from decimal import Decimal

from quantities.numerals import HAN, number
from quantities.quantity import Quantity, Written
from quantities.scan import Scan

_C = f"[{HAN}]"
_RANK = re.compile(rf"(倒数)?第[ ]?([0-9]{{1,5}}|{_C}{{1,6}})")
_RANK_CUE = re.compile(r"(?:排名?|排行|位居|位列|名列|居|列|位|跃居|跃升至?|升至|降至|排在|排到|稳居|夺得?|获得?|并列|荣获|获评|世界|全国|全球|亚洲|欧洲|国内|行业|[省市区县州校班国业洲界])(?:全[国省市区县球]|世界|[一二三四五六七八九十]区|全?行业|总分|总成绩|亚洲|中国)?$")
_CLASS = re.compile("[一二三四五1-5]等[奖功]")
_ORD = ("季度 届 批 次 期 轮 年 条 章 节 款 号 个 代 天 周 页 版 卷 集 场 局 回合 阶段 步 类 人称 梯队 线 方阵 项 部 编 篇 组 班 位 名 日 轮次 赛季 回 时间 层 级 站 盘 任 世 幕 话 张 家 座 所 枚 只 大道 医院 中学 起 例 度 "
        "封 分钟 天 晚 件 课 点 年度 顺位 节 镑 人 军 师 团 套 种 款 口 架 台 辆 艘 棒 洞 圈 号线").split()
_ORD_RE = re.compile("|".join(sorted(set(_ORD), key=len, reverse=True)))
_FRONT = re.compile(rf"前[ ]?([0-9]{{1,4}}|{_C}{{1,4}})(名|位|强|(?=[,，。;；、的)）]|$|大))")
_TOP = re.compile(r"(?:TOP|top|Top)[ ]?([0-9]{1,4})")
_SECTORS = re.compile("(?:[、和]第?[二三])+产业")  # 第一、二、三产业: names, as 第一产业 is
_STRONG = re.compile(rf"([0-9]{{1,4}}|{_C}{{1,3}})强(?![度化大烈调势制国者劲])")


def rank(scan: Scan, at: int) -> Quantity | None:
    """第七, 倒数第二, 前10, 500强, TOP10; an ordinal (第三届, 第二批) where a measure word or nothing of a ranking stands by.

    >>> [rank(Scan(t, None), t.index("第")).kind for t in ("排名第七", "第三届")]
    ['rank', 'ordinal']
    """
    text = scan.text
    m = _CLASS.match(text, at)
    if m and (n := number(text, at)) and n.low == n.high:
        return scan.make(at, m.end(), "ordinal", n.low, n.low, unit=scan.raw[m.end() - 2:m.end()], written=Written(n.mantissa, n.scale), measure=m.group()[-2:], base="rank")
    m = _RANK.match(text, at)
    if m:
        n = number(text, m.start(2))
        if n is None or n.end < m.end() or n.low != n.high or n.hedge or n.scale_text or _SECTORS.match(text, m.end()):
            return None
        v, end = n.low, m.end()
        after = text[end:end + 2]
        place = re.match(r"名(?!额)|位(?!置)", after)
        if place:
            return scan.make(at, end + 1, "rank", v, v, unit=scan.raw[end:end + 1], written=Written(n.mantissa, n.scale), measure=place.group(), base="rank")
        measure = _ORD_RE.match(text, end + (text[end:end + 1] == " "))
        written = Written(n.mantissa, n.scale)
        if measure and not (measure.group() in ("大道", "方阵", "人", "家", "条") and _RANK_CUE.search(text, max(0, at - 8), at)):
            return scan.make(at, measure.end(), "ordinal", v, v, unit=scan.raw[end:measure.end()], written=written, measure=measure.group(), base="ordinal")
        stop = not after or not ("一" <= after[0] <= "鿿") or after[0] in "的和与及"
        cue = _RANK_CUE.search(text, max(0, at - 8), at)
        opens = (at == 0 or text[at - 1] in "。；;！？\n:：,，") and after[:1] in (",", "，", "、")
        place = bool(cue) and text[at - 1] in "界国球洲内业省市区县州校班大"  # 全国第三中学 is no rank, 世界第十高 is
        ranked = bool(m.group(1)) or bool(cue) and (not place or stop or text[end:end + 1] in "高大多长快重强富深低小位") or stop and not opens
        return scan.make(at, end, "rank" if ranked else "ordinal", v, v, written=written, base="rank" if ranked else "ordinal")
    for pattern in (_FRONT, _TOP):
        m = pattern.match(text, at)
        if m:
            n = number(text, m.start(1))
            if n and n.end == m.end(1) and n.low == n.high and n.low > 1:
                return scan.make(at, m.end(), "rank", Decimal(1), n.low, unit=scan.raw[n.end:m.end()], hedge="前", written=Written(n.mantissa, n.scale), base="rank")
    m = _STRONG.match(text, at)
    if m:
        n = number(text, at)
        if n and n.end == m.end(1) and n.low == n.high and n.low > 1:
            return scan.make(at, m.end(), "rank", Decimal(1), n.low, unit="强", hedge="前", written=Written(n.mantissa, n.scale), base="rank")
    return None
