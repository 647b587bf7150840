"""Raw measures on a named projection, so that anybody can check a number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from math import isnan
from typing import Any

import networkx as nx

from powermap.analysis import brokerage, keyplayers, projection
from powermap.analysis.camps import border
from powermap.analysis.fragility import reach
from powermap.analysis.influence import pagerank, susceptibility, total_influence
from powermap.analysis.projection import SOURCE
from powermap.analysis.reliability import Reliability, chances, reliability
from powermap.analysis.text import answer, call, find, person_name
from powermap.errors import AnalysisError
from powermap.findings import Answer
from powermap.lens import Lens
from powermap.words import Words, both

Values = dict[Any, Any]
"""By person; for the other measures by a set of people, or by the name of a dimension."""
DIMENSIONS = {
    "connectedness": Words("连通度", "connectedness"),
    "hierarchy": Words("层级度", "hierarchy"),
    "efficiency": Words("效率", "efficiency"),
    "least upper bound": Words("最小上界", "least upper bound"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A raw measure: its projection, what it says, and how it is computed (person -> number, or name -> number)."""

    name: str
    projection: str
    words: Words
    compute: Callable[[Lens, nx.DiGraph], Values]
    people: bool = True


def _undirected(graph: nx.DiGraph) -> nx.Graph:
    """Return who is tied to whom, whatever the direction, without the supplier's side."""
    return graph.to_undirected()


def _katz(lens: Lens, graph: nx.DiGraph) -> Values:
    if len(graph) == 1:
        # networkx stumbles over a single actor; the score's norm is 1.
        return dict.fromkeys(graph, 1.0)
    radius = (
        max(abs(nx.adjacency_spectrum(graph, weight="weight")), default=0.0)
        if graph.number_of_edges()
        else 0.0
    )
    alpha = min(0.1, 0.9 / radius) if radius > 0 else 0.1
    return dict(nx.katz_centrality_numpy(graph, alpha=alpha, beta=1.0, weight="weight"))


def _leaderrank(lens: Lens, graph: nx.DiGraph) -> Values:
    """LeaderRank (Lu et al. 2011, doi:10.1371/journal.pone.0021202): PageRank with a ground actor instead of damping."""
    ground = "@ground"
    wide = nx.DiGraph()
    wide.add_weighted_edges_from(graph.edges.data("weight"))
    for person in graph:
        wide.add_edge(person, ground, weight=1.0)
        wide.add_edge(ground, person, weight=1.0)
    # Damping 1 is a plain random walk; the ground makes it settle.
    score = nx.pagerank(wide, alpha=0.999999999, tol=1e-13, max_iter=100_000)
    spread = score.pop(ground, 0.0) / max(len(graph), 1)
    return {person: (score[person] + spread) * len(graph) for person in graph}


def _constraint(lens: Lens, graph: nx.DiGraph) -> Values:
    found = nx.constraint(_undirected(graph))
    return {p: None if isnan(x) else x for p, x in found.items()}


def _effective_size(lens: Lens, graph: nx.DiGraph) -> Values:
    found = nx.effective_size(_undirected(graph))
    return {p: None if isnan(x) else x for p, x in found.items()}


def _groups(lens: Lens) -> dict[str, str]:
    return {s.id: s.unit or "(none)" for s in lens.seats.values()}


def _role(name: str) -> Callable[[Lens, nx.DiGraph], Values]:
    def compute(lens: Lens, graph: nx.DiGraph) -> Values:
        return {p: roles[name] for p, roles in brokerage.gould_fernandez(graph, _groups(lens)).items()}

    return compute


def _surprise(name: str) -> Callable[[Lens, nx.DiGraph], Values]:
    def compute(lens: Lens, graph: nx.DiGraph) -> Values:
        return {p: z[name] for p, z in brokerage.brokerage_surprise(graph, _groups(lens)).items()}

    return compute


def _lost(lens: Lens, graph: nx.DiGraph) -> Values:
    found = reach(lens)
    return {p: len([x for x in found.loses(p) if x in lens.seats]) for p in graph if p != SOURCE}


def _ways(lens: Lens, graph: nx.DiGraph) -> Values:
    found = reach(lens)
    return {p: found.ways(p) for p in lens.seats}


def _best_pair(measure: str) -> Callable[[Lens, nx.DiGraph], Values]:
    def compute(lens: Lens, graph: nx.DiGraph) -> Values:
        sets, _ = keyplayers.best_sets(_undirected(graph), min(2, len(graph)), measure, top=5)
        return {tuple(people): value for value, people in sets}

    return compute


def _articulation(lens: Lens, graph: nx.DiGraph) -> Values:
    found = set(nx.articulation_points(_undirected(graph)))
    return {p: p in found for p in graph}


