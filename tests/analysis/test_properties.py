"""Invariants that hold for every account, on random ones."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from builder import lens, records, view
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from powermap.analysis import projection
from powermap.analysis.competition import leads, power_shares
from powermap.analysis.deciders import deciders
from powermap.analysis.fragility import reach
from powermap.analysis.influence import (
    final_views,
    formal,
    friedkin_johnsen,
    in_strength,
    pagerank,
    power,
    rank_of,
    total_influence,
)
from powermap.analysis.shares import shares
from powermap.lens import Lens

NAMES = "ABCDEFGH"
settings.register_profile(
    "analysis",
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("analysis")


@st.composite
def accounts(draw: st.DrawFn) -> dict[str, Any]:
    """An account of 2 to 8 people with ties, lines, coverage by two suppliers, attitudes and a committee."""
    people = NAMES[: draw(st.integers(2, 8))]
    pair = st.tuples(st.sampled_from(people), st.sampled_from(people)).filter(lambda t: t[0] != t[1])
    strength = st.one_of(st.none(), st.sampled_from([0.25, 0.5, 1.0]))
    sway = st.tuples(pair, strength, st.sampled_from([1, 1, 1, -1]))
    sways = [(a, b, s, {"sign": sign}) for (a, b), s, sign in draw(st.lists(sway, max_size=16))]
    levels = {p: draw(st.one_of(st.none(), st.integers(1, 5))) for p in people}
    covers = draw(
        st.lists(
            st.tuples(st.sampled_from(["Uma", "Ugo", "Vic"]), st.sampled_from(people), strength), max_size=6
        )
    )
    stances = draw(
        st.lists(
            st.tuples(
                st.sampled_from(people),
                st.sampled_from(["us", "rival"]),
                st.one_of(st.none(), st.integers(-2, 3)),
            ),
            max_size=8,
            unique_by=lambda t: t[:2],
        )
    )
    seated = draw(st.lists(st.sampled_from(people), unique=True, max_size=4))
    return {
        "people": levels,
        "sways": sways,
        "boss": [(b, a) for a, b in pairwise(people) if draw(st.booleans())],
        "covers": covers,
        "stances": stances,
        "team": {"Uma": "us", "Ugo": "us", "Vic": "rival"},
        "suppliers": ("us", "rival"),
        "committee": {p: {"roles": ("decider",)} for p in seated},
        "rule": f"{(len(seated) + 1) // 2} of ({', '.join(seated)})"
        if seated and draw(st.booleans())
        else "",
    }


def numbers(found: Lens) -> dict[str, Any]:
    """Everything computed, by person's name."""
    part = shares(found)
    way = reach(found)
    return {
        "pagerank": pagerank(found),
        "heard": in_strength(found),
        "formal": formal(found),
        "power": {p: x.value for p, x in power(found).items()},
        "total": total_influence(found, deciders(found).shares),
        "deciders": dict(deciders(found).shares),
        "shares": {**part.suppliers, "own": part.own},
        "ways": {p: way.ways(p) for p in found.seats},
        "lost": {p: len(way.loses(p)) for p in found.seats},
        "margins": {p: x.margin or 0 for p, x in leads(found).items()},
    }


def same(one: dict[str, Any], other: dict[str, Any]) -> None:
    for name, wanted in one.items():
        assert other[name] == pytest.approx(wanted, abs=1e-8), name


@given(accounts(), st.randoms(use_true_random=False))
def test_shuffled_rows_change_no_number(facts: dict[str, Any], random: Any) -> None:
    found = records(**facts)
    shuffled = {
        k: dict(random.sample(list(v.items()), len(v))) if k == "people" else v for k, v in facts.items()
    }
    for key in ("sways", "boss", "covers", "stances"):
        shuffled[key] = random.sample(facts[key], len(facts[key]))
    other = records(**shuffled)
    random.shuffle(other)
    same(numbers(view(found)), numbers(view(other)))


@given(accounts())
def test_relabelling_changes_no_number(facts: dict[str, Any]) -> None:
    new = dict(zip(NAMES, reversed("STUVWXYZ"), strict=True))

    def move(rows: list[Any]) -> list[Any]:
        return [tuple(new.get(x, x) if isinstance(x, str) else x for x in row) for row in rows]

    moved = {
        **facts,
        "people": {new[p]: level for p, level in facts["people"].items()},
        **{k: move(facts[k]) for k in ("sways", "boss", "covers", "stances")},
        "committee": {new[p]: part for p, part in facts["committee"].items()},
        "rule": "".join(new.get(c, c) for c in facts["rule"]),
    }
    before, after = numbers(lens(**facts)), numbers(lens(**moved))
    same({k: {new.get(p, p): x for p, x in v.items()} for k, v in before.items()}, after)


@given(accounts())
def test_an_isolated_person_changes_no_rank(facts: dict[str, Any]) -> None:
    before = lens(**facts)
    after = lens(**{**facts, "people": {**facts["people"], "Zoe": None}})
    for measure in (pagerank, in_strength, formal):
        one, two = measure(before), measure(after)
        assert rank_of(one) == rank_of({p: x for p, x in two.items() if p != "Zoe"})
    assert deciders(after).shares == deciders(before).shares or not deciders(before).shares
    assert reach(after).ways("Zoe") == 0
    assert [reach(after).ways(p) for p in before.seats] == [reach(before).ways(p) for p in before.seats]


