"""Advice a sales director would follow: who is sent to whom, what a new tie can do, who speaks up already.

Committees small enough to be worked out on paper.
"""

from __future__ import annotations

from typing import Any

import pytest
from builder import lens
from committees import BOSS, BOTH, between, model_of, moves, people, with_number

from powermap.analysis.actions import _rule, actions
from powermap.analysis.allegiance import held_by, sent, speaks_up
from powermap.analysis.distance import Distance, distance
from powermap.analysis.moves import candidates, next_moves, next_questions
from powermap.lens import Lens
from powermap.method import load_pack

TIE = load_pack().topic("actions")["tie"]


# 1. Who is sent.


@pytest.mark.parametrize(
    ("stances", "asked"),
    [
        ([("Ally", "us", 1)], True),
        ([("Ally", "us", 0)], False),
        ([("Ally", "us", None)], False),
        ([], False),
        ([("Ally", "us", 1), ("Ally", "rival", 0)], True),
        ([("Ally", "us", 1), ("Ally", "rival", 1)], False),
        ([("Ally", "us", 2), ("Ally", "rival", 1)], True),
        ([("Ally", "us", 2), ("Ally", "rival", 2)], False),
        # An unknown view of a rival who judged them counts as +1.
        ([("Ally", "us", 1), ("Ally", "rival", None)], False),
        ([("Ally", "us", 2), ("Ally", "rival", None)], True),
    ],
)
def test_only_who_leads_for_us_is_sent(stances: list[tuple[str, str, int | None]], asked: bool) -> None:
    """The gate by hand: our attitude at least 1, and at least 1 above that to every other supplier on record."""
    seen = between(*stances)
    assert sent(seen, "Ally") is asked
    kinds = {m.kind for m in next_moves(seen)[1] if m.people[0] == "Ally"}
    assert ("connect" in kinds) is asked


def test_a_rival_who_covers_them_is_on_record() -> None:
    """Nobody knows what Ally thinks of the rival whose Vic looks after them: +1 for us isn't enough, +2 is."""
    theirs: dict[str, Any] = {"covers": [("Vic", "Ally")], "team": {"Vic": "rival"}}
    assert not sent(between(("Ally", "us", 1), **theirs), "Ally")
    assert sent(between(("Ally", "us", 2), **theirs), "Ally")


def test_speaking_up_is_asked_of_the_same_people_only() -> None:
    """Boss at +1 listens to an opponent: staying firm helps. Level with the rival they aren't asked."""

    def seen(rival: int) -> Lens:
        return lens(
            ["Boss", "Foe"],
            suppliers=BOTH,
            sways=[("Foe", "Boss", 0.8)],
            stances=[("Boss", "us", 1), ("Foe", "us", -2), ("Boss", "rival", rival)],
            covers=[("Uma", "Boss"), ("Uma", "Foe")],
            **BOSS,
        )

    assert ("Boss",) in moves(seen(0), "advocate")
    assert ("Boss",) not in moves(seen(1), "advocate")
    note = next(n for n in actions(seen(1)).notes if "not asked" in n.en)
    assert "Boss (+1; +1 to Rival)" in note.en and "Boss（+1，对Rival +1）" in note.zh
    assert not any("not asked" in n.en for n in actions(seen(0)).notes)


def test_nobody_is_sent_to_a_rivals_coach_nor_into_a_conflict() -> None:
    """Ally leads for us, but Boss coaches the rival: our supporter isn't thrown at them. Nor at somebody they fight."""
    assert moves(between(("Ally", "us", 2)), "connect")
    for attitude, asked in ((1, True), (2, False), (3, False)):
        seen = between(("Ally", "us", 2), ("Boss", "rival", attitude))
        assert bool(moves(seen, "connect")) is asked
        assert (held_by(seen, "Boss") == "rival") is not asked
    fight = lens(
        ["Boss", "Ally"],
        sways=[("Boss", "Ally", 0.5, {"sign": -1})],
        stances=[("Boss", "us", 0), ("Ally", "us", 2)],
        covers=[("Uma", "Ally")],
        **BOSS,
    )
    assert not moves(fight, "connect")


def test_the_rival_sends_by_the_same_gates() -> None:
    """Ally at +1 for both is nobody's to send, from either side; at +2 for the rival they are the rival's, not ours."""
    for theirs, asked in ((1, False), (2, True)):
        seen = between(("Ally", "us", 1), ("Ally", "rival", theirs), ("Boss", "rival", 0))
        assert sent(seen.with_supplier("rival"), "Ally") is asked
        assert not sent(seen, "Ally")
        (next_,) = [f for f in actions(seen).findings if f.kind == "rival-next"]
        assert ("Ally" in next_.subjects and "sway" in next_.sentence.en) <= asked


