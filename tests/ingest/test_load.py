"""Bytes → text, exactly, in every encoding that Chinese files come in; what cannot be read is refused in one line."""
from __future__ import annotations

import codecs
import errno
import json
import os
from pathlib import Path, PosixPath

import pytest

from ingest.document import UserError
from ingest.load import MAX_BYTES, decode, load

CASES = json.loads((Path(__file__).parents[1] / "cases" / "ingest_load.json").read_text(encoding="utf-8"))
SIMPLIFIED = ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
TRADITIONAL = ["utf-8", "utf-8-sig", "gb18030", "big5", "cp950", "utf-16", "utf-16-le", "utf-16-be"]


def repeated(case: dict) -> str:
    return case["text"] * case.get("times", 1)


@pytest.mark.parametrize("encoding", SIMPLIFIED)
@pytest.mark.parametrize("case", CASES["simplified"], ids=lambda c: c["label"])
def test_simplified(case, encoding):
    assert decode(repeated(case).encode(encoding), "a.txt") == repeated(case)


@pytest.mark.parametrize("encoding", TRADITIONAL)
@pytest.mark.parametrize("case", CASES["traditional"], ids=lambda c: c["label"])
def test_traditional(case, encoding):
    assert decode(repeated(case).encode(encoding), "a.txt") == repeated(case)


@pytest.mark.parametrize("case", CASES["known_failures"], ids=lambda c: c["label"])
def test_known_failure_still_fails(case):
    """One that passes has to move among the cases."""
    assert case["reason"]
    try:
        text = decode(case["text"].encode(case["encoding"]), "a.txt")
    except UserError:
        return
    assert text != case["text"]


@pytest.mark.parametrize("mark, encoding", [(codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF8, "utf-8")])
def test_a_byte_order_mark_decides_and_is_dropped(mark, encoding):
    assert decode(mark + "好".encode(encoding), "a.txt") == "好"


def test_line_ends_stay_as_they_are(tmp_path):
    path = tmp_path / "年 报.txt"
    path.write_bytes("甲局\r\n正文一。\r\n乙局\r正文二。\n".encode("gb18030"))
    assert load(path) == (path.read_bytes(), "甲局\r\n正文一。\r\n乙局\r正文二。\n")


def test_other_scripts_and_a_few_controls_are_text_in_utf8():
    text = "Отчёт за год: рост 7,5 %. 😀 " * 10 + "\x0b\x0c\x85"
    assert decode(text.encode(), "a.md") == text
    assert decode(("企业147家。" * 30 + "\x1a").encode(), "a.md") == "企业147家。" * 30 + "\x1a"


REFUSED = {
    "no bytes": (b"", "空文件"), "spaces": (b" \r\n\t ", "空文件"), "nul bytes": (b"\0" * 64, "空文件"), "a mark alone": (codecs.BOM_UTF8, "空文件"),
    "mark and spaces": (codecs.BOM_UTF16_LE + b"\r\0\n\0", "空文件"), "wide spaces": ("　　\n　".encode(), "没有可以索引的文字"), "signs only": ("……——！！".encode(), "没有可以索引的文字"),
    "pdf": (b"%PDF-1.7\n1 0 obj", "PDF"), "docx": (b"PK\x03\x04\x14\0", "Word"), "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1", "Word"), "png": (b"\x89PNG\r\n\x1a\n", "图片"),
    "jpeg": (b"\xff\xd8\xff\xe0", "图片"), "gif": (b"GIF89a\x01", "图片"), "gzip": (b"\x1f\x8b\x08", "压缩包"), "rtf": (b"{\\rtf1\\ansi", "RTF"),
    "elf": (b"\x7fELF\x02\x01\x01" + b"\0" * 9 + b"\x03\0>\0\x01\0\0\0" * 20, "无法解码"), "every byte": (bytes(range(256)) * 20, "无法解码"),
    "utf-8 cut off": ("高新区有企业147家。园区".encode()[:-1], "无法解码"), "latin-1": ("Économie très forte à Genève".encode("latin-1"), "无法解码"),
    "controls": ("报\x01告\x02".encode() * 20, "无法解码"), "odd utf-16": (codecs.BOM_UTF16_LE + b"\x4e\x60\x4f", "无法解码"), "broken utf-8 with mark": (codecs.BOM_UTF8 + b"\xe9\xab", "无法解码"),
}


