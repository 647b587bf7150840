"""The columns of a whole store, straight from its tables: no record, no lens and no graph for an account.

Equal to what :meth:`Columns.from_snapshot` makes. Accounts whose deal has a decision rule go through the lens, because
a rule is text with people's names in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np

from powermap.kernels.blocks import Bools, Floats, Ints
from powermap.kernels.gc_pause import uncollected
from powermap.lens import look
from powermap.method import Pack
from powermap.model import Figure
from powermap.portfolio.data.block_merge import splice
from powermap.portfolio.data.columns import OURS, SUPPLIER, THEIRS, Account, Columns, revenue
from powermap.portfolio.data.people import People, Texts
from powermap.portfolio.data.seats import Deals, Owners, Seats, closed, decision
from powermap.portfolio.data.store_tables import Tables, distinct
from powermap.stores.base import Row, Rows
from powermap.words import by_language


def blocks(tables: Tables, seats: Seats, shut: Bools, share: Floats, pack: Pack) -> dict[str, Any]:
    """Make nodes and arcs of all accounts, as :func:`powermap.analysis.projection.access` does for one."""
    src, dst, strength = tables.ties.of("COVERS")
    ours = tables.team[src]
    place, head = seats.index.match(dst[ours])
    owner, cover = src[ours][place], strength[ours][place]
    width = len(tables.place) + 1
    # A node is known by account and person, and the supplier comes before its account's people.
    source = np.arange(seats.accounts) * width
    seat_key = seats.account * width + seats.person + 1
    team_key = seats.account[head] * width + owner + 1
    key = distinct(np.concatenate([source, seat_key, team_key]))
    node_of_seat = np.searchsorted(key, seat_key)
    team = np.searchsorted(key, team_key)
    side = np.full(len(key), THEIRS)
    first = np.searchsorted(key, source)
    side[first], side[team] = SUPPLIER, OURS
    passes = np.ones(len(key), dtype=bool)
    passes[node_of_seat[shut]] = False
    tails, heads = [first[seats.account[head]], team], [team, node_of_seat[head]]
    strengths = [np.ones(len(team)), cover]
    src, dst, strength = tables.ties.of("INFLUENCES")
    place, tail, head = seats.pairs(src, dst)
    tails.append(node_of_seat[tail])
    heads.append(node_of_seat[head])
    strengths.append(strength[place])
    src, dst, _ = tables.ties.of("REPORTS_TO")
    _, low, high = seats.pairs(src, dst)
    tails += [node_of_seat[low], node_of_seat[high]]
    heads += [node_of_seat[high], node_of_seat[low]]
    strengths += [np.full(len(low), pack.default(name)) for name in ("line_up", "line_down")]
    src, dst, strength = (np.concatenate(parts) for parts in (tails, heads, strengths))
    kept = passes[src]
    src, dst, strength = strongest(src[kept], dst[kept], strength[kept], len(key), pack.default("strength"))
    shares = np.zeros(len(key))
    shares[node_of_seat] = share
    return {
        "block": key // width,
        "person": key % width - 1,
        "side": side,
        "share": shares,
        "decides": (shares > 0).astype(np.int64),
        "sources": first,
        "src": src,
        "dst": dst,
        "strength": strength,
    }


def strongest(src: Ints, dst: Ints, strength: Floats, size: int, default: float) -> tuple[Ints, Ints, Floats]:
    """Keep the strongest of parallel arcs, sorted by (src, dst); NaN is the default strength."""
    strength = np.where(np.isnan(strength), default, strength)
    arc = src * size + dst
    order = np.argsort(arc)
    arc, strength = arc[order], strength[order]
    first = np.flatnonzero(np.diff(arc, prepend=-1))
    if not len(first):
        return src, dst, strength
    return arc[first] // size, arc[first] % size, np.maximum.reduceat(strength, first)


def accounts(tables: Tables, ever: Owners, own: Owners, by_role: Bools) -> tuple[Account, ...]:
    """State what is known about each account besides its people; `own` is whose figures count where."""
    found: list[list[Figure]] = [[] for _ in by_role]
    for name, on, value, currency, category in tables.figures:
        for a in own.of_one(tables.ever_place[name]):
            figure = Figure(
                "",
                account=name,
                measure="revenue",
                on=date.fromisoformat(on),
                value=float(json.loads(value)),
                currency=currency or "",
                category=category or "",
            )
            found[a].append(figure)
    met = [""] * len(by_role)
    for name, on in tables.meetings:
        for a in ever.of_one(tables.ever_place[name]):
            met[a] = max(met[a], on)
    result = []
    for a, customer in enumerate((tables.customers - tables.first_organization).tolist()):
        id_, _, name, name_alt, _, grade, region = tables.organizations[customer]
        result.append(
            Account(
                id_,
                by_language(name, name_alt),
                grade or "",
                region or "",
                *revenue(tuple(found[a]), tables.day),
                "roles" if by_role[a] else "rank",
                date.fromisoformat(met[a]) if met[a] else None,
            )
        )
    return tuple(result)


def people_of(rows: list[Row]) -> People:
    """Sort the names of people, given as (id, name, other name), by language."""
    zh = [name for _, name, _ in rows]
    en = list(zh)
    for n, (_, name, alt) in enumerate(rows):
        if alt:
            zh[n], en[n] = by_language(name, alt)
    return People(Texts.of([i for i, _, _ in rows]), Texts.of(zh), Texts.of(en))


@uncollected()
def fetch(rows: Rows, pack: Pack, as_of: date) -> Columns:
    """Read the columns of every account.

    Equal to what :meth:`Columns.from_snapshot` makes of the store's records, up to the order of `people`.
    """
    tables = Tables(rows, as_of)
    if not tables.typed:
        return look_at(rows, rows.accounts(), pack, as_of)
    units, belongs = tables.ever
    owners, ever = Owners.on_day(tables), Owners.ever(tables)
    customers = set(tables.customers.tolist())
    parts = [(unit, organization) for unit, organization in units if unit not in customers]
    own = Owners.of(tables.customers, [u for u, _ in parts], [o for _, o in parts], len(tables.ever_place))
    deals = Deals.of(tables, owners, ever, belongs)
    seats = Seats.of(tables, owners)
    share, by_role = decision(tables, seats, deals)
    found = blocks(tables, seats, closed(tables, seats, deals), share, pack)
    used = distinct(found["person"][found["side"] != SUPPLIER])
    place = np.zeros(len(tables.place) + 1, dtype=np.int64)
    place[used] = np.arange(len(used))
    place[-1] = -1
    found["person"] = place[found["person"]]
    columns = Columns(
        as_of=as_of,
        supplier=tables.supplier if len(by_role) else ("", ""),
        accounts=accounts(tables, ever, own, by_role),
        people=people_of([tables.people[p] for p in used.tolist()]),
        **found,
    )
    judged = rows.judged()
    ruled = [a.id for a, odd in zip(columns.accounts, deals.ruled, strict=True) if odd or a.id in judged]
    if not ruled:
        return columns
    order = [a.id for a in columns.accounts]
    return splice(columns, ruled, look_at(rows, ruled, pack, as_of), order)


def look_at(rows: Rows, accounts: Iterable[str], pack: Pack, as_of: date) -> Columns:
    """Read the columns of these accounts through the lens."""
    lenses = (look(rows.scope(a), a, as_of=as_of, pack=pack) for a in accounts)
    return Columns.of(lenses, as_of)
