"""What a claim has the other way about: cause and effect, first and then, giver and taker, more and less, one body's part for another's.

Each function returns the words of the claim that are turned about, or "" where they are not; `reversed_in` gives the reason of the first that are.
"""
from __future__ import annotations

import re

from figures import marks
from figures.align import coverage
from figures.line import Line
from figures.others import says
from figures.owner import bodies
from figures.persons import succeeded
from figures.quantified import unconditional
from figures.stage import other_stage

MORE = 0.2  # so much more must the other's piece say
_BECOMES = re.compile("(《[^《》]+》|“[^“”]+”)[^，,。；;《“]{0,10}(?:成|为|作|叫)了?[^，,。；;《“]{0,6}(《[^《》]+》|“[^“”]+”)")
_LEADS = re.compile("(?P<cause>[^。；;]{3,40}?)(?:[，,]?(?:这才|从而|因此|由此|进而|才|这))?(?:促使|导致|引发|造成|使得|致使|促成|倒逼)了?(?P<effect>[^，,。；;]{2,24})")
_BECAUSE = re.compile("(?:因为|由于|受|(?<![原起])因(?!此|而|地|素))([^。；;]{2,24}?)(?:影响|而|[，,])|(?:得益于|归功于|源于|缘于)([^。；;]{2,24})")
_FIRST_THEN = re.compile("先(?P<first>[^，,、。；;]{2,24})[，,、](?P<then>(?:[^。；;]{0,16}(?:随后|之后|然后|其后|再|才)|后)[^。；;]{2,24})")
_BEFORE = re.compile("(?:^|[在于，,、])(?P<first>[^，,。；;在于]{2,16}?)(?<!提)之?前(?!后)[，,]?(?:就|便|都)?(?:已经?)?(?P<then>[^，,。；;]{2,12})")
_ONLY_THEN = re.compile("(?P<first>[^，,。；;]{2,24}?)(?:之|以)?(?<![随然其此])后[，,]?(?P<then>[^，,。；;]{0,12}才[^。；;]{2,24})")
_AFTER = re.compile("([^，,。；;]{2,24})(?:之|以)?(?<!前)后[，,]?([^。；;]{2,40})")
_APART = re.compile("[，,。；;：:、“”]|以及|[和与]")
_COUNTS = frozenset("人数 户数 数量 总数 总量 规模 全市 全省 全县 全区".split())  # words that a figure stands for
_SET_AGAINST = re.compile("[低高快慢少多]于|目标|[比较](?!上年|去年|上一年|前年|[上去]?年?同期)")
_COMPARED = re.compile("比(?P<of>[^，,。；;0-9]{2,10}?)还?(?P<way>[多少高低快慢大小长短])")
_ABOVE = re.compile("(?P<way>[多少高低快慢大小])于(?P<of>[^，,。；;0-9]{2,12}?)(?=[0-9，,。；;]|$)")
_MORE = "多高快大长"
_GIVER = re.compile("(?:移交|划转|转让|出售)方(?:是|为)([一-鿿]{3,14})")
_GIVES = re.compile("(?:移交|划转|转让|交)给了?([一-鿿]{2,8}?)(?=[，,。；;]|$|管理|负责|运营)")
_BY, _TO = re.compile("(?:由|^|[，,。；;])([一-鿿]{2,14}?)受([一-鿿]{2,14}?)(?:的)?委托"), re.compile("([一-鿿]{2,14}?)委托([一-鿿]{2,14}?)(?:开展|进行|对|管理|运营|承担|实施)")
_FROM_TO = re.compile("(?:从|由)(?P<a>[^，,。；;、从由]{2,16}?)(?:搬|迁|改|转|调|变|移|划|升|降|扩|延|拓|拆|并|合|换)[^，,。；;到至为成向]{0,2}(?:到|至|为|成|向|以)了?(?P<b>[^，,。；;]{2,16})")
_FROM = re.compile("(?:从|自)(?P<a>[^，,。；;、从由]{2,16}?)(?:迁入|搬来|迁来|引进|引入|调入|转入|购入|进口)")
_ROLES = "牵头|指导|主导|参与|建设|施工|承建|出资|运营|管护|养护|维护|管理|申报|发起|起草|审核|审批|审议|批准|监理|设计|承办|主办|协办|投资|实施|提出|资助|捐赠|收购|提供|审理|起诉|评估|认定|组织|负责"
_DOES = re.compile(f"(?:^|[由，,、；;])(?![用以把将对在为])(?P<who>[一-鿿“”A-Za-z]{{2,16}}?)(?P<does>{_ROLES})(?=[，,、；;。]|的|$|和|并)")
_IS = re.compile(f"(?P<does>{_ROLES})(?:单位|方|者|部门|机构|主体)?(?:是|为)(?P<who>[一-鿿“”A-Za-z]{{2,16}}?)(?=[，,、；;。]|$)")
_PAYS = re.compile("([一-鿿]{3,14}?)(?:每[年月]|一年|去年|今年)?(?:付给|支付给|交给|拨给|转给|借给|卖给|转让给|捐给)")


