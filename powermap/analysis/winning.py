"""Every supplier's chance of winning under the decision rule, and what moves it.

Views after influence are x* = V x0 (Friedkin-Johnsen), towards each supplier known at the account. A member votes for
supplier s with p_s = exp(1.2 x*_s) / (1 + sum over suppliers t of exp(1.2 x*_t)), the 1 being nobody; where they need
only not be opposed, nobody's weight is exp(-1.2). Unknown views enter as the pack's distribution: exactly where at most
seven of them reach a voter, else as 10,000 draws with a fixed seed.

The score of a model, *uncalibrated* until closed deals are loaded.

References
----------
McFadden, D. 1974, Conditional logit analysis of qualitative choice behavior, in Zarembka (ed.), Frontiers in Econometrics.
Owen, G. 1972, Management Science 18:P64-P79, doi:10.1287/mnsc.18.5.64 (multilinear extension).
Friedkin, N. E. and Johnsen, E. C. 1990, doi:10.1080/0022250X.1990.9990069.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product

import numpy as np
from numpy.typing import NDArray

from powermap.analysis import projection
from powermap.analysis.ballot import SEED, Ballot, Outcome
from powermap.analysis.deciders import deciders
from powermap.analysis.influence import friedkin_johnsen
from powermap.lens import Lens

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
EXACT, SAMPLED = 7, 10_000
"""Unknown views up to which every combination is taken, and how many are drawn beyond."""
REACHES = 1e-12
LOWEST, HIGHEST = -2, 3


@dataclass(frozen=True)
class Model:
    """A decision as arrays, for n people and s suppliers.

    `raw` holds the strength that a listener (row) gives to an adviser, shape (n, n); `a` the susceptibility, (n,); `own`
    the place of the lens's supplier among `suppliers`; `views` the known own views, (n, s), 0 where unknown; `unknown`
    the (person, supplier) of each unknown view, (u, 2), `drawn` its values, (draws, u), and `weight` that of each draw,
    summing to 1; `exact` whether they are all there are.
    """

    ids: tuple[str, ...]
    suppliers: tuple[str, ...]
    own: int
    raw: Floats
    a: Floats
    views: Floats
    unknown: Ints
    drawn: Floats
    weight: Floats
    exact: bool
    ballot: Ballot
    slope: float
    lenience: float
    chances: tuple[tuple[int, float], ...]
    names: tuple[str, ...] = ()

    @cached_property
    def place(self) -> dict[str, int]:
        return {p: i for i, p in enumerate(self.ids)}

    @cached_property
    def voters(self) -> Ints:
        """Places of the people of the rule, in its order."""
        return np.array([self.place[p] for p in self.ballot.people])

    @property
    def v(self) -> Floats:
        """V, shape (n, n)."""
        w, a = projection.row_stochastic(self.raw), projection.moved_by(self.raw, self.a)
        return friedkin_johnsen(w, a, self.names)

    def seen(self, rows: Floats) -> Floats:
        """Return the voters' views after influence, shape (draws, voters, s).

        Parameters
        ----------
        rows
            The voters' rows of V: shape (voters, n), or (draws, voters, n) for a network a draw.
        """
        found = np.broadcast_to(
            rows @ self.views, (len(self.weight), len(self.voters), len(self.suppliers))
        ).copy()
        heard = rows.reshape(-1, rows.shape[-1]).max(axis=0, initial=0.0) > REACHES
        for s in range(len(self.suppliers)):
            mine = (self.unknown[:, 1] == s) & heard[self.unknown[:, 0]]
            people, drawn = self.unknown[mine, 0], self.drawn[:, mine]
            if rows.ndim == 2:
                found[:, :, s] += drawn @ rows[:, people].T
            else:
                found[:, :, s] += np.matmul(rows[:, :, people], drawn[:, :, None])[:, :, 0]
        return found

    @cached_property
    def after(self) -> Floats:
        """The voters' views after influence as things are, shape (draws, voters, s)."""
        return self.seen(self.v[self.voters])

    def votes(self, views: Floats) -> tuple[Floats, Floats]:
        """Return the chances that each voter votes for each supplier, and that they vote for it or let it pass."""
        pull = np.exp(self.slope * views)
        total = pull.sum(axis=2, keepdims=True)
        return pull / (1 + total), pull / (np.exp(-self.slope * self.lenience) + total)

    def passes(self, views: Floats) -> Floats:
        """Return the supplier's chance in each draw, shape (draws,), given the voters' views after influence."""
        p, q = self.votes(views)
        return self.ballot.chance(p[:, :, self.own], q[:, :, self.own])

    def win(self) -> float:
        """Return the supplier's chance of winning, over the unknown views."""
        return float(self.weight @ self.passes(self.after))

    @cached_property
    def outcome(self) -> Outcome:
        """Every supplier's chance, that of no decision, and that several may win."""
        return self.ballot.outcome(*self.votes(self.after), self.weight)

    @cached_property
    def error(self) -> float:
        """The standard error of the chance: 0 where every combination of unknown views is taken."""
        if self.exact:
            return 0.0
        return float(self.passes(self.after).std() / np.sqrt(len(self.weight)))

    def gradient(self, supplier: str | None = None) -> dict[str, float]:
        """Return how the chance moves with everybody's own view of a supplier (default: the lens's), per step.

        dP/dx0_j = sum over voters i of V_ij 1.2 [p(1-p)(F_yes - F_pass) + q(1-q)(F_pass - F_no)], F the chance given
        i's state; towards a rival t p(1-p) becomes -p p_t, and q(1-q) -q q_t.
        """
        v = self.v[self.voters]
        p, q = self.votes(self.after)
        mine, lets = p[:, :, self.own], q[:, :, self.own]
        t = self.own if supplier is None else self.suppliers.index(supplier)
        voting = mine * (1 - mine) if t == self.own else -mine * p[:, :, t]
        letting = lets * (1 - lets) if t == self.own else -lets * q[:, :, t]
        slopes = np.zeros_like(mine)
        for k in range(len(self.voters)):
            given = []
            for yes, passing in ((1.0, 1.0), (0.0, 1.0), (0.0, 0.0)):
                one, other = mine.copy(), lets.copy()
                one[:, k], other[:, k] = yes, passing
                given.append(self.ballot.chance(one, other))
            slopes[:, k] = voting[:, k] * (given[0] - given[1]) + letting[:, k] * (given[1] - given[2])
        worth = self.slope * (self.weight @ slopes) @ v
        return {q: float(g) for q, g in zip(self.ids, worth, strict=True)}

    def own_view(self, person: str) -> Floats:
        """Return a person's own view of the supplier, draw by draw."""
        i = self.place[person]
        column = self._column(i)
        return np.full(len(self.weight), self.views[i, self.own]) if column is None else self.drawn[:, column]

    def _column(self, person: int) -> int | None:
        found = np.flatnonzero((self.unknown[:, 0] == person) & (self.unknown[:, 1] == self.own))
        return int(found[0]) if len(found) else None

    def seeing(self, person: str, views: Floats) -> Model:
        """Return the model in which a person's own view of the supplier is another, draw by draw."""
        i = self.place[person]
        column = self._column(i)
        if column is not None:
            drawn = self.drawn.copy()
            drawn[:, column] = views
            return replace(self, drawn=drawn)
        known = self.views.copy()
        known[i, self.own] = views[0]
        return replace(self, views=known)

    def moved(self, person: str, steps: float) -> Model:
        """Return the model with a person's own view of the supplier moved, within -2 to 3."""
        return self.seeing(person, np.clip(self.own_view(person) + steps, LOWEST, HIGHEST))

    def known(self, person: str, attitude: float) -> Model:
        """Return the model with a person's own view of the supplier known."""
        return self.seeing(person, np.full(len(self.weight), float(attitude)))

    def firm(self, person: str) -> Model:
        """Return the model in which a person is swayed by nobody."""
        a = self.a.copy()
        a[self.place[person]] = 0.0
        return replace(self, a=a)

    def tied(self, source: str, target: str, strength: float) -> Model:
        """Return the model in which `source` sways `target` with a strength, in place of what was there."""
        raw = self.raw.copy()
        raw[self.place[target], self.place[source]] = strength
        return replace(self, raw=raw)

    def sampled(self, draws: int) -> Model:
        """Return the model with so many draws of the unknown views, seeded, in place of its own."""
        drawn = _draws(self.chances, draws, len(self.unknown))
        return replace(self, drawn=drawn, weight=np.full(draws, 1 / draws), exact=not len(self.unknown))

    def part(self, start: int, end: int) -> Model:
        """Return the model with some of its draws, each of the same weight."""
        count = len(self.weight[start:end])
        return replace(self, drawn=self.drawn[start:end], weight=np.full(count, 1 / count))

    def few(self, draws: int) -> Model:
        """Return the model with at most so many draws: where an order is asked for, not a chance."""
        return self if len(self.weight) <= draws else self.sampled(draws)


