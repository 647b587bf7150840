"""Every raw measure obeys the projection it is given, or refuses it; the newer ones against published numbers."""

from __future__ import annotations

from itertools import combinations, product
from math import comb, exp
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import numpy as np
import pytest
from builder import arcs, lens
from hypothesis import given, settings
from hypothesis import strategies as st

from powermap.analysis import balance, keyplayers
from powermap.analysis.balance import frustration
from powermap.analysis.catalogue import PAIRS, PROJECTIONS, REGISTRY
from powermap.analysis.measures import list_measures, measure
from powermap.analysis.scores import yes_chances
from powermap.analysis.spectra import authorities, eigenvector, hubs, signed_camps
from powermap.errors import AnalysisError
from powermap.lens import Lens

PEOPLE = {p: {"level": 1 + i // 2, "unit": "NNSSWNEE"[i]} for i, p in enumerate("ABCDEFGH")}
ADVICE = [
    ("A", "B", 0.9),
    ("A", "C", 0.4),
    ("B", "D", 0.7),
    ("C", "D", 0.3),
    ("D", "E", 0.8),
    ("E", "A", 0.6),
]
TOLD = [("H", "A", 0.5), ("G", "A", 0.9), ("F", "H", 0.7), ("A", "E", 0.4), ("C", "F", 1.0), ("B", "G", 0.2)]
LINES = [("B", "A"), ("C", "A"), ("D", "B"), ("E", "B"), ("F", "C"), ("G", "C"), ("H", "G")]
FOES = [
    ("D", "G", 0.6, {"sign": -1, "channel": "advice"}),
    ("B", "F", 0.3, {"sign": -1, "channel": "information"}),
]
CHANNELS = {
    "advice": [(*t, {"channel": "advice"}) for t in ADVICE],
    "information": [(*t, {"channel": "information"}) for t in TOLD],
}
FACTS: dict[str, Any] = {
    "boss": LINES,
    "covers": [("Uma", "B", 0.9), ("Ugo", "F", 0.6)],
    "stances": [("A", "us", 1), ("D", "us", -1), ("E", "us", 2)],
    "committee": {p: {"roles": ("decider",)} for p in "ADE"},
    "rule": "2 of (A, D, E)",
}
JOINT = lens(PEOPLE, sways=[*CHANNELS["advice"], *CHANNELS["information"], *FOES], **FACTS)
ALONE = {
    channel: lens(PEOPLE, sways=[*ties, *(f for f in FOES if f[3]["channel"] == channel)], **FACTS)
    for channel, ties in CHANNELS.items()
}
NAMES = [*REGISTRY, *PAIRS]


def asked(view: Lens, name: str, layer: str | None = None) -> list[dict[str, Any]]:
    return [dict(row) for row in measure(view, name, layer, ("B", "H") if name in PAIRS else None).rows]


def same(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> None:
    assert [r["name"] for r in one] == [r["name"] for r in other]
    for a, b in zip(one, other, strict=True):
        assert a["value"] == (None if b["value"] is None else pytest.approx(b["value"], abs=1e-9)), a


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("name", NAMES)
def test_a_measure_of_one_channel_is_that_of_a_store_of_it_alone(name: str, channel: str) -> None:
    """On a store of two channels each measure of one is that of an import of it alone; else it is refused aloud."""
    kind = "standing" if name in PAIRS else REGISTRY[name].projection
    if kind in ("access", "superiors"):
        with pytest.raises(AnalysisError) as raised:
            asked(JOINT, name, f"channel:{channel}")
        zh, en = raised.value.words
        assert name in zh and "投影" in zh and f"channel:{channel}" in en and kind in raised.value.hint
        return
    same(asked(JOINT, name, f"channel:{channel}"), asked(ALONE[channel], name))


@pytest.mark.parametrize("name", [n for n in NAMES if n in PAIRS or REGISTRY[n].projection == "standing"])
def test_a_measure_of_the_lines_is_that_of_a_store_of_them_alone(name: str) -> None:
    """Reporting lines as ties of influence of strength 1: everybody listens to their boss."""
    lines = lens(PEOPLE, sways=[(boss, p, 1.0) for p, boss in LINES])
    same(asked(JOINT, name, "superiors"), asked(lines, name))


CHANNEL_BLIND = {
    "coordinator-z",
    "itinerant-z",
    "representative-z",
    "gatekeeper-z",
    "liaison-z",
    "coordinator",
}
"""Measures that may say the same of both channels: counts of brokers that are rare in so small a network."""


@pytest.mark.parametrize(
    "name", [n for n in NAMES if n in PAIRS or REGISTRY[n].projection in ("standing", "influence", "signed")]
)
def test_the_channels_differ(name: str) -> None:
    """The test above could not fail if all projections said the same: somewhere they don't."""
    found = [str(asked(JOINT, name, layer)) for layer in (None, "channel:advice", "channel:information")]
    assert len(set(found)) > 1 or name in CHANNEL_BLIND


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "layer", ["golf", "standing", "influence", "access", "superiors", "circles", "channel:golf"]
)
def test_a_projection_is_taken_or_refused_in_both_languages(name: str, layer: str) -> None:
    kind = "standing" if name in PAIRS else REGISTRY[name].projection
    if layer == kind or (kind == "standing" and layer in ("superiors", "circles")):
        asked(JOINT, name, layer)
        return
    with pytest.raises(AnalysisError) as raised:
        asked(JOINT, name, layer)
    error = raised.value
    assert error.words.zh != error.words.en and layer.removeprefix("channel:") in error.words.zh
    assert error.hint and error.advice.zh != error.advice.en


def test_a_channel_may_be_written_in_any_of_its_words() -> None:
    same(asked(JOINT, "pagerank", "channel:建议"), asked(JOINT, "pagerank", "channel:advice"))
    rows = measure(JOINT, "projection", "channel:信息").rows
    assert {(r["from"], r["to"], r["kind"]) for r in rows} >= {("H", "A", "informs")} and len(rows) == len(
        TOLD
    )
    assert len(measure(JOINT, "projection", "superiors").rows) == len(LINES)
    with pytest.raises(AnalysisError, match="no projection"):
        measure(JOINT, "projection", "golf")


def test_the_list_is_in_both_languages() -> None:
    found = list_measures()
    assert {p.zh for _, p, _ in found} == {"声望", "影响", "触达", "汇报线", "亲疏", "声望，两人"}
    assert {p.en for _, p, _ in found} == {*PROJECTIONS, "standing, two people"}
    assert all(words.zh and words.en and words.zh != words.en for _, _, words in found)


FLORENCE = nx.florentine_families_graph()


def strengths(graph: nx.Graph) -> nx.Graph:
    nx.set_edge_attributes(graph, 1.0, "strength")
    return graph


def both_ways(ties: Any) -> list[tuple[str, str, float]]:
    return [(a, b, 1.0) for tie in ties for a, b in (tie, tie[::-1])]


@pytest.fixture(scope="module")
def florence() -> Lens:
    return lens(FLORENCE.nodes, sways=both_ways(FLORENCE.edges))


def test_florence_key_players(florence: Lens) -> None:
    """Borgatti's F without k families, two independent programs: Medici .3846; with Guadagni .7051."""
    one, two = (measure(florence, "kpp-neg", size=k) for k in (1, 2))
    assert (one.rows[0]["name"], one.rows[0]["value"]) == ("Medici", pytest.approx(0.3846, abs=5e-5))
    assert set(two.rows[0]["name"].split(" + ")) == {"Medici", "Guadagni"}
    assert two.rows[0]["value"] == pytest.approx(0.7051, abs=5e-5)
    assert "every set was tried" in two.notes[1].en and "每一组都算过" in two.notes[1].zh
    three = measure(florence, "kpp-pos", size=3).rows
    want = max(keyplayers.distance_reach(FLORENCE, s) for s in combinations(FLORENCE, 3))
    assert three[0]["value"] == pytest.approx(want) and len(three) == 5


def test_florence_eigenvector(florence: Lens) -> None:
    """Medici .430, Strozzi .356 (Jackson 2008, Social and Economic Networks, table 2.1)."""
    found = {r["id"]: r["value"] for r in measure(florence, "eigenvector").rows}
    assert next(iter(found)) == "Medici"
    assert [found[f] for f in ("Medici", "Strozzi")] == pytest.approx([0.430, 0.356], abs=5e-4)


@pytest.fixture(scope="module")
def strike(shared: Path) -> Lens:
    ties = arcs(shared / "data" / "michael_strike", "discusses_strike")
    return lens(dict.fromkeys(p for t in ties for p in t), sways=both_ways(ties))


@pytest.mark.parametrize(
    ("name", "value"), [("kpp-neg", 0.6623), ("kpp-neg-distance", 0.8026), ("kpp-pos", 0.7639)]
)
def test_the_score_of_bob_and_norm(strike: Lens, name: str, value: float) -> None:
    """Michael 1997: {Bob, Norm} is the best of the 276 pairs on all three (a second program)."""
    (row,) = measure(strike, name, people=("Norm", "Bob")).rows
    assert row["value"] == pytest.approx(value, abs=5e-5)
    assert (row["place"], row["of"]) == (1, 276)


def test_the_score_of_the_negotiators(strike: Lens) -> None:
    """Michael 1997: the union's negotiators Sam and Wendle reach .4944, place 248 of 276 (a second program)."""
    (row,) = measure(strike, "kpp-pos", people=("Sam", "Wendle")).rows
    assert row["value"] == pytest.approx(0.4944, abs=5e-5)
    assert (row["place"], row["of"]) == (248, comb(24, 2))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("size", [1, 2, 3])
@pytest.mark.parametrize("name", keyplayers.MEASURES)
def test_all_sets_at_once_score_as_one_by_one(name: str, size: int, seed: int) -> None:
    graph = nx.relabel_nodes(nx.gnp_random_graph(9, 0.25, seed=seed), lambda v: f"p{v}")
    found, exact = keyplayers.best_sets(graph, size, name, top=1000)
    want = {s: keyplayers.MEASURES[name](graph, s) for s in combinations(graph, size)}
    assert exact and {s: v for v, s in found} == pytest.approx(want, abs=1e-12)
    assert [v for v, _ in found] == sorted((v for v, _ in found), key=lambda v: -round(v, 12))
    worst = found[-1]
    placed = keyplayers.scored(graph, worst[1], name)
    assert placed.above == sum(v > worst[0] + 1e-12 for v in want.values()) and placed.sets == len(want)


@pytest.mark.parametrize("name", keyplayers.MEASURES)
def test_too_many_sets_are_searched_and_it_is_said(
    florence: Lens, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At most so many sets are tried: one fewer, and the search goes step by step."""
    asked_for = {"F": "kpp-neg", "D_F": "kpp-neg-distance", "D_R": "kpp-pos"}[name]
    best = measure(florence, asked_for, size=2).rows[0]
    monkeypatch.setattr(keyplayers, "MAX_SETS", comb(15, 2))
    assert "every set" in measure(florence, asked_for, size=2).notes[1].en
    monkeypatch.setattr(keyplayers, "MAX_SETS", comb(15, 2) - 1)
    found = measure(florence, asked_for, size=2)
    assert "may exist" in found.notes[1].en and "可能还有更好" in found.notes[1].zh
    assert found.rows[0]["value"] <= best["value"] + 1e-12
    (row,) = measure(florence, asked_for, people=("Medici", "Pazzi")).rows
    assert row["place"] is None and row["of"] == comb(15, 2)


def test_sets_that_cannot_be() -> None:
    for wrong in ({"size": 0}, {"size": 4}, {"size": 2, "people": ("A",)}):
        with pytest.raises(AnalysisError) as raised:
            measure(JOINT, "kpp-pos", **wrong)  # type: ignore[arg-type]
        assert raised.value.words.zh != raised.value.words.en
    assert measure(JOINT, "kpp-pos", size=3).rows and measure(JOINT, "kpp-pos", size=1).rows
    with pytest.raises(AnalysisError, match="there are 2 people"):
        measure(lens("AB"), "kpp-pos", size=3)
    with pytest.raises(AnalysisError, match="not about a set"):
        measure(JOINT, "pagerank", size=2)
    with pytest.raises(AnalysisError, match="not about a set"):
        measure(JOINT, "paths", None, ("A", "B"), people=("A",))
    with pytest.raises(AnalysisError, match="not about two"):
        measure(JOINT, "kpp-pos", None, ("A", "B"))
    with pytest.raises(AnalysisError, match="--holds goes with reliability"):
        measure(JOINT, "paths", None, ("A", "B"), 0.5)


def drawn(seed: int) -> nx.DiGraph:
    random = np.random.default_rng(seed)
    graph = nx.DiGraph()
    graph.add_nodes_from(range(12))
    for a, b in product(range(12), repeat=2):
        if a != b and random.random() < 0.5:
            graph.add_edge(a, b, strength=float(random.uniform(0.1, 1)))
    return graph


@pytest.mark.parametrize("seed", range(5))
def test_hubs_and_authorities_equal_igraph(seed: int) -> None:
    """igraph's hub and authority scores, scaled to length 1, are a second program."""
    graph = drawn(seed)
    other = igraph.Graph(n=12, edges=list(graph.edges), directed=True)
    weights = [s for _, _, s in graph.edges.data("strength")]
    for mine, theirs in ((hubs, other.hub_score), (authorities, other.authority_score)):
        want = np.array(theirs(weights=weights, scale=False))
        assert list(mine(graph).values()) == pytest.approx(list(want / np.linalg.norm(want)), abs=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_eigenvector_equals_igraph(seed: int) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(range(12))
    graph.add_edges_from((a, b, {"strength": s}) for a, b, s in drawn(seed).edges.data("strength"))
    other = igraph.Graph(n=12, edges=list(graph.edges))
    want = np.array(other.eigenvector_centrality(weights=[s for _, _, s in graph.edges.data("strength")]))
    assert list(eigenvector(graph).values()) == pytest.approx(list(want / np.linalg.norm(want)), abs=1e-6)


def test_an_authority_is_told_and_a_hub_tells() -> None:
    """Two listen to A, one of these also to B: A is the authority; the one who listens to both is the hub."""
    view = lens("ABCD", sways=[("A", "C", 1.0), ("A", "D", 1.0), ("B", "D", 1.0)])
    first = {name: measure(view, name).rows[0]["id"] for name in ("authority", "hub")}
    assert first == {"authority": "A", "hub": "D"}


def test_without_ties_nobody_is_anything() -> None:
    for name in ("eigenvector", "hub", "authority", "signed-camps"):
        assert [r["value"] for r in measure(lens("AB"), name).rows] == [0, 0]


def test_two_equal_parts_share_an_eigenvector_alike() -> None:
    """Two separate pairs, the same eigenvalue: everybody has 1/2, whatever the solver picks."""
    graph = strengths(nx.Graph([("A", "B"), ("C", "D")]))
    assert list(eigenvector(graph).values()) == pytest.approx([0.5] * 4)


def test_out_strength() -> None:
    """C listens to A .4 and B .3, and tells D .2; A and B listen to nobody."""
    ties = [("A", "C", 0.4), ("B", "C", 0.3), ("C", "D", 0.2, {"channel": "information"})]
    found = {r["id"]: r["value"] for r in measure(lens("ABCD", sways=ties), "out-strength").rows}
    assert found == {"A": 0, "B": 0, "C": pytest.approx(0.9), "D": 0}


@pytest.mark.parametrize(
    ("name", "value"), [("distance", 1), ("distance-strength", 1 / 0.5 + 1 / 0.8)], ids=["ties", "strength"]
)
def test_distance(name: str, value: float) -> None:
    """A and C are tied by .2 (1/.2 = 5 away), and by .5 and .8 over B (1/.5 + 1/.8 = 3.25): the strong way is nearer.

    The stronger of the two ties between A and B counts, and E is out of reach.
    """
    view = lens("ABCE", sways=[("A", "C", 0.2), ("A", "B", 0.5), ("B", "A", 0.1), ("C", "B", 0.8)])
    (row,) = measure(view, name, None, ("A", "C")).rows
    assert row["value"] == pytest.approx(value)
    far = measure(view, name, None, ("A", "E"))
    assert far.rows[0]["value"] is None and "no way" in far.notes[-1].en and "没有路" in far.notes[-1].zh


def signs(*ties: tuple[Any, Any, float]) -> nx.Graph:
    graph = nx.Graph()
    graph.add_edges_from((a, b, {"signed": s}) for a, b, s in ties)
    return graph


def fewest(graph: nx.Graph) -> int:
    """Try every division, by another way of counting."""
    people = list(graph)
    return min(
        sum((camp[a] == camp[b]) != (s > 0) for a, b, s in graph.edges.data("signed"))
        for camp in (dict(zip(people, c, strict=True)) for c in product((0, 1), repeat=len(people)))
    )


def test_frustration_of_triangles() -> None:
    """Heider's triads (Harary 1959): an odd number of conflicts leaves one tie against the camps, an even number none."""
    for conflicts in range(4):
        ties = [(a, b, -1.0 if i < conflicts else 1.0) for i, (a, b) in enumerate(combinations("ABC", 2))]
        assert frustration(signs(*ties)).against == conflicts % 2


@pytest.mark.parametrize(
    ("graph", "against"),
    [(nx.petersen_graph(), 3), (nx.complete_graph(5), 4), (nx.complete_graph(6), 6), (nx.cycle_graph(7), 1)],
    ids=["petersen", "K5", "K6", "C7"],
)
def test_frustration_of_enemies_is_what_a_maximum_cut_leaves(graph: nx.Graph, against: int) -> None:
    """All ties negative: ties less the maximum cut, which is 12 of 15 (Petersen), 6 of 10, 9 of 15 and 6 of 7."""
    nx.set_edge_attributes(graph, -1.0, "signed")
    assert (frustration(graph).against, frustration(graph).exact) == (against, True)
    assert balance._searched(graph) == against


SIGNED = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda t: t[0] < t[1]),
    st.sampled_from([-0.7, -0.2, 0.3, 1.0]),
    min_size=1,
    max_size=14,
)


@settings(max_examples=80, deadline=None, derandomize=True, database=None)
@given(SIGNED)
def test_frustration_is_the_fewest_of_all_divisions(ties: dict[tuple[int, int], float]) -> None:
    graph = signs(*((a, b, s) for (a, b), s in ties.items()))
    found = frustration(graph)
    assert (found.against, found.ties, found.exact) == (fewest(graph), len(ties), True)
    assert balance._searched(graph) >= found.against
    # Camps of nobody's making are never better, and in a balanced network the eigenvector finds them.
    camp = signed_camps(graph)
    if found.against == 0 and nx.is_connected(graph):
        assert all((camp[a] * camp[b] > 0) == (s > 0) for (a, b), s in ties.items())


def test_a_large_block_is_searched_and_it_is_said() -> None:
    """Twenty in a ring are tried out, twenty-one are searched; one conflict in a ring leaves one tie against the camps."""
    for n, exact in ((20, True), (21, False)):
        people = [f"p{i:02}" for i in range(n)]
        ring = [(people[i], people[(i + 1) % n], 0.5, {"sign": -1 if i == 0 else 1}) for i in range(n)]
        found = measure(lens(people, sways=ring), "frustration")
        assert [r["value"] for r in found.rows] == [1, n, pytest.approx(1 / n)]
        assert ("exact" in found.notes[1].en) is exact and ("精确" in found.notes[1].zh) is exact


def test_two_camps_and_who_is_between() -> None:
    """Three against two, and F friends with one of each: the larger camp is positive, F is 0."""
    friends = [("A", "B", 1.0), ("B", "C", 1.0), ("A", "C", 1.0), ("D", "E", 1.0)]
    foes = [("A", "D", 1.0, {"sign": -1}), ("B", "E", 1.0, {"sign": -1})]
    found = measure(lens("ABCDEX", sways=[*friends, *foes]), "signed-camps")
    camp = {r["id"]: r["value"] for r in found.rows}
    assert all(camp[p] > 0 for p in "ABC") and all(camp[p] < 0 for p in "DE") and camp["X"] == 0
    assert "the sign is the camp" in found.notes[1].en
    assert "no two camps" in measure(lens("ABC", sways=friends[:3]), "signed-camps").notes[-1].en
    against = measure(lens("ABCDEX", sways=[*friends, *foes, ("C", "E", 0.1)]), "frustration").rows
    assert [r["value"] for r in against] == [1, 7, pytest.approx(1 / 7)]


def test_a_friend_who_is_a_foe_counts_by_the_stronger() -> None:
    """.9 of friendship, though also .2, and .4 of conflict are a friend of .5; .4 and .4 cancel out."""
    view = lens(
        "ABC",
        sways=[
            ("A", "B", 0.9),
            ("B", "A", 0.2),
            ("B", "A", 0.4, {"sign": -1}),
            ("B", "C", 0.4),
            ("B", "C", 0.4, {"sign": -1}),
        ],
    )
    strength = {t.id: t.strength or 0.5 for t in view.influences}
    assert list(balance.signed(view, strength).edges.data("signed")) == [("A", "B", pytest.approx(0.5))]


def test_expected_votes() -> None:
    """One supplier, no ties: p = 1/(1 + exp(-1.2 x)); at 0, 1, -1 the chances are .5, .7685, .2315, 1.5 votes in all."""
    view = lens(
        ["A", "B", "C", "Z"],
        stances=[("A", "us", 0), ("B", "us", 1), ("C", "us", -1), ("Z", "us", 3)],
        committee={p: {"roles": ("decider",)} for p in "ABC"},
        rule="2 of (A, B, C)",
    )
    up = 1 / (1 + exp(-1.2))
    assert yes_chances(view) == pytest.approx({"A": 0.5, "B": up, "C": 1 - up})
    rows = {r["name"]: r["value"] for r in measure(view, "expected-votes").rows}
    assert rows == {"votes": pytest.approx(1.5), "voters": 3}
    assert {r["id"]: r["value"] for r in measure(view, "yes-chance").rows} == pytest.approx(yes_chances(view))
    # Swayed by somebody who is for us: A ends at .4 x 3 = 1.2 of the way.
    swayed = lens(
        ["A", "Z"],
        sways=[("Z", "A", 0.5)],
        stances=[("A", "us", 0), ("Z", "us", 3)],
        committee={"A": {"roles": ("decider",)}},
        rule="A",
    )
    assert yes_chances(swayed)["A"] == pytest.approx(1 / (1 + exp(-1.2 * 1.2)))
    assert measure(lens("AB"), "expected-votes").rows[0]["value"] == 0
