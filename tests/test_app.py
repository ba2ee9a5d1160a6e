"""The command line: contracts of output and exit status, and what bad input gets."""
import io
import json
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import app
from tests.conftest import ROOT


def run(capsys, *arguments) -> tuple[int, str, str]:
    status = app.main([str(a) for a in arguments])
    out, err = capsys.readouterr()
    return status, out, err


def refused(capsys, *arguments, names: str = "") -> str:
    """The one Chinese line of a refusal, which must name `names`."""
    status, out, err = run(capsys, *arguments)
    assert status == 2 and out == ""
    assert err.count("\n") == 1 and re.search("[\u4e00-\u9fff]", err) and "Traceback" not in err
    assert names in err
    return err


def test_ask_prints_answer_sentence_and_place(capsys, index):
    status, out, _ = run(capsys, "ask", "--index", index, "规模以上企业有多少家？")
    assert status == 0
    lines = out.splitlines()
    assert lines[0] == "95家"
    assert lines[1] == "3年来，临河新区新增市场主体4000多家；规模以上企业数从61家增至95家，同比增长55.7%。[1]"
    assert lines[2] == "[1] 新区 报道.md › 临河新区三年成绩单 › 经济运行"


def test_ask_json_is_the_contract(capsys, index, report):
    status, out, _ = run(capsys, "ask", "--index", index, "--json", "收缴房款多少？")
    answer = json.loads(out)
    assert status == 0
    assert list(answer) == ["id", "question", "status", "answer", "statement", "confidence", "citations", "passages", "question_used", "seconds"]
    assert answer["answer"] == "3100余万元" and answer["status"] == "answered" and "[1]" in answer["statement"]
    raw = report.read_text("utf-8")
    for citation in answer["citations"]:
        assert list(citation) == ["label", "document", "heading", "quote", "spans", "highlight", "page"]
        assert "".join(raw[s:e] for s, e in citation["spans"]) == citation["quote"]
    assert [raw[s:e] for s, e in answer["citations"][0]["highlight"]] == ["3100余万元"]
    assert set(answer["passages"][0]) == {"document", "heading", "text", "spans", "score"}
    assert set(answer["seconds"]) == {"embed", "search", "read", "total"}


def test_file_keeps_order_and_ids_and_goes_on_after_a_bad_line(capsys, index, tmp_path):
    source, target = tmp_path / "问.jsonl", tmp_path / "答.jsonl"
    rows = ['{"id": 7, "question": "规模以上企业有多少家？"}', "{broken", '{"id": "x"}', '{"id": "e", "question": ""}', "[1]",
            '{"id": "d", "turns": ["建成社区食堂几个？", "绿化面积呢？"]}', '{"id": "long", "question": "' + "问" * 10000 + '"}']
    source.write_text("\n".join(rows) + "\n", "utf-8")
    status, _, err = run(capsys, "ask", "--index", index, "--file", source, "--out", target)
    lines = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert status == 0 and "5" in err and "Traceback" not in err
    assert [line["id"] for line in lines] == [7, None, "x", "e", None, "d", "long"]
    assert ["error" in line for line in lines] == [False, True, True, True, True, False, True]
    assert len(lines[5]["answers"]) == 2 and "6个" in lines[5]["answers"][0]["answer"]


def test_standard_input_and_output(capsys, index, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO('{"id": 1, "question": "完成审计项目多少项？"}\n'))
    status, out, _ = run(capsys, "ask", "--index", index, "--file", "-", "--out", "-")
    assert status == 0 and json.loads(out)["answer"] == "37项"


@pytest.mark.parametrize("question", ["", "   ", "？！", "\x00\x01", "问" * 1001])
def test_bad_questions(capsys, index, question):
    refused(capsys, "ask", "--index", index, question, names="问题")


def test_control_characters_in_a_question_are_white_space(capsys, index):
    status, out, _ = run(capsys, "ask", "--index", index, "规模以上企业\x00有\x1b多少家？")
    assert status == 0 and out.splitlines()[0] == "95家"


@pytest.mark.parametrize("arguments, names", [
    (["ask", "--nosuch", "问"], "--nosuch"), (["nosuch"], "nosuch"), (["--port", "abc"], "abc"), (["ingest"], "文件"), (["ask"], "问题"),
    (["ingest", "--date", "一月", "x.txt"], "一月"), (["ask", "问", "--file", "x"], "--file"), (["eval", "没有.jsonl"], "没有.jsonl")])
def test_bad_command_lines(capsys, arguments, names):
    refused(capsys, *arguments, names=names)


def test_unknown_setting(capsys, monkeypatch, index):
    monkeypatch.setenv("JUSHI_MODLE", "x")
    refused(capsys, "ask", "问题", names="JUSHI_MODLE")


