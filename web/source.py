"""The source pane: a Document → its reading text as HTML, in which the page marks what is cited.

All text stands in `<span class="run" data-at="N">`: the characters of `raw` from N on, one for one. Whoever knows a
citation's spans can so mark it to the character, also in a link that is opened later: page.js does it for every link
that `cite` makes, in whatever tab it stands. What is about the text and not in it, a mended break or a lost opening,
is an empty element with a label, never text.
"""
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, groupby
from urllib.parse import urlencode

from ingest.document import Block, Document, Span
from web.escape import attribute, options, text
from web.table import grouped, table_html

KINDS = {"title": "标题", "heading": "小标题", "row": "表格", "caption": "图片说明", "byline": "署名", "note": "附注"}
LINE_END = re.compile(r"[\r\n]")
Documents = Mapping[str, Document]  # by name
LOST = "本节开头在版面上缺失，未补写"
PART = 100
LINE = 34
TAG = re.compile("<[^>]*>")


def spans_text(spans: Iterable[Sequence[int]]) -> str:
    """Spans as they stand in links and attributes.

    >>> spans_text([(3, 9), (12, 15)])
    '3-9,12-15'
    """
    return ",".join(f"{start}-{end}" for start, end in spans)


def link(document: str, spans: Sequence[Sequence[int]] = ()) -> str:
    """The address, on this page, of a place in a document, or of the document; not escaped.

    >>> link("a b.md", [(3, 9)]), link("a b.md")
    ('?doc=a+b.md&span=3-9', '?doc=a+b.md')
    """
    return "?" + urlencode({"doc": document} | ({"span": spans_text(spans)} if spans else {}), safe=",")


def cite(citation: dict, inner: str, kind: str) -> str:
    """A link that opens a citation or passage of the contract in the source pane; `inner` is HTML."""
    marks = spans_text(citation.get("highlight") or [])
    return (f'<a class="{kind}" href="{text(link(citation["document"], citation["spans"]))}" data-document="{attribute(citation["document"])}"'
            f' data-spans="{spans_text(citation["spans"])}" data-highlight="{marks}">{inner}</a>')


def quote_html(citation: dict) -> str:
    """A quotation in which its highlights are bold.

    >>> quote_html({"quote": "新增9家。", "spans": [[10, 12], [20, 23]], "highlight": [[20, 22]]})
    '新增<b>9家</b>。'
    """
    places = [at for s, e in citation["spans"] for at in range(s, min(e, s + len(citation["quote"])))]
    bold = [any(s <= at < e for s, e in citation["highlight"]) for at in places]
    runs = [(marked, "".join(character for character, _ in run)) for marked, run in groupby(zip(citation["quote"], bold), key=lambda pair: pair[1])]
    return "".join(f"<b>{text(run)}</b>" if marked else text(run) for marked, run in runs)


def numbered(document: Document) -> Iterator[tuple[Block, int]]:
    """The blocks of a document, each with the number of paragraphs down to it."""
    return zip(document.blocks, accumulate(int(block.kind == "paragraph") for block in document.blocks))


def position(document: Document, spans: Sequence[Sequence[int]]) -> str:
    """Where in the document spans of `raw` begin: "第 3 段", or the kind of what is no paragraph; "" where it has them not."""
    place = document.place(spans[0][0]) if spans else None
    for block, number in numbered(document):
        if place is not None and block.start <= place < block.end:
            return f"第 {number} 段" if block.kind == "paragraph" else KINDS[block.kind]
    return ""


def section(document: Document, heading: str) -> str:
    """A heading path without the document's own title, which every path begins with."""
    title = " ".join(document.title.split())
    return heading.removeprefix(title).removeprefix(" › ") if heading.startswith((f"{title} › ", title)) else heading


def whereabouts(item: dict, documents: Documents) -> str:
    """Section and position of a citation or passage; its document too, where there are several."""
    document = documents.get(item["document"])
    parts = [section(document, item["heading"]), position(document, item["spans"])] if document else [item["heading"]]
    parts += [item["document"]] if len(documents) > 1 or document is None else []
    return " · ".join(f"<bdi>{text(part)}</bdi>" for part in parts if part)


