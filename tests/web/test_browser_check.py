"""What a person does in the tabs 核查 and 数字台账, in Debian's chromium against the real server, at both widths."""
from __future__ import annotations

import csv

import pytest

from tests.web.browser import CONTRAST, HOSTILE, MARKED, OTHER

DRAFT = f"2023年，青河区新建口袋公园15个，整治背街小巷46条。\n规模以上工业企业由61家增至75家。湖里养鱼300条。{HOSTILE}\n白石镇今年种植油菜5300亩。"
CHOSEN = "document.querySelector('#verdicts .mark[aria-pressed=true]')?.firstChild.textContent"
FITS = "document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight"


def checked(visit, draft: str = DRAFT) -> None:
    visit.page.get_by_role("tab", name="核查").click()
    visit.page.get_by_label("稿子", exact=True).fill(draft)
    visit.page.get_by_role("button", name="核查", exact=True).click()
    visit.page.wait_for_selector("#verdicts .draft")


def narrow(visit) -> bool:
    return visit.page.viewport_size["width"] < 900


def saved(visit, click: str, folder) -> bytes:
    with visit.page.expect_download() as download:
        visit.page.locator(click).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path.read_bytes()


def test_the_first_wrong_figure_is_opened_with_its_reason_and_source(visit):
    page = visit.page
    checked(visit)
    assert page.evaluate(CHOSEN) == "15个" and page.evaluate("document.activeElement.classList.contains('mark')")
    card = page.locator("#verdicts .card:visible")
    assert card.count() == 1 and "原文为12个" in card.inner_text()
    if narrow(visit):
        assert not page.locator("#source .paper").is_visible()
        card.locator("a.where").click()
    page.wait_for_function(f"{MARKED}.includes('口袋公园12个')")
    assert page.locator("#source .hit").first.inner_text() == "12个"
    visit.keep("check-source")
    if narrow(visit):
        page.keyboard.press("Escape")
    assert page.evaluate(FITS)
    assert page.locator("#verdicts img").count() == 0 and HOSTILE.split("(")[0] in page.locator("#verdicts .draft").text_content()


def test_keys_step_through_the_marks_and_a_filter_through_the_wrong_ones(visit):
    page = visit.page
    checked(visit)
    page.keyboard.press("j")
    assert page.evaluate(CHOSEN) == "46条"
    page.keyboard.press("ArrowRight")
    assert page.evaluate(CHOSEN) == "61家"
    page.keyboard.press("k")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(CHOSEN) == "15个"
    page.get_by_role("button", name="不符 2").click()
    assert page.locator("#verdicts .at").inner_text() == "1 / 2"
    page.locator("#verdicts .mark[aria-pressed=true]").focus()
    page.keyboard.press("j")
    assert page.evaluate(CHOSEN) == "5300亩" and page.locator("#verdicts .at").inner_text() == "2 / 2"
    if not narrow(visit):
        page.wait_for_function(f"document.querySelector('#source .paper').dataset.document === {OTHER!r}")
    page.keyboard.press("j")
    assert page.evaluate(CHOSEN) == "15个"
    page.locator("#verdicts .mark", has_text="75家").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(CHOSEN) == "75家"


