"""The marks of which every drawing is made, once, for the canvas, SVG, paper and slides alike.

A mark is a list: ``["p", d, stroke, width, fill, dash]`` a path, ``["c", x, y, r, fill, stroke, width, dash]`` a circle,
``["t", x, y, text, size, colour, weight, anchor, style]`` a text; colours are tokens of the theme, texts may be
``[zh, en]``. People's marks are relative to their centre.
"""

from __future__ import annotations

from typing import Any

Mark = list[Any]
DASH, DOT, SHORT = [4, 3], [1.2, 3], [3, 2.5]
"""Dashes: of posts that nobody is known to hold, of what is assumed, of dotted reporting lines."""


def n(value: float) -> str:
    """Write a coordinate: one decimal, so that equal drawings are equal bytes."""
    text = f"{value:.1f}"
    return "0.0" if text == "-0.0" else text
