"""Influence, link and rule on committees small enough for paper.

Expected numbers are the small cases of the specification of the analysis (two implementations agreed on them): a tie's
strength counts as it was recorded, one link over all suppliers, and a rule that counts votes, vetoes and *not opposed*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pytest
from builder import lens
from hypothesis import given, settings
from hypothesis import strategies as st

from powermap.analysis import projection
from powermap.analysis.ballot import Ballot
from powermap.analysis.deciders import deciders
from powermap.analysis.influence import final_views, friedkin_johnsen
from powermap.analysis.rule import resolve
from powermap.analysis.winning import Model, Solver, model
from powermap.errors import AnalysisError
from powermap.lens import Lens

SUPPLIERS = ("us", "rival", "third")


def committee(
    views: Mapping[str, Sequence[int | None]], rule: str = "", *, supplier: str | None = None, **facts: object
) -> Lens:
    """Make a lens of people with a view of each of the suppliers; everybody decides where no rule is given."""
    number = len(next(iter(views.values())))
    stances = [(p, s, a) for p, row in views.items() for s, a in zip(SUPPLIERS, row, strict=False)]
    seats = facts.pop("committee", {p: {"roles": ("decider",)} for p in views})
    return lens(
        list(views),
        stances=stances,
        suppliers=SUPPLIERS[:number],
        rule=rule,
        committee=seats,
        supplier=supplier,
        **facts,
    )  # type: ignore[arg-type]


def solved(view: Lens) -> Model:
    found = model(view)
    assert found is not None
    return found


def test_how_far_somebody_listens_is_the_strength_of_the_tie() -> None:
    """Case 1: .05, .5 and .95 move a listener by 4 %, 40 % and 76 % of the way; p .5240, .7231, .8610."""
    for strength, a, after, p in (
        (0.05, 0.04, 0.08, 0.5240),
        (0.5, 0.4, 0.8, 0.7231),
        (0.95, 0.76, 1.52, 0.8610),
    ):
        view = committee({"A": [0], "B": [2]}, "A", sways=[("B", "A", strength)])
        assert projection.influence(view)[2] == pytest.approx([a, 0])
        m = solved(view)
        assert m.after[0, 0, 0] == pytest.approx(after)
        assert m.win() == pytest.approx(p, abs=5e-5)


def test_two_advisers_share_what_is_listened() -> None:
    """Case 2: V_A (.2, .4, .4) for .5 + .5 and for .9 + .9, p .6177; (.68, .24, .08) for .3 + .1; x* .4 each time."""
    for one, other, row in (
        (0.5, 0.5, (0.2, 0.4, 0.4)),
        (0.9, 0.9, (0.2, 0.4, 0.4)),
        (0.3, 0.1, (0.68, 0.24, 0.08)),
    ):
        view = committee({"A": [0], "B": [2], "C": [-1]}, "A", sways=[("B", "A", one), ("C", "A", other)])
        assert final_views(view)[1][0] == pytest.approx(row)
        m = solved(view)
        assert m.after[0, 0, 0] == pytest.approx(0.4)
        assert m.win() == pytest.approx(0.6177, abs=5e-5)


def test_one_decider_chooses_among_all_suppliers() -> None:
    """Case 3: (1, 3) gives .0811, .8944, none .0244; (2, 1, -1) gives .7046, .2122, .0193, none .0639."""
    for views, chances, nobody in (
        ([1, 3], (0.0811, 0.8944), 0.0244),
        ([2, 1, -1], (0.7046, 0.2122, 0.0193), 0.0639),
    ):
        found = solved(committee({"A": views}, "A")).outcome
        assert sorted(found.suppliers) == pytest.approx(sorted(chances), abs=6e-5)
        assert found.nobody == pytest.approx(nobody, abs=6e-5) and found.several == 0
        assert sum(found.suppliers) + found.nobody == pytest.approx(1)


def test_the_chances_do_not_depend_on_whose_map_it_is() -> None:
    views = {"A": [1, 0, 2], "B": [0, None, -1], "C": [2, -1, None]}
    ours, theirs = committee(views, "2 of (A, B, C)"), committee(views, "2 of (A, B, C)", supplier="rival")
    one, other = solved(ours), solved(theirs)
    assert one.outcome == other.outcome and one.suppliers == other.suppliers
    assert one.win() == pytest.approx(dict(zip(one.suppliers, one.outcome.suppliers, strict=True))["us"])
    assert other.win() == pytest.approx(dict(zip(one.suppliers, one.outcome.suppliers, strict=True))["rival"])


def test_a_chain_of_those_who_inform() -> None:
    """Case 4: A informs B, B informs C: V_C (.16, .24, .6)."""
    view = committee({"A": [0], "B": [0], "C": [0]}, "C", sways=[("A", "B", 0.5), ("B", "C", 0.5)])
    assert final_views(view)[1][2] == pytest.approx((0.16, 0.24, 0.6))


def test_a_quota_under_influence() -> None:
    """Case 5: us .6532, rival .1301, none .2167; dP per view of us .2342, .0523, .0641, of the rival below; no tie .5891."""
    views = {"A": [1, 0], "B": [0, 2], "C": [2, -1]}
    m = solved(committee(views, "2 of (A, B, C)", sways=[("A", "B", 0.5)]))
    chances = dict(zip(m.suppliers, m.outcome.suppliers, strict=True))
    assert chances == pytest.approx({"us": 0.6532, "rival": 0.1301}, abs=6e-5)
    assert m.outcome.nobody == pytest.approx(0.2167, abs=6e-5)
    assert m.gradient() == pytest.approx({"A": 0.2342, "B": 0.0523, "C": 0.0641}, abs=6e-5)
    assert m.gradient("rival") == pytest.approx({"A": -0.1278, "B": -0.0423, "C": -0.0148}, abs=6e-5)
    apart = solved(committee(views, "2 of (A, B, C)"))
    assert dict(zip(apart.suppliers, apart.outcome.suppliers, strict=True)) == pytest.approx(
        {"us": 0.5891, "rival": 0.1766}, abs=6e-5
    )


@pytest.mark.parametrize(
    ("rule", "us", "rival", "nobody"),
    [
        ("A and 2 of (B, C, D)", 0.0940, 0.1213, 0.7847),
        ("2 of (B, C, D)", 0.1506, 0.6452, None),
        ("not opposed(A) and 2 of (B, C, D)", 0.1082, 0.1396, None),
    ],
)
def test_a_veto_and_a_quota(rule: str, us: float, rival: float, nobody: float | None) -> None:
    """Case 6."""
    found = solved(committee({"A": [1, 0], "B": [2, 1], "C": [0, 1], "D": [-1, 2]}, rule))
    assert dict(zip(found.suppliers, found.outcome.suppliers, strict=True)) == pytest.approx(
        {"us": us, "rival": rival}, abs=6e-5
    )
    if nobody is not None:
        assert found.outcome.nobody == pytest.approx(nobody, abs=6e-5)


def test_a_veto_of_the_committee_counts_like_one_of_the_rule() -> None:
    views = {"A": [1, 0], "B": [2, 1], "C": [0, 1], "D": [-1, 2]}
    seats = {"A": {"veto": True}, **{p: {"votes": 1.0} for p in "BCD"}}
    for rule in ("2 of (B, C, D)", ""):
        assert solved(committee(views, rule, committee=seats)).win() == pytest.approx(0.0940, abs=6e-5)


@pytest.mark.parametrize(
    ("views", "us", "rival"),
    [
        ({"A": [1, 0], "X": [0, 2]}, 0.0506, 0.1681),
        ({"A": [1, 0], "X": [0, 0]}, 0.2712, 0.0817),
        ({"A": [1], "X": [0]}, 0.5906, None),
    ],
)
def test_not_opposed_counts_for_the_one_supplier_preferred(
    views: dict[str, list[int]], us: float, rival: float | None
) -> None:
    """Case 7."""
    m = solved(committee(views, "A and not opposed(X)"))
    found = dict(zip(m.suppliers, m.outcome.suppliers, strict=True))
    assert found["us"] == pytest.approx(us, abs=6e-5)
    assert rival is None or found["rival"] == pytest.approx(rival, abs=6e-5)


def test_whoever_is_not_opposed_supports_one_camp_only() -> None:
    """Case 7b: .3935 each, none .2130: two camps can't both win, for X counts for one of them."""
    m = solved(committee({"A": [1, 0], "B": [0, 1], "X": [1, 1]}, "2 of (A, B, not opposed(X))"))
    assert m.outcome.suppliers == pytest.approx((0.3935, 0.3935), abs=6e-5)
    assert m.outcome.nobody == pytest.approx(0.2130, abs=6e-5) and m.ballot.rivals is None


