"""What a person does on the page, in Debian's chromium against the real server, at both widths; no foreign request.

SCREENSHOTS names a folder that keeps what was seen.
"""
from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from gradio_client import Client

CHROMIUM = "/usr/bin/chromium"
ROOT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
WIDTHS = {1440: 900, 390: 844}
HOSTILE = "<img src=x onerror=alert(1)>"
OTHER = f"其他{HOSTILE}.txt"
REPORT = f"""## <b>民生</b>实事有回音

2023年,青河区新建口袋公园12个,整治背街小巷46条,新增停车位3400多

青河新貌 图片由区融媒体中心提供

个,惠及居民1.8万户。居民刘芳说,出门就是公园。{HOSTILE}

## 产业发展再提速

全区规模以上工业企业由61家增至75家,完成技改投资9.6亿元。青河区新认定高新技术企业19家,全年接待游客220万人次。

(记者 王小明)
"""
MARKED = "[...document.querySelectorAll('#source mark.cited')].map(e => e.textContent).join('')"
CONTRAST = """() => {
  const rgb = (value) => value.match(/[\\d.]+/g).map(Number);
  const light = (c) => { const [r, g, b] = c.slice(0, 3).map((v) => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
  const ground = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  const faint = [];
  for (const e of document.querySelectorAll('#masthead *, #desk *, #source *')) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility()) continue;
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
    if ((a + .05) / (b + .05) < 4.5) faint.push(e.className + ' ' + e.textContent.slice(0, 20));
  }
  return faint;
}"""


def command(*arguments: object) -> list[str]:
    return [sys.executable, str(ROOT / "app.py"), *map(str, arguments)]


@pytest.fixture(scope="module")
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


@pytest.fixture(scope="module")
def browser():
    if not Path(CHROMIUM).exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"{CHROMIUM} is missing: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """One visitor's page, what it asked the network for, and what went wrong in it."""

    page: object
    address: str
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        turns = self.page.locator(".turn").count()
        self.page.get_by_label("问题").fill(question)
        self.page.get_by_label("问题").press("Enter")
        self.page.wait_for_function(f"document.querySelectorAll('.turn').length > {turns} && !document.querySelector('.pending')")

    def keep(self, name: str) -> None:
        if folder := os.environ.get("SCREENSHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.wait_for_timeout(600)
            self.page.screenshot(path=f"{folder}/{self.page.viewport_size['width']}-{name}.png")

    @property
    def foreign(self) -> list[str]:
        here = urlsplit(self.address).netloc
        return [url for url in self.requests if urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).netloc != here]


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


def test_ask_open_the_citation_and_be_refused(visit):
    page, narrow = visit.page, visit.page.viewport_size["width"] < 900
    visit.keep("start")
    visit.ask("青河区新增停车位多少个？")
    expected = Client(visit.address, verbose=False).predict("青河区新增停车位多少个？", api_name="/ask")
    citation = expected["citations"][0]
    assert "3400多\r\n" in REPORT.replace("\n", "\r\n") and "3400多个" in citation["quote"] and len(citation["spans"]) == 2
    assert expected["answer"] in page.locator(".turn .answer").inner_text()
    page.locator(".cite").first.click()
    assert page.evaluate(MARKED) == citation["quote"]
    page.wait_for_timeout(600)
    first = page.locator("#source mark.cited").first
    paper = page.locator("#source .paper").bounding_box()
    box = first.bounding_box()
    assert first.is_visible() and paper["y"] <= box["y"] and box["y"] + box["height"] <= paper["y"] + paper["height"]
    assert page.evaluate("[...document.querySelectorAll('#source .hit')].map(e => e.textContent).join('')") == "".join(
        REPORT.replace("\n", "\r\n")[s:e] for s, e in citation["highlight"])
    assert page.locator("#source .seam").get_attribute("title").startswith("版面修复")
    visit.keep("citation")
    if narrow:
        assert page.evaluate("document.activeElement.className") == "close"
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.className") == "cite"
        assert not page.locator("#source .paper").is_visible()
    visit.ask("请写一首关于月亮的诗")
    assert page.locator(".turn:last-child .refused .short").inner_text() == "报道未提及"
    page.locator(".turn:last-child summary").click()
    assert page.locator(".turn:last-child .passages li").count() >= 1
    visit.keep("refused")


def test_a_citation_opens_another_document_and_its_link_opens_it_again(visit):
    page = visit.page
    visit.ask("白石镇种植油菜多少亩？")
    page.locator(".turn:last-child .cite").first.click()
    page.wait_for_function(f"{MARKED} !== ''")
    assert page.locator("#source .paper").get_attribute("data-document") == OTHER
    marked = page.evaluate(MARKED)
    assert marked == "白石镇今年种植油菜5200亩。"
    page.goto(page.url)
    page.wait_for_function(f"{MARKED} !== ''")
    assert page.evaluate(MARKED) == marked


def test_hostile_text_shows_as_text(visit):
    page = visit.page
    visit.ask(f"{HOSTILE}<script>alert(2)</script> {{{{value}}}} ${{alert(3)}} **公园** 多少个？")
    shown = page.locator(".turn .question").inner_text()
    assert shown == f"{HOSTILE}<script>alert(2)</script> {{{{value}}}} ${{alert(3)}} **公园** 多少个？"
    assert page.locator("#conversation img, #conversation script, #source img, #source b:not(.hit)").count() == 0
    assert HOSTILE in page.locator("#source .paper").text_content() or page.locator("#source .paper").get_attribute("data-document") == OTHER


def test_an_impossible_question_is_answered_kindly_and_given_back(visit):
    page = visit.page
    visit.ask("？？？")
    assert "问题是空的" in page.locator(".failed").inner_text() and "Traceback" not in page.content()
    assert page.get_by_label("问题").input_value() == "？？？"
    page.get_by_role("button", name="新对话").click()
    page.wait_for_selector(".example")
    page.locator(".example").first.click()
    page.wait_for_selector(".turn .answer:not(.pending)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_is_readable(visit, scheme):
    page = visit.page
    page.emulate_media(color_scheme=scheme)
    page.reload()
    page.wait_for_selector(".example")
    assert page.evaluate(CONTRAST) == []
    visit.ask("完成技改投资多少？")
    visit.ask("请写一首关于月亮的诗")
    page.locator(".cite").first.click()
    page.wait_for_function(f"{MARKED} !== ''")
    assert page.evaluate(CONTRAST) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight")
    visit.keep(scheme)


def test_a_port_in_use_is_one_line(address):
    ran = subprocess.run(command("--port", urlsplit(address).port), capture_output=True, text=True, cwd=ROOT)
    assert ran.returncode == 2 and re.fullmatch(r"端口 \d+ 已被占用；请用 --port 换一个，如 --port \d+。\n", ran.stderr) and ran.stdout == ""
