"""`ask` and `eval` with a language model and without: who wrote is said, a run names the model and no more, two runs show what it changed."""
import json

import pytest

from cli.main import main
from tests.qa.scripted import KEY, Reply, endpoint

QUESTION = "规模以上企业数增至多少家？"
TRUE, LIE = "规模以上企业数从61家增至95家[1]。", "规模以上企业数增至96家[1]。"
PAIRS = [{"id": "1", "question": QUESTION, "answers": ["95家"], "evidence": ["规模以上企业数从61家增至95家"]},
         {"id": "2", "question": "审计项目完成多少项？", "answers": ["37项"], "evidence": ["完成审计项目37项"]},
         {"id": "3", "question": "月球基地有多少名宇航员？", "answers": []}]


@pytest.fixture
def model(monkeypatch):
    """A model that is asked about the companies only in truths, and about the rest in lies."""
    with endpoint(lambda number, body: Reply(TRUE) if QUESTION in str(body["messages"]) else Reply(LIE, "数据见[7]。")) as server:
        monkeypatch.setenv("JUSHI_LLM_BASE_URL", server.url)
        monkeypatch.setenv("JUSHI_LLM_MODEL", "小模型")
        monkeypatch.setenv("JUSHI_LLM_API_KEY", KEY)
        yield server


def run(capsys, *arguments) -> str:
    assert main([str(a) for a in arguments]) == 0
    out, err = capsys.readouterr()
    assert KEY not in out + err
    return out


def test_ask_says_who_wrote(model, index, capsys):
    assert run(capsys, "ask", "--index", index, QUESTION).splitlines()[:-1] == [
        "95家", "规模以上企业数从61家增至95家。[1]", "[1] 新区 报道.md › 临河新区三年成绩单 › 经济运行", "正文由语言模型撰写，每句都与所引原文核对过。"]
    lines = run(capsys, "ask", "--index", index, PAIRS[1]["question"]).splitlines()
    assert lines[0] == "37项" and lines[-2] == "语言模型写的都与所引原文对不上，给出的是原文摘录；扣下对不上的 2 句；编造的出处 1 个。"
    assert "generated" not in run(capsys, "ask", "--index", index, "--no-llm", "--json", QUESTION) and len(model.requests) == 2
    assert json.loads(run(capsys, "ask", "--index", index, "--json", QUESTION))["generated"] is True


def test_runs_with_and_without_are_told_apart_and_compared(model, index, tmp_path, capsys):
    pairs = tmp_path / "问答.jsonl"
    pairs.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in PAIRS), "utf-8")
    without, used = tmp_path / "without", tmp_path / "with"
    assert "语言模型" not in run(capsys, "eval", pairs, "--index", index, "--no-llm", "--out", without)
    shown = run(capsys, "eval", pairs, "--index", index, "--out", used, "--compare", without)
    before, after = (json.loads((folder / "report.json").read_text("utf-8")) for folder in (without, used))
    assert (before["settings"]["language_model"], after["settings"]["language_model"]) == (None, "小模型")
    assert (before["written"], after["written"]) == ({}, {"generated": 1, "failed": 1, "withheld": 2, "invented": 1})
    assert (after["compare"]["reworded"], after["compare"]["generated"], after["compare"]["gained"], after["compare"]["lost"]) == (["1"], {"before": 0, "after": 1}, [], [])
    assert after["measures"]["answer_em"] == before["measures"]["answer_em"]
    for line in ("语言模型“小模型”写了 1 问的正文，1 问没有写成；扣下 2 句，编造的出处 1 个。", "其中由语言模型写正文的，另一次 0 问，这一次 1 问。", "答案或正文不同：1"):
        assert line in shown and line in (used / "report.md").read_text("utf-8") and line in (used / "report.html").read_text("utf-8")
    port = model.url.split(":")[2].split("/")[0]
    for file in used.iterdir():
        assert KEY not in file.read_text("utf-8") and f":{port}" not in file.read_text("utf-8")
