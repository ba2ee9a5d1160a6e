"""Bytes on disk, published whole or not at all: files named by their content, and one manifest that names them.

    manifest.json            what `publish` is told about, every file's size and SHA-256, and the SHA-256 of all that
    manifest-<hash>.json     the same bytes once more: from it `recovered` tells what was kept where manifest.json is damaged
    <part>-<hash>.<suffix>   one part, never rewritten
    sources/<sha256>         the bytes of every file that was ingested
    .lock, .new-…            one writer at a time; what it is writing

Replacing manifest.json is the one step that publishes: before it the folder reads as it was, after it as it shall be.
What a killed writer leaves is named by no manifest, and the next one deletes it. Raises UserError, naming the file.
"""
from __future__ import annotations

import errno
import hashlib
import os
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from index.manifest import FORMAT, MANIFEST, PART, SOURCE, copy_name, opened, sha256, signed, told
from ingest.document import UserError

SOURCES = "sources"
NEW = ".new-"
FIRST = ".new-index"
"""Stands from the first byte of a folder's first publication to its manifest: without it, files without a manifest are an index that lost it."""
LOCK, WAIT = ".lock", 600
REASONS = {errno.ENOSPC: "磁盘已满", errno.EDQUOT: "超出磁盘配额", errno.EFBIG: "文件太大", errno.EACCES: "没有权限", errno.EPERM: "没有权限",
           errno.EROFS: "只读", errno.EEXIST: "已有同名的文件", errno.ENOTDIR: "路径中有一个不是文件夹", errno.ENAMETOOLONG: "名称太长",
           errno.EIO: "磁盘读写出错"}


def reason(error: OSError) -> str:
    """What the system refused, in Chinese.

    >>> reason(OSError(errno.ENOSPC, "No space left on device"))
    '磁盘已满'
    """
    return REASONS.get(error.errno or 0) or error.strerror or str(error)


