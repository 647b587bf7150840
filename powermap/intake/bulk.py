"""Big plain sheets of people and ties, taken as columns into an empty store.

This is the same as :class:`powermap.intake.sheets.Sheets` makes of the same rows, one by one. Only what is proven here
to have no fault, and to need no decision that depends on other rows, is taken; anything else goes that way, and is told
there. So there are no problems here: there is a plan, or there is none.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from powermap.errors import ModelError
from powermap.findings import Words
from powermap.intake.checks import check
from powermap.intake.ledger import Ledger
from powermap.intake.lookup import MANY, Ints, Lookup, distinct, numbered, repeated
from powermap.intake.people import fold
from powermap.intake.plan import Plan
from powermap.intake.sheets import Sheets
from powermap.intake.texts import Chosen, Ids, Texts
from powermap.method import Pack
from powermap.model import (
    RECORDS,
    Bulk,
    Change,
    Covers,
    Created,
    Influences,
    Person,
    Record,
    ReportsTo,
    Snapshot,
    Thing,
    Tie,
    WorksAt,
    props_to_text,
    record_to_props,
)
from powermap.model.columns import Column, Columns

_EVIDENCE = ("source", "author", "status", "confidence")
_PERSON = ("name", "name_alt", "placeholder", "power", "adaptability", "email", "phone", "note")
_JOB = {"title": "title", "title_alt": "title_alt", "department": "unit", "department_alt": "unit_alt", "level": "level", "since": "since", "until": "until"}  # fmt: skip
_PEOPLE = {"id", "company", "boss", "dotted_boss", *_EVIDENCE, *_PERSON, *_JOB}
_TIES = {"company", "from", "to", "kind", "strength", "sign", "channel", "duty", "since", "until", "on", "note", *_EVIDENCE}  # fmt: skip
_KINDS = ("covers", "influences", "conflict", "mutual", "listens", "informs")
"""Kinds of tie that are taken; of the last two, who is named first listens."""


T = TypeVar("T")


class NotPlainError(Exception):
    """Something that only the way row by row can tell or decide."""


@dataclass(frozen=True)
class BulkPlan(Plan):
    """A plan that only creates, with its records as columns; `changes` makes objects of them when it is read."""

    parts: Callable[[], Iterator[Created]]
    total: int

    @cached_property
    def counts(self) -> dict[str, int]:
        """Number of records by action, and of problems."""
        return {"create": self.total, "update": 0, "same": 0, "problem": 0}

    def bulk(self, *, id: str, after: int, actor: str = "", title: str = "import") -> Bulk:
        """Return the records for a store that takes them as they are."""
        return Bulk(id, self.total, self.parts, after, actor, title)


class _Changes(Sequence[Change]):
    def __init__(self, parts: Callable[[], Iterator[Created]], total: int) -> None:
        self._parts, self._total = parts, total

    def __len__(self) -> int:
        return self._total

    def __iter__(self) -> Iterator[Change]:
        for part in self._parts():
            yield from part.changes()

    def __getitem__(self, place: Any) -> Any:
        return list(self)[place]


CHUNK = 50_000
"""Records that are written at once."""


def plan_in_bulk(
    tables: Sequence[Columns],
    pack: Pack,
    *,
    today: date,
    new_id: Callable[[], str],
    account: str | None = None,
    us: str | None = None,
) -> BulkPlan | None:
    """Plan the import of sheets into an empty store; None if something must be told or decided row by row.

    Parameters
    ----------
    new_id
        Makes the ids of organizations; all others are as random.
    """
    by_sheet = {table.sheet: table for table in tables}
    if len(by_sheet) < len(tables) or not {"people"} <= by_sheet.keys() <= {
        "organizations",
        "people",
        "ties",
    }:
        return None
    ledger = Ledger(Snapshot.of([]), today, new_id)
    try:
        taking = _Taking(Sheets(ledger, account=account, us=us), by_sheet, pack)
    except (NotPlainError, ModelError):
        return None
    notes = dict.fromkeys(Words(*note) for note in (*(n for t in tables for n in t.notes), *ledger.notes))
    total = taking.total
    changes: Any = _Changes(taking.parts, total)
    kinds = {k: pack.kind(k) for k in RECORDS}
    return BulkPlan(changes, (), tuple(notes), taking.names(), kinds, 0, taking.parts, total)


class _Taking:
    """Takes the sheets: organizations by the ledger, people and ties as arrays of places in the people sheet."""

    def __init__(self, sheets: Sheets, tables: Mapping[str, Columns], pack: Pack) -> None:
        self.sheets, self.ledger = sheets, sheets.ledger
        self.people, self.ties = tables["people"], tables.get("ties")
        self.numbers: dict[str, int] = {}
        self.fresh: dict[int, str] = {}
        self.row = np.zeros(0, np.int64)
        _only(self.people, _PEOPLE)
        rows = tables.get("organizations")
        drafts = [rows.draft(i) for i in range(rows.rows)] if rows else []
        houses = [(draft, self._sound(sheets.organization(draft))) for draft in drafts]
        self.house = self._companies()
        for draft, house in houses:
            sheets.part_of(draft, house)
        check(self.ledger, pack)
        self._sound(self.ledger)
        self.persons = np.array(Ids(_random(self.people.rows))[:], object)
        self._index()
        self._bosses()
        if self.ties is not None:
            _only(self.ties, _TIES)
            self._ties(self.ties)
        # In order, so that a store has nothing to sort; they stand for nobody.
        self.tie_ids = np.sort(_random(self.people.rows + self.lines.shape[1] + len(self.row)))

    def _sound(self, found: T | None) -> T:
        if found is None or self.ledger.problems:
            raise NotPlainError
        return found

    def _number(self, organization: str) -> int:
        return self.numbers.setdefault(organization, len(self.numbers))

    def _companies(self) -> Ints:
        """Return the number of each person's company, in the order of the rows that first name it."""
        column = _full(self.people, "company")
        numbers = np.zeros(len(column.values), np.int64)
        _, first = np.unique(column.codes, return_index=True)
        for row in np.sort(first).tolist():
            known = len(self.ledger.records)
            company = self._sound(self.sheets.company(self.people.draft(row)))
            if company.type == "circle":
                raise NotPlainError
            if len(self.ledger.records) > known:
                self.fresh[row] = company.id
            numbers[column.codes[row]] = self._number(company.id)
        house: Ints = numbers[column.codes]
        return house

    def _index(self) -> None:
        """Index people by number and name; two of one name and company need numbers, as all others then."""
        places = np.arange(self.people.rows)
        columns = self.people.columns
        self.by_id, self.by_name = Lookup(), Lookup(fold)
        all_have = "id" in columns and bool((columns["id"].codes >= 0).all())
        if "id" in columns and not self.by_id.fill([(columns["id"], self.house, places)]):
            raise NotPlainError
        names = [(columns[f], self.house, places) for f in ("name", "name_alt") if f in columns]
        if not self.by_name.fill(names) and not all_have:
            raise NotPlainError

    def _said(self, column: Column) -> tuple[Ints, Ints]:
        return self.by_id.numbers(column), self.by_name.numbers(column)

    def _find(self, said: tuple[Ints, Ints], houses: Ints) -> Ints:
        found = self.by_id.find(said[0], houses)
        return np.where(found >= 0, found, self.by_name.find(said[1], houses))

    def _bosses(self) -> None:
        """Take the lines: the row of who has a boss, the row of the boss, and whether it is dotted."""
        found = []
        for dotted, field in enumerate(("boss", "dotted_boss")):
            if (column := self.people.columns.get(field)) is None:
                continue
            boss = self._find(self._said(column), self.house)
            rows = np.flatnonzero(column.codes >= 0)
            if (boss[rows] < 0).any() or (boss[rows] == rows).any():
                raise NotPlainError
            if not dotted and _circular(np.where(column.codes >= 0, boss, self.people.rows)):
                raise NotPlainError
            found.append(np.stack((rows, boss[rows], np.full(len(rows), dotted))))
        lines = np.concatenate(found, axis=1) if found else np.zeros((3, 0), np.int64)
        self.lines = lines[:, np.lexsort((lines[2], lines[0]))]

    def _ties(self, table: Columns) -> None:
        """Take the ties: the row each comes from, who stands at its ends, its sign, and whether it is coverage."""
        column = _full(table, "kind")
        words = np.array([_KINDS.index(k) if k in _KINDS else -1 for k in column.values])
        kind = words[column.codes]
        if (kind < 0).any():
            raise NotPlainError
        company = _full(table, "company")
        houses = [self.sheets.directory.organization(str(name)) for name in company.values]
        if any(len(found) != 1 for found in houses):
            raise NotPlainError
        house = np.array([self._number(found[0].id) for found in houses])[company.codes]
        said, to = self._said(table.columns["from"]), self._said(table.columns["to"])
        start, end = self._find(said, house), self._find(to, house)
        covers = kind == _KINDS.index("covers")
        start[covers] = self._ours(said[0][covers], said[1][covers])
        if (start < 0).any() or (end < 0).any() or (start == end).any():
            raise NotPlainError
        # What goes both ways is two ties, one after the other.
        times = np.where(kind == _KINDS.index("mutual"), 2, 1)
        row = self.row = np.repeat(np.arange(table.rows), times)
        second = np.arange(len(row)) > np.repeat(np.cumsum(times) - times, times)
        back = second | (kind[row] >= _KINDS.index("listens"))
        self.src, self.dst = np.where(back, end[row], start[row]), np.where(back, start[row], end[row])
        self.covers = covers[row]
        signs = table.columns.get("sign")
        given = np.ones(table.rows, int) if signs is None else np.array([*signs.values, 1])[signs.codes]
        self.sign = np.where(kind == _KINDS.index("conflict"), -1, given)[row]
        self._distinct(table)

    def _ours(self, ids: Ints, names: Ints) -> Ints:
        """Find people of suppliers: by number in the first that has it, else by name in all of them."""
        by_id = named = np.full(len(ids), -1, np.int64)
        suppliers = self.sheets.directory.suppliers()
        if len(suppliers) > 20:
            raise NotPlainError
        for supplier in reversed(suppliers):
            house = np.full(len(ids), self._number(supplier.id))
            found = self.by_id.find(ids, house)
            by_id = np.where(found >= 0, found, by_id)
            found = self.by_name.find(names, house)
            named = np.where(found == -1, named, np.where(named == -1, found, MANY))
        return np.where(by_id >= 0, by_id, named)

    def _distinct(self, table: Columns) -> None:
        """Check that no row corrects another one."""
        channel = table.columns.get("channel")
        channels = np.zeros(len(self.row), int) if channel is None else numbered(channel)[self.row]
        sways = ~self.covers
        src, dst = self.src, self.dst
        if not distinct(src[self.covers], dst[self.covers]):
            raise NotPlainError
        src, dst = src[sways], dst[sways]
        if distinct(src, dst):
            return
        if not distinct(src, dst, self.sign[sways], channels[sways]):
            raise NotPlainError
        # A pair of one row alone may have its channel corrected.
        told = repeated(numbered(table.columns["from"]), numbered(table.columns["to"]))[self.row[sways]]
        if (repeated(src, dst) & ~told).any():
            raise NotPlainError

    # -- records -------------------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many records there will be."""
        return len(self.ledger.places) + 2 * self.people.rows + int(self.lines.shape[1]) + len(self.row)

    def names(self) -> dict[str, str]:
        """Return the names of all things by id."""
        column = self.people.columns["name"]
        names = {
            r.id: str(getattr(r, "name", "")) for r in self.ledger.records.values() if isinstance(r, Thing)
        }
        return names | dict(
            zip(self.persons.tolist(), map(column.values.__getitem__, column.codes), strict=True)
        )

    def parts(self) -> Iterator[Created]:
        """Yield all records in the order in which they come row by row."""
        ties = self.tie_ids
        yield from self._things()
        jobs, lines = self.people.rows, self.people.rows + self.lines.shape[1]
        every = np.arange(jobs)
        yield from _parts(self.people, every, WorksAt.KIND, self._jobs(ties[:jobs]))
        yield from self._known(Tie)
        yield from _parts(self.people, self.lines[0], ReportsTo.KIND, self._lines(ties[jobs:lines]))
        if self.ties is not None:
            kinds = np.array([Influences.KIND, Covers.KIND], object)[self.covers.astype(int)]
            yield from _parts(self.ties, self.row, kinds, self._made(self.ties, ties[lines:]))

    def _known(self, cls: type[Record], ids: Iterable[str] | None = None) -> Iterator[Created]:
        """Yield what the ledger made."""
        places = self.ledger.places
        found = [
            (r.KIND, r.id, props_to_text(record_to_props(r)), places[r.id].source)
            for r in map(self.ledger.records.__getitem__, places if ids is None else ids)
            if isinstance(r, cls)
        ]
        if found:
            yield Created(*zip(*found, strict=True))

    def _things(self) -> Iterator[Created]:
        """Yield organizations and people; a company that a row introduces comes just before its person."""
        fresh = set(self.fresh.values())
        listed = [i for i in self.ledger.places if i not in fresh]
        yield from self._known(Thing, listed)
        texts = self._persons()
        for start in range(0, self.people.rows, CHUNK):
            stop = min(self.people.rows, start + CHUNK)
            rows = np.arange(start, stop)
            columns: list[list[str]] = [
                [Person.KIND] * len(rows),
                self.persons[start:stop].tolist(),
                texts.texts(start, stop),
                _sources(self.people, rows),
            ]
            if new := sorted(r for r in self.fresh if start <= r < stop):
                (made,) = self._known(Thing, [self.fresh[row] for row in new])
                places = [row - start for row in new]
                told = (made.kinds, made.ids, made.texts, made.sources)
                columns = [_inserted(c, places, more) for c, more in zip(columns, told, strict=True)]
            yield Created(*columns)

    def _persons(self) -> Texts:
        texts = Texts(Person, name="-")
        texts.each["id"] = Chosen(self.persons, np.arange(self.people.rows))
        for field in _PERSON:
            texts.put(field, self.people.columns.get(field))
        if (column := self.people.columns.get("id")) is not None:
            houses = {number: id_ for id_, number in self.numbers.items()}
            rows = np.flatnonzero(column.codes >= 0)
            codes = np.full(self.people.rows, -1)
            codes[rows] = np.arange(len(rows))
            told = zip(self.house[rows].tolist(), column.codes[rows].tolist(), strict=True)
            texts.put_keys(codes, [f"file|person|{houses[h]}/{column.values[c]}" for h, c in told])
        return texts

    def _jobs(self, ids: Any) -> Texts:
        texts = Texts(WorksAt, self.people.file)
        texts.each = {"id": Ids(ids), "src": Chosen(self.persons, np.arange(self.people.rows))}
        texts.put("dst", Column(self.house, list(self.numbers)))
        for field, prop in _JOB.items():
            texts.put(prop, self.people.columns.get(field))
        return texts

    def _lines(self, ids: Any) -> Texts:
        rows, boss, dotted = self.lines
        texts = Texts(ReportsTo, self.people.file)
        texts.each = {"id": Ids(ids), "src": Chosen(self.persons, rows), "dst": Chosen(self.persons, boss)}
        texts.put("dotted", Column(dotted, [False, True]))
        for field in _EVIDENCE:
            texts.put(field, self.people.columns.get(field), rows)
        return texts

    def _made(self, table: Columns, ids: Any) -> Texts:
        covers, sways = Texts(Covers, table.file), Texts(Influences, table.file)
        for texts, fields in ((covers, ("strength", "duty")), (sways, ("strength", "channel"))):
            for field in (*fields, "since", "until", "on", "note", *_EVIDENCE):
                texts.put(field, table.columns.get(field), self.row)
        sways.put("sign", Column(np.where(self.sign < 0, 1, 0), [1, -1]))
        texts = covers.joined(sways, self.covers)
        src, dst = (Chosen(self.persons, end) for end in (self.src, self.dst))
        texts.each = {"id": Ids(ids), "src": src, "dst": dst}
        return texts


