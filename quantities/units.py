"""Units: what stands behind a number, which dimension it measures, and its factor to the base unit.

`unit(text, at, chinese)` reads the longest unit of a normalised text. Dimensions and base units stand in quantity.py; currencies
other than 元 are dimensions of their own ("money:USD"); a measure word is the dimension "count". A unit that is the head of
another word (5名义, 3成为) is refused by the characters behind it.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

D = Decimal


@dataclass(frozen=True)
class Unit:
    """A unit as written, its kind, the dimension it measures in, the factor to that dimension's base unit."""

    text: str
    kind: str
    base: str
    factor: Decimal = Decimal(1)
    per: str = ""

    @property
    def end(self) -> int:
        """Length of the unit in the text."""
        return len(self.text)


def _table(kind: str, base: str, spec: str) -> dict[str, Unit]:
    """"元 1 角 0.1" → units; a factor may be a fraction "1/3"."""
    out, parts = {}, spec.split()
    for name, factor in zip(parts[::2], parts[1::2]):
        above, _, below = factor.partition("/")
        out[name] = Unit(name, kind, base, D(above) / D(below or 1))
    return out


TABLE: dict[str, Unit] = {
    **_table("money", "money", "元 1 块 1 块钱 1 元人民币 1 人民币元 1 人民币 1 元钱 1 毛 0.1 毛钱 0.1 角 0.1 角钱 0.1 分钱 0.01 RMB 1 CNY 1"),
    **{n: Unit(n, "money", f"money:{c}") for c, names in {
        "USD": "美元 美金 USD", "HKD": "港元 港币 HKD", "EUR": "欧元 EUR", "JPY": "日元 JPY", "GBP": "英镑 镑 GBP", "KRW": "韩元", "RUB": "卢布",
        "TWD": "新台币 台币 新台币元", "AUD": "澳元 澳币", "CAD": "加元 加币", "CHF": "瑞士法郎 瑞郎", "SGD": "新加坡元 新元", "INR": "卢比",
        "FRF": "法郎", "DEM": "马克", "THB": "泰铢", "MOP": "澳门元"}.items() for n in names.split()},
    **_table("length", "length", "米 1 公尺 1 千米 1000 公里 1000 里 500 里路 500 华里 500 厘米 0.01 公分 0.01 毫米 0.001 微米 0.000001 纳米 0.000000001 分米 0.1 "
             "英里 1609.344 海里 1852 英尺 0.3048 英寸 0.0254 码 0.9144 km 1000 m 1 cm 0.01 mm 0.001 nm 0.000000001 μm 0.000001 公里长 1000 延米 1 光年 9460730472580800 "
             "KM 1000 天文单位 149597870700 呎 0.3048 吋 0.0254 哩 1609.344 英呎 0.3048 英吋 0.0254 英哩 1609.344 公厘 0.001 尺 1/3 寸 1/30 丈 10/3"),
    **_table("area", "area", "平方米 1 平米 1 平方公尺 1 平方公里 1000000 平方千米 1000000 平方厘米 0.0001 平方毫米 0.000001 公顷 10000 亩 2000/3 ㎡ 1 m² 1 km² 1000000 m2 1 "
             "km2 1000000 平方英里 2589988.110336 平方英尺 0.09290304 英亩 4046.8564224 ha 10000 平方呎 0.09290304 平方公分 0.0001 平方哩 2589988.110336 平方英哩 2589988.110336 平方英呎 0.09290304 平方尺 1/9 坪 3.3057851"),
    **_table("mass", "mass", "吨 1000 公吨 1000 千克 1 公斤 1 斤 0.5 市斤 0.5 克 0.001 毫克 0.000001 微克 0.000000001 磅 0.45359237 盎司 0.028349523125 克拉 0.0002 "
             "kg 1 g 0.001 mg 0.000001 μg 0.000000001 t 1000 公担 100 KG 1 载重吨 1000"),
    **_table("volume", "volume", "升 1 公升 1 毫升 0.001 立方米 1000 立方 1000 立方厘米 0.001 立方公里 1000000000000 立方千米 1000000000000 m³ 1000 m3 1000 ml 0.001 mL 0.001 L 1 加仑 3.785411784 "
             "立方英尺 28.316846592 立方英呎 28.316846592 方 1000"),
    **_table("power", "power", "瓦 1 千瓦 1000 兆瓦 1000000 吉瓦 1000000000 W 1 kW 1000 KW 1000 MW 1000000 GW 1000000000 马力 735.49875 瓦特 1 匹马力 735.49875"),
    **_table("energy", "energy", "千瓦时 3600000 千瓦小时 3600000 兆瓦时 3600000000 吉瓦时 3600000000000 度电 3600000 kWh 3600000 KWh 3600000 kwh 3600000 MWh 3600000000 "
             "GWh 3600000000000 TWh 3600000000000000 焦耳 1 焦 1 千焦 1000 兆焦 1000000 卡路里 4.184 大卡 4184 千卡 4184 Wh 3600 电子伏特 0.0000000000000000001602176634"),
    **_table("energy", "tce", "吨标准煤 1 吨标煤 1"),
    **_table("duration", "months", "年 12 周年 12 整年 12 载 12 个年头 12 年头 12 个月 1 个季度 3 季度 3 世纪 1200 个世纪 1200 学年 12 个学年 12 学期 6 个学期 6 个财年 12"),
    **_table("duration", "seconds", "天 86400 日 86400 昼夜 86400 整天 86400 周 604800 个周 604800 星期 604800 个星期 604800 礼拜 604800 个礼拜 604800 小时 3600 个小时 3600 钟头 3600 个钟头 3600 "
             "分钟 60 分 60 秒 1 秒钟 1 毫秒 0.001 微秒 0.000001 纳秒 0.000000001 刻钟 900"),
    **_table("duration", "workdays", "个工作日 1 工作日 1 个交易日 1 交易日 1"),
    **_table("age", "age", "岁 1 周岁 1 岁高龄 1"),
    **_table("percent", "percent", "% 1 ‰ 0.1 折 10 成 10 个百分比 1 ‱ 0.01 ppm 0.0001"),
    **_table("points", "points", "百分点 1 个百分点 1 pct 1 基点 0.01 个基点 0.01 bp 0.01 BP 0.01 pp 1"),
    **_table("multiple", "multiple", "倍 1"),
    **_table("temperature", "temperature", "℃ 1 摄氏度 1 度 1 °C 1"), **_table("temperature", "fahrenheit", "华氏度 1 ℉ 1"),
    **_table("voltage", "voltage", "伏 1 千伏 1000 伏特 1 V 1 kV 1000 KV 1000 万伏 10000"),
    **_table("pressure", "pressure", "帕 1 百帕 100 千帕 1000 兆帕 1000000 MPa 1000000 kPa 1000 hPa 100 毫巴 100 Pa 1"),
    **_table("frequency", "frequency", "赫兹 1 赫 1 千赫 1000 兆赫 1000000 吉赫 1000000000 Hz 1 kHz 1000 MHz 1000000 GHz 1000000000 千赫兹 1000 兆赫兹 1000000"),
    **_table("data", "data", "字节 1 KB 1000 MB 1000000 GB 1000000000 TB 1000000000000 PB 1000000000000000 兆字节 1000000 Mbps 125000 Gbps 125000000 兆比特 125000"),
    **_table("speed", "speed", "公里/小时 5/18 千米/小时 5/18 米/秒 1 公里/时 5/18 km/h 5/18 m/s 1 千米/秒 1000"),
    **_table("grade", "grade", "星级 1 星 1 级 1 A级 1 级风 1"),
}
COUNTS = """
个 家 项 条 件 次 人 名 位 户 所 座 栋 幢 套 台 辆 艘 架 只 支 张 份 期 批 场 届 类 种 款 部 本 册 篇 首 幅 枚 颗 粒 棵 株 头 匹 口 间 层 处 片 段 道 根 把 组 队 班
排 双 副 起 宗 桩 门 面 代 例 封 页 字 行 句 章 节 轮 局 盘 球 票 席 声 圈 环 碗 杯 瓶 箱 袋 包 桶 盒 罐 节课 趟 遍 回 番 顿 餐 站 站点 对 省 市 县 镇 乡 村 区 州 国
校 院 馆 店 厂 桥 井 路 床 卷 集 尊 具 朵 笔 单 股 手 点 则 通 辑 版 剂 针 管 滴 束 串 堆 团 伙 帮 群 列 辈 尾 剂次 人次 人份 车次 户次 台次 架次 件次 场次 批次 班次 航次
例次 艘次 列次 辆次 头次 吨次 课时 学时 学分 台套 台（套） 台(套) 部门 省份 平台 人天 标准箱 标箱 TEU 万字 字数 张床位 床位 机位 泊位 公里次 吨公里 人公里 票次 班列 层楼 米层 户人家
口人 人口 对夫妻 连冠 像素 比特 车 船 册次 篇次 家次 杆 垄 畦 茬 招 颗星 局次 篮板 助攻 分球 负 胜 平 死 伤 男 女 室 厅 卫 帧 幕 折子 档 栏 格 块 盏 挺 发 枪 人组 升斗 担 石 贯 缗 两 钱
斗 斛 仞 步 拍 进士 战
""".split()
for _name in COUNTS:
    TABLE.setdefault(_name, Unit(_name, "count", "count"))
