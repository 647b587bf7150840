"""Goals and actions proposed for weak spots (M45, M77, M92): the user takes, changes or drops them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import Any

from powermap.analysis.contacts import contacts
from powermap.analysis.cover import owners, serving
from powermap.analysis.layer_levels import GENERAL, coverage, levels
from powermap.analysis.matrix import ranks
from powermap.analysis.moves import next_moves
from powermap.analysis.policy import ALLOWED, BLOCKED, Verdict, judge
from powermap.analysis.progress import span
from powermap.analysis.weak_spots import WeakSpot, weak_spots
from powermap.lens import Lens
from powermap.method.catalogue import Means
from powermap.model import Goal
from powermap.words import Words

MOVES = {
    "unknown": "break_ice",
    "rival": "turn",
    "against": "turn",
    "neutral": "lift",
    "unproven": "hold",
    "unowned": "hold",
}
"""What is done about a weak spot of a person (M101)."""
PURPOSES = {"rival": "rivalry", "against": "rivalry"}
"""Which final purpose it serves (M9); others serve the goals of the market."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be done about one weak spot.

    Parameters
    ----------
    number
        P1, P2, …: the id of the goal that it becomes, which no goal of the account has. Whoever takes one over leaves the
        numbers of the others as they are.
    spot
        The weak spot.
    move, purpose
        The goal, in the words of the method.
    measure, start, target
        What would be reached, from where to where; None where today's value isn't known.
    owner
        Who of ours would own it, empty if nobody is known.
    by
        Until when.
    means
        The actions of the catalogue that fit, the best first, each with its verdict under the policy.
    gain
        What the best move of the engine for this person adds to the chance of winning, in [0, 1], an estimate; None without.
    effort
        Days of work that it takes: those of the first action, and of getting there.
    targets, actor
        For whom the first action would be, and who of ours would do it, empty if nobody is known.
    """

    number: str
    spot: WeakSpot
    move: str
    purpose: str
    measure: str
    start: float | None
    target: float
    owner: str
    by: date
    means: tuple[tuple[Means, Verdict], ...]
    gain: float | None
    effort: float
    targets: tuple[str, ...]
    actor: str


def proposals(lens: Lens) -> tuple[Proposal, ...]:
    """Return a proposal for each weak spot that no open goal is about yet, in their order."""
    return lens.once(_find)


def _find(lens: Lens) -> tuple[Proposal, ...]:
    aimed = {(g.subject or g.layer) for g in lens.goals if g.by is None or g.by >= lens.as_of}
    gains = _gains(lens)
    used = {key.rpartition("/")[2] for goal in lens.goals for key in goal.keys}
    numbers = (f"P{n}" for n in count(1) if f"P{n}" not in used)
    found: dict[tuple[str, str], Proposal] = {}
    for spot in weak_spots(lens):
        if spot.kind != "team" and (spot.subject or spot.layer) not in aimed:
            made = _proposal(lens, spot, gains)
            # Two weak spots of one relation want one goal: that of the more urgent.
            found.setdefault((spot.subject or spot.layer, made.measure), made)
    return tuple(replace(made, number=number) for made, number in zip(found.values(), numbers, strict=False))


def _gains(lens: Lens) -> Mapping[str, float]:
    """Return person -> what the best move about them adds to the chance of winning."""
    found: dict[str, float] = {}
    for move in next_moves(lens, quick=True)[1]:
        found[move.people[0]] = max(move.gain, found.get(move.people[0], 0.0))
    return found


def _proposal(lens: Lens, spot: WeakSpot, gains: Mapping[str, float]) -> Proposal:
    by = lens.as_of + timedelta(days=lens.pack.topic("calendar")["review_days"])
    fitting = means_for(lens, spot)
    first = fitting[0][0] if fitting else None
    move, purpose, days, gain = (
        MOVES.get(spot.kind, "lift"),
        PURPOSES.get(spot.kind, "growth" if not spot.subject else "market"),
        first.days if first else 0.0,
        None,
    )
    if spot.subject:
        attitude = lens.attitude(spot.subject)
        start, measure, target = None if attitude is None else float(attitude), "attitude", 0.0
        # One step at a time; of somebody unknown it is to be learnt that they aren't against us.
        if start is not None:
            target = start if spot.kind in ("unproven", "unowned") else start + 1
        contact = contacts(lens).get(spot.subject)
        owner = next(iter(owners(lens).get(spot.subject, ())), "") or (contact.by if contact else "")
        days += contact.days if contact is not None else 0.0
        gain = gains.get(spot.subject)
    else:
        duties = {row["key"]: row["duty"] for row in lens.pack.topic("relations")["layer"]}
        owner = next(
            iter((*serving(lens, duties.get(spot.layer, "")), *serving(lens, "account_manager"))), ""
        )
        if spot.kind == "uncovered":
            measure, start, target = "coverage", coverage(lens).departments, 1.0
        else:
            measure, start = "level", levels(lens).get(spot.layer)
            target = max(float(lens.pack.topic("portfolio")["duty"]["organization"]), start or 0.0)
            move = "hold" if start == target else "lift"
    return Proposal(
        "", spot, move, purpose, measure, start, target, owner, by, fitting, gain, days,
        audience(lens, spot, first) if first else (), _actor(lens, first, owner) if first else owner,
    )  # fmt: skip


FEW = 3
"""People that an action on a whole relation is for, at most."""


def audience(lens: Lens, spot: WeakSpot, means: Means) -> tuple[str, ...]:
    """Return for whom an action would be: the person of the weak spot, else those of its layer.

    Of a department that nobody touches it is the highest there; of a meeting of the calendar (M71) those of its levels; of
    another action on the relation of the organizations the top, on the general one the heads of departments.
    """
    if spot.subject:
        return (spot.subject,)
    inside = [s for s in lens.seats.values() if not s.external]
    heads: dict[str, str] = {}
    for seat in inside:
        if seat.unit:
            heads.setdefault(seat.unit, seat.id)
    if spot.kind == "uncovered":
        return tuple(heads[u] for u in coverage(lens).bare if u in heads)[:FEW]
    meeting = _meeting(lens, means)
    if spot.layer == GENERAL:
        return tuple(heads.values())[:FEW]
    top = min((s.level for s in inside if s.level), default=0)
    wanted = meeting["levels"] if meeting else [top]
    found = [s.id for s in inside if s.level in wanted] or [s.id for s in inside if top and s.level == top]
    return tuple(found)[:FEW]


def _meeting(lens: Lens, means: Means) -> dict[str, Any] | None:
    """Return the meeting of the calendar that an action of the catalogue is a form of, the highest first."""
    rows = lens.pack.topic("calendar")["meeting"]
    return next((row for row in rows if means.key in row["forms"]), None)


def _actor(lens: Lens, means: Means, owner: str) -> str:
    """Return who of ours would do an action: of a meeting with their top whoever has its duty, else our top; else the owner."""
    meeting = _meeting(lens, means)
    if meeting is None or 1 not in meeting["levels"]:
        return owner
    rank = ranks(lens)
    highest = sorted(rank, key=lambda p: (rank[p], lens.place[p]))
    return next(iter((*serving(lens, meeting.get("duty", "")), *highest)), owner)


def means_for(lens: Lens, spot: WeakSpot) -> tuple[tuple[Means, Verdict], ...]:
    """Return the actions of the catalogue that fit a weak spot; those that the policy blocks are left out.

    Those whose attitudes the articles give come first, then those that are simply allowed, then the ones that take the
    fewest days. Of a person whose need is known, those that meet it come before.
    """
    attitude = lens.attitude(spot.subject) if spot.subject else None
    wanted = _needs(lens, spot.subject)
    found = []
    for means in lens.pack.catalogue.values():
        if spot.layer not in means.layers or not means.lists:
            continue
        if spot.subject and (0 if attitude is None else attitude) not in means.attitudes:
            continue
        verdict = judge(lens, means, audience(lens, spot, means))
        if verdict.ruling != BLOCKED:
            found.append((means, verdict))
    found.sort(
        key=lambda m: (
            not wanted.intersection(m[0].needs),
            m[0].inferred,
            m[1].ruling != ALLOWED,
            m[0].days,
            m[0].key,
        )
    )
    return tuple(found[:3])


def _needs(lens: Lens, person: str) -> set[str]:
    """Return the kinds of need that somebody is known to have, in the words of the catalogue (section 9, 12 of the method)."""
    told = [a for a in lens.assessments if a.subject == person and person and a.score]
    found: set[str] = set()
    for a in told:
        if a.item == "need_maslow" and a.score is not None:
            found.add(MASLOW[min(len(MASLOW), int(a.score)) - 1])
        elif a.item in ("career", "recognition", "standing"):
            found.add("achievement" if a.item == "career" else "esteem")
    return found


MASLOW = ("basic", "basic", "esteem", "esteem", "achievement")
"""Maslow's five and the three levels of need: physical and safety, belonging and social, self-fulfilment."""


def called(lens: Lens, proposal: Proposal) -> Words:
    """Say a proposal's goal in a few words."""
    move = lens.pack.say("move", proposal.move)
    measure = lens.pack.say("goal_measure", proposal.measure)
    way = span(lens, as_goal(lens, proposal))
    return Words(f"{move.zh}：{measure.zh} {way.zh}", f"{move.en}: {measure.en} {way.en}")


def as_goal(lens: Lens, proposal: Proposal) -> Goal:
    """Return the goal that a proposal would be."""
    p = proposal
    return Goal(
        "", (), lens.account.id, subject=p.spot.subject, layer=p.spot.layer, measure=p.measure, move=p.move,
        purpose=p.purpose, start=p.start, target=p.target, owner=p.owner, by=p.by,
    )  # fmt: skip
