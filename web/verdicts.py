"""A Review → HTML: the draft with every figure marked by its verdict, and a card for each mark.

A mark is a button in the text; check.js shows its card and, beside it, the source. Colour never stands alone: each mark carries its sign.
"""
from __future__ import annotations

from collections.abc import Iterator

from figures.verdict import CONTRADICTED, NOT_MENTIONED, SUPPORTED
from ingest.document import Citation
from web.escape import attribute, options, text
from web.review import LONGEST_NOTE, NAMES, SIGNS, Review, summary
from web.source import Documents, cite, quote_html, whereabouts

ORDER = (CONTRADICTED, NOT_MENTIONED, SUPPORTED)
JOINER = "\u2060"  # keeps a sign on the line of what it marks


def state(review: Review, index: int) -> str:
    """What a person did with an item, in words; "" for nothing yet.

    >>> from web.review import Decision, Item
    >>> item = Item("1家", 0, 2, CONTRADICTED, "数字不符(原文为2家)", "1家", source="2家")
    >>> state(Review("1家", (item,), ((0, 2),), {}, "", decisions={0: Decision(SUPPORTED)}, applied=frozenset({0})), 0)
    '人工改判为相符，程序判为不符；已改为2家'
    """
    item, decision = review.items[index], review.decisions.get(index)
    said = [] if decision is None else [f"人工改判为{NAMES[decision.verdict]}，程序判为{NAMES[item.verdict]}" if decision.verdict else "已认可"]
    return "；".join([*said, *([f"已改为{item.correction}"] if index in review.applied else [])])


def mark(review: Review, index: int, inner: str) -> str:
    """The button in the text for an item; `inner` is HTML. A screen reader hears the verdict after it."""
    item, verdict = review.items[index], review.verdict(index)
    kind = "figure" if item.figure else "statement"
    by = " decided" if index in review.decisions else ""
    said = "，".join(filter(None, [NAMES[verdict], state(review, index)]))
    return (f'<span class="mark {kind} {verdict}{by}" role="button" tabindex="-1" data-item="{index}" data-verdict="{verdict}">{inner}'
            f'<span class="sign" aria-hidden="true">{JOINER}{SIGNS[verdict]}</span><span class="sr">，{text(said)}</span></span>')


def figure_html(review: Review, index: int) -> str:
    item = review.items[index]
    changed = f"<del>{text(item.text)}</del><ins>{text(item.correction)}</ins>" if index in review.applied else text(item.text)
    return mark(review, index, changed)


def claim_html(review: Review, start: int, end: int, indices: list[int]) -> str:
    """One claim of the draft with its marks; a claim without figures is its own mark, one that differs from its figures has a mark at its end."""
    whole = next((i for i in indices if not review.items[i].figure), None)
    figures = [i for i in indices if i != whole]
    if whole is not None and not figures:
        return mark(review, whole, text(review.draft[start:end]))
    parts, at = [], start
    for i in figures:
        parts += [text(review.draft[at:review.items[i].start]), figure_html(review, i)]
        at = review.items[i].end
    tail = "" if whole is None else mark(review, whole, '<span class="sr">整句</span>')
    return f'<span class="claim">{"".join(parts)}{text(review.draft[at:end])}{tail}</span>'


def draft_html(review: Review) -> str:
    """The whole draft, every character of it, with its marks."""
    def pieces() -> Iterator[str]:
        at = number = 0
        for start, end in review.claims:
            indices = []
            while number < len(review.items) and review.items[number].start < end:
                indices.append(number)
                number += 1
            yield text(review.draft[at:start])
            yield claim_html(review, start, end, indices)
            at = end
        yield text(review.draft[at:])

    return f'<div class="draft" role="group" aria-label="核查过的稿子">{"".join(pieces())}</div>'


def quoted(citation: Citation) -> str:
    """A quotation as HTML, what it highlights in bold."""
    return quote_html(citation.to_dict(1))


def fix_html(review: Review, index: int) -> str:
    """The correction offered, to be taken into the draft or copied."""
    correction = text(review.items[index].correction)
    if not correction:
        return ""
    taken = index in review.applied
    return (f'<p class="fix"><button type="button" class="apply" data-item="{index}" aria-pressed="{"true" if taken else "false"}">'
            f'{"已改为" if taken else "改为"} {correction}{"（撤回）" if taken else ""}</button>'
            f'<button type="button" class="copy" data-text="{attribute(review.items[index].correction)}">复制</button></p>')


