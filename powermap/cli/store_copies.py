"""Copies of a store: a backup, a new store from one, and the way from one kind of store to the other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from powermap.cli.language import spoken, told
from powermap.cli.options import Here, Insecure

if TYPE_CHECKING:
    from powermap.stores.copying import Contents


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=told("写成哪个文件。", "The file to write."))],
    force: Annotated[
        bool, typer.Option("--force", help=told("已有同名文件就覆盖。", "Overwrite a file of that name."))
    ] = False,
    here: Here = Here(),
) -> None:
    """Write the store, of either kind, into one SQLite file while others go on writing; it is verified before it gets its name."""
    from powermap.cli.screen import done
    from powermap.stores.copying import backup as write

    with here.open() as ws:
        found = write(ws.store, file, force=force)
    done(f"{file}：{_said(found, zh=True)}" if here.zh else f"{file}: {_said(found, zh=False)}")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=told("备份文件。", "The backup."))],
    to: Annotated[
        Path, typer.Option("--to", metavar="NEW", help=told("新存储的文件名。", "The file of the new store."))
    ],
) -> None:
    """Make a new store of a backup, never over anything; the backup is verified first."""
    from powermap.cli.screen import done
    from powermap.stores.copying import restore as write

    found = write(file, to)
    zh = spoken() == "zh"
    done(f"{to}：{_said(found, zh=True)}" if zh else f"{to}: {_said(found, zh=False)}")


def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help=told("从哪个存储。", "The store to copy."))],
    to: Annotated[
        str,
        typer.Argument(
            metavar="TO", help=told("到哪里：新文件，或空的 Neo4j。", "A new file, or an empty Neo4j.")
        ),
    ],
    insecure: Insecure = False,
) -> None:
    """Copy a store with its whole log, receipts, layouts and proofs, either way between SQLite and Neo4j; prove both equal."""
    from powermap.cli.screen import done
    from powermap.stores import open_store
    from powermap.stores.copying import copy as write

    with open_store(source, insecure=insecure, create=False) as store:
        _, found = write(store, to, insecure=insecure)
    if spoken() == "zh":
        done(f"{to} 与 {source} 相同：{_said(found, zh=True)}")
    else:
        done(f"{to} equals {source}: {_said(found, zh=False)}")


def _said(found: Contents, *, zh: bool) -> str:
    head = found.head[:16] or "—"
    if zh:
        return f"{found.batches} 个批次、{found.changes} 条变更、{found.records} 条记录，链头 {head}…"
    return f"batches: {found.batches:,}, changes: {found.changes:,}, records: {found.records:,}, head {head}…"
