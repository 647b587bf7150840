"""The truck factor of an account, by hand and against a loop that removes people with networkx."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from small_store import Store
from test_scan import DAY, random_store

from powermap.method import load_pack
from powermap.portfolio import Columns, answer, scan
from powermap.portfolio.data.columns import OURS
from powermap.portfolio.questions.findings import findings
from powermap.portfolio.questions.single_owner_load import truck_factors


def test_by_hand() -> None:
    """A hangs on Ann: 1. B has two for its one decider: 2. C: Ann, Ben, Cy hold one decider of three each.

    In C one leaves: 2/3 are left, not less than half; two: 1/3 is left, so 2. D has Ann and Ben on each of two
    deciders: Ann leaves, nothing is lost; Ben too: all, so 2. E: nobody covers it.
    """
    s = Store()
    s.ours("Ann", "Ben", "Cy")
    s.account("A", 1.0, Aa=1)
    s.account("B", 1.0, Ba=1)
    s.account("C", 1.0, Ca=1, Cb=1, Cc=1)
    s.account("D", 1.0, Da=1, Db=1)
    s.account("E", 1.0, Ea=1)
    s.covers("Ann>Aa", "Ann>Ba", "Ben>Ba", "Ann>Ca", "Ben>Cb", "Cy>Cc")
    s.covers("Ann>Da", "Ben>Da", "Ann>Db", "Ben>Db")
    result = s.scan()
    assert truck_factors(result, 12).tolist() == [1, 2, 2, 2, -1]
    rows = {r["id"]: r["truck"] for r in answer(result, "accounts").rows}
    assert rows == {"A": 1, "B": 2, "C": 2, "D": 2, "E": None}


def test_half_is_not_more_than_half() -> None:
    """Two deciders, held by one of ours each: the first leaves half behind, so both must go."""
    s = Store()
    s.ours("Ann", "Ben")
    s.account("A", 1.0, Aa=1, Ab=1)
    s.covers("Ann>Aa", "Ben>Ab")
    assert truck_factors(s.scan(), 12).tolist() == [2]


@pytest.mark.parametrize("seed", range(4))
def test_equals_removing_one_after_the_other(seed: int) -> None:
    result = scan(Columns.from_snapshot(random_store(seed, 30), load_pack(), DAY))
    c = result.columns
    for account, found in enumerate(truck_factors(result, 12).tolist()):
        nodes = np.flatnonzero(c.block == account).tolist()
        source = int(c.sources[account])
        graph = nx.DiGraph()
        graph.add_nodes_from(nodes)
        graph.add_edges_from(
            (a, b) for a, b in zip(c.src.tolist(), c.dst.tolist(), strict=True) if c.block[a] == account
        )

        def reached(graph: nx.DiGraph, source: int = source) -> float:
            return float(sum(c.share[n] for n in nx.descendants(graph, source)))

        whole, removed = reached(graph), 0
        while whole and reached(graph) * 2 > whole - 1e-9:
            ours = [n for n in graph if c.side[n] == OURS]

            def harm(n: int, graph: nx.DiGraph = graph) -> tuple[float, int, int]:
                without = graph.copy()
                without.remove_node(n)
                return (round(reached(graph) - reached(without), 9), graph.out_degree(n), -n)

            graph.remove_node(max(ours, key=harm))
            removed += 1
        assert found == (removed if whole else -1)


def test_up_to_how_many_people_it_is_news() -> None:
    """Pack: 12. Twelve accounts of one owner each need seven to leave: told; with a limit of six it is no news."""
    s = Store()
    for n in range(12):
        s.ours(f"O{n:02}")
        s.account(f"A{n:02}", 1.0, **{f"P{n:02}": 1})
        s.covers(f"O{n:02}>P{n:02}")
    result = s.scan()
    assert [len(result.truck_factor)] * 2 == [
        f.value for most in (7, 8) for f in findings(result, most) if f.kind == "truck-factor"
    ]
    assert not [f for f in findings(result, 6) if f.kind == "truck-factor"]
    limits = load_pack().topic("portfolio")["truck"]
    assert (limits["account"], limits["all"]) == (12, 12)


def test_beyond_the_limit_nobody_counts_on() -> None:
    """Three owners of a boss each: two must go. Counted up to one, it is more than one; up to two, two."""
    s = Store()
    s.ours("Ann", "Ben", "Cy")
    s.account("A", 1.0, Aa=1, Ab=1, Ac=1)
    s.covers("Ann>Aa", "Ben>Ab", "Cy>Ac")
    assert [truck_factors(s.scan(), most).tolist() for most in (1, 2, 3)] == [[2], [2], [2]]
    s.covers("Ann>Ab", "Ben>Ac", "Cy>Aa")
    assert [truck_factors(s.scan(), most).tolist() for most in (1, 2, 3)] == [[2], [3], [3]]
