"""When a judgement of somebody's attitude has grown old."""

from __future__ import annotations

from datetime import date


def judged(observed: date | None, start: date | None) -> date | None:
    """Return the last day on which an attitude was looked at: observed again, or new; None if no day is known."""
    return max((day for day in (observed, start) if day is not None), default=None)


def stale(day: date | None, as_of: date, days: int) -> bool:
    """Tell whether a judgement of that day is older than so many days; of an unknown day nothing is said."""
    return day is not None and (as_of - day).days > days
