"""Names and words that only look like figures: 五纵四横, “四上”企业, 三大改造, 5643工作法, 第十一次党代会, A320, 13812345678, 进一步, 千方百计.

They are told apart by general signs, each a pattern with a label, never by a list of one text's names: short quotations whose
numeral carries no measured value, numeral+noun pairs that repeat, N大+noun, digits before a noun of method, digits grown
together with Latin letters, numbers of documents, roads and telephones, congresses; and ordinary words from words.json.
`find` reads normalised text and returns non-overlapping spans in order: (start, end, label); label "word" for ordinary words.
"""
from __future__ import annotations

import json
import re
from pathlib import Path

_WORDS: dict[str, str] = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))["words"]
_N = "一二两三四五六七八九十"
_METHOD = "工作法|服务法|工作机制|机制|模式|工程|行动|计划|战略|战术|体系|格局|布局|理念|原则|热线|方案|课堂|生活圈|经济圈|通勤圈|服务圈|交通圈|联动|工作室|专项|政策|规划|阵型|规则|法则|定律|法案|标准(?!箱)|协议|大促|购物节"
_ABSTRACT = "纵横核翼轴带区廊环心圈极极点线面网端台屏园轮路保障稳保提降减增改治清查建化通达放管服化联统合创帮扶"
_SPACE = "份副双对组类种批期班节篇章呎吋尺寸丈哩个位名家项次条件年天日月时岁元米里吨斤克亩顷度倍成折分"  # one-character units: a pair of these is a pair of figures
_FREE = f"(?<![第零{_N}百千万0-9])"  # not the tail of a longer numeral
_VIRTUES = "代表|自信|意识|维护|确立|统一|务必|全面|坚持|文明|率先|不准|确保|带头|不动摇|重要思想|基本点|根本"
_QUOTE = re.compile(r"[“‘「『\"]([^“”‘’「」『』\"。！？；\n]{1,24})[”’」』\"]")
_TITLE = re.compile(r"《[^《》\n]{1,40}》")
_HOLDS = re.compile(rf"[0-9零{_N}百千万亿双半]")
_MEASURED = re.compile(r"[%‰]|[0-9][0-9.,]*[ ]?[万亿]?(?:元|吨|人|家|个|项|户|亩|公里|平方|倍|百分点|美元|千瓦)|(?:增长|下降|增加|减少|达到|超过|突破|实现|共有|提高)")
_WHOLE = re.compile(rf"(?:约|近|超|逾)?[0-9零{_N}百千万亿.,]+[多余]?(?:[万亿]?(?:元|吨|人|家|户|亩|公里|平方米|倍|美元|千瓦|岁|年|天|次|名|位|米|分|条|件|小时|分钟|月|日|[A-Za-z]{1,3})|个百分点|年[0-9{_N}]+月.*|[0-9]+月[0-9]+日.*)(?:以上|左右|多)?\Z")
_COUNTED = re.compile(r"一[个名位种条项次件家些]|第一")  # 一 of an ordinary sentence in quotation marks
_DATED = re.compile(r"[0-9]{4}年|[0-9]{1,2}月[0-9]{1,2}日")

_SIGNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("address", re.compile(r"(?:https?://|www\.)[!-~]{1,200}|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,64}")),
    ("telephone", re.compile(r"(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-[0-9]{7,8}|\(0[0-9]{2,3}\)[0-9]{7,8}|[48]00-?[0-9]{3}-?[0-9]{4}|[0-9]{3,5}(?=热线|电话|专线|客服|平台热线))(?![0-9万亿元])")),
    ("telephone", re.compile(r"(?:电话|热线|手机|传真|邮编|QQ|微信|拨打|致电)(?:号码?|号)?[:：为是]?[ ]?[0-9]{3,12}(?:-[0-9]{2,8}){0,2}")),
    ("document", re.compile(r"[一-鿿]{1,8}[〔\[(（【][12][0-9]{3}[〕\])）】](?:第)?[0-9]{1,5}号|[〔\[(（][12][0-9]{3}[〕\])）][^，。,;；\n]{0,8}?第?[0-9]{1,6}(?:-[0-9]{1,3})?号")),
    ("code", re.compile(r"(?:代码|编号|证号|账号|帐号|号码|尾号|车牌|型号|学号|工号|股票|ISBN|ISSN|统一社会信用代码|注册号|专利号|案号)[:：为是]{0,2}[ ]?[A-Za-z0-9][A-Za-z0-9.\-]{2,40}")),
    ("code", re.compile(r"[(（](?:[A-Za-z]{0,6}[:：.]?)?[0-9]{6}(?:[.:][A-Z]{1,3})?[)）]|(?<![0-9.])[0-9]{5,6}\.(?:SH|SZ|HK|BJ|SS)|(?<![0-9.])[0-9]{31,}|(?<![0-9.])(?!(?:19|20)[0-9]{2}\.[0-9]{1,2}\.[0-9]{1,2}(?![0-9.]))[0-9]{1,30}(?:\.[0-9]{1,30}){2,6}(?![0-9])(?!年)")),
    ("model", re.compile(r"(?<![A-Za-z0-9])(?![kcm]?m[23](?![0-9]))[A-Za-z]{1,12}[-/]?[0-9]{1,6}(?:[.\-][0-9]{1,6})?(?:[A-Za-z][A-Za-z0-9+]{0,6}|\+)?(?![A-Za-z0-9%‰]|[.,][0-9])(?![ ]?(?:万|亿|元|%|月|年|个|家|人|吨|美元|港元|倍|次))")),
    ("model", re.compile(r"(?<![A-Za-z0-9.,])[0-9]{1,4}(?:[DGKPQX](?![A-Za-z0-9])|[A-Z]{1,2}[0-9]{1,4}(?![A-Za-z0-9])|[a-z]{4,})(?!/)")),
    ("code", re.compile(r"(?<![A-Za-z])[A-Z]{2,5}(?:/[A-Z])?[ ]?[0-9]{2,6}(?:\.[0-9]+)?-(?:19|20)[0-9]{2}(?![0-9年])")),
    ("model", re.compile(r"[歼运轰直教水枪警潜空红东鹰](?:-|—)[0-9]{1,3}[A-Z]?|(?:长征|神舟|天宫|嫦娥|天问|天舟|风云|北斗|东方红|实践|遥感|阿波罗|雪龙|蛟龙|和谐|复兴)[-]?[0-9一二三四五六七八九十]{1,4}号?")),
    ("numbered", re.compile(r"(?<![0-9.])[0-9]{1,5}(?:国道|省道|县道|高速(?!增)|次列车|航班|工厂|高地|医院|空间站|会议室)|[GSXYC][0-9]{1,4}(?=国道|高速|省道|线|次)|(?<![0-9])[0-9]{2,3}后(?=[,，、。的青员干群创人一演\"”]|$)|(?<![0-9])[0-9]{3}工程")),
    ("numbered", re.compile(r"(?<![0-9.兵分第])[0-9]{1,4}路(?=[,，、。;；和及与的至]|公交|公共|电车|汽车|车|线|班车|[东南西北中]段|原|沿线|站|$)|(?<=[路街巷弄道])[0-9]{1,5}(?:-[0-9]{1,3})?号")),
    ("congress", re.compile(rf"(?:第)?[{_N}]{{1,4}}届(?:[{_N}]{{1,3}}次)?(?:[一-鿿]{{0,4}}?)(?:全会|人大|政协|全体会议|代表大会|常委会|党代会)(?:[{_N}]{{1,3}}次会议|第[{_N}]{{1,3}}次会议)?|第?[{_N}]{{1,4}}次(?:[一-鿿]{{0,6}}?)(?:党代会|代表大会|党员代表大会|妇代会|团代会|全会|世界大战)|(?:十[一二三四五六七八九]|二十[一二]?)大(?=报告|精神|以来|召开|代表|闭幕|开幕|后|前|、|，|,|。|胜利|部署|战略|$)|[一二三四五六七八九]中全会|(?:“|\")?(?<![{_N}])(?:十[一二三四五]|[七八九])五(?:”|\")?(?:规划|时期|期间|计划|末|开局|以来|收官)")),
    ("ring", re.compile(rf"一(?![零月{_N}百千万亿])[一-鿿](?:[(（][一-鿿]{{1,3}}[)）])?一(?![零{_N}百千万亿般样定直些起切致个种次名位条半度部级家并共年月周天])[一-鿿](?:一[一-鿿]{{1,5}}?(?=[一,，。、；;“”的]|$)){{0,3}}")),
    ("pairs", re.compile(rf"(?<![第{_N}百千万0-9])[{_N}](?![{_SPACE}])[{_ABSTRACT}][、]?[{_N}](?![{_SPACE}])[{_ABSTRACT}](?:[、]?[{_N}][{_ABSTRACT}]){{0,4}}")),
    ("pairs", re.compile(rf"(?<![第零{_N}百千万0-9])[百千万](?![{_SPACE}])[一-鿿][百千万](?![{_SPACE}])[一-鿿]|(?<![第零{_N}百千万0-9])[{_N}](?![{_SPACE}所座栋台套场部间只头口辆枚篇张男女死伤室厅胜负平战局比于至到的])[一-鿿](?<![{_N}十百千万])[{_N}](?![{_SPACE}所座栋台套场部间只头口辆枚篇张男女死伤室厅胜负平战局])[一-鿿](?<![{_N}十百千万])(?=[,，。、；;“”的]|$)")),
    ("sum", re.compile(r"(?<![0-9.])[0-9一二三四五六七八九NnX]{1,3}(?:\+[0-9一二三四五六七八九NnX]{1,3}){1,6}(?![0-9.%])(?:[一-鿿]{0,4}(?:" + _METHOD + "))?")),
    ("great", re.compile(rf"(?<![第{_N}百0-9])(?:[二两三四五六七八九十百]|十[{_N}])大(?![学家会于约概小量型雨雪风赛夫桥厦人队连]{{1}})[一-鿿]{{2}}(?<![的是有在和与了等为])")),
    ("slogan", re.compile(rf"{_FREE}[两三四五六七八九十]个(?:一(?![级样般半个些])批?|{_VIRTUES})(?![{_N}])")),
    ("slogan", re.compile(rf"{_FREE}[{_N}](?:[一-鿿](?<![{_SPACE}]))?[、]?[{_N}]?(?:必须|不准|不放过|严禁|严格|不愁|不变|不误)(?:[{_N}](?:保障|必须))?")),
    ("slogan", re.compile(rf"{_FREE}[三四五六七八](?:管|无|通|保|废|严|实|同|优|会|风|公|资|乡|农|军|化|讲|新|改|查|上)(?=[一-鿿]{{0,2}}(?:企业|街道|社区|乡村|问题|教育|活动|专题|{_METHOD}))")),
    ("method", re.compile(rf"(?<![0-9.第])(?:[0-9]{{2,8}}(?:[-+×*/][0-9NX]{{1,4}}){{0,4}}|[0-9]{{1,3}}(?:[-+×*/][0-9NX]{{1,4}}){{1,4}})[ ]?(?:{_METHOD})|(?:[0-9]{{1,4}}|[{_N}]{{1,3}})(?:天|小时|分钟|秒|度|公里|点半|站|米)[一-鿿]{{0,4}}(?:服务(?![了业])|办结|办理|生活圈|通勤圈|交通圈|经济圈|课堂|热线|不打烊|自助|响应机制|直达圈|达到圈)|[57]×(?:24|8)(?:小时)?(?![0-9])|一日办结|一次办成|一次办好|一窗受理|一网通办|一件事一次办")),
    ("coordinate", re.compile(r"(?:[东西]经|[南北]纬)[ ]?[0-9][0-9度分秒°′″'’”\".至~—\-– ]{0,40}|[0-9]{1,3}°[ ]?[0-9]{1,2}(?:\.[0-9]+)?[′'’](?:[ ]?[0-9]{1,2}(?:\.[0-9]+)?[″\"”])?")),
    ("word", re.compile(r"(?:没有?|无)一(?:例外|分钱|[个座处起例人户件家名次项位条间台辆艘所张支])(?![半多零百千万])")),
    ("round", re.compile(rf"(?:[{_N}]{{1,3}}分之[{_N}]{{1,2}}|[0-9]{{1,2}}/[0-9]{{1,2}})(?=决赛|淘汰赛)")),
    ("hospital", re.compile(rf"第[{_N}百]{{1,4}}(?:人民医院|附属医院|医院|中学|小学|高级中学|实验小学|幼儿园|军医大学|师范|机床厂|设计院|研究所|工程局|建筑公司|棉纺厂|污水处理厂|自来水厂|净水厂|水厂|热电厂|福利院|敬老院|分公司|分局|监狱|看守所|野战军|方面军|集团军|师(?![生傅])|旅(?![客程])|军(?![事区])|党支部|支部|生产队|检察部|检察厅|巡回法庭|法庭)|[{_N}百0-9]{{1,4}}号(?:楼|线|院|文件|公路|馆|门|台风|病毒|机组|房|店|矿|井|坑|厅|公告|选秀|高炉|令|仓|码头|航站楼|地块|球衣|染色体|元素|舱|站)")),
)
_UNDO = "零一二三四五六七八九十百千万亿两0123456789."
_WORD = re.compile("|".join(sorted((re.escape(w) + (f"(?![{v}])" if v else "") for w, v in _WORDS.items()), key=len, reverse=True)))


