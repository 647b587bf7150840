"""Find ``queries/`` and ``viz/`` in a checkout and in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def folder(name: str) -> Path:
    """Return the folder `name` (``"queries"`` or ``"viz"``), wherever this copy of powermap keeps it."""
    here = Path(__file__).resolve().parent
    for candidate in (here / "_data" / name, here.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"this installation of powermap lacks its {name}/ folder")


@cache
def text(name: str, path: str) -> str:
    """Return the UTF-8 text of one file of the folder `name`, line ends as LF."""
    return (folder(name) / path).read_text("utf-8").replace("\r\n", "\n")
