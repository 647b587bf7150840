"""Relations managed: house, key people, levels, goals, actions, policy, proposals, calendar, scorecard, review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from builder import DAY, records, view

from powermap.analysis.agenda import calendar, meetings
from powermap.analysis.alarms import alarms
from powermap.analysis.attitudes import attitudes
from powermap.analysis.brief import brief
from powermap.analysis.contacts import contacts
from powermap.analysis.demands import faults
from powermap.analysis.dials import dials, health, worst
from powermap.analysis.house import built, house
from powermap.analysis.invitations import invite
from powermap.analysis.judged import unproven
from powermap.analysis.key_people import key_people, lonely_keys
from powermap.analysis.layer_levels import coverage, general, key, organizational
from powermap.analysis.matrix import matrix
from powermap.analysis.plan import fiscal_year, lines, plan
from powermap.analysis.policy import judge, of_action
from powermap.analysis.progress import aims, deeds
from powermap.analysis.progress import called as told_goal
from powermap.analysis.proposals import called, means_for, proposals
from powermap.analysis.qualification import qualify
from powermap.analysis.review import review
from powermap.analysis.scorecard import graded, scorecard
from powermap.analysis.shares import shares
from powermap.analysis.team import force, team
from powermap.analysis.todos import overdue, todos, unowned
from powermap.analysis.weak_spots import weak_spots
from powermap.analysis.who import show
from powermap.lens import Lens
from powermap.method import Pack, load_pack
from powermap.model import (
    Action,
    Assessment,
    Evidence,
    Goal,
    Interaction,
    MemberOf,
    Organization,
    Period,
    Record,
    Relates,
    Serves,
    Stands,
    Voice,
    WorksAt,
)
from powermap.reports.proposal_rows import action_row

PEOPLE = {
    "Boss": {"level": 1, "unit": "Board"},
    "Head": {"level": 2, "unit": "Buying"},
    "Clerk": {"level": 5, "unit": "Lab"},
}
BEFORE = DAY - timedelta(days=1)


def seen(*more: Record, grade: str = "", **facts: Any) -> Lens:
    given: dict[str, Any] = {
        "covers": [("Olga", "Head")],
        "team": {"Olga": "us", "Pia": "us", "Rob": "rival"},
        "suppliers": ("us", "rival"),
        "committee": {"Boss": {"roles": ("decider",)}},
        **facts,
    }
    found = [
        replace(r, grade=grade) if isinstance(r, Organization) and r.id == "acc" else r
        for r in records(PEOPLE, **given)
    ]
    return view([*found, *more])


def met(n: str, on: date, theirs: str, ours: str = "Olga", **more: Any) -> Interaction:
    return Interaction(f"m{n}", (), "acc", on, "visit", (ours,), (theirs,), **more)


def verdict(item: str, score: float | None, on: date = BEFORE, **more: Any) -> Assessment:
    return Assessment(
        f"{item}{on}{more.get('subject', '')}", (), "acc", item=item, score=score, on=on, words="said", **more
    )


# The house.


def test_the_floor_is_the_lower_median_of_its_dimensions_and_the_roof_follows_the_stages() -> None:
    told = [
        verdict(f"general_{k}", s)
        for k, s in (("information", 1.0), ("opportunities", 2.0), ("contract", 3.0), ("service", 4.0))
    ]
    assert general(seen(*told)) == 2 and general(seen()) is None
    for stages, level in (
        ((), None),
        (("need",), 1),
        (("准入", "招标"), 2),
        (("准入", "招标", "评标", "合同"), 3),
    ):
        assert organizational(seen(Relates("r", "us", "acc", stages=stages))).joined == level
    both = organizational(seen(Relates("r", "us", "acc", level=3, stages=("need",))))
    assert (both.judged, both.joined, both.level) == (3, 1, 3)
    assert (
        organizational(seen(Relates("r", "us", "acc", level=3), verdict("organization_level", 2.0))).level
        == 2
    )


def test_a_part_that_nobody_owns_or_whose_level_is_unknown_is_missing() -> None:
    bare = built(seen())
    assert bare.roof.missing and bare.floor.missing
    owned = built(
        seen(
            Serves("s1", "Pia", "acc", duty="organization_owner"),
            Serves("s2", "Pia", "acc", duty="general_owner", period=Period(None, BEFORE)),
            Relates("r", "us", "acc", level=2),
            verdict("general_information", 2.0),
        )
    )
    assert owned.roof.owners == ("Pia",) and not owned.roof.missing
    # A duty that has ended owns nothing.
    assert owned.floor.owners == () and owned.floor.missing
    assert {f.kind for f in house(seen()).findings} == {"house-owner", "house-unknown"}


def test_only_our_own_meetings_touch_a_department() -> None:
    assert coverage(seen()).bare == ("Board", "Lab")
    assert coverage(seen(met("1", BEFORE, "Clerk"))).bare == ("Board",)
    assert coverage(seen(met("1", BEFORE, "Clerk", "Rob"))).bare == ("Board", "Lab")


def test_key_people_are_found_three_ways() -> None:
    found = {k.id: tuple(k.reasons) for k in key_people(seen(sways=[("Clerk", "Head", 0.8)]))}
    assert found == {"Boss": ("chart", "purchase"), "Head": ("chart",), "Clerk": ("network",)}
    assert key_people(seen())[0].id == "Boss" and key_people(seen())[0].weight == 1


def test_the_key_relation_is_the_weight_of_those_for_us() -> None:
    assert key(seen(stances=[("Boss", "us", 0), ("Head", "us", 3)])) == 0
    assert key(seen(stances=[("Boss", "us", 1)])) == 1


def test_like_meets_like() -> None:
    def holes(rank: int) -> object:
        team = [r for r in seen().snapshot if isinstance(r, WorksAt) and r.src == "Olga"]
        return matrix(seen(replace(team[0], id="rank", level=rank))).findings[0].value

    # Olga covers level 2: of rank 3 she is one below, of rank 4 two.
    assert (holes(3), holes(4)) == (2, 3)


# Goals and actions.


def goal(**more: Any) -> Goal:
    given: dict[str, Any] = {
        "measure": "attitude",
        "subject": "Head",
        "target": 1.0,
        "start": 0.0,
        "by": BEFORE,
        "purpose": "market",
    }
    return Goal("g", (), "acc", **{**given, **more})


@pytest.mark.parametrize(
    ("attitude", "more", "met_", "missed"),
    [
        (0, {}, False, True),
        (1, {}, True, False),
        (2, {}, True, False),
        (0, {"by": DAY + timedelta(days=1)}, False, False),
        (None, {}, None, True),
        # To block a rival is that support for it falls.
        (1, {"move": "block", "supplier": "rival", "start": 2.0, "target": 0.0}, True, False),
    ],
)
def test_a_goal_is_met_because_the_fact_says_so(
    attitude: int | None, more: Any, met_: bool | None, missed: bool
) -> None:
    lens = seen(goal(**more), stances=[("Head", "us", attitude), ("Head", "rival", 0)])
    (aim,) = aims(lens)
    assert (aim.met, aim.missed) == (met_, missed)


def act(**more: Any) -> Action:
    given: dict[str, Any] = {
        "what": "business_exchange",
        "targets": ("Head",),
        "owner": "Olga",
        "due": BEFORE,
    }
    return Action("a", (), "acc", **{**given, **more})


@pytest.mark.parametrize(
    ("done_on", "due", "state"),
    [
        (None, BEFORE, "overdue"),
        (None, DAY, "open"),
        (BEFORE, BEFORE, "done"),
        (BEFORE, BEFORE - timedelta(days=1), "late"),
    ],
)
def test_an_action_is_done_by_the_meeting_that_names_it(done_on: date | None, due: date, state: str) -> None:
    more = [met("1", done_on, "Head", action="a")] if done_on else []
    (deed,) = deeds(seen(act(due=due), *more))
    assert deed.state == state and deed.done_on == done_on


def test_what_an_action_did_is_the_attitude_before_and_after() -> None:
    day = date(2026, 5, 1)
    stances = [
        Stands("old", "Head", "us", Period(None, date(2026, 5, 2)), attitude=-1),
        Stands("new", "Head", "us", Period(date(2026, 5, 2)), attitude=1),
    ]
    (deed,) = deeds(seen(act(due=day), met("1", day, "Head", action="a"), *stances))
    assert (deed.before, deed.after) == ((-1,), (1,))


def test_an_action_that_nobody_owns_is_red() -> None:
    answer = plan(seen(act(owner="")))
    assert "action-unowned" in {f.kind for f in answer.findings}
    assert [line.red for line in lines(seen(act(owner="", due=DAY))) if line.record == "a"] == [True]
    assert [line.red for line in lines(seen(act(due=DAY))) if line.record == "a"] == [False]


# Policy.


def test_gifts_ask_for_an_approval_and_officials_get_none() -> None:
    lens = seen()
    pack = lens.pack.catalogue
    assert judge(lens, pack["gift"], ("Head",)).ruling == "approval"
    assert judge(lens, pack["family_help"], ("Head",)).ruling == "blocked"
    assert judge(lens, pack["business_exchange"], ("Head",)).ruling == "allowed"
    assert judge(lens, pack["business_exchange"], ("Head",), 5000, "CNY").ruling == "approval"
    assert judge(lens, pack["business_exchange"], ("Head",), 500, "CNY").ruling == "allowed"
    assert of_action(lens, act(what="gift", approval="given")).ruling == "allowed"
    assert of_action(lens, act(what="gift", approval="asked")).ruling == "approval"
    assert of_action(lens, act(what="family_help", approval="given")).ruling == "blocked"
    officials = view(
        [
            replace(r, title="采购局长") if isinstance(r, WorksAt) and r.src == "Head" else r
            for r in seen().snapshot
        ]
    )
    assert of_action(officials, act(what="gift", approval="given")).ruling == "blocked"
    assert of_action(officials, act(what="business_exchange")).ruling == "allowed"


@pytest.mark.parametrize(
    ("industry", "title", "ruling"),
    [
        ("公立医院", "院长", "blocked"),
        ("医疗", "副院长", "approval"),
        ("公立医院", "信息科主任", "blocked"),
        ("公立医院", "护士", "approval"),
        ("民营医院", "院长", "approval"),
        ("餐饮", "车间主任", "approval"),
        ("国企", "总经理", "blocked"),
        ("大学", "教务处处长", "blocked"),
        ("市政府", "科员", "blocked"),
        ("软件", "市管干部", "blocked"),
        ("public hospital", "Medical Director", "blocked"),
        ("state-owned utility", "Coordinator", "approval"),
        ("retail", "Managing Director", "approval"),
    ],
)
def test_who_is_an_official_follows_from_the_body_and_the_title(
    industry: str, title: str, ruling: str
) -> None:
    """Article 15 of the Supervision Law: those who manage in state companies and public institutions; all of state bodies."""
    told = [
        replace(r, title=title)
        if isinstance(r, WorksAt) and r.src == "Head"
        else replace(r, industry=industry)
        if r.id == "acc"
        else r
        for r in seen().snapshot
    ]
    verdict = judge(view(told), load_pack().catalogue["gift"], ("Head",))
    assert verdict.ruling == ruling
    assert ("监察法" in verdict.why.zh) == (ruling == "blocked")


def test_an_officials_family_gets_nothing_either() -> None:
    told = [
        replace(r, industry="公立医院") if r.id == "acc" else r
        for r in records(
            {"Boss": {"level": 1, "title": "院长"}, "Wife": 5},
            sways=[("Wife", "Boss", 0.5, {"channel": "family"})],
        )
    ]
    verdict = judge(view(told), load_pack().catalogue["gift"], ("Wife",))
    assert verdict.ruling == "blocked" and "亲属" in verdict.why.zh


# Weak spots and proposals.


def test_each_key_person_has_one_weak_spot_and_its_move() -> None:
    def told(attitude: int | None, rival: int | None = None) -> tuple[str, str, float]:
        lens = seen(stances=[("Boss", "us", attitude), ("Boss", "rival", rival)])
        spot = next(s for s in weak_spots(lens) if s.subject == "Boss")
        made = next(p for p in proposals(lens) if p.spot.subject == "Boss")
        return spot.kind, made.move, made.target

    assert told(None) == ("unknown", "break_ice", 0)
    assert told(-2) == ("against", "turn", -1)
    assert told(0, 2) == ("rival", "turn", 1)
    assert told(0) == ("neutral", "lift", 1)
    assert told(1) == ("unowned", "hold", 1)
    assert told(2) == ("unproven", "hold", 2)


def test_what_is_proposed_fits_the_attitude_the_layer_and_the_policy() -> None:
    for attitude in (-2, -1, 0, 1):
        lens = seen(stances=[("Boss", "us", attitude)])
        for spot in weak_spots(lens):
            for means, ruling in means_for(lens, spot):
                assert ruling.ruling != "blocked" and spot.layer in means.layers
                assert not spot.subject or attitude in means.attitudes or spot.subject != "Boss"


def test_no_promise_is_ever_proposed_and_what_has_a_goal_is_not_proposed_again() -> None:
    lens = seen(goal(subject="Boss", by=DAY + timedelta(days=9)))
    assert "Boss" not in {p.spot.subject for p in proposals(lens)}
    assert "Boss" in {p.spot.subject for p in proposals(seen(goal(subject="Boss")))}


# The rest.


def test_a_meeting_is_due_after_its_cadence() -> None:
    found = {m.key: m for m in meetings(seen(met("1", DAY - timedelta(days=121), "Head")))}
    assert found["business"].overdue(DAY) == 1 and found["summit"].last is None
    found = {m.key: m for m in meetings(seen(met("1", DAY - timedelta(days=120), "Head")))}
    assert found["business"].overdue(DAY) == 0
    # A rival's meeting is none of ours.
    assert {m.key: m for m in meetings(seen(met("1", BEFORE, "Head", "Rob")))}["business"].last is None
    assert calendar(seen()).findings[0].kind == "meeting-due"


@pytest.mark.parametrize(
    ("scores", "grade"),
    [((10, 5, 7.5), "S"), ((10, 5, 7.4), "A"), ((6, 6, 6), "A"), ((4, 4, 4), "B"), ((3.9, 4, 4), "C")],
)
def test_the_grade_follows_the_weighed_score(scores: tuple[float, float, float], grade: str) -> None:
    sides = [
        verdict(f"value_{k}", float(s))
        for k, s in zip(("financial", "strategic", "brand"), scores, strict=True)
    ]
    found = graded(seen(*sides, grade="B"))
    assert found.suggested == grade and found.differs == (grade != "B")
    assert graded(seen(*sides[:2])).score is None
    assert scorecard(seen(*sides, grade="B")).findings


def test_the_worst_of_the_four_dials_counts() -> None:
    lens = seen()
    assert [d.key for d in dials(lens)] == ["safe", "stable", "complete", "lasting"]
    assert worst(lens) == "bad"


def test_rivals_supporters_are_not_invited() -> None:
    sways = [("Head", "Boss", 0.5), ("Clerk", "Boss", 0.4)]
    answer = invite(seen(sways=sways, stances=[("Head", "rival", 3)]), 2)
    assert "Head" not in answer.findings[0].subjects and {"Boss", "Clerk"} == set(answer.findings[0].subjects)
    assert answer.rows[-1]["id"] == "Head"


def test_everybody_asks_one_function_who_is_unproven() -> None:
    """Clerk is not key, has no cell, and a note proves nothing; who isn't in the table is counted and named."""
    lens = seen(stances=[("Clerk", "us", 2, {"evidence": Evidence(note="said so")})])
    assert unproven(lens) == ("Clerk",)
    told = attitudes(lens)
    assert told.findings[0].subjects == ("Clerk",) and {"Clerk"} <= {r["id"] for r in told.rows}
    assert [f.subjects for f in brief(lens).findings if f.kind == "unproven-attitude"] == [("Clerk",)]
    fact = verdict("key_project", 1, subject="Clerk")
    proof = next(i for i in lens.pack.items.values() if i.family == "fact")
    assert unproven(view([*lens.snapshot, replace(fact, item=proof.key)])) == ()
    none = attitudes(seen())
    assert "Clerk" in none.notes[0].en and none.notes[0].en.startswith("1 person")


