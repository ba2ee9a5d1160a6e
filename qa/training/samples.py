"""Reading data → training rows: windows as the program makes them, hard negatives, degraded questions.

In: the folder with `cmrc2018` and `drcd` (passages.jsonl, questions.jsonl). Out: `Row`s. The dev split of CMRC2018 is
never trained on. Everything is drawn from a `random.Random` that the caller seeds.
"""
import json
import os
import random
import re
from collections import defaultdict
from dataclasses import dataclass

SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]+[”’」』）)]*|[^。！？!?；;\n]+$")
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


@dataclass(frozen=True)
class Row:
    """One reading: a question, a window, the answer's place in the window (start < 0: it does not answer)."""
    question: str
    window: str
    start: int
    end: int


@dataclass(frozen=True)
class Question:
    text: str
    passage: str
    answers: tuple
    start: int
    end: int
    split: str


def sentences(text, longest=260):
    """Half-open ranges that cover `text`; a sentence longer than `longest` is cut at commas.

    >>> [ "一。二！三"[a:b] for a, b in sentences("一。二！三")]
    ['一。', '二！', '三']
    """
    out = []
    for m in SENTENCE.finditer(text):
        a, b = m.span()
        while b - a > longest:
            at = max(text.rfind("，", a + 40, a + longest), text.rfind("、", a + 40, a + longest), text.rfind(",", a + 40, a + longest))
            at = at + 1 if at > 0 else a + longest
            out.append((a, at))
            a = at
        out.append((a, b))
    return out


class Reading:
    """Passages with their sentences, and the questions whose answer stands in its passage."""

    def __init__(self, folder, simplify=None):
        self.passages, self.titles, self.ranges, self.questions = {}, {}, {}, []
        self.of_split = defaultdict(list)
        for name in ("cmrc2018", "drcd"):
            change = simplify if name == "drcd" and simplify else (lambda s: s)
            for line in open(os.path.join(folder, name, "passages.jsonl"), encoding="utf-8"):
                p = json.loads(line)
                self.passages[p["id"]] = change(p["text"])
                self.titles[p["id"]] = change(p["title"] or "")
                self.ranges[p["id"]] = sentences(self.passages[p["id"]])
                self.of_split[name + "-" + p["split"]].append(p["id"])
            for line in open(os.path.join(folder, name, "questions.jsonl"), encoding="utf-8"):
                q = json.loads(line)
                text = self.passages[q["passage_id"]]
                answers = tuple(change(a) for a in q["answers"])
                start = q["answer_starts"][0]
                if text[start:start + len(answers[0])] != answers[0]:
                    start = text.find(answers[0])
                if start < 0 or not answers[0]:
                    continue
                self.questions.append(Question(change(q["question"]), q["passage_id"], answers, start, start + len(answers[0]),
                                               name + "-" + q["split"]))

    def window(self, rng, passage, first, last, room, heading=0.75):
        """(window text, offset of the passage's characters in it): sentences first..last grown by neighbours to `room` characters."""
        r = self.ranges[passage]
        while True:
            grown = False
            for side in rng.sample((0, 1), 2):
                a, b = (first - 1, last) if side else (first, last + 1)
                if 0 <= a and b < len(r) and r[b][1] - r[a][0] <= room:
                    first, last, grown = a, b, True
                    break
            if not grown:
                break
        a, b = r[first][0], r[last][1]
        title = self.titles[passage]
        head = title + "：" if title and rng.random() < heading else ""
        return head + self.passages[passage][a:b], len(head) - a

    def covering(self, passage, start, end):
        """Indices of the first and last sentence that hold the range."""
        r = self.ranges[passage]
        inside = [i for i, (a, b) in enumerate(r) if a < end and b > start]
        return inside[0], inside[-1]

    def positive(self, rng, q):
        """The window with the answer, or None when it would be longer than a reader's window."""
        first, last = self.covering(q.passage, q.start, q.end)
        r = self.ranges[q.passage]
        if r[last][1] - r[first][0] > 330:
            return None
        text, shift = self.window(rng, q.passage, first, last, rng.choice((0, 60, 100, 140, 180, 240)))
        return Row(q.text, text, q.start + shift, q.end + shift)

    def without(self, rng, q, passage, i):
        """The window around sentence i as a negative for q, or None when it holds an answer of q."""
        text, _ = self.window(rng, passage, i, i, rng.choice((0, 0, 60, 120, 180)))
        if any(a in text for a in q.answers) or len(text) > 330:
            return None
        return Row(q.text, text, -1, -1)


