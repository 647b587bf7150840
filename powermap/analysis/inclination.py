"""Votes under influence: everybody is inclined one way, hears the others, and then votes.

A member votes as their view is after Friedkin-Johnsen influence when everybody's own view is +1 or -1; where the others
leave them undecided, as they are inclined.

References
----------
Hoede, C. and Bakker, R. 1982, Journal of Mathematical Sociology 8:253-271, doi:10.1080/0022250X.1982.9989925.
Grabisch, M. and Rusinowska, A. 2010, Theory and Decision 69:69-96, doi:10.1007/s11238-008-9109-z.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from powermap.analysis.deciders import Deciders
from powermap.analysis.influence import final_views
from powermap.analysis.voting import Bits, Passes, situations
from powermap.lens import Lens

MOST = 12
"""People whose inclinations are enumerated: the voters, and whoever sways them most."""


def hoede_bakker(
    passes: Passes, inclined: Mapping[str, Bits], voted: Mapping[str, Bits]
) -> dict[str, Fraction]:
    """Compute how the decision goes with each one's inclination: the mean of their product, both as +1 or -1.

    Parameters
    ----------
    passes
        The rule.
    inclined
        Person -> inclination in every one of the 2^n situations, as :func:`situations` makes them.
    voted
        Person -> vote in each of them, after influence.
    """
    decision = np.where(passes(voted), 1, -1)
    return {
        p: Fraction(int((np.where(own, 1, -1) * decision).sum()), len(decision))
        for p, own in inclined.items()
    }


def swayed(
    inclined: Mapping[str, Bits], voted: Mapping[str, Bits], coalition: Sequence[str], member: str
) -> Fraction:
    """Compute the influence index of Grabisch and Rusinowska, every situation weighing the same.

    It is the share, among the situations in which the coalition agrees and the member is inclined otherwise, of those
    in which they vote with it: from 0 (never) to 1 (always). A member of the coalition gets 0.
    """
    view = inclined[coalition[0]]
    apart = np.logical_and.reduce([inclined[p] == view for p in coalition]) & (inclined[member] != view)
    total = int(apart.sum())
    return Fraction(int((voted[member] == view)[apart].sum()), total) if total else Fraction(0)


@dataclass(frozen=True)
class Inclinations:
    """`power`: person -> Hoede-Bakker index. `follows`: voter -> (whom they follow most, the index of influence). `owed`:
    voter -> the part of their final view, 0 to 1, that is owed to that person's own.
    """

    power: Mapping[str, Fraction]
    follows: Mapping[str, tuple[str, Fraction]]
    owed: Mapping[str, float]


def inclinations(lens: Lens, found: Deciders) -> Inclinations | None:
    """Enumerate inclinations of the voters and of who sways them most; None without a rule or with too many voters."""
    rule = found.voting if found.powers else None
    if rule is None:
        return None
    voters = list(dict.fromkeys(p.removesuffix("?") for p in rule.players))
    if len(voters) > MOST:
        return None
    ids, v = final_views(lens)
    place = {p: i for i, p in enumerate(ids)}
    weight = np.round(v[[place[p] for p in voters]].sum(axis=0), 9)
    others = sorted(
        (p for p in ids if p not in voters and weight[place[p]] > 0), key=lambda p: -weight[place[p]]
    )
    people = [*voters, *others[: MOST - len(voters)]]
    inclined = situations(people)
    signs = np.stack([np.where(inclined[p], 1.0, -1.0) for p in people], axis=1)
    views = signs @ v[np.ix_([place[p] for p in voters], [place[p] for p in people])].T
    voted = {
        p: np.where(np.abs(views[:, k]) < 1e-9, inclined[p], views[:, k] > 0) for k, p in enumerate(voters)
    }
    ballots = {player: voted[player.removesuffix("?")] for player in rule.players}
    follows = {}
    for voter in voters:
        best = max(
            ((swayed(inclined, voted, [p], voter), -k) for k, p in enumerate(people) if p != voter),
            default=(Fraction(0), 0),
        )
        if best[0] > Fraction(1, 2):
            follows[voter] = (people[-best[1]], best[0])
    owed = {voter: float(v[place[voter], place[leader]]) for voter, (leader, _) in follows.items()}
    return Inclinations(hoede_bakker(rule.passes, inclined, ballots), follows, owed)
