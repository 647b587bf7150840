"""How many customers each of ours meets in a week (M16): customers, not visits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from powermap.analysis.rules.duty import Limits
from powermap.model import Interaction, Records
from powermap.portfolio.data.account_units import own_homes
from powermap.portfolio.data.columns import OURS, Columns


@dataclass(frozen=True, slots=True)
class Weeks:
    """Customers met by person and week, for our people who have customers of grade C.

    `starts` are the Mondays of the weeks, the latest first; `met` is person id -> number for each of them; `seen` is
    how many C accounts anybody of ours met in these weeks.
    """

    starts: tuple[date, ...]
    met: dict[str, tuple[int, ...]]
    seen: int

    def below(self, person: str, limit: int) -> int:
        """Count the weeks below a limit."""
        return sum(n < limit for n in self.met[person])


def whole_weeks(as_of: date, number: int) -> tuple[date, ...]:
    """Return the Mondays of the last ISO weeks that were over by then, the latest first."""
    monday = as_of - timedelta(days=as_of.weekday())
    return tuple(monday - timedelta(weeks=k) for k in range(1, number + 1))


def weeks(columns: Columns, records: Records, limits: Limits, away: Container[str]) -> Weeks:
    """Count distinct accounts of any grade by our person and week; what comes through channels `away` is no meeting."""
    c = columns
    small = np.array([a.grade == "C" for a in c.accounts], dtype=bool)
    nodes = np.flatnonzero((c.side == OURS) & small[c.block]) if len(c.accounts) else np.zeros(0, np.int64)
    people = sorted({c.people[p][0] for p in c.person[nodes].tolist()})
    starts = whole_weeks(c.as_of, limits.weeks)
    place = {start: k for k, start in enumerate(starts)}
    home = own_homes(records)
    met: dict[tuple[str, int], set[str]] = defaultdict(set)
    seen: set[str] = set()
    for event in records.all(Interaction):
        if event.on is None or event.channel.casefold() in away:
            continue
        week = place.get(event.on - timedelta(days=event.on.weekday()))
        if week is None:
            continue
        accounts = home.get(event.account, ())
        if event.ours:
            seen.update(accounts)
        for person in event.ours:
            met[person, week].update(accounts)
    return Weeks(
        starts,
        {p: tuple(len(met.get((p, k), ())) for k in range(len(starts))) for p in people},
        sum(a.id in seen for a in c.accounts if a.grade == "C"),
    )
