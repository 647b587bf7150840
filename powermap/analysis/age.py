"""How old what we know of an account is: its last contact, each relation, each judgement of an attitude."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from powermap.analysis.fragility import reach
from powermap.analysis.rules import coverage
from powermap.analysis.rules.contact import Clock, Contact
from powermap.analysis.rules.staleness import judged
from powermap.analysis.rules.staleness import stale as is_stale
from powermap.lens import Lens


class Relation(NamedTuple):
    """One of ours and whom they cover, with how the relation stands."""

    ours: str
    theirs: str
    contact: Contact


def relations(lens: Lens) -> list[Relation]:
    """Judge every relation of the supplier that has a day to count from, in the order of seats."""
    clock, found = Clock.of(lens.pack), reach(lens)
    together: dict[tuple[str, str], date] = {}
    for event in lens.interactions:
        if event.on is not None:
            together |= {(a, b): event.on for a in event.ours for b in event.theirs}
    begun: dict[tuple[str, str], date] = {}
    pairs = []
    for cover in lens.covers():
        pair = cover.src, cover.dst
        if found.graph.has_edge(*pair) and cover.dst not in found.team:
            pairs.append(pair)
            if cover.period.start is not None:
                begun[pair] = max(cover.period.start, begun.get(pair, cover.period.start))
    team = {p for p, supplier in lens.employer.items() if supplier == lens.supplier.id}
    seen = coverage.last_met(lens.interactions, {b for _, b in pairs}, team, clock.apart)
    result = []
    for a, b in dict.fromkeys(pairs):
        days = [d for d in (together.get((a, b)), begun.get((a, b))) if d is not None]
        if days:
            seat = lens.seats[b]
            level, last = seat.level if seat.level_given else None, seen[b].on if b in seen else None
            strength = found.graph.edges[a, b]["strength"]
            contact = clock.contact(strength, lens.account.grade, level, max(days), last, lens.as_of)
            result.append(Relation(a, b, contact))
    return result


def quiet(lens: Lens) -> int | None:
    """Return the days since the last contact with the account if they are more than it bears, else None."""
    last = lens.interactions[-1].on if lens.interactions else None
    return Clock.of(lens.pack).quiet(last, lens.as_of)


def stale(lens: Lens) -> tuple[str, ...]:
    """Return whose attitude to the supplier was judged too long ago."""
    days = int(lens.pack.default("stale_days"))
    return tuple(p for p in lens.seats if is_stale(last_judged(lens, p), lens.as_of, days))


def last_judged(lens: Lens, person: str) -> date | None:
    """Return the last day on which a person's attitude to the supplier was looked at, None if none is known."""
    stance = lens.stance(person)
    return None if stance is None else judged(stance.evidence.on, stance.period.start)
