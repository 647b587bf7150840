"""The portfolio's columns as Parquet files, for Spark, DuckDB, pandas or a data lake."""

from __future__ import annotations

from pathlib import Path

from powermap.output import make_folder, replacing
from powermap.portfolio import Columns
from powermap.portfolio.export.arrow_tables import to_tables

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

    make_folder(folder)
    written = []
    for name, table in to_tables(columns, names=names).items():
        path = folder / f"{name}.parquet"
        with replacing(path) as out:
            pq.write_table(table, out, row_group_size=GROUP, compression="zstd")
        written.append(path)
    return written
