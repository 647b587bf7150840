"""The people of a map: circle, attitude, owners on the rim, badges, name and title."""

from __future__ import annotations

from collections.abc import Iterator
from math import asin, cos, pi, sin
from typing import Any

from powermap.maps.drawing.marks import DASH, DOT, Mark, n
from powermap.maps.layout.text_metrics import NAME, TITLE, fit, heading
from powermap.maps.scene.model import Camp, Figure, Scene, Standing

BADGE = 7.2
"""Half the width of a badge."""


def person(scene: Scene, figure: Figure, camp: Camp, view: str) -> list[Mark]:
    """Draw a person in the panel of one supplier: view is ``attitude`` or ``difference``."""
    if scene.plain:
        return [["c", 0, 0, figure.radius, "paper", "outline", 1.1, DASH if figure.placeholder else None]]
    standing = figure.standings[camp.key]
    if view == "difference":
        fill, label, ink = _difference(scene, figure, camp)
    else:
        fill, label, ink = _attitude(standing)
    r = figure.radius
    marks: list[Mark] = []
    if standing.single_contact and view == "attitude":
        marks.append(["c", 0, 0, r + 3.4, "none", "risk", 2.6, None])
    assumed = standing.assumed and standing.known and view == "attitude"
    dash = DASH if figure.placeholder else DOT if assumed else None
    marks.append(["c", 0, 0, r, fill, "outline", 1.1, dash])
    if standing.stale and standing.known and view == "attitude":
        marks.append(["c", 0, 0, r - 0.6, "veil", "none", 0, None])
    size = 11.5 if r > 14 else 10 if r > 11 else 8.5
    marks.append(["t", 0, size * 0.36, label, size, ink, 700, "middle", ""])
    if view == "attitude":
        marks += [*_rim(figure, standing, camp), *_signs(r, standing, camp)]
    return marks


def _signs(r: float, standing: Standing, camp: Camp) -> Iterator[Mark]:
    """Mark with whom the decision swings, and who moved since the last review."""
    if standing.swing:
        x = r + 6.5
        d = f"M{n(x - 4.6)} 0L{n(x)} -4.6L{n(x + 4.6)} 0L{n(x)} 4.6Z"
        yield ["p", d, "paper", 1, camp.tone, None]
    if standing.moved:
        x, y = -r * 0.72 - 3, -r * 0.72 + 1
        sign, colour = ("▲", "up") if standing.moved > 0 else ("▼", "down")
        yield ["t", x, y, sign, 9, colour, 700, "middle", ""]


def always(figure: Figure, room: float) -> list[Mark]:
    """Draw what of a person is the same in every panel and view: badges, whether they can block, labels."""
    return [*_badges(figure), *_block(figure), *labels(figure, room)]


def _block(figure: Figure) -> list[Mark]:
    if not figure.blocks:
        return []
    x = y = (figure.radius + 4) * cos(pi / 4)
    return [
        ["c", x, y, 4.8, "paper", "risk", 1.5, None],
        ["p", f"M{n(x - 2.6)} {n(y + 2.6)}L{n(x + 2.6)} {n(y - 2.6)}", "risk", 1.5, "none", None],
    ]


def _attitude(standing: Standing) -> tuple[str, Any, str]:
    if standing.attitude is None:
        return "hatch", "?", "ink"
    return (
        f"att{standing.attitude}",
        f"{standing.attitude:+d}".replace("-", "−") if standing.attitude else "0",
        f"on{standing.attitude}",
    )


def _difference(scene: Scene, figure: Figure, camp: Camp) -> tuple[str, Any, str]:
    """Say who leads (in our panel), or by how much we are ahead of this supplier."""
    if camp.key == "us":
        lead = figure.lead
        for other in scene.camps:
            if other.id == lead.supplier:
                return other.tone, list(other.letter), "onTone"
        return {
            "contested": ("att0", "=", "on0"),
            "unknown": ("hatch", _seen(figure), "ink"),
            "uncovered": ("hatch", "", "ink"),
            "nobody": ("paper", "–", "ink"),
        }[lead.state]
    ours, theirs = (
        figure.standings["us"].attitude if "us" in figure.standings else None,
        figure.standings[camp.key].attitude,
    )
    if ours is None or theirs is None:
        return "hatch", "?", "ink"
    gap = ours - theirs
    step = max(-2, min(3, gap))
    return f"att{step}", "=" if not gap else f"{'▲' if gap > 0 else '▼'}{abs(gap)}", f"on{step}"


