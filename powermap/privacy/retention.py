"""What has been held for longer than the rule pack allows: people without contact, judgements after the last deal."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from powermap.findings import Answer, Certainty, Column, Finding, Rule
from powermap.method import Pack
from powermap.model import (
    Assessment,
    Deal,
    Interaction,
    LoggedChange,
    Organization,
    Person,
    Snapshot,
    Stands,
    Voice,
    WorksAt,
)
from powermap.words import Words, both, by_language

COLUMNS = (
    Column("kind", Words("类别", "Kind")),
    Column("name", Words("姓名", "Name")),
    Column("account", Words("客户", "Account")),
    Column("last", Words("最近一天", "Last day")),
    Column("due", Words("应删除自", "To be forgotten since")),
)
KINDS = {
    "person": Words("多时没有往来的人", "a person without contact"),
    "judgement": Words("项目早已结束的判断", "a judgement after the last deal"),
}


@dataclass(frozen=True, slots=True)
class Expired:
    """A record whose time is over: a person, or a judgement of one.

    `last` is the day that counts: of the last contact, or on which the last deal closed; `due` is the day on which the
    time of the rule pack was over.
    """

    kind: Literal["person", "judgement"]
    record: str
    person: str
    account: str
    last: date
    due: date


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, the last of the month where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def expired(snapshot: Snapshot, log: Iterable[LoggedChange], pack: Pack, today: date) -> list[Expired]:
    """Find what should have been forgotten by a day, what is due longest first.

    Parameters
    ----------
    log
        From the beginning: who was never met counts from the day on which they were recorded.
    """
    terms = pack.topic("privacy")["retention"]
    found = [
        *_people(snapshot, log, terms["contact_months"]),
        *_judgements(snapshot, terms["judgement_months"]),
    ]
    return sorted((e for e in found if e.due <= today), key=lambda e: (e.due, e.kind, e.record))


def _people(snapshot: Snapshot, log: Iterable[LoggedChange], months: int) -> Iterator[Expired]:
    """Yield when the time of each person is over who isn't one of ours; a seat without a name is nobody."""
    us = snapshot.us
    employers = _employers(snapshot)
    last: dict[str, date] = {}
    for meeting in snapshot.all(Interaction):
        for ident in meeting.theirs:
            last[ident] = max(meeting.on or date.min, last.get(ident, date.min))
    for voice in snapshot.all(Voice):
        last[voice.said_by] = max(voice.on or date.min, last.get(voice.said_by, date.min))
    for entry in log:
        if entry.change.kind == Person.KIND:
            last.setdefault(entry.change.id, entry.recorded_at.date())
    for person in snapshot.all(Person):
        at = employers.get(person.id, [])
        if person.placeholder or (us and us.id in at) or person.id not in last:
            continue
        day = last[person.id]
        yield Expired("person", person.id, person.id, at[0] if at else "", day, months_after(day, months))


def _judgements(snapshot: Snapshot, months: int) -> Iterator[Expired]:
    """Yield when the time of each judgement of a person is over, of those whose last deal has closed."""
    deals: dict[str, list[Deal]] = defaultdict(list)
    for deal in snapshot.all(Deal):
        deals[deal.account].append(deal)
    closed = {
        account: max(d.close_on for d in its if d.close_on)
        for account, its in deals.items()
        if all(d.outcome and d.close_on for d in its)
    }
    employers = _employers(snapshot)
    people = {p.id for p in snapshot.all(Person)}
    for stand in snapshot.all(Stands):
        of = snapshot.get(Deal, stand.deal) if stand.deal else None
        account = of.account if of else next((a for a in employers.get(stand.src, []) if a in deals), "")
        end = (of.close_on if of.outcome else None) if of else closed.get(account)
        day = stand.evidence.on or stand.period.start
        if end and (day is None or day <= end):
            yield Expired("judgement", stand.id, stand.src, account, end, months_after(end, months))
    for told in snapshot.all(Assessment):
        end = closed.get(told.account)
        if told.subject in people and end and told.on and told.on <= end:
            yield Expired("judgement", told.id, told.subject, told.account, end, months_after(end, months))


def _employers(snapshot: Snapshot) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for job in snapshot.all(WorksAt):
        found[job.src].append(job.dst)
    return found


def answer(found: list[Expired], snapshot: Snapshot, pack: Pack, today: date) -> Answer:
    """Tell what should be forgotten, by whom it is about."""
    terms = pack.topic("privacy")["retention"]
    rule = Rule(
        "retention",
        Words(
            f"{terms['contact_months']} 个月没有会面、没有声音的人；最后一个项目结束 {terms['judgement_months']} 个月后，当时的态度和评估",
            f"people not met and not heard for {terms['contact_months']} months; attitudes and assessments of then, "
            f"{terms['judgement_months']} months after the last deal closed",
        ),
        dict(terms),
    )
    people = sum(e.kind == "person" for e in found)
    sentence = (
        Words(
            f"{people} 人、{len(found) - people} 条判断超过了保留期限。",
            f"{people} people and {len(found) - people} judgements are held beyond their time.",
        )
        if found
        else Words("没有超过保留期限的。", "Nothing is held beyond its time.")
    )
    finding = Finding(
        kind="retention",
        subjects=tuple(e.record for e in found),
        value=len(found),
        unit="records",
        rule=rule,
        sentence=sentence,
        certainty=Certainty("certain", Words("按记录的日期", "by the days on record")),
        urgency=2 if found else 0,
    )

    def called(ident: str) -> dict[str, str]:
        record = snapshot.get(Person, ident) or snapshot.get(Organization, ident)
        return (by_language(record.name, record.name_alt) if record else both(""))._asdict()

    rows = tuple(
        {
            "kind": KINDS[e.kind]._asdict(),
            "name": called(e.person),
            "account": called(e.account),
            "last": e.last.isoformat(),
            "due": e.due.isoformat(),
            "record": e.record,
        }
        for e in found
    )
    head = Words("保留期限", "Retention")
    return Answer("privacy_retention", ("", head.en), None, None, today, COLUMNS, rows, (finding,), (), {head.en: head})  # fmt: skip
