"""What the system says about a file, in words that somebody can act on."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

from powermap.words import Words

_HELD = (32, 33)
"""Numbers of Windows: another program has the file, or a part of it."""
_SAID = {
    errno.EACCES: Words("没有权限", "no permission"),
    errno.EPERM: Words("没有权限", "no permission"),
    errno.EROFS: Words("磁盘只读", "the disk is read-only"),
    errno.ENOSPC: Words("磁盘满了", "the disk is full"),
    errno.ENAMETOOLONG: Words("名字太长", "the name is too long"),
    errno.ENOENT: Words(
        "没有这个文件或文件夹，或名字太长", "no such file or folder, or the name is too long"
    ),
    errno.ENOTDIR: Words("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EINVAL: Words("名字里有不能用的符号", "the name has a mark that none may have"),
}
OUTSIDE = frozenset(_SAID)
"""What the system says of a file or disk of the user's, which is no fault of ours."""


def why(error: OSError) -> tuple[Words, Words]:
    """Say why a file can't be read or written, and what to do about it.

    A file that is open in Excel is called that, and not one without permission, as Windows does.
    """
    if is_held(error):
        return (
            Words("正被另一个程序打开（如 Excel）", "it is open in another program, such as Excel"),
            Words("在那里关闭，再试一次", "close it there, and try again"),
        )
    said = error.strerror or str(error)
    return (
        _SAID.get(error.errno or 0, Words(said, said)),
        Words("检查名字、权限和磁盘空间", "look at the name, the permissions and the room on the disk"),
    )


def is_held(error: OSError) -> bool:
    """Tell whether another program has the file open; of a file that is moved there, Windows says only that it is denied."""
    if getattr(error, "winerror", None) in _HELD:
        return True
    if sys.platform != "win32" or error.errno not in (errno.EACCES, errno.EPERM):
        return False
    names = (name for name in (error.filename, error.filename2) if isinstance(name, str))
    return any(Path(name).is_file() for name in names)
