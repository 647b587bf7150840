"""What every account's people give to worry about, from tables: who of weight nobody covers, whose attitude is old.

The rules are those that the lens asks, so the words are, too. Where more than the tables would settle an order (two
people who look the same, two posts of one level), the account is left to the lens.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from powermap.analysis.facts import MOST
from powermap.analysis.rules import power, staleness
from powermap.analysis.rules.coverage import apart, first_lead, leads, with_meetings
from powermap.analysis.text import join
from powermap.kernels.blocks import Bools, Floats, Ints
from powermap.method import Pack
from powermap.model import INFORMATION, Interaction
from powermap.portfolio.account_scan import TINY
from powermap.portfolio.data.load_columns import strongest
from powermap.portfolio.data.seats import Deals, Owners, Seats, levels
from powermap.portfolio.data.store_tables import KINDS, Tables
from powermap.stores.base import Rows
from powermap.words import Words, by_language


class Told(NamedTuple):
    """Who of weight nobody covers, and whose attitude was judged long ago; None for nobody."""

    uncovered: Words | None
    stale: Words | None


class Sight:
    """All accounts of a store on a day. `odd` are the accounts that only the lens can tell of, shape (accounts,)."""

    def __init__(self, tables: Tables, pack: Pack) -> None:
        self.tables, self.rows, self.pack, self.day = tables, tables.rows, pack, tables.day
        self.owners, self.ever = Owners.on_day(tables), Owners.ever(tables)
        self.seats = Seats.of(tables, self.owners)
        self.level = levels(tables, self.seats)
        self.odd = np.zeros(self.seats.accounts, dtype=bool)

    def told(self) -> Iterator[tuple[str, Told]]:
        """Yield what there is to tell of every account that isn't odd, by id."""
        bare, old = self.bare(), self.stale()
        order = self.order(np.flatnonzero(bare | old))
        by_account: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for seat, account in zip(order.tolist(), self.seats.account[order].tolist(), strict=True):
            for kept, wanted in zip(by_account[account], (bare, old), strict=True):
                if wanted[seat]:
                    kept.append(int(self.seats.person[seat]))
        events = self.events()
        for account, customer in enumerate(self.tables.customers.tolist()):
            if not self.odd[account]:
                people, quaint = by_account[account]
                yield (
                    self.tables.organizations[customer - self.tables.first_organization][0],
                    Told(
                        self.uncovered(people, events.get(account, ())) if people else None,
                        join(list(map(self.call, quaint))) if quaint else None,
                    ),
                )

    def uncovered(self, people: list[int], events: Iterable[Interaction]) -> Words:
        """Name people whom nobody covers, in the order of seats, and who of ours met whom of them."""
        ids = [self.tables.people[p][0] for p in people]
        name, team = self.name, self.team
        met = leads(events, set(ids), team, apart(self.pack), first_lead(self.pack, self.day), name)
        found = sorted(((p, *met[p]) for p in ids if p in met), key=lambda m: str(m[2].on), reverse=True)
        place = self.tables.place
        last = [(self.call(place[who]), e.on, self.call(place[p])) for p, who, e in found[:MOST]]
        return with_meetings(join(list(map(self.call, people))), last)

    @cached_property
    def team(self) -> frozenset[str]:
        """The ids of our people."""
        return frozenset(self.tables.people[p][0] for p in np.flatnonzero(self.tables.team).tolist())

    def name(self, person_id: str) -> str:
        """Return somebody's name as written."""
        name: str = self.tables.people[self.tables.place[person_id]][1]
        return name

    def call(self, person: int) -> Words:
        """Return somebody's name in each language."""
        return by_language(*self.tables.people[person][1:])

    def events(self) -> dict[int, list[Interaction]]:
        """Return the meetings that may be a lead, by account, oldest first."""
        first = first_lead(self.pack, self.day)
        shared = Counter(map(self.name, self.team))
        found: dict[int, list[Interaction]] = defaultdict(list)
        events = [e for e in self.rows.all(Interaction) if e.on is not None and first <= e.on <= self.day]
        for event in sorted(events, key=lambda e: e.on or date.min):
            alike = any(p in self.team and shared[self.name(p)] > 1 for p in event.ours)
            for account in self.ever.of_one(self.tables.ever_place[event.account]):
                found[account].append(event)
                self.odd[account] |= alike
        return found

    def bare(self) -> Bools:
        """Tell who has weight and nobody of ours, shape (seats,)."""
        least, seats = self.pack.default("power_that_matters"), self.seats
        standing = self.standing()
        top = np.zeros(seats.accounts)
        np.maximum.at(top, seats.account, standing)
        top[top == 0] = 1.0
        formal = np.where(np.isnan(self.level), power.UNRANKED, power.rank(self.level))
        found = power.estimate(formal, standing, top[seats.account])
        # Sums of floats depend on their order, which the lens knows.
        light, heavy = (np.round(found + by, 1) >= least for by in (-TINY, TINY))
        given = np.full(len(self.tables.place) + 1, np.nan)
        for person, value in self.rows.powers():
            given[self.tables.place[person]] = json.loads(value)
        asserted = given[seats.person]
        self.odd[seats.account[np.isnan(asserted) & (light != heavy)]] = True
        src, dst, _ = self.tables.ties.of("COVERS")
        covered = np.zeros(len(seats.key), dtype=bool)
        covered[seats.index.match(dst[self.tables.team[src]])[1]] = True
        weight: Bools = np.where(np.isnan(asserted), heavy, asserted >= least)
        return weight & ~covered

    def standing(self) -> Floats:
        """Return the weighted in-degree of every seat in the ties that tell of power."""
        turned = _Turned(self.pack)
        place, ends = self.tables.place, []
        for src, dst, strength, channel in self.rows.influences(self.day):
            turn = turned[channel]
            if turn is not None:
                value = float("nan") if strength is None else json.loads(strength)
                ends.append((place[dst], place[src], value) if turn else (place[src], place[dst], value))
        table = np.array(ends, dtype=np.float64).reshape(-1, 3)
        there = (table[:, :2] >= 0).all(axis=1)
        one, other = table[there, :2].astype(np.int64).T
        at, low, high = self.seats.pairs(one, other)
        size = len(self.seats.key)
        _, gains, strengths = strongest(low, high, table[there, 2][at], size, self.pack.default("strength"))
        found: Floats = np.bincount(gains, weights=strengths, minlength=size).astype(np.float64)
        return found

    def stale(self) -> Bools:
        """Tell whose attitude to us was judged too long ago, shape (seats,)."""
        t, days, seats = self.tables, int(self.pack.default("stale_days")), self.seats
        deals = Deals.of(t, self.owners, self.ever, t.ever[1])
        said: dict[tuple[object, ...], bool] = {}
        rows: list[tuple[int, int, bool]] = []
        for person, supplier, attitude, deal, start, on in t.stances:
            who, of = t.place[person], t.place[deal] if deal else -2
            if who < 0 or of == -1 or t.us < 0 or t.place[supplier] != t.us:
                continue
            old = staleness.stale(staleness.judged(_day(on), _day(start)), self.day, days)
            if said.setdefault((who, of, start, attitude), old) != old:
                self.odd[seats.account[seats.index.match(np.array([who]))[1]]] = True
            rows.append((who, of, old))
        src, deal_of, aged = np.array(rows, dtype=np.int64).reshape(-1, 3).T
        place, seat = seats.index.match(src)
        wanted = (deal_of[place] == -2) | (deal_of[place] == deals.chosen[seats.account[seat]])
        found = np.zeros(len(seats.key), dtype=bool)
        # Of several the last counts.
        found[seat[wanted]] = aged[place[wanted]] > 0
        return found

    def order(self, seats: Ints) -> Ints:
        """Sort seats as :attr:`Lens.seats` does, account by account."""
        s = self.seats
        unit = self._units(seats)
        people = self.tables.people
        level = np.where(np.isnan(self.level), 9, self.level)
        ends = (seats, s.account[seats], level[seats], s.external[seats], s.person[seats])
        keys = [
            (account, rank, external, unit.get(seat, ""), people[person][1], seat)
            for seat, account, rank, external, person in zip(*(e.tolist() for e in ends), strict=True)
        ]
        keys.sort()
        for one, other in pairwise(keys):
            if one[:-1] == other[:-1]:
                self.odd[one[0]] = True
        return np.array([key[-1] for key in keys], dtype=np.int64)

    def _units(self, seats: Ints) -> dict[int, str]:
        """Return the unit of these seats, that of the highest post."""
        t, s = self.tables, self.seats
        wanted = {
            (p, a): n
            for n, p, a in zip(*(x.tolist() for x in (seats, s.person[seats], s.account[seats])), strict=True)
        }
        people = {p for p, _ in wanted}
        found: dict[int, tuple[int, str]] = {}
        for person, where, level, unit in self.rows.posts(self.day):
            who, organization = t.place[person], t.place[where]
            if who not in people or organization < 0:
                continue
            for account in self.owners.of_one(organization):
                seat = wanted.get((who, account))
                if seat is None:
                    continue
                named = unit
                if not unit and organization != t.customers[account]:
                    named = t.organizations[organization - t.first_organization][2]
                post, other = (int(level or 9), named), found.get(seat)
                if other is not None and other[0] == post[0] and other != post:
                    self.odd[account] = True
                if other is None or post[0] < other[0]:
                    found[seat] = post
        return {seat: unit for seat, (_, unit) in found.items()}


class _Turned(dict[str, bool | None]):
    """Whether a tie of a channel gives standing to who sways; False: to who is told; None: it doesn't tell of power."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack

    def __missing__(self, channel: str) -> bool | None:
        tells = self.pack.tells(channel) == "yes"
        self[channel] = self.pack.channel(channel) != INFORMATION if tells else None
        return self[channel]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def told(rows: Rows, as_of: date, pack: Pack) -> dict[str, Told]:
    """Return what there is to tell of accounts, by id; those that only the lens can tell of are not in it."""
    tables = Tables(rows, as_of, [kind for kind in KINDS if kind != "INFLUENCES"])
    return dict(Sight(tables, pack).told()) if tables.typed else {}
