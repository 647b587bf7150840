"""The days of a meeting that comes again, as far as people set it: daily, weekly, monthly, yearly."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

MOST = 500
"""Meetings of one series."""
_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_KNOWN = frozenset(("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"))
_LONGEST = 366 * 30
"""Days after the first that are looked at."""


def days(start: date, rule: str, last: date) -> list[date] | None:
    """Return the days of a series up to `last`, or None where the rule is of a kind that isn't read."""
    said = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    if not said.keys() <= _KNOWN or said.get("FREQ") not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        return None
    try:
        interval = max(1, min(int(said.get("INTERVAL", "1")), 10_000))
        count = min(int(said.get("COUNT", MOST)), MOST)
        until = min(_day(said["UNTIL"]), last) if "UNTIL" in said else last
        weekdays = [(int(day[:-2] or 0), _DAYS[day[-2:]]) for day in said.get("BYDAY", "").split(",") if day]
        dates = [int(day) for day in said.get("BYMONTHDAY", "").split(",") if day]
        months = [int(month) for month in said.get("BYMONTH", "").split(",") if month]
    except (ValueError, KeyError):
        return None
    found: list[date] = []
    for day in _candidates(start, until):
        if len(found) >= count:
            break
        if (
            _in_step(said["FREQ"], start, day, interval)
            and (not months or day.month in months)
            and _on_day(said["FREQ"], start, day, weekdays, dates, bool(months))
        ):
            found.append(day)
    return found


def _candidates(start: date, until: date) -> Iterator[date]:
    for more in range(min((until - start).days + 1, _LONGEST)):
        yield start + timedelta(days=more)


def _day(written: str) -> date:
    return date(int(written[:4]), int(written[4:6]), int(written[6:8]))


def _in_step(frequency: str, start: date, day: date, interval: int) -> bool:
    """Tell whether a day lies in a period of the series: every second week, every third month."""
    if frequency == "DAILY":
        gone = (day - start).days
    elif frequency == "WEEKLY":
        gone = ((day - timedelta(days=day.weekday())) - (start - timedelta(days=start.weekday()))).days // 7
    elif frequency == "MONTHLY":
        gone = (day.year - start.year) * 12 + day.month - start.month
    else:
        gone = day.year - start.year
    return gone % interval == 0


def _on_day(
    frequency: str, start: date, day: date, weekdays: list[tuple[int, int]], dates: list[int], in_months: bool
) -> bool:
    """Tell whether a day is one of those within its period."""
    if dates and not any(d in (day.day, day.day - monthrange(day.year, day.month)[1] - 1) for d in dates):
        return False
    if weekdays:
        return any(
            weekday == day.weekday()
            and (not place or frequency not in ("MONTHLY", "YEARLY") or _nth(day, place))
            for place, weekday in weekdays
        )
    if dates or frequency == "DAILY":
        return True
    if frequency == "WEEKLY":
        return day.weekday() == start.weekday()
    return day.day == start.day and (frequency == "MONTHLY" or in_months or day.month == start.month)


def _nth(day: date, place: int) -> bool:
    """Tell whether a day is the nth of its weekday in the month, from the end where `place` is negative."""
    if place > 0:
        return (day.day - 1) // 7 + 1 == place
    return (monthrange(day.year, day.month)[1] - day.day) // 7 + 1 == -place
