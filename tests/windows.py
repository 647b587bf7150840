"""Windows' way with files, on Linux: what is open is neither removed, nor moved, nor replaced; and names are as there."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

DENIED, SHARED = 5, 32
"""Numbers of Windows: access denied, which it says of a move onto an open file; and used by another process."""


def refused(path: str, number: int = SHARED) -> PermissionError:
    """Return what Python raises there, where the number of Windows stands beside that of errno."""
    error = PermissionError(errno.EACCES, "另一个程序正在使用此文件，进程无法访问。", path)
    error.winerror = number  # type: ignore[attr-defined]
    return error


def is_open(path: Any) -> bool:
    """Say whether this process has a file open."""
    here = os.path.realpath(os.fspath(path))
    for number in Path("/proc/self/fd").iterdir():
        try:
            if str(number.readlink()) == here:
                return True
        except OSError:
            continue
    return False


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Refuse to remove, move and replace what is open; have no links, groups of processes or users."""
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("what is open is told by /proc alone")

    def keep(name: str) -> None:
        real: Callable[..., Any] = getattr(os, name)

        def call(path: Any, *rest: Any, **options: Any) -> Any:
            if is_open(path) or (rest and is_open(rest[0])):
                raise refused(os.fspath(path), DENIED if rest else SHARED)
            if name == "rename" and Path(rest[0]).exists():
                raise FileExistsError(errno.EEXIST, "当文件已存在时，无法创建该文件。", os.fspath(path))
            return real(path, *rest, **options)

        monkeypatch.setattr(os, name, call)

    for name in ("unlink", "remove", "rename", "replace"):
        keep(name)
    for name in ("fork", "geteuid", "getuid", "setsid", "chown", "fchmod", "killpg", "mkfifo"):
        monkeypatch.delattr(os, name, raising=False)
    monkeypatch.setenv("USERNAME", "li")
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "resource", None)
