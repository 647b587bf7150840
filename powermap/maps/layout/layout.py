"""Places on a map as data: people to be placed, a layout to keep, and the coordinates that come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

COLUMN, WIDE_COLUMN = 58.0, 76.0
"""Width of a column in a panel and on one map over the full width, in map units (1 unit = 1 px at scale 1)."""
SIDE, GAP = 6.0, 5.0
"""Room beside and between lanes."""
OUTSIDE = "\x00outside"
Slot = tuple[str, int, int]
"""A lane, a band, and a place in it, from 0."""
Extent = tuple[float, float]
"""How far marks reach up and down from a centre, in map units."""


@dataclass(frozen=True, slots=True)
class Place:
    """A person to be placed. `lane` is the department (or OUTSIDE), `band` the level 1-5, or 6: not known."""

    id: str
    lane: str
    band: int
    power: float
    name: str
    up: float = 20.0
    down: float = 40.0


@dataclass(frozen=True)
class Layout:
    """A kept layout: order of lanes, columns per lane, a slot (lane, band, index) for each person, and extents of rows.

    `rows` says how far the marks of a row, named "band:row", reach up and down from the centres of its people;
    `filled` for how many people a row of a lane is centred: lane -> "band:row" -> people. `homes` is everybody's own
    (department, level) at that time: who has another one now is placed anew. `bands` are levels from the top, `column`
    is the width of a column, `sheet` that on a sheet or a slide; empty and 0 in layouts kept before these were. `tall` says how far the marks of those
    reach who are taller than their row, and stand where nobody is in the way.
    """

    lanes: tuple[str, ...] = ()
    columns: Mapping[str, int] = field(default_factory=dict)
    slots: Mapping[str, Slot] = field(default_factory=dict)
    rows: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    filled: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    homes: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    bands: tuple[int, ...] = ()
    column: float = 0.0
    tall: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    sheet: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-able data."""
        return {
            "lanes": list(self.lanes),
            "columns": dict(self.columns),
            "slots": {p: list(s) for p, s in self.slots.items()},
            "rows": {r: list(e) for r, e in self.rows.items()},
            "filled": {lane: dict(rows) for lane, rows in self.filled.items()},
            "homes": {p: list(home) for p, home in self.homes.items()},
            "bands": list(self.bands),
            "column": self.column,
            "tall": {p: list(e) for p, e in self.tall.items()},
            "sheet": self.sheet,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Layout:
        """Read what :meth:`to_dict` wrote."""
        return cls(
            tuple(data["lanes"]),
            dict(data["columns"]),
            {p: (s[0], s[1], s[2]) for p, s in data["slots"].items()},
            {r: (e[0], e[1]) for r, e in data.get("rows", {}).items()},
            {lane: dict(rows) for lane, rows in data.get("filled", {}).items()},
            {p: (home[0], home[1]) for p, home in data.get("homes", {}).items()},
            tuple(data.get("bands", ())),
            data.get("column", 0.0),
            {p: (e[0], e[1]) for p, e in data.get("tall", {}).items()},
            data.get("sheet", 0.0),
        )

    def staying(self, people: Sequence[Place]) -> dict[str, Slot]:
        """Return the slots but of those who changed department or level; outsiders have no level of their own."""
        homes = {p.id: (p.lane, p.band) for p in people}
        same = {
            p: self.homes.get(p, home) == home or home[0] == self.homes[p][0] == OUTSIDE
            for p, home in homes.items()
        }
        return {p: slot for p, slot in self.slots.items() if same.get(p, True)}

    def offset(self, lane: str, band: int, index: int) -> float:
        """Return how many columns a slot is from the left of its lane."""
        columns = self.columns[lane]
        row, column = divmod(index, columns)
        people = self.filled.get(lane, {}).get(f"{band}:{row}", columns)
        # A row that isn't full stands in the middle; who joins stands to its right, then to its left.
        beside = (columns - people) // 2
        if column >= people + beside:
            column = people + beside - 1 - column
        return (columns - people) / 2 + column


@dataclass(frozen=True)
class Grid:
    """Coordinates: centre of each person, lanes as (name, x, width), bands as (level, y, height), and the extent.

    `rows` holds for each person where lines may cross above and below the row they stand in. `moved` are those who
    don't stand as high as they were kept, because there was no room for a new level or for longer labels.
    """

    centres: Mapping[str, tuple[float, float]]
    rows: Mapping[str, tuple[float, float]]
    lanes: tuple[tuple[str, float, float], ...]
    bands: tuple[tuple[int, float, float], ...]
    width: float
    height: float
    column: float
    layout: Layout
    moved: frozenset[str] = frozenset()


def column_of(kept: Layout | None, wide: bool) -> float:
    """Return the usual width of a column: as kept, or that of one map over the full width, or of a panel."""
    return (kept.column if kept else 0) or (WIDE_COLUMN if wide else COLUMN)
