"""Nothing is changed behind the back of the chain: by a bit of the disk, by plain SQL, by Cypher."""

from __future__ import annotations

import dataclasses
import json
import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from two_accounts import change, created, everything

from powermap.errors import PowermapError, StoreError
from powermap.model import Batch, Organization, Person, Snapshot
from powermap.privacy.erasing import erase
from powermap.privacy.held import hold
from powermap.stores import open_store
from powermap.stores.base import Store
from powermap.stores.chain import Chain, RawChange, leaf, leaves_of_created, next_instant
from powermap.stores.copying import contents
from powermap.stores.proving import check_chain, untidy

LONG = bool(os.environ.get("POWERMAP_TEST_LONG"))
FLIPS = 500 if LONG else 50


def fill(store: Store) -> None:
    """Write three batches, the last of which changes and removes."""
    records = everything()
    store.apply(created(records[:20]))
    store.apply(Batch("second", created(records[20:]).changes, "ann", "more"))
    boss = next(r for r in records if r.id == "a-boss")
    lone = next(r for r in records if r.id == "d4")
    edited: Any = dataclasses.replace(boss, note="new")  # type: ignore[call-arg]
    store.apply(Batch("third", (change(boss, edited), change(lone, None)), "bo", "edit"))


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "filled.db"
    with open_store(str(path)) as store:
        fill(store)
    return path


