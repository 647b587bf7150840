"""How many customers each of ours meets in a week (M16): customers, not visits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice

import numpy as np

from powermap.analysis.rules.coverage import apart, in_person
from powermap.analysis.rules.duty import Limits
from powermap.analysis.rules.grade import visiting
from powermap.method import Pack
from powermap.model import Interaction, Records, Serves
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


def holidays(pack: Pack) -> frozenset[date]:
    """Return the Mondays of the weeks without visits, as at 春节."""
    weeks = (week for row in pack.topic("calendar")["holiday"] for week in row["weeks"])
    return frozenset(date.fromisoformat(week) for week in weeks)


def whole_weeks(as_of: date, number: int, holiday: Container[date] = ()) -> tuple[date, ...]:
    """Return the Mondays of the last ISO weeks that were over by then, holidays passed over, the latest first."""
    monday = as_of - timedelta(days=as_of.weekday())
    worked = (m for k in count(1) if (m := monday - timedelta(weeks=k)) not in holiday)
    return tuple(islice(worked, number))


def weeks(columns: Columns, records: Records, limits: Limits, pack: Pack) -> Weeks:
    """Count distinct accounts of any grade by our person and week; what comes through channels apart is no meeting.

    Of ours whoever covers an account of which only the visiting is managed, and all of its iron triangle (M16).
    """
    c, away = columns, apart(pack)
    grades = visiting(pack)
    small = np.array([a.grade in grades for a in c.accounts], dtype=bool)
    nodes = np.flatnonzero((c.side == OURS) & small[c.block]) if len(c.accounts) else np.zeros(0, np.int64)
    serving = {a.id for a in c.accounts if a.grade in grades}
    triangle = pack.topic("relations")["team"]["triangle"]
    team = {
        t.src
        for t in records.all(Serves)
        if t.dst in serving and t.duty in triangle and t.period.holds(c.as_of)
    }
    people = sorted({c.people[p][0] for p in c.person[nodes].tolist()} | team)
    starts = whole_weeks(c.as_of, limits.weeks, holidays(pack))
    place = {start: k for k, start in enumerate(starts)}
    home = own_homes(records)
    met: dict[tuple[str, int], set[str]] = defaultdict(set)
    seen: set[str] = set()
    for event in records.all(Interaction):
        if event.on is None or not in_person(event, away):
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
        sum(a.id in serving for a in c.accounts if a.id in seen),
    )
