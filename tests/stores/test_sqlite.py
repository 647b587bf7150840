"""What only the file can do wrong, or survive."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from two_accounts import created, everything

from powermap.errors import StoreError
from powermap.model import Batch, Snapshot
from powermap.stores import open_store
from powermap.stores.sqlite.removal import discard


def refused(path: Path, **options: bool) -> StoreError:
    with pytest.raises(StoreError) as caught:
        open_store(str(path), **options)
    assert caught.value.hint
    return caught.value


def test_what_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"dear diary, " * 100)
    assert "not a store of powermap" in refused(path).message
    assert path.read_bytes() == b"dear diary, " * 100


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    refused(tmp_path)


def test_a_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    with sqlite3.connect(path) as theirs:
        theirs.execute("CREATE TABLE mine (x)")
    theirs.close()
    before = path.read_bytes()
    assert "another program" in refused(path).message
    assert path.read_bytes() == before


def test_a_newer_schema(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    open_store(str(path)).close()
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    assert "newer powermap (schema 99" in refused(path).message


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert "folder" in refused(tmp_path / "no" / "x.db").message


def test_no_store_is_made_where_none_is_wanted(tmp_path: Path) -> None:
    assert "no store" in refused(tmp_path / "x.db", create=False).message
    assert not (tmp_path / "x.db").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of files")
def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "x.db")) as store:
        store.apply(created(everything()))
        for path in tmp_path.iterdir():
            assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name


def test_it_is_there_when_opened_again(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "x.db")) as store:
        store.apply(created(everything()))
    with open_store(str(tmp_path / "x.db"), create=False) as store:
        assert store.read() == Snapshot.of(everything())


WRITER = """
import sys
from powermap.model import Batch, Change, Person, record_to_props
from powermap.stores import open_store
with open_store(sys.argv[1]) as store:
    first = store.last_change()
    print("ready", flush=True)
    for number in range(first, 10**9, 50):
        people = [Person(f"p{i}", name=f"n{i}") for i in range(number, number + 50)]
        changes = tuple(Change("Person", p.id, None, record_to_props(p)) for p in people)
        print(store.apply(Batch(f"b{number}", changes)).batch, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows")
def test_killed_in_the_middle_of_writes_it_loses_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "x.db")
    confirmed: list[str] = []
    for pause in (0.1, 0.35, 0.6):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, path], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout and writer.stdout.readline() == "ready\n"
            time.sleep(pause)
            os.kill(writer.pid, signal.SIGKILL)
            confirmed += [line.strip() for line in writer.stdout if line.endswith("\n")]
        with open_store(path, create=False) as store:
            assert store.verify() == []
            assert store.last_change() % 50 == 0, "half a batch was written"
            assert set(confirmed) <= {r.batch for r in store.receipts()}
    assert confirmed


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "x.db")) as store:
        store.apply(created(everything()))
        db = store._db  # type: ignore[attr-defined]
        (pages,) = db.execute("PRAGMA page_count").fetchone()
        db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError) as caught:
            store.apply(Batch("big", (), title="x" * 1_000_000))
        assert "full" in caught.value.message and caught.value.hint
        assert store.read() == Snapshot.of(everything()) and store.verify() == []
        assert [r.batch for r in store.receipts()] == ["first"]


def test_a_store_that_another_program_holds(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "x.db")) as store, open_store(str(tmp_path / "x.db")) as other:
        other._db.execute("BEGIN IMMEDIATE")  # type: ignore[attr-defined]
        store._db.execute("PRAGMA busy_timeout = 50")  # type: ignore[attr-defined]
        with pytest.raises(StoreError) as caught:
            store.apply(created(everything()))
        assert "in use" in caught.value.message and caught.value.hint
        other._db.execute("ROLLBACK")  # type: ignore[attr-defined]
        store.apply(created(everything()))
        assert other.read() == Snapshot.of(everything())


def test_several_make_it_at_once(tmp_path: Path) -> None:
    """Of eight who find no store all find one a moment later; at most they are told that it is in use."""

    def make(path: Path) -> str:
        barrier.wait()
        try:
            open_store(str(path)).close()
        except StoreError as error:
            return error.message
        return ""

    for round in range(4):
        barrier = Barrier(8)
        with ThreadPoolExecutor(8) as pool:
            said = set(pool.map(make, [tmp_path / f"{round}.db"] * 8))
        assert said <= {"", f"{tmp_path / f'{round}.db'} is in use by another program"}
        with open_store(str(tmp_path / f"{round}.db")) as store:
            assert store.verify() == []


