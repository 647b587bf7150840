"""Power in bodies of more than twenty, against enumeration and a published table."""

from __future__ import annotations

from fractions import Fraction

import pytest
from builder import lens
from hypothesis import given, settings
from hypothesis import strategies as st

from powermap.analysis.decision import decides
from powermap.analysis.large_votes import sampled_power, weighted_power
from powermap.analysis.voting import voting_power, weighted


def test_the_security_council_by_counting() -> None:
    """UN Security Council as [39; 7 x 5, 1 x 10]: Shapley 421/2145 and 4/2145, swings 848 and 84."""
    votes = {**{f"P{i}": 7 for i in range(5)}, **{f"E{i}": 1 for i in range(10)}}
    power = {p.player: p for p in weighted_power(39, votes)}
    assert power["P0"].shapley == Fraction(421, 2145) and power["P0"].swings == 848 and power["P0"].can_block
    assert power["E0"].shapley == Fraction(4, 2145) and power["E0"].swings == 84 and not power["E0"].can_block


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=9), st.integers(1, 30))
def test_counting_is_enumeration(votes: list[int], quota: int) -> None:
    table = {f"p{i}": v for i, v in enumerate(votes)}
    quota = max(1, min(quota, sum(votes)))
    if sum(votes) < quota:
        return
    assert weighted_power(quota, table) == voting_power(list(table), weighted(quota, table))


def test_sampling_keeps_its_promise() -> None:
    votes = {f"p{i}": 1 + i % 4 for i in range(12)}
    exact = {p.player: p for p in weighted_power(16, votes)}
    found, error = sampled_power(list(votes), weighted(16, votes))
    assert error == pytest.approx(0.0035355, abs=1e-6)
    for p in found:
        assert float(p.shapley) == pytest.approx(float(exact[p.player].shapley), abs=5 * error)
        assert float(p.banzhaf) == pytest.approx(float(exact[p.player].banzhaf), abs=5 * error)
        assert (p.can_block, p.decides_alone) == (exact[p.player].can_block, exact[p.player].decides_alone)


@pytest.mark.parametrize("rule", ["13 of ({})", "P0 and 12 of ({})"])
def test_a_committee_of_twenty_four_is_answered(rule: str) -> None:
    people = [f"P{i}" for i in range(24)]
    view = lens(
        people, committee={p: {"roles": ("decider",)} for p in people}, rule=rule.format(", ".join(people))
    )
    rows = {r["id"]: r for r in decides(view).rows}
    assert sum(r["shapley"] for r in rows.values()) == pytest.approx(1, abs=0.02)
    assert rows["P0"]["can_block"] is rule.startswith("P0")
