"""Pairs files: JSON Lines or CSV of {"id", "question", "answers", "evidence", …} or {"id", "turns": [pair, …]} → Pairs."""
from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from evaluation.rows import loaded
from ingest.document import UserError


@dataclass(frozen=True)
class Pair:
    """A question and what is right. No answers: the right reply is "not found". history: the turns before it.

    unit: what it belongs to: its dialogue's id, or its own; a dialogue is drawn whole when intervals are bootstrapped.
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
    unit: str = ""

    @property
    def answerable(self) -> bool:
        return bool(self.answers)

    @property
    def key(self) -> str:
        """Tells this pair from any other, and from itself before it was edited.

        >>> Pair("1", "甲？", (), ()).key == Pair("1", "甲？", (), ()).key != Pair("1", "甲？", ("1",), ()).key
        True
        """
        return hashlib.sha256(json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()[:16]


LISTS = ("answers", "evidence", "items", "tags")
READ = {*LISTS, "id", "question", "split", "document", "turns", "answerable"}
OF_ROW = ("tags", "split", "document", "section")  # a turn has them of its dialogue where it has none of its own


def pairs_of(row: object) -> list[Pair]:
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
    for turn_number, turn in enumerate(turns, 1):
        merged = {key: row[key] for key in OF_ROW if key in row} | turn
        lists = {key: texts(merged.get(key), key) for key in LISTS}
        if merged.get("answerable") is False:
            lists["answers"] = ()
        elif not lists["answers"] and merged.get("answerable") is True:
            raise UserError("answerable 是 true,却没有 answers")
        elif "answers" not in merged and "answerable" not in merged:
            raise UserError("缺少 answers(不该答的写 [])")
        if "" in map(str.strip, (*lists["answers"], *lists["evidence"])):
            raise UserError("answers 或 evidence 里有空字符串")
        unit = str(row.get("id", ""))
        found.append(Pair(unit + (f".{turn_number}" if "turns" in row else ""), turn["question"], **lists, split=str(merged.get("split", "")), document=str(merged.get("document", "")),
                          history=tuple(t["question"] for t in turns[:turn_number - 1]), rest={k: v for k, v in merged.items() if k not in READ}, unit=unit))
    return found


def texts(value: object, name: str) -> tuple[str, ...]:
    """A string or a list of strings as a tuple; nothing as the empty one. Raises UserError for anything else.

    >>> texts("95家", "answers"), texts(None, "items")
    (('95家',), ())
    """
    value = [value] if isinstance(value, str) and value.strip() else value or []
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise UserError(f"{name} 应是字符串的列表")
    return tuple(value)


def load_pairs(path: Path) -> tuple[list[Pair], list[str]]:
    """The pairs of a file, and one Chinese line for each row that is none. Raises UserError where none can be read.

    Pairs without an id are named by their line; of a repeated id the later ones get ~2, ~3, ….
    """
    return loaded(path, LISTS, "问答对", '{"question", "answers", "evidence"}',
                  lambda row, unit: [replace(pair, id=unit + pair.id.removeprefix(pair.unit), unit=unit) for pair in pairs_of(row)])
