"""Brokers: who stands between others; by group (Gould-Fernandez), and the shape of a hierarchy (Krackhardt).

References
----------
Gould, R. V. and Fernandez, R. M. 1989, Sociological Methodology 19:89-126, doi:10.2307/270949.
Krackhardt, D. 1994, Graph theoretical dimensions of informal organizations, in Carley and Prietula (eds).
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import networkx as nx
import numpy as np
from numpy.typing import NDArray

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")


def gould_fernandez(graph: nx.DiGraph, group: Mapping[str, str]) -> dict[str, dict[str, int]]:
    """Count each actor's brokerage roles over paths a -> broker -> c without a tie a -> c.

    By the groups of (a, broker, c): AAA coordinator, ABA itinerant, AAB representative, ABB gatekeeper, ABC liaison.
    An isolated actor has zeros.
    """
    counts = {v: dict.fromkeys(ROLES, 0) for v in graph}
    for broker in graph:
        for a in graph.predecessors(broker):
            for c in graph.successors(broker):
                if a == c or graph.has_edge(a, c) or broker in (a, c):
                    continue
                x, y, z = group[a], group[broker], group[c]
                if x == y == z:
                    role = "coordinator"
                elif x == z:
                    role = "itinerant"
                elif x == y:
                    role = "representative"
                elif y == z:
                    role = "gatekeeper"
                else:
                    role = "liaison"
                counts[broker][role] += 1
    return counts


def hierarchy_dimensions(graph: nx.DiGraph) -> dict[str, float]:
    """Return Krackhardt's four dimensions in [0, 1] of arcs superior -> subordinate (or asker -> adviser).

    connectedness: share of pairs in one weak component; hierarchy: share of reachable pairs that are not mutual, on
    reachability; efficiency: 1 - arcs beyond the fewest that connect / most possible, per weak component (at most
    N(N-1) arcs each); least upper bound: share of pairs with one, per weak component.
    """
    n = graph.number_of_nodes()
    parts = [graph.subgraph(c) for c in nx.weakly_connected_components(graph)]
    pairs = n * (n - 1) / 2
    connected = sum(len(p) * (len(p) - 1) / 2 for p in parts)
    above = {v: nx.descendants(graph, v) for v in graph}
    one_way = mutual = 0
    for a, b in combinations(graph, 2):
        down, up = b in above[a], a in above[b]
        mutual += down and up
        one_way += down != up
    excess = sum(p.number_of_edges() - (len(p) - 1) for p in parts)
    room = sum(len(p) * (len(p) - 1) - (len(p) - 1) for p in parts)
    missing = most = 0
    for part in parts:
        size = len(part)
        if size > 2:
            most += (size - 1) * (size - 2) // 2
            missing += sum(not _least_upper_bound(a, b, above, part) for a, b in combinations(part, 2))
    return {
        "connectedness": connected / pairs if pairs else 1.0,
        "hierarchy": one_way / (one_way + mutual) if one_way + mutual else 1.0,
        "efficiency": 1 - excess / room if room else 1.0,
        "least upper bound": 1 - missing / most if most else 1.0,
    }


def _least_upper_bound(a: str, b: str, above: Mapping[str, set[str]], part: nx.DiGraph) -> bool:
    bounds = [v for v in part if (v == a or a in above[v]) and (v == b or b in above[v])]
    return any(all(u == v or v in above[u] for u in bounds) for v in bounds)


def brokerage_surprise(
    graph: nx.DiGraph, group: Mapping[str, str], *, draws: int = 500, seed: int = 20260930
) -> dict[str, dict[str, float | None]]:
    """Compare each role's count with chance: the same ties, departments dealt out anew.

    Returns
    -------
    Broker -> role -> z, the count's distance from the mean of the draws in standard deviations; None where chance
    leaves no choice (no path runs through them, or no draw differs). Beyond about 2 it is more than chance.
    """
    nodes = list(graph)
    place = {v: i for i, v in enumerate(nodes)}
    paths = np.array(
        [
            (place[a], place[b], place[c])
            for b in graph
            for a in graph.predecessors(b)
            for c in graph.successors(b)
            if len({a, b, c}) == 3 and not graph.has_edge(a, c)
        ],
        dtype=np.int64,
    ).reshape(-1, 3)
    codes = {name: i for i, name in enumerate(dict.fromkeys(group[v] for v in nodes))}
    real = np.array([codes[group[v]] for v in nodes])
    random = np.random.default_rng(seed)
    observed = _roles(paths, real)
    drawn = np.stack([_roles(paths, random.permutation(real)) for _ in range(draws)])
    mean, spread = drawn.mean(axis=0), drawn.std(axis=0)
    z = np.where(spread > 0, (observed - mean) / np.where(spread > 0, spread, 1), np.nan)
    return {
        v: {role: None if np.isnan(z[k, i]) else float(z[k, i]) for k, role in enumerate(ROLES)}
        for i, v in enumerate(nodes)
    }


def _roles(paths: NDArray[np.int64], group: NDArray[np.int64]) -> NDArray[np.float64]:
    """Count the five roles of everybody, shape (5, n), over open paths (a, broker, c)."""
    x, y, z = (group[paths[:, k]] for k in range(3))
    kinds = (
        (x == y) & (y == z),
        (x == z) & (x != y),
        (x == y) & (y != z),
        (x != y) & (y == z),
        (x != y) & (y != z) & (x != z),
    )
    return np.stack([np.bincount(paths[k, 1], minlength=len(group)).astype(float) for k in kinds])
