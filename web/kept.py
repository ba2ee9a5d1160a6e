"""The conversation as the visitor's browser keeps it over a reload: entries ↔ a list of [entry as JSON text, seal]. Each tab keeps its own, see page.js.

What comes back is the browser's, so it may be anything: what has not the shape of an entry is left out, nothing raises. The seal, under
a key of the running server, tells which entries it answered itself: they alone can be rated. After a restart the conversation
shows as before, only that its answers can no longer be rated.
"""
from __future__ import annotations

import hmac
import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from web.feedback import RATINGS
from web.transcript import taken

TURNS = 50
CHARACTERS = 400_000
WORDS = ("id", "question", "question_used", "answer", "statement", "asked")
FIELDS = (*WORDS, "status", "confidence", "citations", "passages", "sources", "scope", "rating")
WRITTEN = {"generated": bool, "withheld": int, "invented": int, "note": str, "model": str}
"""What an entry has besides where a language model was at work."""
ID = re.compile(r"[0-9a-f]{16}")
DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Keeper:
    """key: of the running server, known to it alone."""

    key: bytes

    def seal(self, content: str) -> str:
        return hmac.new(self.key, content.encode("utf-8", "surrogatepass"), "sha256").hexdigest()

    def freeze(self, entries: Sequence[dict]) -> list[list[str]]:
        """The newest answered entries: at most TURNS, of CHARACTERS in all."""
        kept: list[list[str]] = []
        room = CHARACTERS
        for entry in taken(entries)[:-TURNS - 1:-1]:
            content = json.dumps({field: entry[field] for field in (*FIELDS, *WRITTEN) if field in entry}, ensure_ascii=False)
            room -= len(content)
            if room < 0:
                break
            kept.append([content, self.seal(content) if entry.get("ours") else ""])
        return kept[::-1]

    def thaw(self, kept: object) -> list[dict]:
        """The entries of what a browser kept, oldest first."""
        found: list[dict] = []
        room = CHARACTERS
        for pair in reversed(kept[-TURNS:] if isinstance(kept, list) else []):
            if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)):
                continue
            content, seal = pair
            room -= len(content)
            if room < 0:
                break
            if entry := thawed(content):
                found.append(entry | {"ours": True} if hmac.compare_digest(seal.encode("utf-8", "replace"), self.seal(content).encode()) else entry)
        return found[::-1]


def thawed(content: str) -> dict | None:
    """The entry of its JSON text; None for what is no answered entry.

    >>> thawed('{"question": 1}') is None
    True
    """
    try:
        entry = json.loads(content)
        json.dumps(entry, ensure_ascii=False).encode("utf-8")  # half a surrogate pair cannot stand in a link
        if is_entry(entry):
            datetime.fromisoformat(entry["asked"])
            return {field: entry[field] for field in (*FIELDS, *WRITTEN) if field in entry}
    except (ValueError, RecursionError):
        pass
    return None


def is_entry(value: object) -> bool:
    """Whether this is an answered entry, every part of it of its type."""
    return (isinstance(value, dict) and set(FIELDS) <= value.keys() and all(isinstance(value[word], str) for word in WORDS) and bool(ID.fullmatch(value["id"]))
            and all(type(value[field]) is kind for field, kind in WRITTEN.items() if field in value) and is_share(value["confidence"]) and isinstance(value["rating"], str | None) and value["rating"] in RATINGS
            and is_list(value["citations"], is_citation) and value["status"] == ("answered" if value["citations"] else "not_found")
            and is_list(value["passages"], is_passage) and is_list(value["scope"], lambda name: isinstance(name, str))
            and isinstance(value["sources"], dict) and all(isinstance(digest, str) and DIGEST.fullmatch(digest) for digest in value["sources"].values()))


def is_citation(value: object) -> bool:
    return (isinstance(value, dict) and {"label", "document", "heading", "quote", "spans", "highlight"} <= value.keys() and type(value["label"]) is int
            and all(isinstance(value[word], str) for word in ("document", "heading", "quote")) and bool(value["spans"]) and is_list(value["spans"], is_span)
            and is_list(value["highlight"], is_span))


def is_passage(value: object) -> bool:
    return (isinstance(value, dict) and {"document", "heading", "text", "spans"} <= value.keys() and all(isinstance(value[word], str) for word in ("document", "heading", "text"))
            and bool(value["spans"]) and is_list(value["spans"], is_span))


def is_list(value: object, part) -> bool:
    return isinstance(value, list) and all(map(part, value))


def is_span(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(place) is int for place in value) and 0 <= value[0] < value[1] < 10 ** 10


def is_share(value: object) -> bool:
    return type(value) in (int, float) and math.isfinite(value) and 0 <= value <= 1
