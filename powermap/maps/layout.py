"""Where people stand: lanes by department, bands by level; the same for every supplier, date and view.

Deterministic: people are sorted before anything is decided, so the order of rows or ids changes nothing. A kept
layout is a lock: who is there stays, newcomers take the next free slot, leavers leave an empty one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations, product
from typing import Any

COLUMN, WIDE_COLUMN = 58.0, 76.0
"""Width of a column in a panel and on one map over the full width, in map units (1 unit = 1 px at scale 1)."""
HEAD, SIDE, GAP, BAND, ELBOW = 28.0, 6.0, 5.0, 17.0, 11.0
"""Height of the names of lanes; room beside, between lanes; above the first and above each other row of a band."""
OUTSIDE = "\x00outside"
MAX_EXACT_LANES = 7


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
    (department, level) at that time: who has another one now is placed anew.
    """

    lanes: tuple[str, ...] = ()
    columns: Mapping[str, int] = field(default_factory=dict)
    slots: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
    rows: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    filled: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    homes: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-able data."""
        return {
            "lanes": list(self.lanes),
            "columns": dict(self.columns),
            "slots": {p: list(s) for p, s in self.slots.items()},
            "rows": {r: list(e) for r, e in self.rows.items()},
            "filled": {lane: dict(rows) for lane, rows in self.filled.items()},
            "homes": {p: list(home) for p, home in self.homes.items()},
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
        )

    def holds(self, lane: str, band: int, index: int) -> bool:
        """Tell whether a slot is free to be taken without moving those who stand in its row."""
        columns = self.columns.get(lane)
        if columns is None:
            return True
        row, column = divmod(index, columns)
        people = self.filled.get(lane, {}).get(f"{band}:{row}", columns)
        # A row that was centred for fewer has room to its right as far as it is indented to the left.
        return column < people or column + 1 <= columns - (columns - people) / 2


@dataclass(frozen=True)
class Grid:
    """Coordinates: centre of each person, lanes as (name, x, width), bands as (level, y, height), and the extent.

    `rows` holds for each person where lines may cross above and below the row he stands in.
    """

    centres: Mapping[str, tuple[float, float]]
    rows: Mapping[str, tuple[float, float]]
    lanes: tuple[tuple[str, float, float], ...]
    bands: tuple[tuple[int, float, float], ...]
    width: float
    height: float
    column: float
    layout: Layout


def arrange(
    people: Sequence[Place],
    lines: Sequence[tuple[str, str]],
    ties: Sequence[tuple[str, str]],
    *,
    kept: Layout | None = None,
    wide: bool = False,
    pitch: float | None = None,
) -> Grid:
    """Place everybody.

    Parameters
    ----------
    people
        Everybody of every date and supplier of the page.
    lines, ties
        Reporting lines (subordinate, boss) and influence ties, for a lane order with few crossings.
    kept
        A layout to keep.
    wide
        For one map over the full width: more columns per lane.
    pitch
        Width of a column, where it isn't the usual one; nobody changes row, lane or order by it.
    """
    people = sorted(people, key=lambda p: (p.band, p.lane, -p.power, p.name, p.id))
    known = {p.id for p in people}
    lines = [(a, b) for a, b in lines if a in known and b in known]
    ties = [(a, b) for a, b in ties if a in known and b in known]
    slots = _slots(people, lines, kept)
    extents = {p.id: (p.up, p.down) for p in people}
    column = WIDE_COLUMN if wide else COLUMN
    columns = _columns(slots, extents, kept, column, (1540.0, 560.0) if wide else (500.0, 570.0))
    lanes = _lane_order(slots, columns, lines, ties, kept)
    grid = _coordinates(slots, lanes, columns, extents, pitch or column, kept)
    homes = {**(kept.homes if kept else {}), **{p.id: (p.lane, p.band) for p in people}}
    return replace(grid, layout=replace(grid.layout, homes=homes))


def _slots(
    people: Sequence[Place], lines: Sequence[tuple[str, str]], kept: Layout | None
) -> dict[str, tuple[str, int, int]]:
    moved = {p.id for p in people if kept and kept.homes.get(p.id, (p.lane, p.band)) != (p.lane, p.band)}
    locked = {p: slot for p, slot in kept.slots.items() if p not in moved} if kept else {}
    slots: dict[str, tuple[str, int, int]] = {p.id: locked[p.id] for p in people if p.id in locked}
    taken = set(locked.values())
    # Of several bosses the first in the order of people counts.
    place = {p.id: n for n, p in enumerate(people)}
    boss = dict(sorted(lines, key=lambda line: (line[0], -place[line[1]])))
    cells: dict[tuple[str, int], list[Place]] = defaultdict(list)
    for person in people:
        if person.id not in slots:
            cells[person.lane, person.band].append(person)
    for (lane, band), group in sorted(cells.items(), key=lambda c: (c[0][1], c[0][0])):
        # People of one boss stand together, in the order of their bosses.
        group.sort(key=lambda p: (slots.get(boss.get(p.id, ""), ("", 0, -1))[2], -p.power, p.name, p.id))
        index = 0
        for person in group:
            while (lane, band, index) in taken or (kept is not None and not kept.holds(lane, band, index)):
                index += 1
            slots[person.id] = (lane, band, index)
            taken.add((lane, band, index))
    return slots


def _columns(
    slots: Mapping[str, tuple[str, int, int]],
    extents: Mapping[str, tuple[float, float]],
    kept: Layout | None,
    column: float,
    room: tuple[float, float],
) -> dict[str, int]:
    """Choose the columns per lane with which the map is drawn largest in its panel of width and height `room`."""
    counts: dict[str, dict[int, int]] = defaultdict(dict)
    for lane, band, index in slots.values():
        counts[lane][band] = max(counts[lane].get(band, 0), index + 1)
    bands = sorted({band for cells in counts.values() for band in cells})
    most = {band: max(cells.get(band, 0) for cells in counts.values()) for band in bands}
    tall = {
        band: ELBOW
        + max(up for p, (up, _) in extents.items() if slots[p][1] == band)
        + max(down for p, (_, down) in extents.items() if slots[p][1] == band)
        for band in {slots[p][1] for p in extents}
    }
    best: dict[str, int] = {}
    best_scale = 0.0
    # How many rows each band may have decides how wide each lane must be.
    for limits in product(*(range(1, min(4, most[band]) + 1) for band in bands)):
        rows = dict(zip(bands, limits, strict=True))
        columns = {
            lane: max(-(-count // rows[band]) for band, count in cells.items())
            for lane, cells in counts.items()
        }
        width = sum(columns.values()) * column + len(columns) * (2 * SIDE + GAP)
        height = HEAD + sum(
            max(-(-cells.get(band, 0) // columns[lane]) for lane, cells in counts.items()) * tall[band]
            + BAND
            - ELBOW
            for band in bands
        )
        scale = min(room[0] / width, room[1] / height)
        if scale > best_scale + 1e-9:
            best, best_scale = columns, scale
    return {lane: (kept.columns.get(lane) if kept else None) or width for lane, width in best.items()}


def _lane_order(
    slots: Mapping[str, tuple[str, int, int]],
    columns: Mapping[str, int],
    lines: Sequence[tuple[str, str]],
    ties: Sequence[tuple[str, str]],
    kept: Layout | None,
) -> list[str]:
    names = sorted({lane for lane, _, _ in slots.values()}, key=lambda n: (n == OUTSIDE, n))
    if kept:
        old = [n for n in kept.lanes if n in columns]
        return old + [n for n in names if n not in old]
    inner = [n for n in names if n != OUTSIDE]
    outer = [n for n in names if n == OUTSIDE]
    pull: dict[tuple[str, str], float] = defaultdict(float)
    for pairs, strength in ((lines, 2.0), (ties, 1.0)):
        for a, b in pairs:
            x, y = sorted((slots[a][0], slots[b][0]))
            if x != y and OUTSIDE not in (x, y):
                pull[x, y] += strength

    def span(order: Sequence[str]) -> float:
        at: dict[str, float] = {}
        x = 0.0
        for name in order:
            at[name] = x + columns[name] / 2
            x += columns[name]
        return sum(w * abs(at[a] - at[b]) for (a, b), w in pull.items())

    if len(inner) <= MAX_EXACT_LANES:
        orders = sorted(permutations(inner), key=lambda o: (round(span(o), 6), o))
        best = min(
            orders[:24],
            key=lambda o: (_crossings(slots, [*o, *outer], columns, ties), round(span(o), 6), o),
            default=(),
        )
        return [*best, *outer]
    order = list(inner)
    improved = True
    while improved:
        improved = False
        for i in range(len(order) - 1):
            other = [*order[:i], order[i + 1], order[i], *order[i + 2 :]]
            if span(other) < span(order) - 1e-9:
                order, improved = other, True
    return [*order, *outer]


def _crossings(
    slots: Mapping[str, tuple[str, int, int]],
    lanes: Sequence[str],
    columns: Mapping[str, int],
    ties: Sequence[tuple[str, str]],
) -> int:
    centres = _coordinates(slots, lanes, columns, dict.fromkeys(slots, (20.0, 40.0))).centres
    segments = [(*centres[a], *centres[b]) for a, b in ties]
    return sum(_cross(s, t) for i, s in enumerate(segments) for t in segments[:i])


def _cross(s: tuple[float, float, float, float], t: tuple[float, float, float, float]) -> bool:
    def side(ax: float, ay: float, bx: float, by: float, cx: float, cy: float) -> float:
        return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)

    return side(*s, t[0], t[1]) * side(*s, t[2], t[3]) < 0 and side(*t, s[0], s[1]) * side(*t, s[2], s[3]) < 0


def _coordinates(
    slots: Mapping[str, tuple[str, int, int]],
    lanes: Sequence[str],
    columns: Mapping[str, int],
    extents: Mapping[str, tuple[float, float]],
    pitch: float = COLUMN,
    kept: Layout | None = None,
) -> Grid:
    reach = {
        (int(band), int(row)): e
        for name, e in (kept.rows if kept else {}).items()
        for band, row in [name.split(":")]
    }
    for person, (lane, band, index) in slots.items():
        row = index // columns[lane]
        up, down = reach.get((band, row), (0.0, 0.0))
        reach[band, row] = (max(up, extents[person][0]), max(down, extents[person][1]))
    lines: dict[tuple[int, int], tuple[float, float, float]] = {}
    bands: list[tuple[int, float, float]] = []
    y = HEAD
    for (band, row), (up, down) in sorted(reach.items()):
        if not bands or bands[-1][0] != band:
            bands.append((band, y, 0.0))
            y += BAND
        else:
            y += ELBOW
        lines[band, row] = (round(y + up, 1), round(y - 3, 1), round(y + up + down + 2, 1))
        y += up + down
        bands[-1] = (band, bands[-1][1], round(y - bands[-1][1], 1))
    lefts: dict[str, float] = {}
    x = 0.0
    placed = []
    for lane in lanes:
        width = columns[lane] * pitch + 2 * SIDE
        lefts[lane] = x
        placed.append((lane, x, width))
        x += width + GAP
    in_row: dict[tuple[str, int, int], int] = defaultdict(int)
    for lane, band, index in slots.values():
        row = index // columns[lane]
        in_row[lane, band, row] = max(in_row[lane, band, row], index % columns[lane] + 1)
    filled: dict[str, dict[str, int]] = {}
    for (lane, band, row), people in sorted(in_row.items()):
        old = kept.filled.get(lane, {}).get(f"{band}:{row}") if kept else None
        filled.setdefault(lane, {})[f"{band}:{row}"] = people if old is None else old
    centres, rows = {}, {}
    for person, (lane, band, index) in slots.items():
        row, column = divmod(index, columns[lane])
        # A row that isn't full stands in the middle of its lane.
        indent = (columns[lane] - filled[lane][f"{band}:{row}"]) * pitch / 2
        centre, bus, foot = lines[band, row]
        centres[person] = (round(lefts[lane] + SIDE + indent + (column + 0.5) * pitch, 1), centre)
        rows[person] = (bus, foot)
    layout = Layout(
        tuple(lanes),
        dict(columns),
        {**(kept.slots if kept else {}), **slots},
        {f"{band}:{row}": e for (band, row), e in sorted(reach.items())},
        filled,
    )
    width = round(max(x - GAP, pitch), 1)
    return Grid(centres, rows, tuple(placed), tuple(bands), width, round(y + 6, 1), pitch, layout)
