"""The border between two suppliers' camps: where the people who hold to one are tied to those who hold to the other.

Reference
---------
Zachary, W. W. 1977, Journal of Anthropological Research 33:452-473, doi:10.1086/jar.33.4.3629752 (minimum cut between camps).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum

import networkx as nx

from powermap.analysis import projection
from powermap.analysis.text import person_name
from powermap.lens import Lens

LEFT, RIGHT = "@left", "@right"


@dataclass(frozen=True, slots=True)
class Border:
    """The smallest total strength of ties that parts two camps, one such set of ties, and who stands on which side."""

    value: float
    ties: tuple[tuple[str, str], ...]
    ours: frozenset[str]
    theirs: frozenset[str]


def border(graph: nx.Graph, ours: Iterable[str], theirs: Iterable[str]) -> Border | None:
    """Cut an undirected graph of ``strength`` between two sets of people; None if one is empty or they share somebody."""
    left, right = set(ours), set(theirs)
    if not left or not right or left & right:
        return None
    flow = nx.DiGraph()
    flow.add_nodes_from(graph)
    for a, b, strength in graph.edges.data("strength"):
        flow.add_edge(a, b, capacity=strength)
        flow.add_edge(b, a, capacity=strength)
    for person in left:
        flow.add_edge(LEFT, person)
    for person in right:
        flow.add_edge(person, RIGHT)
    _, (near, far) = nx.minimum_cut(flow, LEFT, RIGHT)
    # In the order of the people given, so that ids decide nothing.
    place = {person: n for n, person in enumerate(graph)}
    cut = sorted(
        ((a, b) for a, b in graph.edges if (a in near) != (b in near)),
        key=lambda e: (place[e[0]], place[e[1]]),
    )
    return Border(
        # Summed anew: the flow adds up in the order of a set.
        fsum(graph.edges[tie]["strength"] for tie in cut),
        tuple((a, b) if a in near else (b, a) for a, b in cut),
        frozenset(near - {LEFT}),
        frozenset(far - {RIGHT}),
    )


def border_to(lens: Lens, rival: str) -> Border | None:
    """Cut the ties of positive sign between those who support the lens's supplier and those who support a rival more.

    A camp's people have an attitude of +1 or more to it, and a higher one than to the other.
    """
    mine, theirs = [], []
    for person in lens.seats:
        a, b = lens.attitude(person), lens.attitude(person, rival)
        if a is not None and a >= 1 and a > (b if b is not None else -3):
            mine.append(person)
        elif b is not None and b >= 1 and b > (a if a is not None else -3):
            theirs.append(person)
    graph = nx.Graph()
    graph.add_nodes_from(lens.seats)
    for tie in lens.influences:
        if tie.sign > 0:
            strength = projection.strength_of(lens, tie.strength)
            if not graph.has_edge(tie.src, tie.dst) or graph.edges[tie.src, tie.dst]["strength"] < strength:
                graph.add_edge(tie.src, tie.dst, strength=strength)
    return border(
        graph,
        sorted(mine, key=lambda p: person_name(lens, p)),
        sorted(theirs, key=lambda p: person_name(lens, p)),
    )