def test_a_judgement_on_a_dimension_has_its_day_in_every_answer() -> None:
    cells = [verdict(k, 1.0, subject="Head") for k in ("acceptance", "participation", "support")]
    row = next(r for r in show(seen(*cells)).rows if r["id"] == "Head")
    assert row["attitude"] == "+1" and row["since"] == BEFORE.isoformat()
    typed = seen(stances=[("Head", "us", 1, {"evidence": Evidence(on=BEFORE)})])
    assert next(r for r in show(typed).rows if r["id"] == "Head")["since"] == BEFORE.isoformat()


def test_overdue_is_one_rule_of_all_kinds() -> None:
    """A promise, an action, a voice and a meeting are late: `todo`, `review` and `plan` count the same four."""
    lens = seen(
        act(),
        replace(act(promise=True, owner=""), id="word"),
        Voice("v", (), "acc", on=BEFORE, words="late again", owner="Olga", due=BEFORE),
        met("1", DAY - timedelta(days=200), "Head"),
        Serves("s", "Pia", "acc", duty="account_manager"),
    )
    late = overdue(lens)
    assert [t.kind for t in late] == ["promise", "meeting", "action", "voice"]
    told = review(lens)
    assert "逾期 4 件（承诺 1、行动 1、客户声音 1、会面 1）" in told.findings[0].sentence.zh
    assert sum("逾期" in r["state"]["zh"] for r in told.rows) == 4
    row = next(r for r in plan(lens).rows if r["what"]["en"] == "Overdue")
    assert row["detail"]["zh"].startswith("4（") and row["red"]
    # A meeting belongs to whoever has its duty, covers the people, or manages the account.
    owners_ = {t.record: t.owner for t in todos(lens) if t.kind == "meeting"}
    assert owners_["acc-business"] == "Olga" and owners_["acc-summit"] == "Pia"
    assert [t.record for t in unowned(lens)] == ["word"]


