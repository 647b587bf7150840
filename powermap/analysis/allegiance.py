"""Whose side people are on: who may be asked to sway others, who speaks up already, and whom a rival holds."""

from __future__ import annotations

from dataclasses import dataclass

from powermap.lens import Lens
from powermap.method import Pack
from powermap.model import Covers

EXCLUSIVE = 2
"""The step of the scale from which on somebody supports exclusively (M82)."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Who may be asked, by the pack: least attitude, least lead, what an unknown attitude to a rival counts as, and the
    support from which on somebody speaks up already.
    """

    attitude: int
    lead: int
    unknown: int
    speaks_up: int

    @classmethod
    def of(cls, pack: Pack) -> Gate:
        """Read it from the rule pack."""
        own = pack.topic("actions")["gate"]
        return cls(int(own["attitude"]), int(own["lead"]), int(own["unknown"]), int(own["speaks_up"]))


def rivals_of(lens: Lens, person: str) -> dict[str, int | None]:
    """Return the other suppliers on record with a person, and what the person thinks of each: None is unknown.

    On record is whoever the person was judged towards, and whoever covers the person.
    """
    covering = {lens.employer.get(c.src) for c in lens.snapshot.all(Covers) if c.dst == person}
    return {
        s.id: lens.attitude(person, s.id)
        for s in lens.suppliers
        if s.id != lens.supplier.id and (lens.stance(person, s.id) is not None or s.id in covering)
    }


def sent(lens: Lens, person: str) -> bool:
    """Tell whether a person may be asked to sway others for the lens's supplier, or to speak up: supports it, and leads
    over every other supplier on record.
    """
    gate, own = Gate.of(lens.pack), lens.attitude(person)
    if own is None or own < gate.attitude:
        return False
    others = [gate.unknown if a is None else a for a in rivals_of(lens, person).values()]
    return own - max(others, default=own - gate.lead) >= gate.lead


def speaks_up(lens: Lens, person: str, supplier: str | None = None) -> bool:
    """Tell whether a person speaks up for a supplier (default: the lens's) already: a supporter whose *support* (one of
    the six dimensions) is on record and high enough. Nobody sways such a person.
    """
    gate, stance = Gate.of(lens.pack), lens.stance(person, supplier)
    if stance is None or stance.support is None or stance.attitude is None:
        return False
    return stance.support >= gate.speaks_up and stance.attitude >= gate.attitude


def held_by(lens: Lens, person: str) -> str | None:
    """Return the rival whom a person supports exclusively, or coaches, without supporting the lens's supplier so; the
    one with the highest attitude, or None.
    """
    if (lens.attitude(person) or 0) >= EXCLUSIVE:
        return None
    found = [
        (-attitude, s.letter, s.id)
        for s in lens.suppliers
        if s.id != lens.supplier.id and (attitude := lens.attitude(person, s.id) or 0) >= EXCLUSIVE
    ]
    return min(found)[2] if found else None
