"""Ways in: whom to ask to be brought to somebody, the alternatives, and a backup that shares nobody.

References
----------
Dijkstra, E. W. 1959, doi:10.1007/BF01386390, on -log of the strengths; Yen, J. Y. 1971, doi:10.1287/mnsc.17.11.712.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from math import exp
from typing import Any

import networkx as nx

from powermap.analysis.circles import let_in, warnings
from powermap.analysis.cover import owners
from powermap.analysis.deciders import deciders
from powermap.analysis.facts import coverage, listening
from powermap.analysis.fragility import reach
from powermap.analysis.meetings import met
from powermap.analysis.obstacles import begun, closed, grounds, side, told
from powermap.analysis.projection import SOURCE, blocked
from powermap.analysis.text import (
    CERTAIN,
    ESTIMATE,
    answer,
    call,
    find,
    join,
    names,
    person_name,
    signed,
    supplier_name,
)
from powermap.findings import Answer, Finding, Input, Rule
from powermap.lens import Lens
from powermap.words import Words

RULE = Rule(
    "most probable introduction",
    Words(
        "各段强度之积最大的路；不借道反对者与对手的排他支持者",
        "the way with the largest product of strengths; never through an opponent or a rival's exclusive supporter",
    ),
)


@dataclass(frozen=True, slots=True)
class Way:
    """A way from one of the supplier's people to a person: whom it passes, how likely it works, its weakest link."""

    people: tuple[str, ...]
    probability: float
    weakest: tuple[str, str]


def ways_to(
    lens: Lens, target: str, *, count: int = 3, through_opponents: bool = False, circles: bool = False
) -> list[Way]:
    """Return the most probable ways to a person, best first; none if the person is out of reach."""
    graph = reach(lens, through_opponents=through_opponents, circles=circles).graph
    if target not in graph or not nx.has_path(graph, SOURCE, target):
        return []
    # Equal ways are told apart by names, so that the order of rows in a file doesn't matter.
    found = [
        _way(graph, path)
        for path in islice(nx.shortest_simple_paths(graph, SOURCE, target, weight="length"), count + 6)
        # Who works for the supplier too needs no introduction.
        if len(path) > 2
    ]
    found.sort(
        key=lambda w: (-round(w.probability, 9), len(w.people), [person_name(lens, p) for p in w.people])
    )
    return found[:count]


def _way(graph: nx.DiGraph, path: Sequence[str]) -> Way:
    steps = list(pairwise(path[1:]))
    total = sum(graph.edges[a, b]["length"] for a, b in steps)
    weakest = min(steps, key=lambda s: graph.edges[s]["strength"])
    return Way(tuple(path[1:]), exp(-total), weakest)


def best_ways(lens: Lens) -> dict[str, Way]:
    """Return the most probable way to everybody who can be reached, all from one search; of equal ways the first by name."""
    graph = reach(lens).graph
    # Names count less than any difference of probability that matters.
    rank = {
        p: n
        for n, p in enumerate(sorted(graph, key=lambda p: (person_name(lens, p), lens.place.get(p, -1))), 1)
    }
    paths = nx.single_source_dijkstra_path(
        graph, SOURCE, weight=lambda _, b, data: data["length"] + 1e-9 * rank[b]
    )
    return {p: _way(graph, path) for p, path in paths.items() if p in lens.seats and len(path) > 2}


def backup(
    lens: Lens, target: str, best: Way, *, through_opponents: bool = False, circles: bool = False
) -> Way | None:
    """Return the best way that shares nobody with `best` but its end, or None."""
    graph = reach(lens, through_opponents=through_opponents, circles=circles).graph.copy()
    graph.remove_nodes_from(best.people[:-1])
    if not nx.has_path(graph, SOURCE, target):
        return None
    return _way(graph, nx.dijkstra_path(graph, SOURCE, target, weight="length"))


COLUMNS = (
    ("target", "目标", "To"),
    ("way", "路径", "Way"),
    ("probability", "成功概率（估计）", "Probability (estimate)"),
    ("weakest", "最弱一环", "Weakest link"),
    ("kind", "性质", "Kind"),
)


def ways(
    lens: Lens, name: str | None = None, *, circles: bool = False, through_opponents: bool = False
) -> Answer:
    """Answer how to reach a person, or every decision-maker.

    Parameters
    ----------
    name
        A name, other name or id; None for all decision-makers.
    circles
        Let an introduction run between the members of a circle too, with the low strength of the pack.
    through_opponents
        Let it pass opponents and a rival's exclusive supporters; each one passed is named.

    Raises
    ------
    AnalysisError
        If nobody, or more than one, has the name.
    """
    if name is None:
        targets = list(deciders(lens).shares)
    else:
        targets = [find(lens, name)]
    rows: list[dict[str, Any]] = []
    findings: list[Finding] = []
    passed = set(targets)
    graph = reach(lens, through_opponents=through_opponents, circles=circles).graph
    for target in targets:
        if graph.has_edge(SOURCE, target):
            findings.append(_one_of_ours(lens, target))
            continue
        found = ways_to(
            lens, target, count=3 if name else 1, circles=circles, through_opponents=through_opponents
        )
        if not found:
            findings.append(_no_way(lens, target))
            continue
        spare = backup(lens, target, found[0], circles=circles, through_opponents=through_opponents)
        findings.append(_sentence(lens, target, found[0], spare))
        passed.update(found[0].people)
        kinds = [Words("最佳", "best")] + [Words("备选", "alternative")] * (len(found) - 1)
        for way, kind in [
            *zip(found, kinds, strict=True),
            *([(spare, Words("互不依赖的后备路", "disjoint backup"))] if spare else []),
        ]:
            rows.append(
                {
                    "id": target,
                    "target": person_name(lens, target),
                    "way": _chain(lens, way.people),
                    "probability": round(way.probability, 3),
                    "weakest": _chain(lens, way.weakest),
                    "kind": kind._asdict(),
                }
            )
    findings += warnings(lens, passed)
    return answer(lens, "ways", COLUMNS, rows, findings, _used(lens, circles, through_opponents))


