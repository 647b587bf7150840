"""Names of people as they are written: turned round, with Mr or 先生, two in one cell."""

from __future__ import annotations

import re

from powermap.sources.cells import CellFault, name, split
from powermap.sources.table import Cell

_HONORIFIC = re.compile(
    r"^(?:mr|mrs|ms|miss|mx|herr|frau|mme|mlle|sr|sra|sig|sig\.ra)\b\.?\s+", re.IGNORECASE
)
_TITLE_AFTER = re.compile(r"(?<=..)\s*(?:先生|女士|小姐|太太)$")
_TURNED = re.compile(r"([^\W\d_][^\d,;/@]*),\s*([^\W\d_][^\d,;/@]*)")
_SUFFIXES = frozenset(
    [
        "jr",
        "sr",
        "ii",
        "iii",
        "iv",
        "phd",
        "mba",
        "md",
        "cpa",
        "cfa",
        "esq",
        "inc",
        "ltd",
        "llc",
        "gmbh",
        "co",
        "corp",
        "plc",
        "sa",
        "ag",
        "bv",
    ]
)
TITLED = r"(?i),|/|^(mr|mrs|ms|miss|mx|herr|frau|mme|mlle|sr|sra|sig)\b|先生$|女士$|小姐$|太太$"
"""Names that may not be what they look like, in the words of RE2 too."""


def person(value: Cell) -> str:
    """Read a person's name: without Mr or 先生, and "Park, Ada" as Ada Park."""
    written = _TITLE_AFTER.sub("", _HONORIFIC.sub("", name(value)))
    match = _TURNED.fullmatch(written)
    if match and not _HAN.search(written):
        last, first = match[1].strip(), match[2].strip()
        if len(last.split()) <= 3 and len(first.split()) <= 3 and first.strip(".").lower() not in _SUFFIXES:
            return f"{first} {last}"
    return written


_NAME = re.compile(r"[^\W\d_][^\W\d_.'’ ·-]*(?:[ .'’·-]+[^\W\d_]+)*\.?")
_HAN = re.compile(r"[\u3400-\u9fff]")
_BETWEEN = re.compile(r"\s+(?:&|and|und|et|y|和)\s+|\s*[/，]\s*")


def people(value: Cell) -> tuple[str, ...]:
    """Read the names of several people."""
    return tuple(person(each) for part in split(value) for each in _BETWEEN.split(part) if each.strip())


def two_names(value: Cell) -> dict[str, str]:
    """Read the name of one person, perhaps in two scripts: "Li Wei / 李伟"; two people in one cell are a fault."""
    written = name(value)
    parts = [part.strip() for part in re.split(r"\s*/\s*", written) if part.strip()]
    if len(parts) == 2 and bool(_HAN.search(parts[0])) != bool(_HAN.search(parts[1])):
        return {"name": person(parts[0]), "name_alt": person(parts[1])}
    if len(parts) > 1 and all(_NAME.fullmatch(part) for part in parts):
        raise CellFault(
            "two-people",
            f"{written!r} names more than one person",
            f"“{written}”写了不止一个人",
            "give each of them a row",
            "请每人一行",
        )
    return {"name": person(written)}
