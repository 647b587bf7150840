"""Days as they are written."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from powermap.sources.cells import CellFault
from powermap.sources.table import Cell

_MONTHS = {
    m: i
    for i, m in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_YMD = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ].*)?")
_YM = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_QUARTER = re.compile(r"(\d{4})\s*年?\s*[-/]?\s*(?:q|第)\s*([1-4])\s*(?:季度)?", re.IGNORECASE)
_DMY = re.compile(r"(\d{1,2})\.?[\s-]+([a-z]{3})[a-z]*\.?,?[\s-]+(\d{2}|\d{4})", re.IGNORECASE)
_MDY = re.compile(r"([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})", re.IGNORECASE)
_AMBIGUOUS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{2}|\d{4})")


def day(value: Cell, *, period: bool = False) -> date:
    """Read a day: 2026-09-30, 2026/9/30, 2026年9月30日, 30 Sep 2026, or a spreadsheet's serial number.

    With `period`, a year or a month means its first day.
    """
    if isinstance(value, date):
        return _plausible(value, value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if period and 1000 <= value <= 9999 and float(value).is_integer():
            return _plausible(date(int(value), 1, 1), value)
        if 19_000_101 <= value <= 22_001_231 and float(value).is_integer():
            return _plausible(_day_of(str(int(value)), period), value)
        # Days since 1899-12-30, as spreadsheets count; 20,000 is 1954, 80,000 is 2119.
        if 20_000 <= value <= 80_000:
            return date(1899, 12, 30) + timedelta(days=int(value))
        raise _no_day(value)
    return _plausible(_day_of(str(value), period), value)


@lru_cache(maxsize=4096)
def _day_of(written: str, period: bool) -> date:
    clean = unicodedata.normalize("NFKC", written).strip()
    try:
        if match := _YMD.fullmatch(clean):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if re.fullmatch(r"\d{8}", clean):
            return date(int(clean[:4]), int(clean[4:6]), int(clean[6:]))
        if period:
            if match := re.fullmatch(r"(?:fy)?(\d{4})\s*年?(?:度)?", clean, re.IGNORECASE):
                return date(int(match[1]), 1, 1)
            if match := _YM.fullmatch(clean):
                return date(int(match[1]), int(match[2]), 1)
            if match := _QUARTER.fullmatch(clean):
                return date(int(match[1]), 3 * int(match[2]) - 2, 1)
        if (match := _DMY.fullmatch(clean)) and match[2].lower() in _MONTHS:
            return date(_year(match[3]), _MONTHS[match[2].lower()], int(match[1]))
        if (match := _MDY.fullmatch(clean)) and match[1].lower() in _MONTHS:
            return date(int(match[3]), _MONTHS[match[1].lower()], int(match[2]))
        if match := _AMBIGUOUS.fullmatch(clean):
            one, two = int(match[1]), int(match[2])
            # 25/12 can only be the 25th of December, and 7/7 is the same either way.
            if one > 12 or one == two:
                return date(_year(match[3]), two, one)
            if two > 12:
                return date(_year(match[3]), one, two)
    except ValueError:
        raise _no_day(written) from None
    if _AMBIGUOUS.fullmatch(clean):
        raise CellFault(
            "ambiguous-date",
            f"{written!r} may be read in two ways",
            f"“{written}”有两种读法",
            "write the year first: 2026-09-30",
            "请先写年：2026-09-30",
        )
    raise _no_day(written)


def _year(written: str) -> int:
    """Read a year; of two digits, one from 1970 to 2069."""
    year = int(written)
    return year if year > 99 else year + (2000 if year < 70 else 1900)


def _no_day(value: object) -> CellFault:
    return CellFault(
        "not-a-date",
        f"{value!r} is not a date",
        f"“{value}”不是日期",
        "write it as 2026-09-30",
        "请写成 2026-09-30",
    )


def _plausible(found: date, value: Cell) -> date:
    if not 1900 <= found.year <= 2200:
        raise CellFault(
            "date-range",
            f"{value} is out of range: years from 1900 to 2200",
            f"{value} 超出范围：年份须在 1900 到 2200 之间",
            "correct the year",
            "请改正年份",
        )
    return found
