"""What the tabs of the page share.

A tab is one module with `build(shell)`, called once inside its `gr.Tab`; it makes its components and wires them. It opens
a place in the source pane by showing a link that `web.source.cite` made: page.js does the rest. Whatever a visitor is
to see on arriving it sets with `shell.demo.load(..., **ARRIVING)`, for `build` runs before there is one.
"""
from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from ingest.document import Document, UserError
from qa.assistant import Assistant

QUIET = {"api_visibility": "private", "show_progress": "hidden"}  # for the events of the page itself
ARRIVING = QUIET | {"queue": False}  # one plain request: what a visitor sees first waits for no queue and no event stream
FAILED = "程序出了差错，这一步没有做成；请再试一次，若仍然不行，请看启动窗口里的记录。"


@dataclass(frozen=True)
class Shell:
    """demo: the page; assistant: over the index folder; scope: names of the documents asked, none for all, as a gr.State."""

    demo: gr.Blocks
    assistant: Assistant
    scope: gr.State

    def documents(self) -> dict[str, Document]:
        """The documents as they are now, by name; none where the index is damaged: asking says so."""
        try:
            return {document.name: document for document in self.assistant.documents}
        except UserError:
            return {}
