"""Claims whose figures all stand in the report: whether each is said of what the report says it of, and as the report says it."""
import json
from pathlib import Path

import pytest

from figures.align import Book
from figures.check import check
from ingest.chunk import read_document

CASES = json.loads((Path(__file__).parent.parent / "cases" / "settings.json").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["label"])
def test_setting(case):
    result = check(case["claim"], Book.of([read_document("公报.md", f"# 公报\n\n{case['text']}\n", (2024, 1))]))
    assert result.verdict == case["verdict"], [(f.text, f.verdict, f.reason) for f in result.figures]
    assert [f.text for f in result.figures if f.text in case.get("wrong", ()) and f.verdict == "supported"] == []


def test_a_reckoned_figure_gives_a_source_that_stands_in_the_report():
    text = "园区企业数从80家增至120家。"
    figure, = check("园区企业数增加40家。", Book.of([read_document("a.txt", text)])).figures
    assert (figure.verdict, figure.source, figure.source in text) == ("supported", "120家", True)
    assert figure.reason.startswith("推算相符")


def test_sentences_are_looked_up_only_where_rows_fit_alike():
    asked = []
    book = Book.of([read_document("a.txt", "园区企业数从80家增至120家。投资2.7亿元。")])
    check("园区企业数增至120家。", book, lambda text: asked.append(text) or [])
    assert asked == []
