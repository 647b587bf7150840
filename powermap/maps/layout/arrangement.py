"""Where people stand: lanes by department, bands by level; the same for every supplier, date and view.

Deterministic: people are sorted before anything is decided, so the order of rows or ids changes nothing. A kept
layout is a lock: who is there stays, newcomers go where there is room (:mod:`powermap.maps.layout.free_slots`), leavers
leave an empty place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

from powermap.maps.layout.coordinates import coordinates
from powermap.maps.layout.free_slots import BAND, ELBOW, HEAD, Room, continued
from powermap.maps.layout.lane_order import lane_order
from powermap.maps.layout.layout import GAP, OUTSIDE, SIDE, Extent, Grid, Layout, Place, Slot, column_of

SHEET, WIDEST = 1.9, 130.0
"""Width by height of what one drawing may fill on a sheet or a slide; width of a column beyond which it looks empty."""


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
    lanes = lane_order(slots, columns, lines, ties, kept)
    grid = coordinates(slots, lanes, columns, extents, pitch=pitch or column, kept=kept)
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
) -> dict[str, Slot]:
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
    slots: Mapping[str, Slot],
    extents: Mapping[str, Extent],
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
