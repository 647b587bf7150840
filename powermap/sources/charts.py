"""Organization charts drawn by position: indents, a column for each level, or numbers such as 1.2.3."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from powermap.sources.table import Cell, Table

_LEVEL = re.compile(
    r"\s*(?:level|lvl|l|ebene|niveau|层级|级别|第)\s*([1-9]|[一二三四五])\s*(?:级|层)?\s*", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+(?:\.\d+)*\.?")
_FIRST = 10
"""Rows among which a header of level columns is looked for."""
NAME = "name"


def flatten(table: Table) -> Table:
    """Make of columns "Level 1, Level 2, …" that hold names one column of names, indented by level."""
    for place, (_, cells) in enumerate(table.rows[:_FIRST]):
        levels = [c for c, cell in enumerate(cells) if isinstance(cell, str) and _LEVEL.fullmatch(cell)]
        if len(levels) < 2 or not _one_name_a_row(table.rows[place + 1 :], levels):
            continue
        indents, rows = {}, [*table.rows[:place]]
        others = [c for c in range(len(cells)) if c not in levels]
        rows.append((table.rows[place][0], (NAME, *(cells[c] for c in others))))
        for number, row in table.rows[place + 1 :]:
            depth = next((n for n, c in enumerate(levels) if c < len(row) and row[c] is not None), None)
            name = None if depth is None else row[levels[depth]]
            rows.append((number, (name, *(row[c] if c < len(row) else None for c in others))))
            if depth is not None:
                indents[number] = depth
        return replace(table, rows=tuple(rows), indents=indents)
    return table


def _one_name_a_row(rows: Sequence[tuple[int, tuple[Cell, ...]]], levels: Sequence[int]) -> bool:
    """Tell whether each row has a name in one of the level columns: a level that is a number is a level."""
    found = [[row[c] for c in levels if c < len(row) and row[c] is not None] for _, row in rows]
    return bool(found) and all(len(cells) <= 1 and all(isinstance(c, str) for c in cells) for cells in found)


def bosses(rows: Iterable[tuple[int, str]], depths: Mapping[int, int]) -> dict[int, str]:
    """Return the boss of each row: the nearest one above that stands further left.

    Parameters
    ----------
    rows
        Number and name of each row, from the top.
    depths
        How far each row is indented.
    """
    above: list[tuple[int, str]] = []
    found = {}
    for number, name in rows:
        depth = depths.get(number, 0)
        while above and above[-1][0] >= depth:
            above.pop()
        if above:
            found[number] = above[-1][1]
        above.append((depth, name))
    return found


def numbered(rows: Iterable[tuple[int, Cell]]) -> dict[int, int]:
    """Return the depths that a column of numbers such as 1.2.3 tells; none if it is any other column."""
    depths = {}
    for number, cell in rows:
        text = str(cell) if cell is not None else ""
        if not _NUMBER.fullmatch(text):
            return {}
        depths[number] = text.rstrip(".").count(".")
    return depths if len(set(depths.values())) > 1 else {}
