"""A store as it was known at an instant: its log up to then, replayed; for reading only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import NoReturn

from powermap.errors import StoreError
from powermap.model import Batch, Bulk, Deal, Hit, LoggedChange, Organization, Person, Receipt, Snapshot
from powermap.model.naming import fold
from powermap.stores.access import Access
from powermap.stores.base import Raw, Store
from powermap.stores.names import search_lines
from powermap.stores.proving import Fault
from powermap.stores.replay import replay
from powermap.words import Words


class PastStore(Store):
    """What `store` held at `known_at` (UTC), by its own log: what was recorded later isn't there."""

    def __init__(self, store: Store, known_at: datetime) -> None:
        self._store = store
        self.known_at: datetime = known_at.astimezone(UTC)
        self.location = store.location
        self.remote = store.remote

    def close(self) -> None:
        self._store.close()

    @cached_property
    def _state(self) -> Snapshot:
        return replay(self.log())

    def read(self, account: str | None = None) -> Snapshot:
        return self._state if account is None else self._state.scope(account)

    def log(self, *, record: str | None = None, until: datetime | None = None) -> Iterator[LoggedChange]:
        return self._store.log(record=record, until=min(until or self.known_at, self.known_at))

    def receipts(self) -> list[Receipt]:
        then = [r for r in self._store.receipts() if r.recorded_at <= self.known_at]
        known = {r.batch for r in then}
        return [r if r.undone_by in known else replace(r, undone_by="") for r in then]

    def last_change(self) -> int:
        return max((entry.seq for entry in self.log()), default=0)

    def accounts(self) -> list[Hit]:
        found = [_hit(o) for o in self._state.all(Organization) if o.type == "customer"]
        return sorted(found, key=lambda h: (h.name, h.id))

    def search(self, text: str, *, kind: str | None = None, limit: int = 20) -> list[Hit]:
        wanted = fold(text)
        found = [
            (place, _hit(thing))
            for thing in self._named()
            if kind in (None, thing.KIND)
            for place in [search_lines(thing.name, thing.name_alt).find(wanted)]
            if place >= 0 and thing.name
        ]
        return [hit for _, hit in sorted(found, key=lambda f: (f[0], f[1].kind, f[1].name, f[1].id))[:limit]]

    def search_keys(self, text: str, *, limit: int = 20) -> list[Hit]:
        small = text.lower()
        found = [
            _hit(thing)
            for thing in self._named()
            if thing.id == text
            or small in getattr(thing, "email", "").lower()
            or any(small in re.split(r"[|/]", key)[-1].lower() for key in thing.keys)
        ]
        return sorted(found, key=lambda h: (h.kind, h.name, h.id))[:limit]

    def _named(self) -> list[Organization | Person | Deal]:
        every = self._state.all
        return [*every(Organization), *every(Person), *every(Deal)]

    def apply(self, batch: Batch, *, after: int | None = None) -> Receipt:
        self._refuse()

    def load(self, bulk: Bulk, progress: Callable[[int, int], None] | None = None) -> Receipt:
        self._refuse()

    def rewrite(self, edit: Callable[[LoggedChange], LoggedChange], batch: Batch) -> Receipt:
        self._refuse()

    def scour(self) -> None:
        self._refuse()

    def access(self) -> Access:
        return self._store.access()

    def author(self, named: str = "") -> str:
        return self._store.author(named)

    def verify(self) -> list[Fault]:
        return self._store.verify()

    def rebuild(self, trust: str = "") -> None:
        self._refuse()

    def raw(self) -> NoReturn:
        self._refuse()

    def save(self, path: Path) -> None:
        self._refuse()

    def take(self, raw: Raw) -> None:
        self._refuse()

    def _refuse(self) -> NoReturn:
        raise StoreError(
            Words("过去的状态只能看，不能改", "what was known then can be read, not changed"),
            hint=Words("去掉 --known-at", "leave --known-at out"),
        )


def _hit(thing: Organization | Person | Deal) -> Hit:
    return Hit(thing.KIND, thing.id, thing.name, thing.name_alt)
