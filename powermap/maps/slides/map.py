"""The map on a slide: the scene's coordinates, people as groups, reporting lines as connectors that hold on to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import sqrt
from typing import Any

from powermap.maps.drawing import display_list
from powermap.maps.drawing.display_list import HEADING, Mark
from powermap.maps.layout.text_metrics import heading, width_of
from powermap.maps.scene.model import Camp, Figure, Scene
from powermap.maps.slides import marks
from powermap.maps.slides.shapes import Pen, Shape, Words, fill, preset, steps

TOP, TOP_LEFT, FOOT, OVAL_FOOT = 0, 1, 2, 4
"""Where a connector holds on: an oval counts eight sites from its top against the clock, a box four."""
THIN = 0.1
"""An elbow needs some width, in units of the drawing."""


def board(pen: Pen, scene: Scene, camp: Camp, view: str) -> list[Shape]:
    """Draw one supplier's map."""
    numbers = {f.id: (pen.number(), pen.number()) for f in scene.figures}
    labels = {f.id: _label(pen, f, scene, camp, numbers[f.id][1]) for f in scene.figures}
    people = [_person(pen, scene, f, camp, view, numbers[f.id][0], labels[f.id]) for f in scene.figures]
    ties = _ties(pen, scene, numbers, labels)
    return [*_lanes(pen, scene), *ties, *_levels(pen, scene), *people]


def _lanes(pen: Pen, scene: Scene) -> Iterator[Shape]:
    grid, at = scene.grid, 0 if pen.lang == "zh" else 1
    for lane, x, width in grid.lanes:
        name = scene.lanes[lane][at]
        texts, size = heading(name, width - 6, HEADING)
        lines = [Words(text, size, "muted", True, pitch=11) for text in texts if text]
        yield pen.shape(
            (x, 0, x + width, grid.height),
            preset("roundRect", adj=100000 * 8 / min(width, grid.height)),
            paint=fill("lane"),
            text=pen.body(lines, anchor="t", inset=3),
            name=f"lane {name}",
            about=name,
        )
    for mark in display_list.ground(scene):
        if mark[0] == "p" and mark[2] == "rule":
            yield marks.path(pen, [mark], name="level")


def _levels(pen: Pen, scene: Scene) -> Iterator[Shape]:
    """Name the levels; the lines pass behind."""
    for mark in display_list.levels(scene):
        if marks.words_of(mark, pen.lang):
            yield marks.text(pen, mark)


def _label(pen: Pen, figure: Figure, scene: Scene, camp: Camp, number: int) -> Shape:
    """Write name and title as one box; reporting lines leave from its foot."""
    lines: list[Words] = []
    for mark in display_list.always(figure, scene.grid.column):
        said = marks.words_of(mark, pen.lang) if mark[0] == "t" and "halo" in mark[8] else ""
        if said:
            pitch = 11.5 if mark[5] == "ink" else 10.0
            lines.append(Words(said, mark[4], mark[5], mark[6] >= 600, "italic" in mark[8], pitch))
    half = max((width_of(w.text, w.size) for w in lines), default=10) / 2 + 1
    standing = None if scene.plain else figure.standings[camp.key]
    gap = 5.5 if standing and standing.single_contact else 3.5
    top = figure.y + figure.radius + gap
    box = (figure.x - half, top, figure.x + half, top + sum(w.pitch for w in lines))
    return pen.words(box, lines, paint=fill("lane"), anchor="t", number=number, name=f"name {figure.id}")


def _person(
    pen: Pen, scene: Scene, figure: Figure, camp: Camp, view: str, number: int, label: Shape
) -> Shape:
    about = described(scene, figure, camp, pen.lang)
    drawn: list[Mark] = display_list.person(scene, figure, camp, view)
    badges = [
        m for m in display_list.always(figure, scene.grid.column) if not (m[0] == "t" and "halo" in m[8])
    ]
    place = (figure.x, figure.y)
    parts = [
        label,
        *marks.draw(pen, drawn, place, name=figure.id, about=about, number=number),
        *marks.draw(pen, badges, place),
    ]
    return pen.group(parts, f"person {figure.id}", about)


def described(scene: Scene, figure: Figure, camp: Camp, lang: str) -> str:
    """Say who somebody is and, if the profile lets one know, how they stand: for who can't see the slide."""
    at = 0 if lang == "zh" else 1
    who = " ".join(part for part in (figure.name[at], figure.title[at]) if part)
    if scene.plain:
        return who
    attitude = figure.standings[camp.key].attitude
    said = ("未知", "unknown")[at] if attitude is None else f"{attitude:+d} {scene.attitudes[attitude][at]}"
    return f"{who}；{camp.name[at]}：{said}" if lang == "zh" else f"{who}; {camp.name[at]}: {said}"


