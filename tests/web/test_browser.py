"""What a person does on the page, in Debian's chromium against the real server, at both widths; no foreign request."""
from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from gradio_client import Client

from qa.assistant import Assistant, ingest
from qa.settings import Settings
from tests.web.browser import CONTRAST, HOSTILE, MARKED, OTHER, REPORT, ROOT, WIDTHS, command, visiting
from tests.web.serving import served


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


@pytest.fixture(scope="module")
def rivals(tmp_path_factory, uploads) -> Iterator[str]:
    """A server over two reports that give different values of one thing."""
    folder = tmp_path_factory.mktemp("rivals")
    (folder / "年报.txt").write_text("# 白石镇年报\n\n白石镇2022年种植油菜5200亩。\n\n全镇植树5万株。\n", "utf-8")
    (folder / "简讯.txt").write_text("# 白石镇简讯\n\n2022年白石镇种植油菜5600亩，同比增长3%。\n", "utf-8")
    ingest(Settings(index=folder / "index"), [folder / "年报.txt", folder / "简讯.txt"])
    yield from (one.address for one in served(Assistant.open(Settings(index=folder / "index")), None))


@pytest.mark.parametrize("width", WIDTHS)
def test_two_reports_that_differ_are_both_shown(browser, rivals, width):
    with visiting(browser, rivals, width) as visit:
        visit.ask("2022年白石镇种植油菜多少亩？")
        answer, places = visit.page.locator(".turn .answer"), visit.page.locator(".turn .places li")
        assert "5200亩" in answer.locator(".statement").inner_text() and "5600亩" in answer.locator(".statement").inner_text()
        assert sorted(place.split(" · ")[-1] for place in places.locator(".where").all_inner_texts()) == ["年报.txt", "简讯.txt"]
        marked = set()
        for cite in answer.locator(".statement a.cite").all():
            cite.click()
            visit.page.wait_for_function(f"(name) => document.querySelector('#source .paper')?.dataset.document === name && {MARKED} !== ''", arg=cite.get_attribute("data-document"))
            marked.add(visit.page.evaluate(MARKED))
            visit.page.keyboard.press("Escape")
        assert marked == {"白石镇2022年种植油菜5200亩。", "2022年白石镇种植油菜5600亩，同比增长3%。"}
        visit.keep("rivals")


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


SLOW_TO_CLOSE = """(() => {
  const real = window.fetch;
  window.fetch = async (...request) => {
    const response = await real(...request);
    if (!String(request[0].url ?? request[0]).includes("/queue/data")) return response;
    const reader = response.body.getReader();
    const pull = async (controller) => {
      const { done, value } = await reader.read();
      if (done) return controller.close();
      const text = new TextDecoder().decode(value);
      const at = text.includes("close_stream") ? text.lastIndexOf("data:", text.indexOf("close_stream")) : text.length;
      if (at) controller.enqueue(new TextEncoder().encode(text.slice(0, at)));
      if (at === text.length) return;
      window.closing = (window.closing ?? 0) + 1;
      await new Promise((wake) => setTimeout(wake, 2000));
      controller.enqueue(new TextEncoder().encode(text.slice(at)));
    };
    return new Response(new ReadableStream({ pull }), { headers: response.headers });
  };
})()"""


def test_a_question_asked_while_the_stream_of_the_last_one_closes_is_answered(visit):
    page = visit.page
    page.add_init_script(SLOW_TO_CLOSE)
    page.goto(visit.address)
    page.wait_for_selector(":is(.example, .turn)")
    for question in ("青河区新增停车位多少个？", "全年接待游客多少？", "请写一首关于月亮的诗"):
        visit.ask(question)
    assert page.evaluate("window.closing") >= 2
    assert page.locator(".turn").count() == 3 and page.locator(".turn:last-child .refused").count() == 1
