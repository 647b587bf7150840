"""The cheapest repair: by hand, and against every pair tried with networkx."""

from __future__ import annotations

import itertools
import random
from datetime import date
from typing import Any

import networkx as nx
import numpy as np
import pytest
from small_store import Store
from test_scan import DAY, random_store

from powermap.errors import AnalysisError
from powermap.method import load_pack
from powermap.model import Figure
from powermap.portfolio import Columns, Scan, answer, scan
from powermap.portfolio.data.columns import OURS, THEIRS
from powermap.portfolio.questions import repair_search
from powermap.portfolio.questions.levels import node_levels
from powermap.portfolio.questions.repair_search import NEWCOMER, Costs, Repair, hanging_part, repairs
from powermap.portfolio.questions.repairs import Budget

COSTS = Costs(4.0, 2.0, 5.0)


def one(s: Store) -> tuple[Scan, Repair, list[str]]:
    result = s.scan()
    found = repairs(result, node_levels(result.columns, s.snapshot()), COSTS)
    names = [result.columns.people[p][0] if p >= 0 else "" for p in result.columns.person]
    assert len(found) == 1
    return result, found[0], names


def test_a_second_person_for_the_same_contact() -> None:
    """Ann alone reaches Boss; Ben covers Clerk, who leads nowhere. Ben meets Boss with Ann: one introduction.

    Levels 3 and 1 are two apart, so one beyond one: 4 + 2 = 6 days. A newcomer would take 4 + 5 = 9.
    """
    s = Store()
    s.ours("Ann", "Ben", level=3)
    s.account("A", 100.0, Boss=1, Clerk=4)
    s.covers("Ann>Boss", "Ben>Clerk")
    _, repair, names = one(s)
    (r,) = repair.relations
    assert (names[r.owner], names[r.contact], names[r.by]) == ("Ben", "Boss", "Ann")
    assert (r.introductions, r.effort, repair.before, repair.after) == (1, 6.0, 1.0, 0.0)


def test_a_newcomer_where_nobody_else_knows_the_account() -> None:
    s = Store()
    s.ours("Ann", level=2)
    s.account("A", 100.0, Boss=1)
    s.covers("Ann>Boss")
    _, repair, names = one(s)
    (r,) = repair.relations
    assert (r.owner, names[r.contact], names[r.by], r.effort) == (NEWCOMER, "Boss", "Ann", 9.0)


def test_the_single_contact_is_passed_by_a_neighbour() -> None:
    """Ann and Ben reach Boss through Gate only. Gate introduces either: to Boss, or to Aide, who sways Boss too.

    Boss is level 1, Aide and our people 3: Ann to Boss takes 4 + 2, Ann to Aide 4; but Aide leads to Boss, so that
    Aide is enough.
    """
    s = Store()
    s.ours("Ann", "Ben", level=3)
    s.account("A", 100.0, Boss=1, Gate=3, Aide=3)
    s.covers("Ann>Gate", "Ben>Gate")
    s.sways("Gate>Boss", "Gate>Aide", "Aide>Boss")
    _, repair, names = one(s)
    (r,) = repair.relations
    assert (names[r.contact], names[r.by], r.introductions, r.effort) == ("Aide", "Gate", 1, 4.0)
    assert repair.after == 0


def test_where_one_relation_is_not_enough() -> None:
    """Ann holds Boss, Ben holds Chief, Cy knows neither: Ben to Boss frees half, Ann to Chief the other half.

    Cy could do no better: two relations in any case. Levels are alike but for one: 4 days each.
    """
    s = Store()
    s.ours("Ann", "Ben", level=2)
    s.account("A", 100.0, Boss=1, Chief=1)
    s.covers("Ann>Boss", "Ben>Chief")
    _, repair, names = one(s)
    assert {(names[r.owner], names[r.contact]) for r in repair.relations} == {
        ("Ben", "Boss"),
        ("Ann", "Chief"),
    }
    assert (repair.effort, repair.before, repair.after) == (8.0, 1.0, 0.0)


