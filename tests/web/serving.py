"""What the tests of a running server share: the server, a free port, an account, and a way to await beside a browser that has its own loop."""
from __future__ import annotations

import asyncio
import base64
import re
import socket
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx

from web.accounts import Accounts
from web.api import Calls
from web.page import build
from web.serve import launch

USER, PASSWORD = "编辑", "密码:a b"
QUESTION = "规模以上企业有多少家？"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def awaited(work: Coroutine):
    """The result of a coroutine, run in a thread: the loop of a synchronous browser occupies this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@dataclass(frozen=True)
class Served:
    """address; routes: (method, path) of every route that there is."""

    address: str
    routes: list[tuple[str, str]]

    def send(self, method: str, path: str, **options) -> httpx.Response:
        return httpx.request(method, self.address + path, trust_env=False, **options)

    def get(self, path: str, **options) -> httpx.Response:
        return self.send("GET", path, **options)


def every(routes) -> Iterator[tuple[str, str]]:
    """The (method, path) of routes and of the routers among them."""
    for route in routes:
        if hasattr(route, "original_router"):
            yield from every(route.original_router.routes)
        else:
            for method in sorted(getattr(route, "methods", None) or ["GET", "POST"]):
                yield method, re.sub(r"\{[^}]*\}", "1", route.path)


def served(assistant, accounts: Accounts | None) -> Iterator[Served]:
    demo = build(assistant)
    address = launch(demo, "127.0.0.1", free_port(), accounts, Calls(assistant))
    yield Served(address, list(every(demo.app.routes)))
    demo.close(verbose=False)
