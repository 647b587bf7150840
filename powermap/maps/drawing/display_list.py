"""The drawing: marks as a display list, made once, painted by the canvas, the SVG twin and whatever comes next.

A mark is a list: ``["p", d, stroke, width, fill, dash]`` a path, ``["c", x, y, r, fill, stroke, width, dash]`` a circle,
``["t", x, y, text, size, colour, weight, anchor, style]`` a text; colours are tokens of the theme, texts may be
``[zh, en]``. People's marks are relative to their centre.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import asin, cos, hypot, pi, sin
from typing import Any

from powermap.maps.layout.text_metrics import NAME, TITLE, fit, heading, width_of
from powermap.maps.scene.model import Camp, Figure, Link, Scene, Standing, Text

Mark = list[Any]
_Way = tuple[tuple[float, float], ...]
_Box = tuple[str, int, tuple[float, float, float, float]]
DASH, DOT, SHORT = [4, 3], [1.2, 3], [3, 2.5]
SHOWN = 12
"""Influence ties that are always drawn, the strongest on the most powerful; the others when a person is chosen."""
BADGE = 7.2
HEADING = 10.0
ROW, PLAIN = 40.0, 2
"""Below this difference in height two stand on one row; and how many crossings a plainer way of a tie is worth."""


def n(value: float) -> str:
    """Write a coordinate: one decimal, so that equal drawings are equal bytes."""
    text = f"{value:.1f}"
    return "0.0" if text == "-0.0" else text


def ground(scene: Scene) -> list[Mark]:
    """Draw lanes with their names, and the rules between bands."""
    grid = scene.grid
    marks: list[Mark] = []
    for lane, x, width in grid.lanes:
        marks.append(
            [
                "p",
                f"M{n(x + 8)} 0H{n(x + width - 8)}a8 8 0 0 1 8 8V{n(grid.height - 8)}a8 8 0 0 1 -8 8H{n(x + 8)}a8 8 0 0 1 -8 -8V8a8 8 0 0 1 8 -8Z",
                "none",
                0,
                "lane",
                None,
            ]
        )
        text = scene.lanes[lane]
        (zh, zh_size), (en, en_size) = (heading(name, width - 6, HEADING) for name in text)
        for row in range(max(len(zh), len(en))):
            words = [zh[row] if row < len(zh) else "", en[row] if row < len(en) else ""]
            apart = [([words[0], ""], zh_size), (["", words[1]], en_size)]
            for said, size in [(words, zh_size)] if zh_size == en_size else apart:
                marks.append(["t", x + width / 2, 12 + row * 11, said, size, "muted", 700, "middle", ""])
    marks += [["p", f"M0 {n(y)}H{n(grid.width)}", "rule", 1, "none", None] for _, y, _ in grid.bands[1:]]
    return marks


def levels(scene: Scene) -> list[Mark]:
    """Name the bands; drawn after the ties, which pass behind."""
    return [
        ["t", 6, y + 13, list(scene.bands[band]), 9, "faint", 600, "start", "halo"]
        for band, y, _ in scene.grid.bands
    ]


def shortened(scene: Scene) -> list[tuple[float, float, Text]]:
    """Return (x, width, whole name) of the lanes whose name doesn't fit above them."""
    return [
        (x, width, scene.lanes[lane])
        for lane, x, width in scene.grid.lanes
        if any("…" in line for name in scene.lanes[lane] for line in heading(name, width - 6, HEADING)[0])
    ]


def links(scene: Scene) -> list[dict[str, Any]]:
    """Draw the ties: each with its two people, its kind and its marks."""
    at = {f.id: f for f in scene.figures}
    drawn = []
    ranked = sorted(
        (k for k in scene.links if k.kind == "influence"),
        key=lambda k: (-k.strength * at[k.b].power, k.a, k.b),
    )
    today = len(scene.reviews)
    always = set([k for k in ranked if today in k.when][:SHOWN])
    boxes = [box for f in scene.figures for box in _boxes(f, scene.grid.column)]
    for link in scene.links:
        a, b = at[link.a], at[link.b]
        if link.kind in ("line", "dotted"):
            marks = list(_line(a, b, link, scene))
        elif link.kind == "influence":
            marks = list(_sway(a, b, link, boxes if link in always else [], scene.grid.width))
        else:
            marks = [_tie(a, b, link)]
        drawn.append(
            {
                "k": link.kind,
                "a": link.a,
                "b": link.b,
                "m": marks,
                "l": list(link.label),
                "w": list(link.when),
                "s": link.kind not in ("influence", "circle") or link in always,
            }
        )
    return drawn


