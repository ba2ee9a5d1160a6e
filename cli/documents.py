"""`ingest`, `list`, `remove`: what is in the index."""
from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.parser import settings_of
from ingest.document import UserError


def month(text: str) -> tuple[int, int | None]:
    """"2022" or "2022-01" → (year, month or None). Raises UserError.

    >>> month("2022-01"), month("2022")
    ((2022, 1), (2022, None))
    """
    year, _, rest = text.partition("-")
    if year.isdecimal() and len(year) == 4 and (not rest or rest.isdecimal() and 1 <= int(rest) <= 12):
        return int(year), int(rest) if rest else None
    raise UserError(f"日期“{text}”看不懂;请写成 2022 或 2022-01。")


def add(commands, common: argparse.ArgumentParser) -> None:
    ingest = commands.add_parser("ingest", parents=[common], help="索引或更新文件")
    ingest.add_argument("files", nargs="*", type=Path, metavar="FILE")
    ingest.add_argument("--date", type=month, metavar="2022-01", help="报道的年月,用来解释“去年”“1月13日”;不给时沿用原来的,再看报头和落款")
    ingest.add_argument("--explain", action="store_true", help="只打印版面修复的记录,不索引")
    ingest.add_argument("--rebuild", action="store_true", help="旧索引留在旁边,用保留的源文件重建")
    ingest.set_defaults(run=run_ingest)
    commands.add_parser("list", parents=[common], help="列出已索引的文档").set_defaults(run=run_list)
    remove = commands.add_parser("remove", parents=[common], help="移除文档")
    remove.add_argument("names", nargs="+", metavar="NAME")
    remove.set_defaults(run=run_remove)


@contextmanager
def bar() -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, as a function of how much is done of how much."""
    from tqdm import tqdm

    with tqdm(desc="正在索引", unit="句", file=sys.stderr, leave=False, disable=None) as shown:
        def progress(done: int, total: int) -> None:
            shown.total = total
            shown.update(done - shown.n)
        yield progress


def explain(files: list[Path], date: tuple[int, int | None] | None) -> None:
    """Prints the layout repairs of files, one a line."""
    from ingest.chunk import read_document
    from ingest.load import load

    for path in files:
        for repair in read_document(path.name, load(path)[1], date).repairs:
            print(f"{path.name}:{repair.start}-{repair.end}\t{repair.name}\t{repair.reason}\t{' '.join(repair.detail.split())}")


def run_ingest(options: argparse.Namespace) -> int:
    from qa.assistant import ingest, rebuild

    settings = settings_of(options)
    if options.rebuild:
        with bar() as progress:
            aside, names = rebuild(settings, progress)
        print(f"旧索引保留在 {aside};已重建:{'、'.join(names)}")
        if not options.files:
            return 0
    if not options.files:
        raise UserError("没有给出文件;请运行 python app.py ingest 文件 …")
    if options.explain:
        explain(options.files, options.date)
        return 0
    with bar() as progress:
        documents = ingest(settings, options.files, options.date, progress)
    for document in documents:
        print(f"{document.name}:{len(document.sentences)} 句,{len(document.passages)} 段,版面修复 {len(document.repairs)} 处")
    return 0


def run_list(options: argparse.Namespace) -> int:
    from index.store import Store

    for entry in Store(settings_of(options).index).manifest()["documents"]:
        date = "-".join(str(part) for part in entry["date"] if part) if entry["date"] else "日期未给"
        print(f"{entry['name']}\t{entry['characters']} 字\t{entry['sentences']} 句\t{date}\t{entry['sha256'][:12]}")
    return 0


def run_remove(options: argparse.Namespace) -> int:
    from qa.assistant import remove

    remove(settings_of(options), options.names)
    print(f"已移除:{'、'.join(options.names)}")
    return 0
