"""Moves and questions: what each does to P(win), solved exactly, and how sure its place is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from powermap.analysis import projection
from powermap.analysis.allegiance import held_by, sent, speaks_up
from powermap.analysis.certainty import Survival
from powermap.analysis.contacts import KNOWN, Contact, contacts
from powermap.analysis.deciders import deciders
from powermap.analysis.distance import distance
from powermap.analysis.influence import power
from powermap.analysis.text import person_name
from powermap.analysis.winning import Floats, Model, Solver, model
from powermap.kernels import ranking
from powermap.lens import Lens

BEST = 12
"""Moves that are kept."""
CELLS = 2_000_000
"""Cells of the networks that are solved at once."""
DRAWS, FEWER = 400, 100
"""Draws of unknown attitudes where only an order is asked for."""


@dataclass(frozen=True, slots=True)
class Move:
    """A move: its kind and people, what it does to P(win), and its effort in days.

    `contact` is how somebody of the supplier's gets to the first of its people; `strength` that of the tie it makes or
    lifts. `places` are its places by gain per day over a range of susceptibilities, `sure` how its place among the best
    moves survives resampled ties and unknown attitudes.
    """

    kind: str
    people: tuple[str, ...]
    gain: float
    effort: float
    contact: Contact = KNOWN
    strength: float | None = None
    places: tuple[int, ...] = ()
    sure: Survival | None = None

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What it is, whatever it is worth."""
        return self.kind, self.people


def _views(m: Solver, move: Move) -> Floats:
    """Return the voters' views after a move."""
    person = move.people[0]
    if move.kind == "neutralise":
        return m.known(person, 0)
    if move.kind == "advocate":
        return m.firm(person)
    if move.strength is None:
        return m.moved(person, 1)
    source, target = move.people
    return m.tied(source, target, move.strength, lifted=move.kind == "lift")


def candidates(lens: Lens, m: Model) -> list[Move]:
    """List the moves that are open, without their gains: raise, approach, give an owner, neutralise, speak up, connect, lift.

    Only who leads for the supplier is asked to sway others or to speak up (:func:`~powermap.analysis.allegiance.sent`),
    and nobody is sent to a rival's exclusive supporter or into an open conflict. To win such a supporter takes longer.
    """
    effort = {row["key"]: float(row["effort"]) for row in lens.pack.topic("actions")["move"]}
    tie, held = lens.pack.topic("actions")["tie"], float(lens.pack.topic("actions")["contact"]["held"])
    place, powers, contact = {p: i for i, p in enumerate(m.ids)}, power(lens), contacts(lens)
    conflicts = {frozenset((t.src, t.dst)) for t in lens.influences if t.sign < 0}
    targets = [p for p in deciders(lens).shares if held_by(lens, p) is None]
    found = []

    def add(kind: str, *people: str, more: float = 0.0, strength: float | None = None) -> None:
        near = contact[people[0]]
        # Half days: more would be told than anybody knows.
        days = round(2 * (effort[kind] + near.days + more)) / 2
        found.append(Move(kind, people, 0.0, days, near, strength))

    for person in lens.seats:
        attitude = lens.attitude(person)
        rival = held_by(lens, person)
        # Nobody begins with a rival's coach of whom nothing else is known.
        if (attitude is not None and attitude < 3) or (attitude is None and rival is None):
            more = held if rival is not None else 0.0
            add(_kind(attitude, contact[person]), person, more=more)
        if not sent(lens, person):
            continue
        if not speaks_up(lens, person):
            add("advocate", person)
        for target in targets:
            old = float(m.raw[place[target], place[person]])
            if target == person or old >= 1 or frozenset((person, target)) in conflicts:
                continue
            if old:
                days, step = 0.0, min(1.0 - old, tie["lift"] * old)
            else:
                far = distance(lens, person, target, powers)
                days, step = far.days(tie), tie["near"] * far.keeps(tie)
            if step >= tie["least"]:
                add("lift" if old else "connect", person, target, more=days, strength=old + step)
    return found


def _kind(attitude: int | None, contact: Contact) -> str:
    """Return how a person is won over: an opponent to neutral, a stranger by an owner, the unknown by asking first."""
    if attitude is not None and attitude < 0:
        return "neutralise"
    if contact.days:
        return "cover"
    return "approach" if attitude is None else "raise"


def _worth(m: Solver, moves: Sequence[Move]) -> list[Move]:
    """Return the moves with their gains."""
    after = m.win(*(_views(m, x) for x in moves))
    return [replace(x, gain=p - m.base) for x, p in zip(moves, after, strict=True)]


