"""Where people stand: lanes by department, bands by level; the same for every supplier, date and view.

Deterministic: people are sorted before anything is decided, so the order of rows or ids changes nothing. A kept
layout is a lock: who is there stays, newcomers go where there is room (:mod:`powermap.maps.layout.free_slots`), leavers leave an
empty place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations, product
from typing import Any

from powermap.maps.layout.free_slots import (
    BAND,
    ELBOW,
    HEAD,
    Room,
    bands_of,
    continued,
    crowded,
    heights,
    reaches,
)

COLUMN, WIDE_COLUMN = 58.0, 76.0
"""Width of a column in a panel and on one map over the full width, in map units (1 unit = 1 px at scale 1)."""
SIDE, GAP = 6.0, 5.0
"""Room beside and between lanes."""
SHEET, WIDEST = 1.9, 130.0
"""Width by height of what one drawing may fill on a sheet or a slide; width of a column beyond which it looks empty."""
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
    (department, level) at that time: who has another one now is placed anew. `bands` are levels from the top, `column`
    is the width of a column, `sheet` that on a sheet or a slide; empty and 0 in layouts kept before these were. `tall` says how far the marks of those
    reach who are taller than their row, and stand where nobody is in the way.
    """

    lanes: tuple[str, ...] = ()
    columns: Mapping[str, int] = field(default_factory=dict)
    slots: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
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

    def staying(self, people: Sequence[Place]) -> dict[str, tuple[str, int, int]]:
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
    people = sorted(people, key=lambda p: (p.band, p.lane, -p.power, p.name))
    known = {p.id for p in people}
    lines = [(a, b) for a, b in lines if a in known and b in known]
    ties = [(a, b) for a, b in ties if a in known and b in known]
    extents = {p.id: (p.up, p.down) for p in people}
    kept = _renamed(kept, people) if kept else None
    room = Room(kept, people) if kept and kept.rows else None
    slots = _slots(people, lines, kept, room)
    column = column_of(kept, wide)
    columns = _columns(slots, extents, column, (1540.0, 560.0) if wide else (500.0, 570.0))
    columns |= (room or kept or Layout()).columns
    lanes = _lane_order(slots, columns, lines, ties, kept)
    grid = _coordinates(slots, lanes, columns, extents, pitch or column, kept)
    homes = {**(kept.homes if kept else {}), **{p.id: (p.lane, p.band) for p in people}}
    sheet = round(max(column, min(WIDEST, column * SHEET * grid.height / grid.width)), 1)
    sheet = (kept.sheet if kept else 0) or sheet
    return replace(grid, layout=replace(grid.layout, homes=homes, column=column, sheet=sheet))


def _renamed(kept: Layout, people: Sequence[Place]) -> Layout:
    """Call a lane as its department is called now: where most of those of a new name come from one that nobody has."""
    present = {p.lane for p in people}
    came: dict[str, Counter[str]] = defaultdict(Counter)
    for p in people:
        if p.lane not in kept.lanes and p.id in kept.homes:
            came[p.lane][kept.homes[p.id][0]] += 1
    called: dict[str, str] = {}
    for new, homes in sorted(came.items(), key=lambda c: (-max(c[1].values()), c[0])):
        old, number = homes.most_common(1)[0]
        if number > homes.total() / 2 and OUTSIDE not in (old, new) and old not in {*present, *called}:
            called[old] = new

    def name(lane: str) -> str:
        base, more = continued(lane)
        return f"{called[base]} {more}".rstrip() if base in called else called.get(lane, lane)

    return replace(
        kept,
        lanes=tuple(name(lane) for lane in kept.lanes),
        columns={name(lane): n for lane, n in kept.columns.items()},
        slots={p: (name(lane), band, index) for p, (lane, band, index) in kept.slots.items()},
        filled={name(lane): rows for lane, rows in kept.filled.items()},
        homes={p: (name(lane), band) for p, (lane, band) in kept.homes.items()},
    )


def _slots(
    people: Sequence[Place], lines: Sequence[tuple[str, str]], kept: Layout | None, room: Room | None
) -> dict[str, tuple[str, int, int]]:
    locked = kept.staying(people) if kept else {}
    slots = {p.id: locked[p.id] for p in people if p.id in locked}
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
        group.sort(key=lambda p: (slots.get(boss.get(p.id, ""), ("", 0, -1))[2], -p.power, p.name))
        if room:
            slots |= room.take(group)
            continue
        index = 0
        for person in group:
            while (lane, band, index) in taken:
                index += 1
            slots[person.id] = (lane, band, index)
            taken.add((lane, band, index))
    return slots