def _line(person: Figure, boss: Figure, link: Link, scene: Scene) -> Iterator[Mark]:
    """Draw a reporting line as an elbow that runs between people, not through them."""
    # From the foot of the boss's name, so that no line runs through it.
    name = max((mark[2] for mark in _labels(boss, scene.grid.column)), default=boss.radius - 2.5)
    bottom, top = boss.y + name + 2.5, person.y - person.radius
    dash = SHORT if link.kind == "dotted" else DOT if link.assumed else None
    bend = 4.0 if link.kind == "dotted" else 0.0
    if person.y == boss.y:
        d = f"M{n(boss.x + bend)} {n(boss.y - boss.radius)}V{n(boss.bus)}H{n(person.x + bend)}V{n(top)}"
    elif person.y < boss.y:
        d = f"M{n(boss.x)} {n(boss.y - boss.radius)}L{n(person.x)} {n(person.y + person.radius)}"
    else:
        down, across = boss.foot + bend, person.bus + bend / 2
        passed = [f for f in scene.figures if boss.y < f.y < person.y]
        ways = [boss.x, person.x]
        if passed:
            ways += [x + side * scene.grid.column / 2 for x in (person.x, boss.x) for side in (-1, 1)]
        x = min(
            ways, key=lambda w: (sum(abs(f.x - w) < 0.4 * scene.grid.column for f in passed), ways.index(w))
        )
        if x == boss.x or not passed:
            d = f"M{n(boss.x + bend)} {n(bottom)}V{n(across)}H{n(person.x + bend)}V{n(top)}"
        elif x == person.x:
            d = f"M{n(boss.x + bend)} {n(bottom)}V{n(down)}H{n(x + bend)}V{n(top)}"
        else:
            d = f"M{n(boss.x + bend)} {n(bottom)}V{n(down)}H{n(x + bend)}V{n(across)}H{n(person.x + bend)}V{n(top)}"
    yield ["p", d, "line", 1.1, "none", dash]


def _tie(a: Figure, b: Figure, link: Link) -> Mark:
    """Draw a conflict straight, a circle bowed."""
    way = _bowed(a, b, 0.0 if link.kind == "conflict" else _bow(a, b), 2.0)
    if link.kind == "conflict":
        return ["p", _zigzag(*way[0], *way[-1]), "risk", 1.6, "none", None]
    return ["p", _path(way), "circle", 0.9, "none", None]


def _sway(a: Figure, b: Figure, link: Link, boxes: Sequence[_Box], width: float) -> Iterator[Mark]:
    """Draw an influence tie on the way that crosses the fewest names and people; the plainest of equals."""
    bow = _bow(a, b)
    ways = [_bowed(a, b, k * bow, 6.0) for k in (1, -1, 2, -2)]
    side = -1 if b.x < a.x else 1
    dx, dy = abs(b.x - a.x), abs(b.y - a.y)
    beside = [_bracket(a, b, s) for s in (side, -side)] if dy > max(ROW, 0.8 * dx) else []
    upright = dx < 0.6 * dy
    ways = beside + ways if upright else ways + beside
    cost = {i: PLAIN * i + _crossed(way, (a.id, b.id), boxes, width) for i, way in enumerate(ways)}
    way = ways[min(cost, key=lambda i: (cost[i], i))]
    yield from _arrow(_path(way), link, way[-1], (b.x, b.y), b.radius + 1)


def _bow(a: Figure, b: Figure) -> float:
    """Return how far the tie of two is bowed, to the same side from either."""
    return min(34.0, 0.16 * hypot(b.x - a.x, b.y - a.y) + 6) * (1 if (b.x, b.y) > (a.x, a.y) else -1)