@pytest.mark.parametrize(
    ("rule", "ties", "us", "rival"),
    [
        ("A", (), 0.5911, 0.2309),
        ("A and B", (), 0.0454, 0.1954),
        ("A and B", [("A", "B", 0.5)], 0.1487, 0.1568),
    ],
)
def test_an_unknown_view_is_taken_as_the_distribution(
    rule: str, ties: Sequence[tuple[str, str, float]], us: float, rival: float
) -> None:
    """Case 8, exact: A (1, ?), B (0, 2)."""
    m = solved(committee({"A": [1, None], "B": [0, 2]}, rule, sways=ties))
    assert m.exact and m.error == 0
    assert dict(zip(m.suppliers, m.outcome.suppliers, strict=True)) == pytest.approx(
        {"us": us, "rival": rival}, abs=6e-5
    )


def test_where_two_may_win_each_stands_alone() -> None:
    """Case 9: .8274 each, both .6594, none .0046."""
    m = solved(committee({"A": [1, 0], "B": [0, 1], "C": [1, 1]}, "1 of (A, B, C)"))
    assert m.outcome.suppliers == pytest.approx((0.8274, 0.8274), abs=6e-5)
    assert m.outcome.several == pytest.approx(0.6594, abs=6e-5)
    assert m.outcome.nobody == pytest.approx(0.0046, abs=6e-5)
    ours, theirs = m.ballot.rivals or ((), ())
    assert len(ours) == 1 and not set(ours) & set(theirs)


