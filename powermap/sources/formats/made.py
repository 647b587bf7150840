"""Tables that a format makes: rows by field, with powermap's own headers, and what of the file was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

from powermap.model.draft import LeftOut
from powermap.model.fields import fields
from powermap.sources.table import Notes, Table
from powermap.words import Words

Row = tuple[int, dict[str, Any]]
"""The number of a row in its file, and what it says by field; a tuple is several values."""


@dataclass(slots=True)
class Sheet:
    """Rows of one kind of sheet out of one file.

    Parameters
    ----------
    kind
        One of our kinds of sheet, or what only the other files of an import are read with.
    export
        Which list of which program the rows are, as ``exports.toml`` calls it; empty for other formats.
    name
        The sheet's name in a workbook.
    carried
        Columns that are kept as they are written, by their titles: the user or the alias tables know them.
    titles
        The headers as the file has them.
    header
        The number of the header row.
    comma
        Whether numbers are written with a decimal comma.
    mixed
        Whether the people are of many companies, so that those without one are of none.
    named_bosses
        Whether a boss may be somebody who has no row.
    unread
        What was left out, and how often.
    """

    file: str
    kind: str
    rows: list[Row]
    _: KW_ONLY
    export: str = ""
    name: str = ""
    carried: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    header: int = 0
    comma: bool = False
    mixed: bool = False
    named_bosses: bool = False
    notes: list[tuple[str, str]] = field(default_factory=list)
    unread: Counter[Words] = field(default_factory=Counter)

    def leave(self, zh: str, en: str, count: int = 1) -> None:
        """Count something that was left out."""
        if count:
            self.unread[Words(zh, en)] += count

    def values(self) -> Iterable[dict[str, Any]]:
        """Return what the rows say."""
        return (values for _, values in self.rows)

    def beside(self, kind: str) -> Sheet:
        """Return an empty sheet of another kind out of the same file."""
        return Sheet(self.file, kind, [], name=self.name, header=self.header)

    def leave_rows(self, field_name: str, zh: str, en: str) -> None:
        """Leave out the rows that don't say what is needed."""
        kept = [row for row in self.rows if row[1].get(field_name) not in (None, "")]
        self.leave(zh, en, len(self.rows) - len(kept))
        self.rows = kept

    def table(self) -> MadeTable:
        """Return the table that the one pipeline reads."""
        where = f"{self.file} · {self.name}" if self.name else self.file
        said = {name for values in self.values() for name, value in values.items() if value not in (None, "")}
        # The name first: a company called Total is no row of sums.
        known = sorted((f for f in fields().get(self.kind, {}) if f in said), key=lambda f: f != "name")
        if known and self.mixed and "company" not in known:
            # The column stays, so that somebody is asked whose people these are.
            known.append("company")
        order = [*known, *(title for title in self.carried if title in said)]
        rows: list[tuple[int, tuple[Any, ...]]] = [(self.header, tuple(order))]
        for number, values in self.rows:
            cells = tuple(_cell(values.get(name)) for name in order)
            if any(cell is not None for cell in cells):
                rows.append((number, cells))
        left = tuple(LeftOut(what, count, where) for what, count in self.unread.items())
        return MadeTable(
            self.file,
            self.name,
            tuple(rows) if order else (),
            notes=tuple(self.notes),
            comma=self.comma,
            kind=self.kind,
            titles=self.titles,
            left_out=left,
            made=self,
        )


@dataclass(frozen=True, slots=True)
class MadeTable(Table):
    """A table that a format made, with the sheet that it is of: the other files of the import may change it."""

    made: Sheet = field(default_factory=lambda: Sheet("", "", []))


def _cell(value: Any) -> Any:
    return "; ".join(value) or None if isinstance(value, tuple) else None if value == "" else value


def full_name(first: object, middle: object, last: object) -> str:
    """Join the parts of a name: Chinese names without a space, last name first."""
    parts = [str(part).strip() for part in (first, middle, last) if part not in (None, "")]
    if any("\u4e00" <= c <= "\u9fff" for part in parts for c in part):
        return "".join([*parts[-1:], *parts[:-1]]) if last not in (None, "") else "".join(parts)
    return " ".join(parts)


def tables_of(sheets: Sequence[Sheet], notes: Notes = ()) -> list[Table]:
    """Return the tables of those sheets that say anything; what was noted of the file goes with the first."""
    made = [sheet for sheet in sheets if sheet.rows or sheet.unread or sheet.notes] or list(sheets[:1])
    made[0].notes[:0] = notes
    return [sheet.table() for sheet in made]