def test_a_rivals_step_that_changes_nothing_is_no_warning() -> None:
    seen = between(("Boss", "rival", 0))
    gain = next_moves(seen.with_supplier("rival"), quick=True)[1][0].gain
    for least, told in ((gain, True), (gain + 1e-9, False)):
        kinds = {f.kind for f in actions(with_number(seen, "search", rival=least)).findings}
        assert ("rival-next" in kinds) is told


# 2. What a new tie can do.


def test_a_new_tie_weakens_and_takes_longer_with_every_distance() -> None:
    """Peer > one level apart > three levels apart and another department; all have the power 5."""
    seen = people(
        Boss={"level": 1, "unit": "Board", "power": 5},
        Peer={"level": 1, "unit": "Board", "power": 5},
        Deputy={"level": 2, "unit": "Board", "power": 5},
        Buyer={"level": 4, "unit": "Purchasing", "power": 5},
    )
    found = {k[0]: m for k, m in moves(seen, "connect").items()}
    assert found["Peer"].strength == pytest.approx(TIE["near"])
    assert found["Deputy"].strength == pytest.approx(TIE["near"] * TIE["level_keeps"])
    assert found["Buyer"].strength == pytest.approx(
        TIE["near"] * TIE["level_keeps"] ** 3 * TIE["department_keeps"]
    )
    assert [m.gain for m in (found["Peer"], found["Deputy"], found["Buyer"])] == sorted(
        (m.gain for m in found.values()), reverse=True
    )
    base = next(r["effort"] for r in load_pack().topic("actions")["move"] if r["key"] == "connect")
    assert [found[p].effort - base for p in ("Peer", "Deputy", "Buyer")] == [
        0,
        TIE["level_days"],
        3 * TIE["level_days"] + TIE["department_days"],
    ]


def test_distance_is_monotone_in_each_part() -> None:
    steps = [Distance(levels, away, s / 2) for levels in range(5) for away in (False, True) for s in range(5)]
    for one in steps:
        for other in steps:
            if (
                one.levels <= other.levels
                and one.elsewhere <= other.elsewhere
                and one.standing <= other.standing
                and one != other
            ):
                assert one.keeps(TIE) > other.keeps(TIE) and one.days(TIE) < other.days(TIE)


def test_what_counts_as_distance() -> None:
    """Levels unknown are two apart; departments differ only if both are on record, and not to one's own boss; power counts
    upwards only."""
    seen = lens(
        {
            "Boss": {"level": 1, "unit": "Board", "power": 8},
            "Own": {"level": 2, "unit": "IT", "power": 6},
            "Other": {"level": 2, "unit": "IT", "power": 9},
            "Bare": {"level": 2, "power": 8},
            "Wife": {"power": 8},
        },
        boss=[("Own", "Boss")],
    )
    assert distance(seen, "Own", "Boss") == Distance(1, False, 2.0)
    assert distance(seen, "Boss", "Own") == Distance(1, False, 0.0)
    assert distance(seen, "Other", "Boss") == Distance(1, True, 0.0)
    assert distance(seen, "Bare", "Boss") == Distance(1, False, 0.0)
    assert distance(seen, "Wife", "Boss") == Distance(TIE["level_unknown"], False, 0.0)


def test_no_single_new_tie_takes_most_of_somebody() -> None:
    """a x s of a listener goes to a new tie of strength s: below one half even of an innovator."""
    most = max(load_pack().adaptability.values()) * TIE["near"]
    assert most < 0.5
    seen = people(Boss={"level": 1, "power": 9}, Peer={"level": 1, "power": 9})
    assert moves(seen, "connect")["Peer", "Boss"].strength == pytest.approx(0.3)


def test_the_days_of_a_new_tie_by_hand() -> None:
    """4 days; +2 a level; +2 across departments; +.5 a point of power above; told in half days."""
    seen = people(
        Boss={"level": 1, "unit": "Board", "power": 8},
        Peer={"level": 1, "unit": "Board", "power": 8},
        Deputy={"level": 2, "unit": "IT", "power": 6.6},
    )
    found = {k[0]: m for k, m in moves(seen, "connect").items()}
    assert (found["Peer"].effort, found["Deputy"].effort) == (4, 4 + 2 + 2 + 0.5)
    assert found["Deputy"].strength == pytest.approx(0.3 * 0.7 * 0.6 * 0.9**1.4)


@pytest.mark.parametrize(("level", "asked"), [(4, True), (5, False)])
def test_a_clerk_does_not_turn_the_boss(level: int, asked: bool) -> None:
    """A point of power less for each level: over three levels .3 x .63^3 = .0750 of a new tie is left, over four .0473, less
    than the .05 that is worth proposing."""
    seen = lens(
        {"Boss": {"level": 1, "power": 9}, "Clerk": {"level": level, "power": 10 - level}},
        stances=[("Boss", "us", -1), ("Clerk", "us", 3)],
        covers=[("Uma", "Boss"), ("Uma", "Clerk")],
        **BOSS,
    )
    found = moves(seen, "connect")
    assert bool(found) is asked
    if asked:
        assert found["Clerk", "Boss"].strength == pytest.approx(0.0750, abs=5e-5)
    assert next_moves(seen)[1][0].people == ("Boss",)


