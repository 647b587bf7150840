"""A store on a disk of another machine: it is told, kept without shared memory, and no path is taken for a URL."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path, PureWindowsPath
from typing import Any

import pytest

from powermap.errors import StoreError
from powermap.stores import is_url, open_store
from powermap.stores.sqlite.connection import address_of
from powermap.stores.sqlite.disks import is_remote

MOUNTS = """overlay / overlay rw 0 0
//files/sales /mnt/share\\040of\\040sales cifs rw 0 0
//files/sales/here /mnt/share\\040of\\040sales/disk ext4 rw 0 0
box:/export {store} nfs4 rw,vers=4.2 0 0
"""


def mounted(monkeypatch: pytest.MonkeyPatch, table: str) -> None:
    """Let the system tell these mounts."""
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        return table.encode() if str(path) == "/proc/mounts" else real(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)


@pytest.mark.parametrize(
    ("path", "remote"),
    [
        ("/mnt/share of sales/x.db", True),
        ("/mnt/share of sales/deep/x.db", True),
        ("/mnt/share of sales/disk/x.db", False),
        ("/mnt/share of salesmen/x.db", False),
        ("/mnt/x.db", False),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="the mounts of Linux")
def test_linux(monkeypatch: pytest.MonkeyPatch, path: str, remote: bool) -> None:
    mounted(monkeypatch, MOUNTS.format(store="/srv"))
    assert is_remote(Path(path)) is remote


@pytest.mark.parametrize(
    ("kind", "remote"),
    [
        *((kind, True) for kind in ("nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "fuse.rclone", "davfs")),
        *((kind, False) for kind in ("ext4", "tmpfs", "fuse.ntfs", "fuseblk", "9p", "overlay", "nfsd")),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="the mounts of Linux")
def test_kinds_of_file_systems(monkeypatch: pytest.MonkeyPatch, kind: str, remote: bool) -> None:
    mounted(monkeypatch, f"/dev/sda / ext4 rw 0 0\nx /mnt {kind} rw 0 0\n")
    assert is_remote(Path("/mnt/x.db")) is remote


@pytest.mark.parametrize(
    ("path", "remote"),
    [("/Volumes/Sales (old)/x.db", True), ("/Users/li/x.db", False), ("/Volumes/Stick/x.db", False)],
)
def test_a_mac(monkeypatch: pytest.MonkeyPatch, path: str, remote: bool) -> None:
    """As `mount` prints it on macOS 14."""
    said = (
        b"/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)\n"
        b"//li@files/Sales on /Volumes/Sales (old) (smbfs, nodev, nosuid, mounted by li)\n"
        b"/dev/disk4s1 on /Volumes/Stick (exfat, local, nodev, nosuid, noowners)\n"
    )

    def run(command: Any, **_: Any) -> subprocess.CompletedProcess[bytes]:
        assert command == ["/sbin/mount"]
        return subprocess.CompletedProcess(command, 0, said)

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(subprocess, "run", run)
    assert is_remote(Path(path)) is remote


@pytest.mark.parametrize(
    ("real", "remote"),
    [
        (r"\\files\sales\x.db", True),
        (r"\\?\UNC\files\sales\x.db", True),
        (r"C:\Users\li\x.db", False),
        (r"\\?\C:\Users\li\x.db", False),
        (r"\\.\C:\x.db", False),
    ],
)
def test_windows(monkeypatch: pytest.MonkeyPatch, real: str, remote: bool) -> None:
    """Windows gives the share behind a mapped drive as the real path of what lies on it (`Z:` → `\\\\files\\sales`)."""
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os.path, "realpath", lambda *_, **__: real)
    assert is_remote(Path("z.db")) is remote


@pytest.mark.parametrize(
    "path",
    [r"C:\x.db", "C:/x.db", "C://x.db", r"\\server\share\x.db", "//server/share/x.db", "x.db", r"a\b://c.db"],
)
def test_a_path_is_no_url(path: str) -> None:
    assert not is_url(path)


@pytest.mark.parametrize("url", ["bolt://127.0.0.1:7687", "neo4j+s://host/db", "ftp://host"])
def test_a_url_is_one(url: str) -> None:
    assert is_url(url)


@pytest.mark.parametrize("path", [r"\\server\share\x.db", r"C:\x.db", "C://x.db"])
def test_a_path_of_windows_is_looked_for_as_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError, match=r"no store at"):
        open_store(path, create=False)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (r"\\files\sales\客户.db", "file:////files/sales/%E5%AE%A2%E6%88%B7.db"),
        (r"C:\data\a b.db", "file:///C:/data/a%20b.db"),
    ],
)
def test_the_address_of_a_share_names_no_server(path: str, address: str) -> None:
    """SQLite refuses `file://files/…` ("invalid uri authority"), and takes four slashes: https://sqlite.org/uri.html."""
    assert address_of(PureWindowsPath(path)) == address
    with pytest.raises(sqlite3.OperationalError, match="authority"):
        sqlite3.connect("file://files/sales/x.db", uri=True)


@pytest.mark.skipif(sys.platform != "linux", reason="the mounts of Linux")
def test_a_store_on_a_network_has_no_write_ahead_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A log beside the file needs memory that all its readers share: https://sqlite.org/wal.html, section 1."""
    here = tmp_path / "x.db"

    def mode() -> tuple[str, int]:
        with open_store(str(here)) as store, contextlib.closing(sqlite3.connect(here)) as db:
            ((journal,),) = db.execute("PRAGMA journal_mode").fetchall()
            ((sync,),) = store._db.execute("PRAGMA synchronous").fetchall()  # type: ignore[attr-defined]
        return journal, sync

    assert mode() == ("wal", 2)
    mounted(monkeypatch, MOUNTS.format(store=tmp_path))
    assert mode() == ("delete", 3)
    monkeypatch.undo()
    assert mode() == ("wal", 2)
