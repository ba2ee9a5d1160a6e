"""Folders that are not ours, folders and disks that refuse: told in one line, nothing lost."""
from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.store import Source, Store
from ingest.document import UserError
from tests.index.fakes import A, A2, B, anew, content, fake, file_of, flip, forbidden, source, texts


@pytest.mark.parametrize("names", [["报告.docx"], ["documents-2022.docx"], ["dense-data.bin"], ["sources/原稿.txt"], ["manifest.json"], ["chunk-0123456789abcdef.js"],
                                   ["manifest.json", "icon.png"]], ids=str)
def test_folder_of_other_files_stays_untouched(tmp_path, names):
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('{"manifest_version": 3, "documents": []}', "utf-8")
    before = content(tmp_path)
    with pytest.raises(UserError, match="不是索引文件夹;请用 --index"):
        Store(tmp_path).update([source("a.txt", A)], forbidden)
    with pytest.raises(UserError):
        Store(tmp_path).rebuild(anew, fake)
    assert content(tmp_path) == before and not (tmp_path / ".lock").exists() and [p.name for p in tmp_path.parent.glob(f"*{tmp_path.name}.*")] == []


def test_files_put_beside_the_index_stay(store):
    for name in ("笔记.txt", "documents-旧.docx", "sources/原稿.txt", "dense-1.faiss"):
        (store.folder / name).write_text("x", "utf-8")
    store.update([source("甲 报道.txt", A2)], fake)
    assert content(store.folder).items() >= {name: b"x" for name in ("笔记.txt", "documents-旧.docx", "sources/原稿.txt", "dense-1.faiss")}.items()


def test_hidden_files_do_not_make_a_folder_foreign(tmp_path):
    (tmp_path / ".gitkeep").write_bytes(b"")
    assert texts(Store(tmp_path).update([source("a.txt", A)], fake)) == {"a.txt": A}


def test_file_in_the_place_of_the_folder(tmp_path):
    (tmp_path / "索引").write_text("x")
    with pytest.raises(UserError, match="写不了索引文件夹.*已有同名的文件"):
        Store(tmp_path / "索引").update([source("a.txt", A)], forbidden)
    with pytest.raises(UserError, match="读不了索引文件.*不是文件夹"):
        Store(tmp_path / "索引").read()


@pytest.fixture
def open_store():
    """The index of `store`, below folders that anyone may pass: pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        store = Store(Path(name) / "报道 索引" / "一")
        store.update([source("甲 报道.txt", A, (2022, 1)), source("乙.md", B)], fake)
        yield store


@contextmanager
def unprivileged():
    """Without root's right to pass by file modes."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_read_only_folder(open_store):
    before, folder = content(open_store.folder), open_store.folder
    os.chmod(folder / ".lock", 0o666)
    os.chmod(folder, 0o555)
    os.chmod(folder.parent, 0o555)
    try:
        with unprivileged():
            assert texts(open_store.read()) == {"甲 报道.txt": A, "乙.md": B}
            with pytest.raises(UserError, match="写不了索引文件夹“.*一”\\(没有权限\\).*原有索引未受影响"):
                open_store.update([source("丙.txt", A2)], fake)
            with pytest.raises(UserError, match="没有权限"):
                open_store.rebuild(anew, fake)
            with pytest.raises(UserError, match="写不了索引文件夹“.*新”\\(没有权限"):
                Store(folder.parent / "新").update([source("丙.txt", A2)], forbidden)
    finally:
        os.chmod(folder.parent, 0o755)
        os.chmod(folder, 0o755)
    assert content(folder) == before


def test_parent_that_takes_no_copy(open_store):
    """A damaged index that cannot be set aside is left as it is."""
    flip(file_of(open_store, "dense"), 0.5)
    before, folder = content(open_store.folder), open_store.folder
    os.chmod(folder, 0o777)
    os.chmod(folder / ".lock", 0o666)
    os.chmod(folder.parent, 0o555)
    try:
        with unprivileged(), pytest.raises(UserError, match="不能在“.*报道 索引”里保留旧索引\\(没有权限\\)"):
            open_store.rebuild(anew, fake)
    finally:
        os.chmod(folder.parent, 0o755)
    assert content(folder) == before


def test_unreadable_file_is_no_damage(open_store):
    path = file_of(open_store, "documents")
    os.chmod(path, 0)
    with unprivileged(), pytest.raises(UserError, match=f"读不了索引文件.*{path.name}.*没有权限"):
        open_store.read()


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 400 KB. Mounting takes root's rights."""
    disk = tmp_path / "小盘"
    disk.mkdir()
    if shutil.which("mount") is None or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "jushi-test", disk], capture_output=True).returncode:
        pytest.skip("mounting a small file system is not permitted here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_full_disk_loses_nothing(small_disk):
    """The disk is full at the source, the documents, the vectors, the manifest's copy, the manifest, one after the other."""
    store, filler = Store(small_disk / "索引"), small_disk / "填充"
    store.update([source("甲.txt", A)], fake)
    before, refused = content(store.folder), 0
    page = os.sysconf("SC_PAGE_SIZE")
    new = source("大.txt", "".join(f"第{i}句话。\n" for i in range(30)))
    while True:
        free = os.statvfs(small_disk)
        filler.write_bytes(b"x" * max(0, free.f_bavail * free.f_frsize - refused * page))
        try:
            store.update([new], fake)
            break
        except UserError as error:
            assert "写不了索引文件夹" in str(error) and "磁盘已满" in str(error) and "原有索引未受影响" in str(error)
        refused += 1
        assert content(store.folder) == before and texts(store.read()) == {"甲.txt": A}
        filler.unlink()
    assert refused >= 5 and texts(store.read()) == {"甲.txt": A, "大.txt": new.document.raw} and len(content(store.folder)) == 6


def test_full_disk_at_the_first_publication(small_disk):
    store = Store(small_disk / "索引")
    with pytest.raises(UserError, match="磁盘已满"):
        store.update([Source(b"x" * 500_000, source("大.txt", B).document)], fake)
    assert content(store.folder) == {} and not store.exists
    assert texts(store.update([source("乙.txt", B)], fake)) == {"乙.txt": B}


def test_read_only_disk(small_disk):
    store = Store(small_disk / "索引")
    store.update([source("甲.txt", A)], fake)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert texts(store.read()) == {"甲.txt": A}
    with pytest.raises(UserError, match="写不了索引文件夹.*只读"):
        store.update([source("乙.txt", B)], forbidden)
    assert texts(store.read()) == {"甲.txt": A}


def test_index_that_is_a_mount_is_rebuilt_in_place(small_disk):
    """As in a container: the folder cannot be renamed, and its neighbours lie on another disk."""
    store = Store(small_disk)
    store.update([source("甲.txt", A)], fake)
    flip(file_of(store, "documents"), 0.5)
    damaged = content(store.folder)
    aside, after = store.rebuild(anew, fake)
    assert texts(after) == {"甲.txt": A} and content(aside) == damaged and aside.parent == small_disk.parent