def next_moves(lens: Lens, *, sure: bool = False, quick: bool = False) -> tuple[float, list[Move]]:
    """Return P(win) today, and the moves that raise it, by gain per day of effort; empty without decision-makers.

    Parameters
    ----------
    sure
        Tell also how each one's place survives.
    quick
        Make do with fewer draws of unknown attitudes, and leave the places over susceptibilities out.
    """
    m = model(lens)
    if m is None:
        return float("nan"), []
    search = lens.pack.topic("actions")["search"]
    every = candidates(lens, m)
    rough = m.few(FEWER if quick else DRAWS)

    def order(found: Sequence[Move]) -> list[Move]:
        return sorted(
            found,
            key=lambda x: (-round(x.gain / x.effort, 9), x.kind, [person_name(lens, p) for p in x.people]),
        )

    # Ordered by fewer draws; what is kept is solved over all of them.
    solver = Solver(m)
    least = search["least"]
    best = order([x for x in _worth(Solver(rough), every) if x.gain >= least])[:BEST]
    best = order([x for x in _worth(solver, best) if x.gain >= least])
    places: dict[tuple[str, tuple[str, ...]], list[int]] = {x.key: [] for x in best}
    for a in () if quick else search["susceptibilities"]:
        # Whom nobody sways stays so.
        other = replace(m.few(FEWER), a=np.where(m.a == 0, 0.0, a))
        for i, x in enumerate(order(_worth(Solver(other), every)), 1):
            if x.key in places:
                places[x.key].append(i)
    survivals = _survival(lens, m, best) if sure and best else [None] * len(best)
    return solver.base, [
        replace(x, places=tuple(places[x.key]), sure=s) for x, s in zip(best, survivals, strict=True)
    ]


def draws_of(lens: Lens) -> int:
    """Return how many resampled networks an order of moves is judged by: 400, and 100 where more than 60 people are."""
    return DRAWS if len(lens.seats) <= 60 else FEWER


def _survival(lens: Lens, m: Model, moves: Sequence[Move]) -> list[Survival | None]:
    """Rank the moves in resampled networks, one draw of the unknown attitudes in each."""
    _, strength, keep = projection.hearing(lens)
    m = m.sampled(draws_of(lens))
    drawn = ranking.resample(strength, keep, len(m.weight))
    # In parts, so that the inverses of a large account fit into memory.
    size = max(1, CELLS // max(1, len(m.ids) ** 2))
    parts = []
    for start in range(0, len(drawn), size):
        part = drawn[start : start + size]
        solver = Solver(m.part(start, start + len(part)), part)
        parts.append(solver.each(solver.views, *(_views(solver, x) for x in moves)))
    wins = np.concatenate(parts, axis=1)
    gains = (wins[1:] - wins[0]) / np.array([x.effort for x in moves])[:, None]
    found = ranking.ranks(gains.T)
    low, high = np.percentile(found, (5, 95), axis=0)
    return [
        Survival(
            float((found[:, i] < 1.5).mean()),
            float((found[:, i] <= 3).mean()),
            int(np.floor(low[i])),
            int(np.ceil(high[i])),
        )
        for i in range(len(moves))
    ]


def within(moves: Sequence[Move], budget: float) -> list[Move]:
    """Choose moves within a budget of days, best gain per day first, one a person."""
    chosen: list[Move] = []
    used: set[str] = set()
    for move in moves:
        if move.effort <= budget and move.people[0] not in used:
            chosen.append(move)
            used.add(move.people[0])
            budget -= move.effort
    return chosen


@dataclass(frozen=True, slots=True)
class Question:
    """An unknown attitude: how far P(win) swings with the answer on average, and what knowing it is worth to the plan,
    in P(win) per day of effort.
    """

    person: str
    swing: float
    worth: float


def next_questions(lens: Lens, moves: Sequence[Move] | None = None) -> list[Question]:
    """Rank unknown attitudes by what knowing them is worth to the plan.

    That is the expected gain per day of the best move when the answer is known, less that of the best move chosen
    today, over the same moves: never negative, and 0 where no answer changes the choice.
    """
    m = model(lens)
    if m is None:
        return []
    solver = Solver(m.few(DRAWS))
    chances: Mapping[int, float] = lens.pack.unknown_attitude
    moves = next_moves(lens)[1] if moves is None else moves
    every = candidates(lens, m)
    simple = [x for x in moves if len(x.people) == 1][:6]
    found = []
    for person in lens.seats:
        # Whom a rival holds need not be asked.
        if lens.attitude(person) is not None or held_by(lens, person) is not None:
            continue
        own = [x for x in every if x.people == (person,) and x.key not in {y.key for y in simple}]
        tried = [*simple, *own]
        swing, best, each = 0.0, 0.0, np.zeros(len(tried))
        for value, chance in chances.items():
            known = solver.learned(person, value)
            rates = np.array([x.gain / x.effort for x in _worth(known, tried)])
            swing += chance * abs(known.base - solver.base)
            best += chance * rates.max(initial=0.0)
            each += chance * rates
        found.append(Question(person, swing, best - each.max(initial=0.0)))
    return sorted(found, key=lambda q: (-round(q.worth, 6), -round(q.swing, 6), person_name(lens, q.person)))
