"""The tab 文档: the documents of the index. Add some, remove one, open one beside, choose which of them questions go to.

documents.js sends a chosen file to Gradio's upload folder and tells its path and name here; from there it is moved, read,
and deleted whatever comes of it. The index folder's own lock makes visitors wait for one another.
"""
from __future__ import annotations

import re
import shutil
import tempfile
import time
import traceback
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import gradio as gr
from gradio.utils import get_upload_folder

from index.store import Progress
from ingest.document import Document, UserError
from ingest.load import MAX_BYTES, READERS
from qa.assistant import Assistant, ingest, remove
from qa.settings import Settings
from web.escape import attribute, text
from web.shell import ARRIVING, FAILED, QUIET, Shell
from web.source import date_text, facts, link

Date = tuple[int, int | None]
T = TypeVar("T")
LONGEST = 200  # bytes of a file's name; the disk takes 255
STEP = 0.3  # seconds between two words of progress
DATE = re.compile(r"(\d{4})(?:[-/.年](0?[1-9]|1[0-2])月?|年)?")
ACCEPTED = ",".join(filter(None, READERS))
FORM = f"""<form class="upload" data-limit="{MAX_BYTES}">
<label class="drop"><input type="file" multiple accept="{ACCEPTED}" class="sr"><b>添加文档</b><span>点这里选择，或把文件拖进来；可一次几个，.txt 或 .md，每个不超过 {MAX_BYTES // 2**20} MB</span></label>
<ul class="chosen" aria-label="待添加的文件"></ul>
<div class="given" hidden><label>报道年月（可不填）<input type="text" class="date" inputmode="numeric" placeholder="2022-01" autocomplete="off" maxlength="10"></label>
<button type="submit">添加</button><p class="why">填了年月，“去年”“1月13日”才知道是哪一天。</p></div>
</form>
<dialog class="removal" aria-labelledby="removal-asked"><p id="removal-asked">移除“<bdi></bdi>”？</p>
<p class="why">移除后不能再问它；据实里保留的副本也一并删除。</p>
<div><button type="button" class="keep">不移除</button><button type="button" class="sure">移除</button></div></dialog>"""


