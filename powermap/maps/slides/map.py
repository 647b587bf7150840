"""The map on a slide: the scene's coordinates, people as groups, reporting lines that hold on to them."""

from __future__ import annotations

from typing import Any, NamedTuple

from pptx.enum.text import MSO_ANCHOR

from powermap.maps.drawing import ground, people
from powermap.maps.drawing.ground import HEADING
from powermap.maps.drawing.paths import Box
from powermap.maps.layout.text_metrics import heading, width_of
from powermap.maps.scene.model import Camp, Figure, Scene
from powermap.maps.slides import marks
from powermap.maps.slides.paint import Paint
from powermap.maps.slides.reporting_lines import Reporting, draw
from powermap.maps.slides.shapes import Pen, Run, Setting


class Label(NamedTuple):
    """Somebody's name and title: the lines, and the box around them, from whose foot reporting lines leave."""

    lines: list[Run]
    box: Box


def board(pen: Pen, scene: Scene, ties: list[dict[str, Any]], camp: Camp, view: str) -> None:
    """Draw one supplier's map: lanes, then the scene's ties, then people, who stand in front."""
    labels = {f.id: _label(pen, f, scene, camp) for f in scene.figures}
    groups = pen.groups(len(scene.figures))
    _lanes(pen, scene)
    lines = _ties(pen, scene, ties, labels)
    _levels(pen, scene)
    names, circles = {}, {}
    for figure, group in zip(scene.figures, groups, strict=True):
        about = described(scene, figure, camp, pen.lang)
        shapes = _person(pen, scene, figure, camp, view, label=labels[figure.id], about=about)
        names[figure.id] = shapes[0]
        circles[figure.id] = next(s for s in shapes if s.name == figure.id)
        pen.gather(group, shapes, name=f"person {figure.id}", about=about)
    for line in lines:
        line.hold(circles, names)


def _lanes(pen: Pen, scene: Scene) -> None:
    grid, at = scene.grid, 0 if pen.lang == "zh" else 1
    for lane, x, width in grid.lanes:
        name = scene.lanes[lane][at]
        texts, size = heading(name, width - 6, HEADING)
        box = (x, 0, x + width, grid.height)
        shape = pen.rounded(box, 8, Paint("lane"), name=f"lane {name}", about=name)
        lines = [Run(text, size, "muted", True, pitch=11) for text in texts if text]
        pen.write(shape, lines, Setting(anchor=MSO_ANCHOR.TOP, inset=3))
    for mark in ground.ground(scene):
        if mark[0] == "p" and mark[2] == "rule":
            marks.path(pen, [mark], name="level")


def _levels(pen: Pen, scene: Scene) -> None:
    """Name the levels; the lines pass behind."""
    for mark in ground.levels(scene):
        if marks.words_of(mark, pen.lang):
            marks.text(pen, mark)


def _label(pen: Pen, figure: Figure, scene: Scene, camp: Camp) -> Label:
    lines: list[Run] = []
    for mark in people.always(figure, scene.grid.column):
        said = marks.words_of(mark, pen.lang) if mark[0] == "t" and "halo" in mark[8] else ""
        if said:
            pitch = 11.5 if mark[5] == "ink" else 10.0
            lines.append(Run(said, mark[4], mark[5], mark[6] >= 600, "italic" in mark[8], pitch))
    half = max((width_of(w.text, w.size) for w in lines), default=10) / 2 + 1
    standing = None if scene.plain else figure.standings[camp.key]
    gap = 5.5 if standing and standing.single_contact else 3.5
    top = figure.y + figure.radius + gap
    return Label(lines, (figure.x - half, top, figure.x + half, top + sum(w.pitch for w in lines)))


def _person(
    pen: Pen, scene: Scene, figure: Figure, camp: Camp, view: str, *, label: Label, about: str
) -> list[Any]:
    """Draw a person, and return the shapes: the label first."""
    badges = [m for m in people.always(figure, scene.grid.column) if not (m[0] == "t" and "halo" in m[8])]
    place = (figure.x, figure.y)
    top = Setting(anchor=MSO_ANCHOR.TOP)
    drawn = people.person(scene, figure, camp, view)
    return [
        pen.text(label.box, label.lines, top, ground="lane", name=f"name {figure.id}"),
        *marks.draw(pen, drawn, place, name=figure.id, about=about),
        *marks.draw(pen, badges, place),
    ]


def described(scene: Scene, figure: Figure, camp: Camp, lang: str) -> str:
    """Say who somebody is and, if the profile lets one know, how they stand: for who can't see the slide."""
    at = 0 if lang == "zh" else 1
    who = " ".join(part for part in (figure.name[at], figure.title[at]) if part)
    if scene.plain:
        return who
    attitude = figure.standings[camp.key].attitude
    said = ("未知", "unknown")[at] if attitude is None else f"{attitude:+d} {scene.attitudes[attitude][at]}"
    return f"{who}；{camp.name[at]}：{said}" if lang == "zh" else f"{who}; {camp.name[at]}: {said}"


def _ties(pen: Pen, scene: Scene, ties: list[dict[str, Any]], labels: dict[str, Label]) -> list[Reporting]:
    """Draw today's ties, and return the reporting lines, which are to hold on to people who aren't drawn yet."""
    at = {f.id: f for f in scene.figures}
    side, today = 0 if pen.lang == "zh" else 1, len(scene.reviews)
    lines = []
    for tie in ties:
        if not tie["s"] or today not in tie["w"]:
            continue
        a, b = at[tie["a"]], at[tie["b"]]
        name = f"{tie['k']} {a.id} {b.id}"
        about = f"{a.name[side]} → {b.name[side]}"
        if tie["k"] in ("line", "dotted"):
            lines.append(draw(pen, tie["m"][0], a, b, labels[b.id].box[3], name=name, about=about))
            continue
        about += f" ({tie['l'][side]})" if tie["l"][side] else ""
        marks.path(pen, tie["m"], name=name, about=about)
    return lines