def rows_of(path: Path) -> list[Any]:
    """All that powermap reads of a file: its tables, row by row, and their definitions."""
    with closing(sqlite3.connect(path)) as db:
        names = [
            n for (n,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        ]
        return [db.execute("SELECT * FROM sqlite_schema ORDER BY name").fetchall()] + [
            sorted(map(repr, db.execute(f"SELECT * FROM {n}"))) for n in names
        ]


def faults_of(path: Path) -> list[str]:
    """What to open and to verify says; anything but words is a fault of ours."""
    try:
        with open_store(str(path), create=False) as store:
            return [f.words.en for f in store.verify()]
    except PowermapError as error:
        assert error.words.zh and error.hint
        return [error.message]


def test_every_flipped_bit_that_is_read_is_found(filled: Path, tmp_path: Path) -> None:
    """A flip that isn't found is harmless only if every row and every definition reads as before."""
    whole, before = filled.read_bytes(), rows_of(filled)
    dice, copy = random.Random(7), tmp_path / "flipped.db"
    found = 0
    for _ in range(FLIPS):
        at = dice.randrange(len(whole) * 8)
        hurt = bytearray(whole)
        hurt[at // 8] ^= 1 << at % 8
        for left in tmp_path.glob("flipped.db*"):
            left.unlink()
        copy.write_bytes(hurt)
        if faults_of(copy):
            found += 1
        else:
            assert rows_of(copy) == before, f"bit {at} of {len(whole) * 8} was flipped, and nothing was said"
    assert found > FLIPS // 10


BEHIND = [
    "UPDATE change SET after = replace(after, '张伟', '张威') WHERE id = 'a-boss'",
    "UPDATE change SET source = 'x' WHERE seq = 5",
    "UPDATE change SET batch = 2 WHERE seq = 5",
    "UPDATE change SET seq = 9999 WHERE seq = (SELECT max(seq) FROM change)",
    "DELETE FROM change WHERE seq = (SELECT max(seq) FROM change)",
    "DELETE FROM change WHERE seq = 3",
    "INSERT INTO change (batch, kind, id, after, source) VALUES (1, 'Person', 'z', '{\"id\":\"z\"}', '')",
    "UPDATE batch SET actor = 'eve' WHERE n = 1",
    "UPDATE batch SET title = 'x' WHERE n = 2",
    "UPDATE batch SET recorded_at = '2020-01-01T00:00:00.000000+00:00' WHERE n = 3",
    "UPDATE batch SET created = created + 1 WHERE n = 1",
    "UPDATE batch SET undoes = 'second' WHERE n = 3",
    "UPDATE batch SET id = 'other' WHERE n = 3",
    "DELETE FROM batch WHERE n = 3",
    "INSERT INTO batch (id, recorded_at, actor, title, created, updated, removed) VALUES ('x', '2099-01-01T00:00:00+00:00', '', '', 0, 0, 0)",
    "UPDATE chain SET hash = zeroblob(32) WHERE place = 3",
    "UPDATE chain SET leaves = zeroblob(length(leaves)) WHERE place = 2",
    "UPDATE chain SET taken = '2026-01-01' WHERE place = 1",
    "UPDATE chain SET rewrote = '{\"batches\":{},\"changes\":{}}' WHERE place = 1",
    "UPDATE chain SET place = 7 WHERE place = 3",
    "DELETE FROM chain WHERE place = 3",
    "DELETE FROM chain",
    "UPDATE thing SET name = 'x' WHERE id = 'a-boss'",
    "UPDATE thing SET account = 'b-org' WHERE id = 'a-deal'",
    "DELETE FROM thing WHERE id = 'a-boss'",
    "UPDATE tie SET dst = 'b-org' WHERE id = 'a-t3'",
    "UPDATE tie SET number = '3' WHERE id = 'a-t3'",
    "DELETE FROM tie WHERE id = 'a-t3'",
    "UPDATE sqlite_sequence SET seq = seq + 5",
    "DROP INDEX tie_by_src",
    "CREATE TRIGGER t AFTER INSERT ON batch BEGIN DELETE FROM tie; END",
    "DROP VIEW tie_facts",
    "CREATE TABLE mine (x)",
]  # fmt: skip


@pytest.mark.parametrize("statement", BEHIND)
def test_what_is_changed_by_plain_sql_is_found(filled: Path, statement: str) -> None:
    assert faults_of(filled) == []
    with closing(sqlite3.connect(filled)) as db:
        db.execute(statement)
        db.commit()
    assert faults_of(filled)


def test_it_says_whom_which_batch_when_and_by_whom(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as db:
        db.execute(
            "UPDATE change SET after = replace(after, '\"power\":9.5', '\"power\":1.5') WHERE id = 'a-boss'"
        )
        db.commit()
    with open_store(str(filled)) as store:
        (first, *_) = [f for f in store.verify() if f.part == "chain"]
        today = store.receipts()[0].recorded_at.date().isoformat()
    assert first.record == "a-boss" and first.batch == "first"
    assert "Person 张伟 was changed" in first.words.en and "人员 张伟" in first.words.zh
    assert today in first.words.en


GRAPH = [
    "MATCH (c:Change {seq: 5}) SET c.after = replace(c.after, 'a', 'b')",
    "MATCH (c:Change {seq: 5}) SET c.source = 'x'",
    "MATCH (c:Change {seq: 5}) DELETE c",
    "MATCH (b:Batch {id: 'second'}) SET b.actor = 'eve'",
    "MATCH (b:Batch {id: 'third'}) DELETE b",
    "MATCH (l:Link {place: 3}) DELETE l",
    "MATCH (l:Link {place: 2}) SET l.hash = null",
    "MATCH (s:Store) SET s.seq = s.seq + 1",
    "MATCH (n:Person {id: 'a-boss'}) SET n.power = 1.0",
    "MATCH (n:Person {id: 'a-boss'}) SET n.search = 'x'",
    "MATCH (n:Person {id: 'a-boss'}) SET n.odd = 'x'",
    "CREATE (n:Person {id: 'z', name: 'Z'})",
    "MATCH ()-[r:WORKS_AT {id: 'a-t3'}]->() DELETE r",
    "MATCH ()-[r:WORKS_AT {id: 'a-t3'}]->() SET r.level = 4",
    "MATCH (a)-[r:WORKS_AT {id: 'a-t3'}]->() MATCH (o:Organization {id: 'b-org'}) WITH a, r, o, properties(r) AS p DELETE r CREATE (a)-[n:WORKS_AT]->(o) SET n = p",
]  # fmt: skip


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
@pytest.mark.parametrize("statement", GRAPH)
def test_what_is_changed_by_plain_cypher_is_found(neo4j_store: Store, statement: str) -> None:
    fill(neo4j_store)
    assert neo4j_store.verify() == []
    neo4j_store._write(lambda tx: tx.run(statement).consume())  # type: ignore[attr-defined]
    assert neo4j_store.verify()


def test_both_stores_have_the_same_leaves(sqlite_store: Store) -> None:
    fill(sqlite_store)
    with sqlite_store.raw() as raw:
        rows = list(raw.changes)
        every = b"".join(link.leaves[16:] for link in raw.links)
    assert every == b"".join(leaf(c.kind, c.id, c.before, c.after, c.source) for c in rows)
    made = [c for c in rows if c.before is None]
    bulk = leaves_of_created(
        [c.kind for c in made], [c.id for c in made], [c.after or "" for c in made], [c.source for c in made]
    )
    assert bulk == b"".join(leaf(c.kind, c.id, None, c.after, c.source) for c in made)


def test_no_two_changes_have_one_leaf() -> None:
    base = RawChange(1, "b", "Person", "p", "{}", '{"a":1}', "s")
    others = [
        dataclasses.replace(base, **{name: value})  # type: ignore[arg-type]
        for name, value in (("kind", "Deal"), ("id", "q"), ("before", None), ("after", None), ("source", ""))
    ]
    made = {leaf(c.kind, c.id, c.before, c.after, c.source) for c in (base, *others)}
    assert len(made) == 6


def test_who_is_forgotten_is_told_from_a_change_behind_its_back(store: Store) -> None:
    fill(store)
    before = contents(store)
    held = hold("a-boss", store.log)
    assert held is not None
    erase(store, held, held.mentions, "olga", datetime.now(UTC).date())
    assert store.verify() == []
    with store.raw() as raw:
        assert raw.links[2].hash.hex() == before.head, "the chain of before stands"
        said = json.loads(raw.links[-1].rewrote)
        assert said["changes"] and not any(link.rewrote for link in raw.links[:-1])
    store.rebuild()
    assert store.verify() == []


def test_a_clock_that_is_set_back_records_no_earlier(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.apply(created([Person("p", name="P")]))

    class Yesterday(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            return datetime.now(tz) - timedelta(days=1)

    for room in ("sqlite", "neo4j"):
        monkeypatch.setattr(f"powermap.stores.{room}.store.datetime", Yesterday)
    second = store.apply(Batch("later", created([Person("q", name="Q")]).changes))
    monkeypatch.undo()
    first = store.receipts()[-1]
    assert second.recorded_at >= first.recorded_at and store.verify() == []


def test_a_last_time_that_is_damaged_holds_nobody_back() -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    assert next_instant(now, "zzz").startswith("2026-03-01")
    assert next_instant(now, "2026-03-02T00:00:00+00:00").startswith("2026-03-02")
    assert next_instant(now, "2026-02-02T00:00:00+00:00").startswith("2026-03-01")


def behind(store: Store, sql: str, cypher: str) -> None:
    """Change something behind the back of a store of either kind."""
    if store.cypher is not None:
        store._write(lambda tx: tx.run(cypher).consume())  # type: ignore[attr-defined]
    else:
        with closing(sqlite3.connect(store.location)) as db:
            db.execute(sql)
            db.commit()


@pytest.mark.parametrize("trust", ["log", "state"])
def test_nothing_is_built_on_a_broken_chain_unless_it_is_said_what_is_right(store: Store, trust: str) -> None:
    fill(store)
    behind(
        store,
        "DELETE FROM change WHERE batch = 2 AND id = 'b-club'",
        "MATCH (c:Change {id: 'b-club'}) DELETE c",
    )
    held = "b-club" in store.read().records if store.cypher is not None else False
    with pytest.raises(StoreError, match="not what its chain proves") as caught:
        store.rebuild()
    assert "--trust log" in caught.value.hint
    store.rebuild(trust)
    assert store.verify() == []
    assert ("b-club" in store.read().records) == (held and trust == "state")
    assert store.receipts()[0].title == f"trust {trust}"


def test_what_may_be_trusted_is_one_of_two(store: Store) -> None:
    with pytest.raises(PowermapError, match="log or state"):
        store.rebuild("me")


def test_a_store_of_before_is_chained_as_it_stands(filled: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(filled)) as db:
        db.execute("DROP TABLE chain")
        db.execute("PRAGMA user_version = 4")
    for _ in range(2):
        with open_store(str(filled)) as store:
            assert store.verify() == []
            with store.raw() as raw:
                assert [bool(link.taken) for link in raw.links] == [True] * 3
    with open_store(str(filled)) as store:
        store.apply(created([Person("new", name="New")], "fourth"))
        with store.raw() as raw:
            assert not raw.links[-1].taken
        assert store.verify() == []


def test_what_is_untidy_is_said(tmp_path: Path) -> None:
    twice = [
        Organization("o1", ("crm|account|1",), name="Acme"),
        Organization("o2", ("crm|account|1",), name="ACME"),
        Organization("o3", name="Other"),
    ]
    found = [(f.part, f.words.en) for f in untidy(Snapshot.of(twice))]
    assert [part for part, _ in found] == ["doubles", "doubles"]
    assert any("external key crm|account|1" in said for _, said in found)
    loose = [r for r in everything() if r.id != "a-boss"]
    assert {f.part for f in untidy(Snapshot.of(loose))} >= {"ties"}


@pytest.mark.parametrize(
    "cut",
    [lambda b: b[: len(b) // 2], lambda b: b[:50], lambda b: b[:100] + bytes(len(b) - 100), lambda b: b[:-1]],
)
def test_a_cut_file_is_said_to_be_damaged(filled: Path, cut: Callable[[bytes], bytes]) -> None:
    filled.write_bytes(cut(filled.read_bytes()))
    assert faults_of(filled)


def test_it_stays_readable_where_it_can_be_read(filled: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(filled)) as db:
        db.execute("UPDATE change SET after = 'no json' WHERE id = 'b-club'")
        db.commit()
    said = faults_of(filled)
    assert any("b-club" in text and "was changed" in text for text in said)


def test_what_is_missing_in_the_middle_is_told_even_if_the_count_is_right(filled: Path) -> None:
    """The log alone, as a store hands it out: nothing else helps to find it."""
    with open_store(str(filled)) as store, store.raw() as raw:
        batches, links, changes = raw.batches, raw.links, list(raw.changes)
    assert list(check_chain(batches, changes, links)) == []
    last = [f.words.en for f in check_chain(batches, changes[:-1], links)]
    assert last and "lacks 1 changes" in last[0]
    moved = [*changes[:-1], dataclasses.replace(changes[-1], seq=changes[-1].seq + 4)]
    assert "not at its place" in next(check_chain(batches, moved, links)).words.en
    taken = Chain()
    again = [
        taken.link(b, b"".join(_leaf(c) for c in moved if c.batch == b.id), "2026-01-01") for b in batches
    ]
    assert list(check_chain(batches, moved, again)) == [], "older stores may have gaps"


def _leaf(change: RawChange) -> bytes:
    return leaf(change.kind, change.id, change.before, change.after, change.source)


def test_an_older_store_that_cannot_be_written_is_told(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(sqlite3.connect(filled)) as db:
        db.execute("PRAGMA user_version = 2")
    monkeypatch.setattr("powermap.stores.sqlite.store.may_write", lambda path: False)
    with pytest.raises(StoreError, match="older format, and can't be written"):
        open_store(str(filled))