def bm25_candidates(reading, questions, passages, k=12):
    """For each question the best k sentences of the given passages, as (passage, sentence index), best first; characters and pairs."""
    import bm25s
    places = [(p, i) for p in passages for i in range(len(reading.ranges[p]))]
    grams = lambda s: [s[i:i + n] for n in (1, 2) for i in range(len(s) - n + 1) if s[i:i + n].strip()]
    text = lambda p, i: reading.titles[p] + "：" + reading.passages[p][slice(*reading.ranges[p][i])]
    index = bm25s.BM25()
    index.index([grams(text(p, i)) for p, i in places], show_progress=False)
    best, _ = index.retrieve([grams(q.text) for q in questions], k=k, show_progress=False)
    return [[places[j] for j in row] for row in best]


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
        from collections import Counter
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


FIGURE = re.compile(r"(约|近|超过|逾)?(?<![\d.])(\d[\d,]*(?:\.\d+)?)(多|余)?(万|亿|千|百)?(平方公里|平方米|公里|千米|公顷|米|人次|人|元|美元|英镑|日元|吨|公斤|千克|克|岁|家|个|座|所|部|名|位|次|层|条|辆|架|艘|集|张|册|种|年|天|小时|分钟|%|％|分)(?!代|级|月)")


def cloze(reading, passages):
    """Questions for figures, made from the clause before them: "全长12公里" → "…全长多少公里？" as `Question`s."""
    out = []
    for p in passages:
        text = reading.passages[p]
        for m in FIGURE.finditer(text):
            begin = max(text.rfind(c, 0, m.start()) for c in "。；，、（(！？：\n") + 1
            clause = text[begin:m.start()]
            if not 3 <= len(clause) <= 24 or re.search(r"[\d《》「」“”]", clause) or not re.search("[一-鿿]{2}", clause):
                continue
            if m.group(5) == "年" and len(m.group(2)) == 4:
                q = clause + "哪一年？"
            else:
                q = clause + "多少" + (m.group(4) or "") * (len(clause) % 2) + m.group(5) + "？"
            title = reading.titles[p]
            if title and title not in q and len(clause) < 12:
                q = title + ("的" if len(clause) % 2 else "") + q
            out.append(Question(q, p, (m.group(),), m.start(), m.end(), "cloze"))
    return out


class Sampler:
    """Draws one epoch of rows: each question's window, one or two negatives, figures in context and made-up reports."""

    def __init__(self, reading, questions, candidates, reports=16000, clozes=2500):
        self.reading, self.questions, self.candidates = reading, questions, candidates
        trained = sorted({q.passage for q in questions})
        self.cloze = cloze(reading, trained)
        self.alter = Alter(questions)
        self.degrade = Degrade("".join(reading.passages[p] for p in trained[:2000]))
        self.reports, self.clozes = reports, clozes

    def epoch(self, seed):
        from .reports import made_up
        rng = random.Random(seed)
        rows = []
        for q, wrong in zip(self.questions, self.candidates):
            rows += self._of(rng, q, wrong)
        for q in rng.sample(self.cloze, min(self.clozes, len(self.cloze))):
            rows += self._of(rng, q, [], negatives=0.6)
        rows += made_up(rng, self.reports)
        rng.shuffle(rows)
        return rows

    def _subject(self, rng, q):
        """Something the question names, else the passage's title."""
        named = [w for w, _ in self.alter.tags.get(q.text, ())]
        return rng.choice(named) if named and rng.random() < 0.6 else self.reading.titles[q.passage]

    def _of(self, rng, q, wrong, negatives=1.3):
        good = self.reading.positive(rng, q)
        if good is None:
            return []
        rows = [good]
        count = int(negatives) + (rng.random() < negatives % 1)
        for _ in range(count):
            u, row = rng.random(), None
            if u < 0.3:
                changed = self.alter(rng, q.text, good.window) if u > 0.09 else self.alter.facet(rng, self._subject(rng, q), good.window)
                row = changed and Row(changed, good.window, -1, -1)
            if row is None and u < 0.62 and wrong:
                row = self.reading.without(rng, q, *rng.choice(wrong[:8]))
            if row is None:
                row = self.reading.without(rng, q, q.passage, rng.randrange(len(self.reading.ranges[q.passage])))
            if row:
                rows.append(row)
        return [Row(self.degrade(rng, r.question), r.window, r.start, r.end) for r in rows]