def known_suppliers(lens: Lens) -> tuple[str, ...]:
    """Return us, the lens's supplier, and every other of whom something is known at the account, in the order of the lens.

    That is a stance, coverage, the organizations' relation or a figure: whoever is known takes a share of every vote.
    """
    figures = {f.supplier for f in lens.figures}
    return tuple(
        s.id
        for s in lens.suppliers
        if s.us
        or s.id in (lens.supplier.id, *lens.relations, *figures)
        or lens.covers(s.id)
        or any(lens.stance(p, s.id) is not None for p in lens.seats)
    )


def model(lens: Lens, *, a: float | None = None) -> Model | None:
    """Build the model of the lens's decision; None without decision-makers.

    Parameters
    ----------
    a
        One susceptibility for everybody, to see what depends on it.

    Raises
    ------
    AnalysisError
        If some people follow each other all the way (a susceptibility of 1): they are named.
    """
    voting = deciders(lens).voting
    if voting is None:
        return None
    ids, raw, _ = projection.hearing(lens)
    suppliers = known_suppliers(lens)
    views = np.zeros((len(ids), len(suppliers)))
    unknown = []
    for i, person in enumerate(ids):
        for s, supplier in enumerate(suppliers):
            attitude = lens.attitude(person, supplier)
            if attitude is None:
                unknown.append((i, s))
            else:
                views[i, s] = attitude
    chances = tuple(sorted(lens.pack.unknown_attitude.items()))
    found = Model(
        ids=ids,
        suppliers=suppliers,
        own=suppliers.index(lens.supplier.id),
        raw=raw,
        a=projection.susceptibility(lens) if a is None else np.full(len(ids), a),
        views=views,
        unknown=np.array(unknown, dtype=np.int64).reshape(-1, 2),
        drawn=np.zeros((1, len(unknown))),
        weight=np.ones(1),
        exact=True,
        ballot=Ballot(voting),
        slope=lens.pack.default("logit"),
        lenience=lens.pack.default("logit_shift"),
        chances=chances,
        names=tuple(s.name for s in lens.seats.values()),
    )
    return _with_draws(found)


