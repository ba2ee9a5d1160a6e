"""FAISS bytes: round trip, exact scores, and what is refused."""
from __future__ import annotations

import faiss
import numpy as np
import pytest

from index.dense import Dense
from ingest.document import UserError

ROWS = np.array([[1, 0], [0, 1], [0.6, 0.8]], np.float32)


def test_scores_by_hand_in_row_order():
    assert Dense.build(ROWS).scores(np.array([0.8, 0.6], np.float32)) == pytest.approx([0.8, 0.6, 0.96])


def test_round_trip():
    dense = Dense.load(Dense.build(ROWS).save())
    assert dense.dimension == 2 and dense.rows(0, 3).tolist() == ROWS.tolist() and dense.rows(1, 2).tolist() == [[0, 1]]
    assert dense.save() == Dense.build(ROWS).save()


def test_other_memory_layouts():
    assert Dense.build(np.asfortranarray(ROWS.astype(np.float64))).rows(2, 3) == pytest.approx(ROWS[2:])


def foreign(index: faiss.Index) -> bytes:
    index.train(np.tile(ROWS, (100, 1)))
    index.add(ROWS) if not isinstance(index, faiss.IndexIDMap) else index.add_with_ids(ROWS, np.arange(3))
    return faiss.serialize_index(index).tobytes()


@pytest.mark.parametrize("index", [faiss.IndexFlatL2(2), faiss.IndexIDMap(faiss.IndexFlatIP(2)), faiss.IndexHNSWFlat(2, 4), faiss.IndexScalarQuantizer(2, faiss.ScalarQuantizer.QT_8bit)],
                         ids=lambda index: type(index).__name__)
def test_foreign_index_is_refused(index):
    with pytest.raises(UserError, match="不是本程序写的 FAISS 索引"):
        Dense.load(foreign(index))


@pytest.mark.parametrize("data", [b"", b"\x00", b"not an index", Dense.build(ROWS).save()[:-1], Dense.build(ROWS).save()[:20]], ids=["empty", "zero", "text", "short", "head"])
def test_no_index_is_refused(data):
    with pytest.raises(UserError, match="不是 FAISS 索引"):
        Dense.load(data)
