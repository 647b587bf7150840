"""The truck factor of every account: how few of ours must leave until more than half of its decision is lost."""

from __future__ import annotations

import numpy as np

from powermap.kernels.blocks import Bools, Ints
from powermap.kernels.colours import refined
from powermap.kernels.dominance import below, dominators
from powermap.portfolio.account_scan import TINY, Scan
from powermap.portfolio.data.columns import OURS, THEIRS, Columns
from powermap.words import Words


def note(most: int) -> Words:
    """Say what the truck factor is, counted up to `most` people."""
    return Words(
        f"走几人就丢一半：依次移除我方离开后损失决策份额最多的人（并列时先移除覆盖人数多的），直到原来够得着的决策份额有一半以上够不着；贪心，可能略高；{most + 1} 表示 {most} 人以上",
        f"truck factor: our people removed, the one whose leaving loses most of the decision first (among equals who covers most), until more than half of what was reached is out of reach; greedy, so it may be a little high; {most + 1} stands for more than {most}",
    )


def truck_factors(scan: Scan, most: int) -> Ints:
    """Count, for every account, our people who must leave, largest loss first, until more than half is out of reach.

    Returns
    -------
    array of shape (accounts,)
        -1 where no way leads to a decision-maker, or nobody is known to decide; ``most + 1`` stands for more than
        `most`: an account that outlives so many departures is not fragile.
    """
    c = scan.columns
    number = len(c.accounts)
    found = np.full(number, -1, dtype=np.int64)
    active = (scan.fewest >= 0) & (scan.reached > TINY)
    gone = np.zeros(c.size, dtype=bool)
    reach = np.bincount(c.src[(c.side[c.src] == OURS) & (c.side[c.dst] == THEIRS)], minlength=c.size)
    rank = _ranks(scan.columns)
    loss, left, gone_now = scan.loss, scan.reached.copy(), 0
    while active.any() and gone_now < most:
        ours = np.flatnonzero((c.side == OURS) & ~gone & active[c.block])
        # The number covered breaks ties: where nobody alone loses anything, somebody has to go first.
        order = ours[np.lexsort((rank[ours], -reach[ours], -np.round(loss[ours], 9), c.block[ours]))]
        blocks, first = np.unique(c.block[order], return_index=True)
        leaver = order[first]
        gone[leaver] = True
        left[blocks] -= loss[leaver]
        gone_now += 1
        done = active & (left * 2 < scan.reached - TINY)
        found[done] = gone_now
        active = active & ~done & np.isin(np.arange(number), blocks)
        if active.any():
            kept = active[c.block] & ~gone
            parent = _parents(scan, kept[c.src] & kept[c.dst], active)
            loss = below(parent, np.where(parent >= 0, c.share, 0.0))
    found[active] = most + 1
    return found


def _ranks(columns: Columns) -> Ints:
    """Return the place of each of our nodes by name, then by its surroundings, and by number last; 0 for other nodes."""
    c = columns
    ours = np.flatnonzero(c.side == OURS)
    names = {p: c.people[p][1] for p in dict.fromkeys(c.person[ours].tolist())}
    place = {words: n for n, words in enumerate(sorted(set(names.values()), key=lambda w: w[::-1]))}
    named = np.array([place[names[p]] for p in c.person[ours].tolist()], dtype=np.int64)
    colour = refined(np.stack([c.side, c.share], axis=1), c.src, c.dst, c.strength)[ours]
    found = np.zeros(c.size, dtype=np.int64)
    found[ours[np.lexsort((ours, colour, named))]] = np.arange(len(ours))
    return found


def _parents(scan: Scan, arcs: Bools, active: Bools) -> Ints:
    """Find the dominators of the accounts still under way, over the arcs still there."""
    c = scan.columns
    nodes = np.flatnonzero(active[c.block])
    place = np.full(c.size, -1, dtype=np.int64)
    place[nodes] = np.arange(len(nodes))
    tree = dominators(len(nodes), place[c.src[arcs]], place[c.dst[arcs]], place[c.sources[active]])
    parent = np.full(c.size, -1, dtype=np.int64)
    parent[nodes] = np.where(tree >= 0, nodes[tree], -1)
    return parent
