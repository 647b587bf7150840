"""The statements of the store in Neo4j, which lie in ``queries/neo4j/``."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING, Any

from powermap import resources

if TYPE_CHECKING:
    from neo4j import ManagedTransaction, Transaction

PAGE = 5000
"""Rows sent or fetched at once."""


def cypher(name: str) -> str:
    """Return the text of one of the store's statements."""
    return resources.text("queries", f"neo4j/{name}.cypher")


def rows_of(tx: ManagedTransaction | Transaction, name: str, **values: Any) -> list[dict[str, Any]]:
    """Run one of the store's statements; return its rows."""
    return tx.run(cypher(name), values).data()


def run(tx: ManagedTransaction, name: str, **values: Any) -> None:
    """Run one of the store's statements for what it does."""
    tx.run(cypher(name), values).consume()


def send(tx: ManagedTransaction, name: str, rows: Iterable[dict[str, Any]]) -> None:
    """Run one of the store's statements on rows, some at once."""
    left = iter(rows)
    while page := list(islice(left, PAGE)):
        run(tx, name, rows=page)
