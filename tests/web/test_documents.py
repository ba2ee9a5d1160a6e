"""The tab 文档 without a browser: its HTML, what an upload may be, and adding and removing over a real index folder."""
from __future__ import annotations

import shutil
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from ingest.document import Block, Document, UserError
from qa.assistant import Assistant, ingest
from qa.settings import Settings
from web.documents import add, chosen, done_html, following, list_html, progress_html, published, received, safe_name, take_out
from web.page import build

HOSTILE = '<img src=x onerror="alert(1)">'


def document(name: str, text: str = "共5家。") -> Document:
    return Document(name, text, ((0, len(text)),), (Block("paragraph", 0, len(text)),), date=(2022, 1))


@pytest.fixture
def uploads(tmp_path, monkeypatch) -> Path:
    """The folder that Gradio uploads to."""
    folder = tmp_path / "gradio"
    folder.mkdir()
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(folder))
    return folder


@pytest.fixture
def own(index, tmp_path) -> Assistant:
    """An assistant over an index folder of its own, with one document."""
    shutil.copytree(index, tmp_path / "index")
    return Assistant.open(Settings(index=tmp_path / "index"))


def upload(folder: Path, name: str, text: str) -> dict:
    """A file as documents.js sends it."""
    path = folder / str(len(list(folder.iterdir()))) / "document"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    return {"path": str(path), "name": name}


def finished(work):
    """The result of a generator, and what it yielded."""
    said = []
    while True:
        try:
            said.append(next(work))
        except StopIteration as end:
            return end.value, said


def test_the_list_is_exact():
    assert list_html([document("<a>\u202e.md")], (), "v1") == (
        '<ul class="documents" aria-label="已添加的文档" data-version="v1"><li><div>'
        '<a class="open" href="?doc=%3Ca%3E%E2%80%AE.md" data-document="&lt;a&gt;\u202e.md"><bdi>&lt;a&gt;\ufffd.md</bdi></a>'
        '<span class="facts">4 字 · 1 段 · 2022年1月</span></div>'
        '<button type="button" class="remove" data-name="&lt;a&gt;\u202e.md" aria-label="移除“&lt;a&gt;\ufffd.md”">移除</button></li></ul>')
    assert list_html([]) == '<p class="nothing">还没有文档。</p>'


def test_the_list_says_where_questions_go():
    every = list_html([document("a"), document("b")])
    assert every.count(" checked>") == 2 and "问题会问全部 2 篇" in every and "全选" not in every
    some = list_html([document("a"), document("b"), document("c")], ["b"])
    assert some.count(" checked>") == 1 and 'data-name="b" aria-label="提问时查“b”" checked>' in some
    assert "问题只问勾选的 1 篇（共 3 篇）" in some and 'class="every"' in some


@pytest.mark.parametrize("name", [HOSTILE, "a&b#c%d.md", "‮txt.exe", "a\"'.txt"])
def test_names_of_others_show_as_text(name):
    shown = list_html([document(name), document("b")]) + done_html([document(name)], ()) + progress_html(f"“{name}”", 3, 9)
    assert "<img" not in shown and "onerror=\"" not in shown and "‮" not in "".join(shown.split('"')[::2])


def test_what_was_added_and_how_far_it_is():
    assert "<p>已更新“" in done_html([document("a")], ["a"]) and "”：4 字，1 段。</p>" in done_html([document("a")], ["b"])
    assert '<progress max="1200" value="40"' in progress_html("“a”", 40, 1200) and "40 / 1,200 句" in progress_html("“a”", 40, 1200)
    assert "max=" not in progress_html("“a”", 0, 0)


@pytest.mark.parametrize(("name", "kept"), [("报告.txt", "报告.txt"), ("../../etc/passwd", "passwd"), ("C:\\稿\\a.md", "a.md"), ("a\x00\n\u200b\u202eb.txt", "ab.txt"),
                                           ("", "未命名"), ("...", "未命名"), (".txt", "txt"), ("a & #1 100%.md", "a & #1 100%.md"), ("تقرير.txt", "تقرير.txt")])
def test_names_lose_paths_and_controls(name, kept):
    assert safe_name(name) == kept


@pytest.mark.parametrize("date", ["2022-13", "22-01", "昨天", "2022-00", "2022-01-05"])
def test_a_date_that_is_none_is_refused_by_name(date):
    with pytest.raises(UserError, match=f"日期“{date}”看不懂；请写成 2022-01 或 2022"):
        published(date)


@pytest.mark.parametrize(("date", "read"), [("2022-1", (2022, 1)), ("２０２２年１２月", (2022, 12)), ("2022年", (2022, None)), ("2022/03", (2022, 3)), ("  ", None)])
def test_dates_are_read_as_people_type_them(date, read):
    assert published(date) == read


