"""What a reader of the screens sees first: nothing dropped, no sentence that the table beside it denies."""

from __future__ import annotations

import numpy as np
import pytest
from builder import lens

from powermap.analysis import question
from powermap.analysis.actions import actions
from powermap.analysis.moves import next_moves
from powermap.analysis.winning import Solver, model
from powermap.model import Evidence


def test_a_rule_counts_without_a_committee() -> None:
    """A rule names its people itself. A is at +1 and B at 0: both must agree, logistic(1.2) x .5 = .3843."""
    seen = lens(["A", "B"], stances=[("A", "us", 1), ("B", "us", 0)], rule="A and B")
    assert seen.deal is not None and not seen.committee
    found = model(seen)
    assert found is not None and found.win() == pytest.approx(0.3843, abs=1e-4)
    assert "rule-unknown" not in {f.kind for f in question("decides")(seen).findings}


def test_whoever_is_in_the_committee_is_listed_and_counted_without_a_role() -> None:
    seen = lens({"A": 1, "B": 2}, committee={"A": {"roles": ("decider",)}, "B": {}})
    assert [s.id for s in seen.committee] == ["A", "B"]
    said = question("decides")(seen)
    assert [r["id"] for r in said.rows] == ["A", "B"]
    assert any("2 of an estimated" in n.en for n in said.notes)


def test_no_view_is_minus_nothing() -> None:
    """The expected view of an unknown attitude is 0 (the pack's distribution is even), never -0."""
    seen = lens(["A", "B"], stances=[("A", "us", None)], rule="A")
    assert str(question("decides")(seen).rows[0]["after"]) == "0.0"


def test_ties_without_a_channel_have_no_name() -> None:
    seen = lens(["A", "B", "C"], sways=[("A", "B", 0.5)])
    said = " ".join(w for f in question("sways")(seen).findings for w in (f.certainty.words.en, f.certainty.words.zh))  # fmt: skip
    assert "tell of influence" in said and "()" not in said and "（）" not in said


def test_places_are_told_where_there_are_ties() -> None:
    """Four people without ties are all level: that each of them is among the first three is nothing to tell."""
    keys = {c.key for c in question("sways")(lens({"A": 1, "B": 2, "C": 2, "D": 3})).columns}
    assert not keys & {"rank", "gap", "survives", "interval"} and "level" in keys
    tied = {c.key for c in question("sways")(lens({"A": 1, "B": 2}, sways=[("B", "A")])).columns}
    assert {"rank", "gap", "survives", "interval"} <= tied


def test_nobody_is_first_of_one() -> None:
    seen = lens({"A": 1}, stances=[("A", "us", 1)], covers=[("Eve", "A", 0.5)])
    (share,) = (f for f in question("compare")(seen).findings if f.kind == "influence-share")
    assert "first" not in share.certainty.words.en and "居首" not in share.certainty.words.zh


def test_a_lifted_tie_stays_away_where_it_is_not() -> None:
    """In a network without the tie there is nothing to lift: the view stays the listener's own."""
    seen = lens(["A", "B"], sways=[("B", "A", 0.5)], stances=[("A", "us", 0), ("B", "us", 2)], rule="A")
    found = model(seen)
    assert found is not None
    there, gone = found.raw, np.zeros_like(found.raw)
    solver = Solver(found.sampled(2), np.stack([there, gone]))
    lifted = solver.tied("B", "A", 0.9, lifted=True)
    new = solver.tied("B", "A", 0.9)
    assert lifted[1] == pytest.approx(solver.views[1]) and new[1] == pytest.approx(new[0])
    assert (lifted[0] != solver.views[0]).any()


def test_a_lift_is_as_sure_as_the_tie() -> None:
    """Of a tie that is real in 3 of 10 resamples, its lift can't lead in more of them than that."""
    seen = lens(
        ["A", "B", *"CDEF"],
        sways=[("B", "A", 0.5, {"evidence": Evidence(confidence=0.3)})],
        stances=[("A", "us", 0), ("B", "us", 2), *((p, "us", 3) for p in "CDEF")],
        covers=[("Eve", "A"), ("Eve", "B")],
        rule="A",
    )
    (lift,) = (m for m in next_moves(seen, sure=True)[1] if m.kind == "lift")
    assert lift.sure is not None and lift.sure.first <= 0.35


def test_the_table_of_moves_and_its_sentence_say_the_same() -> None:
    seen = lens(["A", "B"], stances=[("A", "us", 0), ("B", "us", 0)], covers=[("Eve", "A")], rule="A or B")
    said = actions(seen)
    (best,) = (f for f in said.findings if f.kind == "next-action")
    assert f"{said.rows[0]['points']} points" in best.sentence.en and "P(win)" not in best.sentence.en


def test_who_follows_is_said_once_and_as_a_sentence() -> None:
    """B follows A all the way: where the two differ, B votes as A, whatever share of the view that is."""
    seen = lens(["A", "B", "C"], sways=[("A", "B", 1.0)], rule="2 of (A, B, C)")
    (said,) = (f.sentence for f in question("decides")(seen).findings if f.kind == "follows")
    assert said.en == "Where the two differ, these mostly vote as another does: B as A does (to whom about 80% of the final view is owed)."  # fmt: skip
    assert "多半随 A" not in said.zh


def test_rules_that_give_one_chance_are_worth_nothing() -> None:
    """Two who both must agree in any case: whatever rule holds, the chance is the same, and no range is told."""
    seen = lens(
        {"A": 1, "B": 2}, stances=[("A", "us", 2), ("B", "us", -2)], committee={"A": {"roles": ("decider",)}, "B": {"veto": True}}
    )  # fmt: skip
    (said,) = (f.sentence for f in question("decides")(seen).findings if f.kind == "rule-unknown")
    assert "is about 8%" in said.en and "worth" not in said.en and "之间" not in said.zh
