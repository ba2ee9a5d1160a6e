"""JSON Lines: every line gets one, whatever is in it."""
import io
import json

import pytest

from cli.lines import answer_lines, opened
from ingest.document import UserError


def replied(text: str, reply=lambda row: {"id": row.get("id"), "ok": row["q"]}) -> list[dict]:
    target = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n")
    answer_lines(io.StringIO(text), target, reply)
    return [json.loads(line) for line in target.buffer.getvalue().decode("utf-8").splitlines()]


def test_order_ids_blank_lines_and_no_last_line_end(capsys):
    assert replied('{"id": 2, "q": "乙"}\n\n{"id": [1], "q": "甲"}') == [{"id": 2, "ok": "乙"}, {"id": [1], "ok": "甲"}]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("line, says", [
    ("{broken", "第 1 行:不是合法的 JSON("), ("[1]", "第 1 行:不是 JSON 对象"), ("null", "第 1 行:不是 JSON 对象"), ("[" * 100_000, "第 1 行:不是合法的 JSON(数字太长或嵌套太深)"),
    ('{"id": ' + "1" * 5000 + "}", "第 1 行:不是合法的 JSON(数字太长或嵌套太深)")])
def test_a_line_that_is_no_object_is_told_and_the_rest_goes_on(capsys, line, says):
    first, second = replied(line + '\n{"id": 2, "q": "乙"}\n')
    assert first["id"] is None and first["error"].startswith(says)
    assert second == {"id": 2, "ok": "乙"}
    assert capsys.readouterr().err == "有 1 行没有答成,见各行的 error。\n"


def test_a_refusal_keeps_the_id():
    def refuse(row):
        raise UserError("缺少 q")

    assert replied('{"id": "x"}\n', refuse) == [{"id": "x", "error": "第 1 行:缺少 q"}]


def test_a_fault_of_the_program_costs_one_line():
    assert replied('{"id": 1}\n{"id": 2, "q": "乙"}\n') == [{"id": 1, "error": "第 1 行:程序出了差错(KeyError: 'q')"}, {"id": 2, "ok": "乙"}]


def test_half_a_surrogate_pair_goes_through():
    assert replied('{"id": "\\ud800", "q": "甲\\udfff"}\n') == [{"id": "\ud800", "ok": "甲\udfff"}]


def test_a_file_that_cannot_be_opened_is_named(tmp_path):
    for mode, verb in (("r", "读"), ("w", "写")):
        with pytest.raises(UserError, match=f"{verb}不了文件“.*没有/x"), opened(str(tmp_path / "没有" / "x"), mode):
            pass
