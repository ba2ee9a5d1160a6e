"""`--document NAME`: which documents a question goes to."""
from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence

from ingest.document import Document, UserError


def add(command: argparse.ArgumentParser) -> None:
    command.add_argument("--document", action="append", default=[], metavar="NAME", help="只在这个文档里找,可重复;默认全部文档")


def scope(names: Sequence[str], documents: Iterable[Document]) -> frozenset[str] | None:
    """The named documents, None for all where none is named. Raises UserError for a name that is not among `documents`."""
    known = [document.name for document in documents]
    if missing := [name for name in names if name not in known]:
        raise UserError(f"索引里没有文档“{missing[0]}”;已有的文档:{'、'.join(known)}")
    return frozenset(names) or None


def row_scope(row: dict, default: frozenset[str] | None, documents: Iterable[Document]) -> frozenset[str] | None:
    """The scope of a row of JSON Lines: its own "document" before the command's. Raises UserError as `scope` does, or where it is no text."""
    if row.get("document") is None:
        return default
    if not isinstance(row["document"], str):
        raise UserError("document 应是一个文档的名称")
    return scope([row["document"]], documents)
