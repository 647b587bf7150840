"""Marks of the drawing on a slide: circles and boxes take up the text that stands in their middle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from powermap.maps.drawing.display_list import Mark
from powermap.maps.layout.text_metrics import width_of
from powermap.maps.slides.shapes import Box, Pen, Shape, Words, fill, preset, steps, union

MIDDLE = 0.36
"""How far above its baseline the middle of a text is, in parts of its size."""


def draw(
    pen: Pen,
    marks: Sequence[Mark],
    at: tuple[float, float] = (0.0, 0.0),
    *,
    name: str = "",
    about: str = "",
    number: int = 0,
) -> Iterator[Shape]:
    """Draw marks around a point.

    Parameters
    ----------
    name, about, number
        Of the first filled circle: a person's own; everything else is decoration.
    """
    marks = [mark for mark in marks if not (mark[0] == "t" and not words_of(mark, pen.lang))]
    veiled = {i for i, mark in enumerate(marks) if mark[0] == "c" and mark[4] == "veil"}
    taken: set[int] = set()
    named = False
    for i, mark in enumerate(marks):
        if i in taken or i in veiled:
            continue
        if mark[0] == "t":
            yield text(pen, mark, at)
            continue
        inner = next((j for j in range(i + 1, len(marks)) if j not in veiled), None)
        label = ""
        if inner is not None and _inside(marks[inner], mark):
            taken.add(inner)
            label = pen.body([_words(marks[inner], pen.lang)])
        if mark[0] == "c":
            _, x, y, r, painted, stroke, width, dash = mark
            own = painted != "none" and not named
            named = named or own
            yield pen.oval(
                at[0] + x,
                at[1] + y,
                r,
                paint=fill(painted, faded=i + 1 in veiled),
                outline=pen.line(stroke, width, dash),
                text=label,
                name=name if own else "",
                about=about if own else "",
                number=number if own else 0,
            )
        else:
            yield path(pen, [mark], at, text=label)


def words_of(mark: Mark, lang: str) -> str:
    """Return a text mark's text in a language."""
    return str(mark[3] if isinstance(mark[3], str) else mark[3][0 if lang == "zh" else 1])


def _words(mark: Mark, lang: str) -> Words:
    return Words(words_of(mark, lang), mark[4], mark[5], mark[6] >= 600, "italic" in mark[8])


def _inside(mark: Mark, around: Mark) -> bool:
    """Tell whether a text stands in the middle of a closed shape."""
    if mark[0] != "t" or mark[7] != "middle":
        return False
    if around[0] == "c":
        x, y = around[1], around[2]
    elif around[2].endswith("Z"):
        box = _extent(around)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    else:
        return False
    return bool(abs(mark[1] - x) < 1.5 and abs(mark[2] - MIDDLE * mark[4] - y) < 1.5)


def _extent(mark: Mark) -> Box:
    return union([(x, y, x, y) for _, points in steps(mark[1]) for x, y in points])


def text(pen: Pen, mark: Mark, at: tuple[float, float] = (0.0, 0.0)) -> Shape:
    """Draw one line of text at its place."""
    _, x, y, _, size, _, _, anchor, _ = mark
    width = width_of(words_of(mark, pen.lang), size) + 2
    left = at[0] + x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    middle = at[1] + y - MIDDLE * size
    box = (left, middle - 0.7 * size, left + width, middle + 0.7 * size)
    align = {"start": "l", "middle": "ctr", "end": "r"}[anchor]
    # What has a halo on the map has a ground here: lines pass behind it.
    ground = fill("lane" if "halo" in mark[8] else "none")
    return pen.words(box, [_words(mark, pen.lang)], align, name="text", paint=ground)


def path(
    pen: Pen,
    marks: Sequence[Mark],
    at: tuple[float, float] = (0.0, 0.0),
    *,
    text: str = "",
    name: str = "",
    about: str = "",
) -> Shape:
    """Draw paths as one shape: a box with round corners, a straight line, or a freeform."""
    dx, dy = at
    d, stroke, width, painted, dash = marks[0][1:]
    line = pen.line(stroke, width, dash)
    if "a" in d:
        a, b, c, e = _extent(marks[0])
        radius = float(d.split("a", 1)[1].split()[0])
        geometry = preset("roundRect", adj=100000 * radius / min(c - a, e - b))
        box = (a + dx, b + dy, c + dx, e + dy)
        return pen.shape(box, geometry, paint=fill(painted), outline=line, text=text, name=name, about=about)
    moved = [
        ([(step, [(x + dx, y + dy) for x, y in points]) for step, points in steps(m[1])], m[4], m[2])
        for m in marks
    ]
    if len(marks) == 1 and [step for step, _ in moved[0][0]] == ["M", "L"]:
        (_, [start]), (_, [end]) = moved[0][0]
        return pen.straight(start, end, line, name=name, about=about)
    colour = next((m[4] for m in marks if m[4] != "none"), "none")
    return pen.freeform(moved, paint=fill(colour), outline=line, text=text, name=name, about=about)
