"""Who of a supplier has met whom: a lead where nobody covers a person yet."""

from __future__ import annotations

from dataclasses import dataclass

from powermap.analysis.rules.coverage import apart, first_lead, leads
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
    team = {p for p, supplier in lens.employer.items() if supplier == lens.supplier.id}
    found = leads(
        lens.interactions,
        lens.seats,
        team,
        apart(lens.pack),
        first_lead(lens.pack, lens.as_of),
        lambda p: person_name(lens, p),
    )
    return {person: Met(who, person, event) for person, (who, event) in found.items()}
