"""The panel of the value-return curve: what was to come of a customer, what came, and the gap of each year."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import ceil, floor, log10

from powermap.analysis.value_curve import Curve, Year, curve
from powermap.findings import Answer
from powermap.lens import Lens
from powermap.reports.book.amounts import Amounts
from powermap.reports.book.marks import say, svg_text
from powermap.reports.book.panel import Panel
from powermap.reports.book.pictures import frame
from powermap.words import Words, both

TITLE = Words("价值回报曲线", "Value-return curve")
LEFT, STEP, TOP, HIGH = 84.0, 104.0, 40.0, 250.0
"""Where the years begin, how wide one is, and the top and height of the plot."""
Place = Callable[[int, float], tuple[float, float]]


def curve_panel(lens: Lens, answer: Answer) -> Panel | None:
    """Draw the curve; None where nothing is expected of the customer."""
    found = curve(lens)
    if found is None:
        return None
    told = tuple(f for f in answer.findings if f.kind == "curve")
    bare = ", ".join(str(y.year) for y in found.years if y.actual is None and y.year < lens.as_of.year)
    missing = Words(f"没有画：{bare}（收入或费用不全）。", f"Not drawn: {bare} (sales or cost not known).")
    note = say(missing, "p", "sub") if bare else ""
    phases = {r["key"]: Words(r["zh"], r["en"]) for r in lens.pack.topic("value")["phase"]}
    return Panel(
        "curve", TITLE, told[0].sentence, note, told, False, (_draw(found, phases, lens.as_of.year),)
    )


def _draw(found: Curve, phases: dict[str, Words], today: int) -> str:
    """Draw a dashed line with open dots for what is expected, a solid one for what came, and the gap between them."""
    years = found.years
    known = [v for y in years for v in (y.expected, y.actual) if v is not None]
    scale = Amounts.of([*known, *(y.gap for y in years)], found.currency)
    ticks = _ticks(min(0.0, *known), max(0.0, *known))
    low, high = ticks[0], ticks[-1]
    right, foot = LEFT + STEP * len(years), TOP + HIGH

    def place(n: int, value: float) -> tuple[float, float]:
        return LEFT + STEP * (n + 0.5), foot - 24 - (HIGH - 60) * (value - low) / (high - low)

    parts = [
        f'<rect class="phase p-{y.phase}" x="{LEFT + STEP * n:g}" y="{TOP - 28:g}" width="{STEP:g}" height="{HIGH + 28:g}"/>'
        for n, y in enumerate(years)
    ]
    for t in ticks:
        level = place(0, t)[1]
        parts.append(f'<path class="{"zero" if t == 0 else "rule"}" d="M {LEFT:g} {level:.1f} H {right:g}"/>')
        parts.append(svg_text(LEFT - 8, level + 4, scale.say(t), "faint", "end", 11))
    parts.append(svg_text(LEFT - 8, TOP - 10, scale.unit, "faint", "end", 11))
    parts += _between(years, place)
    planned = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(n, y.expected) for n, y in enumerate(years)))
    parts.append(f'<polyline class="planned" points="{planned}"/>')
    parts += [f'<polyline class="came" points="{" ".join(run)}"/>' for run in _runs(years, place)]
    for n, y in enumerate(years):
        x = LEFT + STEP * (n + 0.5)
        parts.append(svg_text(x, TOP - 10, phases[y.phase], "strong", size=12))
        parts += _dots(n, y, place, scale)
        running = Words(f"{y.year} 进行中", f"{y.year} running")
        parts.append(svg_text(x, foot + 18, running if y.year == today else both(str(y.year)), size=12))
        parts.append(_gap(y, x, foot + 40, scale, today))
    parts.append(svg_text(LEFT - 8, foot + 40, Words("差", "gap"), "faint", "end", 11))
    parts.append(_key(foot + 68))
    return frame(max(right + 8, 420.0), foot + 80, TITLE, "".join(parts))


def _ticks(low: float, high: float) -> list[float]:
    """Return the round numbers at which a scale from low to high has its lines, some three to eight."""
    span = (high - low) or 1.0
    size: float = 10.0 ** floor(log10(span / 4))
    step = next(f * size for f in (1, 2, 2.5, 5, 10) if span / (f * size) <= 6)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [step * n for n in range(first, max(last, first + 1) + 1)]


def _between(years: tuple[Year, ...], place: Place) -> Iterator[str]:
    """Fill what lies between the lines of two years that are known, and draw the gap of each year."""
    for n, y in enumerate(years):
        if y.actual is None or y.gap is None:
            continue
        name = "behind" if y.gap < 0 else "ahead"
        (x, top), (_, end) = place(n, y.expected), place(n, y.actual)
        if n and (before := years[n - 1]).actual is not None:
            corners = [place(n - 1, before.expected), (x, top), (x, end), place(n - 1, before.actual)]
            points = " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)
            yield f'<polygon class="{name}" points="{points}"/>'
        if y.gap:
            yield f'<path class="gap {name}" d="M {x:.1f} {top:.1f} V {end:.1f}"/>'


def _runs(years: tuple[Year, ...], place: Place) -> list[list[str]]:
    """Return the points of each stretch of years that are known."""
    runs: list[list[str]] = [[]]
    for n, y in enumerate(years):
        if y.actual is None:
            runs.append([])
        else:
            x, v = place(n, y.actual)
            runs[-1].append(f"{x:.1f},{v:.1f}")
    return [run for run in runs if len(run) > 1]


def _dots(n: int, y: Year, place: Place, scale: Amounts) -> Iterator[str]:
    """Draw the dots of a year; its two numbers stand above the higher and below the lower, so they never meet."""
    x, top = place(n, y.expected)
    below = y.actual is None or y.actual <= y.expected
    yield f'<circle class="planned" cx="{x:.1f}" cy="{top:.1f}" r="4.5"/>'
    yield svg_text(x, top + (-10 if below else 20), scale.say(y.expected, sign=True), "halo", size=12)
    if y.actual is not None:
        _, v = place(n, y.actual)
        yield f'<circle class="came" cx="{x:.1f}" cy="{v:.1f}" r="5"/>'
        yield svg_text(x, v + (21 if below else -10), scale.say(y.actual, sign=True), "us halo", size=13)


def _gap(y: Year, x: float, line: float, scale: Amounts, today: int) -> str:
    """Write the gap of a year below it; of one that isn't known, that it isn't."""
    if y.gap is None:
        unknown = Words("未结束", "not over") if y.year >= today else Words("未知", "unknown")
        return svg_text(x, line, unknown, "faint", size=11)
    return svg_text(x, line, scale.say(y.gap, sign=True), "red" if y.gap < 0 else "us", size=13)


def _key(y: float) -> str:
    return (
        f'<path class="planned" d="M {LEFT:g} {y - 4:g} h 26"/><circle class="planned" cx="{LEFT + 13:g}" cy="{y - 4:g}" r="4"/>'
        + svg_text(LEFT + 34, y, Words("预期净值", "expected net value"), "", "start", 11)
        + f'<path class="came" d="M {LEFT + 170:g} {y - 4:g} h 26"/><circle class="came" cx="{LEFT + 183:g}" cy="{y - 4:g}" r="4"/>'
        + svg_text(LEFT + 204, y, Words("实际（销售额 − 费用）", "actual (sales − cost)"), "", "start", 11)
    )
