"""The cheapest new relations after which no single person cuts a decision-maker off, account by account.

A decision-maker hangs on their dominators. A new arc from our person p to their contact x frees them exactly if p is none
of their dominators and x leads to them past each of them; the choice is checked again with the dominators of the account
as it would be. Edge augmentation would be the wrong tool: it adds lines until no *line* is single, and proposes
nothing where one person holds two of them.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from powermap.kernels.blocks import Bools, Floats
from powermap.method import Pack
from powermap.portfolio.account_scan import TINY, Scan
from powermap.portfolio.data.columns import OURS, THEIRS

NEWCOMER = -1
"""Stands for somebody of ours who is new to the account."""
LOOKS = 5_000
"""Steps of the search in one account, after which the best plan so far is taken."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Days of effort: for an introduction, for each level beyond one, for getting to know an account."""

    introduction: float
    level: float
    newcomer: float

    @classmethod
    def of(cls, pack: Pack) -> Costs:
        """Read them from the rule pack."""
        efforts = {row["key"]: float(row["effort"]) for row in pack.topic("actions")["move"]}
        own = pack.topic("portfolio")["repair"]
        return cls(efforts["connect"], float(own["level"]), float(own["newcomer"]))


@dataclass(frozen=True, slots=True)
class Relation:
    """A new relation: our node (:data:`NEWCOMER` for a new one), their node, who introduces, and the effort in days.

    `by` is the node of who makes the last introduction; `introductions` is how many it takes.
    """

    owner: int
    contact: int
    by: int
    introductions: int
    effort: float


@dataclass(frozen=True, slots=True)
class Repair:
    """The new relations of one account, and what part of its reachable decision hangs on one person before and after.

    `proven` tells whether no cheaper set of relations exists.
    """

    account: int
    relations: tuple[Relation, ...]
    before: float
    after: float
    proven: bool = True

    @property
    def effort(self) -> float:
        """Days of effort in all."""
        return sum(r.effort for r in self.relations)


def hanging(scan: Scan) -> Bools:
    """Mark the decision-makers whom some single person could cut off: reachable, with a dominator."""
    c = scan.columns
    found: Bools = (c.decides > 0) & (scan.parent >= 0) & (scan.parent != c.sources[c.block])
    return found


def hanging_part(scan: Scan) -> Floats:
    """Return, for every account, what part of the reachable decision hangs on some single person, 0 to 1."""
    c = scan.columns
    held = np.bincount(c.block, weights=np.where(hanging(scan), c.share, 0.0), minlength=len(c.accounts))
    return np.divide(held, scan.reached, out=np.zeros(len(held)), where=scan.reached > TINY)


class _Block:
    """One account under repair: its nodes numbered from 0, the source first.

    `over` holds the dominators of each decision-maker who has any.
    """

    def __init__(self, scan: Scan, nodes: list[int], arcs: list[tuple[int, int]]) -> None:
        c = scan.columns
        self.nodes = sorted(nodes, key=lambda n: int(c.side[n]))
        place = {n: i for i, n in enumerate(self.nodes)}
        self.side = [int(c.side[n]) for n in self.nodes]
        self.share = [float(c.share[n]) for n in self.nodes]
        self.arcs = [(place[a], place[b]) for a, b in arcs]
        self.out: dict[int, list[int]] = defaultdict(list)
        self.into: dict[int, list[int]] = defaultdict(list)
        for a, b in self.arcs:
            self.out[a].append(b)
            self.into[b].append(a)
        above = {i: place[p] for i, n in enumerate(self.nodes) if (p := int(scan.parent[n])) in place}
        # Only who hangs on somebody now: whom a repair reaches for the first time may do so too.
        self.over = {
            d: found for d, n in enumerate(self.nodes) if c.decides[n] and (found := _chain(above, d))
        }

    def settle(self) -> None:
        """Take out of the dominators who is passed by new relations; what is added makes no new ones."""
        self.over = {
            d: left for d, over in self.over.items() if (left := [v for v in over if self._cuts(v, d)])
        }

    def _cuts(self, person: int, target: int) -> bool:
        return not any(
            self.side[p] == OURS and p != person for x in self.leads_to(target, person) for p in self.into[x]
        )

    def add(self, owner: int, contact: int) -> None:
        """Add a relation, and its owner if they are new."""
        if owner == NEWCOMER:
            owner = len(self.nodes)
            self.nodes.append(NEWCOMER)
            self.side.append(OURS)
            self.share.append(0.0)
            self._arc(0, owner)
        self._arc(owner, contact)

    def _arc(self, tail: int, head: int) -> None:
        self.arcs.append((tail, head))
        self.out[tail].append(head)
        self.into[head].append(tail)

    @property
    def team(self) -> list[int]:
        """Our people who cover somebody here."""
        return [i for i, side in enumerate(self.side) if side == OURS]

    def leads_to(self, person: int, past: int) -> set[int]:
        """Return which of their people lead to a person without passing `past`."""
        found, queue = {person}, [person]
        while queue:
            for q in self.into[queue.pop()]:
                if q != past and q not in found and self.side[q] == THEIRS:
                    found.add(q)
                    queue.append(q)
        return found

    def spread(self, start: list[int]) -> tuple[dict[int, int], dict[int, int]]:
        """Count introductions from people who are known already, and who makes the last one."""
        steps, by = dict.fromkeys(start, 0), dict.fromkeys(start, -1)
        queue = deque(start)
        while queue:
            person = queue.popleft()
            for q in self.out[person]:
                if q not in steps:
                    steps[q], by[q] = steps[person] + 1, person
                    queue.append(q)
        return steps, by


