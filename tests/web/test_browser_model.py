"""A language model at work on the page, at both widths: sentences as they are let through, stopped, switched off, failing, named in what is exported."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.assistant import ingest
from qa.settings import Settings
from tests.qa.scripted import KEY, Endpoint, Reply, endpoint
from tests.web.browser import CONTRAST, MARKED, REPORT, WIDTHS, Visit, started, visiting
from tests.web.serving import free_port

SLOW, WRITES, WAITS, FAILS = "完成技改投资多少？", "技改投资完成多少？", "全年接待游客多少？", "新增停车位多少个？"
TRUE, SHOWN = "全区完成技改投资9.6亿元[1]。", "全区完成技改投资9.6亿元。"
LINE = "正文由语言模型“小模型”撰写，每句都与所引原文核对过；扣下对不上的 3 句；编造的出处 1 个。"
STOPPED, REFUSED = "已停止生成，给出的是原文摘录。", "语言模型不认这个密钥，给出的是原文摘录。"
WATCH = """() => { window.seen = [];
  const look = () => { const turn = document.querySelector('.turn:last-child'); const text = turn?.querySelector('.statement')?.textContent ?? '';
    const now = [text, turn?.querySelector('.writing .wrote')?.textContent ?? '', turn?.querySelectorAll('.copy').length ?? 0, document.querySelectorAll('.stop-button').length];
    if (text && JSON.stringify(now) !== JSON.stringify(window.seen.at(-1))) window.seen.push(now); };
  new MutationObserver(look).observe(document.querySelector('#chat'), { subtree: true, childList: true, characterData: true }); }"""


def script(number: int, body: dict) -> Reply:
    asked = body["messages"][-1]["content"]
    if SLOW in asked or WRITES in asked:
        return Reply("完成技改投资96亿元[1]。<img src=x onerror=alert(1)>", "\n", TRUE, "增速第一[8]。", pause=1.0 if SLOW in asked else 0.0)
    return Reply("全年接待游客220万人次[1]。", *"很" * 200, pause=0.5) if WAITS in asked else Reply(status=401)


@pytest.fixture(scope="module")
def model() -> Iterator[Endpoint]:
    with endpoint(script) as running:
        yield running


@pytest.fixture(scope="module")
def index(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "青河.txt").write_text(REPORT, "utf-8")
    ingest(Settings(index=folder / "index"), [folder / "青河.txt"])
    return folder / "index"


def environment(model: Endpoint) -> dict[str, str]:
    return {"JUSHI_LLM_BASE_URL": model.url, "JUSHI_LLM_MODEL": "小模型", "JUSHI_LLM_API_KEY": KEY, "JUSHI_LLM_TIMEOUT": "300"}


@pytest.fixture(scope="module")
def desk(model, index) -> Iterator[str]:
    """The real server with a model, at its address."""
    port = free_port()
    with started(index, port, **environment(model)):
        yield f"http://127.0.0.1:{port}"


def ask(visit: Visit, question: str) -> None:
    """Puts a question and waits until nothing more comes."""
    visit.ask(question)
    visit.page.wait_for_selector(".writing", state="detached")


@pytest.mark.parametrize("width", WIDTHS)
def test_sentences_come_as_they_are_let_through_and_no_lie_is_ever_seen(desk, browser, width):
    with visiting(browser, desk, width) as visit:
        page = visit.page
        page.evaluate(WATCH)
        visit.ask(SLOW)
        visit.keep("writing")
        page.wait_for_selector(".writing", state="detached")
        while_writing = [(text, copies, stops) for text, writing, copies, stops in page.evaluate("seen") if "小模型”正在写" in writing]
        assert len({text for text, _, _ in while_writing}) > 1 and "完成技改投资9.6亿元" in while_writing[0][0] and SHOWN in while_writing[-1][0]
        assert {(copies, stops) for _, copies, stops in while_writing} == {(0, 1)}
        assert not any("96亿" in text or "第一" in text for text, *_ in page.evaluate("seen")) and page.locator(".short").inner_text() == "9.6亿元"
        assert page.locator(".wrote").inner_text() == LINE and page.locator(".turn .statement img").count() == 0
        page.locator(".cite").first.click()
        page.wait_for_function(f"{MARKED}.includes('技改投资9.6亿元')")
        page.keyboard.press("Escape")
        assert page.evaluate(CONTRAST) == [] and page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        visit.keep("written")


@pytest.mark.parametrize("width", WIDTHS)
def test_it_is_switched_off_for_a_question_and_the_browser_remembers(desk, model, browser, width):
    with visiting(browser, desk, width) as visit:
        box = visit.page.get_by_role("checkbox", name="用语言模型作答（小模型）")
        assert box.is_checked()
        box.uncheck()
        before = len(model.requests)
        ask(visit, WRITES)
        assert visit.page.locator(".wrote").count() == 0 and len(model.requests) == before
        visit.page.reload()
        visit.page.wait_for_selector(".turn")
        visit.page.wait_for_function("!document.querySelector('#generate input').checked")
        box.check()
        ask(visit, WRITES)
        assert visit.page.locator(".wrote").inner_text() == LINE and len(model.requests) == before + 1


@pytest.mark.parametrize("width", WIDTHS)
def test_stopping_leaves_the_model_and_keeps_the_extract(desk, model, browser, width):
    with visiting(browser, desk, width) as visit:
        page = visit.page
        model.cut.clear()
        visit.ask(WAITS)
        page.wait_for_function("document.querySelector('.writing .statement')?.textContent.startsWith('全年接待游客220万人次。')")
        page.get_by_role("button", name="停止").click()
        page.wait_for_selector(".writing", state="detached")
        assert model.cut.wait(20)
        assert page.locator(".wrote").inner_text() == STOPPED and "新认定高新技术企业19家,全年接待游客220万人次" in page.locator(".statement").inner_text()
        assert page.get_by_label("问题").input_value() == "" and page.get_by_role("button", name="提问").is_visible()
        ask(visit, WRITES)
        assert page.locator(".turn").count() == 2 and page.locator(".turn:last-child .wrote").inner_text() == LINE


def test_what_fails_is_one_line_and_the_key_is_nowhere(model, index, browser, tmp_path):
    port = free_port()
    with started(index, port, **environment(model)) as server:
        with visiting(browser, f"http://127.0.0.1:{port}", 1440) as visit:
            page, answers = visit.page, []
            page.on("response", lambda got: answers.append(got))
            page.reload()
            page.wait_for_selector(".example")
            ask(visit, FAILS)
            assert page.locator(".wrote").inner_text() == REFUSED and "3400多" in page.locator(".statement").inner_text()
            ask(visit, WRITES)
            files = {}
            for name in ("导出 Markdown", "导出网页"):
                with page.expect_download() as download:
                    page.get_by_role("button", name=name).click()
                download.value.save_as(tmp_path / name)
                files[name] = (tmp_path / name).read_text("utf-8")
            assert "正文由语言模型“小模型”撰写" in files["导出 Markdown"] and LINE in files["导出网页"] and REFUSED in files["导出网页"]
            read = [got.text() for got in answers if got.url.startswith(visit.address) and "event-stream" not in got.headers.get("content-type", "") and got.status == 200]
            assert len(read) > 3 and not any(KEY in text for text in [*read, *files.values(), page.content(), page.evaluate("JSON.stringify(localStorage)")])
        server.terminate()
        said, _ = server.communicate(timeout=60)
        assert KEY not in said and "Traceback" not in said
