"""Standing among the people, formal rank, power, and influence on the outcome, as numbers.

Power is best estimated from incoming advice together with formal rank; betweenness says who connects, not who is
powerful.

References
----------
Friedkin, N. E. and Johnsen, E. C. 1990, Journal of Mathematical Sociology 15:193-206, doi:10.1080/0022250X.1990.9990069.
Brin, S. and Page, L. 1998, Computer Networks 30:107-117, doi:10.1016/S0169-7552(98)00110-X.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from powermap.analysis import projection
from powermap.analysis.rules import power as rules
from powermap.analysis.telling import telling
from powermap.errors import AnalysisError
from powermap.lens import Lens
from powermap.words import Words


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
    """Return PageRank on the standing projection of some layers, as :func:`pagerank_of` does."""
    d = lens.pack.default("damping") if damping is None else damping
    return pagerank_of(projection.standing(lens, layers=layers), d)


def pagerank_of(graph: nx.DiGraph, damping: float) -> dict[str, float]:
    """Return PageRank (doi:10.1016/S0169-7552(98)00110-X); sums to 1, dangling mass is spread evenly."""
    if not graph.number_of_nodes():
        return {}
    return dict(nx.pagerank(graph, alpha=damping, tol=1e-12, max_iter=1000))


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
    return {s.id: rules.rank(s.level) if s.level else rules.UNRANKED for s in lens.seats.values()}


def power(lens: Lens) -> dict[str, Power]:
    """Return everybody's power: as asserted, else estimated from formal rank (60 %) and standing (40 %)."""
    return dict(lens.once(_power))


def _power(lens: Lens) -> dict[str, Power]:
    # Friends and mails say little of power: only ties that tell make an estimate.
    rank, strength = formal(lens), in_strength(telling(lens))
    top = max(strength.values(), default=0.0) or 1.0
    return {
        s.id: Power(s.power, True)
        if s.power is not None
        else Power(round(rules.estimate(rank[s.id], strength[s.id], top), 1), False)
        for s in lens.seats.values()
    }


def friedkin_johnsen(
    w: NDArray[np.float64], a: NDArray[np.float64], names: Sequence[str] = ()
) -> NDArray[np.float64]:
    """Return V = (I - AW)^-1 (I - A), shape (n, n), rows summing to 1.

    V[i, j] is the part of i's final view that is owed to j's own view. Whoever listens to nobody (w_ii = 1) keeps their own.

    Parameters
    ----------
    w
        Row-stochastic influence matrix.
    a
        How far each one is moved, in [0, 1].
    names
        What the people are called in a refusal; default: their numbers.

    Raises
    ------
    AnalysisError
        If some people are moved all the way by each other alone: then nothing settles what they think.
    """
    a = np.where(np.isclose(np.diag(w), 1.0), 0.0, a)
    if closed := unsettled(w, a):
        group = [names[i] if names else f"#{i + 1}" for i in closed]
        raise AnalysisError(
            Words(
                f"{'、'.join(group)} 完全听从彼此，没有自己的看法，算不出结果",
                f"{', '.join(group)} follow each other all the way, so nothing settles their view",
            ),
            hint=Words(
                "在规则包 defaults.toml 里把可影响度（susceptibility）设为小于 1",
                "give a susceptibility below 1 in the rule pack's defaults.toml",
            ),
        )
    return np.asarray(np.linalg.solve(np.eye(len(a)) - a[:, None] * w, np.diag(1.0 - a)))


def unsettled(w: NDArray[np.float64], a: NDArray[np.float64]) -> list[int]:
    """Return whoever is moved all the way (a = 1) and hears, along any chain, only people of whom that is true."""
    settled = a < 1
    while True:
        more = settled | (w[:, settled] > 0).any(axis=1)
        if (more == settled).all():
            return [int(i) for i in np.flatnonzero(~settled)]
        settled = more


def final_views(lens: Lens) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """Return the people, and V of the account: whose view ends up in whose; see :func:`friedkin_johnsen`."""
    ids, w, a = projection.influence(lens)
    return ids, friedkin_johnsen(w, a, [s.name for s in lens.seats.values()])


def total_influence(lens: Lens, shares: Mapping[str, float] | None = None) -> dict[str, float]:
    """Return every person's total influence: the mean of V's column, or weighted by shares of the decision."""
    ids, v = final_views(lens)
    if not ids:
        return {}
    weights = np.array([(shares or {}).get(i, 0.0) for i in ids])
    if weights.sum() <= 0:
        weights = np.ones(len(ids))
    column = weights / weights.sum() @ v
    return {p: float(x) for p, x in zip(ids, column, strict=True)}
