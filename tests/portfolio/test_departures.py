"""If a set of ours leaves: by hand, and beside removing them from each account's graph."""

from __future__ import annotations

import random

import networkx as nx
import numpy as np
import pytest
from small_store import Store
from test_scan import DAY, random_store

from powermap.errors import AnalysisError
from powermap.method import load_pack
from powermap.portfolio import Columns, scan
from powermap.portfolio.data.columns import OURS
from powermap.portfolio.questions.departures import answer, named, reachable, without_rows


def store() -> Store:
    """A: Ann and Ben each reach Boss, Cy reaches Chief. B: Ann alone. C: Cy alone."""
    s = Store()
    s.ours("Ann", "Ben", "Cy")
    s.account("A", 100.0, Boss=1, Chief=1, Clerk=3)
    s.account("B", 50.0, Head=1)
    s.account("C", 20.0, Lead=1)
    s.covers("Ann>Boss", "Ben>Boss", "Cy>Chief", "Ann>Head", "Cy>Lead", "Ben>Clerk")
    return s


def test_a_set_loses_more_than_its_members() -> None:
    """Neither Ann nor Ben alone costs A anything; both cost half of it: 50, and Boss and Clerk. B goes with Ann."""
    result = store().scan()
    one, other, both = (answer(result, names) for names in (["Ann"], ["Ben"], ["ann", "Ben"]))
    assert [(r["id"], r["at_risk"], r["part"]) for r in one.rows] == [("B", 50, 100), ("A", 0, 0)]
    assert [(r["id"], r["at_risk"], r["people"]) for r in other.rows] == [("A", 0, 1)]
    rows = {r["id"]: r for r in both.rows}
    assert (rows["A"]["at_risk"], rows["A"]["part"], rows["A"]["people"]) == (50, 50, 2)
    assert [w["en"] for w in rows["A"]["targets"]] == ["Boss"]
    assert [w["en"] for w in rows["A"]["stays"]] == ["Cy"] and rows["B"]["stays"] == []
    # 50 of A and 50 of B, of 170 in all.
    assert "revenue at risk: 100 CNY (59%)" in both.findings[0].sentence.en
    assert both.findings[1].sentence.en == "Nobody of ours would be left (1 account): B."


def test_who_is_meant() -> None:
    result = store().scan()
    assert named(result.columns, ["Ann", "ann"]) == named(result.columns, ["Ann"])
    for wrong, near in (("Anne", "Ann"), ("e", "Ben"), ("", "--about owners")):
        with pytest.raises(AnalysisError) as told:
            named(result.columns, [wrong])
        assert near in told.value.hint
    with pytest.raises(AnalysisError):
        named(result.columns, ["Boss"])


@pytest.mark.parametrize("seed", range(6))
def test_equals_removing_them_from_each_graph(seed: int) -> None:
    result = scan(Columns.from_snapshot(random_store(seed, 25), load_pack(), DAY))
    c, rng = result.columns, random.Random(seed)
    ours = np.unique(c.person[c.side == OURS]).tolist()
    chosen = rng.sample(ours, min(len(ours), rng.randint(1, 4)))
    gone = np.isin(c.person, chosen) & (c.side == OURS)
    graph = nx.DiGraph(zip(c.src.tolist(), c.dst.tolist(), strict=True))
    graph.add_nodes_from(range(c.size))
    graph.remove_nodes_from(np.flatnonzero(gone).tolist())
    expected = set(c.sources.tolist()).union(*(nx.descendants(graph, s) for s in c.sources.tolist()))
    assert set(np.flatnonzero(reachable(c, gone)).tolist()) == expected


@pytest.mark.parametrize("seed", range(3))
def test_one_alone_is_what_the_dominators_say(seed: int) -> None:
    result = scan(Columns.from_snapshot(random_store(seed, 25), load_pack(), DAY))
    c = result.columns
    for person in np.unique(c.person[c.side == OURS]).tolist():
        rows = {r["id"]: r for r in without_rows(result, [person])}
        for node in np.flatnonzero((c.person == person) & (c.side == OURS)).tolist():
            row = rows[c.accounts[c.block[node]].id]
            assert len(row["targets"]) == result.targets_lost[node]
            assert row["people"] == result.people_lost[node]
            assert row["part"] == pytest.approx(100 * result.part_lost[node], abs=0.051)