def _bowed(a: Figure, b: Figure, bow: float, gap: float) -> _Way:
    """Lead from one to the other in a bow that ends `gap` before the circle."""
    dx, dy = b.x - a.x, b.y - a.y
    length = hypot(dx, dy) or 1.0
    middle = (a.x + b.x) / 2 - dy / length * bow, (a.y + b.y) / 2 + dx / length * bow
    return (
        _toward(a.x, a.y, *middle, a.radius + 2),
        middle,
        _toward(b.x, b.y, *middle, b.radius + gap),
    )


def _bracket(a: Figure, b: Figure, side: int) -> _Way:
    """Lead from the side of one to the same side of the other, around what is between them."""
    reach = min(40, 12 + 0.13 * abs(b.y - a.y))
    start, end = a.x + side * (a.radius + 1), b.x + side * (b.radius + 6)
    outer = side * (reach + max(side * start, side * end))
    return (start, a.y), (outer, a.y), (outer, b.y), (end, b.y)


def _path(way: _Way) -> str:
    start, *rest = (f"{n(x)} {n(y)}" for x, y in way)
    return f"M{start}{'Q' if len(rest) == 2 else 'C'}{' '.join(rest)}"


def _boxes(figure: Figure, room: float) -> Iterator[_Box]:
    """Yield where somebody's circle and name are, with whose they are and how much it matters to cross them."""
    x, y, r = figure.x, figure.y, figure.radius
    yield figure.id, 2, (x - r, y - r, x + r, y + r)
    texts = [(m, t) for m in _labels(figure, room) for t in ([m[3]] if isinstance(m[3], str) else m[3])]
    if texts:
        half = max(width_of(text, mark[4]) for mark, text in texts) / 2
        yield "", 1, (x - half, y + r + 2, x + half, y + max(mark[2] for mark, _ in texts) + 1)


def _crossed(way: _Way, own: tuple[str, str], boxes: Sequence[_Box], width: float) -> int:
    """Count the points of a way, about five units apart, that lie in boxes of others or off the map."""
    steps = max(4, int(hypot(way[-1][0] - way[0][0], way[-1][1] - way[0][1]) / 5))
    points = [_on(way, i / steps) for i in range(1, steps)]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    near = [(w, box) for who, w, box in boxes if who not in own and left <= box[2] and box[0] <= right]
    return sum(
        w for x, y in points for w, box in near if box[0] <= x <= box[2] and box[1] <= y <= box[3]
    ) + sum(2 for x, _ in points if not 0 <= x <= width)


def _on(way: _Way, part: float) -> tuple[float, float]:
    """Return the point of a curve at a part of it (de Casteljau)."""
    points = list(way)
    while len(points) > 1:
        points = [(p + part * (r - p), q + part * (s - q)) for (p, q), (r, s) in pairwise(points)]
    return points[0]


def _arrow(
    d: str, link: Link, end: tuple[float, float], to: tuple[float, float], stop: float
) -> Iterator[Mark]:
    """Draw an influence tie along `d`, and its head from `end` up to `stop` before the centre `to`."""
    width = round(0.8 + 1.8 * link.strength, 1)
    yield ["p", d, "sway", width, "none", DOT if link.assumed else None]
    (ex, ey), length = end, hypot(to[0] - end[0], to[1] - end[1]) or 1
    ux, uy = (to[0] - ex) / length, (to[1] - ey) / length
    tx, ty = to[0] - ux * stop, to[1] - uy * stop
    wing = 3.6
    d = (
        f"M{n(tx)} {n(ty)}L{n(ex - uy * wing - ux * 2)} {n(ey + ux * wing - uy * 2)}"
        f"L{n(ex + uy * wing - ux * 2)} {n(ey - ux * wing - uy * 2)}Z"
    )
    yield ["p", d, "none", 0, "sway", None]


def _toward(x: float, y: float, tx: float, ty: float, distance: float) -> tuple[float, float]:
    length = hypot(tx - x, ty - y) or 1.0
    return x + (tx - x) / length * distance, y + (ty - y) / length * distance


