"""How much weight somebody has, 0 to 10, where nobody asserted it: an estimate from formal rank and standing."""

from __future__ import annotations

from typing import TypeVar

from numpy import float64
from numpy.typing import NDArray

Number = TypeVar("Number", float, NDArray[float64])
UNRANKED = 0.1
"""Formal rank of whoever has no level."""


def rank(level: Number) -> Number:
    """Return formal rank by level: 1.0 for level 1 down to 0.2 for level 5."""
    return (6 - level) / 5


def estimate(formal: Number, standing: Number, top: Number) -> Number:
    """Return power before it is rounded to one decimal: 60 % formal rank, 40 % standing as part of the `top` one's."""
    return 10 * (0.6 * formal + 0.4 * standing / top)
