"""Colours of a slide: tokens of the theme, for the areas and outlines of its shapes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_LINE, MSO_PATTERN

from powermap.maps.drawing.marks import DASH, DOT, SHORT
from powermap.pages.colours import rgb

DASHES = {
    tuple(DASH): MSO_LINE.DASH,
    tuple(DOT): MSO_LINE.ROUND_DOT,
    tuple(SHORT): MSO_LINE.SQUARE_DOT,
}


@dataclass(frozen=True, slots=True)
class Paint:
    """The colours of a shape and its outline as tokens, and the outline's width and dashes; faded is nearer to white."""

    fill: str = "none"
    stroke: str = "none"
    width: float = 0.0
    dash: tuple[float, ...] = ()
    faded: bool = False


@cache
def colour(token: str, faded: bool = False) -> RGBColor:
    """Return a token's colour; faded is nearer to white."""
    return RGBColor(*(round(part + (255 - part) * 0.3 * faded) for part in rgb("map", token)))


def fill(area: Any, token: str, *, faded: bool = False) -> None:
    """Fill an area, or a line, with a token's colour."""
    if token == "none":
        area.background()
    elif token == "hatch":
        area.patterned()
        area.pattern = MSO_PATTERN.LIGHT_UPWARD_DIAGONAL
        area.fore_color.rgb, area.back_color.rgb = colour("line"), colour("paper")
    else:
        area.solid()
        area.fore_color.rgb = colour(token, faded)


def outline(line: Any, paint: Paint, width: int) -> None:
    """Draw an outline in its colour, so many EMU wide, or none."""
    if paint.stroke == "none" or not paint.width:
        line.fill.background()
        return
    line.width = width
    fill(line.fill, paint.stroke)
    if paint.dash:
        line.dash_style = DASHES.get(paint.dash, MSO_LINE.DASH)
