"""Numerals: the number that begins at an offset, Arabic or Chinese, with its scale and the hedge inside it.

Reads normalised text only (see `normalise`): 83, 1,234.5, 1.2万, 2700余万, 3千多, 1亿2000万; 八十三, 两, 廿三, 壹佰, 三点五万, 三千五百万,
十余, 三四十, 数十, 百余. Chinese integers go through cn2an; its strictness (百 alone, 三四十) and its looseness (digit strings) are met here.
Runs of more than 30 digits or 24 Chinese numerals are no numbers.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import cn2an

from quantities.quantity import EXACT

_WIDE = {chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F) if chr(c) not in "，；！？（）"}
_TRADITIONAL = (  # pairs: a traditional character of numerals, units, dates and words.json, and its simplified one
    "萬万億亿兩两個个餘余幾几數数點点貳贰參叁陸陆圓元塊块幣币戶户場场屆届類类種种項项條条號号輛辆隻只張张顆颗棟栋雙双對对輪轮頭头間间層层級级處处組组隊队週周歲岁時时鐘钟為为達达約约過过將将從从與与長长來来訂订開开據据內内後后當当別别準准噸吨畝亩頃顷裏里裡里釐厘蘭兰韓韩歐欧鎊镑盧卢檔档顧顾頁页書书車车臺台"
    "門门線线碼码紀纪導导彈弹僅仅廳厅劃划單单鄉乡鎮镇縣县區区國国園园廠厂鋪铺劇剧筆笔緡缗戰战觀观眾众員员齡龄學学術术晝昼際际節节營营連连團团師师縱纵橫横環环軸轴帶带獎奖賽赛軍军選选電电農农業业歷历曆历島岛終终黨党體体隨随變变會会機机關关題题亞亚讀读務务萊莱華华風风馬马經经錢钱勝胜敗败負负陣阵橋桥樓楼瑪玛"
    "羅罗還还動动鐵铁盤盘聲声盞盏輯辑齣出滿满夠够漲涨減减強强專专東东絲丝丟丢嚴严臨临爲为舉举義义樂乐亂乱爭争產产親亲侖仑倉仓們们價价衆众優优傳传傷伤側侧債债兒儿興兴茲兹岡冈冊册決决淨净湊凑擊击則则創创劑剂辦办勁劲勢势勳勋醫医協协賣卖衛卫廂厢廈厦發发疊叠啓启鹹咸響响圍围圖图聖圣堅坚壟垄壯壮備备復复奪夺婦妇"
    "孫孙寧宁寶宝實实宮宫屬属嶺岭嶽岳峽峡峯峰帥帅帳帐幀帧幫帮廣广莊庄慶庆牀床廬庐庫库應应廢废異异歸归徑径總总惡恶願愿託托掃扫護护報报擔担撥拨掛挂撓挠揮挥攬揽攝摄搖摇撐撑敵敌無无舊旧曇昙晉晋殺杀權权極极槍枪標标欄栏棲栖樣样樁桩檢检檻槛殲歼毀毁氣气匯汇漢汉滄沧瀉泻濟济溫温遊游灣湾潛潜靈灵爐炉煉炼熱热煥焕狀状"
    "獨独獄狱現现監监礦矿確确禮礼禎祯離离積积稱称穩稳窩窝築筑籤签簡简籃篮糧粮紅红納纳紡纺紐纽織织結结給给絕绝統统績绩緒绪續续維维綴缀編编網网罰罚羣群聯联腸肠腦脑腳脚臘腊騰腾艙舱榮荣獲获蘿萝裝装規规譽誉計计認认議议訊讯記记講讲許许論论設设證证評评識识訴诉診诊詞词詩诗話话語语誤误說说諾诺課课調调談谈諧谐謝谢"
    "譜谱貞贞財财責责賬账貨货質质貧贫購购貫贯費费資资賺赚贊赞趕赶躍跃踐践轉转轟轰輕轻載载較较輩辈邊边運运進进遠远違违遞递遙遥郵邮鄰邻針针鍾钟鈞钧銖铢鏈链鎖锁錘锤閉闭問问聞闻陽阳階阶險险隱隐難难頂顶順顺須须頓顿預预領领顏颜額额顛颠飄飘飛飞飯饭餅饼館馆駛驶驗验驟骤魚鱼鳥鸟鳴鸣鷹鹰黃黄齊齐龍龙於于幷并沖冲")
_ODD = {"〇": "零", "○": "零", "◯": "零", "％": "%", "﹪": "%", "﹣": "-", "−": "-", "－": "-", "～": "~", "〜": "~", "∼": "~", "\u3000": " ", "\xa0": " ",
        "\u2009": " ", "·": "·", "／": "/", "㎡": "㎡", "℃": "℃", "°": "°", "μ": "μ", "µ": "μ", "：": ":", "﹒": ".", "．": "."}
_TABLE = str.maketrans({**_WIDE, **dict(zip(_TRADITIONAL[::2], _TRADITIONAL[1::2])), **_ODD})
_WIDE_COMMA = re.compile("(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")

DIGITS = "零一二三四五六七八九"
HAN = "零一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12, "拾": 10, "佰": 100, "仟": 1000}
_FINANCIAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_ARABIC = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,7}(?![0-9])|[0-9]+)(?:\.[0-9]+)?")
_SCALE = r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万(?!安)|千(?!克|米|瓦|伏|卡|焦|帕|赫|字节|比特|兆|乏|周)|百(?!分)|兆(?=[美港欧日韩台新]?元))"
_TAIL = re.compile(rf"(?P<a>[多余几])?(?P<s>[ ]?{_SCALE})?(?P<b>[多余](?!元[化的素])|来(?=[个名位岁年天人]))?")
_MORE = re.compile(rf"([0-9]{{1,4}}(?:\.[0-9]+)?)({_SCALE})([余多])?([万亿])?")
_RUN = re.compile(f"[{HAN}]{{1,25}}")
_POINT = re.compile(f"[点.]([{DIGITS}]+)([百千万亿]*)")
_VAGUE = re.compile(r"好?[几数]([十百千万亿]{1,3})([余多])?")
_PAIR = re.compile(r"(?P<head>[二三四五六七八九]?十|[一二三四五六七八九]百)?(?P<a>[一二两三四五六七八九])(?P<b>[二三四五六七八九])(?P<s>[十百千万亿]{0,3})\Z")
_MIX = re.compile(r"([余多来几])([百千万亿]+)?")


@dataclass(frozen=True)
class Number:
    """A numeral at `start..end` of the text: value interval, mantissa × scale as written, the hedge inside it."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    mantissa: Decimal
    scale: Decimal
    scale_text: str = ""  # 万, 亿 … behind Arabic digits; "" in a Chinese numeral
    hedge: str = ""
    chinese: bool = False
    bare_scale: bool = False  # 百, 千万 … without a digit: a number only where a hedge stands by it

    @property
    def value(self) -> Decimal:
        return EXACT.multiply(self.mantissa, self.scale)


