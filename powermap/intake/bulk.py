"""Big plain sheets of people and ties, taken as columns into an empty store.

This is the same as :class:`powermap.intake.sheets.Sheets` makes of the same rows, one by one. Only what is proven here
to have no fault, and to need no decision that depends on other rows, is taken; anything else goes that way, and is told
there. So there are no problems here: there is a plan, or there is none.
"""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from powermap.errors import ModelError
from powermap.intake.bulk_facts import CHUNK, EVIDENCE, Group, meetings, seats, sources, stances
from powermap.intake.bulk_lookup import Ints, distinct, numbered, repeated
from powermap.intake.bulk_people import Crowd, NotPlainError, full, plain
from powermap.intake.bulk_properties import Chosen, Ids, Texts
from powermap.intake.bulk_shorthands import attitudes, covered, parts
from powermap.intake.checks import check
from powermap.intake.context import Context
from powermap.intake.ledger import Ledger
from powermap.intake.plan import Plan, noted, placed
from powermap.intake.sheets import Sheets
from powermap.method import Pack
from powermap.method.sensitive import note_columns, sensitive
from powermap.model import (
    INFORMATION,
    Bulk,
    Change,
    Covers,
    Created,
    Influences,
    MemberOf,
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
from powermap.model.draft import Draft
from powermap.model.fields import WORK, kept
from powermap.model.naming import fold
from powermap.words import Words

_KINDS = ("covers", "influences", "conflict", "mutual", "informs", "listens")
"""Kinds of tie that are taken; of the last, who is named first listens."""


T = TypeVar("T")


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
    if len(by_sheet) < len(tables) or "people" not in by_sheet or not by_sheet.keys().isdisjoint(WORK):
        return None
    ledger = Ledger(Snapshot.of([]), today, new_id)
    try:
        taking = _Taking(Sheets(Context(ledger, pack, account, us)), by_sheet, pack)
    except (NotPlainError, ModelError):
        return None
    if us and ledger.places:
        taking.sheets.organizations.name_us(us, next(iter(ledger.places.values())))
    notes = dict(noted((note for table in tables for note in table.notes), ledger))
    for table in tables:
        notes |= _warnings(table, pack)
    changes: Any = _Changes(taking.parts, taking.total)
    left_out = tuple(out for table in tables for out in table.left_out)
    return BulkPlan(
        changes, (), notes, taking.names(), (), pack, 0, taking.heard(), left_out, taking.parts, taking.total
    )


def _warnings(table: Columns, pack: Pack) -> dict[Words, Collection[str]]:
    """Warn of notes that tell of what no note about a person should hold."""
    found: dict[Words, list[str]] = defaultdict(list)
    for name in note_columns(table.sheet):
        column = table.columns.get(name)
        if column is None:
            continue
        for code, text in enumerate(column.values):
            for hit in sensitive(str(text), pack):
                rows = np.flatnonzero(column.codes == code)
                found[hit.told] += [placed(hit.word, source) for source in sources(table, rows)]
    return dict(found)


class _Taking:
    """Takes the sheets in their order: those of few rows by the ledger, the others as arrays."""

    def __init__(self, sheets: Sheets, tables: Mapping[str, Columns], pack: Pack) -> None:
        self.sheets, self.ledger = sheets, sheets.context.ledger
        self.people = plain(tables["people"])
        self.fresh: dict[int, str] = {}
        houses = [
            (draft, self._sound(sheets.organizations.take(draft)))
            for draft in _drafts(tables, "organizations")
        ]
        self.crowd = crowd = Crowd(sheets, self.people)
        self.first = len(self.ledger.places)
        crowd.index(self._companies())
        crowd.ids = np.array(Ids(_random(self.people.rows))[:], object)
        for draft, house in houses:
            sheets.organizations.part_of(draft, house)
        for draft in _drafts(tables, "deals"):
            sheets.deals.take(draft)
        self._sound(self.ledger)
        self.jobs = self._jobs()
        self.ties = self._taken(tables)
        self.second = len(self.ledger.places)
        self.meetings = [meetings(tables[sheet], crowd) for sheet in ("interactions",) if sheet in tables]
        for draft in _drafts(tables, "figures"):
            sheets.figures.take(draft)
        check(self.ledger, pack)
        for group in self.ties:
            group.check()
        self._sound(self.ledger)
        # In order, so that a store has nothing to sort; they stand for nobody.
        groups = [self.jobs, *self.ties, *self.meetings]
        ends = np.cumsum([len(group.rows) for group in groups])
        ids = np.sort(_random(int(ends[-1])))
        for group, some in zip(groups, np.split(ids, ends[:-1]), strict=True):
            group.texts.each["id"] = Ids(some)
        self.total = len(self.ledger.places) + self.people.rows + len(ids)

    def _taken(self, tables: Mapping[str, Columns]) -> list[Group]:
        """Take the ties of all sheets, in the order in which they are made row by row."""
        crowd = self.crowd

        def sheet(name: str, take: Callable[[Columns, Crowd], Group]) -> Group | None:
            return take(tables[name], crowd) if name in tables else None

        owners = covered(crowd)
        bosses = self._bosses()
        roles, ties = parts(crowd), sheet("ties", self._ties)
        stands, attitude, seat = sheet("stances", stances), attitudes(crowd), sheet("committee", seats)
        if not (
            _apart(owners, ties, "src", "dst")
            and _apart(stands, attitude, "src")
            and _apart(roles, seat, "src")
        ):
            raise NotPlainError
        return [group for group in (bosses, owners, roles, ties, stands, attitude, seat) if group is not None]

    def _sound(self, found: T | None) -> T:
        if found is None or self.ledger.problems:
            raise NotPlainError
        return found

    def _companies(self) -> Ints:
        """Return the number of each person's company, in the order of the rows that first name it."""
        column = full(self.people, "company")
        numbers = np.zeros(len(column.values), np.int64)
        _, first = np.unique(column.codes, return_index=True)
        for row in np.sort(first).tolist():
            known = len(self.ledger.records)
            company = self._sound(self.sheets.organizations.company(self.people.draft(row)))
            if company.type == "circle":
                raise NotPlainError
            if len(self.ledger.records) > known:
                self.fresh[row] = company.id
            numbers[column.codes[row]] = self.crowd.number(company.id)
        house: Ints = numbers[column.codes]
        return house

    def _bosses(self) -> Group:
        """Take the lines: the row of who has a boss, the row of the boss, and whether it is dotted."""
        found, crowd = [], self.crowd
        for dotted, field in enumerate(("boss", "dotted_boss")):
            if (column := self.people.columns.get(field)) is None:
                continue
            boss = crowd.find(crowd.said(column), crowd.house)
            rows = np.flatnonzero(column.codes >= 0)
            if (boss[rows] < 0).any() or (boss[rows] == rows).any():
                raise NotPlainError
            if not dotted and _circular(np.where(column.codes >= 0, boss, -1), len(crowd.ids)):
                raise NotPlainError
            found.append(np.stack((rows, boss[rows], np.full(len(rows), dotted))))
        lines = np.concatenate(found, axis=1) if found else np.zeros((3, 0), np.int64)
        rows, boss, dotted = lines[:, np.lexsort((lines[2], lines[0]))]
        texts = Texts(ReportsTo, self.people.file)
        texts.each = {"src": Chosen(crowd.ids, rows), "dst": Chosen(crowd.ids, boss)}
        texts.put("dotted", Column(dotted, [False, True]))
        for field in EVIDENCE:
            texts.put(field, self.people.columns.get(field), rows)
        return Group(self.people, rows, ReportsTo.KIND, texts)

    def _ties(self, table: Columns, crowd: Crowd) -> Group:
        """Take the ties: the row each comes from, who stands at its ends, its sign, and whether it is coverage."""
        table = plain(table)
        column = full(table, "kind")
        words = np.array([_KINDS.index(k) if k in _KINDS else -1 for k in column.values])
        kind = words[column.codes]
        if (kind < 0).any():
            raise NotPlainError
        unused = np.zeros(table.rows, bool)
        covers = kind == _KINDS.index("covers")
        for field, without in (("duty", ~covers), ("channel", covers), ("sign", covers)):
            if (said := table.columns.get(field)) is not None:
                unused |= without & (said.codes >= 0)
        for number in np.flatnonzero(unused).tolist():
            self.sheets.ties.tell_unused(table.draft(number))
        informs = kind == _KINDS.index("informs")
        if informs.any():
            table = replace(table, columns={**table.columns, "channel": _channels(table, informs)})
        house = crowd.houses(table)
        sayers = crowd.said(table.columns["from"])
        start, end = crowd.find(sayers, house), crowd.find(crowd.said(table.columns["to"]), house)
        start[covers] = crowd.ours((sayers[0][covers], sayers[1][covers]))
        if (start < 0).any() or (end < 0).any() or (start == end).any():
            raise NotPlainError
        # What goes both ways is two ties, one after the other.
        times = np.where(kind == _KINDS.index("mutual"), 2, 1)
        row = np.repeat(np.arange(table.rows), times)
        second = np.arange(len(row)) > np.repeat(np.cumsum(times) - times, times)
        back = second | (kind[row] >= _KINDS.index("listens"))
        src, dst = np.where(back, end[row], start[row]), np.where(back, start[row], end[row])
        covers = covers[row]
        signs = table.columns.get("sign")
        given = np.ones(table.rows, int) if signs is None else np.array([*signs.values, 1])[signs.codes]
        sign = np.where(kind == _KINDS.index("conflict"), -1, given)[row]
        _distinct(table, row, src, dst, covers, sign)
        cover, sway = Texts(Covers, table.file), Texts(Influences, table.file)
        for texts, fields in ((cover, ("strength", "duty")), (sway, ("strength", "channel"))):
            for field in (*fields, "since", "until", "on", "note", *EVIDENCE):
                texts.put(field, table.columns.get(field), row)
        sway.put("sign", Column(np.where(sign < 0, 1, 0), [1, -1]))
        both = cover.joined(sway, covers)
        both.each = {"src": Chosen(crowd.ids, src), "dst": Chosen(crowd.ids, dst)}
        return Group(table, row, np.array([Influences.KIND, Covers.KIND], object)[covers.astype(int)], both)

    def heard(self) -> Counter[str]:
        """Count the records of each kind."""
        found = Counter(self.ledger.records[i].KIND for i in self.ledger.places)
        found[Person.KIND] += self.people.rows
        for group in (self.jobs, *self.ties, *self.meetings):
            if isinstance(group.kinds, str):
                found[group.kinds] += len(group.rows)
            else:
                found.update(group.kinds.tolist())
        return found

    # -- records -------------------------------------------------------------------------------------------------

    def names(self) -> dict[str, str]:
        """Return the names of all things by id."""
        names = {r.id: name for r in self.ledger.records.values() if (name := getattr(r, "name", ""))}
        return names | dict(zip(self.crowd.ids.tolist(), self.crowd.names, strict=True))

    def parts(self) -> Iterator[Created]:
        """Yield all records in the order in which they come row by row."""
        fresh = set(self.fresh.values())
        listed = list(self.ledger.places)
        yield from self._known(Thing, listed[: self.first])
        yield from self._people()
        yield from self._known(Thing, (i for i in listed[self.first : self.second] if i not in fresh))
        for group in self.meetings:
            yield from group.parts()
        yield from self._known(Thing, listed[self.second :])
        yield from self.jobs.parts()
        yield from self._known(Tie, listed)
        for group in self.ties:
            yield from group.parts()

    def _known(self, cls: type[Record], ids: Iterable[str]) -> Iterator[Created]:
        """Yield what the ledger made."""
        places = self.ledger.places
        found = [
            (r.KIND, r.id, props_to_text(record_to_props(r)), places[r.id].source)
            for r in map(self.ledger.records.__getitem__, ids)
            if isinstance(r, cls)
        ]
        if found:
            yield Created(*zip(*found, strict=True))

    def _people(self) -> Iterator[Created]:
        """Yield the people; a company that a row introduces comes just before its person."""
        for some, texts in self._persons().chunks(CHUNK):
            made = sources(self.people, np.arange(some.start, some.stop))
            columns = [[Person.KIND] * len(texts), self.crowd.ids[some].tolist(), texts, made]
            if new := sorted(r for r in self.fresh if some.start <= r < some.stop):
                (more,) = self._known(Thing, [self.fresh[row] for row in new])
                places = [row - some.start for row in new]
                told = (more.kinds, more.ids, more.texts, more.sources)
                columns = [_inserted(c, places, t) for c, t in zip(columns, told, strict=True)]
            yield Created(*columns)

    def _persons(self) -> Texts:
        texts = Texts(Person, name="-")
        texts.each["id"] = Chosen(self.crowd.ids, np.arange(self.people.rows))
        for field, prop in kept("people", Person.KIND).items():
            texts.put(prop, self.people.columns.get(field))
        texts.put_keys(*self.crowd.keys(self.people, self.crowd.house, "person"))
        return texts

    def _jobs(self) -> Group:
        rows = np.arange(self.people.rows)
        spelled = self.people.columns.get("department")
        if spelled is not None and len({fold(unit) for unit in spelled.values}) < len(spelled.values):
            # A department keeps its first spelling.
            raise NotPlainError
        texts, column = self._places(WorksAt), self.people.columns.get("external")
        kinds: Any = WorksAt.KIND
        if column is not None:
            outside = np.array([*column.values, False])[column.codes]
            texts = texts.joined(self._places(MemberOf), ~outside)
            kinds = np.array([WorksAt.KIND, MemberOf.KIND], object)[outside.astype(int)]
        texts.each = {"src": Chosen(self.crowd.ids, rows)}
        return Group(self.people, rows, kinds, texts)

    def _places(self, cls: type[Tie]) -> Texts:
        texts = Texts(cls, self.people.file)
        texts.put("dst", Column(self.crowd.house, list(self.crowd.numbers)))
        for field, prop in {**kept("people", cls.KIND), "since": "since", "until": "until"}.items():
            texts.put(prop, self.people.columns.get(field))
        return texts


def _channels(table: Columns, informs: NDArray[np.bool_]) -> Column:
    """Return the channels, with that of who informs somebody where none is written."""
    column = table.columns.get("channel") or Column(np.full(table.rows, -1), [])
    if INFORMATION not in column.values:
        column = Column(column.codes, [*column.values, INFORMATION])
    code = column.values.index(INFORMATION)
    return Column(np.where(informs & (column.codes < 0), code, column.codes), column.values)


def _distinct(table: Columns, row: Ints, src: Ints, dst: Ints, covers: Any, sign: Ints) -> None:
    """Check that no row corrects another one."""
    channel = table.columns.get("channel")
    channels = np.zeros(len(row), int) if channel is None else numbered(channel)[row]
    sways = ~covers
    if not distinct(src[covers], dst[covers]):
        raise NotPlainError
    src, dst = src[sways], dst[sways]
    if distinct(src, dst):
        return
    if not distinct(src, dst, sign[sways], channels[sways]):
        raise NotPlainError
    # A pair of one row alone may have its channel corrected.
    told = repeated(numbered(table.columns["from"]), numbered(table.columns["to"]))[row[sways]]
    if (repeated(src, dst) & ~told).any():
        raise NotPlainError


def _apart(one: Group | None, other: Group | None, *ends: str) -> bool:
    """Tell whether no tie of one group has the ends of one of the other, so that no row corrects another one."""
    if one is None or other is None:
        return True
    return not np.intersect1d(one.between(*ends), other.between(*ends)).size


def _drafts(tables: Mapping[str, Columns], sheet: str) -> list[Draft]:
    table = tables.get(sheet)
    return [] if table is None else [table.draft(row) for row in range(table.rows)]


def _inserted(texts: list[str], places: list[int], more: Sequence[str]) -> list[str]:
    return np.insert(np.array(texts, object), places, np.array(more, object)).tolist()


def _random(count: int) -> Any:
    return np.frombuffer(secrets.token_bytes(8 * count), np.uint64)


def _circular(above: Ints, end: int) -> bool:
    """Tell whether somebody of `end` people is above themselves; -1 is nobody, and who joined has nobody above."""
    jump = np.full(end + 1, end)
    jump[: len(above)] = np.where(above < 0, end, above)
    for _ in range(end.bit_length() + 1):
        jump = jump[jump]
    return bool((jump != end).any())
