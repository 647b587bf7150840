"""What became of goals and actions: derived from what happened, never typed (M9, M77, M113)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from powermap.analysis.judged import unproven
from powermap.analysis.layer_levels import coverage, levels
from powermap.analysis.text import person_name, signed
from powermap.lens import Lens
from powermap.method.attitude import AttitudeRule
from powermap.model import Action, Deal, Figure, Goal, Interaction
from powermap.words import Words, both

State = Literal["done", "late", "overdue", "open", "waiting", "blocked"]
STATES: Mapping[State, Words] = {
    "done": Words("按期完成", "done on time"),
    "late": Words("延期完成", "done late"),
    "overdue": Words("已逾期", "overdue"),
    "open": Words("进行中", "open"),
    "waiting": Words("待审批", "waits for approval"),
    "blocked": Words("不允许", "not allowed"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """An action and what became of it: the interaction that did it, and the attitudes of those it was for, before and after.

    `owned` tells whether anybody has to do it.
    """

    action: Action
    state: State
    by: Interaction | None
    before: tuple[int | None, ...] = ()
    after: tuple[int | None, ...] = ()

    @property
    def owned(self) -> bool:
        """Whether anybody has to do it; an action that nobody owns is red."""
        return bool(self.action.owner)

    @property
    def done_on(self) -> date | None:
        """The day on which it was done."""
        return self.by.on if self.by else None


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal and how far it is: its value today, and whether it was reached, and by its day.

    `value` is None where the fact isn't known; `met` then is None too.
    """

    goal: Goal
    value: float | None
    met: bool | None
    due: bool

    @property
    def missed(self) -> bool:
        """Whether its day is past and it isn't reached, as far as is known."""
        return self.due and not self.met


def deeds(lens: Lens) -> tuple[Deed, ...]:
    """Return the actions of an account with what became of them, the first due first."""
    return lens.once(_deeds)


def _deeds(lens: Lens) -> tuple[Deed, ...]:
    did: dict[str, Interaction] = {}
    for event in lens.interactions:
        if event.action:
            did.setdefault(event.action, event)
    return tuple(_deed(lens, action, did.get(action.id)) for action in lens.actions)


def _deed(lens: Lens, action: Action, by: Interaction | None) -> Deed:
    if by is not None and by.on is not None:
        people = [t for t in action.targets if t in lens.seats]
        past = lens.back_to(by.on - timedelta(days=1))
        before = tuple(past.attitude(p) if p in past.seats else None for p in people)
        state: State = "late" if action.due and by.on > action.due else "done"
        return Deed(action, state, by, before, tuple(lens.attitude(p) for p in people))
    if action.approval == "refused":
        return Deed(action, "blocked", None)
    if action.due and action.due < lens.as_of:
        return Deed(action, "overdue", None)
    return Deed(action, "waiting" if action.approval == "asked" else "open", None)


def aims(lens: Lens) -> tuple[Aim, ...]:
    """Return the goals of an account with how far each is, the first due first."""
    return lens.once(_aims)


def _aims(lens: Lens) -> tuple[Aim, ...]:
    return tuple(_aim(lens, goal) for goal in lens.goals)


def _aim(lens: Lens, goal: Goal) -> Aim:
    value = actual(lens, goal)
    due = goal.by is not None and goal.by <= lens.as_of
    if value is None or goal.target is None:
        return Aim(goal, value, None, due)
    start = start_of(lens, goal)
    falls = start is not None and start > goal.target
    met = value <= goal.target if falls else value >= goal.target
    return Aim(goal, value, met and not is_unproven(lens, goal), due)


def start_of(lens: Lens, goal: Goal) -> float | None:
    """Return where a goal began: as it was written, else what its measure was on the day it was set; None if unknown."""
    if goal.start is not None or goal.set_on is None or goal.set_on > lens.as_of:
        return goal.start
    return actual(lens.back_to(goal.set_on), goal)


def is_unproven(lens: Lens, goal: Goal) -> bool:
    """Tell whether a goal is to support us exclusively or to coach us, and no key event proves that yet (M57)."""
    rule = AttitudeRule.of(lens.pack)
    return (
        goal.measure == "attitude"
        and goal.target is not None
        and goal.target >= rule.unproven
        and goal.subject in unproven(lens)
    )


