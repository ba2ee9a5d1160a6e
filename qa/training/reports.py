"""Made-up report sentences with questions and near misses: they teach that a figure belongs to one subject, measure and period.

In: a seeded `random.Random`. Out: rows (see `samples.Row`). Every name and figure is drawn at random; nothing is taken from a report.
"""
from . import words_en
from .samples import Row
from .words_zh import ACTS, FACTS, FIRMS, GIVEN, KINDS, MEASURES, OFFICES, PERIODS, PLACES, SLOGANS, SURNAMES, TENS, THINGS, TOPICS


def chinese(n):
    """47 → 四十七, for 1…99."""
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else TENS[tens] + "十") + (TENS[ones] if ones else "")


def number(rng, unit):
    """A figure fit for its unit, sometimes rounded with a hedge or in Chinese numerals: (hedge, digits)."""
    if unit[0] not in "%亿万" and rng.random() < 0.07:
        return "", chinese(rng.randint(2, 99))
    if unit == "%":
        return "", f"{rng.uniform(1, 80):.1f}"
    if unit[0] in "亿万" and rng.random() < 0.7:
        return "", f"{rng.uniform(1, 900):.{rng.choice((1, 2))}f}"
    n = rng.choice((rng.randint(2, 60), rng.randint(20, 900), rng.randint(500, 9000), rng.randint(1000, 90000)))
    if rng.random() < 0.25:
        return rng.choice(("近", "约", "超过", "")), str(max(10, round(n, -1)))
    return "", str(n)


class Piece:
    """Text under construction with marked answers."""

    def __init__(self, text=""):
        self.text, self.marks = text, {}

    def add(self, text, mark=None):
        if mark:
            self.marks[mark] = (len(self.text), len(self.text) + len(text))
        self.text += text
        return self


def subject(rng):
    u = rng.random()
    if u < 0.4:
        return rng.choice(PLACES) + rng.choice(KINDS)
    if u < 0.6:
        return rng.choice(("区", "市", "县", "该区")) + rng.choice(OFFICES)
    if u < 0.8:
        return rng.choice(PLACES) + rng.choice(FIRMS) + rng.choice(("公司", "集团", "有限公司", "厂"))
    return rng.choice(PLACES) + rng.choice(THINGS)


