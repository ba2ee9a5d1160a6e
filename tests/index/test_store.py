"""The index folder: what is published, what an update changes, and the three functions of qa.assistant over it."""
from __future__ import annotations

import os

import pytest

from index.embed import Embedder
from index.record import load_document, save_document
from index.store import Store
from ingest.chunk import read_document
from ingest.document import UserError
from qa.assistant import ingest, rebuild, remove
from qa.settings import Settings
from tests.index.fakes import A, A2, B, anew, content, fake, file_of, flip, forbidden, source, texts, unmixed


def test_round_trip(store):
    snapshot = Store(store.folder).read()
    assert snapshot.documents == (source("甲 报道.txt", A, (2022, 1)).document, source("乙.md", B).document)
    assert texts(snapshot) == {"甲 报道.txt": A, "乙.md": B} and unmixed(snapshot)
    assert (snapshot.model, snapshot.manifest["dimension"]) == ("fake/a", 8)
    assert snapshot.rows == {"甲 报道.txt": (0, 3), "乙.md": (3, 4)}
    entry = snapshot.manifest["documents"][0]
    assert (entry["name"], entry["date"], entry["sentences"], entry["sha256"]) == ("甲 报道.txt", [2022, 1], 2, source("", A).sha256)


def test_files_are_the_ones_that_the_manifest_names(store):
    manifest = store.manifest()
    expected = {"manifest.json", file_of(store, "copy").name, *(entry["name"] for entry in manifest["files"].values()),
                *(f"sources/{entry['sha256']}" for entry in manifest["documents"])}
    assert content(store.folder).keys() == expected
    assert not any(data.startswith(b"\x80") for data in content(store.folder).values())  # no pickle


@pytest.mark.parametrize("text", ["一\u2028二。\x85三。\n四。", "「\u2029」\x0b\x0c\x1c有字", "😀\r\n𠮷家\r\n", "\\u2028 \"引\" {}"], ids=repr)
def test_lines_of_every_kind_come_back(tmp_path, text):
    document = read_document("a.txt", text)
    assert load_document(save_document(document)) == document
    assert Store(tmp_path / "i").update([source("a.txt", text), source("b.txt", B)], fake).documents[0] == document


def test_no_index(tmp_path):
    store = Store(tmp_path / "没有")
    assert not store.exists and store.version() == ""
    for call in (store.read, store.manifest):
        with pytest.raises(UserError, match="没有索引;请先运行 python app.py ingest"):
            call()
    with pytest.raises(UserError, match="没有可以重建的索引"):
        store.rebuild(anew, lambda model: fake())
    assert not (tmp_path / "没有").exists()


def test_unchanged_costs_nothing(store):
    before, version = {p: p.stat().st_mtime_ns for p in store.folder.rglob("*") if p.name != ".lock"}, store.version()
    assert texts(store.update([source("甲 报道.txt", A, (2022, 1))], forbidden)) == {"甲 报道.txt": A, "乙.md": B}
    assert texts(store.update([], forbidden, remove=frozenset({"没有"}))) == {"甲 报道.txt": A, "乙.md": B}
    assert {p: p.stat().st_mtime_ns for p in store.folder.rglob("*") if p.name != ".lock"} == before and store.version() == version


def test_changed_file_replaces_its_old_self(store):
    embedded = []
    embedder = fake()
    embedder.documents = lambda batch: embedded.extend(batch) or [embedder.encoder.encode_document(batch)]
    snapshot = store.update([source("甲 报道.txt", A2)], lambda: embedder)
    assert texts(snapshot) == {"乙.md": B, "甲 报道.txt": A2} and unmixed(snapshot)
    assert embedded == ["高新区有150家企业。"]
    assert sorted(p.name for p in (store.folder / "sources").iterdir()) == sorted([source("", A2).sha256, source("", B).sha256])
    assert len(content(store.folder)) == 6


def test_remove_loads_no_model(store):
    snapshot = store.update([], forbidden, remove=frozenset({"甲 报道.txt"}))
    assert texts(snapshot) == {"乙.md": B} and unmixed(snapshot)
    assert content(store.folder).keys() >= {f"sources/{source('', B).sha256}"} and len(content(store.folder)) == 5


def test_last_document_stays(store):
    before = content(store.folder)
    with pytest.raises(UserError, match="最后一个文档"):
        store.update([], forbidden, remove=frozenset({"甲 报道.txt", "乙.md"}))
    assert content(store.folder) == before


def test_another_model_embeds_all_anew(store):
    snapshot = store.update([source("丙.txt", A2)], lambda: fake("fake/b"), model="fake/b")
    assert snapshot.model == "fake/b" and texts(snapshot) == {"甲 报道.txt": A, "乙.md": B, "丙.txt": A2} and unmixed(snapshot)
    assert store.update([], lambda: fake("fake/c"), model="fake/c").model == "fake/c"


