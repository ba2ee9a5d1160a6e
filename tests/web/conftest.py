"""Fixtures of the browser tests: the real server, Debian's chromium, and a visitor at each width."""
from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.browser import CHROMIUM, FLAGS, OTHER, REPORT, WIDTHS, Visit, serving, visiting


@pytest.fixture(scope="session")
def address(tmp_path_factory) -> Iterator[str]:
    """The real server over two reports of our own, one with a hostile name."""
    folder = tmp_path_factory.mktemp("web")
    (folder / "青河.txt").write_text(REPORT, "utf-8", newline="\r\n")
    (folder / OTHER).write_text("# 白石镇简讯\n\n白石镇今年种植油菜5200亩。\n", "utf-8")
    with serving(folder / "索引 一", folder / "青河.txt", folder / OTHER) as address:
        yield address


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
    with visiting(browser, address, request.param) as visit:
        yield visit
