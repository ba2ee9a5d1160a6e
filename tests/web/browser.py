"""What the browser tests share: a report of our own with hostile text, one visitor's page, and what is measured on it.

SCREENSHOTS names a folder that keeps what was seen.
"""
from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from qa.assistant import ingest
from qa.settings import Settings
from tests.web.serving import free_port

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
ASKED = "完成技改投资多少？"
MARKED = "[...document.querySelectorAll('#source mark.cited')].map(e => e.textContent).join('')"
CONTRAST = """() => {
  const rgb = (value) => value.match(/[\\d.]+/g).map(Number);
  const light = (c) => { const [r, g, b] = c.slice(0, 3).map((v) => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
  const ground = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  const parts = (e) => [[...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && '', !/^(none|normal|"")$/.test(getComputedStyle(e, '::before').content) && '::before', Boolean(e.placeholder) && !e.value && '::placeholder'];
  const faint = [];
  for (const e of document.querySelectorAll('#masthead *, #desk *, #source *')) {
    if (!e.checkVisibility()) continue;
    for (const part of parts(e).filter((part) => part === '' || part)) {
      const [a, b] = [light(rgb(getComputedStyle(e, part || null).color)), light(ground(e))].sort((x, y) => y - x);
      if ((a + .05) / (b + .05) < 4.5) faint.push(e.className + part + ' ' + (e.textContent || e.placeholder).slice(0, 20));
    }
  }
  return faint;
}"""


def command(*arguments: object) -> list[str]:
    return [sys.executable, str(ROOT / "app.py"), *map(str, arguments)]


@contextmanager
def serving(index: Path, *files: Path) -> Iterator[str]:
    """The real server over an index of files, at the address that is given."""
    ingest(Settings(index=index), files)
    port = free_port()
    with started(index, port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def started(index: Path, port: int, **environment: str) -> Iterator[subprocess.Popen]:
    """The real server over an index, ready; it ends as a person ends it, and leaves no process."""
    server = subprocess.Popen(command("--index", index, "--port", port), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=os.environ | environment)
    try:
        said = server.stdout.readline()
        assert f"http://127.0.0.1:{port}" in said, said
        yield server
        server.terminate()
        server.wait(60)
    finally:
        server.kill()
        server.wait(60)


@contextmanager
def visiting(browser, address: str, width: int) -> Iterator[Visit]:
    """A visitor of that width at an address, who has seen no dialog, no error and no foreign request when going."""
    context = browser.new_context(viewport={"width": width, "height": WIDTHS[width]}, locale="zh-CN")
    visit = Visit(context.new_page(), address)
    try:
        visit.come()
        yield visit
    finally:
        context.close()
    assert visit.requests and visit.foreign == [] and visit.faults == []


@dataclass
class Visit:
    """One visitor's page, what it asked the network for, and what went wrong in it."""

    page: object
    address: str
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def come(self) -> None:
        """Opens the page and watches what it does."""
        self.page.set_default_timeout(60_000)
        self.page.on("request", lambda sent: self.requests.append(sent.url))
        self.page.on("dialog", lambda dialog: (self.faults.append(dialog.message), dialog.dismiss()))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.goto(self.address)
        self.page.wait_for_selector(":is(.example, .turn)")

    def tab(self) -> Visit:
        """Another tab of the same browser, watched with this one."""
        other = Visit(self.page.context.new_page(), self.address, self.requests, self.faults)
        other.come()
        return other

    def ask(self, question: str) -> None:
        turns = self.page.locator(".turn").count()
        self.page.get_by_label("问题").fill(question)
        self.page.get_by_label("问题").press("Enter")
        self.page.wait_for_function(f"document.querySelectorAll('.turn').length > {turns} && !document.querySelector('.pending')")

    def told(self, words: str) -> None:
        """Waits until the line below the question box says so."""
        self.page.wait_for_function("(words) => document.querySelector('#chat-foot .said').textContent === words", arg=words)

    def keep(self, name: str) -> None:
        if folder := os.environ.get("SCREENSHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.wait_for_timeout(600)
            self.page.screenshot(path=f"{folder}/{self.page.viewport_size['width']}-{name}.png")

    @property
    def foreign(self) -> list[str]:
        here = urlsplit(self.address).netloc
        return [url for url in self.requests if urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).netloc != here]
