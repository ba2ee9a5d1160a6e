"""Entries of the conversation → what is taken away from it: an answer to paste, the whole as Markdown, the whole as one HTML file.

The HTML file asks the network for nothing and runs nothing. Everything foreign in it and in the Markdown shows as text.
"""
from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import datetime

from ingest.document import Document
from prompts.render import confidence
from qa.answer import authorship
from web.escape import text
from web.source import Documents, position

GONE = "文档已不在索引中"
CHANGED = "文档已更新，引文取自旧版"
SPECIAL = re.compile(r"[\\`*_\[\]#|~$&]|^(?=[-+=>])|^(\d+)(?=[.)])", re.MULTILINE)
LEGEND = "字符位置从 0 数起，含起不含止，数的是原文件解码后的字符。"
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
:root { color-scheme: light dark; --ink: #1e1c19; --paper: #fbfaf6; --muted: #625c52; --rule: #ddd7ca; --red: #96281d; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece7dc; --paper: #161513; --muted: #ada597; --rule: #3a362f; --red: #f2998b; } }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: var(--ink); background: var(--paper); font: 1rem/1.8 "Noto Serif CJK SC", "Songti SC", SimSun, serif; overflow-wrap: anywhere; }
h1, h2, section h3, .meta, footer { font-family: system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.125rem; } a { color: var(--red); text-decoration: none; } h3 { font-size: 1.0625rem; margin: 0; } .meta, footer { color: var(--muted); font-size: .875rem; }
section { border-top: 1px solid var(--rule); padding: 1.2rem 0; } .short { font-size: 1.375rem; font-weight: 700; color: var(--red); margin: .4rem 0; }
.statement { margin: .4rem 0; } blockquote { margin: .8rem 0; padding-left: 1rem; border-left: 3px solid var(--rule); white-space: pre-line; }
blockquote footer { white-space: normal; } td, th { text-align: left; padding: .2rem 1rem .2rem 0; vertical-align: top; } code { font-size: .8125rem; }
"""


def fate(citation: dict, documents: Documents) -> str:
    """What became of a citation's document since it was cited: "" where the quotation still stands there to the character."""
    document = documents.get(citation["document"])
    if document is None:
        return GONE
    return "" if stands(citation, document) else CHANGED


def stands(citation: dict, document: Document) -> bool:
    """Whether a document reads at a citation's spans exactly what is quoted; of a passage, that its spans lie in the document."""
    try:
        read = document.quote(tuple((s, e) for s, e in citation["spans"]))
    except ValueError:
        return False
    return read == citation.get("quote", read)


def place(citation: dict, documents: Documents) -> str:
    """Where a quotation stands, in words: document, heading, position, characters of the file."""
    lost = fate(citation, documents)
    where = "" if lost else position(documents[citation["document"]], citation["spans"])
    characters = "字符 " + "、".join(f"{s}–{e}" for s, e in citation["spans"])
    return "，".join(filter(None, [citation["document"], " ".join(citation["heading"].split()), where, characters])) + (f"（{lost}）" if lost else "")


def copied(entry: dict, documents: Documents) -> str:
    """An answer as plain text to paste: the short answer, and each quotation with where it stands."""
    quotations = [f"“{citation['quote'].strip()}”\n——{place(citation, documents)}" for citation in entry["citations"]]
    return "\n\n".join(filter(None, [entry["answer"], *quotations]))


def taken(entries: Sequence[dict]) -> list[dict]:
    """The entries that were answered."""
    return [entry for entry in entries if "answer" in entry]


def sources(entries: Sequence[dict]) -> list[tuple[str, str]]:
    """The documents that answers were drawn from, each as (name, SHA-256 of the file at that time), once."""
    return list(dict.fromkeys(pair for entry in taken(entries) for pair in entry.get("sources", {}).items()))


def asked_as(entry: dict) -> list[str]:
    """Of which documents alone it was asked, and the question as it was completed."""
    used = entry.get("question_used", entry["question"])
    return [*([f"只问：{'、'.join(entry['scope'])}"] if entry.get("scope") else []), *([f"按「{used}」查找"] if used != entry["question"] else [])]


def about(entry: dict) -> list[str]:
    """What is said of an answer besides it: when, how it was asked, how sure, whether a language model wrote it."""
    return list(filter(None, [said_at(entry.get("asked", "")), *asked_as(entry), confidence(entry["confidence"]) if entry["status"] == "answered" else "", authorship(entry)]))


def said_at(time: str) -> str:
    """A time as it is written in words; "" for none.

    >>> said_at("2026-03-09T08:05:00+08:00"), said_at("")
    ('2026年3月9日 08:05', '')
    """
    if not time:
        return ""
    at = datetime.fromisoformat(time)
    return f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"


def literal(value: str) -> str:
    r"""Foreign text for Markdown, on one line, where nothing in it is read as Markdown or HTML.

    >>> literal("1. *a* <b>\n# R&D")
    '1\\. \\*a\\* &lt;b> \\# R\\&D'
    """
    visible = html.unescape(text(" ".join(value.split())))
    return SPECIAL.sub(lambda m: f"{m[1]}\\" if m[1] else f"\\{m[0]}", visible).replace("<", "&lt;")


def markdown(entries: Sequence[dict], documents: Documents, now: str) -> str:
    """The conversation as Markdown. now: the time of the export, ISO 8601."""
    parts = ["# 据实问答记录", f"导出时间：{said_at(now)}"]
    for number, entry in enumerate(taken(entries), 1):
        parts += [f"## {number}. {literal(entry['question'])}", " · ".join(map(literal, about(entry)))]
        parts += [f"**{literal(entry['answer'])}**" if entry["answer"] else "", literal(entry["statement"])]
        parts += [f"> \\[{c['label']}\\] “{literal(c['quote'])}”\n>\n> —— {literal(place(c, documents))}" for c in entry["citations"]]
    listed = [f"- {literal(name)}　SHA-256 `{digest}`" for name, digest in sources(entries)]
    parts += ["## 所引文档", "\n".join(listed), LEGEND] if listed else []
    return "\n\n".join(filter(None, parts)) + "\n"


def quotation_html(citation: dict, documents: Documents, id: str) -> str:
    return f'<blockquote id="{id}">“{text(citation["quote"].strip())}”<footer>[{citation["label"]}] {text(place(citation, documents))}</footer></blockquote>'


def turn_html(entry: dict, number: int, documents: Documents) -> str:
    short = f'<p class="short">{text(entry["answer"])}</p>' if entry["answer"] else ""
    quotations = "".join(quotation_html(c, documents, f"c{number}-{c['label']}") for c in entry["citations"])
    labels = {str(c["label"]) for c in entry["citations"]}
    statement = re.sub(r"\[(\d+)\]", lambda m: f'<a href="#c{number}-{m[1]}">{m[0]}</a>' if m[1] in labels else m[0], text(entry["statement"]))
    return (f'<section><h3>{number}. {text(entry["question"])}</h3><p class="meta">{text(" · ".join(about(entry)))}</p>{short}'
            f'<p class="statement">{statement}</p>{quotations}</section>')


def page(entries: Sequence[dict], documents: Documents, now: str) -> str:
    """The conversation as one HTML file that needs nothing else. now: as for `markdown`."""
    turns = "\n".join(turn_html(entry, number, documents) for number, entry in enumerate(taken(entries), 1))
    rows = "".join(f"<tr><td>{text(name)}</td><td><code>{text(digest)}</code></td></tr>" for name, digest in sources(entries))
    table = f'<h2>所引文档</h2><table><tr><th>文档</th><th>SHA-256</th></tr>{rows}</table><p class="meta">{LEGEND}</p>' if rows else ""
    return (f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>据实问答记录</title><style>{STYLE}</style></head>\n'
            f'<body><h1>据实问答记录</h1><p class="meta">导出时间：{said_at(now)}</p>\n{turns}\n{table}</body></html>\n')
