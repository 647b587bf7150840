"""When a relation goes cold, and by when to meet again: strength halves with every half-life out of touch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, log2

from powermap.analysis.rules.coverage import apart
from powermap.method import Pack
from powermap.words import Words

STATES = {
    "cold": Words("已变冷", "cold"),
    "soon": Words("将变冷", "going cold"),
    "warm": Words("尚好", "warm"),
}


@dataclass(frozen=True, slots=True)
class Contact:
    """How a relation stands: the first day on which it is cold, and the last one by which to be in touch.

    `due_on` never lies after `cold_on`: it is the day of the level's cadence or the last warm day, whichever is first.
    `late` tells that the cadence is overdue; `key` is one of :data:`STATES`.
    """

    cold_on: date
    due_on: date
    now: float
    key: str
    late: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """Half-lives in days by grade, the strength below which a relation is cold, and how many days ahead to look.

    `cadence` is days from one meeting to the next by the level of whom we meet; channels `apart` (mails, calls)
    keep a relation warm but are no meeting. `silent` is after how many days without any contact an account is cold.
    """

    half_life: Mapping[str, float]
    threshold: float
    soon: int
    cadence: Mapping[int, int]
    apart: frozenset[str]
    silent: int

    @classmethod
    def of(cls, pack: Pack) -> Clock:
        """Read it from the rule pack."""
        numbers = pack.topic("portfolio")["cold"]
        cadence = {int(k): int(v) for k, v in pack.topic("portfolio")["cadence"].items()}
        lives = {g: float(numbers.get(g, numbers["none"])) for g in (*pack.grades, "")}
        return cls(
            lives,
            float(numbers["threshold"]),
            int(numbers["soon"]),
            cadence,
            apart(pack),
            int(numbers["silent"]),
        )

    def _life(self, grade: str) -> float:
        """Return the half-life of a grade; one that the rule pack doesn't know counts as none."""
        return self.half_life.get(grade, self.half_life[""])

    def strength(self, strength: float, grade: str, days: int) -> float:
        """Return what is left of a strength after so many days."""
        return float(strength * 2.0 ** (-days / self._life(grade)))

    def cold_on(self, strength: float, grade: str, since: date) -> date:
        """Return the first day on which the strength lies below the threshold; the day itself if it did from the start."""
        if strength < self.threshold:
            return since
        days = self._life(grade) * log2(strength / self.threshold)
        whole = ceil(days - 1e-9)
        # On the very day of reaching the threshold it isn't below yet.
        return since + timedelta(days=whole + 1 if abs(whole - days) < 1e-9 else whole)

    def contact(
        self, strength: float, grade: str, level: int | None, since: date, seen: date | None, as_of: date
    ) -> Contact:
        """Judge one relation.

        Parameters
        ----------
        strength
            Of the relation, in (0, 1].
        grade
            Of the account, empty if it has none.
        level
            Of whom we meet, 1 to 5, or None.
        since
            The last day of contact of the two, or the start of the relation.
        seen
            The last day on which anybody of ours met that person, if any did.
        """
        cold = self.cold_on(strength, grade, since)
        wait = self.cadence.get(level or 0)
        met = None if wait is None or seen is None else seen + timedelta(days=wait)
        warm = max(since, cold - timedelta(days=1))
        ahead = (cold - as_of).days
        key = "cold" if ahead <= 0 else "soon" if ahead <= self.soon else "warm"
        left = self.strength(strength, grade, (as_of - since).days)
        return Contact(cold, min(warm, met or warm), left, key, met is not None and met < as_of)

    def quiet(self, last: date | None, as_of: date) -> int | None:
        """Return the days since the last contact with an account if they are more than it bears, else None."""
        days = None if last is None else (as_of - last).days
        return days if days is not None and days > self.silent else None
