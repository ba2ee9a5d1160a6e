"""👍 and 👎 in a browser: given with a reason, changed, taken back, kept over a reload; two tabs of one browser, two visitors."""
from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.browser import ASKED, REPORT, WIDTHS, serving, visiting

OTHER = "全年接待游客多少？"


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """A server of this file's own, and the file where it keeps what is thought of its answers."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "青河.txt").write_text(REPORT, "utf-8")
    with serving(folder / "index", folder / "青河.txt") as address:
        yield address, folder / "feedback.jsonl"


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
        visit.told("评价已记下，谢谢。")
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
        visit.told("评价已撤回。")
        assert json.loads(path.read_text("utf-8").splitlines()[-1])["rating"] is None


def rated(visit) -> list[str]:
    """What is pressed on the page, from top to bottom."""
    return visit.page.locator(".rate[aria-pressed=true]").evaluate_all("(pressed) => pressed.map((one) => one.dataset.rating)")


def press(visit, name: str, said: str = "评价已记下，谢谢。") -> None:
    visit.page.get_by_role("button", name=name).last.click()
    visit.told(said)


def lines(path: Path) -> list[tuple]:
    return [(line["question"], line["rating"], line["reason"]) for line in map(json.loads, path.read_text("utf-8").splitlines())]


def test_ratings_of_two_tabs_neither_cross_nor_are_lost(desk, browser):
    address, path = desk
    path.unlink(missing_ok=True)
    with visiting(browser, address, 1440) as one:
        two = one.tab()
        one.ask(ASKED)
        two.ask(OTHER)
        press(one, "回答有用")
        press(two, "回答不对")
        two.page.get_by_label("评价的原因").fill("少了单位")
        two.page.get_by_label("评价的原因").press("Enter")
        two.page.wait_for_selector(".reason", state="hidden")
        assert (rated(one), rated(two)) == (["up"], ["down"])
        for tab, words in ((one, ["up"]), (two, ["down"])):
            tab.page.reload()
            tab.page.wait_for_selector(".rate[aria-pressed=true]")
            assert rated(tab) == words
        third = one.tab()  # shows what the second tab said last, and may change its mind there
        assert third.page.locator(".question").inner_text() == OTHER and rated(third) == ["down"]
        press(third, "回答有用")
        assert lines(path) == [(ASKED, "up", ""), (OTHER, "down", ""), (OTHER, "down", "少了单位"), (OTHER, "up", "")]
        ids = [json.loads(line)["id"] for line in path.read_text("utf-8").splitlines()]
        assert ids[1] == ids[2] == ids[3] != ids[0]


def test_ratings_of_two_visitors_who_ask_the_same_stay_apart(desk, browser):
    address, path = desk
    path.unlink(missing_ok=True)
    with visiting(browser, address, 1440) as one, visiting(browser, address, 390) as two:
        one.ask(ASKED)
        two.ask(ASKED)
        press(one, "回答有用")
        press(two, "回答不对")
        press(one, "回答有用", "评价已撤回。")
        assert (rated(one), rated(two)) == ([], ["down"])
        assert [rating for _, rating, _ in lines(path)] == ["up", "down", None]
        first, second, third = (json.loads(line)["id"] for line in path.read_text("utf-8").splitlines())
        assert first == third != second
