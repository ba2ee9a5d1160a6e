"""The index folder: documents and vectors, published whole or not at all.

    manifest.json            format, model, dimension, documents, and the files with size and SHA-256
    documents-<hash>.jsonl   a document a line: decoded file, repaired text, sentences, passages, repairs
    dense-<hash>.faiss       a vector a clause, in the documents' order
    sources/<sha256>         the bytes of every file that was ingested

Files are named by their content and never rewritten; replacing manifest.json is the one step that publishes. A reader
that finds a file gone reads the manifest again. Raises UserError, naming the file, for what does not match.
"""
from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from index.dense import Dense
from index.embed import Embedder
from ingest.document import Block, Document, Passage, Repair, Sentence, UserError

FORMAT = 1
MANIFEST = "manifest.json"
OURS = ("documents-", "dense-", ".new-")
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Source:
    """A file as it was given: its bytes and what was read from them."""

    data: bytes
    document: Document

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


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
    return [under_heading(s, document.text[start:end]) for s in document.sentences for start, end in s.clauses]


class Store:
    """An index folder."""

    def __init__(self, folder: Path):
        self.folder = folder

    @property
    def exists(self) -> bool:
        return (self.folder / MANIFEST).is_file()

    def version(self) -> int:
        """Changes with every publication: the manifest's time of writing in nanoseconds."""
        return (self.folder / MANIFEST).stat().st_mtime_ns

    def manifest(self) -> dict:
        """The manifest, checked. Raises UserError where there is none or it is not ours."""
        path = self.folder / MANIFEST
        try:
            manifest = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            raise UserError(f"“{self.folder}”里没有索引;请先运行 python app.py ingest 文件 --index {self.folder}") from None
        except (OSError, ValueError):
            raise self.damaged(MANIFEST, "读不懂") from None
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            raise self.damaged(MANIFEST, "不是本版本的格式")
        try:
            names = [manifest["files"][part]["name"] for part in ("documents", "dense")]
            if any(Path(name).name != name for name in names) or not isinstance(manifest["model"], str):
                raise ValueError
        except (KeyError, TypeError, ValueError):
            raise self.damaged(MANIFEST, "内容不完整") from None
        return manifest

    def damaged(self, file: str, what: str) -> UserError:
        return UserError(f"索引“{self.folder}”的 {file} {what};请运行 python app.py ingest --rebuild --index {self.folder} 重建(旧索引会保留在旁边)")

    def read(self) -> Snapshot:
        """The published state. Raises UserError for a damaged, foreign or missing index."""
        manifest = self.manifest()
        try:
            data = {part: self._checked(entry) for part, entry in manifest["files"].items()}
        except FileNotFoundError as error:
            if self.manifest() != manifest:  # another process published meanwhile
                return self.read()
            raise self.damaged(Path(error.filename).name, "不见了") from None
        try:
            documents = tuple(map(load_document, data["documents"].decode("utf-8").splitlines()))
            dense = Dense.load(data["dense"])
        except (ValueError, KeyError, TypeError):
            raise self.damaged(manifest["files"]["documents"]["name"], "内容不完整") from None
        except UserError as error:
            raise self.damaged(manifest["files"]["dense"]["name"], str(error)) from None
        if dense.index.ntotal != sum(len(s.clauses) for d in documents for s in d.sentences) or dense.index.d != manifest["dimension"]:
            raise self.damaged(manifest["files"]["dense"]["name"], "与文档不相配")
        return Snapshot(manifest, documents, dense)

    def _checked(self, entry: dict) -> bytes:
        path = self.folder / entry["name"]
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise
        except OSError as error:
            raise UserError(f"读不了索引文件“{path}”({error.strerror});请检查权限。") from None
        if hashlib.sha256(data).hexdigest() != entry["sha256"]:
            raise self.damaged(entry["name"], "已损坏(校验和不符)")
        return data

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One writer at a time; errors of the disk as UserError."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            strangers = [p.name for p in self.folder.iterdir() if p.name not in (".lock", "sources", MANIFEST) and not p.name.startswith(OURS)]
            if strangers and not self.exists:
                raise UserError(f"“{self.folder}”里已有别的文件({strangers[0]}),不是索引文件夹;请用 --index 指定另一个文件夹。")
            with FileLock(self.folder / ".lock", timeout=600):
                yield
        except Timeout:
            raise UserError(f"索引“{self.folder}”一直被另一个进程占用;请等它结束再试。") from None
        except OSError as error:
            raise UserError(f"写不了索引文件夹“{self.folder}”({error.strerror});请检查权限和磁盘空间,原有索引未受影响。") from None

    def update(self, sources: list[Source], embedder: Callable[[], Embedder], remove: frozenset[str] = frozenset(), model: str | None = None,
               progress: Progress = lambda done, total: None) -> Snapshot:
        """Add or replace documents, or remove them by name, and publish.

        A document that reads as before keeps its vectors; with nothing new, nothing is written
        and no model is loaded. Another model embeds everything anew.
        Raises UserError where the index is damaged or the disk refuses.
        """
        with self.writing():
            old = self.read() if self.exists else None
            known = {entry["name"]: entry for entry in old.manifest["documents"]} if old else {}
            same_model = old is not None and (model is None or model == old.model)
            fresh = [s for s in sources if not (same_model and s.document in old.documents)]
            if old and same_model and not fresh and not remove:
                return old
            replaced = {s.document.name: s for s in fresh}
            kept = [d for d in old.documents if d.name not in replaced and d.name not in remove] if old else []
            documents = [*kept, *(s.document for s in replaced.values())]
            if not documents:
                raise UserError("这是索引里最后一个文档,不能只剩空索引;要全部清除,请直接删除索引文件夹。")
            encoder = None
            vectors: list[np.ndarray] = []
            texts = {d.name: clause_texts(d) for d in documents if d.name in replaced or not same_model}
            total, done = sum(map(len, texts.values())), 0
            for document in documents:
                if document.name in texts:
                    encoder = encoder or embedder()
                    for batch in encoder.documents(texts[document.name]):
                        vectors.append(batch)
                        done += len(batch)
                        progress(done, total)
                else:
                    start, end = old.rows[document.name]
                    vectors.append(old.dense.vectors[start:end])
            entries = [{"name": d.name, "sha256": replaced[d.name].sha256 if d.name in replaced else known[d.name]["sha256"], "date": d.date,
                        "sentences": len(d.sentences), "passages": len(d.passages), "characters": len(d.text)} for d in documents]
            self._publish(documents, Dense.build(np.concatenate(vectors)), encoder.model if encoder else old.model, entries, list(replaced.values()))
            return self.read()

    def _publish(self, documents: list[Document], dense: Dense, model: str, entries: list[dict], sources: list[Source]) -> None:
        (self.folder / "sources").mkdir(exist_ok=True)
        for source in sources:
            self._write(f"sources/{source.sha256}", source.data)
        files = {}
        for part, suffix, data in (("documents", "jsonl", "".join(save_document(d) + "\n" for d in documents).encode("utf-8")), ("dense", "faiss", dense.save())):
            digest = hashlib.sha256(data).hexdigest()
            files[part] = {"name": f"{part}-{digest[:16]}.{suffix}", "sha256": digest, "bytes": len(data)}
            self._write(files[part]["name"], data)
        manifest = {"format": FORMAT, "model": model, "dimension": dense.index.d, "documents": entries, "files": files}
        self._write(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode("utf-8"))
        current = {MANIFEST, *(entry["name"] for entry in files.values())}
        for path in self.folder.iterdir():
            if path.name not in current and path.name.startswith(OURS):
                path.unlink(missing_ok=True)
        used = {entry["sha256"] for entry in entries}
        for path in (self.folder / "sources").iterdir():
            if path.name not in used:
                path.unlink(missing_ok=True)

    def _write(self, name: str, data: bytes) -> None:
        """Write aside, flush to disk, read back, rename into place."""
        aside = self.folder / f".new-{os.getpid()}"
        try:
            with open(aside, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if aside.read_bytes() != data:
                raise OSError(5, "写入后读回不一致")
            os.replace(aside, self.folder / name)
        finally:
            aside.unlink(missing_ok=True)

    def sources(self) -> list[tuple[str, tuple[int, int | None] | None, bytes]]:
        """Name, date and bytes of every ingested file, as far as they are sound; for building anew.

        Raises UserError where the manifest cannot be read or a source is damaged.
        """
        try:
            entries = json.loads((self.folder / MANIFEST).read_bytes())["documents"]
            kept = [(entry["name"], tuple(entry["date"]) if entry["date"] else None, entry["sha256"]) for entry in entries]
        except FileNotFoundError:
            raise UserError(f"“{self.folder}”里没有可以重建的索引({MANIFEST} 不在);请用 ingest 重新索引原文件。") from None
        except (OSError, ValueError, KeyError, TypeError):
            raise UserError(f"“{self.folder}”的 {MANIFEST} 已损坏,无从知道索引过哪些文件;请移开这个文件夹,再用 ingest 重新索引原文件(sources 里有它们的副本)。") from None
        found = []
        for name, date, digest in kept:
            try:
                data = (self.folder / "sources" / digest).read_bytes()
            except OSError:
                data = b""
            if hashlib.sha256(data).hexdigest() != digest:
                raise UserError(f"“{name}”的源文件副本不见了或已损坏;请移开文件夹“{self.folder}”,再用 ingest 重新索引原文件。")
            found.append((name, date, data))
        return found

    def set_aside(self) -> Path:
        """Move a damaged folder next to itself, never deleted. Returns where it went."""
        number = 1
        while (aside := self.folder.with_name(f"{self.folder.name}.damaged-{number}")).exists():
            number += 1
        shutil.move(self.folder, aside)
        return aside


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
