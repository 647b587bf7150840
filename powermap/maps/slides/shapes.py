"""Marks as native shapes of a slide: ovals, boxes, freeforms and connectors that stay editable.

The shapes are written as DrawingML without a style, so that no theme adds a shadow or a colour of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import count
from typing import Any, NamedTuple

from powermap.maps.drawing.display_list import DASH, DOT, SHORT
from powermap.maps.drawing.svg import printable
from powermap.pages.colours import rgb

POINT = 12700
"""English Metric Units in a point."""
LATIN, CHINESE = "Arial", "Microsoft YaHei"
DASHES = ((DASH, "dash"), (DOT, "sysDot"), (SHORT, "sysDash"))
Box = tuple[float, float, float, float]
Step = tuple[str, list[tuple[float, float]]]


class Shape(NamedTuple):
    """A shape's XML and the box it fills, in units of the drawing."""

    xml: str
    box: Box


class Words(NamedTuple):
    """One line of text: `pitch` is the distance to the line before, `colour` a token."""

    text: str
    size: float
    colour: str
    bold: bool = False
    italic: bool = False
    pitch: float = 0.0


def plain(text: str) -> str:
    """Write text for XML: what it can't hold left out, marks of markup escaped."""
    return escape(printable(text).replace("\n", " ").replace("\t", " "))


def colour(token: str, *, faded: bool = False) -> str:
    """Return a token's colour as six digits; faded is nearer to white."""
    return "".join(f"{round(p + (255 - p) * 0.3 * faded):02X}" for p in rgb("map", token))


def fill(token: str, *, faded: bool = False) -> str:
    """Return a fill."""
    if token == "none":
        return "<a:noFill/>"
    if token == "hatch":
        front, back = colour("line"), colour("paper")
        return (
            f'<a:pattFill prst="ltUpDiag"><a:fgClr><a:srgbClr val="{front}"/></a:fgClr>'
            f'<a:bgClr><a:srgbClr val="{back}"/></a:bgClr></a:pattFill>'
        )
    return f'<a:solidFill><a:srgbClr val="{colour(token, faded=faded)}"/></a:solidFill>'


