"""Calendars (iCalendar): who met whom and when. Descriptions, places and private meetings are never taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from powermap.sources.formats import recurrence
from powermap.sources.formats.addresses import address
from powermap.sources.formats.content_lines import ContentLine, read_lines
from powermap.sources.formats.made import Sheet
from powermap.sources.formats.meetings import Meeting, sheet_of

MOST = 100_000
"""Meetings of a file, repeated ones counted each time."""


def read(text: str, file: str, today: date | None = None) -> list[Sheet]:
    """Read the meetings of a calendar that are over."""
    sheet = sheet_of(file, [])
    calendar = Calendar(sheet, today or date.today(), _zone(text))
    events = list(calendar.events(text))
    named = _NAMED.search(text[:_TOP])
    owner = address(named[1]) if named else ""
    moved = {(_value(e, "UID"), calendar.on(e, "RECURRENCE-ID")) for e in events if _line(e, "RECURRENCE-ID")}
    for event in events:
        days = calendar.days(event)
        people = _people(event)
        for day in days:
            if not _line(event, "RECURRENCE-ID") and (_value(event, "UID"), day) in moved:
                continue
            if len(sheet.rows) >= MOST:
                sheet.leave(f"第 {MOST:,} 次以后的会议", f"meetings beyond {MOST:,}")
                continue
            key = _value(event, "UID")
            again = len(days) > 1 or _line(event, "RECURRENCE-ID")
            meeting = Meeting(
                event[0].number,
                f"{key} {day.isoformat()}" if key and again else key,
                day,
                "meeting",
                " ".join(_value(event, "SUMMARY").split())[:200],
                people,
                owner,
            )
            sheet.rows.append((meeting.number, {"meeting": meeting}))
    return [sheet]


_TOP = 100_000
"""Characters in which a calendar says whose it is."""
_NAMED = re.compile(r"^(?:X-WR-CALNAME|X-OWNER|X-WR-RELCALID)[^:\n]{0,80}:([^\n]{3,320})$", re.MULTILINE)


class Calendar:
    """The events of one file: which are meetings, and on which days they took place."""

    def __init__(self, sheet: Sheet, last: date, zone: ZoneInfo | None) -> None:
        self.sheet, self.last, self.zone = sheet, last, zone
        self.series = 0

    def events(self, text: str) -> Iterator[list[ContentLine]]:
        """Return the lines of each event that tells of a meeting; alarms within it are left out."""
        inside: list[str] = []
        event: list[ContentLine] = []
        for line in read_lines(text):
            if line.name == "BEGIN":
                inside.append(line.value.strip().upper())
                if inside[-1] == "VEVENT":
                    event = []
            elif line.name == "END":
                if inside and inside.pop() == "VEVENT" and event and self._is_meeting(event):
                    yield event
                    event = []
            elif inside and inside[-1] == "VEVENT":
                event.append(line)
        if event and "VEVENT" in inside:
            self.sheet.leave("没有结尾的会议", "meetings that have no end in the file")

    def _is_meeting(self, event: list[ContentLine]) -> bool:
        if _value(event, "CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"):
            self.sheet.leave("私密的会议", "private meetings")
        elif _value(event, "STATUS").upper() == "CANCELLED":
            self.sheet.leave("取消的会议", "cancelled meetings")
        elif self.on(event, "DTSTART") is None:
            self.sheet.leave("没有日期的会议", "meetings without a day")
        elif len(_people(event)) < 2:
            self.sheet.leave("没有别人的日程", "entries with nobody else")
        else:
            return True
        return False

    def on(self, event: list[ContentLine], name: str) -> date | None:
        """Return the day that a property of an event says."""
        return self._day(_value(event, name))

    def _day(self, written: str) -> date | None:
        """Return a day; a time in UTC is told as the clock of the calendar has it."""
        match = _TIME.match(written)
        if match is None:
            return None
        try:
            year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
            when = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        except ValueError:
            return None
        if not 1970 <= when.year <= 2200:
            return None
        return (when.astimezone(self.zone) if match[7] and self.zone else when).date()

    def days(self, event: list[ContentLine]) -> list[date]:
        """Return the days on which a meeting took place, those of its repetitions too, as far as they are over."""
        start = self.on(event, "DTSTART")
        assert start is not None
        if start > self.last:
            self.sheet.leave("还没到的会议", "meetings to come")
            return []
        rule = _line(event, "RRULE")
        days: list[date] | None = [start]
        if rule is not None:
            self.series += 1
            read = self.series <= recurrence.SERIES
            days = recurrence.days(start, rule.value.strip(), self.last) if read else None
        if days is None:
            self.sheet.leave(
                "读不懂的重复规则，只取第一次", "repetitions of a kind that isn't read: the first is taken"
            )
            days = [start]
        for line in event:
            if line.name == "RDATE":
                days += [d for part in line.value.split(",") if (d := self._day(part)) and d <= self.last]
        out = {self._day(part) for line in event if line.name == "EXDATE" for part in line.value.split(",")}
        return [day for day, _ in groupby(sorted(days[: recurrence.MOST])) if day not in out]


_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?")


def _zone(text: str) -> ZoneInfo | None:
    """Return the time zone in which a calendar is shown, if it names one that is known here."""
    match = re.search(r"^X-WR-TIMEZONE:([\w/+-]{1,60})\s*$", text[:_TOP], re.MULTILINE)
    try:
        return ZoneInfo(match[1]) if match else None
    except (ValueError, OSError, KeyError):
        return None


def _line(event: list[ContentLine], name: str) -> ContentLine | None:
    return next((line for line in event if line.name == name), None)


def _value(event: list[ContentLine], name: str) -> str:
    line = _line(event, name)
    return line.text if line else ""


def _people(event: list[ContentLine]) -> tuple[tuple[str, str], ...]:
    """Return who was asked and didn't decline: whoever called it first, then in the order of the file."""
    found: dict[str, str] = {}
    gone = set()
    for line in sorted(event, key=lambda line: line.name != "ORGANIZER"):
        where = address(line.value)
        if line.name not in ("ORGANIZER", "ATTENDEE") or not where:
            continue
        if {k.upper() for k in line.parameters.get("CUTYPE", ())} & {"ROOM", "RESOURCE", "GROUP"}:
            continue
        if "DECLINED" in {p.upper() for p in line.parameters.get("PARTSTAT", ())}:
            gone.add(where)
        shown = "".join(line.parameters.get("CN", ())[:1])
        found[where] = found.get(where) or shown
    return tuple((where, shown) for where, shown in found.items() if where not in gone)
