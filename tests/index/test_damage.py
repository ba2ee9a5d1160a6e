"""Damage of every kind to every file: refused by name, kept beside, rebuilt from the kept sources, never a wrong answer."""
from __future__ import annotations

import json
import os
import shutil

import faiss
import numpy as np
import pytest

from index.manifest import sha256, signed
from index.store import Store
from ingest.document import UserError
from tests.index.fakes import A, A2, B, anew, content, fake, file_of, flip, forbidden, source, unmixed

DAMAGE = {"first": lambda p: flip(p, 0), "middle": lambda p: flip(p, 0.5), "last": lambda p: flip(p, 1), "short": lambda p: os.truncate(p, p.stat().st_size - 1),
          "empty": lambda p: os.truncate(p, 0), "longer": lambda p: p.write_bytes(p.read_bytes() + b"\n"), "missing": lambda p: p.unlink()}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("part", ["manifest", "documents", "dense"])
def test_damage_is_refused_by_name_and_rebuilt(store, part, damage):
    path, before = file_of(store, part), store.read()
    DAMAGE[damage](path)
    damaged = content(store.folder)
    for call in (store.read, lambda: store.update([source("丙.txt", A2)], forbidden), lambda: store.update([], forbidden, remove=frozenset({"乙.md"}))):
        with pytest.raises(UserError, match=f"{path.name} .*--rebuild"):
            call()
    assert content(store.folder) == damaged

    models = []
    aside, after = store.rebuild(anew, lambda model: models.append(model) or fake(model))
    assert after.documents == before.documents and unmixed(after) and models == ["fake/a"]
    assert aside == store.folder.with_name("一.damaged-1") and content(aside) == damaged
    assert store.read().manifest == before.manifest and len(content(store.folder)) == 6


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("part", ["copy", "source"])
def test_damage_to_what_is_kept_for_rebuilding_alone(store, part, damage):
    """No answer comes from these; what is lost with one of them is had from the other files."""
    before = store.read()
    DAMAGE[damage](file_of(store, part))
    damaged = content(store.folder)
    assert store.read().documents == before.documents
    aside, after = store.rebuild(anew, fake)
    assert after.documents == before.documents and content(aside) == damaged
    assert file_of(store, part).is_file() and after.manifest == before.manifest


def test_every_byte_of_the_manifest_counts(store):
    path = store.folder / "manifest.json"
    data = path.read_bytes()
    for at in range(len(data)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:])
        with pytest.raises(UserError, match="manifest.json .*--rebuild"):
            store.read()
        assert [kept.name for kept in store.sources()] == ["甲 报道.txt", "乙.md"]


@pytest.mark.parametrize("data, what", [
    (b"", "读不懂"), (b"garbage", "读不懂"), (b"[" * 100000, "读不懂"), (b"\xff\xfe\x00", "读不懂"), (b"[]", "不是本版本的格式"), (b"{}", "不是本版本的格式"),
    (json.dumps({"format": 99, "documents": []}).encode(), "不是本版本的格式"), (json.dumps({"format": 2}).encode(), "校验和不符"),
    (signed({"format": 2}), "校验和不符"), (signed({"format": 2, "files": {"documents": {"name": "../../etc/passwd", "sha256": "x"}}}), "校验和不符"),
    (b'{"format": 2, "model": "\\ud800"}', "校验和不符"),
], ids=range(11))
def test_foreign_manifest(store, data, what):
    before = store.read()
    (store.folder / "manifest.json").write_bytes(data)
    with pytest.raises(UserError, match=f"manifest.json .*{what}"):
        store.read()
    assert store.rebuild(anew, fake)[1].documents == before.documents


def test_index_of_another_version_without_a_copy_is_rebuilt_from_its_own_words(store):
    """As the first version of this program wrote it."""
    before = store.read()
    file_of(store, "copy").unlink()
    old = {key: value for key, value in before.manifest.items() if key != "sha256"} | {"format": 1}
    (store.folder / "manifest.json").write_text(json.dumps(old, ensure_ascii=False), "utf-8")
    with pytest.raises(UserError, match="不是本版本的格式"):
        store.read()
    assert store.rebuild(anew, fake)[1].documents == before.documents


def replant(store: Store, data: bytes, **changes) -> None:
    """Put other bytes in the place of the vectors, under a manifest that vouches for them."""
    digest = sha256(data)
    manifest = store.manifest()
    manifest["files"]["dense"] = {"name": f"dense-{digest[:16]}.faiss", "sha256": digest, "bytes": len(data)}
    (store.folder / manifest["files"]["dense"]["name"]).write_bytes(data)
    (store.folder / "manifest.json").write_bytes(signed(manifest | changes))


def test_foreign_faiss_files(store):
    before, rows = store.read(), np.eye(4, 8, dtype=np.float32)
    flat, l2, fewer = faiss.IndexFlatIP(8), faiss.IndexFlatL2(8), faiss.IndexFlatIP(8)
    flat.add(rows), l2.add(rows), fewer.add(rows[:3])
    (store.folder / before.manifest["files"]["dense"]["name"]).write_bytes(faiss.serialize_index(l2).tobytes())
    with pytest.raises(UserError, match="dense-.* 已损坏"):
        store.read()
    for data, changes, what in ((faiss.serialize_index(l2).tobytes(), {}, "不是本程序写的"), (b"x", {}, "不是 FAISS"), (faiss.serialize_index(fewer).tobytes(), {}, "与文档不相配"),
                                (faiss.serialize_index(flat).tobytes(), {"dimension": 9}, "与文档不相配")):
        replant(store, data, **changes)
        with pytest.raises(UserError, match=f"dense-.* .*{what}"):
            store.read()
    assert store.rebuild(anew, fake)[1].documents == before.documents


def test_rebuild_that_cannot_be_leaves_all_as_it_is(store):
    file_of(store, "source").unlink()
    flip(file_of(store, "documents"), 0.5)
    before = content(store.folder)
    with pytest.raises(UserError, match="“甲 报道.txt”的源文件副本"):
        store.rebuild(anew, fake)

    def unavailable(model):
        raise UserError("没有模型")
    shutil.copyfile(store.folder / f"sources/{source('', B).sha256}", store.folder / f"sources/{source('', A).sha256}")
    (store.folder / f"sources/{source('', A).sha256}").write_text(A, "utf-8")
    before = content(store.folder)
    with pytest.raises(UserError, match="没有模型"):
        store.rebuild(anew, unavailable)
    assert content(store.folder) == before and [p.name for p in store.folder.parent.iterdir()] == ["一"]


def test_each_damaged_state_is_kept(store):
    asides = [store.rebuild(anew, fake)[0] for _ in range(3)]
    assert [aside.name for aside in asides] == ["一.damaged-1", "一.damaged-2", "一.damaged-3"]
    assert sorted(p.name for p in store.folder.parent.iterdir()) == ["一", *(aside.name for aside in asides)]


def test_manifest_and_its_copy_lost(store):
    """Nothing tells what was here: no update may take the rest for a crashed beginning and sweep it away."""
    (store.folder / "manifest.json").unlink()
    copy = next(store.folder.glob("manifest-*"))
    copy.unlink()
    before = content(store.folder)
    with pytest.raises(UserError, match="manifest.json 不见了"):
        store.update([source("丙.txt", A2)], fake)
    with pytest.raises(UserError):
        store.rebuild(anew, fake)
    store.files.clean()
    assert content(store.folder) == before


def test_nothing_is_swept_away_under_a_damaged_manifest(store):
    flip(store.folder / "manifest.json", 0.5)
    before = content(store.folder)
    store.files.clean()
    assert content(store.folder) == before
