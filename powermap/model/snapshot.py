"""An immutable set of records, as read from a store, and the filters over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from typing import Any, Protocol, TypeVar

from powermap.model.record import Record, Thing, Tie, mentioned
from powermap.model.things import Deal, Organization, Person
from powermap.model.ties import MemberOf, PartOf, WorksAt

R = TypeVar("R", bound=Record)


def units_of(ties: Iterable[PartOf]) -> dict[str, list[str]]:
    """Return organization -> its units, one step down."""
    found: dict[str, list[str]] = defaultdict(list)
    for tie in ties:
        found[tie.dst].append(tie.src)
    return found


def below(account: str, units: Mapping[str, Iterable[str]]) -> set[str]:
    """Return an organization and all that are below it, by :func:`units_of`."""
    found, queue = {account}, [account]
    while queue:
        new = [unit for unit in units.get(queue.pop(), ()) if unit not in found]
        found.update(new)
        queue += new
    return found


class Records(Protocol):
    """What questions over all accounts read: a snapshot, or a store that hands out what they ask for."""

    def all(self, cls: type[R]) -> tuple[R, ...]:
        """Return every record of exactly the class `cls`, by id."""

    def scope(self, account: str, without: Collection[str] = ()) -> Snapshot:
        """Keep what belongs to one account (see :meth:`Snapshot.scope`), these kinds left out."""

    def scopes(
        self, accounts: Sequence[str], without: Collection[str] = ()
    ) -> Iterator[tuple[str, Snapshot]]:
        """Yield those of these accounts that are there, each with its scope; nobody looks at the kinds `without`."""

    @property
    def rows(self) -> Any:
        """The same state as bare rows (:class:`powermap.stores.base.Rows`), None where there are records alone."""


NAMING: tuple[str, ...] = ("Interaction", "Assessment", "Goal", "Action", "Voice")
"""Kinds of things of an account that bring along whom and what they name."""


def _named_by(record: Thing) -> set[str]:
    return mentioned(record) if record.KIND in NAMING else set()


def accounts_of(records: Records) -> tuple[Organization, ...]:
    """List the customers, by name then id."""
    found = (o for o in records.all(Organization) if o.type == "customer")
    return tuple(sorted(found, key=lambda o: (o.name, o.id)))


@dataclass(frozen=True)
class Snapshot:
    """Records by id. Ended facts are in it until :meth:`as_of` filters them.

    The order of `records` is by id, so that two stores that hold the same facts hand out equal snapshots.
    """

    records: dict[str, Record]

    @classmethod
    def of(cls, records: Iterable[Record]) -> Snapshot:
        """Build a snapshot from records in any order."""
        return cls({record.id: record for record in sorted(records, key=lambda r: r.id)})

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records.values())

    @cached_property
    def _by_class(self) -> dict[type, tuple[Record, ...]]:
        groups: dict[type, list[Record]] = defaultdict(list)
        for record in self.records.values():
            groups[type(record)].append(record)
        return {cls: tuple(group) for cls, group in groups.items()}

    def all(self, cls: type[R]) -> tuple[R, ...]:
        """Return every record of exactly the class `cls`, by id."""
        return self._by_class.get(cls, ())  # type: ignore[return-value]

    def get(self, cls: type[R], record_id: str) -> R | None:
        """Return the record with this id if it is of the class `cls`."""
        record = self.records.get(record_id)
        return record if isinstance(record, cls) else None

    def as_of(self, on: date) -> Snapshot:
        """Keep the things, and the ties that hold on the day `on` and whose ends are there."""
        return Snapshot(
            {
                record.id: record
                for record in self.records.values()
                if not isinstance(record, Tie)
                or (record.period.holds(on) and record.src in self.records and record.dst in self.records)
            }
        )

    @cached_property
    def us(self) -> Organization | None:
        """The supplier that is us, if one is marked."""
        return next((org for org in self.all(Organization) if org.us), None)

    def _supplies(self, organization: str) -> bool:
        found = self.get(Organization, organization)
        return found is not None and found.type == "supplier"

    def scope(self, account: str, without: Collection[str] = ()) -> Snapshot:
        """Keep what belongs to one account: the same records that a store reads for it.

        These are the account and its units (PART_OF, downwards, at any date); its people (WORKS_AT or MEMBER_OF
        one of these); every tie that touches one of its people or relates a supplier to it; the things at the
        other end of these ties, and their employers; circles, with suppliers' people in them; its deals, interactions,
        figures, assessments, goals, actions and voices (with whom and what they name); and all suppliers with the items of
        their roadmaps, which are deals of their own. Records of the kinds `without` are left out at last.
        """
        organizations = below(account, units_of(self.all(PartOf)))
        people = {tie.src for cls in (WorksAt, MemberOf) for tie in self.all(cls) if tie.dst in organizations}
        keep = set(organizations) | people
        for record in self.records.values():
            if isinstance(record, Tie):
                if record.src in people or record.dst in people or record.dst in organizations:
                    keep.update((record.id, record.src, record.dst))
            elif isinstance(record, Organization):
                if record.type == "supplier":
                    keep.add(record.id)
            elif isinstance(record, Deal) and self._supplies(record.account):
                keep.add(record.id)
            elif isinstance(record, Thing) and getattr(record, "account", "") in organizations:
                keep.add(record.id)
                keep.update(_named_by(record))
        circles = {tie.dst for tie in self.all(MemberOf) if tie.src in people}
        sellers = {tie.src for tie in self.all(WorksAt) if self._supplies(tie.dst)}
        fellows = [tie for tie in self.all(MemberOf) if tie.dst in circles and tie.src in sellers]
        keep.update(end for tie in fellows for end in (tie.id, tie.src))
        reached = {i for i in keep if i in self.records}
        for tie in self.all(WorksAt):
            if tie.src in reached:
                keep.update((tie.id, tie.dst))
        return Snapshot({i: r for i, r in self.records.items() if i in keep and r.KIND not in without})

    def scopes(
        self, accounts: Sequence[str], without: Collection[str] = ()
    ) -> Iterator[tuple[str, Snapshot]]:
        """Yield those of these accounts that are there, each with its :meth:`scope`, reading every record once.

        The kinds `without` stay in: to leave them out would save nothing here.
        """
        wanted = set(accounts)
        parts = units_of(self.all(PartOf))
        scopes: dict[str, set[str]] = {}
        owner: dict[str, list[str]] = defaultdict(list)
        for account in accounts_of(self):
            if account.id not in wanted:
                continue
            units = below(account.id, parts)
            scopes[account.id] = set(units)
            for unit in units:
                owner[unit].append(account.id)
        people: dict[str, set[str]] = defaultdict(set)
        for tie in chain(self.all(WorksAt), self.all(MemberOf)):
            people[tie.src].update(owner.get(tie.dst, ()))
        for person, where in people.items():
            for account_id in where:
                scopes[account_id].add(person)
        nothing: tuple[str, ...] = ()
        employers: dict[str, list[WorksAt]] = defaultdict(list)
        for work in self.all(WorksAt):
            employers[work.src].append(work)
        suppliers = {o.id for o in self.all(Organization) if o.type == "supplier"}
        roadmaps = {d.id for d in self.all(Deal) if d.account in suppliers}
        for record in self:
            if isinstance(record, Tie):
                for account_id in {
                    *people.get(record.src, nothing),
                    *people.get(record.dst, nothing),
                    *owner.get(record.dst, nothing),
                }:
                    scopes[account_id].update((record.id, record.src, record.dst))
            elif isinstance(record, Thing) and not isinstance(record, (Organization, Person)):
                for account_id in owner.get(getattr(record, "account", ""), nothing):
                    scopes[account_id].add(record.id)
                    scopes[account_id].update(_named_by(record))
        sellers = {work.src for work in self.all(WorksAt) if work.dst in suppliers}
        circles: dict[str, set[str]] = defaultdict(set)
        for tie in self.all(MemberOf):
            circles[tie.dst].update(people.get(tie.src, nothing))
        for tie in self.all(MemberOf):
            if tie.src in sellers:
                for account_id in circles[tie.dst]:
                    scopes[account_id].update((tie.id, tie.src))
        for keep in scopes.values():
            keep.update(suppliers, roadmaps)
            for person in [i for i in keep if i in employers and i in self.records]:
                for work in employers[person]:
                    keep.update((work.id, work.dst))
        for account_id in accounts:
            if account_id in scopes:
                keep = scopes.pop(account_id)
                yield account_id, Snapshot({i: self.records[i] for i in sorted(keep) if i in self.records})

    @property
    def rows(self) -> None:
        """None: these are records alone."""
        return None
