"""Side by side: `python -m benchmarks.compare.run [FILE] [PAIRS] [--split report] [--limit N] [--rounds 3] [--out FILE.json]`.

Runs every contender ROUNDS times in turn, each in its own process, all in one go on one machine, and prints a Markdown table of
medians with the ratio of each time to ours. A contender whose packages are missing is named and left out.
"""
from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.compare.contenders import CONTENDERS
from evaluation.tables import markdown
from qa.settings import ROOT

OURS = "据实"
TIMES = ("ms_question", "ms_passage", "start_s", "memory_mb")


def measured(name: str, options: argparse.Namespace) -> dict | None:
    """One run of one contender; None where it fails, which is told."""
    done = subprocess.run([sys.executable, "-m", "benchmarks.compare.measure", name, str(options.file), str(options.pairs), options.split, str(options.limit)],
                          cwd=ROOT, capture_output=True, text=True, env=os.environ | {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"})
    if done.returncode:
        print(f"{name} 没有跑成：{(done.stderr.strip().splitlines() or ['没有说明'])[-1]}", file=sys.stderr)
        return None
    return json.loads(done.stdout.strip().splitlines()[-1])


def merged(runs: list[dict]) -> dict:
    """The medians of a contender's rounds; what is no number is the first's.

    >>> merged([{"name": "a", "ms": 1.0}, {"name": "a", "ms": 5.0}, {"name": "a", "ms": 2.0}])
    {'name': 'a', 'ms': 2.0}
    """
    return {key: statistics.median(run[key] for run in runs) if isinstance(value, (int, float)) else value for key, value in runs[0].items()}


def table(results: list[dict]) -> list[list[str]]:
    """A line a contender; in brackets, times as multiples of ours."""
    ours = next((r for r in results if r["name"] == OURS), None)

    def timed(result: dict, key: str) -> str:
        return f"{result[key]:.1f}" + (f"（{result[key] / ours[key]:.2f}）" if ours and result is not ours else "")

    def share(value: float | None) -> str:
        return "—" if value is None else f"{value:.3f}"
    rows = [[r["name"], *(share(r[key] if r["characters"] else None) for key in ("success@1", "success@5", "verbatim")), f"{r['characters']:.0f}" if r["characters"] else "—",
             f"{r['passages']:.0f}", *(timed(r, key) for key in TIMES)] for r in results]
    return [["", "success@1", "success@5", "逐字", "每段字数", "段数", "毫秒／问", "毫秒／段（索引）", "启动（秒）", "内存（MB）"], *rows]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare.run")
    parser.add_argument("file", nargs="?", type=Path, default=ROOT / "data" / "report.md")
    parser.add_argument("pairs", nargs="?", type=Path, default=ROOT / "data" / "qa.jsonl")
    parser.add_argument("--split", default="report")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", action="append", default=[], choices=list(CONTENDERS))
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    options.file, options.pairs = options.file.resolve(), options.pairs.resolve()
    runs: dict[str, list[dict]] = {}
    for _ in range(options.rounds):
        for name in options.only or CONTENDERS:
            if result := measured(name, options):
                runs.setdefault(name, []).append(result)
    results = [merged(found) for found in runs.values()]
    print(markdown(table(results)))
    if options.out:
        options.out.write_text(json.dumps(results, ensure_ascii=False, indent=1), "utf-8")
    return 0 if results else 1


if __name__ == "__main__":
    sys.exit(main())