def test_correct_overrule_keep_and_edit(visit, tmp_path):
    page = visit.page
    checked(visit)
    page.get_by_role("button", name="改为 12个").click()
    page.wait_for_selector("#verdicts .mark ins")
    assert page.locator("#verdicts .mark del").inner_text() == "15个" and page.locator("#verdicts .mark ins").inner_text() == "12个"
    page.locator("#verdicts .mark", has_text="300条").click()
    card = page.locator("#verdicts .card:visible")
    assert "原文未提及" in card.inner_text()
    card.get_by_label("判断").select_option("supported")
    card.get_by_label("备注").fill("水务所另有来文")
    card.get_by_label("备注").press("Enter")
    page.wait_for_selector("#verdicts .card:visible .done")
    assert "人工改判为相符，程序判为未提及" in card.inner_text() and card.get_by_label("备注").input_value() == "水务所另有来文"
    assert "人工改判 1 处" in page.locator("#verdicts .against").inner_text()
    visit.keep("check-decided")
    record = saved(visit, ".export[data-kind=md]", tmp_path).decode("utf-8")
    assert "人工：改判为相符" in record and "备注：水务所另有来文" in record and "新建口袋公园12个，整治" in record and "SHA-256 `" in record
    html = saved(visit, ".export[data-kind=html]", tmp_path).decode("utf-8")
    assert html.startswith("<!DOCTYPE html>") and "水务所另有来文" in html and "<img" not in html
    page.get_by_role("button", name="改稿子").click()
    page.wait_for_selector("#draft textarea")
    assert page.get_by_label("稿子", exact=True).input_value() == DRAFT.replace("15个", "12个")
    page.get_by_label("稿子", exact=True).press("Control+Enter")
    page.wait_for_selector("#verdicts .draft")
    assert page.locator("#verdicts .mark.contradicted").count() == 1 and page.locator("#verdicts .mark.decided").count() == 1


def test_an_empty_draft_is_told_kindly_and_stays(visit):
    page = visit.page
    page.get_by_role("tab", name="核查").click()
    page.get_by_label("稿子", exact=True).fill("……")
    page.get_by_role("button", name="核查", exact=True).click()
    page.wait_for_selector("#verdicts .failed")
    assert "待核查的话是空的" in page.locator("#verdicts .failed").inner_text() and page.get_by_label("稿子", exact=True).input_value() == "……"


def test_the_ledger_is_narrowed_drawn_opened_and_saved(visit, tmp_path):
    page = visit.page
    page.get_by_role("tab", name="数字台账").click()
    page.wait_for_selector("#ledger-rows tbody tr")
    assert page.locator("#ledger-rows tbody tr").count() >= 10
    visit.keep("ledger")
    whole = saved(visit, "#ledger-tools .csv", tmp_path)
    lines = list(csv.reader(whole.decode("utf-8-sig").splitlines()))
    assert whole.startswith(b"\xef\xbb\xbf") and lines[0][:2] == ["数字", "指标"] and "5200亩" in [line[0] for line in lines]
    page.get_by_label("图表").select_option("家")
    page.wait_for_selector("#ledger-rows svg")
    assert "75家" in page.locator("#ledger-rows svg").get_attribute("aria-label")
    page.get_by_label("筛选数字").fill("油菜")
    page.wait_for_function("document.querySelectorAll('#ledger-rows tbody tr').length === 1")
    assert page.evaluate("document.activeElement.name") == "words"
    assert len(saved(visit, "#ledger-tools .csv", tmp_path).decode("utf-8-sig").splitlines()) <= 3
    page.locator("#ledger-rows tbody td").nth(1).click()
    page.wait_for_function(f"{MARKED} === '白石镇今年种植油菜5200亩。'")
    assert page.locator("#source .hit").inner_text() == "5200亩"
    visit.keep("ledger-row")
    if narrow(visit):
        page.keyboard.press("Escape")
    page.get_by_label("筛选数字").fill("没有这个词")
    page.wait_for_selector("#ledger-rows .nothing")
    assert page.evaluate(FITS) and page.locator("#ledger img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_tabs_are_readable(visit, scheme):
    page = visit.page
    page.emulate_media(color_scheme=scheme)
    page.reload()
    page.wait_for_selector(".example")
    checked(visit)
    assert page.evaluate(CONTRAST) == []
    page.get_by_role("button", name="改为 12个").click()
    page.wait_for_selector("#verdicts .mark ins")
    page.locator("#verdicts .filter.contradicted").click()
    assert page.evaluate(CONTRAST) == []
    visit.keep(f"check-{scheme}")
    page.get_by_role("tab", name="数字台账").click()
    page.wait_for_selector("#ledger-rows tbody tr")
    page.get_by_label("图表").select_option("家")
    page.wait_for_selector("#ledger-rows svg")
    page.locator("#ledger-audit summary").click()
    assert page.evaluate(CONTRAST) == [] and page.evaluate(FITS)
    visit.keep(f"ledger-{scheme}")