def test_the_review_counts_what_was_done_since_its_day() -> None:
    acts = (act(due=DAY), replace(act(due=DAY), id="b"))
    done = (met("1", DAY - timedelta(days=80), "Head", action="a"), met("2", BEFORE, "Head", action="b"))
    told = [review(seen(*acts, *done), day) for day in (DAY - timedelta(days=90), BEFORE)]
    assert "2 actions done" in told[0].findings[0].sentence.en
    assert "1 action done" in told[1].findings[0].sentence.en
    assert [sum(r["state"]["en"] == "on time" for r in t.rows) for t in told] == [2, 1]


def test_who_is_key_and_owned_by_nobody_is_one_rule() -> None:
    """House, duty of the grade and its alert name the same key people, deciders or not."""
    lens = seen(grade="S", covers=[("Olga", "Boss")], stances=[("Boss", "us", 1)])
    bare = tuple(p.id for p in built(lens).pillars if not p.owners)
    assert lonely_keys(lens) == bare == ("Head",)
    fault = next(f for f in faults(lens, 2) if f.demand == "key" and "没有负责人" in f.words.zh)
    assert fault.about == bare
    assert "1 key person" in house(lens).findings[0].sentence.en


def test_levels_that_nobody_can_match_are_told_alike() -> None:
    lens = seen(grade="S")
    said = next(f for f in faults(lens, 2) if f.demand == "levels")
    told = matrix(lens)
    assert not said.red and told.findings[0].sentence.zh == f"{said.words.zh}。"
    assert told.findings[0].value is None and {r["state"]["zh"] for r in told.rows} == {"缺数据"}


