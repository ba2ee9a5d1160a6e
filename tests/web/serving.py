"""What the tests of a running server share: a free port, an account, and a way to await beside a browser that has its own loop."""
from __future__ import annotations

import asyncio
import base64
import socket
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor

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
