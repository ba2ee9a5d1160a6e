"""Kinds of questions beyond one sentence and one figure: cases in tests/cases/kinds.json, over two reports of our own."""
import json

import numpy as np
import pytest

from figures.ledger import ledger
from ingest.chunk import read_document
from qa.assistant import Assistant, ingest
from qa.extreme import extreme
from qa.gather import rest_of
from qa.lists import enumeration
from qa.outline import topic
from qa.question import Question
from qa.reckon import change, reckon
from qa.settings import Settings
from qa.spans import Window
from qa.why import beside, reason
from qa.yesno import unsaid, yes_or_no
from tests.conftest import ROOT

CASES = json.loads((ROOT / "tests" / "cases" / "kinds.json").read_text("utf-8"))


def cases(name):
    return [pytest.param(case, id=case["label"]) for case in CASES[name]]


@pytest.fixture(scope="module")
def documents():
    return {name: read_document(name, text, (2023, 12)) for name, text in CASES["reports"].items()}


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    paths = []
    for name, text in CASES["reports"].items():
        paths.append(folder / name)
        paths[-1].write_text(text, "utf-8")
    settings = Settings(index=folder / "index")
    ingest(settings, paths, (2023, 12))
    return Assistant.open(settings)


@pytest.mark.parametrize("case", cases("yesno"))
def test_yes_or_no(case):
    word, (start, end) = yes_or_no(Question.of(case["question"]), case["sentence"])
    assert word == case["answer"]
    assert 0 <= start < end <= len(case["sentence"])


@pytest.mark.parametrize("case", cases("unsaid"))
def test_what_a_sentence_does_not_say(case):
    assert unsaid(Question.of(case["question"]), case["text"], case["report"], case["sure"]) == case["word"]


@pytest.mark.parametrize("case", cases("list"))
def test_items_of_a_list(case):
    assert "、".join(case["sentence"][s:e] for s, e in enumeration(Question.of(case["question"]), case["sentence"])) == case["answer"]


@pytest.mark.parametrize("case", cases("reason"))
def test_stretch_that_explains(case):
    found = reason(Question.of(case["question"]), case["sentence"])
    assert (case["sentence"][slice(*found)] if found else "") == case["answer"]


def test_the_learned_reader_says_where_items_begin_and_end():
    sentence = "本人带头联系清渡大桥、雁鸣园二期和春晖物流园这三个项目。"
    first, last = np.full(len(sentence), -5.0, np.float32), np.full(len(sentence), -5.0, np.float32)
    first[sentence.index("清渡")], last[sentence.index("园这")] = 5.0, 5.0
    spans = enumeration(Question.of("联系哪些项目？"), sentence, Window(first, last, 0.0, 3.0))
    assert [sentence[s:e] for s, e in spans] == ["清渡大桥", "雁鸣园二期", "春晖物流园"]


def test_sentences_that_a_reason_leans_on(documents):
    texts = [s.text.strip() for s in documents["甲.md"].sentences]
    after = texts.index("这样一来，老人有了去处。")
    assert beside(documents["甲.md"], after) == [after - 1]
    assert beside(documents["甲.md"], after - 1) == []


@pytest.mark.parametrize("case", cases("rest"))
def test_a_list_goes_on_in_other_sentences(documents, case):
    document = documents["甲.md"]
    number = [s.text.strip() for s in document.sentences].index(case["sentence"])
    found = rest_of(Question.of(case["question"]), document, number)
    assert ["、".join(document.sentences[p.number].text[s:e] for s, e in p.ranges) for p in found] == case["rest"]


@pytest.mark.parametrize("case", cases("reckon"))
def test_reckoned_from_the_ledger(documents, case):
    rows = [row for name, document in documents.items() if name in case.get("documents", documents) for row in ledger(document)]
    found = reckon(Question.of(case["question"]), rows)
    assert (found.answer if found else "") == case["answer"]
    if found:
        assert found.working == case["working"]


@pytest.mark.parametrize("case", [*cases("extreme"), *cases("side_by_side")])
def test_reckoned_from_tables_and_lists(case):
    document = read_document("丙.md", CASES["branches"], (2024, 12))
    question, rows = Question.of(case["question"]), ledger(document)
    found = reckon(question, rows) or extreme(question, rows, [document])
    assert (found.answer, found.working) == (case["answer"], case["working"]) if case["answer"] else found is None


@pytest.mark.parametrize("case", cases("change"))
def test_change_from_two_ends(case):
    found = change(Question.of(case["question"]), case["sentence"], case["shown"])
    assert (found or ("", "")) == (case["answer"], case["working"])


@pytest.mark.parametrize("case", cases("topic"))
def test_which_questions_are_broad(case):
    assert topic(Question.of(case["question"])) == case["topic"]


@pytest.mark.parametrize("case", cases("asked"))
def test_asked(both, case):
    answer = both.ask(case["question"], documents=frozenset(case.get("documents", ())) or None)
    quotes = [c.quote for c in answer.citations]
    assert answer.answer == case["answer"]
    assert quotes == case["quotes"]
    assert case.get("says", "") in answer.statement
    for number, citation in enumerate(answer.citations, 1):
        document = next(d for d in both.documents if d.name == citation.document)
        assert document.quote(citation.spans) == citation.quote and f"[{number}]" in answer.statement


def test_the_ledger_is_built_only_where_something_is_reckoned(both):
    fresh = Assistant(both.store, both.embedder, both.reader)
    fresh.ask("城西街道规模以上企业有多少家？")
    assert fresh._books[1] == {}
    fresh.ask("城东街道和城西街道一共建成多少个社区食堂？")
    assert list(fresh._books[1]) == [None]
