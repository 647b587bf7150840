"""What a workbook was made from: the store, and its last change then, kept in the workbook's own properties."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

NAME = "powermap-origin"
"""The custom property; spreadsheet programs keep it when they save the file."""
_VALUE = re.compile(rb'"powermap-origin"[^>]*>\s*<(?:\w+:)?lpwstr[^>]*>([0-9a-f]+):(\d+)<')


@dataclass(frozen=True, slots=True)
class Origin:
    """`store` is the id of a store's first batch, `seq` the number of its last change when the workbook was made."""

    store: str
    seq: int

    def __str__(self) -> str:
        return f"{self.store}:{self.seq}"


def origin_of(path: Path) -> Origin | None:
    """Return what a workbook says it was made from; None for any other file."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = _VALUE.search(archive.read("docProps/custom.xml")[:20_000])
    except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return None
    return Origin(found[1].decode(), int(found[2])) if found else None
