"""Share of wallet, by hand; the first case is the method's own: 100 -> 400 million while 100 % -> 4/17."""

from __future__ import annotations

from datetime import date

import pytest
from small_store import DAY, Store

from powermap.model import Organization, PartOf
from powermap.portfolio import answer


def store() -> Store:
    s = Store()
    s.account("Great")
    for year, ours, spend in ((2021, 1e8, 1e8), (2023, 2.3e8, 5.5e8), (2025, 4e8, 17e8)):
        s.figure("Great", "revenue", year, ours, "chargers")
        s.figure("Great", "wallet", year, spend, "chargers")
    return s


def test_sales_rise_and_the_share_falls() -> None:
    """At the share of 2021 (100 %) all 1.7 bn would be ours: 1.7 - 0.4 = 1.3 bn went elsewhere."""
    s = store()
    found = answer(s.scan(), "wallet", s.snapshot())
    (row,) = found.rows
    assert (row["key"], row["share_from"], row["share"]) == ("erosion", 100, 23.5)
    assert row["elsewhere"] == pytest.approx(13e8)
    alarm = found.findings[1]
    assert alarm.urgency == 3 and alarm.value == 23.5
    assert "从 1 亿元涨到 4 亿元，份额却从 100% 跌到 23.5%" in alarm.sentence.zh
    assert "13 亿元" in alarm.sentence.zh and "1.3 bn CNY" in alarm.sentence.en


def test_every_verdict_and_the_order() -> None:
    """Fall: 50 -> 40 % of 200, so 20 elsewhere. Up: 10 -> 20 %. Steady: 10 -> 9.5 %. Single: one year."""
    s = Store()
    for name, first, last in (
        ("Fall", (100, 200), (80, 200)),
        ("Up", (10, 100), (40, 200)),
        ("Steady", (10, 100), (19, 200)),
    ):
        s.account(name)
        for year, (ours, spend) in ((2024, first), (2025, last)):
            s.figure(name, "revenue", year, ours)
            s.figure(name, "wallet", year, spend)
    s.account("Single")
    s.figure("Single", "revenue", 2025, 5)
    s.figure("Single", "wallet", 2025, 10)
    found = answer(s.scan(), "wallet", s.snapshot())
    assert [(r["id"], r["key"], r["elsewhere"]) for r in found.rows] == [
        ("Fall", "both", pytest.approx(20)),
        ("Steady", "steady", pytest.approx(1)),
        ("Up", "up", 0),
        ("Single", "single", 0),
    ]


def test_the_headline_counts_a_total_and_its_categories_once() -> None:
    """Sales rise from 50 to 60 while the share falls from 50 to 30 % of 200: 40 elsewhere, in phones and in all.

    Parts gives categories only: 40 each, 80 in all.
    """
    s = Store()
    for name, categories in (("Both", ("", "phones")), ("Parts", ("phones", "cables"))):
        s.account(name)
        for year, ours, spend in ((2024, 50, 100), (2025, 60, 200)):
            for category in categories:
                s.figure(name, "revenue", year, ours, category)
                s.figure(name, "wallet", year, spend, category)
    found = answer(s.scan(), "wallet", s.snapshot())
    assert [r["elsewhere"] for r in found.rows] == [40, 40, 40, 40]
    assert found.findings[0].sentence.en.endswith("; 120 CNY a year went elsewhere.")


def test_what_counts() -> None:
    """Months and units are summed; the year under way, a rival's sales, and years beyond five back are left out."""
    s = store()
    s.figure("Great", "revenue", 2020, 5e7, "chargers")
    s.figure("Great", "wallet", 2020, 4e8, "chargers")
    s.figure("Great", "revenue", 2026, 1e6, "chargers")
    s.figure("Great", "wallet", 2026, 1e9, "chargers")
    s.records.append(Organization("Unit", name="Unit", type="unit"))
    s.records.append(PartOf("part", src="Unit", dst="Great"))
    s.figure("Unit", "revenue", 2025, 1e8, "chargers")
    (row, *_) = answer(s.scan(), "wallet", s.snapshot()).rows
    assert (row["years"], row["revenue"], row["share"]) == ("2021–2025", 5e8, 29.4)
    early = answer(s.scan(date(2022, 3, 1)), "wallet", s.snapshot()).rows
    # Years 2020 (12.5 %) and 2021 (100 %) were over.
    assert [(r["years"], r["key"]) for r in early] == [("2020–2021", "up")]


def test_what_to_bring() -> None:
    s = store()
    s.account("Sales", 10.0)
    s.account("Bare")
    notes = [n.en for n in answer(s.scan(DAY), "wallet", s.snapshot()).notes]
    assert any(n.startswith("1 account with sales but without the customer's spend") for n in notes)
    assert any(n.startswith("1 account without sales of a whole year") for n in notes)


@pytest.mark.parametrize(("sold", "noted"), [(100.0, False), (100.1, True)])
def test_a_share_above_the_whole_is_noted(sold: float, noted: bool) -> None:
    s = Store()
    s.account("A")
    s.figure("A", "revenue", 2025, sold)
    s.figure("A", "wallet", 2025, 100.0)
    assert any("above 100%" in n.en for n in answer(s.scan(), "wallet", s.snapshot()).notes) is noted
