"""Marks of the drawing on a slide: circles take up the text that stands in their middle."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from pptx.enum.text import PP_ALIGN

from powermap.maps.drawing.marks import Mark
from powermap.maps.drawing.paths import Point, around, steps
from powermap.maps.layout.text_metrics import width_of
from powermap.maps.slides.paint import Paint
from powermap.maps.slides.shapes import Pen, Run, Setting

MIDDLE = 0.36
"""How far above its baseline the middle of a text is, in parts of its size."""
ALIGN = {"start": PP_ALIGN.LEFT, "middle": PP_ALIGN.CENTER, "end": PP_ALIGN.RIGHT}


def draw(pen: Pen, marks: Sequence[Mark], at: Point = (0.0, 0.0), **called: str) -> list[Any]:
    """Draw marks around a point, and return their shapes.

    Parameters
    ----------
    called
        Name and alt text of the first filled circle: a person's own; everything else is decoration.
    """
    marks = [mark for mark in marks if not (mark[0] == "t" and not words_of(mark, pen.lang))]
    shapes: list[Any] = []
    circle: Mark | None = None
    for mark, following in zip_longest(marks, marks[1:], fillvalue=["end"]):
        if _veil(mark):
            continue
        if mark[0] == "t" and circle and _inside(mark, circle):
            pen.write(shapes[-1], [_run(mark, pen.lang)])
        elif mark[0] == "t":
            shapes.append(text(pen, mark, at))
        elif mark[0] == "p":
            shapes.append(path(pen, [mark], at))
        else:
            own = called if mark[4] != "none" else {}
            called = {} if own else called
            shapes.append(_circle(pen, mark, at, faded=_veil(following), **own))
        circle = mark if mark[0] == "c" else None
    return shapes


def _veil(mark: Mark) -> bool:
    """Tell whether a mark is a veil, which makes the circle before it paler."""
    return bool(mark[0] == "c" and mark[4] == "veil")


def _circle(pen: Pen, mark: Mark, at: Point, *, faded: bool, **called: str) -> Any:
    _, x, y, r, filled, stroke, width, dash = mark
    return pen.oval(at[0] + x, at[1] + y, r, Paint(filled, stroke, width, tuple(dash or ()), faded), **called)


def words_of(mark: Mark, lang: str) -> str:
    """Return a text mark's text in a language."""
    return str(mark[3] if isinstance(mark[3], str) else mark[3][0 if lang == "zh" else 1])


def _run(mark: Mark, lang: str) -> Run:
    return Run(words_of(mark, lang), mark[4], mark[5], mark[6] >= 600, "italic" in mark[8])


def _inside(mark: Mark, circle: Mark) -> bool:
    """Tell whether a text stands in the middle of a circle."""
    _, x, y, _, size, _, _, anchor, _ = mark
    return bool(anchor == "middle" and abs(x - circle[1]) < 1.5 and abs(y - MIDDLE * size - circle[2]) < 1.5)


def text(pen: Pen, mark: Mark, at: Point = (0.0, 0.0)) -> Any:
    """Draw one line of text at its place."""
    _, x, y, _, size, _, _, anchor, _ = mark
    width = width_of(words_of(mark, pen.lang), size) + 2
    left = at[0] + x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    middle = at[1] + y - MIDDLE * size
    box = (left, middle - 0.7 * size, left + width, middle + 0.7 * size)
    # What has a halo on the map has a ground here: lines pass behind it.
    ground = "lane" if "halo" in mark[8] else "none"
    return pen.text(box, [_run(mark, pen.lang)], Setting(ALIGN[anchor]), name="text", ground=ground)


def path(pen: Pen, marks: Sequence[Mark], at: Point = (0.0, 0.0), **called: str) -> Any:
    """Draw paths as one shape: a box with round corners, a straight line, or a freeform."""
    dx, dy = at
    d, stroke, width, filled, dashes = marks[0][1:]
    dash = tuple(dashes or ())
    moved = [
        ([(step, [(x + dx, y + dy) for x, y in points]) for step, points in steps(m[1])], m[4], m[2])
        for m in marks
    ]
    first = moved[0][0]
    if "a" in d:
        radius = float(d.split("a", 1)[1].split()[0])
        return pen.rounded(around(first), radius, Paint(filled, stroke, width, dash), **called)
    if len(marks) == 1 and [step for step, _ in first] == ["M", "L"]:
        (_, [start]), (_, [end]) = first
        return pen.straight(start, end, Paint("none", stroke, width, dash), **called)
    colour = next((m[4] for m in marks if m[4] != "none"), "none")
    return pen.freeform(moved, Paint(colour, stroke, width, dash), **called)
