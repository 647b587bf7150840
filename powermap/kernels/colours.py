"""Nodes told apart by their surroundings, so that what is level otherwise is not settled by numbers or ids.

Reference
---------
Weisfeiler, B. and Leman, A. 1968, Nauchno-Technicheskaya Informatsiya 2(9):12-16 (colour refinement).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from powermap.kernels.blocks import Floats, Ints

Colours = NDArray[np.uint64]
ROUNDS = 4
"""How far a node looks around: farther than most accounts are wide."""


def refined(start: Floats, src: Ints, dst: Ints, strength: Floats) -> Colours:
    """Return a colour for every node; nodes of one colour have the same surroundings, as far as can be told.

    Parameters
    ----------
    start
        What is known of each node itself, shape (nodes, facts).
    src, dst, strength
        The arcs.
    """
    facts = np.ascontiguousarray(start + 0.0).view(np.uint64)
    colour = np.zeros(len(start), dtype=np.uint64)
    for column in facts.T:
        colour = _mixed(colour ^ _mixed(column))
    weight = _mixed(np.ascontiguousarray(strength + 0.0).view(np.uint64))
    for _ in range(ROUNDS):
        into, out = np.zeros_like(colour), np.zeros_like(colour)
        np.add.at(into, dst, _mixed(colour[src] ^ weight))
        np.add.at(out, src, _mixed(colour[dst] ^ ~weight))
        colour = _mixed(colour ^ _mixed(into) ^ ~_mixed(~out))
    return colour


def _mixed(value: Colours) -> Colours:
    """Scatter bits, as SplitMix64 does."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Colours = value ^ (value >> np.uint64(31))
    return mixed
