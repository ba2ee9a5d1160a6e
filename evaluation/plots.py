"""Plots of a report as SVG texts, so that its page needs no other file. Values are shares of 0 to 1 unless said otherwise."""
from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from figures.export import clip

WIDE, HIGH, LEFT, BOTTOM = 420, 260, 44, 40
BAR, GAP, NAMES, COLUMNS = 16, 8, 130, 20


def _svg(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    return (f'<svg viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" role="img" aria-label="{html.escape(title)}">'
            f"<title>{html.escape(title)}</title>{''.join(parts)}</svg>")


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{html.escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _place(x: float, y: float) -> tuple[float, float]:
    """A point of the unit square as a place in a plot with axes."""
    return LEFT + x * (WIDE - LEFT - 12), HIGH - BOTTOM - y * (HIGH - BOTTOM - 12)


def _axes(across: str, up: str) -> list[str]:
    """The frame of a plot of two shares, with quarters marked."""
    parts = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        (x, low), (left, y) = _place(share, 0), _place(0, share)
        parts += [_line(x, low, x, _place(0, 1)[1], "grid"), _line(left, y, _place(1, 0)[0], y, "grid")]
        parts += [_text(x, low + 14, f"{share:g}", "middle"), _text(left - 6, y + 4, f"{share:g}", "end")]
    return [*parts, _text((LEFT + WIDE) / 2, HIGH - 8, across, "middle"), _text(LEFT, 10, up)]


def bars(title: str, rows: Sequence[tuple[str, float, float, float, str]]) -> str:
    """A bar a row of (name, value, low, high, note), with its interval as a thin line.

    >>> bars("甲", [("乙", 0.5, 0.25, 0.75, "n=4")]).count("<rect")
    1
    """
    width, parts = WIDE - NAMES - 90, []
    for i, (name, value, low, high, note) in enumerate(rows):
        y = i * (BAR + GAP)
        parts += [f"<g><title>{html.escape(name)}</title>{_text(NAMES - 8, y + BAR - 3, clip(name, COLUMNS).strip(), 'end')}</g>",
                  f'<rect class="bar" x="{NAMES}" y="{y}" width="{value * width:.1f}" height="{BAR}"/>',
                  _line(NAMES + low * width, y + BAR / 2, NAMES + high * width, y + BAR / 2, "range"), _text(NAMES + width + 8, y + BAR - 3, f"{value:.2f}  {note}")]
    return _svg(WIDE, max(1, len(rows)) * (BAR + GAP), title, parts)


def risk_coverage_plot(points: Sequence[Mapping[str, float]]) -> str:
    """The curve of `calibration.risk_coverage`, from the surest replies to all of them."""
    places = [_place(p["coverage"], p["risk"]) for p in points]
    curve = f'<polyline class="curve" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in places)}"/>'
    first = [f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="2"/>' for x, y in places[:1]]
    return _svg(WIDE, HIGH, "风险–覆盖曲线", [*_axes("覆盖：留下的回答所占比例（按把握从高到低）", "风险：其中错的比例"), curve, *first])


def reliability_plot(bins: Sequence[Mapping[str, float]]) -> str:
    """The bins of `calibration.reliability` against the diagonal; a dot's area tells how many replies it stands for."""
    most = max((b["n"] for b in bins), default=1)
    (x1, y1), (x2, y2) = _place(0, 0), _place(1, 1)
    dots = []
    for b in bins:
        x, y = _place(b["confidence"], b["correct"])
        told = f'{b["n"]} 个：把握 {b["confidence"]:.2f}，正确 {b["correct"]:.2f}'
        dots.append(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{3 + 9 * (b["n"] / most) ** 0.5:.1f}"><title>{told}</title></circle>')
    return _svg(WIDE, HIGH, "可靠性图", [*_axes("平均把握", "正确的比例"), _line(x1, y1, x2, y2, "ideal"), *dots])


def latency_plot(times: Sequence[float], bins: int = 24) -> str:
    """How many questions took how long: a histogram of seconds up to the 99th percentile, the last bin holding the rest."""
    if not times:
        return ""
    ordered = sorted(times)
    top = max(ordered[int(0.99 * (len(ordered) - 1))], 1e-6)
    counts = [0] * bins
    for t in times:
        counts[min(bins - 1, int(t / top * bins))] += 1
    parts = []
    for i, n in enumerate(counts):
        (x, low), (right, y) = _place(i / bins, 0), _place((i + 1) / bins, n / max(counts))
        parts.append(f'<rect class="bar" x="{x:.1f}" y="{y:.1f}" width="{max(right - x - 1, 0.5):.1f}" height="{low - y:.1f}"><title>{n}</title></rect>')
    for share, anchor in ((0, "start"), (0.5, "middle"), (1, "end")):
        parts.append(_text(_place(share, 0)[0], _place(0, 0)[1] + 14, f"{share * top:.3f}", anchor))
    return _svg(WIDE, HIGH, "每问用时", [*parts, _text((LEFT + WIDE) / 2, HIGH - 8, "每问秒数", "middle"), _text(LEFT, 10, f"问题数（最高 {max(counts)}）")])
