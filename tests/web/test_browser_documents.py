"""What a person does with documents on the page, against the real server; and a long text, tables and links in the source pane."""
from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from index.search import Hit
from ingest.document import Block, Document, Passage, Sentence
from qa.answer import Answer
from tests.web.browser import CONTRAST, MARKED, WIDTHS, serving, visiting
from tests.web.serving import free_port
from web.page import build
from web.serve import launch
from web.source import link

REPORT = "# 临江镇简讯\n\n临江镇去年新建学校3所。\n"
TABLE = """# 白石镇年度统计

| 指标 | 2021年 | 2022年 |
|---|--:|--:|
| 粮食产量 | 231,500吨 | 240,760吨 |
| 工业产值 | 5.2亿元 | 6.1亿元 |

白石镇去年种植油菜5200亩。
"""
TWO = "document.querySelectorAll('#documents li').length === 2"
ONE = "document.querySelectorAll('#documents li').length === 1"
SEEN = """() => { const m = [...document.querySelectorAll('#source mark')].find((e) => e.getClientRects().length)?.getBoundingClientRect();
  const p = document.querySelector('#source .paper')?.getBoundingClientRect(); return Boolean(m && m.top >= p.top && m.bottom <= p.bottom); }"""
LONG = 1_000_000
LINE = "全区各街道按时完成年度任务，居民反映良好，项目进度正常。" * 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("documents")
    for name, text in (("临江.txt", REPORT), ("白石镇 & #1 统计.md", TABLE), ("不是文本.pdf", "%PDF-1.7")):
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def library(folder) -> Iterator[str]:
    """The real server over one report, to which and from which the tests add and remove."""
    with serving(folder / "index", folder / "临江.txt") as address:
        yield address


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_document_is_added_asked_chosen_and_removed(browser, library, folder, width, scheme):
    name = "白石镇 & #1 统计.md"
    with visiting(browser, library, width) as visit, visiting(browser, library, 1440) as other:
        page = visit.page
        page.emulate_media(color_scheme=scheme)
        for visitor in (other.page, page):
            visitor.get_by_role("tab", name="文档").click()
            visitor.wait_for_function(ONE)
        files = page.get_by_label("添加文档")
        files.set_input_files([folder / name, folder / "不是文本.pdf"])
        page.get_by_label("报道年月").fill("2023年1月")
        visit.keep(f"{scheme}-documents-chosen")
        assert page.evaluate(CONTRAST) == []
        page.get_by_role("button", name="添加", exact=True).click()
        page.wait_for_selector("#upload-status .failed")
        assert page.locator("#upload-status").inner_text() == "暂不支持 .pdf 格式(“不是文本.pdf”);请另存为 .txt 或 .md 后再试。这几个文件都没有添加。"
        page.get_by_role("button", name="不添加“不是文本.pdf”").click()
        page.get_by_role("button", name="添加", exact=True).click()
        page.wait_for_function(TWO)
        assert page.locator("#upload-status").inner_text().startswith(f"已添加“{name}”：") and page.locator(".chosen li").count() == 0
        assert "2023年1月" in page.locator("#documents li").last.inner_text()

        other.page.evaluate("dispatchEvent(new Event('focus'))")  # the other visitor comes back to the window
        other.page.wait_for_function(f"{TWO} && document.querySelectorAll('#source .which option').length === 2")

        page.locator("#upload-status .open").click()
        page.wait_for_selector("#source table")
        assert page.locator("#source thead th").all_inner_texts() == ["指标", "2021年", "2022年"]
        assert page.evaluate(CONTRAST) == []
        visit.keep(f"{scheme}-documents-table")
        row = TABLE.index("| 工业")
        page.goto(library + link(name, [(row, TABLE.index("\n", row))]))
        page.wait_for_function(f"{MARKED} === '| 工业产值 | 5.2亿元 | 6.1亿元 |'")
        page.wait_for_function(SEEN)
        assert page.locator("#source tr:has(mark) :is(th, td)").all_inner_texts() == ["工业产值", "5.2亿元", "6.1亿元"]
        if width < 900:
            page.keyboard.press("Escape")

        page.get_by_role("tab", name="文档").click()
        page.get_by_label(f"提问时查“{name}”").uncheck()
        page.wait_for_selector("#documents .every")
        assert "问题只问勾选的 1 篇（共 2 篇）" in page.locator("#documents .scope").inner_text()
        page.get_by_label("提问时查“临江.txt”").click()
        assert page.get_by_label("提问时查“临江.txt”").is_checked() and "至少要留一篇" in page.locator("#upload-status").inner_text()
        visit.keep(f"{scheme}-documents-scope")
        assert page.evaluate(CONTRAST) == []
        page.get_by_role("tab", name="问答").click()
        visit.ask("白石镇种植油菜多少亩？")
        assert page.locator(".turn:last-child .refused").count() == 1
        page.get_by_role("tab", name="文档").click()
        page.get_by_role("button", name="全选").click()
        page.wait_for_function("!document.querySelector('#documents .every')")
        page.get_by_role("tab", name="问答").click()
        page.get_by_role("button", name="新对话").click()
        page.wait_for_selector(".example")
        visit.ask("白石镇种植油菜多少亩？")
        assert "5200亩" in page.locator(".turn:last-child").inner_text()

        page.get_by_role("tab", name="文档").click()
        remove = page.get_by_role("button", name=f"移除“{name}”")
        remove.focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.className") == "keep" and name in page.get_by_role("dialog").inner_text()
        visit.keep(f"{scheme}-documents-remove")
        page.keyboard.press("Escape")
        assert page.evaluate(TWO) and page.evaluate("document.activeElement.className") == "remove"
        page.keyboard.press("Enter")
        page.get_by_role("dialog").get_by_role("button", name="移除", exact=True).click()
        page.wait_for_function(ONE)
        page.wait_for_function("document.querySelector('#source .paper').dataset.document === '临江.txt' && !document.querySelector('#source .gone')")
        page.get_by_role("button", name="移除“临江.txt”").click()
        page.get_by_role("dialog").get_by_role("button", name="移除", exact=True).click()
        page.wait_for_selector("#upload-status .failed")
        assert "“临江.txt”是最后一篇" in page.locator("#upload-status").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.goto(library + link(name, [(0, 3)]))
        page.wait_for_selector("#source .gone")
        assert f"没有名为“{name}”的文档" in page.locator("#source .gone").inner_text()


