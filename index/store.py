"""The index folder: documents and vectors, published whole or not at all.

    manifest.json            format, model, dimension, documents, and the files with size and SHA-256
    documents-<hash>.jsonl   a document a line: decoded file, repaired text, sentences, passages, repairs
    dense-<hash>.faiss       a vector a clause, in the documents' order
    sources/<sha256>         the bytes of every file that was ingested

`index.folder` says how they are written. Raises UserError, naming the file, for what does not match.
"""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.dense import Dense
from index.embed import Embedder
from index.folder import Folder
from index.manifest import sha256
from index.record import load_documents, save_documents
from ingest.document import Document, Sentence, UserError

Progress = Callable[[int, int], None]
Date = tuple[int, int | None]


@dataclass(frozen=True)
class Source:
    """A file as it was given: its bytes and what was read from them."""

    data: bytes
    document: Document

    @property
    def sha256(self) -> str:
        return sha256(self.data)


@dataclass(frozen=True)
class Kept:
    """A file that was ingested. data: its bytes, None where they are lost; text: what had been read from them, where that is sound."""

    name: str
    date: Date | None
    data: bytes | None
    text: str | None


@dataclass(frozen=True)
class Snapshot:
    """One published state of an index folder."""

    manifest: dict
    documents: tuple[Document, ...]
    dense: Dense

    @property
    def model(self) -> str:
        return self.manifest["model"]

    @property
    def rows(self) -> dict[str, tuple[int, int]]:
        """The vector rows of each document, by name: half-open (start, end)."""
        found, at = {}, 0
        for document in self.documents:
            end = at + sum(len(s.clauses) for s in document.sentences)
            found[document.name] = (at, end)
            at = end
        return found


def under_heading(sentence: Sentence, text: str) -> str:
    """What stands for a sentence or a part of it in search: the nearest heading before the text itself."""
    return f"{sentence.path[-1]}：{text}" if sentence.path else text


def clause_texts(document: Document) -> list[str]:
    """What is embedded of a document: every clause under its heading, in order."""
    return [under_heading(s, document.text[start:end] if len(s.clauses) > 1 else document.view(i).text)
            for i, s in enumerate(document.sentences) for start, end in s.clauses]


