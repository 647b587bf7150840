"""What has ended, and what is of the other sign, is written as that."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from powermap.model import (
    Influences,
    Organization,
    PartOf,
    Period,
    Person,
    Record,
    ReportsTo,
    Snapshot,
    WorksAt,
)
from powermap.reports.rows import account_rows

ENDED = Period(None, date(2026, 6, 1))


def rows(*more: Record) -> dict[str, list[dict[str, Any]]]:
    """An account and a holding above it, and two people, as rows."""
    records = [
        Organization("acc", name="Millrace", type="customer"),
        Organization("top", name="Lowland Holding", type="customer"),
        Person("one", name="Dora Finch"),
        Person("two", name="Emil Hart"),
        WorksAt("w1", src="one", dst="acc"),
        WorksAt("w2", src="two", dst="acc"),
        *more,
    ]
    return account_rows(Snapshot.of(records), "acc")


@pytest.mark.parametrize("dotted", [False, True])
@pytest.mark.parametrize("period", [Period(), ENDED])
def test_a_boss_of_before_is_a_tie_and_no_boss(dotted: bool, period: Period) -> None:
    found = rows(ReportsTo("r", src="two", dst="one", dotted=dotted, period=period))
    (row,) = [r for r in found["people"] if r["name"] == "Emil Hart"]
    boss, kind = ("dotted_boss", "dotted") if dotted else ("boss", "reports")
    ties = [(t["kind"], t["from"], t["to"], t["until"]) for t in found["ties"]]
    if period == ENDED:
        assert "boss" not in row and "dotted_boss" not in row
        assert ties == [(kind, "Emil Hart", "Dora Finch", date(2026, 6, 1))]
    else:
        assert row[boss] == "Dora Finch" and not ties


@pytest.mark.parametrize(("period", "above"), [(Period(), "Lowland Holding"), (ENDED, None)])
def test_what_was_above_before_is_not_written(period: Period, above: str | None) -> None:
    found = rows(PartOf("p", src="acc", dst="top", period=period))["organizations"]
    assert {r["name"]: r.get("part_of") for r in found} == {"Millrace": above, "Lowland Holding": None}


@pytest.mark.parametrize(("sign", "kind"), [(1, "influences"), (-1, "conflict")])
def test_who_sways_stands_first(sign: int, kind: str) -> None:
    (tie,) = rows(Influences("i", src="two", dst="one", sign=sign))["ties"]
    assert (tie["from"], tie["kind"], tie["to"]) == ("Emil Hart", kind, "Dora Finch")
