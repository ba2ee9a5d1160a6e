"""A file on disk → its decoded text, byte-order mark aside, line ends as they are.

Text and Markdown are read; a format that is added gets its line in READERS. Raises UserError for what is
missing, empty, too large, of another format, binary, or in no encoding that Chinese text comes in.
"""
from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path

from ingest.document import UserError

MAX_BYTES = 20 * 2**20
ENCODINGS = ("gb18030", "big5", "cp950", "big5hkscs", "utf_16_le", "utf_16_be")
BOMS = {codecs.BOM_UTF8: "utf_8", codecs.BOM_UTF16_LE: "utf_16_le", codecs.BOM_UTF16_BE: "utf_16_be"}
SAMPLE = 20_000  # characters that tell an encoding
LEAST = 0.7  # measured: texts of ten characters and more reach 0.9 in their own encoding and 0.5 in another
SPACES = "\t\n\x0b\x0c\r"
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")
FOREIGN = {b"%PDF": "PDF", b"PK\x03\x04": "Word/Excel/ZIP", b"\xd0\xcf\x11\xe0": "旧版 Word/Excel", b"\x89PNG": "图片", b"\xff\xd8\xff": "图片", b"GIF8": "图片",
           b"{\\rtf": "RTF", b"\x1f\x8b": "压缩包", b"Rar!": "压缩包", b"7z\xbc\xaf": "压缩包"}


def row(lead: int, encoding: str) -> str:
    """The characters of one row of a two-byte encoding.

    >>> row(0xB0, "gb2312")[:3]
    '啊阿埃'
    """
    return "".join(bytes((lead, trail)).decode(encoding, "ignore") for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)) if encoding != "gb2312" or trail > 0xA0)


# What Chinese text is made of: signs, and the characters that both standards sort first because they are in common use.
USUAL = frozenset("".join(row(lead, "gb2312") for lead in (*range(0xA1, 0xA4), *range(0xB0, 0xD8)))
                  + "".join(row(lead, "big5") for lead in range(0xA1, 0xC7)) + "\xa0\u2002\u2003•–€")


def controls(text: str) -> int:
    """The number of characters that no text holds: controls that are no white space, and U+FFFD.

    >>> controls("甲\\x00乙\\x1a\\n")
    2
    """
    return len(CONTROLS.findall(text))


def fluency(text: str) -> float:
    """The share of a text's characters beyond ASCII, and of its control characters, that are usual in Chinese text.

    Text read in the wrong encoding is made of rare characters; ASCII looks the same in most and proves nothing.

    >>> fluency("企业147家。"), round(fluency("苀數擁"), 2)
    (1.0, 0.67)
    """
    telling = [c for c in text[:SAMPLE] if c > "~" or (c < " " and c not in SPACES)]
    return sum(c in USUAL for c in telling) / len(telling) if telling else 1.0


def readings(data: bytes) -> list[str]:
    """What the bytes can say, best first: UTF-8 alone where they are that, else Chinese in the encodings of ENCODINGS.

    UTF-16 of plain letters is valid UTF-8 too, with a control character to every letter.

    >>> readings("甲乙丙".encode("utf-16-le"))[0], readings("甲".encode())
    ('甲乙丙', ['甲'])
    """
    found = []
    for encoding in ("utf_8", *ENCODINGS):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf_8" and not controls(text):
            return [text]
        found.append(text)
    return sorted((text for text in found if fluency(text) >= LEAST), key=fluency, reverse=True)


def decode(data: bytes, name: str) -> str:
    """Bytes → text: by its byte-order mark, as UTF-8 where it is valid, else in the encoding of ENCODINGS that reads best.

    Raises UserError for what is empty, another format, or no Chinese or ASCII text in any of them.

    >>> decode("高新区有147家企业。".encode("gb18030"), "a.txt")
    '高新区有147家企业。'
    """
    for magic, kind in FOREIGN.items():
        if data.startswith(magic):
            raise UserError(f"“{name}”是{kind}格式,目前只读纯文本和 Markdown;请另存为 .txt 后再试。")
    bom = next((mark for mark in BOMS if data.startswith(mark)), b"")
    body = data[len(bom):]
    if not body.strip(b"\0 \t\r\n\f\v"):
        raise UserError(f"“{name}”是空文件,没有可以索引的文字;请检查文件内容。")
    try:
        text = body.decode(BOMS[bom]) if bom else next(iter(readings(body)), "")
    except UnicodeDecodeError:
        text = ""
    if not text or controls(text) > len(text) * 0.01:
        raise UserError(f"“{name}”无法解码为文字(可能是二进制文件,或文件残缺);请另存为 UTF-8 编码的文本后再试。")
    if not any(c.isalnum() for c in text):
        raise UserError(f"“{name}”里没有可以索引的文字;请检查文件内容。")
    return text.removeprefix("\ufeff")


READERS: dict[str, Callable[[bytes, str], str]] = {"": decode, ".txt": decode, ".md": decode, ".markdown": decode, ".text": decode}


def printable(path: object) -> str:
    """A file's name on one line, whatever is in it.

    >>> printable("年报\\n终稿.txt")
    '年报 终稿.txt'
    """
    return "".join(c if c.isprintable() else " " for c in str(path))


def load(path: Path) -> tuple[bytes, str]:
    """The bytes of a file and its text. Raises UserError as the module says."""
    name, shown, suffix = printable(path.name), printable(path), path.suffix.lower()
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UserError(f"“{shown}”是文件夹;请逐个给出其中的文件。")
        if suffix not in READERS:
            raise UserError(f"暂不支持 {printable(path.suffix)} 格式(“{name}”);请另存为 .txt 或 .md 后再试。")
        if not path.is_file():
            raise UserError(f"“{shown}”不是普通文件;请给出 .txt 或 .md 文件。")
        if size > MAX_BYTES:
            raise UserError(f"“{name}”有 {size / 2**20:.0f} MB,超过 {MAX_BYTES // 2**20} MB 的上限;请拆成较小的文件。")
        data = path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"找不到文件“{shown}”;请检查路径。") from None
    except PermissionError:
        raise UserError(f"没有权限读取“{shown}”;请修改文件或文件夹的权限后再试。") from None
    except (OSError, ValueError) as error:
        raise UserError(f"读不了文件“{shown}”({getattr(error, 'strerror', '') or '路径无效'});请检查路径和磁盘。") from None
    return data, READERS[suffix](data, name)
