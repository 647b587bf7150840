"""Days as people say them: yesterday, next Friday, 下周五前, 11-18, 12月底, within two weeks, by the end of the month."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
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
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "昨晚": -1, "今天": 0, "今日": 0, "今晚": 0, "今早": 0,
    "明天": 1, "明日": 1, "明早": 1, "明晚": 1, "后天": 2, "大后天": 3,
    "the day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0,
    "end of the day": 0, "end of day": 0, "eod": 0, "cob": 0, "tomorrow": 1, "the day after tomorrow": 2,
}  # fmt: skip
_FEASTS = {
    "元旦": (1, 1), "new year's day": (1, 1), "new year": (1, 1), "五一": (5, 1), "国庆节": (10, 1), "国庆": (10, 1),
    "圣诞节": (12, 25), "圣诞": (12, 25), "christmas": (12, 25),
}  # fmt: skip
"""Feasts that are on one day of every year; 春节 and Easter are not."""
_HAN = {c: n for n, c in enumerate("一二三四五六七八九", 1)} | {"两": 2}
_COUNTS = {
    "a couple of": 2, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "fourteen": 14,
}  # fmt: skip

_EN_DAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun"
_EN_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
_N = r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})"
_NOT_COUNTED = r"(?!\d|\s*[天次个家人周年台套件块万亿元点小%％倍批车吨箱位条项款页份])"
"""What follows is no unit: 2-3次 is no day."""
_YEAR = r"(?:(\d{4})年|([今明后去])年)?"
_NOW = r"(?:(上|本|这|下)个?)"
_BEHIND = r"(?<![\d一二三四五六七八九十个])"
_OF_MONTH = {"中": 15, "上旬": 10, "中旬": 20, "下旬": 31, "底": 31, "末": 31}


class Spoken(NamedTuple):
    """A day, and where in the text it is said.

    `guessed` tells that its year is not said, `vague` that it is the last of a span which names no day (下周, next month).
    """

    day: date
    start: int
    end: int
    guessed: bool = False
    vague: bool = False


_Read = Callable[[re.Match[str], date, bool], date | None]


def find(text: str, base: date, *, ahead: bool) -> Spoken | None:
    """Find the day that a text says, seen from the day `base`: a deadline before others, the first of several.

    A day without a year is the nearest such day that is not before `base` (`ahead`), or not after it. A week begins on
    Monday and ends on Sunday: 下周五 and *next Friday* are the Friday of next week, 本周内 is until Sunday. A quarter is
    the calendar's. Without `ahead` a span is no day.
    """
    found = days(text, base, ahead=ahead)
    ends = [s for s in found if _BEFORE.match(text, s.end) or _BY.search(text, 0, s.start)]
    return next(iter(ends or found), None)


def unread(text: str, base: date, *, loose: bool = False) -> str:
    """Return the deadline in a text that says no day which can be told: 春节前, by Easter; empty if there is none.

    With `loose` other times count too, which a promise may mean: 月初, 年后.
    """
    known = days(text, base, ahead=True)
    for match in _DEADLINE.finditer(text):
        start = match.start()
        before = text[:start].rstrip()
        if any(s.start <= start <= s.end for s in known) or any(s.end == len(before) for s in known):
            continue
        if not _NO_DEADLINE.search(before) and not (
            match[0] == "前" and _WORD_BEFORE.match(text, match.end())
        ):
            return re.split(r"[\s，,；;。：:]", before)[-1][-6:] + match[0]
    for match in _EN_DEADLINE.finditer(text):
        # "by the end of March" says a day behind a few small words.
        if not any(match.start() < s.start < match.end() for s in known):
            return match[0].strip()
    if slashes := _SLASHES.match(text):
        return "" if any(s.start == slashes.start(1) for s in known) else slashes[1]
    other = _LOOSE.search(text) if loose and not known else None
    return other[0] if other else ""


def days(text: str, base: date, *, ahead: bool) -> list[Spoken]:
    """Return all days of a text, in their order; what is part of a longer one is none."""
    found = sorted(_each(text, base, ahead), key=lambda s: (s.start, -s.end))
    kept: list[Spoken] = []
    for spoken in found:
        if not kept or spoken.start >= kept[-1].end:
            kept.append(spoken)
    return kept


def _each(text: str, base: date, ahead: bool) -> Iterator[Spoken]:
    for pattern, read in _PATTERNS:
        for match in pattern.finditer(text):
            day = read(match, base, ahead)
            if day is not None:
                vague = read is _span
                guessed = read in (_month_day, _short, _english, _slashed, _part_of_month) and not _says_year(
                    match[0]
                )
                if ahead or not vague:
                    yield Spoken(day, match.start(), match.end(), guessed, vague)


def _says_year(text: str) -> bool:
    return bool(re.search(r"\d{4}|[今明后去]年|/\d+/", text))


def _number(text: str) -> int:
    """Read 1 to 39 in digits or Chinese numerals."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.replace("廿", "二十").rpartition("十")
    return (_HAN.get(tens, 1) * 10 if ten else 0) + (_HAN.get(ones, 0) if ones else 0)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _nearest(month: int, number: int, base: date, ahead: bool) -> date | None:
    years = (base.year, base.year + 1, base.year + 2) if ahead else (base.year, base.year - 1, base.year - 2)
    days = [day for year in years if (day := _day(year, month, number)) is not None]
    return next((day for day in days if (day >= base if ahead else day <= base)), None)