def _quoted(text: str, words: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Short quotations that hold a numeral and no measured value: “四上”, “一网、四端、两平台”, “365天服务”, not “147家”."""
    out, w = [], 0
    for m in _QUOTE.finditer(text):
        inner = m.group(1)
        while w < len(words) and words[w][1] <= m.start():
            w += 1
        inside = [s for s in words[w:w + 12] if s[1] <= m.end()]
        if not any(not any(s <= m.start(1) + h.start() < e for s, e, _ in inside) for h in _HOLDS.finditer(inner)) or _WHOLE.match(inner) or _DATED.search(inner):
            continue
        short = len(inner) <= 16 and not re.search(r"[,，]", inner)
        if _MEASURED.search(inner) and not re.search(r"[0-9]+(?:天|小时|分钟)", inner):
            continue
        listed = len(re.findall(rf"[{_N}]个", inner)) >= 2 and ("、" in inner or "," in inner or "，" in inner)
        if short and _HOLDS.search(_COUNTED.sub("", inner)) and not re.search(r"第[0-9一-十]+届", inner) or listed:
            out.append((m.start(1), m.end(1), "quoted"))
    return out


def _words(text: str) -> list[tuple[int, int, str]]:
    """Ordinary words of words.json; a numeral before one undoes it (三十分钟 is not 十分), as a hedge does before 百, 千, 万."""
    out = []
    for m in _WORD.finditer(text):
        before = text[m.start() - 1:m.start()]
        first = text[m.start()]
        if before and first in "零一二两三四五六七八九十百千万亿半几数" and (before in _UNDO or before in "近上超逾约过" and first in "百千万"):
            continue
        if before == "第" and first in _N:
            continue
        if first in _UNDO and text[m.end() - 1] in _UNDO and text[m.end():m.end() + 1] in tuple("零一二三四五六七八九十百千万亿"):
            continue  # 二百五十 is not 二百五
        out.append((m.start(), m.end(), "word"))
    return out


def find(text: str) -> tuple[tuple[int, int, str], ...]:
    """Spans of a normalised text that hold numerals but no figure, in order, not overlapping: (start, end, label).

    >>> [("五纵四横的路网"[s:e], sign) for s, e, sign in find("五纵四横的路网")]
    [('五纵四横', 'pairs')]
    >>> find("147家企业"), [s[2] for s in find("5643工作法和A320")]
    ((), ['method', 'model'])
    """
    words = _words(text)
    spans = words + _quoted(text, words)
    for label, pattern in _SIGNS:
        spans.extend((m.start(), m.end(), label) for m in pattern.finditer(text) if m.end() > m.start())
    spans.sort(key=lambda s: (s[0], -s[1]))
    out: list[tuple[int, int, str]] = []
    for span in spans:
        if not out or span[0] >= out[-1][1]:
            out.append(span)
        elif out[-1][2] == "word" and span[1] > out[-1][1] and span[2] != "word":
            out[-1] = (out[-1][0], span[1], span[2])
    return tuple(out)