def _chain(above: Mapping[int, int], person: int) -> list[int]:
    """Return who is above a person, the source (0) not counted."""
    found = []
    while person := above.get(person, 0):
        found.append(person)
    return found


@dataclass(frozen=True, slots=True)
class _Option:
    """A new relation as a choice: what it passes, its days, whether it takes a newcomer, and what breaks ties."""

    passes: int
    effort: float
    newcomer: bool
    rank: tuple[float, ...]
    owner: int
    relation: Relation

    def beats(self, other: _Option) -> bool:
        """Tell whether the other is never the better choice."""
        return (
            self.passes | other.passes == self.passes
            and self.newcomer <= other.newcomer
            and (self.effort, self.rank) <= (other.effort, other.rank)
        )


class _Search:
    """Look for the cheapest relations of one account: a set cover.

    A decision-maker d is free when each of their dominators v is passed by some new relation: one whose owner isn't v
    and whose contact leads to d without v. So the pairs (d, v) are to be covered, bits of a mask.
    """

    def __init__(self, block: _Block, level: Mapping[int, int], costs: Costs) -> None:
        self.block, self.level, self.costs = block, level, costs
        self.best: tuple[tuple[float, int], list[_Option]] | None = None
        self.looked = 0

    def options(self) -> tuple[int, list[_Option]]:
        """Return the mask of all pairs, and the relations worth considering."""
        block = self.block
        pairs = [(d, v) for d, over in block.over.items() for v in over]
        by: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for bit, (d, v) in enumerate(pairs):
            for x in block.leads_to(d, v):
                by[x][v] |= 1 << bit
        joined, joined_by = block.spread(sorted({x for p in block.team for x in block.out[p]}))
        found: dict[tuple[int, bool], _Option] = {}
        for p in [*block.team, NEWCOMER]:
            own, own_by = block.spread(sorted(block.out[p])) if p != NEWCOMER else ({}, {})
            for x, past in by.items():
                passes = 0
                for v, mask in past.items():
                    passes |= mask if v != p else 0
                if not passes or x not in joined:
                    continue
                chain, taken = own.get(x, inf), 1 + joined[x]
                steps = int(min(chain, taken))
                by_whom = (
                    own_by[x] if chain <= taken else joined_by[x] if joined[x] else self._colleague(x, p)
                )
                relation = Relation(
                    NEWCOMER if p == NEWCOMER else block.nodes[p],
                    block.nodes[x],
                    block.nodes[by_whom],
                    steps,
                    self._effort(p, x, steps),
                )
                # Among equals rather whoever decides, or leads on to many.
                rank = (steps, -block.share[x], -len(block.out[x]), x, p)
                option = _Option(passes, relation.effort, p == NEWCOMER, rank, p, relation)
                key = passes, p == NEWCOMER
                if key not in found or option.beats(found[key]):
                    found[key] = option
        kept: list[_Option] = []
        for option in sorted(
            found.values(), key=lambda o: (-o.passes.bit_count(), o.effort, o.newcomer, o.rank)
        ):
            if not any(other.beats(option) for other in kept):
                kept.append(option)
        return (1 << len(pairs)) - 1, kept

    def plan(self) -> tuple[list[_Option], bool]:
        """Return the cheapest set of relations, and whether it is proven to be."""
        whole, options = self.options()
        covers = [[o for o in options if o.passes >> bit & 1] for bit in range(whole.bit_length())]
        for fits in covers:
            fits.sort(key=lambda o: (o.effort + self.costs.newcomer * o.newcomer, o.rank))
        least = [min((o.effort for o in fits), default=inf) for fits in covers]
        self._look(whole, 0.0, [], covers, least)
        found = (
            sorted(self.best[1], key=lambda o: (-o.passes.bit_count(), o.effort, o.rank)) if self.best else []
        )
        return found, self.looked < LOOKS

    def _look(
        self, left: int, effort: float, chosen: list[_Option], covers: list[list[_Option]], least: list[float]
    ) -> None:
        if not left:
            key = effort, len(chosen)
            if self.best is None or key < self.best[0]:
                self.best = key, chosen
            return
        bits = [bit for bit in range(left.bit_length()) if left >> bit & 1]
        bound = effort + max(least[bit] for bit in bits)
        # The first dive, cheapest first, always ends in a plan.
        if self.best is not None and (self.looked >= LOOKS or (bound, len(chosen) + 1) >= self.best[0]):
            return
        self.looked += 1
        rarest = min(bits, key=lambda bit: (len(covers[bit]), -least[bit]))
        hired = any(o.newcomer for o in chosen)
        for option in covers[rarest]:
            fee = self.costs.newcomer if option.newcomer and not hired else 0.0
            self._look(left & ~option.passes, effort + option.effort + fee, [*chosen, option], covers, least)

    def _colleague(self, contact: int, owner: int) -> int:
        return next(p for p in self.block.into[contact] if self.block.side[p] == OURS and p != owner)

    def _effort(self, owner: int, contact: int, steps: int) -> float:
        effort = steps * self.costs.introduction
        if owner == NEWCOMER:
            # A newcomer is chosen to match the level; getting to know the account is counted once.
            return effort
        a, b = self.level.get(self.block.nodes[owner]), self.level.get(self.block.nodes[contact])
        # As in the actions of one account: two unknown levels count as two apart beyond one.
        apart = max(0, abs(a - b) - 1) if a and b else 2
        return effort + self.costs.level * apart


