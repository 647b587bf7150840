"""Rows of a SQLite store for who reads all of it at once: bare values, no records.

Everything is read in one transaction, on a connection of its own: one state of the store, whoever writes meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from powermap.model import Record, Snapshot, Tie, record_from_props
from powermap.stores.base import Row
from powermap.stores.sqlite.connection import connect_reading
from powermap.stores.sqlite.faults import clear
from powermap.stores.sqlite.statements import script

R = TypeVar("R", bound=Record)
CHUNK = 20_000
"""Rows fetched at once."""


def _records(rows: list[Row]) -> Iterator[Record]:
    """Build records from (kind, JSON); parsing all texts as one takes half the time."""
    parsed = json.loads(f"[{','.join(text for _, text in rows)}]")
    return (record_from_props(kind, props) for (kind, _), props in zip(rows, parsed, strict=True))


class SqliteRows:
    """One state of a store, as :class:`powermap.stores.base.Rows`. Use it as a context manager."""

    def __init__(self, location: str) -> None:
        self.location = location
        self._kept: dict[type[Record], Snapshot] = {}
        with clear(self.location):
            self._db = connect_reading(Path(self.location))
            self._db.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def _chunks(self, name: str, **values: Any) -> Iterator[list[Row]]:
        with clear(self.location):
            found = self._db.execute(script(name), values)
            while rows := found.fetchmany(CHUNK):
                yield rows

    def _all(self, name: str, **values: Any) -> list[Row]:
        return [row for rows in self._chunks(name, **values) for row in rows]

    def scope(self, account: str, without: Collection[str] = ()) -> Snapshot:
        """Read one account's records, as :meth:`powermap.stores.base.Store.read` does; leave these kinds out."""
        rows = self._all("read_scope", account=account)
        return Snapshot.of(_records([row for row in rows if row[0] not in without]))

    def scopes(
        self, accounts: Sequence[str], without: Collection[str] = ()
    ) -> Iterator[tuple[str, Snapshot]]:
        """Yield those of these accounts that are there, each with its scope, read when its turn comes."""
        there = set(self.accounts())
        return ((account, self.scope(account, without)) for account in accounts if account in there)

    @property
    def rows(self) -> SqliteRows:
        """These rows themselves."""
        return self

    def all(self, cls: type[R]) -> tuple[R, ...]:
        """Every record of exactly the class `cls`, by id, read when it is asked for first."""
        if cls not in self._kept:
            chunks = self._chunks("read_kind", kind=cls.KIND, tie=issubclass(cls, Tie))
            self._kept[cls] = Snapshot.of(record for rows in chunks for record in _records(rows))
        return self._kept[cls].all(cls)

    def people(self) -> list[Row]:
        """All people by name, as (id, name, name_alt)."""
        return self._all("portfolio_people")

    def organizations(self) -> list[Row]:
        """All organizations by name, as (id, type, name, name_alt, us, grade, region)."""
        return self._all("portfolio_organizations")

    def deals(self) -> list[Row]:
        """All deals, those that close first coming first, as (id, account, rule, outcome, close_on)."""
        return self._all("portfolio_deals")

    def figures(self, day: date) -> list[Row]:
        """Our revenue known up to a day, oldest first, as (account, on, value as JSON, currency, category)."""
        return self._all("portfolio_figures", day=day.isoformat())

    def meetings(self, day: date) -> list[Row]:
        """When each account or unit was last met up to a day, as (account, on)."""
        return self._all("portfolio_meetings", day=day.isoformat())

    def ties(self, kind: str, day: date) -> Iterator[list[Row]]:
        """Yield the ties of a kind that hold on a day, by id, in lists of (src, dst, number as JSON)."""
        return self._chunks("portfolio_ties", kind=kind, day=day.isoformat())

    def covers(self, day: date) -> Iterator[Row]:
        """Yield who covers whom on a day, as (src, dst, start or None)."""
        for rows in self._chunks("portfolio_covers", day=day.isoformat()):
            yield from rows

    def stances(self, day: date) -> list[Row]:
        """The stances that hold on a day, as (src, dst, attitude, deal, start, day observed); of two for one pair the last row wins."""
        return self._all("portfolio_stances", day=day.isoformat())

    def influences(self, day: date) -> Iterator[Row]:
        """Yield the influence ties of positive sign that hold on a day, as (src, dst, strength as JSON, channel)."""
        for rows in self._chunks("portfolio_influences", day=day.isoformat()):
            yield from rows

    def posts(self, day: date) -> Iterator[Row]:
        """Yield the posts that people hold on a day, as (src, dst, level as JSON, unit)."""
        for rows in self._chunks("portfolio_posts", day=day.isoformat()):
            yield from rows

    def powers(self) -> list[Row]:
        """The power that somebody asserted, as (person, power as JSON)."""
        return self._all("portfolio_powers")

    def ever(self) -> list[Row]:
        """Of any day, as (kind, src, dst): units, and what the members of buying committees belong to."""
        return self._all("portfolio_ever")

    def accounts(self) -> list[str]:
        """The ids of all accounts, by name then id."""
        return [row[1] for row in self._all("accounts")]

    def state(self, seq: int | None = None) -> tuple[int, str]:
        """Return the last change, or the change `seq`, and its batch; 0 and empty if there is none."""
        for last, batch in self._all("portfolio_state", seq=seq):
            return last, batch
        return 0, ""

    def changes(self, seq: int) -> list[Row]:
        """What was changed after the change `seq`, as (kind, id, before, after), the last two as JSON or None."""
        return self._all("portfolio_changes", seq=seq)

    def crossing(self, day: date, later: date) -> list[Row]:
        """What begins or ends to hold after `day` and up to `later`, as (kind, id, JSON)."""
        return self._all("portfolio_crossing", day=day.isoformat(), later=later.isoformat())

    def judged(self) -> set[str]:
        """The accounts where an attitude may rest on more than a typed total."""
        found = self._all("portfolio_judged")
        return self.touched(
            {i for kind, i in found if kind != "STANDS"}, set(), {i for kind, i in found if kind == "STANDS"}
        )

    def touched(self, organizations: set[str], deals: set[str], people: set[str]) -> set[str]:
        """The accounts that these organizations, deals and people belong to, or whose people these people cover."""
        given = {"organizations": organizations, "deals": deals, "people": people}
        values = {name: json.dumps(sorted(ids)) for name, ids in given.items()}
        return {row[0] for row in self._all("portfolio_touched", **values)}
