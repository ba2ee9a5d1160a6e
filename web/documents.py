"""The tab 文档: the documents of the index, each with a link that opens it in the source pane."""
from __future__ import annotations

from collections.abc import Iterable

import gradio as gr

from ingest.document import Document
from web.escape import text
from web.shell import QUIET, Shell
from web.source import date_text, facts, link


def row_html(document: Document) -> str:
    """One document: its name, which opens it, and what is known of it."""
    said = " · ".join([*facts(document), date_text(document.date)])
    return (f'<li><a class="open" href="{text(link(document.name))}" data-document="{text(document.name)}"><bdi>{text(document.name)}</bdi></a>'
            f'<span class="facts">{text(said)}</span></li>')


def list_html(documents: Iterable[Document]) -> str:
    rows = "".join(map(row_html, documents))
    return f'<ul class="documents" aria-label="已索引的文档">{rows}</ul>' if rows else '<p class="nothing">还没有文档。</p>'


def build(shell: Shell) -> None:
    def listed() -> str:
        return list_html(shell.documents().values())

    listing = gr.HTML(elem_id="documents", apply_default_css=False, js_on_load="")
    shell.demo.load(listed, None, listing, **QUIET)