def test_a_relation_has_one_proposal_with_whom_and_by_whom() -> None:
    """Two weak spots of the organizational relation are one goal; their top is visited by ours, not by the account manager."""
    lens = seen(
        Serves("s", "Olga", "acc", duty="account_manager"),
        Serves("o", "Pia", "acc", duty="organization_owner", period=Period(None, BEFORE)),
        WorksAt("pia", "Pia", "us", level=1),
        Relates("r", "us", "acc", level=2),
    )
    assert len([w for w in weak_spots(lens) if w.layer == "organization"]) == 2
    (made,) = [p for p in proposals(lens) if p.spot.layer == "organization"]
    assert (made.start, made.target, made.move) == (2.0, 3.0, "lift")
    assert made.means[0][0].key == "executive_visit"
    assert (made.targets, made.owner, made.actor) == (("Boss",), "Olga", "Pia")
    row = action_row(lens, made, DAY)
    assert row is not None and (row["targets"], row["owner"]) == (("Boss",), "Pia")
    bare = next(p for p in proposals(lens) if p.measure == "coverage")
    assert bare.start == 1 / 3 and bare.targets == ("Boss", "Clerk")
    held = seen(Relates("r", "us", "acc", level=3))
    keep = next(p for p in proposals(held) if p.spot.layer == "organization")
    assert called(held, keep).zh == "卡位：层级 保持 3"


