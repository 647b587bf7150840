"""Carry an everyday change out, and say what came of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import typer

from powermap.cli.import_command import absent
from powermap.cli.options import Here

if TYPE_CHECKING:
    from powermap.editing.occasion import Edit, Occasion
    from powermap.importing import Imported
    from powermap.model import Snapshot
    from powermap.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Said:
    """The options that every everyday change has."""

    account: str | None = None
    on: date | None = None
    because: str = ""
    correct: bool = False
    dry_run: bool = False
    author: str = ""
    here: Here = Here()
    as_json: bool = False


def carry_out(make: Callable[[Occasion], Edit], said: Said, *, create: bool = False) -> None:
    """Make an edit of the state of the store, write it, and say what was changed.

    Parameters
    ----------
    create
        Whether a store that isn't there is made; none is left where nothing is written.
    """
    from powermap.stores.sqlite.removal import discard

    with ExitStack() as after:
        if create and (new := absent(said.here.store)) is not None:
            after.callback(discard, new)
        with said.here.open(create=create, actor=said.author) as ws:
            edit, result = _edited(ws, make, said)
    _tell(edit, result, said)


def _edited(ws: Workspace, make: Callable[[Occasion], Edit], said: Said) -> tuple[Edit, Imported]:
    from powermap.editing.naming import Register
    from powermap.editing.occasion import Occasion

    day = said.on or date.today()
    edits: list[Edit] = []

    def edit(now: Snapshot) -> Edit:
        occasion = Occasion(
            register=Register(now),
            pack=ws.pack,
            day=day,
            author=said.author or ws.store.author(),
            because=said.because,
            correct=said.correct,
            account=ws.account(said.account).id if said.account else None,
        )
        edits.append(make(occasion))
        return edits[-1]

    result = ws.edit(edit, on=day, because=said.because, dry_run=said.dry_run)
    return edits[-1], result


def _tell(edit: Edit, result: Imported, said: Said) -> None:
    """Show what was changed, field by field, and the receipt; faults as of a file, with its exit code."""
    from powermap.cli.screen import complain, note, print_json, show_receipt, show_table
    from powermap.errors import EXIT_PROBLEMS

    plan, receipt, lang = result.plan, result.receipt, said.here.language
    zh = lang == "zh"
    if said.as_json:
        shape = plan.to_dict()
        shape["notes"] += [{"zh": n.zh, "en": n.en} for n in edit.notes]
        shape["receipt"] = None if receipt is None else {"batch": receipt.batch}
        print_json(shape)
    else:
        for line in (*plan.brief(lang), *(n[lang] for n in edit.notes)):
            note(line)
        for p in plan.problems:
            zh_reason, zh_hint = p.reason_zh or p.reason, p.suggestion_zh or p.suggestion
            complain(*(zh_reason, zh_hint) if zh else (p.reason, p.suggestion))
        if plan.changes and not plan.problems:
            headers = ("操作", "类别", "对象", "变化") if zh else ("Action", "Kind", "What", "Change")
            show_table(headers, [row[:4] for row in plan.table(lang)], lang)
        if receipt is not None:
            show_receipt(receipt, lang)
        elif not plan.problems:
            if not plan.changes:
                note("没有变化：已经是这样" if zh else "nothing to change: it is so already")
            else:
                note("只是预演，什么都没写入" if zh else "dry run: nothing was written")
    if plan.problems:
        raise typer.Exit(EXIT_PROBLEMS)
