"""What a store holds, written out, and a way to fill one."""

from __future__ import annotations

from collections.abc import Iterable

from powermap.model import Batch, Change, Record, Tie, props_to_text, record_to_props
from powermap.stores.base import Store


def fill(store: Store, records: Iterable[Record], ident: str = "first") -> None:
    """Create records, things before ties."""
    ordered = sorted(records, key=lambda r: isinstance(r, Tie))
    changes = tuple(Change(r.KIND, r.id, None, record_to_props(r)) for r in ordered)
    store.apply(Batch(ident, changes, title="import test"))


def written(store: Store) -> bytes:
    """Write out every record as the store keeps it, and what a search for every name finds."""
    lines = [f"{r.KIND} {props_to_text(record_to_props(r))}" for r in store.read()]
    lines += [repr(hit) for hit in store.search("", limit=1000)]
    return "\n".join(lines).encode()