def reversed_in(ours: str, theirs: str) -> str:
    """Why a text of a claim has something the other way about than one of the report, in Chinese; "" where it has not.

    >>> reversed_in("利息比运营成本还少", "利息比运营成本还多"), reversed_in("利息比运营成本还多", "利息比运营成本还多")
    ('与原文不符:原文不是“比运营成本还少”', '')
    """
    if effect := turned_cause(ours, theirs):
        return f"与原文不符:原文说的原因是“{effect}”"
    if first := turned_order(ours, theirs):
        return f"与原文不符:原文里“{first}”在后"
    if name := turned_payer(ours, theirs) or succeeded(ours, theirs):
        return f"主体不符:原文说的不是“{name}”"
    if end := turned_ends(ours, theirs):
        return f"与原文不符:原文不是改到“{end}”"
    if name := turned_roles(ours, theirs):
        return f"主体不符:原文里不是“{name}”"
    if than := turned_comparison(ours, theirs):
        return f"与原文不符:原文不是“{than}”"
    if word := unconditional(ours, theirs):
        return f"与原文不符:原文说的不是“{word}”"
    return ""


def turned_about(ours: str, theirs: str) -> str:
    """What a claim says another name becomes, where the report says that the other becomes that: 《甲》改为《乙》 for 《乙》改为《甲》; else "".

    >>> turned_about("把《要情》改成了《参考》", "将《参考》化整为零成《要情》"), turned_about("把《参考》改成了《要情》", "将《参考》化整为零成《要情》")
    ('《要情》', '')
    """
    said, told = _BECOMES.search(ours), _BECOMES.search(theirs)
    return said[1] if said and told and (said[1], said[2]) == (told[2], told[1]) else ""


def turned_cause(ours: str, theirs: str) -> str:
    """What a claim says came of something, where the report says that it brought that about: 到款减少促使客户改做内训 for 因客户改做内训,到款减少; else "".

    >>> turned_cause("到款减少9%,这才促使客户改成内训", "因两家客户改为内训,到款比上年减少9%"), turned_cause("客户改成内训,导致到款减少", "因两家客户改为内训,到款减少9%")
    ('客户改成内训', '')
    """
    said, told = _LEADS.search(ours), _BECAUSE.search(theirs)
    if not said or not told:
        return ""
    cause = told[1] or told[2]
    return said["effect"] if not re.search("引发|造成|致", cause) and says(said["effect"], cause) > max(0.5, says(said["cause"], cause) + 0.3) else ""


def turned_ends(ours: str, theirs: str) -> str:
    """Whither a claim says that something went or changed, where the report has it come from there: 从门诊楼搬到外科楼 for 从外科楼搬到门诊楼; else "".

    >>> turned_ends("中心从外科楼搬到了门诊楼", "中心于4月从门诊楼搬到外科楼三层"), turned_ends("中心从门诊楼搬到外科楼", "中心于4月从门诊楼搬到外科楼三层")
    ('门诊楼', '')
    >>> turned_ends("由全额拨款改为差额拨款", "把县剧团由差额拨款改为全额拨款"), turned_ends("甲公司从新区迁到了邻市", "并从邻市迁入甲公司")
    ('差额拨款', '邻市')
    """
    for said in _FROM_TO.finditer(ours):
        for told in (*_FROM_TO.finditer(theirs), *_FROM.finditer(theirs)):
            far = told.groupdict().get("b") or ""
            if says(said["b"], told["a"]) > max(0.7, says(said["b"], far) + MORE) and (not far or says(said["a"], far) > says(said["a"], told["a"]) + MORE):
                return said["b"]
    return ""


def turned_roles(ours: str, theirs: str) -> str:
    """Who does something in a claim that the report has another do, and him something else: 由甲办牵头、乙部指导 for 由甲办指导、乙部牵头; else "".

    >>> theirs = "改革由省编办指导、市组织部牵头,三所高校参与"
    >>> turned_roles("改革由省编办牵头", theirs), turned_roles("改革由市组织部牵头,省编办指导", theirs), turned_roles("改革的牵头单位是三所高校", theirs)
    ('省编办', '', '三所高校')
    """
    said, told = ([(m["who"].rpartition("由")[2], m["does"]) for form in (_DOES, _IS) for m in form.finditer(text)] for text in (ours, theirs))
    for who, does in said:
        others = [name for name, role in told if role == does]
        own = [role for name, role in told if says(who, name) > 0.8 or says(name, who) > 0.8]
        if others and own and does not in own and not any(says(who, name) > 0.5 or says(name, who) > 0.5 for name in others):
            return who
    return ""


