"""`--document` and a row's "document": a question goes to the named reports and to no other."""
import json

import pytest

import app
from cli.scope import row_scope, scope
from ingest.chunk import read_document
from ingest.document import UserError
from qa.assistant import ingest
from qa.settings import Settings

DOCUMENTS = tuple(read_document(name, "甲镇修路3公里。\n") for name in ("甲.txt", "乙.txt"))


def test_names():
    assert scope([], DOCUMENTS) is None
    assert scope(["乙.txt", "乙.txt"], DOCUMENTS) == frozenset({"乙.txt"})
    assert row_scope({}, frozenset({"甲.txt"}), DOCUMENTS) == row_scope({"document": None}, frozenset({"甲.txt"}), DOCUMENTS) == frozenset({"甲.txt"})
    assert row_scope({"document": "乙.txt"}, frozenset({"甲.txt"}), DOCUMENTS) == frozenset({"乙.txt"})
    with pytest.raises(UserError, match="^索引里没有文档“丙.txt”;已有的文档:甲.txt、乙.txt$"):
        scope(["甲.txt", "丙.txt"], DOCUMENTS)
    with pytest.raises(UserError, match="document 应是"):
        row_scope({"document": ["甲.txt"]}, None, DOCUMENTS)


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """An index over two reports that give different values of one thing."""
    folder = tmp_path_factory.mktemp("two")
    for name, count in (("甲.txt", 31), ("乙.txt", 47)):
        (folder / name).write_text(f"# 青山镇年报\n\n青山镇全年新修水渠{count}条。\n", "utf-8")
    ingest(Settings(index=folder / "index"), [folder / "甲.txt", folder / "乙.txt"])
    return folder / "index"


def run(capsys, *arguments) -> tuple[int, str, str]:
    status = app.main([str(a) for a in arguments])
    return status, *capsys.readouterr()


@pytest.mark.parametrize("name, short", [("甲.txt", "31条"), ("乙.txt", "47条")])
def test_ask(capsys, two, name, short):
    status, out, _ = run(capsys, "ask", "--index", two, "--json", "--document", name, "青山镇新修水渠多少条？")
    answer = json.loads(out)
    assert status == 0 and answer["answer"] == short
    assert {c["document"] for c in answer["citations"]} == {p["document"] for p in answer["passages"]} == {name}


def test_check(capsys, two):
    claim = "青山镇全年新修水渠47条。"
    assert run(capsys, "check", "--index", two, "--document", "乙.txt", claim)[1].splitlines()[0] == "相符"
    assert run(capsys, "check", "--index", two, "--document", "甲.txt", claim)[1].splitlines()[0] == "不符"


def test_figures(capsys, two):
    assert "47条" in run(capsys, "figures", "--index", two, "--document", "乙.txt")[1]
    both = run(capsys, "figures", "--index", two, "--document", "乙.txt", "--document", "甲.txt")[1]
    assert "47条" in both and "31条" in both
    assert "31条" not in run(capsys, "figures", "--index", two, "--document", "乙.txt")[1]


def test_rows_name_their_own(capsys, two, tmp_path):
    question = "青山镇新修水渠多少条？"
    rows = [{"id": 1, "question": question, "document": "乙.txt"}, {"id": 2, "turns": [question], "document": "乙.txt"},
            {"id": 3, "question": question}, {"id": 4, "question": question, "document": "丙"}]
    (tmp_path / "问.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    status, out, _ = run(capsys, "ask", "--index", two, "--document", "甲.txt", "--file", tmp_path / "问.jsonl")
    own, turns, command, unknown = map(json.loads, out.splitlines())
    assert status == 0 and (own["answer"], turns["answers"][0]["answer"], command["answer"]) == ("47条", "47条", "31条")
    assert unknown == {"id": 4, "error": "第 4 行:索引里没有文档“丙”;已有的文档:甲.txt、乙.txt"}


@pytest.mark.parametrize("command", [("ask", "问题"), ("check", "3条"), ("figures",)])
def test_an_unknown_name_lists_the_known_and_writes_nothing(capsys, two, tmp_path, command):
    status, out, err = run(capsys, *command, "--index", two, "--document", "丙.txt")
    assert (status, out, err) == (2, "", "索引里没有文档“丙.txt”;已有的文档:甲.txt、乙.txt\n")
