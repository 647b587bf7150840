"""Take away a store that was made for an import of which nothing came."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path


def discard(path: Path) -> None:
    """Remove the SQLite store at `path` if nothing was ever written to it and nobody else has it open."""
    if not path.is_file():
        return
    with (
        contextlib.suppress(sqlite3.Error, OSError),
        contextlib.closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as db,
    ):
        # From the first look on nobody else gets in: it fails where another process has the file open, and SQLite
        # refuses to write for one that opens it now, and waits.
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        (tables,) = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if tables and db.execute("SELECT 1 FROM batch").fetchone():
            return
        db.execute("PRAGMA journal_mode = DELETE").fetchall()
        db.execute("BEGIN EXCLUSIVE")
        path.unlink()
