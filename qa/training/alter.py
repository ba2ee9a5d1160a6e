"""Questions changed: so that a window no longer answers them (`Alter`), or into what people type (`Degrade`). Drawn from a seeded `random.Random`."""
import re
from collections import Counter, defaultdict

CUE = re.compile("什么|多少|哪些|哪一|哪个|哪里|哪儿|哪种|哪|谁|何时|何地|为何|如何|为什么|怎么样|怎样|怎么|几|是否|请问|吗|呢|有|是|的|了|在|被|由|于|于是|其|该|这|？|\\?|，|。")
SIBLINGS = [w.split() for w in (
    "出生 去世|成立 解散|创立 关闭|面积 人口 海拔|长度 宽度 高度|全长 总投资|最大 最小|最高 最低|最早 最晚|第一 第二 第三 第四|父亲 母亲|妻子 丈夫 儿子|"
    "增长 下降|增加 减少|进口 出口|收入 支出|上任 卸任|开工 竣工|动工 完工|开通 停运|开始 结束|首播 完结|作者 译者 编剧 导演|冠军 亚军 季军|东部 西部 南部 北部|"
    "东 西 南 北|上映 开拍|毕业 入学|结婚 离婚|发行 停刊|主角 配角|优点 缺点|原因 结果 目的|国内 国外|男性 女性|上半年 下半年|去年 今年|签署 废除|"
    "校长 院长 主席|总部 分部|学生 教师 教授|城市 农村|降雨量 气温|身高 体重|投资 利润|产量 销量|党员 群众|英文 日文 法文").split("|")]

FACETS = [f.split("/") for f in (                 # what may be asked of a subject / words without which a window does not say it
    "总投资是多少/投资|资金|耗资|造价|费用 投资了多少钱/投资|资金|耗资|造价|费用 面积有多大/面积|平方|公顷|亩 占地多少亩/占地|面积|亩|公顷|平方 哪一年建成/建|完工|竣工|落成|年 全长多少公里/长|公里|米 有多少员工/员工|职工|雇|人|名 "
    "年产量是多少/产量|年产|吨 价格是多少/价|售|元|费 身高是多少/身高|公分|厘米|米 地址在哪里/位于|坐落|地址|路|街|在 获得了什么奖项/奖|荣获|获 毕业于哪所学校/毕业|大学|学|读 妻子是谁/妻|夫人|娶|结婚|嫁|后 "
    "出生在哪里/出生|生于|人 票房是多少/票房|元 收视率是多少/收视 排名第几/第|排名|名列|冠|居 同比增长多少/增|升|涨|% 由谁设计/设计|建筑师 由谁创办/创|成立|建立|办 负责人叫什么名字/长|任|主席|总|领|负责 海拔是多少/海拔|米 "
    "人口有多少/人口|人|户 什么时候投入使用/使用|启用|开通|通车|运营|年 什么时候完成/完成|完工|竣工|结束|年 目标是多少/目标|计划|力争|预计 预算是多少/预算|元 参加的人有谁/参加|出席|参与 具体是哪三项/三|、 使用寿命多长/寿命|年 "
    "总部设在哪里/总部|位于|设 注册资本是多少/资本|资金|元 营业额是多少/营业|营收|收入|销售|元 有几个兄弟/兄|弟|哥|子 共有多少页/页 由哪家公司承建/公司|集团|承建|建").split()]
ASKS = [a.split("/") for a in "哪一年/年|\\d 多少钱/元|钱|币|费 多少人/人|名|位 多少公里/公里|米|千米 百分之几/%|百分|成 哪一天/日|月 几点/点|时 第几名/第|名".split()]
ASKED = re.compile("是谁|谁|哪位|什么时候|哪一年|哪年|何时|哪里|哪儿|多少\\w?|什么")


class Alter:
    """Changes a year, number, name or measure of a question so that its window no longer answers it."""

    def __init__(self, questions):
        import jieba.posseg
        self.names = defaultdict(set)
        self.tags = {}
        for q in questions:
            tagged = [(w.word, w.flag[:2]) for w in jieba.posseg.cut(q.text)]
            self.tags[q.text] = [(w, f) for w, f in tagged if len(w) > 1 and f in ("nr", "ns", "nt", "nz")]
            self.tags[q.text] += [(w, "《》") for w in re.findall(r"《([^》]+)》", q.text)]
            for w, f in self.tags[q.text]:
                self.names[f].add(w)
        self.names = {f: sorted(v) for f, v in self.names.items()}

    def __call__(self, rng, question, window):
        """The changed question, or None when nothing in it is borne out by the window alone."""
        ways = []
        for m in re.finditer(r"(?<!\d)\d{1,4}(?!\d)", question):
            if re.search(rf"(?<!\d){m.group()}(?!\d)", window):
                ways.append((m.span(), self._number(rng, m.group())))
        for w, f in self.tags.get(question, ()):
            at = question.find(w)
            if w in window and at >= 0:
                ways.append(((at, at + len(w)), rng.choice(self.names[f])))
        for group in SIBLINGS:
            for w in group:
                at = question.find(w)
                if at >= 0 and w in window and len(w) > 1:
                    ways.append(((at, at + len(w)), rng.choice([x for x in group if x != w])))
        if rng.random() < 0.3 or not ways:                    # another kind of answer than the window has
            new, needs = rng.choice(ASKS)
            m = ASKED.search(question)
            if m and not re.search(needs, window):
                ways = [(m.span(), new)]
        ways = [(s, new) for s, new in ways if new not in window and new != question[s[0]:s[1]] and new not in question]
        if not ways:
            return None
        (a, b), new = rng.choice(ways)
        return question[:a] + new + question[b:]

    @staticmethod
    def facet(rng, subject, window):
        """A question about something else of the subject, which the window does not speak of; None when it may."""
        ask, needs = rng.choice(FACETS)
        if not subject or re.search(needs, window.split("：", 1)[-1]):
            return None
        return subject + rng.choice(("的", "", "")) + ask + rng.choice(("？", "？", ""))

    @staticmethod
    def _number(rng, number):
        """A near number of the same width: 1998 → 1997."""
        n = int(number)
        return str(max(1, n + rng.choice((-10, -5, -3, -2, -1, 1, 2, 3, 5, 10))))


class Degrade:
    """Questions as people type them: homophones, bare keywords, no question mark, polite openings."""

    def __init__(self, text):
        from pypinyin import lazy_pinyin
        common = [c for c, n in Counter(c for c in text if "一" <= c <= "鿿").most_common(3000)]
        sound = {c: lazy_pinyin(c)[0] for c in common}
        group = defaultdict(list)
        for c in common:
            group[sound[c]].append(c)
        self.like = {c: [o for o in group[sound[c]] if o != c][:8] for c in common}

    def __call__(self, rng, question):
        u = rng.random()
        if u < 0.05:
            at = [i for i, c in enumerate(question) if self.like.get(c) and not CUE.search(c)]
            for i in rng.sample(at, min(len(at), rng.choice((1, 1, 2)))):
                question = question[:i] + rng.choice(self.like[question[i]]) + question[i + 1:]
        elif u < 0.12:
            bare = CUE.sub(" ", question)
            words = bare.split()
            if sum(map(len, words)) >= 4:
                question = rng.choice(("", " ")).join(words)
        elif u < 0.27:
            question = question.rstrip("？?")
        elif u < 0.31:
            question = rng.choice(("请问", "请问一下，", "根据报道，", "文中提到", "报告里说", "我想知道", "查一下")) + question
        return question
