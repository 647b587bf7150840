"""The rules on plain values, each number of the pack on both sides of its edge and exactly at it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from powermap.analysis.rules import coverage, duty, grade, health, single, staleness, wallet
from powermap.analysis.rules.contact import Clock
from powermap.analysis.rules.coverage import Met
from powermap.analysis.rules.duty import Decider, Limits
from powermap.analysis.rules.wallet import Amount, Series
from powermap.method import load_pack
from powermap.model import Interaction
from powermap.words import Words

PACK = load_pack()
LIMITS, CLOCK = Limits.of(PACK), Clock.of(PACK)
DAY = date(2026, 9, 30)
NAME = Words("周", "Zhou")


def days(number: int) -> date:
    return DAY - timedelta(days=number)


# -- wallet ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "verdict"),
    [
        (49.01, "steady"),
        (49.0, "erosion"),
        (48.99, "erosion"),
        (50.99, "steady"),
        (51.0, "up"),
        (51.01, "up"),
    ],
)
def test_a_fall_of_one_point(last: float, verdict: str) -> None:
    """Method M24, pack: points = 1.0. From 50 % of 100 to `last` % of 1000: 0.99 points are no fall, 1 and 1.01 are."""
    found = Series("", "CNY", ((2024, 50.0, 100.0), (2025, 10 * last, 1000.0)))
    assert found.verdict(wallet.Limits.of(PACK).points) == verdict


@pytest.mark.parametrize(("last", "verdict"), [(50.0, "both"), (50.01, "erosion"), (49.99, "both")])
def test_sales_that_stay_do_not_rise(last: float, verdict: str) -> None:
    assert Series("", "", ((2024, 50.0, 100.0), (2025, last, 200.0))).verdict(1.0) == verdict


def test_the_years_looked_back_on() -> None:
    """Pack: years = 5. Of 2020 to 2025 the first is left out; 2026 isn't over."""
    amounts = [Amount(m, "", "", y, 1.0) for m in ("revenue", "wallet") for y in range(2020, 2027)]
    (found,) = wallet.series(amounts, 2026, wallet.Limits.of(PACK).years)
    assert [y for y, _, _ in found.years] == [2021, 2022, 2023, 2024, 2025]


def test_units_months_currencies_and_categories() -> None:
    """Two units sell 3 and 5 of 20 in January, 2 of 5 in July: 10 of 25. Euros and other categories stand apart."""
    amounts = [Amount("revenue", "ovens", "CNY", 2025, v) for v in (3.0, 5.0, 2.0)]
    amounts += [Amount("wallet", "ovens", "CNY", 2025, v) for v in (20.0, 5.0)]
    amounts += [Amount("wallet", "ovens", "EUR", 2025, 7.0), Amount("revenue", "", "CNY", 2025, 100.0)]
    found = wallet.series(amounts, 2026, 5)
    assert [(s.category, s.currency, s.years) for s in found] == [("ovens", "CNY", ((2025, 10.0, 25.0),))]


def test_a_category_without_a_row_of_ours() -> None:
    """80 of spices a year, 50 from a rival, none from us: zero, since the rival's sales are known. Of flour nobody's are."""
    amounts = [Amount("wallet", c, "CNY", 2025, 80.0) for c in ("spices", "flour")]
    amounts.append(Amount("revenue", "spices", "CNY", 2025, 50.0, "fresh"))
    (found,) = wallet.series(amounts, 2026, 5)
    assert (found.category, found.years, found.verdict(1.0)) == ("spices", ((2025, 0.0, 80.0),), "none")
    told = wallet.alarm(found, wallet.Limits.of(PACK), "a", lambda _: Words("鲜客", "Fresh"))
    assert told is not None and told.kind == "white-space"
    assert told.sentence.en == "spices: bought for 80 CNY in 2025, nothing of it from us; 50 CNY from Fresh."
    # Where our sales are given by category, what we don't sell is zero too; a total alone says nothing of parts.
    ours = [*amounts, Amount("revenue", "ovens", "CNY", 2025, 1.0)]
    assert [s.category for s in wallet.series(ours, 2026, 5)] == ["flour", "spices"]
    total = [*amounts, Amount("revenue", "", "CNY", 2025, 1.0)]
    assert [s.category for s in wallet.series(total, 2026, 5)] == ["spices"]


