"""Levels of people, 1 (top) to 5, where the records give one."""

from __future__ import annotations

from datetime import date

from powermap.model import Records
from powermap.portfolio.data.columns import Columns
from powermap.portfolio.questions.contacts import working


def levels(records: Records, on: date) -> dict[str, int]:
    """Return person id -> level as given for that day; the highest of several posts."""
    found: dict[str, int] = {}
    for person, _, level in working(records, on):
        if level:
            found[person] = min(level, found.get(person, 9))
    return found


def node_levels(columns: Columns, records: Records) -> dict[int, int]:
    """Return node -> level, for people whose level is known."""
    known = levels(records, columns.as_of)
    of = {p: known[person_id] for p, (person_id, _) in enumerate(columns.people) if person_id in known}
    return {n: of[p] for n, p in enumerate(columns.person.tolist()) if p in of}