def _parts(table: Columns, rows: Any, kinds: Any, texts: Texts) -> Iterator[Created]:
    """Yield the records that come from `rows`, of one kind or of a kind each."""
    for start in range(0, len(rows), CHUNK):
        stop = min(len(rows), start + CHUNK)
        ids = texts.each["id"][start:stop]
        some = [kinds] * len(ids) if isinstance(kinds, str) else kinds[start:stop].tolist()
        yield Created(some, ids, texts.texts(start, stop), _sources(table, rows[start:stop]))


def _inserted(texts: list[str], places: list[int], more: Sequence[str]) -> list[str]:
    return np.insert(np.array(texts, object), places, np.array(more, object)).tolist()


def _sources(table: Columns, rows: Any) -> list[str]:
    return [f"{table.file} · {row}" for row in (rows + 2).tolist()]


def _random(count: int) -> Any:
    return np.frombuffer(secrets.token_bytes(8 * count), np.uint64)


def _only(table: Columns, fields: set[str]) -> None:
    if not table.columns.keys() <= fields:
        raise NotPlainError


def _full(table: Columns, field: str) -> Column:
    column = table.columns.get(field)
    if column is None or (column.codes < 0).any():
        raise NotPlainError
    return column


def _circular(above: Ints) -> bool:
    """Tell whether somebody is above himself; who has nobody above has the length of the list."""
    end = len(above)
    jump = np.append(above, end)
    for _ in range(end.bit_length() + 1):
        jump = jump[jump]
    return bool((jump != end).any())
