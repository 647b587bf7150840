"""Two-terminal reliability against published and enumerated numbers."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import networkx as nx
import pytest
from builder import lens, rows
from hypothesis import given, settings
from hypothesis import strategies as st

from powermap.analysis.fragility import fragile
from powermap.analysis.measures import measure
from powermap.analysis.reliability import Tie, _sampled, chances, reliability
from powermap.errors import AnalysisError

BRIDGE = ["sa", "sb", "ab", "at", "bt"]


def both(pairs: list[tuple[str, str]], p: float) -> list[Tie]:
    return [(a, b, p, True) for a, b in pairs]


def enumerated(ties: list[Tie], source: str, target: str) -> float:
    """Add up all 2^m states: the definition itself."""
    total = 0.0
    for state in product((False, True), repeat=len(ties)):
        chance, graph = 1.0, nx.DiGraph()
        graph.add_nodes_from((source, target))
        for holds, (a, b, p, twice) in zip(state, ties, strict=True):
            chance *= p if holds else 1 - p
            if holds:
                graph.add_edge(a, b)
                if twice:
                    graph.add_edge(b, a)
        total += chance * nx.has_path(graph, source, target)
    return total


def test_bridge_network() -> None:
    """The five-tie bridge: 2p^2 + 2p^3 - 5p^4 + 2p^5 (Moskowitz 1958): .97848 at .9, .5 at .5."""
    pairs = [(x[0], x[1]) for x in BRIDGE]
    for p in (0.1, 0.5, 0.9):
        expected = 2 * p**2 + 2 * p**3 - 5 * p**4 + 2 * p**5
        assert reliability(both(pairs, p), "s", "t").value == pytest.approx(expected, abs=1e-12)
    assert reliability(both(pairs, 0.9), "s", "t").value == pytest.approx(0.97848, abs=1e-9)


def test_florentine_families() -> None:
    """Pazzi to Strozzi by marriages: .807367 at .9 and .429618 at .7, also through the command's measure."""
    graph = nx.florentine_families_graph()
    for p, value in ((0.9, 0.807367), (0.7, 0.429618)):
        assert reliability(both(list(graph.edges), p), "Pazzi", "Strozzi").value == pytest.approx(
            value, abs=5e-7
        )
    view = lens(graph.nodes, sways=[*graph.edges, *((b, a) for a, b in graph.edges)])
    found = measure(view, "reliability", between=("Pazzi", "Strozzi"), holds=0.9)
    assert found.rows[0]["value"] == pytest.approx(0.807367, abs=5e-7)


def test_strike(shared: Path) -> None:
    """Michael's strike: Domingo to Wendle .854332 at .9."""
    pairs = {
        tuple(sorted((r["source"], r["target"]))) for r in rows(shared / "data" / "michael_strike", "edges")
    }
    ties: list[Tie] = [(a, b, 0.9, True) for a, b in sorted(pairs)]
    assert reliability(ties, "Domingo", "Wendle").value == pytest.approx(0.854332, abs=5e-7)


TIES = st.lists(
    st.tuples(
        st.sampled_from("abcst"),
        st.sampled_from("abcst"),
        st.sampled_from([0.0, 0.25, 0.5, 0.9, 1.0]),
        st.booleans(),
    ),
    max_size=9,
)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(TIES)
def test_equals_the_sum_over_all_states(ties: list[Tie]) -> None:
    """Mixed networks, ties one way and both ways, loops, parallel ties: exact to 1e-12."""
    assert reliability(ties, "s", "t").value == pytest.approx(enumerated(ties, "s", "t"), abs=1e-12)


def test_sampling_agrees_within_its_error() -> None:
    graph = nx.florentine_families_graph()
    ties = both(list(graph.edges), 0.7)
    sampled = _sampled(ties, "Pazzi", ["Strozzi", "Medici"])
    for target, found in sampled.items():
        assert abs(found.value - reliability(ties, "Pazzi", target).value) < 4 * found.error
        assert 0 < found.error <= 0.5 / 20_000**0.5
    assert chances([*ties, *ties, *ties], "Pazzi", ["Strozzi"])["Strozzi"].error > 0


def test_fragile_says_how_likely_some_way_works() -> None:
    """Two ways to the decision-maker by hand: 1 - (1 - .5)(1 - .9 * .5)."""
    view = lens(
        ["Dora", "Ben"],
        covers=[("Us", "Dora", 0.5), ("Vi", "Ben", 0.9)],
        sways=[("Ben", "Dora", 0.5)],
        committee={"Dora": {"roles": ("decider",)}},
    )
    assert fragile(view).rows[0]["chance"] == pytest.approx(1 - 0.5 * 0.55, abs=1e-3)


def test_a_pair_measure_wants_two_people() -> None:
    view = lens("AB", sways=[("A", "B")])
    for between in (None, ("A", "A"), ("A", "Nobody")):
        with pytest.raises(AnalysisError):
            measure(view, "min-cut", between=between)
    assert measure(view, "min-cut", between=("A", "B")).rows[0]["value"] == 0.5
    assert measure(view, "paths", between=("A", "B")).rows[0]["value"] == 1