def _zigzag(ax: float, ay: float, bx: float, by: float) -> str:
    length = hypot(bx - ax, by - ay) or 1.0
    ux, uy = (bx - ax) / length, (by - ay) / length
    steps = max(2, int(length / 9))
    points = [f"M{n(ax)} {n(ay)}"]
    for i in range(1, steps):
        side = 3.2 if i % 2 else -3.2
        points.append(
            f"L{n(ax + ux * length * i / steps - uy * side)} {n(ay + uy * length * i / steps + ux * side)}"
        )
    return "".join([*points, f"L{n(bx)} {n(by)}"])


def person(scene: Scene, figure: Figure, camp: Camp, view: str) -> list[Mark]:
    """Draw a person in the panel of one supplier: view is ``attitude`` or ``difference``."""
    if scene.plain:
        return [["c", 0, 0, figure.radius, "paper", "outline", 1.1, DASH if figure.placeholder else None]]
    standing = figure.standings[camp.key]
    if view == "difference":
        fill, label, ink = _difference(scene, figure, camp)
    else:
        fill, label, ink = _attitude(standing)
    r = figure.radius
    marks: list[Mark] = []
    if standing.single_contact and view == "attitude":
        marks.append(["c", 0, 0, r + 3.4, "none", "risk", 2.6, None])
    marks.append(
        [
            "c",
            0,
            0,
            r,
            fill,
            "outline",
            1.1,
            DASH
            if figure.placeholder
            else DOT
            if standing.assumed and standing.known and view == "attitude"
            else None,
        ]
    )
    if standing.stale and standing.known and view == "attitude":
        marks.append(["c", 0, 0, r - 0.6, "veil", "none", 0, None])
    size = 11.5 if r > 14 else 10 if r > 11 else 8.5
    marks.append(["t", 0, size * 0.36, label, size, ink, 700, "middle", ""])
    if view == "attitude":
        marks += _rim(figure, standing, camp)
        if standing.swing:
            x = r + 6.5
            marks.append(
                ["p", f"M{n(x - 4.6)} 0L{n(x)} -4.6L{n(x + 4.6)} 0L{n(x)} 4.6Z", "paper", 1, camp.tone, None]
            )
        if standing.moved:
            marks.append(
                [
                    "t",
                    -r * 0.72 - 3,
                    -r * 0.72 + 1,
                    "▲" if standing.moved > 0 else "▼",
                    9,
                    "up" if standing.moved > 0 else "down",
                    700,
                    "middle",
                    "",
                ]
            )
    return marks


def always(figure: Figure, room: float) -> list[Mark]:
    """Draw what of a person is the same in every panel and view: badges, whether they can block, labels."""
    return [*_badges(figure), *_block(figure), *_labels(figure, room)]


def _block(figure: Figure) -> list[Mark]:
    if not figure.blocks:
        return []
    x = y = (figure.radius + 4) * cos(pi / 4)
    return [
        ["c", x, y, 4.8, "paper", "risk", 1.5, None],
        ["p", f"M{n(x - 2.6)} {n(y + 2.6)}L{n(x + 2.6)} {n(y - 2.6)}", "risk", 1.5, "none", None],
    ]


def _attitude(standing: Standing) -> tuple[str, Any, str]:
    if standing.attitude is None:
        return "hatch", "?", "ink"
    return (
        f"att{standing.attitude}",
        f"{standing.attitude:+d}".replace("-", "−") if standing.attitude else "0",
        f"on{standing.attitude}",
    )


def _difference(scene: Scene, figure: Figure, camp: Camp) -> tuple[str, Any, str]:
    """Say who leads (in our panel), or by how much we are ahead of this supplier."""
    if camp.key == "us":
        lead = figure.lead
        for other in scene.camps:
            if other.id == lead.supplier:
                return other.tone, list(other.letter), "onTone"
        return {
            "contested": ("att0", "=", "on0"),
            "unknown": ("hatch", _seen(figure), "ink"),
            "uncovered": ("hatch", "", "ink"),
            "nobody": ("paper", "–", "ink"),
        }[lead.state]
    ours, theirs = (
        figure.standings["us"].attitude if "us" in figure.standings else None,
        figure.standings[camp.key].attitude,
    )
    if ours is None or theirs is None:
        return "hatch", "?", "ink"
    gap = ours - theirs
    step = max(-2, min(3, gap))
    return f"att{step}", "=" if not gap else f"{'▲' if gap > 0 else '▼'}{abs(gap)}", f"on{step}"


