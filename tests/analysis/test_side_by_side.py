"""The chances side by side, in words: who is in them, where a record corrects them, and where influence turns a lead."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from builder import DAY, lens, records, view
from test_chances import committee, solved

from powermap.analysis.actions import actions
from powermap.analysis.ballot import Ballot
from powermap.analysis.calibration import Calibration
from powermap.analysis.deciders import deciders
from powermap.analysis.rule import resolve
from powermap.analysis.winning import known_suppliers
from powermap.findings import Answer, Finding
from powermap.lens import Lens
from powermap.model import Figure, Relates

BOTH = ("us", "rival")
RECORD = Calibration(40, 20, 0.2, 0.25, (), slope=0.5, offset=0.2)


def of(answer: Answer, kind: str) -> list[Finding]:
    return [f for f in answer.findings if f.kind == kind]


def told(seen: Lens, calibration: Calibration | None = None) -> dict[str, float]:
    """Return what is said of each supplier's chance and of no decision."""
    (found,) = of(actions(seen, calibration=calibration), "p-win")
    return {i.what.en: i.value for i in found.inputs if not i.what.en.startswith("worth")}


# Where influence turns a lead.


def turned(strength: float, ours: int = 1, theirs: int = 0) -> Lens:
    """A decides, and listens to B, who opposes us and coaches the rival."""
    return committee(
        {"A": [ours, theirs], "B": [-2, 3]},
        "A",
        sways=[("B", "A", strength)],
        committee={"A": {"roles": ("decider",)}},
    )


@pytest.mark.parametrize(("strength", "said"), [(0.25, False), (0.27, True)])
def test_a_lead_is_turned_by_a_quarter_of_a_step(strength: float, said: bool) -> None:
    """A at +1 and 0 is moved by a = .8 x strength: the rival leads by 6a - 1, .20 at .25 and .296 at .27."""
    found = of(actions(turned(strength)), "lead-turned")
    assert [f.subjects for f in found] == ([("A", "us", "rival")] if said else [])
    for finding in found:
        assert finding.sentence.en == (
            "On record A leans to us (+1 to +0); after what those around say, to Rival (+0.6 to +0.4)."
        )


def test_a_lead_that_was_none_is_not_turned() -> None:
    assert not of(actions(turned(0.5, 1, 1)), "lead-turned")
    assert not of(actions(turned(0.5, 0, 1)), "lead-turned")


# Where a record corrects our chance.


def test_where_ours_is_corrected_the_others_share_the_rest() -> None:
    """One decider, +1 and 0: ours is corrected, the rival's and no decision keep their proportion, and all sum to 1."""
    seen = committee({"A": [1, 0]}, "A")
    plain, corrected = told(seen), told(seen, RECORD)
    us, rival = "the chance of us", "the chance of Rival"
    assert corrected[us] == pytest.approx(RECORD.correct(solved(seen).win()), abs=1e-4) != plain[us]
    assert sum(corrected.values()) == pytest.approx(1, abs=2e-4)
    assert corrected[rival] / corrected["no decision"] == pytest.approx(
        plain[rival] / plain["no decision"], rel=1e-3
    )


def test_where_two_may_win_the_others_stay() -> None:
    """Any one of A and B: the rival's chance has nothing to do with ours."""
    seen = committee({"A": [1, 0], "B": [0, 1]}, "1 of (A, B)")
    plain, corrected = told(seen), told(seen, RECORD)
    assert corrected["the chance of us"] != plain["the chance of us"]
    assert corrected["the chance of Rival"] == plain["the chance of Rival"]
    assert corrected["no decision"] == plain["no decision"]


# Who is in.


def known(*more: Any, stances: Any = (), supplier: str | None = None, **facts: Any) -> Lens:
    """Boss decides; of the rival nothing is known but what is given."""
    made = records(
        {"Boss": 1, "Aide": 2},
        suppliers=BOTH,
        stances=stances,
        committee={"Boss": {"roles": ("decider",)}},
        **{"team": {"Vic": "rival"}, **facts},
    )
    return view([*made, *more], supplier=supplier)


JUDGED = [("Boss", "us", 1)]
ONE = [*JUDGED, ("Aide", "rival", 1)]


def test_whoever_is_known_in_any_way_takes_a_share() -> None:
    """A stance, coverage, the organizations' relation or a figure, each alone; we are always in."""
    assert known_suppliers(known(stances=JUDGED)) == ("us",)
    assert known_suppliers(known(stances=ONE)) == BOTH
    assert known_suppliers(known(stances=JUDGED, covers=[("Vic", "Aide")])) == BOTH
    assert known_suppliers(known(Relates("r", "rival", "acc", level=2), stances=JUDGED)) == BOTH
    sold = Figure("f", account="acc", measure="revenue", on=DAY, value=1.0, supplier="rival")
    assert known_suppliers(known(sold, stances=JUDGED)) == BOTH
    assert known_suppliers(known(supplier="rival", stances=[("Boss", "rival", 1)])) == BOTH


