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
from powermap.sources.formats.made import Sheet

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
    """Take sheets of meetings apart: for each of them, the people who are not known yet, and who met whom."""
    own = _own_domains(sheets, known)
    told = {where: Met(p.person, p.company, p.ours) for where, p in known.people().items()}
    told.update(folder)
    resolver = _Resolver(own, told)
    made = [part for sheet in sheets for part in resolver.take_apart(sheet)]
    first = next((sheet for sheet in made if sheet.kind == "interactions" and sheet.rows), None)
    if first is not None and own and not any(person.ours for person in known.people().values()):
        listed = ", ".join(sorted(own))
        first.notes.append(
            (
                f"{first.file}：把 {listed} 的人当作我方，因为他们在场最多",
                f"{first.file}: the people of {listed} are taken as ours, as they are in most of the meetings",
            )
        )
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


class _Resolver:
    """Tells who was in each meeting: whom the files or the store know, and whom an address alone tells."""

    def __init__(self, own: frozenset[str], told: dict[str, Met]) -> None:
        self.own, self.told = own, told
        self.houses = _houses(told)
        self.heard: dict[tuple[str, str], dict[str, Any]] = {}

    def take_apart(self, sheet: Sheet) -> tuple[Sheet, Sheet]:
        """Return the new people of a sheet of meetings, and the interactions."""
        people, met = sheet.beside("people"), sheet.beside("interactions")
        met.unread, met.notes = sheet.unread, sheet.notes
        for number, values in sheet.rows:
            meeting: Meeting = values["meeting"]
            if len(meeting.people) > MANY:
                met.leave(f"超过 {MANY} 人的会议或邮件", f"meetings or mails of more than {MANY} people")
            else:
                self._take(number, meeting, people, met)
        return people, met

    def _take(self, number: int, meeting: Meeting, people: Sheet, met: Sheet) -> None:
        """Take one meeting: a row for each company of theirs that was there."""
        there = [(address, shown, self._who(address, met)) for address, shown in meeting.people]
        ours = tuple(dict.fromkeys(who.person for _, _, who in there if who and who.ours))
        theirs: dict[str, list[str]] = defaultdict(list)
        for _, _, who in there:
            if who and not who.ours:
                theirs[who.company].append(who.person)
        if not theirs:
            met.leave("没有客户的人的会议或邮件", "meetings or mails with nobody of a customer")
            return
        for address, shown, who in there:
            if who and address not in self.told:
                self.told[address] = who
                values = {"name": name_of(address, shown), "email": address, "company": who.company}
                people.rows.append((number, values))
        for company, names in theirs.items():
            self._keep(number, meeting, met, company=company, ours=ours, theirs=tuple(dict.fromkeys(names)))

    def _who(self, address: str, met: Sheet) -> Met | None:
        """Return who has an address, as the files or the store know them, or as it tells itself."""
        known = self.told.get(address)
        if known is not None:
            return known
        if is_nobody(address):
            met.leave("公用邮箱和会议室", "shared mailboxes and rooms")
            return None
        where = domain(address)
        if where in self.own or address in self.own:
            return Met(address, OURS, True)
        if not where:
            met.leave("免费邮箱的人，看不出公司", "people of free mail, whose company can't be told")
            return None
        return Met(address, self.houses.get(where, where), False)

    def _keep(self, number: int, meeting: Meeting, met: Sheet, **sides: Any) -> None:
        """Keep who met whom of one company; what another file has of the same meeting is put together."""
        values: dict[str, Any] = {
            "id": meeting.key,
            "on": meeting.on,
            "channel": meeting.channel,
            "purpose": meeting.purpose,
        }
        values |= sides
        same = self.heard.setdefault((meeting.key, sides["company"]), values) if meeting.key else values
        if same is values:
            met.rows.append((number, values))
            return
        for side in ("ours", "theirs"):
            same[side] = tuple(dict.fromkeys((*same[side], *values[side])))
        met.leave("另一个文件里的同一次会议或邮件", "meetings or mails that another file has too")
