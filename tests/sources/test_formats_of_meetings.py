"""Who met and who wrote whom: calendars and mail headers become people and interactions; nothing else is taken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from exported import csv, jobs, left, met, read, rows, stored

from powermap.model import Person
from powermap.sources.formats import recurrence

EVENT = (
    "BEGIN:VEVENT\nUID:{uid}\nDTSTART:{start}\nSUMMARY:{what}\nDESCRIPTION:secret words\nLOCATION:secret place\n"
    "ORGANIZER;CN=Wen Hill:mailto:wen.hill@us.example\n{more}"
    "ATTENDEE;CN=Wen Hill;PARTSTAT=ACCEPTED:mailto:wen.hill@us.example\n"
    "ATTENDEE;CN=\"Stone, Ada\";PARTSTAT=ACCEPTED:mailto:Ada.Stone@mueller.example\nEND:VEVENT\n"
)  # fmt: skip


def calendar(path: Path, *events: str) -> Path:
    """Write a calendar."""
    path.write_text("BEGIN:VCALENDAR\nVERSION:2.0\n" + "".join(events) + "END:VCALENDAR\n", encoding="utf-8")
    return path


def event(uid: str = "1", start: str = "20260901T090000Z", what: str = "Price talk", more: str = "") -> str:
    """Return one meeting of Wen Hill of ours and Ada Stone."""
    return EVENT.format(uid=uid, start=start, what=what, more=more)


def test_a_meeting(tmp_path: Path) -> None:
    """Who declined wasn't there, a room is nobody, and an alarm is no meeting."""
    more = (
        "ATTENDEE;CN=Kai Lund;PARTSTAT=ACCEPTED:mailto:kai@us.example\n"
        "ATTENDEE;CN=Ben Reed;PARTSTAT=DECLINED:mailto:ben@mueller.example\n"
        "ATTENDEE;CN=Room 1;CUTYPE=ROOM:mailto:room1@us.example\n"
        "ATTENDEE;CN=Cleo Marsh:mailto:cleo@side.example\n"
        "ATTENDEE;CN=Fay West:mailto:fay@gmail.com\n"
        "BEGIN:VALARM\nATTENDEE:mailto:alarm@mueller.example\nEND:VALARM\n"
    )
    path = calendar(tmp_path / "work.ics", event(more=more))
    reading = read(path)
    store = stored(path)
    assert jobs(store) == {
        ("Wen Hill", "我方 Us"),
        ("Kai Lund", "我方 Us"),
        ("Ada Stone", "mueller.example"),
        ("Cleo Marsh", "side.example"),
    }
    ours = ("Kai Lund", "Wen Hill")
    assert met(store) == [
        ("mueller.example", "2026-09-01", "meeting", ours, ("Ada Stone",), "Price talk"),
        ("side.example", "2026-09-01", "meeting", ours, ("Cleo Marsh",), "Price talk"),
    ]
    assert left(reading) == {"people of free mail, whose company can't be told": 1}
    assert not any("secret" in str(draft.values) for draft in reading.drafts)
    assert any("us.example" in en and "taken as ours" in en for _, en in reading.notes)


def test_meetings_that_are_not_taken(tmp_path: Path) -> None:
    alone = "BEGIN:VEVENT\nUID:9\nDTSTART:20260901\nSUMMARY:Dentist\nEND:VEVENT\n"
    path = calendar(
        tmp_path / "work.ics",
        event("1"),
        event("2", more="CLASS:PRIVATE\n"),
        event("3", more="STATUS:CANCELLED\n"),
        event("4", start="20990101T090000Z"),
        event("5", start="nonsense"),
        alone,
    )
    reading = read(path)
    assert len(rows(reading, "interactions")) == 1
    assert left(reading) == {
        "private meetings": 1,
        "cancelled meetings": 1,
        "meetings to come": 1,
        "meetings without a day": 1,
        "entries with nobody else": 1,
    }


def test_a_series(tmp_path: Path) -> None:
    """Each time counts; one that was moved stands where it was moved to, one that was taken out is gone."""
    series = event("s", more="RRULE:FREQ=WEEKLY;COUNT=5\nEXDATE:20260908T090000Z\n")
    moved = event("s", start="20260917T090000Z", more="RECURRENCE-ID:20260915T090000Z\n")
    days = [day for _, day, *_ in met(stored(calendar(tmp_path / "work.ics", series, moved)))]
    assert days == ["2026-09-01", "2026-09-17", "2026-09-22", "2026-09-29"]


