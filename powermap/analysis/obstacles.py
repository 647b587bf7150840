"""Why a way is closed, and what would open one: whom no introduction passes, a meeting, a circle."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from powermap.analysis.allegiance import held_by
from powermap.analysis.circles import shared
from powermap.analysis.facts import MOST, attitudes
from powermap.analysis.meetings import met
from powermap.analysis.projection import SOURCE, access, blocked
from powermap.analysis.text import call, join, supplier_name
from powermap.findings import Input
from powermap.lens import Lens
from powermap.words import Words, by_language


@dataclass(frozen=True, slots=True)
class Closed:
    """Why nobody of the supplier's reaches a person.

    `each` are people through any one of whom, if it were passable, a way would lead; without one, `together` are those whom
    the way with the fewest such people passes. `opened` are ways through a meeting or a circle, with how they begin.
    """

    each: tuple[str, ...]
    together: tuple[str, ...]
    opened: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who stands in the way."""
        return self.each or self.together


def closed(lens: Lens, target: str) -> Closed:
    """Look for what stands between the supplier and a person who is out of reach."""
    shut = blocked(lens) - {target}
    graph = access(lens, through_opponents=True)
    each, together = [], []
    for person in lens.seats:
        if person in shut and _path(graph, target, shut - {person}):
            each.append(person)
    if not each and (path := _path(graph, target, set(), shut)):
        together = [p for p in path if p in shut]
    opened = tuple(
        (kind, path)
        for kind, found in (("meeting", access(lens, meetings=True)), ("circle", access(lens, circles=True)))
        if (path := _path(found, target, set()))
    )
    return Closed(tuple(each), tuple(together), opened)


def _path(graph: nx.DiGraph, target: str, without: set[str], dear: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the way of the largest probability that passes nobody of `without`, and of `dear` as few as can be."""
    dear = set(dear)

    def cost(tail: str, head: str, data: dict[str, float]) -> float | None:
        return None if tail in without else data["length"] + (1e6 if tail in dear else 0.0)

    try:
        return tuple(nx.dijkstra_path(graph, SOURCE, target, weight=cost)[1:])
    except nx.NetworkXNoPath:
        return ()


def side(lens: Lens, person: str) -> Words:
    """Say why an introduction doesn't pass a person: opposes the supplier, or is a rival's."""
    rival = held_by(lens, person)
    if rival is None:
        name = Words("我方", "us") if lens.supplier.us else supplier_name(lens)
        level = lens.pack.attitudes[lens.attitude(person) or -1].words
        return Words(
            f"{level.zh}{name.zh}", f"who {level.en} {'of ' if level.en == 'disapproves' else ''}{name.en}"
        )
    organization = next(s.organization for s in lens.suppliers if s.id == rival)
    name = by_language(organization.name, organization.name_alt)
    if lens.attitude(person, rival) == 3:
        return Words(f"{name.zh}的教练", f"a coach of {name.en}")
    return Words(f"{name.zh}的排他支持者", f"an exclusive supporter of {name.en}")


def told(lens: Lens, found: Closed) -> Words | None:
    """Say who closes the way; None where no way is known even through them."""
    if not found.people:
        return None
    listed = [
        Words(f"{call(lens, p).zh}（{side(lens, p).zh}）", f"{call(lens, p).en}, {side(lens, p).en}")
        for p in found.people
    ]
    if len(listed) == 1:
        return Words(f"唯一的路要经过 {listed[0].zh}", f"the only way runs through {listed[0].en}")
    if found.each:
        both = join(listed, MOST)
        return Words(f"能走的路都要经过 {both.zh}", f"every way runs through one of these: {_list(listed)}")
    return Words(
        f"最近的路也要先后经过 {join(listed, MOST).zh}",
        f"the nearest way runs through all of these: {_list(listed)}",
    )


def _list(listed: list[Words]) -> str:
    # The parts have commas of their own.
    shown = "; ".join(w.en for w in listed[:MOST])
    return shown if len(listed) <= MOST else f"{shown}; and {len(listed) - MOST} more"


def begun(lens: Lens, found: Closed) -> Words | None:
    """Say how a way could begin: a meeting, or a circle; None without either."""
    parts = []
    for kind, path in found.opened:
        chain = Words(*(" → ".join(call(lens, p)[lang] for p in path) for lang in ("zh", "en")))
        if kind == "meeting":
            last = met(lens)[path[1]]
            ours, theirs = call(lens, last.ours), call(lens, last.person)
            day = last.event.on
            parts.append(
                Words(
                    f"{ours.zh} {day} 见过 {theirs.zh}，可从这里开始（{chain.zh}）",
                    f"{ours.en} met {theirs.en} on {day}: begin there ({chain.en})",
                )
            )
        else:
            a, b = next((s for s in pairwise(path) if shared(lens, *s).zh), path[:2])
            circle, one, other = shared(lens, a, b), call(lens, a), call(lens, b)
            parts.append(
                Words(
                    f"{one.zh} 与 {other.zh} 同在“{circle.zh}”（{chain.zh}；ways --circles）",
                    f"{one.en} and {other.en} share {circle.en} ({chain.en}; ways --circles)",
                )
            )
    if not parts:
        return None
    return Words("；".join(p.zh for p in parts), "; ".join(p.en for p in parts))


def grounds(lens: Lens, found: Closed) -> tuple[Input, ...]:
    """Return what a closed way rests on: what those in it think, towards whoever makes them impassable; and meetings."""
    inputs = [i for p in found.people for i in attitudes(lens, [p], held_by(lens, p))]
    inputs += [met(lens)[path[1]].fact(lens) for kind, path in found.opened if kind == "meeting"]
    return tuple(inputs[:MOST])