def span(lens: Lens, goal: Goal) -> Words:
    """Say from where to where a goal goes; of one that began where it ends, that it is to be held, or proved."""
    start, target = start_of(lens, goal), value_words(goal, goal.target)
    if start is not None and start == goal.target:
        if is_unproven(lens, goal):
            return Words(f"证实 {target}", f"prove {target}")
        return Words(f"保持 {target}", f"keep {target}")
    today = actual(lens, goal) if start is None else None
    if today is not None:
        value = value_words(goal, today)
        return Words(f"今天 {value} → {target}", f"today {value} → {target}")
    return both(f"{value_words(goal, start)} → {target}")


def actual(lens: Lens, goal: Goal) -> float | None:
    """Return the value that a goal's measure has on the day of the lens; None where nothing tells it.

    An attitude is that to us; where the goal is to block a rival, that to the rival.
    """
    if goal.measure == "attitude":
        supplier = goal.supplier if goal.supplier and goal.move == "block" else lens.supplier.id
        return lens.attitude(goal.subject, supplier) if goal.subject in lens.seats else None
    if goal.measure == "level":
        return levels(lens).get(goal.layer)
    if goal.measure == "coverage":
        return coverage(lens).departments
    if goal.measure in ("revenue", "share", "mix"):
        return _money(lens, goal)
    if goal.measure == "win" or goal.measure == "block":
        deal = lens.snapshot.get(Deal, goal.subject)
        if deal is None or not deal.outcome:
            return None
        ours = deal.outcome == "won" and deal.won_by in ("", lens.supplier.id)
        return float(ours if goal.measure == "win" else deal.won_by != goal.supplier)
    return _assessed(lens, goal)


def _money(lens: Lens, goal: Goal) -> float | None:
    """Return our revenue of the last year on record, its share of what the customer buys, or a category's part of it."""
    told = [f for f in lens.figures if not goal.category or f.category == goal.category]
    mine = [f for f in told if f.measure == "revenue" and not f.supplier and f.on]
    if not mine:
        return None
    year = max(f.on.year for f in mine if f.on)
    revenue = _sum(mine, year)
    if goal.measure == "revenue":
        return revenue
    if goal.measure == "mix":
        whole = _sum(
            [f for f in lens.figures if f.measure == "revenue" and not f.supplier and f.category], year
        )
        return revenue / whole if whole and goal.category else None
    wallet = _sum([f for f in told if f.measure == "wallet"], year)
    return revenue / wallet if wallet else None


def _sum(figures: list[Figure], year: int) -> float:
    return sum(f.value for f in figures if f.on and f.on.year == year)


def _assessed(lens: Lens, goal: Goal) -> float | None:
    """Return the last score of an item that is called as the measure, about the goal's subject."""
    told = [
        a.score
        for a in lens.assessments
        if a.score is not None
        and a.subject == goal.subject
        and goal.measure in (a.item, lens.pack.items[a.item].family if a.item in lens.pack.items else "")
    ]
    return told[-1] if told else None


def value_words(goal: Goal, value: float | None) -> str:
    """Write a value of a goal's measure: a part in per cent, an attitude with its sign."""
    if value is None:
        return "?"
    if goal.measure in ("share", "coverage", "mix"):
        return f"{value:.1%}".replace(".0%", "%")
    return signed(int(value)) if goal.measure == "attitude" else f"{value:,.12g}"


def called(lens: Lens, goal: Goal) -> Words:
    """Say what a goal is: whose measure, from where to where."""
    who = person_name(lens, goal.subject) if goal.subject in lens.seats else ""
    subject = who or getattr(lens.snapshot.records.get(goal.subject), "name", "")
    measure = lens.pack.say("goal_measure", goal.measure)
    layer = lens.pack.say("layer", goal.layer) if goal.layer and not subject else Words("", "")
    move = lens.pack.say("move", goal.move) if goal.move else Words("", "")
    way = span(lens, goal)
    return Words(
        " ".join(filter(None, (move.zh, subject, layer.zh, measure.zh, way.zh))),
        " ".join(filter(None, (move.en, subject, layer.en, measure.en, way.en))),
    )
