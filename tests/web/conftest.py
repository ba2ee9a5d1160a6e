"""Fixtures: the real server as a process and within the test, Debian's chromium, and a visitor at each width."""
from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.assistant import Assistant, ingest
from qa.settings import Settings
from tests.web.browser import CHROMIUM, FLAGS, OTHER, REPORT, WIDTHS, Visit, serving, visiting
from tests.web.serving import PASSWORD, USER, Served, served
from web.accounts import Accounts


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


@pytest.fixture(scope="session")
def two(tmp_path_factory) -> Assistant:
    """An assistant over 青山.txt and 白石.txt, which have nothing in common."""
    folder = tmp_path_factory.mktemp("two")
    for name, text in (("青山.txt", "# 青山镇年报\n\n青山镇全年新修水渠31条。\n\n青山镇全年植树5万株。\n"), ("白石.txt", "# 白石镇简讯\n\n白石镇今年种植油菜5200亩。\n")):
        (folder / name).write_text(text, "utf-8")
    ingest(Settings(index=folder / "index"), [folder / "青山.txt", folder / "白石.txt"])
    return Assistant.open(Settings(index=folder / "index"))


@pytest.fixture(scope="module")
def uploads(tmp_path_factory):
    """A folder for uploads that is this module's own."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("uploads")
        patch.setenv("GRADIO_TEMP_DIR", str(folder))
        yield folder


@pytest.fixture(scope="module")
def open_to_all(assistant, uploads) -> Iterator[Served]:
    yield from served(assistant, None)


@pytest.fixture(scope="module")
def open_to_two(two, uploads) -> Iterator[Served]:
    yield from served(two, None)


@pytest.fixture(scope="module")
def locked(assistant, uploads) -> Iterator[Served]:
    yield from served(assistant, Accounts.of({USER: PASSWORD, "b": "c"}))
