"""The kernels against plain networkx, account by account, on thousands of random accounts."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from powermap.kernels.blocks import disjoint_ways, effective_number
from powermap.kernels.dominance import below, dominators


def portfolio(seed: int, accounts: int) -> tuple[list[nx.DiGraph], list[list[int]], dict[str, np.ndarray]]:
    """Make random accounts, some without owners, arcs or decision-makers, as networkx graphs and as arrays."""
    rng = np.random.default_rng(seed)
    graphs, deciders, src, dst, block, sources = [], [], [], [], [], []
    size = 0
    for account in range(accounts):
        owners, people = int(rng.integers(0, 5)), int(rng.integers(1, 14))
        graph = nx.DiGraph()
        nodes = range(size, size + 1 + owners + people)
        graph.add_nodes_from(nodes)
        contacts = list(nodes)[1 + owners :]
        for owner in list(nodes)[1 : 1 + owners]:
            graph.add_edge(size, owner)
            for contact in rng.choice(contacts, size=min(people, int(rng.integers(1, 4))), replace=False):
                graph.add_edge(owner, int(contact))
        for a in contacts:
            for b in contacts:
                if a != b and rng.random() < rng.choice([0.05, 0.2, 0.5]):
                    graph.add_edge(a, b)
        graphs.append(graph)
        deciders.append(
            [int(c) for c in rng.choice(contacts, size=min(people, int(rng.integers(0, 4))), replace=False)]
        )
        src += [a for a, _ in graph.edges]
        dst += [b for _, b in graph.edges]
        block += [account] * len(nodes)
        sources.append(size)
        size += len(nodes)
    arrays = {
        "src": np.array(src, dtype=np.int64),
        "dst": np.array(dst, dtype=np.int64),
        "block": np.array(block, dtype=np.int64),
        "sources": np.array(sources, dtype=np.int64),
    }
    return graphs, deciders, arrays


@pytest.mark.parametrize("seed", range(4))
def test_equal_networkx_on_every_account(seed: int) -> None:
    """Oracle: per account networkx, removal and reachability for the losses, node_connectivity for the ways."""
    graphs, deciders, a = portfolio(seed, 500)
    size = len(a["block"])
    value = np.zeros(size)
    for chosen in deciders:
        for d in chosen:
            value[d] = 1 / len(chosen)
    parent = dominators(size, a["src"], a["dst"], a["sources"])
    loss = below(parent, value)
    targets = np.array([d for chosen in deciders for d in chosen], dtype=np.int64)
    ways = dict(zip(targets.tolist(), disjoint_ways(size, **a, targets=targets).tolist(), strict=True))
    least = dict(
        zip(targets.tolist(), disjoint_ways(size, **a, targets=targets, fewest=True).tolist(), strict=True)
    )
    for chosen in filter(None, deciders):
        assert min(least[d] for d in chosen) == min(ways[d] for d in chosen)
    for graph, chosen, source in zip(graphs, deciders, a["sources"].tolist(), strict=True):
        reached = nx.descendants(graph, source)
        assert {n for n in graph if parent[n] >= 0} == reached
        for node in set(graph) - {source}:
            left = nx.descendants(graph.subgraph(set(graph) - {node}), source)
            lost = sum(value[d] for d in reached - left - {node})
            assert loss[node] == pytest.approx(lost, abs=1e-12)
        for d in chosen:
            assert ways[d] == (nx.node_connectivity(graph, source, d) if d in reached else 0)


def idoms(size: int, arcs: list[tuple[int, int]], source: int) -> list[int]:
    graph = nx.DiGraph(arcs)
    graph.add_nodes_from(range(size))
    tree = nx.immediate_dominators(graph, source)
    return [-1 if tree.get(n, n) == n or n == source else tree[n] for n in range(size)]


@pytest.mark.parametrize("seed", range(300))
def test_dominators_of_one_graph_equal_networkx(seed: int) -> None:
    """Sparse and dense, with loops, parallel arcs, cycles, what nothing leads to, and numbers in any order."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(1, 60))
    count = int(rng.integers(0, 1 + size * rng.integers(1, 5)))
    arcs = [(int(a), int(b)) for a, b in rng.integers(0, size, (count, 2))]
    if seed % 3 == 0:  # A long way with few ways back makes parents move late.
        order = rng.permutation(size)
        arcs += pairwise(order.tolist())
    source = int(rng.integers(0, size))
    ends = np.array(arcs, dtype=np.int64).reshape(-1, 2)
    found = dominators(size, ends[:, 0], ends[:, 1], np.array([source]))
    assert found.tolist() == idoms(size, arcs, source)


def test_a_ring_hangs_on_nobody_and_a_line_on_everybody() -> None:
    """By hand. Where both halves of a ring meet, parents move up one after the other, back to the source."""
    n = 400
    line = np.arange(n - 1)
    forth, back = (line, line + 1), (line + 1, line)
    src, dst = (np.concatenate(ends) for ends in zip(forth, back, ([0], [n - 1]), strict=True))
    assert set(dominators(n, src, dst, np.array([0]))[1:].tolist()) == {0}
    src, dst = (np.concatenate(ends) for ends in zip(forth, back, strict=True))
    assert dominators(n, src, dst, np.array([0])).tolist() == list(range(-1, n - 1))


def test_chain_and_diamond() -> None:
    """By hand: S-a-b-d is one way and hangs on a and b; adding S-c-d makes two, and nothing is lost any more."""
    sources, block = np.array([0]), np.zeros(5, dtype=np.int64)
    chain = np.array([[0, 1], [1, 2], [2, 4]])
    value = np.array([0, 0, 0, 0, 1.0])
    parent = dominators(5, chain[:, 0], chain[:, 1], sources)
    assert parent.tolist() == [-1, 0, 1, -1, 2]
    assert below(parent, value).tolist() == [1, 1, 1, 0, 0]
    more = np.vstack([chain, [[0, 3], [3, 4]]])
    assert below(dominators(5, more[:, 0], more[:, 1], sources), value).tolist() == [1, 0, 0, 0, 0]
    for arcs, ways in ((chain, 1), (more, 2)):
        assert disjoint_ways(5, arcs[:, 0], arcs[:, 1], block, sources, np.array([4])).tolist() == [ways]


def test_an_empty_portfolio() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    assert dominators(0, nothing, nothing, nothing).tolist() == []
    assert below(nothing, np.zeros(0)).tolist() == []
    assert disjoint_ways(0, nothing, nothing, nothing, nothing, nothing).tolist() == []


def test_effective_number() -> None:
    """By hand: 1, 1 -> 2; 3, 1 -> 16 / 10; nothing -> 0."""
    group = np.array([0, 0, 1, 1])
    assert effective_number(group, 3, np.array([1.0, 1, 3, 1])).tolist() == pytest.approx([2, 1.6, 0])
