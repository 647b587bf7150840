"""A map without what lets a reader match it with their own chart: for screenshots and examples.

Names become codes, dealt in an order that tells nothing, and people stand in the order of their codes. Titles, levels,
departments, reporting lines, dates, deals, roles, votes, power, circles and who is external are left out. What stays is
the picture: attitudes, who sways whom, and who of a supplier covers whom; how large somebody is drawn is estimated from
that alone. It may still give somebody away to a reader who knows who listens to whom, which no code can change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from powermap.lens import Lens
from powermap.maps.layout.layout import Layout
from powermap.model import (
    Covers,
    Evidence,
    Influences,
    Organization,
    Person,
    Record,
    Snapshot,
    Stands,
    WorksAt,
)

UNKNOWN = 6
"""The band of those whose level isn't known."""


def codes_for(*lenses: Lens) -> dict[str, str]:
    """Give everybody and every supplier a code: A… at the customer, U… of ours, R… of the rivals.

    Those of the first lens come first, then whoever only the others (other days) show.
    """
    codes: dict[str, str] = {}
    counts = dict.fromkeys("AUR", 0)

    def give(letter: str, people: Iterable[str]) -> None:
        for person in sorted(people, key=_drawn):
            if person not in codes:
                counts[letter] += 1
                codes[person] = f"{letter}{counts[letter]}"

    for lens in lenses:
        codes.setdefault(lens.account.id, "Account")
        give("A", lens.seats)
        for supplier in lens.suppliers:
            codes.setdefault(supplier.id, "Us" if supplier.us else f"Supplier {supplier.letter}")
            give("U" if supplier.us else "R", {c.src for c in lens.covers(supplier.id)})
    return codes


def in_order_of_codes(lens: Lens) -> Layout:
    """Return the places of an anonymous lens: where people stand tells no more than what they are called."""
    order = sorted(lens.seats.values(), key=lambda seat: (len(seat.name), seat.name))
    return Layout(slots={seat.id: ("", UNKNOWN, n) for n, seat in enumerate(order)})


def anonymous(lens: Lens, codes: Mapping[str, str]) -> Snapshot:
    """Make the records of an account anew, of nothing but what may stay."""
    return Snapshot.of(_records(lens, codes))


def _records(lens: Lens, codes: Mapping[str, str]) -> Iterator[Record]:
    yield Organization(lens.account.id, name=codes[lens.account.id], type=lens.account.type)
    for person in lens.seats:
        yield Person(person, name=codes[person])
        yield WorksAt(f"at {person}", src=person, dst=lens.account.id)
    for supplier in lens.suppliers:
        organization = supplier.organization
        yield Organization(supplier.id, name=codes[supplier.id], type=organization.type, us=organization.us)
        covers = lens.covers(supplier.id)
        for person in {c.src for c in covers}:
            yield Person(person, name=codes[person])
            yield WorksAt(f"at {person}", src=person, dst=supplier.id)
        for cover in covers:
            yield Covers(
                cover.id,
                src=cover.src,
                dst=cover.dst,
                evidence=_ground(cover),
                strength=cover.strength,
                duty=cover.duty,
            )
        for person in lens.seats:
            stance = lens.stance(person, supplier.id)
            if stance is not None:
                yield Stands(
                    stance.id, src=person, dst=supplier.id, evidence=_ground(stance), attitude=stance.attitude
                )
    for tie in lens.influences:
        yield Influences(
            tie.id, src=tie.src, dst=tie.dst, evidence=_ground(tie), strength=tie.strength, sign=tie.sign
        )


def _ground(tie: Covers | Stands | Influences) -> Evidence:
    """Keep of the evidence how sure it is."""
    return replace(Evidence(), status=tie.evidence.status, confidence=tie.evidence.confidence)


def _drawn(person: str) -> bytes:
    # In the order of ids the first rows of a list came first, which are those at the top.
    return hashlib.blake2b(person.encode()).digest()
