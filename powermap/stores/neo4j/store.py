"""The store for many machines: Neo4j.

Things are nodes and ties are relationships, so that a graph browser shows what the maps show. The log lies beside
them as ``Change`` and ``Batch`` nodes, written in the same transaction. A tie may outlive a thing at its end (the
other store allows it): the thing then stays as a bare node marked ``gone``, which nothing reads.
"""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from neo4j import Driver, GraphDatabase, ManagedTransaction, Session
from neo4j.exceptions import AuthError, DriverError, Neo4jError, ServiceUnavailable

from powermap.errors import ConflictError, StoreError
from powermap.model import (
    RECORDS,
    THINGS,
    TIES,
    Batch,
    Bulk,
    Change,
    Hit,
    LoggedChange,
    Receipt,
    Snapshot,
    named,
    record_from_props,
)
from powermap.model.naming import fold
from powermap.model.snapshot import NAMING
from powermap.stores.access import Access, of_server
from powermap.stores.base import Raw, Store, check_last
from powermap.stores.chain import RawBatch, RawChange, instant, leaves_of, next_instant, text_of
from powermap.stores.direction import turn
from powermap.stores.mending import agreed, refuse_broken
from powermap.stores.names import search_text
from powermap.stores.neo4j import proof
from powermap.stores.neo4j.checking import OURS, check, held
from powermap.stores.neo4j.password import find_password, user_of
from powermap.stores.neo4j.statements import PAGE, cypher, rows_of, run, send
from powermap.stores.proving import Fault
from powermap.words import Words

SCHEMA_VERSION = 4

T = TypeVar("T")
Props = dict[str, Any]

# Without a handler of its own, logging would print the driver's warnings on the user's terminal.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