def normalise(text: str) -> str:
    """Full-width and traditional forms as half-width and simplified ones, one character for one, so that offsets hold.

    >>> normalise("１２萬個，１，２３４"), normalise("兩個"), normalise("2018，200")
    ('12万个，1,234', '两个', '2018，200')
    """
    return _WIDE_COMMA.sub(",", text).translate(_TABLE)


def scale_of(word: str) -> int:
    """万 → 10000, 千万 → 10000000; "" → 1.

    >>> scale_of("万亿"), scale_of("")
    (1000000000000, 1)
    """
    out = 1
    for ch in word.strip():
        out *= SCALES[ch]
    return out


@lru_cache(maxsize=4096)
def chinese(word: str) -> int | None:
    """The integer that a well-formed Chinese numeral writes, else None; digit strings (二零一八) are not integers here.

    >>> chinese("一千零一十"), chinese("两万五"), chinese("廿三"), chinese("四五"), chinese("十九万八")
    (1010, 25000, 23, None, 198000)
    """
    if len(word) > 24:
        return None
    word = word.translate(_FINANCIAL).replace("两", "二").replace("廿", "二十").replace("卅", "三十").replace("二十十", "二十")
    if len(word) > 1 and not any(ch in SCALES for ch in word):
        return None
    if word[0] in "百千万亿":
        return None
    try:
        return int(cn2an.cn2an(word, "normal"))
    except (ValueError, KeyError, IndexError, TypeError):
        return None


def digits(word: str) -> int | None:
    """A digit string as a number: 二零一八 → 2018 (years); None where it holds anything else.

    >>> digits("二零一八"), digits("十八")
    (2018, None)
    """
    return int("".join(str(DIGITS.index(ch)) for ch in word)) if 0 < len(word) <= 8 and all(ch in DIGITS for ch in word) else None


