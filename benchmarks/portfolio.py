"""Time the portfolio beside a plain NetworkX loop over its accounts: ratios of one run, median of five.

    python benchmarks/portfolio.py --contacts 20000

The loop builds each account's graph, takes out each of ours in turn, looks who is still reached, and asks for the
number of disjoint ways to each decision-maker. Both must give the same single owners and the same ways.
"""

from __future__ import annotations

import argparse
import platform
import resource
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import networkx as nx
import numpy as np
from generate import snapshot

from powermap.method import load_pack
from powermap.portfolio import Columns, answer, render, scan
from powermap.portfolio.columns import OURS

DAY = date(2026, 9, 30)


def timed(work: Callable[[], Any], times: int = 5) -> tuple[float, Any]:
    """Return the median of CPU seconds, and the last result."""
    found = []
    for _ in range(times):
        start = time.process_time()
        result = work()
        found.append(time.process_time() - start)
    return statistics.median(found), result


def plain(c: Columns) -> tuple[set[int], list[int]]:
    """Find single owners and the fewest disjoint ways, account by account."""
    single, fewest = set(), []
    order = np.argsort(c.block[c.src], kind="stable")
    first = np.searchsorted(c.block[c.src][order], np.arange(len(c.accounts) + 1))
    nodes = np.searchsorted(c.block, np.arange(len(c.accounts) + 1))
    for account, source in enumerate(c.sources.tolist()):
        mine = order[first[account] : first[account + 1]]
        graph = nx.DiGraph()
        graph.add_nodes_from(range(nodes[account], nodes[account + 1]))
        graph.add_edges_from(zip(c.src[mine].tolist(), c.dst[mine].tolist(), strict=True))
        targets = [n for n in graph if c.decides[n]]
        reached = nx.descendants(graph, source)
        for owner in [n for n in graph if c.side[n] == OURS]:
            less = graph.copy()
            less.remove_node(owner)
            left = nx.descendants(less, source)
            if any(t in reached and t not in left and t != owner for t in targets):
                single.add(owner)
        ways = [nx.node_connectivity(graph, source, t) if t in reached else 0 for t in targets]
        fewest.append(min(ways, default=-1))
    return single, fewest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=20_000)
    parser.add_argument("--no-plain", action="store_true", help="leave the NetworkX loop out")
    given = parser.parse_args()
    store, pack = snapshot(given.contacts), load_pack()
    read, columns = timed(lambda: Columns.from_snapshot(store, pack, DAY), 1)
    whole, result = timed(lambda: scan(columns))
    told, _ = timed(lambda: answer(result))
    drawn, page = timed(lambda: render(result, "zh"))
    print(f"{platform.machine()} {platform.system()}, Python {platform.python_version()}, CPU seconds")
    print(
        f"{given.contacts:,} contacts, {len(columns.accounts):,} accounts, {len(columns.src):,} arcs, {len(store):,} records"
    )
    print(f"columns from records  {read:8.3f}")
    print(f"scan                  {whole:8.3f}")
    print(f"answer                {told:8.3f}")
    print(f"page                  {drawn:8.3f}  {len(page.encode()) / 1e6:.2f} MB")
    if not given.no_plain:
        slow, (single, fewest) = timed(lambda: plain(columns), 1)
        same = single == set(np.flatnonzero(result.single & (columns.side == OURS)).tolist())
        same = same and fewest == result.fewest.tolist()
        print(f"plain NetworkX loop   {slow:8.3f}  {slow / whole:.0f} x the scan; same answers: {same}")
    print(f"peak memory           {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


if __name__ == "__main__":
    main()
