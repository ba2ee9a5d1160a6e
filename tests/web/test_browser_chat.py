"""The chat tab in a browser: stopped, unrolled, copied, previewed, sent to the chosen documents, reached by keyboard, at both widths."""
from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from tests.web.browser import ASKED, CONTRAST, MARKED, OTHER, REPORT, WIDTHS, visiting
from tests.web.fakes import FakeAssistant
from tests.web.serving import free_port
from web.page import build
from web.serve import launch

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
    visit.told("答案和引文已复制。")
    assert page.evaluate("navigator.clipboard.readText()") == wanted and page.locator("button.copy").inner_text() == "已复制"
    page.evaluate("navigator.clipboard.writeText('')")
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.wait_for_selector("button.copy:text('复制')")
    page.locator("button.copy").press("Enter")
    page.wait_for_selector("button.copy:text('已复制')")
    assert page.evaluate("document.activeElement.className") == "copy"
    page.reload()
    assert page.evaluate("navigator.clipboard.readText()") == wanted


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
