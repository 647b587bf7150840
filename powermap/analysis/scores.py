"""How the raw measures are computed on a projection: person -> number, or name -> number.

References
----------
Freeman, L. C. 1978, Social Networks 1:215-239, doi:10.1016/0378-8733(78)90021-7 (degree, closeness, betweenness).
Katz, L. 1953, Psychometrika 18:39-43, doi:10.1007/BF02289026.
Lu, L. et al. 2011, PLoS ONE 6:e21202, doi:10.1371/journal.pone.0021202 (LeaderRank).
Burt, R. S. 1992, Structural Holes, Harvard University Press (constraint, effective size).
Seidman, S. B. 1983, Social Networks 5:269-287, doi:10.1016/0378-8733(83)90028-X (k-core).
Opsahl, T., Agneessens, F. and Skvoretz, J. 2010, Social Networks 32:245-251, doi:10.1016/j.socnet.2010.03.006 (distance).
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf, isnan
from typing import Any, NamedTuple

import networkx as nx

from powermap.analysis import balance, brokerage, spectra
from powermap.analysis.camps import border
from powermap.analysis.fragility import reach
from powermap.analysis.projection import SOURCE
from powermap.analysis.reliability import Reliability, chances, reliability
from powermap.analysis.winning import model
from powermap.lens import Lens
from powermap.words import Words

Values = dict[Any, Any]
"""By person; for other measures by a set of people, or by the name of a dimension."""


class Noted(NamedTuple):
    """Values, and what must be said of them."""

    values: Values
    notes: tuple[Words, ...]


def undirected(graph: nx.DiGraph) -> nx.Graph:
    """Return who is tied to whom, whatever the direction; of the two strengths of a pair the higher."""
    found = nx.Graph()
    found.add_nodes_from(graph)
    for a, b, strength in graph.edges.data("strength"):
        if not found.has_edge(a, b) or found.edges[a, b]["strength"] < strength:
            found.add_edge(a, b, strength=strength)
    return found


def katz(_: Lens, graph: nx.DiGraph) -> Values:
    """Return Katz centrality (doi:10.1007/BF02289026), alpha .1 or .9 of the largest that settles."""
    if len(graph) == 1:
        # networkx stumbles over a single actor; the score's norm is 1.
        return dict.fromkeys(graph, 1.0)
    radius = (
        max(abs(nx.adjacency_spectrum(graph, weight="weight")), default=0.0)
        if graph.number_of_edges()
        else 0.0
    )
    alpha = min(0.1, 0.9 / radius) if radius > 0 else 0.1
    return dict(nx.katz_centrality_numpy(graph, alpha=alpha, beta=1.0, weight="weight"))


def leaderrank(_: Lens, graph: nx.DiGraph) -> Values:
    """Return LeaderRank (doi:10.1371/journal.pone.0021202): PageRank with a ground actor instead of damping."""
    if not graph.number_of_edges():
        # To the ground and back for ever: the walk doesn't settle, and everybody is alike.
        return dict.fromkeys(graph, 1.0)
    ground = "@ground"
    wide = nx.DiGraph()
    wide.add_weighted_edges_from(graph.edges.data("weight"))
    for person in graph:
        wide.add_edge(person, ground, weight=1.0)
        wide.add_edge(ground, person, weight=1.0)
    # Damping 1 is a plain random walk; the ground makes it settle.
    score = nx.pagerank(wide, alpha=0.999999999, tol=1e-13, max_iter=100_000)
    spread = score.pop(ground, 0.0) / max(len(graph), 1)
    return {person: (score[person] + spread) * len(graph) for person in graph}


def constraint(_: Lens, graph: nx.DiGraph) -> Values:
    found = nx.constraint(undirected(graph))
    return {p: None if isnan(x) else x for p, x in found.items()}


def effective_size(_: Lens, graph: nx.DiGraph) -> Values:
    found = nx.effective_size(undirected(graph))
    return {p: None if isnan(x) else x for p, x in found.items()}


def groups(lens: Lens) -> dict[str, str]:
    return {s.id: s.unit or "(none)" for s in lens.seats.values()}


def role(name: str) -> Callable[[Lens, nx.DiGraph], Values]:
    def compute(lens: Lens, graph: nx.DiGraph) -> Values:
        return {p: roles[name] for p, roles in brokerage.gould_fernandez(graph, groups(lens)).items()}

    return compute


def surprise(name: str) -> Callable[[Lens, nx.DiGraph], Values]:
    def compute(lens: Lens, graph: nx.DiGraph) -> Values:
        return {p: z[name] for p, z in brokerage.brokerage_surprise(graph, groups(lens)).items()}

    return compute


def lost(lens: Lens, graph: nx.DiGraph) -> Values:
    found = reach(lens)
    return {p: len([x for x in found.loses(p) if x in lens.seats]) for p in graph if p != SOURCE}


def ways(lens: Lens, _: nx.DiGraph) -> Values:
    found = reach(lens)
    return {p: found.ways(p) for p in lens.seats}


def articulation(_: Lens, graph: nx.DiGraph) -> Values:
    found = set(nx.articulation_points(undirected(graph)))
    return {p: p in found for p in graph}


def bridges(_: Lens, graph: nx.DiGraph) -> Values:
    return dict.fromkeys(nx.bridges(undirected(graph)), 1)


def hierarchy(_: Lens, graph: nx.DiGraph) -> Values:
    return dict(brokerage.hierarchy_dimensions(graph))


def hierarchy_chart(_: Lens, graph: nx.DiGraph) -> Values:
    # The chart is read from superior to subordinate, advice from asker to adviser.
    return dict(brokerage.hierarchy_dimensions(graph.reverse()))


def chance(lens: Lens, graph: nx.DiGraph) -> Values:
    ties = [(a, b, strength, False) for a, b, strength in graph.edges.data("strength")]
    return {p: r.value for p, r in chances(ties, SOURCE, lens.seats).items()}


def signed_camps(_: Lens, graph: nx.Graph) -> Noted:
    """Return the camps of the signed ties (doi:10.1016/j.socnet.2004.08.007)."""
    found = spectra.signed_camps(graph)
    notes = [Words("正负号是阵营，0 是不属于任何一方", "the sign is the camp; 0 belongs to neither")]
    if all(x >= 0 for x in found.values()):
        notes.append(Words("看不出两个阵营", "no two camps are seen"))
    return Noted(found, tuple(notes))


def frustration(_: Lens, graph: nx.Graph) -> Noted:
    """Return the frustration index (doi:10.1002/bs.3830040405), and whether it is exact."""
    found = balance.frustration(graph)
    share = found.against / found.ties if found.ties else 0.0
    how = (
        Words("精确值：没有更好的分法", "exact: no division is better")
        if found.exact
        else Words("局部搜索所得，可能还有更好的分法", "by local search: a better division may exist")
    )
    return Noted({"against": found.against, "ties": found.ties, "share": share}, (how,))


def yes_chances(lens: Lens) -> dict[str, float]:
    """Return voter -> chance in [0, 1] that they vote for the lens's supplier; empty where nobody decides."""
    decision = model(lens)
    if decision is None:
        return {}
    votes, _ = decision.votes(decision.after)
    found = decision.weight @ votes[:, :, decision.own]
    return {p: float(x) for p, x in zip(decision.ballot.people, found, strict=True)}


