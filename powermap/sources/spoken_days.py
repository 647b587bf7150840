"""Days as people say them: yesterday, next Friday, 下周五前, 11-18, by the end of the month."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("一", "monday", "mon"), ("二", "tuesday", "tue"), ("三", "wednesday", "wed"), ("四", "thursday", "thu"),
            ("五", "friday", "fri"), ("六", "saturday", "sat"), ("日天", "sunday", "sun"),
        )
    )
    for name in (*(names[0]), *names[1:])
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SHIFTS = {
    "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3,
    "yesterday": -1, "today": 0, "tomorrow": 1,
}  # fmt: skip
_EN_DAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun"


class Spoken(NamedTuple):
    """A day, and where in the text it is said."""

    day: date
    start: int
    end: int


def find(text: str, base: date, *, ahead: bool) -> Spoken | None:
    """Find the first day that a text says, seen from the day `base`; None if it says none.

    A day without a year is the nearest such day that is not before `base` (`ahead`), or not after it. A week begins on
    Monday: 下周五 and *next Friday* are the Friday of next week.
    """
    found = []
    for pattern, read in _PATTERNS:
        for match in pattern.finditer(text):
            day = read(match, base, ahead)
            if day is not None:
                found.append(Spoken(day, match.start(), match.end()))
                break
    return min(found, key=lambda f: (f.start, -f.end), default=None)


def _full(match: re.Match[str], base: date, ahead: bool) -> date | None:
    return _day(int(match[1]), int(match[2]), int(match[3]))


def _short(match: re.Match[str], base: date, ahead: bool) -> date | None:
    return _nearest(int(match[1]), int(match[2]), base, ahead)


def _english(match: re.Match[str], base: date, ahead: bool) -> date | None:
    month, day = (match[1], match[2]) if match[1] else (match[4], match[3])
    return _nearest(_MONTHS.index(month[:3].lower()) + 1, int(day), base, ahead)


def _nearest(month: int, number: int, base: date, ahead: bool) -> date | None:
    years = (base.year, base.year + 1, base.year + 2) if ahead else (base.year, base.year - 1, base.year - 2)
    days = [day for year in years if (day := _day(year, month, number)) is not None]
    return next((day for day in days if (day >= base if ahead else day <= base)), None)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _shifted(match: re.Match[str], base: date, ahead: bool) -> date:
    return base + timedelta(days=_SHIFTS[match[0].lower()])


def _chinese_week(match: re.Match[str], base: date, ahead: bool) -> date:
    weeks = {"上": -1, "下": 1, "下下": 2, "上上": -2}.get(match[1] or "", 0)
    return _of_week(base, weeks, _WEEKDAYS[match[2]], bare=not match[1], ahead=ahead)


def _english_week(match: re.Match[str], base: date, ahead: bool) -> date:
    weeks = {"last": -1, "next": 1}.get((match[1] or "").strip().lower(), 0)
    return _of_week(base, weeks, _WEEKDAYS[match[2].lower()], bare=not match[1], ahead=ahead)


def _of_week(base: date, weeks: int, weekday: int, *, bare: bool, ahead: bool) -> date:
    day = base - timedelta(days=base.weekday()) + timedelta(weeks=weeks, days=weekday)
    if bare and ahead and day < base:
        day += timedelta(weeks=1)
    if bare and not ahead and day > base:
        day -= timedelta(weeks=1)
    return day


def _month_end(match: re.Match[str], base: date, ahead: bool) -> date:
    months = base.month + (1 if match[0].lower().startswith(("下月", "下个月", "end of next")) else 0)
    year, month = base.year + months // 12, months % 12 + 1
    return date(year, month, 1) - timedelta(days=1)


_Read = Callable[[re.Match[str], date, bool], date | None]
_PATTERNS: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?"), _full),
    (re.compile(r"(?<![\d-])(\d{1,2})\s*[-月]\s*(\d{1,2})(?![\d-])[日号]?"), _short),
    (re.compile(r"\b(?:(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (\d{1,2})|(\d{1,2})\.? "
                r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\b", re.I), _english),
    (re.compile("|".join(sorted(map(re.escape, _SHIFTS), key=len, reverse=True)), re.I), _shifted),
    (re.compile(r"(上上|下下|上|下|本|这)?个?(?:周|星期|礼拜)([一二三四五六日天])"), _chinese_week),
    (re.compile(rf"\b(last |next |this )?({_EN_DAY})\b", re.I), _english_week),
    (re.compile(r"下个?月底|本?月底|end of (?:next |the )?month", re.I), _month_end),
)  # fmt: skip
