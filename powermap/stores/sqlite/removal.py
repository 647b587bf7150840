"""Take away a store that was made for an import of which nothing came."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from powermap.stores.sqlite.statements import script


def discard(path: Path) -> None:
    """Remove the SQLite store at `path` if nothing was ever written to it and nobody else has it open."""
    if not path.is_file():
        return
    with contextlib.suppress(sqlite3.Error, OSError):
        with contextlib.closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as db:
            # From the first look on nobody else gets in: it fails where another process has the file open, and
            # SQLite refuses to write for one that opens it now, and waits.
            db.execute("PRAGMA locking_mode = EXCLUSIVE")
            if _used(db):
                return
            db.execute("PRAGMA journal_mode = DELETE").fetchall()
            db.execute("BEGIN EXCLUSIVE")
            with contextlib.suppress(PermissionError):
                path.unlink()
                return
        # Windows removes nothing that is open, nor moves it: once it is moved away, nobody else has it.
        aside = path.rename(path.with_name(f"{path.name}.discarded"))
        with contextlib.closing(sqlite3.connect(aside)) as db:
            used = _used(db)
        if used:
            aside.rename(path)
        else:
            aside.unlink()


def _used(db: sqlite3.Connection) -> bool:
    (tables,) = db.execute(script("tables")).fetchone()
    return bool(tables and db.execute(script("any_batch")).fetchone())
