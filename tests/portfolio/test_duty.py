"""The red list by grade, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from small_store import DAY, Store

from powermap.analysis.rules.duty import Limits
from powermap.method import load_pack
from powermap.model import Covers, Relates, Stands, WorksAt
from powermap.portfolio import answer
from powermap.portfolio.questions.visits import weeks, whole_weeks


def great() -> Store:
    """An S account where all is done: Ann (1) and Ben (2) cover Boss (1), who supports us, and Head (2).

    Cy, whose rank nobody gave, is the deputy for Head.
    """
    s = Store()
    s.ours("Ann", level=1)
    s.ours("Ben", level=2)
    s.account("Great", 100.0, "S", Boss=1, Head=2)
    s.records = [
        replace(r, unit="Board" if r.src == "Boss" else "Purchasing")
        if isinstance(r, WorksAt) and r.dst == "Great"
        else r
        for r in s.records
    ]
    s.records += [Stands("s1", "Boss", "us", attitude=1), Relates("o1", "us", "Great", level=3)]
    s.covers("Ann>Boss", "Ben>Boss", "Ben>Head")
    s.ours("Cy")
    s.records.append(Covers("deputy", "Cy", "Head", strength=0.5, duty="deputy"))
    return s


def missing(s: Store) -> list[tuple[str, str, bool]]:
    return [(r["id"], r["key"], r["red"]) for r in answer(s.scan(), "duty", s.snapshot()).rows]


def without(s: Store, *ids: str) -> Store:
    s.records = [r for r in s.records if r.id not in ids]
    return s


def test_all_is_done() -> None:
    assert missing(great()) == []


def test_each_demand_of_grade_s() -> None:
    s = great()
    covers = {(r.src, r.dst): r.id for r in s.records if hasattr(r, "duty")}
    # Nobody covers Head: Purchasing is bare, Head is key by rank, level 2 has nobody, and nobody a deputy (M116).
    assert missing(without(great(), covers["Ben", "Head"], "deputy")) == [
        ("Great", "general", True),
        ("Great", "key", True),
        ("Great", "levels", True),
        ("Great", "deputy", True),
    ]
    # Cy alone covers Head: nobody knows whether Cy's rank is near.
    assert missing(without(great(), covers["Ben", "Head"])) == [("Great", "levels", True)]
    # Ann alone covers Boss: one way.
    assert missing(without(great(), covers["Ben", "Boss"])) == [("Great", "ways", True)]
    # Ben (2) alone covers Boss (1): one rank below is near enough.
    assert missing(without(great(), covers["Ann", "Boss"])) == [("Great", "ways", True)]
    # No attitude and no level of the organizations: nothing to judge by.
    assert missing(without(great(), "s1", "o1")) == [
        ("Great", "key", False),
        ("Great", "organization", False),
    ]
    s = without(great(), "s1", "o1")
    s.records += [Stands("s1", "Boss", "us", attitude=0), Relates("o1", "us", "Great", level=2)]
    assert missing(s) == [("Great", "key", True), ("Great", "organization", True)]


def test_a_rank_too_low() -> None:
    """Di of level 3 covers Boss of level 1: two ranks apart is no match."""
    s = great()
    s.ours("Di", level=3)
    s.records = [r for r in s.records if not hasattr(r, "duty") or r.id == "deputy"]
    s.covers("Di>Boss", "Ben>Head")
    assert missing(s) == [("Great", "levels", True), ("Great", "ways", True)]


def test_grade_b_needs_named_key_people() -> None:
    """Boss is a decision-maker by rank only: nobody has named him. Grade A would be judged by him."""
    s = Store()
    s.ours("Ann")
    s.account("Mid", 10.0, "B", Boss=1)
    s.account("None", 10.0, "", Chief=1)
    s.covers("Ann>Boss")
    found = answer(s.scan(), "duty", s.snapshot())
    assert [(r["id"], r["key"], r["red"]) for r in found.rows] == [("Mid", "key", True)]
    assert any(n.en.startswith("1 account without a grade") for n in found.notes)


def test_weeks_are_whole_iso_weeks() -> None:
    """30 September 2026 is a Wednesday of week 40: weeks 39, 38, 37 and 36 are over."""
    assert [d.isocalendar().week for d in whole_weeks(DAY, 4)] == [39, 38, 37, 36]
    # A Sunday's week isn't over before it.
    assert whole_weeks(date(2026, 9, 27), 1) == (date(2026, 9, 14),)
    # The first days of January may lie in the last week of the year before.
    assert whole_weeks(date(2027, 1, 6), 1)[0].isocalendar()[:2] == (2026, 53)


@pytest.mark.parametrize(
    ("channel", "form"),
    [("mail", ""), ("Call", ""), ("微信", ""), ("", "call"), ("", "mail"), ("on site", "call")],
)
def test_customers_not_visits(channel: str, form: str) -> None:
    """In week 39 Ann meets seven accounts (red: no), in week 38 one of them six times (red), and the rest by mail."""
    s = Store()
    s.ours("Ann", "Ben")
    for i in range(7):
        s.account(f"C{i}", 1.0, "C", **{f"P{i}": 1})
        s.covers(f"Ann>P{i}")
        s.met(f"C{i}", date(2026, 9, 21), "Ann", f"P{i}")
        s.met(f"C{i}", date(2026, 9, 15), "Ann", f"P{i}", channel, form)
    s.account("Big", 1.0, "A", Boss=1)
    s.covers("Ben>Boss")
    for k in range(6):
        s.met("C0", date(2026, 9, 14) + timedelta(days=k), "Ann", "P0")
    limits = Limits.of(load_pack())
    found = weeks(s.scan().columns, s.snapshot(), limits, load_pack())
    assert found.met == {"Ann": (7, 1, 0, 0)}, "Ben has no account of grade C"
    assert found.seen == 7 and found.below("Ann", limits.visits) == 3
    (row,) = [r for r in answer(s.scan(), "duty", s.snapshot()).rows if r["grade"] == "C"]
    assert row["weeks"] == [["W36", 0], ["W37", 0], ["W38", 1], ["W39", 7]]


def test_no_meetings_at_all_are_missing_data_not_a_fault() -> None:
    s = Store()
    s.ours("Ann")
    s.account("C0", 1.0, "C", P0=1)
    s.covers("Ann>P0")
    found = answer(s.scan(), "duty", s.snapshot())
    assert not found.rows and any("interactions" in n.en for n in found.notes)


@pytest.mark.parametrize(("customers", "red"), [(5, True), (6, False), (7, False)])
def test_six_customers_a_week(customers: int, red: bool) -> None:
    """Method M16, pack: visits = 6 in each of the last 4 whole weeks."""
    s = Store()
    s.ours("Ann")
    for i in range(7):
        s.account(f"C{i}", 1.0, "C", **{f"P{i}": 1})
        s.covers(f"Ann>P{i}")
    for week in range(4):
        for i in range(customers if week == 2 else 7):
            s.met(f"C{i}", date(2026, 9, 21) - timedelta(weeks=week), "Ann", f"P{i}")
    rows = [r for r in answer(s.scan(), "duty", s.snapshot()).rows if r["grade"] == "C"]
    assert bool(rows) == red
