"""A server told to stop while a browser is connected: it ends within seconds, says nothing, and leaves no folder."""
from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.settings import Settings
from tests.web.browser import command, started, visiting
from tests.web.serving import QUESTION, free_port

SECONDS = 15
VILLAGES = "".join(f"第{i}村今年种植油菜{i}亩，比去年多{i % 7}亩，村民都说收成不错。\n\n" for i in range(1, 15_000))


@pytest.fixture
def temporary(tmp_path) -> Path:
    """The server's folder for temporary files."""
    (tmp_path / "tmp").mkdir()
    return tmp_path / "tmp"


def ended(server: subprocess.Popen, number: int) -> tuple[int, str]:
    """The exit status and the last words of a server that gets a signal, and gets it again."""
    began = time.perf_counter()
    server.send_signal(number)
    time.sleep(.2)
    server.send_signal(number)
    out, _ = server.communicate(timeout=60)
    assert time.perf_counter() - began < SECONDS
    return server.returncode, out


def left(temporary: Path) -> list[str]:
    return [path.name for path in temporary.glob("jushi-*")]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_with_a_page_open(index, temporary, browser, number):
    port = free_port()
    with started(index, port, TMPDIR=str(temporary)) as server, visiting(browser, f"http://127.0.0.1:{port}", 1440) as visit:
        visit.ask(QUESTION)
        assert len(left(temporary)) == 1
        assert ended(server, number) == (0, "") and left(temporary) == []


def test_while_a_document_is_being_indexed(index, temporary, tmp_path, browser):
    (tmp_path / "各村.txt").write_text(f"# 各村简讯\n\n{VILLAGES}", "utf-8")
    port = free_port()
    with started(index, port, TMPDIR=str(temporary)) as server, visiting(browser, f"http://127.0.0.1:{port}", 1440) as visit:
        visit.page.get_by_role("tab", name="文档").click()
        visit.page.get_by_label("添加文档").set_input_files([tmp_path / "各村.txt"])
        visit.page.get_by_role("button", name="添加", exact=True).click()
        visit.page.get_by_text("正在索引“各村.txt”").wait_for()
        assert ended(server, signal.SIGTERM) == (0, "") and left(temporary) == []
    assert [document.name for document in Assistant.open(Settings(index=index)).documents] == ["新区 报道.md"]


def test_before_the_page_is_there(index, temporary):
    server = subprocess.Popen(command("--index", index, "--port", free_port()), env=os.environ | {"TMPDIR": str(temporary)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        while not left(temporary):  # it is there before the model is loaded
            assert server.poll() is None
        time.sleep(.2)
        assert ended(server, signal.SIGTERM) == (130, "已中断。\n") and left(temporary) == []
    finally:
        server.kill()
        server.wait()