def test_vectors_of_two_models_never_meet(store):
    """As when another process rebuilt the index for its model while this one waited for its turn."""
    before = content(store.folder)
    with pytest.raises(UserError, match="fake/a.*fake/b.*不能混用"):
        store.update([source("丙.txt", A2)], lambda: fake("fake/b"))
    with pytest.raises(UserError, match="维数"):
        store.update([source("丙.txt", A2)], lambda: fake("fake/a", 4))
    assert content(store.folder) == before


def test_two_files_of_one_name_are_refused(store):
    with pytest.raises(UserError, match="同名的文件“丙.txt”"):
        store.update([source("丙.txt", A), source("丙.txt", B)], forbidden)
    assert "丙.txt" in texts(store.update([source("丙.txt", A), source("丙.txt", A)], fake))


def test_version_tells_states_apart_within_one_clock_tick(store):
    first = store.version()
    stamp = (store.folder / "manifest.json").stat().st_mtime_ns
    store.update([source("甲 报道.txt", A2)], fake)
    os.utime(store.folder / "manifest.json", ns=(stamp, stamp))
    assert store.version() != first
    store.update([source("丙.txt", A2)], fake)
    second = store.version()
    store.update([], forbidden, remove=frozenset({"丙.txt"}))
    store.update([source("丙.txt", A2)], fake)
    assert store.version() == second


def test_progress_counts_clauses(store):
    seen = []
    store.update([source("丙.txt", "句。\n" * 20)], fake, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(16, 20), (20, 20)]


def test_lost_source_is_kept_again(store):
    path = file_of(store, "source")
    for damage in (path.unlink, lambda: path.write_bytes(b"x")):
        damage()
        store.update([source("甲 报道.txt", A, (2022, 1))], forbidden)
        assert path.read_bytes() == A.encode("utf-8")


@pytest.fixture
def faked(monkeypatch):
    loaded = []
    monkeypatch.setattr(Embedder, "load", lambda model=None: loaded.append(model) or fake(model or "fake/a"))
    return loaded


def test_ingest_remove_rebuild(tmp_path, faked):
    settings = Settings(index=tmp_path / "索引")
    first, second = tmp_path / "甲 报道.txt", tmp_path / "乙.md"
    first.write_text(A, "gb18030")
    second.write_text(B, "utf-8")
    assert [d.name for d in ingest(settings, [first, second], (2022, 1))] == ["甲 报道.txt", "乙.md"]
    assert faked == [None]
    ingest(settings, [first], (2022, 1))
    assert faked == [None]
    before = Store(settings.index).read()

    flip(file_of(Store(settings.index), "manifest"), 0.5)
    with pytest.raises(UserError, match="manifest.json"):
        ingest(settings, [first])
    aside, names = rebuild(settings)
    assert names == ("甲 报道.txt", "乙.md") and Store(settings.index).read().documents == before.documents
    assert faked == [None, "fake/a"] and aside.is_dir()

    with pytest.raises(UserError, match="索引里没有“丙”;已有的文档:甲 报道.txt、乙.md"):
        remove(settings, ["丙"])
    remove(settings, ["乙.md"])
    assert texts(Store(settings.index).read()) == {"甲 报道.txt": A}
    assert faked == [None, "fake/a"]


def test_rebuild_keeps_the_model_unless_told_otherwise(tmp_path, faked):
    settings, file = Settings(index=tmp_path / "索引"), tmp_path / "甲.txt"
    file.write_text(A, "utf-8")
    ingest(Settings(index=settings.index, model="fake/b"), [file])
    rebuild(settings)
    assert Store(settings.index).read().model == "fake/b"
    rebuild(Settings(index=settings.index, model="fake/c"))
    assert Store(settings.index).read().model == "fake/c" and unmixed(Store(settings.index).read())
    file.write_text(A2, "utf-8")
    ingest(settings, [file])
    assert faked == ["fake/b", "fake/b", "fake/c", "fake/c"]


def test_rebuild_from_the_text_where_the_file_is_lost(tmp_path, faked):
    settings, file = Settings(index=tmp_path / "索引"), tmp_path / "甲.txt"
    file.write_text(A, "gb18030")
    ingest(settings, [file])
    before = Store(settings.index).read().documents
    file_of(Store(settings.index), "source").unlink()
    rebuild(settings)
    assert Store(settings.index).read().documents == before
    assert file_of(Store(settings.index), "source").read_bytes() == A.encode("utf-8")


def test_file_name_that_is_not_utf8(tmp_path, faked):
    path = tmp_path / os.fsdecode("报道.txt".encode("gb18030"))
    path.write_text(A, "utf-8")
    document, = ingest(Settings(index=tmp_path / "索引"), [path])
    assert document.name.endswith(".txt") and texts(Store(tmp_path / "索引").read()) == {document.name: A}
