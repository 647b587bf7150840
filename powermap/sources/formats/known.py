"""What the store knows already, as far as the reading of a file depends on it: addresses, numbers, names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from powermap.model import Organization, Person, Snapshot, Thing, WorksAt
from powermap.model.naming import fold


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody of the store: the record's id, that of the company, and whether they are one of ours."""

    person: str
    company: str
    ours: bool


@dataclass
class Known:
    """The store as files refer to it; it is only looked at if a file does."""

    read: Callable[[], Snapshot] = field(default=lambda: Snapshot.of([]))

    @cached_property
    def _snapshot(self) -> Snapshot:
        return self.read()

    @cached_property
    def _jobs(self) -> dict[str, Organization]:
        records = self._snapshot.records
        found: dict[str, Organization] = {}
        for record in self._snapshot:
            if isinstance(record, WorksAt) and record.period.end is None:
                house = records.get(record.dst)
                if isinstance(house, Organization):
                    found.setdefault(record.src, house)
        return found

    @cached_property
    def _people(self) -> dict[str, KnownPerson]:
        found: dict[str, KnownPerson] = {}
        twice = set()
        for record in self._snapshot:
            if isinstance(record, Person) and record.email and record.id in self._jobs:
                house, address = self._jobs[record.id], record.email.strip().lower()
                twice |= {address} & found.keys()
                found[address] = KnownPerson(record.id, house.id, house.us)
        return {address: person for address, person in found.items() if address not in twice}

    def people(self) -> dict[str, KnownPerson]:
        """Return the people of the store by their addresses, those whose address is of one person only."""
        return self._people

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers that other systems give to the things of the store."""
        return frozenset(
            key.rpartition("|")[2].rpartition("/")[2]
            for record in self._snapshot
            if isinstance(record, Thing)
            for key in record.keys
        )

    @cached_property
    def names(self) -> frozenset[tuple[str, str]]:
        """The names of people, each with that of the company; the company is empty for one of ours."""
        return frozenset(
            (fold(record.name), "" if self._jobs[record.id].us else fold(self._jobs[record.id].name))
            for record in self._snapshot
            if isinstance(record, Person) and record.id in self._jobs
        )