def _bridges(lens: Lens, graph: nx.DiGraph) -> Values:
    return dict.fromkeys(nx.bridges(_undirected(graph)), 1)


def _hierarchy(_: Lens, graph: nx.DiGraph) -> Values:
    return dict(brokerage.hierarchy_dimensions(graph))


def _hierarchy_chart(lens: Lens, _: nx.DiGraph) -> Values:
    # The chart is read from superior to subordinate, advice from asker to adviser.
    return dict(brokerage.hierarchy_dimensions(projection.standing(lens, layers=("superiors",)).reverse()))


def _chance(lens: Lens, graph: nx.DiGraph) -> Values:
    ties = [(a, b, strength, False) for a, b, strength in graph.edges.data("strength")]
    return {p: r.value for p, r in chances(ties, SOURCE, lens.seats).items()}


def _reliability(graph: nx.Graph, one: str, other: str, holds: float | None) -> Reliability:
    ties = [(a, b, s if holds is None else holds, True) for a, b, s in graph.edges.data("strength")]
    return reliability(ties, one, other)


def _min_cut(graph: nx.Graph, one: str, other: str, _: float | None) -> Reliability:
    found = border(graph, [one], [other])
    return Reliability(found.value if found else float("nan"))


def _paths(graph: nx.Graph, one: str, other: str, _: float | None) -> Reliability:
    return Reliability(float(nx.node_connectivity(graph, one, other)))


STANDING, INFLUENCE, ACCESS = "standing", "influence", "access"
_ALL = (
    Measure(
        "in-degree",
        STANDING,
        Words("被多少人听取", "how many listen to the person"),
        lambda _, g: dict(g.in_degree()),
    ),
    Measure(
        "in-strength",
        STANDING,
        Words("被听取的强度之和", "sum of the strengths of those who listen"),
        lambda _, g: dict(g.in_degree(weight="strength")),
    ),
    Measure(
        "out-degree",
        STANDING,
        Words("听取多少人", "how many the person listens to"),
        lambda _, g: dict(g.out_degree()),
    ),
    Measure(
        "pagerank",
        STANDING,
        Words("被有分量的人听取", "listened to by those who are listened to"),
        lambda lens, _: pagerank(lens),
    ),
    Measure("katz", STANDING, Words("Katz 中心度", "Katz centrality"), _katz),
    Measure("leaderrank", STANDING, Words("LeaderRank", "LeaderRank"), _leaderrank),
    Measure(
        "closeness-in",
        STANDING,
        Words("离所有听者有多近", "how near all listeners are"),
        lambda _, g: dict(nx.closeness_centrality(g)),
    ),
    Measure(
        "betweenness",
        STANDING,
        Words(
            "介于他人之间（有向）：谁在连接，不是谁有权",
            "between others (directed): who connects, not who has power",
        ),
        lambda _, g: dict(nx.betweenness_centrality(g)),
    ),
    Measure(
        "betweenness-raw",
        STANDING,
        Words("有向介数，不归一", "directed betweenness, unnormalised"),
        lambda _, g: dict(nx.betweenness_centrality(g, normalized=False)),
    ),
    Measure(
        "betweenness-undirected",
        STANDING,
        Words("无向介数", "undirected betweenness"),
        lambda _, g: dict(nx.betweenness_centrality(_undirected(g))),
    ),
    Measure(
        "constraint",
        STANDING,
        Words(
            "Burt 约束：越小越自由（无向，不计强度）",
            "Burt's constraint: the less, the freer (undirected, strengths not counted)",
        ),
        _constraint,
    ),
    Measure("effective-size", STANDING, Words("Burt 有效规模", "Burt's effective size"), _effective_size),
    Measure("k-core", STANDING, Words("k 核", "k-core"), lambda _, g: dict(nx.core_number(_undirected(g)))),
    *(
        Measure(
            role,
            STANDING,
            Words(f"Gould-Fernandez {zh}（按部门）", f"Gould-Fernandez {role} (by department)"),
            _role(role),
        )
        for role, zh in zip(brokerage.ROLES, ("协调者", "巡回者", "代表者", "守门人", "联络者"), strict=True)
    ),
    *(
        Measure(
            f"{role}-z",
            STANDING,
            Words(
                f"{zh}比随机多几个标准差（部门重新分派）",
                f"{role}: standard deviations above chance (departments dealt anew)",
            ),
            _surprise(role),
        )
        for role, zh in zip(brokerage.ROLES, ("协调者", "巡回者", "代表者", "守门人", "联络者"), strict=True)
    ),
    Measure(
        "articulation", STANDING, Words("割点（无向）", "articulation point (undirected)"), _articulation
    ),
    Measure("bridges", STANDING, Words("桥（无向）", "bridges (undirected)"), _bridges, people=False),
    Measure(
        "kpp-neg",
        STANDING,
        Words("去掉哪两人最能使网络破碎（F）", "the pair whose loss fragments the network most (F)"),
        _best_pair("F"),
        people=False,
    ),
    Measure(
        "kpp-neg-distance",
        STANDING,
        Words("去掉哪两人最能使网络破碎（D_F）", "the pair whose loss fragments the network most (D_F)"),
        _best_pair("D_F"),
        people=False,
    ),
    Measure(
        "kpp-pos",
        STANDING,
        Words("哪两人合起来最能触达所有人（D_R）", "the pair that together reaches everybody best (D_R)"),
        _best_pair("D_R"),
        people=False,
    ),
    Measure(
        "hierarchy",
        STANDING,
        Words("听取网络的 Krackhardt 四维", "Krackhardt's dimensions of who listens to whom"),
        _hierarchy,
        people=False,
    ),
    Measure(
        "hierarchy-chart",
        STANDING,
        Words("汇报线的 Krackhardt 四维", "Krackhardt's dimensions of the reporting lines"),
        _hierarchy_chart,
        people=False,
    ),
    Measure(
        "total-influence",
        INFLUENCE,
        Words("Friedkin-Johnsen：最终看法中来自谁", "Friedkin-Johnsen: whose view ends up in everybody's"),
        lambda lens, _: total_influence(lens),
    ),
    Measure(
        "susceptibility",
        INFLUENCE,
        Words("可被影响的程度", "susceptibility to influence"),
        lambda lens, _: dict(zip(lens.seats, map(float, susceptibility(lens)), strict=True)),
    ),
    Measure(
        "lost",
        ACCESS,
        Words("离开后够不着的人数", "people out of reach without the person (dominator tree)"),
        _lost,
    ),
    Measure("disjoint-ways", ACCESS, Words("互不共用一人的路数", "ways that share nobody"), _ways),
    Measure(
        "chance",
        ACCESS,
        Words("至少一路走通的概率", "probability that some way of introductions works"),
        _chance,
    ),
)
_PAIRS: dict[str, tuple[Words, Callable[[nx.Graph, str, str, float | None], Reliability]]] = {
    "reliability": (
        Words(
            "两人之间仍有路相通的概率（各关系独立）",
            "probability that a way is left between two people, ties independent",
        ),
        _reliability,
    ),
    "min-cut": (
        Words("断开两人所需断开的关系，强度之和最小", "least total strength of ties that part two people"),
        _min_cut,
    ),
    "paths": (Words("两人之间互不共用一人的路数", "ways between two people that share nobody"), _paths),
}
"""Measures of two people, on the ties of influence without direction."""
REGISTRY = {m.name: m for m in _ALL}


