"""Files as other programs write them, with invented people, and what of them arrives."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from powermap.intake import Plan, make_plan
from powermap.method import load_pack
from powermap.model import (
    Interaction,
    Record,
    ReportsTo,
    Snapshot,
    TakesPart,
    Thing,
    Tie,
    WorksAt,
    record_from_props,
)
from powermap.model.draft import Reading
from powermap.sources import read_files
from powermap.sources.formats.known import Known

PACK = load_pack()
TODAY = date(2026, 11, 2)


def csv(folder: Path, name: str, *lines: str, encoding: str = "utf-8") -> Path:
    """Write a CSV file, every field quoted; ``|`` parts the cells."""
    quoted = [",".join(f'"{cell}"' for cell in line.split("|")) for line in lines]
    path = folder / name
    path.write_bytes(("\n".join(quoted) + "\n").encode(encoding))
    return path


def read(*paths: Path, store: Snapshot | None = None) -> Reading:
    """Read files, with what a store knows."""
    return read_files(paths, PACK, known=Known(lambda: store or Snapshot.of([])))


def rows(reading: Reading, sheet: str = "people") -> list[dict[str, Any]]:
    """Return what the rows of one kind of sheet say."""
    assert reading.problems == ()
    return [dict(draft.values) for draft in reading.drafts if draft.sheet == sheet]


def left(reading: Reading) -> dict[str, int]:
    """Return what was left out, and how often."""
    found: dict[str, int] = {}
    for out in reading.left_out:
        found[out.what.en] = found.get(out.what.en, 0) + out.count
    return found


def plan(reading: Reading, store: Snapshot | None = None) -> Plan:
    """Plan the import into a store."""
    ids = count(len(store.records) if store else 0)
    return make_plan(reading, store or Snapshot.of([]), PACK, today=TODAY, new_id=lambda: f"i{next(ids):05}")


def stored(*paths: Path, store: Snapshot | None = None) -> Snapshot:
    """Return the store after an import without a fault."""
    made = plan(read(*paths, store=store), store)
    assert made.problems == ()
    records: dict[str, Record] = dict(store.records) if store else {}
    for change in made.changes:
        assert change.after is not None
        records[change.id] = record_from_props(change.kind, change.after)
    return Snapshot.of(records.values())


def ties(store: Snapshot, cls: type[Tie]) -> set[tuple[str, str]]:
    """Return the ends of all ties of a kind by name."""
    name = {record.id: getattr(record, "name", "") for record in store if isinstance(record, Thing)}
    return {(name[tie.src], name[tie.dst]) for tie in store if isinstance(tie, cls)}


def jobs(store: Snapshot) -> set[tuple[str, str]]:
    """Return who works where."""
    return ties(store, WorksAt)


def lines(store: Snapshot) -> set[tuple[str, str]]:
    """Return who reports to whom."""
    return ties(store, ReportsTo)


def seats(store: Snapshot) -> set[tuple[str, str, tuple[str, ...]]]:
    """Return who takes part in which deal, and as what."""
    name = {record.id: getattr(record, "name", "") for record in store if isinstance(record, Thing)}
    return {(name[t.src], name[t.dst], t.roles) for t in store.all(TakesPart)}


def met(store: Snapshot) -> list[tuple[str, str, str, tuple[str, ...], tuple[str, ...], str]]:
    """Return each meeting: account, day, channel, ours, theirs, purpose."""
    name = {record.id: getattr(record, "name", "") for record in store if isinstance(record, Thing)}
    return sorted(
        (
            name[i.account],
            i.on.isoformat(),
            i.channel,
            tuple(sorted(name[p] for p in i.ours)),
            tuple(sorted(name[p] for p in i.theirs)),
            i.purpose,
        )
        for i in store.all(Interaction)
    )
