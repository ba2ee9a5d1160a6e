"""What outlives the moment: a conversation taken away, kept over a reload and a restart, each tab's its own; at both widths."""
from __future__ import annotations

import subprocess
from contextlib import ExitStack

import pytest

from qa.assistant import ingest
from qa.settings import Settings
from tests.web.browser import ASKED, HOSTILE, MARKED, OTHER, REPORT, WIDTHS, Visit, command, started, visiting
from tests.web.serving import free_port


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
        visit.told("对话已导出。")
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


def test_a_damaged_storage_is_a_new_conversation(visit):
    page = visit.page
    for kept in (HOSTILE, "abc:def", "", "null", "[[1]]", '{"a": [["{}", ""]]}', "9" * 100_000):
        page.evaluate("(kept) => [localStorage, sessionStorage].forEach((storage) => storage.setItem('jushi-conversation', kept))", kept)
        page.reload()
        page.wait_for_selector(".example")
        assert page.locator(".turn").count() == 0
    visit.ask(ASKED)
    page.reload()
    page.wait_for_selector(".turn")


def test_a_restart_keeps_the_conversation_of_documents_gone_too(tmp_path, browser):
    (tmp_path / "青河.txt").write_text(REPORT, "utf-8")
    (tmp_path / "白石.txt").write_text("# 白石镇简讯\n\n白石镇今年种植油菜5200亩。\n", "utf-8")
    index, port = tmp_path / "index", free_port()
    ingest(Settings(index=index), [tmp_path / "青河.txt", tmp_path / "白石.txt"])
    with ExitStack() as first:
        first.enter_context(started(index, port))
        with visiting(browser, f"http://127.0.0.1:{port}", 1440) as visit:
            visit.ask(ASKED)
            visit.ask("白石镇种植油菜多少亩？")
            visit.page.goto("about:blank")
            first.close()
            subprocess.run(command("remove", "白石.txt", "--index", index), check=True, capture_output=True)
            with started(index, port):
                visit.page.goto(visit.address)
                visit.page.wait_for_selector(".turn:nth-child(2)")
                gone = visit.page.locator(".turn:nth-child(2)")
                assert "文档已不在索引中" in gone.inner_text() and gone.locator(":is(.statement, .places) a").count() == 0 and "5200亩" in gone.inner_text()
                assert visit.page.locator(".turn:first-child a.cite").count() >= 1 and visit.page.locator(".rate").count() == 0
                visit.keep("gone")
                visit.ask("全年接待游客多少？")
                assert visit.page.locator(".rate").count() == 2


@pytest.mark.parametrize("width", WIDTHS)
def test_two_tabs_keep_each_its_own_conversation(browser, address, width):
    with visiting(browser, address, width) as one:
        two = one.tab()
        one.ask(ASKED)
        two.ask("全年接待游客多少？")
        two.ask("请写一首关于月亮的诗")
        one.ask("高新技术企业呢？")
        shown = [tab.page.locator(".log").inner_text() for tab in (one, two)]
        for tab, said in ((one, shown[0]), (two, shown[1])):
            tab.page.reload()
            tab.page.wait_for_selector(".turn:nth-child(2)")
            assert tab.page.locator(".log").inner_text() == said
        later = one.tab()  # goes on with what was said last in this browser
        assert later.page.locator(".log").inner_text() == shown[0]
        later.page.get_by_role("button", name="新对话").click()
        later.page.wait_for_selector(".example")
        one.page.reload()
        one.page.wait_for_selector(".turn:nth-child(2)")
