"""Whatever a file holds, a fault in it is a problem with a place, never an exception."""

from __future__ import annotations

import csv
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from desk import ACCOUNT, PACK, TODAY, account
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from powermap.errors import PowermapError
from powermap.intake import Plan, make_plan
from powermap.model import Snapshot, Tie, record_from_props
from powermap.sources import read_files

QUICK = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
ODD = [
    "-", "?", "=1+1", "#", "# x", "''", "0", "-1", "1e400", "nan", "inf", "1,5", "%", "万", "²", "½", "١٢", "９",
    "2026-02-30", "0000-00-00", "99999999", "2026-13-01", "2026Q5", "FY2025", "31.12.2026", "12/31/26",
    "Gao Yuan", "Lin Xiao; Gao Yuan", "Starlight", "Ourselves", "Golf club", "yes", "covers", "x" * 250, "x" * 5000,
    "\u200b", "\u202egnp", "a\nb", "\x1f", "é", "e\u0301", "😀", "{}", "id000001", "_", "...", "（）", "；",
]  # fmt: skip
# A zero byte makes a file no text at all: it is refused as a whole (tests/sources).
cells = st.one_of(
    st.sampled_from(ODD),
    st.text(max_size=12).map(lambda t: t.replace("\0", "")),
    st.integers().map(str),
    st.floats().map(str),
)

# Values that often are right somewhere: names, words, dates, numbers, nothing, and what takes back.
values = st.one_of(
    st.sampled_from(sorted({cell for rows in ACCOUNT.values() for row in rows[1:] for cell in row})),
    st.sampled_from(["", "-", "?", "1", "2", "0.5", "2026-04-01", "2026-01-01", "2025-12-31", "yes", "no"]),
)


def plan(folder: Path, sheets: dict[str, list[list[str]]], known: Snapshot | None = None) -> Plan:
    numbers = count(0 if known is None else 100_000)
    for name, rows in sheets.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="", errors="replace") as file:
            csv.writer(file, escapechar="\\").writerows(rows)
    reading = read_files([folder], PACK)
    return make_plan(
        reading, known or Snapshot.of([]), PACK, today=TODAY, new_id=lambda: f"new{next(numbers):06}"
    )


def sound(found: Plan) -> None:
    """Check that what is left of a plan can be applied: ends are there, values are allowed."""
    made = {c.id: record_from_props(c.kind, c.after or {}) for c in found.changes}
    for record in made.values():
        if isinstance(record, Tie):
            assert record.src in made and record.dst in made
    for problem in found.problems:
        assert problem.file and problem.code and problem.reason and problem.reason_zh


PLACES = [(s, r, c) for s, rows in ACCOUNT.items() for r in range(1, len(rows)) for c in range(len(rows[0]))]


@QUICK
@given(st.lists(st.tuples(st.sampled_from(PLACES), cells), min_size=1, max_size=12))
def test_any_value_in_any_cell(changes: list[tuple[tuple[str, int, int], str]]) -> None:
    sheets = account()
    for (sheet, row, column), value in changes:
        sheets[sheet][row][column] = value
    with TemporaryDirectory() as folder:
        sound(plan(Path(folder), sheets))


@QUICK
@given(st.sampled_from(list(ACCOUNT)), st.data())
def test_any_header(sheet: str, data: st.DataObject) -> None:
    """Columns twice, missing, from other sheets, or unknown."""
    sheets = account()
    every = sorted({head for rows in ACCOUNT.values() for head in rows[0]})
    size = len(sheets[sheet][0])
    sheets[sheet][0] = data.draw(
        st.lists(st.one_of(st.sampled_from(every), cells), min_size=size, max_size=size)
    )
    with TemporaryDirectory() as folder:
        sound(plan(Path(folder), sheets))


@QUICK
@given(st.one_of(st.binary(max_size=400), st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace"))))
def test_any_bytes(content: bytes) -> None:
    """A file of any bytes is read, reported, or refused with a reason."""
    with TemporaryDirectory() as folder:
        for name in ("x.csv", "x.xlsx"):
            path = Path(folder, name)
            path.write_bytes(content)
            try:
                reading = read_files([path], PACK)
            except PowermapError as error:
                assert error.message
            else:
                assert all(p.code for p in reading.problems)


@pytest.mark.parametrize("value", ODD)
@pytest.mark.parametrize("sheet", list(ACCOUNT))
def test_a_row_of_odd_values(tmp_path: Path, sheet: str, value: str) -> None:
    sheets = account()
    sheets[sheet].append([value] * len(sheets[sheet][0]))
    sound(plan(tmp_path, sheets))


@settings(QUICK, max_examples=150)
@given(st.lists(st.tuples(st.sampled_from(PLACES), values), max_size=4), st.randoms(use_true_random=False))
def test_importing_anything_twice_changes_nothing(
    changes: list[tuple[tuple[str, int, int], str]], random: Any
) -> None:
    """Whatever the files hold, what can be written is written once, whichever way the rows are sorted."""
    sheets = account()
    for (sheet, row, column), value in changes:
        sheets[sheet][row][column] = value
    with TemporaryDirectory() as folder:
        first = plan(Path(folder), sheets)
        known = Snapshot.of(record_from_props(c.kind, c.after or {}) for c in first.changes)
        if first.problems:
            # A row left out may hold once others are known.
            return
        assert plan(Path(folder), sheets, known).changes == ()
        for name, rows in sheets.items():
            sheets[name] = [rows[0], *random.sample(rows[1:], len(rows) - 1)]
        assert plan(Path(folder), sheets, known).changes == ()
