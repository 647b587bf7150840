"""The panel of who needs whom: each customer by our share of their spend and their share of our sales, and two questions."""

from __future__ import annotations

from html import escape
from math import sqrt

from powermap.analysis.beyond import Beyond, Peer
from powermap.analysis.reciprocity import Dependence, dependence
from powermap.analysis.text import plural
from powermap.findings import Answer
from powermap.lens import Lens
from powermap.model import Assessment
from powermap.reports.book.marks import hatch, say, svg_text
from powermap.reports.book.panel import Panel
from powermap.reports.book.pictures import cut, frame
from powermap.words import Words, both

TITLE = Words("谁离不开谁", "Who needs whom")
WIDTH, SIDE, LEFT, TOP = 430.0, 280.0, 44.0, 34.0
"""The picture's width; the plot's height and place."""
SMALL, LARGE, OWN = 2.5, 17.0, 7.0
"""Radius of the least dot, of the greatest, and the least of the account's own; areas are sales."""
FEW = 25
"""Dots that have room for the greatest radius; of more, all are smaller."""
NAME = 18
"""Characters of a name beside its dot."""
Box = tuple[float, float, float, float]


def dependence_panel(lens: Lens, answer: Answer, beyond: Beyond | None) -> Panel:
    """Draw both sides' dependence, this customer among all whose shares are known, with the answers to the two questions."""
    house = beyond.house if beyond else None
    told = tuple(f for f in answer.findings if f.kind == "dependence")
    peers = beyond.peers if beyond else ()
    here = any(p.id == lens.account.id for p in peers)
    drawn, unnamed = _draw(lens, peers) if here else ("", 0)
    notes = []
    if not here:
        notes.append(
            Words("两边的份额不全，画不出位置。", "Both shares aren't known, so there is no place to draw.")
        )
    if unnamed:
        notes.append(
            Words(f"{unnamed} 个点没有地方写名称。", f"No room for the names of {plural(unnamed, 'dot')}.")
        )
    if here and beyond and beyond.unknown:
        notes.append(
            Words(f"{beyond.unknown} 个客户两边的份额不全，没有画。", f"Not drawn, both shares aren't known: {plural(beyond.unknown, 'customer')}.")
        )  # fmt: skip
    if here and beyond and beyond.left:
        notes.append(
            Words(f"销售额较小的 {beyond.left} 个客户没有看。", f"Smaller ones that were not looked at: {plural(beyond.left, 'customer')}.")
        )  # fmt: skip
    body = f"<div class=asked>{_asked(lens, dependence(lens, house))}{''.join(say(n, 'p', 'sub') for n in notes)}</div>"
    return Panel("dependence", TITLE, verdict(told[0].sentence), body, told, False, (drawn,) if drawn else ())


def verdict(sentence: Words) -> Words:
    """Return the first sentence; the two questions have a place of their own."""
    return Words(sentence.zh.split("。")[0] + "。", sentence.en.split(". ")[0].rstrip(".") + ".")


def _asked(lens: Lens, d: Dependence) -> str:
    parts = []
    sides = (Words("左半", "left half"), Words("右半", "right half"))
    for side, key, verdict in zip(sides, ("top_visits", "compensates"), (d.visits, d.pays), strict=True):
        item = lens.pack.items[key]
        parts.append(f"<dt>{say(side, name='faint')} {say(item.words)}{say(both('？'))}</dt>")
        if verdict is None:
            parts.append(f"<dd class=unknown>{say(Words('还没问', 'not asked yet'))}</dd>")
            continue
        old = verdict.on is not None and (lens.as_of - verdict.on).days > item.valid_days
        mark = say(Words("（已过期）", " (out of date)"), name="red") if old else ""
        words = f"<small>{escape(verdict.words)}</small>" if verdict.words else ""
        parts.append(
            f"<dd class={'yes' if verdict.score else 'no'}>{say(item.named(verdict.score))} "
            f"<span class=day>{verdict.on}</span>{mark}{words}</dd>"
        )
    key = "".join(
        f'<li><svg viewBox="-9 -9 18 18" class="picture key">{hatch()}{_half(0, 0, 7, score, -1)}{_half(0, 0, 7, score, 1)}</svg>{say(words)}</li>'
        for score, words in (
            (1.0, Words("是", "yes")),
            (0.0, Words("否", "no")),
            (None, Words("未知", "unknown")),
        )
    )
    return f"<dl>{''.join(parts)}</dl><ul class=legend>{key}</ul>"


