"""Which disk a file lies on: SQLite's locks can't be relied on over a network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

NETWORKS = re.compile(
    r"nfs\d?|cifs|smb\w*|afp\w*|afs|ncpfs|webdav|davfs2?|ceph|glusterfs|fuse\.(ceph|davfs2?|glusterfs|rclone|smb\w*|sshfs)"
)
"""Kinds of file systems that other machines serve."""
_ON_A_MAC = re.compile(r"^.+? on (?P<where>/.*) \((?P<kind>[^,)]+)")


def is_remote(path: Path) -> bool:
    """Say whether a file, there or not yet, lies on a disk of another machine, as far as the system tells."""
    # A drive letter of Windows that stands for a share is told by its real name, as a link is.
    real = os.path.realpath(path)
    if sys.platform == "win32":
        drive = PureWindowsPath(real).drive
        return drive.startswith("\\\\") and not re.match(r"\\\\[?.]\\(?!UNC\\)", drive, re.IGNORECASE)
    found = (at for at in _mounts() if at[0][:1] == "/" and os.path.commonpath([real, at[0]]) == at[0])
    # Of two at one place the later one covers the other.
    _, kind = max(found, key=lambda at: len(at[0]), default=("/", ""))
    return NETWORKS.fullmatch(kind) is not None


SYNCED = re.compile(
    r"(?P<service>OneDrive|Dropbox|iCloud|Mobile Documents|com~apple~CloudDocs|Google ?Drive|CloudStorage|Nextcloud|Syncthing"
    r"|Nutstore|坚果云|BaiduSyncdisk|百度网盘|WPS ?云盘|WPSDrive)(\W.*)?",
    re.IGNORECASE,
)
"""Names of folders that a service copies to other machines."""


def synced_by(path: Path) -> str:
    """Return the service that copies a file's folder to other machines, as its name tells; empty if none does."""
    for part in Path(os.path.realpath(path)).parts[:-1]:
        if found := SYNCED.fullmatch(part):
            said = found["service"]
            return "iCloud" if said.lower() in ("mobile documents", "com~apple~clouddocs") else said
    return ""


def _mounts() -> Iterator[tuple[str, str]]:
    """Yield (folder, kind of its file system), the later mount first."""
    try:
        if sys.platform == "darwin":
            said = subprocess.run(["/sbin/mount"], capture_output=True, timeout=5, check=False).stdout
            for line in reversed(os.fsdecode(said).splitlines()):
                if found := _ON_A_MAC.match(line):
                    yield found["where"], found["kind"]
        else:
            for line in reversed(os.fsdecode(Path("/proc/mounts").read_bytes()).splitlines()):
                _, where, kind, *_ = line.split(" ")
                # A space in a name stands there as \040.
                yield re.sub(r"\\(\d{3})", lambda sign: chr(int(sign[1], 8)), where), kind
    except (OSError, subprocess.SubprocessError):
        return
