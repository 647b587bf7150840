"""How much room a text takes, and how it is broken or shortened to fit; without a font at hand, so a little wide."""

from __future__ import annotations

import unicodedata

from powermap.maps.layout.free_slots import continued

NAME, TITLE = 11.5, 9.0
"""Sizes of a person's name and title, in map units."""
SMALLEST = 8.5
"""No name is written smaller."""


def width_of(text: str, size: float) -> float:
    """Estimate a text's width: a full-width character is as wide as the size, another one about 0.58 of it."""
    return sum(size if unicodedata.east_asian_width(c) in "WF" else 0.58 * size for c in text)


def fit(text: str, room: float, size: float) -> str:
    """Shorten a text to a width, with an ellipsis."""
    if width_of(text, size) <= room:
        return text
    used = width_of("…", size)
    for end, letter in enumerate(text):
        used += width_of(letter, size)
        if used > room:
            return text[:end].rstrip() + "…"
    return text


def wrap(name: str, room: float, size: float = NAME) -> list[str]:
    """Break a name into at most two lines, at spaces where there are any; what is still too wide stays so."""
    if width_of(name, size) <= room:
        return [name]
    words = name.split()
    if len(words) > 1:
        # The most even break: the longer line decides how small the name must be written.
        cuts = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
        return list(min(cuts, key=lambda c: max(width_of(line, size) for line in c)))
    if width_of(name, size) <= (room + 1) / SMALLEST * size:
        return [name]
    half = (len(name) + 1) // 2
    return [name[:half], name[half:]]


def lettered(name: str, room: float, size: float = NAME) -> tuple[list[str], float]:
    """Break a name and choose the size that lets it fit; shorten it only where it would be too small to read."""
    lines = wrap(name, room, size)
    widest = max(width_of(line, size) for line in lines)
    chosen = size if widest <= room else max(SMALLEST, round(size * room / widest, 1))
    return [fit(line, room + 1, chosen) for line in lines], chosen


def heading(text: str, room: float, size: float) -> tuple[list[str], float]:
    """Break a lane's name as :func:`lettered` does, but if shortened, at its end only, and before a "(2)"."""
    lines, chosen = lettered(text, room, size)
    if not any("…" in line for line in lines):
        return lines, chosen
    name, more = continued(text)
    words = name.split()
    first = max(n for n in range(len(words)) if width_of(" ".join(words[:n]), chosen) <= room)
    end = len(" ".join(words[:first])) or sum(width_of(name[:n], chosen) <= room for n in range(1, len(name)))
    tail = f" {more}" if more else ""
    return [name[:end], fit(name[end:].strip(), room - width_of(tail, chosen), chosen) + tail], chosen