def _draw(lens: Lens, peers: tuple[Peer, ...]) -> tuple[str, int]:
    """Draw the dots, the greatest below; return the picture and how many had no room for their name."""
    wide = _edge(max(p.dependence.share or 0.0 for p in peers))
    high = _edge(max(p.dependence.part or 0.0 for p in peers))
    most = max((p.sales for p in peers), default=0.0) or 1.0
    large = LARGE * sqrt(min(1.0, FEW / len(peers)))
    right, foot = WIDTH - 22, TOP + SIDE
    across, up = (right - LEFT) / wide, SIDE / high

    def place(p: Peer) -> tuple[float, float, float]:
        radius = max(OWN if p.id == lens.account.id else SMALL, large * sqrt(max(0.0, p.sales) / most))
        d = p.dependence
        return LEFT + across * (d.share or 0.0), foot - up * (d.part or 0.0), radius

    parts = [
        hatch(),
        f'<rect class="plot" x="{LEFT:g}" y="{TOP:g}" width="{right - LEFT:g}" height="{SIDE:g}"/>',
    ]
    for t in _lines(wide):
        x = LEFT + across * t
        parts.append(f'<path class="rule" d="M {x:.1f} {TOP:g} V {foot:g}"/>')
        parts.append(svg_text(x, foot + 18, both(f"{100 * t:.3g}%"), "faint", size=12))
    for t in _lines(high):
        y = foot - up * t
        parts.append(f'<path class="rule" d="M {LEFT:g} {y:.1f} H {right:g}"/>')
        parts.append(svg_text(LEFT - 6, y + 4, both(f"{100 * t:.3g}%"), "faint", "end", 12))
    equal = min(wide, high)
    end = LEFT + across * equal, foot - up * equal
    parts.append(f'<path class="equal" d="M {LEFT:g} {foot:g} L {end[0]:.1f} {end[1]:.1f}"/>')
    parts.append(
        svg_text(LEFT, TOP - 12, Words("↑ 客户占我方销售额", "↑ their share of our sales"), "", "start", 12)
    )
    parts.append(svg_text(right, foot + 38, Words("我方占客户采购（已进入的品类）→", "our share of their spend where we are in →"), "", "end", 12))  # fmt: skip
    taken: list[Box] = [_around(*place(p)) for p in peers]
    # Beside the end of the line, on the side that has room.
    left_of = end[0] - LEFT > 60
    mark = end[0] - 6 if left_of else end[0] + 8
    taken.append((mark - (54 if left_of else 4), end[1] - 4, mark + (4 if left_of else 54), end[1] + 22))  # fmt: skip
    parts.append(svg_text(mark, end[1] + 16, Words("彼此一样", "equal"), "faint halo", "end" if left_of else "start", 12))  # fmt: skip
    unnamed = 0
    for p in sorted(peers, key=lambda p: (p.id == lens.account.id, -p.sales, p.id)):
        x, y, radius = place(p)
        name = "own" if p.id == lens.account.id else "other"
        d = p.dependence
        parts.append(
            f'<g class="peer {name}"><title>{escape(p.name.zh if p.name.zh == p.name.en else f"{p.name.zh} {p.name.en}")}</title>'
            f"{_half(x, y, radius, _score(d.visits), -1)}{_half(x, y, radius, _score(d.pays), 1)}</g>"
        )
    for p in sorted(peers, key=lambda p: (p.id != lens.account.id, -p.sales, p.id)):
        own = p.id == lens.account.id
        x, y, radius = place(p)
        spot = _room(p, x, y, radius, taken, (LEFT, TOP, right, foot), own)
        if spot is None:
            unnamed += 1
            continue
        at, anchor, box = spot
        taken.append(box)
        parts.append(
            svg_text(
                at[0], at[1], _short(p), "strong halo" if own else "faint halo", anchor, 13 if own else 12
            )
        )
    return frame(WIDTH, foot + 48, TITLE, "".join(parts)), unnamed


def _edge(most: float) -> float:
    """Return where an axis ends: somewhat beyond the greatest, on a round number, at most the whole."""
    return next(
        (
            e
            for e in (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)
            if most * 1.15 <= e
        ),
        1.0,
    )


def _lines(edge: float) -> list[float]:
    """Return where an axis has its lines, on round numbers."""
    step = next(
        s for s in (0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2) if edge / s <= 5 + 1e-9
    )
    return [step * n for n in range(round(edge / step) + 1)]


def _short(p: Peer) -> Words:
    return Words(cut(p.name.zh, NAME), cut(p.name.en, NAME))


def _around(x: float, y: float, radius: float) -> Box:
    return x - radius, y - radius, x + radius, y + radius


def _room(
    p: Peer, x: float, y: float, radius: float, taken: list[Box], plot: Box, own: bool
) -> tuple[tuple[float, float], str, Box] | None:
    """Find a place for a name: right of its dot, left, above, below; None where each is taken, unless it is the account's own."""
    size = 13 if own else 12
    words = _short(p)
    wide = max(sum(size if ord(c) > 0x2E80 else 0.62 * size for c in text) for text in words)
    spots: list[tuple[tuple[float, float], str, Box]] = []
    for dx, dy, anchor in ((1, 0, "start"), (-1, 0, "end"), (0, -1, "middle"), (0, 1, "middle")):
        ax = x + dx * (radius + 6)
        ay = y + dy * (radius + (7 if dy < 0 else 15)) + (4 if dy == 0 else 0)
        left = ax if dx > 0 else ax - wide if dx < 0 else ax - wide / 2
        spots.append(((ax, ay), anchor, (left, ay - size, left + wide, ay + 4)))
    inside = [s for s in spots if s[2][0] >= plot[0] and s[2][2] <= plot[2] and s[2][1] >= plot[1] - 8 and s[2][3] <= plot[3] + 2]  # fmt: skip
    free = [s for s in inside if not any(_meet(s[2], box) for box in taken)]
    return next(iter(free), next(iter(inside or spots), None) if own else None)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _score(verdict: Assessment | None) -> float | None:
    return verdict.score if verdict is not None else None


def _half(x: float, y: float, radius: float, score: float | None, side: int) -> str:
    """Draw half a dot, left (-1) or right (1): filled for yes, empty for no, hatched for unknown."""
    name = "unknown" if score is None else "yes" if score else "no"
    sweep = 1 if side > 0 else 0
    return f'<path class="half {name}" d="M {x:.1f} {y - radius:.1f} A {radius:.1f} {radius:.1f} 0 0 {sweep} {x:.1f} {y + radius:.1f} Z"/>'
