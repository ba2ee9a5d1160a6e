"""The conversation: a list of entries → HTML.

An entry is the JSON object of an Answer, or {"question", "error"} for what could not be asked, or {"question",
"pending": true} while it is being answered. It holds only JSON, so that it can be kept, exported and shown again.
"""
from __future__ import annotations

import re
from collections.abc import Sequence

from prompts.render import confidence, render
from web.escape import text
from web.source import Documents, cite, whereabouts

REFUSED = render("not_found").rstrip("。")
LONG = 16
MARKER = re.compile(r"\[(\d+)\]")


def statement_html(statement: str, citations: Sequence[dict]) -> str:
    """A statement whose markers [1] are links, kept on a line with what they follow; a number that is no citation's stays text."""
    by_label = {str(c["label"]): c for c in citations}
    parts, at = [], 0
    for match in MARKER.finditer(statement):
        if citation := by_label.get(match[1]):
            hint = f'<span aria-hidden="true">{match[1]}</span><span class="sr">引用 {match[1]}，打开原文</span>'
            before = statement[at:match.start()]
            parts += [text(before[:-1]), f'<span class="kept">{text(before[-1:])}{cite(citation, hint, "cite")}</span>']
            at = match.end()
    return "".join([*parts, text(statement[at:])])


def other_passages(answer: dict) -> list[dict]:
    """The passages that hold no citation's beginning, best first."""
    cited = [(c["document"], c["spans"][0][0]) for c in answer["citations"]]
    return [p for p in answer["passages"] if not any(p["document"] == d and any(s <= at < e for s, e in p["spans"]) for d, at in cited)]


def passage_items(passages: Sequence[dict], documents: Documents) -> str:
    return "".join(f'<li>{cite(p, whereabouts(p, documents) or text(p["document"]), "where")}<p>{text(p["text"])}</p></li>' for p in passages)


def answered_html(answer: dict, documents: Documents) -> str:
    """Short answer, statement with its numbers, where each stands, how sure, and the other passages folded."""
    size = "short long" if len(answer["answer"]) > LONG else "short"
    short = f'<p class="{size}">{text(answer["answer"])}</p>' if answer["answer"] else ""
    places = "".join(f'<li>{cite(c, f"""<b>{c["label"]}</b> {whereabouts(c, documents) or text(c["document"])}""", "where")}</li>' for c in answer["citations"])
    others = other_passages(answer)
    folded = f'<details><summary>其他相关段落（{len(others)}）</summary><ol class="passages">{passage_items(others, documents)}</ol></details>' if others else ""
    return (f'<div class="answer">{short}<p class="statement">{statement_html(answer["statement"], answer["citations"])}</p>'
            f'<ul class="places">{places}</ul><p class="sure">{confidence(answer["confidence"])}</p>{folded}</div>')


def not_found_html(answer: dict, documents: Documents) -> str:
    """The refusal, what its statement says beyond it, and the three nearest passages to look into."""
    more = f'<p class="statement">{text(answer["statement"])}</p>' if answer["statement"].rstrip("。") != REFUSED else ""
    nearest = answer["passages"][:3]
    near = f'<details><summary>看看最接近的 {len(nearest)} 段</summary><ol class="passages">{passage_items(nearest, documents)}</ol></details>' if nearest else ""
    return f'<div class="answer refused"><p class="short">{REFUSED}</p>{more}{near}</div>'


def entry_html(entry: dict, documents: Documents) -> str:
    """One question with what came of it."""
    if "error" in entry:
        reply = f'<div class="answer failed" role="alert"><p class="statement">{text(entry["error"])}</p></div>'
    elif entry.get("pending"):
        reply = '<div class="answer pending"><p class="statement">正在查找原文…</p></div>'
    else:
        reply = answered_html(entry, documents) if entry["status"] == "answered" else not_found_html(entry, documents)
    used = entry.get("question_used", entry["question"])
    completed = f'<p class="used">按「{text(used)}」查找</p>' if used != entry["question"] else ""
    return f'<section class="turn"><h3 class="question">{text(entry["question"])}</h3>{completed}{reply}</section>'


def welcome_html(examples: Sequence[str]) -> str:
    """What stands where no question has been asked: how it works, and questions to try."""
    buttons = "".join(f'<li><button type="button" class="example">{text(question)}</button></li>' for question in examples)
    tried = f'<p class="try">可以这样问</p><ul class="examples">{buttons}</ul>' if examples else ""
    return f'<div class="welcome"><p class="lead">就这篇报道提问。答案只取自原文，每一句都能点开核对；报道没写的，会直说没有。</p>{tried}</div>'


def conversation_html(entries: Sequence[dict], documents: Documents, examples: Sequence[str] = ()) -> str:
    """The whole conversation, oldest first."""
    inner = "".join(entry_html(entry, documents) for entry in entries) or welcome_html(examples)
    return f'<div class="log" role="log" aria-label="对话" aria-live="polite">{inner}</div>'