def test_a_year_in_which_nothing_is_bought_has_no_share() -> None:
    amounts = [Amount("revenue", "", "", y, 1.0) for y in (2024, 2025)]
    amounts += [Amount("wallet", "", "", 2024, 0.0), Amount("wallet", "", "", 2025, 4.0)]
    (found,) = wallet.series(amounts, 2026, 5)
    assert found.shares == (0.25,)


def test_every_number_is_told() -> None:
    """1 to 4 of 1 to 17: with one of the four left out nobody could do the sum again."""
    found = Series("", "CNY", ((2021, 1.0, 1.0), (2025, 4.0, 17.0)), sources=("a.csv · 2", "a.csv · 3"))
    told = wallet.alarm(found, wallet.Limits.of(PACK), "a", lambda i: Words(i, i))
    assert told is not None and [i.value for i in told.inputs] == [1.0, 1.0, 4.0, 17.0]
    assert {i.source for i in told.inputs} == {"a.csv · 2", "a.csv · 3"} and told.urgency == 3


# -- duty --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("attitude", "red"), [(0, True), (1, False), (2, False), (None, False)])
def test_the_attitude_of_a_key_person(attitude: int | None, red: bool) -> None:
    """Pack: attitude = 1 (M17). Unknown is no fault, but not judged."""
    found = duty.key([Decider("b", NAME, attitude)], False, LIMITS, marked=False)
    assert any(f.red for f in found) == red and bool(found) == (red or attitude is None)


@pytest.mark.parametrize(("marked", "red"), [(False, False), (True, True)])
def test_nobody_known_to_decide_is_a_fault_only_where_they_must_be_named(marked: bool, red: bool) -> None:
    """Grade B demands that key people are marked (M17); without that, nobody to judge is missing data."""
    assert [f.red for f in duty.key([], False, LIMITS, marked=marked)] == [red]


@pytest.mark.parametrize(("level", "states"), [(2, [True]), (3, []), (4, []), (None, [False])])
def test_the_level_of_the_organizations(level: int | None, states: list[bool]) -> None:
    """Pack: organization = 3, a strategic supplier (M55)."""
    assert [f.red for f in duty.organization(level, LIMITS)] == states


@pytest.mark.parametrize(("rank", "holes"), [(1, ()), (2, ()), (3, (1,)), (None, (1,))])
def test_like_meets_like(rank: int | None, holes: tuple[int, ...]) -> None:
    """Pack: rank = 1. Whom level 1 deserves: rank 1 or 2, not 3, and nobody whose rank isn't known (M18)."""
    found = duty.levels({1}, True, [(rank, 1)], LIMITS)
    assert [f.about for f in found] == ([holes] if holes else [])


@pytest.mark.parametrize(("fewest", "states"), [(-1, [False]), (0, [True]), (1, [True]), (2, []), (3, [])])
def test_the_ways(fewest: int, states: list[bool]) -> None:
    """Pack: ways = 2 (M18)."""
    assert [f.red for f in duty.ways(fewest, LIMITS)] == states


@pytest.mark.parametrize(("deputies", "faults"), [(0, 1), (1, 0), (2, 0)])
def test_the_deputies(deputies: int, faults: int) -> None:
    """Pack: deputies = 1 (M116)."""
    assert len(duty.deputy(deputies, LIMITS)) == faults


def test_what_each_grade_demands() -> None:
    """Method M16 to M18: all of S and A, named key people of B, nothing of the account itself of C."""
    everything = ("general", "key", "organization", "levels", "ways", "deputy")
    assert [grade.demands(g, PACK) for g in ("S", "A", "B", "C", "")] == [
        everything,
        everything,
        ("named",),
        ("visits",),
        (),
    ]
    assert grade.demanding(PACK) == ("S", "A", "B")
    assert grade.visiting(PACK) == ("C",)


# -- contact -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "key"), [(90, "soon"), (91, "cold"), (92, "cold"), (31, "soon"), (30, "warm")]
)
def test_cold_and_going_cold(since: int, key: str) -> None:
    """.5 of grade S halves in 90 days to the threshold .25, below it on day 91; 60 days before, day 31, it is going."""
    assert CLOCK.contact(0.5, "S", None, days(since), None, DAY).key == key


