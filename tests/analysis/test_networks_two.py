"""More real networks: a strike, a policy field, bureaucracies and rescue operations."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from builder import arcs, lens, rows
from scipy.stats import spearmanr

from powermap.analysis import keyplayers, projection
from powermap.analysis.fragility import reach
from powermap.analysis.influence import friedkin_johnsen, pagerank
from powermap.analysis.measures import measure
from powermap.lens import Lens


def values(view: Lens, name: str, layer: str | None = None) -> dict[str, float]:
    return {row.get("id", row["name"]): row["value"] for row in measure(view, name, layer).rows}


@pytest.fixture(scope="module")
def ties(shared: Path) -> list[tuple[str, str]]:
    return arcs(shared / "data" / "michael_strike", "discusses_strike")


@pytest.fixture(scope="module")
def strike(ties: list[tuple[str, str]]) -> Lens:
    """The strike of Michael 1997: each undirected tie as two arcs."""
    return lens(dict.fromkeys(p for t in ties for p in t), sways=[*ties, *((b, a) for a, b in ties)])


def test_strike_between(strike: Lens) -> None:
    """Michael 1997: betweenness, bridges and articulation points (a second program)."""
    found = values(strike, "betweenness-undirected")
    assert list(found)[:4] == ["Bob", "Norm", "Alejandro", "Sam"]
    assert [found[p] for p in ("Bob", "Norm", "Alejandro", "Sam", "Wendle")] == pytest.approx(
        [0.6153, 0.5718, 0.2372, 0.1660, 0], abs=5e-5
    )
    assert sum(v == 0 for v in found.values()) == 7
    bridges = {frozenset(name.split(" – ")) for name in values(strike, "bridges")}
    assert bridges == {frozenset({"Bob", "Alejandro"}), frozenset({"Frank", "Gill"})}
    cut = {p for p, v in values(strike, "articulation").items() if v}
    assert cut == {"Alejandro", "Bob", "Gill", "Norm", "Sam"}


@pytest.mark.parametrize(
    ("name", "key", "best", "second"),
    [
        ("kpp-neg", "F", 0.6623, 0.6580),
        ("kpp-neg-distance", "D_F", 0.8026, 0.7835),
        ("kpp-pos", "D_R", 0.7639, 0.7431),
    ],
)
def test_strike_key_players(strike: Lens, name: str, key: str, best: float, second: float) -> None:
    """{Bob, Norm} is the unique best of 276 pairs; the negotiators {Sam, Wendle} are far down (a second program)."""
    found = values(strike, name)
    assert next(iter(found)) == "Bob + Norm"
    assert list(found.values())[:2] == pytest.approx([best, second], abs=5e-5)
    graph = projection.standing(strike).to_undirected()
    every, exact = keyplayers.best_sets(graph, 2, key, top=276)
    assert exact and len(every) == 276
    if key == "D_R":
        assert keyplayers.distance_reach(graph, ("Sam", "Wendle")) == pytest.approx(0.4944, abs=5e-5)
        assert next(i for i, (_, s) in enumerate(every, 1) if s == ("Sam", "Wendle")) == 248


def test_greedy_key_players(strike: Lens, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are too many sets, greedy with swaps still finds the pair here, and says that it isn't exact."""
    monkeypatch.setattr(keyplayers, "MAX_SETS", 10)
    graph = projection.standing(strike).to_undirected()
    assert keyplayers.best_sets(graph, 2, "F") == (
        [(pytest.approx(0.6623, abs=5e-5), ("Bob", "Norm"))],
        False,
    )


def test_strike_dominators(ties: list[tuple[str, str]]) -> None:
    """People lost besides himself, from a source to {Sam, Wendle}: Sam 21, Norm 14, Bob 4, Alejandro 3, Gill 1."""
    people = dict.fromkeys(p for t in ties for p in t)
    view = lens(
        people,
        sways=[*ties, *((b, a) for a, b in ties)],
        covers=[("Ava", "Sam", 0.9), ("Ben", "Wendle", 0.9)],
    )
    lost = {p: v for p, v in values(view, "lost").items() if v and p in people}
    assert lost == {"Sam": 21, "Norm": 14, "Bob": 4, "Alejandro": 3, "Gill": 1}
    assert reach(view).loses("Ava") == frozenset()