class Pen:
    """Draws onto one slide: `scale` points for a unit of the drawing, its origin at `left`, `top` points."""

    def __init__(
        self,
        lang: str,
        scale: float = 1.0,
        left: float = 0.0,
        top: float = 0.0,
        numbers: Iterator[int] | None = None,
    ) -> None:
        self.lang, self.scale, self.left, self.top = lang, scale, left, top
        self.numbers = numbers or count(10)

    def at(self, scale: float, left: float, top: float) -> Pen:
        """Return a pen for a drawing of another scale on the same slide."""
        return Pen(self.lang, scale, left, top, self.numbers)

    def number(self) -> int:
        """Return a number that no other shape of the slide has."""
        return next(self.numbers)

    def emu(self, value: float) -> int:
        """Return a length as slides count it."""
        return round(value * self.scale * POINT)

    def place(self, box: Box) -> tuple[int, int, int, int]:
        """Return a box on the slide: left, top, width, height."""
        left, top = self.left + box[0] * self.scale, self.top + box[1] * self.scale
        return round(left * POINT), round(top * POINT), self.emu(box[2] - box[0]), self.emu(box[3] - box[1])

    def frame(self, box: Box, more: str = "") -> str:
        """Return a shape's place as XML."""
        x, y, width, height = self.place(box)
        return f'<a:xfrm{more}><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'

    def line(self, token: str, width: float, dash: Sequence[float] | None = None, more: str = "") -> str:
        """Return an outline."""
        if token == "none" or not width:
            return "<a:ln><a:noFill/></a:ln>"
        style = next((name for pattern, name in DASHES if dash == pattern), "solid" if not dash else "dash")
        return f'<a:ln w="{self.emu(width)}">{fill(token)}<a:prstDash val="{style}"/><a:round/>{more}</a:ln>'

    def body(
        self,
        lines: Sequence[Words | Sequence[Words]],
        align: str = "ctr",
        anchor: str = "ctr",
        wrap: str = "none",
        inset: float = 0.0,
        tag: str = "p:txBody",
    ) -> str:
        """Return a shape's text, a line of one run or several each; `inset` is the room above it."""
        parts = []
        for line in lines:
            runs = [line] if isinstance(line, Words) else line
            pitch = f'<a:lnSpc><a:spcPts val="{round(runs[0].pitch * self.scale * 100)}"/></a:lnSpc>'
            space = pitch if runs[0].pitch else ""
            words = "".join(self.run(run) for run in runs)
            parts.append(f'<a:p><a:pPr algn="{align}">{space}</a:pPr>{words}</a:p>')
        return (
            f'<{tag}><a:bodyPr wrap="{wrap}" lIns="0" tIns="{self.emu(inset)}" rIns="0" bIns="0" anchor="{anchor}"'
            f' rtlCol="0"/><a:lstStyle/>{"".join(parts) or "<a:p/>"}</{tag}>'
        )

    def run(self, words: Words) -> str:
        """Return a run of text with its fonts: one for Latin, one for Chinese letters."""
        tongue, other = ("zh-CN", "en-US") if self.lang == "zh" else ("en-US", "zh-CN")
        size = max(100, round(words.size * self.scale * 100))
        style = (' b="1"' if words.bold else "") + (' i="1"' if words.italic else "")
        return (
            f'<a:r><a:rPr lang="{tongue}" altLang="{other}" sz="{size}"{style} dirty="0">{fill(words.colour)}'
            f'<a:latin typeface="{LATIN}"/><a:ea typeface="{CHINESE}"/><a:cs typeface="{LATIN}"/></a:rPr>'
            f"<a:t>{plain(words.text)}</a:t></a:r>"
        )

    def shape(
        self,
        box: Box,
        geometry: str,
        *,
        paint: str = "<a:noFill/>",
        outline: str = "<a:ln><a:noFill/></a:ln>",
        text: str = "",
        name: str = "",
        about: str = "",
        number: int = 0,
        kind: str = "",
    ) -> Shape:
        """Return a shape: `geometry` is its form, `about` what a screen reader says of it."""
        number = number or self.number()
        told = f' descr="{plain(about)}"' if about else ""
        words = text or self.body([])
        return Shape(
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{plain(name or f"mark {number}")}"{told}/>'
            f"<p:cNvSpPr{kind}/><p:nvPr/></p:nvSpPr><p:spPr>{self.frame(box)}{geometry}{paint}{outline}</p:spPr>"
            f"{words}</p:sp>",
            box,
        )

    def oval(self, x: float, y: float, r: float, **more: Any) -> Shape:
        """Return a circle."""
        return self.shape((x - r, y - r, x + r, y + r), preset("ellipse"), **more)

    def words(
        self, box: Box, lines: Sequence[Words | Sequence[Words]], align: str = "ctr", **more: Any
    ) -> Shape:
        """Return a text box."""
        text = self.body(lines, align, more.pop("anchor", "ctr"), more.pop("wrap", "none"))
        return self.shape(box, preset("rect"), text=text, kind=' txBox="1"', **more)

    def group(self, shapes: Sequence[Shape], name: str, about: str = "") -> Shape:
        """Return shapes that move together."""
        box = union([s.box for s in shapes])
        x, y, width, height = self.place(box)
        told = f' descr="{plain(about)}"' if about else ""
        return Shape(
            f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{self.number()}" name="{plain(name)}"{told}/><p:cNvGrpSpPr/><p:nvPr/>'
            f'</p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/>'
            f'<a:chOff x="{x}" y="{y}"/><a:chExt cx="{width}" cy="{height}"/></a:xfrm></p:grpSpPr>'
            f"{''.join(s.xml for s in shapes)}</p:grpSp>",
            box,
        )

    def straight(
        self, start: tuple[float, float], end: tuple[float, float], outline: str, **more: str
    ) -> Shape:
        """Return a straight line."""
        box = union([(*start, *start), (*end, *end)])
        turned = (' flipH="1"' if end[0] < start[0] else "") + (' flipV="1"' if end[1] < start[1] else "")
        return self.connector(box, turned, preset("straightConnector1"), outline, **more)

    def connector(
        self,
        box: Box,
        turned: str,
        geometry: str,
        outline: str,
        *,
        ends: str = "",
        name: str = "",
        about: str = "",
    ) -> Shape:
        """Return a connector; `ends` says which shapes it holds on to."""
        number = self.number()
        told = f' descr="{plain(about)}"' if about else ""
        return Shape(
            f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{number}" name="{plain(name or f"line {number}")}"{told}/>'
            f"<p:cNvCxnSpPr>{ends}</p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr>"
            f"<p:spPr>{self.frame(box, turned)}{geometry}{outline}</p:spPr></p:cxnSp>",
            box,
        )

    def freeform(self, paths: Sequence[tuple[list[Step], str, str]], **more: Any) -> Shape:
        """Return one shape of several paths, each with its fill and stroke; the first that has one colours all."""
        ends = [point for steps, _, _ in paths for _, points in steps for point in points]
        box = union([(x, y, x, y) for x, y in ends])
        _, _, width, height = self.place(box)
        parts = []
        for steps, painted, drawn in paths:
            hollow = "" if painted != "none" else ' fill="none"'
            bare = "" if drawn != "none" else ' stroke="0"'
            inner = "".join(self._step(name, points, box) for name, points in steps)
            parts.append(f'<a:path w="{width}" h="{height}"{hollow}{bare}>{inner}</a:path>')
        geometry = (
            "<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>"
            f'<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>{"".join(parts)}</a:pathLst></a:custGeom>'
        )
        return self.shape(box, geometry, **more)

    def _step(self, name: str, points: list[tuple[float, float]], box: Box) -> str:
        tag = {"M": "moveTo", "L": "lnTo", "Q": "quadBezTo", "C": "cubicBezTo", "Z": "close"}[name]
        inner = "".join(f'<a:pt x="{self.emu(x - box[0])}" y="{self.emu(y - box[1])}"/>' for x, y in points)
        return f"<a:{tag}>{inner}</a:{tag}>"


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


def preset(name: str, **adjust: float) -> str:
    """Return one of the forms that every program knows."""
    guides = "".join(f'<a:gd name="{k}" fmla="val {round(v)}"/>' for k, v in adjust.items())
    return f'<a:prstGeom prst="{name}"><a:avLst>{guides}</a:avLst></a:prstGeom>'


def union(boxes: Sequence[Box]) -> Box:
    """Return the smallest box around others."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)
