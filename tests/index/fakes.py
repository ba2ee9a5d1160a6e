"""Hand-written stand-ins: an encoder whose vectors can be worked out again from the text, and small reports."""
from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from index.embed import Embedder
from index.store import Kept, Snapshot, Source, Store, clause_texts
from ingest.chunk import read_document


class HashEncoder:
    """Text → a unit vector made of its SHA-256, so that no two texts share one; `salt` makes another model of it."""

    def __init__(self, salt: str = "", dimension: int = 8):
        self.salt = salt
        self.dimension = dimension

    def encode_query(self, inputs: str, **options) -> np.ndarray:
        digest = hashlib.sha256((self.salt + inputs).encode("utf-8")).digest()[:self.dimension]
        vector = np.frombuffer(digest, np.uint8).astype(np.float32) - 127.5
        return vector / np.linalg.norm(vector)

    def encode_document(self, inputs: list[str], **options) -> np.ndarray:
        return np.stack([self.encode_query(text) for text in inputs])


class TableEncoder:
    """Text → the vector that a table gives it."""

    def __init__(self, table: dict[str, list[float]]):
        self.table = table

    def encode_query(self, inputs: str, **options) -> np.ndarray:
        return np.array(self.table[inputs], np.float32)

    def encode_document(self, inputs: list[str], **options) -> np.ndarray:
        return np.stack([self.encode_query(text) for text in inputs])


A, B, A2 = "高新区有147家企业。\n产值增长7.5%；税收12亿元。\n", "市政府召开会议。\n", "高新区有150家企业。\n"


def fake(model: str = "fake/a", dimension: int = 8) -> Embedder:
    return Embedder(HashEncoder(model, dimension), model, dimension)


def forbidden() -> Embedder:
    raise AssertionError("the model was loaded")


def source(name: str, text: str, date: tuple[int, int | None] | None = None) -> Source:
    return Source(text.encode("utf-8"), read_document(name, text, date))


def anew(kept: Kept) -> Source:
    """A kept file read again, as `qa.assistant.rebuild` does."""
    text = kept.text if kept.data is None else kept.data.decode("utf-8")
    return source(kept.name, text, kept.date)


def texts(snapshot: Snapshot) -> dict[str, str]:
    return {d.name: d.raw for d in snapshot.documents}


def unmixed(snapshot: Snapshot) -> bool:
    """Whether every vector is the one that the snapshot's own model gives its clause."""
    expected = fake(snapshot.model).encoder.encode_document([text for d in snapshot.documents for text in clause_texts(d)])
    return np.array_equal(snapshot.dense.rows(0, len(expected)), expected) and snapshot.dense.index.ntotal == len(expected)


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its relative name, the lock aside."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and p.name != ".lock"}


def file_of(store: Store, part: str) -> Path:
    """The file of a part of an index, of its manifest, of the manifest's copy, or of its first source."""
    names = {"manifest": "manifest.json", "source": "sources/" + store.manifest()["documents"][0]["sha256"],
             "copy": next(store.folder.glob("manifest-*")).name} | {part: entry["name"] for part, entry in store.manifest()["files"].items()}
    return store.folder / names[part]


def flip(path: Path, at: float) -> None:
    """Change one bit, `at` of the way through the file, 0 to 1."""
    data = bytearray(path.read_bytes())
    data[int(at * (len(data) - 1))] ^= 1
    path.write_bytes(data)