def test_a_single_stance_is_said_to_take_a_share() -> None:
    """One stance and nothing else; a second one, coverage or a relation of the organizations is more than that."""

    def thin(seen: Lens) -> bool:
        (found,) = of(actions(seen), "p-win")
        return "comes in by a single stance" in found.sentence.en

    assert thin(known(stances=ONE))
    assert not thin(known(stances=[*ONE, ("Boss", "rival", 0)]))
    assert not thin(known(stances=ONE, covers=[("Vic", "Aide")]))
    assert not thin(known(Relates("r", "rival", "acc", level=2), stances=ONE))
    assert not thin(known(stances=[("Boss", "rival", 1), JUDGED[0]], supplier="rival"))


# Who decides.


def test_a_veto_alone_is_no_guess_by_rank() -> None:
    """Only a veto is on record: the top level votes, the veto holder blocks, and it isn't called assumed by rank."""
    seen = lens({"Boss": 1, "Law": 3}, committee={"Law": {"veto": True}})
    assert deciders(seen).ground == "roles" and set(deciders(seen).shares) == {"Boss", "Law"}
    assert deciders(lens({"Boss": 1, "Law": 3})).ground == "rank"


def test_approvers_decide_and_no_votes_are_none() -> None:
    """A decider of 0 votes has no say, an approver and whoever has a vote has, a user hasn't."""
    parts = {
        "A": {"roles": ("decider",), "votes": 0.0},
        "B": {"roles": ("approver",)},
        "C": {"roles": ("user",), "votes": 1.0},
        "D": {"roles": ("user",)},
    }
    assert set(deciders(lens(list(parts), committee=parts)).shares) == {"B", "C"}
    # Where nobody on record has a vote, the top level decides.
    nobody = deciders(lens({"Boss": 1, "A": 3}, committee={"A": parts["A"]}))
    assert (set(nobody.shares), nobody.ground) == ({"Boss"}, "rank")


# Views and ballots.


def test_a_view_moves_up_to_a_coach_and_down_to_an_opponent() -> None:
    m = solved(committee({"A": [2], "B": [-1]}, "A and B"))
    assert [m.moved("A", n).own_view("A")[0] for n in (1, 2)] == [3, 3]
    assert [m.moved("B", -n).own_view("B")[0] for n in (1, 2)] == [-2, -2]


RULE = "2 of (A, B, not opposed(C), not opposed(D), not opposed(E), not opposed(F))"


def test_many_ballots_are_drawn_near_the_sum_over_all() -> None:
    """Six people who approve of neither supplier, four of whom need only not oppose: 3^2 x 5^4 = 5,625 ballots of two suppliers, all summed up here.

    Of 20,000 drawn ones the standard error is .0035 at most.
    """
    people = "ABCDEF"
    seen = committee({p: [-1, -1] for p in people}, RULE)
    m = solved(seen)
    p, q = (x[0] for x in m.votes(m.after))
    states = [
        [(s, True) for s in (0, 1)] + [(s, False) for s in (0, 1) if x in "CDEF"] + [(2, False)]
        for x in people
    ]
    none = several = 0.0
    for ballot in product(*states):
        sure = 1.0
        for k, (s, votes) in enumerate(ballot):
            let = q[k] if people[k] in "CDEF" else p[k]
            sure *= 1 - let.sum() if s == 2 else p[k, s] if votes else let[s] - p[k, s]
        passing = 0
        for s in (0, 1):
            yes = sum(b == (s, True) for b in ballot[:2]) + sum(b[0] == s for b in ballot[2:])
            passing += yes >= 2
        none += sure * (passing == 0)
        several += sure * (passing == 2)
    found = m.outcome
    assert 0.2 < several < 0.8
    assert found.several == pytest.approx(several, abs=0.012)
    assert found.nobody == pytest.approx(none, abs=0.012)


def test_more_people_twice_in_a_rule_than_can_be_counted_are_drawn() -> None:
    """Seven people, each in both halves of the rule, which ask the same: 4 of 7, by hand for seven even votes 1/2."""
    people = [f"P{i}" for i in range(7)]
    half = f"4 of ({', '.join(people)})"
    ballot = Ballot(resolve(f"{half} and {half}", lens(people)))
    p = np.full((1, 7), 0.5)
    assert ballot.chance(p, p)[0] == pytest.approx(0.5, abs=0.012)