def runs(document: Document, block: Block) -> str:
    """The text of a block; between two lines that a repair joined in a paragraph, a seam that says why."""
    parts: list[str] = []
    end = None
    for s, e in document.spans(block.start, block.end):
        if end is not None and block.kind == "paragraph" and LINE_END.search(document.raw, end, s):
            parts.append(label("seam", seam_reason(document, (end, s))))
        parts.append(f'<span class="run" data-at="{s}">{text(document.raw[s:e])}</span>')
        end = e
    return "".join(parts)


def seam_reason(document: Document, gap: Span) -> str:
    """Why the text runs on over a gap in `raw`, by the last repair that spans it."""
    reasons = [r.reason for r in document.repairs if r.start <= gap[0] and gap[1] <= r.end]
    return f"版面修复：{reasons[-1]}" if reasons else "版面修复：断行接回"


def label(kind: str, words: str) -> str:
    """An empty element that says something about the text: read out, shown on hover, never selected or copied."""
    return f'<span class="{kind}" role="img" aria-label="{text(words)}" title="{text(words)}"></span>'


def block_html(document: Document, block: Block, number: int) -> str:
    """One block; headings by depth below the page's own, paragraphs with their number."""
    inner = (label("lost", LOST) if block.opening_lost else "") + runs(document, block)
    if block.kind in ("title", "heading"):
        level = 2 if block.kind == "title" else min(6, 2 + max(1, len(block.path)))
        return f'<h{level} class="{block.kind}">{inner}</h{level}>'
    margin = f'data-number="{number}"' if block.kind == "paragraph" else f'data-kind="{KINDS[block.kind]}"'
    return f'<p class="{block.kind}" {margin}>{inner}</p>'


def article(document: Document) -> str:
    """The whole reading text; a long one in parts of PART pieces, so that a browser lays out only what is near."""
    pieces = [table_html(document, [block for block, _ in group]) if group[0][0].kind == "row" else block_html(document, *group[0])
              for group in grouped(((block, number) for block, number in numbered(document) if block.start < block.end), document)]
    if len(pieces) > PART:
        pieces = [part_html(pieces[i:i + PART]) for i in range(0, len(pieces), PART)]
    inner = "\n".join(pieces)
    return (f'<article class="paper" data-document="{attribute(document.name)}" tabindex="0" aria-label="{text(document.name)} 全文">\n{inner}\n</article>')


def part_html(pieces: Sequence[str]) -> str:
    """A part of a long text, with the height it may have until it is laid out: lines of LINE characters, two rem each."""
    lines = sum(1 + len(TAG.sub("", piece)) / LINE for piece in pieces)
    return f'<div class="part" style="contain-intrinsic-block-size:auto {2 * lines:.0f}rem">' + "\n".join(pieces) + "</div>"


def facts(document: Document) -> list[str]:
    """Its size, and what was mended in it."""
    mended = [f"版面修复 {len(document.repairs)} 处"] if document.repairs else []
    return [f"{len(document.text):,} 字", f"{sum(b.kind == 'paragraph' for b in document.blocks)} 段", *mended]


def date_text(date: tuple[int, int | None] | None) -> str:
    """When it was published.

    >>> date_text((2022, 1)), date_text((2022, None)), date_text(None)
    ('2022年1月', '2022年', '日期未给')
    """
    return "日期未给" if date is None else f"{date[0]}年{date[1] or ''}{'月' if date[1] else ''}"


def pane(documents: Sequence[Document], name: str = "") -> str:
    """The source pane with one document open: the named one, or the first, and a line that says so where there is none of that name."""
    if not documents:
        return '<p class="nothing">还没有文档。请在“文档”一页添加 .txt 或 .md 文件。</p>'
    shown = next((d for d in documents if d.name == name), documents[0])
    names = options(((d.name, d.name) for d in documents), shown.name)
    which = f'<select class="which" aria-label="选择文档">{names}</select>' if len(documents) > 1 else f'<span class="which"><bdi>{text(shown.name)}</bdi></span>'
    gone = f'<p class="gone" role="alert">没有名为“<bdi>{text(name)}</bdi>”的文档，它可能已被移除；这里打开的是另一篇。</p>\n' if name not in ("", shown.name) else ""
    return (f'<header class="source-head"><h2>原文</h2>{which}<span class="facts">{" · ".join(facts(shown))}</span>'
            f'<button type="button" class="close" aria-label="关闭原文">关闭</button></header>\n{gone}{article(shown)}')
