"""Published numbers of networks of known people, reached through records, lens and projection."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import pytest
from builder import arcs, lens, rows

from powermap.analysis.measures import measure
from powermap.lens import Lens


def values(view: Lens, name: str, layer: str | None = None) -> dict[str, float]:
    found = measure(view, name, layer)
    return {row.get("id", row["name"]): row["value"] for row in found.rows}


def both_ways(ties: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [*ties, *((b, a) for a, b in ties)]


def test_florentine_families() -> None:
    """Padgett's marriages: betweenness .522 and degree 6 of the Medici (Wasserman and Faust 1994, table 5.1).

    Checked against networkx run on the graph itself.
    """
    graph = nx.florentine_families_graph()
    view = lens(graph.nodes, sways=both_ways(list(graph.edges)))
    between = values(view, "betweenness")
    assert next(iter(between)) == "Medici"
    assert between["Medici"] == pytest.approx(0.522, abs=5e-4)
    assert between == pytest.approx(nx.betweenness_centrality(graph))
    assert values(view, "in-degree")["Medici"] == 6
    assert values(view, "betweenness-undirected") == pytest.approx(between)
    assert values(view, "pagerank") == pytest.approx(nx.pagerank(graph, weight=None, tol=1e-12), abs=1e-9)


def test_kite() -> None:
    """Krackhardt's kite: betweenness Heather .3889, closeness Fernando and Garth .6429 (Krackhardt 1990, ASQ 35)."""
    graph = nx.relabel_nodes(nx.krackhardt_kite_graph(), dict(enumerate("ABCDEFGHIJ")))
    view = lens(graph.nodes, sways=both_ways(list(graph.edges)))
    between, close = values(view, "betweenness"), values(view, "closeness-in")
    assert next(iter(between)) == "H"
    assert between["H"] == pytest.approx(0.3889, abs=5e-5)
    assert list(close)[:2] == ["F", "G"]
    assert close["F"] == close["G"] == pytest.approx(0.6429, abs=5e-5)


@pytest.fixture(scope="module")
def hightech(shared: Path) -> Lens:
    """The 21 managers: advice from adviser to asker, reports-to, friendship as a channel of its own."""
    folder = shared / "data" / "krackhardt_hightech"
    people = {r["id"]: {"level": int(r["level"]), "unit": r["dept"]} for r in rows(folder, "nodes")}
    asked = [(b, a, None, {"channel": "advice"}) for a, b in arcs(folder, "advice")]
    named = [(b, a, None, {"channel": "friendship"}) for a, b in arcs(folder, "friendship")]
    return lens(people, sways=asked + named, boss=arcs(folder, "reports_to"))


def test_hightech_advice_in_degree(hightech: Lens) -> None:
    """Krackhardt's high-tech managers, advice: in-degree counted in the published matrix."""
    heard = values(hightech, "in-degree", "channel:advice")
    wanted = {"2": 18, "18": 15, "21": 15, "7": 13, "1": 13, "11": 11, "14": 10, "6": 10, "8": 10}
    assert {p: heard[p] for p in wanted} == wanted
    assert next(iter(heard)) == "2"
    assert sum(heard.values()) == 190


def test_hightech_lines(hightech: Lens) -> None:
    """19 of 20 ask their own boss, 11 doesn't ask 18; VP 14 has the most direct reports, 7, and the next has 4."""
    boss = {s.id: s.bosses[0] for s in hightech.seats.values() if s.bosses}
    asks = {(t.dst, t.src) for t in hightech.influences if t.channel == "advice"}
    assert [(p, b) for p, b in boss.items() if (p, b) not in asks] == [("11", "18")]
    below = values(hightech, "in-degree", "superiors")
    assert sorted(below.values(), reverse=True)[:2] == [7, 4]
    assert next(iter(below)) == "14"
    assert {s.level for s in hightech.seats.values() if not s.bosses} == {1}


def test_hightech_dimensions(hightech: Lens) -> None:
    """Krackhardt 1994: the formal chart is a perfect out-tree, 1 in all four dimensions.

    Advice hierarchy 0, efficiency .575; friendship .1818 and .795 (a second program, on reachability).
    """
    from powermap.analysis.brokerage import hierarchy_dimensions
    from powermap.analysis.projection import standing

    assert values(hightech, "hierarchy-chart") == dict.fromkeys(
        ("connectedness", "hierarchy", "efficiency", "least upper bound"), 1.0
    )
    advice = hierarchy_dimensions(standing(hightech, layers=("channel:advice",)))
    friends = hierarchy_dimensions(standing(hightech, layers=("channel:friendship",)))
    assert advice["hierarchy"] == 0
    assert advice["efficiency"] == pytest.approx(0.575, abs=5e-4)
    assert friends["hierarchy"] == pytest.approx(0.1818, abs=5e-5)
    assert friends["efficiency"] == pytest.approx(0.795, abs=5e-4)


def test_hightech_brokers(hightech: Lens) -> None:
    """Gould-Fernandez totals by department, 500 in all (a second program); reversed arcs swap 95 and 62."""
    wanted = {"coordinator": 28, "itinerant": 69, "representative": 95, "gatekeeper": 62, "liaison": 246}
    found = {role: sum(values(hightech, role, "channel:advice").values()) for role in wanted}
    assert found == wanted