def test_only_what_was_uploaded_is_taken(uploads, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("密", "utf-8")
    (uploads / "link").symlink_to(secret)
    (tmp_path / "in").mkdir()
    for path in (secret, uploads / ".." / "secret.txt", uploads / "link", uploads / "没有", uploads):
        with pytest.raises(UserError, match="没有收到“a.txt”"):
            received([{"path": str(path), "name": "a.txt"}], tmp_path / "in")
        shutil.rmtree(tmp_path / "in")
        (tmp_path / "in").mkdir()
    assert secret.read_text("utf-8") == "密"
    with pytest.raises(UserError, match="没有选择文件"):
        received([], tmp_path / "in")


def test_uploads_are_moved_under_their_names_and_leave_nothing(uploads, tmp_path):
    (tmp_path / "in").mkdir()
    files = [upload(uploads, "../甲.txt", "一"), upload(uploads, "甲.txt", "二")]
    paths = received(files, tmp_path / "in")
    assert [(path.name, path.read_text("utf-8")) for path in paths] == [("甲.txt", "一"), ("甲.txt", "二")]
    assert list(uploads.iterdir()) == []


def test_work_is_followed_to_its_end():
    seen = threading.Event()

    def work(progress):
        progress(2, 7)
        assert seen.wait(10)
        return "好"

    running = following(work)
    assert next(running) == (2, 7)
    seen.set()
    assert finished(running)[0] == "好"

    def fails(progress):
        raise UserError("坏")

    with pytest.raises(UserError, match="坏"):
        next(following(fails))


def test_chosen_names_are_known_ones():
    assert chosen(["c", "没有"], ["a", "b", "c"]) == ["c"] and chosen([], ["a"]) == [] and chosen(["b", "a"], ["a", "b"]) == []


def test_a_document_comes_and_goes_without_a_restart(own, uploads):
    before = [d.name for d in own.documents]
    added, _ = finished(add(own, [upload(uploads, "../白石镇.md", "白石镇去年种植油菜5200亩。\n")], "2023-01"))
    assert [d.name for d in added] == ["白石镇.md"] and [d.name for d in own.documents] == [*before, "白石镇.md"]
    assert own.documents[-1].date == (2023, 1) and own.ask("白石镇种植油菜多少亩？").answer == "5200亩"
    assert list(uploads.iterdir()) == []
    take_out(own, "白石镇.md")
    assert [d.name for d in own.documents] == before
    with pytest.raises(UserError, match="“白石镇.md”已经不在了"):
        take_out(own, "白石镇.md")
    with pytest.raises(UserError, match=f"“{before[0]}”是最后一篇.*先添加另一篇"):
        take_out(own, before[0])


def test_one_bad_file_adds_none_and_every_upload_is_gone(own, uploads):
    before = own.documents
    with pytest.raises(UserError, match="暂不支持 .pdf 格式"):
        finished(add(own, [upload(uploads, "好.txt", "共5家。"), upload(uploads, "坏.pdf", "共6家。")], ""))
    assert own.documents == before and list(uploads.iterdir()) == []


def test_two_visitors_at_once_both_get_their_document(own, uploads):
    files = [upload(uploads, f"村{i}.txt", f"第{i}村有{i}00户。") for i in (1, 2, 3)]
    got: list = []
    threads = [threading.Thread(target=lambda file=file: got.append(finished(add(own, [file], ""))[0])) for file in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert {d.name for d in own.documents} >= {"村1.txt", "村2.txt", "村3.txt"} and len(got) == 3


def test_a_folder_that_cannot_be_written_is_told_and_keeps_what_it_has(own, uploads):
    before = own.documents
    lock = own.store.folder / ".lock"
    lock.unlink(missing_ok=True)
    lock.mkdir()
    functions = {block.fn.__name__: block.fn for block in build(own).fns.values() if block.fn}
    *_, last = functions["added"](SimpleNamespace(files=[upload(uploads, "甲.txt", "共5家。")], date=""))
    assert 'class="failed"' in last and "写不了索引文件夹" in last and "原有索引未受影响" in last
    lock.rmdir()
    assert Assistant.open(Settings(index=own.store.folder)).documents == before


def test_the_page_says_what_happened(own, uploads):
    functions = {block.fn.__name__: block.fn for block in build(own).fns.values() if block.fn}
    *_, last = functions["added"](SimpleNamespace(files=[upload(uploads, f"{HOSTILE}.txt", "共5家。"), upload(uploads, "b.txt", "")], date=""))
    assert "“b.txt”是空文件" in last and "这几个文件都没有添加。" in last
    *_, last = functions["added"](SimpleNamespace(files=[upload(uploads, f"{HOSTILE}.txt", "共5家。")], date=""))
    assert "已添加“" in last and "<img" not in last
    assert 'data-version="' in functions["listed"]() and "<img" not in functions["listed"]()
    listing, scope = functions["scoped"](SimpleNamespace(names=[f"{HOSTILE}.txt", "没有的"]))
    assert scope == [f"{HOSTILE}.txt"] and "只问勾选的 1 篇（共 2 篇）" in listing
    assert "已移除“" in functions["removed"](SimpleNamespace(name=f"{HOSTILE}.txt")) and "已经不在了" in functions["removed"](SimpleNamespace(name="<b>"))
    assert functions["listed"]([f"{HOSTILE}.txt"]).count("<li>") == 1


def test_what_breaks_is_told_without_its_insides(own, uploads, capsys):
    class Broken:
        documents = own.documents
        writer = None

        @property
        def store(self):
            raise RuntimeError("内部细节")

    functions = {block.fn.__name__: block.fn for block in build(Broken()).fns.values() if block.fn}
    *_, last = functions["added"](SimpleNamespace(files=[upload(uploads, "甲.txt", "共5家。")], date=""))
    assert 'class="failed"' in last and "内部细节" not in last and "RuntimeError" in capsys.readouterr().err


def test_ingest_from_elsewhere_changes_the_version(own, tmp_path):
    functions = {block.fn.__name__: block.fn for block in build(own).fns.values() if block.fn}
    before = functions["listed"]()
    (tmp_path / "新.txt").write_text("新村有9户。", "utf-8")
    ingest(Settings(index=own.store.folder), [tmp_path / "新.txt"])
    after = functions["listed"]()
    assert before.split('data-version="')[1].split('"')[0] != after.split('data-version="')[1].split('"')[0] and "新.txt" in after
