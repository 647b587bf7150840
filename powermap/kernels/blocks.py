"""Disjoint ways for a whole portfolio in one call.

Every account is a block of its own: a person of ours who works thirteen accounts is thirteen nodes. So accounts don't
touch each other.

References
----------
Menger, K. 1927, Fundamenta Mathematicae 10:96-115.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from powermap.kernels.dominance import dominators

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

CHUNK = 400_000
"""Arcs in one flow problem; bounds the memory of :func:`disjoint_ways`."""


def disjoint_ways(
    size: int,
    src: Ints,
    dst: Ints,
    block: Ints,
    sources: Ints,
    targets: Ints,
    parent: Ints | None = None,
    *,
    fewest: bool = False,
) -> Ints:
    """Count, for every target, the ways from the source of its block that share no node: the size of its minimum cut.

    Dominators settle 0 and 1, and a bound by the target's and the source's degree settles most of the rest; what is
    left goes through one maximum flow, each pair on its own copy of its block with every node split in two.

    Parameters
    ----------
    size, src, dst
        Nodes and arcs, as in :func:`dominators`.
    block
        Block of each node, shape (size,).
    sources
        Source of each block, shape (blocks,).
    targets
        Nodes to reach; none may be a source.
    parent
        What :func:`dominators` found, if it has been asked already.
    fewest
        Only the fewest of each block is wanted: where one target has two ways or fewer, nobody else's are counted
        beyond a bound from above.

    Returns
    -------
    array of shape (len(targets),)
        0 for a target that no way reaches.
    """
    # Sorted and without repetition; np.unique would hash, which takes ten times as long.
    pair = np.sort(src * size + dst)
    pair = pair[np.diff(pair, prepend=-1) > 0]
    src, dst = pair // size, pair % size
    if parent is None:
        parent = dominators(size, src, dst, sources)
    live = (parent[src] >= 0) | np.isin(src, sources)
    src, dst = src[live], dst[live]
    root = sources[block[targets]]
    bound = np.minimum(np.bincount(dst, minlength=size)[targets], np.bincount(src, minlength=size)[root])
    ways = np.where(parent[targets] < 0, 0, np.where(parent[targets] != root, 1, bound)).astype(np.int64)
    open_pairs = np.flatnonzero((parent[targets] == root) & (bound > 2))
    if fewest:
        least = np.full(len(sources), np.iinfo(np.int64).max)
        np.minimum.at(least, block[targets], ways)
        open_pairs = open_pairs[least[block[targets[open_pairs]]] > 2]
    order = np.argsort(block[src], kind="stable")
    src, dst = src[order], dst[order]
    first = np.searchsorted(block[src], np.arange(len(sources) + 1))
    inner = _places(block, len(sources))
    count = np.diff(first)[block[targets[open_pairs]]]
    part = np.cumsum(count) // CHUNK
    for chunk in np.unique(part):
        chosen = open_pairs[part == chunk]
        ways[chosen] = _flow(src, dst, first, inner, block[targets[chosen]], root[chosen], targets[chosen])
    return ways


def _places(block: Ints, blocks: int) -> tuple[Ints, Ints]:
    """Return the place of every node within its block, and the number of nodes of every block."""
    members = np.bincount(block, minlength=blocks)
    place = np.empty(len(block), dtype=np.int64)
    place[np.argsort(block, kind="stable")] = np.arange(len(block)) - np.repeat(
        np.cumsum(members) - members, members
    )
    return place, members


def _flow(
    src: Ints, dst: Ints, first: Ints, inner: tuple[Ints, Ints], block: Ints, root: Ints, target: Ints
) -> Ints:
    """Solve one maximum flow over copies of blocks, one copy a pair."""
    place, members = inner
    count = first[block + 1] - first[block]
    copy = np.repeat(np.arange(len(block)), count)
    arc = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first[block], count)
    half = int(members[block].sum())
    begin = np.cumsum(members[block]) - members[block]
    tail, head = begin[copy] + place[src[arc]], begin[copy] + place[dst[arc]]
    start, goal, top = begin + place[root], begin + place[target], 2 * half
    wide = np.ones(half, dtype=np.int32)
    wide[start] = wide[goal] = len(arc) + 1
    rows = np.concatenate([np.arange(half), tail + half, np.full(len(block), top), goal + half])
    columns = np.concatenate([np.arange(half) + half, head, start, np.full(len(block), top + 1)])
    most = np.full(len(block), len(arc) + 1, dtype=np.int32)
    room = np.concatenate([wide, np.ones(len(arc), dtype=np.int32), most, most])
    network = csr_array((room, (rows, columns)), shape=(top + 2, top + 2), dtype=np.int32)
    solved = maximum_flow(network, top, top + 1).flow
    found: Ints = np.asarray(solved[np.full(len(block), top), start]).ravel().astype(np.int64)
    return found


def effective_number(group: Ints, groups: int, amount: Floats) -> Floats:
    """Compute 1 / sum of squared shares within each group: how many equal ones would be as spread out.

    The inverse of the Herfindahl index (Laakso and Taagepera 1979, doi:10.1177/001041407901200101). It lies between
    1 and the number of members; a group without any amount gets 0.
    """
    total = np.bincount(group, weights=amount, minlength=groups)
    square = np.bincount(group, weights=amount**2, minlength=groups)
    return np.divide(total**2, square, out=np.zeros(groups), where=square > 0)
