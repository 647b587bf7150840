"""The three projections of an account, the only graphs that methods run on (definitions: docs/questions.md).

========== ==================================================== ==========================================
standing   listener -> adviser, sender -> who is told:           in-degree, PageRank, Gould-Fernandez, …
           the head of an arc gains
influence  W[i, j] = part of i's attention that j has, A = how    Friedkin-Johnsen, shares, chances
           far i is moved at all
access     supplier -> its people -> whom they reach             paths, cuts, dominators, reliability
========== ==================================================== ==========================================

Stored ties carry a *strength* in (0, 1]. networkx reads ``weight`` as a strength in some functions and as a length
in others; this module alone makes that attribute, and only for functions that read a strength.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from powermap.analysis.allegiance import held_by, speaks_up
from powermap.analysis.circles import fellows
from powermap.analysis.meetings import met
from powermap.errors import AnalysisError
from powermap.lens import Lens
from powermap.model import INFORMATION, Evidence, Influences
from powermap.words import Words

SOURCE = "@supplier"
"""The source of the access projection: the supplier itself."""


def strength_of(lens: Lens, strength: float | None) -> float:
    """Return a tie's strength, or the pack's default where none was given."""
    return lens.pack.default("strength") if strength is None else strength


def informs(lens: Lens, tie: Influences) -> bool:
    """Tell whether a tie is one of telling, in whatever words its channel was written."""
    return lens.pack.channel(tie.channel) == INFORMATION


def standing(lens: Lens, *, layers: tuple[str, ...] = ("influence",)) -> nx.DiGraph:
    """Return arcs whose head gains standing: from who listens to who is listened to, from who tells to who is told.

    Parameters
    ----------
    layers
        As in :func:`standing_arcs`. Layers are summed only when asked for together.

    Returns
    -------
    networkx.DiGraph
        Every person of the account is an actor in it, also without ties. ``strength`` and ``weight`` (the same
        number, for functions that read a strength) lie above 0; ``kind`` is listens, informs, reports or circle.
    """
    graph = nx.DiGraph()
    graph.add_nodes_from(lens.seats)
    place = {person: i for i, person in enumerate(lens.seats)}
    for layer in layers:
        found = standing_arcs(lens, layer)
        # In the order of seats: sums of floats must not depend on the ids of records.
        for tail, head in sorted(found, key=lambda ends: (place[ends[0]], place[ends[1]])):
            arc = found[tail, head]
            total = arc.strength + (
                graph.edges[tail, head]["strength"] if graph.has_edge(tail, head) else 0.0
            )
            graph.add_edge(tail, head, strength=total, weight=total, kind=arc.kind)
    return graph


class Arc(NamedTuple):
    """An arc of standing: its strength above 0, the probability in [0, 1] that it is real, and its kind."""

    strength: float
    sure: float
    kind: str


def standing_arcs(lens: Lens, layer: str = "influence") -> dict[tuple[str, str], Arc]:
    """Return (tail, head) -> arc of one layer; the head gains standing.

    A tie of INFLUENCES is turned, listener -> adviser; one of the channel *information* stays as stored, sender ->
    receiver, because whoever is told has standing. Ties of negative sign are left out; of several ties that make one
    arc the strongest counts.

    Parameters
    ----------
    layer
        ``influence`` (all channels), ``channel:NAME`` (one, in any of its words), ``superiors`` (REPORTS_TO, from subordinate to boss),
        ``circles`` (members of a circle, both ways, with the low strength of the pack).

    Raises
    ------
    AnalysisError
        If there is no such layer.
    """
    if layer == "superiors":
        return {(t.src, t.dst): Arc(1.0, confidence(lens, t.evidence), "reports") for t in lens.lines}
    if layer == "circles":
        low = Arc(lens.pack.default("circle"), 1.0, "circle")
        return {(a, b): low for m in lens.circles.values() for a in m for b in m if a != b}
    if layer != "influence" and not layer.startswith("channel:"):
        raise AnalysisError(
            Words(f"没有“{layer}”这一层关系", f"there is no layer of ties called {layer!r}"),
            hint=Words(
                "可用：influence、channel:名称、superiors、circles",
                "influence, channel:NAME, superiors or circles",
            ),
        )
    key = lens.pack.channel
    wanted = key(layer.removeprefix("channel:")) if layer != "influence" else None
    arcs: dict[tuple[str, str], Arc] = {}
    for tie in lens.influences:
        if tie.sign > 0 and wanted in (None, key(tie.channel)):
            told = informs(lens, tie)
            ends = (tie.src, tie.dst) if told else (tie.dst, tie.src)
            arc = Arc(
                strength_of(lens, tie.strength),
                confidence(lens, tie.evidence),
                "informs" if told else "listens",
            )
            arcs[ends] = max(arc, arcs.get(ends, arc))
    return arcs


def hearing(lens: Lens) -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.float64]]:
    """Return the people, and two arrays of shape (n, n) with a row a listener and a column an adviser.

    The first holds the strength of the tie *j sways i* (the strongest, 0 without one), the second the confidence in
    it, a probability. Ties of negative sign are left out.
    """
    ids = tuple(lens.seats)
    place = {person: i for i, person in enumerate(ids)}
    strength, sure = np.zeros((len(ids), len(ids))), np.zeros((len(ids), len(ids)))
    for tie in lens.influences:
        if tie.sign > 0:
            arc = place[tie.dst], place[tie.src]
            said = (strength_of(lens, tie.strength), confidence(lens, tie.evidence))
            if said > (strength[arc], sure[arc]):
                strength[arc], sure[arc] = said
    return ids, strength, sure


def confidence(lens: Lens, evidence: Evidence) -> float:
    """Return the probability that a fact is true: as given, else the pack's for its status."""
    given = evidence.confidence
    return lens.pack.default(f"confidence_{evidence.status}") if given is None else given


