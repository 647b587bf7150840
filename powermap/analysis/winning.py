"""P(win) under the decision rule, and what moves it.

x* = V x0 (Friedkin-Johnsen); a member says yes with p = logistic(1.2 x*), is *not opposed* with logistic(1.2 (x* + 1)).
Unknown attitudes enter as the pack's distribution, drawn with a fixed seed. The gradient is exact:
dP/dx0_j = mean over draws of sum_i pivot_i 1.2 p_i (1 - p_i) V_ij.

A model score, *uncalibrated* until closed deals are loaded.

References
----------
Owen, G. 1972, Management Science 18:P64-P79, doi:10.1287/mnsc.18.5.64 (multilinear extension).
Friedkin, N. E. and Johnsen, E. C. 1990, doi:10.1080/0022250X.1990.9990069.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from powermap.analysis import projection
from powermap.analysis.deciders import deciders
from powermap.analysis.influence import friedkin_johnsen, susceptibility
from powermap.analysis.rule import Member, Quota, Rule
from powermap.analysis.voting import situations
from powermap.lens import Lens

Floats = NDArray[np.float64]
DRAWS, SEED = 400, 20260930
MAX_ENUMERATED, BALLOTS = 12, 50


@dataclass(frozen=True)
class Model:
    """A decision as arrays: strengths that a listener (row) gives to an adviser (n, n), susceptibility a (n,), own views
    x0 (draws, n), and the rule.
    """

    ids: tuple[str, ...]
    raw: Floats
    a: Floats
    x0: Floats
    rule: Rule
    slope: float
    shift: float
    assumed_rule: bool
    self_weight: float = 0.0
    strength: float = 0.5

    @cached_property
    def wins(self) -> Floats:
        """Whether the rule passes in each situation, 1 or 0, shape (2^players,); players are few enough to enumerate."""
        return np.asarray(self.rule.passes(situations(self.rule.players)), dtype=float)

    @cached_property
    def w(self) -> Floats:
        """W, shape (n, n), rows summing to 1."""
        return projection.row_stochastic(self.raw, self.self_weight)

    @property
    def v(self) -> Floats:
        return friedkin_johnsen(self.w, self.a)

    def win(self) -> float:
        """Return P(win), the mean over the draws of unknown attitudes."""
        return float(self.passes(self._views(self.x0 @ self.v.T)).mean())

    def passes(self, views: Floats) -> Floats:
        """Return the probability that the rule passes, shape (draws,), given the players' final views (draws, players)."""
        return self._passes(self._chances(views))

    def _views(self, x: Floats) -> Floats:
        place = {p: i for i, p in enumerate(self.ids)}
        return x[:, [place[player.removesuffix("?")] for player in self.rule.players]]

    def _chances(self, views: Floats) -> Floats:
        shift = np.array([self.shift if player.endswith("?") else 0.0 for player in self.rule.players])
        return np.asarray(1 / (1 + np.exp(-self.slope * (views + shift))))

    def _passes(self, p: Floats) -> Floats:
        """Return the probability that the rule passes, shape (draws,), for independent yeses of chance `p`."""
        if len(self.rule.players) > MAX_ENUMERATED:
            # The same random numbers for every question, so that differences are those of the chances alone.
            dice = np.random.default_rng(SEED).random((BALLOTS, *p.shape))
            yes_no = dice < p
            votes = {player: yes_no[:, :, k] for k, player in enumerate(self.rule.players)}
            return np.asarray(self.rule.passes(votes).mean(axis=0))
        # Owen's multilinear extension, one player at a time: half the table where he says no, half where he says yes.
        chance = self.wins[:, None]
        for k in reversed(range(p.shape[1])):
            no, yes = np.split(chance, 2)
            chance = no + (yes - no) * p[:, k]
        return np.asarray(chance[0])

    def gradient(self) -> dict[str, float]:
        """Return dP(win)/dx0 for everybody: the value of one step of attitude, in the small."""
        v = self.v
        p = self._chances(self._views(self.x0 @ v.T))
        place = {q: i for i, q in enumerate(self.ids)}
        slopes = np.zeros((len(p), len(self.ids)))
        for k, player in enumerate(self.rule.players):
            up, down = p.copy(), p.copy()
            up[:, k], down[:, k] = 1.0, 0.0
            pivot = self._passes(up) - self._passes(down)
            slopes[:, place[player.removesuffix("?")]] += pivot * self.slope * p[:, k] * (1 - p[:, k])
        return {q: float(g) for q, g in zip(self.ids, (slopes @ v).mean(axis=0), strict=True)}

    def moved(self, person: str, steps: float) -> Model:
        """Return the model with a person's own view moved, within -2 to 3."""
        x0 = self.x0.copy()
        i = self.ids.index(person)
        x0[:, i] = np.clip(x0[:, i] + steps, -2, 3)
        return replace(self, x0=x0)

    def known(self, person: str, attitude: float) -> Model:
        """Return the model with a person's own view known."""
        x0 = self.x0.copy()
        x0[:, self.ids.index(person)] = attitude
        return replace(self, x0=x0)

    def firm(self, person: str) -> Model:
        """Return the model in which a person is swayed by nobody."""
        a = self.a.copy()
        a[self.ids.index(person)] = 0.0
        return replace(self, a=a)

    def tied(self, source: str, target: str, strength: float) -> Model:
        """Return the model in which `source` sways `target` with a strength, in place of what was there."""
        raw = self.raw.copy()
        raw[self.ids.index(target), self.ids.index(source)] = strength
        return replace(self, raw=raw)


