"""Connections to the file of a store for reading only: nothing is made and nothing is written beside it."""

from __future__ import annotations

import os
import re
import sqlite3
from pathlib import Path, PurePath


def address_of(path: PurePath) -> str:
    """Return a path as a URL that SQLite takes: it knows no servers, so a share of Windows is a path with two slashes."""
    return re.sub("^file://(?=[^/])", "file:////", path.as_uri())


def connect_reading(path: Path) -> sqlite3.Connection:
    """Open a file for reading only.

    Of a store in a folder where nothing may be written SQLite can't make the memory that readers share: it is then read as a
    file that nobody changes, unless somebody left changes that are not in the file yet.
    """
    address = address_of(Path(path).resolve())
    still = not may_write(path.parent) and not _has_more(path)
    return sqlite3.connect(
        f"{address}?mode=ro{'&immutable=1' if still else ''}", uri=True, isolation_level=None, timeout=10
    )


def may_write(path: Path) -> bool:
    """Tell whether a file or folder may be written, by its modes and by its disk."""
    if not os.access(path, os.W_OK):
        return False
    flags = getattr(os, "statvfs", None)
    return flags is None or not flags(path).f_flag & getattr(os, "ST_RDONLY", 0)


def _has_more(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0
