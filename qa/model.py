"""What a language model is to the rest: `Model`, and `ModelFault` where it gives no answer. Loads no client."""
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

Stopped = Callable[[], bool]
STOPPED = "已停止生成"


class ModelFault(Exception):
    """Why a model gave no answer: one Chinese line without a full stop."""


class Model(Protocol):
    """A chat model. context: tokens that it takes, prompt and answer together. `stream` raises ModelFault and nothing else."""

    name: str
    context: int

    def stream(self, messages: Sequence[dict[str, str]], most: int, stopped: Stopped) -> Iterator[str]: ...