def _columns(
    slots: Mapping[str, tuple[str, int, int]],
    extents: Mapping[str, tuple[float, float]],
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
    return best


def _lane_order(
    slots: Mapping[str, tuple[str, int, int]],
    columns: Mapping[str, int],
    lines: Sequence[tuple[str, str]],
    ties: Sequence[tuple[str, str]],
    kept: Layout | None,
) -> list[str]:
    names = sorted({lane for lane, _, _ in slots.values()}, key=lambda n: (n == OUTSIDE, n))
    if kept:
        return [*kept.lanes, *(n for n in names if n not in kept.lanes)]
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
    in_row: dict[tuple[str, int, int], int] = defaultdict(int)
    marks: dict[tuple[int, int], tuple[float, float]] = {}
    for person, (lane, band, index) in slots.items():
        row, column = divmod(index, columns[lane])
        in_row[lane, band, row] = max(in_row[lane, band, row], column + 1)
        up, down = marks.get((band, row), (0.0, 0.0))
        marks[band, row] = (max(up, extents[person][0]), max(down, extents[person][1]))
    filled = {lane: dict(rows) for lane, rows in kept.filled.items()} if kept else {}
    for (lane, band, row), people in sorted(in_row.items()):
        filled.setdefault(lane, {}).setdefault(f"{band}:{row}", people)
    was = reaches(kept) if kept else {}
    reach = {**marks, **was}
    order = bands_of(kept, {band for band, _ in reach})
    layout = Layout(
        tuple(lanes), dict(columns), {**(kept.slots if kept else {}), **slots}, filled=filled, bands=order
    )
    if kept:
        # Tall ones who aren't here now may come back: a new row leaves them their room.
        away = {p: kept.slots[p] for p in kept.tall.keys() & (kept.slots.keys() - slots.keys())}
        for line, (up, down) in [*crowded(layout, {**away, **slots}, {**kept.tall, **extents}, reach)]:
            reach[line] = (max(reach[line][0], up), max(reach[line][1], down))
    stood = heights(was, order)
    lines = heights(reach, order)
    layout = replace(layout, rows={f"{band}:{row}": e for (band, row), e in sorted(reach.items())})
    lefts: dict[str, float] = {}
    x = 0.0
    placed = []
    # Lanes and rows at the end in which nobody stands now are kept, but not drawn.
    last = max(lanes.index(lane) for lane, _, _ in slots.values())
    for lane in lanes[: last + 1]:
        width = columns[lane] * pitch + 2 * SIDE
        lefts[lane] = x
        placed.append((lane, x, width))
        x += width + GAP
    centres, rows, moved = {}, {}, set()
    tall = {p: e for p, e in kept.tall.items() if p in kept.slots and p not in slots} if kept else {}
    for person, (lane, band, index) in slots.items():
        row = index // columns[lane]
        centre = lines[band, row]
        (up, down), (above, below) = extents[person], reach[band, row]
        centres[person] = (
            round(lefts[lane] + SIDE + (layout.offset(lane, band, index) + 0.5) * pitch, 1),
            centre,
        )
        rows[person] = (round(centre - max(up, above) - 3, 1), round(centre + max(down, below) + 2, 1))
        if up > above or down > below:
            tall[person] = (up, down)
        if kept and kept.slots.get(person) == slots[person] and stood.get((band, row), centre) != centre:
            moved.add(person)
    width = round(max(x - GAP, pitch), 1)
    foot = max(
        [lines[line] + reach[line][1] for line in marks] + [centres[p][1] + extents[p][1] for p in slots]
    )
    drawn = tuple(_bands(lines, reach, order, foot))
    return Grid(
        centres,
        rows,
        tuple(placed),
        drawn,
        width,
        round(foot + 6, 1),
        pitch,
        replace(layout, tall=tall),
        frozenset(moved),
    )


def _bands(
    lines: Mapping[tuple[int, int], float],
    reach: Mapping[tuple[int, int], tuple[float, float]],
    order: Sequence[int],
    foot: float,
) -> Iterator[tuple[int, float, float]]:
    """Yield each band that is drawn: its level, where it begins, and its height."""
    for band in order:
        rows = [row for row in lines if row[0] == band and lines[row] < foot]
        if rows:
            top = round(lines[rows[0]] - reach[rows[0]][0] - BAND, 1)
            yield band, top, round(lines[rows[-1]] + reach[rows[-1]][1] - top, 1)
