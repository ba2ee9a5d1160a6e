"""The chat tab in a browser: stopped, copied, taken away, rated, kept over a reload and a restart, previewed, at both widths."""
from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.browser import CONTRAST, HOSTILE, MARKED, OTHER, REPORT, WIDTHS, Visit, command, free_port, serving, visiting
from tests.web.test_page import FakeAssistant
from web.page import build
from web.serve import launch

ASKED = "完成技改投资多少？"
SEEN = "getComputedStyle(document.activeElement).outlineStyle !== 'none' || document.activeElement.matches('textarea')"
WATCHED = """() => { window.steps = 0; const set = HighlightRegistry.prototype.set;
  HighlightRegistry.prototype.set = function (...given) { window.steps++; return set.apply(this, given); }; }"""


class Slow(FakeAssistant):
    """Answers when it is let."""

    def __init__(self):
        super().__init__()
        self.let = threading.Event()

    def ask(self, question, history=(), documents=None):
        if "慢" in question:
            self.let.wait(20)
        return super().ask(question, history, documents)


@pytest.fixture
def slow() -> Iterator[tuple[Slow, str]]:
    assistant = Slow()
    demo = build(assistant)
    yield assistant, launch(demo, "127.0.0.1", free_port())
    assistant.let.set()
    demo.close(verbose=False)


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """A server of this file's own, and the file where it keeps what is thought of its answers."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "青河.txt").write_text(REPORT, "utf-8")
    with serving(folder / "index", folder / "青河.txt") as address:
        yield address, folder / "feedback.jsonl"


def said(visit: Visit, words: str) -> None:
    visit.page.wait_for_function("(words) => document.querySelector('#chat-foot .said').textContent === words", arg=words)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_question_is_stopped_and_given_back(slow, browser, width):
    assistant, address = slow
    with visiting(browser, address, width) as visit:
        page, box = visit.page, visit.page.get_by_label("问题")
        box.fill("慢慢来？")
        box.press("Enter")
        page.wait_for_selector(".pending")
        assert not page.get_by_role("button", name="提问").is_visible()
        visit.keep("pending")
        box.press("Enter")
        page.get_by_role("button", name="停止").click()
        page.wait_for_selector(".example")
        assert box.input_value() == "慢慢来？" and page.locator(".turn").count() == 0 and page.get_by_role("button", name="提问").is_visible()
        assistant.let.set()
        page.wait_for_timeout(1000)
        assert page.locator(".turn").count() == 0
        visit.ask("有多少家？")
        assert page.locator(".turn").count() == 1 and assistant.asked == [("慢慢来？", []), ("有多少家？", [])]


def test_a_new_conversation_stops_the_old(slow, browser):
    assistant, address = slow
    with visiting(browser, address, 1440) as visit:
        visit.ask("有多少家？")
        visit.page.get_by_label("问题").fill("慢？")
        visit.page.get_by_label("问题").press("Enter")
        visit.page.wait_for_selector(".pending")
        visit.page.get_by_role("button", name="新对话").click()
        visit.page.wait_for_selector(".example")
        assistant.let.set()
        visit.page.wait_for_timeout(1000)
        assert visit.page.locator(".turn").count() == 0
        visit.page.reload()
        visit.page.wait_for_selector(".example")


def test_the_answer_unrolls_and_is_whole_from_the_start(visit):
    page = visit.page
    page.evaluate(WATCHED)
    page.get_by_label("问题").fill(ASKED)
    page.get_by_label("问题").press("Enter")
    page.wait_for_function("CSS.highlights.has('coming')")
    at_once = page.locator(".statement").inner_text()
    assert "技改投资9.6亿元" in at_once and page.locator(".short").inner_text() == "9.6亿元"
    page.wait_for_function("!CSS.highlights.has('coming')")
    assert page.locator(".statement").inner_text() == at_once and page.evaluate("steps") > 3 and page.locator(".cite.coming").count() == 0
    page.emulate_media(reduced_motion="reduce")
    page.evaluate("window.steps = 0")
    visit.ask("全年接待游客多少？")
    assert page.evaluate("steps") == 0


def test_an_answer_is_copied_with_where_it_stands(visit):
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.ask(ASKED)
    quote = "全区规模以上工业企业由61家增至75家,完成技改投资9.6亿元。"
    at = REPORT.replace("\n", "\r\n").index(quote)
    wanted = f"9.6亿元\n\n“{quote}”\n——青河.txt，产业发展再提速，第 2 段，字符 {at}–{at + len(quote)}"
    page.get_by_role("button", name="复制").click()
    said(visit, "答案和引文已复制。")
    assert page.evaluate("navigator.clipboard.readText()") == wanted and page.locator("button.copy").inner_text() == "已复制"
    page.evaluate("navigator.clipboard.writeText('')")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.wait_for_selector("button.copy:text('复制')")
    page.locator("button.copy").press("Enter")
    page.wait_for_selector("button.copy:text('已复制')")
    assert page.evaluate("document.activeElement.className") == "copy"
    page.reload()
    assert page.evaluate("navigator.clipboard.readText()") == wanted


def test_the_conversation_is_taken_away(visit, tmp_path):
    page = visit.page
    assert not page.get_by_role("button", name="导出网页").is_visible()
    visit.ask(ASKED)
    visit.ask(f"{HOSTILE}白石镇种植油菜多少亩？")
    visit.ask("请写一首关于月亮的诗")
    cited, files = page.locator(".places li").count(), {}
    for name in ("导出 Markdown", "导出网页"):
        with page.expect_download() as download:
            page.get_by_role("button", name=name).click()
        said(visit, "对话已导出。")
        files[name] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[name])
    text = files["导出 Markdown"].read_text("utf-8")
    assert files["导出 Markdown"].name.startswith("据实问答-20") and files["导出 Markdown"].suffix == ".md" and files["导出网页"].suffix == ".html"
    assert text.count("SHA-256 `") == 2 and "把握" in text and "“白石镇今年种植油菜5200亩。”" in text and "## 3. 请写一首关于月亮的诗" in text and "<img" not in text
    context = page.context.browser.new_context(viewport=page.viewport_size)
    alone, asked = context.new_page(), []
    alone.on("request", lambda sent: asked.append(sent.url))
    alone.on("dialog", lambda dialog: visit.faults.append(dialog.message))
    alone.goto(files["导出网页"].as_uri())
    alone.wait_for_timeout(300)
    assert asked == [files["导出网页"].as_uri()] and alone.locator("img, script").count() == 0 and alone.locator("blockquote").count() == cited
    assert OTHER in alone.locator("table").inner_text() and alone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    Visit(alone, "").keep("export")
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_an_answer_is_rated_with_a_reason(desk, browser, width):
    address, path = desk
    path.unlink(missing_ok=True)
    with visiting(browser, address, width) as visit:
        page = visit.page
        visit.ask(ASKED)
        up, down = page.get_by_role("button", name="回答有用"), page.get_by_role("button", name="回答不对")
        assert not page.get_by_label("评价的原因").is_visible()
        up.click()
        said(visit, "评价已记下，谢谢。")
        down.press("Enter")
        page.wait_for_selector(".rate[data-rating=down][aria-pressed=true]")
        assert up.get_attribute("aria-pressed") == "false"
        page.get_by_label("评价的原因").fill("年份<b>不对</b>")
        visit.keep("reason")
        page.get_by_label("评价的原因").press("Enter")
        page.wait_for_selector(".reason", state="hidden")
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        assert [(line["rating"], line["reason"]) for line in lines] == [("up", ""), ("down", ""), ("down", "年份<b>不对</b>")] and len({line["id"] for line in lines}) == 1
        assert lines[2]["answer"] == "9.6亿元" and lines[2]["question"] == lines[2]["question_used"] == ASKED and lines[2]["citations"][0]["document"] == "青河.txt"
        page.reload()
        page.wait_for_selector(".rate[data-rating=down][aria-pressed=true]")
        page.get_by_role("button", name="回答不对").click()
        said(visit, "评价已撤回。")
        assert json.loads(path.read_text("utf-8").splitlines()[-1])["rating"] is None


def test_a_reload_keeps_the_conversation_and_a_follow_up_goes_on(visit):
    page = visit.page
    visit.ask(ASKED)
    visit.ask("请写一首关于月亮的诗")
    shown = page.locator(".log").inner_text()
    page.goto(visit.address)
    page.wait_for_selector(".turn:nth-child(2)")
    assert page.locator(".log").inner_text() == shown and page.locator(".example").count() == 0
    page.locator(".cite").first.click()
    page.wait_for_function(f"{MARKED}.includes('技改投资')")
    page.keyboard.press("Escape")
    visit.ask("高新技术企业呢？")
    assert page.locator(".turn").count() == 3
    page.goto(visit.address)
    page.wait_for_selector(".turn:nth-child(3)")
    page.get_by_role("button", name="新对话").click()
    page.wait_for_selector(".example")
    page.reload()
    page.wait_for_selector(".example")
    assert page.locator(".turn").count() == 0


@pytest.mark.parametrize("kept", [HOSTILE, "abc:def", ":", "W10=:W10=", "9" * 100_000])
def test_a_damaged_storage_is_a_new_conversation(visit, kept):
    page = visit.page
    page.evaluate("(kept) => localStorage.setItem('jushi-conversation', kept)", kept)
    page.reload()
    page.wait_for_selector(".example")
    visit.ask(ASKED)
    page.reload()
    page.wait_for_selector(".turn")


def test_a_restart_keeps_the_conversation_of_documents_gone_too(tmp_path, browser):
    (tmp_path / "青河.txt").write_text(REPORT, "utf-8")
    (tmp_path / "白石.txt").write_text("# 白石镇简讯\n\n白石镇今年种植油菜5200亩。\n", "utf-8")
    index, port = tmp_path / "index", str(free_port())
    subprocess.run(command("ingest", tmp_path / "青河.txt", tmp_path / "白石.txt", "--index", index), check=True, capture_output=True)

    def started():
        server = subprocess.Popen(command("--index", index, "--port", port), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert port in server.stdout.readline()
        return server

    server = started()
    try:
        with visiting(browser, f"http://127.0.0.1:{port}", 1440) as visit:
            visit.ask(ASKED)
            visit.ask("白石镇种植油菜多少亩？")
            visit.page.goto("about:blank")
            server.terminate()
            server.wait(10)
            subprocess.run(command("remove", "白石.txt", "--index", index), check=True, capture_output=True)
            server = started()
            visit.page.goto(visit.address)
            visit.page.wait_for_selector(".turn:nth-child(2)")
            gone = visit.page.locator(".turn:nth-child(2)")
            assert "文档已不在索引中" in gone.inner_text() and gone.locator(":is(.statement, .places) a").count() == 0 and "5200亩" in gone.inner_text()
            assert visit.page.locator(".turn:first-child a.cite").count() >= 1 and visit.page.locator(".rate").count() == 0
            visit.keep("gone")
            visit.ask("全年接待游客多少？")
            assert visit.page.locator(".rate").count() == 2
    finally:
        server.terminate()
        server.wait(10)


def test_a_citation_is_previewed_by_pointer_and_by_keyboard(visit):
    page, wide = visit.page, visit.page.viewport_size["width"] >= 900
    visit.ask("青河区新增停车位多少个？")
    page.wait_for_function("!CSS.highlights.has('coming')")
    mark, card = page.locator("a.cite").first, page.locator(".card").first
    described = page.evaluate("(id) => document.getElementById(id).textContent", mark.get_attribute("aria-describedby"))
    assert "3400多个" in described and "第 1 段 · 青河.txt" in described
    mark.hover()
    page.wait_for_timeout(100)
    assert card.is_visible() == wide
    if not wide:
        return
    assert "3400多" in card.inner_text() and card.locator("b").all_inner_texts() != []
    visit.keep("card")
    box = card.bounding_box()
    assert box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= 1440 and box["y"] + box["height"] <= 900
    card.hover()
    page.wait_for_timeout(400)
    assert card.is_visible()
    page.keyboard.press("Escape")
    assert not card.is_visible()
    page.mouse.move(5, 5)
    page.get_by_label("问题").focus()
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('a.cite')"):
            break
    assert card.is_visible()
    page.keyboard.press("Enter")
    page.wait_for_function(f"{MARKED} !== ''")
    assert not card.is_visible()


def test_a_question_goes_to_the_chosen_documents(visit):
    page = visit.page
    page.get_by_role("tab", name="文档").click()
    page.locator("#documents input[type=checkbox]").first.wait_for()
    page.get_by_role("checkbox", name="青河.txt").set_checked(False)
    page.wait_for_selector("#scope-line .scope", state="attached")
    page.get_by_role("tab", name="问答").click()
    assert page.locator("#scope-line bdi").all_inner_texts() == [OTHER]
    visit.ask(ASKED)
    assert page.locator(".turn .refused").count() == 1 and page.locator(".turn .used").inner_text() == f"只问：{OTHER}"
    visit.keep("scope")
    assert page.evaluate(CONTRAST) == []
    page.get_by_role("button", name="改选").click()
    page.get_by_role("checkbox", name="青河.txt").set_checked(True)
    page.wait_for_selector("#scope-line .scope", state="detached")
    page.get_by_role("tab", name="问答").click()
    visit.ask(ASKED)
    assert "9.6亿元" in page.locator(".turn:last-child").inner_text() and "青河.txt" in page.locator(".turn:last-child .places").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_of_it_is_readable_and_reached_by_keyboard(visit, scheme):
    page = visit.page
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.reload()
    page.wait_for_selector(".example")
    visit.ask("请写一首关于月亮的诗")
    visit.ask(ASKED)
    page.get_by_role("button", name="回答不对").last.click()
    page.wait_for_selector(".reason:not([hidden])")
    assert page.evaluate(CONTRAST) == []
    visit.keep(f"answer-{scheme}")
    if page.viewport_size["width"] >= 900:
        page.locator("a.cite").last.hover()
        page.wait_for_selector(".card:popover-open")
        assert page.evaluate(CONTRAST) == []
        visit.keep(f"card-{scheme}")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.evaluate("document.activeElement.blur()")
    page.get_by_role("tab", name="问答").focus()
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        here = page.evaluate("document.activeElement.className.split(' ')[0] + ' ' + document.activeElement.tagName")
        if here.endswith("BODY"):
            break
        assert page.evaluate(SEEN), here
        reached.add(here)
    assert {"cite A", "where A", "copy BUTTON", "rate BUTTON", " INPUT", " SUMMARY", "restart BUTTON", "take BUTTON"} <= reached, reached
