"""How well P(win) has done on closed deals, and the line that corrects it.

References
----------
Brier, G. W. 1950, Monthly Weather Review 78:1-3, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.
Platt, J. 1999, Probabilistic outputs for support vector machines (also of the smoothed targets).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log

import numpy as np

ENOUGH = 20
"""Closed deals below which nothing is corrected."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Deals whose P(win) fell in [low, high): how many, the mean P(win), and the share that was won."""

    low: float
    high: float
    count: int
    said: float
    won: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """A record on closed deals.

    `brier` is the mean squared error (0 perfect), `base` that of always saying the share won. `slope` and `offset`
    correct the log-odds; None below :data:`ENOUGH` deals, or where one outcome never happened.
    """

    deals: int
    won: int
    brier: float
    base: float
    bins: tuple[Bin, ...]
    slope: float | None = None
    offset: float | None = None

    def correct(self, p: float) -> float:
        """Return a P(win) as the record says it should have been."""
        if self.slope is None or self.offset is None:
            return p
        p = min(max(p, 1e-6), 1 - 1e-6)
        return 1 / (1 + exp(-(self.slope * log(p / (1 - p)) + self.offset)))


def calibrate(said: Sequence[float], won: Sequence[bool]) -> Calibration:
    """Judge chances in [0, 1] by outcomes, and fit the correcting line where there are enough of both.

    Parameters
    ----------
    said, won
        P(win) before each deal closed, and whether it was won; of equal length, at least one.
    """
    p, y = np.array(said, dtype=float), np.array(won, dtype=float)
    n, wins = len(y), int(y.sum())
    edges = np.linspace(0, 1, 6)
    bins = []
    for low, high in pairwise(edges):
        inside = (p >= low) & ((p < high) | (high == 1))
        if inside.any():
            bins.append(
                Bin(
                    float(low),
                    float(high),
                    int(inside.sum()),
                    float(p[inside].mean()),
                    float(y[inside].mean()),
                )
            )
    rate = wins / n
    found = Calibration(n, wins, float(((p - y) ** 2).mean()), rate * (1 - rate), tuple(bins))
    if n < ENOUGH or wins in (0, n):
        return found
    slope, offset = _fit(p, y)
    return Calibration(n, wins, found.brier, found.base, found.bins, slope, offset)


def _fit(p: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Fit Platt's line on the log-odds by Newton's method, with Platt's smoothed targets against overconfidence."""
    clipped = np.clip(p, 1e-6, 1 - 1e-6)
    x = np.stack([np.log(clipped / (1 - clipped)), np.ones_like(p)], axis=1)
    wins = y.sum()
    target = np.where(y > 0, (wins + 1) / (wins + 2), 1 / (len(y) - wins + 2))
    beta = np.array([1.0, 0.0])
    for _ in range(50):
        q = 1 / (1 + np.exp(-x @ beta))
        # A little ridge keeps the step finite where the outcomes separate.
        hessian = x.T @ (x * (q * (1 - q))[:, None]) + 1e-6 * np.eye(2)
        step = np.linalg.solve(hessian, x.T @ (target - q))
        beta += np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-10:
            break
    return float(beta[0]), float(beta[1])