def test_days_are_those_of_the_first_action_and_of_getting_there() -> None:
    lens = seen(stances=[("Clerk", "us", 0)], committee={"Boss": {"roles": ("decider",)}})
    line = next(x for x in lines(lens) if x.chapter == 3 and "Boss" in x.what.en)
    made = next(p for p in proposals(lens) if p.spot.subject == "Boss")
    first = made.means[0][0].days
    assert made.effort > first
    assert f"首个行动 {first:g} 人天，走完约 {made.effort:g}" in line.detail.zh


def test_a_goal_begins_where_it_was_on_its_day_and_says_so() -> None:
    def said(*more: Record, **facts: Any) -> str:
        lens = seen(*more, stances=[("Head", "us", 0)], **facts)
        return told_goal(lens, lens.goals[0]).en

    unsaid = goal(start=None, set_on=BEFORE)
    assert said(unsaid) == "Head attitude 0 → +1"
    assert said(replace(unsaid, set_on=None)) == "Head attitude today 0 → +1"
    assert said(replace(unsaid, start=1.0)) == "Head attitude keep +1"


def test_a_goal_of_support_that_nothing_proves_is_not_met() -> None:
    stance = [("Head", "us", 2)]
    lens = seen(goal(start=2.0, target=2.0), stances=stance)
    assert told_goal(lens, lens.goals[0]).zh.endswith("证实 +2") and aims(lens)[0].met is False
    key_event = next(i for i in lens.pack.items.values() if i.family == "fact").key
    proven = seen(goal(start=2.0, target=2.0), verdict(key_event, 1, subject="Head"), stances=stance)
    assert aims(proven)[0].met and told_goal(proven, proven.goals[0]).zh.endswith("保持 +2")


