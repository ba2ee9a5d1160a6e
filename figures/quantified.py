"""What a claim says of all, of the first or of the only one, where the report says it of some, with an exception, or not so at all."""
from __future__ import annotations

import re

_EVERY, _BUT = re.compile("[都均](?=[一-鿿])(?![没未])|全部|全都|无一例外|悉数"), re.compile("(?:但|不过|只有|唯有|唯独)[^，,。；;]{2,20}(?:仍|还|尚|[未没](?!来)|例外)")
_ANY, _SOME = re.compile("不论|无论|不管|不分|无条件|一律"), re.compile("凡是?[^，,。；;]{0,12}的|只有|仅限|须|符合[^，,。；;]{0,12}条件|(?:除外|不适用|不在[^，,。；;]{0,6}之列)")
_ALL = re.compile("全部|全都|都已|无一例外|悉数|一律|均(?=[未已被由为在没获实完通达属对是能可按须超高低来])")
_NOT_ALL = re.compile("(?:[没未非不尚])[^，,。；;]{0,4}(?:全部|都|均)|全部的?(?:接|品|长|进|经|投|建好|[一-鿿]{1,3}[中里的])|[占在以比][^，,。；;]{0,6}全部|不要?都|[人户年日月亩平]均")  # 并非全部; 占全部的一半
_FIRST_OF_ALL = re.compile("首[个次家例条座创]|唯一|第一[个次家例条座]|头一[个次家](?![月季])|独家")
_SOME_FIRST = re.compile("首|唯一|第一|头一|率先|独家|空白|突破|从无到有|最早|先河|仅|只有|从未|未曾|没有过|以来")
_WHOLE = re.compile("[全均都各每]|两项|所有|一律|悉数|无一|逐|100%|一视同仁|分别")


def unconditional(ours: str, theirs: str) -> str:
    """What a claim says for every case (不论是否达标, 都), where the report says it for some only (凡是达标的, 只有…才) or names an exception (但…仍未); else "".

    >>> unconditional("企业不论是否达标都可开工", "凡是达标的企业即可开工"), unconditional("企业无论大小都可开工", "所有企业都可开工")
    ('不论', '')
    >>> unconditional("三家集团负债率都降到70%以下", "负债率降至63.9%,但城建集团仍高于70%"), unconditional("三家集团都已挂牌", "三家集团挂牌")
    ('都', '')
    """
    for said, limit in ((_ANY.search(ours), _SOME), (_EVERY.search(ours), _BUT)):
        if said and limit.search(theirs) and not said.re.search(theirs):
            return said.group()
    return ""


def added_first(ours: str, theirs: str) -> str:
    """A first or only that a claim says (首个, 唯一), where the report's sentence speaks of none; else "".

    >>> added_first("全省首个口岸", "获批口岸,为全省第二个;首批纳入6家")
    '首个'
    >>> added_first("全市首个投产的项目", "该项目建成投产"), added_first("全省第一家园区", "填补全省空白的园区"), added_first("首批学员", "第一批学员"), added_first("成为岑州首个试点", "成为全省第3个、岑州首个试点")
    ('首个', '', '', '')
    """
    said = _FIRST_OF_ALL.search(ours)
    return said.group() if said and said.group() not in theirs and (not _SOME_FIRST.search(theirs) or re.search(f"第[二三四五六七八九十2-9]{said.group()[-1]}", theirs)) else ""


def added(ours: str, theirs: str) -> str:
    """What a claim says of all (全部, 均), of the first or of the only one, where nothing that the report says of it is said so; else "".

    >>> added("36起案件均被罚款", "立案36起,罚款418万元"), added("签约的58个项目已全部开工", "签约58个,开工33个"), added("甲市首个实验室", "甲市有实验室1个")
    ('均', '全部', '首个')
    >>> added("合同款并没有全部到账", "到账4亿元,尚未到账2亿元"), added("三校均已开工", "三所学校都开了工"), added("全市首家", "零的突破"), added("人均达到3万元", "人均3万元")
    ('', '', '', '')
    """
    if (m := _ALL.search(ours)) and not _NOT_ALL.search(ours) and not _WHOLE.search(theirs):
        return m.group()
    return added_first(ours, theirs)
