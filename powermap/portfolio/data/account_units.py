"""Which account an organization belongs to: itself, or the customer it is a unit of.

Sums count each figure and each interaction once: an account's own are those of itself and of its units, down to units
that are customers themselves, which have their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from powermap.model import Organization, PartOf, Records, accounts_of, below, units_of


def homes(records: Records, on: date | None = None) -> dict[str, tuple[str, ...]]:
    """Return organization id -> ids of the accounts it is, or is a unit of (a subsidiary may be an account too).

    On a day, or (None) on any; on a day only organizations that are there join others.
    """
    if on is None:
        return _homes(records, records.all(PartOf))
    there = {o.id for o in records.all(Organization)}
    holding = (p for p in records.all(PartOf) if p.period.holds(on))
    return _homes(records, (p for p in holding if p.src in there and p.dst in there))


def own_homes(records: Records) -> dict[str, tuple[str, ...]]:
    """Return organization id -> ids of the accounts in whose sums it counts: a customer counts in its own only."""
    customers = {account.id for account in accounts_of(records)}
    return _homes(records, (part for part in records.all(PartOf) if part.src not in customers))


def _homes(records: Records, ties: Iterable[PartOf]) -> dict[str, tuple[str, ...]]:
    parts = units_of(ties)
    found: dict[str, list[str]] = defaultdict(list)
    for account in accounts_of(records):
        for unit in sorted(below(account.id, parts)):
            found[unit].append(account.id)
    return {unit: tuple(accounts) for unit, accounts in found.items()}