def test_force_counts_who_covers_or_serves() -> None:
    lens = seen(Serves("s1", "Pia", "acc", duty="delivery"), Serves("s2", "Olga", "acc", duty="commercial"))
    assert sum(force(lens)["us"].values()) == 2
    assert "Us 2" in next(f for f in team(lens).findings if f.kind == "force").sentence.en


def test_an_introduction_says_to_whom() -> None:
    lens = seen(sways=[("Head", "Boss", 0.9)])
    told = contacts(lens)["Boss"].words(lens, "Boss")
    assert told is not None and told.en == "Head can introduce Olga to Boss"


def test_health_groups_its_dials() -> None:
    said = health(seen()).findings[0].sentence
    assert "总评" not in said.zh and said.zh.startswith("关系健康总的看是")


def answered(lens: Lens) -> dict[str, tuple[str, str]]:
    return {r["id"]: (r["state"]["zh"], r["what"]["zh"]) for r in qualify(lens).rows}


def test_a_rule_that_cannot_be_read_is_not_clear() -> None:
    told = answered(seen(rule="Boss and Nobody"))
    assert told["C139-rule"][0] == told["MEDDPICC-process"][0] == "缺"
    assert "读不懂" in told["C139-rule"][1] and "Nobody" in told["MEDDPICC-process"][1]
    assert answered(seen(rule="Boss and Head"))["C139-rule"] == ("清楚", "Boss and Head")
    assert answered(seen())["C139-rule"][0] == "缺"