class Neo4jStore(Store):
    """A store in a Neo4j database; a path in the URL names one other than the server's default."""

    def __init__(self, location: str, password: str | None = None) -> None:
        self.location = location
        url = urlsplit(location)
        self._database = url.path.strip("/") or None
        # The driver takes the user apart from the address.
        address = url._replace(netloc=url.netloc.rpartition("@")[2], path="").geturl()
        auth = (user_of(location), find_password(location, password))
        with self._clear():
            self._bookmarks = GraphDatabase.bookmark_manager()
            self._driver: Driver = GraphDatabase.driver(
                address,
                auth=auth,
                connection_timeout=10,
                max_transaction_retry_time=10,
                notifications_min_severity="OFF",
                user_agent="powermap",
            )
            try:
                self._prepare()
            except BaseException:
                self._driver.close()
                raise

    def _prepare(self) -> None:
        # Without this, a server that isn't there is asked again and again before the user is told.
        self._driver.verify_connectivity()
        rows = self._read(lambda tx: rows_of(tx, "store"))
        if not rows:
            self._index()
            self._write(lambda tx: run(tx, "make_store", schema=SCHEMA_VERSION))
        elif rows[0]["schema"] > SCHEMA_VERSION:
            raise StoreError(
                Words(
                    f"{self.location} 由更新版 powermap 写成（格式 {rows[0]['schema']}，本版读 {SCHEMA_VERSION}）",
                    f"{self.location} was written by a newer powermap "
                    f"(schema {rows[0]['schema']}, this one reads {SCHEMA_VERSION})",
                ),
                hint=Words("请更新 powermap", "update powermap"),
            )
        elif rows[0]["schema"] < SCHEMA_VERSION:
            self._index()
            self._write(proof.take_as_it_stands)
            batch = turn(self.read())
            if batch is not None:
                self.apply(batch)
                self.turned = len(batch.changes) // 2
            self._write(lambda tx: run(tx, "set_schema", schema=SCHEMA_VERSION))

    def _index(self) -> None:
        """Make the constraints and indexes that are not there yet."""
        with self._session() as session:
            for statement in cypher("schema").split(";\n"):
                if statement.strip():
                    session.run(statement).consume()

    def _session(self) -> Session:
        # On a cluster, what one session wrote the next one must see, whichever member it asks.
        return self._driver.session(database=self._database, bookmark_manager=self._bookmarks)

    def close(self) -> None:
        self._driver.close()

    # -- writing -------------------------------------------------------------------------------------------------

    def apply(self, batch: Batch, *, after: int | None = None) -> Receipt:
        return self._put(batch, after)

    def load(self, bulk: Bulk, progress: Callable[[int, int], None] | None = None) -> Receipt:
        changes = tuple(change for part in bulk.parts() for change in part.changes())
        receipt = self._put(Batch(bulk.id, changes, bulk.actor, bulk.title), bulk.after)
        if progress is not None:
            progress(bulk.count, bulk.count)
        return receipt

    def rewrite(self, edit: Callable[[LoggedChange], LoggedChange], batch: Batch) -> Receipt:
        left = {}
        last: dict[str, Change] = {}
        for old in self.log():
            new = edit(old)
            if new != old:
                left[old.seq] = new
            last[new.change.id] = new.change
        seen = self.last_change()
        touched = {new.change.id for new in left.values()}

        def work(tx: ManagedTransaction) -> None:
            check_last(rows_of(tx, "begin", batch=batch.id)[0]["seq"], seen)
            rewrote = proof.rewrite(tx, left)
            # Whatever stands in the graph of them is taken out first, and made anew from what stays.
            _project(tx, [Change(last[i].kind, i, {}, None) for i in touched])
            _project(tx, [last[i] for i in touched if last[i].after is not None])
            self._apply(tx, batch, None, rewrote)

        with self._clear():
            self._write(work)
        return next(r for r in self.receipts() if r.batch == batch.id)

    def _put(self, batch: Batch, after: int | None = None) -> Receipt:
        with self._clear():
            self._write(lambda tx: self._apply(tx, batch, after))
        return next(r for r in self.receipts() if r.batch == batch.id)

    def _apply(
        self,
        tx: ManagedTransaction,
        batch: Batch,
        after: int | None,
        rewrote: str = "",
        *,
        checked: bool = True,
    ) -> None:
        (state,) = rows_of(tx, "begin", batch=batch.id)
        if state["known"]:
            return
        if after is not None:
            check_last(state["seq"], after)
        if checked:
            _check(tx, batch.changes)
        first = state["seq"] + 1
        rows = [
            RawChange(seq, batch.id, c.kind, c.id, text_of(c.before), text_of(c.after), c.source)
            for seq, c in enumerate(batch.changes, first)
        ]
        send(tx, "put_changes", map(asdict, rows))
        created = sum(c.before is None for c in batch.changes)
        removed = sum(c.before is not None and c.after is None for c in batch.changes)
        updated = len(rows) - created - removed
        (end,) = rows_of(tx, "head")
        at = next_instant(datetime.now(UTC), end["recorded_at"])
        raw = RawBatch(batch.id, at, batch.actor, batch.title, created, updated, removed, batch.undoes)
        proof.put_batch(tx, raw, first, state["seq"] + len(rows))
        proof.seal(tx, raw, leaves_of(rows), rewrote=rewrote)
        if checked:
            _project(tx, batch.changes)

    def _write(self, work: Callable[[ManagedTransaction], T]) -> T:
        with self._session() as session:
            return session.execute_write(work)

    # -- reading -------------------------------------------------------------------------------------------------

    def read(self, account: str | None = None) -> Snapshot:
        with self._clear():
            return self._read(lambda tx: _steady(tx, lambda: _everything(tx, account)))

    def log(self, *, record: str | None = None, until: datetime | None = None) -> Iterator[LoggedChange]:
        name, values = ("log", {}) if record is None else ("log_of_record", {"record": record})
        after, end = 0, instant(until) if until else None
        while True:
            rows = self._rows(name, **values, after=after, until=end, page=PAGE)
            for row in rows:
                yield _logged(row)
            if len(rows) < PAGE:
                return
            after = rows[-1]["seq"]

    def receipts(self) -> list[Receipt]:
        return [
            Receipt(
                row["batch"],
                datetime.fromisoformat(row["recorded_at"]),
                row["actor"],
                row["title"],
                row["created"],
                row["updated"],
                row["removed"],
                row["undone_by"],
                row["undoes"],
            )
            for row in self._rows("receipts")
        ]

    def search(self, text: str, *, kind: str | None = None, limit: int = 20) -> list[Hit]:
        return [Hit(**row) for row in self._rows("search", text=fold(text), kind=kind, limit=limit)]

    def search_keys(self, text: str, *, limit: int = 20) -> list[Hit]:
        rows = self._rows("search_keys", id=text, text=text.lower(), limit=limit)
        return [Hit(**row) for row in rows]

    def accounts(self) -> list[Hit]:
        return [Hit(**row) for row in self._rows("accounts")]

    def last_change(self) -> int:
        return int(self._rows("last_change")[0]["seq"])

    def cypher(self, query: str, parameters: Props) -> tuple[list[str], list[list[Any]]]:
        def work(tx: ManagedTransaction) -> tuple[list[str], list[list[Any]]]:
            result = tx.run(query, parameters)
            return list(result.keys()), [list(row.values()) for row in result]

        with self._clear():
            return self._read(work)

    def _rows(self, name: str, **values: Any) -> list[Props]:
        with self._clear():
            return self._read(lambda tx: rows_of(tx, name, **values))

    def _read(self, work: Callable[[ManagedTransaction], T]) -> T:
        with self._session() as session:
            return session.execute_read(work)

    def scour(self) -> None:
        """Do nothing: what is deleted the server takes care of."""

    def access(self) -> Access:
        with self._clear(), self._driver.session(database="system") as session:
            (row,) = session.execute_read(lambda tx: rows_of(tx, "current_user"))
        return of_server(row["user"], None if row["roles"] is None else tuple(row["roles"]))

    def author(self, named: str = "") -> str:
        user = user_of(self.location)
        return user if named in ("", user) else f"{named} ({user})"

    # -- checking ------------------------------------------------------------------------------------------------

    def verify(self) -> list[Fault]:
        with self._clear():
            return self._read(lambda tx: _steady(tx, lambda: check(tx)))

    @contextlib.contextmanager
    def raw(self) -> Iterator[Raw]:
        with self._clear(), self._session() as session, session.begin_transaction() as tx:
            # Each statement sees what is committed then, and a batch is committed whole: those that are there first are told.
            batches = proof.raw_batches(tx)
            ids = {b.id for b in batches}
            changes = (c for c in proof.raw_changes(tx) if c.batch in ids)
            yield Raw(batches, changes, [link for link in proof.links(tx) if link.batch in ids])

    def save(self, path: Path) -> None:
        from powermap.stores.sqlite.store import SqliteStore

        with SqliteStore(path) as file, self.raw() as raw:
            file.take(raw)

    def take(self, raw: Raw) -> None:
        changes = list(raw.changes)

        def work(tx: ManagedTransaction) -> None:
            check_last(rows_of(tx, "begin", batch="")[0]["seq"], 0)
            proof.take(tx, Raw(raw.batches, iter(changes), raw.links))
            last = {c.id: c for c in changes}.values()
            _project(tx, [Change(c.kind, c.id, _load(c.before), _load(c.after), c.source) for c in last])

        with self._clear():
            self._write(work)

    def rebuild(self, trust: str = "") -> None:
        refuse_broken(self.verify(), trust)
        actor = self.author()

        def work(tx: ManagedTransaction) -> None:
            if trust:
                batch = agreed(trust, held(tx), proof.raw_changes(tx), actor)
                self._apply(tx, batch, None, checked=False)
                proof.take_as_it_stands(tx, anew=True)
            # A record's last change alone decides what it is now.
            last = {c.id: c for c in proof.raw_changes(tx)}.values()
            run(tx, "clear")
            _project(tx, [Change(c.kind, c.id, _load(c.before), _load(c.after), c.source) for c in last])

        self._index()
        with self._clear():
            self._write(work)

    @contextlib.contextmanager
    def _clear(self) -> Iterator[None]:
        """Say what the driver says in words a user can act on."""
        try:
            yield
        except AuthError as error:
            raise StoreError(
                Words(
                    f"{self.location} 不接受用户 {user_of(self.location)} 的密码",
                    f"{self.location} refuses the password of user {user_of(self.location)}",
                ),
                hint=Words(
                    "请检查 POWERMAP_NEO4J_PASSWORD、密码文件或密钥环",
                    "look at POWERMAP_NEO4J_PASSWORD, the password file or the keyring",
                ),
            ) from error
        except ServiceUnavailable as error:
            raise StoreError(
                Words(f"{self.location} 没有 Neo4j 应答", f"no Neo4j answers at {self.location}"),
                hint=Words(
                    "它在运行吗？`powermap neo4j start` 启动本机的一个",
                    "is it running? `powermap neo4j start` starts a local one",
                ),
            ) from error
        except Neo4jError as error:
            if "AuthenticationRateLimit" in (error.code or ""):
                raise StoreError(
                    Words(
                        f"{self.location} 收到太多次错误密码", f"{self.location} got too many wrong passwords"
                    ),
                    hint=Words("请等几秒", "wait a few seconds"),
                ) from error
            raise StoreError(
                Words(
                    f"{self.location}：{error.message or error.code}",
                    f"{self.location}: {error.message or error.code}",
                ),
                hint=Words("什么都没写入", "nothing was written"),
            ) from error
        except DriverError as error:
            raise StoreError(
                Words(f"{self.location}：{error}", f"{self.location}: {error}"),
                hint=Words("请检查地址", "look at the address"),
            ) from error


