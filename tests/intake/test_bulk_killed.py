"""A bulk import is all or nothing, whenever and however it is ended."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import powermap.importing
import powermap.intake.bulk
from powermap.errors import ConflictError
from powermap.model import Bulk, Created
from powermap.stores import open_store
from powermap.stores.sqlite.store import SqliteStore
from powermap.workspace import Workspace

RECORDS = 1 + 5 * 2 * 100 + 5 + 5 * 99 + 1000
CHILD = """
import os, sys
import powermap.intake.bulk as bulk, powermap.stores.sqlite.store as sqlite, powermap.importing as importing, powermap.workspace as workspace
from powermap.stores import open_store

sqlite.MANY, bulk.CHUNK, importing.BULK = 1, 100, 0
folder, path, number, share = sys.argv[1:]

def step(done, total):
    ws.store._db.execute("PRAGMA cache_size = 10")  # Pages are written long before the end.
    if done >= float(share) * total:
        os.kill(os.getpid(), int(number))

print("ready", flush=True)
with workspace.Workspace(open_store(path)) as ws:
    assert len(ws.import_([folder], progress=step).plan.changes) == RECORDS
""".replace("RECORDS", str(RECORDS))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five companies of a hundred people, each of whom has a boss, and a thousand ties."""
    found = tmp_path / "in"
    found.mkdir()
    names = [f"Name {i:03d}" for i in range(100)]
    people = [f"House {h},{n},{names[i // 5] if i else ''}" for h in range(5) for i, n in enumerate(names)]
    ties = [
        f"House {h},{n},sways,{names[(i + step) % 100]}" for h in range(5) for i, n in enumerate(names) for step in (1, 2)
    ]  # fmt: skip
    (found / "organizations.csv").write_text("name,type,us\nOurs,supplier,yes\n")
    (found / "people.csv").write_text("\n".join(["company,name,boss", *people]))
    (found / "ties.csv").write_text("\n".join(["company,from,kind,to", *ties]))
    return found


def start(folder: Path, path: Path, number: int, share: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD, str(folder), str(path), str(int(number)), str(share)]
    # Who was started in the background ignores Ctrl-C, and so do their children.
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def entries(path: Path) -> int:
    """Check a store, and count what is in its log."""
    with open_store(str(path), create=False) as store:
        assert store.verify() == []
        found = store.last_change()
        assert len(store.read()) == found and len(store.receipts()) == bool(found)
    db = sqlite3.connect(path)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert len(db.execute("SELECT 1 FROM sqlite_schema WHERE sql LIKE 'CREATE INDEX%'").fetchall()) == 5
    db.close()
    return found


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("share", [0.01, 0.3, 0.5, 0.7, 0.95])
def test_ended_in_the_middle_it_leaves_nothing(
    folder: Path, tmp_path: Path, number: int, share: float
) -> None:
    path = tmp_path / "x.db"
    with start(folder, path, number, share) as child:
        child.communicate()
        assert child.returncode
    assert entries(path) == 0
    with start(folder, path, signal.SIGKILL, 2) as child:
        assert child.communicate() == ("ready\n", "")
    assert entries(path) == RECORDS


@pytest.mark.parametrize("pause", [0.2, 0.4, 0.5, 0.6, 0.7, 0.8])
def test_killed_at_any_time_it_has_all_or_nothing(folder: Path, tmp_path: Path, pause: float) -> None:
    path = tmp_path / "x.db"
    with start(folder, path, signal.SIGKILL, 2) as child:
        assert child.stdout and child.stdout.readline() == "ready\n"
        time.sleep(pause)
        child.kill()
    if path.exists():
        assert entries(path) in (0, RECORDS)


def test_what_came_in_between_is_seen(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "x.db") as store:
        one = Created(["Organization"], ["a"], ['{"id":"a","name":"A","type":"customer","us":false}'], ["x"])
        store.load(Bulk("first", 1, lambda: iter([one])))
        with pytest.raises(ConflictError) as caught:
            store.load(Bulk("second", 1, lambda: iter([one])))
        assert caught.value.hint
        assert [r.batch for r in store.receipts()] == ["first"] and store.verify() == []
        assert [h.name for h in store.accounts()] == ["A"]


def test_a_reader_does_not_stop_it(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With another program at the file it stays in its journal, and is written all the same."""
    monkeypatch.setattr(powermap.importing, "BULK", 0)
    monkeypatch.setattr("powermap.stores.sqlite.store.MANY", 1)
    path = str(tmp_path / "x.db")
    with open_store(path) as other, Workspace(open_store(path)) as ws:
        assert other.last_change() == 0
        assert ws.import_([folder]).receipt
        assert len(other.read()) == RECORDS
    assert entries(Path(path)) == RECORDS
