"""The contract every store fulfils: apply a batch, read a scope, replay the log, search.

A store keeps and hands out. Filtering by date, resolving versions and everything clever happens above it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self, runtime_checkable

from powermap.model import Batch, Bulk, Hit, LoggedChange, Receipt, Snapshot


class Store(Protocol):
    """One store. Open it with :func:`powermap.stores.open_store`; it is a context manager."""

    location: str

    def close(self) -> None:
        """Release the file or the connection."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...

    def apply(self, batch: Batch) -> Receipt:
        """Apply all changes of `batch`, durably, or none.

        Raises
        ------
        ConflictError
            If a change's `before` is not what the store holds (compare-and-set).
        """

    def read(self, account: str | None = None) -> Snapshot:
        """Read the current records of one account's scope (see :meth:`Snapshot.scope`), or everything."""

    def log(self, *, record: str | None = None, until: datetime | None = None) -> Iterator[LoggedChange]:
        """Yield the log in order: all of it, one record's, or what was recorded up to `until` (inclusive)."""

    def receipts(self) -> list[Receipt]:
        """List the receipts, newest first."""

    def search(self, text: str, *, kind: str | None = None, limit: int = 20) -> list[Hit]:
        """Find organizations, people and deals whose name, other name or pinyin contains `text`, any case."""

    def search_keys(self, text: str, *, limit: int = 20) -> list[Hit]:
        """Find those with this id, or whose e-mail address or key in another system contains `text`, any case."""

    def accounts(self) -> list[Hit]:
        """List the organizations of type customer, by name then id."""

    def last_change(self) -> int:
        """Return the highest `seq` of the log, 0 if it is empty: a key for caches."""

    def verify(self) -> list[str]:
        """Compare the projection with a replay of the log; return what differs, in words."""

    def rebuild(self) -> None:
        """Throw the projection away and make it anew from the log."""


@runtime_checkable
class BulkStore(Store, Protocol):
    """A store that can take records by the million without an object for each."""

    def load(self, bulk: Bulk, progress: Callable[[int, int], None] | None = None) -> Receipt:
        """Create all records of `bulk`, durably, or none; leave what :meth:`apply` would leave.

        Raises
        ------
        ConflictError
            If anything was recorded since `bulk` was made.
        """
