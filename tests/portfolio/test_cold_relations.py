"""Half-life: the law, the day a relation goes cold, and what counts as a meeting of the two."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_store import Store

from powermap.analysis.rules.contact import Clock
from powermap.method import load_pack
from powermap.model import Period, WorksAt
from powermap.portfolio import answer

CLOCK = Clock.of(load_pack())


def test_the_day() -> None:
    """0.5 of grade S (half-life 90 days, cold below 0.25): after 90 days exactly 0.25, one day later below.

    0.8 is 1.678 half-lives above: 151.03 days, so on day 152. 0.2 was never warm.
    """
    start = date(2026, 1, 1)
    assert CLOCK.cold_on(0.5, "S", start) == start + timedelta(days=91)
    assert CLOCK.cold_on(0.8, "S", start) == start + timedelta(days=152)
    assert CLOCK.cold_on(0.2, "S", start) == start


@given(
    strength=st.floats(0.01, 1), grade=st.sampled_from(["S", "A", "B", "C", ""]), days=st.integers(0, 2000)
)
def test_the_law(strength: float, grade: str, days: int) -> None:
    half = int(CLOCK.half_life[grade])
    now = CLOCK.strength(strength, grade, days)
    assert CLOCK.strength(strength, grade, days + half) == pytest.approx(now / 2)
    start = date(2020, 1, 1)
    cold = (CLOCK.cold_on(strength, grade, start) - start).days
    assert CLOCK.strength(strength, grade, cold) < CLOCK.threshold + 1e-9
    if cold:
        assert CLOCK.strength(strength, grade, cold - 1) >= CLOCK.threshold - 1e-9


def test_rows_by_date() -> None:
    """Ann met Boss on 1 May: cold on 31 July. Ben's tie began on 1 July: cold on 30 September, today.

    Ben never met Boss; Ann to Clerk met yesterday; Ann to Aide has no date at all. A meeting after today, one in
    another account and one without the contact don't count.
    """
    s = Store()
    s.ours("Ann", "Ben")
    s.account("A", 100.0, "S", Boss=1, Clerk=3, Aide=3)
    s.account("B", 1.0, "S", Other=1)
    s.covers("Ann>Boss", "Ann>Clerk", "Ann>Aide")
    s.covers("Ben>Boss", period=Period(date(2026, 7, 1), None))
    s.met("A", date(2026, 3, 1), "Ann", "Boss")
    s.met("A", date(2026, 5, 1), "Ann", "Boss")
    s.met("A", date(2026, 9, 29), "Ann", "Clerk")
    s.met("A", date(2026, 10, 1), "Ann", "Boss Aide")
    s.met("A", date(2026, 9, 1), "Ann")
    s.met("B", date(2026, 9, 1), "Ann", "Boss")
    found = answer(s.scan(), "cold", s.snapshot())
    assert [(r["relation"]["en"], r["cold_on"], r["key"]) for r in found.rows] == [
        ("Ann → Boss", "2026-07-31", "cold"),
        ("Ben → Boss", "2026-09-30", "cold"),
        ("Ann → Clerk", "2026-12-29", "warm"),
    ]
    assert found.rows[1]["last"] is None
    # Both cold ones are of one account: its revenue counts once.
    assert found.findings[0].sentence.en.endswith("the accounts with cold ones bring 100 CNY.")
    assert any(n.en.startswith("1 relation without an interaction") for n in found.notes)


def test_the_cadence_of_the_level() -> None:
    """Boss (1) was met by Ben on 1 June: by the cadence again within 365 days, but cold 91 days after the last contact.

    What is due never lies after what is cold: the last warm day is 30 July for Ann, 30 August for Ben. Clerk (3) was
    met on 1 July, 30 days, so overdue since July; a mail in September keeps the tie warm, but is no meeting.
    """
    s = Store()
    s.ours("Ann", "Ben")
    s.account("A", 100.0, "S", Boss=1, Clerk=3)
    s.covers("Ann>Boss", "Ben>Boss", "Ann>Clerk")
    s.met("A", date(2026, 5, 1), "Ann", "Boss")
    s.met("A", date(2026, 6, 1), "Ben", "Boss")
    s.met("A", date(2026, 7, 1), "Ann", "Clerk")
    s.met("A", date(2026, 9, 1), "Ann", "Clerk", "Mail")
    found = answer(s.scan(), "cold", s.snapshot())
    assert [(r["relation"]["en"], r["last"], r["due_on"], r["overdue"]) for r in found.rows] == [
        ("Ann → Boss", "2026-05-01", "2026-07-30", True),
        ("Ben → Boss", "2026-06-01", "2026-08-30", True),
        ("Ann → Clerk", "2026-09-01", "2026-07-31", True),
    ]
    assert "1 contact is overdue by the cadence of the level" in found.findings[0].sentence.en


def test_of_several_posts_the_highest_sets_the_cadence() -> None:
    """Boss sits at level 1 and at 3: to be met once a year, not every 30 days."""
    s = Store()
    s.ours("Ann")
    s.account("A", 100.0, "S", Boss=1)
    s.records.append(WorksAt("second", src="Boss", dst="A", level=3))
    s.covers("Ann>Boss")
    s.met("A", date(2026, 8, 1), "Ann", "Boss")
    (row,) = answer(s.scan(), "cold", s.snapshot()).rows
    assert not row["late"]
