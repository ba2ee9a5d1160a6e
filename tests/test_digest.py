"""data/report.md, the bundled digest, against the original where it is at hand; data/qa.jsonl against the digest."""
from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from ingest.chunk import read_document
from quantities.parse import parse

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT.parent / "shared" / "article.txt"
original = pytest.mark.skipif(not ARTICLE.exists(), reason="the original article is not at hand")
DIGEST = (ROOT / "data" / "report.md").read_text(encoding="utf-8")
PAIRS = [json.loads(line) for line in (ROOT / "data" / "qa.jsonl").read_text(encoding="utf-8").splitlines()]
SINGLE = [p for p in PAIRS if "turns" not in p]
DATE = (2022, 1)


def bare(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(c for c in text if c.isalnum())


def missing_numbers(text: str, digest: str) -> list[str]:
    """The Arabic numbers of a text that the digest does not hold.

    >>> missing_numbers("1007项,占7.1%,第7", "有1007项。")
    ['7.1', '7']
    """
    held = set(re.findall(r"\d+(?:\.\d+)?", digest))
    return [n for n in re.findall(r"\d+(?:\.\d+)?", text) if n not in held]


def missing_figures(text: str, digest: str) -> list[str]:
    """The figures of a text, numerals in any script, whose value and unit the digest does not hold.

    >>> missing_figures("公厕两座,道路9条", "两座公厕。"), missing_figures("两家", "2家。")
    (['9条'], [])
    """
    held = {(q.kind, q.point) for q in parse(digest, DATE)}
    return [q.text for q in parse(text, DATE) if (q.kind, q.point) not in held]


def shared_runs(a: str, b: str, length: int = 20) -> list[str]:
    """The runs of that many characters, punctuation aside, that stand in both texts.

    >>> shared_runs("甲乙,丙丁", "前甲乙丙后", 3)
    ['甲乙丙']
    """
    a, b = bare(a), bare(b)
    runs = {a[i:i + length] for i in range(len(a) - length + 1)}
    return [b[i:i + length] for i in range(len(b) - length + 1) if b[i:i + length] in runs]


@pytest.fixture(scope="module")
def article():
    return read_document("article.txt", ARTICLE.read_text(encoding="utf-8"), DATE)


@original
def test_every_number_of_the_original_stands_in_the_digest(article):
    assert missing_numbers(article.text, DIGEST) == []


@original
def test_every_figure_of_the_original_stands_in_the_digest(article):
    found = [q for sentence in article.sentences for q in missing_figures(sentence.text, DIGEST)]
    assert found == []


@original
def test_the_digest_is_in_words_of_its_own(article):
    assert shared_runs(article.text, DIGEST) == []
    assert shared_runs(article.raw, DIGEST) == []


@original
def test_every_section_and_its_department_is_named(article):
    headings = [article.text[b.start:b.end] for b in article.blocks if b.kind == "heading"]
    assert len(headings) == 10
    departments = [heading.split(":")[0] for heading in headings if ":" in heading]
    assert len(departments) == 7
    assert [name for name in departments if name not in DIGEST] == []
    assert sum(line.startswith("#") for line in DIGEST.splitlines()) >= len(headings)


def test_the_first_line_says_what_it_is_and_how_to_index_the_original():
    first = next(line for line in DIGEST.splitlines() if line.strip() and not line.startswith("# "))
    assert "摘编" in first or "摘要" in first or "改写" in first
    assert "ingest" in first


def test_pairs_are_enough_and_of_every_kind():
    assert len({p["id"] for p in PAIRS}) == len(PAIRS)
    answerable = [p for p in SINGLE if p["answers"]]
    tags = Counter(tag for p in SINGLE if not p["answers"] for tag in p["tags"])
    assert len(answerable) >= 120
    assert tags["near_miss"] >= 30
    assert tags["off_topic"] + tags["injected"] >= 10
    assert {p["split"] for p in PAIRS} == {"tune", "report"}
    assert {p["split"] for p in answerable} == {"tune", "report"}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: p["id"])
def test_every_snippet_of_evidence_stands_in_the_digest(pair):
    for turn in pair.get("turns", [pair]):
        assert bool(turn["evidence"]) == bool(turn["answers"])
        assert [e for e in turn["evidence"] if e not in DIGEST] == []


def test_no_question_is_asked_twice():
    questions = Counter(p["question"] for p in SINGLE)
    assert [q for q, times in questions.items() if times > 1] == []
