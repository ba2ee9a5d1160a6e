"""Document ↔ one line of JSON. The texts of sentences and passages are cut from the reading text again, not stored twice."""
from __future__ import annotations

import json
from dataclasses import asdict

from ingest.document import Block, Document, Passage, Repair, Sentence


def save_document(document: Document) -> str:
    """A document as one line of JSON."""
    spans = {"sentences": [asdict(s) for s in document.sentences], "passages": [asdict(p) for p in document.passages]}
    for items in spans.values():
        for item in items:
            del item["text"]
    return json.dumps({"name": document.name, "raw": document.raw, "date": document.date, "pieces": document.pieces,
                       "blocks": [asdict(b) for b in document.blocks], "repairs": [asdict(r) for r in document.repairs], **spans}, ensure_ascii=False)


def load_document(line: str) -> Document:
    """One line of JSON → Document. Raises ValueError, KeyError or TypeError for what `save_document` did not write."""
    row = json.loads(line)
    text = "".join(row["raw"][s:e] for s, e in row["pieces"])

    def read(kind, item):
        fields = {**item, "path": tuple(item["path"]), "text": text[item["start"]:item["end"]]}
        return kind(**fields | {"clauses": tuple(map(tuple, item["clauses"]))} if "clauses" in item else fields)

    return Document(
        row["name"], row["raw"], tuple(map(tuple, row["pieces"])), tuple(Block(**{**b, "path": tuple(b["path"])}) for b in row["blocks"]),
        tuple(read(Sentence, s) for s in row["sentences"]), tuple(read(Passage, p) for p in row["passages"]),
        tuple(Repair(**r) for r in row["repairs"]), tuple(row["date"]) if row["date"] else None)


def save_documents(documents: list[Document]) -> bytes:
    return "".join(save_document(d) + "\n" for d in documents).encode("utf-8")


def load_documents(data: bytes) -> tuple[Document, ...]:
    """Raises as `load_document`. Lines end at \\n alone: a report may hold U+2028, at which `splitlines` would cut."""
    return tuple(map(load_document, data.decode("utf-8").removesuffix("\n").split("\n")))
