"""The original newspaper page, where it is at hand: every damaged place of it, found by reading the page."""
from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.chunk import MAX_SENTENCE, read_document
from ingest.load import load

ROOT = Path(__file__).parents[2]
ARTICLE = next((p for p in (ROOT.parent / "shared" / "article.txt",) if p.exists()), None)
pytestmark = pytest.mark.skipif(ARTICLE is None, reason="the original article is not at hand")
CASES = json.loads((ROOT / "tests" / "cases" / "ingest_article.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def document():
    return read_document("article.txt", load(ARTICLE)[1], (2022, 1))


def test_every_repair_by_name_and_place_and_no_other(document):
    found = [(r.name, r.detail) for r in document.repairs]
    assert len(found) == len(CASES["repairs"]) == 18
    for (name, detail), case in zip(found, CASES["repairs"]):
        assert name == case["name"]
        before, _, after = case["at"].partition("|")
        left, _, right = detail.partition("|")
        assert left.endswith(before) and right.startswith(after) if after else left.startswith(before), (detail, case)


@pytest.mark.parametrize("case", [c for c in CASES["repairs"] if c["name"] == "mend_breaks"], ids=lambda c: c["at"])
def test_the_mended_sentence_reads_on(case, document):
    assert case["at"].replace("|", "") in document.text
    assert case["at"].replace("|", "") not in document.raw


def test_three_openings_are_lost_and_nothing_is_invented(document):
    lost = [document.text[b.start:b.end] for b in document.blocks if b.opening_lost]
    assert [any(text.startswith(opening) for text in lost) for opening in CASES["lost_openings"]] == [True] * 3
    assert len(lost) == 3
    assert "缺失" not in document.text


def test_the_sentence_around_the_photograph(document):
    assert "3000多家;" in document.text and "3000多\n" not in document.text
    caption = next(s for s in document.sentences if s.kind == "caption")
    assert caption.text == CASES["caption"]
    broken = next(s for s in document.sentences if "3000多家" in s.text)
    spans = document.spans(broken.start, broken.end)
    assert len(spans) == 2 and spans[0][1] < document.spans(caption.start, caption.end)[0][0] < spans[1][0]


def test_title_headings_and_bylines(document):
    blocks = [(b.kind, document.text[b.start:b.end]) for b in document.blocks if b.kind not in ("paragraph", "caption")]
    assert [kind for kind, _ in blocks] == [kind for kind, _ in CASES["furniture"]]
    for (_, text), (_, expected) in zip(blocks, CASES["furniture"]):  # ⋯ stands for what is left out of a long one
        start, _, end = expected.partition("⋯")
        assert text.startswith(start) and text.endswith(end) and ("⋯" in expected or text == expected)
    assert document.title == blocks[0][1] and document.title.count("\n") == 1


def test_every_quotation_is_verbatim_and_short(document):
    for sentence in document.sentences:
        citation = document.cite(sentence.start, sentence.end)
        assert "".join(document.raw[s:e] for s, e in citation.spans) == citation.quote == sentence.text
        assert len(sentence.text) <= MAX_SENTENCE


def test_nothing_is_lost(document):
    kept = {i for s, e in document.pieces for i in range(s, e)}
    assert {c for i, c in enumerate(document.raw) if i not in kept} <= {"#", " ", "\n"}
    assert "".join(p.text for p in document.passages) == document.text
