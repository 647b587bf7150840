"""The columns of a store as they are now: kept ones, of which only what was touched since is made anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from powermap.lens.lens import NOBODY, is_past
from powermap.method import Pack
from powermap.model import TIES
from powermap.portfolio.data.block_merge import splice
from powermap.portfolio.data.cache_file import Key, digest, keep, kept
from powermap.portfolio.data.columns import Columns
from powermap.portfolio.data.load_columns import fetch, look_at
from powermap.stores.base import Row, Rows, Store

MANY = 5_000
"""Changes beyond which everything is made anew."""
PART = 10
"""One account in so many may be touched; reading all anew is faster beyond."""


def columns_of(
    store: Store, pack: Pack, as_of: date, progress: Callable[[int, int], None] | None = None
) -> Columns:
    """Return the columns of every account, equal to :meth:`Columns.from_snapshot` up to the order of `people`.

    Of a store that is read as rows they are kept beside it. What was kept is taken if the store, the day, the rule pack and
    the program are the same; if only the log has grown or the day is another, the accounts that this touches are made anew.

    Parameters
    ----------
    progress
        Called with (accounts done, accounts in all), of a store that is read record by record.
    """
    held = store.columns()
    if held is None:
        return Columns.from_snapshot(store.read(), pack, as_of, progress=progress)
    with held as rows:
        key = Key(*rows.state(), as_of, digest(pack), is_past(as_of))
        old = kept(store.location)
        if old is not None and old[0] == key:
            return old[1]
        columns = renew(rows, *old, key, pack) if old is not None else None
        if columns is None:
            columns = fetch(rows, pack, as_of)
    # A look back, as for what has changed since a day, leaves the later day's where they are.
    if old is None or key.as_of >= old[0].as_of or replace(old[0], as_of=key.as_of, past=key.past) != key:
        keep(store.location, key, columns)
    return columns


def renew(rows: Rows, old: Key, columns: Columns, key: Key, pack: Pack) -> Columns | None:
    """Make the touched accounts anew; None if that can't be told, or isn't worth while."""
    # With the year, the year whose revenue counts is another in every account.
    if old.as_of.year != key.as_of.year:
        return None
    same_log = rows.state(old.seq) == (old.seq, old.batch) and key.seq - old.seq <= MANY
    if (old.pack, old.past, old.program) != (key.pack, key.past, key.program) or not same_log:
        return None
    found = touched(rows, columns, rows.changes(old.seq), old.as_of, key.as_of)
    order = rows.accounts()
    if found is None or len(found) > 1 + len(order) // PART:
        return None
    new = look_at(rows, [a for a in order if a in found], pack, key.as_of)
    return replace(splice(columns, found, new, order), as_of=key.as_of)


def touched(rows: Rows, columns: Columns, changes: list[Row], day: date, other: date) -> set[str] | None:
    """Find the accounts, there or gone, whose blocks may differ; None if all may.

    Parameters
    ----------
    columns
        The blocks before.
    changes
        Rows of the log since, as (kind, id, before, after).
    day, other
        The day of the blocks before, and the day wanted.
    """
    facts = [(kind, id_, json.loads(text)) for kind, id_, *texts in changes for text in texts if text]
    if day != other:
        crossing = rows.crossing(min(day, other), max(day, other))
        if len(crossing) > MANY:
            return None
        facts += [(kind, id_, json.loads(text)) for kind, id_, text in crossing]
    organizations: set[str] = set()
    deals: set[str] = set()
    people: set[str] = set()
    for kind, id_, props in facts:
        if kind == "Organization":
            if props.get("type") == "supplier" or id_ == NOBODY.id:
                return None
            organizations.add(id_)
        elif kind == "Person":
            people.add(id_)
        elif kind in ("Deal", "Figure", "Interaction", "Assessment"):
            organizations.add(props["account"])
        elif kind in TIES:
            _ends(kind, props, organizations, deals, people)
    # What was above them before and isn't now, lost a tie that the log names.
    gone = {account.id for account in columns.accounts if account.id in organizations}
    # A judgement grows old with the day.
    aged = rows.judged() if day != other else set()
    return gone | aged | rows.touched(organizations, deals, people)


def _ends(
    kind: str, props: dict[str, Any], organizations: set[str], deals: set[str], people: set[str]
) -> None:
    """Note which ends of a tie tell the accounts where it counts."""
    if kind in ("WORKS_AT", "MEMBER_OF"):
        # One of ours who changes employer joins or leaves the team wherever they cover somebody.
        people.add(props["src"])
        organizations.add(props["dst"])
    elif kind == "PART_OF":
        organizations.add(props["dst"])
    elif kind == "TAKES_PART":
        deals.add(props["dst"])
    elif kind == "COVERS":
        people.add(props["dst"])
    elif kind != "RELATES":
        people.add(props["src"])
