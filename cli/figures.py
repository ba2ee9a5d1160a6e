"""`figures`: the ledger of the figures in the documents."""
from __future__ import annotations

import argparse
from pathlib import Path

from cli import scope
from cli.parser import settings_of
from ingest.document import UserError


def add(commands, common: argparse.ArgumentParser) -> None:
    figures = commands.add_parser("figures", parents=[common], help="数字台账")
    figures.add_argument("--csv", type=Path, metavar="FILE", help="写成表格软件能打开的 CSV")
    figures.add_argument("--audit", action="store_true", help="重算文中自己推导的数字")
    scope.add(figures)
    figures.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from figures.audit import audit
    from figures.export import findings_table, table, told, write_csv
    from qa.assistant import Assistant

    assistant = Assistant.open(settings_of(options))
    rows = assistant.figures(scope.scope(options.document, assistant.documents))
    if options.csv:
        try:
            write_csv(options.csv, told(rows))
        except OSError as error:
            raise UserError(f"写不了文件“{options.csv}”({error.strerror});请检查路径和权限。") from None
        print(f"{options.csv}:{len(told(rows))} 行")
    else:
        print(findings_table(audit(rows)) if options.audit else table(told(rows)))
    return 0
