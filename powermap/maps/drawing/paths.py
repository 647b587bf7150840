"""Paths of the drawing as points, for programs that don't read SVG's own writing, and the boxes around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
Step = tuple[str, list[Point]]
"""M, L, Q, C or Z, with the points it leads through."""


def steps(d: str) -> list[Step]:
    """Read a path of the drawing, straight lines and curves; of an arc only its end."""
    found: list[Step] = []
    x = y = 0.0
    for name, numbers in re.findall(r"([A-Za-z])([^A-Za-z]*)", d):
        v = [float(t) for t in re.findall(r"-?[\d.]+", numbers)]
        if name in "Zz":
            found.append(("Z", []))
            continue
        if name in "HhVv":
            x, y = {
                "H": (v[-1], y), "h": (x + sum(v), y), "V": (x, v[-1]), "v": (x, y + sum(v)),
            }[name]  # fmt: skip
            points = [(x, y)]
        else:
            if name == "a":
                v = v[-2:]
            fx, fy = (x, y) if name.islower() else (0.0, 0.0)
            points = [(fx + v[i], fy + v[i + 1]) for i in range(0, len(v), 2)]
            x, y = points[-1]
        found.append((name.upper() if name in "MLQC" else "L", points))
    return found


def union(boxes: Sequence[Box]) -> Box:
    """Return the smallest box around others."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def around(steps: Sequence[Step]) -> Box:
    """Return the smallest box around the points of a path."""
    return union([(x, y, x, y) for _, points in steps for x, y in points])