def test_only_a_store_that_is_empty_and_nobodys_is_discarded(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    with open_store(str(path)) as store:
        discard(path)
        assert path.exists(), "somebody has it open"
        store.apply(created(everything()))
    discard(path)
    assert path.exists()
    empty = tmp_path / "empty.db"
    open_store(str(empty)).close()
    discard(empty)
    assert [p.name for p in tmp_path.iterdir()] == ["s.db"]


def test_nothing_is_written_to_a_store_that_is_being_discarded(tmp_path: Path) -> None:
    """SQLite writes nothing to a file that is gone: who waits for it is refused, and who comes later makes a new one."""
    path = tmp_path / "s.db"
    open_store(str(path)).close()

    def fill() -> bool:
        try:
            with open_store(str(path)) as store:
                return bool(store.apply(Batch("b", ())))
        except StoreError:
            return False

    holder = sqlite3.connect(path, isolation_level=None)
    for statement in ("PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = DELETE", "BEGIN EXCLUSIVE"):
        holder.execute(statement).fetchall()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(fill)
        time.sleep(0.5)
        path.unlink()
        holder.close()
    assert waiting.result() == path.exists()


def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with open_store(str(path)) as store:
        store.apply(created(everything()))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    for read in (
        lambda s: s.read(),
        lambda s: s.search("a"),
        lambda s: s.receipts(),
        lambda s: list(s.log()),
        lambda s: s.accounts(),
        lambda s: s.last_change(),
        lambda s: s.apply(created(everything(), "more")),
    ):
        with pytest.raises(StoreError, match="damaged"), open_store(str(path)) as store:
            read(store)


@settings(max_examples=30, deadline=None)
@given(st.sets(st.sampled_from(sorted(r.id for r in everything()))))
def test_a_scope_is_what_the_snapshot_says_whatever_is_missing(
    tmp_path_factory: pytest.TempPathFactory, missing: set[str]
) -> None:
    left = [r for r in everything() if r.id not in missing]
    with open_store(str(tmp_path_factory.mktemp("scope") / "x.db")) as store:
        store.apply(created(left))
        for account in ("a-org", "a-unit", "b-org", "sup-us"):
            assert store.read(account) == Snapshot.of(left).scope(account)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE tie SET src = 'zzz' WHERE kind = 'COVERS' AND id = (SELECT min(id) FROM tie WHERE kind = 'COVERS')", "Covers"),
        ("UPDATE tie SET valid_to = '2020-01-01' WHERE id = 'd4'", "Influences d4 differs from the log"),
        ("UPDATE thing SET search = 'x' WHERE id = 'a-boss'", "Person 张伟 differs from the log"),
        ("UPDATE thing SET seq = seq - 1 WHERE id = 'a-boss'", "Person 张伟 differs from the log"),
        ("DELETE FROM thing WHERE id = 'a-boss'", "Person 张伟 is missing"),
        ("INSERT INTO tie SELECT 'more', seq, kind, src, dst, number, sign, valid_from, valid_to FROM tie WHERE id = 'd4'", "Influences more should not be there"),
    ],
)  # fmt: skip
def test_whatever_the_projection_has_wrong_is_told_and_made_anew(
    tmp_path: Path, damage: str, told: str
) -> None:
    path = str(tmp_path / "x.db")
    with open_store(path) as store:
        store.apply(created(everything()))
    db = sqlite3.connect(path)
    db.execute(damage)
    db.commit()
    db.close()
    with open_store(path) as store:
        assert any(f.words.en.startswith(told) for f in store.verify())
        store.rebuild()
        assert store.verify() == []


def test_stopped_while_names_are_read_it_is_stopped_and_not_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> str:
        raise KeyboardInterrupt

    with open_store(str(tmp_path / "x.db")) as store:
        store.apply(created(everything()))
        before = store.read()
        monkeypatch.setattr("powermap.stores.sqlite.store.search_lines", stop)
        with pytest.raises(KeyboardInterrupt):
            store.rebuild()
        assert store.read() == before


def test_a_record_that_no_command_can_read_is_told(tmp_path: Path) -> None:
    path = str(tmp_path / "x.db")
    with open_store(path) as store:
        store.apply(created(everything()))
    db = sqlite3.connect(path)
    db.execute("UPDATE change SET after = json_set(after, '$.valid_to', 'soon') WHERE id = 'd4'")
    db.commit()
    db.close()
    with open_store(path) as store:
        told = [f.words.en for f in store.verify()]
    assert "Influences d4 can't be read: Invalid isoformat string: 'soon'" in told


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_new_store_is_not_made_through_a_link(tmp_path: Path) -> None:
    """A link to a store that is there is followed: it was made by whoever made the store."""
    (tmp_path / "new.db").symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(StoreError, match="link"):
        open_store(str(tmp_path / "new.db"))
    assert not (tmp_path / "elsewhere.db").exists()
    open_store(str(tmp_path / "elsewhere.db")).close()
    open_store(str(tmp_path / "new.db")).close()
