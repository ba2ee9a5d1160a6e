"""A Review → a record to keep: Markdown, or one HTML file that needs nothing else; and the ledger as CSV.

Both records hold the same: the draft with its marks, each place with verdict, quotation and what a person decided, and the documents by SHA-256.
"""
from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator

from figures.export import write_rows
from figures.ledger import Figure
from web.escape import text
from web.review import NAMES, SIGNS, Item, Review, summary
from web.verdicts import quoted

TITLE = "核查记录"
STYLE = """
:root { color-scheme: light dark; --ink: #1e1c19; --paper: #fbfaf6; --muted: #625c52; --rule: #ddd7ca; --supported: #1d5f38; --contradicted: #96281d; --not_mentioned: #6b4f00; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece7dc; --paper: #161513; --muted: #ada597; --rule: #3a362f; --supported: #8fd0a5; --contradicted: #f2998b; --not_mentioned: #e3c56b; } }
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1rem; font: 1rem/1.8 "Songti SC", "Noto Serif CJK SC", SimSun, serif; color: var(--ink); background: var(--paper); overflow-wrap: anywhere; }
.draft { white-space: pre-wrap; padding: 1rem; border: 1px solid var(--rule); } .draft b, h3 span { font-weight: 600; }
.supported { color: var(--supported); } .contradicted { color: var(--contradicted); } .not_mentioned { color: var(--not_mentioned); }
article { border-top: 1px solid var(--rule); padding: .6rem 0; break-inside: avoid; } h3 { margin: .4rem 0; } blockquote { margin: .5rem 0; padding-left: 1rem; border-left: 3px solid var(--rule); white-space: pre-line; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .4rem 0; } dt, footer, .meta { color: var(--muted); } dd { margin: 0; } code { font-size: .8rem; word-break: break-all; }
"""


def heading(review: Review, index: int) -> str:
    """An item in one line: its verdict and what it is.

    >>> heading(Review("1家", (Item("1家", 0, 2, "supported", "相符", "1家"),), ((0, 2),), {}, ""), 0)
    '✓ 相符：1家'
    """
    verdict = review.verdict(index)
    return f"{SIGNS[verdict]} {NAMES[verdict]}：{review.items[index].text}"


def facts(review: Review, index: int) -> Iterator[tuple[str, str]]:
    """What is known of an item, as label and text, without its quotation."""
    item, decision = review.items[index], review.decisions.get(index)
    if item.figure:
        yield "所在句", item.sentence
    yield "程序判断", f"{NAMES[item.verdict]}，{item.reason}" if item.reason != NAMES[item.verdict] else item.reason
    if item.source:
        yield "原文数字", item.source
    if item.correction:
        yield "更正", f"改为{item.correction}" + ("（已改入稿子）" if index in review.applied else "")
    if decision:
        yield "人工", f"改判为{NAMES[decision.verdict]}" if decision.verdict else "认可"
        if decision.note:
            yield "备注", decision.note
    if item.citation:
        yield "出处", " · ".join(filter(None, [item.citation.document, item.citation.heading]))


def against(review: Review) -> str:
    return f"对照 {len(review.documents)} 篇文档；核查时间 {review.when}"


def plain(value: str) -> str:
    """Foreign text as Markdown that shows it and does nothing else; on one line.

    >>> plain("<b>*1*</b> [x](y)")
    '\\\\<b\\\\>\\\\*1\\\\*\\\\</b\\\\> \\\\[x\\\\](y)'
    """
    escaped = re.sub(r"([\\`*_\[\]<>#|~!&])", r"\\\1", " ".join(value.split()))
    return re.sub(r"^(\d*)([-+=.)])", r"\1\\\2", escaped)


def marked(review: Review) -> Iterator[tuple[str, int | None]]:
    """The draft in pieces, each with the item that it is, or None; a whole claim with figures of its own is not among them."""
    at = 0
    for i, item in enumerate(review.items):
        if item.start >= at:
            yield review.draft[at:item.start], None
            yield item.text, i
            at = item.end
    yield review.draft[at:], None


def markdown(review: Review) -> str:
    """The record as Markdown."""
    body = "".join(piece if i is None else f"{piece}【{i + 1}{SIGNS[review.verdict(i)]}】" for piece, i in marked(review))
    lines = [f"# {TITLE}", "", f"{summary(review)}。{against(review)}。", "", "## 稿子", "", *(f"> {plain(line)}" for line in body.splitlines()), ""]
    if review.applied:
        lines += ["## 改后的稿子", "", *(f"> {plain(line)}" for line in review.corrected.splitlines()), ""]
    lines += ["## 逐处", ""]
    for i, item in enumerate(review.items):
        lines += [f"### {i + 1}. {plain(heading(review, i))}", "", *(f"- {label}：{plain(value)}" for label, value in facts(review, i)), ""]
        lines += [f"> {plain(item.citation.quote)}", ""] if item.citation else []
    lines += ["## 文档", "", *(f"- {plain(name)} SHA-256 `{digest}`" for name, digest in review.documents.items()), ""]
    return "\n".join(lines)


def page(review: Review) -> str:
    """The record as one HTML file: no script, nothing fetched."""
    def piece(words: str, i: int | None) -> str:
        return text(words) if i is None else f'<b class="{review.verdict(i)}">{text(words)}<sup>{i + 1}{SIGNS[review.verdict(i)]}</sup></b>'

    def article(i: int, item: Item) -> str:
        known = "".join(f"<dt>{label}</dt><dd>{text(value)}</dd>" for label, value in facts(review, i))
        quote = f"<blockquote>{quoted(item.citation)}</blockquote>" if item.citation else ""
        return f'<article><h3 class="{review.verdict(i)}">{i + 1}. {text(heading(review, i))}</h3><dl>{known}</dl>{quote}</article>'

    changed = f'<h2>改后的稿子</h2><div class="draft">{text(review.corrected)}</div>' if review.applied else ""
    documents = "".join(f"<li>{text(name)} SHA-256 <code>{digest}</code></li>" for name, digest in review.documents.items())
    return (f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{TITLE} {text(review.when)}</title><style>{STYLE}</style></head><body><h1>{TITLE}</h1><p>{summary(review)}</p>"
            f'<p class="meta">{text(against(review))}</p><h2>稿子</h2><div class="draft">{"".join(piece(*p) for p in marked(review))}</div>{changed}'
            f'<h2>逐处</h2>{"".join(article(i, item) for i, item in enumerate(review.items))}<h2>文档</h2><ul>{documents}</ul></body></html>\n')


def csv_text(rows: Iterable[Figure]) -> str:
    """The rows as `figures.export.write_csv` writes them, with the mark of UTF-8 at the front that a spreadsheet looks for."""
    file = io.StringIO(newline="")
    write_rows(file, rows)
    return "\ufeff" + file.getvalue()
