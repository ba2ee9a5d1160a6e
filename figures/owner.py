"""Whose a figure is, as a reader would name it: a body, a place, a work or a person.

`owner_of` looks from near to far: 全省 right before the figure, the name that opens its piece, an earlier piece of its clause, its
sentence, the sentence that 其中 takes up, the section's heading, the document's title. 该园区, 全县, 集团 are answered with the name that
stood for them before (`Names`). A name is a run of nouns whose end is a noun of bodies, places or works (公司, 县, 大桥, 项目).
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby

from figures.line import Line, Span
from figures.persons import OFFICE
from figures.tagger import tagged
from quantities.parse import Quantity

_ENDS = (  # nouns of bodies, places and works; the longest that fits is the kind of a name
    "省 市 县 区 州 镇 乡 村 园区 开发区 院区 新区 高新区 街道 社区 景区 片区 城区 产业园 物流园 工业园 创新园 示范园 流域 公司 集团 厂 厂区 银行 农商行 信用社 合作社 出版社 报社 局 厅 委 部 办 署 处 所 院 "
    "站 馆 店 室 中心 办公室 办事处 委员会 管委会 党工委 纪工委 纪委 党委 政府 财政 机构 医院 分院 学校 小学 中学 大学 学院 幼儿园 研究院 研究所 设计院 法院 检察院 协会 学会 商会 联合会 基金会 工会 董事会 监事会 股东大会 "
    "队 大队 组 工作组 号线 地铁线 高速 高速公路 公路 快速路 铁路 大道 大桥 桥 隧道 机场 水库 港 港区 码头 项目 工程 一期 二期 三期 生产线 热线 系统 食堂 操场 部门").split()
_KINDS = tuple(sorted(_ENDS, key=len, reverse=True))
_COMMON = frozenset("地区 全部 部分 干部 小区 老旧小区 线路 车站 换乘站 公路 农村公路 道路 社区 项目 工程 机构 医疗卫生机构 部门 村 县 市 区 省 镇 乡 组 站 院 所 处 店 馆 桥 厂 局 委 办 部 内部 外部 东部 西部 南部 北部 中部 总部 城镇 乡村 农村 到处 各处 系统 "
                    "保险 中心 学院 幼儿园 中小学 党委 队 队伍 断面 生产线 景区 城区 片区 充电站 场站 养老机构 市场 校区 基础设施项目 产业项目 民生项目 审批部门".split())
_JOINED = re.compile("[和与及、]")
_PREPOSED = re.compile("[设建向对为被把由从在与][一-鿿]?$|[省市县区]?级?重点|各")
STANDS = re.compile(r"(?P<all>(?:全|我|本|该|此|辖)(?P<kind>省|市|县|区|镇|乡|村|校|院|园区|公司|集团|街道|企业|项目|中心|医院|馆|局|厂|桥|线|工程))|(?P<bare>集团|公司|街道|学校|全校|园区|大桥|办公室|县里|市里|区里|镇里|村里|院区)")
_ALIKE = {"校": ("小学", "中学", "学校", "大学", "学院"), "学校": ("小学", "中学", "学校", "大学", "学院"), "全校": ("小学", "中学", "学校", "大学", "学院"), "区": ("高新区", "新区", "开发区", "区"),
          "线": ("号线", "铁路"), "桥": ("大桥", "桥"), "县里": ("县",), "市里": ("市",), "区里": ("高新区", "新区", "区"), "镇里": ("镇",), "村里": ("村",)}
_SMALL = ("园区", "院区", "社区", "景区", "小区", "片区", "地区", "城区", "厂区", "校区", "港区", "棚户区", "功能区", "试点区", "示范区", "集聚区")  # no 区 that 全区 could mean
_LEADS = frozenset("则 其中 包括 此外 另外 同时 同年 当年 全年 年末 目前 至此 日前 截至 现在 以及 及 和 与 并 先后 共 总共 累计 的 于 对 从 由 以 为 在 至 到 特别是 今年 去年 届时 近年来 随后 刚刚 自 据 对于 至于 向 受 因 经 来 另 还 已 新 过去 如今 当前 "
                   "此次 本次 近 用 把 将 使 让 年来 以来 年间 间 有 共有 拥有".split())
_SAYS = re.compile(r"(?:说|表示|介绍|透露|坦言|指出|告诉记者|认为|称|强调|要求)[:：]?$")
_TITLED = re.compile(r"(?<![一-鿿])(?:一个|某|在)?([一-鿿]{2,14}?(?:有限公司|公司|集团|小学|中学|大学|医院|研究院|委员会|园区|高新区|开发区|新区|县|市(?!场|民|级|委)|区(?!域|级)|省(?!级|委)|镇|乡(?!村)|街道|学院|银行|局|中心))")
_WIDE = ("机构", "部门")
_VAGUE = re.compile(r"^(?:全|我|本|该|各|某|一个|在)|全[国省市县区镇]|[的是列]")


def kind_of(name: str) -> str:
    """The noun of bodies, places and works that a name ends with, the longest; "" for none.

    >>> kind_of("创新创业服务园区"), kind_of("茶园面积")
    ('园区', '')
    """
    return next((k for k in _KINDS if name.endswith(k)), "")


def bodies(line: Line) -> tuple[str, ...]:
    """The bodies, places and works that a line names with four characters or more, in order.

    >>> bodies(Line.read("南建水务集团新设城北医院,该集团投资3亿元"))
    ('南建水务集团', '城北医院')
    >>> bodies(Line.read("北河产业园区“云上物流”项目引进4家企业"))
    ('北河产业园区',)
    """
    found = []
    for s, e in line.runs:
        words = [w for w in line.words if s <= w.start < e]
        for part in (list(group) for (verb, _), group in groupby(words, lambda w: (w.verb, w.quoted)) if not verb):
            ends = [w.end for w in part if kind_of(line.text[part[0].start:w.end])]
            if ends and ends[-1] - part[0].start > 3 and (name := line.text[part[0].start:ends[-1]]) not in _COMMON:
                found.append(name)
    return tuple(found)


def _skipped(text: str) -> int:
    """How many characters of a text only lead to its subject: 其中, 目前, 3年来, commas."""
    at = 0
    for word, tag in tagged(text[:40]):
        if word in _LEADS or tag == "x" and word not in "“《" or tag[:1] in ("t", "c") and not kind_of(word) or tag in ("m", "q") and not re.search(r"[0-9]号|[0-9]$", text[at:at + 3]):
            at += len(word)
        else:
            break
    return at


@lru_cache(maxsize=20000)
def name_of(text: str) -> str:
    """The name that opens a text, as it stands there; "" where none does, or where nothing follows it.

    >>> name_of("沙河产业园区总部经济企业从"), name_of("完成投资"), name_of("总产值"), name_of("县经济开发区实现工业总产值")
    ('沙河产业园区', '', '', '县经济开发区')
    """
    at = _skipped(text)
    placed = re.search("[在与比于]$", text[:at])
    whole, text = text, text[at:]
    if m := STANDS.match(text):
        return m.group() if text[m.end():] and not (placed and m["all"]) else ""
    if at and text and re.search("[0-9一二三四五六七八九十两]$", whole[:at]):
        return ""  # 4条地铁线
    found = _run(text)
    if not found and (m := re.match(r"([^，,、]{1,10}?)的(?=[一-鿿0-9])", text)):
        found = _run(text[m.end():])
        if found and all(tag[:1] in "njsb" or tag in ("vn", "eng") for _, tag in tagged(m.group(1))):
            found = m.group() + found
    rest = text[text.find(found) + len(found):] if found else ""
    if not found or found in _COMMON or found in _BARE or _PREPOSED.match(found):
        return ""
    if not rest.strip(" ,，、和与及的") or re.match("、|[和与及][^，,]{0,3}$|领导|长|级|里", rest):
        return ""  # nothing is said of it, or it is part of a list or of another word
    if not all(kind_of(part) for part in _JOINED.split(found)):
        return ""  # a list of what is counted
    return found


def _before_body(ahead: str) -> bool:
    """Whether the noun of a body follows, at once or after one or two words of two characters: 促进|局, 创业服务|园区."""
    return any(ahead.startswith(_BODIES, k) for k in (0, 2, 4))


def _run(text: str) -> str:
    """The longest run of nouns at the start of a text that ends as a name does; a verb in it stands before the noun of a body (投资促进局, 创新创业服务园区)."""
    run, best = "", ""
    tags = tagged(text[:40])
    for i, (word, tag) in enumerate(tags):
        after = tags[i + 1] if i + 1 < len(tags) else ("", "")
        ahead = "".join(w for w, _ in tags[i + 1:i + 4])
        if tag in ("m", "q", "x") and (after[0] in ("号线", "期", "号") or word in ("、", "“", "”") and run):
            run += word
            continue
        if word in _ACTS or run and word[:1] in "全我" and len(word) == 2:
            break
        if tag in ("v", "d", "g", "vd", "a") and not (tag == "a" and len(word) == 1 and run):
            second = i > 1 and run and tags[i - 1][1] == "v" and tags[0][1] != "v"
            opens = not run and (after[1] not in ("v", "vn", "n") or ahead.startswith(_BODIES))
            if len(word) < 2 or word[-1] in "到为于成入" or word[0] in "受被" or second or opens or tags[0][1][:2] == "nr" and run == tags[0][0] or not _before_body(ahead):
                break
        elif not (tag[:1] in ("n", "j", "s", "b", "z", "f", "l", "i") or tag in ("vn", "eng", "a")):
            break
        run += word
        ends = kind_of(word) and word not in _PARTS or kind_of(run) and len(word) < 3 and len(kind_of(run)) > len(word)
        person = tag in ("nr", "nrt", "nrfg") and 2 <= len(word) <= 3 and (OFFICE.search(run[:-len(word)]) or run == word and after[1][:1] in ("v", "p", "d"))
        if ends or person:
            best = run
    return best if len(best) > 1 else ""


_ACTS = frozenset("完成 实现 引进 建成 新增 新建 获得 达到 下降 增长 提高 减少 增加 投入 安排 推出 接到 召开 开展 发现 打造 发生 设立 推进 组织 参与 审查 办理 编发 受理 影响 带动 惠及 停产 关闭 撤销 优化 调整 拨付 赔付 审计 运营 开放 启动 启用 入驻 落户 投产 投用 累计 成立".split())
_BODIES = tuple(k for k in _KINDS if k in ("园区", "开发区", "公司", "集团", "局", "厅", "委", "部", "办", "中心", "办公室", "办事处", "委员会", "机构", "医院", "学校", "学院", "研究院", "研究所", "站", "所", "项目", "工程", "协会", "联合会", "银行", "基金会", "队", "园"))
_BARE = frozenset(k for k in _ENDS if len(k) < 3) | frozenset("办事处 委员会 党工委 幼儿园 研究院 研究所 董事会 监事会 股东大会 合作社 出版社 生产线 地铁线 高速公路 快速路 办公室".split())
_PARTS = frozenset("城镇 农村 乡村 出院 住院 城市 外省 本省 外市 地区 城乡 总部 内部 全部 部分 大部 外部 局部".split())


class Names:
    """The names that a document has used so far, and the one of the whole; what 该园区 and 全县 stand for is asked of it."""

    def __init__(self, whole: str = "") -> None:
        self.whole = whole
        self.seen: list[str] = [whole] if whole else []

    def add(self, names: Iterable[str]) -> None:
        for name in names:
            if name and kind_of(name) and not STANDS.fullmatch(name) and name not in _COMMON:
                self.seen.append(name)

    def meant(self, name: str) -> str:
        """What a name stands for: 该园区 → the last 园区 named, 全县 and 公司 → the whole document's where it is one; a full name, and one that nothing answers, is itself.

        >>> names = Names("青河县"); names.add(["城东园区", "红星小学"])
        >>> names.meant("该园区"), names.meant("全县"), names.meant("学校"), names.meant("城西园区")
        ('城东园区', '青河县', '红星小学', '城西园区')
        """
        m = STANDS.fullmatch(name)
        if not m:
            return name
        kind = m["kind"] or m["bare"]
        ends = _ALIKE.get(kind, (kind,))
        fits = [n for n in self.seen if n.endswith(ends) and (kind[:1] != "区" or not n.endswith(_SMALL))]
        if self.whole in fits and (m["bare"] or name[0] in "全我本辖"):
            return self.whole
        return fits[-1] if fits else name


def whole_of(parts: Sequence[str]) -> str:
    """Whose a whole document is: the first body or place that its title and the lines below it name; "" for none.

    >>> whole_of(["青河县2023年工作总结"]), whole_of(["政府工作报告", "——2024年1月16日在栖云市第六届人民代表大会上"]), whole_of(["读书声"])
    ('青河县', '栖云市', '')
    """
    for part in parts:
        for m in _TITLED.finditer(re.sub("[年月日](?=[一-鿿])", " ", re.sub(r"(?<=[日月])在", " ", part))):
            if not _VAGUE.match(m.group(1)):
                return m.group(1)
    return ""


def heading_owner(path: Sequence[str]) -> str:
    """The body that a section is about: its heading, or what stands before the heading's colon or in its 【】; "" where that is no name.

    >>> [heading_owner(("题", heading)) for heading in ("区政务中心:提速", "【县财政局】资金直达", "经济发展:指标走高", "一、综合")]
    ['区政务中心', '县财政局', '', '']
    """
    for heading in reversed(path[1:]):
        name = named[1] if (named := re.match("【([^】]+)】", heading)) else heading.replace("：", ":").partition(":")[0].strip()
        if 2 < len(name) <= 20 and " " not in name and not re.match("[一二三四五六七八九十0-9]+[、.]|[（(]", name) and kind_of(name) and name not in _COMMON:
            return name
    return ""


def opening_names(line: Line) -> list[str]:
    """The names that open the pieces of a sentence, in order, "" where none does."""
    return [name_of(line.text[s:e] + " 的") or name_of(line.text[s:e]) for s, e in line.pieces]


def owner_of(line: Line, q: Quantity, path: Sequence[str], names: Names, taken_up: str = "") -> tuple[str, Span]:
    """Whose a figure is ("" where nothing says), and where in the line that is said ((0, 0) where it is not).

    taken_up: the owner of the sentence before, for one that begins with 其中, 其, 它.

    >>> line = Line.read("南建公司建成25个项目,投资3亿元")
    >>> [owner_of(line, q, (), Names())[0] for q in line.figures]
    ['南建公司', '南建公司']
    >>> line = Line.read("建成25个"); owner_of(line, line.figures[0], ("题", "区中心:新跨越"), Names("某县"))[0]
    '区中心'
    """
    low, _ = line.pieces[line.piece(q.start)]
    if q.kind in ("count", "grade") and (m := re.search(r"(?:全|我)[国省市县区镇乡村校院]$", line.text[low:q.start])):
        return names.meant(m.group()), (low + m.start(), q.start)
    clause = line.clause(q.start)[0]
    number = line.piece(q.start)
    for i in range(number, -1, -1):
        s, e = line.pieces[i]
        if s < clause and i and line.clause(s)[0] != line.clauses[0][0]:
            continue
        text = line.text[s:min(e, q.start)] if i == number else line.text[s:e]
        if i == number and not text.strip() or i < number and (_SAYS.search(text) or re.match("在.*(?:[中上内下时]|(?<!公)里)$|除", text)):
            continue
        if name := name_of(text if i == number else text + " 的"):
            at = line.text.find(name, s)
            end = at + len(name)
            if i == number and not re.search("[一-鿿A-Za-z]", line.text[end:q.start]) or any(f.start == end and f.kind not in ("date", "time") for f in line.figures):
                continue  # it is what a figure counts
            if name.endswith(_WIDE) and (tagged(line.text[end:end + 12]) or (("", ""),))[0][1][:1] not in "vpd":
                continue  # 金融机构存款余额
            if meant := names.meant(name):
                return meant, (at, at + len(name))
    if taken_up and re.match(r"[“\s]*(?:其中|其|它)", line.text):
        return taken_up, (0, 0)
    return heading_owner(path) or names.whole, (0, 0)