def _check(tx: ManagedTransaction, changes: Sequence[Change]) -> None:
    """Compare what each change takes for granted with what is there: compare-and-set, within the batch too."""
    held: dict[str, Props | None] = {}
    for name, ids in (
        ("held_things", [c.id for c in changes if c.kind in THINGS]),
        ("held_ties", [c.id for c in changes if c.kind in TIES]),
    ):
        for start in range(0, len(ids), PAGE):
            rows = rows_of(tx, name, ids=ids[start : start + PAGE])
            held.update((row["id"], _clean(row["props"])) for row in rows)
    for change in changes:
        if held.get(change.id) != change.before:
            name = (change.after or change.before or {}).get("name", change.id)
            raise ConflictError(
                Words(f"“{name}”这期间被改过", f"{change.kind} {name} was changed meanwhile"),
                hint=Words("请重新读取，再做一次", "read again, and repeat what you did"),
            )
        held[change.id] = change.after


def _project(tx: ManagedTransaction, changes: Iterable[Change]) -> None:
    last = {c.id: c for c in changes}.values()
    # A relationship can't move to another node: a changed tie is removed and made anew.
    ties = [c.id for c in last if c.kind in TIES and c.before is not None]
    things = [c.id for c in last if c.kind in THINGS and c.after is None]
    for name, ids in (("remove_ties", ties), ("remove_things", things)):
        for start in range(0, len(ids), PAGE):
            run(tx, name, ids=ids[start : start + PAGE])
    for kind in RECORDS:  # Things come before ties.
        rows = [c.after for c in last if c.kind == kind and c.after is not None]
        if kind in THINGS:
            rows = [{**row, "search": search_text(row) or None} for row in rows]
        send(tx, f"put_{kind.lower()}", rows)


