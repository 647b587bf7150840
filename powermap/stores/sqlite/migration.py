"""Bring a file of an older schema to this one: a copy is kept beside it, then everything happens or nothing."""

from __future__ import annotations

import contextlib
import itertools
import os
import sqlite3
from pathlib import Path

from powermap.stores.sqlite.connection import connect_reading
from powermap.stores.sqlite.statements import script, statements


def move(db: sqlite3.Connection, path: Path, version: int) -> Path:
    """Make the tables what they are today, empty but for the log, within a write transaction of `db`.

    Schema 1 had other tables for the log; schema 2 held less of a committee in the projection.

    Returns
    -------
    Path
        The copy as it was: ``<store>.schema-<version>``, or the next such name that is free.
    """
    part = path.with_name(f"{path.name}.schema-{version}.part")
    copy_file(path, part)
    if version == 1:
        for statement in statements(*map(script, ("migrate_1", "schema", "migrate_1_log", "make_indexes"))):
            db.execute(statement)
    for statement in statements(script("clear")):
        db.execute(statement)
    wanted = part.with_suffix("")
    later = (wanted.with_name(f"{wanted.name}-{n}") for n in itertools.count(2))
    return part.rename(next(p for p in itertools.chain([wanted], later) if not p.exists()))


def copy_file(path: Path, part: Path) -> None:
    """Copy a store page by page into a new file for the user alone, one state of it, whoever writes meanwhile."""
    # By another connection: it reads what was there before a transaction.
    _forget(part)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        with (
            contextlib.closing(connect_reading(path)) as old,
            contextlib.closing(sqlite3.connect(part)) as copy,
        ):
            old.backup(copy)
    except BaseException:
        _forget(part)
        raise


def _forget(part: Path) -> None:
    """Take away what a killed migration left: it holds names."""
    for left in (part, part.with_name(f"{part.name}-journal")):
        left.unlink(missing_ok=True)
