"""Effort beside revenue, by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from small_store import DAY, Store

from powermap.portfolio import answer


def store() -> Store:
    """Revenue 60, 30, 10, 0 (100 in all); effort 2, 2, 5 and 1 (10 in all)."""
    s = Store()
    s.ours("Ann", "Ben")
    for name, revenue in (("Big", 60.0), ("Mid", 30.0), ("Loud", 10.0), ("New", 0.0)):
        s.account(name, revenue)
    s.account("Unknown")
    s.met("Big", DAY, "Ann Ben")
    s.met("Mid", DAY - timedelta(days=364), "Ann")
    s.met("Mid", DAY, "")
    for _ in range(5):
        s.met("Loud", date(2026, 8, 1), "Ben", channel="mail")
    s.met("New", DAY, "Ann")
    s.met("Unknown", DAY, "Ann")
    return s


def test_ratios() -> None:
    """Loud: 50 % for 10 %: 5. Mid: 20 % for 30 %: 0.67. Big: 20 % for 60 %: 0.33, little. New: nothing to divide by."""
    s = store()
    found = answer(s.scan(), "effort", s.snapshot())
    assert [(r["id"], r["effort"], r["ratio"], r["key"]) for r in found.rows] == [
        ("Loud", 5, 5.0, "loud"),
        ("Mid", 2, 0.67, "fair"),
        ("Big", 2, 0.33, "quiet"),
        ("New", 1, None, "none"),
    ]
    assert found.findings[0].sentence.en == (
        "Of 4 accounts the share of effort is far above that of revenue in 1, far below in 1 (60% of the revenue)."
    )
    assert any(n.en.startswith("1 account without revenue") for n in found.notes)


@pytest.mark.parametrize("on", [DAY - timedelta(days=365), DAY + timedelta(days=1)])
def test_what_is_too_old_or_not_yet(on: date) -> None:
    s = Store()
    s.ours("Ann")
    s.account("A", 1.0)
    s.met("A", on, "Ann")
    found = answer(s.scan(), "effort", s.snapshot())
    assert not found.rows and "interactions" in found.findings[0].sentence.en
