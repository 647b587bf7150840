"""Who of a supplier has met whom: a lead where nobody covers a person yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from powermap.analysis.rules.coverage import apart
from powermap.analysis.text import call, person_name
from powermap.findings import Input
from powermap.lens import Lens
from powermap.model import Interaction
from powermap.words import Words


@dataclass(frozen=True, slots=True)
class Met:
    """The last meeting of somebody of a supplier's with a person of the account."""

    ours: str
    person: str
    event: Interaction

    def words(self, lens: Lens) -> Words:
        """Say who met the person, and when."""
        name, on = call(lens, self.ours), self.event.on
        return Words(f"{name.zh} {on} 见过", f"{name.en} met them on {on}")

    def fact(self, lens: Lens) -> Input:
        """Return the meeting as an input of a finding."""
        ours, theirs = call(lens, self.ours), call(lens, self.person)
        what = Words(f"{ours.zh} 见过 {theirs.zh}", f"{ours.en} met {theirs.en}")
        return Input(what, self.event.channel, self.event.source, self.event.on, None, self.event.id)


def met(lens: Lens) -> dict[str, Met]:
    """Return for every person of the account who was met: the last who did, of the lens's supplier.

    A mail or a call is no meeting (``not_met`` of portfolio.toml), and one longer ago than ``met_days`` of actions.toml
    is no lead.
    """
    away = apart(lens.pack)
    first = lens.as_of - timedelta(days=int(lens.pack.topic("actions")["contact"]["met_days"]))
    found: dict[str, Met] = {}
    for event in lens.interactions:
        if event.on is None or event.on < first or event.channel.casefold() in away:
            continue
        ours = [p for p in event.ours if lens.employer.get(p) == lens.supplier.id]
        if not ours:
            continue
        who = min(ours, key=lambda p: (person_name(lens, p), p))
        for person in event.theirs:
            old = found.get(person)
            # Of several on one day the first by name, so that the order of records tells nothing.
            if person in lens.seats and (
                old is None
                or (event.on, person_name(lens, old.ours)) > (old.event.on, person_name(lens, who))
            ):
                found[person] = Met(who, person, event)
    return found
