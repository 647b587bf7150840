"""Put blocks of some accounts in the place of others, without touching the rest."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from powermap.kernels.blocks import Ints
from powermap.portfolio.data.columns import SUPPLIER, Columns
from powermap.portfolio.data.people import People


def splice(columns: Columns, gone: Collection[str], new: Columns, order: Sequence[str]) -> Columns:
    """Leave the blocks of the accounts `gone` out and take in those of `new`.

    Parameters
    ----------
    order
        Ids of the accounts of the result, by (name, id): those of `columns` that aren't gone, and those of `new`.

    Returns
    -------
    Columns
        Equal to columns made anew, up to the order of `people`; whoever is in no block is left out of them.
    """
    rank = {account: n for n, account in enumerate(order)}
    old_rank = np.array([-1 if a.id in gone else rank[a.id] for a in columns.accounts], dtype=np.int64)
    new_rank = np.array([rank[a.id] for a in new.accounts], dtype=np.int64)
    people, old_person, new_person = _people(columns, new, old_rank)
    block = np.concatenate([_at(old_rank, columns.block), _at(new_rank, new.block)])
    # Stable: within an account nodes keep their order, which no other account has a part in.
    nodes = np.argsort(block, kind="stable")[np.count_nonzero(block < 0) :]
    number = np.full(len(block), -1)
    number[nodes] = np.arange(len(nodes))
    src = np.concatenate([number[columns.src], number[new.src + columns.size]])
    dst = np.concatenate([number[columns.dst], number[new.dst + columns.size]])
    arcs = np.argsort(src, kind="stable")[np.count_nonzero(src < 0) :]
    side = np.concatenate([columns.side, new.side])[nodes]
    kept = {a.id: a for a in (*columns.accounts, *new.accounts)}
    return Columns(
        as_of=new.as_of,
        supplier=new.supplier if len(new.accounts) else columns.supplier if order else ("", ""),
        accounts=tuple(kept[a] for a in order),
        people=people,
        block=block[nodes],
        person=np.concatenate([_at(old_person, columns.person), _at(new_person, new.person)])[nodes],
        side=side,
        share=np.concatenate([columns.share, new.share])[nodes],
        decides=np.concatenate([columns.decides, new.decides])[nodes],
        sources=np.flatnonzero(side == SUPPLIER),
        src=src[arcs],
        dst=dst[arcs],
        strength=np.concatenate([columns.strength, new.strength])[arcs],
    )


def _at(table: Ints, keys: Ints) -> Ints:
    """Look keys up; a key of -1 stays -1."""
    return np.append(table, -1)[keys]


def _people(columns: Columns, new: Columns, old_rank: Ints) -> tuple[People, Ints, Ints]:
    """Join the people of both, and return where each of the old and of the new is then; -1 if nowhere."""
    used = np.zeros(len(columns.people) + 1, dtype=bool)
    used[columns.person[_at(old_rank, columns.block) >= 0]] = True
    kept = np.flatnonzero(used[:-1])
    old, added = People.of(columns.people), People.of(new.people)
    old_person = np.full(len(columns.people), -1)
    old_person[kept] = np.arange(len(kept))
    before = np.array([old.ids.place.get(person, -1) for person in added.ids.tolist()], dtype=np.int64)
    new_person = _at(old_person, before)
    fresh = np.flatnonzero(new_person < 0)
    new_person[fresh] = len(kept) + np.arange(len(fresh))
    return old.take(kept) + added.take(fresh), old_person, new_person
