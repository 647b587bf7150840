"""Distances, moves and the record on closed deals at their edges, by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from builder import lens
from test_chances import committee, solved
from test_edges import DECIDES, pair

from powermap.analysis.calibration import ENOUGH, calibrate
from powermap.analysis.contacts import contacts
from powermap.analysis.distance import distance
from powermap.analysis.moves import Move, candidates, next_moves, within
from powermap.analysis.winning import Solver
from powermap.method import load_pack
from powermap.model import Evidence

PACK = load_pack()
SURE = {"evidence": Evidence(confidence=1.0)}
BOTH = ("us", "rival")


# Distance and days.


@pytest.mark.parametrize("dotted", [False, True])
@pytest.mark.parametrize("upwards", [False, True])
def test_a_boss_elsewhere_is_no_other_department(dotted: bool, upwards: bool) -> None:
    """Solid or dotted, and whoever of the two is sent."""
    people = {"Head": {"unit": "Board"}, "Clerk": {"unit": "IT"}}
    apart = lens(people)
    tied = lens(people, boss=[("Clerk", "Head", {"dotted": dotted})])
    ends = ("Clerk", "Head") if upwards else ("Head", "Clerk")
    assert distance(apart, *ends).elsewhere and not distance(tied, *ends).elsewhere


def test_days_come_in_halves() -> None:
    """One point of power above is half a day more: 4.5, not 4."""
    found = pair({}, {"power": 6})(PACK)
    assert found is not None and found.effort == 4.5


def test_a_long_chain_of_introductions_is_no_more_work_than_none() -> None:
    """Two who introduce take 8 days, three 12: as much as no way at all, 10."""
    chain = [("A", "B", 0.9), ("B", "C", 0.9), ("C", "D", 0.9)]
    found = contacts(lens("ABCD", sways=chain, covers=[("Uma", "A", 0.9)]))
    assert [found[p].days for p in "ABCD"] == [0, 4, 8, 10] and found["D"].by == "Uma"


# Which moves there are.


def open_moves(attitude: int | None, rival: int | None = None, **facts: Any) -> set[str]:
    stances = [("Boss", "us", attitude)] + ([("Boss", "rival", rival)] if rival is not None else [])
    seen = lens({"Boss": 1}, suppliers=BOTH, stances=stances, covers=[("Uma", "Boss")], **DECIDES, **facts)
    return {m.kind for m in candidates(seen, solved(seen))}


@pytest.mark.parametrize(
    ("attitude", "rival", "kinds"),
    [
        (-2, None, {"neutralise"}),
        (-1, None, {"neutralise"}),
        (0, None, {"raise"}),
        (2, None, {"raise", "advocate"}),
        (3, None, {"advocate"}),
        (None, None, {"approach"}),
        # Nobody begins with a rival's exclusive supporter of whom nothing else is known.
        (None, 2, set()),
        (None, 1, {"approach"}),
        (0, 2, {"raise"}),
    ],
)
def test_the_moves_by_attitude(attitude: int | None, rival: int | None, kinds: set[str]) -> None:
    assert open_moves(attitude, rival) == kinds


def test_the_budget_is_spent_to_the_last_day() -> None:
    """Two moves of 5 and 3 days, one a person: 8 days buy both, 7 the first, 4 the second alone, 2 nothing."""
    moves = [
        Move("raise", ("A",), 0.2, 5.0),
        Move("advocate", ("A",), 0.1, 1.0),
        Move("raise", ("B",), 0.1, 3.0),
    ]
    assert [[m.people[0] for m in within(moves, n)] for n in (8, 7.5, 5, 3)] == [
        ["A", "B"],
        ["A"],
        ["A"],
        ["A"],
    ]
    assert [m.kind for m in within(moves, 3)] == ["advocate"] and within(moves, 0.5) == []


def test_the_first_three_are_three() -> None:
    """Four deciders whose steps are worth more the fewer votes they lack; all is sure, so the fourth is never third."""
    stances = [(p, "us", a, SURE) for p, a in zip("ABCD", (0, -2, 2, 1), strict=True)]
    seen = lens(
        list("ABCD"),
        stances=stances,
        covers=[("Uma", p, 1.0, SURE) for p in "ABCD"],
        committee={p: {"roles": ("decider",)} for p in "ABCD"},
        rule="A and B and C and D",
    )
    raised = next_moves(seen, sure=True)[1]
    top = [m.sure.top_three for m in raised if m.sure is not None]
    assert len(top) > 3 and top[:4] == [1.0, 1.0, 1.0, 0.0]


def test_a_view_after_a_tie_is_capped_like_the_model() -> None:
    """Boss listens to Ann with .8 already, and to Ben with .9 after: together no more than all of the susceptibility."""
    m = solved(committee({"Boss": [0], "Ann": [2], "Ben": [-1]}, "Boss", sways=[("Ann", "Boss", 0.8)]))
    found = Solver(m).tied("Ben", "Boss", 0.9)
    assert found == pytest.approx(m.tied("Ben", "Boss", 0.9).after)
    # .8 of the way to (.8 x 2 - .9 x 1) / 1.7.
    assert found[0, 0, 0] == pytest.approx(0.8 * 0.7 / 1.7)


# The record.


@pytest.mark.parametrize("deals", [ENOUGH - 1, ENOUGH])
def test_twenty_deals_are_enough_to_correct(deals: int) -> None:
    found = calibrate([0.6] * deals, [True] * (deals - 1) + [False])
    assert (found.slope is not None) == (deals >= 20)


def test_the_targets_are_smoothed_and_the_last_class_is_closed() -> None:
    """Platt 1999: of 15 wins and 5 losses the targets are 16/17 and 1/7; where .5 was always said, that is the offset."""
    found = calibrate([0.5] * 20, [True] * 15 + [False] * 5)
    mean = (15 * 16 / 17 + 5 / 7) / 20
    assert found.offset == pytest.approx(np.log(mean / (1 - mean)), abs=1e-4)
    edge = calibrate([1.0, 0.8, 0.2, 0.0], [True, True, False, False])
    assert [(b.low, b.count) for b in edge.bins] == [
        (0.0, 1),
        (pytest.approx(0.2), 1),
        (pytest.approx(0.8), 2),
    ]
