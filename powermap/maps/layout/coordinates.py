"""From places to coordinates: how high rows are, how wide lanes, and where everybody's centre is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from powermap.maps.layout.free_slots import BAND, Row, bands_of, crowded, heights, reaches
from powermap.maps.layout.layout import COLUMN, GAP, SIDE, Extent, Grid, Layout, Slot


def coordinates(
    slots: Mapping[str, Slot],
    lanes: Sequence[str],
    columns: Mapping[str, int],
    extents: Mapping[str, Extent],
    *,
    pitch: float = COLUMN,
    kept: Layout | None = None,
) -> Grid:
    """Return where everybody stands who has a slot.

    Parameters
    ----------
    lanes, columns
        The lanes from the left, and how many columns each has.
    extents
        How far everybody's marks reach.
    pitch
        Width of a column.
    kept
        A layout whose rows keep their heights.
    """
    kept = kept or Layout()
    marks = _marks(slots, columns, extents)
    was = reaches(kept)
    reach = {**marks, **was}
    layout = Layout(
        tuple(lanes),
        dict(columns),
        {**kept.slots, **slots},
        filled=_filled(slots, columns, kept),
        bands=bands_of(kept, {band for band, _ in reach}),
    )
    reach = _grown(layout, slots, extents, reach, kept)
    lines = heights(reach, layout.bands)
    placed = _placed(slots, lanes, columns, pitch)
    lefts = {lane: x for lane, x, _ in placed}
    centres, rows = {}, {}
    tall = {p: e for p, e in kept.tall.items() if p in kept.slots and p not in slots}
    for person, (lane, band, index) in slots.items():
        row = band, index // columns[lane]
        centre, (up, down), (above, below) = lines[row], extents[person], reach[row]
        x = lefts[lane] + SIDE + (layout.offset(lane, band, index) + 0.5) * pitch
        centres[person] = (round(x, 1), centre)
        rows[person] = (round(centre - max(up, above) - 3, 1), round(centre + max(down, below) + 2, 1))
        if up > above or down > below:
            tall[person] = (up, down)
    foot = max(
        [lines[line] + reach[line][1] for line in marks] + [centres[p][1] + extents[p][1] for p in slots]
    )
    return Grid(
        centres,
        rows,
        placed,
        tuple(_bands(lines, reach, layout.bands, foot)),
        round(max(placed[-1][1] + placed[-1][2], pitch), 1),
        round(foot + 6, 1),
        pitch,
        replace(layout, rows={f"{band}:{row}": e for (band, row), e in sorted(reach.items())}, tall=tall),
        _moved(slots, columns, kept, heights(was, layout.bands), lines),
    )


def _marks(
    slots: Mapping[str, Slot], columns: Mapping[str, int], extents: Mapping[str, Extent]
) -> dict[Row, Extent]:
    """Return how far the marks of those who stand in a row reach."""
    marks: dict[Row, Extent] = {}
    for person, (lane, band, index) in slots.items():
        row = band, index // columns[lane]
        up, down = marks.get(row, (0.0, 0.0))
        marks[row] = (max(up, extents[person][0]), max(down, extents[person][1]))
    return marks


def _filled(slots: Mapping[str, Slot], columns: Mapping[str, int], kept: Layout) -> dict[str, dict[str, int]]:
    """Return for how many people each row of a lane is centred; kept ones stay."""
    people: dict[tuple[str, int, int], int] = defaultdict(int)
    for lane, band, index in slots.values():
        row, column = divmod(index, columns[lane])
        people[lane, band, row] = max(people[lane, band, row], column + 1)
    filled = {lane: dict(rows) for lane, rows in kept.filled.items()}
    for (lane, band, row), number in sorted(people.items()):
        filled.setdefault(lane, {}).setdefault(f"{band}:{row}", number)
    return filled


def _grown(
    layout: Layout,
    slots: Mapping[str, Slot],
    extents: Mapping[str, Extent],
    reach: Mapping[Row, Extent],
    kept: Layout,
) -> dict[Row, Extent]:
    """Return the rows with more room where people of a kept layout would touch others."""
    # Tall ones who aren't here now may come back: a new row leaves them their room.
    away = {p: kept.slots[p] for p in kept.tall.keys() & (kept.slots.keys() - slots.keys())}
    grown = dict(reach)
    # On a new map every row has the room that its people need.
    for row, (up, down) in [*crowded(layout, {**away, **slots}, {**kept.tall, **extents}, reach)]:
        grown[row] = (max(grown[row][0], up), max(grown[row][1], down))
    return grown


def _placed(
    slots: Mapping[str, Slot], lanes: Sequence[str], columns: Mapping[str, int], pitch: float
) -> tuple[tuple[str, float, float], ...]:
    """Return the lanes that are drawn, each with its left edge and width; those at the end without people aren't."""
    last = max(lanes.index(lane) for lane, _, _ in slots.values())
    placed = []
    x = 0.0
    for lane in lanes[: last + 1]:
        width = columns[lane] * pitch + 2 * SIDE
        placed.append((lane, x, width))
        x += width + GAP
    return tuple(placed)


def _moved(
    slots: Mapping[str, Slot],
    columns: Mapping[str, int],
    kept: Layout,
    stood: Mapping[Row, float],
    lines: Mapping[Row, float],
) -> frozenset[str]:
    """Return who keeps their slot, but not the height at which it stood."""
    moved = set()
    for person, slot in slots.items():
        row = slot[1], slot[2] // columns[slot[0]]
        if kept.slots.get(person) == slot and stood.get(row, lines[row]) != lines[row]:
            moved.add(person)
    return frozenset(moved)


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
