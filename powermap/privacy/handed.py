"""The log of what was handed out: who wrote which file of whom, for whose eyes, when; without its content."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from powermap.importing import random_id
from powermap.model import Batch, Receipt
from powermap.stores.base import Store

EXPORT = "export"
EVERYBODY = "*"
"""Stands for all accounts."""
_DOT = " · "


class Handed(NamedTuple):
    """A file that was written: what it answers, for whose eyes, in which form, of which account (by name, or all)."""

    what: str
    profile: str
    form: str
    account: str


def record(store: Store, file: Handed, actor: str) -> Receipt:
    """Note in the log of a store that a file was written: a batch that changes nothing."""
    return store.apply(Batch(random_id(), (), actor, f"{EXPORT} {_DOT.join(file)}"))


def handed(receipts: Iterable[Receipt], accounts: Iterable[str]) -> list[tuple[Receipt, Handed]]:
    """Return the files that held any of these accounts, by name, the newest first."""
    wanted = {*accounts, EVERYBODY}
    found = []
    for receipt in receipts:
        verb, _, rest = receipt.title.partition(" ")
        parts = rest.split(_DOT, 3)
        if verb == EXPORT and len(parts) == 4 and parts[3] in wanted:
            found.append((receipt, Handed(*parts)))
    return found
