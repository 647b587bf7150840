"""What has ended, and what is of the other sign, is written as that."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from powermap.intake import make_plan
from powermap.method import load_pack
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
    record_from_props,
)
from powermap.reports.rows import account_rows
from powermap.reports.workbook import write_csv_folder
from powermap.sources import read_files

PACK = load_pack()

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


DAY, LATER = date(2026, 6, 1), date(2027, 1, 1)
LINES = [
    [(None, DAY, "one"), (DAY, None, "three")],
    [(date(2025, 1, 1), DAY, "one"), (DAY, None, "three")],
    [(None, DAY, "one"), (None, None, "three")],
    [(None, date(2025, 1, 1), "one"), (None, DAY, "three")],
    [(None, LATER, "one")],
    [(DAY, None, "one")],
]
"""Whose line, or which part, a thing was at which times: before and after, a gap in what is known, an end to come."""


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("lines", LINES)
@pytest.mark.parametrize("cls", [ReportsTo, PartOf])
def test_what_an_export_says_a_new_store_knows(
    tmp_path: Path,
    cls: type[ReportsTo | PartOf],
    lines: list[tuple[date | None, date | None, str]],
    turned: bool,
) -> None:
    """Also if somebody has sorted the rows: who is the boss today is not the one who was."""
    ends = {"one": "unit", "three": "other"} if cls is PartOf else {"one": "one", "three": "three"}
    src = "acc" if cls is PartOf else "two"
    more = [cls(f"x{n}", src=src, dst=ends[end], period=Period(a, b)) for n, (a, b, end) in enumerate(lines)]
    known = Snapshot.of(
        [
            Organization("acc", name="Millrace", type="customer"),
            Organization("unit", name="Lowland Holding", type="customer"),
            Organization("other", name="Upland Holding", type="customer"),
            *(
                Person(i, name=n)
                for i, n in (("one", "Dora Finch"), ("two", "Emil Hart"), ("three", "Gwen Moss"))
            ),
            *(WorksAt(f"w{i}", src=i, dst="acc") for i in ("one", "two", "three")),
            *more,
        ]
    )
    write_csv_folder(known, "acc", tmp_path, PACK, "en")
    sheet = tmp_path / "Ties.csv"
    if turned:
        head, *body = sheet.read_text("utf-8-sig").splitlines()
        sheet.write_text("\n".join([head, *reversed(body)]), "utf-8")
    made = make_plan(
        read_files([tmp_path], PACK),
        Snapshot.of([]),
        PACK,
        today=date(2026, 9, 30),
        new_id=map(str, count()).__next__,
    )
    new = Snapshot.of(record_from_props(c.kind, c.after) for c in made.changes if c.after is not None)
    assert not made.problems

    def told(snapshot: Snapshot) -> set[tuple[str, str, Period]]:
        name = {r.id: str(getattr(r, "name", "")) for r in snapshot}
        return {(name[t.src], name[t.dst], t.period) for t in snapshot.all(cls)}

    assert told(new) == told(known)
