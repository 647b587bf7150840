"""The portfolio as Parquet files: the same columns again, for the user's eyes only."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from powermap.errors import SourceError
from powermap.method import load_pack
from powermap.model import Snapshot
from powermap.portfolio import Columns
from powermap.portfolio.export.arrow_tables import FORMAT, check_format, from_tables
from powermap.reports.parquet import write_parquet

sys.path.insert(0, str(Path(__file__).parents[1] / "portfolio"))
from test_scan import DAY, random_store


def columns(store: Snapshot) -> Columns:
    return Columns.from_snapshot(store, load_pack(), DAY)


@pytest.mark.parametrize("store", [random_store(5), Snapshot({})], ids=["random", "empty"])
def test_files_hold_the_columns(store: Snapshot, tmp_path: Path) -> None:
    """Reading back gives every field; only the user may read."""
    before = columns(store)
    written = write_parquet(before, tmp_path / "out")
    after = from_tables({path.stem: pq.read_table(path) for path in written})
    for field in dataclasses.fields(Columns):
        a, b = getattr(before, field.name), getattr(after, field.name)
        if isinstance(a, np.ndarray):
            assert a.dtype == b.dtype and np.array_equal(a, b), field.name
        else:
            assert a == b, field.name
    if os.name != "nt":
        assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700
        assert {path.stat().st_mode & 0o777 for path in written} == {0o600}


def test_an_older_file_that_all_may_read_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "people.parquet").write_bytes(b"old")
    (tmp_path / "people.parquet").chmod(0o644)
    (tmp_path / "mine.txt").write_text("left alone")
    write_parquet(columns(random_store(5)), tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "left alone"
    assert not list(tmp_path.glob("*.part"))
    if os.name != "nt":
        assert (tmp_path / "people.parquet").stat().st_mode & 0o777 == 0o600


def test_without_names_no_name_is_in_any_file(tmp_path: Path) -> None:
    """By bytes too: the random store's account names are no ids, so none may be found."""
    for path in write_parquet(columns(random_store(5)), tmp_path, names=False):
        table = pq.read_table(path)
        for name in [n for n in table.column_names if "name" in n]:
            assert table[name].null_count == table.num_rows
        assert b"Account 0" not in path.read_bytes()


def test_files_of_a_newer_powermap_are_refused() -> None:
    with pytest.raises(SourceError, match="format 2"):
        check_format(FORMAT + 1)


def test_what_is_missing_is_named() -> None:
    """Oracle: the message a user gets in an environment without pyarrow."""
    code = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "sys.argv = ['powermap', 'export', '--format', 'parquet', '-o', 'out']\n"
        "from powermap.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 2 and "pip install 'powermap[parquet]'" in done.stderr + done.stdout
