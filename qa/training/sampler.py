"""Training rows of one epoch, drawn from the reading data, made-up reports and written ones; seeded."""
import random
import re

from .alter import Alter, Degrade
from .reports import made_up
from .samples import Question, Row

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
    """Draws the rows of one epoch: windows of some questions with one or two that do not answer, figures in context, made-up and written reports."""

    def __init__(self, reading, questions, candidates, written=None, asked=4000, reports=4000, clozes=300):
        self.reading, self.questions, self.candidates, self.written = reading, questions, candidates, written
        trained = sorted({q.passage for q in questions})
        self.cloze = cloze(reading, trained)
        self.alter = Alter(questions)
        self.degrade = Degrade("".join(reading.passages[p] for p in trained[:2000]))
        self.asked, self.reports, self.clozes = asked, reports, clozes

    def epoch(self, seed):
        rng = random.Random(seed)
        rows = []
        for i in rng.sample(range(len(self.questions)), min(self.asked, len(self.questions))):
            rows += self._of(rng, self.questions[i], self.candidates[i])
        for q in rng.sample(self.cloze, min(self.clozes, len(self.cloze))):
            rows += self._of(rng, q, [], negatives=0.6)
        rows += made_up(rng, self.reports)
        if self.written:
            rows += self.written.rows(rng, self.degrade)
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
