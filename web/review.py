"""A check under review at the desk: what the program found, place by place, and what the person at the desk made of it.

A `Review` is made from a CheckResult by `begin` and changed only by its own methods, each of which gives a new one. Offsets are those of the draft.
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from figures.verdict import CONTRADICTED, NAMES, NOT_MENTIONED, SUPPORTED, CheckResult, ClaimVerdict, worst
from ingest.document import Citation, Span

SIGNS = {CONTRADICTED: "✗", NOT_MENTIONED: "?", SUPPORTED: "✓"}
UNCHECKED = "未核查"  # how the reason of a claim begins that was beyond the number checked at once
LONGEST_NOTE = 500


@dataclass(frozen=True)
class Item:
    """One place of a draft that has a verdict: a figure, or a whole claim where its figures do not carry its verdict. `sentence` is the claim around it."""

    text: str
    start: int
    end: int
    verdict: str
    reason: str
    sentence: str
    figure: bool = True
    source: str | None = None
    citation: Citation | None = None

    @property
    def correction(self) -> str:
        """What to write instead, where the report has another value for the same thing; else "".

        >>> Item("85家", 0, 3, CONTRADICTED, "数字不符(原文为75家)", "85家", source="75家").correction
        '75家'
        >>> Item("75家", 0, 3, CONTRADICTED, "主体不符:原文这个数字说的不是“乙区”", "75家", source="75家").correction
        ''
        """
        said = self.source and self.reason.endswith((f"原文为{self.source})", f"原文为{self.source}）", f"原文是{self.source}的"))
        return self.source or "" if self.verdict == CONTRADICTED and said and self.source != self.text else ""


@dataclass(frozen=True)
class Decision:
    """What a person decided of an item: another verdict, or "" where the program's was accepted; and a note."""

    verdict: str = ""
    note: str = ""


@dataclass(frozen=True)
class Review:
    """draft: as checked. claims: where each begins and ends. unchecked: how many claims were beyond the number checked at once.

    documents: name → SHA-256 of the documents compared with. when: the date and time of the check. decisions, applied: by index of the item.
    """

    draft: str
    items: tuple[Item, ...]
    claims: tuple[Span, ...]
    documents: Mapping[str, str]
    when: str
    unchecked: int = 0
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    applied: frozenset[int] = frozenset()

    def verdict(self, index: int) -> str:
        """The verdict that holds: the person's where there is one."""
        decision = self.decisions.get(index)
        return decision.verdict if decision and decision.verdict else self.items[index].verdict

    @property
    def counts(self) -> Counter[str]:
        return Counter(self.verdict(i) for i in range(len(self.items)))

    @property
    def overruled(self) -> int:
        return sum(self.verdict(i) != item.verdict for i, item in enumerate(self.items))

    @property
    def corrected(self) -> str:
        """The draft with the corrections that were taken."""
        text = self.draft
        for i in sorted(self.applied, key=lambda i: -self.items[i].start):
            item = self.items[i]
            text = text[:item.start] + item.correction + text[item.end:]
        return text

    def decided(self, index: int, decision: Decision | None) -> Review:
        """With a decision on an item, or without one. Raises ValueError for an item or a verdict that there is not."""
        if not 0 <= index < len(self.items) or decision and decision.verdict not in ("", *NAMES):
            raise ValueError(f"no such decision: {index}, {decision}")
        kept = {i: d for i, d in self.decisions.items() if i != index}
        if decision is None:
            return replace(self, decisions=kept)
        verdict = "" if decision.verdict == self.items[index].verdict else decision.verdict
        return replace(self, decisions=kept | {index: Decision(verdict, decision.note.strip()[:LONGEST_NOTE])})

    def turned(self, index: int) -> Review:
        """With the correction of an item taken, or taken back. Raises ValueError for an item without one."""
        if not 0 <= index < len(self.items) or not self.items[index].correction:
            raise ValueError(f"no correction: {index}")
        return replace(self, applied=self.applied ^ {index})

    def carried(self, earlier: Review | None) -> Review:
        """With the decisions of an earlier check on what stands in the same sentence with the same verdict."""
        made: dict[tuple, list[Decision]] = {}
        for i, decision in sorted(earlier.decisions.items()) if earlier else ():
            made.setdefault(_key(earlier.items[i]), []).append(decision)
        return replace(self, decisions={i: left.pop(0) for i, item in enumerate(self.items) if (left := made.get(_key(item)))})


def _key(item: Item) -> tuple:
    return item.sentence, item.text, item.figure, item.verdict, item.source


def items_of(draft: str, claim: ClaimVerdict) -> list[Item]:
    """The figures of a claim in order, and after them the claim itself where its verdict is not theirs."""
    sentence = draft[claim.start:claim.end]
    found = [Item(f.text, f.start, f.end, f.verdict, f.reason, sentence, True, f.source, f.citation) for f in sorted(claim.figures, key=lambda f: f.start)]
    if not found or claim.verdict != worst(f.verdict for f in claim.figures):
        found.append(Item(sentence, claim.start, claim.end, claim.verdict, claim.reason, sentence, False, None, next(iter(claim.citations), None)))
    return found


def begin(result: CheckResult, documents: Mapping[str, str], when: str) -> Review:
    """A check as it comes from the program."""
    checked = [claim for claim in result.claims if not claim.reason.startswith(UNCHECKED)]
    items = tuple(item for claim in checked for item in items_of(result.claim, claim))
    return Review(result.claim, items, tuple((c.start, c.end) for c in checked), documents, when, len(result.claims) - len(checked))


def summary(review: Review) -> str:
    """One line: how many places have which verdict, and how many of them by a person's.

    >>> summary(Review("", (Item("1家", 0, 2, SUPPORTED, "相符", "1家"),), ((0, 2),), {}, ""))
    '相符 1 · 不符 0 · 未提及 0'
    """
    counts = review.counts
    line = " · ".join(f"{NAMES[v]} {counts[v]}" for v in NAMES)
    return line + (f"（人工改判 {review.overruled} 处）" if review.overruled else "")
