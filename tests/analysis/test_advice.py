"""Advice a sales director would follow: who is sent to whom, who speaks up already, why a way is closed, who has met whom.

Committees small enough to be worked out on paper.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from builder import DAY, lens, records, view

from powermap.analysis import projection
from powermap.analysis.actions import _rule, actions
from powermap.analysis.allegiance import held_by, sent, speaks_up
from powermap.analysis.brief import brief
from powermap.analysis.calibration import Calibration
from powermap.analysis.contacts import contacts
from powermap.analysis.distance import Distance, distance
from powermap.analysis.fragility import fragile
from powermap.analysis.meetings import met
from powermap.analysis.moves import Move, candidates, next_moves, next_questions
from powermap.analysis.obstacles import closed
from powermap.analysis.ways import ways, ways_to
from powermap.analysis.winning import Model, model
from powermap.findings import Answer, Finding
from powermap.lens import Lens
from powermap.method import Pack, load_pack
from powermap.model import Interaction, MemberOf, Organization, Record

TIE = load_pack().topic("actions")["tie"]
BOTH = ("us", "rival")
DECIDES = {"roles": ("decider",)}
BOSS: dict[str, Any] = {"committee": {"Boss": DECIDES}, "rule": "Boss"}


def moves(seen: Lens, kind: str) -> dict[tuple[str, ...], Move]:
    return {m.people: m for m in next_moves(seen)[1] if m.kind == kind}


def of(answer: Answer, kind: str) -> Finding:
    (found,) = [f for f in answer.findings if f.kind == kind]
    return found


# 1. Who is sent.


def between(*stances: tuple[str, str, int | None], **more: Any) -> Lens:
    """Boss decides; Ally supports us, and we cover both."""
    return lens(
        {"Boss": {"level": 1}, "Ally": {"level": 2}},
        suppliers=BOTH,
        stances=[("Boss", "us", 0), *stances],
        covers=[("Uma", "Boss"), ("Uma", "Ally"), *more.get("covers", ())],
        team={"Uma": "us", **more.get("team", {})},
        **BOSS,
    )


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


def people(**facts: dict[str, Any]) -> Lens:
    return lens(
        facts,
        stances=[("Boss", "us", 0), *((p, "us", 2) for p in facts if p != "Boss")],
        covers=[("Uma", p) for p in facts],
        **BOSS,
    )


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
    every = {m.people: m for m in candidates(seen, _model(seen)) if len(m.people) == 2}
    assert [(m.kind, m.strength, m.effort) for m in every.values()] == (
        [] if lifted is None else [("lift", pytest.approx(lifted), 3)]
    )


def _model(seen: Lens) -> Model:
    found = model(seen)
    assert found is not None
    return found


def with_number(seen: Lens, table: str, **numbers: float) -> Lens:
    """Look through a pack with other numbers in a table of actions.toml."""
    topic = seen.pack.topic("actions")
    changed = {**topic, table: {**topic[table], **numbers}}
    return replace(seen, pack=Pack({**seen.pack.topics, "actions": changed}))


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


# 4 and 5. Why a way is closed, circles, and meetings.

MEETING = Interaction(
    id="m1", account="acc", on=DAY - timedelta(days=30), channel="summit", ours=("Yao",), theirs=("Gate",)
)


def shut(*stances: tuple[str, str, int | None], more: tuple[Record, ...] = (), **facts: Any) -> Lens:
    """Uma covers Aide; Aide sways Gate, and Gate the Boss; Yao is ours too."""
    found = records(
        {"Boss": 1, "Gate": 2, "Aide": 3},
        suppliers=BOTH,
        sways=[("Aide", "Gate", 0.5), ("Gate", "Boss", 0.5)],
        covers=[("Uma", "Aide", 0.5)],
        stances=stances,
        team={"Uma": "us", "Yao": "us", "Vic": "rival"},
        **BOSS,
        **facts,
    )
    return view([*found, *more])


@pytest.mark.parametrize(
    ("stance", "zh", "en"),
    [
        (
            ("Gate", "us", -2),
            "唯一的路要经过 Gate（反对我方）",
            "the only way runs through Gate, who opposes us",
        ),
        (("Gate", "us", -1), "Gate（不认可我方）", "Gate, who disapproves of us"),
        (("Gate", "rival", 2), "Gate（Rival的排他支持者）", "Gate, an exclusive supporter of Rival"),
        (("Gate", "rival", 3), "Gate（Rival的教练）", "the only way runs through Gate, a coach of Rival"),
    ],
)
def test_a_closed_way_names_who_closes_it(stance: tuple[str, str, int], zh: str, en: str) -> None:
    seen = shut(stance)
    for found in (of(ways(seen), "no-way-in"), of(fragile(seen), "no-way")):
        assert zh in found.sentence.zh and en in found.sentence.en
        assert [i.value for i in found.inputs] == [stance[2]]
    assert ways_to(seen, "Boss") == []
    (row,) = ways(seen, through_opponents=True).rows
    assert row["probability"] == pytest.approx(0.5**3)
    passed = of(ways(seen, through_opponents=True), "way-in").sentence
    assert "take care" in passed.en and "要慎重" in passed.zh
    assert "no-way-in" not in {f.kind for f in ways(shut(("Gate", "us", 0))).findings}


def test_two_in_a_row_close_it_together_and_two_side_by_side_each() -> None:
    """Aide and Gate both oppose us: both must be passed. With a second gate, either would do."""
    row = closed(shut(("Gate", "us", -1), ("Aide", "us", -1)), "Boss")
    assert (row.each, row.together) == ((), ("Aide", "Gate"))
    side = lens(
        {"Boss": 1, "Gate": 2, "Other": 2, "Aide": 3},
        sways=[("Aide", "Gate"), ("Aide", "Other"), ("Gate", "Boss"), ("Other", "Boss")],
        covers=[("Uma", "Aide")],
        stances=[("Gate", "us", -1), ("Other", "us", -2)],
        **BOSS,
    )
    assert closed(side, "Boss").each == ("Gate", "Other")
    assert (
        "one of these: Gate, who disapproves of us; Other, who opposes us"
        in of(ways(side), "no-way-in").sentence.en
    )
    assert (
        "nearest way runs through all of these"
        in of(ways(shut(("Gate", "us", -1), ("Aide", "us", -1))), "no-way-in").sentence.en
    )
    nobody = lens(["Boss", "Aide"], covers=[("Uma", "Aide")], **BOSS)
    assert closed(nobody, "Boss").people == ()
    assert "find somebody" in of(ways(nobody), "no-way-in").sentence.en


@pytest.mark.parametrize(("days", "counts"), [(365, True), (366, False), (0, True), (-1, False)])
def test_a_meeting_is_a_lead_for_a_year(days: int, counts: bool) -> None:
    """365 days by the pack, the last one included; nothing that is still to come."""
    seen = shut(("Aide", "us", -1), more=(replace(MEETING, on=DAY - timedelta(days=days)),))
    assert (met(seen).keys() == {"Gate"}) is counts
    said = of(ways(seen), "no-way-in").sentence
    assert ("Yao met Gate" in said.en and "Yao → Gate → Boss" in said.en) is counts
    assert ("见过 Gate" in said.zh) is counts


def test_a_mail_is_no_meeting_and_a_rivals_is_not_ours() -> None:
    assert not met(shut(more=(replace(MEETING, channel="E-Mail"),)))
    assert not met(shut(more=(replace(MEETING, ours=("Vic",)),)))
    assert met(shut(more=(replace(MEETING, ours=("Vic",)),)).with_supplier("rival")).keys() == {"Gate"}
    later = replace(MEETING, id="m0", on=DAY, ours=("Uma",))
    assert met(shut(more=(later, MEETING)))["Gate"].ours == "Uma"


def test_who_met_somebody_is_sent_first() -> None:
    """Gate is uncovered: after Yao's meeting 2 days more, on a way 4 for Aide's introduction, else 10; with an owner none."""
    assert contacts(shut())["Aide"].days == 0
    assert (contacts(shut())["Gate"].by, contacts(shut())["Gate"].days) == ("Uma", 4)
    assert contacts(shut())["Boss"].days == 8
    cold = contacts(shut(("Aide", "us", -1)))["Gate"]
    assert (cold.by, cold.days) == ("", 10)
    after = shut(more=(MEETING,))
    assert (contacts(after)["Gate"].by, contacts(after)["Gate"].days) == ("Yao", 2)
    long = lens(list("ABCDE"), sways=[(*tie, 0.9) for tie in ("AB", "BC", "CD", "DE")], covers=[("Uma", "A")])
    assert [contacts(long)[p].days for p in "ABCDE"] == [0, 4, 8, 10, 10]
    found = moves(after, "cover")
    assert found["Gate",].effort == 5 + 2 and found["Boss",].effort == 5 + 8
    assert (
        "Yao met them on 2026-08-31" in next(r["by"] for r in actions(after).rows if r["id"] == "Gate")["en"]
    )


def test_who_met_somebody_uncovered_is_named() -> None:
    for found in (
        of(fragile(shut(more=(MEETING,))), "uncovered"),
        of(brief(shut(more=(MEETING,))), "uncovered"),
    ):
        assert "Yao met Gate on 2026-08-31: nobody has taken over" in found.sentence.en
        assert "Yao 2026-08-31 见过 Gate，尚无负责人" in found.sentence.zh
        assert found.inputs[0].record == "m1"
    assert "met" not in of(fragile(shut()), "uncovered").sentence.en
    bare = [*records(["Boss"], team={"Yao": "us"}, **BOSS), replace(MEETING, theirs=("Boss",))]
    assert "Yao met Boss" in of(fragile(view(bare)), "no-cover").sentence.en


def circle(*members: str) -> tuple[Record, ...]:
    return (
        Organization(id="cooks", name="Class of 1998", type="circle"),
        *(MemberOf(id=f"in {m}", src=m, dst="cooks") for m in members),
    )


def test_circles_serve_ways_on_request_and_are_named_where_nothing_else_leads() -> None:
    seen = shut(("Gate", "us", -1), more=circle("Aide", "Boss"))
    assert ways_to(seen, "Boss") == []
    (way,) = ways_to(seen, "Boss", circles=True)
    assert way.people == ("Uma", "Aide", "Boss") and way.probability == pytest.approx(0.5 * 0.2)
    said = of(ways(seen), "no-way-in").sentence
    assert "Aide and Boss share Class of 1998" in said.en and "同在“Class of 1998”" in said.zh
    answer = ways(seen, circles=True)
    assert [r["way"]["en"] for r in answer.rows] == ["Uma → Aide → Boss"] and "0.2" in answer.notes[0].en
    assert "no-way" not in {f.kind for f in fragile(seen, circles=True).findings}
    ours = shut(("Gate", "us", -1), more=circle("Yao", "Boss"))
    assert ways_to(ours, "Boss", circles=True)[0].people == ("Yao", "Boss")
    assert not [f for f in fragile(ours).findings if f.kind == "rival-in-circle"]


def test_a_rivals_person_in_a_circle_is_named() -> None:
    seen = shut(more=circle("Vic", "Gate"))
    for answer in (fragile(seen), ways(seen, "Gate"), brief(seen)):
        found = of(answer, "rival-in-circle")
        assert found.subjects == ("Vic", "Gate")
        assert "Vic of Rival is in Class of 1998 with Gate" in found.sentence.en
        assert "Rival的 Vic 与 Gate 同在“Class of 1998”" in found.sentence.zh
    assert not [f for f in ways(seen, "Aide").findings if f.kind == "rival-in-circle"]
    apart = shut(more=circle("Vic"))
    assert not [f for f in fragile(apart).findings if f.kind == "rival-in-circle"]
    theirs = seen.with_supplier("rival")
    assert not [f for f in fragile(theirs).findings if f.kind == "rival-in-circle"]


def test_a_rivals_coverage_is_hearsay() -> None:
    """Nobody covers Boss for the rival as far as we know; that costs them no days, and nothing is said of an owner."""
    seen = shut(("Boss", "rival", 0))
    theirs = contacts(seen.with_supplier("rival"))
    assert {c.days for c in theirs.values()} == {0}
    kinds = {m.kind for m in next_moves(seen.with_supplier("rival"))[1]}
    assert kinds and "cover" not in kinds


def test_nobody_above_coach_is_raised() -> None:
    kinds = {
        a: {
            m.kind
            for m in candidates(between(("Ally", "us", a)), _model(between(("Ally", "us", a))))
            if m.people == ("Ally",)
        }
        for a in (2, 3)
    }
    assert kinds == {2: {"raise", "advocate"}, 3: {"advocate"}}


def test_whom_nobody_sways_is_swayed_at_no_susceptibility(monkeypatch: pytest.MonkeyPatch) -> None:
    """With susceptibility 0 everywhere no tie gains at .5 to .95 either: the one raise is first at each."""
    seen = people(Boss={"level": 1, "power": 9}, Peer={"level": 1, "power": 9})
    (_, *rest) = next_moves(seen)[1]
    assert [m.kind for m in rest] == ["connect"]
    monkeypatch.setattr(projection, "susceptibility", lambda lens: np.zeros(len(lens.seats)))
    cheap = with_effort(seen, connect=0.5)
    (only,) = next_moves(cheap)[1]
    assert (only.kind, only.places) == ("raise", (1, 1, 1))


def with_effort(seen: Lens, **days: float) -> Lens:
    """Look through a pack with other efforts of moves."""
    topic = seen.pack.topic("actions")
    rows = [{**row, "effort": days.get(row["key"], row["effort"])} for row in topic["move"]]
    return replace(seen, pack=Pack({**seen.pack.topics, "actions": {**topic, "move": rows}}))


def test_the_record_corrects_the_rule_and_keeps_its_numbers() -> None:
    seen = with_effort(people(Boss={"level": 1, "power": 9}, Peer={"level": 1, "power": 9}), connect=0.5)
    record = Calibration(30, 15, 0.2, 0.25, (), 0.5, 0.0)
    best = of(actions(seen, calibration=record), "next-action")
    assert best.subjects == ("Peer", "Boss")
    assert "calibrated on the closed deals" in best.rule.words.en and best.rule.parameters["strength"] == 0.3
    plain = of(actions(seen), "next-action").rule
    assert "uncalibrated" in plain.words.en and plain.parameters == best.rule.parameters


def test_the_nearest_closed_way_passes_the_fewest() -> None:
    """Three opponents in a row on the strong way, two on the weak one; Boss opposes us too, and stands in nobody's way."""
    strong, weak = ["One", "Two", "Three"], ["Four", "Five"]
    ties = [("Aide", "One", 0.9), ("One", "Two", 0.9), ("Two", "Three", 0.9), ("Three", "Boss", 0.9)]
    ties += [("Aide", "Four", 0.1), ("Four", "Five", 0.1), ("Five", "Boss", 0.1)]
    seen = lens(
        ["Boss", "Aide", *strong, *weak],
        sways=ties,
        covers=[("Uma", "Aide")],
        stances=[(p, "us", -1) for p in ("Boss", *strong, *weak)],
        **BOSS,
    )
    assert closed(seen, "Boss").people == ("Four", "Five")