class Folder:
    """A published folder, or a place for one."""

    def __init__(self, path: Path):
        self.path = path

    @property
    def exists(self) -> bool:
        return os.path.isfile(self.path / MANIFEST)

    @property
    def lost(self) -> bool:
        """Whether files were published here, but their manifest is gone."""
        names = self._names()
        return MANIFEST not in names and FIRST not in names and any(map(PART.fullmatch, names))

    def version(self) -> str:
        """The SHA-256 of the manifest, so that each state has its own; "" where there is none."""
        try:
            return sha256((self.path / MANIFEST).read_bytes())
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise self._unreadable(MANIFEST, error) from None

    def manifest(self) -> dict:
        """The manifest, checked to the byte. Raises UserError where there is none or it is not ours."""
        try:
            return opened((self.path / MANIFEST).read_bytes())
        except FileNotFoundError:
            if self.lost:
                raise self.damaged(MANIFEST, "不见了") from None
            raise UserError(f"“{self.path}”里没有索引;请先运行 python app.py ingest 文件 --index {self.path}") from None
        except OSError as error:
            raise self._unreadable(MANIFEST, error) from None
        except ValueError as error:
            raise self.damaged(MANIFEST, str(error)) from None

    def damaged(self, file: str, what: str) -> UserError:
        return UserError(f"索引“{self.path}”的 {file} {what};请运行 python app.py ingest --rebuild --index {self.path} 重建(旧索引会保留在旁边)")

    def _unreadable(self, file: str, error: OSError) -> UserError:
        return UserError(f"读不了索引文件“{self.path / file}”({reason(error)});请检查路径和权限。")

    def read(self) -> tuple[dict, dict[str, bytes]]:
        """The manifest, and the bytes of each part it names, checked; all of one publication."""
        before, same = None, 0
        while True:
            manifest = self.manifest()
            # a file may go between the two reads: then another state is published, or was meanwhile and this one again
            same = same + 1 if manifest == before else 0
            before = manifest
            try:
                return manifest, {part: self.part(entry) for part, entry in manifest["files"].items()}
            except FileNotFoundError as error:
                if same == 3:
                    raise self.damaged(Path(error.filename).name, "不见了") from None
                time.sleep(0.02)

    def part(self, entry: dict) -> bytes:
        """The bytes of one file of a manifest. Raises FileNotFoundError, or UserError where they are others."""
        try:
            data = (self.path / entry["name"]).read_bytes()
        except FileNotFoundError:
            raise
        except OSError as error:
            raise self._unreadable(entry["name"], error) from None
        if sha256(data) != entry["sha256"]:
            raise self.damaged(entry["name"], "已损坏(校验和不符)")
        return data

    def source(self, digest: str) -> bytes | None:
        """A kept source; None where it is gone or damaged."""
        try:
            data = (self.path / SOURCES / digest).read_bytes()
        except OSError:
            return None
        return data if sha256(data) == digest else None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One writer at a time, in a folder that is ours or empty; errors of the disk as UserError."""
        try:
            if not (self.path / LOCK).exists():  # another writer's first files come one by one
                self._refuse_foreign()
            self.path.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path / LOCK, timeout=WAIT):
                self._refuse_foreign()
                yield
        except Timeout:
            raise UserError(f"索引“{self.path}”一直被另一个进程占用;请等它结束再试。") from None
        except OSError as error:
            raise UserError(f"写不了索引文件夹“{self.path}”({reason(error)});请检查权限和磁盘空间,原有索引未受影响。") from None

    def _names(self, under: str = "") -> list[str]:
        return sorted(os.listdir(self.path / under)) if os.path.isdir(self.path / under) else []

    def _refuse_foreign(self) -> None:
        names = self._names()
        if any(map(PART.fullmatch, names)) or any(map(SOURCE.fullmatch, self._names(SOURCES))):
            return
        foreign = [name for name in names if not name.startswith(".") and (name, self._names(name)) != (SOURCES, [])]
        if MANIFEST in foreign:
            with suppress(UserError):  # ours, all its files gone
                self.manifest()
                return
        if foreign:
            raise UserError(f"“{self.path}”里已有别的文件({foreign[0]}),不是索引文件夹;请用 --index 指定另一个文件夹。")

    def publish(self, about: dict, parts: dict[str, tuple[str, bytes]], sources: Iterable[bytes]) -> None:
        """Make `parts` (name → suffix and bytes) the published state. about["documents"] names the sources to keep, by `sha256`.

        Only within `writing`. Raises OSError where the disk refuses; the folder then reads as before.
        """
        try:
            if not self.exists and not self.lost:
                self._write(FIRST, b"")
                self._flush()
            for data in sources:
                self.keep(data)
            files = {}
            for part, (suffix, data) in parts.items():
                digest = sha256(data)
                files[part] = {"name": f"{part}-{digest[:16]}.{suffix}", "sha256": digest, "bytes": len(data)}
                self._write(files[part]["name"], data)
            manifest = signed({"format": FORMAT, **about, "files": files})
            self._write(copy_name(manifest), manifest)
            self._flush(SOURCES)
            self._flush()
            self._write(MANIFEST, manifest)
            self._flush()
        finally:
            self.clean()

    def keep(self, data: bytes) -> None:
        """Keep a source, unless it is there and sound."""
        (self.path / SOURCES).mkdir(exist_ok=True)
        if self.source(sha256(data)) is None:
            self._write(f"{SOURCES}/{sha256(data)}", data)

    def _write(self, name: str, data: bytes) -> None:
        """Write aside, flush to disk, read back, rename into place."""
        aside = self.path / f"{NEW}file"
        try:
            with open(aside, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            with open(aside, "rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != sha256(data):
                    raise OSError(errno.EIO, "read back otherwise than written")
            os.replace(aside, self.path / name)
        finally:
            with suppress(OSError):
                aside.unlink()

    def _flush(self, under: str = "") -> None:
        """Put the names of a folder on the disk: without it a power cut may keep the manifest and lose a file it names."""
        if os.name == "posix" and os.path.isdir(self.path / under):
            handle = os.open(self.path / under, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def clean(self) -> None:
        """Delete what no manifest names and a writer left behind. Nothing goes where the manifest is damaged or lost."""
        try:
            manifest = self.manifest() if self.exists else {"files": {}, "documents": []}
            if self.exists or FIRST in self._names():
                current = {copy_name(signed(manifest)), *(entry["name"] for entry in manifest["files"].values())}
                used = {entry["sha256"] for entry in manifest["documents"]}
                names = [name for name in self._names() if PART.fullmatch(name) and name not in current]
                # a manifest's copy goes before the files it names; the mark of the first publication goes last
                left = [*sorted(names, key=lambda name: not name.startswith("manifest-")),
                        *(f"{SOURCES}/{name}" for name in self._names(SOURCES) if SOURCE.fullmatch(name) and name not in used),
                        *sorted((name for name in self._names() if name.startswith(NEW)), key=lambda name: name == FIRST)]
                for name in left:
                    (self.path / name).unlink(missing_ok=True)
        except (OSError, UserError):
            pass  # what is published stands; the next writer tries again

    def recovered(self) -> dict:
        """What was published, as far as it can be told: the manifest, its sound copy, or one of another version.

        Raises UserError where none of them tells.
        """
        with suppress(UserError):
            return self.manifest()
        names = [name for name in self._names() if name == MANIFEST or PART.fullmatch(name) and name.startswith("manifest-")]
        if not names:
            raise UserError(f"“{self.path}”里没有可以重建的索引;请用 ingest 索引原文件。")
        found = []
        for name in names:
            with suppress(OSError):
                data = (self.path / name).read_bytes()
                found.append((copy_name(data) == name, name == MANIFEST, (self.path / name).stat().st_mtime_ns, data))
        for *_, data in sorted(found, reverse=True):  # sound copies, the latest first; then words that may be misspelt
            if manifest := told(data):
                return manifest
        raise UserError(f"“{self.path}”的 {MANIFEST} 已损坏或不见了,也没有副本,无从知道索引过哪些文件;请移开这个文件夹,再用 ingest 重新索引原文件"
                        f"({SOURCES} 里若有它们的副本,可改名取回)。")

    def set_aside(self) -> Path:
        """Keep the folder as it is under a name beside it, so that it can be published anew. Returns that name."""
        folder = self.path.resolve()
        part = folder.with_name(f".{folder.name}.aside")
        number = 1
        try:
            while (aside := folder.with_name(f"{folder.name}.damaged-{number}")).exists():
                number += 1
            shutil.rmtree(part, ignore_errors=True)
            shutil.copytree(folder, part, copy_function=_link, ignore=lambda under, names: [n for n in names if n == LOCK or n.startswith(NEW)])
            os.rename(part, aside)
        except (OSError, shutil.Error) as error:
            shutil.rmtree(part, ignore_errors=True)
            what = reason(error) if not isinstance(error, shutil.Error) else "有文件复制不了"
            raise UserError(f"不能在“{folder.parent}”里保留旧索引({what}),没有重建;请检查权限和磁盘空间,旧索引未受影响。") from None
        return aside


def _link(source: str, target: str) -> None:
    """The same file under another name; files are replaced, never rewritten. A copy where the disk knows no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
