"""What the analysis adds to a map: the way in to everybody, the smallest cut, who can block, and who swings it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from powermap.analysis.deciders import deciders
from powermap.analysis.fragility import reach
from powermap.analysis.text import call, person_name
from powermap.analysis.ways import best_ways
from powermap.analysis.winning import model
from powermap.lens import Lens
from powermap.words import Words

SWING, LEAST = 2, 0.01
"""People marked as swinging the decision, and the least worth of one step of attitude, in P(win), to be one."""


@dataclass(frozen=True)
class Route:
    """The best way of a supplier to a person: its `owner`, then `people` up to that person, and its `chance`.

    `cut` names people of the account in one smallest cut, for a decision-maker.
    """

    owner: Words
    people: tuple[str, ...]
    chance: float
    cut: tuple[str, ...] = ()


def routes(lens: Lens, pages: Mapping[str, str]) -> dict[str, Route]:
    """Return the most probable way in to everybody who can be reached, by page ids."""
    found = reach(lens)
    drawn = {}
    for person, way in best_ways(lens).items():
        cut = found.cut(person) if person in found.targets else ()
        ours, *theirs = way.people
        drawn[pages[person]] = Route(
            call(lens, ours),
            tuple(pages[p] for p in theirs),
            round(way.probability, 3),
            tuple(pages[p] for p in cut if p in pages),
        )
    return drawn


def blockers(lens: Lens) -> frozenset[str]:
    """Return who can block the decision alone."""
    return frozenset(p.player.removesuffix("?") for p in deciders(lens).powers if p.can_block)


def swinging(lens: Lens) -> frozenset[str]:
    """Return whose one step of attitude moves the supplier's P(win) most."""
    m = model(lens)
    if m is None:
        return frozenset()
    worth = m.gradient()
    order = sorted(worth, key=lambda p: (-round(worth[p], 9), person_name(lens, p)))
    return frozenset(p for p in order[:SWING] if worth[p] >= LEAST)
