"""The rows below a header: which are data, and what their cells say."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from powermap.model import Problem
from powermap.model.draft import CLEAR, Draft, Foreign, LeftOut, Place
from powermap.model.fields import Field, fields, required
from powermap.sources import amounts, cells, charts
from powermap.sources.blocks import is_remark
from powermap.sources.cells import CellFault
from powermap.sources.columns import Aliases, Header, fold
from powermap.sources.readers import Style, read_cell
from powermap.sources.table import Cell, Table
from powermap.sources.vocabulary import Vocabulary
from powermap.words import Words

_MEMO = 100_000
"""Writings of cells that are remembered while a sheet is read."""
_WORDS = 200
"""Different words of a column that are looked at to tell whether they are of our list."""


@dataclass
class Found:
    """What was found in files so far."""

    drafts: list[Draft] = field(default_factory=list)
    faulty: list[Draft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    foreign: list[Foreign] = field(default_factory=list)
    titles: list[tuple[str, ...]] = field(default_factory=list)


class RowReader:
    """Reads the rows of one table into drafts, and counts what it leaves out."""

    def __init__(
        self, table: Table, header: Header, aliases: Aliases, words: Vocabulary, found: Found
    ) -> None:
        self.table, self.header, self.aliases, self.words, self.found = table, header, aliases, words, found
        self.fields = fields()[header.sheet]
        self.rows = [row for row in table.rows if row[0] > header.row]
        self.columns = sorted(header.fields.items())
        self.unread: Counter[Words] = Counter()
        self._memo: dict[tuple[str, str, Style], dict[str, Any]] = {}

    def read(self) -> None:
        """Read all rows."""
        self.found.titles.append(self.table.titles or self.header.titles)
        for column, title in self.header.unknown.items():
            if fold(title) not in self.aliases.ignored:
                said = [str(r[column]) for _, r in self.rows if column < len(r) and r[column] is not None]
                self.found.foreign.append(Foreign(title, "", tuple(dict.fromkeys(said))[:5]))
        self._leave_foreign_columns()
        for number, row in self.rows:
            reason = self._not_data(row)
            if reason is not None:
                self.unread[reason] += 1
                continue
            if not self.aliases.empty.isdisjoint(c for c in row if isinstance(c, str)):
                row = tuple(None if c in self.aliases.empty else c for c in row)
            before = len(self.found.problems)
            self._count_unread(row)
            draft = None if self._is_ragged(number, row) else self._draft(number, row)
            if draft is None:
                continue
            if len(self.found.problems) == before:
                self.found.drafts.append(draft)
            else:
                whole = all(draft.values.get(f, CLEAR) is not CLEAR for f in required(self.header.sheet))
                self.found.faulty.append(dataclasses.replace(draft, whole=whole))
        if deleted := self.unread[_DELETED]:
            self.found.notes.append(
                (
                    f"{self.table.file}：{deleted} 行已标为删除，未导入",
                    f"{self.table.file}: {deleted} rows are marked as deleted and were left out",
                )
            )
        self.found.left_out += (LeftOut(what, n, self.table.name) for what, n in self.unread.items())

    @cached_property
    def _others(self) -> tuple[str, ...]:
        """The columns that aren't known and may name the company: short texts in most rows, where no known one does."""
        if self.header.sheet != "people" or "company" in self.header.fields.values():
            return ()
        found = []
        for column, title in self.header.unknown.items():
            said = [row[column] for _, row in self.rows if column < len(row) and row[column] is not None]
            texts = [v for v in said if isinstance(v, str) and any(c.isalpha() for c in v) and "@" not in v]
            short = sum(len(text) <= 40 for text in texts)
            if len(said) * 2 >= len(self.rows) and short * 4 >= len(said) * 3 and short:
                found.append(title)
        return tuple(found)

    @cached_property
    def _bosses(self) -> dict[int, str]:
        """The bosses that the form of a chart tells, where no column names them."""
        named = {name: column for column, name in self.columns}
        if self.header.sheet != "people" or "boss" in named or "name" not in named:
            return {}
        rows = [(n, row) for n, row in self.rows if self._not_data(row) is None]

        def column(place: int) -> list[tuple[int, Cell]]:
            return [(n, row[place] if place < len(row) else None) for n, row in rows]

        names = [(n, str(cell)) for n, cell in column(named["name"]) if cell is not None]
        depths = {n: self.table.indents[n] for n, _ in names if n in self.table.indents}
        if len(set(depths.values())) < 2:
            numbers = [*self.header.unknown, *(named[f] for f in ("id",) if f in named)]
            depths = next((found for place in numbers if (found := charts.numbered(column(place)))), {})
        return charts.bosses(names, depths) if depths else {}

    def _not_data(self, row: tuple[Cell, ...]) -> Words | None:
        """Return what a row is that says nothing of anybody, or None for a row of data."""
        first = next((c for c in row if c is not None), "")
        if isinstance(first, str) and first.startswith("#") and first.upper() not in cells.ERRORS:
            number = self.header.fields.get(next(i for i, c in enumerate(row) if c is not None)) == "id"
            if not number or not first[1:2].strip():
                return _COMMENT
        if self.header.deleted is not None and self.header.deleted < len(row):
            flag = row[self.header.deleted]
            known = self.words.choices["yes"]
            if flag is True or (flag is not None and known.get(fold(str(flag))) == "yes"):
                return _DELETED
        return _REMARKS if is_remark(row, len(self.header.fields)) else None

    def _is_ragged(self, number: int, row: tuple[Cell, ...]) -> bool:
        """Tell whether a row of a text file has more cells than its header, and report it: which are shifted isn't known."""
        if self.table.sheet or all(cell is None for cell in row[self.header.width :]):
            return False
        place = Place(self.table.file, "", number, self.header.written, self.header.called)
        more = len(row) - self.header.width
        self.found.problems.append(
            place.problem(
                "",
                " | ".join("" if cell is None else str(cell) for cell in row),
                f"the row has {len(row)} cells, {more} more than the header",
                "put a cell that holds a separator into quotation marks",
                zh=f"这一行有 {len(row)} 格，比表头多 {more} 格",
                suggestion_zh="含分隔符的格请加引号",
                code="ragged-row",
            )
        )
        return True

    def _count_unread(self, row: tuple[Cell, ...]) -> None:
        for column, title in self.header.unknown.items():
            if column < len(row) and row[column] is not None:
                self.unread[Words(f"“{title}”列", f"column {title!r}")] += 1
        if self.table.sheet:
            beyond = sum(cell is not None for cell in row[self.header.width :])
            if beyond:
                self.unread[Words("表头右边的格", "cells beyond the header")] += beyond

    # -- columns of words that are not ours ----------------------------------------------------------------------

    def _leave_foreign_columns(self) -> None:
        """Leave out a column of several words none of which is of our list, nor near to one: it means something else."""
        self._turn_roles()
        for column, name in list(self.columns):
            known = self.fields[name]
            if known.required or known.read not in ("choice", "roles", "attitude", "level", "grade"):
                continue
            said = Counter(
                row[column]
                for _, row in self.rows
                if column < len(row) and row[column] is not None and self._not_data(row) is None
            )
            if said.total() > 1 and all(self._is_foreign(known, value) for value in list(said)[:_WORDS]):
                self.columns.remove((column, name))
                self._tell_foreign(self.header.written[name], known, said)
                self.found.foreign.append(Foreign(self.header.written[name], name, tuple(map(str, said))))

    def _turn_roles(self) -> None:
        """Take a column of roles for titles, where there are no titles and most of its words are no roles."""
        names = [name for _, name in self.columns]
        if self.header.sheet != "people" or "roles" not in names or "title" in names:
            return
        column = next(c for c, name in self.columns if name == "roles")
        said = {row[column] for _, row in self.rows if column < len(row) and isinstance(row[column], str)}
        roles = sum(not self._is_fault(self.fields["roles"], value) for value in said)
        if len(said) > 1 and 2 * roles < len(said):
            title = self.header.written["roles"]
            self.columns = [(c, "title" if c == column else name) for c, name in self.columns]
            self.header = dataclasses.replace(self.header, written={**self.header.written, "title": title})
            self.found.notes.append(
                (
                    f"{self.table.name}：“{title}”列不是采购角色，按职务读入",
                    f"{self.table.name}: column {title!r} holds no buying roles, and was read as titles",
                )
            )

    def _is_fault(self, known: Field, value: Cell) -> bool:
        try:
            read_cell(known, value, Style(), self.words)
        except CellFault:
            return True
        return False

    def _is_foreign(self, known: Field, value: Cell) -> bool:
        if not isinstance(value, str) or cells.is_clear(value) or value in self.aliases.empty:
            return False
        try:
            read_cell(known, value, Style(), self.words)
        except CellFault as fault:
            return fault.foreign
        return False

    def _tell_foreign(self, title: str, known: Field, said: Counter[Cell]) -> None:
        words = [str(value) for value, _ in said.most_common(3)]
        called = self.header.called[known.name]
        self.unread[Words(f"“{title}”列", f"column {title!r}")] += said.total()
        self.found.notes.append(
            (
                f"{self.table.name}：“{title}”列的词（{'、'.join(words)}）都不是{called.zh}，未导入；若是，请加 --word “{words[0]}=值”",
                f"{self.table.name}: no word of column {title!r} ({', '.join(words)}) is one of {called.en}, so it was left out; "
                f'if it is, add --word "{words[0]}=VALUE"',
            )
        )

    # -- one row -------------------------------------------------------------------------------------------------

    def _draft(self, number: int, row: Sequence[Cell]) -> Draft | None:
        header = self.header
        place = Place(
            self.table.file,
            self.table.sheet,
            number,
            header.written,
            header.called,
            self._others,
            self.table.account,
        )
        written: dict[str, Cell] = {}
        for column, name in self.columns:
            if column < len(row) and row[column] is not None:
                written.setdefault(name, row[column])
        if not written:
            return None
        if number in self._bosses:
            written["boss"] = self._bosses[number]
        scale = str(written.pop("scale", header.scale)).replace("–", "-").replace("~", "-").strip()
        styles = {
            name: Style(scale if name == "strength" else header.scales.get(name, ""), self.table.comma)
            for name in written
        }
        values: dict[str, Any] = {}
        good = True
        for name, value in written.items():
            try:
                values.update(self._cell(name, value, styles[name]))
            except CellFault as fault:
                if fault.code == "two-people" and "id" in written:
                    # With a number it is one person, whatever the name looks like.
                    values[name] = cells.name(value)
                    continue
                good = False
                self._fault(place, name, value, fault)
        if header.sheet == "people":
            _join_name(values)
        elif header.sheet == "assessments" and good:
            try:
                self.words.scored(values)
            except CellFault as fault:
                good = False
                self._fault(place, "score", values["score"], fault)
        sign = values.pop("currency_sign", "")
        if sign and not self._agrees(place, values, sign):
            good = False
        for name in _missing(header.sheet, values, written):
            good = False
            self._miss(place, name)
        if good:
            self._check_period(place, values)
        return Draft(header.sheet, values, place)

    def _cell(self, name: str, value: Cell, style: Style) -> dict[str, Any]:
        """Read a cell; most cells of a long list say what another one said, so each writing is read once."""
        if type(value) is not str:
            return read_cell(self.fields[name], value, style, self.words)
        key = (name, value, style)
        known = self._memo.get(key)
        if known is None:
            known = (
                {name: CLEAR}
                if cells.is_clear(value)
                else read_cell(self.fields[name], value, style, self.words)
            )
            if len(self._memo) < _MEMO:
                self._memo[key] = known
        return known

    def _agrees(self, place: Place, values: dict[str, Any], sign: str) -> bool:
        """Take the currency that an amount names; tell whether it is that of its column."""
        told = values.setdefault("currency", sign)
        if not isinstance(told, str) or told.upper() == sign or amounts.currency(f"1 {told}") in ("", sign):
            return True
        self.found.problems.append(
            place.problem(
                "currency",
                told,
                f"the amount is in {sign}, and the column says {told}",
                "correct one of the two",
                zh=f"金额写的是 {sign}，这一列写的是 {told}",
                suggestion_zh="请改正其中一处",
                code="two-currencies",
            )
        )
        return False

    def _fault(self, place: Place, name: str, value: Cell, fault: CellFault) -> None:
        problem = place.problem(
            name, value, fault.en, fault.hint_en, zh=fault.zh, suggestion_zh=fault.hint_zh, code=fault.code
        )
        cell = name not in required(self.header.sheet)
        self.found.problems.append(dataclasses.replace(problem, cell=cell))

    def _miss(self, place: Place, name: str) -> None:
        written, called = self.header.written.get(name), self.header.called[name]
        self.found.problems.append(
            place.problem(
                name,
                "",
                f"the row has no {written or called.en}",
                "fill it in, or delete the row",
                zh=f"这一行缺“{written or called.zh}”",
                suggestion_zh="请补上，或删除这一行",
                code="missing",
            )
        )

    def _check_period(self, place: Place, values: dict[str, Any]) -> None:
        start, end = values.get("since"), values.get("until")
        if start is None or end is None or CLEAR in (start, end) or end >= start:
            return
        self.found.problems.append(
            place.problem(
                "until",
                end,
                f"it ends before it starts ({start})",
                "swap the two dates",
                zh=f"结束早于开始（{start}）",
                suggestion_zh="请对调两个日期",
                code="period",
            )
        )
        del values["until"]


_COMMENT = Words("以 # 开头的行", "rows that start with #")
_DELETED = Words("标为删除的行", "rows marked as deleted")
_REMARKS = Words("合计和备注行", "totals and remarks")


def _join_name(values: dict[str, Any]) -> None:
    """Make one name of a first and a last name: Chinese names without a space, last name first."""
    first, last = values.pop("first_name", ""), values.pop("last_name", "")
    if "name" not in values and (first or last):
        chinese = any("\u4e00" <= c <= "\u9fff" for c in f"{first}{last}")
        values["name"] = f"{last}{first}" if chinese else f"{first} {last}".strip()


def _missing(sheet: str, values: dict[str, Any], written: dict[str, Cell]) -> list[str]:
    """Return the fields a row must have and lacks; a placeholder may be named after its post."""
    if sheet == "people" and "name" not in values and values.get("placeholder") and values.get("title"):
        values["name"] = values["title"]
    return [
        f
        for f in required(sheet)
        if (f not in values or values[f] is CLEAR) and not (f in written and f not in values)
    ]
