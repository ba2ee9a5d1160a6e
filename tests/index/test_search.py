"""Search over a small corpus with vectors given by hand."""
from __future__ import annotations

import numpy as np
import pytest

from index.embed import Embedder
from index.search import Searcher
from index.store import Store
from ingest.document import UserError
from tests.index.fakes import TableEncoder, fake, source

A, B = "甲公司有147家门店。\n", "乙公司有83家门店。\n丙公司今年关门了；老板去了南方。\n"
TABLE = {"甲公司有147家门店。": [1, 0], "乙公司有83家门店。": [0.8, 0.6], "丙公司今年关门了；": [0, 1], "老板去了南方。": [0.6, -0.8],
         "甲公司": [1, 0], "南方": [0.6, -0.8], "？": [0, 1], "What?": [0, 1], "公司": [0.8, 0.6]}


@pytest.fixture(scope="module")
def searcher(tmp_path_factory):
    embedder = Embedder(TableEncoder(TABLE), "table", 2)
    store = Store(tmp_path_factory.mktemp("search"))
    return Searcher.build(store.update([source("甲.txt", A), source("乙.txt", B)], lambda: embedder), embedder)


def found(hits):
    return [hit.sentence.text.rstrip() for hit in hits]


def test_best_first_with_its_scores(searcher):
    hits = searcher.search("甲公司")
    assert found(hits)[0] == "甲公司有147家门店。"
    assert hits[0].document.name == "甲.txt" and hits[0].number == 0 and hits[0].coverage == 1
    assert hits[0].dense == pytest.approx(1) and hits[1].dense == pytest.approx(0.8)
    assert hits[0].lexical > hits[1].lexical > 0
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert sum(hit.score for hit in hits) == pytest.approx(0, abs=1e-5)  # standardised


def test_a_sentence_is_as_near_as_its_nearest_clause(searcher):
    best = searcher.search("南方")[0]
    assert best.sentence.text.startswith("丙公司今年关门了；老板") and best.dense == pytest.approx(1)


def test_passage_holds_its_sentence(searcher):
    for hit in searcher.search("公司"):
        assert hit.passage.start <= hit.sentence.start and hit.passage.text in hit.document.text and hit.sentence.text in hit.passage.text


def test_limit_and_documents(searcher):
    assert len(searcher.search("公司", limit=2)) == 2
    assert {hit.document.name for hit in searcher.search("甲公司", documents=frozenset({"乙.txt"}))} == {"乙.txt"}
    assert len(searcher.search("甲公司", documents=frozenset({"乙.txt"}))) == 2
    assert searcher.search("甲公司", documents=frozenset({"没有.txt"})) == []
    assert len(searcher.search("甲公司", documents=frozenset())) == 3


@pytest.mark.parametrize("question", ["？", "What?"])
def test_without_words_in_common_the_vectors_decide(searcher, question):
    hits = searcher.search(question)
    assert found(hits) == ["丙公司今年关门了；老板去了南方。", "乙公司有83家门店。", "甲公司有147家门店。"]
    assert [hit.lexical for hit in hits] == [0, 0, 0] and [hit.coverage for hit in hits] == [0, 0, 0]
    assert [hit.dense for hit in hits] == pytest.approx([1, 0.6, 0])


def test_ties_keep_the_order_of_the_report(tmp_path):
    table = {"同样的话。": [1, 0], "同样": [1, 0]}
    embedder = Embedder(TableEncoder(table), "table", 2)
    snapshot = Store(tmp_path).update([source(f"{i}.txt", "同样的话。") for i in range(3)], lambda: embedder)
    hits = Searcher.build(snapshot, embedder).search("同样")
    assert [hit.document.name for hit in hits] == ["0.txt", "1.txt", "2.txt"] and [hit.score for hit in hits] == [0, 0, 0]


def test_given_vector_is_used(searcher):
    cosines = {hit.document.name: hit.dense for hit in searcher.search("甲公司", vector=np.array([0, 1], np.float32))}
    assert cosines["甲.txt"] == pytest.approx(0)


@pytest.mark.parametrize("other", [fake("fake/other", 8), fake("table", 8), fake("fake/other", 2)], ids=["both", "dimension", "name"])
def test_another_models_vectors_are_never_searched(searcher, other):
    with pytest.raises(UserError, match="table"):
        Searcher.build(searcher.snapshot, other)
