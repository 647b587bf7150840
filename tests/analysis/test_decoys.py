"""Decoys: an account that looks right to a method that is wrong, and what each question must say of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builder import DAY, PAST, lens

from powermap.analysis import projection
from powermap.analysis.brief import brief
from powermap.analysis.competition import compare, leads
from powermap.analysis.cover import owners, sole_cover, uncovered
from powermap.analysis.decision import decides
from powermap.analysis.fragility import fragile, reach
from powermap.analysis.influence import in_strength, pagerank, power
from powermap.analysis.measures import list_measures, measure
from powermap.analysis.shares import shares
from powermap.analysis.sway import sways
from powermap.analysis.who import show
from powermap.errors import AnalysisError
from powermap.lens import Lens
from powermap.model import Period

TOP = {"Boss": {"roles": ("decider",)}}


def kinds(found: list[str] | object) -> set[str]:
    return {f.kind for f in found.findings}  # type: ignore[attr-defined]


def test_direction_of_influence() -> None:
    """Boss tells everybody and is told by one clerk: the clerk sways him, not the crowd."""
    view = lens(
        {"Boss": 1, "Clerk": 5, "Pat": 3, "Quin": 3},
        sways=[("Clerk", "Boss", 1.0), ("Boss", "Pat", 0.2), ("Boss", "Quin", 0.2)],
        committee=TOP,
    )
    assert in_strength(view) == {"Boss": 0.4, "Pat": 0, "Quin": 0, "Clerk": 1.0}
    assert max(pagerank(view), key=pagerank(view).__getitem__) == "Clerk"
    ids, w, _ = projection.influence(view)
    assert w[ids.index("Boss"), ids.index("Clerk")] == 1
    assert projection.access(view).has_edge("Clerk", "Boss")
    assert not projection.access(view).has_edge("Boss", "Clerk")
    hidden = [f for f in sways(view).findings if f.kind == "hidden-influencer"]
    assert [f.subjects for f in hidden] == [("Clerk",)]


def test_another_suppliers_coverage_is_no_way_of_ours() -> None:
    view = lens(
        {"Boss": 1, "Aide": 3},
        covers=[("Uma", "Aide"), ("Vic", "Boss", 1.0)],
        team={"Vic": "rival"},
        suppliers=("us", "rival"),
        committee=TOP,
    )
    assert not reach(view).reached("Boss")
    assert reach(view.with_supplier("rival")).ways("Boss") == 1
    assert owners(view) == {"Aide": ("Uma",)}
    assert "no-way" in kinds(fragile(view))
    assert "no-way" not in kinds(fragile(view.with_supplier("rival")))


@pytest.mark.parametrize(
    ("period", "holds"),
    [
        (PAST, False),
        (Period(None, DAY), False),
        (Period(DAY, None), True),
        (Period(date(2026, 10, 1), None), False),
        (Period(None, date(2026, 10, 1)), True),
    ],
)
def test_a_period_is_half_open(period: Period, holds: bool) -> None:
    """Coverage, influence, line and attitude count on the days [start, end) only."""
    at = {"period": period}
    view = lens(
        {"Boss": 1, "Aide": 3},
        covers=[("Uma", "Boss", 0.5, at)],
        sways=[("Aide", "Boss", 0.5, at)],
        boss=[("Aide", "Boss", at)],
        stances=[("Boss", "us", 2, at)],
        committee=TOP,
    )
    assert reach(view).reached("Boss") is holds
    assert bool(view.influences) is holds
    assert bool(view.seats["Aide"].bosses) is holds
    assert view.attitude("Boss") == (2 if holds else None)
    assert leads(view)["Boss"].state == ("leads" if holds else "uncovered")


def test_what_is_found_once_is_kept_for_one_lens_and_one_way_of_asking() -> None:
    view = lens({"Boss": 1, "Gate": 3}, covers=[("Uma", "Gate")], committee=TOP)
    assert reach(view) is reach(view)
    assert reach(view) is not reach(view, circles=True)
    assert reach(view) is not reach(replace(view))


@pytest.mark.parametrize("attitude", [-2, -1])
def test_an_opponent_in_the_way_is_no_way(attitude: int) -> None:
    """An opponent can be reached, but introduces nobody; neutral or unknown people do."""
    facts = {"covers": [("Uma", "Gate")], "sways": [("Gate", "Boss")], "committee": TOP}
    view = lens({"Boss": 1, "Gate": 3}, **facts, stances=[("Gate", "us", attitude)])
    assert reach(view).reached("Gate")
    assert not reach(view).reached("Boss")
    assert reach(view, through_opponents=True).dominators("Boss") == ("Gate", "Uma")
    for stances in ([], [("Gate", "us", 0)], [("Gate", "us", None)]):
        assert reach(lens({"Boss": 1, "Gate": 3}, **facts, stances=stances)).reached("Boss")


def test_a_rivals_exclusive_supporter_is_no_way() -> None:
    facts = {
        "covers": [("Uma", "Gate")],
        "sways": [("Gate", "Boss")],
        "suppliers": ("us", "rival"),
        "committee": TOP,
    }
    people = {"Boss": 1, "Gate": 3}
    assert not reach(lens(people, **facts, stances=[("Gate", "rival", 2)])).reached("Boss")
    assert reach(lens(people, **facts, stances=[("Gate", "rival", 1)])).reached("Boss")
    both = [("Gate", "rival", 2), ("Gate", "us", 2)]
    assert reach(lens(people, **facts, stances=both)).reached("Boss")
    assert "exclusive-contradiction" in kinds(compare(lens(people, **facts, stances=both)))


def test_two_owners_and_still_one() -> None:
    """Two people cover the account, but every way to the decision runs through one of them."""
    view = lens(
        {"Boss": 1, "Aide": 3, "Clerk": 5},
        covers=[("Uma", "Aide"), ("Ugo", "Clerk")],
        sways=[("Aide", "Boss"), ("Boss", "Clerk")],
        committee=TOP,
    )
    assert reach(view).single_owners == {"Uma": ("Boss",)}
    assert reach(view).single_contacts == {"Aide": ("Boss",)}
    assert {"single-owner", "single-contact"} <= kinds(fragile(view))
    assert reach(view).loses("Ugo") == frozenset()


def test_conflict_sways_nobody() -> None:
    """A tie of negative sign is no influence, no standing and no way; it is said."""
    view = lens({"Boss": 1, "Foe": 2}, covers=[("Uma", "Foe")], sways=[("Foe", "Boss", 1.0, {"sign": -1})])
    assert in_strength(view) == {"Boss": 0, "Foe": 0}
    assert not projection.access(view).has_edge("Foe", "Boss")


def test_unknown_is_not_neutral() -> None:
    """A rival who covers him without a known attitude: nobody can say who leads."""
    facts = {
        "covers": [("Vic", "Boss")],
        "team": {"Vic": "rival"},
        "suppliers": ("us", "rival"),
        "committee": TOP,
    }
    assert leads(lens({"Boss": 1}, **facts, stances=[("Boss", "us", 1)]))["Boss"].state == "unknown"
    known = [("Boss", "us", 1), ("Boss", "rival", 0)]
    lead = leads(lens({"Boss": 1}, **facts, stances=known))["Boss"]
    assert (lead.state, lead.supplier, lead.margin) == ("leads", "us", 1)
    level = [("Boss", "us", 1), ("Boss", "rival", 1)]
    assert leads(lens({"Boss": 1}, **facts, stances=level))["Boss"].state == "contested"
    against = [("Boss", "us", -1), ("Boss", "rival", -2)]
    assert leads(lens({"Boss": 1}, **facts, stances=against))["Boss"].state == "nobody"


def test_an_opponent_is_not_swayed_by_calls() -> None:
    """Coverage of somebody who is against us owns nothing of him."""
    facts = {"covers": [("Uma", "Boss", 1.0)], "committee": TOP}
    assert shares(lens({"Boss": 1}, **facts)).suppliers["us"] == pytest.approx(0.8)
    assert shares(lens({"Boss": 1}, **facts, stances=[("Boss", "us", -1)])).suppliers["us"] == 0


def test_asserted_power_stays() -> None:
    view = lens({"Boss": {"level": 1}, "Clerk": {"level": 5, "power": 9}}, covers=[("Uma", "Boss")])
    assert (power(view)["Clerk"].value, power(view)["Clerk"].asserted) == (9, True)
    assert not power(view)["Boss"].asserted
    assert uncovered(view) == ("Clerk",)
    assert sole_cover(view) == {"Boss": "Uma"}


EMPTY = lens([])
ALONE = lens({"Boss": 1})


@pytest.mark.parametrize("view", [EMPTY, ALONE], ids=["nobody", "one person"])
@pytest.mark.parametrize("ask", [show, decides, sways, fragile, compare, brief])
def test_every_question_of_an_almost_empty_account(view: Lens, ask: object) -> None:
    """No question stumbles over nobody or one person, and each says something."""
    found = ask(view)  # type: ignore[operator]
    assert found.findings
    assert found.to_json()


@pytest.mark.parametrize("name", [name for name, kind, _ in list_measures() if "two people" not in kind.en])
def test_every_measure_of_one_person(name: str) -> None:
    assert measure(ALONE, name).to_json()
    with pytest.raises(AnalysisError):
        measure(EMPTY, name)
