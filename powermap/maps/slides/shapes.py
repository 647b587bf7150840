"""Shapes of a slide that stay editable: ovals, boxes, texts, freeforms and connectors, placed as the drawing has them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, NamedTuple

from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Centipoints

from powermap.maps.drawing.paths import Box, Point, Step, around, union
from powermap.maps.drawing.svg import printable
from powermap.maps.slides import drawingml
from powermap.maps.slides.paint import Paint, colour, fill, outline

POINT = 12700
"""English Metric Units in a point."""
LATIN, CHINESE = "Arial", "Microsoft YaHei"


class Run(NamedTuple):
    """A run of text: `pitch` is the distance to the line before, `colour` a token."""

    text: str
    size: float
    colour: str
    bold: bool = False
    italic: bool = False
    pitch: float = 0.0


Line = Run | Sequence[Run]
"""One line of text, of one run or several."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How text stands in its box; `inset` is the room above it."""

    align: Any = PP_ALIGN.CENTER
    anchor: Any = MSO_ANCHOR.MIDDLE
    wrap: bool = False
    inset: float = 0.0


MIDDLE = Setting()


def plain(text: str) -> str:
    """Return a text as one line, without what XML can't hold."""
    return printable(text).replace("\n", " ").replace("\t", " ")


class Pen:
    """Draws onto one slide: `scale` points for a unit of the drawing, its origin at `left`, `top` points."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.shapes: Any = None
        self.scale, self.left, self.top = 1.0, 0.0, 0.0
        self._patterns: dict[tuple[Any, ...], Any] = {}

    def on(self, shapes: Any) -> Pen:
        """Return a pen for another slide."""
        pen = copy(self)
        pen.shapes = shapes
        return pen

    def at(self, scale: float, left: float, top: float) -> Pen:
        """Return a pen for a drawing of another scale on the same slide."""
        pen = copy(self)
        pen.scale, pen.left, pen.top = scale, left, top
        return pen

    def emu(self, value: float) -> int:
        """Return a length as slides count it."""
        return round(value * self.scale * POINT)

    def place(self, box: Box) -> tuple[int, int, int, int]:
        """Return a box on the slide: left, top, width, height."""
        left, top = self.left + box[0] * self.scale, self.top + box[1] * self.scale
        return round(left * POINT), round(top * POINT), self.emu(box[2] - box[0]), self.emu(box[3] - box[1])

    def oval(self, x: float, y: float, r: float, paint: Paint, **called: str) -> Any:
        """Draw a circle."""
        return self._shape(MSO_SHAPE.OVAL, (x - r, y - r, x + r, y + r), paint, **called)

    def rounded(self, box: Box, radius: float, paint: Paint, **called: str) -> Any:
        """Draw a box with round corners."""
        shape = self._shape(MSO_SHAPE.ROUNDED_RECTANGLE, box, paint, **called)
        shape.adjustments[0] = radius / min(box[2] - box[0], box[3] - box[1])
        return shape

    def freeform(self, paths: Sequence[tuple[list[Step], str, str]], paint: Paint, **called: str) -> Any:
        """Draw several paths as one shape, each with its fill and stroke, none or the one of `paint`."""
        box = union([around(steps) for steps, _, _ in paths])
        shape = self._shape(MSO_SHAPE.RECTANGLE, box, paint, **called)
        unit = self.scale * POINT
        moved = [
            (
                [(name, [((x - box[0]) * unit, (y - box[1]) * unit) for x, y in at]) for name, at in steps],
                filled != "none",
                stroke != "none",
            )
            for steps, filled, stroke in paths
        ]
        drawingml.curve(shape, moved)
        return shape

    def text(
        self,
        box: Box,
        lines: Sequence[Line],
        setting: Setting = MIDDLE,
        *,
        ground: str = "none",
        **called: str,
    ) -> Any:
        """Write a text box; `ground` is the colour behind the text."""

        def make(place: tuple[int, int, int, int]) -> Any:
            shape = self.shapes.add_textbox(*place)
            if ground != "none":
                fill(shape.fill, ground)
            shape.text_frame.auto_size = None
            self._set(shape.text_frame, setting)
            return shape

        shape = self._like(("text", setting, ground), make, self.place(box))
        self.lines(shape.text_frame, lines, setting.align)
        return self._called(shape, **called)

    def straight(self, start: Point, end: Point, paint: Paint, **called: str) -> Any:
        """Draw a straight line."""
        box = union([(*start, *start), (*end, *end)])
        mirrored = end[0] < start[0], end[1] < start[1]
        return self._connector(MSO_CONNECTOR.STRAIGHT, box, paint, mirrored, 0, **called)

    def elbow(
        self, box: Box, paint: Paint, *, turn: int, mirrored: bool, bends: Sequence[float], **called: str
    ) -> Any:
        """Draw a connector with one bend or three, lying in a box, perhaps mirrored, then turned by some degrees."""
        line = self._connector(MSO_CONNECTOR.ELBOW, box, paint, (False, mirrored), turn, **called)
        drawingml.bend(line, f"bentConnector{len(bends) + 2}", *bends)
        return line

    def groups(self, number: int) -> list[Any]:
        """Return so many empty groups; made first, because python-pptx looks for a number on the whole slide."""
        groups = [self.shapes.add_group_shape() for _ in range(number)]
        self.shapes.turbo_add_enabled = True
        return groups

    def gather(self, group: Any, shapes: Sequence[Any], **called: str) -> None:
        """Let shapes move together."""
        drawingml.gather(group, shapes)
        self._called(group, **called)

    def write(self, shape: Any, lines: Sequence[Line], setting: Setting = MIDDLE) -> None:
        """Write text into a shape, a line of one run or several each."""
        if setting != MIDDLE:
            self._set(shape.text_frame, setting)
        self.lines(shape.text_frame, lines, setting.align)

    def _set(self, frame: Any, setting: Setting) -> None:
        frame.word_wrap, frame.vertical_anchor = setting.wrap, setting.anchor
        frame.margin_left = frame.margin_right = frame.margin_bottom = 0
        frame.margin_top = self.emu(setting.inset)

    def lines(self, frame: Any, lines: Sequence[Line], align: Any) -> None:
        """Write lines into a text frame that is empty."""
        for number, line in enumerate(lines):
            runs = [line] if isinstance(line, Run) else line
            key = (self.scale, align, *(run._replace(text="") for run in runs))
            if key not in self._patterns:
                self._patterns[key] = self._paragraph(frame, runs, align)
            texts = [plain(run.text) for run in runs]
            drawingml.paragraph(self._patterns[key], frame, texts, first=number == 0)

    def _paragraph(self, frame: Any, runs: Sequence[Run], align: Any) -> Any:
        """Make the pattern of a line."""
        paragraph = frame.add_paragraph()
        paragraph.alignment = align
        if runs[0].pitch:
            paragraph.line_spacing = Centipoints(round(runs[0].pitch * self.scale * 100))
        for run in runs:
            self._dress(paragraph.add_run(), run)
        return drawingml.taken_out(paragraph)

    def _dress(self, made: Any, run: Run) -> None:
        made.text = "-"
        font = made.font
        font.size = Centipoints(max(100, round(run.size * self.scale * 100)))
        if run.bold:
            font.bold = True
        if run.italic:
            font.italic = True
        chinese = self.lang == "zh"
        font.language_id = MSO_LANGUAGE_ID.SIMPLIFIED_CHINESE if chinese else MSO_LANGUAGE_ID.ENGLISH_US
        font.color.rgb = colour(run.colour)
        drawingml.typefaces(made, LATIN, CHINESE)

    def _shape(self, kind: Any, box: Box, paint: Paint, **called: str) -> Any:
        def make(place: tuple[int, int, int, int]) -> Any:
            shape = self.shapes.add_shape(kind, *place)
            fill(shape.fill, paint.fill, faded=paint.faded)
            self._set(shape.text_frame, MIDDLE)
            return self._outlined(shape, paint)

        return self._called(self._like((kind, paint), make, self.place(box)), **called)

    def _like(self, key: tuple[Any, ...], make: Callable[..., Any], place: tuple[int, int, int, int]) -> Any:
        """Draw a shape as a copy of one that looks the same, or make the first of its kind."""
        key = (self.scale, *key)
        if key not in self._patterns:
            shape = make(place)
            self._patterns[key] = drawingml.pattern(shape)
            return shape
        return drawingml.copied(self._patterns[key], self.shapes, place)

    def _connector(
        self, kind: Any, box: Box, paint: Paint, mirrored: tuple[bool, bool], turn: int, **called: str
    ) -> Any:
        def make(place: tuple[int, int, int, int]) -> Any:
            ends = (place[0], place[0] + place[2]), (place[1], place[1] + place[3])
            x, y = (side[::-1] if turned else side for side, turned in zip(ends, across, strict=True))
            line = self.shapes.add_connector(kind, x[0], y[0], x[1], y[1])
            line.rotation = turn
            return self._outlined(line, paint)

        place = self.place(box)
        # What has no width can't be mirrored.
        across = mirrored[0] and place[2] > 0, mirrored[1] and place[3] > 0
        return self._called(self._like((kind, paint, across, turn), make, place), **called)

    def _outlined(self, shape: Any, paint: Paint) -> Any:
        drawingml.without_style(shape)
        outline(shape.line, paint, self.emu(paint.width))
        drawingml.round_joins(shape)
        return shape

    def _called(self, shape: Any, name: str = "", about: str = "") -> Any:
        """Give a shape its name, and what is read of it to people who can't see the slide."""
        if name:
            shape.name = plain(name)
        if about:
            drawingml.describe(shape, plain(about))
        return shape
