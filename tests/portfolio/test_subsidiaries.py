"""A subsidiary that is a customer of its own, and its units, count in its sums and not in its parent's."""

from __future__ import annotations

from pathlib import Path

import pytest
from odd_stores import assert_same, write
from small_store import DAY, Store

from powermap.method import load_pack
from powermap.model import Organization, PartOf, Period
from powermap.portfolio import Columns, answer
from powermap.portfolio.data.account_units import homes, own_homes
from powermap.portfolio.data.load_columns import fetch
from powermap.stores.sqlite.store import SqliteStore


def store(period: Period = Period()) -> Store:
    """Parent 90 and its unit 10; the subsidiary 40 and its unit 10; two meetings at each of the four."""
    s = Store()
    s.ours("Ann")
    s.account("Parent", 90.0, Boss=1)
    s.account("Sub", 40.0, Chief=1)
    for unit, above in (("Plant", "Parent"), ("Lab", "Sub")):
        s.records += [Organization(unit, name=unit, type="unit"), PartOf(f"p{unit}", src=unit, dst=above)]
        s.figure(unit, "revenue", 2025, 10.0)
    s.records.append(PartOf("pSub", src="Sub", dst="Parent", period=period))
    for name in ("Parent", "Plant", "Sub", "Lab"):
        s.met(name, DAY, "Ann")
        s.met(name, DAY, "Ann")
        s.figure(name, "wallet", 2025, 100.0)
    s.covers("Ann>Boss", "Ann>Chief")
    return s


# A tie that is over still joins: figures of any day belong to whoever it was a unit of.
@pytest.mark.parametrize("period", [Period(), Period(None, DAY)])
def test_sums_count_it_once(period: Period, tmp_path: Path) -> None:
    s = store(period)
    found = s.scan()
    assert {a.id: a.revenue for a in found.columns.accounts} == {"Parent": 100, "Sub": 50}
    assert {r["id"]: r["effort"] for r in answer(found, "effort", s.snapshot()).rows} == {
        "Parent": 4,
        "Sub": 4,
    }
    altitude = [r for r in answer(found, "mix", s.snapshot()).rows if r["key"] == "altitude"]
    assert sum(r["revenue"] for r in altitude) == 150
    wallet = answer(found, "wallet", s.snapshot()).rows
    assert {r["id"]: (r["revenue"], r["wallet"]) for r in wallet} == {"Parent": (100, 200), "Sub": (50, 200)}
    with SqliteStore(tmp_path / "s.db") as kept:
        write(kept, s.records)
        with kept.columns() as rows:
            assert_same(fetch(rows, load_pack(), DAY), Columns.from_snapshot(s.snapshot(), load_pack(), DAY))


def test_whose_it_is_and_where_it_counts() -> None:
    records = store().snapshot()
    assert homes(records)["Lab"] == homes(records)["Sub"] == ("Parent", "Sub")
    assert own_homes(records) == {
        "Parent": ("Parent",),
        "Plant": ("Parent",),
        "Sub": ("Sub",),
        "Lab": ("Sub",),
    }
