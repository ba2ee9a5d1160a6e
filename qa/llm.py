"""A chat with an OpenAI-compatible model: messages → the pieces of its answer as they come, or a `ModelFault` that says in Chinese why not.

No other exception leaves `LanguageModel.stream`. What the endpoint itself says about an error is not handed on: it may repeat the key.
"""
from __future__ import annotations

import queue
import random
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

import httpx2
import openai

from qa.model import STOPPED, ModelFault, Stopped
from qa.settings import Secret, Settings

UNREACHABLE, SLOW, KEY = "语言模型的地址连不上", "语言模型答得太慢", "语言模型不认这个密钥"
BUSY, DOWN, NOT_THERE = "语言模型太忙", "语言模型的服务出了错", "语言模型的地址上没有这个模型"
REFUSED, TRUNCATED, MALFORMED = "语言模型不接受这个请求", "语言模型的回答中途断了", "语言模型的回答读不懂"
FILTERED = "语言模型拒绝回答"

MAX_WIRE = 4_000_000     # bytes read for one answer, whatever they say
WAITS = (1.0, 4.0)       # seconds before the second and the third try
TICK = 0.1
CONNECT = 5.0


class _Left(Exception):
    """Nobody waits for the answer any more, or it is longer than MAX_WIRE."""


class LanguageModel:
    """One model at one endpoint; safe to call from several threads.

    seconds: that an answer may take, tries and waits together; context: tokens of prompt and answer together; options: what this
    endpoint understands beyond the common request (llama.cpp's "grammar", vLLM's "top_k").
    """

    def __init__(self, url: str, name: str, key: Secret = Secret(), context: int = 4096, seconds: float = 60.0, waits: Sequence[float] = WAITS,
                 options: Mapping[str, object] | None = None):
        self.options = dict(options or {})
        self.name, self.context, self.seconds, self.waits = name, context, seconds, tuple(waits)
        local = urlsplit(url).hostname in ("localhost", "127.0.0.1", "::1")  # never through a proxy that the environment names
        http = openai.DefaultHttpxClient(follow_redirects=False, trust_env=not local)
        # organisation and project are the vendor's own; from the environment they would go to whatever endpoint is set
        self._client = openai.OpenAI(base_url=url, api_key=key.reveal() or "none", organization="", project="", max_retries=0, http_client=http)

    @classmethod
    def from_settings(cls, settings: Settings) -> LanguageModel | None:
        """The model of the settings; None where they name none."""
        if not settings.llm_base_url:
            return None
        return cls(settings.llm_base_url, settings.llm_model, settings.llm_api_key, settings.llm_context, settings.llm_timeout)

    def stream(self, messages: Sequence[dict[str, str]], most: int, stopped: Stopped = lambda: False) -> Iterator[str]:
        """The answer, `most` tokens at the most, in pieces as they come. Raises ModelFault, at once where `stopped()` turns true."""
        pieces: queue.SimpleQueue = queue.SimpleQueue()
        left, due = threading.Event(), time.monotonic() + self.seconds
        threading.Thread(target=self._fill, args=(pieces, list(messages), most, left, due), daemon=True).start()
        try:
            while True:
                if stopped():
                    raise ModelFault(STOPPED)
                if time.monotonic() > due:
                    raise ModelFault(SLOW)
                try:
                    piece = pieces.get(timeout=TICK)
                except queue.Empty:
                    continue
                if piece is None:
                    return
                if isinstance(piece, ModelFault):
                    raise piece
                yield piece
        finally:
            left.set()

    def _fill(self, pieces: queue.SimpleQueue, messages: list[dict[str, str]], most: int, left: threading.Event, due: float) -> None:
        """Put the pieces of the answer into the queue and None behind them, or a ModelFault. Tries again only where nothing has come yet."""
        for wait in (*self.waits, None):
            begun = False
            try:
                for piece in self._pieces(messages, most, left, due):
                    begun = True
                    pieces.put(piece)
                return pieces.put(None)
            except Exception as error:  # noqa: BLE001  whatever an endpoint makes the client raise is a fault of the model, not of the question
                fault, pause = fault_of(error, begun), asked_pause(error)
            if wait is None or begun or fault not in (BUSY, DOWN, UNREACHABLE):
                break
            pause = max(pause, wait * random.uniform(0.75, 1.25))
            if time.monotonic() + pause > due or left.wait(pause):
                break
        pieces.put(ModelFault(fault))

    def _pieces(self, messages: list[dict[str, str]], most: int, left: threading.Event, due: float) -> Iterator[str]:
        """The pieces of one try. Raises what the client raises, ModelFault for a stream without an end, _Left where it need not go on."""
        rest = max(0.1, due - time.monotonic())
        wait = openai.Timeout(rest, connect=min(CONNECT, rest))
        with self._client.chat.completions.create(model=self.name, messages=messages, max_tokens=most, temperature=0, stream=True, timeout=wait, extra_body=self.options) as stream:
            stream.response.stream = Bounded(stream.response.stream, left)
            finished = None
            for chunk in stream:
                choice = chunk.choices[0] if chunk.choices else None
                if choice is None:
                    continue
                finished = choice.finish_reason or finished
                if choice.delta and choice.delta.content:
                    yield str(choice.delta.content)
        if finished == "content_filter":
            raise ModelFault(FILTERED)
        if finished is None:
            raise ModelFault(TRUNCATED)


class Bounded(httpx2.SyncByteStream):
    """The bytes of a response while somebody waits for them, MAX_WIRE at the most. Raises _Left."""

    def __init__(self, inner: httpx2.SyncByteStream, left: threading.Event):
        self.inner, self.left = inner, left

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for part in self.inner:
            size += len(part)
            if size > MAX_WIRE or self.left.is_set():
                raise _Left
            yield part

    def close(self) -> None:
        self.inner.close()


def fault_of(error: Exception, begun: bool) -> str:
    """The line for what a client raised; `begun`: after part of an answer had come.

    >>> fault_of(ModelFault(FILTERED), True), fault_of(ValueError("sk-1"), False)
    ('语言模型拒绝回答', '语言模型的回答读不懂')
    """
    match error:
        case ModelFault():
            return str(error)
        case openai.APITimeoutError():
            return SLOW
        case openai.APIConnectionError() | httpx2.TransportError():
            return TRUNCATED if begun else UNREACHABLE
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return KEY
        case openai.NotFoundError():
            return NOT_THERE
        case openai.RateLimitError():
            return BUSY
        case openai.APIStatusError():
            return DOWN if error.status_code >= 500 else REFUSED
    return MALFORMED


def asked_pause(error: Exception) -> float:
    """The seconds that an endpoint asks to be left alone (Retry-After); 0 where it does not say or gives a date."""
    if not isinstance(error, openai.APIStatusError):
        return 0.0
    try:
        return max(0.0, float(error.response.headers.get("retry-after", "")))
    except ValueError:
        return 0.0