def _split(value: int, word: str) -> tuple[Decimal, Decimal]:
    """Mantissa and scale as written: 三千五百万 is 35 × 百万."""
    tail = len(word.rstrip("十百千万亿拾佰仟"))
    scale = scale_of(word[tail:])
    if scale > value or scale == 1:
        return Decimal(value), Decimal(1)
    return Decimal(value // scale), Decimal(scale)


def _arabic(text: str, m: re.Match[str]) -> Number | None:
    if m.end() - m.start() > 34:
        return None
    mantissa = Decimal(m.group().replace(",", ""))
    tail = _TAIL.match(text, m.end())
    end, word, hedge = m.end(), "", ""
    if tail and tail.end() > m.end():
        word = (tail.group("s") or "").strip()
        hedge = tail.group("a") or tail.group("b") or ""
        end = tail.end()
    scale = Decimal(scale_of(word))
    low = EXACT.multiply(mantissa, scale)
    if word and not hedge:  # 1亿2000万
        for _ in range(3):
            more = _MORE.match(text, end)
            if not more or scale_of(more.group(2)) >= scale:
                break
            whole = Decimal(scale_of(more.group(4) or ""))
            word, hedge, end, below = more.group(2) + (more.group(4) or ""), more.group(3) or "", more.end(), scale
            scale = Decimal(scale_of(word))
            if scale >= below:  # 6千6百多万: the 万 is of both
                low = EXACT.multiply(low, whole)
            low = EXACT.add(low, EXACT.multiply(Decimal(more.group(1)), scale))
            mantissa = EXACT.divide(low, scale)
    return Number(m.start(), end, low, low, mantissa, scale, word, hedge)


def _pair(word: str) -> tuple[int, int, int] | None:
    """两三, 三四十, 十七八, 三五百: (low, high, worth of the last digit)."""
    m = _PAIR.match(word)
    if not m:
        return None
    a, b = (DIGITS.index("二" if m.group(g) == "两" else m.group(g)) for g in "ab")
    if b != a + 1 and (a, b) != (3, 5):
        return None
    if m.group("head") and m.group("s"):
        return None
    head = (chinese(m.group("head")) or 0) if m.group("head") else 0
    unit = scale_of(m.group("s")) * (10 if m.group("head") and m.group("head").endswith("百") else 1)
    return head + a * unit, head + b * unit, unit


def _chinese(text: str, start: int) -> Number | None:
    vague = _VAGUE.match(text, start)
    if vague:
        scale = Decimal(scale_of(vague.group(1)))
        return Number(start, vague.end(), scale * 2, scale * 10, Decimal(2), scale, hedge="数" if "数" in vague.group() else "几", chinese=True)
    m = _RUN.match(text, start)
    if not m or m.end() - start > 24:
        return None
    word, end = m.group(), m.end()
    if word[-1] == "千" and text[end:end + 1] in ("米", "克", "瓦") and chinese(word) is None and chinese(word[:-1]):
        word, end = word[:-1], end - 1  # 八十四千米
    if len(word) == 1 and word in "壹贰叁肆伍陆柒捌玖拾佰仟" and text[end:end + 1] != "元":
        return None  # 陆块, 收拾; in sums of money they come in runs
    point = _POINT.match(text, end)
    whole = chinese(word) if chinese(word) is not None else digits(word)  # 一○五四．九
    if point and len(point.group(1)) <= 10 and len(point.group()) < 16 and whole is not None and not re.match(r"[分整半刻]", text[point.end():point.end() + 1]):
        mantissa = Decimal(f"{whole}." + "".join(str(DIGITS.index(ch)) for ch in point.group(1)))
        scale = Decimal(scale_of(point.group(2)))
        low = EXACT.multiply(mantissa, scale)
        more = _MIX.match(text, point.end())
        if more and not more.group(2) and more.group(1) in "余多":
            return Number(start, more.end(), low, low, mantissa, scale, hedge=more.group(1), chinese=True)
        return Number(start, point.end(), low, low, mantissa, scale, chinese=True)
    mix = _MIX.match(text, end)
    pair = _pair(word)
    if pair:
        low, high, unit = map(Decimal, pair)
        return Number(start, end, low, high, EXACT.divide(low, unit), unit, chinese=True)
    bare = word.strip("百千万亿") == ""
    value = scale_of(word) if bare else chinese(word)
    if value is None and (len(word) > 2 or text[end:end + 1] == "折"):
        value = digits(word)
    if value is None:
        return None
    mantissa, scale = (Decimal(1), Decimal(value)) if bare else _split(value, word)
    low, hedge = Decimal(value), ""
    if mix and (mix.group(1) in "余多" or word[-1] in "十百千" and mix.group(1) in "来几"):
        factor = Decimal(scale_of(mix.group(2) or ""))
        low, scale, hedge, end = EXACT.multiply(low, factor), EXACT.multiply(scale, factor), mix.group(1), mix.end()
        if hedge == "几":
            return Number(start, end, low + factor, low + 9 * factor, mantissa, scale, hedge="几", chinese=True, bare_scale=bare)
    return Number(start, end, low, low, mantissa, scale, hedge=hedge, chinese=True, bare_scale=bare)


def number(text: str, start: int) -> Number | None:
    """The numeral that begins at `start` of a normalised text, or None. Its interval does not hold the hedge's rule yet.

    >>> n = number("2700余万元", 0); int(n.value), n.hedge, n.scale_text
    (27000000, '余', '万')
    >>> int(number("三千五百万", 0).value), number("三四十个", 0).high == 40, number("四川", 0).end
    (35000000, True, 1)
    """
    m = _ARABIC.match(text, start)
    return _arabic(text, m) if m else _chinese(text, start)
