"""Backups under load, stores made of them, and the way between the kinds of stores: proven equal."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import count
from pathlib import Path
from threading import Event

import pytest
from test_proof import fill
from test_sqlite import WRITER
from two_accounts import created, everything

from powermap.errors import PowermapError, StoreError
from powermap.model import Person, Snapshot
from powermap.stores import open_store
from powermap.stores.base import Store
from powermap.stores.copying import backup, contents, copy, restore
from powermap.stores.sqlite.disks import synced_by


def test_a_backup_holds_all_and_is_private(store: Store, tmp_path: Path) -> None:
    fill(store)
    found = backup(store, tmp_path / "b.db")
    assert found == contents(store) and found.batches == 3
    with open_store(str(tmp_path / "b.db"), create=False) as made:
        assert made.verify() == [] and made.read() == store.read() and made.receipts() == store.receipts()
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "b.db").stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_nothing_is_overwritten_unless_asked(sqlite_store: Store, tmp_path: Path) -> None:
    fill(sqlite_store)
    target = tmp_path / "b.db"
    target.write_text("mine")
    with pytest.raises(StoreError, match="there already"):
        backup(sqlite_store, target)
    assert target.read_text() == "mine"
    backup(sqlite_store, target, force=True)
    with pytest.raises(StoreError, match="there already"):
        restore(target, tmp_path / "twin.db")
    with pytest.raises(StoreError, match="store itself"):
        backup(sqlite_store, Path(sqlite_store.location), force=True)
    with pytest.raises(StoreError, match="is not there"):
        backup(sqlite_store, tmp_path / "no" / "b.db")
    assert sqlite_store.verify() == []


def test_a_store_that_is_damaged_gives_no_backup(sqlite_store: Store, tmp_path: Path) -> None:
    fill(sqlite_store)
    with closing(sqlite3.connect(sqlite_store.location)) as db:
        db.execute("UPDATE change SET source = 'x' WHERE seq = 3")
        db.commit()
    with pytest.raises(StoreError, match="was changed"):
        backup(sqlite_store, tmp_path / "b.db")
    assert [p.name for p in tmp_path.iterdir() if "b.db" in p.name and "twin" not in p.name] == []


def test_under_load_a_backup_is_a_state_that_was(tmp_path: Path) -> None:
    """Whole batches, in order, from the first on: whatever another process writes meanwhile."""
    path = tmp_path / "x.db"
    with (
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
        ) as writer,
    ):
        assert writer.stdout and writer.stdout.readline() == "ready\n"
        sizes = []
        try:
            with open_store(str(path)) as store:
                for number in range(5):
                    time.sleep(0.2)
                    sizes.append(backup(store, tmp_path / f"{number}.db").changes)
        finally:
            writer.kill()
            writer.stdout.read()
    with open_store(str(path)) as store, store.raw() as raw:
        hashes = [link.hash.hex() for link in raw.links]
    assert sizes == sorted(sizes) and sizes[0] < sizes[-1] and all(size % 50 == 0 for size in sizes)
    for number, size in enumerate(sizes):
        with open_store(str(tmp_path / f"{number}.db")) as made:
            assert made.verify() == []
            found = contents(made)
        assert found.changes == size and found.head == hashes[found.batches - 1]


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_under_load_a_backup_of_a_server_is_a_state_that_was(
    neo4j_store: Store, neo4j_server_uri: tuple[str, str | None], tmp_path: Path
) -> None:
    uri, password = neo4j_server_uri
    begun, stop = Event(), Event()

    def write() -> None:
        with open_store(uri, password=password) as store:
            for number in count():
                if stop.is_set():
                    return
                people = [Person(f"p{number}-{i}", name=f"n{i}") for i in range(50)]
                store.apply(created(people, f"b{number}"))
                begun.set()

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        try:
            assert begun.wait(60)
            found = []
            for number in range(5):
                found.append(backup(neo4j_store, tmp_path / f"{number}.db"))
                time.sleep(0.2)
        finally:
            stop.set()
        writing.result()
    with neo4j_store.raw() as raw:
        hashes = [""] + [link.hash.hex() for link in raw.links]
    assert found[0].changes < found[-1].changes
    assert all(f.changes == 50 * f.batches and f.head == hashes[f.batches] for f in found)


def test_a_restored_store_goes_on(sqlite_store: Store, tmp_path: Path) -> None:
    sqlite_store.apply(created(everything()))
    backup(sqlite_store, tmp_path / "b.db")
    restore(tmp_path / "b.db", tmp_path / "new.db")
    with open_store(str(tmp_path / "new.db"), create=False) as store:
        assert store.read() == Snapshot.of(everything())
        store.apply(created([], "next"))
        assert store.verify() == []
    with pytest.raises(StoreError, match="no file"):
        restore(tmp_path / "none.db", tmp_path / "y.db")


def test_a_damaged_backup_makes_no_store(sqlite_store: Store, tmp_path: Path) -> None:
    fill(sqlite_store)
    backup(sqlite_store, tmp_path / "b.db")
    whole = (tmp_path / "b.db").read_bytes()
    (tmp_path / "b.db").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(PowermapError):
        restore(tmp_path / "b.db", tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_there_and_back_again_all_is_equal(
    neo4j_store: Store,
    neo4j_server_uri: tuple[str, str | None],
    sqlite_store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    uri, password = neo4j_server_uri
    if password:
        monkeypatch.setenv("POWERMAP_NEO4J_PASSWORD", password)
    fill(sqlite_store)
    sqlite_store.apply(created([], "empty"))
    ours, theirs = copy(sqlite_store, uri)
    assert ours == theirs and ours.batches == 4
    assert neo4j_store.verify() == []
    assert neo4j_store.read() == sqlite_store.read() and neo4j_store.receipts() == sqlite_store.receipts()
    with pytest.raises(StoreError, match="holds data already"):
        copy(sqlite_store, uri)
    back, _ = copy(neo4j_store, str(tmp_path / "back.db"))
    assert back == ours
    neo4j_store.apply(created([], "more"))
    assert neo4j_store.verify() == []


def test_a_store_that_can_only_be_read_answers(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whoever runs this may be allowed all, so the system's answer is put in its place."""
    fill(sqlite_store)
    sqlite_store.close()
    beside = sorted(p.name for p in tmp_path.iterdir())
    for room in ("store", "connection"):
        monkeypatch.setattr(f"powermap.stores.sqlite.{room}.may_write", lambda path: False)
    with open_store(sqlite_store.location, create=False) as store:
        assert store.reading and len(store.read()) and store.verify() == [] and store.search("a")
        for write in (lambda: store.apply(created([], "x")), store.scour, store.rebuild):
            with pytest.raises(StoreError, match="can't be written"):
                write()
        assert contents(store).batches == 3
    assert sorted(p.name for p in tmp_path.iterdir()) == beside


def test_an_empty_file_is_called_empty(tmp_path: Path) -> None:
    (tmp_path / "x.db").touch()
    with pytest.raises(StoreError, match="0 bytes") as caught:
        open_store(str(tmp_path / "x.db"), create=False)
    assert "restore" in caught.value.hint


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive - Nordwind AG", "OneDrive"),
        ("Dropbox (Personal)", "Dropbox"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud"),
        ("坚果云", "坚果云"),
        ("Google Drive", "Google Drive"),
        ("OneDriveway", ""),
        ("work", ""),
    ],
)
def test_a_folder_that_a_service_copies_is_told(tmp_path: Path, folder: str, service: str) -> None:
    assert synced_by(tmp_path / folder / "x.db") == service