def _used(lens: Lens, circles: bool, through_opponents: bool) -> list[Words]:
    """Say what was let in on request."""
    notes = [let_in(lens)] if circles else []
    if through_opponents:
        notes.append(
            Words(
                "按要求允许借道反对者与对手的排他支持者。",
                "opponents and rivals' exclusive supporters are passed, as asked.",
            )
        )
    return notes


def _no_way(lens: Lens, target: str) -> Finding:
    """Say that no way leads to a person, who closes it, and where one could begin."""
    found, name = closed(lens, target), call(lens, target)
    who, start = told(lens, found), begun(lens, found)
    zh, en = f"没有路通到 {name.zh}", f"No way leads to {name.en}"
    if who is not None:
        zh += f"：{who.zh}（一定要借道，加 --through-opponents）"
        en += f": {who.en} (--through-opponents shows it)"
    if start is not None:
        zh, en = f"{zh}。{start.zh}。", f"{en}. {start.en}."
    elif who is None:
        zh, en = f"{zh}：先找一个认识的人。", f"{en}: find somebody who knows the way."
    else:
        zh, en = f"{zh}。", f"{en}."
    return Finding(
        kind="no-way-in",
        subjects=(target, *found.people),
        value=None,
        rule=RULE,
        sentence=Words(zh, en),
        certainty=CERTAIN,
        inputs=grounds(lens, found),
        urgency=2,
    )


def _one_of_ours(lens: Lens, target: str) -> Finding:
    """Say that a person works for the supplier too."""
    name, supplier = call(lens, target), supplier_name(lens)
    return Finding(
        kind="one-of-ours",
        subjects=(target,),
        value=None,
        rule=RULE,
        sentence=Words(
            f"{name.zh} 也是 {supplier.zh} 的人，不用引见。",
            f"{name.en} is one of {supplier.en}'s people too: no introduction is needed.",
        ),
        certainty=CERTAIN,
        urgency=1,
    )


def _links(lens: Lens, way: Way) -> tuple[Input, ...]:
    """Return the ties along a way, the first link first."""
    ours, first, *_ = way.people
    steps = set(pairwise(way.people))
    found = coverage(lens, (c for c in lens.covers() if (c.src, c.dst) == (ours, first)))
    return (found + listening(lens, (t for t in lens.influences if (t.src, t.dst) in steps)))[:3]


def _chain(lens: Lens, people: Sequence[str]) -> dict[str, str]:
    return {lang: " → ".join(call(lens, p)[lang] for p in people) for lang in ("zh", "en")}


def _sentence(lens: Lens, target: str, way: Way, spare: Way | None) -> Finding:
    ours, *chain = way.people
    first, end = call(lens, ours), call(lens, target)
    if len(chain) == 1:
        zh, en = f"{first.zh} 直接认识 {end.zh}", f"{first.en} knows {end.en} directly"
    else:
        through = names(lens, chain[:-1], 5)
        zh = f"请 {first.zh} 经 {through.zh} 引见 {end.zh}"
        en = f"Ask {first.en} to bring you to {end.en} through {through.en}"
    a, b = (call(lens, p) for p in way.weakest)
    weak = Words(f"；最弱一环是 {a.zh} → {b.zh}", f"; the weakest link is {a.en} → {b.en}")
    zh += f"（约 {way.probability:.0%}{weak.zh if len(chain) > 1 else ''}）"
    en += f" (about {way.probability:.0%}{weak.en if len(chain) > 1 else ''})"
    shut = [p for p in chain[:-1] if p in blocked(lens)]
    if shut:
        listed = join([Words(f"{call(lens, p).zh}（{side(lens, p).zh}）", f"{call(lens, p).en} ({side(lens, p).en})") for p in shut])  # fmt: skip
        zh, en = f"{zh}；借道 {listed.zh}，要慎重", f"{en}; it passes {listed.en}: take care"
    last = met(lens).get(target)
    if last is not None and len(chain) > 1 and target not in owners(lens):
        zh, en = (
            f"{zh}；{last.words(lens).zh}此人，尚无负责人",
            f"{en}; {last.words(lens).en}, and nobody has taken over",
        )
    zh += "。" if spare else "；没有互不依赖的后备路。"
    en += "." if spare else "; no backup that shares nobody."
    attitude = lens.attitude(target)
    return Finding(
        kind="way-in", subjects=(target,), value={"people": list(way.people), "probability": way.probability, "attitude": signed(attitude)}, rule=RULE, sentence=Words(zh, en), certainty=ESTIMATE,
        inputs=_links(lens, way), unit="probability", urgency=1,
    )  # fmt: skip
