"""What a big people sheet says in short, taken as columns: who covers whom, roles and attitudes."""

from __future__ import annotations

from typing import Any

import numpy as np

from powermap.intake.bulk_facts import EVIDENCE, Group
from powermap.intake.bulk_lookup import MANY, Ints, distinct
from powermap.intake.bulk_people import Crowd, NotPlainError, pairs
from powermap.intake.bulk_properties import Chosen, Texts
from powermap.model import Covers, Person, Stands, TakesPart, Tie
from powermap.model.columns import Column, Columns


def covered(crowd: Crowd) -> Group | None:
    """Take who of ours looks after whom; owners of whom nobody else has the name are made."""
    table = crowd.people
    if (column := table.columns.get("owner")) is None:
        return None
    rows = np.flatnonzero(column.codes >= 0)
    firsts = np.sort(np.unique(column.codes, return_index=True)[1]).tolist()
    names: dict[str, int] = {}
    for row in firsts:
        for name in column.values[column.codes[row]] if column.codes[row] >= 0 else ():
            names.setdefault(name, row)
    sizes = np.array([len(some) for some in column.values])
    if (sizes == 0).any():
        raise NotPlainError
    owners = _owners(names, crowd)
    places = dict(zip(names, owners.tolist(), strict=True))
    listed = np.array([places[name] for some in column.values for name in some])
    counts = sizes[column.codes[rows]]
    row = np.repeat(rows, counts)
    first = (np.cumsum(sizes) - sizes)[column.codes[row]]
    src: Ints = listed[first + np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)]
    if not distinct(src, row) or (src == row).any():
        raise NotPlainError
    texts = _texts(Covers, table, row)
    texts.each = {"src": Chosen(crowd.ids, src), "dst": Chosen(crowd.ids, row)}
    return Group(table, row, Covers.KIND, texts)


def _owners(names: dict[str, int], crowd: Crowd) -> Ints:
    """Return the places of owners; `names` gives the row that first names each."""
    sheets, table = crowd.sheets, crowd.people
    us = sheets.organizations.us(table.draft(next(iter(names.values()))))
    said = crowd.said(Column(np.arange(len(names)), list(names)))
    found = crowd.ours(said)
    new = found == -1
    if (found == MANY).any() or (said[1][new] >= 0).any():
        raise NotPlainError
    made = [
        sheets.people.owner(table.draft(row), name)
        for (name, row), is_new in zip(names.items(), new.tolist(), strict=True)
        if is_new
    ]
    people = {person.id: person for person in made if isinstance(person, Person)}
    start = len(crowd.ids)
    crowd.join(list(people.values()), us)
    places = {id_: start + place for place, id_ in enumerate(people)}
    found[new] = [places[person.id] for person in made if person is not None]
    return found


def parts(crowd: Crowd) -> Group | None:
    """Take the roles in deals; a company of which no deal is known gets one."""
    table = crowd.people
    if (column := table.columns.get("roles")) is None:
        return None
    rows = np.flatnonzero(column.codes >= 0)
    deal = table.columns.get("deal", Column(np.full(table.rows, -1), []))
    houses = crowd.house[rows]
    first, place = pairs(houses, Column(deal.codes[rows] + 1, []))
    ids = [""] * len(first)
    numbers = list(crowd.numbers)
    for pair in np.argsort(first).tolist():
        home: Any = crowd.sheets.context.ledger.records[numbers[houses[first[pair]]]]
        found = crowd.sheets.deals.meant(table.draft(int(rows[first[pair]])), home)
        if found is None:
            raise NotPlainError
        ids[pair] = found.id
    return _of_people(TakesPart, crowd, rows, "roles", Column(place, ids))


def attitudes(crowd: Crowd) -> Group | None:
    """Take the attitudes to us."""
    table = crowd.people
    if (column := table.columns.get("attitude")) is None:
        return None
    rows = np.flatnonzero(column.codes >= 0)
    us = crowd.sheets.organizations.us(table.draft(int(rows[0])))
    return _of_people(Stands, crowd, rows, "attitude", Column(np.zeros(len(rows), int), [us.id]))


def _of_people(cls: type[Tie], crowd: Crowd, rows: Ints, field: str, dst: Column) -> Group:
    texts = _texts(cls, crowd.people, rows, field)
    texts.each["src"] = Chosen(crowd.ids, rows)
    texts.put("dst", dst)
    return Group(crowd.people, rows, cls.KIND, texts)


def _texts(cls: type[Tie], table: Columns, rows: Ints, *fields: str) -> Texts:
    texts = Texts(cls, table.file)
    for field in (*fields, *EVIDENCE):
        texts.put(field, table.columns.get(field), rows)
    return texts