def _steady(tx: ManagedTransaction, work: Callable[[], T]) -> T:
    """Repeat a read of several statements until nobody wrote between them: each sees what is committed then."""
    for _ in range(20):
        before = rows_of(tx, "last_change")
        result = work()
        if rows_of(tx, "last_change") == before:
            return result
    raise StoreError(
        Words("别人一直在写入", "others write without a pause"), hint=Words("请再试一次", "try again")
    )


def _everything(tx: ManagedTransaction, account: str | None) -> Snapshot:
    groups = rows_of(tx, "read_things") + rows_of(tx, "read_ties") if account is None else _scope(tx, account)
    return Snapshot.of(record_from_props(g["kind"], _clean(row)) for g in groups for row in g["rows"])


def _scope(tx: ManagedTransaction, account: str) -> list[Props]:
    (found,) = rows_of(tx, "scope_organizations", account=account)
    organizations = list({account, *found["ids"]})
    (people,) = rows_of(tx, "scope_people", organizations=organizations)
    ties = rows_of(tx, "scope_ties", people=people["ids"], organizations=organizations)
    owned = rows_of(tx, "scope_owned", organizations=organizations)
    ids = {*organizations, *people["ids"]}
    for group in ties:
        ids.update(end for row in group["rows"] for end in (row["src"], row["dst"]))
    for group in owned:
        if group["kind"] in NAMING:
            ids.update(ident for row in group["rows"] for ident in named(group["kind"], row))
    # Employers of suppliers' people, too; a supplier itself is employed nowhere.
    jobs = rows_of(tx, "scope_jobs", people=list(ids))
    ids.update(row["dst"] for group in jobs for row in group["rows"])
    return ties + owned + jobs + rows_of(tx, "scope_things", ids=list(ids))


def _clean(props: Props) -> Props:
    return {key: value for key, value in props.items() if key not in OURS}


def _logged(row: Props) -> LoggedChange:
    change = Change(row["kind"], row["id"], _load(row["before"]), _load(row["after"]), row["source"])
    return LoggedChange(
        row["seq"],
        row["batch"],
        datetime.fromisoformat(row["recorded_at"]),
        row["actor"],
        row["title"],
        change,
    )


def _load(text: str | None) -> Props | None:
    return None if text is None else dict(json.loads(text))
