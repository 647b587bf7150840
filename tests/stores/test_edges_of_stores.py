"""What a store does at its edges: which ties are turned, which hosts are this machine, which schema is too new."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from powermap.errors import ConfigError, StoreError
from powermap.model import INFORMATION, Influences, Snapshot
from powermap.stores import open_store
from powermap.stores.direction import turn
from powermap.stores.location import _loopback
from powermap.stores.sqlite.store import SCHEMA_VERSION


@pytest.mark.parametrize(
    ("channel", "sign", "turned"),
    [
        (INFORMATION, 1, True),
        ("信息", 1, True),
        ("Information", 1, True),
        (INFORMATION, -1, False),
        ("advice", 1, False),
        ("", 1, False),
    ],
)
def test_what_informs_is_turned_by_any_name_of_its_channel(channel: str, sign: int, turned: bool) -> None:
    """A conflict doesn't inform, whatever its channel: it was written as it is."""
    tie = Influences("i", src="ann", dst="bo", strength=0.4, sign=sign, channel=channel)
    batch = turn(Snapshot.of([tie]))
    assert (batch is not None) is turned
    if batch is not None:
        old, new = batch.changes
        assert old.id == "i" and old.after is None and new.before is None and new.after is not None
        assert (new.after["src"], new.after["dst"], new.after["strength"]) == ("bo", "ann", 0.4)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.255.255.254", True),
        ("::1", True),
        ("localhost.evil.example", False),
        ("128.0.0.1", False),
        ("126.255.255.255", False),
        ("0.0.0.0", False),
        ("::2", False),
        ("", False),
    ],
)
def test_which_hosts_are_this_machine(host: str, here: bool) -> None:
    """127.0.0.0/8 and ::1 (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3): to all others nothing goes unencrypted."""
    assert _loopback(host) is here
    if not here:
        with pytest.raises(ConfigError, match="unencrypted"):
            open_store(f"bolt://[{host}]" if ":" in host else f"bolt://{host}")


@pytest.mark.parametrize(("more", "refused"), [(0, False), (1, True)])
def test_the_next_schema_is_refused(tmp_path: Path, more: int, refused: bool) -> None:
    path = tmp_path / "x.db"
    open_store(str(path)).close()
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION + more}")
    if refused:
        with pytest.raises(StoreError, match="newer powermap"):
            open_store(str(path))
    else:
        open_store(str(path)).close()
