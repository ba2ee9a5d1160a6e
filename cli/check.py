"""`check`: one claim or draft, or JSON Lines of them."""
from __future__ import annotations

import argparse

from cli import scope
from cli.lines import answer_lines, dumps, opened
from cli.parser import batch, settings_of
from figures.verdict import NAMES
from ingest.document import UserError

FAILING = {None: (), "contradicted": ("contradicted",), "not_mentioned": ("contradicted", "not_mentioned")}


def add(commands, common: argparse.ArgumentParser) -> None:
    check = commands.add_parser("check", parents=[common], help="核查一句话或一篇稿子里的数字")
    check.add_argument("claim", nargs="?")
    check.add_argument("--fail-on", choices=("contradicted", "not_mentioned"), help="整体结论是它(或更糟)时退出状态为 1")
    batch(check)
    scope.add(check)
    check.set_defaults(run=run)


def readable(result) -> str:
    """A check for a terminal: the verdict, each figure with its reason, where it stands."""
    lines = [NAMES[result.verdict], *(f"  {f.text}\t{NAMES[f.verdict]}\t{f.reason}" for f in result.figures)]
    lines += [f"  {c.reason}" for c in result.claims if not c.figures]
    return "\n".join([*lines, *(f"[{i}] {c.document}:{' '.join(c.quote.split())}" for i, c in enumerate(result.citations, 1))])


def run(options: argparse.Namespace) -> int:
    from qa.assistant import Assistant

    if (options.claim is None) == (options.file is None):
        raise UserError("请给出一句待核查的话,或用 --file 给出 JSON Lines 文件(二者选一)。")
    failing = FAILING[options.fail_on]
    if options.file is None:
        assistant = Assistant.open(settings_of(options))
        result = assistant.check(options.claim, scope.scope(options.document, assistant.documents))
        print(dumps(result.to_dict()) if options.json else readable(result))
        return int(result.verdict in failing)
    verdicts: list[str] = []

    def reply(row: dict) -> dict:
        if not isinstance(row.get("claim"), str):
            raise UserError("缺少 claim")
        result = assistant.check(row["claim"], scope.row_scope(row, documents, assistant.documents))
        verdicts.append(result.verdict)
        return result.to_dict(row.get("id"))

    with opened(options.file, "r") as source:
        assistant = Assistant.open(settings_of(options))
        documents = scope.scope(options.document, assistant.documents)
        with opened(options.out, "w") as target:
            answer_lines(source, target, reply)
    return int(any(verdict in failing for verdict in verdicts))