def says(error: pytest.ExceptionInfo, name: str, *words: str) -> None:
    """One Chinese line that names the file, says what is wrong and shows a way out."""
    line = str(error.value)
    assert len(line.splitlines()) == 1
    assert name in line and all(word in line for word in words)
    assert any(way in line for way in ("请另存为", "请检查", "请逐个给出", "请拆成", "请修改", "请给出"))


@pytest.mark.parametrize("label", REFUSED)
def test_refused_content(label, tmp_path):
    data, word = REFUSED[label]
    path = tmp_path / "季度 报告.txt"
    path.write_bytes(data)
    with pytest.raises(UserError) as error:
        load(path)
    says(error, "季度 报告.txt", word)


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".PNG", ".xlsx", ".html", ".csv"])
def test_refused_by_its_suffix_before_it_is_read(suffix, tmp_path):
    path = tmp_path / f"年报{suffix}"
    path.write_text("企业147家。", encoding="utf-8")
    with pytest.raises(UserError) as error:
        load(path)
    says(error, f"年报{suffix}", suffix)


@pytest.mark.parametrize("name", ["年报", "年报.txt", "年报.MD", "年报.markdown", "年报.text"])
def test_suffixes_that_are_read(name, tmp_path):
    (tmp_path / name).write_text("企业147家。", encoding="utf-8")
    assert load(tmp_path / name)[1] == "企业147家。"


def test_missing_file_and_missing_folder(tmp_path):
    for path in (tmp_path / "没有.txt", tmp_path / "没有" / "年报.txt"):
        with pytest.raises(UserError) as error:
            load(path)
        says(error, str(path), "找不到")


def test_a_folder_even_one_with_the_suffix_of_a_text(tmp_path):
    (tmp_path / "年报.txt").mkdir()
    for path in (tmp_path, tmp_path / "年报.txt"):
        with pytest.raises(UserError) as error:
            load(path)
        says(error, str(path), "文件夹")


def test_a_hundred_megabytes_are_refused_unread(tmp_path):
    path = tmp_path / "大文件.txt"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    with pytest.raises(UserError) as error:
        load(path)
    says(error, "大文件.txt", "100 MB", f"{MAX_BYTES // 2**20} MB")


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "管道.txt")
    with pytest.raises(UserError) as error:
        load(tmp_path / "管道.txt")
    says(error, "管道.txt", "不是普通文件")


class Failing(PosixPath):
    """A path whose file cannot be read: the tests may run as root, whom no mode bits stop."""

    code = errno.EACCES

    def read_bytes(self):
        raise OSError(self.code, os.strerror(self.code))


@pytest.mark.parametrize("code, word", [(errno.EACCES, "没有权限"), (errno.EIO, "读不了")])
def test_unreadable(code, word, tmp_path):
    (tmp_path / "年报.txt").write_text("企业147家。", encoding="utf-8")
    path = Failing(tmp_path / "年报.txt")
    path.code = code
    with pytest.raises(UserError) as error:
        load(path)
    says(error, "年报.txt", word)


@pytest.mark.parametrize("name, shown", [("年报\n终稿.txt", "年报 终稿.txt"), ("a\0b.txt", "a b.txt"), ("长" * 300 + ".txt", "长" * 300), ("\udcff.pdf", " .pdf")])
def test_strange_names_stay_on_one_line(name, shown, tmp_path):
    with pytest.raises(UserError) as error:
        load(tmp_path / name)
    says(error, shown)
    str(error.value).encode()
