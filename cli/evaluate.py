"""`eval`: question and answer pairs, or claims with known verdicts, through the program, as measures."""
from __future__ import annotations

import argparse
from pathlib import Path

from cli.parser import extractive, settings_of
from ingest.document import UserError


def add(commands, common: argparse.ArgumentParser) -> None:
    score = commands.add_parser("eval", parents=[common], help="用问答对评测", description="用问答对和待核查的话评测。退出状态:0 做完且达到阈值,1 有阈值没有达到,2 没法评测。")
    score.add_argument("pairs", nargs="?", type=Path, metavar="PAIRS", help="问答对:JSON Lines 或 CSV")
    score.add_argument("--claims", type=Path, metavar="FILE", help="待核查的话和应有的结论:JSON Lines 或 CSV")
    score.add_argument("--mutate", metavar="NAME", help="不用现成的题,从这个已索引文档自己的数字出题")
    score.add_argument("--seed", type=int, default=7, metavar="N", help="--mutate 出题的随机种子,默认 7")
    score.add_argument("--out", type=Path, metavar="DIR", help="写 report.json、records.jsonl、report.md、report.html 的文件夹")
    score.add_argument("--threshold", action="append", default=[], metavar="NAME=VALUE", help="没达到则退出状态为 1,可重复")
    score.add_argument("--thresholds", type=Path, metavar="FILE", help="阈值文件:{\"名称\": 数值, …}")
    score.add_argument("--limit", type=count, metavar="N", help="只做前 N 问、前 N 句(--mutate:每种最多 N 句)")
    score.add_argument("--split", default="", metavar="NAME", help="只做 split 是它的")
    score.add_argument("--compare", type=Path, metavar="DIR", help="与另一次评测的结果比较")
    score.add_argument("--resume", action="store_true", help="接着 --out 里没做完的那次")
    extractive(score)
    score.set_defaults(run=run)


def count(text: str) -> int:
    """A number of rows. Raises UserError.

    >>> count("20")
    20
    """
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise UserError(f"个数“{text}”看不懂;请写成 1 或更大的整数。")


def run(options: argparse.Namespace) -> int:
    """The exit status: 1 where a threshold fails."""
    from evaluation.selfmade import evaluate_selfmade
    from evaluation.run import Plan, evaluate

    if options.mutate and (options.pairs or options.claims):
        raise UserError("--mutate 自己出题,不能同时给问答对或 --claims;请分两次评测。")
    plan = Plan(options.pairs, options.claims, options.out, tuple(options.threshold), options.thresholds, options.limit, options.split, options.compare, options.resume)
    return evaluate_selfmade(settings_of(options), plan, options.mutate, options.seed) if options.mutate else evaluate(settings_of(options), plan)