def test_the_committee_of_the_specification() -> None:
    """Off: .4412, steps +.1494, .1032, .0851, .0217, 0. On, .5: x* 1.4, -.76, .256, 2, -.4; .5507 and its steps."""
    views = {"CFO": [1], "CTO": [-1], "CEO": [0], "ProcHead": [2], "TechLead": [-2]}
    rule = "CFO and 2 of (CTO, CEO, ProcHead)"
    off = solved(committee(views, rule))
    assert off.win() == pytest.approx(0.4412, abs=5e-5)
    ties = [
        ("ProcHead", "CFO"),
        ("ProcHead", "TechLead"),
        ("TechLead", "CTO"),
        ("CTO", "CEO"),
        ("CFO", "CEO"),
    ]
    on = solved(committee(views, rule, sways=ties))
    after = dict(zip(on.ballot.people, on.after[0, :, 0], strict=True))
    assert after == pytest.approx({"CFO": 1.4, "CTO": -0.76, "CEO": 0.256, "ProcHead": 2})
    assert on.win() == pytest.approx(0.5507, abs=5e-5)
    for m, steps in (
        (off, {"CEO": 0.1494, "CTO": 0.1032, "CFO": 0.0851, "ProcHead": 0.0217, "TechLead": 0}),
        (on, {"ProcHead": 0.1158, "CTO": 0.0920, "CFO": 0.0908, "TechLead": 0.0376, "CEO": 0.0327}),
    ):
        assert {p: m.moved(p, 1).win() - m.win() for p in views} == pytest.approx(steps, abs=6e-5)
        solver = Solver(m)
        assert {p: solver.win(solver.moved(p, 1))[0] - solver.base for p in views} == pytest.approx(
            steps, abs=6e-5
        )


def test_a_rival_with_one_stance_takes_a_share_and_one_without_any_is_left_out() -> None:
    alone = committee({"A": [1], "B": [0]}, "A")
    seats = {"A": {"roles": ("decider",)}}
    ours = [("A", "us", 1), ("B", "us", 0)]
    both = ("us", "rival")
    first = lens("AB", stances=[*ours, ("B", "rival", -1)], suppliers=both, rule="A", committee=seats)
    nothing = lens("AB", stances=ours, suppliers=both, rule="A", committee=seats)
    assert solved(nothing).suppliers == ("us",) and solved(nothing).win() == solved(alone).win()
    assert solved(first).suppliers == ("us", "rival") and solved(first).win() < solved(alone).win()


