"""A question and windows of text → where in each the answer stands, and whether it does: the learned reader.

One pass of a small transformer over all windows (int8 ONNX, onnxruntime, no torch). `data/models/README.md` says what
it was trained on. Offsets are characters of the window.
"""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime

from ingest.document import Span, UserError
from qa.pieces import UNK, Pieces, batch, places

FOLDER = Path(__file__).resolve().parent.parent / "data" / "models"
NEVER = -1e4
LONGEST = 80
ROWS = 4


@dataclass(frozen=True)
class Window:
    """What the model makes of one window of n characters.

    first, last: (n,) float32, logit that the answer's first or last character is this one, NEVER where none may be;
    none: the same for "no answer", first and last together; answers: logit that the window answers at all.
    """

    first: np.ndarray
    last: np.ndarray
    none: float
    answers: float

    @cached_property
    def best(self) -> tuple[float, Span]:
        """The likeliest span and its logit, from the ten likeliest beginnings."""
        found = (NEVER * 2, (0, 0))
        for start in np.argsort(-self.first)[:10]:
            tail = self.last[start:start + LONGEST]
            end = int(tail.argmax())
            found = max(found, (float(self.first[start] + tail[end]), (int(start), int(start) + end + 1)))
        return found

    @property
    def margin(self) -> float:
        """How far the best span is ahead of "no answer", in logits."""
        return self.best[0] - self.none

    def part(self, start: int) -> Window:
        """The window without its first `start` characters: an answer is quoted from the sentence, not its heading or the sentence before. `answers` loses
        what the best span has lost: the window may answer where its part does not."""
        rest = Window(self.first[start:], self.last[start:], self.none, self.answers)
        return replace(rest, answers=self.answers - (self.best[0] - rest.best[0]))

    def with_parts(self, parts: Sequence[tuple[int, Window]]) -> Window:
        """The window joined with what the model makes of parts of it alone, each from an offset on: where one says more surely that an answer stands or that
        there is one, it is believed."""
        first, last, answers = self.first - self.none / 2, self.last - self.none / 2, self.answers
        for start, part in parts:
            stretch = slice(start, start + len(part.first))
            first[stretch] = np.maximum(first[stretch], part.first - part.none / 2)
            last[stretch] = np.maximum(last[stretch], part.last - part.none / 2)
            answers = max(answers, part.answers)
        return Window(first, last, 0.0, answers)

    def score(self, start: int, end: int) -> float:
        """The logit of a range as the answer, its edges taken where they are likeliest inside it."""
        return float(self.first[start:end].max(initial=NEVER) + self.last[start:end].max(initial=NEVER))


def opened(folder: Path, name: str) -> tuple[onnxruntime.InferenceSession, Pieces] | None:
    """A model of a folder with the pieces that all its models read; None where it is not there. Raises UserError for files that are not one."""
    if not (folder / name).exists():
        return None
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # waiting threads would take the cores from other askers
    try:
        session = onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
        return session, Pieces.load(folder / "reader.json")
    except Exception as error:  # onnxruntime raises types of its own
        raise UserError(f"阅读模型“{folder}”打不开({type(error).__name__});请重新取得 data/models,或移走它,程序会改用一般规则。") from None


class SpanModel(Protocol):
    """Reads windows for a question."""

    def read(self, question: str, windows: list[str]) -> list[Window]: ...


class OnnxSpans:
    """The model of a folder: reader.onnx and reader.json."""

    def __init__(self, session: onnxruntime.InferenceSession, pieces: Pieces):
        self.session = session
        self.pieces = pieces

    @classmethod
    def load(cls, folder: Path = FOLDER) -> OnnxSpans | None:
        """The model, or None where the folder has none. Raises UserError for files that are not one."""
        found = opened(folder, "reader.onnx")
        return found and cls(*found)

    def read(self, question: str, windows: list[str]) -> list[Window]:
        """One Window for each window, in order; windows of like length share a pass."""
        rows = [self.pieces.pair(question, window) for window in windows]
        order = sorted(range(len(rows)), key=lambda i: -len(rows[i][0]))
        found: list[Window | None] = [None] * len(rows)
        for at in range(0, len(order), ROWS):
            some = order[at:at + ROWS]
            ids, kinds = batch([rows[i] for i in some])
            start, end, answers = self.session.run(["start", "end", "answerable"], {"ids": ids, "kinds": kinds})
            for b, i in enumerate(some):
                found[i] = self._window(rows[i], start[b], end[b], float(answers[b].reshape(-1)[0]), len(windows[i]))
        return found

    def _window(self, row: tuple, start: np.ndarray, end: np.ndarray, answers: float, size: int) -> Window:
        ids, _, spans = row
        first, last = np.full(size, NEVER, np.float32), np.full(size, NEVER, np.float32)
        for token, span in enumerate(spans):
            if span:
                for k in range(places(self.pieces.pieces[ids[token]], span) if ids[token] > UNK else 1):
                    first[span[0] + k] = start[token, k]
                    last[span[1] - 1 - k] = end[token, k]
        return Window(first, last, float(start[0, 0] + end[0, 0]), answers)
