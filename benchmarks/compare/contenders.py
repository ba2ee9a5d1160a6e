"""The contenders: each ingests one text and returns its best passages for a question. All embed with `index.embed.Embedder`.

Apart from the embedding each has its own defaults, told in its docstring: how it cuts the text is part of what is compared.
"""
from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Protocol

from index.embed import Embedder
from ingest.load import load


class Contender(Protocol):
    """ingest: a file → the number of passages; search: a question → texts of the best `k` passages, best first."""

    def ingest(self, path: Path) -> int: ...

    def search(self, question: str, k: int) -> list[str]: ...


class Jushi:
    """Ours: sentences by BM25 and by the nearest clause, the passages they stand in; the index written to disk and checked."""

    def __init__(self, embedder: Embedder):
        from qa.assistant import Assistant
        from qa.read import SignalReader

        self.embedder, self.reader, self.make = embedder, SignalReader.load(), Assistant
        self.folder = tempfile.TemporaryDirectory()

    def ingest(self, path: Path) -> int:
        from index.store import Source, Store
        from ingest.chunk import read_document

        data, text = load(path)
        store = Store(Path(self.folder.name) / "index")
        store.update([Source(data, read_document(path.name, text))], lambda: self.embedder)
        self.assistant = self.make(store, self.embedder, self.reader)
        return len(self.assistant.searcher.snapshot.documents[0].passages)

    def search(self, question: str, k: int) -> list[str]:
        from qa.answer import passages

        return [passage["text"] for passage in passages(tuple(self.assistant.search(question, 3 * k)))][:k]


class JushiAsk(Jushi):
    """Ours with reading: the whole of `ask`, whose passages are ranked by what answers."""

    def search(self, question: str, k: int) -> list[str]:
        return [passage["text"] for passage in self.assistant.ask(question).to_dict()["passages"]][:k]


class LangChain:
    """RecursiveCharacterTextSplitter as in its tutorial (1000 characters, 200 shared), FAISS.from_texts, similarity_search."""

    def __init__(self, embedder: Embedder):
        from langchain_community.vectorstores import FAISS
        from langchain_core.embeddings import Embeddings
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        class Ours(Embeddings):
            def embed_documents(self, texts: list[str]) -> list[list[float]]:
                return [vector.tolist() for batch in embedder.documents(texts) for vector in batch]

            def embed_query(self, text: str) -> list[float]:
                return embedder.query(text).tolist()

        self.model, self.faiss, self.splitter = Ours(), FAISS, RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200)

    def ingest(self, path: Path) -> int:
        chunks = self.splitter.split_text(load(path)[1])
        self.store = self.faiss.from_texts(chunks, self.model)
        return len(chunks)

    def search(self, question: str, k: int) -> list[str]:
        return [found.page_content for found in self.store.similarity_search(question, k=k)]


class LlamaIndex:
    """VectorStoreIndex.from_documents with its SentenceSplitter (1024 tokens, 200 shared), in memory, as_retriever."""

    def __init__(self, embedder: Embedder):
        from llama_index.core import Document, VectorStoreIndex
        from llama_index.core.base.embeddings.base import BaseEmbedding

        class Ours(BaseEmbedding):
            def _get_text_embedding(self, text: str) -> list[float]:
                return self._get_text_embeddings([text])[0]

            def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
                return [vector.tolist() for batch in embedder.documents(texts) for vector in batch]

            def _get_query_embedding(self, query: str) -> list[float]:
                return embedder.query(query).tolist()

            async def _aget_query_embedding(self, query: str) -> list[float]:
                return self._get_query_embedding(query)

        self.model, self.document, self.index = Ours(), Document, VectorStoreIndex

    def ingest(self, path: Path) -> int:
        self.store = self.index.from_documents([self.document(text=load(path)[1])], embed_model=self.model)
        return len(self.store.docstore.docs)

    def search(self, question: str, k: int) -> list[str]:
        return [found.node.get_content() for found in self.store.as_retriever(similarity_top_k=k).retrieve(question)]


class Txtai:
    """Embeddings(content=True) over the text's paragraphs (it does not cut by itself), search."""

    def __init__(self, embedder: Embedder):
        import numpy as np
        from txtai import Embeddings

        self.asking = False

        def transform(texts: list[str]) -> np.ndarray:
            if self.asking:
                return np.stack([embedder.query(text) for text in texts])
            return np.concatenate(list(embedder.documents(list(texts))))

        self.store = Embeddings(method="external", transform=transform, content=True)

    def ingest(self, path: Path) -> int:
        self.asking = False
        paragraphs = [part.strip() for part in load(path)[1].split("\n\n") if part.strip()]
        self.store.index(paragraphs)
        return len(paragraphs)

    def search(self, question: str, k: int) -> list[str]:
        self.asking = True
        return [found["text"] for found in self.store.search(question, k)]


class Bare:
    """The floor: the embedding model alone, over the clauses that we embed; it finds nothing."""

    def __init__(self, embedder: Embedder):
        self.embedder = embedder

    def ingest(self, path: Path) -> int:
        from index.store import clause_texts
        from ingest.chunk import read_document

        document = read_document(path.name, load(path)[1])
        for _ in self.embedder.documents(clause_texts(document)):
            pass
        return len(document.passages)

    def search(self, question: str, k: int) -> list[str]:
        self.embedder.query(question)
        return []


CONTENDERS = {"据实": Jushi, "据实（含阅读）": JushiAsk, "LangChain + FAISS": LangChain, "LlamaIndex": LlamaIndex, "txtai": Txtai, "嵌入模型本身": Bare}
