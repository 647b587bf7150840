"""Whom a negative event reaches next: along who listens to whom, and up the lines, from where it happened (M60)."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

import networkx as nx

from powermap.analysis.deciders import deciders
from powermap.analysis.projection import hearing
from powermap.analysis.text import call
from powermap.findings import Certainty, Finding, Input, Rule
from powermap.lens import Lens
from powermap.model import Assessment
from powermap.words import Words

EVENT = "negative_event"
FIRST = 5
"""How many of those whom it reaches are named."""
RULE = Rule(
    "spread",
    Words(
        "从出事的人或部门出发，沿“谁听谁的”和汇报线往上；一条路的强度是各段之积，取最强的一条；强的先听到，决策者先说明",
        "from where it happened along who listens to whom and up the reporting lines; the strength of a way is the product of its "
        "ties, the strongest way counts; the strongest hear it first, of these deciders are to be told first",
    ),
)
ESTIMATE = Certainty(
    "estimate", Words("按已知关系推算，还会有别的渠道", "by the ties on record; there are other ways, too")
)


@dataclass(frozen=True, slots=True)
class Hearer:
    """Somebody whom an event reaches: how strong the way is, in (0, 1], and from whom they hear it."""

    person: str
    strength: float
    via: str


def events(lens: Lens) -> list[Assessment]:
    """Return the negative events about us that are still valid, the last first."""
    valid = lens.pack.items[EVENT].valid_days
    found = [
        a
        for a in lens.assessments
        if a.item == EVENT and not a.supplier and a.on and 0 <= (lens.as_of - a.on).days <= valid
    ]
    return sorted(found, key=lambda a: str(a.on), reverse=True)


def hearers(lens: Lens, event: Assessment) -> list[Hearer]:
    """Return whom an event reaches, the strongest way first; nobody where it isn't known who was there.

    It begins with the person it is about, with whoever said it, and with those who were present; each knows it already.
    """
    start = {p for p in (event.subject, event.said_by, *event.present) if p in lens.seats}
    ids, strength, _ = hearing(lens)
    graph = nx.DiGraph()
    graph.add_nodes_from(ids)
    for i, listener in enumerate(ids):
        for j, adviser in enumerate(ids):
            if strength[i, j] > 0:
                graph.add_edge(adviser, listener, far=-log(strength[i, j]))
    line = lens.pack.default("line_up")
    for person, seat in lens.seats.items():
        for boss in seat.bosses:
            far = -log(line)
            if boss in graph and far < graph.get_edge_data(person, boss, {"far": far + 1})["far"]:
                graph.add_edge(person, boss, far=far)
    if not start:
        return []
    reach, ways = nx.multi_source_dijkstra(graph, start, weight="far")
    found = [Hearer(p, exp(-far), ways[p][-2]) for p, far in reach.items() if p not in start]
    return sorted(found, key=lambda h: (-h.strength, h.person))


def findings(lens: Lens) -> list[Finding]:
    """Say of the last negative event who hears of it next, and whom to tell first."""
    for event in events(lens):
        reached = hearers(lens, event)
        if reached:
            return [_said(lens, event, reached)]
    return []


def _said(lens: Lens, event: Assessment, reached: list[Hearer]) -> Finding:
    weight = deciders(lens).shares
    first = sorted(reached[:FIRST], key=lambda h: (h.person not in weight, -h.strength))
    zh = "、".join(f"{call(lens, h.person).zh}（听 {call(lens, h.via).zh} 说）" for h in first)
    en = ", ".join(f"{call(lens, h.person).en} (from {call(lens, h.via).en})" for h in first)
    rest = len(reached) - len(first)
    more = Words(f"，另有 {rest} 人" if rest else "", f", and {rest} more" if rest else "")
    return Finding(
        kind="spread",
        subjects=tuple(h.person for h in first),
        value=len(reached),
        unit="people",
        rule=RULE,
        certainty=ESTIMATE,
        urgency=1,
        topic=event.id,
        sentence=Words(
            f"{event.on} 的负面事件接下来会传到：{zh}{more.zh}；先去说明。",
            f"The negative event of {event.on} reaches next {en}{more.en}: tell them first.",
        ),
        inputs=tuple(Input(call(lens, h.person), round(h.strength, 2), record=h.person) for h in first),
    )
