"""The conversation: a list of entries → HTML.

An entry is the JSON object of an Answer, with its `id` (16 hex digits), when it was `asked` (ISO 8601), the `scope` it went
to (names, none for all), the `sources` of its citations (document → SHA-256), its `rating` (up, down, null), where a language model was
at work the name of the `model` and, where this server answered it, `ours`; or {"question", "error"} for what could not be asked, or
{"question", "pending": an id} while it is being answered, then while a language model writes with two entries: `extract`, to keep where it
is stopped, and `draft`, as far as it is written. It holds only JSON, so that it can be kept, exported and shown again, after its documents changed too.
"""
from __future__ import annotations

import re
from collections.abc import Sequence

from prompts.render import confidence, render
from qa.answer import authorship
from web.escape import text
from web.feedback import MAX_REASON
from web.kept import TURNS
from web.source import Documents, cite, quote_html, whereabouts
from web.transcript import asked_as, copied, fate

REFUSED = render("not_found").rstrip("。")
LONG = 16
MARKER = re.compile(r"\[(\d+)\]")
THUMB = "M2 11h4v10H2zM8 11l4-8a2.5 2.5 0 0 1 2.4 3.1L13.6 9H20a2 2 0 0 1 2 2.4l-1.5 8A2 2 0 0 1 18.5 21H8z"


def statement_html(statement: str, citations: Sequence[dict], documents: Documents, id: str = "") -> str:
    """A statement whose markers [1] are links, kept on a line with what they follow; a number that is no citation's stays text."""
    by_label = {str(c["label"]): c for c in citations}
    parts, at = [], 0
    for match in MARKER.finditer(statement):
        if citation := by_label.get(match[1]):
            before = statement[at:match.start()]
            parts += [text(before[:-1]), f'<span class="kept">{text(before[-1:])}{marker_html(citation, documents, id)}</span>']
            at = match.end()
    return "".join([*parts, text(statement[at:])])


def card_id(citation: dict, id: str) -> str:
    return f"card-{id}-{citation['label']}"


def marker_html(citation: dict, documents: Documents, id: str) -> str:
    """A citation's number, described by its card; no link where the quotation no longer stands in its document."""
    label, described = citation["label"], f'aria-describedby="{card_id(citation, id)}"'
    if lost := fate(citation, documents):
        return f'<span class="cite gone" tabindex="0" role="note" aria-label="引用 {label}，{lost}" {described}>{label}</span>'
    hint = f'<span aria-hidden="true">{label}</span><span class="sr">引用 {label}，打开原文</span>'
    return cite(citation, hint, "cite").replace("<a ", f"<a {described} ", 1)


def card_html(citation: dict, documents: Documents, id: str) -> str:
    """What a citation's number previews: where the quotation stands, and the quotation with the short answer marked."""
    return (f'<div class="card" id="{card_id(citation, id)}" role="tooltip" popover="manual"><p class="card-place">{whereabouts(citation, documents) or text(citation["document"])}</p>'
            f'<p class="card-quote">{quote_html(citation)}</p></div>')


def other_passages(answer: dict) -> list[dict]:
    """The passages that hold no citation's beginning, best first."""
    cited = [(c["document"], c["spans"][0][0]) for c in answer["citations"]]
    return [p for p in answer["passages"] if not any(p["document"] == d and any(s <= at < e for s, e in p["spans"]) for d, at in cited)]


def place_html(item: dict, documents: Documents, label: str = "") -> str:
    """Where a citation or passage stands, as a link that opens it; as mere words where it no longer does."""
    lost = fate(item, documents)
    inner = f"{label}{whereabouts(item, documents) or text(item['document'])}"
    return f'<span class="where gone">{inner}（{lost}）</span>' if lost else cite(item, inner, "where")


def passage_items(passages: Sequence[dict], documents: Documents) -> str:
    return "".join(f'<li>{place_html(p, documents)}<p>{text(p["text"])}</p></li>' for p in passages)


def thumb_html(entry: dict, rating: str, words: str) -> str:
    pressed = "true" if entry.get("rating") == rating else "false"
    return (f'<button type="button" class="rate" data-rating="{rating}" aria-pressed="{pressed}" aria-label="{words}" title="{words}">'
            f'<svg viewBox="0 0 24 24" aria-hidden="true"><path d="{THUMB}"/></svg></button>')


def tools_html(entry: dict, documents: Documents) -> str:
    """What can be done with an answer: copied where it quotes, rated, with a reason, where this server gave it."""
    copy = f'<button type="button" class="copy" data-text="{text(copied(entry, documents))}">复制</button>' if entry["citations"] else ""
    if not entry.get("ours"):
        return f'<div class="tools">{copy}</div>' if copy else ""
    return (f'<div class="tools">{copy}{thumb_html(entry, "up", "回答有用")}{thumb_html(entry, "down", "回答不对")}</div>'
            f'<form class="reason" data-id="{text(entry["id"])}" hidden><input type="text" maxlength="{MAX_REASON}" aria-label="评价的原因，可不填" placeholder="原因（可不填）" autocomplete="off">'
            f'<button type="submit">提交</button></form>')


