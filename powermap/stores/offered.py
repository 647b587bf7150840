"""Names of a store for a shell to complete: read at once, without a lock, and nothing written."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from powermap.model.naming import fold
from powermap.stores.location import is_url
from powermap.stores.sqlite.statements import script

WAIT = 0.2
"""Seconds that are waited for somebody who writes."""
LOOKED_AT = 500
"""Things that are looked at for names that begin with what was typed."""


def names_in(location: str, kinds: Sequence[str], begun: str, most: int) -> list[str]:
    """Return names that begin with what was typed, or whose pinyin does; no kinds: of accounts only.

    A store on a server offers none: nobody waits for a network at each key.
    """
    path = Path(location)
    if is_url(location) or not path.is_file():
        return []
    # Without a journal beside it nobody writes, and all is in the file.
    busy = Path(f"{path}-wal").exists()
    address = f"{path.resolve().as_uri()}?{'mode=ro' if busy else 'immutable=1'}"
    with contextlib.closing(sqlite3.connect(address, uri=True, timeout=WAIT)) as db:
        if kinds:
            values = [{"text": fold(begun), "kind": kind, "limit": LOOKED_AT} for kind in kinds]
            rows = [row for value in values for row in db.execute(script("search"), value)]
        else:
            rows = db.execute(script("accounts")).fetchall()
    # A shell offers what goes on as what was typed; of a Chinese name typed in pinyin it takes any.
    start, typed = fold(begun), begun.isascii()
    found = [
        name
        for row in rows
        for name in row[2:4]
        if name and (fold(name).startswith(start) or (typed and kinds and not name.isascii()))
    ]
    return list(dict.fromkeys(found))[:most]
