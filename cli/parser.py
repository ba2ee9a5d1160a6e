"""What the commands share: a parser whose errors are one Chinese line, the options that each takes, and the settings they make."""
from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from ingest.document import UserError
from qa.settings import Settings


class Parser(argparse.ArgumentParser):
    """argparse whose errors are one Chinese line."""

    def error(self, message: str):
        raise UserError(f"命令行有误({message});请运行 python app.py {self.prog.rpartition(' ')[2] if ' ' in self.prog else ''} --help 查看用法。")


def shared() -> Parser:
    """The options that every command takes, to stand in the `parents` of its parser."""
    common = Parser(add_help=False)
    common.add_argument("--index", metavar="DIR", default=argparse.SUPPRESS, help="索引文件夹,默认 data/index")
    common.add_argument("--model", metavar="ID", default=argparse.SUPPRESS, help="嵌入模型的名称或文件夹,默认内置 multilingual-e5-small")
    return common


def batch(command: argparse.ArgumentParser) -> None:
    """The options of a command that answers one thing or a file of them."""
    command.add_argument("--json", action="store_true", help="打印一个 JSON 对象")
    command.add_argument("--file", metavar="FILE", help="JSON Lines 输入,- 为标准输入")
    command.add_argument("--out", metavar="FILE", default="-", help="JSON Lines 输出,默认标准输出")


def extractive(command: argparse.ArgumentParser) -> None:
    """The option of a command that answers questions to do so without a language model."""
    command.add_argument("--no-llm", action="store_true", help="不用语言模型,只给原文(设了 JUSHI_LLM_BASE_URL 时)")


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings of the options that `shared` and `extractive` add. Raises UserError as `Settings.read` says.

    A model folder is named by its whole path: the index keeps the name, and the next command may be run from elsewhere.
    """
    none = "" if getattr(options, "no_llm", False) else None
    settings = Settings.read(index=options.index, model=options.model, llm_base_url=none, llm_model=none)
    return replace(settings, model=str(Path(settings.model).resolve())) if settings.model and Path(settings.model).is_dir() else settings
