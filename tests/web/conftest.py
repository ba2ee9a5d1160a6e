"""Fixtures of the browser tests: the real server, Debian's chromium, and a visitor at each width."""
from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.browser import CHROMIUM, FLAGS, OTHER, REPORT, WIDTHS, Visit, command


@pytest.fixture(scope="session")
def address(tmp_path_factory) -> Iterator[str]:
    """The real server over two reports of our own, one with a hostile name."""
    folder = tmp_path_factory.mktemp("web")
    (folder / "青河.txt").write_text(REPORT, "utf-8", newline="\r\n")
    (folder / OTHER).write_text("# 白石镇简讯\n\n白石镇今年种植油菜5200亩。\n", "utf-8")
    index = folder / "索引 一"
    subprocess.run(command("ingest", folder / "青河.txt", folder / OTHER, "--index", index), check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(command("--index", index, "--port", port), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        said = server.stdout.readline()
        assert f"http://127.0.0.1:{port}" in said, said
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(scope="session")
def browser():
    if not Path(CHROMIUM).exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{CHROMIUM} is missing: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=WIDTHS)
def visit(request, browser, address) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": request.param, "height": WIDTHS[request.param]}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(20_000)
    visit = Visit(page, address)
    page.on("request", lambda sent: visit.requests.append(sent.url))
    page.on("dialog", lambda dialog: (visit.faults.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: visit.faults.append(str(error)))
    page.goto(address)
    page.wait_for_selector(".example")
    yield visit
    context.close()
    assert visit.requests and visit.foreign == [] and visit.faults == []