class Store:
    """An index folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.files = Folder(folder)

    @property
    def exists(self) -> bool:
        return self.files.exists

    def version(self) -> str:
        """Changes with what is published; the same again where the same is published again."""
        return self.files.version()

    def manifest(self) -> dict:
        """The manifest, checked. Raises UserError where there is none or it is not ours."""
        return self.files.manifest()

    def read(self) -> Snapshot:
        """The published state. Raises UserError for a damaged, foreign or missing index."""
        manifest, data = self.files.read()
        names = {part: entry["name"] for part, entry in manifest["files"].items()}
        try:
            documents = load_documents(data["documents"])
        except (ValueError, KeyError, TypeError):
            raise self.files.damaged(names.get("documents", "documents"), "内容不完整") from None
        try:
            dense = Dense.load(data["dense"])
        except (KeyError, UserError) as error:
            raise self.files.damaged(names.get("dense", "dense"), str(error) if isinstance(error, UserError) else "不见了") from None
        if dense.index.ntotal != sum(len(s.clauses) for d in documents for s in d.sentences) or dense.dimension != manifest.get("dimension"):
            raise self.files.damaged(names["dense"], "与文档不相配")
        return Snapshot(manifest, documents, dense)

    def update(self, sources: list[Source], embedder: Callable[[], Embedder], remove: frozenset[str] = frozenset(), model: str | None = None,
               progress: Progress = lambda done, total: None) -> Snapshot:
        """Add or replace documents, or remove them by name, and publish.

        A document that reads as before keeps its vectors; with nothing new, nothing is written
        and no model is loaded. Another model embeds everything anew. `embedder` is called while the
        folder is locked, so that it may look at the manifest.
        Raises UserError where two documents have one name, the index is damaged or the disk refuses.
        """
        replaced = unique(sources)
        with self.files.writing():
            old = self.read() if self.exists or self.files.lost else None
            self.files.clean()
            if old:
                known = {entry["name"]: entry["sha256"] for entry in old.manifest["documents"]}
                for source in sources:
                    if known.get(source.document.name) == source.sha256:
                        self.files.keep(source.data)  # where it was lost
                remove &= known.keys()
                if model in (None, old.model):
                    replaced = {name: s for name, s in replaced.items() if s.document not in old.documents}
                    if not replaced and not remove:
                        return old
            about, parts = self._compose(old, replaced, remove, embedder, model, progress)
            self.files.publish(about, parts, [s.data for s in replaced.values()])
            return self.read()

    def rebuild(self, read: Callable[[Kept], Source], embedder: Callable[[str | None], Embedder],
                progress: Progress = lambda done, total: None) -> tuple[Path, Snapshot]:
        """Publish anew from the kept sources; what was there stays under a name beside the folder, which is returned.

        embedder: called with the model that the index was built with, None where that cannot be told.
        Raises UserError where the folder does not tell what it was built from or a source is lost; it is then left as it is.
        """
        self.files.recovered()
        with self.files.writing():
            model = self.files.recovered().get("model")
            sources = unique(map(read, self.sources()))
            about, parts = self._compose(None, sources, frozenset(), lambda: embedder(model if isinstance(model, str) else None), None, progress)
            aside = self.files.set_aside()
            self.files.publish(about, parts, [s.data for s in sources.values()])
            return aside, self.read()

    def sources(self) -> list[Kept]:
        """Every ingested file, as far as it can be had. Raises UserError for one that is lost, bytes and text."""
        manifest = self.files.recovered()
        texts: dict[str, str] = {}
        try:
            texts = {d.name: d.raw for d in load_documents(self.files.part(manifest["files"]["documents"]))}
        except (OSError, UserError, ValueError, KeyError, TypeError):
            pass  # the sources themselves may be sound
        kept = [Kept(entry["name"], tuple(entry["date"]) if entry.get("date") else None, self.files.source(entry["sha256"]), texts.get(entry["name"]))
                for entry in manifest["documents"]]
        for file in kept:
            if file.data is None and file.text is None:
                raise UserError(f"“{file.name}”的源文件副本不见了或已损坏;请移开文件夹“{self.folder}”,再用 ingest 重新索引原文件。")
        return kept

    def _compose(self, old: Snapshot | None, replaced: dict[str, Source], remove: frozenset[str], embedder: Callable[[], Embedder], model: str | None,
                 progress: Progress) -> tuple[dict, dict[str, tuple[str, bytes]]]:
        """What `Folder.publish` is told and given, the new embedded, the rest as it was."""
        kept = [d for d in old.documents if d.name not in replaced and d.name not in remove] if old else []
        documents = [*kept, *(s.document for s in replaced.values())]
        if not documents:
            raise UserError("这是索引里最后一个文档,不能只剩空索引;要全部清除,请直接删除索引文件夹。")
        model = model or (old.model if old else None)
        rows = old.rows if old and model == old.model else {}
        texts = {d.name: clause_texts(d) for d in documents if d.name in replaced or d.name not in rows}
        if empty := [name for name, found in texts.items() if not found]:
            raise UserError(f"“{empty[0]}”里没有可以索引的文字;请检查文件内容。")
        total, done = sum(map(len, texts.values())), 0
        encoder = embedder() if texts else None
        if encoder and model and encoder.model != model:
            raise UserError(f"索引“{self.folder}”用的嵌入模型是“{model}”,与“{encoder.model}”不能混用;请用 --model 指明其中一个。")
        vectors: list[np.ndarray] = []
        for document in documents:
            if document.name not in texts:
                vectors.append(old.dense.rows(*rows[document.name]))
                continue
            for batch in encoder.documents(texts[document.name]):
                vectors.append(batch)
                done += len(batch)
                progress(done, total)
        if {batch.shape[1] for batch in vectors} != {(encoder or old.dense).dimension}:
            raise UserError(f"嵌入模型“{model or encoder.model}”的维数与索引“{self.folder}”不符(模型可能换过);请加 --rebuild 重建索引。")
        known = {entry["name"]: entry["sha256"] for entry in old.manifest["documents"]} if old else {}
        entries = [{"name": d.name, "sha256": replaced[d.name].sha256 if d.name in replaced else known[d.name], "date": d.date,
                    "sentences": len(d.sentences), "passages": len(d.passages), "characters": len(d.text)} for d in documents]
        dense = Dense.build(np.concatenate(vectors))
        return ({"model": encoder.model if encoder else old.model, "dimension": dense.dimension, "documents": entries},
                {"documents": ("jsonl", save_documents(documents)), "dense": ("faiss", dense.save())})


def unique(sources) -> dict[str, Source]:
    """Sources by the name of their document. Raises UserError for two different ones of one name: one would replace the other in silence."""
    found: dict[str, Source] = {}
    for source in sources:
        if found.setdefault(source.document.name, source).document != source.document:
            raise UserError(f"给了两个同名的文件“{source.document.name}”,后一个会顶替前一个;请先改名,或分两次索引。")
    return found
