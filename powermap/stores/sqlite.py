"""The embedded store: one SQLite file.

The log is the truth. A batch is one transaction: SQLite makes that as durable and as indivisible as staging would
(180 processes killed in the middle of writes lost nothing), so no roll-forward is needed here.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from powermap import resources
from powermap.errors import ConflictError, StoreError
from powermap.model import (
    TIES,
    Batch,
    Bulk,
    Change,
    Created,
    Hit,
    LoggedChange,
    Receipt,
    Snapshot,
    props_to_text,
    record_from_props,
)
from powermap.stores.base import SCHEMA_VERSION
from powermap.stores.names import fold, search_lines, search_text
from powermap.stores.replay import differences, replay

APPLICATION_ID = 0x504D4150
"""``PMAP``: marks a SQLite file as ours."""
MANY = 20_000
"""Changes from which on a batch is written in bulk."""


def _sql(name: str) -> str:
    return resources.text("queries", f"store/{name}.sql")


class SqliteStore:
    """A store in one file, for one machine. Several processes may read; one writes at a time."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self.location = str(path)
        if not path.exists():
            if not create:
                raise StoreError(
                    f"there is no store at {path}",
                    hint="`powermap import FILE` makes one, or name it with --store",
                )
            if not path.parent.is_dir():
                raise StoreError(f"the folder {path.parent} is not there", hint="make it first")
            # Made by us with the mode it must have: SQLite would make it readable for everybody.
            with _clear(path):
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        with _clear(path):
            self._db = sqlite3.connect(path, isolation_level=None, timeout=10)
            try:
                self._prepare(path)
            except BaseException:
                self._db.close()
                raise

    def _prepare(self, path: Path) -> None:
        self._db.execute("PRAGMA foreign_keys = ON")
        (application,) = self._db.execute("PRAGMA application_id").fetchone()
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        (tables,) = self._db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if tables and application != APPLICATION_ID:
            raise StoreError(f"{path} is an SQLite file of another program", hint="choose another file")
        if version > SCHEMA_VERSION:
            raise StoreError(
                f"{path} was written by a newer powermap (schema {version}, this one reads {SCHEMA_VERSION})",
                hint="update powermap",
            )
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        if not tables:
            self._db.executescript(
                f"BEGIN IMMEDIATE; {_sql('schema')} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
            )

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> SqliteStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- writing -------------------------------------------------------------------------------------------------

    def apply(self, batch: Batch) -> Receipt:
        with _clear(self.location), self._many(len(batch.changes)) as many, self._transaction():
            known = self._db.execute("SELECT id FROM batch WHERE id = ?", (batch.id,)).fetchone()
            if not known:
                with self._indexes() if many else contextlib.nullcontext():
                    self._write(batch)
        return next(r for r in self.receipts() if r.batch == batch.id)

    def load(self, bulk: Bulk, progress: Callable[[int, int], None] | None = None) -> Receipt:
        done, total = 0, 2 * bulk.count

        def told(more: int) -> None:
            nonlocal done
            done += more
            if progress is not None:
                progress(done, total)

        with _clear(self.location), self._many(bulk.count) as many, self._transaction():
            if self.last_change() != bulk.after:
                raise ConflictError("the store was changed meanwhile", hint="import again")
            self._begin(bulk, bulk.count, 0, 0)
            # To insert the rows takes about half of the time.
            with self._indexes(lambda: told(bulk.count // 12)) if many else contextlib.nullcontext():
                things = 0
                for part in bulk.parts():
                    self._log_created(bulk.id, part)
                    things += len(part.ids) if part.kinds[0] not in TIES else 0
                    told(len(part.ids))
                self._project_log(bulk.after, bulk.after + things)
                told(bulk.count // 2)
        return next(r for r in self.receipts() if r.batch == bulk.id)

    def _begin(self, batch: Batch | Bulk, created: int, updated: int, removed: int) -> None:
        undoes = batch.title.removeprefix("undo ") if batch.title.startswith("undo ") else ""
        self._db.execute(
            "INSERT INTO batch VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                batch.id,
                datetime.now(UTC).isoformat(),
                batch.actor,
                batch.title,
                created,
                updated,
                removed,
                undoes,
            ),
        )

    def _write(self, batch: Batch) -> None:
        created = sum(c.before is None for c in batch.changes)
        removed = sum(c.before is not None and c.after is None for c in batch.changes)
        self._begin(batch, created, len(batch.changes) - created - removed, removed)
        self._check(batch.changes)
        texts = [_dump(c.after) for c in batch.changes]
        self._db.executemany(
            "INSERT INTO change (batch, kind, id, before, after, source) VALUES (?, ?, ?, ?, ?, ?)",
            (
                (batch.id, c.kind, c.id, _dump(c.before), text, c.source)
                for c, text in zip(batch.changes, texts, strict=True)
            ),
        )
        self._project(batch.changes, texts)

    def _check(self, changes: tuple[Change, ...]) -> None:
        """Compare what each change takes for granted with what is there: compare-and-set, within the batch too."""
        held: dict[str, dict[str, Any] | None] = {}
        filled = self._db.execute(
            "SELECT EXISTS (SELECT 1 FROM thing) OR EXISTS (SELECT 1 FROM tie)"
        ).fetchone()[0]
        for change in changes:
            if change.id not in held:
                held[change.id] = self._props(change) if filled else None
            if held[change.id] != change.before:
                name = (change.after or change.before or {}).get("name", change.id)
                raise ConflictError(
                    f"{change.kind} {name} was changed meanwhile", hint="read again, and repeat what you did"
                )
            held[change.id] = change.after

    def _props(self, change: Change) -> dict[str, Any] | None:
        table = "tie" if change.kind in TIES else "thing"
        row = self._db.execute(_PROPS[table], (change.id,)).fetchone()
        return None if row is None else dict(json.loads(row[0]))

    def _project(self, changes: Sequence[Change], texts: Sequence[str | None]) -> None:
        # In the order of the keys: a row then goes where the last one went.
        last = sorted({c.id: (c, text) for c, text in zip(changes, texts, strict=True)}.items())
        things = [(c, text) for _, (c, text) in last if c.kind not in TIES]
        ties = [(c, text) for _, (c, text) in last if c.kind in TIES]
        for table, found in (("thing", things), ("tie", ties)):
            self._db.executemany(_DELETE[table], ((c.id,) for c, _ in found if c.before is not None))
        self._db.executemany(
            "INSERT OR REPLACE INTO tie VALUES (?, ?, ?, ?, ?)",
            ((c.id, c.kind, p["src"], p["dst"], text) for c, text in ties if (p := c.after) is not None),
        )
        self._db.executemany(
            "INSERT OR REPLACE INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    c.id,
                    c.kind,
                    p.get("account", ""),
                    p.get("type", ""),
                    p.get("name", ""),
                    p.get("name_alt", ""),
                    search_text(p),
                    text,
                )
                for c, text in things
                if (p := c.after) is not None
            ),
        )

    def _log_created(self, batch: str, part: Created) -> None:
        # Some rows at once take a quarter less time.
        values = [""] * (4 * len(part.ids))
        for place, column in enumerate((part.kinds, part.ids, part.texts, part.sources)):
            values[place::4] = column
        for start in range(0, len(values), 4 * 50):
            some = values[start : start + 4 * 50]
            rows = ", ".join(["(?1, ?, ?, ?, ?)"] * (len(some) // 4))
            self._db.execute(
                f"INSERT INTO change (batch, kind, id, after, source) VALUES {rows}", [batch, *some]
            )

    def _project_log(self, after: int, middle: int) -> None:
        """Take the things up to the `middle` and the ties that follow from the log, without an object for each."""
        self._db.create_function("search_lines", 2, search_lines)
        one = "json_extract(after, '$.{}')".format
        columns = [f"coalesce({one(name)}, '')" for name in ("account", "type", "name", "name_alt")]
        self._db.execute(
            f"INSERT INTO thing SELECT id, kind, {', '.join(columns)}, search_lines({one('name')}, {one('name_alt')}), after "
            "FROM change WHERE seq > ? AND seq <= ? ORDER BY id",
            (after, middle),
        )
        self._db.execute(
            f"INSERT INTO tie SELECT id, kind, {one('src')}, {one('dst')}, after "
            "FROM change WHERE seq > ? ORDER BY seq",
            (middle,),
        )

    @contextlib.contextmanager
    def _many(self, count: int) -> Iterator[bool]:
        """Tell whether so many changes outweigh what is there; they are then written to the file itself, once.

        A write-ahead log would hold all of it a second time. The rollback journal holds only the few old pages, and
        is as indivisible: whoever opens the file after a crash takes back what was not committed.
        """
        (old,) = self._db.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()
        if count < MANY or count < old:
            yield False
            return
        with contextlib.suppress(sqlite3.OperationalError):  # Somebody reads: it stays as it is.
            self._db.execute("PRAGMA busy_timeout = 0")
            self._db.execute("PRAGMA journal_mode = DELETE")
            if not old:
                # Fewer and fuller pages: a sixth of the time.
                self._db.execute("PRAGMA page_size = 16384")
                self._db.execute("VACUUM")
        self._db.execute("PRAGMA busy_timeout = 10000")
        self._db.execute("PRAGMA synchronous = EXTRA")
        self._db.execute("PRAGMA cache_size = -100000")
        try:
            yield True
        finally:
            with contextlib.suppress(sqlite3.OperationalError):
                self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA cache_size = -2000")

    @contextlib.contextmanager
    def _indexes(self, made: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Make the indexes anew after many rows are written, by sorting, and not row by row."""
        found = self._db.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
        ).fetchall()
        for name, _ in found:
            self._db.execute(f"DROP INDEX {name}")
        yield
        for _, sql in found:
            self._db.execute(sql)
            made()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # SQLite has rolled back by itself when the disk is full.
                self._db.execute("ROLLBACK")
            raise

    # -- reading -------------------------------------------------------------------------------------------------

    def read(self, account: str | None = None) -> Snapshot:
        with _clear(self.location):
            if account is None:
                rows = self._db.execute("SELECT kind, props FROM thing UNION ALL SELECT kind, props FROM tie")
            else:
                rows = self._db.execute(_sql("read_scope"), {"account": account})
            return Snapshot.of(record_from_props(kind, json.loads(props)) for kind, props in rows)

    def log(self, *, record: str | None = None, until: datetime | None = None) -> Iterator[LoggedChange]:
        instant = until.astimezone(UTC).isoformat() if until else None
        rows = self._rows(_sql("log"), {"record": record, "until": instant})
        for seq, batch, at, actor, title, kind, id_, before, after, source in rows:
            change = Change(kind, id_, _load(before), _load(after), source)
            yield LoggedChange(seq, batch, datetime.fromisoformat(at), actor, title, change)

    def receipts(self) -> list[Receipt]:
        return [
            Receipt(b, datetime.fromisoformat(at), actor, title, c, u, r, undone or "")
            for b, at, actor, title, c, u, r, undone in self._rows(_sql("receipts"))
        ]

    def search(self, text: str, *, kind: str | None = None, limit: int = 20) -> list[Hit]:
        values = {"text": fold(text), "kind": kind, "limit": limit}
        return [Hit(*row) for row in self._rows(_sql("search"), values)]

    def accounts(self) -> list[Hit]:
        return [Hit(*row) for row in self._rows(_sql("accounts"))]

    def last_change(self) -> int:
        ((seq,),) = self._rows("SELECT coalesce(max(seq), 0) FROM change")
        return int(seq)

    def _rows(self, query: str, values: dict[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        with _clear(self.location):
            yield from self._db.execute(query, values or {})

    # -- checking ------------------------------------------------------------------------------------------------

    def verify(self) -> list[str]:
        ((health,),) = self._rows("PRAGMA quick_check")
        return ([] if health == "ok" else [str(health)]) + differences(replay(self.log()), self.read())

    def rebuild(self) -> None:
        with _clear(self.location), self._transaction():
            self._db.execute("DELETE FROM thing")
            self._db.execute("DELETE FROM tie")
            # A record's last change alone decides what it is now.
            last = {logged.change.id: logged.change for logged in self.log()}
            changes = list(last.values())
            self._project(changes, [_dump(c.after) for c in changes])


_PROPS = {"thing": "SELECT props FROM thing WHERE id = ?", "tie": "SELECT props FROM tie WHERE id = ?"}
_DELETE = {"thing": "DELETE FROM thing WHERE id = ?", "tie": "DELETE FROM tie WHERE id = ?"}


def _dump(props: dict[str, Any] | None) -> str | None:
    return None if props is None else props_to_text(props)


def _load(text: str | None) -> dict[str, Any] | None:
    return None if text is None else dict(json.loads(text))


@contextlib.contextmanager
def _clear(path: Path | str) -> Iterator[None]:
    """Say what SQLite and the system say about a file in words a user can act on."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        text = str(error)
        if "not a database" in text or "malformed" in text:
            raise StoreError(
                f"{path} is not a store of powermap, or is damaged",
                hint="choose another file, or restore a backup",
            ) from error
        if "locked" in text or "busy" in text:
            raise StoreError(
                f"{path} is in use by another program", hint="close it there, and try again"
            ) from error
        if "readonly" in text or "unable to open" in text:
            raise StoreError(
                f"{path} can't be written", hint="look at the permissions of the file and its folder"
            ) from error
        if "full" in text:
            raise StoreError(
                f"the disk of {path} is full; nothing was written", hint="make room, and try again"
            ) from error
        raise StoreError(f"{path}: {text}") from error
    except OSError as error:
        raise StoreError(f"{path}: {error.strerror}", hint="look at the path and its permissions") from error