def _with_draws(m: Model) -> Model:
    """Take every combination of the unknown views that reach a voter, or draw them where they are too many."""
    if not len(m.unknown):
        return m
    heard = m.v[m.voters].max(axis=0, initial=0.0) > REACHES
    reaching = np.flatnonzero(heard[m.unknown[:, 0]])
    if len(reaching) > EXACT:
        return m.sampled(SAMPLED)
    values, chances = zip(*m.chances, strict=True)
    combinations = np.array(list(product(range(len(values)), repeat=len(reaching))), dtype=np.int64)
    drawn = _draws(m.chances, len(combinations), len(m.unknown))
    drawn[:, reaching] = np.array(values, dtype=float)[combinations]
    return replace(m, drawn=drawn, weight=np.array(chances)[combinations].prod(axis=1))


def _draws(chances: tuple[tuple[int, float], ...], draws: int, unknown: int) -> Floats:
    values, weights = zip(*chances, strict=True)
    random = np.random.default_rng(SEED)
    return np.asarray(random.choice(np.array(values, dtype=float), (draws, unknown), p=weights))


class Solver:
    """Solves one model for many single moves: the same answers as the model re-solved, at a fraction of the price.

    One row of M = I - AW changes in a move, so its inverse follows by Sherman and Morrison 1950
    (doi:10.1214/aoms/1177729893); and only the voters' rows of V are needed. A move returns the voters' views after it,
    shape (draws, voters, s); :meth:`win` turns any number of such into the supplier's chance.

    Parameters
    ----------
    m
        The model.
    raw
        Networks in place of the model's own, one for each draw: shape (draws, n, n).
    """

    def __init__(self, m: Model, raw: Floats | None = None) -> None:
        self.m = m
        self.place = m.place
        self.raw = m.raw[None] if raw is None else raw
        self.w = projection.row_stochastic(self.raw)
        # A hair below 1, so that people who follow each other all the way have a solution: its limit.
        self.a = np.minimum(projection.moved_by(self.raw, m.a), 1 - 1e-9)
        self.inverse = np.linalg.inv(np.eye(len(m.ids)) - self.a[:, :, None] * self.w)
        self.rows = self.inverse[:, m.voters] * (1 - self.a)[:, None, :]
        self.views = self._seen(self.rows)

    def _seen(self, rows: Floats) -> Floats:
        return self.m.seen(rows[0] if len(rows) == 1 else rows)

    @cached_property
    def base(self) -> float:
        """The chance as things are."""
        return self.win(self.views)[0]

    def win(self, *views: Floats) -> list[float]:
        """Return the chance for each of several arrays of the voters' views."""
        return [float(self.m.weight @ found) for found in self.each(*views)]

    def each(self, *views: Floats) -> Floats:
        """Return the chance for each of several arrays of views, draw by draw: shape (views, draws)."""
        return np.array([self.m.passes(x) for x in views]).reshape(len(views), len(self.m.weight))

    def learned(self, person: str, attitude: float) -> Solver:
        """Return the solver in which a person's own view of the supplier is known."""
        other = copy(self)
        other.__dict__.pop("base", None)
        other.views = self.known(person, attitude)
        other.m = self.m.known(person, attitude)
        return other

    def moved(self, person: str, steps: float) -> Floats:
        """Return the views with a person's own view moved, within -2 to 3."""
        return self._turned(person, np.clip(self.m.own_view(person) + steps, LOWEST, HIGHEST))

    def known(self, person: str, attitude: float) -> Floats:
        """Return the views with a person's own view known."""
        return self._turned(person, np.full(len(self.m.weight), float(attitude)))

    def _turned(self, person: str, views: Floats) -> Floats:
        found = self.views.copy()
        change = views - self.m.own_view(person)
        found[:, :, self.m.own] += change[:, None] * self.rows[:, :, self.place[person]]
        return found

    def firm(self, person: str) -> Floats:
        """Return the views with a person whom nobody sways."""
        i = self.place[person]
        a = self.a.copy()
        a[:, i] = 0.0
        return self._changed(i, self.a[:, i, None] * self.w[:, i], a)

    def tied(self, source: str, target: str, strength: float, *, lifted: bool = False) -> Floats:
        """Return the views with `source` swaying `target` with a strength, in place of what was there.

        A tie that is `lifted` stays away from the networks in which it isn't there.
        """
        i, j = self.place[target], self.place[source]
        row = self.raw[:, i].copy()
        row[:, j] = np.where(row[:, j] > 0, strength, 0.0) if lifted else strength
        total = row.sum(axis=1, keepdims=True)
        a = self.a.copy()
        a[:, i] = np.minimum(self.m.a[i] * np.minimum(1.0, total[:, 0]), 1 - 1e-9)
        row /= np.where(total > 0, total, 1.0)
        return self._changed(i, self.a[:, i, None] * self.w[:, i] - a[:, i, None] * row, a)

    def _changed(self, i: int, change: Floats, a: Floats) -> Floats:
        """Return the views after `change` (networks, n) is added to row i of M, with how far each is then moved."""
        across = (change[:, None, :] @ self.inverse)[:, 0]
        ours = self.inverse[:, self.m.voters]
        rows = ours - ours[:, :, i, None] * (across / (1 + across[:, i, None]))[:, None, :]
        return self._seen(rows * (1 - a)[:, None, :])
