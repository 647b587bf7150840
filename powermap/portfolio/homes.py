"""Which account an organization belongs to: itself, or the customer it is a unit of."""

from __future__ import annotations

from collections import defaultdict

from powermap.model import PartOf, Snapshot
from powermap.portfolio.split import accounts_of


def homes(records: Snapshot) -> dict[str, tuple[str, ...]]:
    """Return organization id -> ids of the accounts it is, or is a unit of (a subsidiary may be an account too)."""
    parts: dict[str, list[str]] = defaultdict(list)
    for part in records.all(PartOf):
        parts[part.dst].append(part.src)
    found: dict[str, list[str]] = defaultdict(list)
    for account in accounts_of(records):
        units, queue = {account.id}, [account.id]
        while queue:
            new = [u for u in parts[queue.pop()] if u not in units]
            units.update(new)
            queue += new
        for unit in sorted(units):
            found[unit].append(account.id)
    return {unit: tuple(accounts) for unit, accounts in found.items()}
