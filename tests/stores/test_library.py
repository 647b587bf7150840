"""The library's queries, on a real server, each against an answer that can be seen in the records."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from two_accounts import created, everything

from powermap.errors import ConfigError
from powermap.model import Covers, Evidence, Influences, Period, Person, Stands, TakesPart, WorksAt
from powermap.stores.base import Store
from powermap.stores.library import list_queries, run_query

ON = "2026-06-01"
EXPECTED: dict[str, tuple[dict[str, Any], list[list[Any]]]] = {
    "sole_cover": ({"account": "a-org", "on": ON}, [["Sam Seller", 1, ["张伟"]]]),
    "uncovered_committee": ({"deal": "a-deal", "on": ON}, [["李娜", [], None, False]]),
    "stale_stances": (
        {"on": ON, "before": "2026-01-01"},
        [
            ["李娜", "Rival", 2, "2025-02-01", "me"],
        ],
    ),
    "influence_paths": (
        {"person": "a-head", "on": ON},
        [["Sam Seller", ["张伟", "李娜"], 1]],
    ),
    "who_covers_whom": (
        {"account": "a-org", "on": ON},
        [
            ["Rival", "无关", "李娜", "owner", None],
            ["我方", "Sam Seller", "张伟", "deputy", None],
        ],
    ),
    "exclusive_twice": (
        {"on": ON},
        [["李娜", "", ["Rival", "我方"]], ["陈静", "a-deal", ["Rival", "我方"]]],
    ),
}


@pytest.fixture
def filled(neo4j_store: Store) -> Store:
    """The two accounts, and what makes the questions interesting; each fact has an ended twin that must not count."""
    over = Period(None, date(2026, 1, 1))
    extra = [
        WorksAt("x0", "a-head", "a-org"),
        TakesPart("x1", "a-head", "a-deal"),
        TakesPart("x2", "a-friend", "a-deal", over),
        Covers("x3", "lone", "a-head"),
        Covers("x4", "lone", "a-boss", over),
        Covers("x5", "a-seller", "a-head", over),
        Influences("x6", "a-boss", "a-head"),
        Influences("x7", "a-boss", "a-wife", over),
        Stands("x8", "a-head", "sup-rival", evidence=Evidence(on=date(2025, 2, 1), author="me"), attitude=2),
        Stands("x9", "a-head", "sup-us", evidence=Evidence(on=date(2026, 5, 1)), attitude=3),
        Stands("x10", "a-boss", "sup-rival", over, attitude=3),
        # 陈静: exclusive for the rival in all, for us in the deal. 周明: for the rival in all, and in the deal for us alone.
        Stands("x11", "a-wife", "sup-rival", attitude=2),
        Stands("x12", "a-wife", "sup-us", attitude=2, deal="a-deal"),
        Stands("x13", "a-friend", "sup-rival", attitude=2),
        Stands("x14", "a-friend", "sup-rival", attitude=0, deal="a-deal"),
        Stands("x15", "a-friend", "sup-us", attitude=3, deal="a-deal"),
        # Two more ways to 李娜 by one of ours: through who opposes us, and through who has left.
        Person("foe", name="反对者"),
        WorksAt("x16", "foe", "a-org"),
        Stands("x17", "foe", "sup-us", attitude=-1),
        Person("gone", name="离职者"),
        WorksAt("x18", "gone", "a-org", over),
        *(Influences(f"x-{p}", p, "a-head") for p in ("foe", "gone")),
        *(Influences(f"y-{p}", "a-boss", p) for p in ("foe", "gone")),
    ]
    neo4j_store.apply(created(everything() + extra))
    return neo4j_store


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_each_query_answers(filled: Store) -> None:
    found = {}
    for name, (params, _) in EXPECTED.items():
        columns, rows = run_query(filled, name, **params)
        assert len(set(columns)) == len(columns)
        found[name] = [
            [sorted(v) if name == "exclusive_twice" and isinstance(v, list) else v for v in r] for r in rows
        ]
    assert found == {name: rows for name, (_, rows) in EXPECTED.items()}
    before = filled.last_change()
    assert filled.verify() == [] and filled.last_change() == before


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_what_a_query_is_not_given(filled: Store) -> None:
    with pytest.raises(ConfigError, match="takes account, on, and was given on"):
        run_query(filled, "sole_cover", on=ON)
    with pytest.raises(ConfigError, match="no query") as caught:
        run_query(filled, "../neo4j/clear")
    assert "sole_cover" in caught.value.hint


def test_every_query_is_described_and_tested() -> None:
    queries = {query.name: query for query in list_queries()}
    assert queries.keys() == EXPECTED.keys()
    for name, query in queries.items():
        assert set(query.parameters) == set(EXPECTED[name][0])
        assert all([*query.title, *query.description])


def test_a_file_has_no_cypher(sqlite_store: Store) -> None:
    with pytest.raises(ConfigError, match="need Neo4j"):
        run_query(sqlite_store, "exclusive_twice", on=ON)