def test_rules_of_series() -> None:
    """The examples of RFC 5545, 3.8.5.3, as far as days go."""
    start, last = date(1997, 9, 2), date(1997, 12, 31)

    def days(rule: str, first: date = start) -> list[str]:
        found = recurrence.days(first, rule, last)
        assert found is not None
        return [day.strftime("%m-%d") for day in found]

    assert days("FREQ=DAILY;INTERVAL=10;COUNT=5") == ["09-02", "09-12", "09-22", "10-02", "10-12"]
    assert days("FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH") == [
        "09-02", "09-04", "09-16", "09-18", "09-30", "10-02", "10-14", "10-16",
    ]  # fmt: skip
    assert days("FREQ=MONTHLY;COUNT=3;BYDAY=1FR", date(1997, 9, 5)) == ["09-05", "10-03", "11-07"]
    assert days("FREQ=MONTHLY;COUNT=3;BYDAY=-2MO", date(1997, 9, 22)) == ["09-22", "10-20", "11-17"]
    assert days("FREQ=MONTHLY;COUNT=3;BYMONTHDAY=-3", date(1997, 9, 28)) == ["09-28", "10-29", "11-28"]
    assert days("FREQ=WEEKLY;UNTIL=19970917T000000Z") == ["09-02", "09-09", "09-16"]
    assert recurrence.days(start, "FREQ=SECONDLY", last) is None
    assert recurrence.days(start, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", last) == []
    assert len(recurrence.days(date(1980, 1, 1), "FREQ=DAILY", date(2200, 1, 1)) or ()) == recurrence.MOST


def test_people_who_are_known_from_another_file(tmp_path: Path) -> None:
    """Their company is what that file calls it, and others of the same domain are of it too."""
    csv(tmp_path, "people.csv", "name|company|email", "Ada Stone|Müller Lamps|ADA.stone@mueller.example")
    more = "ATTENDEE;CN=Ben Reed:mailto:ben@mueller.example\n"
    calendar(tmp_path / "work.ics", event(more=more))
    store = stored(tmp_path)
    assert jobs(store) == {
        ("Ada Stone", "Müller Lamps"),
        ("Ben Reed", "Müller Lamps"),
        ("Wen Hill", "我方 Us"),
    }
    assert [theirs for _, _, _, _, theirs, _ in met(store)] == [("Ada Stone", "Ben Reed")]


def test_people_who_are_known_from_the_store(tmp_path: Path) -> None:
    """By their address, whatever their company is called; and who is ours tells which domain is."""
    csv(
        tmp_path,
        "people.csv",
        "name|company|email",
        "Ada Stone|Müller Lamps|ada.stone@mueller.example",
        "Wen Hill|Nordlys|wen.hill@us.example",
    )
    csv(tmp_path, "organizations.csv", "name|type|us", "Nordlys|supplier|yes", "Müller Lamps|customer|")
    store = stored(tmp_path)
    more = "ATTENDEE;CN=Ben Reed:mailto:ben@mueller.example\n" * 1
    after = stored(calendar(tmp_path / "work.ics", event(more=more)), store=store)
    assert jobs(after) - jobs(store) == {("Ben Reed", "Müller Lamps")}
    assert met(after) == [
        ("Müller Lamps", "2026-09-01", "meeting", ("Wen Hill",), ("Ada Stone", "Ben Reed"), "Price talk")
    ]
    assert stored(tmp_path / "work.ics", store=after) == after, "the same calendar again changes nothing"


MAIL = (
    "From: {who}\nTo: {to}\nCc: {cc}\nDate: {on}\nMessage-ID: <{key}@us.example>\nSubject: {what}\n{more}"
    "Content-Type: text/plain\n\nDear Ada,\nsecret words\n>From me\n"
)


def mail(
    key: str,
    who: str = "Wen Hill <wen.hill@us.example>",
    to: str = '"Stone, Ada" <ada.stone@mueller.example>',
    cc: str = "",
    on: str = "Tue, 1 Sep 2026 23:30:00 +0800",
    what: str = "Prices",
    more: str = "",
) -> str:
    """Return one mail."""
    return MAIL.format(key=key, who=who, to=to, cc=cc, on=on, what=what, more=more)


def test_a_mailbox(tmp_path: Path) -> None:
    """Headers only; answers of one day are one; lists, machines and shared mailboxes say nothing of who knows whom."""
    ada, wen = '"Stone, Ada" <ada.stone@mueller.example>', "wen.hill@us.example"
    mails = [
        mail("1"),
        mail("2", who=ada, to=wen, what="AW: Prices"),
        mail("3", who=ada, to=wen, what="Re: Tour", on="Wed, 2 Sep 2026 10:00:00 +0200", cc="=?utf-8?b?55+z5a6J?= <an@mueller.example>"),
        mail("4", who="news@mueller.example", more="List-Id: <news>\n"),
        mail("5", to="info@mueller.example"),
        mail("6", to="kai@us.example"),
        mail("7", on="some day"),
    ]  # fmt: skip
    path = tmp_path / "Inbox"
    path.write_text("".join(f"From - Tue Sep  1 10:00:00 2026\n{one}\n" for one in mails), encoding="utf-8")
    reading = read(path)
    store = stored(path)
    assert met(store) == [
        ("mueller.example", "2026-09-01", "email", ("Wen Hill",), ("Ada Stone",), "Prices"),
        ("mueller.example", "2026-09-02", "email", ("Wen Hill",), ("Ada Stone", "石安"), "Re: Tour"),
    ]
    assert left(reading) == {
        "mails of one day and thread, counted once": 1,
        "mails of lists, campaigns and machines": 1,
        "shared mailboxes and rooms": 1,
        "meetings or mails with nobody of a customer": 2,
        "mails without a day": 1,
    }
    assert not any("secret" in str(draft.values) for draft in reading.drafts)


def test_one_mail(tmp_path: Path) -> None:
    path = tmp_path / "prices.eml"
    path.write_bytes(mail("1").replace("\n", "\r\n").encode())
    assert met(stored(path)) == [
        ("mueller.example", "2026-09-01", "email", ("Wen Hill",), ("Ada Stone",), "Prices")
    ]


def test_a_body_is_never_held(tmp_path: Path) -> None:
    """A body that looks like headers, or like another mail within a line, says nothing."""
    path = tmp_path / "one.eml"
    path.write_text(
        mail("1") + "\nTo: fay@side.example\nFrom nobody 10:00\n\nFrom: x@y.example\n", encoding="utf-8"
    )
    assert len(rows(read(path), "interactions")) == 1


def test_one_meeting_in_two_calendars(tmp_path: Path) -> None:
    """It is one, with everybody who was in either."""
    calendar(tmp_path / "a.ics", event("1"))
    calendar(tmp_path / "b.ics", event("1", more="ATTENDEE;CN=Ben Reed:mailto:ben@mueller.example\n"))
    assert [theirs for *_, theirs, _ in met(stored(tmp_path))] == [("Ada Stone", "Ben Reed")]
    assert left(read(tmp_path)) == {"meetings or mails that another file has too": 1}


def test_the_day_is_that_of_the_calendar(tmp_path: Path) -> None:
    """22:30 in London is the next morning in Shanghai."""
    late = event("1", start="20260901T223000Z")
    path = calendar(tmp_path / "a.ics", "X-WR-TIMEZONE:Asia/Shanghai\n", late)
    assert [day for _, day, *_ in met(stored(path))] == ["2026-09-02"]
    path = calendar(tmp_path / "a.ics", "X-WR-TIMEZONE:Mars/Olympus\n", late)
    assert [day for _, day, *_ in met(stored(path))] == ["2026-09-01"]


def test_whose_calendar_it_is(tmp_path: Path) -> None:
    """Where customers call all meetings, the calendar's own name tells who is at home; so does a mailbox's."""
    turned = (
        event("1")
        .replace("wen.hill@us.example", "x@x")
        .replace("Ada.Stone@mueller.example", "wen.hill@us.example")
    )
    called = turned.replace("x@x", "ada.stone@mueller.example")
    path = calendar(tmp_path / "a.ics", "X-WR-CALNAME:wen.hill@us.example\n", called)
    assert [account for account, *_ in met(stored(path))] == ["mueller.example"]
    ada, wen = "ada.stone@mueller.example", "wen.hill@us.example"
    path = tmp_path / "a.eml"
    path.write_text(f"Delivered-To: {wen}\n" + mail("1", who=ada, to=wen), encoding="utf-8")
    assert [account for account, *_ in met(stored(path))] == ["mueller.example"]


def test_two_people_of_one_name(tmp_path: Path) -> None:
    """Their addresses tell them apart."""
    more = (
        "ATTENDEE;CN=Wang Wei:mailto:wei@mueller.example\nATTENDEE;CN=Wang Wei:mailto:wang@mueller.example\n"
    )
    store = stored(calendar(tmp_path / "a.ics", event("1", more=more)))
    assert sum(person.name == "Wang Wei" for person in store.all(Person)) == 2
    assert [theirs for *_, theirs, _ in met(store)] == [("Ada Stone", "Wang Wei", "Wang Wei")]
