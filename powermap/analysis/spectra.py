"""Measures from leading eigenvectors: who is tied to whom counts, in undirected, directed and signed networks.

References
----------
Bonacich, P. 1972, Journal of Mathematical Sociology 2:113-120, doi:10.1080/0022250X.1972.9989806 (eigenvector).
Kleinberg, J. M. 1999, Journal of the ACM 46:604-632, doi:10.1145/324133.324140 (hubs and authorities).
Bonacich, P. and Lloyd, P. 2004, Social Networks 26:331-338, doi:10.1016/j.socnet.2004.08.007 (signed camps).
"""

from __future__ import annotations

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TINY = 1e-9


def _leading(matrix: Floats) -> Floats:
    """Return the leading eigenvector of a symmetric matrix without negative entries: length 1, nothing below 0.

    Where several share the largest eigenvalue, what power iteration from equal values comes to; without ties, zeros.
    """
    values, vectors = np.linalg.eigh(matrix)
    if not len(values) or values[-1] <= TINY:
        return np.zeros(len(matrix))
    space = vectors[:, values > values[-1] * (1 - TINY)]
    found = space @ space.sum(axis=0)
    return np.asarray(np.maximum(found / np.linalg.norm(found), 0.0))


def _by_person(graph: nx.Graph, values: Floats) -> dict[str, float]:
    return {p: float(x) for p, x in zip(graph, values, strict=True)}


def eigenvector(graph: nx.Graph) -> dict[str, float]:
    """Return eigenvector centrality on undirected strengths (Bonacich 1972), squares summing to 1.

    Whoever isn't in the part of the network with the largest eigenvalue has 0.
    """
    return _by_person(graph, _leading(nx.to_numpy_array(graph, weight="strength")))


def authorities(graph: nx.DiGraph) -> dict[str, float]:
    """Return how far good hubs point to a person (Kleinberg 1999), squares summing to 1."""
    arcs = nx.to_numpy_array(graph, weight="strength")
    return _by_person(graph, _leading(arcs.T @ arcs))


def hubs(graph: nx.DiGraph) -> dict[str, float]:
    """Return how far a person points to good authorities (Kleinberg 1999), squares summing to 1."""
    arcs = nx.to_numpy_array(graph, weight="strength")
    return _by_person(graph, _leading(arcs @ arcs.T))


def signed_camps(graph: nx.Graph) -> dict[str, float]:
    """Return the leading eigenvector of signed strengths (Bonacich and Lloyd 2004): the sign is the camp.

    It stands on the part of the network with the largest eigenvalue, the larger of equal ones; everybody else, and
    whoever is between the camps, has 0. The larger camp is positive; of two equal ones that of the first person.
    """
    place = {p: i for i, p in enumerate(graph)}
    best: tuple[float, int, int] | None = None
    found: dict[str, float] = dict.fromkeys(graph, 0.0)
    for part in nx.connected_components(graph):
        people = sorted(part, key=place.__getitem__)
        if len(people) < 2:
            continue
        values, vectors = np.linalg.eigh(nx.to_numpy_array(graph, nodelist=people, weight="signed"))
        key = (round(float(values[-1]), 9), len(people), -place[people[0]])
        if best is None or key > best:
            best = key
            camp = np.where(np.abs(vectors[:, -1]) < TINY, 0.0, vectors[:, -1])
            more = int((camp > 0).sum()) - int((camp < 0).sum())
            first = next((x for x in camp if x), 0.0)
            turned = -camp if more < 0 or (more == 0 and first < 0) else camp
            found = dict.fromkeys(graph, 0.0) | {p: float(x) for p, x in zip(people, turned, strict=True)}
    return found
