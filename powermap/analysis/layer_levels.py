"""The levels of the three relations (M50-M56): what was judged, beside what the records make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from powermap.analysis.key_people import key_people
from powermap.lens import Lens
from powermap.model import Assessment, Interaction
from powermap.model.naming import fold

GENERAL, KEY, ORGANIZATION = "general", "key", "organization"
"""The three relations: floor, pillars and roof of the house."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which parts, in [0, 1], of departments, people and levels we touch; None where nothing of the kind is known."""

    departments: float | None
    people: float | None
    levels: float | None
    bare: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organizational:
    """The relation between the organizations: the level judged, the one that the stages joined make, and these stages."""

    judged: int | None
    joined: int | None
    stages: tuple[str, ...]
    left: tuple[str, ...]

    @property
    def level(self) -> int | None:
        """The level judged, else the one that the stages make."""
        return self.judged if self.judged is not None else self.joined


def meetings_of(lens: Lens) -> list[Interaction]:
    """Return the interactions in which somebody of the lens's supplier took part, oldest first."""
    return [i for i in lens.interactions if any(lens.employer.get(p) == lens.supplier.id for p in i.ours)]


def last(lens: Lens, item: str, subject: str = "") -> Assessment | None:
    """Return the last verdict of an item about a subject (the account itself if none), about us; None if there is none."""
    told = [a for a in lens.assessments if a.item == item and a.subject == subject and not a.supplier]
    return told[-1] if told else None


def scores(lens: Lens, family: str, subject: str = "") -> Mapping[str, Assessment]:
    """Return the last verdict of each item of a family about a subject, about us."""
    keys = [item.key for item in lens.pack.items.values() if item.family == family]
    found = {key: last(lens, key, subject) for key in keys}
    return {key: a for key, a in found.items() if a is not None}


def coverage(lens: Lens) -> Coverage:
    """Tell how much of the account we touch: somebody covered, or met, counts (M51)."""
    touched = {c.dst for c in lens.covers()} | {p for i in meetings_of(lens) for p in i.theirs}
    inside = [s for s in lens.seats.values() if not s.external]
    units = {s.unit for s in inside if s.unit}
    ranks = {s.level for s in inside if s.level}
    here = [s for s in inside if s.id in touched]
    met_units, met_ranks = {s.unit for s in here}, {s.level for s in here}
    return Coverage(
        len(units & met_units) / len(units) if units else None,
        len(here) / len(inside) if inside else None,
        len(ranks & met_ranks) / len(ranks) if ranks else None,
        tuple(sorted(units - met_units)),
    )


def general(lens: Lens) -> int | None:
    """Return the level of the general relation, 1 to 4: the lower median of its dimensions (M54); None if none is judged."""
    ranked = sorted(
        int(a.score)
        for key, a in scores(lens, "layer").items()
        if key.startswith(f"{GENERAL}_") and a.score is not None
    )
    return ranked[(len(ranked) - 1) // 2] if ranked else None


def key(lens: Lens) -> float | None:
    """Return which part of the key people, by their weight in the decision, is for us (M53); None without any."""
    people = key_people(lens)
    least = lens.pack.topic("relations")["key_people"]["attitude"]
    weights = {k.id: k.weight for k in people}
    if not any(weights.values()):
        weights = dict.fromkeys(weights, 1.0)
    total = sum(weights.values())
    held = sum(w for p, w in weights.items() if (a := lens.attitude(p)) is not None and a >= least)
    return held / total if total else None


def organizational(lens: Lens) -> Organizational:
    """Return the level between the organizations: judged, and by the stages of the purchase that we join (M56)."""
    relation = lens.relations.get(lens.supplier.id)
    verdict = last(lens, f"{ORGANIZATION}_level")
    judged = relation.level if relation else None
    if verdict is not None and verdict.score is not None:
        judged = int(verdict.score)
    topic = lens.pack.topic("relations")
    known = {
        fold(name): row["key"]
        for row in topic["stage"]
        for name in (row["key"], row["zh"], row["en"], *row.get("aliases", ()))
    }
    stages = {known.get(fold(s), s) for s in (relation.stages if relation else ())}
    every = [row["key"] for row in topic["stage"]]
    joined = None
    if stages:
        part = len(stages & set(every)) / len(every)
        joined = max((int(level) for level, least in topic["joined"].items() if part >= least), default=None)
    return Organizational(
        judged, joined, tuple(s for s in every if s in stages), tuple(s for s in every if s not in stages)
    )


def levels(lens: Lens) -> Mapping[str, float | None]:
    """Return the level of each relation: 1 to 4, that of the key one as a part in [0, 1]."""
    return lens.once(_levels)


def _levels(lens: Lens) -> Mapping[str, float | None]:
    return {GENERAL: general(lens), KEY: key(lens), ORGANIZATION: organizational(lens).level}


def level_of(lens: Lens, item: str) -> tuple[int | None, Assessment | None]:
    """Return the level of the bond or the stickiness: the last verdict, else that of the sheet of ties."""
    verdict = last(lens, item)
    if verdict is not None and verdict.score is not None:
        return int(verdict.score), verdict
    relation = lens.relations.get(lens.supplier.id)
    if relation is None:
        return None, None
    return relation.bond if item == "bond" else relation.stickiness, None
