"""Hostile strings in a report, in its name and in a question, on the real page: they are read, and nothing of them acts."""
from __future__ import annotations

import html
from collections.abc import Iterator

import pytest

from ingest.chunk import read_document
from tests.web.browser import MARKED, WIDTHS, serving, visiting
from web.escape import text

STRINGS = (
    "<script>hacked=1;alert(1)</script>", "</script><script>alert(2)</script>", "<img src=x onerror=alert(3)>", '"><svg/onload=alert(4)>',
    "<svg><animate onbegin=alert(5) attributeName=x dur=1s>", "<iframe src=javascript:alert(6)></iframe>", "<a href=javascript:alert(7)>点我</a>",
    "<body onload=alert(8)>", "<details open ontoggle=alert(9)>", "<style>body{display:none}</style>", "<link rel=stylesheet href=https://foreign.test/a.css>",
    "<meta http-equiv=refresh content=0;url=https://foreign.test/>", "<base href=https://foreign.test/>", "<math><mtext><mglyph><style><img src=y onerror=alert(10)>",
    "<template><img src=z onerror=alert(11)></template>", "' onmouseover='alert(12)", "javascript:alert(13)", "data:text/html,<script>alert(14)</script>",
    "{{constructor.constructor('alert(15)')()}}", "${alert(16)}", "#{alert(17)} <%= alert(18) %>", "&lt;img src=x onerror=alert(19)&gt;", "&#60;img src=x&#62;",
    "expression(alert(20)) url(https://foreign.test/b.png)", "𝐚𝐥𝐞𝐫𝐭(𝟐𝟏) ＜ｓｃｒｉｐｔ＞ аlеrt", "长" * 60 + "a" * 120, "<input autofocus onfocus=alert(22)>",
    "<video><source onerror=alert(23)></video>", "<!-- --!><img src=w onerror=alert(24)>")
MARKDOWN = {"[点这里](javascript:alert(25))": "[点这里](javascript:alert(25))", "![图](https://foreign.test/c.png)": "图", "<https://foreign.test/d>": "<https://foreign.test/d>"}
CONTROLS = {"甲\x00乙": "甲␀乙", "甲\x1b[31m红\x1b[0m乙": "甲␛[31m红␛[0m乙", "甲\u202e乙\u202c": "甲\ufffd乙\ufffd", "零\u200b宽": "零\ufffd宽", "隔\u2066离\u2069": "隔\ufffd离\ufffd",
            "退\x08格": "退␈格", "软\u00ad连": "软\ufffd连"}
NAME = "<img src=x onerror=alert(26)>&#60;\"' {{7*7}} ${7*7} %00 \u202e javascript:alert(27).md"
ITEMS = [*STRINGS, *MARKDOWN, *CONTROLS]
REPORT = "# 甲<script>alert(28)</script>镇来信\n\n" + "".join(f"第{i}户来信写道，{item}，共有{i}条意见。\n\n" for i, item in enumerate(ITEMS, 1)) + (
    "| <b>表</b> | <img src=x onerror=alert(29)> |\n|---|---|\n| ${alert(30)} | 5 |\n\n甲镇去年收到来信37封。\n")
ACTING = """() => [...document.querySelectorAll('#desk *, #source *')].filter((e) =>
  ['IMG', 'SCRIPT', 'IFRAME', 'STYLE', 'LINK', 'META', 'BASE', 'OBJECT', 'EMBED', 'VIDEO', 'MATH', 'TEMPLATE'].includes(e.tagName)
  || e.closest('#source .paper, .question, .statement, #documents bdi') && e.closest('svg')
  || [...e.attributes].some((a) => a.name.startsWith('on') || ['src', 'srcdoc'].includes(a.name) || a.name === 'href' && !/^[?#]/.test(a.value))).map((e) => e.outerHTML.slice(0, 90))"""
MADE = "[...new Set([...document.querySelectorAll('#source .paper, #source .paper *')].map((e) => e.tagName))].sort().join(' ')"


@pytest.fixture(scope="module")
def letters(tmp_path_factory) -> Iterator[str]:
    """The real server over the report under its hostile name."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / NAME).write_text(REPORT, "utf-8", newline="")
    with serving(folder / "index", folder / NAME) as address:
        yield address


def test_there_are_twenty_and_more():
    assert len(set(ITEMS)) == 39 and all(text(item) for item in ITEMS)


@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_text_is_read_and_does_nothing(browser, letters, width):
    with visiting(browser, letters, width) as visit:
        page = visit.page
        seen = page.locator("#source .paper").text_content()
        missing = [item for item in [*STRINGS, *(f"写道，{words}" for words in MARKDOWN.values()), *CONTROLS.values()] if item not in seen]
        assert missing == []
        document = read_document(NAME, REPORT)
        for block in document.blocks:
            assert html.unescape(text(document.text[block.start:block.end])) in seen
        assert page.evaluate(MADE) == "ARTICLE DIV H2 P SPAN TABLE TBODY TD TH THEAD TR"
        question = " ".join(item for item in STRINGS if "长" not in item)[:960] + "\u202e 甲镇收到来信多少封？"
        visit.ask(question)
        assert page.locator(".turn .question").text_content() == question.replace("\u202e", "\ufffd")
        visit.ask("甲镇去年收到来信多少封？")
        page.locator(".turn:last-child .cite").first.click()
        page.wait_for_function(f"{MARKED} === '甲镇去年收到来信37封。'")
        address = page.url
        if width < 900:
            page.keyboard.press("Escape")
        page.get_by_role("tab", name="文档").click()
        assert page.locator("#documents bdi").text_content() == NAME.replace("\u202e", "\ufffd")
        page.locator("#documents .remove").click()
        assert page.locator("#upload .removal bdi").inner_text() == NAME.replace("\u202e", "\ufffd")
        page.locator("#upload .keep").click()
        assert page.evaluate(ACTING) == [] and page.evaluate("typeof hacked") == "undefined"
        assert page.evaluate("document.title") == "据实" and page.evaluate("getComputedStyle(document.body).display") != "none"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        visit.keep("hostile")
        page.goto(address)
        page.wait_for_function(f"{MARKED} === '甲镇去年收到来信37封。'")
        assert page.locator("#source .paper").get_attribute("data-document") == NAME
        visit.keep("hostile-link")
        assert page.evaluate(ACTING) == []
