"""How a supplier stands with everybody: attitude, owners, cover, contact, and what moved since a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from powermap.analysis.age import last_judged, stale
from powermap.analysis.cover import owners, sole_cover, uncovered
from powermap.analysis.fragility import reach
from powermap.analysis.projection import strength_of
from powermap.lens import Lens
from powermap.maps.scene.model import Member, Standing, Text
from powermap.model import Evidence, Person, WorksAt
from powermap.words import by_language

ABSENT = Standing(None, False, (), (), 0, False, False, False, 0, "", False, False, "", {})
"""How somebody stands who wasn't there yet."""


def both(name: str, alt: str) -> Text:
    """Sort a name and its other name by language."""
    return Text(*by_language(name, alt))


def standings(view: Lens, before: Lens | None) -> dict[str, Standing]:
    """Return how the lens's supplier stands with everybody; `before` is the same lens on the day of a review."""
    found = _Found(
        owners=owners(view),
        sole=frozenset(sole_cover(view)),
        uncovered=frozenset(uncovered(view)),
        narrow=frozenset(reach(view).single_contacts),
        stale=frozenset(stale(view)),
        strength=_strength(view),
        met=_met(view),
    )
    known = before if before and view.supplier.id in {s.id for s in before.suppliers} else None
    return {
        person: _standing(view, person, found, known.attitude(person, view.supplier.id) if known else None)
        for person in view.seats
    }


@dataclass(frozen=True)
class _Found:
    """What is found of all people at once."""

    owners: Mapping[str, tuple[str, ...]]
    sole: frozenset[str]
    uncovered: frozenset[str]
    narrow: frozenset[str]
    stale: frozenset[str]
    strength: Mapping[str, float]
    met: Mapping[str, date]


def _standing(view: Lens, person: str, found: _Found, past: int | None) -> Standing:
    stance, now = view.stance(person), view.attitude(person)
    evidence = stance.evidence if stance else Evidence()
    on = last_judged(view, person)
    people = [view.snapshot.get(Person, o) for o in found.owners.get(person, ())]
    return Standing(
        attitude=now,
        known=now is not None,
        owners=tuple(_initial(p) for p in people if p)[:2],
        owner_names=tuple(both(p.name, p.name_alt) for p in people if p),
        dots=dots(found.strength[person]) if person in found.owners else 0,
        sole=person in found.sole,
        single_contact=person in found.narrow,
        uncovered=person in found.uncovered,
        moved=(now > past) - (now < past) if now is not None and past is not None else 0,
        was="" if past is None else f"{past:+d}" if past else "0",
        stale=person in found.stale,
        assumed=evidence.status != "observed",
        last_contact=found.met[person].isoformat() if person in found.met else "",
        evidence={
            "note": evidence.note,
            "source": evidence.source,
            "author": evidence.author,
            "on": on.isoformat() if on else "",
            "confidence": evidence.confidence,
        },
    )


def _strength(view: Lens) -> dict[str, float]:
    """Return the strongest relation of the supplier to everybody who is covered."""
    best: dict[str, float] = defaultdict(float)
    for cover in view.covers():
        best[cover.dst] = max(best[cover.dst], strength_of(view, cover.strength))
    return best


def _met(view: Lens) -> dict[str, date]:
    """Return when somebody of the supplier last met people of the account."""
    met: dict[str, date] = {}
    supplier = view.supplier.id
    team = {c.src for c in view.covers()} | {p for p, s in view.employer.items() if s == supplier}
    for meeting in view.interactions:
        if meeting.on and team & set(meeting.ours):
            for person in meeting.theirs:
                met[person] = meeting.on
    return met


def dots(strength: float) -> int:
    """Return a relation's strength, 0 to 1, as one to four dots."""
    return max(1, min(4, int(strength * 4 + 0.999)))


def _initial(person: Person) -> Text:
    """Return what stands for an owner on the rim: the family name of a Chinese name, else the initial."""
    return Text(*(name[:1].upper() for name in both(person.name, person.name_alt)))


def team(lens: Lens, supplier: str, pages: Mapping[str, str]) -> tuple[Member, ...]:
    """Return a supplier's people who cover somebody on the map, those of high level first."""
    works = {t.src: t for t in lens.snapshot.all(WorksAt) if t.dst == supplier}
    found = []
    for person in lens.team(supplier):
        work = works.get(person.id)
        covers = [c for c in lens.covers(supplier) if c.src == person.id and c.dst in pages]
        covers.sort(key=lambda c: c.strength or 0)
        found.append(
            Member(
                both(person.name, person.name_alt),
                both(work.title, work.title_alt) if work else Text("", ""),
                work.level if work else None,
                {pages[c.dst]: (dots(strength_of(lens, c.strength)), c.duty) for c in covers},
            )
        )
    return tuple(sorted(found, key=lambda m: (m.level or 9, -len(m.covers), m.name)))