def list_measures() -> list[tuple[str, str, Words]]:
    """List the raw measures: name, projection, meaning."""
    pairs = [(name, "standing, two people", words) for name, (words, _) in _PAIRS.items()]
    return [(m.name, m.projection, m.words) for m in _ALL] + pairs


def measure(
    lens: Lens,
    name: str,
    layer: str | None = None,
    between: tuple[str, str] | None = None,
    holds: float | None = None,
) -> Answer:
    """Return one raw measure for everybody or for two people, or a projection itself (``projection``).

    Parameters
    ----------
    name
        A name of :func:`list_measures`, or ``projection``.
    layer
        ``standing``, ``influence`` or ``access``; for a measure on standing also ``channel:NAME`` or ``superiors``.
    between
        Names of two people, for the measures of two: ``reliability``, ``min-cut``, ``paths``.
    holds
        For ``reliability``: one chance in [0, 1] that a tie holds, in place of the strengths.
    """
    if name in _PAIRS:
        return _of_two(lens, name, layer, between, holds)
    if name == "projection":
        kind = layer or "standing"
        if kind not in (STANDING, INFLUENCE, ACCESS):
            raise AnalysisError(
                Words(f"没有“{kind}”这种投影", f"{kind!r} is no projection"),
                hint=both("standing | influence | access"),
            )
        rows = [
            {**arc, "from": _label(lens, arc["from"]), "to": _label(lens, arc["to"])}
            for arc in projection.arcs(lens, kind)
        ]
        return answer(
            lens,
            "measure",
            (
                ("from", "从", "From"),
                ("to", "到", "To"),
                ("strength", "强度", "Strength"),
                ("kind", "类型", "Kind"),
            ),
            rows,
            notes=[Words(f"投影：{kind}", f"projection: {kind}")],
        )
    found = REGISTRY.get(name)
    if found is None:
        near = get_close_matches(name, (*REGISTRY, *_PAIRS), 1)
        raise AnalysisError(
            Words(
                f"没有“{name}”这个指标" + (f"；是不是“{near[0]}”？" if near else ""),
                f"{name!r} is no measure" + (f"; perhaps {near[0]!r}" if near else ""),
            ),
            hint=Words("`powermap measure list` 列出全部指标", "`powermap measure list` names them"),
        )
    if between is not None or holds is not None:
        raise AnalysisError(
            Words(f"{name} 不是关于两个人的指标", f"{name} is not about two people"),
            hint=Words(
                "--from、--to、--holds 只用于 " + "、".join(_PAIRS),
                "--from, --to and --holds go with " + ", ".join(_PAIRS),
            ),
        )
    if layer is None or layer == found.projection:
        graph = projection.access(lens) if found.projection == ACCESS else projection.standing(lens)
    elif found.projection == STANDING and (layer.startswith("channel:") or layer == "superiors"):
        graph = projection.standing(lens, layers=(layer,))
    else:
        more = " | channel:NAME | superiors" if found.projection == STANDING else ""
        raise AnalysisError(
            Words(
                f"{name} 只在 {found.projection} 投影上计算，不能用“{layer}”",
                f"{name} runs on the {found.projection} projection, not on {layer!r}",
            ),
            hint=both(f"--projection {found.projection}{more}"),
        )
    if not lens.seats:
        raise AnalysisError(Words(f"{lens.account.name} 还没有人员", f"{lens.account.name} has no people"))
    values = found.compute(lens, graph)
    note = [
        Words(
            f"{found.words.zh}；投影：{layer or found.projection}",
            f"{found.words.en}; projection: {layer or found.projection}",
        )
    ]
    if not found.people:
        said = [_what(lens, key, " – " if name == "bridges" else " + ") for key in values]
        rows = [
            {"name": label, "value": value} for (label, _), value in zip(said, values.values(), strict=True)
        ]
        head = (("name", "对象", "What"), ("value", "值", "Value"))
        told = answer(lens, "measure", head, rows, notes=note)
        return replace(told, labels={**told.labels, **dict(said)})
    order = sorted(
        (p for p in values if p in lens.seats or p in graph),
        key=lambda p: (-(round(values[p], 12) if values[p] is not None else -1e18), person_name(lens, p)),
    )
    rows = [
        {
            "id": p,
            "name": person_name(lens, p),
            "title": lens.seats[p].title if p in lens.seats else "",
            "value": values[p],
        }
        for p in order
    ]
    return answer(
        lens,
        "measure",
        (("name", "姓名", "Name"), ("title", "职务", "Title"), ("value", name, name)),
        rows,
        notes=note,
    )


