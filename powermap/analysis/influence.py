"""Standing among the people, formal rank, power, and influence on the outcome, as numbers.

Power is best estimated from incoming advice together with formal rank; betweenness says who connects, not who is
powerful.

References
----------
Friedkin, N. E. and Johnsen, E. C. 1990, Journal of Mathematical Sociology 15:193-206, doi:10.1080/0022250X.1990.9990069.
Brin, S. and Page, L. 1998, Computer Networks 30:107-117, doi:10.1016/S0169-7552(98)00110-X.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from powermap.analysis import projection
from powermap.analysis.telling import telling
from powermap.lens import Lens


@dataclass(frozen=True, slots=True)
class Power:
    """A person's power, 0 to 10: asserted by somebody, or else an estimate from rank and standing."""

    value: float
    asserted: bool


def in_strength(lens: Lens) -> dict[str, float]:
    """Return the weighted in-degree on the standing projection; 0 without ties."""
    return {p: float(d) for p, d in projection.standing(lens).in_degree(weight="strength")}


def pagerank(
    lens: Lens, damping: float | None = None, *, layers: tuple[str, ...] = ("influence",)
) -> dict[str, float]:
    """Return PageRank on the standing projection of some layers; sums to 1, dangling mass is spread evenly."""
    graph = projection.standing(lens, layers=layers)
    if not graph.number_of_nodes():
        return {}
    d = lens.pack.default("damping") if damping is None else damping
    return dict(nx.pagerank(graph, alpha=d, tol=1e-12, max_iter=1000))


def rank_of(values: Mapping[str, float]) -> dict[str, float]:
    """Return ranks, 1 = highest value; equal values share the average of their ranks."""
    ids = list(values)
    numbers = np.round(np.array([values[i] for i in ids], dtype=float), 12)
    return {
        p: float(1 + (numbers > x).sum() + ((numbers == x).sum() - 1) / 2)
        for p, x in zip(ids, numbers, strict=True)
    }


def formal(lens: Lens) -> dict[str, float]:
    """Return formal power by level: 1.0 for level 1 down to 0.2 for level 5; 0.1 without one."""
    return {s.id: (6 - s.level) / 5 if s.level else 0.1 for s in lens.seats.values()}


def power(lens: Lens) -> dict[str, Power]:
    """Return everybody's power: as asserted, else estimated from formal rank (60 %) and standing (40 %)."""
    # Friends and mails say little of power: only ties that tell make an estimate.
    rank, strength = formal(lens), in_strength(telling(lens))
    top = max(strength.values(), default=0.0) or 1.0
    return {
        s.id: Power(s.power, True)
        if s.power is not None
        else Power(round(10 * (0.6 * rank[s.id] + 0.4 * strength[s.id] / top), 1), False)
        for s in lens.seats.values()
    }


def susceptibility(lens: Lens) -> NDArray[np.float64]:
    """Return a in [0, 1] for everybody, in the order of seats: by adaptability where known."""
    table = lens.pack.adaptability
    return np.array([table.get(s.person.adaptability, table["default"]) for s in lens.seats.values()])


def friedkin_johnsen(w: NDArray[np.float64], a: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return V = (I - AW)^-1 (I - A), shape (n, n), rows summing to 1.

    V[i, j] is the part of i's final view that is owed to j's own view. An isolated person (w_ii = 1) keeps his own.

    Parameters
    ----------
    w
        Row-stochastic influence matrix.
    a
        Susceptibility in [0, 1]; whoever has 1 must reach somebody below 1.
    """
    n = len(a)
    silent = np.isclose(np.diag(w), 1.0)
    a = np.where(silent, np.minimum(a, 0.999999), a)
    return np.asarray(np.linalg.solve(np.eye(n) - a[:, None] * w, np.diag(1.0 - a)))


def total_influence(lens: Lens, shares: Mapping[str, float] | None = None) -> dict[str, float]:
    """Return every person's total influence: the mean of V's column, or weighted by shares of the decision."""
    ids, w = projection.influence(lens)
    if not ids:
        return {}
    v = friedkin_johnsen(w, susceptibility(lens))
    weights = np.array([(shares or {}).get(i, 0.0) for i in ids])
    if weights.sum() <= 0:
        weights = np.ones(len(ids))
    column = weights / weights.sum() @ v
    return {p: float(x) for p, x in zip(ids, column, strict=True)}
