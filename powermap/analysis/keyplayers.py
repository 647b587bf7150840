"""Key players: whose loss breaks the network most, and who together reach it best.

Reference
---------
Borgatti, S. P. 2006, Computational and Mathematical Organization Theory 12:21-34, doi:10.1007/s10588-006-7084-x.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import combinations
from math import comb

import networkx as nx

MAX_SETS = 1_000_000


def fragmentation(graph: nx.Graph, gone: Collection[str] = ()) -> float:
    """Return F in [0, 1] after removal: the share of ordered pairs that can't reach each other."""
    rest = graph.subgraph(set(graph) - set(gone))
    n = len(rest)
    if n < 2:
        return 1.0
    return 1 - sum(len(c) * (len(c) - 1) for c in nx.connected_components(rest)) / (n * (n - 1))


def distance_fragmentation(graph: nx.Graph, gone: Collection[str] = ()) -> float:
    """Return D_F in [0, 1] after removal: 1 - mean of 1/distance over ordered pairs of those who remain."""
    rest = graph.subgraph(set(graph) - set(gone))
    n = len(rest)
    if n < 2:
        return 1.0
    total = sum(1 / d for _, found in nx.all_pairs_shortest_path_length(rest) for d in found.values() if d)
    return float(1 - total / (n * (n - 1)))


def distance_reach(graph: nx.Graph, members: Collection[str]) -> float:
    """Return D_R in [0, 1]: mean over everybody of 1/distance to the nearest member; members count 1."""
    # weight=None: distances count ties; an arc's strength is not a length.
    lengths = nx.multi_source_dijkstra_path_length(graph, set(members), weight=None)
    return float(sum(1 / d if d else 1.0 for d in lengths.values()) / len(graph))


MEASURES: dict[str, Callable[[nx.Graph, Collection[str]], float]] = {
    "F": fragmentation,
    "D_F": distance_fragmentation,
    "D_R": distance_reach,
}


def best_sets(
    graph: nx.Graph, size: int, measure: str, top: int = 1
) -> tuple[list[tuple[float, tuple[str, ...]]], bool]:
    """Return the best sets of `size` actors by F, D_F or D_R, and whether they are exact.

    Exact where there are at most a million sets; else greedy, improved by swaps until none helps.
    """
    value = MEASURES[measure]
    nodes = list(graph)
    if comb(len(nodes), size) <= MAX_SETS:
        scored = [(value(graph, s), s) for s in combinations(nodes, size)]
        scored.sort(key=lambda pair: -round(pair[0], 12))
        return scored[:top], True
    chosen: list[str] = []
    for _ in range(size):
        chosen.append(max((v for v in nodes if v not in chosen), key=lambda v: value(graph, [*chosen, v])))
    best, improved = value(graph, chosen), True
    while improved:
        improved = False
        for i in range(size):
            for v in nodes:
                if v not in chosen:
                    other = [*chosen[:i], v, *chosen[i + 1 :]]
                    if (score := value(graph, other)) > best + 1e-12:
                        chosen, best, improved = other, score, True
    return [(best, tuple(sorted(chosen, key=nodes.index)))], False
