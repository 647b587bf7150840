"""What share of the decision each supplier's camp owns, and how sure that is.

References
----------
Friedkin, N. E. and Johnsen, E. C. 1990, doi:10.1080/0022250X.1990.9990069; suppliers as stubborn camps after
Yildiz, E. et al. 2013, ACM TEAC 1:19, doi:10.1145/2538508.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from powermap.analysis import projection
from powermap.analysis.deciders import deciders
from powermap.analysis.influence import power
from powermap.findings import Rule
from powermap.kernels import ranking
from powermap.lens import Lens
from powermap.words import Words

Floats = NDArray[np.float64]

SHARES = Rule(
    "share of influence on the decision",
    Words(
        "Friedkin-Johnsen：各供应商为立场不变的阵营，成员听取其的分量取覆盖强度与态度/3 中较大者；按决策权加权，含成员自己的看法，合计 100%",
        "Friedkin-Johnsen with each supplier as a camp that never changes its mind; a member listens to a camp by the larger of coverage and attitude / 3; weighted by decision power, members' own views included, summing to 100%",
    ),
)


@dataclass(frozen=True, slots=True)
class Shares:
    """Parts of the decision, summing to 1: of each supplier's camp, and the members' own."""

    suppliers: Mapping[str, float]
    own: float
    known: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """How a share survives resampling: the probability that it is the largest, and the middle 90 % of it."""

    first: float
    low: float
    high: float


def shares(lens: Lens) -> Shares:
    """Compute each supplier's share of influence on the decision.

    Without decision-makers every person counts by power. With no coverage and no attitude everything is the
    members' own, and `known` is False.
    """
    camps = [s.id for s in lens.suppliers]
    n = len(lens.seats)
    if not n:
        return Shares(dict.fromkeys(camps, 0.0), 1.0, False)
    raw, _, weights = _listening(lens)
    part = _parts(lens, raw[None], weights)[0]
    return Shares(
        {camp: float(part[n + c]) for c, camp in enumerate(camps)},
        float(part[:n].sum()),
        bool(raw[:n, n:].any()),
    )


def share_survival(lens: Lens, draws: int = 200) -> dict[str, Spread]:
    """Resample ties, coverage and stances by their confidence: how each supplier's share moves, and how often it is first."""
    n = len(lens.seats)
    if not n:
        return {}
    raw, sure, weights = _listening(lens)
    part = _parts(lens, ranking.resample(raw, sure, draws), weights)[:, n:]
    first = ranking.ranks(part) < 1.5
    low, high = np.percentile(part, (5, 95), axis=0)
    return {
        s.id: Spread(float(first[:, c].mean()), float(low[c]), float(high[c]))
        for c, s in enumerate(lens.suppliers)
    }


def _listening(lens: Lens) -> tuple[Floats, Floats, Floats]:
    """Return strengths and confidences with the camps as last rows and columns, shape (n + k, n + k), and the people's
    parts of the decision, summing to 1.
    """
    ids, heard, known = projection.hearing(lens)
    n, camps = len(ids), [s.id for s in lens.suppliers]
    place = {p: i for i, p in enumerate(ids)}
    raw, sure = np.zeros((n + len(camps), n + len(camps))), np.ones((n + len(camps), n + len(camps)))
    raw[:n, :n], sure[:n, :n] = heard, known
    for c, camp in enumerate(camps, n):
        for cover in lens.covers(camp):
            i = place[cover.dst]
            said = (projection.strength_of(lens, cover.strength), projection.confidence(lens, cover.evidence))
            if raw[i, c] == 0 or said > (raw[i, c], sure[i, c]):
                raw[i, c], sure[i, c] = said
        for person, i in place.items():
            stance = lens.stance(person, camp)
            if stance is not None and stance.attitude is not None:
                # Whoever is against a camp is not swayed by it, however often it calls.
                said = (stance.attitude / 3, projection.confidence(lens, stance.evidence))
                if stance.attitude < 0:
                    raw[i, c] = 0.0
                elif raw[i, c] == 0 or said > (raw[i, c], sure[i, c]):
                    raw[i, c], sure[i, c] = said
    say, strength = deciders(lens).shares, power(lens)
    weights = np.array([say.get(p, 0.0) for p in ids])
    if weights.sum() <= 0:
        weights = np.array([strength[p].value for p in ids])
    if weights.sum() <= 0:
        weights = np.ones(n)
    return raw, sure, weights / weights.sum()


def _parts(lens: Lens, raw: Floats, weights: Floats) -> Floats:
    """Solve for whose view ends up in the decision, in many networks at once: shape (networks, n + k), rows sum to 1.

    One adjoint solve a network: (I - AW)^T z = weights gives weights V = z (1 - a).
    """
    n, size = len(weights), raw.shape[-1]
    w = projection.row_stochastic(raw)
    # Whoever speaks up for a camp is held by it: here the camps, not the people, never change their mind.
    own = np.concatenate([projection.susceptibility(lens, firm=False), np.zeros(size - n)])
    # A network whose members follow each other all the way has no solution; a hair below, its limit.
    a = np.minimum(projection.moved_by(raw, own), 1 - 1e-9)
    goal = np.zeros((len(raw), size, 1))
    goal[:, :n, 0] = weights
    z = np.linalg.solve(np.swapaxes(np.eye(size) - a[:, :, None] * w, 1, 2), goal)[:, :, 0]
    return np.asarray(z * (1 - a))
