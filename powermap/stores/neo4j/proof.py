"""The chain of a Neo4j store: written with every batch, and for stores of before it, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import groupby

from neo4j import ManagedTransaction, Transaction

from powermap.model import LoggedChange
from powermap.stores.base import Raw
from powermap.stores.chain import Chain, Link, RawBatch, RawChange, instant, leaves_of, rewritten, text_of
from powermap.stores.neo4j.statements import PAGE, rows_of, run, send


def raw_batches(tx: ManagedTransaction | Transaction) -> list[RawBatch]:
    """Return the batches as they are kept, in order."""
    return [RawBatch(**row) for row in rows_of(tx, "raw_batches")]


def raw_changes(tx: ManagedTransaction | Transaction) -> Iterator[RawChange]:
    """Yield the log as it is kept, in order."""
    after, full = 0, True
    while full:
        rows = rows_of(tx, "raw_changes", after=after, page=PAGE)
        yield from (RawChange(**row) for row in rows)
        full = len(rows) == PAGE
        after = rows[-1]["seq"] if rows else after


def links(tx: ManagedTransaction | Transaction) -> list[Link]:
    """Return what proves each batch, in the order of the chain."""
    return [
        Link(**{**row, "hash": bytes(row["hash"] or b""), "leaves": bytes(row["leaves"] or b"")})
        for row in rows_of(tx, "links")
    ]


def put_batch(tx: ManagedTransaction, batch: RawBatch, first: int, last: int) -> None:
    """Write a batch whose first change has the number `first`; the log then ends with the number `last`."""
    run(tx, "put_batch", batch={**asdict(batch), "number": first, "undoes": batch.undoes or None}, seq=last)


def seal(tx: ManagedTransaction, batch: RawBatch, leaves: bytes, taken: str = "", rewrote: str = "") -> None:
    """Add a batch that was written to the chain, within its transaction."""
    (end,) = rows_of(tx, "head")
    chain = Chain(end["place"], bytes(end["hash"])) if end["place"] else Chain()
    put_link(tx, chain.link(batch, leaves, taken, rewrote))


def put_link(tx: ManagedTransaction, link: Link) -> None:
    """Write what proves a batch."""
    run(tx, "put_link", link=asdict(link))


def take_as_it_stands(tx: ManagedTransaction, *, anew: bool = False) -> None:
    """Chain what was recorded before there was a chain; `anew` throws away what there was."""
    if anew:
        run(tx, "clear_chain")
    known = {link.batch for link in links(tx)}
    by_batch = groupby(raw_changes(tx), key=lambda c: c.batch)
    taken, left = instant(datetime.now(UTC)), next(by_batch, None)
    for batch in raw_batches(tx):
        leaves = b""
        if left is not None and left[0] == batch.id:
            leaves, left = leaves_of(left[1]), next(by_batch, None)
        if batch.id not in known:
            seal(tx, batch, leaves, taken)


def rewrite(tx: ManagedTransaction, left: Mapping[int, LoggedChange]) -> str:
    """Let changes, by number, say something else; return what the link of the batch that does it has to say."""
    send(
        tx,
        "rewrite_changes",
        (
            {
                "seq": seq,
                "before": text_of(e.change.before),
                "after": text_of(e.change.after),
                "source": e.change.source,
            }
            for seq, e in left.items()
        ),
    )
    named = {e.batch: {"id": e.batch, "title": e.title, "actor": e.actor} for e in left.values()}
    send(tx, "rewrite_batches", named.values())
    batches = {b.id: b for b in raw_batches(tx) if b.id in named}
    return rewritten(left, batches, {link.batch: link for link in links(tx) if link.batch in named})


def take(tx: ManagedTransaction, raw: Raw) -> None:
    """Write a log as it was kept elsewhere into an empty store."""
    changes = list(raw.changes)
    send(tx, "put_changes", map(asdict, changes))
    firsts: dict[str, int] = {}
    for change in changes:
        firsts.setdefault(change.batch, change.seq)
    last, number = max((c.seq for c in changes), default=0), 1
    sizes = Counter(c.batch for c in changes)
    for batch in raw.batches:
        number = firsts.get(batch.id, number)
        put_batch(tx, batch, number, last)
        number += sizes[batch.id]
    for link in raw.links:
        put_link(tx, link)