def paragraphs(name: str, count: int, line: str) -> Document:
    """A document of numbered paragraphs, each a sentence, as ingest reads it."""
    lines = [f"第{i}段：{line}" for i in range(1, count + 1)]
    raw = "\n".join(lines) + "\n"
    blocks, at = [], 0
    for text in lines:
        blocks.append(Block("paragraph", at, at + len(text)))
        at += len(text) + 1
    sentences = tuple(Sentence(b.start, b.end, raw[b.start:b.end], "paragraph", (), ((b.start, b.end),)) for b in blocks[-3:])
    return Document(name, raw, ((0, len(raw)),), tuple(blocks), sentences)


class LongAssistant:
    """Answers every question with the last paragraph of a long document."""

    writer = None

    def __init__(self):
        self.long = paragraphs("很长.txt", LONG // (len(LINE) + 7) + 200, LINE)
        self.documents = (paragraphs("短.txt", 3, "共5家。"), self.long)
        self.store = SimpleNamespace(version=lambda: "1")
        self.searcher = SimpleNamespace(snapshot=SimpleNamespace(manifest={"documents": [{"name": d.name, "sha256": "0" * 64} for d in self.documents]}))

    def ask_stream(self, question, *rest):
        last = self.long.blocks[-1]
        passage = Passage(last.start, last.end, self.long.text[last.start:last.end], "paragraph", ())
        yield Answer(question, question, "正常", "项目进度正常。[1]", .9, (self.long.cite(last.start, last.end, ((last.end - 3, last.end - 1),)),), (Hit(self.long, 2, passage, 1, 1, 1, 1),))


@pytest.fixture(scope="module")
def shelf() -> Iterator[tuple[str, LongAssistant]]:
    assistant = LongAssistant()
    assert len(assistant.long.text) > LONG
    demo = build(assistant)
    yield launch(demo, "127.0.0.1", free_port()), assistant
    demo.close(verbose=False)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_citation_at_the_end_of_a_million_characters_opens(browser, shelf, width):
    address, assistant = shelf
    last, middle = assistant.long.blocks[-1], assistant.long.blocks[len(assistant.long.blocks) // 2]
    with visiting(browser, address, width) as visit:
        page = visit.page
        visit.ask("进度怎样？")
        started = time.perf_counter()
        page.locator(".turn .cite").first.click()
        page.wait_for_function(SEEN, timeout=60_000)
        opened = time.perf_counter() - started
        assert page.evaluate(MARKED) == assistant.long.text[last.start:last.end]
        page.wait_for_timeout(500)
        assert page.evaluate(SEEN), "the pane moved on after the sentence had been reached"
        visit.keep("long")
        started = time.perf_counter()
        page.goto(address + link("很长.txt", [(middle.start, middle.end)]))
        page.wait_for_function(SEEN, timeout=60_000)
        linked = time.perf_counter() - started
        assert page.evaluate(MARKED) == assistant.long.text[middle.start:middle.end]
        assert page.locator("#source .hit").count() == 0
        print(f"{width}: opened in {opened:.1f} s, by a link in {linked:.1f} s")
        assert opened < 20 and linked < 30