def hung(graph: nx.DiGraph, targets: list[int]) -> set[int]:
    """Return the targets that some single node cuts off, tried one by one."""
    found = set()
    for d in targets:
        for v in set(graph) - {"S", d}:
            without = graph.copy()
            without.remove_node(v)
            if not nx.has_path(without, "S", d):
                found.add(d)
                break
    return found


@pytest.mark.parametrize("seed", range(6))
def test_equals_every_pair_tried(seed: int) -> None:
    """Oracle: remove each node in turn, with every new arc; independent of dominators."""
    result = scan(Columns.from_snapshot(random_store(seed, 25), load_pack(), DAY))
    c = result.columns
    rng = random.Random(seed)
    level = {n: rng.randint(1, 5) for n in range(c.size) if rng.random() < 0.7}
    found = {r.account: r for r in repairs(result, level, COSTS)}
    part = hanging_part(result)
    for account in range(len(c.accounts)):
        graph = nx.DiGraph()
        nodes = np.flatnonzero(c.block == account).tolist()
        name = {n: "S" if c.side[n] == 0 else n for n in nodes}
        graph.add_nodes_from(name.values())
        graph.add_edges_from(
            (name[a], name[b])
            for a, b in zip(c.src.tolist(), c.dst.tolist(), strict=True)
            if c.block[a] == account
        )
        reached = [n for n in nodes if c.decides[n] and nx.has_path(graph, "S", n)]
        before = hung(graph, reached)
        assert part[account] == pytest.approx(
            sum(c.share[d] for d in before) / result.reached[account] if before else 0
        )
        if not before:
            assert account not in found, "nothing hangs: no repair, no gain"
            continue
        repair = found[account]
        covered = [
            n
            for n in nodes
            if c.side[n] == THEIRS and any(c.side[p] == OURS for p in graph.pred[n] if p != "S")
        ]
        price = {}
        for owner in [*(n for n in nodes if c.side[n] == OURS), "new"]:
            for contact in (n for n in nodes if c.side[n] == THEIRS):
                steps = 1 + min((length(graph, q, contact) for q in covered), default=99)
                extra = 0.0
                if owner != "new":
                    steps = min(steps, *(length(graph, q, contact) for q in graph[owner]))
                    a, b = level.get(owner), level.get(contact)
                    extra = COSTS.level * (max(0, abs(a - b) - 1) if a and b else 2)
                if steps < 50 and not graph.has_edge(owner, contact):
                    price[owner, contact] = COSTS.introduction * steps + extra

        def cost(chosen: tuple[tuple[Any, int], ...], price: dict[Any, float] = price) -> float:
            return sum(price[r] for r in chosen) + COSTS.newcomer * any(p == "new" for p, _ in chosen)

        assert repair.proven
        sets = [s for size in (1, 2) for s in itertools.combinations(price, size)]
        best = None
        for chosen in sorted(sets, key=cost):
            if cost(chosen) > repair.effort + 1e-9:
                break
            trial = graph.copy()
            for owner, contact in chosen:
                trial.add_edges_from([("S", owner), (owner, contact)])
            if not hung(trial, list(before)):
                best = cost(chosen)
                break
        if len(repair.relations) < 3:
            assert best == pytest.approx(repair.effort), (
                "the cheapest of one or two relations, and no cheaper"
            )
        else:
            assert best is None or best == pytest.approx(repair.effort)
        after = graph.copy()
        for r in repair.relations:
            owner = "new" if r.owner == NEWCOMER else r.owner
            after.add_edge("S", owner)
            after.add_edge(owner, r.contact)
        assert repair.after == 0 and not hung(after, list(before))


def length(graph: nx.DiGraph, a: int, b: int) -> int:
    try:
        return nx.shortest_path_length(graph, a, b)
    except nx.NetworkXNoPath:
        return 99


