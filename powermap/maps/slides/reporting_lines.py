"""Reporting lines on a slide: connectors from the boss's name, or head, to the person's circle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Any

from powermap.maps.drawing.marks import Mark
from powermap.maps.drawing.paths import Box, Point, steps
from powermap.maps.scene.model import Figure
from powermap.maps.slides import drawingml
from powermap.maps.slides.paint import Paint
from powermap.maps.slides.shapes import Pen

TOP, TOP_LEFT, FOOT, OVAL_FOOT = 0, 1, 2, 4
"""Where a connector holds on: an oval counts eight sites from its top against the clock, a box four."""
THIN = 0.1
"""An elbow needs some width, in units of the drawing."""


@dataclass(frozen=True)
class Reporting:
    """A reporting line that is drawn: whether it goes down from the boss, and the site where it reaches the person."""

    connector: Any
    person: str
    boss: str
    down: bool
    site: int

    def hold(self, circles: Mapping[str, Any], names: Mapping[str, Any]) -> None:
        """Let the line hold on to the boss's name, or circle, and the person's circle."""
        start = (names[self.boss], FOOT) if self.down else (circles[self.boss], TOP)
        drawingml.hold(self.connector, start, (circles[self.person], self.site))


def draw(pen: Pen, mark: Mark, person: Figure, boss: Figure, foot: float, **called: str) -> Reporting:
    """Draw a reporting line along its mark; `foot` is where the boss's name ends."""
    points = [point for _, found in steps(mark[1]) for point in found]
    down = points[1][1] > points[0][1]
    start = (boss.x, foot) if down else (boss.x, boss.y - boss.radius)
    lands = points[-1][1] > points[-2][1]
    end = (person.x, person.y - person.radius if lands else person.y + person.radius)
    site = TOP if lands else OVAL_FOOT
    if lands and called["name"].startswith("dotted"):
        # Beside the solid line, which lands on top.
        site, edge = TOP_LEFT, person.radius * sqrt(0.5)
        end = (person.x - edge, person.y - edge)
    # What lies between: heights of the crossings, and the alley between people if there are two.
    inner = [p for p, q in pairwise(points[1:]) if p != q] if lands else []
    paint = Paint("none", mark[2], mark[3], tuple(mark[5] or ()))
    connector = _connector(pen, start, end, inner, paint, down=down, **called)
    return Reporting(connector, person.id, boss.id, down, site)


def _connector(
    pen: Pen, start: Point, end: Point, inner: list[Point], paint: Paint, *, down: bool, **called: str
) -> Any:
    heights, alley = [y for _, y in inner[::2]], inner[1][0] if len(inner) > 2 else None
    length, across = end[1] - start[1], end[0] - start[0]
    if len(inner) < 2 or (down and alley is None and abs(across) < THIN):
        return pen.straight(start, end, paint, **called)
    if not down:
        # Of two on one row: up from one head, across, down to the other.
        length = max(-length, THIN)
        box = _lying(start, end, length, abs(across))
        bends = [(start[1] - heights[0]) / length]
        return pen.elbow(box, paint, turn=270, mirrored=across < 0, bends=bends, **called)
    bends = [(heights[0] - start[1]) / length]
    if alley is not None:
        if abs(across) < THIN:
            across = THIN if alley > start[0] else -THIN
        bends += [(alley - start[0]) / across, (heights[-1] - start[1]) / length]
    box = _lying(start, end, length, abs(across))
    return pen.elbow(box, paint, turn=90, mirrored=across > 0, bends=bends, **called)


def _lying(start: Point, end: Point, length: float, across: float) -> Box:
    """Return the box of an elbow before it is turned a quarter: it lies where it will stand."""
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    return x - length / 2, y - across / 2, x + length / 2, y + across / 2
