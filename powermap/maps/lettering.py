"""How much room a text takes, and how it is broken or shortened to fit; without a font at hand, so a little wide."""

from __future__ import annotations

import unicodedata

NAME, TITLE = 11.5, 9.0
"""Sizes of a person's name and title, in map units."""


def width_of(text: str, size: float) -> float:
    """Estimate a text's width: a full-width character is as wide as the size, another one about 0.56 of it."""
    return sum(size if unicodedata.east_asian_width(c) in "WF" else 0.56 * size for c in text)


def fit(text: str, room: float, size: float) -> str:
    """Shorten a text to a width, with an ellipsis."""
    if width_of(text, size) <= room:
        return text
    while text and width_of(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def wrap(name: str, room: float, size: float = NAME) -> list[str]:
    """Break a name into at most two lines, at spaces where there are any."""
    if width_of(name, size) <= room:
        return [name]
    words = name.split()
    for cut in range(len(words) - 1, 0, -1):
        first, rest = " ".join(words[:cut]), " ".join(words[cut:])
        if width_of(first, size) <= room:
            return [first, fit(rest, room, size)]
    cut = len(name)
    while cut > 1 and width_of(name[:cut], size) > room:
        cut -= 1
    return [name[:cut], fit(name[cut:], room, size)]
