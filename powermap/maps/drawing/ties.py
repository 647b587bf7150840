"""The ties of a map: reporting lines as elbows, influence as arrows that avoid people, conflicts and circles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import Any

from powermap.maps.drawing.marks import DOT, SHORT, Mark, n
from powermap.maps.drawing.people import labels
from powermap.maps.layout.text_metrics import width_of
from powermap.maps.scene.model import Figure, Link, Scene

_Way = tuple[tuple[float, float], ...]
_Box = tuple[str, int, tuple[float, float, float, float]]
SHOWN = 12
"""Influence ties that are always drawn, the strongest on the most powerful; the others when a person is chosen."""
ROW, PLAIN = 40.0, 2
"""Below this difference in height two stand on one row; and how many crossings a plainer way of a tie is worth."""


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
    name = max((mark[2] for mark in labels(boss, scene.grid.column)), default=boss.radius - 2.5)
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
    texts = [(m, t) for m in labels(figure, room) for t in ([m[3]] if isinstance(m[3], str) else m[3])]
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
    """Return the point at a distance from one point towards another."""
    length = hypot(tx - x, ty - y) or 1.0
    return x + (tx - x) / length * distance, y + (ty - y) / length * distance


def _zigzag(ax: float, ay: float, bx: float, by: float) -> str:
    """Return a zigzag from one point to another."""
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
