"""The portfolio's columns as Parquet files, for Spark, DuckDB, pandas or a data lake."""

from __future__ import annotations

import os
from pathlib import Path

from powermap.portfolio import Columns
from powermap.portfolio.tables import to_tables

GROUP = 128 * 1024
"""Rows of a row group; as files are in the order of accounts, a reader of a few accounts skips the others."""


def write_parquet(columns: Columns, folder: Path, *, names: bool = True) -> list[Path]:
    """Write `about`, `accounts`, `people`, `nodes` and `arcs`, which only the user can read; return the files.

    Parameters
    ----------
    columns
        The columns of all accounts.
    folder
        Where to write; made, for the user alone, if it isn't there. Files of these names are replaced, others left alone.
    names
        False leaves out the names of accounts and people.
    """
    import pyarrow.parquet as pq

    if not folder.is_dir():
        folder.mkdir(parents=True)
        folder.chmod(0o700)
    written = []
    for name, table in to_tables(columns, names=names).items():
        path = folder / f"{name}.parquet"
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as out:
            pq.write_table(table, out, row_group_size=GROUP, compression="zstd")
        part.replace(path)
        written.append(path)
    return written
