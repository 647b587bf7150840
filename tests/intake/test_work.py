"""What is judged, aimed at, done and heard: rows of the four sheets, their faults, and what a second import changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import Desk, account, table

from powermap.model import Action, Assessment, Goal, Interaction, Serves, Stands, Voice

WORK = {
    "goals": table("""
        Id | Company   | Subject   | Layer | Measure  | Move | Purpose | Start | Target | Owner   | By         | Set on
        G1 | Starlight | Zhou Ming | key   | attitude | turn | rivalry | -1    | 1      | Ann Our | 2026-12-31 | 2026-01-05
    """),
    "actions": table("""
        Id | Company   | Goal | What              | For                  | Owner   | Due        | Promise
        A1 | Starlight | G1   | business exchange | Zhou Ming; Starlight | Ann Our | 2026-06-30 |
        A2 | Starlight |      | send the plan     | Zhou Ming            | Bob Our | 2026-07-15 | yes
    """),
    "interactions": table("""
        Company   | Date       | Ours    | Theirs    | Form         | Action | Next      | Layer
        Starlight | 2026-06-20 | Ann Our | Zhou Ming | formal visit | A1     | call them | key
    """),
    "assessments": table("""
        Company   | Subject   | Item            | Score | Words            | Date       | With    | Author
        Starlight | Zhou Ming | project support | 2     | spoke for us     | 2026-06-01 |         | Ann Our
        Starlight | Zhou Ming | rivalry         | +1 支持 |                | 2026-06-01 |         | Ann Our
        Starlight |           | financial value | 9     | 400M a year      | 2026-06-01 | Bob Our |
        Starlight |           | 信息渠道         | 良    |                  | 2026-06-01 |         |
        Starlight | Zhou Ming | 关键项目支持      | yes   | voted for line 3 | 2026-06-01 |         |
    """),
    "voices": table("""
        Company   | Date       | Said by   | Heard by | Kind      | Words    | Triage | In favour       | About
        Starlight | 2026-06-20 | Zhou Ming | Ann Our  | complaint | too slow | pain   | market; finance | Borealis
    """),
    "ties": table("""
        From    | Kind   | To        | Duty            | Days
        Ann Our | serves | Starlight | account manager | 5
        Ann Our | serves | Starlight | 关键关系负责人   |
    """),
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.bring(account())
    return desk


def test_all_of_it_comes_in_and_a_second_time_changes_nothing(desk: Desk) -> None:
    desk.bring(WORK)
    known = desk.snapshot
    names = {r.id: getattr(r, "name", "") for r in known}
    (goal,) = known.all(Goal)
    assert (names[goal.subject], goal.start, goal.target, goal.move) == ("Zhou Ming", -1, 1, "turn")
    done, promised = sorted(known.all(Action), key=lambda a: a.promise)
    assert (done.what, done.goal, promised.what) == ("business_exchange", goal.id, "send the plan")
    assert [names[t] for t in done.targets] == ["Zhou Ming", "Starlight"]
    (met,) = [i for i in known.all(Interaction) if i.action]
    assert (met.action, met.form, met.layer) == (done.id, "formal_visit", "key")
    scores = {a.item: a.score for a in known.all(Assessment)}
    assert scores == {
        "support": 2, "rivalry": 1, "value_financial": 9, "general_information": 3, "fact_project": 1,
    }  # fmt: skip
    (voice,) = known.all(Voice)
    assert (voice.sort, voice.triage, voice.votes, names[voice.about]) == (
        "complaint", "pain", ("market", "finance"), "Borealis",
    )  # fmt: skip
    assert sorted(t.duty for t in known.all(Serves)) == ["account_manager", "key_owner"]
    assert not desk.plan(WORK).changes


def test_benefits_of_one_day_stand_each_on_its_own(desk: Desk) -> None:
    rows = """
        Company   | Item                       | Score | Words           | Date
        Starlight | what they earned through us | 5     | fewer returns   | 2026-06-01
        Starlight | what they earned through us | 7     | no line stopped | 2026-06-01
        Starlight | bond                       | 2     | we only take    | 2026-06-01
    """
    desk.bring({"assessments": table(rows)})
    later = (
        rows.replace("| 7 ", "| 8 ").replace("we only take", "they take too").replace("fewer", "hardly any")
    )
    desk.bring({"assessments": table(later)})
    told = desk.snapshot.all(Assessment)
    assert sorted(a.score for a in told if a.item == "benefit_earned") == [5, 5, 8]
    # A level is one verdict a day: other words correct it.
    assert [a.words for a in told if a.item == "bond"] == ["they take too"]


def test_where_a_goal_began_stays_as_it_was_first_written(desk: Desk) -> None:
    desk.bring(WORK)
    again = {"goals": [row[:] for row in WORK["goals"]]}
    again["goals"][1][7:9] = ["0", "2"]
    plan = desk.plan(again)
    (change,) = plan.changes
    assert change.after is not None and (change.after["start"], change.after["target"]) == (-1, 2)
    assert "where a goal began" in " ".join(n.en for n in plan.notes)


def test_goals_of_two_relations_until_the_same_day_are_two(desk: Desk) -> None:
    goals = table("""
        Company   | Layer        | Measure | Move | Target | By
        Starlight | organization | level   | lift | 3      | 2026-12-31
        Starlight | general      | level   | lift | 4      | 2026-12-31
    """)
    desk.bring({"goals": goals})
    assert {g.layer: g.target for g in desk.snapshot.all(Goal)} == {"organization": 3, "general": 4}
    assert not desk.plan({"goals": goals}).changes


def test_what_was_answered_before_it_was_said_is_a_fault(desk: Desk) -> None:
    head = ["Company", "Date", "Words", "Solved on", "Verdict", "Verdict on"]
    plan = desk.plan({"voices": [head, ["Starlight", "2026-05-01", "slow", "2026-04-01", "4", "2026-03-01"]]})
    assert [(p.code, p.column) for p in plan.problems] == [
        ("day-order", "Solved on"), ("day-order", "Verdict on"),
    ]  # fmt: skip
    ahead = desk.plan({"voices": [head, ["Starlight", "2099-05-01", "slow", "", "", ""]]})
    assert not ahead.problems and "dated after today" in " ".join(n.en for n in ahead.notes)


def test_a_target_may_be_the_word_of_an_attitude(desk: Desk) -> None:
    head = WORK["goals"][0]
    for word, value in (("支持", 1), ("neutral", 0), ("+2", 2)):
        row = ["G8", "Starlight", "Zhou Ming", "key", "attitude", "", "", "", word, "", "2026-12-31"]
        desk.bring({"goals": [head, row]})
        (goal,) = desk.snapshot.all(Goal)
        assert goal.target == value, word


def test_a_meeting_may_name_an_action_by_what_is_done(desk: Desk) -> None:
    desk.bring(WORK)
    head = WORK["interactions"][0]
    met = ["Starlight", "2026-07-10", "Bob Our", "Zhou Ming", "", "Send the plan", "", ""]
    desk.bring({"interactions": [head, met]})
    promise = next(a for a in desk.snapshot.all(Action) if a.promise)
    assert any(i.action == promise.id for i in desk.snapshot.all(Interaction))
    twice = [
        *WORK["actions"][:1],
        ["A3", "Starlight", "", "send the plan", "Zhou Ming", "", "2026-12-01", ""],
    ]
    plan = desk.plan({"actions": twice, "interactions": [head, [*met[:1], "2026-07-11", *met[2:]]]})
    (problem,) = plan.problems
    assert problem.code == "ambiguous-action" and "A2" in problem.suggestion and "A3" in problem.suggestion


@pytest.mark.parametrize(
    ("sheet", "row", "code"),
    [
        ("assessments", "Starlight | Zhou Ming | supprt | 2 | | 2026-06-01 | |", "unknown-item"),
        ("assessments", "Starlight | Zhou Ming | support | 4 | | 2026-06-01 | |", "attitude-range"),
        ("assessments", "Starlight | Zhou Ming | support | 1.5 | | 2026-06-01 | |", "unknown-attitude"),
        ("assessments", "Starlight | | support | 2 | | 2026-06-01 | |", "missing"),
        ("assessments", "Starlight | Borealis | support | 2 | | 2026-06-01 | |", "unknown-subject"),
        ("assessments", "Starlight | | 友商定位 | 2 | | 2026-06-01 | |", "no-score"),
        ("actions", "A9 | Starlight | G7 | call | Zhou Ming | Ann Our | |", "unknown-goal"),
        ("actions", "A9 | Starlight | | call | Nobody | Ann Our | |", "unknown-subject"),
        ("goals", "G9 | Starlight | | key | attitud | | | | | | 2026-12-31", "unknown-goal_measure"),
        ("goals", "G9 | Starlight | Zhou Ming | key | attitude | | | | 4 | | 2026-12-31", "goal-range"),
        ("goals", "G9 | Starlight | | key | attitude | | | | 2 | | 2026-12-31", "missing"),
        ("goals", "G1 | Starlight | Zhou Ming | key | attitude | | | | 2 | | 2020-12-31", "day-order"),
        ("goals", "G9 | Starlight | | key | share | | | | support | | 2026-12-31", "not-a-number"),
        ("goals", "G9 | Starlight | | key | share | | | 0.2 | 30 | | 2026-12-31", "goal-range"),
        ("voices", "Starlight | 2026-06-20 | Nobody | | complaint | slow | | |", "unknown-person"),
    ],
)
def test_a_fault_is_told_with_its_cell(desk: Desk, sheet: str, row: str, code: str) -> None:
    desk.bring(WORK)
    head = WORK[sheet][0]
    cells = [cell.strip() for cell in row.split("|")]
    plan = desk.plan({sheet: [head, cells + [""] * (len(head) - len(cells))]})
    assert [p.code for p in plan.problems] == [code], plan.problems
    assert plan.problems[0].row == 2 and plan.problems[0].reason_zh


@pytest.mark.parametrize(
    ("row", "untaken"),
    [
        ("Ann Our | serves | Starlight | account manager | 5 | 0.5 | | 2", {"strength", "level"}),
        ("Ann Our | covers | Zhou Ming | owner | 5 | 0.5 | advice |", {"days", "channel"}),
        ("Zhou Ming | sways | Lin Tao | owner | | 0.5 | advice |", {"duty"}),
        ("Zhou Ming | sways | Lin Tao | | | 0.5 | advice |", set()),
    ],
)
def test_what_a_tie_of_its_kind_has_not_is_told(desk: Desk, row: str, untaken: set[str]) -> None:
    desk.bring({"people": table("""
        Company   | Name
        Starlight | Lin Tao
    """)})  # fmt: skip
    head = ["From", "Kind", "To", "Duty", "Days", "Strength", "Channel", "Level"]
    plan = desk.plan({"ties": [head, [cell.strip() for cell in row.split("|")]]})
    assert not plan.problems
    told = [n.en for n in plan.notes if "not taken" in n.en]
    assert {
        field for field in untaken if any(f"has no {field.capitalize()!r}" in text for text in told)
    } == untaken
    assert len(told) == len(untaken) and all("ties.csv" in text for text in told)


@pytest.mark.parametrize(
    ("sheet", "row", "fields"),
    [
        ("assessments", "Starlight | Nobody | support | 2 | | in March | Nemo |", {"date", "with", "subject"}),
        ("goals", "G9 | Starlight | Nobody | key | attitude | | | | 1 | Nemo | in March", {"by", "owner", "subject"}),
        ("actions", "A9 | Starlight | G7 | call | Nobody | Nemo | in March |", {"due", "owner", "for", "goal"}),
        ("interactions", "Starlight | in March | Nemo | Nobody | | A7 | |", {"date", "ours", "theirs", "action"}),
        ("voices", "Starlight | in March | Nobody | Nemo | complaint | slow | | | Nihil", {"date", "said_by", "heard_by", "about"}),
    ],
)  # fmt: skip
def test_all_that_is_wrong_in_a_row_is_told_at_once(
    desk: Desk, sheet: str, row: str, fields: set[str]
) -> None:
    desk.bring(WORK)
    head = WORK[sheet][0]
    cells = [cell.strip() for cell in row.split("|")]
    plan = desk.plan({sheet: [head, cells + [""] * (len(head) - len(cells))]})
    assert {p.column.casefold().replace(" ", "_") for p in plan.problems} == fields
    assert len(plan.problems) == len(fields) and not plan.changes


def test_a_row_that_nobody_filled_in_is_counted_and_not_taken(desk: Desk) -> None:
    head = WORK["assessments"][0]
    plan = desk.plan(
        {"assessments": [head, ["Starlight", "", "financial value", "", "", "2026-06-01", "", ""]]}
    )
    assert not plan.problems and not plan.changes and "left empty" in plan.brief("en")[0]


def test_six_cells_may_stand_without_a_total(desk: Desk) -> None:
    desk.bring({"stances": table("""
        Company   | Person   | Supplier  | Acceptance | Support | Rivalry
        Starlight | Fang Lei | Ourselves | 2          | 1       | 0
    """)})  # fmt: skip
    (said,) = [s for s in desk.snapshot.all(Stands) if s.acceptance is not None]
    assert (said.attitude, said.acceptance, said.support, said.rivalry) == (None, 2, 1, 0)
