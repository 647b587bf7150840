"""The contract every store fulfils: apply a batch, read a scope, replay the log, search.

A store keeps and hands out. Filtering by date, resolving versions and everything clever happens above it. What one kind of
store can't do is said here, by an attribute or by None; nobody above asks which kind it is.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from powermap.errors import MovedError
from powermap.model import Batch, Bulk, Hit, LoggedChange, Receipt, Records, Snapshot
from powermap.stores.access import Access
from powermap.stores.chain import Link, RawBatch, RawChange
from powermap.stores.proving import Fault
from powermap.words import Words

Row = tuple[Any, ...]
Cypher = Callable[[str, dict[str, Any]], tuple[list[str], list[list[Any]]]]
"""Runs a query with its parameters, reading only; returns the names of its columns, and its rows."""


class Store(ABC):
    """One store. Open it with :func:`powermap.stores.open_store`; it is a context manager."""

    location: str
    known_at: datetime | None = None
    """The instant up to which it tells what was recorded; None: all of it."""
    older: Path | None = None
    """Where the store lies as it was, if opening it brought it to the schema of today."""
    turned: int = 0
    """How many ties of information were turned round when it was opened, as a store of an older version."""
    remote: bool = False
    """Whether it is a file on a disk of another machine, where locks can't be relied on."""
    synced: str = ""
    """The service that copies the folder of the file to other machines while it is written, if one does."""
    reading: bool = False
    """Whether nothing may be written to it, by its modes or its disk."""
    cypher: Cypher | None = None
    """Runs a query in Cypher; None where the store speaks none."""

    @abstractmethod
    def close(self) -> None:
        """Release the file or the connection."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None:
        self.close()

    # -- writing -------------------------------------------------------------------------------------------------

    @abstractmethod
    def apply(self, batch: Batch, *, after: int | None = None) -> Receipt:
        """Apply all changes of `batch`, durably, or none.

        Parameters
        ----------
        after
            The last change of the state that the batch was made for; None: of whatever is there.

        Raises
        ------
        MovedError
            If anything was recorded since `after`.
        ConflictError
            If a change's `before` is not what the store holds (compare-and-set).
        """

    @abstractmethod
    def load(self, bulk: Bulk, progress: Callable[[int, int], None] | None = None) -> Receipt:
        """Create all records of `bulk`, durably, or none; leave what :meth:`apply` would leave.

        Parameters
        ----------
        progress
            Called with (done, in all), in a unit of the store's own.

        Raises
        ------
        MovedError
            If anything was recorded since `bulk` was made.
        """

    @abstractmethod
    def rewrite(self, edit: Callable[[LoggedChange], LoggedChange], batch: Batch) -> Receipt:
        """Let the log say something else, and add `batch`, durably, or nothing; the projection follows.

        This is for forgetting somebody, and for nothing else: what was there is in no file of the store afterwards.

        Parameters
        ----------
        edit
            Returns an entry of the log as it stays: another title, author, before, after and source, all else as it is.
        """

    # -- reading -------------------------------------------------------------------------------------------------

    @abstractmethod
    def read(self, account: str | None = None) -> Snapshot:
        """Read the current records of one account's scope (see :meth:`Snapshot.scope`), or everything."""

    def records(self) -> AbstractContextManager[Records]:
        """Hold one state of the store, of which questions over all accounts read the records that they need."""
        return nullcontext(self.read())

    def columns(self) -> AbstractContextManager[Rows] | None:
        """Hold one state of the store, of which all accounts are read as rows; None where records are the only way."""
        return None

    @abstractmethod
    def log(self, *, record: str | None = None, until: datetime | None = None) -> Iterator[LoggedChange]:
        """Yield the log in order: all of it, one record's, or what was recorded up to `until` (inclusive)."""

    @abstractmethod
    def receipts(self) -> list[Receipt]:
        """List the receipts, newest first."""

    @abstractmethod
    def search(self, text: str, *, kind: str | None = None, limit: int = 20) -> list[Hit]:
        """Find organizations, people and deals whose name, other name or pinyin contains `text`, any case."""

    @abstractmethod
    def search_keys(self, text: str, *, limit: int = 20) -> list[Hit]:
        """Find those with this id, or whose e-mail address or key in another system contains `text`, any case."""

    @abstractmethod
    def accounts(self) -> list[Hit]:
        """List the organizations of type customer, by name then id."""

    @abstractmethod
    def last_change(self) -> int:
        """Return the highest `seq` of the log, 0 if it is empty: a key for caches."""

    def leftovers(self) -> list[Path]:
        """List files beside the store that it needs no more: what it was before it was brought to a new format."""
        return []

    @abstractmethod
    def scour(self) -> None:
        """Write the files of the store anew, so that no byte of what was deleted is left in them.

        Raises
        ------
        StoreError
            If somebody else has the store open: the old bytes are then still there.
        """

    # -- who may -------------------------------------------------------------------------------------------------

    @abstractmethod
    def access(self) -> Access:
        """Say who the store takes us for, and who enforces what."""

    @abstractmethod
    def author(self, named: str = "") -> str:
        """Return who stands in the history of what is written: the user that the store knows, or who is named."""

    # -- copying -------------------------------------------------------------------------------------------------

    @abstractmethod
    def raw(self) -> AbstractContextManager[Raw]:
        """Hold one state of the log as it is kept, of which a copy is made."""

    @abstractmethod
    def save(self, path: Path) -> None:
        """Write one state of the store into a new SQLite file, while others may go on writing."""

    @abstractmethod
    def take(self, raw: Raw) -> None:
        """Fill this store, which is empty, with a log as it was kept elsewhere, durably, or not at all."""

    # -- checking ------------------------------------------------------------------------------------------------

    @abstractmethod
    def verify(self) -> list[Fault]:
        """Check the chain of the log, the projection against a replay of the log, and the indexes; damage is told, not raised."""

    @abstractmethod
    def rebuild(self, trust: str = "") -> None:
        """Throw the projection away and make it anew from the log.

        Parameters
        ----------
        trust
            What is right where the chain is broken: ``log`` or ``state``. The chain then begins anew: all is taken as it stands.

        Raises
        ------
        StoreError
            If the chain is broken and nothing is said to be right.
        """


