"""A store of an older version opens, keeps all facts, and is there as it was, too."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from powermap.errors import StoreError
from powermap.model import Batch, Change, Influences, Person, Snapshot, record_to_props
from powermap.portfolio import Columns
from powermap.stores import open_store
from powermap.stores.base import Store
from powermap.stores.sqlite.store import SCHEMA_VERSION

OLD = Path(__file__).with_name("schema_1.sql")
SCHEMA_2 = Path(__file__).with_name("schema_2.sql")


def old_store(folder: Path, script: Path = OLD) -> Path:
    path = folder / "acme.db"
    db = sqlite3.connect(path)
    db.executescript(script.read_text("utf-8"))
    db.close()
    return path


def of_old_tables(path: Path) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """The log, and what the tables of schema 1 hold."""
    db = sqlite3.connect(path)
    log = db.execute("SELECT seq, batch, kind, id, before, after, source FROM change ORDER BY seq").fetchall()
    held = db.execute(
        "SELECT id, kind, props FROM thing UNION ALL SELECT id, kind, props FROM tie"
    ).fetchall()
    db.close()
    return log, sorted(held)


def of_tables(path: Path) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    db = sqlite3.connect(path)
    log = db.execute(
        "SELECT seq, batch.id, kind, change.id, before, after, source "
        "FROM change JOIN batch ON batch.n = change.batch ORDER BY seq"
    ).fetchall()
    held = db.execute(
        "SELECT id, kind, props FROM thing_facts UNION ALL SELECT id, kind, props FROM tie_facts"
    ).fetchall()
    db.close()
    return log, sorted(held)


def test_all_facts_and_the_whole_log_are_kept(tmp_path: Path) -> None:
    path = old_store(tmp_path)
    log, held = of_old_tables(path)
    with open_store(str(path), create=False) as store:
        assert store.verify() == []
        assert [r.batch for r in store.receipts()] == ["fourth", "third", "second", "first"]
        assert store.receipts()[2].undone_by == "fourth"
        assert [r.undoes for r in store.receipts()] == ["second", "", "", ""]
        assert store.search("zhangwei")
        store.rebuild()
        assert store.verify() == []
    assert of_tables(path) == (log, held)
    assert len(log) == 72 and len(held) == 68


def test_it_is_the_store_that_it_would_be_today(tmp_path: Path) -> None:
    from two_accounts import created, everything

    with (
        open_store(str(old_store(tmp_path)), create=False) as old,
        open_store(str(tmp_path / "new.db")) as new,
    ):
        new.apply(created(everything()))
        (gone,) = [c.change.id for c in old.log() if c.batch == "third"]
        # Kinds of records that came later are not in the old one.
        told = {c.change.id for c in old.log()} - {gone}
        assert old.read() == Snapshot.of(r for r in new.read().records.values() if r.id in told)


def test_the_old_one_stays_beside_it_and_is_as_private(tmp_path: Path) -> None:
    path = old_store(tmp_path)
    before = of_old_tables(path)
    open_store(str(path), create=False).close()
    copy = tmp_path / "acme.db.schema-1"
    assert of_old_tables(copy) == before
    if os.name != "nt":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == ["acme.db", "acme.db.schema-1"]


def test_a_command_says_where_the_old_one_is(tmp_path: Path) -> None:
    path = old_store(tmp_path)
    command = [sys.executable, "-m", "powermap", "accounts", "--store", str(path)]
    first, second = (subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2))
    assert "acme.db.schema-1" in first.stderr and first.stdout == second.stdout and not second.stderr


def test_a_copy_that_is_there_is_left_alone_and_what_a_killed_one_left_is_not(tmp_path: Path) -> None:
    path = old_store(tmp_path)
    mine, left = tmp_path / "acme.db.schema-1", tmp_path / "acme.db.schema-1.part"
    mine.write_text("mine")
    left.write_bytes(b"x" * 100)
    left.with_name(f"{left.name}-journal").write_bytes(b"x")
    with open_store(str(path), create=False) as store:
        assert store.older == tmp_path / "acme.db.schema-1-2"
    assert mine.read_text() == "mine" and of_old_tables(tmp_path / "acme.db.schema-1-2")
    assert len(list(tmp_path.iterdir())) == 3


def test_another_process_that_opens_it_meanwhile_waits_and_copies_nothing(tmp_path: Path) -> None:
    path = old_store(tmp_path)
    code = "import sys; from powermap.stores import open_store; open_store(sys.argv[1]).close()"
    command = [sys.executable, "-c", code, str(path)]
    for child in [subprocess.Popen(command) for _ in range(4)]:
        assert child.wait() == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == ["acme.db", "acme.db.schema-1"]
    assert len(of_old_tables(tmp_path / "acme.db.schema-1")[0]) == 72


def test_opened_again_nothing_is_done(tmp_path: Path) -> None:
    path = old_store(tmp_path)
    open_store(str(path), create=False).close()
    (tmp_path / "acme.db.schema-1").unlink()
    open_store(str(path), create=False).close()
    assert [p.name for p in tmp_path.iterdir()] == ["acme.db"]


def test_what_fails_in_the_middle_leaves_the_old_store(tmp_path: Path) -> None:
    path = old_store(tmp_path)
    db = sqlite3.connect(path)
    db.execute("UPDATE change SET after = 'no JSON' WHERE seq = 60")
    db.commit()
    db.close()
    before = of_old_tables(path)
    with pytest.raises(StoreError):
        open_store(str(path), create=False)
    assert of_old_tables(path) == before


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_killed_in_the_middle_it_is_old_or_new(tmp_path: Path) -> None:
    big = old_store(tmp_path)
    db = sqlite3.connect(big)
    for n in range(1000, 60_000, 1000):
        db.execute(
            "INSERT INTO change (batch, kind, id, after, source) "
            "WITH RECURSIVE k (n) AS (SELECT ? UNION ALL SELECT n + 1 FROM k WHERE n < ?) "
            """SELECT 'first', 'Person', 'k' || n, '{"id":"k' || n || '","name":"N ' || n || '"}', '' FROM k""",
            (n, n + 999),
        )
    db.execute(
        "INSERT INTO thing (id, kind, name, props) SELECT id, kind, after ->> '$.name', after FROM change WHERE seq > 72"
    )
    db.commit()
    db.close()
    found = set()
    for pause in (0.3, 0.5, 0.7, 0.9):
        path = tmp_path / f"{pause}.db"
        shutil.copy(big, path)
        code = "import sys; from powermap.stores import open_store; print(1, flush=True); open_store(sys.argv[1])"
        with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) as child:
            assert child.stdout and child.stdout.readline()
            time.sleep(pause)
            os.kill(child.pid, signal.SIGKILL)
        copies = [
            p
            for p in tmp_path.glob(f"{path.name}.schema-1*")
            if p.suffix != ".part" and "-journal" not in p.name
        ]
        db = sqlite3.connect(path)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (version,) = db.execute("PRAGMA user_version").fetchone()
        names = {name for (name,) in db.execute("SELECT name FROM sqlite_schema")}
        assert ("tie_facts" in names) == (version == SCHEMA_VERSION)
        assert copies or version == 1
        assert all(len(of_old_tables(copy)[0]) == 59_072 for copy in copies)
        assert not {"change_1", "batch_1"} & names
        assert db.execute("SELECT count(*), max(seq) FROM change").fetchone() == (59_072, 59_072)
        db.close()
        found.add(version)
    assert found <= {1, SCHEMA_VERSION}


def test_its_columns_are_the_ones_of_its_records(tmp_path: Path) -> None:
    from datetime import date

    from powermap.method import load_pack
    from powermap.portfolio.data.cache_refresh import columns_of
    from powermap.stores.sqlite.store import SqliteStore

    with SqliteStore(old_store(tmp_path), create=False) as store:
        day, pack = date(2026, 6, 1), load_pack()
        found = columns_of(store, pack, day)
        wanted = Columns.from_snapshot(store.read(), pack, day)
        assert [a.id for a in found.accounts] == [a.id for a in wanted.accounts]
        assert found.src.tolist() == wanted.src.tolist() and found.dst.tolist() == wanted.dst.tolist()


def ties_of(store: Store) -> set[tuple[str, str, str]]:
    snapshot = store.read()
    names = {p.id: p.name for p in snapshot.all(Person)}
    return {(names[t.src], names[t.dst], t.channel) for t in snapshot.all(Influences)}


WAS = {("Ann Lowe", "Bob Reed", "information")}
STAYS = {
    ("Cy Marsh", "Bob Reed", "information"),
    ("Bob Reed", "Cy Marsh", "information"),
    ("Ann Lowe", "Cy Marsh", "advice"),
}


def test_who_informs_stands_first_and_it_is_said_and_can_be_undone(tmp_path: Path) -> None:
    """Schema 2 stored "Bob informs Ann" as Ann -> Bob; what runs both ways does so still, other channels stay."""
    path = old_store(tmp_path, SCHEMA_2)
    command = [sys.executable, "-m", "powermap", "accounts", "--store", str(path)]
    first, second = (subprocess.run(command, capture_output=True, text=True, check=True) for _ in range(2))
    assert "3 ties of information were turned round" in first.stderr and "undo turn-informs" in first.stderr
    assert "acme.db.schema-2" in first.stderr and not second.stderr
    with open_store(str(path), create=False) as store:
        assert ties_of(store) == {("Bob Reed", "Ann Lowe", "information")} | STAYS
        assert store.verify() == [] and store.turned == 0
    undo = [sys.executable, "-m", "powermap", "undo", "turn-informs", "--store", str(path)]
    subprocess.run(undo, capture_output=True, check=True)
    with open_store(str(path), create=False) as store:
        assert ties_of(store) == WAS | STAYS


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_a_server_of_schema_1_is_turned_once(
    neo4j_store: Store, neo4j_server_uri: tuple[str, str | None], tmp_path: Path
) -> None:
    with open_store(str(old_store(tmp_path, SCHEMA_2)), create=False) as older:
        records = older.read().records.values()
    neo4j_store.apply(
        Batch("first", tuple(Change(r.KIND, r.id, None, record_to_props(r)) for r in records), "ann", "all")
    )
    before = ties_of(neo4j_store)
    neo4j_store._write(lambda tx: tx.run("MATCH (s:Store) SET s.schema = 1").consume())  # type: ignore[attr-defined]
    uri, password = neo4j_server_uri
    for turned in (3, 0):
        with open_store(uri, password=password) as store:
            assert store.turned == turned
            assert ties_of(store) == {(b, a, c) if c == "information" else (a, b, c) for a, b, c in before}
            assert store.verify() == []