def _what(lens: Lens, key: str | tuple[str, ...], sign: str) -> tuple[str, Words]:
    """Name a dimension or a set of people: as the store has it, and in each language."""
    if isinstance(key, str):
        return key, DIMENSIONS[key]
    names = [call(lens, p) for p in key]
    words = Words(sign.join(n.zh for n in names), sign.join(n.en for n in names))
    return sign.join(person_name(lens, p) for p in key), words


def _label(lens: Lens, person: str) -> str:
    return lens.supplier.organization.name if person == SOURCE else person_name(lens, person)


def _of_two(
    lens: Lens, name: str, layer: str | None, between: tuple[str, str] | None, holds: float | None
) -> Answer:
    words, compute = _PAIRS[name]
    if between is None:
        raise AnalysisError(
            Words(f"{name} 是关于两个人的指标", f"{name} is about two people"),
            hint=Words("请写明两人：--from 姓名 --to 姓名", "name them: --from NAME --to NAME"),
        )
    if holds is not None and not 0 <= holds <= 1:
        raise AnalysisError(
            Words(f"概率应在 0 到 1 之间，不能是 {holds:g}", f"a chance lies between 0 and 1, not {holds:g}")
        )
    one, other = (find(lens, n) for n in between)
    if one == other:
        raise AnalysisError(
            Words(
                f"{name} 是关于两个人的，两次都写了 {between[0]}",
                f"{name} is about two people, not {between[0]} twice",
            )
        )
    standing = projection.standing(lens, layers=(layer,) if layer not in (None, STANDING) else ("influence",))
    graph = nx.Graph()
    graph.add_nodes_from(standing)
    for a, b, strength in standing.edges.data("strength"):
        if not graph.has_edge(a, b) or graph.edges[a, b]["strength"] < strength:
            graph.add_edge(a, b, strength=strength)
    label = {lang: " – ".join(call(lens, p)[lang] for p in (one, other)) for lang in ("zh", "en")}
    found = compute(graph, one, other, holds)
    rows = [{"name": label, "value": found.value}]
    head = (("name", "对象", "What"), ("value", "值", "Value"))
    notes = [words, found.words] if found.error else [words]
    return answer(lens, "measure", head, rows, notes=notes)