def turned_comparison(ours: str, theirs: str) -> str:
    """What a claim says more than, where the report says less than that, or the other way about: 比成本还少 for 比成本还多; else "".

    >>> turned_comparison("通过率低于全省平均水平", "通过率97.8%,高于全省平均水平2.6个百分点"), turned_comparison("甲低于平均,乙高于平均", "乙高于平均,甲低于平均")
    ('低于全省平均水平', '')
    >>> turned_comparison("增速低于全省平均水平", "增速比全省平均水平高1.2个百分点"), turned_comparison("增速比全省平均水平低2个百分点", "增速比全省平均水平高1.2个百分点")
    ('低于全省平均水平', '')
    >>> turned_comparison("利息15亿元,比运营成本还少一些", "利息15亿元,比运营成本还多"), turned_comparison("利息比运营成本多", "利息比运营成本还多")
    ('比运营成本还少', '')
    >>> turned_comparison("应收账款增幅低于营收", "应收账款增长18%,增速快于营收"), turned_comparison("应收账款增幅高于营收", "应收账款增长18%,增速快于营收")
    ('低于营收', '')
    """
    told = {(m["of"], m["way"] in _MORE) for form in (_COMPARED, _ABOVE) for m in form.finditer(theirs)}
    for said in (m for form in (_COMPARED, _ABOVE) for m in form.finditer(ours)):
        more = said["way"] in _MORE
        if (said["of"], not more) in told and (said["of"], more) not in told and not re.match("[一-鿿]?[0-9]", ours[said.end():]):
            return said.group()
    return ""


def crossed(ours: Line, theirs: Line) -> str:
    """Of two bodies that a claim names, or nouns that open pieces of it, the first, where each does or has what the report's sentence gives to the other; else "".

    >>> theirs = Line.read("高速由南岭交投集团投资建设,交由北泉养护中心负责日常养护")
    >>> crossed(Line.read("高速由北泉养护中心投资建设,日常养护交给南岭交投集团"), theirs), crossed(Line.read("高速由南岭交投集团建设,北泉养护中心负责养护"), theirs)
    ('北泉养护中心', '')
    >>> theirs = Line.read("“村里有门路,农户有收入。”他说,城关社区有读书会、河西社区有夜校")
    >>> crossed(Line.read("农户有门路,村里有收入"), theirs), crossed(Line.read("城关社区的夜校和河西社区的读书会"), theirs), crossed(Line.read("农户有收入,村里有门路"), theirs)
    ('农户', '城关社区', '')
    """
    openers = [w.text for s, e in ours.pieces for w in ours.words if w.start == s and w.nominal and len(w.text) > 1]
    names = [name for body in bodies(ours) if (name := re.sub("^[由被向经给]", "", body)) in theirs.text]
    names = names if len(names) > 1 else [name for name in openers if ours.text.count(name) == theirs.text.count(name) == 1]
    for a, b in zip(names, names[1:]):
        mine, told = ([_part(line.text, line.text.index(name)) for name in (a, b)] for line in (ours, theirs))
        if mine[0] != mine[1] and told[0] != told[1]:
            x, y = (re.sub("|".join(map(re.escape, (a, b))), "", text) for text in mine)
            if says(x, told[1]) > says(x, told[0]) + MORE and says(y, told[0]) > says(y, told[1]) + MORE:
                return a
    return ""


def _part(text: str, at: int) -> str:
    """The item of a list or the piece that holds an offset.

    >>> _part("甲村的夜校和乙村的食堂、书屋都开了,路也修了", 8)
    '乙村的食堂'
    """
    return text[max((m.end() for m in _APART.finditer(text[:at])), default=0):next((m.start() for m in _APART.finditer(text) if m.start() > at), len(text))]


def turned_piece(ours: Line, theirs: Line) -> str:
    """The piece of a claim that has something rise which a piece of the report's sentence has fall, or the other way about; else "".

    >>> theirs = Line.read("毛利率下滑,特钢采购成本的下降只抵消了一小部分")
    >>> turned_piece(Line.read("特钢采购成本上涨,毛利率下滑"), theirs), turned_piece(Line.read("毛利率下滑"), theirs)
    ('特钢采购成本上涨', '')
    >>> turned_piece(Line.read("在园幼儿比上年有所增加"), Line.read("幼儿园43所,在园幼儿13.2万人,比上年减少1.6万人"))
    '在园幼儿比上年有所增加'
    """
    for s, e in ours.pieces:
        nouns = [w.text for w in ours.words if s <= w.start < e and w.noun and w.text not in _COUNTS]
        told = [theirs.text[a:b] for a, b in _with_changes(theirs) if nouns and all(coverage(n, theirs.text[a:b]) >= 0.6 for n in nouns)]
        if told and not _SET_AGAINST.search(ours.text[s:e]) and all(marks.turned(ours.text[s:e], text) for text in told):
            return ours.text[s:e]
    return ""


