"""Vectors → FAISS: exact inner product over all rows, as bytes in the index folder."""
from __future__ import annotations

import faiss
import numpy as np

from ingest.document import UserError


class Dense:
    """A flat FAISS index; row i is unit i of the store."""

    def __init__(self, index: faiss.Index):
        self.index = index

    @classmethod
    def build(cls, vectors: np.ndarray) -> Dense:
        """(n, dimension) float32 of length 1 → index."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, np.float32))
        return cls(index)

    @classmethod
    def load(cls, data: bytes) -> Dense:
        """Bytes of `save` → index. Raises UserError where they are no flat inner-product index."""
        try:
            index = faiss.deserialize_index(np.frombuffer(data, np.uint8))
        except (RuntimeError, MemoryError):
            raise UserError("向量文件不是 FAISS 索引") from None
        if type(index) is not faiss.IndexFlatIP:
            raise UserError("向量文件不是本程序写的 FAISS 索引")
        return cls(index)

    def save(self) -> bytes:
        return faiss.serialize_index(self.index).tobytes()

    @property
    def dimension(self) -> int:
        return self.index.d

    def rows(self, start: int, end: int) -> np.ndarray:
        """Rows start to end, half-open: (n, dimension) float32, as they were added."""
        return self.index.reconstruct_n(start, end - start)

    def scores(self, query: np.ndarray) -> np.ndarray:
        """(dimension,) → cosine with each row, (n,) float32, in row order."""
        similarity, rows = self.index.search(query[None, :], self.index.ntotal)
        scores = np.empty(self.index.ntotal, np.float32)
        scores[rows[0]] = similarity[0]
        return scores
