"""Power in a committee: who can block, who decides alone, and the indices of Shapley-Shubik and Banzhaf.

Exact by enumeration of all 2^n situations up to 20 players.

References
----------
Shapley, L. S. and Shubik, M. 1954, American Political Science Review 48:787-792, doi:10.2307/1951053.
Banzhaf, J. F. 1965, Rutgers Law Review 19:317-343.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

import numpy as np
from numpy.typing import NDArray

from powermap.errors import AnalysisError
from powermap.words import Words

Bits = NDArray[np.bool_]
Passes = Callable[[Mapping[str, Bits]], Bits]
MAX_EXACT = 20


@dataclass(frozen=True, slots=True)
class VotingPower:
    """Power of one player.

    `swings` of 2^(n-1) coalitions of the others turn from losing to winning when they join. `banzhaf` is their share
    (absolute), `banzhaf_share` their part of all swings (normalised), `shapley` the share of orders in which they tip.
    """

    player: str
    swings: int
    banzhaf: Fraction
    banzhaf_share: Fraction
    shapley: Fraction
    can_block: bool
    decides_alone: bool

    @property
    def has_no_say(self) -> bool:
        """Their vote never matters."""
        return self.swings == 0


def situations(players: Sequence[str]) -> dict[str, Bits]:
    """Return every player's vote in each of the 2^n situations; bit i of a situation's number is player i."""
    if len(players) > MAX_EXACT:
        raise AnalysisError(
            Words(
                f"{len(players)} 名成员太多，最多能逐一枚举 {MAX_EXACT} 名",
                f"{len(players)} members are more than the {MAX_EXACT} that can be enumerated",
            )
        )
    numbers = np.arange(1 << len(players), dtype=np.uint32)
    return {p: (numbers >> i & 1).astype(bool) for i, p in enumerate(players)}


def voting_power(players: Sequence[str], passes: Passes) -> list[VotingPower]:
    """Compute the power of every player under a monotone rule, exactly.

    Parameters
    ----------
    players
        Up to 20.
    passes
        The rule, evaluated on all situations at once.
    """
    n = len(players)
    wins = passes(situations(players))
    numbers = np.arange(1 << n, dtype=np.uint32)
    sizes = (
        np.bitwise_count(numbers)
        if hasattr(np, "bitwise_count")
        else np.array([bin(m).count("1") for m in range(1 << n)])
    )
    order = [Fraction(factorial(s) * factorial(n - s - 1), factorial(n)) for s in range(n)]
    swings: list[int] = []
    shapley: list[Fraction] = []
    for i in range(n):
        without = numbers[(numbers >> i & 1) == 0]
        swing = wins[without | (1 << i)] & ~wins[without]
        swings.append(int(swing.sum()))
        counts = np.bincount(sizes[without[swing]].astype(np.int64), minlength=n)
        shapley.append(sum((int(c) * w for c, w in zip(counts, order, strict=False)), Fraction(0)))
    total = sum(swings)
    full = (1 << n) - 1
    return [
        VotingPower(
            player=p,
            swings=swings[i],
            banzhaf=Fraction(swings[i], 1 << (n - 1)),
            banzhaf_share=Fraction(swings[i], total) if total else Fraction(0),
            shapley=shapley[i],
            can_block=bool(wins[full]) and not wins[full & ~(1 << i)],
            decides_alone=bool(wins[1 << i]),
        )
        for i, p in enumerate(players)
    ]


def weighted(quota: float, votes: Mapping[str, float]) -> Passes:
    """Return the rule of a weighted game [quota; votes]."""

    def passes(ballot: Mapping[str, Bits]) -> Bits:
        total = sum(votes[p] * ballot[p].astype(float) for p in votes)
        return np.asarray(total >= quota - 1e-9)

    return passes


def coalitions(players: Sequence[str], passes: Passes) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
    """Return the minimal winning and the minimal blocking coalitions, smallest first.

    A blocking coalition is one without which everybody else together loses.
    """
    n = len(players)
    wins = passes(situations(players))
    full = (1 << n) - 1
    blocks = ~wins[full & ~np.arange(1 << n)]
    return _minimal(wins, players), _minimal(blocks, players)


def _minimal(holds: Bits, players: Sequence[str]) -> list[frozenset[str]]:
    n = len(players)
    numbers = np.arange(1 << n, dtype=np.uint32)
    minimal = holds.copy()
    for i in range(n):
        has = (numbers >> i & 1) == 1
        minimal[has] &= ~holds[numbers[has] & ~np.uint32(1 << i)]
    sets = [frozenset(p for i, p in enumerate(players) if m >> i & 1) for m in np.flatnonzero(minimal)]
    place = {p: i for i, p in enumerate(players)}
    return sorted(sets, key=lambda s: (len(s), sorted(place[p] for p in s)))
