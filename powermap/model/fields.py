"""The one schema of what is typed: every column of every sheet, how its cells are read, and where that is kept.

It stands in ``fields.toml``, a line for each column. The template, the matching of headers, both importers, the
workbook, the profiles and the documentation derive from it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from powermap.words import Words

SHEETS: tuple[str, ...] = (
    "organizations",
    "people",
    "ties",
    "stances",
    "deals",
    "committee",
    "interactions",
    "figures",
    "assessments",
    "goals",
    "actions",
    "voices",
)
"""The kinds of sheet, in the order in which they are read."""
WORK: tuple[str, ...] = ("assessments", "goals", "actions", "voices")
"""Those of what is judged, aimed at, done and heard: known by their name alone, and read row by row."""
Reader = Literal[
    "attitude",
    "choice",
    "choices",
    "day",
    "grade",
    "item",
    "level",
    "means",
    "name",
    "names",
    "number",
    "people",
    "period",
    "person",
    "range",
    "roles",
    "rung",
    "score",
    "share",
    "sign",
    "strength",
    "text",
    "value",
    "yes",
]
"""How a cell is read: :mod:`powermap.sources.readers` has a function for each."""
Privacy = Literal["open", "team", "private"]
"""Who may see a property: the customer too; the team around the account; only managers."""
_TAKEN = ("keys", "src", "dst")
"""Properties that an importer works out, and doesn't copy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column of a sheet.

    Parameters
    ----------
    name
        Its name in a row.
    en, zh, also
        The headers that the template writes, and all others that mean it.
    read
        How a cell is read.
    keeps
        The properties that keep it, ``KIND.property`` each; several where the kind of tie depends on the row.
    choices
        The list of the rule pack that a cell says one of.
    low, high
        The range of its numbers; a share and a strength are above `low`.
    refers
        The kind of record that a cell names.
    required
        Whether a row without it says nothing.
    one_of
        Of the fields with the same mark, one must have a column.
    marked
        Whether the template marks it as needed, though a row may do without.
    several
        Whether a file may have several such columns, all of them right: the first that is filled is taken.
    written
        Whether the workbook has the column.
    changes
        Whether it may change in the world: another value is true from a day on, and doesn't correct the one before.
    bulk
        Whether a sheet of millions of rows may have it; others go row by row.
    """

    name: str
    en: str
    zh: str
    read: Reader
    also: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    choices: str = ""
    low: float = 0
    high: float = 0
    refers: str = ""
    required: bool = False
    one_of: str = ""
    marked: bool = False
    privacy: Privacy = "team"
    several: bool = False
    written: bool = True
    changes: bool = False
    bulk: bool = True

    @property
    def words(self) -> Words:
        """Return the headers that the template writes."""
        return Words(self.zh, self.en)

    @property
    def properties(self) -> list[tuple[str, str]]:
        """Return the kinds and properties of records that keep it."""
        return [(kind, prop) for kind, _, prop in (keeper.partition(".") for keeper in self.keeps)]


@cache
def fields() -> dict[str, dict[str, Field]]:
    """Return the fields of every sheet by name, in the order in which the workbook writes them."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {sheet: {name: _field(name, line) for name, line in table[sheet].items()} for sheet in SHEETS}


def _field(name: str, line: dict[str, Any]) -> Field:
    values: dict[str, Any] = {key: tuple(v) if isinstance(v, list) else v for key, v in line.items()}
    return Field(name=name, **values)


def headers() -> dict[str, dict[str, list[str]]]:
    """Return every header that means a field, by sheet and field: the English one, the Chinese one, the others."""
    return {
        sheet: {name: [field.en, field.zh, *field.also] for name, field in known.items()}
        for sheet, known in fields().items()
    }


@cache
def required(sheet: str) -> tuple[str, ...]:
    """Return the fields without which a row of a sheet says nothing."""
    return tuple(name for name, field in fields()[sheet].items() if field.required)


@cache
def needed_columns(sheet: str) -> tuple[tuple[str, ...], ...]:
    """Return groups of fields, of each of which a sheet has at least one column."""
    groups: dict[str, list[str]] = {}
    for name, field in fields()[sheet].items():
        if field.required or field.one_of:
            groups.setdefault(field.one_of or name, []).append(name)
    return tuple(map(tuple, groups.values()))


@cache
def kept(sheet: str, kind: str) -> dict[str, str]:
    """Return the fields that a record of a kind takes from a row as they are, and the property that keeps each."""
    return {
        name: prop
        for name, field in fields()[sheet].items()
        if not field.refers
        for of, prop in field.properties
        if of == kind and prop not in _TAKEN and not prop.startswith(("valid_", "ev_"))
    }


@cache
def changing(kind: str) -> frozenset[str]:
    """Return the properties of a kind of record that may change in the world."""
    return frozenset(
        prop
        for known in fields().values()
        for field in known.values()
        if field.changes
        for of, prop in field.properties
        if of == kind
    )


@cache
def in_bulk(sheet: str) -> frozenset[str]:
    """Return the fields that a sheet of millions of rows may have."""
    return frozenset(name for name, field in fields()[sheet].items() if field.bulk)


@cache
def privacy(kind: str) -> dict[str, Privacy]:
    """Return who may see each property of a kind of record that a field keeps."""
    return {
        prop: field.privacy
        for known in fields().values()
        for field in known.values()
        for of, prop in field.properties
        if of == kind
    }