def test_deciders_behind_the_same_person_are_told_once() -> None:
    seen = lens(
        {"Boss": 1, "Chair": 1, "Gate": 2, "Aide": 3},
        sways=[("Aide", "Gate"), ("Gate", "Boss"), ("Gate", "Chair")],
        covers=[("Uma", "Aide")],
        stances=[("Gate", "us", -1)],
        committee={"Boss": DECIDES, "Chair": DECIDES},
        rule="Boss and Chair",
    )
    assert set(of(fragile(seen), "no-way").subjects) == {"Boss", "Chair"}


def test_a_way_to_an_opponent_passes_nobody_to_take_care_of() -> None:
    seen = shut(("Gate", "us", -1))
    assert "take care" not in of(ways(seen, "Gate"), "way-in").sentence.en


@pytest.mark.parametrize("covered", [True, False])
def test_a_way_names_a_meeting_only_without_an_owner(covered: bool) -> None:
    """The best way to Gate runs over Aide (.5 x .5), better than Uma's own .1."""
    found = records(
        {"Boss": 1, "Gate": 2, "Aide": 3},
        sways=[("Aide", "Gate", 0.5)],
        covers=[("Uma", "Aide", 0.5), *([("Uma", "Gate", 0.1)] if covered else [])],
        team={"Yao": "us"},
        **BOSS,
    )
    said = of(ways(view([*found, MEETING]), "Gate"), "way-in").sentence
    assert "through Aide" in said.en
    assert ("Yao met them on 2026-08-31" in said.en) is not covered
    assert ("Yao 2026-08-31 见过此人，尚无负责人" in said.zh) is not covered