def wrote_html(answer: dict, writing: bool) -> str:
    """The line that says what a language model did, or is doing."""
    said = f"语言模型“{answer['model']}”正在写，写好一句核对一句…" if writing else authorship(answer)
    return f'<p class="wrote">{text(said)}</p>' if said else ""


def answered_html(answer: dict, documents: Documents, writing: bool = False) -> str:
    """Short answer, statement with its numbers, where each stands, who wrote it, how sure, and the other passages folded. writing: a model is at it."""
    size = "short long" if len(answer["answer"]) > LONG else "short"
    short = f'<p class="{size}">{text(answer["answer"])}</p>' if answer["answer"] else ""
    id, cited = answer["id"] or "", answer["citations"]
    places = "".join(f'<li>{place_html(c, documents, f"""<b>{c["label"]}</b> """)}{card_html(c, documents, id)}</li>' for c in cited)
    others = other_passages(answer)
    folded = f'<details><summary>其他相关段落（{len(others)}）</summary><ol class="passages">{passage_items(others, documents)}</ol></details>' if others else ""
    tools = "" if writing else tools_html(answer, documents)
    return (f'<div class="answer{" writing" if writing else ""}">{short}<p class="statement">{statement_html(answer["statement"], cited, documents, id)}</p>{wrote_html(answer, writing)}'
            f'<ul class="places">{places}</ul><div class="end"><p class="sure">{confidence(answer["confidence"])}</p>{tools}</div>{folded}</div>')


def not_found_html(answer: dict, documents: Documents) -> str:
    """The refusal, what its statement says beyond it, and the three nearest passages to look into."""
    more = f'<p class="statement">{text(answer["statement"])}</p>' if answer["statement"].rstrip("。") != REFUSED else ""
    nearest = answer["passages"][:3]
    near = f'<details><summary>看看最接近的 {len(nearest)} 段</summary><ol class="passages">{passage_items(nearest, documents)}</ol></details>' if nearest else ""
    tools = tools_html(answer, documents)
    return f'<div class="answer refused"><p class="short">{REFUSED}</p>{more}{near}{f"""<div class="end">{tools}</div>""" if tools else ""}</div>'


def entry_html(entry: dict, documents: Documents) -> str:
    """One question with what came of it."""
    shown = entry.get("draft", entry)
    if "error" in entry:
        reply = f'<div class="answer failed" role="alert"><p class="statement">{text(entry["error"])}</p></div>'
    elif "status" not in shown:
        reply = '<div class="answer pending"><p class="statement">正在查找原文…</p></div>'
    else:
        reply = answered_html(shown, documents, shown is not entry) if shown["status"] == "answered" else not_found_html(shown, documents)
    said = asked_as(shown)
    small = f'<p class="used">{text(" · ".join(said))}</p>' if said else ""
    return f'<section class="turn"><h3 class="question">{text(entry["question"])}</h3>{small}{reply}</section>'


def scope_html(scope: Sequence[str]) -> str:
    """The line over the question box that says which documents are asked; "" where all are.

    >>> scope_html(["甲.txt"])
    '<p class="scope">只问：<bdi>甲.txt</bdi> <button type="button" class="rescope">改选</button></p>'
    """
    named = "、".join(f"<bdi>{text(name)}</bdi>" for name in scope[:3]) + (f" 等 {len(scope)} 篇" if len(scope) > 3 else "")
    return f'<p class="scope">只问：{named} <button type="button" class="rescope">改选</button></p>' if scope else ""


def welcome_html(examples: Sequence[str]) -> str:
    """What stands where no question has been asked: how it works, and questions to try."""
    buttons = "".join(f'<li><button type="button" class="example">{text(question)}</button></li>' for question in examples)
    tried = f'<p class="try">可以这样问</p><ul class="examples">{buttons}</ul>' if examples else ""
    return f'<div class="welcome"><p class="lead">就这篇报道提问。答案只取自原文，每一句都能点开核对；报道没写的，会直说没有。</p>{tried}</div>'


def conversation_html(entries: Sequence[dict], documents: Documents, examples: Sequence[str] = ()) -> str:
    """The whole conversation, oldest first."""
    full = f'<p class="full">这里只留最近 {TURNS} 轮问答；要长久留存，请导出。</p>' if len(entries) >= TURNS else ""
    inner = "".join(entry_html(entry, documents) for entry in entries) or welcome_html(examples)
    return f'<div class="log" role="log" aria-label="对话" aria-live="polite">{full}{inner}</div>'
