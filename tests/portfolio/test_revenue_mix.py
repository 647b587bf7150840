"""The composition of the revenue, by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_store import Store

from powermap.method import load_pack
from powermap.model import Organization
from powermap.portfolio import answer
from powermap.portfolio.questions.revenue_mix import NOBODY, UNKNOWN, altitudes, mix_rows, sales


def store() -> Store:
    """A: 60 (40 chargers, 20 cables), 30 the year before (all chargers). B: 30 in all, 10 of it chargers. C: 10."""
    s = Store()
    s.ours("Ann")
    s.account("A", Boss=1, Clerk=4)
    s.account("B", Head=2, Buyer=4)
    s.account("C", Lead=1)
    s.account("D", Chief=1)
    s.records = [
        replace(r, region="North" if r.id == "A" else "South", product_tier="High" if r.id == "A" else "")
        if isinstance(r, Organization) and r.id in ("A", "B")
        else r
        for r in s.records
    ]
    s.figure("A", "revenue", 2025, 40, "chargers")
    s.figure("A", "revenue", 2025, 20, "cables")
    s.figure("A", "revenue", 2024, 30, "chargers")
    s.figure("B", "revenue", 2025, 30)
    s.figure("B", "revenue", 2025, 10, "chargers")
    s.figure("B", "revenue", 2024, 20)
    s.figure("C", "revenue", 2025, 10)
    s.covers("Ann>Boss", "Ann>Clerk", "Ann>Buyer")
    return s


def shares(s: Store, dimension: str) -> dict[str, tuple[int, float, float | None]]:
    rows = mix_rows(s.scan(), s.snapshot(), load_pack())
    return {r["part"]["en"]: (r["accounts"], r["share"], r["before"]) for r in rows if r["key"] == dimension}


def test_the_parts_of_each_dimension() -> None:
    """In all 100 now and 50 the year before. A reaches level 1, B 4, and in C nobody is covered."""
    s = store()
    assert shares(s, "region") == {"North": (1, 60, 60), "South": (1, 30, 40), "not given": (1, 10, 0)}
    assert shares(s, "tier") == {"High": (1, 60, 60), "not given": (2, 40, 40)}
    # Chargers 40 + 10 of 100, then 30 of 50; cables 20; the rest of B 20 and C 10, then 20.
    assert shares(s, "category") == {"chargers": (2, 50, 60), "cables": (1, 20, 0), "not given": (2, 30, 40)}
    assert shares(s, "altitude") == {
        "level 1 Top": (1, 60, 60),
        "level 4 Managers": (1, 30, 40),
        "nobody covered": (1, 10, 0),
    }


def test_the_alarm_of_low_relations() -> None:
    """B (30, level 4) and C (10, nobody) are low: 40 % of 100, above 30 %."""
    s = store()
    found = answer(s.scan(), "mix", s.snapshot())
    assert found.findings[0].kind == "mix-altitude"
    assert (found.findings[0].value, found.findings[0].urgency) == (40, 2)
    assert found.findings[0].sentence.en.endswith("no higher than level 4, or on none (1 account).")
    notes = [n.en for n in found.notes]
    assert any(n.startswith("1 account (10%) without region") for n in notes)
    assert any(n.startswith("2 accounts (30%) without product category") for n in notes)


def test_altitude_without_levels() -> None:
    s = Store()
    s.ours("Ann")
    s.account("A", 5.0, Boss=1)
    s.account("B", 5.0)
    s.records = [replace(r, level=None) if getattr(r, "dst", "") == "A" else r for r in s.records]
    s.covers("Ann>Boss")
    assert altitudes(s.scan(), s.snapshot()) == [UNKNOWN, NOBODY]


def test_parts_sum_to_the_revenue_of_the_scan() -> None:
    """Categories that exceed a given total are no parts of it: the total counts alone."""
    s = store()
    s.figure("C", "revenue", 2025, 99, "chargers")
    result = s.scan()
    sold = sales(result, s.snapshot())
    for i, account in enumerate(result.columns.accounts):
        assert sum(x.now for x in sold if x.account == i) == pytest.approx(account.revenue or 0)


def test_no_revenue_at_all() -> None:
    s = Store()
    s.account("A", Boss=1)
    found = answer(s.scan(), "mix", s.snapshot())
    assert not found.rows and "sheet of figures" in found.findings[0].sentence.en
