"""Key players: whose loss breaks the network most, and who together reach it best.

Reference
---------
Borgatti, S. P. 2006, Computational and Mathematical Organization Theory 12:21-34, doi:10.1007/s10588-006-7084-x.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import combinations
from math import comb, inf

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
MAX_SETS, MAX_WORK, CHUNK = 1_000_000, 10**10, 500_000
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
    nodes, tied = _matrix(graph)
    if _scorable(len(nodes), size, measure):
        sets = _sets(len(nodes), size)
        values = _scores(tied, sets, measure)
        # Equal scores in the order of the graph, which is that of the seats.
        first = np.lexsort((np.arange(len(values)), -np.round(values, 12)))[:top]
        return [(float(values[i]), tuple(nodes[k] for k in sets[i])) for i in first], True
    chosen: list[int] = []
    best = -1.0
    for _ in range(size):
        chosen, best = _better(tied, chosen, measure, -1.0)
    improved = True
    while improved:
        improved = False
        for gone in list(chosen):
            other, score = _better(tied, [v for v in chosen if v != gone], measure, best)
            if score > best:
                chosen, best, improved = other, score, True
                break
    return [(best, tuple(nodes[k] for k in sorted(chosen)))], False


def _better(tied: Bools, kept: list[int], measure: str, least: float) -> tuple[list[int], float]:
    """Add the actor who makes the best set with those kept; the set as it is, and `least`, where none scores higher."""
    others = [v for v in range(len(tied)) if v not in kept]
    values = _scores(tied, np.array([[*kept, v] for v in others], dtype=np.int64), measure)
    first = int(np.round(values, 12).argmax())
    return ([*kept, others[first]], float(values[first])) if values[first] > least + 1e-12 else (kept, least)


def scored(graph: nx.Graph, members: Collection[str], measure: str) -> Scored:
    """Return the score of a given set by F, D_F or D_R, and where it stands among all sets of its size."""
    nodes, tied = _matrix(graph)
    size, value = len(set(members)), MEASURES[measure](graph, members)
    if not _scorable(len(nodes), size, measure):
        return Scored(value, None, comb(len(nodes), size))
    values = _scores(tied, _sets(len(nodes), size), measure)
    return Scored(value, int((values > value + 1e-12).sum()), len(values))


def _scorable(n: int, size: int, measure: str) -> bool:
    sets = comb(n, size)
    return sets <= MAX_SETS and (measure != "D_F" or sets * n**3 <= MAX_WORK)


def _matrix(graph: nx.Graph) -> tuple[list[str], Bools]:
    return list(graph), nx.to_numpy_array(graph, weight=None) > 0


def _sets(n: int, size: int) -> Ints:
    return np.array(list(combinations(range(n), size)), dtype=np.int64)


def _scores(tied: Bools, sets: Ints, measure: str) -> Floats:
    """Score sets, given as places of actors, shape (sets, size)."""
    if measure == "F":
        return _fragmentations(tied, sets)
    n = len(tied)
    step = max(1, CHUNK // n ** (1 if measure == "D_R" else 2))
    parts = [sets[i : i + step] for i in range(0, len(sets), step)]
    if measure == "D_R":
        lengths = dict(nx.all_pairs_shortest_path_length(nx.from_numpy_array(tied)))
        near = np.array([[1 / max(lengths[a].get(b, inf), 1) for b in range(n)] for a in range(n)])
        return np.concatenate([near[part].max(axis=1).mean(axis=1) for part in parts])
    return np.concatenate([_distance_fragmentations(tied, part) for part in parts])


def _distance_fragmentations(tied: Bools, sets: Ints) -> Floats:
    n, size = len(tied), sets.shape[1]
    pairs = (n - size) * (n - size - 1)
    if pairs <= 0:
        return np.ones(len(sets))
    stays = np.ones((len(sets), n), dtype=bool)
    np.put_along_axis(stays, sets, False, axis=1)
    # float32 multiplies fast, and counts of ways up to 2^24 stay whole numbers.
    arcs = tied.astype(np.float32)
    reached = np.eye(n, dtype=bool) & stays[:, :, None]
    # Who is gone counts as seen: nobody reaches them.
    seen = reached | ~stays[:, None, :]
    near, distance = np.zeros(len(sets)), 0
    while reached.any():
        distance += 1
        ways = reached.reshape(-1, n).astype(np.float32) @ arcs
        reached = (ways.reshape(reached.shape) > 0) & ~seen
        near += reached.sum(axis=(1, 2)) / distance
        seen |= reached
    return np.asarray(1 - near / pairs)


def _fragmentations(tied: Bools, sets: Ints) -> Floats:
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