@given(accounts())
def test_halving_every_strength_divides_attention_alike_and_moves_nobody_further(
    facts: dict[str, Any],
) -> None:
    given = [(a, b, 0.5 if s is None else s, more) for a, b, s, more in facts["sways"]]
    one = lens(**{**facts, "sways": given})
    two = lens(**{**facts, "sways": [(a, b, s / 2, more) for a, b, s, more in given]})
    (_, w, a), (_, half, less) = projection.influence(one), projection.influence(two)
    assert w == pytest.approx(half)
    assert (less <= a + 1e-12).all()
    assert pagerank(one) == pytest.approx(pagerank(two), abs=1e-9)


@given(accounts())
def test_rows_sum_to_one(facts: dict[str, Any]) -> None:
    found = lens(**facts)
    ids, w, a = projection.influence(found)
    v = friedkin_johnsen(w, a)
    assert ((a >= 0) & (a <= projection.susceptibility(found) + 1e-12)).all()
    assert w.sum(axis=1) == pytest.approx(np.ones(len(ids)))
    assert v.sum(axis=1) == pytest.approx(np.ones(len(ids)))
    assert (w >= 0).all() and (v >= -1e-12).all()
    assert sum(total_influence(found).values()) == pytest.approx(1)
    assert sum(pagerank(found).values()) == pytest.approx(1)


@given(accounts(), st.randoms(use_true_random=False), st.sampled_from([0.05, 0.3, 0.5]))
def test_a_stronger_tie_never_lowers_its_senders_share(
    facts: dict[str, Any], random: Any, more: float
) -> None:
    found = lens(**facts)
    _, strength, _ = projection.hearing(found)
    ties = np.argwhere(strength > 0)
    if not len(ties):
        return
    listener, adviser = random.choice(ties.tolist())
    stronger = strength.copy()
    stronger[listener, adviser] = min(1.0, strength[listener, adviser] + more)
    own = projection.susceptibility(found)
    before, after = (
        friedkin_johnsen(projection.row_stochastic(s), projection.moved_by(s, own))[:, adviser]
        for s in (strength, stronger)
    )
    assert (after >= before - 1e-12).all()


@given(accounts())
def test_nobody_has_a_larger_share_than_the_ties_allow(facts: dict[str, Any]) -> None:
    """j's share in i is at most i's a times the sum of i's ties from j and from whoever j reaches."""
    found = lens(**facts)
    _, strength, _ = projection.hearing(found)
    own = projection.susceptibility(found)
    _, v = final_views(found)
    n = len(own)
    reached = np.linalg.matrix_power(np.eye(n) + (strength.T > 0), n) > 0
    for i in range(n):
        for j in range(n):
            if i != j:
                assert v[i, j] <= own[i] * strength[i, reached[j]].sum() + 1e-9


@given(accounts())
def test_shares_sum_to_one(facts: dict[str, Any]) -> None:
    found = lens(**facts)
    part = shares(found)
    assert sum(part.suppliers.values()) + part.own == pytest.approx(1)
    assert all(x >= -1e-12 for x in part.suppliers.values())
    assert sum(power_shares(found).values()) == pytest.approx(1) or not any(
        p.value for p in power(found).values()
    )
    assert sum(deciders(found).shares.values()) == pytest.approx(1) or not deciders(found).shares


@given(accounts())
def test_the_viewer_plays_no_part_in_who_leads(facts: dict[str, Any]) -> None:
    found = lens(**facts)
    assert leads(found) == leads(found.with_supplier("rival"))
    assert dict(shares(found).suppliers) == pytest.approx(
        dict(shares(found.with_supplier("rival")).suppliers)
    )


@given(accounts())
def test_ways_dominators_and_cuts_agree(facts: dict[str, Any]) -> None:
    """Menger: as many disjoint ways as the smallest cut has people; a dominator is a cut of one."""
    found = reach(lens(**facts))
    direct = {c.dst for c in found.lens.covers()}
    for person in found.lens.seats:
        assert len(found.cut(person)) == found.ways(person)
        assert bool(found.dominators(person)) == (found.ways(person) == 1)
        assert found.reached(person) or person not in direct


@given(accounts())
def test_nobody_who_listens_to_nobody_changes_his_view(facts: dict[str, Any]) -> None:
    """A person without ties keeps his own view, and still votes."""
    found = lens(
        **{
            **facts,
            "people": {**facts["people"], "Zoe": 1},
            "rule": "",
            "committee": {"Zoe": {"roles": ("decider",)}},
        }
    )
    ids, w, a = projection.influence(found)
    i = ids.index("Zoe")
    assert w[i, i] == 1 and a[i] == 0
    assert friedkin_johnsen(w, a)[i, i] == pytest.approx(1)
    assert deciders(found).shares == {"Zoe": 1.0}
