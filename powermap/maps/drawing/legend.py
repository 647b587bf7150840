"""The legend as marks, for paper and slides; the page has its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from powermap import resources
from powermap.maps.drawing.marks import DASH, SHORT, Mark, n
from powermap.maps.layout.text_metrics import width_of
from powermap.maps.scene.model import Scene

SIZE, ROW, GAP = 9.5, 20.0, 16.0
"""Size of the letters, height of a row, room between two keys."""


class Key(NamedTuple):
    """One sign with its words: `draw` returns its marks around a left edge and a middle line."""

    width: float
    draw: Callable[[float, float], list[Mark]]
    words: str


def banner(scene: Scene, lang: str, profile: str) -> str:
    """Say for whom a map is, and with the profile full who drew it and when."""
    return " · ".join(part for part in (words(lang)[f"banner_{profile}"], scene.mark) if part)


def words(lang: str) -> dict[str, str]:
    """Return the page's words in one language."""
    at = 0 if lang == "zh" else 1
    return {key: pair[at] for key, pair in json.loads(resources.text("viz", "words.json")).items()}


def legend(scene: Scene, lang: str, room: float, left: float = 0, top: float = 0) -> tuple[list[Mark], float]:
    """Set the legend into a width; return its marks and its height."""
    return _set(_rows(scene, lang), room, left, top)


def _set(rows: Iterable[list[Key]], room: float, left: float, top: float) -> tuple[list[Mark], float]:
    marks: list[Mark] = []
    y = top + ROW / 2
    for row in rows:
        x = left
        for key in row:
            # With a capital, as on the page.
            said = key.words[:1].upper() + key.words[1:]
            width = key.width + 5 + width_of(said, SIZE)
            if x > left and x + width > left + room:
                x, y = left, y + ROW
            marks += key.draw(x, y)
            marks.append(
                ["t", x + key.width + 5, y + 3.5, said, SIZE, "muted", 400, "start", ""],
            )
            x += width + GAP
        y += ROW
    return marks, y - ROW / 2 - top


def _rows(scene: Scene, lang: str) -> Iterator[list[Key]]:
    at, said = 0 if lang == "zh" else 1, words(lang)
    if not scene.plain:
        yield [
            *(_ball(f"att{v}", _signed(v), f"on{v}", t[at]) for v, t in scene.attitudes.items()),
            _ball("hatch", "?", "ink", said["unknown"]),
        ]
        yield [_badge(badge[at], filled, name[at]) for _, name, badge, filled in scene.roles]
    lines = [_line("line", 1.3, None, said["lg_line"]), _line("line", 1.3, SHORT, said["lg_dotted"])]
    nobody = _ring("outline", 1.2, 6.5, DASH, said["lg_placeholder"])
    if scene.plain:
        yield [*lines, nobody]
        return
    yield [
        Key(26, lambda x, y: [_circle(x + 6, y + 1, 4), _circle(x + 18, y, 7)], said["lg_power"]),
        *lines,
        Key(28, _sway, said["lg_sway"]),
        Key(26, _conflict, said["lg_conflict"]),
        _ring("risk", 2.6, 6.5, None, said["lg_single"]),
        Key(
            8,
            lambda x, y: [["t", x + 4, y + 3.5, "1", 10, "risk", 800, "middle", ""]],
            said["lg_sole"],
        ),
        _ring("risk", 1.6, 4, None, said["lg_open"]),
        Key(11, _barred, said["lg_block"]),
        Key(10, _diamond, said["lg_swing"]),
        nobody,
    ]


def _signed(value: int) -> str:
    return f"{value:+d}".replace("-", "−") if value else "0"


def _circle(x: float, y: float, r: float) -> Mark:
    return ["c", x, y, r, "paper", "outline", 1.1, None]


def _ball(fill: str, label: str, ink: str, text: str) -> Key:
    def draw(x: float, y: float) -> list[Mark]:
        return [
            ["c", x + 8, y, 8, fill, "outline", 1, None],
            ["t", x + 8, y + 3.2, label, 9, ink, 700, "middle", ""],
        ]

    return Key(16, draw, text)


def _badge(label: str, filled: bool, text: str) -> Key:
    def draw(x: float, y: float) -> list[Mark]:
        box = f"M{n(x)} {n(y - 7)}h14v14h-14Z"
        return [
            ["p", box, "ink", 1, "ink" if filled else "paper", None],
            ["t", x + 7, y + 3.2, label, 9, "paper" if filled else "ink", 700, "middle", ""],
        ]

    return Key(14, draw, text)


def _line(colour: str, width: float, dash: Sequence[float] | None, text: str) -> Key:
    return Key(24, lambda x, y: [["p", f"M{n(x)} {n(y)}H{n(x + 24)}", colour, width, "none", dash]], text)


def _ring(colour: str, width: float, r: float, dash: Sequence[float] | None, text: str) -> Key:
    return Key(2 * r, lambda x, y: [["c", x + r, y, r, "paper", colour, width, dash]], text)


def _barred(x: float, y: float) -> list[Mark]:
    slash = f"M{n(x + 2.9)} {n(y + 2.6)}L{n(x + 8.1)} {n(y - 2.6)}"
    return [["c", x + 5.5, y, 4.8, "paper", "risk", 1.5, None], ["p", slash, "risk", 1.5, "none", None]]


def _diamond(x: float, y: float) -> list[Mark]:
    d = f"M{n(x + 0.4)} {n(y)}L{n(x + 5)} {n(y - 4.6)}L{n(x + 9.6)} {n(y)}L{n(x + 5)} {n(y + 4.6)}Z"
    return [["p", d, "none", 0, "us", None]]


def _sway(x: float, y: float) -> list[Mark]:
    head = f"M{n(x + 27)} {n(y)}L{n(x + 19)} {n(y - 4)}V{n(y + 4)}Z"
    return [
        ["p", f"M{n(x)} {n(y)}H{n(x + 20)}", "sway", 2, "none", None],
        ["p", head, "none", 0, "sway", None],
    ]


def _conflict(x: float, y: float) -> list[Mark]:
    steps = ((0, 0), (4, -3), (9, 3), (14, -3), (19, 3), (25, 0))
    d = "".join(f"{'L' if i else 'M'}{n(x + dx)} {n(y + dy)}" for i, (dx, dy) in enumerate(steps))
    return [["p", d, "risk", 1.5, "none", None]]


def difference_legend(
    scene: Scene, lang: str, room: float, left: float = 0, top: float = 0
) -> tuple[list[Mark], float]:
    """Set the legend of the map that says who leads."""
    at, said = 0 if lang == "zh" else 1, words(lang)
    row = [
        *(_ball(c.tone, c.letter[at], "onTone", c.name[at]) for c in scene.camps),
        _ball("att0", "=", "on0", said["level"]),
        _ball("hatch", "?", "ink", said["unknown"]),
        _ball("paper", "–", "ink", said["nobody"]),
        Key(11, _barred, said["lg_block"]),
    ]
    return _set([row], room, left, top)


def subtitle(scene: Scene, lang: str) -> str:
    """Say for which deal and of which day a drawing is, and since when its arrows tell what moved."""
    at, said = 0 if lang == "zh" else 1, words(lang)
    parts = [scene.deal[at]] if scene.deal[at] and not scene.plain else []
    parts.append(f"{said['asof']} {scene.as_of}")
    if scene.since and not scene.plain:
        parts.append(f"▲▼ {said['since']} {scene.since}")
    return " · ".join(parts)