@dataclass(frozen=True, slots=True)
class Raw:
    """A log as it is kept: batches, changes and what proves them, each in order."""

    batches: list[RawBatch]
    changes: Iterator[RawChange]
    links: list[Link]


class Rows(Records, Protocol):
    """One state of a store as bare values, without a record for each, for what reads all accounts at once."""

    def people(self) -> list[Row]:
        """All people by name, as (id, name, name_alt)."""

    def organizations(self) -> list[Row]:
        """All organizations by name, as (id, type, name, name_alt, us, grade, region)."""

    def deals(self) -> list[Row]:
        """All deals, those that close first coming first, as (id, account, rule, outcome, close_on)."""

    def figures(self, day: date) -> list[Row]:
        """Our revenue known up to a day, oldest first, as (account, on, value as JSON, currency, category)."""

    def meetings(self, day: date) -> list[Row]:
        """When each account or unit was last met up to a day, as (account, on)."""

    def ties(self, kind: str, day: date) -> Iterator[list[Row]]:
        """Yield the ties of a kind that hold on a day, by id, in lists of (src, dst, number as JSON)."""

    def covers(self, day: date) -> Iterator[Row]:
        """Yield who covers whom on a day, as (src, dst, start or None)."""

    def influences(self, day: date) -> Iterator[Row]:
        """Yield the influence ties of positive sign that hold on a day, as (src, dst, strength as JSON, channel)."""

    def posts(self, day: date) -> Iterator[Row]:
        """Yield the posts that people hold on a day, as (src, dst, level as JSON, unit)."""

    def powers(self) -> list[Row]:
        """The power that somebody asserted, as (person, power as JSON)."""

    def stances(self, day: date) -> list[Row]:
        """The stances that hold on a day, as (src, dst, attitude, deal, start, day observed); of two for one pair the last
        row wins.
        """

    def ever(self) -> list[Row]:
        """Of any day, as (kind, src, dst): units, and what the members of buying committees belong to."""

    def accounts(self) -> list[str]:
        """The ids of all accounts, by name then id."""

    def state(self, seq: int | None = None) -> tuple[int, str]:
        """Return the last change, or the change `seq`, and its batch; 0 and empty if there is none."""

    def changes(self, seq: int) -> list[Row]:
        """What was changed after the change `seq`, as (kind, id, before, after), the last two as JSON or None."""

    def crossing(self, day: date, later: date) -> list[Row]:
        """What begins or ends to hold after `day` and up to `later`, as (kind, id, JSON)."""

    def judged(self) -> set[str]:
        """The accounts where an attitude may rest on more than a typed total."""

    def touched(self, organizations: set[str], deals: set[str], people: set[str]) -> set[str]:
        """The accounts that these organizations, deals and people belong to, or whose people these people cover."""


def check_last(last: int, after: int) -> None:
    """Refuse to write what was made for the state after one change, where the last change is another.

    Raises
    ------
    MovedError
        If something was recorded since.
    """
    if last != after:
        raise MovedError(
            Words("存储这期间被改过", "the store was changed meanwhile"),
            hint=Words("请重新导入", "import again"),
        )
