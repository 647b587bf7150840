"""The chain over the log: a short hash of every change, and for each batch a hash over these and the batch before.

A chain proves that nothing was changed unless all that came after was made anew, too. Whoever can write the file can do that:
so the hash of the last batch, the *head*, is printed by ``powermap store verify``, to be kept elsewhere. See ADR 10.

The bytes that are hashed are the texts that a store keeps, the same in every kind of store: a copy keeps the hashes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from powermap.model import LoggedChange, props_to_text

LEAF = 16
"""Bytes that are kept of the SHA-256 of one change, or of what a batch says of itself."""
START = bytes(32)
"""What stands for the hash of a batch before the first one."""


@dataclass(frozen=True, slots=True)
class RawBatch:
    """A batch as a store keeps it: `recorded_at` is its text, the rest as in a receipt."""

    id: str
    recorded_at: str
    actor: str
    title: str
    created: int
    updated: int
    removed: int
    undoes: str


@dataclass(frozen=True, slots=True)
class RawChange:
    """A change as a store keeps it: `before` and `after` are JSON."""

    seq: int
    batch: str
    kind: str
    id: str
    before: str | None
    after: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Link:
    """What proves one batch.

    `place` counts from 1. `leaves` are those of the batch itself and then of its changes, in the order of the log. `taken` is
    the instant at which it was chained, if it was recorded before there was a chain. `rewrote` is JSON: the leaves of what
    this batch let earlier ones say instead (``{"batches": {id: hex}, "changes": {seq: hex}}``), empty if nothing.
    """

    place: int
    batch: str
    hash: bytes
    leaves: bytes
    taken: str = ""
    rewrote: str = ""


def leaf(kind: str, ident: str, before: str | None, after: str | None, source: str) -> bytes:
    """Return the leaf of one change. JSON has no NUL, and no kind or id may have one, so that none of two is like another."""
    text = f"{kind}\0{before or ''}\0{after or ''}\0{ident}\0{source}"
    return sha256(text.encode("utf-8", "surrogatepass")).digest()[:LEAF]


def leaves_of_created(
    kinds: Sequence[str], ids: Sequence[str], texts: Sequence[str], sources: Sequence[str]
) -> bytes:
    """Return the leaves of changes that create, one after the other; the same as :func:`leaf`, in a third less time."""
    return b"".join(
        [
            sha256(f"{kind}\0\0{text}\0{ident}\0{source}".encode()).digest()[:LEAF]
            for kind, ident, text, source in zip(kinds, ids, texts, sources, strict=True)
        ]
    )


def leaf_of_batch(batch: RawBatch, taken: str = "", rewrote: str = "") -> bytes:
    """Return the leaf of what a batch says of itself."""
    said = [
        batch.id, batch.recorded_at, batch.actor, batch.title, batch.created, batch.updated, batch.removed, batch.undoes,
        taken, sha256(rewrote.encode()).hexdigest() if rewrote else "",
    ]  # fmt: skip
    return sha256(props_to_text(said).encode("utf-8", "surrogatepass")).digest()[:LEAF]


def hash_of(previous: bytes, leaves: bytes) -> bytes:
    """Return the hash of a batch: over that of the one before, and its own leaves."""
    return sha256(previous + leaves).digest()


def instant(at: datetime) -> str:
    """Write an instant (UTC) so that the order of the texts is the order of the instants."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def next_instant(now: datetime, last: str | None) -> str:
    """Return when something is recorded: now, but never before what was recorded last, whatever the clock says."""
    text = instant(now)
    try:
        return last if last and datetime.fromisoformat(last) > now else text
    except (ValueError, TypeError):  # It is damaged; to verify tells.
        return text


@dataclass(slots=True)
class Chain:
    """The end of a chain, to which batches are added; begins empty."""

    place: int = 0
    head: bytes = START

    def link(self, batch: RawBatch, leaves: bytes | bytearray, taken: str = "", rewrote: str = "") -> Link:
        """Add a batch by the leaves of its changes; return what proves it."""
        every = leaf_of_batch(batch, taken, rewrote) + leaves
        self.place, self.head = self.place + 1, hash_of(self.head, every)
        return Link(self.place, batch.id, self.head, every, taken, rewrote)


def leaves_of(changes: Iterable[RawChange]) -> bytes:
    """Return the leaves of changes, one after the other."""
    return b"".join([leaf(c.kind, c.id, c.before, c.after, c.source) for c in changes])


def rewritten(
    entries: Mapping[int, LoggedChange], batches: Mapping[str, RawBatch], links: Mapping[str, Link]
) -> str:
    """Write which leaves stand from now on for rewritten changes, by their number, and for their batches.

    Parameters
    ----------
    entries
        What the changes say now, by number.
    batches
        What the batches say now, by id.
    links
        What proves these batches.
    """
    said = {
        "batches": {
            i: leaf_of_batch(b, links[i].taken, links[i].rewrote).hex()
            for i, b in batches.items()
            if i in links
        },
        "changes": {
            str(seq): leaf(
                e.change.kind, e.change.id, text_of(e.change.before), text_of(e.change.after), e.change.source
            ).hex()
            for seq, e in entries.items()
        },
    }
    return props_to_text(said)


def text_of(props: object | None) -> str | None:
    """Write the properties of a record as stores keep them."""
    return None if props is None else props_to_text(props)


def read_rewrote(text: str) -> tuple[dict[str, bytes], dict[int, bytes]]:
    """Read which leaves a batch put in the place of others: by batch, and by number of the change.

    Raises
    ------
    ValueError
        If the text is damaged.
    """
    if not text:
        return {}, {}
    said = json.loads(text)
    try:
        return (
            {i: bytes.fromhex(h) for i, h in said["batches"].items()},
            {int(seq): bytes.fromhex(h) for seq, h in said["changes"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error
