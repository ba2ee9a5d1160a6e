"""`ask`: one question, or JSON Lines of questions and dialogues."""
from __future__ import annotations

import argparse

from cli import scope
from cli.lines import answer_lines, dumps, opened
from cli.parser import batch, extractive, settings_of
from ingest.document import UserError


def add(commands, common: argparse.ArgumentParser) -> None:
    ask = commands.add_parser("ask", parents=[common], help="提问")
    ask.add_argument("question", nargs="?")
    batch(ask)
    scope.add(ask)
    extractive(ask)
    ask.set_defaults(run=run)


def readable(answer) -> str:
    """An answer for a terminal: short answer, statement, where it stands, who wrote it, how sure."""
    from qa.answer import authorship

    lines = [answer.statement] if not answer.answer else [answer.answer, answer.statement]
    for label, citation in enumerate(answer.citations, 1):
        lines.append(f"[{label}] {citation.document} › {citation.heading}" if citation.heading else f"[{label}] {citation.document}")
    return "\n".join(filter(None, [*lines, authorship(answer.to_dict()), f"把握 {answer.confidence:.0%}"]))


def reply(assistant, row: dict, documents: frozenset[str] | None) -> dict:
    """The output line of an input line. Raises UserError where it is no question and no dialogue."""
    from qa.assistant import Turn

    if "turns" in row:
        if not isinstance(row["turns"], list) or not row["turns"] or not all(isinstance(turn, str) for turn in row["turns"]):
            raise UserError("turns 应是问题的列表")
        history, answers = [], []
        for question in row["turns"]:
            answer = assistant.ask(question, history, documents)
            answers.append(answer.to_dict())
            history.append(Turn(question, answer.answer))
        return {"id": row.get("id"), "answers": answers}
    if not isinstance(row.get("question"), str):
        raise UserError("缺少 question(或 turns)")
    return assistant.ask(row["question"], (), documents).to_dict(row.get("id"))


def run(options: argparse.Namespace) -> int:
    from qa.assistant import Assistant

    if (options.question is None) == (options.file is None):
        raise UserError("请给出一个问题,或用 --file 给出 JSON Lines 文件(二者选一)。")
    if options.file is None:
        assistant = Assistant.open(settings_of(options))
        answer = assistant.ask(options.question, (), scope.scope(options.document, assistant.documents))
        print(dumps(answer.to_dict()) if options.json else readable(answer))
        return 0
    with opened(options.file, "r") as source:
        assistant = Assistant.open(settings_of(options))
        documents = scope.scope(options.document, assistant.documents)
        with opened(options.out, "w") as target:
            answer_lines(source, target, lambda row: reply(assistant, row, scope.row_scope(row, documents, assistant.documents)))
    return 0