def safe_name(name: str) -> str:
    """The name that a document gets from an uploaded file's: the last part of a path, on one line, without the controls
    that hide or turn text around, short enough for a disk.

    >>> safe_name("C:\\\\稿\\\\年报\\u202e\\n.txt"), safe_name("../../etc/passwd"), safe_name(" .. ")
    ('年报.txt', 'passwd', '未命名')
    >>> len(safe_name("长" * 300 + ".md").encode()), safe_name("长" * 300 + ".md")[-4:]
    (198, '长.md')
    """
    last = "".join(c for c in re.split(r"[/\\]", name)[-1] if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    last = last.strip().lstrip(".").strip()
    stem, dot, suffix = last.rpartition(".")
    end = (dot + suffix) if dot and len(suffix) <= 8 else ""
    stem = last.removesuffix(end) if end else last
    return stem.encode()[:LONGEST - len(end.encode())].decode("utf-8", "ignore") + end or "未命名"


def published(date: str) -> Date | None:
    """What was typed as a date → (year, month or None); None for nothing. Raises UserError for anything else.

    >>> published("2022-01"), published("2022年1月"), published(" 2022 "), published("")
    ((2022, 1), (2022, 1), (2022, None), None)
    """
    if not date.strip():
        return None
    match = DATE.fullmatch(unicodedata.normalize("NFKC", date).strip())
    if not match:
        raise UserError(f"日期“{date.strip()}”看不懂；请写成 2022-01 或 2022，也可以不填。")
    return int(match[1]), int(match[2]) if match[2] else None


def received(files: Sequence[dict], folder: Path) -> list[Path]:
    """Uploaded files, each a dictionary with `path` and `name`, moved into `folder` under their documents' names.

    Raises UserError where none is given, or one does not lie in Gradio's upload folder (a visitor can send any path) or is gone.
    """
    uploads = Path(get_upload_folder()).resolve()
    found = []
    for number, file in enumerate(files):
        name, path = safe_name(str(file["name"])), Path(str(file["path"])).resolve()
        target = folder / str(number) / name
        target.parent.mkdir()
        if not (path.is_relative_to(uploads) and path.is_file()):
            raise UserError(f"没有收到“{name}”；请再选一次这个文件。")
        shutil.move(path, target)
        with suppress(OSError):
            path.parent.rmdir()  # Gradio made it for this file alone, unless another of the same content is there
        found.append(target)
    if not found:
        raise UserError("没有选择文件；请先选择要添加的 .txt 或 .md 文件。")
    return found


def following(work: Callable[[Progress], T]) -> Iterator[tuple[int, int]]:
    """Does `work` in a thread of its own; yields (done, total) every STEP seconds, returns its result, raises what it raises.

    The work goes on also where nobody waits for it any longer.
    """
    said = [(0, 0)]
    pool = ThreadPoolExecutor(1)
    try:
        job = pool.submit(work, lambda done, total: said.__setitem__(0, (done, total)))
        while not wait([job], STEP).done:
            yield said[0]
        return job.result()
    finally:
        pool.shutdown(wait=False)


def settings(assistant: Assistant) -> Settings:
    """The settings that name the assistant's index folder."""
    return Settings(index=assistant.store.folder)


def add(assistant: Assistant, files: Sequence[dict], date: str) -> Iterator[tuple[int, int]]:
    """Index uploaded files, all or none; yields (sentences done, of how many), returns the documents. Raises UserError as `ingest` says."""
    when = published(date)
    with tempfile.TemporaryDirectory(dir=get_upload_folder()) as folder:  # so that it goes with the server, however that ends
        paths = received(files, Path(folder))
        return (yield from following(lambda progress: ingest(settings(assistant), paths, when, progress)))


def take_out(assistant: Assistant, name: str) -> None:
    """Remove one document. Raises UserError where it is gone already, or is the last."""
    names = [document.name for document in assistant.documents]
    if names == [name]:
        raise UserError(f"“{name}”是最后一篇，移除后就没有可问的了；请先添加另一篇，再移除它。")
    if name not in names:
        raise UserError(f"“{name}”已经不在了，可能刚被移除。")
    remove(settings(assistant), [name])


def chosen(names: Collection[str], known: Collection[str]) -> list[str]:
    """The documents that questions go to: the known ones among `names`; [] stands for all of them.

    >>> chosen(["b", "x"], ["a", "b"]), chosen(["b", "a"], ["a", "b"]), chosen(["x"], ["a", "b"])
    (['b'], [], [])
    """
    found = [name for name in known if name in names]
    return [] if len(found) == len(known) else found


def row_html(document: Document, asked: bool | None) -> str:
    """One document: its name, which opens it, what is known of it, and whether questions go to it; None where it is the only one."""
    name, shown = attribute(document.name), text(document.name)
    said = " · ".join([*facts(document), date_text(document.date)])
    box = "" if asked is None else f'<input type="checkbox" class="asked" data-name="{name}" aria-label="提问时查“{shown}”"{" checked" if asked else ""}>'
    return (f'<li>{box}<div><a class="open" href="{text(link(document.name))}" data-document="{name}"><bdi>{shown}</bdi></a><span class="facts">{text(said)}</span></div>'
            f'<button type="button" class="remove" data-name="{name}" aria-label="移除“{shown}”">移除</button></li>')


def list_html(documents: Iterable[Document], scope: Collection[str] = (), version: object = "") -> str:
    """The documents, over them where questions go. version: of the index, by which the page sees that it must show the source anew."""
    documents = list(documents)
    if not documents:
        return '<p class="nothing">还没有文档。</p>'
    several = len(documents) > 1
    rows = "".join(row_html(d, not scope or d.name in scope if several else None) for d in documents)
    said = f"问题只问勾选的 {len(scope)} 篇（共 {len(documents)} 篇）" if scope else f"问题会问全部 {len(documents)} 篇；去掉勾选，就不问那一篇"
    every = '<button type="button" class="every">全选</button>' if scope else ""
    asked = f'<p class="scope"><span role="status">{said}</span>{every}</p>' if several else ""
    return f'{asked}<ul class="documents" aria-label="已添加的文档" data-version="{attribute(str(version))}">{rows}</ul>'


def progress_html(names: str, done: int, total: int) -> str:
    """How far the indexing is; before the first sentence it may be waiting for another writer."""
    counted = f'<progress max="{total}" value="{done}" aria-label="索引进度"></progress><span aria-hidden="true">{done:,} / {total:,} 句</span>' if total else (
        '<progress aria-label="正在读取"></progress>')
    return f'<div class="working"><p>正在索引{text(names)}…</p>{counted}</div>'


def outcome(kind: str, inner: str) -> str:
    """What came of it: done or failed. The time makes it new to the page where the same is said again."""
    return f'<div class="{kind}" data-time="{time.time_ns()}">{inner}</div>'


def done_html(documents: Sequence[Document], known: Collection[str]) -> str:
    """What was added."""
    lines = "".join(f'<p>{"已更新" if d.name in known else "已添加"}“<a class="open" href="{text(link(d.name))}" data-document="{attribute(d.name)}">'
                    f'<bdi>{text(d.name)}</bdi></a>”：{text("，".join(facts(d)))}。</p>' for d in documents)
    return outcome("done", lines)


def failed_html(said: str) -> str:
    return outcome("failed", f"<p>{text(said)}</p>")


def build(shell: Shell) -> None:
    assistant = shell.assistant

    def listed(scope: Sequence[str] = ()) -> str:
        try:
            documents = assistant.documents
            return list_html(documents, chosen(scope, [d.name for d in documents]), assistant.store.version())
        except UserError as error:
            return f'<p class="nothing" role="alert">还没有文档可问：{text(str(error))}</p>'

    def added(event: gr.EventData) -> Iterator[str]:
        known = shell.documents()
        names = "、".join(f"“{safe_name(str(file['name']))}”" for file in event.files)
        work = add(assistant, event.files, str(event.date))
        try:
            while True:
                yield progress_html(names, *next(work))
        except StopIteration as finished:
            yield done_html(finished.value, known)
        except UserError as error:
            yield failed_html(f"{error}{'这几个文件都没有添加。' if len(event.files) > 1 else ''}")
        except Exception:
            traceback.print_exc()
            yield failed_html(FAILED)

    def removed(event: gr.EventData) -> str:
        name = str(event.name)
        try:
            take_out(assistant, name)
            return outcome("done", f"<p>已移除“<bdi>{text(name)}</bdi>”。</p>")
        except UserError as error:
            return failed_html(str(error))
        except Exception:
            traceback.print_exc()
            return failed_html(FAILED)

    def scoped(event: gr.EventData) -> tuple:
        scope = chosen([str(name) for name in event.names], list(shell.documents()))
        return listed(scope), scope

    def seen(scope: list[str]) -> tuple:
        return listed(scope), chosen(scope, list(shell.documents()))

    with gr.Column(elem_id="library"):
        form = gr.HTML(FORM, elem_id="upload", apply_default_css=False, js_on_load="jushi.upload(element, trigger, upload, 'given')")
        status = gr.HTML("", elem_id="upload-status", apply_default_css=False, html_template='<div role="status">${value}</div>',
                         js_on_load="jushi.uploaded(element, watch)")
        listing = gr.HTML(elem_id="documents", apply_default_css=False, js_on_load="jushi.documents(element, trigger, watch, 'scoped', 'dropped', 'seen')")
    form.given(added, None, status, **QUIET)
    listing.dropped(removed, None, status, **QUIET)
    in_turn = {"concurrency_id": "documents", "concurrency_limit": 1}  # else what was asked for first could be shown last
    listing.scoped(scoped, None, [listing, shell.scope], **QUIET, **in_turn)
    listing.seen(seen, shell.scope, [listing, shell.scope], **QUIET, **in_turn)
    shell.demo.load(listed, shell.scope, listing, **ARRIVING)