def test_whoever_leads_with_the_one_decider_has_the_highest_chance() -> None:
    for ours, theirs in product(range(-2, 4), repeat=2):
        m = solved(committee({"A": [ours, theirs]}, "A"))
        us, rival = (dict(zip(m.suppliers, m.outcome.suppliers, strict=True))[s] for s in ("us", "rival"))
        assert (us > rival) == (ours > theirs) and (us < rival) == (ours < theirs)


def test_many_unknown_views_are_drawn_with_an_error_that_is_told() -> None:
    """Nine unknown views of deciders under a quota: 10,000 draws come within three standard errors of all 5^9."""
    people = [f"P{i}" for i in range(9)]
    m = solved(committee({p: [None] for p in people}, f"5 of ({', '.join(people)})"))
    assert not m.exact and 0 < m.error <= 0.005
    chances = {-2: 0.05, -1: 0.2, 0: 0.5, 1: 0.2, 2: 0.05}
    yes = sum(c / (1 + np.exp(-1.2 * x)) for x, c in chances.items())
    wanted = sum(
        float(np.prod([yes if bit else 1 - yes for bit in bits]))
        for bits in product((0, 1), repeat=9)
        if sum(bits) >= 5
    )
    assert m.win() == pytest.approx(wanted, abs=3 * m.error)


def test_seven_unknown_views_are_exact_and_eight_are_not() -> None:
    for number, exact in ((7, True), (8, False)):
        people = [f"P{i}" for i in range(number)]
        m = solved(committee({p: [None] for p in people}, f"2 of ({', '.join(people)})"))
        assert m.exact is exact
        assert m.weight.sum() == pytest.approx(1)


def test_only_views_that_reach_a_voter_are_taken_exactly() -> None:
    """Eight strangers without ties don't matter: one unknown voter is exact."""
    people = {"A": [None], **{f"P{i}": [None] for i in range(8)}}
    assert solved(committee(people, "A")).exact


def test_people_who_follow_each_other_all_the_way_are_refused_by_name() -> None:
    view = lens(
        {"Ann": {"adaptability": "innovator"}, "Bob": {"adaptability": "innovator"}, "Cy": {}},
        sways=[("Ann", "Bob", 1.0), ("Bob", "Ann", 1.0)],
        committee={"Ann": {"roles": ("decider",)}},
    )
    view.pack.__dict__["adaptability"] = {**view.pack.adaptability, "innovator": 1.0}
    try:
        with pytest.raises(AnalysisError, match="Ann, Bob follow each other") as told:
            model(view)
        assert "Cy" not in told.value.words.zh
    finally:
        del view.pack.__dict__["adaptability"]
    w = np.array([[0.0, 1.0], [1.0, 0.0]])
    with pytest.raises(AnalysisError):
        friedkin_johnsen(w, np.ones(2))
    assert friedkin_johnsen(w, np.array([1.0, 0.5])) == pytest.approx(np.array([[0, 1], [0, 1]]))