def _with_changes(line: Line) -> list[tuple[int, int]]:
    """The pieces of a line, each with those behind it in its clause that name nothing and only say how it changed: 在园幼儿13.2万人,比上年减少1.6万人."""
    spans: list[tuple[int, int]] = []
    for s, e in line.pieces:
        bare_change = marks.way(line.text[s:e]) and not any(w.noun for w in line.words if s <= w.start < e)
        if spans and bare_change and line.clause(s) == line.clause(spans[-1][0]):
            spans[-1] = (spans[-1][0], e)
        else:
            spans.append((s, e))
    return spans


def turned_order(ours: str, theirs: str) -> str:
    """What a claim puts first (先建小组,随后才签约; 投产后才建小组) where the report puts it behind the other, or another stage first (签约后,建小组); else "".

    >>> turned_order("区里先成立建设小组,项目随后才签约", "项目签约后,区里成立建设小组"), turned_order("项目先签约,随后才成立小组", "项目签约后,区里成立小组")
    ('成立建设小组', '')
    >>> turned_order("项目投产以后,区里才成立建设小组", "项目签约后,区里成立建设小组")
    '项目投产'
    >>> turned_order("先兑付资金、后验收项目", "项目验收合格后方可兑付资金"), turned_order("在审计指出之前就已归还", "直至审计指出后才归还"), turned_order("在审计指出后归还", "直至审计指出后才归还")
    ('兑付资金', '归还', '')
    >>> turned_order("鉴定没过之前不能动工", "在完成鉴定后方可动工")
    ''
    """
    said, late = _FIRST_THEN.search(ours), _ONLY_THEN.search(ours)
    if late and not said:
        return next((late["first"] for m in _AFTER.finditer(theirs) if says(late["then"], m[2]) > 0.6 and other_stage(late["first"], m[1])), "")
    if not said and (early := _BEFORE.search(ours)) and not re.search("[不没未]", early.group()) and not re.search(f"{re.escape(early['first'])}之?前", theirs) and any(says(early["first"], m[1]) > 0.6 and says(early["then"], m[2]) > 0.6 for m in _AFTER.finditer(theirs)):
        return early["then"]
    return next((said["first"] for m in _AFTER.finditer(theirs) if says(said["first"], m[2]) > max(0.6, says(said["first"], m[1])) and says(said["then"], m[1]) > max(0.4, says(said["then"], m[2]))), "") if said else ""


def turned_payer(ours: str, theirs: str) -> str:
    """Who pays, gives, gets or charges in a claim, where the report has it the other way (移交方是某区 for 移交某区); else "".

    >>> turned_payer("某区把87项事务移交给了高新区", "高新区将87项事务移交给某区"), turned_payer("调查由管委会受某研究院委托开展", "某研究院受管委会委托调查")
    ('高新区', '某研究院')

    >>> turned_payer("某运营公司每年付给园区680万元", "园区委托某运营公司管理,每年支付服务费680万元"), turned_payer("园区每年付给某运营公司680万元", "园区委托某运营公司管理,每年支付680万元")
    ('某运营公司', '')
    """
    if (giver := _GIVER.search(ours)) and re.search(f"(?:移交|划转|转让|出售|交)给?{re.escape(giver[1])}", theirs):
        return giver[1]
    if (given := _GIVES.search(ours)) and any(told[1] not in given[1] and given[1] not in told[1] and told[1] in ours for told in _GIVES.finditer(theirs)):
        return given[1]
    if taker := next((a for a, b in _charged(ours) for c, d in _charged(theirs) if (a in d or d in a) and (b in c or c in b)), ""):
        return taker
    said = _PAYS.search(ours)
    return said[1] if said and re.search(f"(?:委托|聘请|交由|付给|支付给|向)[^，,。；;]{{0,6}}{re.escape(said[1])}(?![借租购买采索收])", theirs) else ""


def _charged(text: str) -> list[tuple[str, str]]:
    """Who charged whom with something: 乙受甲委托, 甲委托乙."""
    return [(m[2], m[1]) for m in _BY.finditer(text)] + [(m[1], m[2]) for m in _TO.finditer(text)]
