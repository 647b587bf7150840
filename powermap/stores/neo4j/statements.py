"""The statements of the store in Neo4j, which lie in ``queries/neo4j/``."""

from __future__ import annotations

from powermap import resources


def cypher(name: str) -> str:
    """Return the text of one of the store's statements."""
    return resources.text("queries", f"neo4j/{name}.cypher")