def test_what_a_meeting_and_a_circle_let_through() -> None:
    """.2 each; a rival's person in the circle opens nothing for us."""
    graph = projection.access(shut(more=(MEETING,)), meetings=True)
    assert graph.edges["Yao", "Gate"]["strength"] == 0.2
    theirs = projection.access(shut(more=circle("Vic", "Boss")), circles=True)
    assert "Vic" not in theirs
    ours = projection.access(shut(more=circle("Yao", "Boss")), circles=True)
    assert ours.edges["Yao", "Boss"]["strength"] == 0.2


# 6. Small committees, read aloud.


def told(seen: Lens) -> tuple[str, str]:
    """All sentences and notes of the three answers, in Chinese and English."""
    answers = [question(seen) for question in (actions, ways, fragile)]
    said = [w for a in answers for w in (*(f.sentence for f in a.findings), *a.notes)]
    return "\n".join(w.zh for w in said), "\n".join(w.en for w in said)


def test_two_bosses() -> None:
    """Wang is open, Li is the rival's; Chen, at home with both, is ours. Chen goes to Wang, nobody is thrown at Li, and the
    desk to nobody."""
    seen = lens(
        {
            "Wang": {"level": 1, "power": 9},
            "Li": {"level": 1, "power": 9},
            "Chen": {"level": 2, "power": 7},
            "Desk": 5,
        },
        boss=[("Chen", "Wang"), ("Chen", "Li", {"dotted": True})],
        covers=[("Uma", "Chen")],
        stances=[
            ("Wang", "us", 0),
            ("Li", "us", -1),
            ("Chen", "us", 2),
            ("Desk", "us", 3),
            ("Li", "rival", 2),
        ],
        suppliers=BOTH,
        committee={"Wang": DECIDES, "Li": DECIDES},
        rule="Wang and Li",
    )
    pairs = {m.people for m in next_moves(seen)[1] if len(m.people) == 2}
    assert pairs == {("Chen", "Wang")}
    li = {m.people[0]: m for m in next_moves(with_number(seen, "search", least=0.0))[1]}["Li"]
    # 8 days to bring an opponent to neutral, 4 for Chen's introduction, 10 since the rival holds Li.
    assert (li.kind, li.effort) == ("neutralise", 22)
    nearer = lens(
        ["Boss"],
        suppliers=BOTH,
        covers=[("Uma", "Boss")],
        stances=[("Boss", "us", -1), ("Boss", "rival", 1)],
        **BOSS,
    )
    assert {m.effort for m in next_moves(nearer)[1]} == {8}


