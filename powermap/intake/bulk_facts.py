"""Big sheets of stances, seats and interactions, taken as columns; what is not plain raises."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from powermap.intake.bulk_lookup import Ints, distinct, numbered, repeated
from powermap.intake.bulk_people import Crowd, NotPlainError, full, pairs, plain
from powermap.intake.bulk_properties import Chosen, Texts
from powermap.intake.checks import note_exclusive
from powermap.model import Created, Interaction, Organization, Stands, TakesPart, Tie, props_to_text
from powermap.model.columns import Column, Columns
from powermap.model.ties import DIMENSIONS

CHUNK = 50_000
"""Records that are written at once."""
EVIDENCE = ("source", "author", "status", "confidence")
_DATED = ("since", "note", *EVIDENCE)


@dataclass(frozen=True)
class Group:
    """Records that come from rows of a table: of one kind, or of a kind each; `check` notes what only all tell."""

    table: Columns
    rows: Ints
    kinds: str | NDArray[Any]
    texts: Texts
    check: Callable[[], None] = lambda: None

    def between(self, *ends: str) -> Ints:
        """Return a number for each tie that tells who stands at these of its ends."""
        key = np.zeros(len(self.rows), np.int64)
        for end in ends:
            chosen = self.texts.each[end]
            assert isinstance(chosen, Chosen)
            key = key << 32 | chosen.places
        return key

    def parts(self) -> Iterator[Created]:
        """Yield the records in parts."""
        for some, texts in self.texts.chunks(CHUNK):
            kinds = [self.kinds] * len(texts) if isinstance(self.kinds, str) else self.kinds[some].tolist()
            yield Created(kinds, self.texts.each["id"][some], texts, sources(self.table, self.rows[some]))


def sources(table: Columns, rows: Ints) -> list[str]:
    """Say where rows stand."""
    return [f"{table.file} · {row}" for row in (rows + 2).tolist()]


def stances(table: Columns, crowd: Crowd) -> Group:
    """Take the sheet of stances, with their histories."""
    table = plain(table)
    src, deal = _person(table, crowd), Column(np.full(table.rows, -1), [])
    dst = _suppliers(table, crowd)
    if "deal" in table.columns:
        deal = _deals(table, crowd)
    deals = numbered(deal)
    following = _following(table, src, numbered(dst), deals)
    until = _until(table, following)
    attitude = full(table, "attitude")
    strong = np.array([(value or 0) >= 2 for value in attitude.values])[attitude.codes]
    more = {"dst": dst, "deal": deal, "until": until}
    texts = _texts(Stands, table, crowd, src, more, ("attitude", *DIMENSIONS))
    # A stance that another one ended was changed by the later row of the two.
    rows = np.maximum(np.arange(table.rows), following)
    check = partial(_exclusive, table, crowd, src, deals, dst, strong, until)
    return Group(table, rows, Stands.KIND, texts, check)


def seats(table: Columns, crowd: Crowd) -> Group:
    """Take the sheet of buying committees."""
    table = plain(table)
    src, deal = _person(table, crowd), _deals(table, crowd)
    if (deal.codes < 0).any() or not distinct(src, numbered(deal)):
        raise NotPlainError
    more = {"dst": deal, "until": table.columns.get("until")}
    texts = _texts(TakesPart, table, crowd, src, more, ("roles", "votes", "veto"))
    return Group(table, np.arange(table.rows), TakesPart.KIND, texts)


def _texts(
    cls: type[Tie],
    table: Columns,
    crowd: Crowd,
    src: Ints,
    more: Mapping[str, Column | None],
    fields: tuple[str, ...],
) -> Texts:
    texts = Texts(cls, table.file)
    texts.each["src"] = Chosen(crowd.ids, src)
    for field in (*fields, *_DATED):
        texts.put(field, table.columns.get(field))
    for field, column in more.items():
        texts.put(field, column)
    return texts


def _person(table: Columns, crowd: Crowd) -> Ints:
    found = crowd.find(crowd.said(full(table, "person")), crowd.houses(table))
    if (found < 0).any():
        raise NotPlainError
    return found


def _suppliers(table: Columns, crowd: Crowd) -> Column:
    """Return the ids of the suppliers whom rows name; who names none means us."""
    column = table.columns.get("supplier", Column(np.full(table.rows, -1), []))
    codes, first = np.unique(column.codes, return_index=True)
    ids: list[str] = []
    for code, row in zip(codes.tolist(), first.tolist(), strict=True):
        draft = table.draft(row)
        found: Organization | None = (
            crowd.sheets.organizations.us(draft)
            if code < 0
            else crowd.sheets.organizations.named(draft, "supplier", kind="supplier")
        )
        if found is None or found.type != "supplier":
            raise NotPlainError
        ids.append(found.id)
    return Column(np.searchsorted(codes, column.codes), ids)


def _deals(table: Columns, crowd: Crowd) -> Column:
    """Return the ids of the deals that rows name."""
    column, houses = table.columns["deal"], crowd.houses(table)
    first, place = pairs(houses, column)
    companies = list(crowd.numbers)
    homes = crowd.sheets.context.ledger.of(
        Organization, [companies[number] for number in houses[first].tolist()]
    )
    rows = zip(first.tolist(), homes, strict=True)
    found = [crowd.sheets.deals.meant(table.draft(row), home) for row, home in rows]
    ids = [deal.id for deal in found if deal is not None]
    if len(ids) < len(found):
        raise NotPlainError
    return Column(place, ids)


def _following(table: Columns, *fact: Ints) -> Ints:
    """Return the row that says what each fact became, or -1; facts that change need a day, and no end."""
    many = repeated(*fact)
    following = np.full(table.rows, -1)
    if not many.any():
        return following
    since, until = table.columns.get("since"), table.columns.get("until")
    if since is None or (since.codes[many] < 0).any() or (until and (until.codes[many] >= 0).any()):
        raise NotPlainError
    rows = np.flatnonzero(many)
    days = _days(since, 0)[rows]
    columns = [part[rows] for part in fact]
    if not distinct(days, *columns):
        raise NotPlainError
    order = np.lexsort((days, *columns))
    here, then = rows[order[:-1]], rows[order[1:]]
    same = np.all([part[here] == part[then] for part in fact], axis=0)
    following[here[same]] = then[same]
    return following


def _until(table: Columns, following: Ints) -> Column | None:
    """Return when each fact ends: on the day that is written, or on which the following one starts."""
    until, since = table.columns.get("until"), table.columns.get("since")
    if since is None or (following < 0).all():
        return until
    ends = np.where(following >= 0, since.codes[following], -1)
    if until is None:
        return Column(ends, since.values)
    codes = np.where(ends >= 0, ends + len(until.values), until.codes)
    return Column(codes, [*until.values, *since.values])


def _days(column: Column | None, nothing: int) -> Ints:
    """Return days as numbers; `nothing` where none is written."""
    if column is None:
        return np.array([nothing])
    days: Ints = np.array([*(d.toordinal() for d in column.values), nothing])[column.codes]
    return days


def _exclusive(
    table: Columns, crowd: Crowd, src: Ints, deals: Ints, dst: Column, strong: Any, until: Column | None
) -> None:
    """Note who supports two suppliers exclusively."""
    today = crowd.sheets.context.ledger.today.toordinal()
    holds = (_days(table.columns.get("since"), 0) <= today) & (_days(until, 1 << 30) > today)
    rows = np.flatnonzero(strong & holds)
    found: dict[tuple[int, int], set[str]] = {}
    for row in rows[repeated(src[rows], deals[rows])].tolist():
        (supplier,) = crowd.sheets.context.ledger.of(Organization, [dst.values[dst.codes[row]]])
        found.setdefault((int(src[row]), int(deals[row])), set()).add(supplier.name)
    for (person, _), suppliers in found.items():
        note_exclusive(crowd.sheets.context.ledger, crowd.names[person], suppliers)


def meetings(table: Columns, crowd: Crowd) -> Group:
    """Take the sheet of interactions."""
    table = plain(table)
    houses, columns = crowd.houses(table), table.columns
    full(table, "on")
    sides = {
        field: _side(columns[field], houses, crowd, field) for field in ("ours", "theirs") if field in columns
    }
    told = [numbered(columns[f]) for f in ("on", "channel", "purpose") if f in columns]
    if not distinct(houses, *told, *(people for _, _, people in sides.values())):
        raise NotPlainError
    if "id" in columns:
        rows = columns["id"].codes >= 0
        if not distinct(houses[rows], numbered(columns["id"])[rows]):
            raise NotPlainError

    texts = Texts(Interaction, account="-", on=date.min)
    texts.put("account", Column(houses, list(crowd.numbers)))
    for field in ("on", "channel", "purpose", "note"):
        texts.put(field, columns.get(field))
    texts.put_keys(*crowd.keys(table, houses, "interaction"))
    for field, (codes, lists, _) in sides.items():
        texts.given[field] = codes, ["", *(f',"{field}":{text}' for text in lists)]
    return Group(table, np.arange(table.rows), Interaction.KIND, texts)


def _side(column: Column, houses: Ints, crowd: Crowd, field: str) -> tuple[Ints, list[str], Ints]:
    """Return for each row the place of its list of people, or -1; the lists; and a number that tells who they are."""
    first, place = pairs(houses, column)
    lists = [column.values[code] for code in column.codes[first].tolist()]
    names: dict[str, int] = {}
    named = np.array([names.setdefault(name, len(names)) for some in lists for name in some], np.int64)
    sizes = np.array([len(some) for some in lists])
    said = crowd.said(Column(named, list(names)))
    found = crowd.ours(said) if field == "ours" else crowd.find(said, np.repeat(houses[first], sizes))
    if (found < 0).any() or (sizes == 0).any():
        raise NotPlainError
    ids, people = crowd.ids[found].tolist(), found.tolist()
    ends = np.cumsum(sizes).tolist()
    starts = [0, *ends[:-1]]
    numbers: dict[frozenset[int], int] = {}
    sets = [
        numbers.setdefault(frozenset(people[a:b]), len(numbers)) for a, b in zip(starts, ends, strict=True)
    ]
    texts = [props_to_text(ids[a:b]) for a, b in zip(starts, ends, strict=True)]
    return place, texts, np.append(sets, -1)[place]
