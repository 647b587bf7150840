"""Who sits in which account, who is closed to us there and who decides, for all accounts at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from powermap.kernels.blocks import Bools, Floats, Ints
from powermap.portfolio.data.store_tables import Index, Tables, distinct


@dataclass(frozen=True)
class Owners:
    """Which organizations belong to which accounts: pairs, sorted by organization."""

    account: Ints
    index: Index

    @classmethod
    def of(cls, customers: Ints, src: Iterable[int], dst: Iterable[int], size: int) -> Owners:
        """Follow PART_OF from `src` to `dst` downwards from each customer; numbers of things below `size`."""
        parts: dict[int, list[int]] = defaultdict(list)
        for unit, above in zip(src, dst, strict=True):
            parts[above].append(unit)
        pairs = []
        for account, customer in enumerate(customers.tolist()):
            units, queue = {customer}, [customer]
            while queue:
                new = [u for u in parts.get(queue.pop(), ()) if u not in units]
                units.update(new)
                queue += new
            pairs += [(unit, account) for unit in units]
        organization, owner = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2).T
        return cls(owner, Index.of(organization, size))

    @classmethod
    def on_day(cls, tables: Tables) -> Owners:
        """Follow the units of the day of the tables."""
        src, dst, _ = tables.ties.of("PART_OF")
        return cls.of(tables.customers, src.tolist(), dst.tolist(), len(tables.place))

    @classmethod
    def ever(cls, tables: Tables) -> Owners:
        """Follow the units of any day."""
        units, above = ([pair[k] for pair in tables.ever[0]] for k in (0, 1))
        return cls.of(tables.customers, units, above, len(tables.ever_place))

    def match(self, organizations: Ints) -> tuple[Ints, Ints]:
        """Return every pair (place in `organizations`, account)."""
        place, at = self.index.match(organizations)
        return place, self.account[at]

    def of_one(self, organization: int) -> list[int]:
        """Return the accounts of one organization, none for -1."""
        if organization < 0:
            return []
        start = self.index.start
        found: list[int] = self.account[start[organization] : start[organization + 1]].tolist()
        return found


@dataclass(frozen=True)
class Seats:
    """People in accounts, by (person, account). `level` is NaN where none is given."""

    accounts: int
    key: Ints
    level: Floats
    external: Bools
    index: Index

    @classmethod
    def of(cls, tables: Tables, owners: Owners) -> Seats:
        """Seat everybody who works in an account or belongs to it."""
        accounts = len(tables.customers)
        keys = []
        for kind in ("WORKS_AT", "MEMBER_OF"):
            src, dst, number = tables.ties.of(kind)
            place, account = owners.match(dst)
            keys.append(src[place] * accounts + account)
            if kind == "WORKS_AT":
                given = np.where(number[place] > 0, number[place], np.nan)
        key = distinct(np.concatenate(keys))
        level = np.full(len(key), np.nan)
        external = np.ones(len(key), dtype=bool)
        at = np.searchsorted(key, keys[0])
        # Of several posts the highest counts.
        np.fmin.at(level, at, given)
        external[at] = False
        index = Index.of(key // max(accounts, 1), len(tables.place))
        return cls(accounts, key, level, external, index)

    @cached_property
    def person(self) -> Ints:
        """The person on each seat, as number of a thing."""
        return self.key // max(self.accounts, 1)

    @cached_property
    def account(self) -> Ints:
        """The account of each seat."""
        return self.key % max(self.accounts, 1)

    def find(self, person: Ints, account: Ints) -> Ints:
        """Return the seat of each person in the account beside them, -1 if they have none there."""
        if not len(self.key):
            return np.full(len(person), -1)
        wanted = person * self.accounts + account
        at = self.index.start[person]
        several = self.index.start[person + 1] - at > 1
        at[several] = np.searchsorted(self.key, wanted[several])
        at = np.minimum(at, len(self.key) - 1)
        return np.where(self.key[at] == wanted, at, -1)

    def pairs(self, src: Ints, dst: Ints) -> tuple[Ints, Ints, Ints]:
        """Seat the ends of ties in one account: every (place of the tie, seat of src, seat of dst)."""
        place, tail = self.index.match(src)
        head = self.find(dst[place], self.account[tail])
        both = head >= 0
        return place[both], tail[both], head[both]


@dataclass(frozen=True)
class Deals:
    """The deal through which each account is looked at, as number of a thing, -1 for none; and who has a rule, votes or a veto."""

    chosen: Ints
    ruled: Bools

    @classmethod
    def of(cls, tables: Tables, owners: Owners, ever: Owners, belongs: list[tuple[int, int]]) -> Deals:
        """Choose as :func:`powermap.lens.look` does.

        Parameters
        ----------
        owners, ever
            Which organizations belong to which accounts on the day, and on any day.
        belongs
            Pairs (person, organization) of any day, of everybody who takes part in a deal.
        """
        person, at = np.array(belongs, dtype=np.int64).reshape(-1, 2).T
        place, account = ever.match(at)
        accounts_of: dict[int, set[int]] = defaultdict(set)
        for p, a in zip(person[place].tolist(), account.tolist(), strict=True):
            accounts_of[p].add(a)
        seated: dict[int, set[int]] = defaultdict(set)
        src, dst, part = tables.ties.of("TAKES_PART")
        # Votes and vetoes are counted by the lens, as rules are.
        counted = set(dst[part > 1].tolist())
        for p, deal in zip(src.tolist(), dst.tolist(), strict=True):
            seated[deal] |= accounts_of[p]
        chosen = np.full(len(tables.customers), -1)
        ruled = np.zeros(len(tables.customers), dtype=bool)
        for n, (_, organization, rule, outcome, close_on) in enumerate(tables.deals, tables.first_deal):
            open_then = tables.past and close_on and close_on > tables.day.isoformat()
            if not (rule or n in seated) or (outcome and not open_then):
                continue
            for a in owners.of_one(tables.place[organization]):
                if chosen[a] < 0 and (rule or a in seated[n]):
                    chosen[a], ruled[a] = n, bool(rule) or n in counted
        return cls(chosen, ruled)


def closed(tables: Tables, seats: Seats, deals: Deals) -> Bools:
    """Tell whom an introduction doesn't pass, shape (seats,): see :func:`powermap.analysis.projection.blocked`."""
    rows = [
        (tables.place[p], tables.place[s], a, tables.place[d] if d else -2)
        for p, s, a, d, _, _ in tables.stances
    ]
    table = np.array(rows, dtype=np.float64).reshape(-1, 4)
    table = table[(table[:, :2] >= 0).all(axis=1)]
    src, dst, deal = table[:, [0, 1, 3]].astype(np.int64).T
    place, seat = seats.index.match(src)
    wanted = (deal[place] == -2) | ((deal[place] >= 0) & (deal[place] == deals.chosen[seats.account[seat]]))
    seat, dst, attitude = seat[wanted], dst[place[wanted]], table[place[wanted], 2]
    own = np.full(len(seats.key), np.nan)
    ours = dst == tables.us
    own[seat[ours]] = attitude[ours]
    rival = tables.is_supplier[dst] & ~ours
    pair = seat[rival] * len(tables.place) + dst[rival]
    # The last row of a pair counts: unique keeps the first, so from the back.
    _, last = np.unique(pair[::-1], return_index=True)
    keen = seat[rival][::-1][last][attitude[rival][::-1][last] >= 2]
    found: Bools = own < 0
    found[keen] |= ~(own[keen] >= 2)
    return found