def _end(year: int, month: int, number: int = 31) -> date:
    """Return a day of a month, or its last where it has less; months beyond 12 are of later years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(number, monthrange(year, month)[1]))


def _year(match: re.Match[str], base: date) -> int | None:
    if match[1]:
        return int(match[1])
    return base.year + {"去": -1, "今": 0, "明": 1, "后": 2}[match[2]] if match[2] else None


def _full(match: re.Match[str], base: date, ahead: bool) -> date | None:
    return _day(int(match[1]), _number(match[2]), _number(match[3]))


def _month_day(match: re.Match[str], base: date, ahead: bool) -> date | None:
    year, month, number = _year(match, base), _number(match[3]), _number(match[4])
    return _nearest(month, number, base, ahead) if year is None else _day(year, month, number)


def _short(match: re.Match[str], base: date, ahead: bool) -> date | None:
    return _nearest(int(match[1]), int(match[2]), base, ahead)


def _slashed(match: re.Match[str], base: date, ahead: bool) -> date | None:
    """Read 26/11 and 11/26: only one of the two can be a month."""
    one, two = int(match[1]), int(match[2])
    if one <= 12 and two <= 12 and one != two:
        return None
    month, number = (two, one) if one > 12 else (one, two)
    if match[3]:
        return _day(int(match[3]) + (2000 if len(match[3]) == 2 else 0), month, number)
    return _nearest(month, number, base, ahead)


def _english(match: re.Match[str], base: date, ahead: bool) -> date | None:
    name, number, year = match.groups()[:3] if match[1] else (match[5], match[4], match[6])
    month = _MONTHS.index(name[:3].lower()) + 1
    return _day(int(year), month, int(number)) if year else _nearest(month, int(number), base, ahead)


def _shifted(match: re.Match[str], base: date, ahead: bool) -> date:
    return base + timedelta(days=_SHIFTS[match[0].lower()])


def _feast(match: re.Match[str], base: date, ahead: bool) -> date | None:
    return _nearest(*_FEASTS[match[0].lower()], base, ahead)


def _eleventh(match: re.Match[str], base: date, ahead: bool) -> date | None:
    return _nearest(10, 1, base, ahead)


def _chinese_week(match: re.Match[str], base: date, ahead: bool) -> date:
    weeks = {"上": -1, "下": 1, "下下": 2, "上上": -2}.get(match[1] or "", 0)
    return _of_week(base, weeks, _WEEKDAYS[match[2]], bare=not match[1], ahead=ahead)


def _english_week(match: re.Match[str], base: date, ahead: bool) -> date:
    said = (match[1] or match[3] or "").strip().lower()
    weeks = {"last": -1, "next": 1}.get(said.split()[0] if said else "", 0)
    return _of_week(base, weeks, _WEEKDAYS[match[2].lower()], bare=not said, ahead=ahead)


def _of_week(base: date, weeks: int, weekday: int, *, bare: bool, ahead: bool) -> date:
    day = base - timedelta(days=base.weekday()) + timedelta(weeks=weeks, days=weekday)
    if bare and ahead and day < base:
        day += timedelta(weeks=1)
    if bare and not ahead and day > base:
        day -= timedelta(weeks=1)
    return day


def _week_end(match: re.Match[str], base: date, ahead: bool) -> date:
    said = match[0].lower()
    weeks = 2 if said.startswith("下下") else 1 if said.startswith("下") or "next" in said else 0
    return _of_week(base, weeks, 6, bare=False, ahead=ahead)


def _months(said: str | None) -> int:
    return {"上": -1, "下": 1, "next": 1}.get((said or "").strip().lower(), 0)


def _of_month(match: re.Match[str], base: date, ahead: bool) -> date | None:
    first = _end(base.year, base.month + _months(match[1]), 1)
    return _day(first.year, first.month, _number(match[2]))


def _the_tenth(match: re.Match[str], base: date, ahead: bool) -> date | None:
    """Read 10号 and the 10th: of the next month that has it, or of the last."""
    number = _number(match[1])
    firsts = (_end(base.year, base.month + (n if ahead else -n), 1) for n in range(3))
    days = [day for first in firsts if (day := _day(first.year, first.month, number)) is not None]
    return next((day for day in days if (day >= base if ahead else day <= base)), None)


def _part_of_month(match: re.Match[str], base: date, ahead: bool) -> date | None:
    """Read 12月底 and 明年3月中旬."""
    year, month, number = _year(match, base), _number(match[3]), _OF_MONTH[match[4]]
    if not 1 <= month <= 12:
        return None
    years = (year,) if year else (base.year, base.year + 1) if ahead else (base.year, base.year - 1)
    days = [_end(y, month, number) for y in years]
    return next((d for d in days if year or (d >= base if ahead else d <= base)), None)


def _part_of_this_month(match: re.Match[str], base: date, ahead: bool) -> date:
    month, number = base.month + _months(match[1]), _OF_MONTH[match[2]]
    day = _end(base.year, month, number)
    return _end(base.year, month + 1, number) if ahead and not match[1] and day < base else day


def _english_month_end(match: re.Match[str], base: date, ahead: bool) -> date | None:
    """Read end of March, mid-March, end of next month."""
    number = 15 if match[0].lower().startswith("mid") else 31
    if not match["month"]:
        return _end(base.year, base.month + _months(match["which"]), number)
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    days = [_end(year, month, number) for year in (base.year, base.year + (1 if ahead else -1))]
    return next((d for d in days if (d >= base if ahead else d <= base)), None)


def _quarter_end(match: re.Match[str], base: date, ahead: bool) -> date:
    said, which = match["number"], match.groupdict().get("which")
    if said:
        month = 3 * _number(said)
        return next(d for y in (base.year, base.year + 1) if (d := _end(y, month)) >= base or not ahead)
    quarter = (base.month - 1) // 3 + 1 + _months(which)
    return _end(base.year, 3 * quarter)


def _year_end(match: re.Match[str], base: date, ahead: bool) -> date:
    said = match[0].lower()
    return date(base.year + ("明" in said or "next" in said) - ("去" in said), 12, 31)


def _span(match: re.Match[str], base: date, ahead: bool) -> date:
    """Return the last day of a week or a month that is named, and no day in it."""
    if match["week"]:
        return _week_end(match, base, ahead)
    return _end(base.year, base.month + (1 if re.search("下|next", match[0], re.I) else 0))


def _later(match: re.Match[str], base: date, ahead: bool) -> date | None:
    """Read 3天内, 两周后, 半个月内, within two weeks, in 3 days, two weeks ago."""
    said, unit = match["count"].lower(), match["unit"].lower()
    ago = match[0].endswith(("前", "ago"))
    if ago and unit == "日":  # 15日前 is before the 15th.
        return None
    if said == "半":
        return (
            base + timedelta(days={"年": 183, "月": 15}[unit[-1]] * (-1 if ago else 1))
            if unit[-1] in "年月"
            else None
        )
    count = _COUNTS.get(said) or _number(said)
    count = -count if ago else count
    if unit.startswith(("月", "month")):
        return _end(base.year, base.month + count, base.day)
    if unit.startswith(("年", "year")):
        return _end(base.year + count, base.month, base.day)
    if unit.startswith(("工作日", "working", "business")):
        return _working(base, count)
    if unit.startswith(("小时", "hour")):
        return base + timedelta(days=-(-count // 24))
    return base + timedelta(days=count * (7 if unit.startswith(("周", "星期", "礼拜", "week")) else 1))


def _working(base: date, count: int) -> date:
    """Count days from Monday to Friday."""
    day = base
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _any(words: Iterable[str]) -> str:
    by_length = sorted(words, key=len, reverse=True)
    return "|".join(rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in by_length)


_UNITS_ZH = "工作日|天|日|周|星期|礼拜|月|年|小时"
_UNITS_EN = "(?:working|business) days?|days?|weeks?|months?|years?|hours?"
_PATTERNS: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (re.compile(rf"(?<!\d)(\d{{4}})\s*[-/.年]\s*({_N})\s*[-/.月]\s*({_N})[日号]?"), _full),
    (re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)"), _full),
    (re.compile(rf"{_YEAR}(?<![\d-])({_N})\s*月\s*({_N})(?:[日号]|{_NOT_COUNTED})"), _month_day),
    (re.compile(rf"(?<![\d.-])(\d{{1,2}})\s*-\s*(\d{{1,2}})(?:[日号]|(?![-a-zA-Z]){_NOT_COUNTED})"), _short),
    (re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})(?=\s*(?:之前|以前|前|日|号))"), _short),
    (re.compile(rf"(?<![\d/])(\d{{1,2}})/(\d{{1,2}})(?:/(\d{{4}}|\d\d))?(?![\d/]){_NOT_COUNTED}"), _slashed),
    (re.compile(rf"\b(?:({_EN_MONTH})\.? (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (20\d\d))?"
                rf"|(\d{{1,2}})(?:st|nd|rd|th)?\.?(?: of)? ({_EN_MONTH})\.?(?:,? (20\d\d))?)\b", re.I), _english),
    (re.compile(_any(_SHIFTS), re.I), _shifted),
    (re.compile(_any(_FEASTS), re.I), _feast),
    (re.compile(r"十一(?=之前|以前|前|节|长假)"), _eleventh),
    (re.compile(r"(上上|下下|上|下|本|这)?个?(?:周|星期|礼拜)([一二三四五六日天])"), _chinese_week),
    (re.compile(rf"\b(last |next |this )?({_EN_DAY})\b( next week)?", re.I), _english_week),
    (re.compile(r"(?:本|这|下下|下)?个?(?:周|星期|礼拜)(?:之内|以内|内|末|底)|"
                r"\b(?:end of (?:the |this |next )?week|(?:this |the |next )?weekend|eow)\b", re.I), _week_end),
    (re.compile(rf"{_NOW}月({_N})(?:[日号]|{_NOT_COUNTED})"), _of_month),
    (re.compile(rf"(?<![\d月.\-/一二三四五六七八九十])({_N})(?:号(?![楼线机门厂店柜文仓库院车炉样位员桌])|日(?!内|之内|以内))"), _the_tenth),
    (re.compile(r"\bthe (\d{1,2})(?:st|nd|rd|th)\b", re.I), _the_tenth),
    (re.compile(rf"{_YEAR}(?<!\d)({_N})月份?(上旬|中旬|下旬|底|末|中(?!旬))"), _part_of_month),
    (re.compile(rf"{_BEHIND}{_NOW}?月(上旬|中旬|下旬|底|末|中(?!旬))"), _part_of_this_month),
    (re.compile(rf"\b(?:end of |mid[- ])(?:(?P<month>{_EN_MONTH})|(?:(?P<which>next |this |the )?month))\b"
                r"|\b(?:eom|month[- ]end)\b", re.I), _english_month_end),
    (re.compile(r"(?P<which>本|这|下)?个?(?:第?(?P<number>[一二三四1-4])季度|季度?)[末底]"), _quarter_end),
    (re.compile(r"\bQ(?P<number>[1-4])\s*[末底]", re.I), _quarter_end),
    (re.compile(r"\bend of (?:(?P<which>next |this |the )?quarter|q(?P<number>[1-4]))\b", re.I), _quarter_end),
    (re.compile(r"(?:[今明去])?年(?:底|末)(?![数余])|[今明]年内|\b(?:end of (?:the |this |next )?year|year[- ]end|eoy)\b", re.I), _year_end),
    (re.compile(rf"(?P<count>\d{{1,3}}|[一两二三四五六七八九十]{{1,3}}|半)\s*个?(?P<unit>{_UNITS_ZH})(?:之内|以内|内|之后|以后|后|之前|以前|前)"), _later),
    (re.compile(rf"\b(?:within|in)\s+(?:the next\s+)?(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})\s+(?P<unit>{_UNITS_EN})\b", re.I), _later),
    (re.compile(rf"\b(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})\s+(?P<unit>{_UNITS_EN})\s+ago\b", re.I), _later),
    (re.compile(r"(?P<week>(?:本|这|下下|下)个?(?:周|星期|礼拜)(?![一二三四五六日天内末底之以]))|"
                r"(?:本|这|下)个?月(?:之内|以内|内|(?![初底末中上下\d一二三四五六七八九十]))|"
                r"\b(?P<en>(?:this|next) month)\b", re.I), _span),
    (re.compile(r"\b(?P<week>(?:this|next) week)\b", re.I), _span),
)  # fmt: skip

_BEFORE = re.compile(r"\s*(?:之前|以前|前(?![天台期]))")
_BY = re.compile(r"\b(?:by|before|until|till|no later than)\s+(?:the\s+)?$", re.I)
_DEADLINE = re.compile("之前|以前|前")
_NO_DEADLINE = re.compile(
    rf"(?:^|[\s，,；;。：:、])$|[目提以之当眼先空从事生超跟门面产售]$|^日$|(?:\d|[几多半两一二三四五六七八九十])\s*个?(?:{_UNITS_ZH})$"
)
"""What stands before 前 where it is no deadline: nothing, a part of a word (提前, 目前), a count of days ago."""
_WORD_BEFORE = re.compile("[天年期台端面提景后任者沿往途三十几一两半列排]")
"""Characters with which 前 makes a word: 前天, 前台."""
_EN_DEADLINE = re.compile(
    r"\b(?:(before|until|till|no later than)\s+(\S[^,;.]{0,24})|(by)\s+(?=(?:the\s+)?(?:end|start|middle|mid|beginning|q[1-4]|h[12]|eo\w|cob|close|"
    rf"next|this|christmas|easter|new year|spring|summer|autumn|fall|winter|thanksgiving|{_EN_MONTH}|\d|week|month|quarter|"
    r"year|noon|then)\b)(\S[^,;.]{0,24}))",
    re.I,
)
_SLASHES = re.compile(r"\s*(?:on\s+|by\s+)?(\d{1,2}/\d{1,2})(?![\d/])", re.I)
_LOOSE = re.compile(
    rf"(?:[下本这]个?|{_N})?月初|春节|中秋|端午|清明|节[后前]|年[后前]|[上下]半年|[一二三四下]季度|\bQ[1-4]\b|\d{{1,2}}月份?|明年|\bnext (?:quarter|year)\b",
    re.I,
)
