"""The chain of a SQLite store: written with every batch, and for stores of before it, once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import groupby

from powermap.model import LoggedChange
from powermap.stores.base import Raw
from powermap.stores.chain import Chain, Link, RawBatch, RawChange, instant, leaves_of, rewritten, text_of
from powermap.stores.sqlite.statements import script


def raw_batches(db: sqlite3.Connection) -> Iterator[RawBatch]:
    """Yield the batches as they are kept, in order."""
    return (RawBatch(*row) for row in db.execute(script("raw_batches")))


def raw_changes(db: sqlite3.Connection) -> Iterator[RawChange]:
    """Yield the log as it is kept, in order."""
    return (RawChange(*row) for row in db.execute(script("raw_changes")))


def links(db: sqlite3.Connection) -> Iterator[Link]:
    """Yield what proves each batch, in the order of the chain."""
    return (Link(*row) for row in db.execute(script("links")))


def seal(
    db: sqlite3.Connection, batch: RawBatch, leaves: bytes | bytearray, taken: str = "", rewrote: str = ""
) -> None:
    """Add a batch that was written to the chain, within its transaction."""
    place, head, _ = db.execute(script("head")).fetchone()
    chain = Chain(place, head) if place else Chain()
    link = chain.link(batch, leaves, taken, rewrote)
    put_link(db, link)


def put_link(db: sqlite3.Connection, link: Link) -> None:
    """Write what proves a batch."""
    values = (link.place, link.batch, link.hash, link.leaves, link.taken, link.rewrote)
    db.execute(script("put_link"), values)


def take_as_it_stands(db: sqlite3.Connection, *, anew: bool = False) -> None:
    """Make the table of the chain, and chain what was recorded before there was one; `anew` throws away what there was."""
    db.execute(script("chain_schema"))
    if anew:
        db.execute(script("clear_chain"))
    by_batch = groupby(raw_changes(db), key=lambda c: c.batch)
    taken, left = instant(datetime.now(UTC)), next(by_batch, None)
    for batch in list(raw_batches(db)):
        leaves = b""
        if left is not None and left[0] == batch.id:
            leaves, left = leaves_of(left[1]), next(by_batch, None)
        seal(db, batch, leaves, taken)


def rewrite(
    db: sqlite3.Connection, log: Iterator[LoggedChange], edit: Callable[[LoggedChange], LoggedChange]
) -> str:
    """Let the log say something else, within a transaction; return what the link of the batch that does it has to say."""
    left = {old.seq: new for old in log if (new := edit(old)) != old}
    for seq, new in left.items():
        values = {"before": text_of(new.change.before), "after": text_of(new.change.after)}
        db.execute(script("rewrite_change"), {"seq": seq, "source": new.change.source, **values})
    names = {new.batch: new for new in left.values()}
    for new in names.values():
        db.execute(script("rewrite_batch"), {"id": new.batch, "title": new.title, "actor": new.actor})
    batches = {b.id: b for b in raw_batches(db) if b.id in names}
    proofs = {link.batch: link for link in links(db) if link.batch in names}
    return rewritten(left, batches, proofs)


def take(db: sqlite3.Connection, raw: Raw) -> None:
    """Write a log as it was kept elsewhere into an empty store, within a transaction."""
    numbers = {}
    for batch in raw.batches:
        numbers[batch.id] = db.execute(script("put_batch"), asdict(batch)).lastrowid
    db.executemany(
        script("put_raw_change"),
        ((c.seq, numbers[c.batch], c.kind, c.id, c.before, c.after, c.source) for c in raw.changes),
    )
    for link in raw.links:
        put_link(db, link)
