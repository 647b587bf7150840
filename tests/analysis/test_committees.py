"""Small committees, read aloud: what the answers say, in both languages."""

from __future__ import annotations

import pytest
from builder import lens
from committees import BOSS, BOTH, DECIDES, moves, of, with_number

from powermap.analysis.actions import actions
from powermap.analysis.contacts import contacts
from powermap.analysis.fragility import fragile
from powermap.analysis.moves import next_moves, next_questions
from powermap.analysis.ways import ways
from powermap.findings import Answer
from powermap.lens import Lens


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