def test_a_veto_and_a_quota() -> None:
    """A holds the veto; D is the rival's. Whoever is sent leads for us, and nobody goes to D."""
    seen = lens(
        {p: {"level": 2, "power": 7, "unit": p} for p in "ABCD"},
        covers=[("Uma", p) for p in "ABCD"],
        stances=[
            *(("A", "us", 1), ("B", "us", 2), ("C", "us", 0), ("D", "us", -1)),
            *(("A", "rival", 1), ("B", "rival", 1), ("C", "rival", 1), ("D", "rival", 2)),
        ],
        suppliers=BOTH,
        committee={"A": {"roles": ("decider",), "veto": True}, **dict.fromkeys("BCD", DECIDES)},
        rule="A and 2 of (B, C, D)",
    )
    found = next_moves(seen)[1]
    assert {m.people for m in found if len(m.people) == 2} == {("B", "A"), ("B", "C")}
    assert {m.people[0] for m in found if m.kind == "advocate"} <= {"B"}
    assert {m.people[0] for m in found if m.kind in ("raise", "neutralise")} == set("ABCD")
    assert "A（+1，对Rival +1）" in told(seen)[0]


def test_a_rivals_coach_inside() -> None:
    """The assistant coaches the rival and keeps the door: neither asked what they think of us, nor passed."""
    seen = lens(
        {"Boss": 1, "Aide": 3, "Buyer": 4},
        sways=[("Buyer", "Aide", 0.5), ("Aide", "Boss", 0.7)],
        covers=[("Uma", "Buyer")],
        stances=[("Boss", "us", 0), ("Aide", "rival", 3), ("Buyer", "us", 1)],
        suppliers=BOTH,
        **BOSS,
    )
    zh, en = told(seen)
    assert (
        "唯一的路要经过 Aide（Rival的教练）" in zh
        and "the only way runs through Aide, a coach of Rival" in en
    )
    assert "Aide" not in {q.person for q in next_questions(seen)}
    assert not [m for m in next_moves(seen)[1] if m.people[0] == "Aide"]


