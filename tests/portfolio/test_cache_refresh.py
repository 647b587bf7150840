"""Kept columns after edits, on other days, and after harm to their file, against columns made anew."""

from __future__ import annotations

import os
import pickle
import random
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from powermap.cli.options import Here
from powermap.cli.store_commands import rebuild
from powermap.errors import StoreError
from powermap.method import Pack, load_pack
from powermap.model import Batch, Change, Record, Thing, record_to_props
from powermap.portfolio import Columns
from powermap.portfolio.data import cache_refresh
from powermap.portfolio.data.cache_file import kept, place
from powermap.portfolio.data.cache_refresh import columns_of
from powermap.stores.sqlite.store import SqliteStore

sys.path.insert(0, str(Path(__file__).parent))
from odd_stores import DAY, Maker, assert_same, odd_records, odd_store, write
from small_store import Store
from test_scan import random_store

DAYS = (date(2024, 6, 1), date(2026, 9, 29), DAY, DAY, date(2026, 10, 1), date(2027, 1, 1))


def edit(maker: Maker, held: dict[str, Record]) -> list[Change]:
    """Draw a few changes: new ties and things, removals, other versions of what is there."""
    changes: dict[str, Change] = {}
    for _ in range(maker.rng.choice((1, 1, 2, 6))):
        way = maker.rng.random()
        old = maker.rng.choice(sorted(held.values(), key=lambda r: r.id)) if held else None
        if way < 0.5 or old is None:
            new = maker.tie() if way < 0.35 else maker.rng.choice(maker.things())
            old = held.get(new.id)
        elif way < 0.7:
            new = None
        else:
            drawn = maker.things() if isinstance(old, Thing) else [maker.tie() for _ in range(30)]
            new = next((r for r in drawn if type(r) is type(old)), None)
            new = replace(new, id=old.id) if new is not None else None
        some = new or old
        assert some is not None
        id_, kind = some.id, some.KIND
        if id_ in changes:
            continue
        before, after = (record_to_props(r) if r is not None else None for r in (old, new))
        changes[id_] = Change(kind, id_, before, after)
        if new is None:
            held.pop(id_)
        else:
            held[id_] = new
    return list(changes.values())


