"""Key players: whose loss breaks the network most, and who together reach it best.

Reference
---------
Borgatti, S. P. 2006, Computational and Mathematical Organization Theory 12:21-34, doi:10.1007/s10588-006-7084-x.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import combinations
from math import comb

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
MAX_SETS, MAX_WORK, CHUNK = 1_000_000, 10**10, 4_000_000
"""All sets are scored up to so many, and D_F up to so many steps (sets x people cubed); in chunks of so many cells."""


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


@dataclass(frozen=True, slots=True)
class Scored:
    """The score of a set, how many sets of its size score higher, and how many there are; None if they are too many."""

    value: float
    above: int | None
    sets: int


def best_sets(
    graph: nx.Graph, size: int, measure: str, top: int = 1
) -> tuple[list[tuple[float, tuple[str, ...]]], bool]:
    """Return the best sets of `size` actors by F, D_F or D_R, and whether they are exact.

    Exact where all sets can be scored; else greedy, improved by swaps until none helps.
    """
    nodes = list(graph)
    if _scorable(len(nodes), size, measure):
        values, sets = _all(graph, nodes, size, measure)
        # Equal scores in the order of the graph, which is that of the seats.
        first = np.lexsort((np.arange(len(values)), -np.round(values, 12)))[:top]
        return [(float(values[i]), tuple(nodes[k] for k in sets[i])) for i in first], True
    value = MEASURES[measure]
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


def scored(graph: nx.Graph, members: Collection[str], measure: str) -> Scored:
    """Return the score of a given set by F, D_F or D_R, and where it stands among all sets of its size."""
    nodes, size = list(graph), len(set(members))
    value, sets = MEASURES[measure](graph, members), comb(len(nodes), size)
    if not _scorable(len(nodes), size, measure):
        return Scored(value, None, sets)
    return Scored(value, int((_all(graph, nodes, size, measure)[0] > value + 1e-12).sum()), sets)


def _scorable(n: int, size: int, measure: str) -> bool:
    sets = comb(n, size)
    return sets <= MAX_SETS and (measure != "D_F" or sets * n**3 <= MAX_WORK)


def _all(graph: nx.Graph, nodes: list[str], size: int, measure: str) -> tuple[Floats, Ints]:
    """Score every set of a size: the scores, and the sets as places in `nodes`, shape (sets, size)."""
    sets = np.array(list(combinations(range(len(nodes)), size)), dtype=np.int64)
    tied = nx.to_numpy_array(graph, nodelist=nodes, weight=None) > 0
    if measure == "F":
        return _fragmentations(tied, sets), sets
    step = max(1, CHUNK // len(nodes) ** (1 if measure == "D_R" else 2))
    parts = [sets[i : i + step] for i in range(0, len(sets), step)]
    if measure == "D_R":
        near = _nearness(tied[None])[0] + np.eye(len(nodes))
        return np.concatenate([near[part].max(axis=1).mean(axis=1) for part in parts]), sets
    return np.concatenate([_distance_fragmentations(tied, part) for part in parts]), sets


def _nearness(tied: NDArray[np.bool_]) -> Floats:
    """Return 1/distance in ties between all pairs of many networks, shape (networks, n, n); 0 without a way."""
    n = tied.shape[-1]
    seen = np.broadcast_to(np.eye(n, dtype=bool), tied.shape).copy()
    near = np.zeros(tied.shape)
    arcs = tied.astype(np.float32)
    reached, distance = seen, 0
    while reached.any():
        distance += 1
        reached = (np.matmul(reached.astype(np.float32), arcs) > 0) & ~seen
        near[reached] = 1 / distance
        seen |= reached
    return near


def _distance_fragmentations(tied: NDArray[np.bool_], sets: Ints) -> Floats:
    n, size = len(tied), sets.shape[1]
    stays = np.ones((len(sets), n), dtype=bool)
    np.put_along_axis(stays, sets, False, axis=1)
    pairs = (n - size) * (n - size - 1)
    if pairs <= 0:
        return np.ones(len(sets))
    rest = tied & stays[:, :, None] & stays[:, None, :]
    return np.asarray(1 - _nearness(rest).sum(axis=(1, 2)) / pairs)


def _fragmentations(tied: NDArray[np.bool_], sets: Ints) -> Floats:
    n, size = len(tied), sets.shape[1]
    pairs = (n - size) * (n - size - 1)
    if pairs <= 0:
        return np.ones(len(sets))
    # A person's neighbours as the bits of one number: components of many sets without a graph each.
    neighbours = [sum(1 << int(j) for j in np.flatnonzero(row)) for row in tied]
    everybody = (1 << n) - 1
    found = np.empty(len(sets))
    for i, gone in enumerate(sets.tolist()):
        left = everybody
        for k in gone:
            left &= ~(1 << k)
        together = 0
        while left:
            part = edge = left & -left
            while edge:
                reached = 0
                while edge:
                    bit = edge & -edge
                    reached |= neighbours[bit.bit_length() - 1]
                    edge ^= bit
                edge = reached & left & ~part
                part |= edge
            members = part.bit_count()
            together += members * (members - 1)
            left &= ~part
        found[i] = 1 - together / pairs
    return found