def decide_html(review: Review, index: int) -> str:
    """The form in which a person accepts or overrules the verdict of an item."""
    item, decision = review.items[index], review.decisions.get(index)
    chosen = decision.verdict or item.verdict if decision else item.verdict
    verdicts = options(((v, ("认可：" if v == item.verdict else "改判为") + NAMES[v]) for v in (item.verdict, *(v for v in ORDER if v != item.verdict))), chosen)
    undo = f'<button type="button" class="undo" data-item="{index}">撤销</button>' if decision else ""
    return (f'<form class="decide" data-item="{index}"><select name="verdict" aria-label="判断">{verdicts}</select>'
            f'<input name="note" type="text" maxlength="{LONGEST_NOTE}" autocomplete="off" placeholder="备注（可不写）" aria-label="备注" value="{attribute(decision.note if decision else "")}">'
            f'<button type="submit">记下</button>{undo}</form>')


def card_html(review: Review, index: int, documents: Documents) -> str:
    """Everything about one item: verdict, reason, correction, the report's sentence, and what a person decides."""
    item, verdict = review.items[index], review.verdict(index)
    done = state(review, index)
    cited = item.citation.to_dict(1) if item.citation else None
    place = cite(cited, whereabouts(cited, documents) or text(cited["document"]), "where") if cited else ""
    evidence = f'<blockquote>{quoted(item.citation)}</blockquote><p class="place">{place}</p>' if item.citation else ""
    subject = text(item.text) if item.figure else "整句"
    source = f'<span class="source">原文：{text(item.source)}</span>' if item.source else ""
    return (f'<article class="card {verdict}" data-item="{index}" aria-label="第 {index + 1} 处" hidden>'
            f'<h3><span class="chip {verdict}"><span aria-hidden="true">{SIGNS[verdict]}</span> {NAMES[verdict]}</span> <span class="said">{subject}</span>{source}</h3>'
            f'<p class="reason">{text(item.reason)}</p>{f"""<p class="done">{text(done)}</p>""" if done else ""}'
            f'{fix_html(review, index)}{evidence}{decide_html(review, index)}</article>')


def filter_html(review: Review) -> str:
    """The summary line, each part of which shows only its own marks when pressed."""
    counts = review.counts
    buttons = "".join(f'<button type="button" class="filter {v}" data-verdict="{v}" aria-pressed="false"><span aria-hidden="true">{SIGNS[v]}</span> {NAMES[v]} {counts[v]}</button>'
                      for v in NAMES)
    whole = f'<button type="button" class="filter" data-verdict="" aria-pressed="true">全部 {len(review.items)}</button>'
    return f'<div class="filters" role="group" aria-label="只看">{whole}{buttons}</div>'


def review_html(review: Review, documents: Documents) -> str:
    """The desk after a check."""
    if not review.items:
        body = '<p class="nothing">稿子里没有可核查的句子。</p>'
    else:
        cards = "".join(card_html(review, i, documents) for i in range(len(review.items)))
        steps = ('<div class="steps"><button type="button" class="step" data-by="-1" aria-label="上一处">‹</button><span class="at"></span>'
                 '<button type="button" class="step" data-by="1" aria-label="下一处">›</button><span class="keys">j／k 或方向键逐处看</span></div>')
        body = f'{draft_html(review)}<div class="cards" role="region" aria-label="判断和依据">{steps}{cards}</div>'
    left = f'<p class="left" role="alert">后面 {review.unchecked} 句超过一次核查的上限，未核查；请分次核查。</p>' if review.unchecked else ""
    handled = len(review.decisions)
    against = next(iter(review.documents)) if len(review.documents) == 1 else f"{len(review.documents)} 篇文档"
    done = "".join([f" · 已处理 {handled}/{len(review.items)}" if handled else "", f" · 已改 {len(review.applied)} 处" if review.applied else "",
                    f" · 人工改判 {review.overruled} 处" if review.overruled else ""])
    return (f'<section class="work" aria-label="核查结果"><p class="sr" role="status">核查完毕：{summary(review)}</p>'
            f'<div class="bar">{filter_html(review)}<p class="against">对照 <bdi>{text(against)}</bdi>{done}</p>'
            '<div class="tools"><button type="button" class="edit">改稿子</button><button type="button" class="copy-draft">复制稿子</button>'
            '<button type="button" class="export" data-kind="md" aria-label="导出 Markdown">存 Markdown</button><button type="button" class="export" data-kind="html" aria-label="导出网页">存网页</button></div></div>'
            f'{left}{body}<p class="told sr" role="status"></p></section>')


def failed_html(message: str) -> str:
    return f'<p class="failed" role="alert">{text(message)}</p>'


def pending_html(draft: str) -> str:
    return f'<p class="pending" role="status">正在逐句对照原文…（{len(draft):,} 字）</p>'
