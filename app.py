"""据实: `python app.py` serves the web page; `python app.py ask|ingest|… ` is the command line. See README.md."""
from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from ingest.document import UserError

os.environ.update({name: os.environ.get(name, value) for name, value in {
    "GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1", "TOKENIZERS_PARALLELISM": "false"}.items()})


class Parser(argparse.ArgumentParser):
    """argparse whose errors are one Chinese line."""

    def error(self, message: str):
        raise UserError(f"命令行有误({message});请运行 python app.py {self.prog.rpartition(' ')[2] if ' ' in self.prog else ''} --help 查看用法。")


def month(text: str) -> tuple[int, int | None]:
    """"2022" or "2022-01" → (year, month or None). Raises UserError.

    >>> month("2022-01"), month("2022")
    ((2022, 1), (2022, None))
    """
    year, _, rest = text.partition("-")
    if year.isdecimal() and len(year) == 4 and (not rest or rest.isdecimal() and 1 <= int(rest) <= 12):
        return int(year), int(rest) if rest else None
    raise UserError(f"日期“{text}”看不懂;请写成 2022 或 2022-01。")


def parser() -> argparse.ArgumentParser:
    main = Parser(prog="app.py", description="据实:就一篇中文报道提问,用原文作答;不带子命令时打开网页。")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--index", metavar="DIR", default=argparse.SUPPRESS, help="索引文件夹,默认 data/index")
    common.add_argument("--model", metavar="ID", default=argparse.SUPPRESS, help="嵌入模型的名称或文件夹,默认内置 multilingual-e5-small")
    main.add_argument("--index", metavar="DIR")
    main.add_argument("--model", metavar="ID")
    main.add_argument("--host", default="127.0.0.1", help="网页监听的地址")
    main.add_argument("--port", type=int, default=7860, help="网页监听的端口")
    commands = main.add_subparsers(dest="command", metavar="ingest|list|remove|ask|check|figures|eval")
    add = commands.add_parser("ingest", parents=[common], help="索引或更新文件")
    add.add_argument("files", nargs="*", type=Path, metavar="FILE")
    add.add_argument("--date", type=month, metavar="2022-01", help="报道的年月,用来解释“去年”“1月13日”")
    add.add_argument("--explain", action="store_true", help="只打印版面修复的记录,不索引")
    add.add_argument("--rebuild", action="store_true", help="旧索引留在旁边,用保留的源文件重建")
    commands.add_parser("list", parents=[common], help="列出已索引的文档")
    drop = commands.add_parser("remove", parents=[common], help="移除文档")
    drop.add_argument("names", nargs="+", metavar="NAME")
    ask = commands.add_parser("ask", parents=[common], help="提问")
    ask.add_argument("question", nargs="?")
    batch(ask)
    verify = commands.add_parser("check", parents=[common], help="核查一句话或一篇稿子里的数字")
    verify.add_argument("claim", nargs="?")
    verify.add_argument("--fail-on", choices=("contradicted", "not_mentioned"), help="整体结论是它(或更糟)时退出状态为 1")
    batch(verify)
    rows = commands.add_parser("figures", parents=[common], help="数字台账")
    rows.add_argument("--csv", type=Path, metavar="FILE", help="写成表格软件能打开的 CSV")
    rows.add_argument("--audit", action="store_true", help="重算文中自己推导的数字")
    score = commands.add_parser("eval", parents=[common], help="用问答对评测")
    score.add_argument("pairs", type=Path)
    score.add_argument("--out", type=Path, metavar="DIR", help="写 report.json 和 records.jsonl 的文件夹")
    score.add_argument("--threshold", action="append", default=[], metavar="NAME=VALUE", help="低于它则退出状态为 1,可重复")
    return main


def batch(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="打印一个 JSON 对象")
    command.add_argument("--file", metavar="FILE", help="JSON Lines 输入,- 为标准输入")
    command.add_argument("--out", metavar="FILE", default="-", help="JSON Lines 输出,默认标准输出")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status: 0, 1 where a threshold fails, 2 for what the user must mend."""
    try:
        options = parser().parse_args(arguments)
        return COMMANDS[options.command](options)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def settings_of(options: argparse.Namespace):
    from qa.settings import Settings

    return Settings.read(index=options.index, model=options.model)


@contextmanager
def bar() -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, as a function of how much is done of how much."""
    from tqdm import tqdm

    with tqdm(desc="正在索引", unit="句", file=sys.stderr, leave=False, disable=None) as shown:
        def progress(done: int, total: int) -> None:
            shown.total = total
            shown.update(done - shown.n)
        yield progress


def run_ingest(options: argparse.Namespace) -> int:
    from ingest.chunk import read_document
    from ingest.load import load
    from qa.assistant import ingest, rebuild

    settings = settings_of(options)
    if options.rebuild:
        with bar() as progress:
            aside, names = rebuild(settings, progress)
        print(f"旧索引保留在 {aside};已重建:{'、'.join(names)}")
    if not options.files:
        if options.rebuild:
            return 0
        raise UserError("没有给出文件;请运行 python app.py ingest 文件 …")
    if options.explain:
        for path in options.files:
            document = read_document(path.name, load(path)[1], options.date)
            for repair in document.repairs:
                print(f"{path.name}:{repair.start}-{repair.end}\t{repair.name}\t{repair.reason}\t{' '.join(repair.detail.split())}")
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