def model(lens: Lens, *, a: float | None = None) -> Model | None:
    """Build the model of the lens's decision; None without decision-makers.

    Without a decision rule a simple majority of the decision-makers is assumed, and `assumed_rule` says so.

    Parameters
    ----------
    a
        One susceptibility for everybody, to see what depends on it.
    """
    found = deciders(lens)
    people = list(found.shares)
    if not people:
        return None
    rule = found.rule
    if rule is None:
        members = tuple(Member(p, 0) for p in people)
        rule = Rule("", Quota(len(people) // 2 + 1, members, (1.0,) * len(people)), {p: p for p in people})
    ids, raw, _ = projection.hearing(lens)
    random = np.random.default_rng(SEED)
    values, chances = zip(*sorted(lens.pack.unknown_attitude.items()), strict=True)
    x0 = np.zeros((DRAWS, len(ids)))
    for i, person in enumerate(ids):
        attitude = lens.attitude(person)
        x0[:, i] = random.choice(values, DRAWS, p=chances) if attitude is None else attitude
    return Model(
        ids,
        raw,
        susceptibility(lens) if a is None else np.full(len(ids), a),
        x0,
        rule,
        lens.pack.default("logit"),
        lens.pack.default("logit_shift"),
        found.rule is None,
        lens.pack.default("self_weight"),
        lens.pack.default("strength"),
    )


class Solver:
    """Solves one model for many single moves: the same answers as the model re-solved, at a fraction of the price.

    One row of M = I - AW changes in a move, so its inverse follows by Sherman and Morrison 1950
    (doi:10.1214/aoms/1177729893); and only the voters' rows of V are needed. A move returns the voters' final views,
    shape (draws, voters); :meth:`win` turns any number of such into P(win) at once.

    Parameters
    ----------
    m
        The model.
    raw
        Networks in place of the model's own, one for each draw of x0: shape (draws, n, n).
    """

    def __init__(self, m: Model, raw: Floats | None = None) -> None:
        self.m = m
        self.place = {p: i for i, p in enumerate(m.ids)}
        self.raw = m.raw[None] if raw is None else raw
        self.w = projection.row_stochastic(self.raw, m.self_weight)
        n = len(m.ids)
        at = np.arange(n)
        # Whoever listens to nobody keeps his view whatever his susceptibility.
        self.a = np.where(np.isclose(self.w[:, at, at], 1.0), np.minimum(m.a, 0.999999), m.a)
        self.inverse = np.linalg.inv(np.eye(n) - self.a[:, :, None] * self.w)
        self.voters = np.array([self.place[p.removesuffix("?")] for p in m.rule.players])
        self.rows = self.inverse[:, self.voters] * (1 - self.a)[:, None, :]
        self.views = self._seen(self.rows)

    def _seen(self, rows: Floats) -> Floats:
        x0 = self.m.x0
        return np.asarray(x0 @ rows[0].T if len(rows) == 1 else np.matmul(rows, x0[:, :, None])[:, :, 0])

    @cached_property
    def base(self) -> float:
        """P(win) as things are."""
        return self.win(self.views)[0]

    def win(self, *views: Floats) -> list[float]:
        """Return P(win) for each of several arrays of the voters' views."""
        return [float(p) for p in self.each(*views).mean(axis=1)]

    def each(self, *views: Floats) -> Floats:
        """Return the chance of winning for each of several arrays of views, draw by draw: shape (views, draws)."""
        if not views:
            return np.zeros((0, len(self.m.x0)))
        return self.m.passes(np.concatenate(views)).reshape(len(views), -1)

    def learned(self, person: str, attitude: float) -> Solver:
        """Return the solver in which a person's own view is known."""
        other = copy(self)
        other.__dict__.pop("base", None)
        other.m = self.m.known(person, attitude)
        other.views = self.known(person, attitude)
        return other

    def moved(self, person: str, steps: float) -> Floats:
        """Return the views with a person's own view moved, within -2 to 3."""
        i = self.place[person]
        old = self.m.x0[:, i]
        return np.asarray(self.views + (np.clip(old + steps, -2, 3) - old)[:, None] * self.rows[:, :, i])

    def known(self, person: str, attitude: float) -> Floats:
        """Return the views with a person's own view known."""
        i = self.place[person]
        return np.asarray(self.views + (attitude - self.m.x0[:, i])[:, None] * self.rows[:, :, i])

    def firm(self, person: str) -> Floats:
        """Return the views with a person whom nobody sways."""
        i = self.place[person]
        a = self.a.copy()
        a[:, i] = 0.0
        return self._changed(i, self.a[:, i, None] * self.w[:, i], a)

    def tied(self, source: str, target: str, strength: float) -> Floats:
        """Return the views with `source` swaying `target` with a strength, in place of what was there."""
        i = self.place[target]
        row = self.raw[:, i].copy()
        row[:, self.place[source]] = strength
        row *= (1 - self.m.self_weight) / row.sum(axis=1, keepdims=True)
        row[:, i] += self.m.self_weight
        a = self.a.copy()
        a[:, i] = self.m.a[i]
        return self._changed(i, self.a[:, i, None] * self.w[:, i] - a[:, i, None] * row, a)

    def _changed(self, i: int, change: Floats, a: Floats) -> Floats:
        """Return the views after `change` (networks, n) is added to row i of M, with susceptibilities `a`."""
        across = (change[:, None, :] @ self.inverse)[:, 0]
        ours = self.inverse[:, self.voters]
        rows = ours - ours[:, :, i, None] * (across / (1 + across[:, i, None]))[:, None, :]
        return self._seen(rows * (1 - a)[:, None, :])
