"""What SQLite and the system say about the file of a store, in words a user can act on."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from powermap.errors import StoreError
from powermap.refusals import why
from powermap.words import Words

DAMAGE = (
    "not a database",
    "malformed",
    "decode to UTF-8",
    "unsupported file format",
    "no such table",
    "no such column",
)
"""What SQLite says of a file that isn't what it was written as."""


@contextlib.contextmanager
def clear(path: Path | str) -> Iterator[None]:
    """Say what SQLite and the system say about a file in words a user can act on."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        text = str(error)
        if any(sign in text for sign in DAMAGE):
            raise _damaged(path) from error
        if "locked" in text or "busy" in text:
            raise StoreError(
                Words(f"{path} 正被别的程序使用", f"{path} is in use by another program"),
                hint=Words("请在那边关闭后再试", "close it there, and try again"),
            ) from error
        if "readonly" in text or "unable to open" in text:
            raise StoreError(
                Words(f"{path} 不能写入", f"{path} can't be written"),
                hint=Words("请检查文件和文件夹的权限", "look at the permissions of the file and its folder"),
            ) from error
        if "full" in text:
            raise StoreError(
                Words(
                    f"{path} 所在磁盘已满，什么都没写入", f"the disk of {path} is full; nothing was written"
                ),
                hint=Words("请腾出空间再试", "make room, and try again"),
            ) from error
        raise StoreError(
            Words(f"{path}：{text}", f"{path}: {text}"),
            hint=Words("请运行 powermap store verify", "run powermap store verify"),
        ) from error
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise _damaged(path) from error
    except OSError as error:
        said, hint = why(error)
        raise StoreError(Words(f"{path}：{said.zh}", f"{path}: {said.en}"), hint=hint) from error


def _damaged(path: Path | str) -> StoreError:
    return StoreError(
        Words(f"{path} 不是 powermap 的存储，或已损坏", f"{path} is not a store of powermap, or is damaged"),
        hint=Words(
            "powermap store verify 说明哪里坏了；请用备份恢复（powermap store restore），或换个文件",
            "powermap store verify says where; restore a backup (powermap store restore), or choose another file",
        ),
    )
