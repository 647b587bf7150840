"""Free room on a map that is kept: where somebody can join without anybody moving, by a hair's breadth."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from powermap.maps.layout.layout import Extent, Layout, Place, Slot

Row = tuple[int, int]
"""A band and one of its rows, from 0."""
HEAD, BAND, ELBOW = 28.0, 17.0, 11.0
"""Height of the names of lanes; room above the first and above each other row of a band."""
UNKNOWN = 6
"""The band of people whose level isn't known."""


def continued(lane: str) -> tuple[str, str]:
    """Split the name of a lane in which a department goes on: into the department, and "(2)" or ""."""
    match = re.fullmatch(r"(.*) (\(\d+\))", lane, re.DOTALL)
    return (match[1], match[2]) if match else (lane, "")


def reaches(layout: Layout) -> dict[Row, Extent]:
    """Return how far the marks of each row reach."""
    return {
        (int(band), int(row)): extent
        for name, extent in layout.rows.items()
        for band, row in [name.split(":")]
    }


def bands_of(kept: Layout | None, present: set[int]) -> tuple[int, ...]:
    """Return the levels from the top: kept ones as they are, a new one above the next lower one, or at the end."""
    order = list(kept.bands or sorted({band for band, _ in reaches(kept)})) if kept else []
    for band in sorted(present.difference(order)):
        lower = [n for n, other in enumerate(order) if band < other < UNKNOWN]
        order.insert(lower[0] if lower else len(order), band)
    return tuple(order)


def heights(reach: Mapping[Row, Extent], bands: Sequence[int]) -> dict[Row, float]:
    """Return the height of the centres of each row, from the top."""
    found: dict[Row, float] = {}
    y, above = HEAD, None
    for band, row in sorted(reach, key=lambda r: (bands.index(r[0]), r[1])):
        up, down = reach[band, row]
        y += ELBOW if band == above else BAND
        found[band, row] = round(y + up, 1)
        y += up + down
        above = band
    return found


def crowded(
    layout: Layout, slots: Mapping[str, Slot], extents: Mapping[str, Extent], reach: Mapping[Row, Extent]
) -> Iterator[tuple[Row, Extent]]:
    """Yield the row, and what it needs, of people whose marks have outgrown it and touch somebody above or below."""
    lines = heights(reach, layout.bands)
    lanes: dict[str, list[tuple[float, Row, Extent]]] = defaultdict(list)
    for person, (lane, band, index) in slots.items():
        row = (band, index // layout.columns[lane])
        lanes[lane].append((layout.offset(lane, band, index), row, extents[person]))
    for people in lanes.values():
        for x, row, extent in people:
            if extent[0] <= reach[row][0] and extent[1] <= reach[row][1]:
                continue
            for at, other, marks in people:
                if other != row and abs(x - at) < 1 and touch(lines[row], extent, lines[other], marks):
                    yield row, (extent[0], 0.0) if lines[other] < lines[row] else (0.0, extent[1])


def touch(y: float, marks: Extent, other: float, others: Extent) -> bool:
    """Tell whether marks around two heights overlap."""
    return y - marks[0] < other + others[1] and other - others[0] < y + marks[1]


class Room:
    """The free places of a kept layout. `columns` holds those of its lanes, and of lanes that newcomers need."""

    def __init__(self, kept: Layout, people: Sequence[Place]) -> None:
        self.columns = dict(kept.columns)
        self._kept = kept
        self._reach = reaches(kept)
        order = bands_of(kept, set())
        self._lines = heights(self._reach, order)
        self._rows = Counter(band for band, _ in self._reach)
        self._last = order[-1]
        self._units = {p.lane for p in people}
        extents = {p.id: (p.up, p.down) for p in people}
        staying = kept.staying(people)
        # Who isn't here now may come back, and then needs what they had.
        self._taken = {
            slot: extents.get(p) or kept.tall.get(p) or self._reach.get(self._row(slot), (0.0, 0.0))
            for p, slot in staying.items()
        }
        joining = Counter((p.lane, p.band) for p in people if p.id not in staying)
        for (lane, band), number in joining.items():
            if lane not in kept.columns:
                self.columns[lane] = max(self.columns.get(lane, 1), self._wide(band, number))

    def take(self, group: Sequence[Place]) -> dict[str, Slot]:
        """Take places for people of one department and level.

        Where its lane is full, the department goes on in a lane at the end, named "department (2)".
        """
        found: dict[str, Slot] = {}
        waiting = list(group)
        for number in count(1):
            lane = group[0].lane if number == 1 else f"{group[0].lane} ({number})"
            if number > 1 and lane in self._units:
                continue
            self.columns.setdefault(lane, self._wide(group[0].band, len(waiting)))
            for person in waiting:
                slot = self._free(lane, person)
                if slot is not None:
                    found[person.id] = slot
                    self._taken[slot] = (person.up, person.down)
            waiting = [p for p in waiting if p.id not in found]
            if not waiting:
                break
        return found

    def _open(self, band: int) -> bool:
        """Tell whether a band can have more rows without moving another one."""
        return band == self._last or not self._rows[band]

    def _wide(self, band: int, number: int) -> int:
        """Return the columns that so many people need."""
        return -(-number // max(self._rows[band], 2 if self._open(band) else 1))

    def _row(self, slot: Slot) -> Row:
        return slot[1], slot[2] // self.columns.get(slot[0], 1)

    def _free(self, lane: str, person: Place) -> Slot | None:
        band, columns = person.band, self.columns[lane]
        for index in count() if self._open(band) else range(self._rows[band] * columns):
            slot = (lane, band, index)
            if slot not in self._taken and self._holds(slot) and self._clear(slot, (person.up, person.down)):
                return slot
        return None

    def _filled(self, slot: Slot) -> int | None:
        """Return for how many people a slot's row is centred, or None where nobody has stood."""
        band, row = self._row(slot)
        return self._kept.filled.get(slot[0], {}).get(f"{band}:{row}")

    def _holds(self, slot: Slot) -> bool:
        """Tell whether a slot has a place in its row: beside those for whom it is centred are whole columns only."""
        columns, people = self.columns[slot[0]], self._filled(slot)
        return people is None or slot[2] % columns < people + (columns - people) // 2 * 2

    def _clear(self, slot: Slot, marks: Extent) -> bool:
        """Tell whether marks at a slot touch nobody above or below."""
        row = self._row(slot)
        return row not in self._lines or not any(
            other[0] == slot[0]
            and self._row(other) != row
            and self._row(other) in self._lines
            and self._beside(slot, other)
            and touch(self._lines[row], marks, self._lines[self._row(other)], others)
            for other, others in self._taken.items()
        )

    def _beside(self, one: Slot, other: Slot) -> bool:
        """Tell whether two slots of a lane share a column, or might: a row without people isn't centred yet."""
        if self._filled(one) is None or self._filled(other) is None:
            return True
        return abs(self._kept.offset(*one) - self._kept.offset(*other)) < 1
