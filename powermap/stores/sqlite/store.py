"""The embedded store: one SQLite file.

The log is the truth. A batch is one transaction: SQLite makes that as durable and as indivisible as staging would
(180 processes killed in the middle of writes lost nothing), so no roll-forward is needed here.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from glob import escape
from pathlib import Path
from typing import Any

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
    record_from_props,
)
from powermap.model.naming import fold
from powermap.stores.access import Access, of_file, system_user
from powermap.stores.base import Raw, Store, check_last
from powermap.stores.chain import RawBatch, leaf, leaves_of_created, next_instant, text_of
from powermap.stores.direction import turn
from powermap.stores.mending import agreed, refuse_broken
from powermap.stores.names import search_lines
from powermap.stores.proving import Fault
from powermap.stores.sqlite import proof
from powermap.stores.sqlite.checking import check
from powermap.stores.sqlite.connection import connect_reading, may_write
from powermap.stores.sqlite.disks import is_remote, synced_by
from powermap.stores.sqlite.faults import clear
from powermap.stores.sqlite.migration import copy_file, move
from powermap.stores.sqlite.rows import SqliteRows
from powermap.stores.sqlite.statements import script, statements
from powermap.words import Words

APPLICATION_ID = 0x504D4150
"""``PMAP``: marks a SQLite file as ours."""
SCHEMA_VERSION = 5
SAME_TABLES = 3
"""The first schema that has the tables of this one, but for the chain, and fewer kinds of records."""
MANY = 20_000
"""Changes from which on a batch is written in bulk."""


class SqliteStore(Store):
    """A store in one file, for one machine. Several processes may read; one writes at a time."""

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self.location = str(path)
        self.remote, self.synced = is_remote(path), synced_by(path)
        # A write-ahead log needs memory that all its users share, which they don't from machine to machine.
        self._journal = "DELETE" if self.remote else "WAL"
        if not path.exists():
            if not create:
                raise StoreError(
                    Words(f"{path} 没有存储", f"there is no store at {path}"),
                    hint=Words(
                        "`powermap import 文件` 会新建，或用 --store 指定",
                        "`powermap import FILE` makes one, or name it with --store",
                    ),
                )
            if not path.parent.is_dir():
                raise StoreError(
                    Words(f"没有文件夹 {path.parent}", f"the folder {path.parent} is not there"),
                    hint=Words("请先建好", "make it first"),
                )
            if path.is_symlink():
                raise StoreError(
                    Words(
                        f"{path} 是一个链接，指向的文件不存在", f"{path} is a link to a file that isn't there"
                    ),
                    hint=Words("直接写出存储自己的路径", "name the store itself"),
                )
            # Made by us with the mode it must have: SQLite would make it readable for everybody.
            with clear(path):
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        elif path.is_file() and not path.stat().st_size and not create:
            raise StoreError(
                Words(f"{path} 是空文件（0 字节）", f"{path} is an empty file (0 bytes)"),
                hint=Words(
                    "复制或同步可能中断了：请重新复制，或用 powermap store restore 恢复备份",
                    "a copy or a sync may have been cut off: copy it again, or restore a backup by powermap store restore",
                ),
            )
        with clear(path):
            self.reading = not (may_write(path) and may_write(path.absolute().parent))
            self._db = (
                connect_reading(path)
                if self.reading
                else sqlite3.connect(path, isolation_level=None, timeout=10)
            )
            try:
                self._prepare(path)
            except BaseException:
                self._db.close()
                raise

    def _prepare(self, path: Path) -> None:
        self._db.execute("PRAGMA foreign_keys = ON")
        # Tables first: another process that is making the store meanwhile writes all of it at once.
        (tables,) = self._db.execute(script("tables")).fetchone()
        (application,) = self._db.execute("PRAGMA application_id").fetchone()
        (version,) = self._db.execute("PRAGMA user_version").fetchone()
        if tables and application != APPLICATION_ID:
            raise StoreError(
                Words(f"{path} 是别的程序的 SQLite 文件", f"{path} is an SQLite file of another program"),
                hint=Words("请换个文件", "choose another file"),
            )
        if version > SCHEMA_VERSION:
            raise StoreError(
                Words(
                    f"{path} 由更新版 powermap 写成（格式 {version}，本版读 {SCHEMA_VERSION}）",
                    f"{path} was written by a newer powermap (schema {version}, this one reads {SCHEMA_VERSION})",
                ),
                hint=Words("请更新 powermap", "update powermap"),
            )
        if self.reading:
            if not tables or version < SAME_TABLES:
                raise StoreError(
                    Words(
                        f"{path} 是旧格式，又不能写入，无法升级",
                        f"{path} is of an older format, and can't be written, so it can't be brought to this one",
                    ),
                    hint=Words(
                        "请复制到可写的文件夹再打开",
                        "copy it into a folder where you may write, and open that",
                    ),
                )
            return
        self._db.execute(f"PRAGMA journal_mode = {self._journal}")
        self._db.execute(f"PRAGMA synchronous = {'EXTRA' if self.remote else 'FULL'}")
        if not tables:
            self._make()
        elif version < SCHEMA_VERSION:
            self._migrate(path, version)

    def _make(self) -> None:
        with self._transaction():
            ((found,),) = self._db.execute("PRAGMA user_version").fetchall()
            if found:  # Another process has made it meanwhile.
                return
            self._run("schema")
            self._run("chain_schema")
            self._run("make_indexes")
            self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _migrate(self, path: Path, version: int) -> None:
        with self._transaction():
            ((found,),) = self._db.execute("PRAGMA user_version").fetchall()
            if found != version:  # Another process has done it meanwhile.
                return
            if version >= SAME_TABLES:
                proof.take_as_it_stands(self._db)
                self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
                return
            older = move(self._db, path, version)
            self._project(0, once=False)
            proof.take_as_it_stands(self._db)
            batch = turn(self.read())
            if batch is not None:
                self._write(batch)
            self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        self.older = older
        self.turned = len(batch.changes) // 2 if batch is not None else 0
        with contextlib.suppress(sqlite3.OperationalError):  # It is a good store without.
            self._db.execute("VACUUM")

    def close(self) -> None:
        self._db.close()

    # -- writing -------------------------------------------------------------------------------------------------

    def apply(self, batch: Batch, *, after: int | None = None) -> Receipt:
        with clear(self.location), self._many(len(batch.changes)) as many, self._transaction():
            known = self._db.execute(script("has_batch"), {"batch": batch.id}).fetchone()
            if not known:
                if after is not None:
                    check_last(self.last_change(), after)
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

        with clear(self.location), self._many(bulk.count) as many, self._transaction():
            check_last(self.last_change(), bulk.after)
            # To insert the rows takes about half of the time.
            with self._indexes(lambda: told(bulk.count // 12)) if many else contextlib.nullcontext():
                number, raw = self._begin(bulk, bulk.count)
                leaves = bytearray()
                for part in bulk.parts():
                    self._log_created(number, part)
                    leaves += leaves_of_created(part.kinds, part.ids, part.texts, part.sources)
                    told(len(part.ids))
                proof.seal(self._db, raw, leaves)
                self._project(bulk.after, once=True)
                told(bulk.count // 2)
        return next(r for r in self.receipts() if r.batch == bulk.id)

    def rewrite(self, edit: Callable[[LoggedChange], LoggedChange], batch: Batch) -> Receipt:
        with clear(self.location):
            # What is written over is zeroed, in the file and in its free pages.
            self._db.execute("PRAGMA secure_delete = ON")
            with self._transaction():
                rewrote = proof.rewrite(self._db, self.log(), edit)
                self._run("clear")
                self._project(0, once=False)
                self._write(batch, rewrote)
            self.scour()
        return next(r for r in self.receipts() if r.batch == batch.id)

    def leftovers(self) -> list[Path]:
        path = Path(self.location)
        return sorted(path.parent.glob(f"{escape(path.name)}.schema-*"))

    def scour(self) -> None:
        if self.reading:
            raise StoreError(
                Words(f"{self.location} 不能写入", f"{self.location} can't be written"),
                hint=Words("请检查文件和文件夹的权限", "look at the permissions of the file and its folder"),
            )
        try:
            self._db.execute("VACUUM")
            ((busy, *_),) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.OperationalError:
            busy = 1
        if busy:
            raise StoreError(
                Words(
                    "别人正开着存储，旧的内容还留在文件里",
                    "somebody else has the store open: old bytes are still in its file",
                ),
                hint=Words(
                    "请他们关闭后运行：powermap store clean", "once they have closed it: powermap store clean"
                ),
            )

    def _begin(
        self, batch: Batch | Bulk, created: int, updated: int = 0, removed: int = 0, undoes: str = ""
    ) -> tuple[int, RawBatch]:
        """Log a batch; return the number that its changes point at, and the batch as it is kept."""
        _, _, last = self._db.execute(script("head")).fetchone()
        at = next_instant(datetime.now(UTC), last)
        raw = RawBatch(batch.id, at, batch.actor, batch.title, created, updated, removed, undoes)
        done = self._db.execute(script("put_batch"), asdict(raw))
        return int(done.lastrowid or 0), raw

    def _write(self, batch: Batch, rewrote: str = "", *, checked: bool = True) -> None:
        created = sum(c.before is None for c in batch.changes)
        removed = sum(c.before is not None and c.after is None for c in batch.changes)
        last = self.last_change()
        updated = len(batch.changes) - created - removed
        number, raw = self._begin(batch, created, updated, removed, batch.undoes)
        if checked:
            self._check(batch.changes)
        rows = [(c.kind, c.id, text_of(c.before), text_of(c.after), c.source) for c in batch.changes]
        self._db.executemany(script("put_change"), ((number, *row) for row in rows))
        proof.seal(self._db, raw, b"".join([leaf(*row) for row in rows]), rewrote=rewrote)
        self._run("clear_changed", after=last)
        self._project(last, once=False)

    def _check(self, changes: tuple[Change, ...]) -> None:
        """Compare what each change takes for granted with what is there: compare-and-set, within the batch too."""
        held: dict[str, dict[str, Any] | None] = {}
        (filled,) = self._db.execute(script("filled")).fetchone()
        for change in changes:
            if change.id not in held:
                held[change.id] = self._props(change) if filled else None
            if held[change.id] != change.before:
                name = (change.after or change.before or {}).get("name", change.id)
                raise ConflictError(
                    Words(f"“{name}”这期间被改过", f"{change.kind} {name} was changed meanwhile"),
                    hint=Words("请重新读取，再做一次", "read again, and repeat what you did"),
                )
            held[change.id] = change.after

    def _props(self, change: Change) -> dict[str, Any] | None:
        name = "held_tie" if change.kind in TIES else "held_thing"
        row = self._db.execute(script(name), {"id": change.id}).fetchone()
        return None if row is None else dict(json.loads(row[0]))

    def _log_created(self, batch: int, part: Created) -> None:
        width, many = 4, 50
        values = [""] * (width * len(part.ids))
        for place, column in enumerate((part.kinds, part.ids, part.texts, part.sources)):
            values[place::width] = column
        whole = len(part.ids) // many * many
        for start in range(0, width * whole, width * many):
            self._db.execute(script("put_fifty_created"), [batch, *values[start : start + width * many]])
        rest = (column[whole:] for column in (part.kinds, part.ids, part.texts, part.sources))
        self._db.executemany(
            script("put_change"),
            ((batch, kind, id_, None, text, source) for kind, id_, text, source in zip(*rest, strict=True)),
        )

    def _project(self, after: int, *, once: bool) -> None:
        _project(self._db, after, once=once)

    @contextlib.contextmanager
    def _many(self, count: int) -> Iterator[bool]:
        """Tell whether so many changes outweigh what is there; they are then written to the file itself, once.

        A write-ahead log would hold all of it a second time. The rollback journal holds only the few old pages, and
        is as indivisible: whoever opens the file after a crash takes back what was not committed.
        """
        (old,) = self._db.execute(script("last_change")).fetchone()
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
                self._db.execute(f"PRAGMA journal_mode = {self._journal}")
            self._db.execute(f"PRAGMA synchronous = {'EXTRA' if self.remote else 'FULL'}")
            self._db.execute("PRAGMA cache_size = -2000")

    @contextlib.contextmanager
    def _indexes(self, made: Callable[[], None] = lambda: None) -> Iterator[None]:
        """Make the indexes anew after many rows are written, by sorting, and not row by row."""
        self._run("drop_indexes")
        yield
        for statement in statements(script("make_indexes")):
            self._db.execute(statement)
            made()

    @contextlib.contextmanager
    def _transaction(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
        self._db.execute(begin)
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # SQLite has rolled back by itself when the disk is full.
                self._db.execute("ROLLBACK")
            raise

    # -- reading -------------------------------------------------------------------------------------------------

    def read(self, account: str | None = None) -> Snapshot:
        with clear(self.location):
            if account is None:
                rows = self._db.execute(script("read_all"))
            else:
                rows = self._db.execute(script("read_scope"), {"account": account})
            return Snapshot.of(record_from_props(kind, json.loads(props)) for kind, props, *_ in rows)

    def records(self) -> SqliteRows:
        return SqliteRows(self.location)

    def columns(self) -> SqliteRows:
        return SqliteRows(self.location)

    def log(self, *, record: str | None = None, until: datetime | None = None) -> Iterator[LoggedChange]:
        instant = until.astimezone(UTC).isoformat() if until else None
        rows = self._rows(script("log"), {"record": record, "until": instant})
        for seq, batch, at, actor, title, kind, id_, before, after, source in rows:
            change = Change(kind, id_, _load(before), _load(after), source)
            yield LoggedChange(seq, batch, datetime.fromisoformat(at), actor, title, change)

    def receipts(self) -> list[Receipt]:
        return [
            Receipt(batch, datetime.fromisoformat(at), *rest)
            for batch, at, *rest in self._rows(script("receipts"))
        ]

    def search(self, text: str, *, kind: str | None = None, limit: int = 20) -> list[Hit]:
        values = {"text": fold(text), "kind": kind, "limit": limit}
        return [Hit(*row) for row in self._rows(script("search"), values)]

    def search_keys(self, text: str, *, limit: int = 20) -> list[Hit]:
        # A key is ``system|object|id``, or ``system|object|company/id``; what is looked for is the id.
        self._db.create_function(
            "small", 1, lambda key: key and re.split(r"[|/]", key)[-1].lower(), deterministic=True
        )
        values = {"id": text, "text": text.lower(), "limit": limit}
        return [Hit(*row) for row in self._rows(script("search_keys"), values)]

    def accounts(self) -> list[Hit]:
        return [Hit(*row) for row in self._rows(script("accounts"))]

    def last_change(self) -> int:
        ((seq,),) = self._rows(script("last_change"))
        return int(seq)

    def _run(self, name: str, **values: Any) -> None:
        for statement in statements(script(name)):
            self._db.execute(statement, values)

    def _rows(self, query: str, values: dict[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
        with clear(self.location):
            yield from self._db.execute(query, values or {})

    def access(self) -> Access:
        return of_file(Path(self.location))

    def author(self, named: str = "") -> str:
        return named or system_user()

    # -- checking ------------------------------------------------------------------------------------------------

    def verify(self) -> list[Fault]:
        with clear(self.location):
            return list(check(Path(self.location), lambda db: _project(db, 0, once=False)))

    @contextlib.contextmanager
    def raw(self) -> Iterator[Raw]:
        with clear(self.location), contextlib.closing(connect_reading(Path(self.location))) as db:
            db.execute("BEGIN")
            yield Raw(list(proof.raw_batches(db)), proof.raw_changes(db), list(proof.links(db)))

    def save(self, path: Path) -> None:
        with clear(path):
            copy_file(Path(self.location), path)

    def take(self, raw: Raw) -> None:
        with clear(self.location), self._transaction():
            proof.take(self._db, raw)
            self._project(0, once=False)

    def rebuild(self, trust: str = "") -> None:
        refuse_broken(self.verify(), trust)
        with clear(self.location), self._transaction():
            if trust:
                rows = self._db.execute(script("read_all"))
                held = {id_: (kind, json.loads(props)) for kind, props, id_ in rows}
                self._write(agreed(trust, held, proof.raw_changes(self._db), self.author()), checked=False)
                proof.take_as_it_stands(self._db, anew=True)
            self._run("clear")
            self._project(0, once=False)


def _load(text: str | None) -> dict[str, Any] | None:
    return None if text is None else dict(json.loads(text))


def _project(db: sqlite3.Connection, after: int, *, once: bool) -> None:
    """Take from the log what was changed after a change, without an object for each.

    `once` tells that no record was changed twice since; none of them may be in the projection.
    """
    raised: list[BaseException] = []

    def lines(name: str | None, name_alt: str | None) -> str:
        try:
            return search_lines(name, name_alt)
        except BaseException as error:  # SQLite tells only that there was one: it may be Ctrl-C.
            raised.append(error)
            raise

    db.create_function("search_lines", 2, lines, deterministic=True)
    values = {"after": after, "once": once, "ties": json.dumps(list(TIES))}
    try:
        db.execute(script("project_things"), values)
    except sqlite3.OperationalError:
        if raised:
            raise raised[0] from None
        raise
    db.execute(script("project_ties"), values)