def repairs(scan: Scan, level: Mapping[int, int], costs: Costs) -> list[Repair]:
    """Find the cheapest repair of every account where a decision-maker hangs on one person.

    Every set of new relations is considered, exactly, as a set cover; only after :data:`LOOKS` steps of the search in
    one account its best so far is taken. Introductions are counted by the ties of today.

    Parameters
    ----------
    level
        Node -> level, 1 (top) to 5, where it is known.
    costs
        Days of effort.
    """
    c = scan.columns
    part = hanging_part(scan)
    fragile = np.zeros(len(c.accounts), dtype=bool)
    fragile[c.block[hanging(scan)]] = True
    nodes: dict[int, list[int]] = defaultdict(list)
    for n in np.flatnonzero(fragile[c.block]).tolist():
        nodes[int(c.block[n])].append(n)
    arcs: dict[int, list[tuple[int, int]]] = defaultdict(list)
    chosen = fragile[c.block[c.src]]
    for a, b in zip(c.src[chosen].tolist(), c.dst[chosen].tolist(), strict=True):
        arcs[int(c.block[a])].append((a, b))
    found = []
    for account, held in nodes.items():
        block = _Block(scan, held, arcs[account])
        search = _Search(block, level, costs)
        plan, proven = search.plan()
        relations: list[Relation] = []
        newcomer = NEWCOMER
        for option in plan:
            relation = option.relation
            if option.newcomer and newcomer == NEWCOMER:
                relation = replace(relation, effort=relation.effort + costs.newcomer)
            block.add(newcomer if option.newcomer else option.owner, block.nodes.index(relation.contact))
            newcomer = len(block.nodes) - 1 if option.newcomer and newcomer == NEWCOMER else newcomer
            relations.append(relation)
        block.settle()
        left = sum(block.share[d] for d in block.over) / max(scan.reached[account], TINY)
        found.append(Repair(account, tuple(relations), float(part[account]), float(left), proven))
    return found
