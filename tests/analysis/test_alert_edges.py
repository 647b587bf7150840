"""Alerts of one account at their edges: who left, a weak bond, what a grade demands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from builder import lens, records, view
from test_edges import meeting

from powermap.analysis.age import relations
from powermap.analysis.alerts import alerts
from powermap.findings import Finding
from powermap.lens import Lens
from powermap.model import Covers, Organization, Person, Record, Relates, WorksAt


def told(*more: Record, grade: str = "", **facts: Any) -> dict[str, Finding]:
    """Return the alerts of an account in which Uma covers Boss, by kind."""
    found = records({"Boss": 1}, **{"covers": [("Uma", "Boss")], **facts})
    found = [replace(r, grade=grade) if r.id == "acc" else r for r in found]  # type: ignore[call-arg]
    return {f.kind: f for f in alerts(view([*found, *more]))}


GONE = (Person(id="Eva", name="Eva"), Covers(id="c eva", src="Uma", dst="Eva"))


def test_who_left_is_whom_one_of_ours_still_covers() -> None:
    """Eva works nowhere any more. Whom a rival's Vic covers is no loss of ours, and whoever works elsewhere didn't leave us."""
    assert told(*GONE)["person-left"].subjects == ("Eva",)
    theirs = (GONE[0], Covers(id="c vic", src="Vic", dst="Eva"))
    assert "person-left" not in told(*theirs, suppliers=("us", "rival"), team={"Vic": "rival"})
    elsewhere = (Organization(id="other", name="Other"), WorksAt(id="w eva", src="Eva", dst="other"))
    assert "person-left" not in told(*GONE, *elsewhere)
    nobody = Covers(id="c nobody", src="Uma", dst="nobody")
    assert "person-left" not in told(nobody)


@pytest.mark.parametrize(("bond", "said"), [(1, True), (2, True), (3, False), (None, False)])
def test_a_bond_of_two_breaks_when_people_change(bond: int | None, said: bool) -> None:
    """Method M34: a bond of level 2 or less; and only where somebody left."""
    relation = Relates(id="r", src="us", dst="acc", level=3, bond=bond)
    assert ("bond-at-risk" in told(relation, *GONE)) is said
    assert "bond-at-risk" not in told(relation)


def test_what_cannot_be_judged_is_not_urgent() -> None:
    """Grade S: no level of the organizations is known, no deputy is there."""
    found = told(grade="S")
    assert (found["organization-level"].urgency, found["organization-level"].certainty.level) == (0, "open")
    assert (found["no-deputy"].urgency, found["no-deputy"].certainty.level) == (1, "certain")
    low = told(Relates(id="r", src="us", dst="acc", level=2), grade="S")["organization-level"]
    assert (low.urgency, low.value, low.certainty.level) == (2, 2, "certain")


def test_of_several_relations_the_lowest_level_counts() -> None:
    both = [Relates(id=f"r{n}", src="us", dst="acc", level=n) for n in (2, 3)]
    assert told(*both, grade="S")["organization-level"].value == 2
    assert told(*both[::-1], grade="S")["organization-level"].value == 2


def test_of_several_posts_of_ours_the_highest_counts() -> None:
    """Uma is of rank 3 at one desk and 1 at another: rank 1 meets Boss of level 1."""
    ranks = [WorksAt(id=f"u{n}", src="Uma", dst="us", level=n) for n in (3, 1)]
    assert "level-hole" not in told(*ranks, grade="S")
    assert told(ranks[0], grade="S")["level-hole"].value == 1


def aged(boss: dict[str, Any] | int | None) -> list[bool]:
    """Return whether Uma's relation to Boss has a cadence, whose last meeting is long ago."""
    made = records(
        {"Boss": boss, "Aide": None},
        boss=[("Aide", "Boss")],
        covers=[("Uma", "Boss")],
    )
    return [r.contact.late for r in relations(view([*made, meeting(400)]))]


def test_a_level_read_off_the_lines_sets_no_cadence() -> None:
    """Method M71 asks by level; one that nobody gave, but the lines imply, is no ground to call a meeting overdue."""
    assert aged(1) == [True] and aged(None) == [False]


def contested(*attitudes: int) -> Lens:
    held = [("Boss", "us", a) for a in attitudes]
    return lens({"Boss": 1}, stances=held)


def test_of_two_judgements_of_one_day_the_least_favourable_counts() -> None:
    assert contested(2, -1).attitude("Boss") == -1 == contested(-1, 2).attitude("Boss")


def test_whoever_has_two_bosses_stands_below_both() -> None:
    """Head stands at 2 and Chief at 1: Clerk, who reports to both, at 3."""
    seen = lens(["Chief", "Head", "Clerk"], boss=[("Head", "Chief"), ("Clerk", "Head"), ("Clerk", "Chief")])
    assert {p: s.level for p, s in seen.seats.items()} == {"Chief": 1, "Head": 2, "Clerk": 3}
