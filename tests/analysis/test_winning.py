"""P(win), its gradient, the next move, the ways in, and how sure a rank is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from builder import lens
from hypothesis import given, settings
from hypothesis import strategies as st

from powermap.analysis.actions import actions
from powermap.analysis.certainty import survival
from powermap.analysis.moves import next_moves, next_questions
from powermap.analysis.ways import ways, ways_to
from powermap.analysis.whatif import difference, suppose
from powermap.analysis.winning import model
from powermap.errors import AnalysisError
from powermap.kernels import ranking

ATTITUDES = {"CFO": 1, "CTO": -1, "CEO": 0, "ProcHead": 2, "TechLead": -2}
SEATS = {p: {"roles": ("decider",)} for p in ATTITUDES}
RULE = "CFO and 2 of (CTO, CEO, ProcHead)"


def committee(**options):  # type: ignore[no-untyped-def]
    return lens(
        list(ATTITUDES),
        stances=[(p, "us", a) for p, a in ATTITUDES.items()],
        covers=[("us1", p) for p in ATTITUDES],
        committee=SEATS,
        rule=RULE,
        **options,
    )


def test_a_committee_without_influence_wins_with_the_published_chance() -> None:
    """The committee of the specification: p = logistic(1.2 a) gives P(win) .441 and these effects of one step."""
    m = model(committee())
    assert m is not None
    assert m.win() == pytest.approx(0.441, abs=5e-4)
    gains = {p: m.moved(p, 1).win() - m.win() for p in ("CEO", "CTO", "CFO", "ProcHead", "TechLead")}
    assert gains["CEO"] == pytest.approx(0.149, abs=5e-4)
    assert gains["CTO"] == pytest.approx(0.103, abs=5e-4)
    assert gains["CFO"] == pytest.approx(0.085, abs=5e-4)
    assert gains["ProcHead"] == pytest.approx(0.022, abs=5e-4)
    assert gains["TechLead"] == 0


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([-2, -1, 0, 1, None]), min_size=5, max_size=5), st.integers(0, 4))
def test_the_gradient_is_the_finite_difference(attitudes: list[int | None], moved: int) -> None:
    people = list(ATTITUDES)
    ties = [("TechLead", "CTO", 0.8), ("CTO", "CEO", 0.6), ("CFO", "CEO", 0.7), ("ProcHead", "CFO", 0.5)]
    m = model(
        lens(
            people,
            sways=ties,
            stances=[(p, "us", a) for p, a in zip(people, attitudes, strict=True)],
            committee=SEATS,
            rule=RULE,
        )
    )
    assert m is not None
    step, person = 1e-5, people[moved]
    assert (m.moved(person, step).win() - m.win()) / step == pytest.approx(
        m.gradient()[person], rel=1e-4, abs=1e-6
    )


def test_whoever_sways_a_voter_is_worth_moving_without_a_vote() -> None:
    m = model(committee(sways=[("TechLead", "CTO", 0.8)]))
    assert m is not None and m.gradient()["TechLead"] > 0.01


def test_not_opposed_asks_less_than_a_yes() -> None:
    """p = logistic(1.2 (x + 1)) for a neutral member: .7685; one who must agree: .5."""
    one = lens(
        ["A", "B"],
        stances=[("A", "us", 0), ("B", "us", 0)],
        committee={"A": {}, "B": {"roles": ("user",)}},
        rule="not opposed(A)",
    )
    m = model(one)
    assert m is not None and m.win() == pytest.approx(1 / (1 + np.exp(-1.2)))


def test_moves_are_exact_and_ordered_by_gain_for_the_effort() -> None:
    view = committee(sways=[("TechLead", "CTO", 0.8)])
    base, moves = next_moves(view)
    m = model(view)
    assert m is not None and base == m.win()
    rates = [x.gain / x.effort for x in moves]
    assert rates == sorted(rates, reverse=True)
    best = next(x for x in moves if x.kind == "neutralise" and x.people == ("TechLead",))
    assert best.gain == pytest.approx(m.known("TechLead", 0).win() - base)
    spent = actions(view, 10).rows
    assert spent and sum(r["effort"] for r in spent) <= 10


def test_the_question_worth_asking_is_about_who_matters() -> None:
    view = lens(
        list(ATTITUDES),
        stances=[("CFO", "us", 1), ("ProcHead", "us", 2), ("CTO", "us", 1)],
        committee=SEATS,
        rule="CFO and CEO",
    )
    questions = next_questions(view)
    assert {q.person for q in questions} == {"CEO", "TechLead"}
    assert questions[0].person == "CEO" and questions[0].swing > 0.1
    assert questions[1].swing == 0


def test_a_stranger_is_not_worth_asking() -> None:
    """Nobody listens to him and he has no vote: whatever he thinks, the plan is the same, and knowing it is worth 0."""
    view = lens(
        [*ATTITUDES, "Stranger"],
        stances=[("CFO", "us", 1), ("ProcHead", "us", 2), ("CTO", "us", -1), ("CEO", "us", 0)],
        committee=SEATS,
        rule=RULE,
    )
    worth = {q.person: q.worth for q in next_questions(view)}
    assert worth["Stranger"] == pytest.approx(0, abs=1e-12)
    assert all(w >= -1e-12 for w in worth.values())


def test_without_a_decider_there_is_no_chance_to_compute() -> None:
    assert model(lens(["A", "B"])) is None
    assert actions(lens(["A"])).findings[0].certainty.level == "open"


def test_the_way_in_is_the_most_probable_one() -> None:
    """us1 -> A -> B -> T is .9 * .8 * .7 = .504; the shorter us1 -> C -> T is .9 * .5 = .45."""
    ties = [("A", "B", 0.8), ("B", "T", 0.7), ("C", "T", 0.5)]
    view = lens(
        ["A", "B", "C", "T"],
        sways=ties,
        covers=[("us1", "A", 0.9), ("us1", "C", 0.9)],
        committee={"T": {"roles": ("decider",)}},
    )
    found = ways_to(view, "T")
    assert [w.people for w in found] == [("us1", "A", "B", "T"), ("us1", "C", "T")]
    assert found[0].probability == pytest.approx(0.504) and found[0].weakest == ("B", "T")
    assert "us1" in ways(view).findings[0].sentence.en


def test_the_way_in_passes_no_opponent() -> None:
    view = lens(
        ["A", "T"],
        sways=[("A", "T", 0.9)],
        covers=[("us1", "A", 0.9)],
        stances=[("A", "us", -1)],
        committee={"T": {"roles": ("decider",)}},
    )
    assert ways_to(view, "T") == []
    assert len(ways_to(view, "T", through_opponents=True)) == 1
    with pytest.raises(AnalysisError):
        ways(view, "nobody")


def test_what_if_changes_one_thing_and_says_what() -> None:
    view = lens(
        ["A", "T"],
        sways=[("A", "T", 0.9)],
        covers=[("us1", "A", 0.9)],
        committee={"T": {"roles": ("decider",)}},
    )
    gone = suppose(view, ["remove A"])
    assert set(gone.seats) == {"T"} and set(view.seats) == {"A", "T"}
    assert any("no longer" in n.en for n in difference(ways(view), ways(gone)).notes)
    assert suppose(view, ["attitude A=2"]).attitude("A") == 2
    assert suppose(view, ["attitude A=2", "去掉 T"]).attitude("A") == 2
    assert suppose(view, ["A moves to Finance"]).seats["A"].unit == "Finance"
    assert "@person Zed" in suppose(view, ["Zed joins"]).seats
    assert view.deal is not None and suppose(replace(view, deal=None), ["Zed joins"]).deal is None
    for bad in ("frobnicate", "remove nobody", "attitude A=7"):
        with pytest.raises(Exception, match=r"."):
            suppose(view, [bad])


def test_a_sure_network_keeps_its_first_and_an_unsure_one_cannot_tell() -> None:
    star = [("hub", f"p{i}", 0.9, {}) for i in range(8)]
    people = ["hub", *(f"p{i}" for i in range(8))]
    sure = survival(lens(people, sways=star))
    assert sure["hub"].first > 0.99 and sure["hub"].high == 1
    ring = [(f"p{i}", f"p{(i + 1) % 8}", 0.5, {}) for i in range(8)]
    level = survival(lens(people, sways=ring))
    assert max(s.top_three for s in level.values()) < 0.75


def test_batched_pagerank_is_networkx_pagerank() -> None:
    """networkx.pagerank is the oracle."""
    import networkx as nx

    random = np.random.default_rng(3)
    arcs = (random.random((5, 12, 12)) < 0.2) * random.random((5, 12, 12))
    for i in range(5):
        np.fill_diagonal(arcs[i], 0)
    batched = ranking.pagerank(arcs)
    for i in range(5):
        want = nx.pagerank(nx.from_numpy_array(arcs[i], create_using=nx.DiGraph), tol=1e-12, max_iter=1000)
        assert batched[i] == pytest.approx([want[k] for k in range(12)], abs=1e-4)
    assert ranking.ranks(np.array([[3.0, 1.0, 3.0]])).tolist() == [[1.5, 3.0, 1.5]]


def test_a_large_committee_is_exact() -> None:
    """Fifteen independent votes of chance logistic(.6) = .6457, majority 8: a binomial tail is the oracle."""
    from math import comb

    people = [f"P{i}" for i in range(15)]
    m = model(
        lens(
            people,
            stances=[(p, "us", 0) for p in people],
            committee={p: {"roles": ("decider",)} for p in people},
            rule=f"8 of ({', '.join(people)})",
        )
    )
    assert m is not None
    m = replace(m, views=m.views + 0.5)
    p = 1 / (1 + np.exp(-0.6))
    want = sum(comb(15, k) * p**k * (1 - p) ** (15 - k) for k in range(8, 16))
    assert m.win() == pytest.approx(want, abs=1e-12)


def test_the_solver_is_the_model_solved_again() -> None:
    """Sherman-Morrison against a full re-solve, for every person and kind of move."""
    from powermap.analysis.winning import Solver

    ties = [
        ("TechLead", "CTO", 0.8),
        ("CTO", "CEO", 0.6),
        ("CFO", "CEO", 0.7),
        ("ProcHead", "CFO", 0.5),
        ("CEO", "CTO", 0.3),
    ]
    view = lens(
        list(ATTITUDES),
        sways=ties,
        stances=[(p, "us", a) for p, a in ATTITUDES.items() if p != "CTO"],
        committee=SEATS,
        rule=RULE,
    )
    m = model(view)
    assert m is not None
    solver = Solver(m)
    assert solver.base == pytest.approx(m.win(), abs=1e-12)
    for person in ATTITUDES:
        other = next(p for p in ATTITUDES if p != person)
        pairs = [
            (solver.moved(person, 1), m.moved(person, 1)),
            (solver.known(person, -2), m.known(person, -2)),
            (solver.firm(person), m.firm(person)),
            (solver.tied(person, other, 0.5), m.tied(person, other, 0.5)),
            (solver.learned(person, 1).moved("CEO", 1), m.known(person, 1).moved("CEO", 1)),
        ]
        many = Solver(m, np.repeat(m.raw[None], len(m.weight), axis=0))
        assert many.win(many.firm(person), many.tied(person, other, 0.5)) == pytest.approx(
            [m.firm(person).win(), m.tied(person, other, 0.5).win()], abs=1e-6
        )
        for got, full in zip(
            solver.win(*(views for views, _ in pairs)), (full for _, full in pairs), strict=True
        ):
            assert got == pytest.approx(full.win(), abs=1e-6)
        for other in ATTITUDES:
            if other != person:
                assert solver.win(solver.tied(person, other, 0.5)) == pytest.approx(
                    [m.tied(person, other, 0.5).win()], abs=1e-6
                )