def levels(tables: Tables, seats: Seats) -> Floats:
    """Return every seat's level as :attr:`Seat.level` has it, shape (seats,); NaN for none, and outside the hierarchy.

    The depth in the solid lines stands in where no level is given, and is computed only in accounts that need it.
    """
    level = np.where(seats.external, np.nan, seats.level)
    needs = np.zeros(seats.accounts, dtype=bool)
    needs[seats.account[np.isnan(level) & ~seats.external]] = True
    if not needs.any():
        return level
    src, dst, dotted = tables.ties.of("REPORTS_TO")
    solid = ~(dotted > 0)
    _, low, high = seats.pairs(src[solid], dst[solid])
    within = needs[seats.account[low]]
    low, high = low[within], high[within]
    size = len(seats.key)
    depth = np.where((np.bincount(low, minlength=size) == 0) & (np.bincount(high, minlength=size) > 0), 1, 0)
    while len(low):
        bosses = np.bincount(low, minlength=size)
        known = np.bincount(low[depth[high] > 0], minlength=size)
        ready = (bosses > 0) & (bosses == known)
        if not ready.any():
            break
        settled = ready[low]
        deepest = np.zeros(size, dtype=np.int64)
        np.maximum.at(deepest, low[settled], depth[high[settled]])
        depth[ready] = np.minimum(5, deepest[ready] + 1)
        low, high = low[~settled], high[~settled]
    stand_in = np.isnan(level) & ~seats.external & (depth > 0)
    level[stand_in] = depth[stand_in]
    return level


def decision(tables: Tables, seats: Seats, deals: Deals) -> tuple[Floats, Bools]:
    """Return every seat's share of the decision, and which accounts know it by roles, as :func:`deciders` finds it."""
    src, dst, deciding = tables.ties.of("TAKES_PART")
    place, seat = seats.index.match(src)
    of_deal = dst[place] == deals.chosen[seats.account[seat]]
    role = np.zeros(len(seats.key))
    # Of several parts in one deal one that decides counts.
    np.fmax.at(role, seat[of_deal], deciding[place[of_deal]])
    decides = role > 0
    by_role = np.bincount(seats.account[decides], minlength=seats.accounts) > 0
    level = levels(tables, seats)
    top = np.full(seats.accounts, np.inf)
    has = ~np.isnan(level)
    np.minimum.at(top, seats.account[has], level[has])
    decides |= ~by_role[seats.account] & (level == top[seats.account])
    number = np.bincount(seats.account[decides], minlength=seats.accounts)
    share = np.zeros(len(seats.key))
    share[decides] = 1 / number[seats.account[decides]]
    return share, by_role
