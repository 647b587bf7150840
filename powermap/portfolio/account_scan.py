"""Answer every account at once: columns in, result arrays out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar
from weakref import ref

import numpy as np

from powermap.kernels.blocks import Bools, Floats, Ints, disjoint_ways, effective_number
from powermap.kernels.dominance import below, dominators
from powermap.portfolio.data.columns import OURS, THEIRS, Columns

R = TypeVar("R")
S = TypeVar("S")
T = TypeVar("T")
TINY = 1e-9


@dataclass(frozen=True)
class Scan:
    """What hangs on whom, for every account, every person of ours and every contact.

    Arrays over nodes: `parent` (immediate dominator), `loss` (share of the decision out of reach without that person,
    themselves not counted), `targets_lost` and `people_lost` (how many). Arrays over accounts: `reached` (share of the
    decision that any way leads to), `fewest` (disjoint ways to the decision-maker with the fewest; -1 where nobody is
    known to decide), `owners` and `contacts` (effective numbers).
    """

    columns: Columns
    parent: Ints
    loss: Floats
    targets_lost: Ints
    people_lost: Ints
    reached: Floats
    fewest: Ints
    owners: Floats
    contacts: Floats

    def once(self, find: Callable[[Scan, R, S], T], records: R, by: S) -> T:
        """Return ``find(scan, records, by)``, kept for the next who asks with the same: answers of one page share it."""
        kept = self._found.get(find)
        if kept is None or kept[0]() is not records or kept[1] != by:
            # Records are held weakly: they are a whole store.
            kept = self._found[find] = ref(records), by, find(self, records, by)
        found: T = kept[2]
        return found

    @cached_property
    def _found(self) -> dict[Any, tuple[ref[Any], Any, Any]]:
        return {}

    @cached_property
    def revenue(self) -> Floats:
        """Revenue of each account in its own currency; 0 where unknown or negative: of that nothing is at risk."""
        return np.array([max(a.revenue or 0.0, 0.0) for a in self.columns.accounts])

    @cached_property
    def currency(self) -> str:
        """The currency of most accounts; sums of money leave the others out."""
        found = Counter(a.currency for a in self.columns.accounts if a.revenue is not None)
        return min(found, key=lambda c: (-found[c], c)) if found else ""

    @cached_property
    def summed(self) -> Bools:
        """Accounts whose revenue is in :attr:`currency`."""
        return np.array(
            [a.revenue is not None and a.currency == self.currency for a in self.columns.accounts], dtype=bool
        )

    @cached_property
    def part_lost(self) -> Floats:
        """Of each node: what part of the reachable decision of its account is lost without it, 0 to 1."""
        reached = self.reached[self.columns.block]
        return np.divide(self.loss, reached, out=np.zeros(len(self.loss)), where=reached > TINY)

    @cached_property
    def single(self) -> Bools:
        """Nodes without whom some decision-maker is out of reach: single owners and single contacts."""
        return (self.targets_lost > 0) & (self.columns.side > 0)

    def singles(self, side: int) -> Ints:
        """Return the single owners (or contacts), account by account, who loses most first."""
        c = self.columns
        nodes = np.flatnonzero(self.single & (c.side == side))
        return nodes[np.lexsort((nodes, -self.targets_lost[nodes], -self.loss[nodes], c.block[nodes]))]

    def worst(self, side: int) -> Ints:
        """Return, for every account, the single owner (or contact) who loses most; -1 if there is none."""
        c, nodes = self.columns, self.singles(side)
        found = np.full(len(c.accounts), -1, dtype=np.int64)
        blocks, first = np.unique(c.block[nodes], return_index=True)
        found[blocks] = nodes[first]
        return found

    def at_risk(self, side: int) -> Floats:
        """Return revenue x the part of the decision lost with the worst single owner (or contact) of each account."""
        node = self.worst(side)
        risk: Floats = (
            np.where(node >= 0, self.part_lost[node] * self.revenue, 0.0) if len(node) else self.revenue
        )
        return risk

    @cached_property
    def truck_factor(self) -> tuple[int, ...]:
        """Our people, in the order in which leaving does most harm, until more than half the value has nobody left.

        Greedy, largest first (Avelino et al. 2016, doi:10.1109/ICPC.2016.7503718). An account has nobody left when
        all of ours who cover somebody in it are gone; accounts nobody covers don't count. Accounts are weighed by
        revenue, alike if no revenue is known.
        """
        c = self.columns
        value = np.where(self.summed, self.revenue, 0.0)
        if not value.any():
            value = np.ones(len(c.accounts))
        ours = np.flatnonzero(c.side == OURS)
        left = np.bincount(c.block[ours], minlength=len(c.accounts))
        held = value[left > 0].sum()
        covers: dict[int, list[int]] = defaultdict(list)
        for node in ours.tolist():
            covers[int(c.person[node])].append(int(c.block[node]))
        order = sorted(covers, key=lambda p: (-value[covers[p]].sum(), *reversed(c.people[p])))
        lost, gone = 0.0, []
        for person in order:
            if lost * 2 > held:
                break
            gone.append(person)
            for account in covers[person]:
                left[account] -= 1
                if left[account] == 0:
                    lost += value[account]
        return tuple(gone)

    def heirs(self, node: int) -> list[tuple[int, int]]:
        """Return, for every contact whom one of ours covers in an account, the node of ours who could inherit them.

        The heir covers them already, the strongest first; else they cover somebody one step away; else -1.
        """
        c = self.columns
        into = self._into
        found = []
        for contact in self._out.get(node, ()):
            direct = [(s, -p) for p, s in into.get(contact, ()) if c.side[p] == OURS and p != node]
            near = [
                (s * t, -p)
                for q, t in into.get(contact, ())
                if c.side[q] == THEIRS
                for p, s in into.get(q, ())
                if c.side[p] == OURS and p != node
            ]
            best = max(direct or near, default=(0.0, 1))
            found.append((contact, -best[1]))
        return found

    @cached_property
    def _into(self) -> dict[int, list[tuple[int, float]]]:
        c = self.columns
        found: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for a, b, s in zip(c.src.tolist(), c.dst.tolist(), c.strength.tolist(), strict=True):
            found[b].append((a, s))
        return found

    @cached_property
    def _out(self) -> dict[int, list[int]]:
        c = self.columns
        found: dict[int, list[int]] = defaultdict(list)
        ours = c.side[c.src] == OURS
        for a, b in zip(c.src[ours].tolist(), c.dst[ours].tolist(), strict=True):
            found[a].append(b)
        return found


def scan(columns: Columns) -> Scan:
    """Compute everything about every account.

    Single owner and single contact are dominators in the access projection, never counts of owners; see
    :mod:`powermap.analysis.fragility` for the definitions.
    """
    c = columns
    number = len(c.accounts)
    parent = dominators(c.size, c.src, c.dst, c.sources)
    decides = c.decides > 0
    reachable = parent >= 0
    share = np.where(reachable, c.share, 0.0)
    people = reachable & (c.side == THEIRS)
    targets = np.flatnonzero(decides)
    fewest = np.full(number, np.iinfo(np.int64).max)
    ways = disjoint_ways(c.size, c.src, c.dst, c.block, c.sources, targets, parent, fewest=True)
    np.minimum.at(fewest, c.block[targets], ways)
    fewest[fewest == np.iinfo(np.int64).max] = -1
    covers = (c.side[c.src] == OURS) & (c.side[c.dst] == THEIRS)
    owner_of = np.bincount(c.src[covers], minlength=c.size).astype(np.float64)
    met = np.bincount(c.dst[covers], weights=c.strength[covers], minlength=c.size).astype(np.float64)
    return Scan(
        columns,
        parent,
        below(parent, share),
        np.rint(below(parent, (decides & reachable).astype(np.float64))).astype(np.int64),
        np.rint(below(parent, people.astype(np.float64))).astype(np.int64),
        np.bincount(c.block, weights=share, minlength=number).astype(np.float64),
        fewest,
        effective_number(c.block, number, owner_of),
        effective_number(c.block, number, met),
    )
