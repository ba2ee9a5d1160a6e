"""👍 and 👎 → one line each in `feedback.jsonl`, beside the index folder.

A line tells what was answered, from where, and what was thought of it; a later line of the same `id` replaces an earlier one, and
a `rating` of null takes it back. Lines are appended in one write, so that visitors do not mix theirs.
"""
from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from index.folder import reason as refused
from ingest.document import UserError

FILE = "feedback.jsonl"
RATINGS = ("up", "down", None)
MAX_REASON = 500
MAX_BYTES = 100_000_000


def rated(entries: Sequence[dict], id: object, rating: object, reason: object) -> tuple[list[dict], dict]:
    """The entries with one of them rated, and that one. Raises UserError where none of that id was answered by this server."""
    entry = next((entry for entry in entries if entry.get("ours") and entry["id"] == id), None)
    if entry is None or rating not in RATINGS or not isinstance(reason, str):
        raise UserError("这个回答不是本次运行答出的，不能评价；请重新提问后再评。")
    new = entry | {"rating": rating}
    return [new if other is entry else other for other in entries], new


def record(entry: dict, reason: str, now: str) -> dict:
    """One line of the file: a rated entry, why in at most MAX_REASON characters, and when."""
    citations = [{"document": c["document"], "sha256": entry["sources"].get(c["document"]), "spans": c["spans"]} for c in entry["citations"]]
    return {"time": now, "id": entry["id"], "rating": entry["rating"], "reason": " ".join(reason.split())[:MAX_REASON], "question": entry["question"],
            "question_used": entry["question_used"], "scope": entry["scope"], "status": entry["status"], "answer": entry["answer"],
            "confidence": entry["confidence"], "citations": citations}


def append(path: Path, line: dict) -> None:
    """Adds a line to the file at `path`. Raises UserError where the disk refuses or the file has MAX_BYTES."""
    data = json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    try:
        target = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if os.fstat(target).st_size + len(data) > MAX_BYTES:
                raise UserError(f"反馈文件“{path.name}”已满；请把它移到别处后再评。")
            if os.write(target, data) < len(data):
                raise UserError(f"反馈没有写全，磁盘已满；请腾出空间后再评（文件“{path.name}”）。")
        finally:
            os.close(target)
    except OSError as error:
        raise UserError(f"反馈写不进文件“{path.name}”（{refused(error)}）；请检查索引文件夹旁能否写入。") from None