def _seen(figure: Figure) -> str:
    known = [s.attitude for s in figure.standings.values() if s.attitude is not None]
    return f"{max(known):+d}?".replace("-", "−") if known else "?"


def _badges(figure: Figure) -> list[Mark]:
    marks: list[Mark] = []
    r = figure.radius
    for i, (_, text, filled) in enumerate(figure.badges):
        x, y = r * cos(pi / 4) + 5 + i * (2 * BADGE + 0.5), -r * sin(pi / 4) - 5
        left, top = x - BADGE, y - BADGE
        marks.append(
            [
                "p",
                f"M{n(left + 3)} {n(top)}h{n(2 * BADGE - 6)}a3 3 0 0 1 3 3v{n(2 * BADGE - 6)}a3 3 0 0 1 -3 3h-{n(2 * BADGE - 6)}a3 3 0 0 1 -3 -3v-{n(2 * BADGE - 6)}a3 3 0 0 1 3 -3Z",
                "ink",
                1,
                "ink" if filled else "paper",
                None,
            ]
        )
        marks.append(["t", x, y + 3.3, list(text), 9, "paper" if filled else "ink", 700, "middle", ""])
    return marks


def _rim(figure: Figure, standing: Standing, camp: Camp) -> list[Mark]:
    marks: list[Mark] = []
    r = figure.radius
    for i, initial in enumerate(standing.owners):
        # Beside the circle, as low as the name beneath allows.
        angle = pi - asin((r - 3.2) / (r + 5)) + 0.28 * pi * i
        x, y = (r + 5) * cos(angle), (r + 5) * sin(angle)
        marks.append(["c", x, y, 6.2, camp.tone, "paper", 1, None])
        marks.append(
            [
                "t",
                x,
                y + 3,
                initial.zh if initial.zh == initial.en else list(initial),
                8,
                "onTone",
                700,
                "middle",
                "",
            ]
        )
        if standing.sole and i == 0:
            marks.append(["t", x - 9.5, y + 4, "1", 9.5, "risk", 800, "middle", ""])
    if not standing.owners and standing.uncovered:
        x, y = (r + 3) * cos(pi * 0.75), (r + 3) * sin(pi * 0.75)
        marks.append(["c", x, y, 4, "paper", "risk", 1.6, None])
    return marks


def labels(figure: Figure, room: float) -> list[Mark]:
    """Write name and title below a person, in the languages that differ each by its own."""
    style = "halo italic" if figure.placeholder else "halo"
    marks: list[Mark] = []
    zh, zh_size = heading(figure.name.zh, room, NAME)
    en, en_size = heading(figure.name.en, room, NAME)
    base = figure.radius + NAME + 1.5
    if zh == en:
        marks += [
            ["t", 0, base + i * NAME, line, zh_size, "ink", 650, "middle", style] for i, line in enumerate(zh)
        ]
    else:
        for i, line in enumerate(zh):
            marks.append(["t", 0, base + i * NAME, [line, ""], zh_size, "ink", 650, "middle", style])
        for i, line in enumerate(en):
            marks.append(["t", 0, base + i * NAME, ["", line], en_size, "ink", 650, "middle", style])
    for lang, lines in ((0, zh), (1, en)):
        title = figure.title[lang]
        # Of a post that nobody is known to hold the name says it already.
        if not title or title == figure.name[lang]:
            continue
        top = base + len(lines) * NAME - 0.5
        said, size = [fit(title, room + 2, TITLE)], TITLE
        if said != [title] and top + TITLE + 2 <= figure.foot - figure.y:
            said, size = heading(title, room + 2, TITLE)
        for i, line in enumerate(said):
            text = ["", ""]
            text[lang] = line
            marks.append(["t", 0, top + i * TITLE, text, size, "muted", 400, "middle", "halo"])
    return marks