def run_ask(options: argparse.Namespace) -> int:
    from qa.assistant import Assistant, Turn

    if (options.question is None) == (options.file is None):
        raise UserError("请给出一个问题,或用 --file 给出 JSON Lines 文件(二者选一)。")
    if options.file is None:
        assistant = Assistant.open(settings_of(options))
        answer = assistant.ask(options.question)
        print(json.dumps(answer.to_dict(), ensure_ascii=False) if options.json else readable(answer))
        return 0

    def reply(row: dict) -> dict:
        if "turns" in row:
            if not isinstance(row["turns"], list) or not row["turns"] or not all(isinstance(turn, str) for turn in row["turns"]):
                raise UserError("turns 应是问题的列表")
            history, answers = [], []
            for question in row["turns"]:
                answer = assistant.ask(question, history)
                answers.append(answer.to_dict())
                history.append(Turn(question, answer.answer))
            return {"id": row.get("id"), "answers": answers}
        if not isinstance(row.get("question"), str):
            raise UserError("缺少 question(或 turns)")
        return assistant.ask(row["question"]).to_dict(row.get("id"))

    with opened(options.file, "r") as source, opened(options.out, "w") as target:
        assistant = Assistant.open(settings_of(options))
        answer_lines(source, target, reply)
    return 0


def run_check(options: argparse.Namespace) -> int:
    from qa.assistant import Assistant

    if (options.claim is None) == (options.file is None):
        raise UserError("请给出一句待核查的话,或用 --file 给出 JSON Lines 文件(二者选一)。")
    failing = {"contradicted": ("contradicted",), "not_mentioned": ("contradicted", "not_mentioned")}.get(options.fail_on, ())
    if options.file is None:
        result = Assistant.open(settings_of(options)).check(options.claim)
        print(json.dumps(result.to_dict(), ensure_ascii=False) if options.json else checked(result))
        return int(result.verdict in failing)
    verdicts: list[str] = []

    def reply(row: dict) -> dict:
        if not isinstance(row.get("claim"), str):
            raise UserError("缺少 claim")
        result = assistant.check(row["claim"])
        verdicts.append(result.verdict)
        return result.to_dict(row.get("id"))

    with opened(options.file, "r") as source, opened(options.out, "w") as target:
        assistant = Assistant.open(settings_of(options))
        answer_lines(source, target, reply)
    return int(any(verdict in failing for verdict in verdicts))


def checked(result) -> str:
    """A check for a terminal: the verdict, each figure with its reason, where it stands."""
    names = {"supported": "相符", "contradicted": "不符", "not_mentioned": "未提及"}
    lines = [names[result.verdict], *(f"  {f.text}\t{names[f.verdict]}\t{f.reason}" for f in result.figures)]
    lines += [f"  {c.reason}" for c in result.claims if not c.figures]
    return "\n".join([*lines, *(f"[{i}] {c.document}:{' '.join(c.quote.split())}" for i, c in enumerate(result.citations, 1))])


def run_figures(options: argparse.Namespace) -> int:
    from figures.audit import audit
    from figures.export import findings_table, table, told, write_csv
    from qa.assistant import Assistant

    rows = Assistant.open(settings_of(options)).figures()
    if options.csv:
        try:
            write_csv(options.csv, rows)
        except OSError as error:
            raise UserError(f"写不了文件“{options.csv}”({error.strerror});请检查路径和权限。") from None
        print(f"{options.csv}:{len(rows)} 行")
    else:
        print(findings_table(audit(rows)) if options.audit else table(told(rows)))
    return 0


def answer_lines(source: Iterable[str], target: TextIO, reply: Callable[[dict], dict]) -> None:
    """JSON Lines in, JSON Lines out, in order; a line that fails gets its `error`, and standard error the count."""
    failed = 0
    for number, line in enumerate(source, 1):
        if not line.strip():
            continue
        row: object = None
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise UserError("不是 JSON 对象")
            result = reply(row)
        except json.JSONDecodeError as error:
            result = {"id": None, "error": f"第 {number} 行不是合法的 JSON({error.msg})"}
        except UserError as error:
            result = {"id": row.get("id") if isinstance(row, dict) else None, "error": f"第 {number} 行:{error}"}
        failed += "error" in result
        target.write(json.dumps(result, ensure_ascii=False) + "\n")
        target.flush()
    if failed:
        print(f"有 {failed} 行没有答成,见各行的 error。", file=sys.stderr)


@contextmanager
def opened(name: str, mode: str) -> Iterator[TextIO]:
    """A file by name, or standard input or output for "-". Raises UserError where it cannot be opened."""
    if name == "-":
        yield sys.stdin if mode == "r" else sys.stdout
        return
    try:
        file = open(name, mode, encoding="utf-8-sig" if mode == "r" else "utf-8", errors="replace" if mode == "r" else None)
    except OSError as error:
        raise UserError(f"{'读' if mode == 'r' else '写'}不了文件“{name}”({error.strerror});请检查路径和权限。") from None
    with file:
        yield file


def readable(answer) -> str:
    """An answer for a terminal: short answer, statement, where it stands, how sure."""
    lines = [answer.statement] if not answer.answer else [answer.answer, answer.statement]
    for label, citation in enumerate(answer.citations, 1):
        lines.append(f"[{label}] {citation.document} › {citation.heading}" if citation.heading else f"[{label}] {citation.document}")
    return "\n".join([*lines, f"把握 {answer.confidence:.0%}"])


def run_eval(options: argparse.Namespace) -> int:
    from evaluation.run import evaluate

    return evaluate(settings_of(options), options.pairs, options.out, options.threshold)


def run_web(options: argparse.Namespace) -> int:
    from web.serve import serve

    return serve(settings_of(options), options.host, options.port)


COMMANDS = {None: run_web, "ingest": run_ingest, "list": run_list, "remove": run_remove, "ask": run_ask, "check": run_check, "figures": run_figures, "eval": run_eval}

if __name__ == "__main__":
    sys.exit(main())
