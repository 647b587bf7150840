"""Dominators of a whole portfolio at once, and what lies below them: one tree below a common root holds the trees of all accounts.

The tree starts as the shortest ways from the root. Wherever an arc leads to a node from outside of what is below the
node's parent, that parent is no dominator: the nearest common ancestor of both takes its place. Parents only ever move
up and never past a dominator, whatever the order; when nothing moves, every parent is the immediate dominator. All
arcs into one level of the shortest ways are looked at together, from the last level to the first and back.

References
----------
Georgiadis, L. and Tarjan, R. 2016, Dominator tree certification and divergent spanning trees, ACM Transactions on
Algorithms 12(1), doi:10.1145/2764913 (the parent property).
Cooper, K., Harvey, T. and Kennedy, K. 2001, A simple, fast dominance algorithm.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Places = NDArray[np.int32]
"""Nodes by their place in the order in which they are reached; the common root is 0."""


def dominators(size: int, src: Ints, dst: Ints, sources: Ints) -> Ints:
    """Find the immediate dominator of every node, seen from the source of its block.

    Parameters
    ----------
    size
        Number of nodes.
    src, dst
        Arcs, as node numbers. No arc may join two blocks.
    sources
        One node per block, from which ways start.

    Returns
    -------
    array of shape (size,)
        The immediate dominator; a source and a node that no way reaches have -1.
    """
    root = size
    tail, head = np.concatenate([src, np.full(len(sources), root)]), np.concatenate([dst, sources])
    ways = csr_array((np.ones(len(tail), np.int8), (tail, head)), shape=(size + 1, size + 1))
    order, before = breadth_first_order(ways, root)
    place = np.full(size + 1, -1, np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    parent = np.zeros(len(order), np.int32)
    parent[1:] = place[before[order[1:]]]
    a, b = place[src], place[dst]
    # What hangs on the root can't move up.
    open_arcs = (a >= 0) & (b > 0) & (a != b)
    open_arcs[open_arcs] = parent[b[open_arcs]] > 0
    a, b = a[open_arcs], b[open_arcs]
    by_head = np.argsort(b, kind="stable")
    _settle(parent, a[by_head], b[by_head])
    found = np.full(size, -1, np.int64)
    above = order[parent[1:]].astype(np.int64)
    found[order[1:]] = np.where(above == root, -1, above)
    return found


def depths(parent: Ints) -> Ints:
    """Measure how deep each node lies below a root of the tree; a node without a parent lies at 0."""
    depth = (parent >= 0).astype(np.int64)
    jump = parent.copy()
    while (jump >= 0).any():
        held = jump >= 0
        depth[held] += depth[jump[held]]
        jump[held] = jump[jump[held]]
    return depth


def below(parent: Ints, value: Floats) -> Floats:
    """Sum `value` over all that lies below each node in the tree, the node itself not counted.

    With dominators as `parent` and the decision-makers' shares as `value`, this is what is out of reach without that
    node, for every node at once. A node that dominates nobody loses 0.
    """
    total = value.astype(np.float64, copy=True)
    depth = depths(parent)
    order = np.argsort(-depth, kind="stable")
    edges = np.searchsorted(-depth[order], np.arange(-int(depth.max(initial=0)), 1))
    for start, stop in zip(edges, [*edges[1:], len(order)], strict=True):
        level = order[start:stop]
        level = level[parent[level] >= 0]
        np.add.at(total, parent[level], total[level])
    return total - value


def _settle(parent: Places, a: Places, b: Places) -> None:
    """Move parents up, in place, until every arc from a to b, sorted by b, comes from below b's parent."""
    above = parent.astype(np.int64)
    above[0] = -1
    level = depths(above)
    block = np.where(level > 1, above, np.arange(len(parent)))
    while (level[block] > 1).any():
        block = block[block]
    last_first = True
    while len(a):
        old = parent.copy()
        edges = np.searchsorted(level[b], np.arange(int(level.max(initial=0)) + 2)).tolist()
        spans = [(i, j) for i, j in pairwise(edges) if i < j]
        for i, j in reversed(spans) if last_first else spans:
            tail, head = a[i:j], b[i:j]
            meeting = _meet(parent, tail, parent[head])
            first = np.flatnonzero(np.diff(head, prepend=-1))
            parent[head[first]] = np.minimum.reduceat(meeting, first)
        moved = np.zeros(len(parent), np.bool_)
        moved[block[np.flatnonzero(parent != old)]] = True
        still = moved[block[b]] & (parent[b] > 0)
        a, b = a[still], b[still]
        last_first = not last_first


def _meet(parent: Places, x: Places, y: Places) -> Places:
    """Find the nearest common ancestors of pairs; the place of a parent is less than that of its child."""
    found = y.copy()
    apart = np.flatnonzero(x != y)
    x, y = x[apart], y[apart]
    while len(apart):
        x, y = parent[np.maximum(x, y)], np.minimum(x, y)
        same = x == y
        found[apart[same]] = y[same]
        apart, x, y = apart[~same], x[~same], y[~same]
    return found
