"""The exports of CRMs, address books and directories: recognised by the names of their columns, rewritten into ours."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from powermap.sources.columns import Aliases, fold
from powermap.sources.formats.made import Sheet, full_name
from powermap.sources.table import Cell, Table

_ROWS = 30
"""Rows among which a header is looked for: reports and address books have lines above it."""
_NAME = ("first", "middle", "last", "full")
_YES = frozenset(("1", "true", "yes", "y", "x", "done", "completed", "是", "对", "√", "真"))
_NUMBERED = 9
"""Numbered pairs of columns."""
_LISTED = 10
"""Columns that a note lists of those that were not taken."""
_FIRST_LINE = 65_536
_OF_THE_SYSTEM = re.compile(
    r"_?fivetran|created|last_?modified|last_?(?:viewed|referenced|activity)|system_?modstamp|is_?[a-z]+$|has_?[a-z]+|.*(?:id|url|geocodeaccuracy|synced)$",
    re.IGNORECASE,
)
"""Columns that a system keeps for itself: they are counted, and not listed."""
_IDS_WORDS = "id company boss owner theirs ours person deal part_of"
_IDS = frozenset(_IDS_WORDS.split())
"""Fields that hold ids, beside those that are only used to put files together."""
_NULL = re.compile(r"0{15}(?:AAA)?")
_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"


@dataclass(frozen=True, slots=True)
class Labelled:
    """Numbered pairs of columns: one says what the other is."""

    labels: tuple[str, ...]
    value: str
    meant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Export:
    """One list of one program, see ``exports.toml``; column names and words are folded."""

    key: str
    zh: str
    en: str
    system: str
    kind: str
    needs: tuple[frozenset[str], ...]
    columns: Mapping[str, tuple[str, ...]]
    words: Mapping[str, Mapping[str, str]]
    labelled: Mapping[str, Labelled]
    drop: frozenset[str]
    mixed: bool

    def fits(self, titles: frozenset[str]) -> int:
        """Return how many column names tell that it is this list, 0 if it isn't."""
        return max((len(need) for need in self.needs if need <= titles), default=0)