def test_a_unit_nobody_reaches() -> None:
    """The veto of the quality head lies where no way leads: an owner is to be found, and the one in reach isn't called the only one."""
    seen = lens(
        {
            "Chief": {"level": 1},
            "Quality": {"level": 2, "unit": "QA"},
            "Tester": {"level": 4, "unit": "QA"},
            "Buyer": 3,
        },
        covers=[("Uma", "Buyer")],
        boss=[("Buyer", "Chief"), ("Tester", "Quality")],
        stances=[("Chief", "us", 1), ("Buyer", "us", 1)],
        committee={"Chief": DECIDES, "Quality": {"roles": ("decider",), "veto": True}},
        rule="Chief and Quality",
    )
    cover = moves(seen, "cover")["Quality",]
    assert (cover.effort, cover.contact.by) == (5 + 10, "")
    zh, en = told(seen)
    assert "没有路通到 Quality：先找一个认识的人" in zh and "No way of ours leads to Quality." in en
    assert "唯一够得着的决策者" in zh and "唯一的决策者" not in zh


def test_a_cycle_in_the_hierarchy() -> None:
    """Nobody has a level: two are taken between any two, and everything is answered."""
    seen = lens(
        ["Boss", "Ann", "Ben"],
        boss=[("Boss", "Ann"), ("Ann", "Ben"), ("Ben", "Boss")],
        covers=[("Uma", "Ann")],
        stances=[("Ann", "us", 1)],
        **BOSS,
    )
    assert moves(seen, "connect")["Ann", "Boss"].strength == pytest.approx(0.3 * 0.7**2)
    assert moves(seen, "cover")["Boss",].effort == 5 + 4
    assert all(told(seen))


