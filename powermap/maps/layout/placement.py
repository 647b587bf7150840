"""Where people belong on the map: the lane of their department, and the band of their level."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from powermap.lens import Lens, Seat
from powermap.maps.layout.free_slots import UNKNOWN
from powermap.maps.layout.layout import Layout


def departments(seats: Sequence[Seat], kept: Layout | None) -> dict[str, str]:
    """Give each department one name: the one in the other language is the same, if it is that of one only."""
    people = Counter(s.unit for s in seats)
    meant: dict[str, set[str]] = defaultdict(set)
    for seat in seats:
        if seat.unit and seat.unit_alt:
            meant[seat.unit_alt].add(seat.unit)
    names = {unit: {unit} for unit in people}
    for alt, units in meant.items():
        for unit in units if len(units) == 1 else ():
            names[unit].add(alt)
            if alt in names:
                names[alt].add(unit)
    lanes = kept.lanes if kept else ()
    return {
        unit: unit if unit in lanes else min(same, key=lambda n: (n not in lanes, -people[n], n))
        for unit, same in names.items()
    }


def levels(lens: Lens, seats: Sequence[Seat], kept: Layout | None) -> dict[str, int]:
    """Give everybody a band: their level, outsiders that of the highest whom they influence or who influences them.

    A level that nobody gave, only the reporting lines, changes when a boss joins or leaves. On a kept map people stay
    on theirs as long as they stand below all their bosses.
    """
    anchor: dict[str, list[int]] = defaultdict(list)
    for tie in lens.influences:
        for one, other in ((tie.src, tie.dst), (tie.dst, tie.src)):
            level = lens.seats[other].level
            if level:
                anchor[one].append(level)
    found: dict[str, int] = {}
    # From the top, so that bosses come before their people.
    for seat in sorted(seats, key=lambda s: s.level or UNKNOWN):
        near = anchor[seat.id] if seat.external else []
        found[seat.id] = seat.level or min(near, default=UNKNOWN)
        was = kept.homes.get(seat.id, ("", UNKNOWN))[1] if kept else UNKNOWN
        free = was < UNKNOWN and not seat.level_given and not seat.external
        if free and all(found.get(boss, 0) < was for boss in seat.bosses):
            found[seat.id] = was
    return found