def susceptibility(lens: Lens, *, firm: bool = True) -> NDArray[np.float64]:
    """Return how far each one can be moved at all, in [0, 1] and in the order of seats: by adaptability where known.

    Parameters
    ----------
    firm
        Give 0 to whoever speaks up for a supplier already.
    """
    table = lens.pack.adaptability
    return np.array(
        [
            0.0
            if firm and any(speaks_up(lens, s.id, x.id) for x in lens.suppliers)
            else table.get(s.person.adaptability, table["default"])
            for s in lens.seats.values()
        ]
    )


def influence(
    lens: Lens,
) -> tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.float64]]:
    """Return the people, W of shape (n, n) with rows summing to 1, and the diagonal of A, shape (n,).

    W[i, j] is the part of their attention that listener i gives to j, from the strengths of :func:`hearing`; whoever
    listens to nobody has W[i, i] = 1. A[i] is how far i is moved: see :func:`moved_by`.
    """
    ids, strength, _ = hearing(lens)
    return ids, row_stochastic(strength), moved_by(strength, susceptibility(lens))


def row_stochastic(strength: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scale the rows of non-negative strengths to 1; whoever listens to nobody keeps their own view.

    Shape (..., n, n): one network, or many at once.
    """
    total = strength.sum(axis=-1)
    silent = total == 0
    result: NDArray[np.float64] = strength / np.where(silent, 1.0, total)[..., None]
    at = np.arange(strength.shape[-1])
    result[..., at, at] += silent
    return result


def moved_by(strength: NDArray[np.float64], a: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far each listener is moved by the others: a times the sum of the strengths, at most 1.

    One tie of .05 moves a listener of susceptibility .8 by 4 % of the way, one of .5 by 40 %; above a sum of 1 strengths
    only divide it. Whoever listens to nobody has 0.

    Parameters
    ----------
    strength
        Shape (..., n, n), a row a listener.
    a
        Susceptibility in [0, 1], shape (n,).

    Returns
    -------
    Shape (..., n), in [0, 1].
    """
    return np.asarray(a * np.minimum(1.0, strength.sum(axis=-1)))


def blocked(lens: Lens) -> set[str]:
    """Return whom an introduction doesn't pass: opponents, and exclusive supporters of another supplier."""
    return {p for p in lens.seats if (lens.attitude(p) or 0) < 0 or held_by(lens, p) is not None}


def access(
    lens: Lens, *, through_opponents: bool = False, circles: bool = False, meetings: bool = False
) -> nx.DiGraph:
    """Return how the supplier's people reach the customer's.

    Arcs: the source -> each of its people who covers somebody -> whom they cover -> along INFLUENCES as stored, and
    along reporting lines both ways. On request between the members of a circle too, the supplier's own among them, and
    from whoever of the supplier's met somebody. People of :func:`blocked` can be reached, but nothing leads on from
    them, unless `through_opponents`. ``strength`` is the probability that an introduction along the arc works;
    ``length`` its -log.
    """
    graph = nx.DiGraph()
    graph.add_node(SOURCE)
    graph.add_nodes_from(lens.seats)
    closed = set() if through_opponents else blocked(lens)

    def arc(tail: str, head: str, strength: float, kind: str) -> None:
        if tail in closed:
            return
        if graph.has_edge(tail, head) and graph.edges[tail, head]["strength"] >= strength:
            return
        graph.add_edge(tail, head, strength=strength, length=-math.log(strength), kind=kind)

    for cover in lens.covers():
        arc(SOURCE, cover.src, 1.0, "team")
        arc(cover.src, cover.dst, strength_of(lens, cover.strength), "covers")
    for tie in lens.influences:
        if tie.sign > 0:
            arc(tie.src, tie.dst, strength_of(lens, tie.strength), "influences")
    up, down = lens.pack.default("line_up"), lens.pack.default("line_down")
    for line in lens.lines:
        arc(line.src, line.dst, up, "line")
        arc(line.dst, line.src, down, "line")
    if circles:
        low = lens.pack.default("circle")
        for members in lens.circles.values():
            for a in members:
                for b in members:
                    if a != b:
                        arc(a, b, low, "circle")
        for fellow in fellows(lens):
            if fellow.supplier == lens.supplier.id:
                arc(SOURCE, fellow.person, 1.0, "team")
                for member in fellow.members:
                    arc(fellow.person, member, low, "circle")
    if meetings:
        low = float(lens.pack.topic("actions")["contact"]["meeting"])
        for person, last in met(lens).items():
            arc(SOURCE, last.ours, 1.0, "team")
            arc(last.ours, person, low, "meeting")
    return graph


def arcs(lens: Lens, name: str) -> list[dict[str, Any]]:
    """Return a projection as rows of (from, to, strength, kind), so that anybody can check it."""
    if name == "influence":
        ids, matrix, _ = influence(lens)
        return [
            {"from": ids[i], "to": ids[j], "strength": float(matrix[i, j]), "kind": "listens"}
            for i, j in zip(*np.nonzero(matrix), strict=True)
        ]
    graph = standing(lens) if name == "standing" else access(lens)
    return [
        {"from": tail, "to": head, "strength": data["strength"], "kind": data.get("kind", "listens")}
        for tail, head, data in graph.edges(data=True)
    ]