def _seen(figure: Figure) -> str:
    known = [s.attitude for s in figure.standings.values() if s.attitude is not None]
    return f"{max(known):+d}?".replace("-", "−") if known else "?"


def _badges(figure: Figure) -> list[Mark]:
    marks: list[Mark] = []
    r = figure.radius
    for i, (_, text, filled) in enumerate(figure.badges):
        x, y = r * cos(pi / 4) + 5 + i * (2 * BADGE + 0.5), -r * sin(pi / 4) - 5
        left, top = x - BADGE, y - BADGE
        marks.append(
            [
                "p",
                f"M{n(left + 3)} {n(top)}h{n(2 * BADGE - 6)}a3 3 0 0 1 3 3v{n(2 * BADGE - 6)}a3 3 0 0 1 -3 3h-{n(2 * BADGE - 6)}a3 3 0 0 1 -3 -3v-{n(2 * BADGE - 6)}a3 3 0 0 1 3 -3Z",
                "ink",
                1,
                "ink" if filled else "paper",
                None,
            ]
        )
        marks.append(["t", x, y + 3.3, list(text), 9, "paper" if filled else "ink", 700, "middle", ""])
    return marks


def _rim(figure: Figure, standing: Standing, camp: Camp) -> list[Mark]:
    marks: list[Mark] = []
    r = figure.radius
    for i, initial in enumerate(standing.owners):
        # Beside the circle, as low as the name beneath allows.
        angle = pi - asin((r - 3.2) / (r + 5)) + 0.28 * pi * i
        x, y = (r + 5) * cos(angle), (r + 5) * sin(angle)
        marks.append(["c", x, y, 6.2, camp.tone, "paper", 1, None])
        marks.append(
            [
                "t",
                x,
                y + 3,
                initial.zh if initial.zh == initial.en else list(initial),
                8,
                "onTone",
                700,
                "middle",
                "",
            ]
        )
        if standing.sole and i == 0:
            marks.append(["t", x - 9.5, y + 4, "1", 9.5, "risk", 800, "middle", ""])
    if not standing.owners and standing.uncovered:
        x, y = (r + 3) * cos(pi * 0.75), (r + 3) * sin(pi * 0.75)
        marks.append(["c", x, y, 4, "paper", "risk", 1.6, None])
    return marks


def _labels(figure: Figure, room: float) -> list[Mark]:
    style = "halo italic" if figure.placeholder else "halo"
    marks: list[Mark] = []
    zh, zh_size = heading(figure.name.zh, room, NAME)
    en, en_size = heading(figure.name.en, room, NAME)
    base = figure.radius + NAME + 1.5
    if zh == en:
        marks += [
            ["t", 0, base + i * NAME, line, zh_size, "ink", 650, "middle", style] for i, line in enumerate(zh)
        ]
    else:
        for i, line in enumerate(zh):
            marks.append(["t", 0, base + i * NAME, [line, ""], zh_size, "ink", 650, "middle", style])
        for i, line in enumerate(en):
            marks.append(["t", 0, base + i * NAME, ["", line], en_size, "ink", 650, "middle", style])
    for lang, lines in ((0, zh), (1, en)):
        title = figure.title[lang]
        # Of a post that nobody is known to hold the name says it already.
        if not title or title == figure.name[lang]:
            continue
        top = base + len(lines) * NAME - 0.5
        said, size = [fit(title, room + 2, TITLE)], TITLE
        if said != [title] and top + TITLE + 2 <= figure.foot - figure.y:
            said, size = heading(title, room + 2, TITLE)
        for i, line in enumerate(said):
            text = ["", ""]
            text[lang] = line
            marks.append(["t", 0, top + i * TITLE, text, size, "muted", 400, "middle", "halo"])
    return marks
