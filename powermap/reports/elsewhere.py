"""Names of an account that other accounts of the store have too."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from powermap.model import Hit, Organization, PartOf, Person, Snapshot, WorksAt
from powermap.model.naming import fold

Search = Callable[[str, str], Iterable[Hit]]


def names_elsewhere(snapshot: Snapshot, search: Search) -> set[str]:
    """Return the names of an account's organizations and of suppliers' people that others of the store have too.

    `search` finds things of a kind whose name holds a text.
    """
    suppliers = {o.id for o in snapshot.all(Organization) if o.type == "supplier"}
    staff = {t.src for t in snapshot.all(WorksAt) if t.dst in suppliers}
    asked = {("Organization", o.name) for o in snapshot.all(Organization)}
    asked |= {("Person", p.name) for p in snapshot.all(Person) if p.id in staff}
    # A number in a unit is looked for after the names of everybody: one that is somebody's name won't do.
    units = {t.src for t in snapshot.all(PartOf)}
    asked |= {
        ("Person", house_and_number.partition("/")[2])
        for p in snapshot.all(Person)
        for key in p.keys
        if (house_and_number := key.removeprefix("file|person|")).partition("/")[0] in units
    }
    return {
        name
        for kind, name in asked
        if any(
            hit.id not in snapshot.records and fold(name) in (fold(hit.name), fold(hit.name_alt))
            # By one word: others may be written without the spaces.
            for hit in search(max(name.split(), key=len, default=name), kind)
        )
    }
