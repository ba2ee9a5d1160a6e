"""How long the fact check takes: milliseconds a figure for a draft of 2,000 characters, beside the ledger alone and reading its figures alone.

    python -m benchmarks.figures [--report data/report.md] [--claims data/claims.jsonl] [--characters 2000] [--rounds 5]

The draft is made of the report's own sentences, every other one with its figures changed; a second one of the claims on it, true and wrong, which mostly say
things in other words and so are put to the learned models. All is timed in one run, the best of the rounds counts, so that the ratios hold on a machine that
others use too. The exit status is 1 where the check of the first draft takes a second or more.
"""
from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path

from figures.check import check
from figures.line import Line
from figures.verdict import CheckResult
from ingest.document import Document
from qa.assistant import Assistant, ingest
from qa.settings import ROOT, Settings
from quantities.parse import parse

LIMIT = 1.0  # seconds for a draft


def draft_of(document: Document, characters: int) -> str:
    """A draft of about so many characters: the document's sentences with figures, in every other one each digit 3 a 4."""
    told = [s.text.strip() for s in document.sentences if s.kind == "paragraph" and parse(s.text)]
    if not told:
        raise ValueError("没有带数字的句子")
    out = ""
    for number, text in enumerate(cycle(told)):
        if len(out) >= characters:
            return out[:characters]
        out += text if number % 2 else re.sub("3", "4", text)
    return out


def claims_of(path: Path, characters: int) -> str:
    """A draft of about so many characters: the claims of a file, one after another."""
    told = [json.loads(row)["claim"].strip() for row in path.read_text(encoding="utf-8").splitlines()]
    return "".join(text if text[-1] in "。！？" else text + "。" for text in told)[:characters]


def best(work: Callable[[], object], rounds: int) -> float:
    """The shortest of several runs, in seconds."""
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.figures", description="核查一篇稿件要多久")
    parser.add_argument("--report", type=Path, default=ROOT / "data" / "report.md")
    parser.add_argument("--claims", type=Path, default=ROOT / "data" / "claims.jsonl")
    parser.add_argument("--characters", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(index=Path(folder) / "index")
        document, = ingest(settings, [given.report], (2022, 1))
        assistant = Assistant.open(settings)
        started = time.perf_counter()
        book = assistant.book()
        built = time.perf_counter() - started

        def anew(text: str) -> CheckResult:
            book.checked.clear()
            return assistant.check(text)

        draft = draft_of(document, given.characters)
        first = best(lambda: assistant.check(draft), 1)
        warm = best(lambda: anew(draft), given.rounds)
        again = best(lambda: assistant.check(draft), given.rounds)
        claims = claims_of(given.claims, given.characters)
        reworded = best(lambda: anew(claims), given.rounds)
        changed = best(lambda: assistant.check(claims.replace("3", "4", 1)), 1)
    alone = best(lambda: check(draft, book), given.rounds)
    parsed = best(lambda: parse(draft), given.rounds)
    lined = best(lambda: [Line.read(s) for s in draft.split("。")], given.rounds)
    figures = max(1, len(check(draft, book).figures))
    print(f"稿件 {len(draft)} 字，{figures} 个数字；台账 {len(book.rows)} 行，另推算 {len(book.derived)} 行，建台账 {built:.2f} 秒")
    print(f"核查：首次 {first:.2f} 秒，之后 {warm:.2f} 秒，每个数字 {1000 * warm / figures:.1f} 毫秒；不用阅读模型 {alone:.2f} 秒（前者是它的 {warm / alone:.1f} 倍）；同一稿再查 {again:.3f} 秒")
    told = max(1, len(check(claims, book).figures))
    print(f"改写的稿件 {len(claims)} 字，{told} 个数字：{reworded:.2f} 秒，每个数字 {1000 * reworded / told:.1f} 毫秒（是照抄的 {reworded / told / (warm / figures):.1f} 倍）；改一处再查 {changed:.2f} 秒")
    print(f"只读数字 {parsed:.3f} 秒（核查是它的 {warm / parsed:.0f} 倍），读数字并分词 {lined:.3f} 秒（{warm / lined:.0f} 倍）")
    return int(max(first, warm) >= LIMIT)


if __name__ == "__main__":
    sys.exit(main())
