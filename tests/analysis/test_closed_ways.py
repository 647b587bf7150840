"""Why a way is closed, which circles and meetings open one, and what that does to the advice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from builder import DAY, lens, records, view
from committees import BOSS, BOTH, DECIDES, between, model_of, moves, of, people

from powermap.analysis import projection
from powermap.analysis.actions import actions
from powermap.analysis.brief import brief
from powermap.analysis.calibration import Calibration
from powermap.analysis.contacts import contacts
from powermap.analysis.fragility import fragile
from powermap.analysis.meetings import met
from powermap.analysis.moves import candidates, next_moves
from powermap.analysis.obstacles import closed
from powermap.analysis.ways import ways, ways_to
from powermap.lens import Lens
from powermap.method import Pack
from powermap.model import Covers, Interaction, MemberOf, Organization, Record, WorksAt

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
            for m in candidates(between(("Ally", "us", a)), model_of(between(("Ally", "us", a))))
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


def test_who_works_for_us_too_needs_no_introduction() -> None:
    seen = shut(more=(WorksAt(id="both", src="Boss", dst="us"), Covers(id="c", src="Boss", dst="Aide")))
    found = ways(seen)
    assert (
        of(found, "one-of-ours").sentence.en == "Boss is one of Us's people too: no introduction is needed."
    )
    assert not found.rows
    assert all(len(way.people) > 1 for way in ways_to(seen, "Boss"))
