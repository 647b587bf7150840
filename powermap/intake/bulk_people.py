"""Whom the cells of big sheets name, all rows at once; whatever only one row can tell is not plain."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from powermap.intake.bulk_lookup import MANY, Ints, Lookup
from powermap.model import Organization, Person
from powermap.model.columns import Column, Columns
from powermap.model.draft import CLEAR
from powermap.model.fields import in_bulk
from powermap.model.naming import fold

if TYPE_CHECKING:
    from powermap.intake.sheets import Sheets


class NotPlainError(Exception):
    """Something that only the way row by row can tell or decide."""


def plain(table: Columns) -> Columns:
    """Return a table of fields that may come in bulk, without the cells that say that nothing is known."""
    if not table.columns.keys() <= in_bulk(table.sheet):
        raise NotPlainError
    columns = {field: _known(field, column) for field, column in table.columns.items()}
    return replace(table, columns={f: c for f, c in columns.items() if (c.codes >= 0).any()})


def _known(field: str, column: Column) -> Column:
    """Return a column without `-`, which in a new store is the same as an empty cell, but for these fields."""
    if CLEAR not in column.values:
        return column
    if field in ("source", "sign", "supplier"):
        raise NotPlainError
    said = np.array([value is not CLEAR for value in column.values])
    place = np.append(np.where(said, np.cumsum(said) - 1, -1), -1)
    return Column(place[column.codes], [value for value in column.values if value is not CLEAR])


def full(table: Columns, field: str) -> Column:
    """Return a column that says something in each row."""
    column = table.columns.get(field)
    if column is None or (column.codes < 0).any():
        raise NotPlainError
    return column


def pairs(houses: Ints, column: Column) -> tuple[Ints, Ints]:
    """Return the first row of each company with each value, and for each row the place of its pair, or -1."""
    rows = np.flatnonzero(column.codes >= 0)
    keys = houses[rows] << 32 | column.codes[rows]
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    place = np.full(len(column.codes), -1)
    place[rows] = inverse
    return rows[first], place


class Crowd:
    """The people of a sheet by company and number or name; companies are numbered as they come."""

    def __init__(self, sheets: Sheets, people: Columns) -> None:
        self.sheets, self.people = sheets, people
        self.numbers: dict[str, int] = {}
        self.ids = np.zeros(0, object)
        """The id of the person in each row, then of those who joined."""

    def number(self, organization: str) -> int:
        return self.numbers.setdefault(organization, len(self.numbers))

    def index(self, house: Ints) -> None:
        """Index people by number and name; two of one name and company need numbers, as all others then."""
        self.house = house
        places = np.arange(self.people.rows)
        columns = self.people.columns
        self.by_id, self.by_name = Lookup(), Lookup(fold)
        all_have = "id" in columns and bool((columns["id"].codes >= 0).all())
        if "id" in columns and not self.by_id.fill([(columns["id"], house, places)]):
            raise NotPlainError
        self._called = [(columns[f], house, places) for f in ("name", "name_alt") if f in columns]
        if not self.by_name.fill(self._called) and not all_have:
            raise NotPlainError

    def join(self, people: list[Person], company: Organization) -> None:
        """Take people whom no row lists: their places come after those of the rows."""
        if not people:
            return
        count = len(people)
        names = Column(np.arange(count), [person.name for person in people])
        self._called.append(
            (names, np.full(count, self.number(company.id)), len(self.ids) + np.arange(count))
        )
        self.by_name = Lookup(fold)
        self.by_name.fill(self._called)
        self.ids = np.append(self.ids, np.array([person.id for person in people], object))
        self.names += names.values

    def houses(self, table: Columns) -> Ints:
        """Return the number of the company that each row names, all of them known."""
        company = full(table, "company")
        found = [self.sheets.context.directory.organization(str(name)) for name in company.values]
        if any(len(some) != 1 for some in found):
            raise NotPlainError
        numbers: Ints = np.array([self.number(some[0].id) for some in found])[company.codes]
        return numbers

    def said(self, column: Column) -> tuple[Ints, Ints]:
        """Return what each row may mean, for `find` and `ours`."""
        return self.by_id.numbers(column), self.by_name.numbers(column)

    def find(self, said: tuple[Ints, Ints], houses: Ints) -> Ints:
        """Find people of companies by row in the sheet; less than 0 is nobody, or several."""
        found = self.by_id.find(said[0], houses)
        return np.where(found >= 0, found, self.by_name.find(said[1], houses))

    def ours(self, said: tuple[Ints, Ints]) -> Ints:
        """Find people of suppliers: by number in the first that has it, else by name in all of them."""
        ids, names = said
        by_id = named = np.full(len(ids), -1, np.int64)
        suppliers = self.sheets.context.directory.suppliers()
        if len(suppliers) > 20:
            raise NotPlainError
        for supplier in reversed(suppliers):
            house = np.full(len(ids), self.number(supplier.id))
            found = self.by_id.find(ids, house)
            by_id = np.where(found >= 0, found, by_id)
            found = self.by_name.find(names, house)
            named = np.where(found == -1, named, np.where(named == -1, found, MANY))
        return np.where(by_id >= 0, by_id, named)

    def keys(self, table: Columns, houses: Ints, what: str) -> tuple[Any, list[str]]:
        """Return the external keys of the rows that have a number: each row's place, or -1, and the keys."""
        column = table.columns.get("id")
        codes = np.full(table.rows, -1)
        if column is None:
            return codes, []
        rows = np.flatnonzero(column.codes >= 0)
        codes[rows] = np.arange(len(rows))
        ids = list(self.numbers)
        told = zip(houses[rows].tolist(), column.codes[rows].tolist(), strict=True)
        return codes, [f"file|{what}|{ids[h]}/{column.values[c]}" for h, c in told]

    @cached_property
    def names(self) -> list[str]:
        """The name of each of them."""
        column = self.people.columns["name"]
        return list(map(column.values.__getitem__, column.codes))
