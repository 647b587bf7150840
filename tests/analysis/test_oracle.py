"""Every structural measure against a second implementation: igraph, on random networks."""

from __future__ import annotations

import random
from collections.abc import Callable

import igraph
import pytest
from builder import lens

from powermap.analysis.measures import measure
from powermap.analysis.reliability import reliability

Graph = igraph.Graph
NAMES = [f"p{i}" for i in range(14)]


def simple(graph: Graph) -> Graph:
    return graph.as_undirected(mode="collapse", combine_edges="max")


ORACLES: dict[str, Callable[[Graph], list[float]]] = {
    "in-degree": lambda g: g.indegree(),
    "out-degree": lambda g: g.outdegree(),
    "in-strength": lambda g: g.strength(mode="in", weights="strength"),
    "pagerank": lambda g: g.pagerank(weights="strength", damping=0.85),
    "betweenness-raw": lambda g: g.betweenness(directed=True),
    "betweenness-undirected": lambda g: [
        2 * x / ((g.vcount() - 1) * (g.vcount() - 2)) for x in simple(g).betweenness()
    ],
    "constraint": lambda g: simple(g).constraint(),
    "k-core": lambda g: simple(g).coreness(),
    "articulation": lambda g: [v in simple(g).articulation_points() for v in range(g.vcount())],
}


@pytest.mark.parametrize("name", ORACLES)
def test_equals_igraph(name: str) -> None:
    """Ties a -> b mean a sways b; igraph gets the arcs reversed, listener -> adviser, as standing is defined."""
    for seed in range(6):
        dice = random.Random(seed)
        ties = {
            (a, b): round(dice.uniform(0.1, 1), 2)
            for a in NAMES
            for b in NAMES
            if a != b and dice.random() < (0.08, 0.15, 0.3)[seed % 3]
        }
        view = lens(NAMES, sways=[(a, b, s) for (a, b), s in ties.items()])
        graph = Graph(n=len(NAMES), directed=True)
        graph.add_edges([(NAMES.index(b), NAMES.index(a)) for a, b in ties])
        graph.es["strength"] = list(ties.values())
        expected = dict(zip(NAMES, ORACLES[name](graph), strict=True))
        got = {r["id"]: r["value"] for r in measure(view, name).rows}
        for person, value in expected.items():
            if value != value:
                assert got[person] is None
            else:
                assert got[person] == pytest.approx(value, abs=1e-6), (seed, person)


def test_disjoint_ways_and_cuts_equal_igraph() -> None:
    """Pairs on undirected ties: vertex-disjoint paths and the value of the minimum cut."""
    for seed in range(8):
        dice = random.Random(100 + seed)
        pairs = [
            (a, b, round(dice.uniform(0.1, 1), 2))
            for i, a in enumerate(NAMES)
            for b in NAMES[i + 1 :]
            if dice.random() < 0.25
        ]
        view = lens(NAMES, sways=pairs)
        graph = Graph.TupleList(pairs, edge_attrs=["strength"])
        graph.add_vertices([n for n in NAMES if n not in graph.vs["name"]])
        one, other = NAMES[0], NAMES[-1]
        if graph.are_adjacent(one, other):
            continue
        ends = graph.vs.find(one).index, graph.vs.find(other).index
        ways = graph.vertex_disjoint_paths(*ends)
        assert measure(view, "paths", between=(one, other)).rows[0]["value"] == ways
        cut = graph.mincut(*ends, capacity="strength").value
        assert measure(view, "min-cut", between=(one, other)).rows[0]["value"] == pytest.approx(cut)
        assert (reliability([(a, b, 1.0, True) for a, b, _ in pairs], one, other).value == 1) == (ways > 0)
