"""A command line → its command → an exit status. Nothing that loads a model is imported before its command runs."""
from __future__ import annotations

import argparse
import os
import sys

from cli import ask, check, documents, evaluate, figures, page
from cli.parser import Parser, shared
from ingest.document import UserError

GROUPS = (documents, ask, check, figures, evaluate)


def parser() -> argparse.ArgumentParser:
    main = Parser(prog="app.py", description="据实:就一篇中文报道提问,用原文作答;不带子命令时打开网页。")
    main.add_argument("--index", metavar="DIR")
    main.add_argument("--model", metavar="ID")
    page.add(main)
    commands = main.add_subparsers(dest="command", metavar="ingest|list|remove|ask|check|figures|eval")
    common = shared()
    for group in GROUPS:
        group.add(commands, common)
    return main


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status: 0, 1 where a threshold fails, 2 for what the user must mend."""
    try:
        options = parser().parse_args(arguments)
        return options.run(options)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