def expected_votes(lens: Lens, _: nx.DiGraph) -> Values:
    """Return how many voters are expected to vote yes, heads counted: the sum of their chances."""
    found = yes_chances(lens)
    return {"votes": sum(found.values()), "voters": len(found)}


def connection(graph: nx.Graph, one: str, other: str, holds: float | None) -> Reliability:
    ties = [(a, b, s if holds is None else holds, True) for a, b, s in graph.edges.data("strength")]
    return reliability(ties, one, other)


def min_cut(graph: nx.Graph, one: str, other: str, _: float | None) -> Reliability:
    found = border(graph, [one], [other])
    return Reliability(found.value if found else float("nan"))


def paths(graph: nx.Graph, one: str, other: str, _: float | None) -> Reliability:
    return Reliability(float(nx.node_connectivity(graph, one, other)))


def distance(length: Callable[[float], float]) -> Callable[[nx.Graph, str, str, float | None], Reliability]:
    def compute(graph: nx.Graph, one: str, other: str, _: float | None) -> Reliability:
        """Return the least sum of lengths between two people (doi:10.1016/j.socnet.2010.03.006); inf without a way."""
        lengths = nx.single_source_dijkstra_path_length(
            graph, one, weight=lambda a, b, tie: length(tie["strength"])
        )
        return Reliability(float(lengths.get(other, inf)))

    return compute
