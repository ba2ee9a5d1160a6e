"""Pairs files: JSON Lines of {"id", "question", "answers", "evidence", …} or {"id", "turns": [pair, …]} → Pairs."""
from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from ingest.document import UserError


@dataclass(frozen=True)
class Pair:
    """A question and what is right. No answers: the right reply is "not found". history: the turns before it.

    rest: keys of the file that this program does not read, kept as they are.
    """

    id: str
    question: str
    answers: tuple[str, ...]
    evidence: tuple[str, ...]
    items: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    split: str = ""
    document: str = ""
    history: tuple[str, ...] = ()
    rest: dict = field(default_factory=dict)

    @property
    def answerable(self) -> bool:
        return bool(self.answers)


READ = {"id", "question", "answers", "evidence", "items", "tags", "split", "document", "turns", "answerable"}


def pairs_of(row: dict) -> list[Pair]:
    """The pairs of one line: one, or one a turn. Raises UserError for a row that is none.

    >>> [p.id for p in pairs_of({"id": "d", "turns": [{"question": "甲？", "answers": ["1"]}, {"question": "乙？", "answers": []}]})]
    ['d.1', 'd.2']
    """
    if not isinstance(row, dict):
        raise UserError("不是 JSON 对象")
    turns = row.get("turns", [row])
    if not isinstance(turns, list) or not turns or not all(isinstance(t, dict) and isinstance(t.get("question"), str) and t["question"].strip() for t in turns):
        raise UserError("缺少 question,或 turns 不是问答的列表")
    found: list[Pair] = []
    for number, turn in enumerate(turns, 1):
        merged = {"tags": row.get("tags", []), "split": row.get("split", ""), "document": row.get("document", "")} | turn
        lists = {}
        for key in ("answers", "evidence", "items", "tags"):
            value = merged.get(key) or []
            value = [value] if isinstance(value, str) else value
            if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
                raise UserError(f"{key} 应是字符串的列表")
            lists[key] = tuple(value)
        if merged.get("answerable") is False:
            lists["answers"] = ()
        identity = str(row.get("id", "")) + (f".{number}" if "turns" in row else "")
        found.append(Pair(identity, turn["question"], lists["answers"], lists["evidence"], lists["items"], lists["tags"], str(merged["split"]), str(merged["document"]),
                          tuple(t["question"] for t in turns[:number - 1]), {k: v for k, v in turn.items() if k not in READ}))
    return found


def load_pairs(path: Path) -> tuple[list[Pair], list[str]]:
    """The pairs of a file, and one Chinese line for each row that is none. Raises UserError where none can be read."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"读不了问答对文件“{path}”({getattr(error, 'strerror', None) or '不是 UTF-8'});请检查路径和编码。") from None
    pairs, faults = [], []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                pairs += pairs_of(json.loads(line))
            except json.JSONDecodeError as error:
                faults.append(f"第 {number} 行不是合法的 JSON({error.msg})")
            except UserError as error:
                faults.append(f"第 {number} 行:{error}")
    if not pairs:
        raise UserError(f"“{path}”里没有问答对{':' + faults[0] if faults else ''};每行应是 {{\"question\", \"answers\", \"evidence\"}}。")
    return pairs, faults
