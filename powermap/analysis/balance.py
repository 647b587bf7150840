"""Structural balance: how many ties stand against the best division into two camps.

A tie is against the camps if it is positive between them or negative within one; the frustration index is the fewest
such ties over all divisions.

References
----------
Harary, F. 1959, Behavioral Science 4:316-323, doi:10.1002/bs.3830040405 (line index of balance).
Aref, S. and Wilson, M. C. 2018, Journal of Complex Networks 6:566-595, doi:10.1093/comnet/cnx044 (computing it).
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np

from powermap.analysis.spectra import signed_camps
from powermap.lens import Lens

MAX_EXACT = 20
"""People of a block (a part that nobody's loss breaks) up to whom all divisions are tried."""
STARTS, SEED = 50, 20260930


@dataclass(frozen=True, slots=True)
class Frustration:
    """Ties against the best division found, all ties, and whether no division is better."""

    against: int
    ties: int
    exact: bool


def signed(lens: Lens, strengths: dict[str, float]) -> nx.Graph:
    """Return who is tied to whom, undirected, with ``signed``: the strongest positive less the strongest negative tie.

    `strengths` are by id of the tie. A pair whose two cancel out has no tie.
    """
    best: dict[tuple[str, str], dict[int, float]] = {}
    for tie in lens.influences:
        a, b = sorted((tie.src, tie.dst))
        pair = best.setdefault((a, b), {1: 0.0, -1: 0.0})
        pair[tie.sign] = max(pair[tie.sign], strengths[tie.id])
    graph = nx.Graph()
    graph.add_nodes_from(lens.seats)
    place = {p: i for i, p in enumerate(lens.seats)}
    for a, b in sorted(best, key=lambda ends: (place[ends[0]], place[ends[1]])):
        strength = best[a, b][1] - best[a, b][-1]
        if strength:
            graph.add_edge(a, b, signed=strength)
    return graph


def frustration(graph: nx.Graph) -> Frustration:
    """Return the frustration index of ties with ``signed`` strengths, each tie counted once whatever its strength.

    Camps of two blocks that share one person can be turned about freely, so the blocks add up: one of up to 20 people
    is solved by trying all divisions, a larger one by local search from the signed eigenvector and seeded starts.
    """
    against, exact = 0, True
    for block in nx.biconnected_components(graph):
        if len(block) > 2:
            part = nx.Graph()
            order = {p: i for i, p in enumerate(graph)}
            part.add_nodes_from(sorted(block, key=order.__getitem__))
            part.add_edges_from(graph.subgraph(block).edges.data())
            solved = len(block) <= MAX_EXACT
            against += _tried(part) if solved else _searched(part)
            exact &= solved
    return Frustration(against, graph.number_of_edges(), exact)


def _tried(graph: nx.Graph) -> int:
    """Try every division; the first person stays in one camp."""
    place = {p: i for i, p in enumerate(graph)}
    division = np.arange(2 ** (len(graph) - 1), dtype=np.int64) << 1
    against = np.zeros(len(division), dtype=np.int32)
    for a, b, strength in graph.edges.data("signed"):
        apart = ((division >> place[a]) ^ (division >> place[b])) & 1
        against += (apart if strength > 0 else 1 - apart).astype(np.int32)
    return int(against.min())


def _searched(graph: nx.Graph) -> int:
    """Move one person at a time to the other camp while it helps, from the signed eigenvector and from random camps."""
    signs = np.sign(nx.to_numpy_array(graph, weight="signed"))
    random = np.random.default_rng(SEED)
    starts = [np.where(np.array(list(signed_camps(graph).values())) < 0, -1.0, 1.0)]
    starts += list(random.choice((-1.0, 1.0), (STARTS, len(graph))))
    best: int = graph.number_of_edges()
    for camp in starts:
        while True:
            # How many more of a person's ties agree than not; moving who has fewer helps.
            agree = camp * (signs @ camp)
            worst = int(agree.argmin())
            if agree[worst] >= 0:
                break
            camp[worst] = -camp[worst]
        best = min(best, round(float(np.abs(signs).sum() - camp @ signs @ camp) / 4))
    return best
