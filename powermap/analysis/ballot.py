"""How likely a decision rule is to pass when its members vote independently of each other.

Everybody votes for one supplier or for nobody. Where the rule only asks that somebody be *not opposed*, they count for
the one supplier they prefer: they vote for it, let it pass, or neither, in one draw wherever they stand in the rule.

The chance is exact: a rule in which each person stands once is a tree of independent parts, and a quota over such parts
is a sum of independent votes (Poisson-binomial); whoever stands in it several times is taken state by state.

Reference
---------
Owen, G. 1972, Management Science 18:P64-P79, doi:10.1287/mnsc.18.5.64 (multilinear extension).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from powermap.analysis.rule import Member, Node, Rule, members
from powermap.analysis.voting import MAX_EXACT, situations

Floats = NDArray[np.float64]
SEED = 20260930
STATES = 729
"""Combinations of states of people who stand in a rule several times that are taken one by one; beyond, ballots are drawn."""
CELLS = 20_000_000
"""Numbers that are held at once; beyond, ballots are drawn."""
DRAWN, LEAST = 50, 20_000
"""Ballots drawn for each row of chances, and at least in all: a standard error of .0035 at most."""


def _dice(shape: tuple[int, ...]) -> Floats:
    """Return random numbers for the ballots of a shape (draws, people): shape (ballots, draws, people)."""
    return np.random.default_rng(SEED).random((max(DRAWN, -(-LEAST // max(1, shape[0]))), *shape))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What may come of it: each supplier's chance, that nobody passes, and that several do (0 where that can't be)."""

    suppliers: tuple[float, ...]
    nobody: float
    several: float