def test_missing_files_and_folders(capsys, tmp_path, index):
    refused(capsys, "ask", "--index", tmp_path / "absent", "问题", names="absent")
    refused(capsys, "ingest", "--index", tmp_path / "i", tmp_path / "没有.txt", names="没有.txt")
    refused(capsys, "ingest", "--index", tmp_path / "i", tmp_path, names=str(tmp_path))
    refused(capsys, "ask", "--index", index, "--file", tmp_path / "没有.jsonl", names="没有.jsonl")
    refused(capsys, "remove", "--index", index, "没有.txt", names="没有.txt")
    assert not (tmp_path / "i").exists()


@pytest.mark.parametrize("name, data", [("空.txt", b""), ("白.txt", b" \n\t"), ("图.txt", b"\x89PNG\r\n\x1a\n\x00\x00"), ("二.txt", bytes(range(256)) * 9), ("文.pdf", b"%PDF-1.7"), ("表.xlsx", b"PK\x03\x04")])
def test_files_that_cannot_be_read(capsys, tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    refused(capsys, "ingest", "--index", tmp_path / "i", tmp_path / name, names=name)


def test_a_huge_file(capsys, tmp_path):
    with open(tmp_path / "大.txt", "wb") as file:
        file.truncate(100 * 2**20)
    refused(capsys, "ingest", "--index", tmp_path / "i", tmp_path / "大.txt", names="100 MB")


def test_a_bad_file_leaves_the_index_as_it_was(capsys, index, report, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(index, copy)
    before = {p.name: p.read_bytes() for p in copy.iterdir() if p.is_file()}
    (tmp_path / "空.txt").write_bytes(b"")
    refused(capsys, "ingest", "--index", copy, report, tmp_path / "空.txt", names="空.txt")
    assert {p.name: p.read_bytes() for p in copy.iterdir() if p.is_file()} == before


def test_damaged_index_is_named_and_rebuilt(capsys, index, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(index, copy)
    dense = next(copy.glob("dense-*"))
    dense.write_bytes(dense.read_bytes()[:-1] + b"\x00\x01")
    assert "--rebuild" in refused(capsys, "ask", "--index", copy, "规模以上企业有多少家？", names=dense.name)
    status, out, _ = run(capsys, "ingest", "--rebuild", "--index", copy)
    assert status == 0 and "damaged-1" in out and (tmp_path / "copy.damaged-1").is_dir()
    status, out, _ = run(capsys, "ask", "--index", copy, "规模以上企业有多少家？")
    assert status == 0 and out.splitlines()[0] == "95家"


def test_another_model_is_refused_not_mixed(capsys, index):
    refused(capsys, "ask", "--index", index, "--model", "BAAI/bge-small-zh-v1.5", "问题", names="bge-small-zh-v1.5")


def test_explain_prints_repairs(capsys, tmp_path):
    (tmp_path / "报.txt").write_text("## 甲\n\n新增市场主体3000多\n\n新城一角 图片由宣传部提供\n\n家，排名第一。\n", "utf-8")
    status, out, _ = run(capsys, "ingest", "--explain", tmp_path / "报.txt")
    assert status == 0 and out == "报.txt:6-41\tmend_breaks\t句子被图片说明隔开,接回\t新增市场主体3000多|家，排名第一。\n"


def test_list_and_remove(capsys, report, tmp_path):
    folder = tmp_path / "i"
    other = tmp_path / "另一篇.txt"
    other.write_text("甲镇修路3公里。\n", "utf-8")
    assert run(capsys, "ingest", "--index", folder, report, other)[0] == 0
    _, out, _ = run(capsys, "list", "--index", folder)
    assert [line.split("\t")[0] for line in out.splitlines()] == ["新区 报道.md", "另一篇.txt"]
    assert run(capsys, "remove", "--index", folder, "另一篇.txt")[0] == 0
    _, out, _ = run(capsys, "list", "--index", folder)
    assert [line.split("\t")[0] for line in out.splitlines()] == ["新区 报道.md"]


def test_port_in_use(capsys, index):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused(capsys, "--index", index, "--port", taken.getsockname()[1], names=str(taken.getsockname()[1]))


def test_import_starts_nothing():
    code = "import sys, app; sys.exit(bool({'torch', 'gradio', 'faiss', 'sentence_transformers'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_contract_checker_holds(original):
    checker = ROOT.parent / "shared" / "bin" / "contract.py"
    done = subprocess.run([sys.executable, checker, "ask", "dialogue"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_no_path_or_host_of_a_machine_in_the_project():
    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.splitlines()
    assert "app.py" in files
    for name in files:
        if Path(name).suffix in (".py", ".md", ".txt", ".css", ".js", ".json", ".ini"):
            assert not re.search(r"/(?:wor[k]|roo[t]|hom[e])/\w|pypi\.or[g]|pythonhoste[d]|download\.pytorc[h]", (ROOT / name).read_text("utf-8")), name