@pytest.mark.parametrize("first", range(0, 40, 10))
def test_renewed_equals_made_anew(first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Oracle: :meth:`Columns.from_snapshot`, through the lens."""
    monkeypatch.setattr(cache_refresh, "PART", 1)
    pack = load_pack()
    for seed in range(first, first + 10):
        maker, records = odd_records(seed)
        held = {r.id: r for r in records}
        with SqliteStore(tmp_path / f"{seed}.db") as store:
            write(store, records)
            for step in range(12):
                day = maker.rng.choice(DAYS)
                assert_same(columns_of(store, pack, day), Columns.from_snapshot(store.read(), pack, day))
                store.apply(Batch(f"{seed} {step}", tuple(edit(maker, held))))


def test_only_touched_accounts_are_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take records away and put them back in a store of forty accounts that share owners."""
    monkeypatch.setattr(cache_refresh, "fetch", fetch := Counted(cache_refresh.fetch))
    monkeypatch.setattr(cache_refresh, "PART", 2)
    rng, pack = random.Random(5), load_pack()
    records = list(random_store(5))
    with SqliteStore(tmp_path / "s.db") as store:
        write(store, records)
        columns_of(store, pack, DAY)
        for step in range(20):
            chosen = [r for r in rng.sample(records, 2) if getattr(r, "type", "") != "supplier"]
            for way in ("away", "back"):
                changes = []
                for r in chosen:
                    props = (record_to_props(r), None)
                    changes.append(Change(r.KIND, r.id, *(props if way == "away" else props[::-1])))
                store.apply(Batch(f"{step} {way}", tuple(changes)))
                assert_same(columns_of(store, pack, DAY), Columns.from_snapshot(store.read(), pack, DAY))
    assert fetch.calls <= 3


def test_at_new_year_another_year_is_the_latest_finished_one(tmp_path: Path) -> None:
    small, pack = Store(), load_pack()
    small.ours("Ann")
    small.account("A")
    for year in (2024, 2025):
        small.figure("A", "revenue", year, float(year))
    with SqliteStore(tmp_path / "s.db") as store:
        write(store, small.records)
        days = (date(2025, 12, 31), date(2026, 1, 1), date(2025, 12, 31))
        found = [columns_of(store, pack, day).accounts[0].revenue for day in days]
    assert found == [2024, 2025, 2024]


class Counted:
    """A function that counts its calls."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function, self.calls = function, 0

    def __call__(self, *arguments: Any) -> Any:
        self.calls += 1
        return self.function(*arguments)


def test_what_is_kept_is_private_and_taken_once_nothing_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = load_pack()
    with odd_store(tmp_path / "s.db", 3) as store:
        first = columns_of(store, pack, DAY)
        path = place(store.location)
        assert path.stat().st_mode & 0o777 == 0o600 or os.name == "nt"
        monkeypatch.setattr(cache_refresh, "fetch", fetch := Counted(cache_refresh.fetch))
        assert_same(columns_of(store, pack, DAY), first)
        assert fetch.calls == 0
        other = Pack(
            {**pack.topics, "defaults": {"number": {**pack.topics["defaults"]["number"], "strength": 0.4}}}
        )
        assert_same(columns_of(store, other, DAY), Columns.from_snapshot(store.read(), other, DAY))
        assert fetch.calls == 1
        assert [p.name for p in tmp_path.iterdir() if "columns" in p.name] == [path.name]


def test_a_restored_store_with_as_many_changes_is_another(tmp_path: Path) -> None:
    pack = load_pack()
    with odd_store(tmp_path / "s.db", 3) as store:
        columns_of(store, pack, DAY)
    for old in tmp_path.glob("s.db*"):
        if old.name != "s.db.columns":
            old.unlink()
    with SqliteStore(tmp_path / "s.db") as store:
        records = odd_records(3)[1]
        write(store, [replace(r, name="Other") if hasattr(r, "name") else r for r in records], "another")
        assert_same(columns_of(store, pack, DAY), Columns.from_snapshot(store.read(), pack, DAY))


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_file_is_left_aside(tmp_path: Path, seed: int) -> None:
    """Cut it, flip bits of it, or put something else in its place: the answer stays the same."""
    rng, pack = random.Random(seed), load_pack()
    with odd_store(tmp_path / "s.db", 8) as store:
        right = columns_of(store, pack, DAY)
        path = place(store.location)
        whole = path.read_bytes()
        for n in range(60):
            harmed = bytearray(whole)
            if n % 3 == 0:
                del harmed[rng.randrange(len(harmed)) :]
            for _ in range(rng.randint(1, 4) if n % 3 == 1 else 0):
                harmed[rng.randrange(len(harmed))] ^= 1 << rng.randrange(8)
            if n % 3 == 2:
                at = rng.randrange(len(harmed))
                harmed[at : at + 40] = rng.randbytes(40)
            path.write_bytes(harmed)
            assert_same(columns_of(store, pack, DAY), right)
        path.write_bytes(pickle.dumps({"about": 1}))
        assert kept(store.location) is None


def test_a_file_left_by_a_killed_process_goes(tmp_path: Path) -> None:
    with odd_store(tmp_path / "星[1] #%41.db", 8) as store:
        left = tmp_path / ".星[1] #%41.db.columns.left.part"
        left.write_text("names")
        columns_of(store, load_pack(), DAY)
        assert not left.exists() and place(store.location).exists()


def test_rebuilding_the_store_takes_them_away(tmp_path: Path) -> None:
    with odd_store(tmp_path / "s.db", 8) as store:
        columns_of(store, load_pack(), DAY)
    rebuild(here=Here(store=str(tmp_path / "s.db")))
    assert not place(str(tmp_path / "s.db")).exists()


def test_a_store_that_went_away_is_not_made_again(tmp_path: Path) -> None:
    with odd_store(tmp_path / "s.db", 8) as store:
        for old in tmp_path.iterdir():
            old.unlink()
        with pytest.raises(StoreError):
            columns_of(store, load_pack(), DAY)
        assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with odd_store(tmp_path / "s.db", 8) as store:
        assert_same(
            columns_of(store, load_pack(), DAY), Columns.from_snapshot(store.read(), load_pack(), DAY)
        )
        assert not place(store.location).exists()


def test_a_look_back_leaves_what_is_kept(tmp_path: Path) -> None:
    with odd_store(tmp_path / "s.db", 8) as store:
        for day in (DAY, DAYS[0], DAY):
            assert_same(
                columns_of(store, load_pack(), day), Columns.from_snapshot(store.read(), load_pack(), day)
            )
            found = kept(store.location)
            assert found is not None and found[0].as_of == DAY