def test_the_budget() -> None:
    """Three accounts hang on Ann: X of 100 costs 6 days, Y of 90 and Z of 80 take 4 each (levels 2 and 1).

    Two accounts: X and Y. Eight days: by gain per day Y 22.5, Z 20, X 16.7, so Y and Z.
    """
    s = Store()
    s.ours("Ann", level=2)
    s.ours("Ben", level=3)
    s.ours("Cy", level=2)
    s.account("X", 100.0, Xa=1, Xb=4)
    s.account("Y", 90.0, Ya=1, Yb=4)
    s.account("Z", 80.0, Za=1, Zb=4)
    s.covers("Ann>Xa", "Ben>Xb", "Ann>Ya", "Cy>Yb", "Ann>Za", "Cy>Zb")
    asked = [
        answer(s.scan(), "repairs", s.snapshot(), budget=b)
        for b in (None, Budget.read("2"), Budget.read("8d"), Budget.read("8 天"))
    ]
    assert [[(r["id"], r["effort"], r["gain"]) for r in a.rows] for a in asked] == [
        [("X", 6, 100), ("Y", 4, 90), ("Z", 4, 80)],
        [("X", 6, 100), ("Y", 4, 90)],
        [("Y", 4, 90), ("Z", 4, 80)],
        [("Y", 4, 90), ("Z", 4, 80)],
    ]
    assert "frees" not in asked[1].findings[0].sentence.en
    assert "free 190 CNY of 270 CNY that hang on one person (70%)" in asked[1].findings[0].sentence.en


def test_a_budget_too_small_for_any() -> None:
    s = Store()
    s.ours("Ann")
    s.account("A", 100.0, Boss=1)
    s.covers("Ann>Boss")
    told = answer(s.scan(), "repairs", s.snapshot(), budget=Budget(days=1)).findings[0].sentence.en
    assert told.endswith("the budget is too small for any repair.")


@pytest.mark.parametrize(("budget", "chosen"), [(None, "EUR EUR JPY USD "), ("1", "EUR"), ("9d", "EUR")])
def test_gains_in_other_currencies_come_after(budget: str | None, chosen: str) -> None:
    """A million yen is no more than 900,000 euro: most accounts are in euro, so these come first."""
    s = Store()
    s.ours("Ann", "Ben", level=1)
    for name, currency, value in (
        ("Yen", "JPY", 1e6),
        ("Dollar", "USD", 2e6),
        ("Euro", "EUR", 9e5),
        ("Small", "EUR", 5e5),
        ("None", "", 0),
    ):
        s.account(name, **{f"{name}Boss": 1})
        s.covers(f"Ann>{name}Boss")
        if value:
            on = date(2025, 1, 1)
            s.records.append(
                Figure(f"f{name}", account=name, measure="revenue", on=on, value=value, currency=currency)
            )
    found = answer(s.scan(), "repairs", s.snapshot(), budget=Budget.read(budget) if budget else None)
    assert " ".join(r["currency"] for r in found.rows) == chosen
    assert found.rows[0]["id"] == "Euro"
    rule = found.findings[0].rule.words
    assert "accounts in EUR come first" in rule.en and "先列 EUR 的客户" in rule.zh


@pytest.mark.parametrize("text", ["", "1.5", "-2", "two"])
def test_what_is_no_budget(text: str) -> None:
    with pytest.raises(AnalysisError):
        Budget.read(text)


def test_nothing_to_repair() -> None:
    s = Store()
    s.ours("Ann", "Ben")
    s.account("A", 100.0, Boss=1)
    s.account("B", None, Chief=1)
    s.covers("Ann>Boss", "Ben>Boss")
    found = answer(s.scan(), "repairs", s.snapshot())
    assert not found.rows
    assert found.findings[0].sentence.en == "0 accounts hang on single people: nothing to repair."
    assert any("no way to a decision-maker" in n.en for n in found.notes)


def test_a_search_cut_short_still_repairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Four deciders held by one of ours each: four pairs, so more than one look is needed to prove a plan."""
    monkeypatch.setattr(repair_search, "LOOKS", 1)
    s = Store()
    s.ours("Ann", "Ben", "Cy", "Di")
    s.account("A", 100.0, Aa=1, Ab=1, Ac=1, Ad=1)
    s.covers("Ann>Aa", "Ben>Ab", "Cy>Ac", "Di>Ad")
    result = s.scan()
    (repair,) = repairs(result, {}, COSTS)
    assert repair.after == 0 and not repair.proven
    assert any("too large to try every set" in n.en for n in answer(result, "repairs", s.snapshot()).notes)
