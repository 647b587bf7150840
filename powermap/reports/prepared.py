"""Rows of the assessments sheet that are due: to be filled in, and left out of the import where nobody does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from powermap.analysis.key_people import key_people
from powermap.analysis.layer_levels import last
from powermap.lens import Lens
from powermap.lens.grounds import ATTITUDE, FACT
from powermap.method.items import Item
from powermap.reports.work_rows import Row

ASKED = ("value", "layer", "core", "satisfaction", "bond", "stick")
"""Families that are asked of the account itself."""


def due_rows(lens: Lens) -> list[Row]:
    """Return a row for each verdict that was never given or is older than it holds: of key people, and of the account."""
    return [*_people(lens), *_account(lens)]


def _people(lens: Lens) -> Iterator[Row]:
    items = [i for i in lens.pack.items.values() if i.family in (ATTITUDE, FACT)]
    for person in key_people(lens):
        for item in items:
            if _is_due(lens, item, person.id) and (
                item.family != FACT or (lens.attitude(person.id) or 0) > 1
            ):
                yield _row(lens, item, lens.seats[person.id].name)


def _account(lens: Lens) -> Iterator[Row]:
    tier = lens.pack.grades[lens.account.grade].tier if lens.account.grade in lens.pack.grades else ""
    for item in lens.pack.items.values():
        asked = item.family in ASKED and "account" in item.subject
        if asked and tier in item.more.get("tiers", (tier,)) and _is_due(lens, item, ""):
            yield _row(lens, item, None)


def _is_due(lens: Lens, item: Item, subject: str) -> bool:
    found = last(lens, item.key, subject)
    return found is None or found.on is None or found.on <= lens.as_of - timedelta(days=item.valid_days)


def _row(lens: Lens, item: Item, subject: str | None) -> Row:
    return {"company": lens.account.name, "subject": subject, "item": item.key, "on": lens.as_of}
