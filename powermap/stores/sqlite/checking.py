"""Check the file of a store: its pages, tables and indexes, its chain, and its projection."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from powermap.errors import ModelError
from powermap.model import record_from_props
from powermap.stores.proving import MOST, Fault, check_chain, differs, record_said
from powermap.stores.sqlite import proof
from powermap.stores.sqlite.connection import connect_reading
from powermap.stores.sqlite.statements import script, statements
from powermap.words import Words


def check(path: Path, project: Callable[[sqlite3.Connection], None]) -> Iterator[Fault]:
    """Yield what is wrong with a file, part by part; a part that can't be read is a fault, and the others are read still.

    Parameters
    ----------
    path
        The file.
    project
        Fills the tables of the projection, in whatever database comes first, from the log.
    """
    with contextlib.closing(connect_reading(path)) as db:
        # What is no UTF-8 is damage, which is to be found, and no reason to stop.
        db.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
        for part, work in (
            ("file", _pages),
            ("index", _tables),
            ("chain", _chain),
            ("projection", lambda at: _projection(at, project)),
            ("projection", _records),
        ):
            try:
                yield from work(db)
            except (sqlite3.Error, ValueError, TypeError, AttributeError, KeyError, OverflowError) as error:
                yield Fault(part, _unread(part, error))


def _unread(part: str, error: Exception) -> Words:
    names = {
        "file": Words("文件", "the file"),
        "index": Words("表和索引", "the tables and indexes"),
        "chain": Words("日志", "the log"),
        "projection": Words("现状", "the current state"),
    }
    said = str(error).encode("utf-8", "replace").decode()
    return Words(f"{names[part].zh}读不全：{said}", f"{names[part].en} can't be read to its end: {said}")


def _pages(db: sqlite3.Connection) -> Iterator[Fault]:
    for (said,) in db.execute(f"PRAGMA integrity_check({MOST})"):
        if said != "ok":
            yield Fault("file", Words(f"文件损坏：{said}", f"the file is damaged: {said}"))
    for table, *_ in db.execute("PRAGMA foreign_key_check"):
        yield Fault(
            "file",
            Words(
                f"{table} 里有一行指向不存在的批次", f"a row of {table} points at a batch that isn't there"
            ),
        )


def _tables(db: sqlite3.Connection) -> Iterator[Fault]:
    """Compare tables, indexes and views with those of a new store."""
    with contextlib.closing(sqlite3.connect(":memory:")) as new:
        for statement in statements(*map(script, ("schema", "chain_schema", "make_indexes"))):
            new.execute(statement)
        wanted = dict(new.execute(script("objects")))
    held = dict(db.execute(script("objects")))
    for name in sorted({**wanted, **held}, key=str):
        if wanted.get(name) != held.get(name):
            what = (
                Words("不该有", "should not be there")
                if name not in wanted
                else Words("没有了", "is missing")
                if name not in held
                else Words("被改过", "was changed")
            )
            shown = str(name).encode("utf-8", "replace").decode()
            yield Fault("index", Words(f"表或索引 {shown} {what.zh}", f"table or index {shown} {what.en}"))
    ((counted,),) = db.execute(script("counted")).fetchall()
    ((last,),) = db.execute(script("last_change")).fetchall()
    if counted != last:
        yield Fault(
            "chain",
            Words(f"日志到 {last} 为止，应到 {counted}", f"the log ends at {last}, and should at {counted}"),
        )


def _chain(db: sqlite3.Connection) -> Iterator[Fault]:
    yield from check_chain(list(proof.raw_batches(db)), proof.raw_changes(db), list(proof.links(db)))


def _projection(db: sqlite3.Connection, project: Callable[[sqlite3.Connection], None]) -> Iterator[Fault]:
    for statement in statements(script("make_replay")):
        db.execute(statement)
    project(db)
    for kind, ident, name, held, wanted in db.execute(script("verify")).fetchall():
        yield differs(kind, name or ident, ident, held=bool(held), wanted=bool(wanted))


def _records(db: sqlite3.Connection) -> Iterator[Fault]:
    for kind, props, ident in db.execute(script("read_all")):
        try:
            record_from_props(kind, json.loads(props))
        except (ModelError, ValueError, TypeError, AttributeError) as error:
            what = Words(f"读不出：{error}", f"can't be read: {error}")
            yield Fault("projection", record_said(kind, ident, what), str(ident))
