"""Rankings of many resampled networks at once: arrays in, arrays out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def resample(
    strength: Floats, keep: Floats, draws: int, *, silent: bool = True, seed: int = 20260930
) -> Floats:
    """Draw networks in which each tie survives with its own probability.

    Parameters
    ----------
    strength
        Shape (n, n): strength of the arc from row to column, 0 where there is none.
    keep
        Shape (n, n): probability in [0, 1] that an arc is real.
    draws
        How many networks.
    silent
        In each network let one person, drawn at random, have told us nothing: all arcs from that row are gone.
    seed
        Of the random numbers; the same seed gives the same networks.

    Returns
    -------
    Shape (draws, n, n).
    """
    random = np.random.default_rng(seed)
    n = len(strength)
    found = strength * (random.random((draws, n, n)) < keep)
    if silent and n > 1:
        found[np.arange(draws), random.integers(0, n, draws), :] = 0.0
    return np.asarray(found)


def pagerank(arcs: Floats, damping: float = 0.85, rounds: int = 60) -> Floats:
    """Compute PageRank of many networks, shape (draws, n) from (draws, n, n); each row sums to 1.

    The mass of whoever has no arc is spread evenly. Sixty rounds leave an error below damping^60 < 1e-4.
    """
    draws, n, _ = arcs.shape
    out = arcs.sum(axis=2)
    step = arcs / np.where(out > 0, out, 1.0)[:, :, None]
    dangling = out <= 0
    rank = np.full((draws, n), 1.0 / n)
    for _ in range(rounds):
        loose = (rank * dangling).sum(axis=1, keepdims=True)
        rank = (1 - damping) / n + damping * (np.einsum("di,dij->dj", rank, step) + loose / n)
    return rank


def ranks(values: Floats) -> Floats:
    """Return ranks along the last axis, 1 = highest; equal values share the average of their ranks."""
    rounded = np.round(values, 12)
    above = (rounded[..., None, :] > rounded[..., :, None]).sum(axis=-1)
    equal = (rounded[..., None, :] == rounded[..., :, None]).sum(axis=-1)
    return np.asarray(1 + above + (equal - 1) / 2, dtype=np.float64)
