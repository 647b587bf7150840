"""The border between camps, usual rules, and brokers against chance."""

from __future__ import annotations

import networkx as nx
import pytest
from builder import lens

from powermap.analysis.camps import border
from powermap.analysis.competition import compare
from powermap.analysis.decision import decides
from powermap.analysis.templates import templates


def test_the_karate_club_parts_where_it_did() -> None:
    """Zachary 1977: with the strengths as capacities the cut between members 0 and 33 is 22, unique, 33 of 34 right."""
    club = nx.karate_club_graph()
    graph = nx.Graph()
    graph.add_nodes_from(map(str, club))
    graph.add_edges_from((str(a), str(b), {"strength": float(w)}) for a, b, w in club.edges.data("weight"))
    found = border(graph, ["0"], ["33"])
    assert found is not None and found.value == 22
    truth = {str(v): club.nodes[v]["club"] for v in club}
    right = sum((v in found.ours) == (truth[v] == truth["0"]) for v in truth)
    assert right == 33
    assert sum(graph.edges[t]["strength"] for t in found.ties) == 22


def test_a_camp_of_nobody_has_no_border() -> None:
    graph = nx.Graph([("A", "B", {"strength": 1.0})])
    assert border(graph, [], ["B"]) is None and border(graph, ["A"], ["A"]) is None


def test_the_border_is_said_between_people() -> None:
    ties = [("A", "B", 0.9), ("B", "C", 0.3), ("C", "D", 0.9)]
    stances = [("A", "us", 2), ("D", "rival", 2)]
    view = lens(
        list("ABCD"),
        sways=ties,
        stances=stances,
        suppliers=("us", "rival"),
        covers=[("r1", "D", 0.5)],
        team={"r1": "rival"},
    )
    (found,) = [f for f in compare(view).findings if f.kind == "border"]
    assert found.value == pytest.approx(0.3) and "B–C" in found.sentence.en


def test_what_knowing_the_rule_is_worth() -> None:
    """Two independent members of chance .5 and .7685: unanimity .384, either .884, the highest alone .5."""
    people = {"A": 1, "B": 2}
    view = lens(
        people,
        stances=[("A", "us", 0), ("B", "us", 1)],
        committee={p: {"roles": ("decider",)} for p in people},
    )
    wins = {t.words.en: t.win for t in templates(view)}
    assert wins["everybody must agree"] == pytest.approx(0.5 * 0.7685, abs=1e-3)
    assert wins["the highest decides alone"] == pytest.approx(0.5, abs=1e-3)
    (found,) = [f for f in decides(view).findings if f.kind == "rule-unknown"]
    assert found.value == pytest.approx(max(wins.values()) - min(wins.values()), abs=1e-3)
    assert len(found.inputs) == 4


def test_a_gatekeeper_beyond_chance_stands_out_and_counts_agree() -> None:
    """Three outsiders reach a department of four only through G; the counts are those of Gould and Fernandez."""
    import numpy as np

    from powermap.analysis.brokerage import ROLES, _roles, brokerage_surprise, gould_fernandez

    graph = nx.DiGraph([(f"o{i}", "G") for i in range(3)] + [("G", f"m{i}") for i in range(3)])
    group = {**{f"o{i}": f"dept{i}" for i in range(3)}, "G": "home", **{f"m{i}": "home" for i in range(3)}}
    counts = gould_fernandez(graph, group)
    assert counts["G"]["gatekeeper"] == 9
    surprise = brokerage_surprise(graph, group)
    assert surprise["G"]["gatekeeper"] is not None and surprise["G"]["gatekeeper"] > 2
    assert surprise["o0"]["gatekeeper"] is None, "no path runs through him"
    random = nx.gnp_random_graph(14, 0.25, seed=4, directed=True)
    label = {v: str(v % 3) for v in random}
    want = gould_fernandez(random, label)
    paths = np.array(
        [
            (a, b, c)
            for b in random
            for a in random.predecessors(b)
            for c in random.successors(b)
            if len({a, b, c}) == 3 and not random.has_edge(a, c)
        ]
    )
    got = _roles(paths, np.array([v % 3 for v in random]))
    assert {v: dict(zip(ROLES, got[:, v].astype(int).tolist(), strict=True)) for v in random} == want
