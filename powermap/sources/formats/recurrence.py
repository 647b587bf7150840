"""The days of a meeting that comes again, as far as people set it: daily, weekly, monthly, yearly."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

MOST, SERIES = 500, 1_000
"""Meetings of one series, and series of a file."""
_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_KNOWN = frozenset(("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"))
_LONGEST = 366 * 20
"""Days after the first that are looked at."""


def days(start: date, rule: str, last: date) -> list[date] | None:
    """Return the days of a series up to `last`, or None where the rule is of a kind that isn't read."""
    said = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    if not said.keys() <= _KNOWN or said.get("FREQ") not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        return None
    try:
        series = _Series(
            start,
            said["FREQ"],
            max(1, min(int(said.get("INTERVAL", "1")), 10_000)),
            weekdays=tuple((int(d[:-2] or 0), _DAYS[d[-2:]]) for d in said.get("BYDAY", "").split(",") if d),
            dates=tuple(int(day) for day in said.get("BYMONTHDAY", "").split(",") if day),
            months=tuple(int(month) for month in said.get("BYMONTH", "").split(",") if month),
        )
        count = min(int(said.get("COUNT", MOST)), MOST)
        until = min(_day(said["UNTIL"]), last) if "UNTIL" in said else last
    except (ValueError, KeyError):
        return None
    everyday = (start + timedelta(days=more) for more in range(min((until - start).days + 1, _LONGEST)))
    return list(islice((day for day in everyday if series.holds(day)), max(count, 0)))


def _day(written: str) -> date:
    return date(int(written[:4]), int(written[4:6]), int(written[6:8]))


@dataclass(frozen=True, slots=True)
class _Series:
    """A rule of repetition: every so many days, weeks, months or years, and on which days of these."""

    start: date
    frequency: str
    interval: int
    weekdays: tuple[tuple[int, int], ...]
    dates: tuple[int, ...]
    months: tuple[int, ...]

    def holds(self, day: date) -> bool:
        """Tell whether a day is one of the series."""
        return self._in_step(day) and (not self.months or day.month in self.months) and self._on_day(day)

    def _in_step(self, day: date) -> bool:
        """Tell whether a day lies in a period of the series: every second week, every third month."""
        start = self.start
        if self.frequency == "DAILY":
            gone = (day - start).days
        elif self.frequency == "WEEKLY":
            gone = (day - timedelta(days=day.weekday()) - start + timedelta(days=start.weekday())).days // 7
        elif self.frequency == "MONTHLY":
            gone = (day.year - start.year) * 12 + day.month - start.month
        else:
            gone = day.year - start.year
        return gone % self.interval == 0

    def _on_day(self, day: date) -> bool:
        """Tell whether a day is one of those within its period."""
        from_end = day.day - monthrange(day.year, day.month)[1] - 1
        if self.dates and not {day.day, from_end} & set(self.dates):
            return False
        if self.weekdays:
            counted = self.frequency in ("MONTHLY", "YEARLY")
            return any(
                weekday == day.weekday() and (not place or not counted or _nth(day, place))
                for place, weekday in self.weekdays
            )
        if self.dates or self.frequency == "DAILY":
            return True
        if self.frequency == "WEEKLY":
            return day.weekday() == self.start.weekday()
        named = self.frequency == "MONTHLY" or bool(self.months)
        return day.day == self.start.day and (named or day.month == self.start.month)


def _nth(day: date, place: int) -> bool:
    """Tell whether a day is the nth of its weekday in the month, from the end where `place` is negative."""
    if place > 0:
        return (day.day - 1) // 7 + 1 == place
    return (monthrange(day.year, day.month)[1] - day.day) // 7 + 1 == -place