@cache
def exports() -> tuple[Export, ...]:
    """Return all lists that are known."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return tuple(map(_export, table["export"]))


def _export(line: Mapping[str, Any]) -> Export:
    return Export(
        line["key"],
        line["zh"],
        line["en"],
        line["system"],
        line["kind"],
        tuple(frozenset(map(fold, need)) for need in line["needs"]),
        {field: tuple(map(fold, names)) for field, names in line.get("columns", {}).items()},
        {
            field: {fold(word): str(value) for word, value in words.items()}
            for field, words in line.get("words", {}).items()
        },
        {
            field: Labelled(tuple(pair["label"]), pair["value"], frozenset(map(fold, pair["is"])))
            for field, pair in line.get("labelled", {}).items()
        },
        frozenset(map(fold, line.get("drop", {}).get("columns", ()))),
        line.get("mixed", False),
    )


def recognise(table: Table) -> tuple[Export, int] | None:
    """Return which export a table is, and the place of its header among the rows."""
    best: tuple[int, Export, int] | None = None
    for place, (_, cells) in enumerate(table.rows[:_ROWS]):
        titles = frozenset(fold(cell) for cell in cells if isinstance(cell, str))
        for export in exports() if len(titles) > 1 else ():
            fit = export.fits(titles)
            if fit and (best is None or fit > best[0]):
                best = fit, export, place
        if best is not None:
            return best[1], best[2]
    return None


def encoding_of(data: bytes) -> str | None:
    """Return the encoding in which a program always writes, where the file is in none that can be told."""
    first = data[:_FIRST_LINE].split(b"\n", 1)[0]
    if not first.isascii() or b"\0" in first or len(first) == _FIRST_LINE:
        return None
    cells = tuple(cell.strip('"\r ') for cell in first.decode("ascii").split(","))
    found = recognise(Table("", "", ((1, cells),)))
    if found is None or found[0].system != "salesforce":
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return None


def rewrite(table: Table, export: Export, place: int, aliases: Aliases) -> Sheet:
    """Return the rows of an export by our fields, and what of it was not taken."""
    return _Rewriting(table, export, place, aliases).sheet()


class _Rewriting:
    def __init__(self, table: Table, export: Export, place: int, aliases: Aliases) -> None:
        self.table, self.export, self.place = table, export, place
        self.header, self.titles = table.rows[place]
        self.columns: dict[str, int] = {}
        for column, cell in enumerate(self.titles):
            if isinstance(cell, str):
                self.columns.setdefault(fold(cell), column)
        self.read: dict[str, list[int]] = {
            field: [self.columns[name] for name in names if name in self.columns]
            for field, names in export.columns.items()
        }
        self.pairs = {field: list(self._pairs(pair)) for field, pair in export.labelled.items()}
        taken = {c for columns in self.read.values() for c in columns}
        taken |= {c for pairs in self.pairs.values() for pair in pairs for c in pair}
        self.carried = self._carried(taken, aliases)
        self.taken = taken | self.carried.keys()

    def _pairs(self, pair: Labelled) -> Iterator[tuple[int, int]]:
        for number in range(1, _NUMBERED + 1):
            value = self.columns.get(fold(pair.value.replace("#", str(number))))
            for label in pair.labels:
                said = self.columns.get(fold(label.replace("#", str(number))))
                if said is not None and value is not None:
                    yield said, value

    def _carried(self, taken: set[int], aliases: Aliases) -> dict[int, str]:
        """Return the columns that the export doesn't have by itself, and that the user or the alias tables know."""
        if self.export.kind not in aliases.fields:
            return {}
        known = aliases.match(self.export.kind, self.titles)
        mapped = set(self.export.columns) | ({"name", "first_name", "last_name"} if self._has_name else set())
        return {
            column: str(self.titles[column])
            for column, field in known.items()
            if column not in taken
            and field not in mapped
            and fold(str(self.titles[column])) not in self.export.drop
        }

    @property
    def _has_name(self) -> bool:
        return any(part in self.export.columns for part in _NAME)

    def sheet(self) -> Sheet:
        """Return the rows, and say which export it is."""
        sheet = Sheet(
            self.table.file,
            self.export.kind,
            [],
            export=self.export.key,
            name=self.table.sheet,
            carried=tuple(self.carried.values()),
            titles=tuple(str(cell) for cell in self.titles if cell is not None),
            header=self.header,
            comma=self.table.comma,
            mixed=self.export.mixed,
            notes=list(self.table.notes),
        )
        other: Counter[str] = Counter()
        rows = self.table.rows[self.place + 1 :]
        if not self.export.kind:
            sheet.leave("不认识的列表的行", "rows of a list that isn't read", len(rows))
            sheet.notes.append(
                (
                    f"{sheet.file}：{self.export.zh}，未导入",
                    f"{sheet.file}: {self.export.en}, which was left out",
                )
            )
            return sheet
        for number, cells in rows:
            if self._is_footer(cells) or cells == self.titles:
                sheet.leave("页脚和重复的表头", "footers and headers again")
                continue
            for column, cell in enumerate(cells[: len(self.titles)]):
                if cell is not None and column not in self.taken and not _NULL.fullmatch(str(cell)):
                    other[str(self.titles[column] or "?")] += 1
            sheet.rows.append((number, self._row(cells, sheet)))
        if other:
            sheet.leave("没有用到的列的格", "cells of columns that aren't read", other.total())
            sheet.notes += self._untaken(other)
        return sheet

    def _is_footer(self, cells: Sequence[Cell]) -> bool:
        """Tell whether a row holds one cell only, and not somebody's name: reports end with what they are."""
        filled = [column for column, cell in enumerate(cells) if cell is not None]
        if len(filled) != 1 or len(self.titles) <= 3:
            return False
        names = {c for part in (*_NAME, "name") for c in self.read.get(part, ())}
        return self.export.system == "salesforce report" or filled[0] not in names

    def _untaken(self, other: Counter[str]) -> list[tuple[str, str]]:
        """Say which columns were not taken, but for those that the system keeps for itself."""
        shown = [pair for pair in other.most_common() if not _OF_THE_SYSTEM.match(pair[0])]
        listed = ", ".join(f"{title} ({count})" for title, count in shown[:_LISTED])
        more = len(other) - min(len(shown), _LISTED)
        zh = f"{self.table.name}：{self.export.zh}；未用的列：{listed}" + (
            f" 等 {len(other)} 列" if more else ""
        )
        en = f"{self.table.name}: {self.export.en}; columns not taken: {listed}" + (
            f" and {more} more" if more else ""
        )
        return [(zh, en)] if shown else []

    def _row(self, cells: Sequence[Cell], sheet: Sheet) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for field, columns in self.read.items():
            value = self._value(field, columns, cells, sheet)
            if value not in (None, ""):
                values[field] = value
        for field, pairs in self.pairs.items():
            for label, value_column in pairs:
                said = fold(_text(_at(cells, label))).lstrip("*")
                if said in self.export.labelled[field].meant and _at(cells, value_column) is not None:
                    values.setdefault(field, _first(_text(_at(cells, value_column))))
        for column, title in self.carried.items():
            if _at(cells, column) is not None:
                values[title] = _at(cells, column)
        parts = {part: values.pop(part, None) for part in _NAME}
        if self._has_name:
            joined = full_name(parts["first"], parts["middle"], parts["last"])
            shown = _text(parts["full"])
            name = joined if parts["last"] or not shown else shown
            if name:
                values["person" if self.export.kind == "committee" else "name"] = name
        return values

    def _value(self, field: str, columns: Sequence[int], cells: Sequence[Cell], sheet: Sheet) -> Any:
        said = [cell for column in columns if (cell := _at(cells, column)) is not None]
        words = self.export.words.get(field)
        if words is not None:
            return self._meant(field, words, said, sheet)
        for cell in said:
            text = _text(cell)
            if _NULL.fullmatch(text):
                continue
            if field in _IDS or field.startswith("_"):
                return _long_id(text) if self.export.system.startswith("salesforce") else text
            if field == "email":
                return _first(text.replace(",", ";"))
            if field == "phone":
                return _first(text)
            return cell if not isinstance(cell, str) else text
        return None

    def _meant(self, field: str, words: Mapping[str, str], said: Sequence[Cell], sheet: Sheet) -> str:
        """Return what the words of a cell mean to us, several with ; between."""
        for cell in said:
            found = []
            for part in re.split(r"[;；]", _text(cell)):
                meant = words.get(fold(part), words.get("*", ""))
                if meant == "*":
                    meant = part.strip()
                if meant:
                    found.append(meant)
                elif field in ("type", "roles") and part.strip():
                    sheet.leave(f"词“{part.strip()[:40]}”", f"word {part.strip()[:40]!r}")
            if found:
                return "; ".join(dict.fromkeys(found))
        return ""


def _at(cells: Sequence[Cell], column: int) -> Cell:
    return cells[column] if column < len(cells) else None


def _text(cell: object) -> str:
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell).strip()


def _first(text: str) -> str:
    """Return the first of several values, as Google and others join them."""
    return re.split(r"\s+:::\s+|\s*[;；\n]\s*", text)[0].strip()


def is_yes(value: object) -> bool:
    """Tell whether a cell says yes."""
    return value is True or fold(_text(value)) in _YES


def _long_id(text: str) -> str:
    """Return the id of 18 characters for one of 15, which differs from others by case alone."""
    if (
        len(text) != 15
        or not text.isascii()
        or not text.isalnum()
        or text[:2] not in ("00", "01", "a0", "0Q", "07")
    ):
        return text
    blocks = (text[:5], text[5:10], text[10:])
    return text + "".join(
        _CHECK[sum(c.isupper() << place for place, c in enumerate(block))] for block in blocks
    )