def test_one_assistant_who_is_heard_a_little() -> None:
    """The desk's .05 is a way of .025, and no lever."""
    seen = lens(
        {"Boss": 1, "Desk": 5},
        sways=[("Desk", "Boss", 0.05)],
        stances=[("Boss", "us", -2), ("Desk", "us", 3)],
        covers=[("Uma", "Desk")],
        **BOSS,
    )
    assert [m.people for m in next_moves(seen)[1]] == [("Boss",)]
    assert "眼下没有靠得住的路" in told(seen)[0] and "about 2%" in told(seen)[1]


@pytest.mark.parametrize(("strength", "by"), [(0.2, "Uma"), (0.199, "")])
def test_an_introduction_counts_from_a_chance_of_one_in_ten(strength: float, by: str) -> None:
    """.5 to Aide, .2 on to Boss: .1 in all."""
    seen = lens(["Boss", "Aide"], sways=[("Aide", "Boss", strength)], covers=[("Uma", "Aide", 0.5)], **BOSS)
    assert contacts(seen)["Boss"].by == by


def test_what_is_said_when_nothing_helps() -> None:
    """All for us: keep it so. One for a rival for good, and no move worth a word: who it is. Too few days: the smallest move."""
    won = lens(["Boss"], covers=[("Uma", "Boss")], stances=[("Boss", "us", 3)], **BOSS)
    assert "守住即可" in of(actions(won), "no-move").sentence.zh
    lost = lens(
        ["Boss"],
        suppliers=BOTH,
        covers=[("Uma", "Boss")],
        stances=[("Boss", "us", -2), ("Boss", "rival", 3)],
        **BOSS,
    )
    found = of(actions(with_number(lost, "search", least=0.9)), "no-move")
    assert found.subjects == ("Boss",) and "Boss, a coach of Rival" in found.sentence.en
    open_ = lens(["Boss"], covers=[("Uma", "Boss")], stances=[("Boss", "us", 0)], **BOSS)
    assert actions(open_, 5).rows and not actions(open_, 4.9).rows
    assert "the smallest move takes about 5" in told_notes(actions(open_, 4.9))


def told_notes(answer: Answer) -> str:
    return " ".join(n.en for n in answer.notes)


def test_an_unknown_attitude_is_learnt_before_it_is_raised() -> None:
    """7 days in place of 5, and another word for it."""
    seen = lens(["Boss"], covers=[("Uma", "Boss")], **BOSS)
    (move,) = next_moves(seen)[1]
    assert (move.kind, move.effort) == ("approach", 7)
    assert "先弄清 Boss 的态度" in of(actions(seen), "next-action").sentence.zh
    known = lens(["Boss"], covers=[("Uma", "Boss")], stances=[("Boss", "us", 0)], **BOSS)
    assert [(m.kind, m.effort) for m in next_moves(known)[1]] == [("raise", 5)]
