"""The one door out: every file powermap writes is whole, for the user alone, and where its name says.

A file is written beside its place under another name and then moved there, so that a fault or Ctrl-C in the middle
leaves what was there before and nothing else. A symbolic link is refused, not followed: what it leads to may be
somebody else's, and it may have been put there for that.
"""

from __future__ import annotations

import contextlib
import glob
import hashlib
import os
import re
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from powermap.errors import RenderError, StoreError
from powermap.words import Words

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
_SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,63}")
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|:|$)", re.IGNORECASE)
_ODD = re.compile(r'[<>:"/\\|?*\0-\x1f]|[. ]$')
_STEM = 40
"""Letters of a file's name that its half-written part bears: with more, a long name gets too long for the disk."""


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Write what belongs at `path`: the ``with`` gets an open file, which is moved there when it ends well.

    Raises
    ------
    RenderError
        If `path` is a symbolic link, a folder, a device or a pipe, or has a name that the system keeps for itself.
    OSError
        If the system refuses.
    """
    check_name(path)
    _refuse_what_is_no_file(path)
    # Made with mode 0600, whatever the umask.
    handle, name = tempfile.mkstemp(prefix=_prefix(path), suffix=".part", dir=path.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def write(path: Path, content: str | bytes) -> None:
    """Write a file, text as UTF-8 with its line ends as they are; see :func:`replacing`."""
    with replacing(path) as file:
        file.write(content if isinstance(content, bytes) else content.encode("utf-8"))


def make_folder(path: Path) -> Path:
    """Make a folder for the user alone, with those above it, unless it is there; return it.

    Raises
    ------
    RenderError
        If it is a symbolic link or no folder.
    """
    check_name(path)
    if path.is_symlink():
        raise _link(path)
    if path.exists() and not path.is_dir():
        raise RenderError(Words(f"{path} 不是文件夹", f"{path} is no folder"), hint=ANOTHER)
    path.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    return path


def forget_parts(path: Path) -> None:
    """Take away what killed processes left beside `path`: it may hold names."""
    for part in path.parent.glob(f"{glob.escape(_prefix(path))}*.part"):
        part.unlink(missing_ok=True)


def file_name(ident: str, ending: str) -> str:
    """Return the name of a file called after a record; a store may come from anybody, and so may its ids.

    Names of two ids differ by more than case, for disks that don't tell it, and none is one of Windows' own.

    Raises
    ------
    StoreError
        If the id has anything but Latin letters, digits, ``-`` and ``_``.
    """
    if not _SAFE.fullmatch(ident):
        raise StoreError(
            Words(
                f"存储中有一条记录的编号不能用作文件名：“{ident}”",
                f"the store holds a record whose id can't name a file: {ident!r}",
            ),
            hint=Words(
                "这个存储不是 powermap 写的，或被改过",
                "powermap didn't write this store, or it was changed since",
            ),
        )
    if ident != ident.lower() or _DEVICE.match(ident):
        ident = f"{ident}-{hashlib.sha256(ident.encode()).hexdigest()[:8]}"
    return f"{ident}{ending}"


def check_name(path: Path) -> None:
    """Refuse a name that Windows doesn't keep as it is: ``CON`` is a device, and ``a:b.html`` is hidden within ``a``.

    Raises
    ------
    RenderError
        On Windows alone.
    """
    name = path.name
    if sys.platform != "win32" or not (_DEVICE.match(name) or _ODD.search(name)):
        return
    raise RenderError(
        Words(f"Windows 不能用这个文件名：{name}", f"Windows has no files called {name}"), hint=ANOTHER
    )


ANOTHER = Words("换一个名字", "choose another name")


def _prefix(path: Path) -> str:
    return f".{path.name[:_STEM]}."


def _link(path: Path) -> RenderError:
    return RenderError(
        Words(f"{path} 是一个链接，不会顺着它写", f"{path} is a link, and nothing is written through links"),
        hint=Words("直接写出文件自己的名字，或先删掉链接", "name the file itself, or remove the link first"),
    )


def _refuse_what_is_no_file(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISLNK(mode):
        raise _link(path)
    if not stat.S_ISREG(mode):
        raise RenderError(Words(f"{path} 不是普通文件", f"{path} is no ordinary file"), hint=ANOTHER)
