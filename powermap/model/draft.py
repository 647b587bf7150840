"""A row as somebody wrote it: values checked one by one, other records still named in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from powermap.model.problem import Problem
from powermap.words import Words, both


class _Clear:
    """Says that a cell holds ``-``: what was known there is taken back."""

    def __repr__(self) -> str:
        return "CLEAR"


CLEAR = _Clear()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands; `headers` gives the header, as written, of each field, `called` what others would be.

    `others` are columns that aren't known and may name the company, where no known one does; `account` is the company
    that a line above the table names.
    """

    file: str
    sheet: str
    row: int
    headers: Mapping[str, str]
    called: Mapping[str, Words] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    account: str = ""

    def problem(
        self,
        field_name: str,
        value: object,
        reason: str,
        suggestion: str = "",
        *,
        zh: str = "",
        suggestion_zh: str = "",
        code: str,
    ) -> Problem:
        """Make the problem of one field of this row."""
        column = self.headers.get(field_name, "")
        called = both(column) if column else self.called.get(field_name, both(field_name))
        return Problem(
            self.file,
            self.sheet,
            self.row,
            called.en,
            str(value)[:200],
            reason,
            suggestion,
            code,
            zh,
            suggestion_zh,
            "" if called.zh == called.en else called.zh,
        )

    @property
    def source(self) -> str:
        """Say where in one line: file · sheet · row."""
        sheet = f" · {self.sheet}" if self.sheet else ""
        return f"{self.file}{sheet} · {self.row}"


@dataclass(frozen=True, slots=True)
class Draft:
    """One row of a sheet of a kind of :data:`~powermap.model.fields.SHEETS`; `values` holds only what is written (or CLEAR).

    `whole` tells whether it has all that a row of the sheet needs; of one that hasn't only the names are looked up, so
    that a wrong one is told in the same pass.
    """

    sheet: str
    values: Mapping[str, Any]
    place: Place
    whole: bool = True


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What of a file was not taken, how many cells or rows of it, and where."""

    what: Words
    count: int
    where: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """A column that was left out: one that isn't known (no `field`), or whose words aren't; with what stands in it."""

    title: str
    field: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What files hold: rows without a fault of their own, every problem, and what the user may want to know (zh, en).

    `faulty` are the rows that have a fault, with what could be read of them: others may refer to them, and what
    they refer to is checked in the same pass. Nothing of them is written. `left_out` is everything else that was not
    taken; `foreign` are columns of which the user may say what they mean, `titles` the headers of each table.
    """

    drafts: tuple[Draft, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    files: tuple[str, ...] = field(default=())
    faulty: tuple[Draft, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    titles: tuple[tuple[str, ...], ...] = ()
