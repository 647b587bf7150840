"""Cut the snapshot of a whole store into the scopes of its accounts, in one pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterator, Sequence
from itertools import chain

from powermap.model import (
    Interaction,
    MemberOf,
    Organization,
    PartOf,
    Person,
    Records,
    Snapshot,
    Thing,
    Tie,
    WorksAt,
    below,
    units_of,
)


def accounts_of(records: Records) -> tuple[Organization, ...]:
    """List the customers, by name then id."""
    found = (o for o in records.all(Organization) if o.type == "customer")
    return tuple(sorted(found, key=lambda o: (o.name, o.id)))


def scopes(
    records: Records, accounts: Sequence[str], without: Collection[str] = ()
) -> Iterator[tuple[str, Snapshot]]:
    """Yield those of these accounts that are there, each with its scope; nobody looks at the kinds `without`."""
    there = {account.id for account in accounts_of(records)}
    cut = split(records, accounts) if isinstance(records, Snapshot) else None
    for account_id in accounts:
        if account_id in there:
            yield account_id, cut.pop(account_id) if cut else records.scope(account_id, without)


def split(snapshot: Snapshot, accounts: Container[str] | None = None) -> dict[str, Snapshot]:
    """Return, for every account (or these), what :meth:`Snapshot.scope` returns, reading every record once."""
    parts = units_of(snapshot.all(PartOf))
    scopes: dict[str, set[str]] = {}
    owner: dict[str, list[str]] = defaultdict(list)
    for account in accounts_of(snapshot):
        if accounts is not None and account.id not in accounts:
            continue
        units = below(account.id, parts)
        scopes[account.id] = set(units)
        for unit in units:
            owner[unit].append(account.id)
    people: dict[str, set[str]] = defaultdict(set)
    for tie in chain(snapshot.all(WorksAt), snapshot.all(MemberOf)):
        people[tie.src].update(owner.get(tie.dst, ()))
    for person, where in people.items():
        for account_id in where:
            scopes[account_id].add(person)
    nothing: tuple[str, ...] = ()
    employers: dict[str, list[WorksAt]] = defaultdict(list)
    for work in snapshot.all(WorksAt):
        employers[work.src].append(work)
    suppliers = {o.id for o in snapshot.all(Organization) if o.type == "supplier"}
    for record in snapshot:
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
                if isinstance(record, Interaction):
                    scopes[account_id].update(record.ours + record.theirs)
    sellers = {work.src for work in snapshot.all(WorksAt) if work.dst in suppliers}
    circles: dict[str, set[str]] = defaultdict(set)
    for tie in snapshot.all(MemberOf):
        circles[tie.dst].update(people.get(tie.src, nothing))
    for tie in snapshot.all(MemberOf):
        if tie.src in sellers:
            for account_id in circles[tie.dst]:
                scopes[account_id].update((tie.id, tie.src))
    for keep in scopes.values():
        keep.update(suppliers)
        for person in [i for i in keep if i in employers and i in snapshot.records]:
            for work in employers[person]:
                keep.update((work.id, work.dst))
    return {
        account_id: Snapshot({i: snapshot.records[i] for i in sorted(keep) if i in snapshot.records})
        for account_id, keep in scopes.items()
    }