RULES = (
    "A and 2 of (B, C, D)",
    "not opposed(A) and 2 of (B, C, D)",
    "2 of (A, B, not opposed(A), D)",
    "score 60 of (price by A: 50, tech by (A or B): 30, C: 20)",
    "majority of (A: 3, B: 2, C: 1.5) or (C and D)",
    "(A or not opposed(B)) and (B or C)",
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(RULES), st.lists(st.integers(-2, 3), min_size=8, max_size=8))
def test_the_chance_is_that_of_every_ballot(text: str, attitudes: list[int]) -> None:
    """Against the sum over all ballots of four people and two suppliers, each for one of them, passing it, or neither."""
    views = {p: attitudes[2 * i : 2 * i + 2] for i, p in enumerate("ABCD")}
    m = solved(committee(views, text))
    p, q = m.votes(m.after)
    states = [(s, yes) for s in (0, 1) for yes in (True, False)] + [(None, False)]
    chances, none, several = [0.0, 0.0], 0.0, 0.0
    for ballot in product(states, repeat=len(m.ballot.people)):
        sure = 1.0
        for k, (s, yes) in enumerate(ballot):
            sure *= 1 - q[0, k].sum() if s is None else p[0, k, s] if yes else q[0, k, s] - p[0, k, s]
        passing = []
        for s in (0, 1):
            votes = {x: np.array([b == (s, True)]) for x, b in zip(m.ballot.people, ballot, strict=True)}
            votes |= {f"{x}?": np.array([b[0] == s]) for x, b in zip(m.ballot.people, ballot, strict=True)}
            passing.append(bool(m.ballot.rule.passes(votes)[0]))
        chances = [c + sure * won for c, won in zip(chances, passing, strict=True)]
        none, several = none + sure * (not any(passing)), several + sure * all(passing)
    assert m.outcome.suppliers == pytest.approx(chances, abs=1e-9)
    assert (m.outcome.nobody, m.outcome.several) == pytest.approx((none, several), abs=1e-9)
    assert (m.ballot.rivals is None) == (several < 1e-12)


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(RULES),
    st.lists(st.sampled_from([-1, 0, 1, 2, None]), min_size=8, max_size=8),
    st.sampled_from("ABCD"),
)
def test_the_gradient_is_the_finite_difference(text: str, attitudes: list[int | None], person: str) -> None:
    views = {p: attitudes[2 * i : 2 * i + 2] for i, p in enumerate("ABCD")}
    ties = [("A", "B", 0.8), ("B", "C", 0.4), ("C", "A", 0.3), ("D", "C", 0.5)]
    m = solved(committee(views, text, sways=ties))
    # Forwards only: backwards an unknown view of -2 would leave the scale.
    difference = (m.moved(person, 1e-5).win() - m.win()) / 1e-5
    assert m.gradient()[person] == pytest.approx(difference, abs=1e-5)
    theirs = solved(committee(views, text, sways=ties, supplier="rival"))
    moved, own = theirs.moved(person, 1e-5), theirs.suppliers.index("us")
    difference = (moved.outcome.suppliers[own] - theirs.outcome.suppliers[own]) / 1e-5
    assert m.gradient("rival")[person] == pytest.approx(difference, abs=1e-5)


def test_votes_of_the_committee_count_in_a_majority() -> None:
    """A has three of five votes: more than half alone."""
    views = {"A": [1], "B": [0], "C": [-1]}
    seats = {"A": {"votes": 3.0}, "B": {"votes": 1.0}, "C": {"votes": 1.0}}
    alone = solved(committee(views, "A")).win()
    for rule in ("majority of (A, B, C)", "60% of (A, B, C)", ""):
        view = committee(views, rule, committee=seats)
        assert solved(view).win() == pytest.approx(alone)
        assert deciders(view).shares == pytest.approx({"A": 1.0})
    heads = committee(views, "2 of (A, B, C)", committee=seats)
    assert solved(heads).win() == pytest.approx(solved(committee(views, "2 of (A, B, C)")).win())
    stated = committee(views, "majority of (A: 1, B: 1, C: 1)", committee=seats)
    assert solved(stated).win() == pytest.approx(solved(heads).win())
    for view, said in ((heads, "counts heads"), (stated, "the rule's")):
        assert any(said in note.en for note in resolve(view.deal.rule, view).notes)  # type: ignore[union-attr]


def test_a_veto_that_the_rule_says_otherwise_is_told() -> None:
    view = committee({"A": [1], "B": [0]}, "A or B", committee={"A": {"veto": True}})
    rule = resolve("A or B", view)
    assert any("veto" in note.en and "否决" in note.zh for note in rule.notes)
    assert len(resolve("A and B", view).notes) == 0
    assert Ballot(rule).people == ("A", "B")
    outside = committee({"A": [1], "B": [0]}, "B", committee={"A": {"votes": 2.0}})
    assert any("doesn't name" in note.en for note in resolve("B", outside).notes)


def test_whoever_speaks_up_for_a_supplier_is_swayed_by_nobody() -> None:
    """Support of +2 and an attitude of +1 or more: a is 0; support of +1 leaves it at .8 x the strength heard."""
    for support, a in ((2, 0.0), (1, 0.4)):
        view = lens(
            "AB",
            stances=[("A", "us", 2, {"support": support}), ("B", "us", -2)],
            sways=[("B", "A", 0.5)],
            committee={"A": {"roles": ("decider",)}},
        )
        assert projection.influence(view)[2] == pytest.approx([a, 0])