TABLE["顷"] = Unit("顷", "area", "area", D(200000) / D(3))
TABLE["股"] = Unit("股", "count", "count")
_LENGTHS = tuple(range(max(map(len, TABLE)), 0, -1))

# unit → characters behind it that make it the head of another word
_REFUSED = {
    "人": "民均类际间才工员大口士们物心", "家": "庭乡长族园居具务属禽畜教喻", "名": "义单称誉额词牌胜气望城", "位": "置于居列移", "项": "目链", "部": "分门队委署长落落", "本": "人省区地科报月身次市土届文质期", "口": "岸腔感碑才号头",
    "门": "类诊票户槛", "只": "是有要能会好需用为", "支": "持付部撑援出配", "面": "积向对临貌粉", "间": "接隔", "头": "部脑目条", "场": "地所面景馆合均", "分": "别布析管类公配期之为支享散离歧化校店院局工红裂手开",
    "点": "评赞名击燃缀心以及", "次": "于要日年序", "条": "例约款件理", "道": "路德理教县家", "段": "落", "片": "区面", "期": "间待望货末限刊许", "代": "表理码价替办言谢", "对": "于比应象外口策待照抗此方手",
    "起": "来到诉点源步草重伏飞", "台": "湾商阶", "套": "路餐利", "层": "面次级出", "成": "为立功员果长都本品绩交熟分就因效语人", "折": "叠射算合扣旧腾戟磨", "倍": "增感受", "回": "家收复来国应归到报顾升落",
    "包": "括含装围容", "队": "伍员长", "组": "织成合建长", "班": "子长", "站": "长立", "周": "边围末转", "天": "然津气下空主文山", "日": "本报益常记志", "年": "轻代夜货", "时": "间候代期段常空", "秒": "杀",
    "度": "假过", "元": "玉论旦素件首老宇帅勋气代朝年", "角": "度色落逐分形", "里": "程面氏克", "吨": "位", "克": "隆服罗里耳勤", "节": "能约目日省", "村": "民庄官镇", "区": "域别间委", "县": "长城域委",
    "市": "场民长委值", "省": "委长份", "国": "家内际外务民企", "校": "园长友", "院": "长士校线", "路": "径过段面由", "手": "段机续工册术", "行": "业政为动人程驶星走情", "单": "位独元", "股": "份票东权市",
    "通": "过知信讯", "团": "队结体伙", "列": "入出为车席", "排": "名放", "车": "间辆", "字": "节面典母", "章": "程节", "句": "子", "声": "音明", "圈": "子", "环": "境保节", "级": "别",
    "针": "对", "管": "理道委", "版": "本权图", "井": "冈", "州": "市长", "把": "握手关控", "份": "额子", "石": "油头化", "两": "个", "平": "方米台均安", "胜": "利", "负": "责担债", "卫": "生",
    "局": "长部面", "厅": "长", "步": "伐骤入", "战": "略争斗场胜友", "星": "期球座", "方": "面向案式法位针", "钱": "包", "担": "任当心负", "发": "展现布生挥改放送射起动达出行表", "会": "议",
    "球": "员队迷类菌场面", "死": "亡", "伤": "害", "块": "状", "集": "团中体合群成", "档": "案次", "格": "局式", "款": "项", "处": "理于置分罚长在", "拍": "摄卖", "群": "众体", "批": "评准发复",
    "帮": "助扶", "载": "体重", "平方": "公英千厘毫分哩呎尺", "立方": "公英厘千尺呎", "首": "次个先都家批", "具": "体有备", "双": "方向", "副": "主书市", "顿": "时", "票": "价", "席": "位",
    "女": "性士人儿子生", "男": "性士人子生", "镇": "长", "乡": "村亲镇", "店": "铺员", "厂": "房商家", "船": "舶员", "焦": "点", "卡": "车片通", "码": "头", "米": "兰粉饭", "瓦": "解",
    "马克": "思",
}
_LATIN = re.compile(r"[A-Za-z0-9]")
_COMPOUND = re.compile(r"(?:/|每)(?:千瓦时|千瓦|千克|(?:万|千|百|亿|十)?(?:立方米|平方公里|平方米|公里|小时|千瓦时|千瓦|分钟|标准立方米|公斤|千克|美元|万元|人|户|亩|吨|升|股|年|月|天|日|次|秒|米|桶|盎司|台|件|辆|套|只|头|斤|度|时|分|瓦|张|份|家|克|枚|个|晚|位|元|kWh|kW|MWh|W|kg|m³|L|t|h|km|m²)|(?:m3|m2))")
_CHINESE_ONLY = frozenset("里 方 两 钱 寸 尺 丈 担 石 贯 斗 斛 步 仞 成 折".split())
# measure words that a Chinese numeral does not count alone: names and idioms are likelier (三国, 四川 …)
_NOT_CHINESE = frozenset("州 井 厂 路 桥 行 手 管 战 平 排 石 女 男 厅 室 卫 胜 负 死 伤 方 单 星 车 通 点 国 院 钱 发 团 圈 杆 船 格 伏 角 毛 焦 帕 镇 卡 焦 帮 面 军 声 代 级 环 集 堆 度".split())
_EXACT_ONLY = frozenset("胜 负 平 死 伤 男 女 室 厅 卫 战".split())


def unit(text: str, at: int, chinese: bool = False) -> Unit | None:
    """The longest unit that begins at `at`, or None.

    `chinese`: the number is a Chinese numeral, so that rare measure words are not taken.

    >>> unit("万元", 1).base, unit("平方公里的", 0).factor == 10**6, unit("元/吨", 0).kind
    ('money', True, 'rate')
    >>> unit("成为", 0), unit("名义", 0), unit("四川", 1, True)
    (None, None, None)
    """
    for length in _LENGTHS:
        name = text[at:at + length]
        found = TABLE.get(name) if len(name) == length else None
        if found is None:
            continue
        follow = text[at + length:at + length + 1]
        if follow and follow in _REFUSED.get(name, ""):
            continue
        if name[-1].isascii() and name[-1].isalnum() and follow and _LATIN.match(follow):
            continue
        if chinese and name in _NOT_CHINESE:
            continue
        compound = _COMPOUND.match(text, at + length)
        if compound and found.kind not in ("percent", "grade", "points") and found.kind != "speed":
            per = compound.group()[1:]
            name = text[at:compound.end()]
            return TABLE[name] if name in TABLE else Unit(name, "rate", found.base, found.factor, per)
        return found
    return None
