"""Who met or wrote whom: meetings of a calendar and headers of mails become people and interactions.

Whose side somebody is on is told by the domains of their addresses: our own is the one in most of the meetings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from powermap.model.naming import OURS
from powermap.sources.formats.addresses import domain, is_nobody, name_of
from powermap.sources.formats.known import Known
from powermap.sources.formats.made import Row, Sheet

MANY = 40
"""People of a meeting or a mail, from which on it says nothing of who knows whom."""
KIND = "meetings"
"""What a sheet of meetings is called until it is told who is ours."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting or mail: `people` are addresses and names, whoever called it or wrote it first."""

    number: int
    key: str
    on: date
    channel: str
    purpose: str
    people: tuple[tuple[str, str], ...]
    owner: str = ""
    """The address whose calendar or mailbox it stands in, if the file says it."""


def sheet_of(file: str, meetings: Iterable[Meeting]) -> Sheet:
    """Return meetings as a sheet that :func:`resolve` takes apart."""
    return Sheet(file, KIND, [(meeting.number, {"meeting": meeting}) for meeting in meetings])


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody whose address is known from another file or the store: by what they are called, and their company."""

    person: str
    company: str
    ours: bool


def resolve(sheets: Sequence[Sheet], known: Known, folder: Mapping[str, Met]) -> list[Sheet]:
    """Take sheets of meetings apart into people who are not known yet, and who met whom."""
    own = _own_domains(sheets, known)
    guessed = bool(own) and not any(person.ours for person in known.people().values())
    made: list[Sheet] = []
    told: dict[str, Met] = {
        address: Met(p.person, p.company, p.ours) for address, p in known.people().items()
    }
    told |= folder
    houses = _houses(told)
    heard: dict[tuple[str, str], dict[str, Any]] = {}
    for sheet in sheets:
        people, met = Sheet(sheet.file, "people", []), Sheet(sheet.file, "interactions", [])
        met.unread, met.notes = sheet.unread, sheet.notes
        for number, values in sheet.rows:
            _take(number, values["meeting"], own, told, houses, people, met, heard)
        if met.rows and guessed and not any(other.rows for other in made):
            listed = ", ".join(sorted(own))
            met.notes.append(
                (
                    f"{sheet.file}：把 {listed} 的人当作我方，因为他们在场最多",
                    f"{sheet.file}: the people of {listed} are taken as ours, as they are in most of the meetings",
                )
            )
        made += [people, met]
    return made


def _own_domains(sheets: Sequence[Sheet], known: Known) -> frozenset[str]:
    """Return the domains of our own addresses: those of the store, else the one that is in most meetings."""
    ours = {domain(address) for address, person in known.people().items() if person.ours} - {""}
    if ours:
        return frozenset(ours)
    seen = Counter(
        domain(v["meeting"].owner) for sheet in sheets for _, v in sheet.rows if v["meeting"].owner
    )
    for sheet in sheets if not seen else ():
        for _, values in sheet.rows:
            meeting: Meeting = values["meeting"]
            # Whoever calls a meeting counts a little more: of two in as many meetings, that one is at home.
            seen.update({domain(address): 2 for address, _ in meeting.people})
            seen.update({domain(address): 1 for address, _ in meeting.people[:1]})
    del seen[""]
    if +seen:
        return frozenset([min(seen, key=lambda d: (-seen[d], d))])
    everybody = Counter(a for sheet in sheets for _, v in sheet.rows for a, _ in v["meeting"].people)
    return frozenset([min(everybody, key=lambda a: (-everybody[a], a))] if everybody else [])


def _houses(told: Mapping[str, Met]) -> dict[str, str]:
    """Return the one company that each domain is known to be of."""
    companies: dict[str, set[str]] = defaultdict(set)
    for address, met in told.items():
        if not met.ours and met.company and domain(address):
            companies[domain(address)].add(met.company)
    return {where: next(iter(names)) for where, names in companies.items() if len(names) == 1}


def _take(
    number: int,
    meeting: Meeting,
    own: frozenset[str],
    told: dict[str, Met],
    houses: Mapping[str, str],
    people: Sheet,
    met: Sheet,
    heard: dict[tuple[str, str], dict[str, Any]],
) -> None:
    """Take one meeting: a row for each company of theirs that was there."""
    if len(meeting.people) > MANY:
        met.leave(f"超过 {MANY} 人的会议或邮件", f"meetings or mails of more than {MANY} people")
        return
    ours: list[str] = []
    theirs: dict[str, list[str]] = defaultdict(list)
    new: list[Row] = []
    for address, shown in meeting.people:
        found = told.get(address)
        if found is None:
            if is_nobody(address):
                met.leave("公用邮箱和会议室", "shared mailboxes and rooms")
                continue
            mine = domain(address) in own or address in own
            where = domain(address)
            company = OURS if mine else houses.get(where, where)
            if not company:
                met.leave("免费邮箱的人，看不出公司", "people of free mail, whose company can't be told")
                continue
            found = Met(address, company, mine)
            new.append((number, {"name": name_of(address, shown), "email": address, "company": company}))
        (ours if found.ours else theirs[found.company]).append(found.person)
    if not theirs:
        met.leave("没有客户的人的会议或邮件", "meetings or mails with nobody of a customer")
        return
    for row in new:
        # Somebody may be in a meeting twice, and is made once.
        if row[1]["email"] not in told:
            told[row[1]["email"]] = Met(row[1]["email"], row[1]["company"], row[1]["company"] == OURS)
            people.rows.append(row)
    for company, names in theirs.items():
        values: dict[str, Any] = {
            "id": meeting.key,
            "company": company,
            "on": meeting.on,
            "channel": meeting.channel,
            "ours": tuple(dict.fromkeys(ours)),
            "theirs": tuple(dict.fromkeys(names)),
            "purpose": meeting.purpose,
        }
        same = heard.setdefault((meeting.key, company), values) if meeting.key else values
        if same is values:
            met.rows.append((number, values))
        else:
            # The same meeting in the calendar of somebody else, who may know better who came.
            for side in ("ours", "theirs"):
                same[side] = tuple(dict.fromkeys((*same[side], *values[side])))
            met.leave("另一个文件里的同一次会议或邮件", "meetings or mails that another file has too")
