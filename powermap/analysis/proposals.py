"""Goals and actions proposed for weak spots (M45, M77, M92): the user takes, changes or drops them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from powermap.analysis.contacts import contacts
from powermap.analysis.cover import owners, serving
from powermap.analysis.moves import next_moves
from powermap.analysis.policy import ALLOWED, BLOCKED, Verdict, judge
from powermap.analysis.text import signed
from powermap.analysis.weak_spots import WeakSpot, weak_spots
from powermap.lens import Lens
from powermap.method.catalogue import Means
from powermap.words import Words

MOVES = {
    "unknown": "break_ice",
    "rival": "turn",
    "against": "turn",
    "neutral": "lift",
    "unproven": "lift",
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
    """

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


def proposals(lens: Lens) -> tuple[Proposal, ...]:
    """Return a proposal for each weak spot that no open goal is about yet, in their order."""
    return lens.once(_find)


def _find(lens: Lens) -> tuple[Proposal, ...]:
    aimed = {(g.subject or g.layer) for g in lens.goals if g.by is None or g.by >= lens.as_of}
    gains = _gains(lens)
    return tuple(
        _proposal(lens, spot, gains)
        for spot in weak_spots(lens)
        if spot.kind != "team" and (spot.subject or spot.layer) not in aimed
    )


def _gains(lens: Lens) -> Mapping[str, float]:
    """Return person -> what the best move about them adds to the chance of winning."""
    found: dict[str, float] = {}
    for move in next_moves(lens, quick=True)[1]:
        found[move.people[0]] = max(move.gain, found.get(move.people[0], 0.0))
    return found


def _proposal(lens: Lens, spot: WeakSpot, gains: Mapping[str, float]) -> Proposal:
    topic, review = lens.pack.topic("relations"), lens.pack.topic("calendar")["review_days"]
    by = lens.as_of + timedelta(days=review)
    duties = {row["key"]: row["duty"] for row in topic["layer"]}
    fitting = means_for(lens, spot)
    first = fitting[0][0].days if fitting else 0.0
    if spot.subject:
        attitude = lens.attitude(spot.subject)
        # One step at a time; of somebody unknown it is to be learnt that they aren't against us.
        target = (
            float(attitude if spot.kind in ("unproven", "unowned") else attitude + 1)
            if attitude is not None
            else 0.0
        )
        contact = contacts(lens).get(spot.subject)
        days = contact.days if contact is not None else 0.0
        owner = next(iter(owners(lens).get(spot.subject, ())), "") or (contact.by if contact else "")
        return Proposal(
            spot, MOVES.get(spot.kind, "lift"), PURPOSES.get(spot.kind, "market"), "attitude",
            None if attitude is None else float(attitude), target, owner, by, fitting, gains.get(spot.subject),
            first + days,
        )  # fmt: skip
    owner = next(iter(serving(lens, duties.get(spot.layer, ""))), "") or next(
        iter(serving(lens, "account_manager")), ""
    )
    if spot.kind == "uncovered":
        return Proposal(spot, "lift", "growth", "coverage", None, 1.0, owner, by, fitting, None, first)
    target = float(lens.pack.topic("portfolio")["duty"]["organization"])
    return Proposal(spot, "lift", "growth", "level", None, target, owner, by, fitting, None, first)


def means_for(lens: Lens, spot: WeakSpot) -> tuple[tuple[Means, Verdict], ...]:
    """Return the actions of the catalogue that fit a weak spot; those that the policy blocks are left out.

    Those whose attitudes the articles give come first, then those that are simply allowed, then the ones that take the
    fewest days. Of a person whose need is known, those that meet it come before.
    """
    attitude = lens.attitude(spot.subject) if spot.subject else None
    people = (spot.subject,) if spot.subject else ()
    wanted = _needs(lens, spot.subject)
    found = []
    for means in lens.pack.catalogue.values():
        if spot.layer not in means.layers or not means.lists:
            continue
        if spot.subject and (0 if attitude is None else attitude) not in means.attitudes:
            continue
        verdict = judge(lens, means, people)
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

    def said(value: float | None) -> str:
        if value is None:
            return "?"
        share = proposal.measure == "coverage"
        return (
            f"{value:.0%}"
            if share
            else signed(int(value))
            if proposal.measure == "attitude"
            else f"{value:g}"
        )

    span = f"{said(proposal.start)} → {said(proposal.target)}"
    return Words(f"{move.zh}：{measure.zh} {span}", f"{move.en}: {measure.en} {span}")
