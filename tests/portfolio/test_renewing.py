"""Kept columns after edits, on other days, and after harm to their file, against columns made anew."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from powermap.method import load_pack
from powermap.model import Batch, Change, Record, Thing, record_to_props
from powermap.portfolio import Columns, renewing
from powermap.portfolio.renewing import columns_of
from powermap.stores.sqlite import SqliteStore

sys.path.insert(0, str(Path(__file__).parent))
from odd_stores import DAY, Maker, assert_same, odd_records, write

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
            drawn = [
                r for r in (maker.things() if isinstance(old, Thing) else [maker.tie() for _ in range(30)])
            ]
            new = next((r for r in drawn if type(r) is type(old)), None)
            new = replace(new, id=old.id) if new is not None else None
        id_ = (new or old).id  # type: ignore[union-attr]
        if id_ in changes:
            continue
        kind = (new or old).KIND  # type: ignore[union-attr]
        before, after = (record_to_props(r) if r is not None else None for r in (old, new))
        changes[id_] = Change(kind, id_, before, after)
        if new is None:
            held.pop(id_)
        else:
            held[id_] = new
    return list(changes.values())


@pytest.mark.parametrize("first", range(0, 100, 10))
def test_renewed_equals_made_anew(first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Oracle: :meth:`Columns.from_snapshot`, through the lens."""
    monkeypatch.setattr(renewing, "PART", 1)
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