@dataclass(frozen=True)
class Ballot:
    """A rule put to the vote."""

    rule: Rule

    @cached_property
    def people(self) -> tuple[str, ...]:
        """The people who stand in the rule, in the order of writing, each once."""
        return tuple(dict.fromkeys(self.rule.people[m.token] for m in members(self.rule.node)))

    @cached_property
    def _column(self) -> Mapping[str, int]:
        return {p: k for k, p in enumerate(self.people)}

    @cached_property
    def _repeated(self) -> tuple[int, ...]:
        count = Counter(self.rule.people[m.token] for m in members(self.rule.node))
        return tuple(k for k, p in enumerate(self.people) if count[p] > 1)

    @cached_property
    def tolerant(self) -> tuple[int, ...]:
        """Columns of the people who somewhere need only not be opposed."""
        return tuple(sorted({self._column[self.rule.people[m.token]] for m in self._tolerates}))

    @property
    def _tolerates(self) -> Iterator[Member]:
        return (m for m in members(self.rule.node) if m.tolerates)

    def chance(self, p: Floats, q: Floats) -> Floats:
        """Return the probability that the rule passes, shape (draws,).

        Parameters
        ----------
        p
            Chance that each of :attr:`people` votes for it, shape (draws, people).
        q
            Chance that they vote for it or let it pass, at least `p`; read for :attr:`tolerant` people alone.
        """
        if 3 ** len(self._repeated) > STATES:
            return self._drawn(p, q)
        total = np.zeros(len(p))
        for states in product(("yes", "pass", "no"), repeat=len(self._repeated)):
            sure, yes, lets = np.ones(len(p)), p.copy(), q.copy()
            for k, state in zip(self._repeated, states, strict=True):
                if k not in self.tolerant and state == "pass":
                    sure = np.zeros(0)
                    break
                let = q[:, k] if k in self.tolerant else p[:, k]
                sure = sure * {"yes": p[:, k], "pass": let - p[:, k], "no": 1 - let}[state]
                yes[:, k], lets[:, k] = state == "yes", state != "no"
            if sure.any():
                found = self._tree(self.rule.node, yes, lets)
                if found is None:
                    return self._drawn(p, q)
                total += sure * found
        return total

    def _tree(self, node: Node, yes: Floats, lets: Floats) -> Floats | None:
        """Return the chance of a part whose people stand in it once; None where its votes add up in too many ways."""
        if isinstance(node, Member):
            return (lets if node.tolerates else yes)[:, self._column[self.rule.people[node.token]]]
        passed = np.zeros(len(yes))
        sums: dict[float, Floats] = {0.0: np.ones(len(yes))}
        for part, votes in zip(node.parts, node.votes, strict=True):
            chance = self._tree(part, yes, lets)
            if chance is None or len(sums) * len(yes) > CELLS:
                return None
            grown: dict[float, Floats] = {}
            for have, mass in sums.items():
                gained = round(have + votes, 9)
                if gained >= node.need - 1e-9:
                    passed = passed + mass * chance
                else:
                    grown[gained] = grown.get(gained, 0.0) + mass * chance
                grown[have] = grown.get(have, 0.0) + mass * (1 - chance)
            sums = grown
        return passed

    def _drawn(self, p: Floats, q: Floats) -> Floats:
        """Estimate the chance from ballots: the same random numbers for every question, so that differences hold."""
        dice = _dice(p.shape)
        votes = {person: dice[:, :, k] < p[:, k] for k, person in enumerate(self.people)}
        votes |= {f"{self.people[k]}?": dice[:, :, k] < q[:, k] for k in self.tolerant}
        return np.asarray(self.rule.passes(votes).mean(axis=0), dtype=float)

    @cached_property
    def rivals(self) -> tuple[frozenset[str], frozenset[str]] | None:
        """Two camps without a common member that both satisfy the rule, the first as small as can be; else None.

        Up to twenty people every division is tried; of more, those that part the votes most evenly and 2,000 drawn ones.
        """
        people = self.people
        if len(people) <= MAX_EXACT:
            bits = situations(people)
            wins = self._pass(bits)
            both = np.flatnonzero(wins & wins[::-1])
            if not len(both):
                return None
            size = np.array([bin(int(n)).count("1") for n in both])
            first = int(both[np.lexsort((both, size))[0]])
            ours = frozenset(p for i, p in enumerate(people) if first >> i & 1)
            return ours, frozenset(people) - ours
        random = np.random.default_rng(SEED)
        even = np.arange(len(people)) % 2 == 0
        sides = np.vstack([even, random.random((2000, len(people))) < 0.5])
        one = self._pass({p: sides[:, k] for k, p in enumerate(people)})
        other = self._pass({p: ~sides[:, k] for k, p in enumerate(people)})
        found = np.flatnonzero(one & other)
        if not len(found):
            return None
        ours = frozenset(p for k, p in enumerate(people) if sides[found[0], k])
        return ours, frozenset(people) - ours

    def _pass(self, sides: Mapping[str, NDArray[np.bool_]]) -> NDArray[np.bool_]:
        return self.rule.passes(
            {**sides, **{f"{self.people[k]}?": sides[self.people[k]] for k in self.tolerant}}
        )

    def outcome(self, p: Floats, q: Floats, weight: Floats) -> Outcome:
        """Return every supplier's chance, that nobody passes, and that several do.

        Parameters
        ----------
        p, q
            As for :meth:`chance`, with suppliers last: shape (draws, people, suppliers).
        weight
            Of each draw, summing to 1.
        """
        each = tuple(float(weight @ self.chance(p[:, :, s], q[:, :, s])) for s in range(p.shape[2]))
        if self.rivals is None:
            return Outcome(each, max(0.0, 1.0 - sum(each)), 0.0)
        passing = self._together(p, q)
        return Outcome(each, float(weight @ passing[0]), float(weight @ passing[1]))

    def _together(self, p: Floats, q: Floats) -> tuple[Floats, Floats]:
        """Return the chance that no supplier passes, and that two or more do, each of shape (draws,)."""
        draws, people, suppliers = p.shape
        states: list[list[tuple[int | None, bool]]] = [
            [(None, False), *((s, True) for s in range(suppliers))]
            + [(s, False) for s in range(suppliers) if k in self.tolerant]
            for k in range(people)
        ]
        none, several = np.zeros(draws), np.zeros(draws)
        number = int(np.prod([float(len(s)) for s in states]))
        if number <= 4096 and number * draws <= CELLS:
            for combination in product(*states):
                sure = np.ones(draws)
                for k, (s, votes) in enumerate(combination):
                    let = q[:, k] if k in self.tolerant else p[:, k]
                    sure = sure * (
                        1 - let.sum(axis=1) if s is None else p[:, k, s] if votes else let[:, s] - p[:, k, s]
                    )
                count = sum(self._passes_for(s, combination) for s in range(suppliers))
                none += sure * (count == 0)
                several += sure * (count > 1)
            return none, several
        dice = _dice((draws, people))
        counted = np.zeros(dice.shape[:2], dtype=int)
        below = np.zeros((draws, people))
        for s in range(suppliers):
            let = p[:, :, s].copy()
            let[:, list(self.tolerant)] = q[:, list(self.tolerant), s]
            ballots = {
                person: (dice[:, :, k] >= below[:, k]) & (dice[:, :, k] < below[:, k] + p[:, k, s])
                for k, person in enumerate(self.people)
            }
            ballots |= {
                f"{self.people[k]}?": (dice[:, :, k] >= below[:, k])
                & (dice[:, :, k] < below[:, k] + let[:, k])
                for k in self.tolerant
            }
            counted += self.rule.passes(ballots)
            below += let
        return np.asarray((counted == 0).mean(axis=0)), np.asarray((counted > 1).mean(axis=0))

    def _passes_for(self, supplier: int, combination: tuple[tuple[int | None, bool], ...]) -> int:
        votes = {
            p: np.array([s == supplier and yes]) for p, (s, yes) in zip(self.people, combination, strict=True)
        }
        votes |= {
            f"{p}?": np.array([s == supplier]) for p, (s, _) in zip(self.people, combination, strict=True)
        }
        return int(self.rule.passes(votes)[0])
