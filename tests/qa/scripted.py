"""An OpenAI-compatible endpoint on loopback that does what a test scripts: standard library only."""
from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = "sk-test-4711"


class Reply:
    """What one request gets. pieces: of the answer; raw: bytes in place of the stream; pause: seconds before each piece."""

    def __init__(self, *pieces: str, status: int = 200, raw: bytes | None = None, finish: str | None = "stop", pause: float = 0.0, first: float = 0.0, headers: Sequence[tuple[str, str]] = ()):
        self.pieces, self.status, self.raw, self.finish, self.pause, self.first, self.headers = pieces, status, raw, finish, pause, first, tuple(headers)

    def chunks(self) -> Iterator[bytes]:
        if self.raw is not None:
            yield self.raw
            return
        for piece in self.pieces:
            time.sleep(self.pause)
            yield event({"content": piece}, None)
        if self.finish:
            yield event({}, self.finish)
            yield b"data: [DONE]\n\n"


def event(delta: dict, finish: str | None) -> bytes:
    """One chunk of a chat as a server-sent event."""
    return b"data: " + json.dumps({"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}, ensure_ascii=False).encode() + b"\n\n"


class Endpoint:
    """A running endpoint: its address, the requests it got (body, headers), and how many streams were cut by the other side."""

    def __init__(self, script: Callable[[int, dict], Reply]):
        self.script, self.requests, self.headers, self.cut = script, [], [], threading.Event()
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                endpoint.requests.append(body)
                endpoint.headers.append({name.lower(): value for name, value in self.headers.items()})
                reply = endpoint.script(len(endpoint.requests), body)
                time.sleep(reply.first)
                self.send_response(reply.status)
                self.send_header("Content-Type", "text/event-stream" if reply.status == 200 else "application/json")
                for name, value in reply.headers:
                    self.send_header(name, value)
                self.end_headers()
                try:
                    for chunk in reply.chunks() if reply.status == 200 else [json.dumps({"error": {"message": f"bad key {KEY}"}}).encode()]:
                        self.wfile.write(chunk)
                        self.wfile.flush()
                except OSError:
                    endpoint.cut.set()

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/v1"

    @property
    def prompts(self) -> list[str]:
        """All that each request said, as one text."""
        return ["\n".join(m["content"] for m in body["messages"]) for body in self.requests]


@contextmanager
def endpoint(*replies: Reply | Callable[[int, dict], Reply]) -> Iterator[Endpoint]:
    """An endpoint that gives these replies in turn, the last one ever after; or what a function makes of the number of the request and its body."""
    script = replies[0] if not isinstance(replies[0], Reply) else lambda number, body: replies[min(number, len(replies)) - 1]
    running = Endpoint(script)
    thread = threading.Thread(target=running.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.server.shutdown()
        running.server.server_close()
