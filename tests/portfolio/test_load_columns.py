"""Columns straight from the tables against those of the records."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from powermap.method import load_pack
from powermap.model import Covers, MemberOf, Organization, Person, Record, ReportsTo, WorksAt
from powermap.portfolio import Columns
from powermap.portfolio.data.load_columns import fetch
from powermap.portfolio.data.people import People
from powermap.portfolio.data.store_tables import Tables
from powermap.stores.sqlite.store import SqliteStore
from powermap.words import Words

sys.path.insert(0, str(Path(__file__).parent))
from odd_stores import DAY, assert_same, odd_store, write
from test_scan import random_store


@pytest.mark.parametrize("first", range(0, 300, 30))
def test_equals_the_columns_of_the_records(first: int, tmp_path: Path) -> None:
    """Oracle: :meth:`Columns.from_snapshot`, through the lens."""
    for seed in range(first, first + 30):
        with odd_store(tmp_path / f"{seed}.db", seed) as store:
            with store.columns() as rows:
                found = fetch(rows, load_pack(), DAY)
            assert_same(found, Columns.from_snapshot(store.read(), load_pack(), DAY))


@pytest.mark.parametrize("seed", range(6))
def test_equals_them_in_larger_stores(seed: int, tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "s.db") as store:
        write(store, list(random_store(seed, 60)))
        with store.columns() as rows:
            found = fetch(rows, load_pack(), DAY)
        assert_same(found, Columns.from_snapshot(store.read(), load_pack(), DAY))


def test_ties_between_things_of_the_wrong_kind_go_through_the_lens(tmp_path: Path) -> None:
    """A company that works for another covers a person: nonsense, but both ways agree on it."""
    with odd_store(tmp_path / "s.db", 3) as store:
        odd = [
            WorksAt("x1", "a0", "s0"),
            Covers("x2", "a0", "p0"),
            WorksAt("x3", "p0", "a0"),
            WorksAt("x4", "u0", "a0"),
        ]
        write(store, list(odd), "odd")
        with store.columns() as rows:
            assert not Tables(rows, DAY).typed
            found = fetch(rows, load_pack(), DAY)
        assert_same(found, Columns.from_snapshot(store.read(), load_pack(), DAY))


@pytest.mark.parametrize("names", [["Ann", "Bob"], ["王芳", "", "Zoë"], []])
def test_people_one_after_the_other_are_those_at_each_place(names: list[str]) -> None:
    given = [(f"p{n}", Words(name, f"{name} {n}")) for n, name in enumerate(names)]
    people = People.of(given)
    assert list(people) == given == [people[n] for n in range(len(people))]


def test_an_empty_store(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "s.db") as store, store.columns() as rows:
        found = fetch(rows, load_pack(), DAY)
        assert_same(found, Columns.from_snapshot(store.read(), load_pack(), DAY))


def test_below_five_levels_all_are_of_the_fifth(tmp_path: Path) -> None:
    """Of a line of seven the first four are no employees, so that the other three are the top, by hand."""
    records: list[Record] = [
        Organization("a", name="A"),
        Organization("us", name="Us", type="supplier", us=True),
    ]
    for n in range(7):
        records.append(Person(f"p{n}", name=f"P{n}"))
        records.append(MemberOf(f"m{n}", f"p{n}", "a") if n < 4 else WorksAt(f"m{n}", f"p{n}", "a"))
        if n:
            records.append(ReportsTo(f"r{n}", f"p{n}", f"p{n - 1}"))
    with SqliteStore(tmp_path / "s.db") as store:
        write(store, records)
        with store.columns() as rows:
            found = fetch(rows, load_pack(), DAY)
        assert found.decides.tolist() == [0, 0, 0, 0, 0, 1, 1, 1]
        assert_same(found, Columns.from_snapshot(store.read(), load_pack(), DAY))
