"""Files as a user would write them, and what comes of importing them: shared by the tests of the way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import xlsxwriter

from powermap.intake import Plan, make_plan
from powermap.method import Pack, load_pack
from powermap.model import Record, Snapshot, Thing, Tie, record_from_props, record_to_props
from powermap.sources import read_files

TODAY = date(2026, 9, 30)
_ids = count(1)

Rows = Sequence[Sequence[Any]]


@cache
def pack() -> Pack:
    return load_pack()


def write_csv(path: Path, rows: Rows, *, encoding: str = "utf-8", separator: str = ",") -> Path:
    """Write rows as text, every cell quoted."""
    quoted = [separator.join('"' + str(c).replace('"', '""') + '"' for c in row) for row in rows]
    path.write_bytes("\r\n".join(quoted).encode(encoding))
    return path


def write_xlsx(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write sheets; numbers as numbers, days as days, everything else as text."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is None or value == "":
                    continue
                if isinstance(value, date):
                    page.write_datetime(r, c, value, day)
                else:
                    page.write(r, c, value)
    book.close()
    return path


def plan(paths: Path | Sequence[Path], snapshot: Snapshot | None = None, **options: Any) -> Plan:
    """Plan the import of files on what is known."""
    paths = [paths] if isinstance(paths, Path) else list(paths)
    known = snapshot if snapshot is not None else Snapshot.of([])
    reading = read_files(paths, pack())
    options = {"today": TODAY, "new_id": lambda: f"n{next(_ids):06}", **options}
    return make_plan(reading, known, pack(), **options)


def apply(made: Plan, snapshot: Snapshot | None = None) -> Snapshot:
    """Apply a plan as a store would."""
    records: dict[str, Record] = dict(snapshot.records) if snapshot else {}
    for change in made.changes:
        assert change.after is not None
        before = records.get(change.id)
        assert (None if before is None else record_to_props(before)) == change.before
        records[change.id] = record_from_props(change.kind, change.after)
    ends = {r.id for r in records.values() if isinstance(r, Thing)}
    for record in records.values():
        if isinstance(record, Tie):
            assert {record.src, record.dst} <= ends, record
    return Snapshot.of(records.values())


def take(paths: Path | Sequence[Path], snapshot: Snapshot | None = None, **options: Any) -> Snapshot:
    """Import files that have no problem."""
    made = plan(paths, snapshot, **options)
    assert not made.problems, made.problems
    return apply(made, snapshot)


def facts(snapshot: Snapshot) -> set[tuple[Any, ...]]:
    """Return what a snapshot says, with names for ids, so that two imports compare."""
    names = {r.id: getattr(r, "name", r.id) for r in snapshot if isinstance(r, Thing)}
    told = set()
    for record in snapshot:
        props = {
            k: names.get(v, v) if isinstance(v, str) else tuple(v) if isinstance(v, list) else v
            for k, v in record_to_props(record).items()
            if k not in ("id", "keys", "ev_source", "source")
        }
        told.add((record.KIND, *sorted(props.items(), key=str)))
    return told
