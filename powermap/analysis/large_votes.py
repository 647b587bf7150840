"""Power in bodies of more than twenty: exact by counting for weighted games, by seeded sampling for any other rule.

References
----------
Mann, I. and Shapley, L. S. 1962, RAND RM-3158 (generating functions); Castro, J. et al. 2009, Computers and Operations
Research 36:1726-1730, doi:10.1016/j.cor.2008.04.004 (sampling of orders).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import factorial

import numpy as np

from powermap.analysis.voting import Passes, VotingPower

ORDERS, SEED = 20_000, 20260930


def weighted_power(quota: int, votes: Mapping[str, int]) -> list[VotingPower]:
    """Compute exact power in the game [quota; votes] by counting coalitions by size and votes.

    Parameters
    ----------
    quota, votes
        Whole numbers of votes; O(n^2 q) in time.
    """
    players = list(votes)
    n = len(players)
    # ways[s][w] = number of coalitions of s members with w votes in all.
    ways = [[0] * (quota + 1) for _ in range(n + 1)]
    ways[0][0] = 1
    for player in players:
        _add(ways, votes[player], quota)
    total_votes = sum(votes.values())
    found = []
    for player in players:
        mine = votes[player]
        rest = _without(ways, mine, quota, n)
        swings, shapley = 0, Fraction(0)
        for size in range(n):
            tips = sum(rest[size][max(0, quota - mine) : quota])
            swings += tips
            shapley += Fraction(tips * factorial(size) * factorial(n - size - 1), factorial(n))
        found.append((player, swings, shapley, total_votes >= quota > total_votes - mine, mine >= quota))
    total = sum(f[1] for f in found) or 1
    return [
        VotingPower(p, s, Fraction(s, 1 << (n - 1)), Fraction(s, total), phi, block, alone)
        for p, s, phi, block, alone in found
    ]


def _add(ways: list[list[int]], mine: int, quota: int) -> None:
    # Votes at or above the quota share the last cell: nobody can tip there any more.
    for size in range(len(ways) - 2, -1, -1):
        row, target = ways[size], ways[size + 1]
        for w in range(quota, -1, -1):
            if row[w]:
                target[min(quota, w + mine)] += row[w]


def _without(ways: list[list[int]], mine: int, quota: int, n: int) -> list[list[int]]:
    """Take one player out again; exact for all cells below the quota, the only ones that are asked."""
    rest = [[0] * (quota + 1) for _ in range(n + 1)]
    for size in range(n):
        for w in range(quota):
            before = rest[size - 1][w - mine] if size and w >= mine else 0
            rest[size][w] = ways[size][w] - before
    return rest


def sampled_power(
    players: Sequence[str], passes: Passes, *, orders: int = ORDERS, seed: int = SEED
) -> tuple[list[VotingPower], float]:
    """Estimate power under any monotone rule from random orders and coalitions.

    Returns
    -------
    The powers (can block and decides alone are exact), and the largest standard error of an index:
    at most 0.5 / sqrt(orders).
    """
    n = len(players)
    random = np.random.default_rng(seed)
    place = np.argsort(random.random((orders, n)), axis=1)
    pivot = np.full(orders, -1)
    won = np.zeros(orders, dtype=bool)
    for k in range(n):
        votes = {p: place[:, i] <= k for i, p in enumerate(players)}
        now = passes(votes) & ~won
        pivot[now] = np.argmax(place[now] == k, axis=1) if now.any() else 0
        won |= now
    shapley = np.bincount(pivot[pivot >= 0], minlength=n) / orders
    coalition = random.random((orders, n)) < 0.5
    swings = np.zeros(n)
    for i in range(n):
        up, down = coalition.copy(), coalition.copy()
        up[:, i], down[:, i] = True, False
        swings[i] = (
            passes({p: up[:, j] for j, p in enumerate(players)})
            & ~passes({p: down[:, j] for j, p in enumerate(players)})
        ).mean()
    everybody = ~np.eye(n, dtype=bool)
    blocks = ~passes({p: everybody[:, j] for j, p in enumerate(players)}) & passes(
        {p: np.ones(n, dtype=bool) for p in players}
    )
    alone = passes({p: np.eye(n, dtype=bool)[:, j] for j, p in enumerate(players)})
    total = swings.sum() or 1.0
    found = [
        VotingPower(
            p,
            round(swings[i] * orders),
            Fraction(round(swings[i] * orders), orders),
            Fraction(float(swings[i] / total)).limit_denominator(10**6),
            Fraction(round(shapley[i] * orders), orders),
            bool(blocks[i]),
            bool(alone[i]),
        )
        for i, p in enumerate(players)
    ]
    return found, 0.5 / orders**0.5
