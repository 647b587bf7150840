"""Calendars (iCalendar): who met whom and when. Descriptions, places and private meetings are never taken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from powermap.sources.formats import recurrence
from powermap.sources.formats.addresses import address
from powermap.sources.formats.content_lines import ContentLine, read_lines
from powermap.sources.formats.made import Sheet
from powermap.sources.formats.meetings import Meeting, sheet_of

MOST = 100_000
"""Meetings of a file, repeated ones counted each time."""


def read(text: str, file: str, today: date | None = None) -> list[Sheet]:
    """Read the meetings of a calendar that are over."""
    last = today or date.today()
    sheet = sheet_of(file, [])
    events = list(_events(text, sheet))
    moved = {(_value(e, "UID"), _on(e, "RECURRENCE-ID")) for e in events if _line(e, "RECURRENCE-ID")}
    for event in events:
        days = _days(event, last, sheet)
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
            )
            sheet.rows.append((meeting.number, {"meeting": meeting}))
    return [sheet]


def _events(text: str, sheet: Sheet) -> Iterator[list[ContentLine]]:
    """Return the lines of each event that tells of a meeting; alarms within it are left out."""
    inside: list[str] = []
    event: list[ContentLine] = []
    for line in read_lines(text):
        if line.name == "BEGIN":
            inside.append(line.value.strip().upper())
            if inside[-1] == "VEVENT":
                event = []
        elif line.name == "END":
            if inside and inside.pop() == "VEVENT" and event and _is_meeting(event, sheet):
                yield event
                event = []
        elif inside and inside[-1] == "VEVENT":
            event.append(line)
    if event and "VEVENT" in inside:
        sheet.leave("没有结尾的会议", "meetings that have no end in the file")


def _is_meeting(event: list[ContentLine], sheet: Sheet) -> bool:
    if _value(event, "CLASS").upper() in ("PRIVATE", "CONFIDENTIAL"):
        sheet.leave("私密的会议", "private meetings")
    elif _value(event, "STATUS").upper() == "CANCELLED":
        sheet.leave("取消的会议", "cancelled meetings")
    elif _on(event, "DTSTART") is None:
        sheet.leave("没有日期的会议", "meetings without a day")
    elif len(_people(event)) < 2:
        sheet.leave("没有别人的日程", "entries with nobody else")
    else:
        return True
    return False


def _line(event: list[ContentLine], name: str) -> ContentLine | None:
    return next((line for line in event if line.name == name), None)


def _value(event: list[ContentLine], name: str) -> str:
    line = _line(event, name)
    return line.text if line else ""


def _on(event: list[ContentLine], name: str) -> date | None:
    return _day(_value(event, name))


def _day(written: str) -> date | None:
    try:
        found = date(int(written[:4]), int(written[4:6]), int(written[6:8]))
    except ValueError:
        return None
    return found if 1970 <= found.year <= 2200 else None


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


def _days(event: list[ContentLine], last: date, sheet: Sheet) -> list[date]:
    """Return the days on which a meeting took place, those of its repetitions too, as far as they are over."""
    start = _on(event, "DTSTART")
    assert start is not None
    if start > last:
        sheet.leave("还没到的会议", "meetings to come")
        return []
    rule = _line(event, "RRULE")
    days = recurrence.days(start, rule.value.strip(), last) if rule else [start]
    if days is None:
        sheet.leave(
            "读不懂的重复规则，只取第一次", "repetitions of a kind that isn't read: the first is taken"
        )
        days = [start]
    for line in event:
        if line.name == "RDATE":
            days += [d for part in line.value.split(",") if (d := _day(part)) and d <= last]
    out = {_day(part) for line in event if line.name == "EXDATE" for part in line.value.split(",")}
    return [day for day, _ in groupby(sorted(days[: recurrence.MOST])) if day not in out]