def test_a_lead_is_told_by_the_measure_of_compare() -> None:
    lens = seen(stances=[("Boss", "us", 2), ("Boss", "rival", 1)])
    state, words = answered(lens)["C139-influence"]
    found = shares(lens).suppliers
    assert state == "领先" and words == f"决策链影响力：我方 {found['us']:.0%}，Rival {found['rival']:.0%}"


def test_wants_are_criteria_and_choosing_us_is_none() -> None:
    assert answered(seen(verdict("choose", 1)))["MEDDPICC-criteria"][0] == "缺"
    assert answered(seen(verdict("need_quality", 3)))["MEDDPICC-criteria"] == ("清楚", "质量 高")


def test_who_decides_is_invited_before_who_only_sways() -> None:
    """Of the decision each seat takes the largest part that is left; people from outside take none."""
    facts = {
        "sways": [("Clerk", "Boss", 1.0), ("Clerk", "Head", 1.0), ("Wife", "Boss", 1.0)],
        "committee": {"Boss": {"roles": ("decider",)}, "Head": {"roles": ("decider",)}},
    }
    found = records({**PEOPLE, "Wife": {}}, team={"Olga": "us"}, **facts)
    outside = [
        MemberOf("out", r.src, r.dst, role="spouse") if isinstance(r, WorksAt) and r.src == "Wife" else r
        for r in found
    ]
    answer = invite(view(outside), 3)
    assert answer.findings[0].subjects == ("Boss", "Head", "Clerk") and answer.findings[0].value == 1
    assert [r["id"] for r in answer.rows] == ["Boss", "Head", "Clerk", "Wife"]
    assert "不在客户任职" in answer.rows[-1]["note"]["zh"]
    few = invite(view(outside), 1).findings[0]
    assert few.subjects == ("Boss",) and "Head" in few.sentence.en


def test_the_review_tells_what_changed_since_a_day() -> None:
    stances = [
        Stands("old", "Head", "us", Period(None, date(2026, 9, 1)), attitude=0),
        Stands("new", "Head", "us", Period(date(2026, 9, 1)), attitude=1),
    ]
    lens = seen(*stances, act(promise=True))
    changed = [r for r in review(lens, date(2026, 8, 1)).rows if r["section"]["en"] == "What has changed"]
    assert [(r["what"]["en"], r["detail"]["en"], r["state"]["en"]) for r in changed] == [
        ("Head", "0 → +1", "up")
    ]
    assert not [r for r in review(lens, date(2026, 9, 2)).rows if r["section"]["en"] == "What has changed"]
    assert review(lens).findings[0].urgency == 3


def test_the_alarms_sound_by_their_findings() -> None:
    sounding = {a.key: a for a in alarms(seen(act(promise=True), stances=[("Boss", "us", 3)]))}
    assert {"promise", "unproven", "layer-owner"} <= sounding.keys() and "left" not in sounding
    assert sounding["promise"].findings[0].value == 1
    assert "promise" not in {a.key for a in alarms(seen(act(promise=True, due=DAY)))}
    code = "".join(p.read_text("utf-8") for p in Path(alarms.__code__.co_filename).parents[1].rglob("*.py"))
    for row in seen().pack.topic("alerts")["alert"]:
        for kind in row["kinds"]:
            assert f'"{kind}"' in code, f"nothing finds {kind}"


@pytest.mark.parametrize(
    ("start", "name", "part"), [(1, "2026", 272 / 365), (4, "2026/27", 182 / 365), (10, "2025/26", 364 / 365)]
)
def test_the_fiscal_year_begins_where_the_pack_says(start: int, name: str, part: float) -> None:
    topics = {**seen().pack.topics, "calendar": {**seen().pack.topic("calendar"), "fiscal_start": start}}
    assert fiscal_year(replace(seen(), pack=Pack(topics))) == (name, pytest.approx(part))


def test_attitudes_and_check_lists_answer_where_little_is_known() -> None:
    assert attitudes(seen(stances=[("Boss", "us", 3)])).findings[0].kind == "unproven-attitude"
    assert qualify(seen()).rows
    lonely = view([Organization("acc", name="Account")])
    for ask in (attitudes, house, plan, calendar, scorecard, qualify, review, matrix, invite):
        assert ask(lonely).findings
