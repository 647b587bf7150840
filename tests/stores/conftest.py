"""Stores to test: a file, and a real Neo4j that is started once and emptied between cases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from absent import IN_CI, absent

from powermap.errors import PowermapError
from powermap.stores import open_store
from powermap.stores.base import Store
from powermap.stores.neo4j import server as neo4j_server

EMPTY = """
MATCH (s:Store) SET s.seq = 0
WITH s MATCH (n) WHERE n <> s DETACH DELETE n
"""
BOTH = [
    pytest.param("sqlite", id="sqlite"),
    pytest.param("neo4j", id="neo4j", marks=[pytest.mark.neo4j, pytest.mark.xdist_group("neo4j")]),
]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "xdist_group(name): cases that share one process of pytest-xdist")


@pytest.fixture(scope="session")
def neo4j_server_uri() -> Iterator[tuple[str, str | None]]:
    """The address and password of a server: the one named in the environment, else one of our own."""
    if given := os.environ.get("POWERMAP_TEST_NEO4J_URI"):
        yield given, None
        return
    server = neo4j_server.temporary()
    try:
        if IN_CI:
            neo4j_server.fetch()
        running = server.__enter__()
    except PowermapError as error:
        absent(f"no Neo4j can run here: {error.message} ({error.hint})")
    try:
        yield running.uri, running.password
    finally:
        server.__exit__(None, None, None)


@pytest.fixture
def neo4j_store(neo4j_server_uri: tuple[str, str | None]) -> Iterator[Store]:
    """An empty store on the server."""
    uri, password = neo4j_server_uri
    with open_store(uri, password=password) as store:
        store._write(lambda tx: tx.run(EMPTY).consume())  # type: ignore[attr-defined]
        yield store


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a file."""
    with open_store(str(tmp_path / "twin.db")) as store:
        yield store


@pytest.fixture(params=BOTH)
def store(request: pytest.FixtureRequest) -> Store:
    """An empty store of each kind."""
    opened: Store = request.getfixturevalue(f"{request.param}_store")
    return opened
