"""Check a store in Neo4j: its indexes, its chain, and its graph against the log."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from neo4j import ManagedTransaction

from powermap.errors import ModelError
from powermap.model import THINGS, record_from_props
from powermap.stores.chain import RawChange
from powermap.stores.names import search_text
from powermap.stores.neo4j import proof
from powermap.stores.neo4j.statements import cypher, rows_of
from powermap.stores.proving import Fault, check_chain, check_projection, record_said
from powermap.words import Words

OURS = ("search", "gone")
"""Properties of nodes that are the store's own, not the record's."""


def held(tx: ManagedTransaction) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return what the graph holds, by id, as (kind, properties)."""
    groups = rows_of(tx, "read_things") + rows_of(tx, "read_ties")
    return {
        str(row.get("id")): (group["kind"], {k: v for k, v in row.items() if k not in OURS})
        for group in groups
        for row in group["rows"]
    }


def check(tx: ManagedTransaction) -> list[Fault]:
    """Return what is wrong, in a read transaction."""
    last: dict[str, RawChange] = {}

    def changes() -> Iterator[RawChange]:
        for change in proof.raw_changes(tx):
            last[change.id] = change
            yield change

    end = 0
    found = list(check_chain(proof.raw_batches(tx), changes(), proof.links(tx)))
    truth: dict[str, tuple[str, Any]] = {}
    for ident, change in last.items():
        end = max(end, change.seq)
        try:
            if change.after is not None:
                truth[ident] = change.kind, json.loads(change.after)
                record_from_props(*truth[ident])
        except (ModelError, ValueError, TypeError, AttributeError) as error:
            what = Words(f"读不出：{error}", f"can't be read: {error}")
            found.append(Fault("projection", record_said(change.kind, ident, what), ident))
    (counted,) = rows_of(tx, "last_change")
    if counted["seq"] != end:
        at = counted["seq"]
        found.append(
            Fault(
                "chain", Words(f"日志到 {end} 为止，应到 {at}", f"the log ends at {end}, and should at {at}")
            )
        )
    found += check_projection(truth, held(tx))
    found += _searched(tx)
    return found


def _searched(tx: ManagedTransaction) -> Iterator[Fault]:
    for group in rows_of(tx, "read_things"):
        for row in group["rows"]:
            props = {k: v for k, v in row.items() if k not in OURS}
            if group["kind"] in THINGS and row.get("search") != (search_text(props) or None):
                what = Words("的检索词与名称不符", "is not found by its name")
                yield Fault(
                    "index",
                    record_said(group["kind"], str(row.get("name") or row.get("id")), what),
                    str(row.get("id")),
                )
    for row in rows_of(tx, "wrong_ends"):
        what = Words("连着别的记录", "runs between others than it says")
        yield Fault("projection", record_said(row["kind"], row["id"], what), row["id"])
    there = {row["name"] for row in rows_of(tx, "indexes")}
    for name in re.findall(r"(?:INDEX|CONSTRAINT) (powermap_\w+)", cypher("schema")):
        if name not in there:
            yield Fault("index", Words(f"没有索引 {name}", f"the index {name} is not there"))
