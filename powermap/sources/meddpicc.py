"""MEDDPICC sheets: a row for each deal, with people in the columns of their roles."""

from __future__ import annotations

from dataclasses import replace

from powermap.sources.columns import Aliases, fold
from powermap.sources.table import Cell, Table

ROLES = {"economic buyer": "decider", "eb": "decider", "champion": "coach", "champions": "coach", "coach": "coach", "经济买家": "decider", "教练": "coach"}  # fmt: skip
"""Columns that name people, and the role that each has."""
_MARKS = {
    fold(word)
    for word in (
        *ROLES, "metrics", "decision criteria", "decision process", "paper process", "identify pain",
        "identified pain", "pain", "competition", "指标", "决策标准", "决策流程", "痛点", "竞争",
    )
}  # fmt: skip
_LEAST = 4
_ROLES = {fold(name): role for name, role in ROLES.items()}


def unfold(table: Table, aliases: Aliases) -> list[Table]:
    """Make of a MEDDPICC sheet a list of its people with their roles in its deals; any other table stays as it is."""
    for place, (number, cells) in enumerate(table.rows[:10]):
        titles = [fold(cell) if isinstance(cell, str) else "" for cell in cells]
        if len(_MARKS.intersection(titles)) < _LEAST:
            continue
        fields = aliases.match("deals", cells)
        named = {field: column for column, field in fields.items() if field in ("company", "name")}
        if "name" not in named:
            return [table]
        head = ("company", "name", "roles", "deal")
        people: list[tuple[int, tuple[Cell, ...]]] = [(number, head)]
        for row, said in table.rows[place + 1 :]:
            padded = [*said, *[None] * (len(cells) - len(said))]
            company = padded[named["company"]] if "company" in named else None
            for column, title in enumerate(titles):
                if title in _ROLES and padded[column] is not None:
                    people.append((row, (company, padded[column], _ROLES[title], padded[named["name"]])))
        # What is left of the sheet are its deals.
        kept = tuple((row, tuple(_without(said, titles))) for row, said in table.rows[place:])
        return [replace(table, rows=kept), replace(table, rows=tuple(people), problems=(), notes=())]
    return [table]


def _without(cells: tuple[Cell, ...], titles: list[str]) -> list[Cell]:
    return [
        None if column < len(titles) and titles[column] in _ROLES else cell
        for column, cell in enumerate(cells)
    ]
