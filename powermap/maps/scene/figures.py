"""The people of a map as figures: who they are, where they stand, and how every supplier stands with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from powermap.analysis.competition import Lead
from powermap.lens import Lens, Seat
from powermap.maps.layout.account_layout import radius
from powermap.maps.layout.layout import Grid
from powermap.maps.scene.model import Figure, Standing, Text
from powermap.maps.scene.standings import ABSENT, both
from powermap.model import Organization, Person


@dataclass(frozen=True)
class Cast:
    """What is known of all people of a map, by their ids.

    `pages` are their page ids, `power` their power and whether somebody asserted it, `standings` how each camp stands
    with them, `leads` who leads with them, `blocking` those who can block the decision alone. `days` are the lenses of
    all days on the slider, today's last.
    """

    days: tuple[Lens, ...]
    pages: Mapping[str, str]
    grid: Grid
    power: Mapping[str, tuple[float, bool]]
    standings: Mapping[str, Mapping[str, Standing]] = field(default_factory=dict)
    leads: Mapping[str, Lead] = field(default_factory=dict)
    blocking: frozenset[str] = frozenset()

    def figure(self, seat: Seat) -> Figure:
        """Return one person."""
        today, person = self.days[-1], seat.person
        x, y = self.grid.centres[seat.id]
        value, asserted = self.power[seat.id]
        order = [*today.pack.roles]
        roles = [today.pack.roles[r] for r in sorted((r for r in seat.roles if r in order), key=order.index)]
        when = tuple(n for n, day in enumerate(self.days) if seat.id in day.seats)
        return Figure(
            id=self.pages[seat.id],
            record=seat.id,
            name=both(seat.name, person.name_alt),
            title=both(seat.title, seat.title_alt),
            unit=Text("外部", "Outside") if seat.external else both(seat.unit, seat.unit_alt),
            level=seat.level,
            x=x,
            y=y,
            bus=self.grid.rows[seat.id][0],
            foot=self.grid.rows[seat.id][1],
            radius=radius(value),
            power=value,
            power_asserted=asserted,
            placeholder=person.placeholder,
            external=seat.external,
            badges=tuple((r.key, Text(*r.badge), r.filled) for r in roles[:2]),
            bosses=tuple(self.pages[b] for b in (*seat.bosses, *seat.dotted_bosses) if b in self.pages),
            standings={camp: people.get(seat.id, ABSENT) for camp, people in self.standings.items()},
            lead=self.leads.get(seat.id, Lead("uncovered")),
            circles=today.once(_circles).get(seat.id, Text("", "")),
            blocks=seat.id in self.blocking,
            private=_private(today, person),
            when=None if len(when) == len(self.days) else when,
        )


def _circles(lens: Lens) -> dict[str, Text]:
    """Return the names of the circles that everybody belongs to."""
    found: dict[str, list[Text]] = defaultdict(list)
    for circle, members in lens.circles.items():
        organization = lens.snapshot.get(Organization, circle)
        if organization:
            for person in members:
                found[person].append(both(organization.name, organization.name_alt))
    return {
        p: Text("、".join(t.zh for t in names), ", ".join(t.en for t in names)) for p, names in found.items()
    }


def _private(lens: Lens, person: Person) -> dict[str, str]:
    """Return addresses and notes, as far as the profile left them in the records."""
    met = [f"{i.on}: {i.note}" for i in lens.interactions if i.note and person.id in i.theirs]
    found = {"email": person.email, "phone": person.phone, "note": person.note, "met": "; ".join(met)}
    return {key: text for key, text in found.items() if text}
