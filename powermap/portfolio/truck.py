"""The truck factor of every account: how few of ours must leave until more than half of its decision is lost."""

from __future__ import annotations

import numpy as np

from powermap.kernels.blocks import Bools, Ints
from powermap.kernels.dominance import below, dominators
from powermap.portfolio.columns import OURS, THEIRS
from powermap.portfolio.scanning import TINY, Scan
from powermap.words import Words

MOST = 12
"""People beyond whom nobody counts on: an account that outlives so many departures is not fragile."""
NOTE = Words(
    "走几人就丢一半：依次移除我方离开后损失决策份额最多的人（并列时先移除覆盖人数多的），直到原来够得着的决策份额有一半以上够不着；贪心，可能略高；13 表示 12 人以上",
    "truck factor: our people removed, the one whose leaving loses most of the decision first (among equals who covers most), until more than half of what was reached is out of reach; greedy, so it may be a little high; 13 stands for more than twelve",
)


def truck_factors(scan: Scan) -> Ints:
    """Count, for every account, our people who must leave, largest loss first, until more than half is out of reach.

    Returns
    -------
    array of shape (accounts,)
        -1 where no way leads to a decision-maker, or nobody is known to decide; at most 13, which stands for more
        than twelve.
    """
    c = scan.columns
    number = len(c.accounts)
    found = np.full(number, -1, dtype=np.int64)
    active = (scan.fewest >= 0) & (scan.reached > TINY)
    gone = np.zeros(c.size, dtype=bool)
    reach = np.bincount(c.src[(c.side[c.src] == OURS) & (c.side[c.dst] == THEIRS)], minlength=c.size)
    loss, left, gone_now = scan.loss, scan.reached.copy(), 0
    while active.any() and gone_now < MOST:
        ours = np.flatnonzero((c.side == OURS) & ~gone & active[c.block])
        # The number covered breaks ties: where nobody alone loses anything, somebody has to go first.
        order = ours[np.lexsort((ours, -reach[ours], -np.round(loss[ours], 9), c.block[ours]))]
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
    found[active] = MOST + 1
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