@pytest.mark.parametrize(
    ("old", "lifted"),
    [(0.05, None), (0.099, None), (0.1, 0.15), (0.5, 0.75), (0.8, 1.0), (0.95, 1.0), (0.96, None)],
)
def test_a_tie_grows_by_half_of_what_it_is(old: float, lifted: float | None) -> None:
    """The receptionist's .05 stays .05, since .025 more is below .05; nothing exceeds 1; 3 days whoever it is."""
    seen = lens(
        {"Boss": 1, "Desk": 5},
        sways=[("Desk", "Boss", old)],
        stances=[("Boss", "us", -1), ("Desk", "us", 3)],
        covers=[("Uma", "Boss"), ("Uma", "Desk")],
        **BOSS,
    )
    every = {m.people: m for m in candidates(seen, model_of(seen)) if len(m.people) == 2}
    assert [(m.kind, m.strength, m.effort) for m in every.values()] == (
        [] if lifted is None else [("lift", pytest.approx(lifted), 3)]
    )


def test_the_least_strength_is_worth_proposing_and_less_is_not() -> None:
    seen = people(Boss={"level": 1, "power": 9}, Peer={"level": 1, "power": 9})
    assert moves(with_number(seen, "tie", least=0.3), "connect")
    assert not moves(with_number(seen, "tie", least=0.301), "connect")


def test_the_least_gain_is_worth_telling_and_less_is_not() -> None:
    seen = people(Boss={"level": 1, "power": 9}, Peer={"level": 1, "power": 9})
    _, every = next_moves(with_number(seen, "search", least=0.0))
    weakest = min(every, key=lambda m: m.gain)
    for least, told in ((weakest.gain, True), (weakest.gain + 1e-9, False)):
        found = next_moves(with_number(seen, "search", least=least))[1]
        assert (weakest.key in {m.key for m in found}) is told
    unknown = lens(["Boss"], covers=[("Uma", "Boss")], **BOSS)
    (asked,) = next_questions(unknown)
    for least, told in ((asked.swing, True), (asked.swing + 1e-9, False)):
        kinds = {f.kind for f in actions(with_number(unknown, "search", least=least)).findings}
        assert ("next-question" in kinds) is told


def test_the_numbers_of_a_new_tie_are_printed() -> None:
    """The boss is with us as far as can be but for what the opponent tells them: only the peer can help."""
    seen = lens(
        {"Boss": {"level": 1, "power": 9}, "Peer": {"level": 2, "power": 8}, "Foe": {"level": 3}},
        sways=[("Foe", "Boss", 1.0)],
        stances=[("Boss", "us", 0), ("Peer", "us", 3), ("Foe", "us", 0)],
        covers=[("Uma", "Boss"), ("Uma", "Peer"), ("Uma", "Foe")],
        **BOSS,
    )
    answer = actions(seen)
    (best,) = [m for m in next_moves(seen)[1] if m.kind == "connect"]
    assert best.people == ("Peer", "Boss")
    used = _rule(seen, best).parameters
    assert used["strength"] == round(TIE["near"] * TIE["level_keeps"] * TIE["standing_keeps"], 3)
    assert (used["levels_apart"], used["standing_above"], used["other_department"]) == (1, 1.0, False)
    assert used["near"] == TIE["near"] and used["least"] == 0.05 and "lift" not in used
    assert any(r["by"] == {"zh": "Uma", "en": "Uma"} for r in answer.rows)


# 3. Who speaks up already.


@pytest.mark.parametrize(
    ("attitude", "support", "already"),
    [(2, 2, True), (2, 1, False), (1, 3, True), (0, 3, False), (2, None, False)],
)
def test_who_speaks_up_already_is_not_asked_to(attitude: int, support: int | None, already: bool) -> None:
    seen = lens(
        ["Boss", "Foe"],
        sways=[("Foe", "Boss", 0.8)],
        stances=[("Boss", "us", attitude, {"support": support}), ("Foe", "us", -2)],
        covers=[("Uma", "Boss"), ("Uma", "Foe")],
        **BOSS,
    )
    assert speaks_up(seen, "Boss") is already
    assert (("Boss",) in moves(seen, "advocate")) is (not already and attitude >= 1)
    said = [n for n in actions(seen).notes if "speak up already" in n.en]
    assert bool(said) is already
    if already:
        assert "Boss" in said[0].zh and "+2" in said[0].zh
