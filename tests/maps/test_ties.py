"""Ties on the map: they lead around names where there is a way around, and levels are named above them."""

from __future__ import annotations

import pytest
from invented import account

from powermap.maps import export
from powermap.maps.drawing import people, ties
from powermap.maps.drawing.paths import steps
from powermap.maps.layout.text_metrics import width_of
from powermap.maps.scene.build import build
from powermap.maps.scene.model import Figure, Scene
from powermap.pages.colours import light

PARTS = 60


def curve(d: str) -> list[tuple[float, float]]:
    """Return points of a path of one curve, by Bernstein's polynomials."""
    (_, [start]), (_, rest) = steps(d)
    way = [start, *rest]
    weights = {3: (1, 2, 1), 4: (1, 3, 3, 1)}[len(way)]
    found = []
    for k in range(1, PARTS):
        t, degree = k / PARTS, len(way) - 1
        terms = [w * t**i * (1 - t) ** (degree - i) for i, w in enumerate(weights)]
        found.append(
            (
                sum(c * p[0] for c, p in zip(terms, way, strict=True)),
                sum(c * p[1] for c, p in zip(terms, way, strict=True)),
            )
        )
    return found


def crosses(points: list[tuple[float, float]], figure: Figure, room: float) -> bool:
    """Tell whether points lie within somebody's name or title, in either language."""
    for mark in people.always(figure, room):
        if mark[0] == "t" and "halo" in mark[8]:
            half = (
                max(width_of(text, mark[4]) for text in ([mark[3]] if isinstance(mark[3], str) else mark[3]))
                / 2
            )
            foot = figure.y + mark[2]
            if any(abs(x - figure.x) < half and foot - 0.7 * mark[4] < y < foot for x, y in points):
                return True
    return False


def crossed(scene: Scene) -> int:
    """Count the pairs of a tie that is always drawn and a name it crosses."""
    drawn = [t for t in ties.links(scene) if t["k"] == "influence" and t["s"]]
    return sum(crosses(curve(t["m"][0][1]), f, scene.grid.column) for t in drawn for f in scene.figures)


@pytest.mark.parametrize(("size", "most"), [(25, 6), (60, 8), (100, 16)])
def test_ties_lead_around_names(size: int, most: int) -> None:
    """Drawn the plainest way they cross 8, 15 and 23."""
    assert crossed(build(account(size))) <= most


def test_levels_are_named_above_the_ties() -> None:
    drawn = export(account(25), "svg", lang="en")
    assert drawn.index(">C-level</text>") > drawn.rindex(f'stroke="{light("map")["sway"]}"')