def person(rng):
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def day(rng):
    return rng.choice((f"{rng.randint(2015, 2022)}年{rng.randint(1, 12)}月", f"{rng.randint(2015, 2022)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日",
                       f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日", f"{rng.randint(2012, 2022)}年"))


def figures(rng):
    """A sentence with two to four figures, its heading, and (question, mark or None) pairs."""
    who, other = subject(rng), subject(rng)
    period, wrong_period = rng.sample(PERIODS, 2)
    chosen = rng.sample(MEASURES, rng.choice((2, 2, 3, 4)))
    absent = rng.choice([m for m in rng.sample(MEASURES, 5) if m not in chosen])
    in_heading = rng.random() < 0.3
    p = Piece()
    lead = rng.random()
    if lead < 0.6:
        p.add(period + rng.choice(("，", ",", "")))
    else:
        period = None
    if not in_heading:
        p.add(who)
    listed = rng.random() < 0.3
    if listed:
        p.add(rng.choice(("共有", "拥有", "累计建成", "新增", "完成", "现有")))
    asks, bare = [], []
    stem = who if not in_heading or rng.random() < 0.5 else ""
    when = period if period and rng.random() < 0.4 else ""
    for i, (name, unit) in enumerate(chosen):
        hedge, n = number(rng, unit)
        value = hedge + n + unit
        q = [f"{when}{stem}{name}是多少？", f"{stem}{when}{name}达到多少{unit}？", f"{stem}的{name}有多少{unit}？", f"{when}{stem}{name}多少？", f"{stem}有多少{unit}{name}？",
             f"{when}，{stem}{name}多少{unit}？" if when else f"{stem}{name}为多少？", f"{stem}{name}{'几' + unit if unit in '个家座所名' else '多少' + unit}？"]
        if listed:
            order = rng.random() < 0.5
            p.add("" if i == 0 else "、")
            if order:
                p.add(name).add(value, f"v{i}")
            else:
                p.add(value, f"v{i}").add(name)
        else:
            p.add("" if i == 0 else rng.choice(("，", "；", ",", ";", "，")))
            style = rng.random()
            if style < 0.25:
                p.add(name + rng.choice(("达", "达到", "完成", "突破", "为", "达到了", "实现", ""))).add(value, f"v{i}")
                p.add("，同比" + rng.choice(("增长", "下降", "提高"))).add(f"{rng.uniform(1, 40):.1f}%", f"g{i}")
                asks.append((rng.choice((f"{stem}{name}同比增长多少？", f"{stem}{name}增速是多少？", f"{when}{stem}{name}增长了百分之几？", f"{name}的同比变化是多少？")), f"g{i}"))
            elif style < 0.4:
                _, old = number(rng, unit)
                p.add(name + "从" + rng.choice(("", "上年的", "原来的", "2018年的"))).add(old + unit, f"o{i}").add(rng.choice(("增至", "增加到", "提高到", "上升到"))).add(value, f"v{i}")
                asks.append((rng.choice((f"{stem}{name}原来是多少？", f"{stem}{name}从多少{unit}增加的？")), f"o{i}"))
                q += [f"{stem}{name}增加到多少{unit}？", f"{stem}{name}增至多少？"]
            elif style < 0.48 and unit in ("亿元", "元", "万吨", "万人次", "亿千瓦时"):
                p.add(name + rng.choice(("同比", "比上年", ""))+ rng.choice(("增长", "下降"))).add(f"{rng.uniform(1, 40):.1f}%", f"g{i}")
                asks.append((rng.choice((f"{stem}{name}同比增长多少？", f"{stem}{name}增速是多少？", f"{stem}{name}变化了百分之几？")), f"g{i}"))
                bare.append(rng.choice((f"{stem}{name}是多少？", f"{stem}{name}有多少{unit}？", f"{stem}{name}总额是多少？")))
                continue
            elif style < 0.54:
                _, total = number(rng, unit)
                p.add("新增" + name).add(value, f"v{i}").add(rng.choice(("，总数达到", "，累计达", "，总量达到"))).add(total + unit, f"t{i}")
                q = [f"{stem}新增{name}多少{unit}？", f"{stem}新增了多少{name}？"]
                asks.append((rng.choice((f"{stem}{name}总数达到多少？", f"{stem}累计有多少{unit}{name}？", f"{stem}{name}一共有多少？")), f"t{i}"))
            elif style < 0.62:
                p.add(name + rng.choice(("达", "完成", "为"))).add(value, f"v{i}").add(rng.choice(("，居全市", "，位居全省", "，排名全市")))
                p.add(f"第{rng.choice('一二三四五六')}位", f"r{i}")
                asks.append((rng.choice((f"{stem}{name}排名第几？", f"{stem}{name}在全市排第几位？", f"{name}居第几位？")), f"r{i}"))
            else:
                p.add(name + rng.choice(("达", "达到", "完成", "突破", "为", "", "共", "累计"))).add(value, f"v{i}")
        asks.append((rng.choice(q), f"v{i}"))
    p.add(rng.choice(("。", "。", "。", "，", "；")))
    misses = [rng.choice((f"{when}{stem}{absent[0]}是多少？", f"{stem}{absent[0]}有多少{absent[1]}？", f"{stem}{absent[0]}多少？"))]
    name, unit = rng.choice(chosen)
    if stem or in_heading:
        misses.append(rng.choice((f"{other}{name}是多少？", f"{other}的{name}多少{unit}？")))
    if period:
        misses.append(rng.choice((f"{wrong_period}{stem}{name}是多少？", f"{stem}{wrong_period}{name}多少{unit}？")))
    if bare:
        misses = bare + misses[:1]
    if not asks:
        return figures(rng)
    if who[-1] in EN_KINDS and rng.random() < 0.16:
        return english_figures(rng, who, chosen, absent, p)
    plain = [i for i in range(len(chosen)) if f"g{i}" not in p.marks and f"v{i}" in p.marks]
    if plain and len(plain) < len(chosen):
        misses.append(f"{stem}{chosen[rng.choice(plain)][0]}同比增长多少？")
    plain = [i for i in range(len(chosen)) if f"r{i}" not in p.marks and f"v{i}" in p.marks]
    if plain and len(plain) < len(chosen):
        misses.append(f"{stem}{chosen[rng.choice(plain)][0]}排名第几？")
    return (who if in_heading else rng.choice(("", other[:2] + "工作纪实", rng.choice(SLOGANS), "发展成就"))), p, asks, misses


EN_KINDS = {k[-1] for k in words_en.KINDS}


def english_subject(who):
    """东湖区 → Donghu District; the subject itself where there is no English for it."""
    kind = next((k for k in sorted(words_en.KINDS, key=len, reverse=True) if who.endswith(k)), None)
    return words_en.latin(who[:-len(kind)]) + " " + words_en.KINDS[kind] if kind else who


def english_figures(rng, who, chosen, absent, p):
    """The same sentence asked about in English."""
    name_of, where = words_en.MEASURES, english_subject(who)

    def ask(name, unit):
        en = name_of[name]
        if unit[0] in "亿万%元亩平吨":
            return rng.choice((f"What was the {en} of {where}?", f"How much was {where}'s {en}?", f"What is {where}'s {en}?", f"How much {en} did {where} report?"))
        return rng.choice((f"How many {en} does {where} have?", f"How many {en} are there in {where}?", f"What is the number of {en}?", f"How many {en}?"))

    asks = [(ask(n, u), f"v{i}") for i, (n, u) in enumerate(chosen) if n in name_of and f"v{i}" in p.marks]
    asks += [(f"How much did {name_of[n]} grow?", f"g{i}") for i, (n, u) in enumerate(chosen) if n in name_of and f"g{i}" in p.marks]
    asks += [(f"Where does {where} rank in {name_of[n]}?", f"r{i}") for i, (n, u) in enumerate(chosen) if n in name_of and f"r{i}" in p.marks]
    if not asks or absent[0] not in name_of:
        return figures(rng)
    return rng.choice(("", "发展成就")), p, asks, [ask(*absent)]


def lists(rng):
    """Things listed: the list is the answer, without the words around it."""
    items, kind, verb = rng.choice(TOPICS)
    several = rng.sample(items.split("、"), rng.choice((2, 3, 3, 4)))
    who, other = subject(rng), subject(rng)
    p = Piece()
    if rng.random() < 0.4:
        p.add(rng.choice(PERIODS) + "，")
    p.add(who + rng.choice((verb, verb, "着力" + verb, "主要" + verb, "包括", "积极" + verb + "了")))
    p.add("、".join(several[:-1]) + rng.choice(("、", "和", "及")) + several[-1], "list")
    p.add(rng.choice((f"等{kind}", f"{len(several)}个{kind}", f"等{len(several)}项{kind}", f"等方面{kind}", f"等一系列{kind}", f"{kind}")))
    asks = [(rng.choice((f"{who}{verb}哪些{kind}？", f"{who}{verb}了什么{kind}？", f"{verb}的{kind}有哪些？", f"{who}的{kind}包括哪几个？", f"{who} {kind}", f"{who}{verb}哪{len(several)}个{kind}？")), "list")]
    if rng.random() < 0.4:
        _, n = number(rng, "个")
        p.add("，服务企业").add(n + "家", "n")
        asks.append((rng.choice((f"{who}服务了多少家企业？", f"{who}服务企业多少家？")), "n"))
    p.add("。")
    wrong = rng.choice([t for t in TOPICS if t[1] != kind])
    return rng.choice(("", rng.choice(SLOGANS), who)), p, asks, [f"{other}{verb}哪些{kind}？", f"{who}{wrong[2]}了哪些{wrong[1]}？", f"{who}何时{verb}这些{kind}？", f"谁负责{who}的{kind}？"]


def joint(rng):
    """One figure of several things together: it is the figure of none of them alone."""
    a, b, c = rng.sample([m for m in MEASURES if m[1] in ("家", "个", "所", "座", "名", "件")], 3)
    unit, who = a[1], subject(rng)
    hedge, n = number(rng, unit)
    several = [a[0], b[0]] + ([c[0]] if rng.random() < 0.4 else [])
    p = Piece(who + rng.choice(("有", "共有", "建成", "新增", "")))
    p.add("、".join(several) + rng.choice(("共", "共计", "", "合计"))).add(hedge + n + unit, "n").add("。")
    asks = [(rng.choice((f"{who}{'、'.join(several)}共有多少{unit}？", f"{who}{several[0]}和{several[1]}一共多少？" if len(several) == 2 else f"{'、'.join(several)}合计多少？")), "n")]
    return rng.choice(("", "发展成就", who)), p, asks, [f"{who}{rng.choice(several)}单独有多少{unit}？", f"其中{rng.choice(several)}有几{unit}？", f"{who}{several[0]}比{several[1]}多多少？"]


def bylines(rng):
    """Who wrote, photographed, edited."""
    names = [person(rng) for _ in range(3)]
    roles = rng.sample(("本报记者", "通讯员", "摄影", "文/图", "编辑", "本报通讯员", "实习生"), 2)
    p = Piece(rng.choice(("", "（", "(", rng.choice(SLOGANS) + "蔚然成风。(")))
    open_ = p.text[-1:] in "（("
    p.add(roles[0] + rng.choice((" ", "：", ""))).add(names[0], "a").add(rng.choice((" ", "　")) + roles[1] + rng.choice((" ", ""))).add(names[1], "b")
    if open_:
        p.add("）" if p.text.find("（") >= 0 else ")")
    word = {"本报记者": "记者", "文/图": "作者", "摄影": "摄影者", "本报通讯员": "通讯员"}
    w = [word.get(r, r) for r in roles]
    asks = [(rng.choice((f"{w[i]}是谁？", f"这篇报道的{w[i]}叫什么名字？", f"文章的{w[i]}是哪位？", f"{w[i]} 姓名")), "ab"[i]) for i in (0, 1)]
    return "", p, asks, [f"{names[0]}多大年纪？", "这篇报道哪天发表的？", f"{names[1]}是哪里人？", "报社的电话是多少？"]


def people(rng):
    """Who said, led or does what."""
    a, b = rng.sample(OFFICES, 2)
    post, other_post = rng.sample(("局长", "主任", "党组书记", "副局长", "负责人", "站长", "董事长", "总经理", "村支书", "院长", "校长"), 2)
    where = rng.choice(PLACES) + rng.choice(("区", "县", "市", ""))
    unit = where + a
    name, other = person(rng), person(rng)
    p = Piece()
    saying = rng.choice(("要把群众的事放在心上", "下一步将继续优化服务", "企业的难题就是我们的课题", "这几年变化太大了", "我们要用好每一分钱"))
    p.add(unit + post).add(name, "who").add(rng.choice(("说", "表示", "介绍", "告诉记者")) + rng.choice(("：“", "，“", ",“"))).add(saying, "said").add("。”")
    asks = [(rng.choice((f"{unit}{post}是谁？", f"{unit}的{post}叫什么名字？", f"谁是{unit}{post}？")), "who"), (rng.choice((f"谁说“{saying}”？", f"“{saying}”是谁说的？")), "who"),
            (rng.choice((f"{name}说了什么？", f"{unit}{post}怎么说？")), "said"), (rng.choice((f"{name}是什么职务？", f"{name}担任什么职务？")), "post")]
    p.marks["post"] = (0, len(unit + post))
    misses = [f"{where}{b}{post}是谁？", f"{unit}{other_post}是谁？", f"{other}说了什么？", f"{other}是什么职务？"]
    if rng.random() < 0.4:
        p.add(where + b + other_post + other + "也到现场。")
        misses = [f"{where}{b}{post}是谁？" if other_post != post else f"{other}说了什么？", f"{person(rng)}担任什么职务？", f"{other}说了什么？"]
    return rng.choice(("", unit, rng.choice(SLOGANS))), p, asks, misses


def events(rng):
    """When and where a thing began, ended, stands; what it is called."""
    thing, other = rng.choice(PLACES) + rng.choice(THINGS), rng.choice(PLACES) + rng.choice(THINGS)
    act, second, absent = rng.sample(ACTS, 3)
    where, maker = rng.choice(PLACES) + rng.choice(("路", "大道", "镇", "村", "街")), rng.choice(PLACES) + rng.choice(FIRMS) + "公司"
    slogan = rng.choice(SLOGANS)
    p = Piece()
    d1, d2 = day(rng), day(rng)
    order = rng.random()
    if order < 0.5:
        p.add(d1, "d1").add(rng.choice(("，", ",", "")) + thing + rng.choice(("正式", "", "顺利", "全面")) + act)
    else:
        p.add(thing + rng.choice(("于", "在", "自"))).add(d1, "d1").add(rng.choice(("正式", "", "")) + act)
    asks = [(rng.choice((f"{thing}什么时候{act}？", f"{thing}哪年{act}的？" if "年" in d1 else f"{thing}何时{act}？", f"{thing}{act}是哪一天？", f"{thing}{act}时间")), "d1")]
    misses = [f"{thing}什么时候{absent}？", f"{other}什么时候{act}？"]
    if rng.random() < 0.5:
        p.add(rng.choice(("，", "；")) + rng.choice(("预计", "计划", ""))).add(d2, "d2").add(second)
        asks.append((rng.choice((f"{thing}什么时候{second}？", f"{thing}何时{second}？", f"{thing}预计哪天{second}？")), "d2"))
    if rng.random() < 0.5:
        p.add("。该项目位于").add(where, "where").add("，由").add(maker, "maker").add(rng.choice(("建设", "投资建设", "承建")))
        asks += [(rng.choice((f"{thing}位于哪里？", f"{thing}在什么地方？")), "where"), (rng.choice((f"{thing}由谁建设？", f"{thing}是哪家公司建的？", f"哪家企业承建{thing}？")), "maker")]
    else:
        misses += [f"{thing}位于哪里？", f"{thing}是哪家公司建的？"]
    facts = rng.sample(FACTS, 4)
    for i, (name, unit, *ways) in enumerate(facts):
        if i < 2 and rng.random() < 0.45:
            _, n = number(rng, unit)
            p.add("，" + name).add(n + unit, f"f{i}")
            asks.append((thing + rng.choice(ways) + "？", f"f{i}"))
        elif i >= 2:
            misses.append(thing + rng.choice(ways) + "？")
    misses += rng.sample([f"{thing}{act}仪式上谁讲话？", f"{thing}由谁设计？", f"{thing}为什么{act}？", f"有多少人参加{thing}{act}？", f"{thing}是谁批准的？", f"{thing}负责人叫什么？"], 2)
    if rng.random() < 0.15:
        en, acts = words_en.latin(thing[:2]) + " " + words_en.THINGS[thing[2:]], words_en.ACTS
        asks = [(rng.choice((f"When did the {en} {acts[act]}?", f"On what date did the {en} {acts[act]}?", f"When will the {en} {acts[act]}?")), "d1")]
        asks += [(f"Where is the {en}?", "where"), (f"Which company built the {en}?", "maker")] if "where" in p.marks else []
        misses = [f"When did the {en} {acts[absent]}?", f"How much did the {en} cost?", f"Who designed the {en}?"]
    if rng.random() < 0.4:
        p.add("，推行“").add(slogan, "slogan").add("”" + rng.choice(("模式", "机制", "理念", "做法")))
        asks.append((rng.choice(("推行了什么模式？", f"{thing}推行什么做法？", "实行的是什么机制？")), "slogan"))
    else:
        misses.append(f"{thing}推行了什么模式？")
    p.add("。")
    return rng.choice(("", slogan, "项目建设", thing)), p, asks, misses


def made_up(rng, count):
    """`count` rows; about half of them answer."""
    rows = []
    while len(rows) < count:
        heading, p, asks, misses = rng.choice((figures, figures, figures, figures, people, events, events, lists, joint, bylines if rng.random() < 0.4 else lists))(rng)
        after = rng.choice((figures, people, events))(rng)[1].text if rng.random() < 0.3 else ""
        head = heading + "：" if heading else ""
        window = head + p.text + after
        for q, mark in rng.sample(asks, 1):
            s, e = p.marks[mark]
            rows.append(Row(q, window, s + len(head), e + len(head)))
        for q in rng.sample(misses, 1):
            rows.append(Row(q, window, -1, -1))
    return rows[:count]