def _ties(
    pen: Pen, scene: Scene, numbers: Mapping[str, tuple[int, int]], labels: Mapping[str, Shape]
) -> Iterator[Shape]:
    at = {f.id: f for f in scene.figures}
    side, today = 0 if pen.lang == "zh" else 1, len(scene.reviews)
    for tie in display_list.links(scene):
        if not tie["s"] or today not in tie["w"]:
            continue
        a, b = at[tie["a"]], at[tie["b"]]
        name = f"{tie['k']} {a.id} {b.id}"
        about = f"{a.name[side]} → {b.name[side]}"
        if tie["k"] in ("line", "dotted"):
            yield _elbow(pen, tie["m"][0], (a, b), numbers, labels[b.id], name, about)
            continue
        about += f" ({tie['l'][side]})" if tie["l"][side] else ""
        yield marks.path(pen, tie["m"], name=name, about=about)


def _elbow(
    pen: Pen,
    mark: Mark,
    tie: tuple[Figure, Figure],
    numbers: Mapping[str, tuple[int, int]],
    label: Shape,
    name: str,
    about: str,
) -> Shape:
    """Draw a reporting line as a connector from the boss's name, or head, to the person's circle."""
    person, boss = tie
    points = [point for _, found in steps(mark[1]) for point in found]
    outline = pen.line(mark[2], mark[3], mark[5])
    down = points[1][1] > points[0][1]
    start = (boss.x, label.box[3]) if down else (boss.x, boss.y - boss.radius)
    lands = points[-1][1] > points[-2][1]
    end = (person.x, person.y - person.radius if lands else person.y + person.radius)
    site = TOP if lands else OVAL_FOOT
    if lands and name.startswith("dotted"):
        # Beside the solid line, which lands on top.
        site, edge = TOP_LEFT, person.radius * sqrt(0.5)
        end = (person.x - edge, person.y - edge)
    holds = _holds(numbers[boss.id][1 if down else 0], FOOT if down else TOP, "st")
    holds += _holds(numbers[person.id][0], site, "end")
    # What lies between: heights of the crossings, and the alley between people if there are two.
    inner = [p for p, q in pairwise(points[1:]) if p != q]
    more: dict[str, Any] = {"ends": holds, "name": name, "about": about}
    if len(inner) < 2 or not lands:
        return pen.straight(start, end, outline, **more)
    heights, alley = [y for _, y in inner[::2]], inner[1][0] if len(inner) > 2 else None
    if not down:
        return _over(pen, start, end, heights[0], outline, more)
    length, across = end[1] - start[1], end[0] - start[0]
    if alley is None and abs(across) < THIN:
        return pen.straight(start, end, outline, **more)
    if abs(across) < THIN and alley is not None:
        across = THIN if alley > start[0] else -THIN
    bends = {"adj1": 100000 * (heights[0] - start[1]) / length}
    if alley is not None:
        bends["adj2"] = 100000 * (alley - start[0]) / across
        bends["adj3"] = 100000 * (heights[-1] - start[1]) / length
    form = preset("bentConnector3" if alley is None else "bentConnector5", **bends)
    turned = ' rot="5400000"' + (' flipV="1"' if across > 0 else "")
    return pen.connector(_lying(start, end, length, abs(across)), turned, form, outline, **more)


def _over(
    pen: Pen,
    start: tuple[float, float],
    end: tuple[float, float],
    height: float,
    outline: str,
    more: dict[str, Any],
) -> Shape:
    """Draw the line of two on one row: up from one head, across, down to the other."""
    length, across = max(start[1] - end[1], THIN), end[0] - start[0]
    form = preset("bentConnector3", adj1=100000 * (start[1] - height) / length)
    turned = ' rot="16200000"' + (' flipV="1"' if across < 0 else "")
    return pen.connector(_lying(start, end, length, abs(across)), turned, form, outline, **more)


def _lying(start: tuple[float, float], end: tuple[float, float], length: float, across: float) -> Any:
    """Return the box of an elbow before it is turned a quarter: it lies where it will stand."""
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    return x - length / 2, y - across / 2, x + length / 2, y + across / 2


def _holds(number: int, site: int, which: str) -> str:
    return f'<a:{which}Cxn id="{number}" idx="{site}"/>'