@pytest.mark.parametrize(("strength", "cold"), [(0.24, True), (0.25, False), (0.26, False)])
def test_the_threshold(strength: float, cold: bool) -> None:
    """Pack: threshold = .25; exactly at it a relation of today isn't cold, but is tomorrow."""
    found = CLOCK.contact(strength, "S", None, DAY, None, DAY)
    assert (found.key == "cold") == cold


@pytest.mark.parametrize(("seen", "late"), [(29, False), (30, False), (31, True)])
def test_the_cadence(seen: int, late: bool) -> None:
    """Pack: level 3 is met every 30 days (M71)."""
    assert CLOCK.contact(0.9, "S", 3, DAY, days(seen), DAY).late == late


@pytest.mark.parametrize(
    ("level", "due"), [(1, date(2026, 12, 29)), (3, date(2026, 10, 30)), (None, date(2026, 12, 29))]
)
def test_the_day_due_is_the_first_of_both(level: int | None, due: date) -> None:
    """Met today, cold on 30 December: level 1 has a year, but the last warm day comes first; level 3 has 30 days."""
    found = CLOCK.contact(0.5, "S", level, DAY, DAY, DAY)
    assert found.cold_on == date(2026, 12, 30) and found.due_on == due


@pytest.mark.parametrize(("since", "said"), [(179, None), (180, None), (181, 181)])
def test_an_account_gone_quiet(since: int, said: int | None) -> None:
    """Pack: silent = 180."""
    assert CLOCK.quiet(days(since), DAY) == said
    assert CLOCK.quiet(None, DAY) is None


# -- coverage, staleness, health ---------------------------------------------------------------------------------------


def test_people_of_weight() -> None:
    """Pack: power_that_matters = 6."""
    least = PACK.default("power_that_matters")
    assert coverage.uncovered({"a": 5.9, "b": 6.0, "c": 6.1, "d": 9.0}, {"d"}, least) == ("b", "c")


def test_who_met_them() -> None:
    """The last meeting with one of ours; mails, calls by their form, and meetings with others, are none."""
    meetings = [
        Interaction(
            str(ago), account="acme", on=days(ago), channel=channel, form=form, ours=ours, theirs=theirs
        )
        for ago, channel, form, ours, theirs in (
            (40, "visit", "", ("ann",), ("boss",)),
            (30, "", "formal_visit", ("spy", "ben"), ("boss", "aide")),
            (20, "E-Mail", "", ("ann",), ("boss",)),
            (15, "", "call", ("ann",), ("boss",)),
            (10, "visit", "", ("spy",), ("boss",)),
        )
    ]
    found = coverage.last_met(meetings, {"boss"}, {"ann", "ben"}, coverage.apart(PACK))
    assert found == {"boss": Met("ben", days(30))}


@pytest.mark.parametrize(("age", "stale"), [(179, False), (180, False), (181, True)])
def test_a_judgement_grows_old(age: int, stale: bool) -> None:
    """Pack: stale_days = 180; what was observed anew counts from then."""
    limit = int(PACK.default("stale_days"))
    assert staleness.stale(staleness.judged(None, days(age)), DAY, limit) == stale
    assert staleness.stale(staleness.judged(days(age), days(900)), DAY, limit) == stale
    assert not staleness.stale(staleness.judged(None, None), DAY, limit)


def test_the_state_is_the_gravest() -> None:
    def state(
        *,
        covered: bool = True,
        fewest: int = 2,
        reached: bool = True,
        ours: bool = False,
        theirs: bool = False,
    ) -> str:
        return single.state(covered=covered, fewest=fewest, reached=reached, ours=ours, theirs=theirs)

    assert [state(), state(fewest=0), state(fewest=1, theirs=True), state(ours=True)] == [
        "free",
        "part",
        "contact",
        "owner",
    ]
    assert [state(ours=True, theirs=True), state(reached=False), state(fewest=-1)] == [
        "both",
        "blind",
        "unknown",
    ]
    assert state(covered=False, fewest=-1) == "none"


def test_no_single_point_is_not_well() -> None:
    """The dot takes the worst of what is known."""
    assert health.gravity(()) == 0 and health.gravity(["stale", "cold", "erosion"]) == 3
    assert health.troubles(["free", "stale", "erosion", ""]) == ("erosion", "stale")
    assert health.gravity(health.troubles(["free", "cold"])) == 2