def test_strike_seeding(strike: Lens) -> None:
    """Friedkin-Johnsen seeding: best pair Bob and Norm .5952, next .5868 (a second program).

    Seeds have susceptibility 0 and view 1, the others .9 and 0; the mean is over all 24.
    """
    ids, w, _ = projection.influence(strike)
    found = []
    for pair in combinations(range(len(ids)), 2):
        a, view = np.full(len(ids), 0.9), np.zeros(len(ids))
        a[list(pair)], view[list(pair)] = 0.0, 1.0
        found.append((float((friedkin_johnsen(w, a) @ view).mean()), {ids[i] for i in pair}))
    found.sort(key=lambda f: -f[0])
    assert found[0] == (pytest.approx(0.5952, abs=5e-5), {"Bob", "Norm"})
    assert found[1][0] == pytest.approx(0.5868, abs=5e-5)


def test_policy_network(shared: Path) -> None:
    """Schneider 1988: influence reputation agrees with PageRank on political information .890, in-degree .851.

    Directed betweenness .712 (Spearman, average ranks; a second program). Reversed arcs give .411: a check of direction.
    """
    folder = shared / "data" / "chemnet_policy"
    people = [r["id"] for r in rows(folder, "nodes")]
    told = arcs(folder, "political_info")
    named: dict[str, int] = dict.fromkeys(people, 0)
    for _, who in arcs(folder, "deems_influential"):
        named[who] += 1
    # Stored sender -> receiver; the channel alone says that whoever is told gains standing.
    right = lens(people, sways=[(a, b, None, {"channel": "information"}) for a, b in told])
    wrong = lens(people, sways=[(b, a, None, {"channel": "information"}) for a, b in told])

    def agreement(found: dict[str, float]) -> float:
        return float(spearmanr([found[p] for p in people], [named[p] for p in people]).statistic)

    assert agreement(pagerank(right)) == pytest.approx(0.890, abs=5e-4)
    assert agreement(values(right, "in-degree")) == pytest.approx(0.851, abs=5e-4)
    assert agreement(values(right, "betweenness")) == pytest.approx(0.712, abs=5e-4)
    assert agreement(pagerank(wrong)) == pytest.approx(0.411, abs=5e-4)


def test_bureaucracies(shared: Path) -> None:
    """Knoke and Wood 1981 in Hanneman and Riddle 2005: unnormalised directed betweenness."""
    folder = shared / "data" / "knoke_bureaucracies"
    people = [r["id"] for r in rows(folder, "nodes")]
    # Information is stored as it runs; whoever is given money is listened to by who gives it.
    ties = [(a, b, None, {"channel": "information"}) for a, b in arcs(folder, "information")]
    ties += [(b, a, None, {"channel": "money"}) for a, b in arcs(folder, "money")]
    view = lens(people, sways=ties)
    info = values(view, "betweenness-raw", "channel:information")
    assert list(info)[:3] == ["MAYR", "COMM", "EDUC"]
    assert list(info.values())[:3] == pytest.approx([17.83, 12.33, 11.69], abs=5e-3)
    money = values(view, "betweenness-raw", "channel:money")
    assert next(iter(money.items())) == ("UWAY", pytest.approx(9.0))


def test_rescue_operations(shared: Path) -> None:
    """Drabek et al. 1981: whom informants rank highest as decision-maker is first or second by in-degree."""
    folder = shared / "data" / "drabek_emon"
    nodes: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows(folder, "nodes"):
        nodes[row["network"]].append(row)
    ties = arcs(folder, "communicates")
    found = {}
    for network, group in nodes.items():
        ids = {r["id"] for r in group}
        view = lens([r["id"] for r in group], sways=[(b, a) for a, b in ties if a in ids])
        heard = values(view, "in-degree")
        top = max(group, key=lambda r: float(r["decision_rank"] or 0))["id"]
        above = len({v for v in heard.values() if v > heard[top]})
        found[network.split(".")[0]] = (heard[top], above, sum(v == heard[top] for v in heard.values()))
    assert sorted(found.values()) == [(9, 1, 3), (12, 0, 1), (19, 0, 2)]
