"""The tables of a store, as far as the portfolio needs them, with whole numbers for ids.

Numbers of people are their places by (name, id), those of organizations come after, those of deals last; so every order
that the columns promise is an order of numbers.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from powermap.kernels.blocks import Bools, Floats, Ints
from powermap.lens.lens import NOBODY, is_past
from powermap.stores.base import Row, Rows

KINDS = ("WORKS_AT", "MEMBER_OF", "REPORTS_TO", "INFLUENCES", "COVERS", "PART_OF", "TAKES_PART")


class _Places(dict[str, int]):
    """Number of each thing by id; -1 for what isn't there."""

    def __missing__(self, key: str) -> int:
        return -1


class _Numbers(dict[str | None, float]):
    """The one number of a tie, read from its JSON; of a part in a committee, whether its role decides (1 or 0), and 2 where
    votes or a veto are on record.
    """

    def __missing__(self, key: str | None) -> float:
        value = json.loads(key or "null")
        if isinstance(value, dict):
            special = value["votes"] is not None or value["veto"]
            value = 2 if special else bool({"decider", "approver"} & set(value["roles"] or ()))
        number = self[key] = float("nan") if value is None else float(value)
        return number


def distinct(values: Ints) -> Ints:
    """Return the values sorted, each once: np.unique by sorting, which is faster here than its hashing."""
    values = np.sort(values)
    return values[np.diff(values, prepend=values[:1] - 1) > 0]


@dataclass(frozen=True)
class Index:
    """Finds the rows of a table by a whole number: row ``start[k]`` to ``start[k + 1]`` hold the key k."""

    start: Ints

    @classmethod
    def of(cls, keys: Ints, size: int) -> Index:
        """Index a table sorted by `keys`, which lie in 0 … size - 1."""
        return cls(np.concatenate([[0], np.cumsum(np.bincount(keys, minlength=size))]))

    def match(self, keys: Ints) -> tuple[Ints, Ints]:
        """Return every pair (place in `keys`, row) of the same key."""
        first = self.start[keys]
        count = self.start[keys + 1] - first
        place = np.repeat(np.arange(len(keys)), count)
        return place, np.arange(len(place)) + np.repeat(first - np.cumsum(count) + count, count)


@dataclass(frozen=True)
class Ties:
    """Ties that hold on the day and whose ends are there, by id; ends as numbers of things."""

    kind: Ints
    src: Ints
    dst: Ints
    number: Floats

    def of(self, kind: str) -> tuple[Ints, Ints, Floats]:
        """Return the ties of one kind as (src, dst, number)."""
        at = np.flatnonzero(self.kind == KINDS.index(kind))
        return self.src[at].astype(np.int64), self.dst[at].astype(np.int64), self.number[at]


class Tables:
    """What the columns need of the tables of a store, on one day; of ties only those of some kinds."""

    def __init__(self, rows: Rows, as_of: date, kinds: Sequence[str] = KINDS) -> None:
        self.kinds = kinds
        self.rows, self.day, self.past = rows, as_of, is_past(as_of)
        self.people = rows.people()
        self.organizations = rows.organizations()
        self.deals = rows.deals()
        self.place = _Places()
        for table in (self.people, self.organizations, self.deals):
            first = len(self.place)
            self.place.update(zip([row[0] for row in table], range(first, first + len(table)), strict=True))
        # Of any day also what is not there any more joins others.
        self.ever_place = _Places(self.place)
        self.first_organization = len(self.people)
        self.first_deal = len(self.people) + len(self.organizations)

    @cached_property
    def customers(self) -> Ints:
        """The accounts as numbers of things, by (name, id)."""
        found = [n for n, row in enumerate(self.organizations) if row[1] == "customer"]
        return np.array(found, dtype=np.int64) + self.first_organization

    @cached_property
    def us(self) -> int:
        """The number of our own organization, -1 if there is none."""
        return self.place[self.supplier[0]]

    @cached_property
    def is_supplier(self) -> Bools:
        """Which things are suppliers, shape (things,)."""
        found = np.zeros(len(self.place), dtype=bool)
        found[self.first_organization : self.first_deal] = [r[1] == "supplier" for r in self.organizations]
        if self.us >= 0:
            found[self.us] = True
        return found

    @cached_property
    def team(self) -> Bools:
        """Who works for us, shape (things,); whoever works for another, too, counts as ours."""
        found = np.zeros(len(self.place), dtype=bool)
        src, dst, _ = self.ties.of("WORKS_AT")
        found[src[dst == self.us]] = True
        return found

    @cached_property
    def ties(self) -> Ties:
        """The ties of access."""
        numbers = _Numbers()
        parts = []
        for kind in self.kinds:
            n = KINDS.index(kind)
            for rows in self.rows.ties(kind, self.day):
                src, dst, number = zip(*rows, strict=True)
                found = (
                    np.full(len(rows), n, np.int8),
                    np.fromiter(map(self.place.__getitem__, src), np.int32, len(rows)),
                    np.fromiter(map(self.place.__getitem__, dst), np.int32, len(rows)),
                    np.fromiter(map(numbers.__getitem__, number), np.float64, len(rows)),
                )
                whole = (found[1] >= 0) & (found[2] >= 0)
                parts.append([column[whole] for column in found])
        if not parts:
            none = np.zeros(0, dtype=np.int64)
            return Ties(none, none, none, none.astype(np.float64))
        return Ties(*(np.concatenate(column) for column in zip(*parts, strict=True)))

    @cached_property
    def stances(self) -> list[Row]:
        """The stances, as :meth:`Rows.stances` has them."""
        return self.rows.stances(self.day)

    @cached_property
    def figures(self) -> list[Row]:
        """Our revenue as (organization, day, value as JSON, currency, category), by organization."""
        return self.rows.figures(self.day)

    @cached_property
    def meetings(self) -> list[Row]:
        """When each organization was last met."""
        return self.rows.meetings(self.day)

    @cached_property
    def ever(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Of any day: pairs (unit, organization above), and (member of a buying committee, organization)."""
        units: list[tuple[int, int]] = []
        belongs: list[tuple[int, int]] = []
        for kind, src, dst in self.rows.ever():
            for end in (src, dst):
                self.ever_place.setdefault(end, len(self.ever_place))
            (units if kind == "PART_OF" else belongs).append((self.ever_place[src], self.ever_place[dst]))
        return units, belongs

    @cached_property
    def supplier(self) -> tuple[str, str]:
        """Id and name of our own organization, or of the nameless one in its place."""
        found = next((row for row in self.organizations if row[1] == "supplier" and row[4]), None)
        return (found[0], found[2]) if found else (NOBODY.id, NOBODY.name)

    @property
    def typed(self) -> bool:
        """Whether every tie joins things of the kinds it should."""
        t = self.ties
        from_unit = t.kind == KINDS.index("PART_OF")
        into = np.array([1, 1, 0, 0, 0, 1, 2])
        bounds = np.array([self.first_organization, self.first_deal])
        src, dst = (np.searchsorted(bounds, ends, side="right") for ends in (t.src, t.dst))
        return bool((src == from_unit).all() and (dst == into[t.kind]).all())
