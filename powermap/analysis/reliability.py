"""Two-terminal reliability: how likely some way holds, when every tie holds with a chance of its own.

Exact by factoring: the source takes in a neighbour (the tie holds) or loses the tie (it doesn't), with ties of no use
dropped, and parallel ties and ties in series made one, before every step. Beyond what that can do, seeded sampling.

References
----------
Moskowitz, F. 1958, The analysis of redundancy networks, AIEE Transactions 77:627-632.
Satyanarayana, A. and Wood, R. K. 1985, SIAM Journal on Computing 14:818-832, doi:10.1137/0214057.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from powermap.words import Words

Tie = tuple[str, str, float, bool]
"""(from, to, chance in [0, 1] that it holds, whether it works both ways)."""

WORK, EASY, SAMPLES, SEED = 400_000, 40, 20_000, 20260930
"""Ties looked at before factoring gives up; ties up to which many targets are exact; samples."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """A probability (or another number of two people), and its standard error where it was sampled (0: exact)."""

    value: float
    error: float = 0.0

    @property
    def words(self) -> Words:
        """Say that it was sampled, and how well."""
        return Words(
            f"抽样估计，标准误 {self.error:.4f}", f"sampled, with a standard error of {self.error:.4f}"
        )


class _TooHard(Exception):
    pass


def reliability(ties: Iterable[Tie], source: str, target: str) -> Reliability:
    """Compute the probability that `target` is reached from `source` when ties hold independently.

    A tie that works both ways holds or fails as one. Exact as far as factoring gets within a bound of work, which is
    enough for some forty ties in sparse networks; else 20,000 seeded samples, with a standard error of at most .0035.
    """
    if source == target:
        return Reliability(1.0)
    number, given = _numbered(ties, (source, target))
    start, end = number[source], number[target]
    try:
        return Reliability(_Factoring(end).solve(start, _merged(given)))
    except _TooHard:
        return _sampled(given, start, [end])[end]


def chances(ties: Iterable[Tie], source: str, targets: Iterable[str]) -> dict[str, Reliability]:
    """Compute the reliability of many targets: exactly up to forty ties, beyond that all from the same samples."""
    given, wanted = list(ties), list(targets)
    if len(given) <= EASY:
        return {t: reliability(given, source, t) for t in wanted}
    number, told = _numbered(given, (source, *wanted))
    found = _sampled(told, number[source], [number[t] for t in wanted], SAMPLES // 4)
    return {t: found[number[t]] for t in wanted}


def _numbered(ties: Iterable[Tie], ends: Iterable[str]) -> tuple[dict[str, str], list[Tie]]:
    """Call everybody by their place among the ties, so that what they are called decides nothing."""
    given = list(ties)
    people = dict.fromkeys((*ends, *(p for t in given for p in t[:2])))
    number = {p: f"{n:08}" for n, p in enumerate(people)}
    return number, [(number[a], number[b], p, both) for a, b, p, both in given]


_Edges = dict[tuple[str, str, bool], float]


def _merged(ties: Iterable[Tie]) -> _Edges:
    """Make parallel ties one; loops and ties that never hold are dropped."""
    found: _Edges = {}
    for a, b, p, both in ties:
        if a != b and p > 0:
            key = (min(a, b), max(a, b), True) if both else (a, b, False)
            found[key] = 1 - (1 - found.get(key, 0.0)) * (1 - p)
    return found


class _Factoring:
    def __init__(self, target: str) -> None:
        self.target = target
        self.work = 0
        self.known: dict[tuple[str, frozenset[tuple[tuple[str, str, bool], float]]], float] = {}

    def solve(self, source: str, edges: _Edges) -> float:
        self.work += len(edges)
        if self.work > WORK:
            raise _TooHard
        edges = self._reduced(source, edges)
        out = [k for k in edges if k[0] == source or (k[2] and k[1] == source)]
        if not out:
            return 0.0
        if len(edges) == 1:
            return next(iter(edges.values()))
        key = (source, frozenset(edges.items()))
        if key not in self.known:
            # The tie to whoever has the most ties of their own: taking them in tells most.
            tie = min(out, key=lambda k: (-sum(self._other(k, source) in e[:2] for e in edges), k))
            held, lost = self._taken_in(source, tie, edges), {k: p for k, p in edges.items() if k != tie}
            p = edges[tie]
            yes = 1.0 if self._other(tie, source) == self.target else self.solve(source, held)
            self.known[key] = p * yes + (1 - p) * self.solve(source, lost)
        return self.known[key]

    @staticmethod
    def _other(key: tuple[str, str, bool], person: str) -> str:
        return key[1] if key[0] == person else key[0]

    def _taken_in(self, source: str, tie: tuple[str, str, bool], edges: _Edges) -> _Edges:
        gone = self._other(tie, source)
        moved: list[Tie] = []
        for (a, b, both), p in edges.items():
            if (a, b, both) != tie:
                moved.append((source if a == gone else a, source if b == gone else b, p, both))
        return _merged(t for t in moved if t[3] or t[1] != source)

    def _reduced(self, source: str, edges: _Edges) -> _Edges:
        """Drop ties that lie on no way, and make two ties in series one, until nothing changes."""
        while True:
            edges = self._useful(source, edges)
            at: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
            for key in edges:
                at[key[0]].append(key)
                at[key[1]].append(key)
            series = next(
                (
                    (v, keys)
                    for v, keys in sorted(at.items())
                    if v not in (source, self.target) and len(keys) == 2 and keys[0][2] == keys[1][2]
                ),
                None,
            )
            if series is None:
                return edges
            v, (one, two) = series
            if not one[2] and one[1] != v:
                one, two = two, one
            kept: list[Tie] = [(*k[:2], p, k[2]) for k, p in edges.items() if k not in (one, two)]
            if one[2] or (one[1] == v and two[0] == v):
                kept.append((self._other(one, v), self._other(two, v), edges[one] * edges[two], one[2]))
            edges = _merged(kept)

    def _useful(self, source: str, edges: _Edges) -> _Edges:
        ahead, back = defaultdict(list), defaultdict(list)
        for a, b, both in edges:
            ahead[a].append(b)
            back[b].append(a)
            if both:
                ahead[b].append(a)
                back[a].append(b)
        here, there = _closure(source, ahead, self.target), _closure(self.target, back, source)
        live = here & there
        found: _Edges = {}
        for (a, b, both), p in edges.items():
            if a not in live or b not in live:
                continue
            # What leads back to the source, or on from the target, is on no way.
            if both and (source in (a, b) or self.target in (a, b)):
                a, b = (a, b) if a == source or b == self.target else (b, a)
                both = False
            if both or (b != source and a != self.target):
                found[a, b, both] = 1 - (1 - found.get((a, b, both), 0.0)) * (1 - p)
        return found


def _closure(start: str, step: dict[str, list[str]], stop: str) -> set[str]:
    found, queue = {start}, [start]
    while queue:
        person = queue.pop()
        if person == stop:
            continue
        for other in step.get(person, ()):
            if other not in found:
                found.add(other)
                queue.append(other)
    return found


def _sampled(
    ties: list[Tie], source: str, targets: Iterable[str], samples: int = SAMPLES
) -> dict[str, Reliability]:
    wanted = list(targets)
    place = {p: i for i, p in enumerate(sorted({p for t in ties for p in t[:2]} | {source, *wanted}))}
    random = np.random.default_rng(SEED)
    held = random.random((len(ties), samples)) < np.array([t[2] for t in ties])[:, None]
    reached = np.zeros((len(place), samples), dtype=bool)
    reached[place[source]] = True
    before = -1
    while before != (before := int(reached.sum())):
        for (a, b, _, both), holds in zip(ties, held, strict=True):
            reached[place[b]] |= reached[place[a]] & holds
            if both:
                reached[place[a]] |= reached[place[b]] & holds
    share = {t: float(reached[place[t]].mean()) for t in wanted}
    return {t: Reliability(p, (p * (1 - p) / samples) ** 0.5) for t, p in share.items()}
