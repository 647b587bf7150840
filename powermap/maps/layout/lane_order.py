"""The order of lanes on a new map: so that ties are short, and cross each other little."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import permutations

from powermap.maps.layout.coordinates import coordinates
from powermap.maps.layout.layout import OUTSIDE, Layout, Slot

MAX_EXACT_LANES = 7
"""With more lanes than this, not every order is tried."""
Point = tuple[float, float]


def lane_order(
    slots: Mapping[str, Slot],
    columns: Mapping[str, int],
    lines: Sequence[tuple[str, str]],
    ties: Sequence[tuple[str, str]],
    kept: Layout | None,
) -> list[str]:
    """Return the lanes from the left: kept ones as they are, else so that ties are short and cross little."""
    names = sorted({lane for lane, _, _ in slots.values()}, key=lambda n: (n == OUTSIDE, n))
    if kept:
        return [*kept.lanes, *(n for n in names if n not in kept.lanes)]
    inner = [n for n in names if n != OUTSIDE]
    outer = [n for n in names if n == OUTSIDE]
    pull = _pull(slots, lines, ties)

    def span(order: Sequence[str]) -> float:
        """Return how long the ties between lanes are in an order, by their strength."""
        at: dict[str, float] = {}
        x = 0.0
        for name in order:
            at[name] = x + columns[name] / 2
            x += columns[name]
        return sum(w * abs(at[a] - at[b]) for (a, b), w in pull.items())

    if len(inner) > MAX_EXACT_LANES:
        return [*_swapped(inner, span), *outer]
    orders = sorted(permutations(inner), key=lambda o: (round(span(o), 6), o))
    best = min(
        orders[:24],
        key=lambda o: (_crossings(slots, [*o, *outer], columns, ties), round(span(o), 6), o),
        default=(),
    )
    return [*best, *outer]


def _pull(
    slots: Mapping[str, Slot], lines: Sequence[tuple[str, str]], ties: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], float]:
    """Return how strongly two lanes should be near each other; a reporting line counts twice."""
    pull: dict[tuple[str, str], float] = defaultdict(float)
    for pairs, strength in ((lines, 2.0), (ties, 1.0)):
        for a, b in pairs:
            x, y = sorted((slots[a][0], slots[b][0]))
            if x != y and OUTSIDE not in (x, y):
                pull[x, y] += strength
    return pull


def _swapped(lanes: Sequence[str], span: Callable[[Sequence[str]], float]) -> list[str]:
    """Swap neighbours as long as that makes the ties shorter."""
    order = list(lanes)
    improved = True
    while improved:
        improved = False
        for i in range(len(order) - 1):
            other = [*order[:i], order[i + 1], order[i], *order[i + 2 :]]
            if span(other) < span(order) - 1e-9:
                order, improved = other, True
    return order


def _crossings(
    slots: Mapping[str, Slot],
    lanes: Sequence[str],
    columns: Mapping[str, int],
    ties: Sequence[tuple[str, str]],
) -> int:
    """Count how often ties cross with the lanes in an order."""
    centres = coordinates(slots, lanes, columns, dict.fromkeys(slots, (20.0, 40.0))).centres
    segments = [(centres[a], centres[b]) for a, b in ties]
    return sum(_cross(s, t) for i, s in enumerate(segments) for t in segments[:i])


def _cross(s: tuple[Point, Point], t: tuple[Point, Point]) -> bool:
    """Tell whether two straight lines cross."""
    return _side(s, t[0]) * _side(s, t[1]) < 0 and _side(t, s[0]) * _side(t, s[1]) < 0


def _side(line: tuple[Point, Point], point: Point) -> float:
    """Return on which side of a line a point is, as the sign."""
    ((ax, ay), (bx, by)), (cx, cy) = line, point
    return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
