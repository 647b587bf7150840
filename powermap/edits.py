"""Everyday changes without a spreadsheet: one value, one tie, one person, one end, one handover.

Each becomes rows as a sheet would have them, and goes the way of every import: the same checks, faults and notes. What
can change in the world is written as a change as of a day; spelling and contact data are corrected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from powermap.errors import AnalysisError
from powermap.intake import Plan, make_plan
from powermap.method import Pack
from powermap.model import (
    Batch,
    Change,
    Covers,
    Deal,
    Influences,
    MemberOf,
    Organization,
    Period,
    Person,
    Record,
    ReportsTo,
    Snapshot,
    Stands,
    TakesPart,
    Thing,
    Tie,
    WorksAt,
    record_to_props,
)
from powermap.model.draft import CLEAR, Draft, Place, Reading
from powermap.model.fields import fields
from powermap.model.naming import fold
from powermap.sources import columns
from powermap.sources.cells import CellFault, is_clear
from powermap.sources.readers import Style, read_cell
from powermap.sources.vocabulary import Vocabulary
from powermap.words import Words

T = TypeVar("T", bound=Thing)
TERMINAL = "terminal"
"""What the log calls the source of what is typed."""
POST = ("title", "title_alt", "department", "department_alt", "level")
"""Fields of a person that belong to a post: another value begins a new one."""
SHEETS: dict[type[Thing], str] = {Person: "people", Deal: "deals", Organization: "organizations"}
ENDED: dict[str, type[Tie]] = {
    "job": WorksAt,
    "boss": ReportsTo,
    "covers": Covers,
    "sways": Influences,
    "attitude": Stands,
    "role": TakesPart,
    "member": MemberOf,
}
"""What `end` takes for the kind of a tie."""


@dataclass(frozen=True)
class Edits:
    """Changes on what is known, on a day."""

    snapshot: Snapshot
    pack: Pack
    today: date
    new_id: Callable[[], str]
    because: str = ""
    author: str = ""

    # -- who is meant --------------------------------------------------------------------------------------------

    def find(self, name: str, *kinds: type[T], account: str | None = None) -> T:
        """Return the thing with this id or name, in whatever case and width.

        Raises
        ------
        AnalysisError
            If nothing, or more than one, has the name; with those that are nearest, or that have it.
        """
        things = [thing for kind in kinds for thing in self.snapshot.all(kind)]
        found = [t for t in things if t.id == name]
        found = found or [t for t in things if fold(name) in {fold(n) for n in _names(t)}]
        if len(found) > 1 and account:
            house = self.find(account, Organization).id
            found = [t for t in found if house in self._homes(t)] or found
        if len(found) == 1:
            return found[0]
        if found:
            listed = "; ".join(
                f"{_names(t)[0]} ({', '.join(map(self._name, self._homes(t)))}) [{t.id}]" for t in found
            )
            raise AnalysisError(
                Words(f"有 {len(found)} 个“{name}”", f"{len(found)} are called {name!r}"),
                hint=Words(f"请写编号：{listed}", f"write the id of one: {listed}"),
            )
        from rapidfuzz import fuzz, process

        known = {n for t in things for n in _names(t)}
        near = ", ".join(
            hit[0]
            for hit in process.extract(
                name, known, scorer=fuzz.ratio, processor=fold, score_cutoff=60, limit=3
            )
        )
        raise AnalysisError(
            Words(f"没有叫“{name}”的", f"nothing here is called {name!r}"),
            hint=Words(
                f"是不是 {near}？" if near else "powermap search 可查找",
                f"did you mean {near}?" if near else "powermap search finds names",
            ),
        )

    def _homes(self, thing: Thing) -> list[str]:
        if isinstance(thing, Deal):
            return [thing.account]
        jobs = [t for kind in (WorksAt, MemberOf) for t in self.snapshot.all(kind) if t.src == thing.id]
        return list(dict.fromkeys(t.dst for t in jobs if t.period.holds(self.today)))

    def _name(self, thing: str) -> str:
        found = self.snapshot.records.get(thing)
        return str(getattr(found, "name", thing))

    # -- changes -------------------------------------------------------------------------------------------------

    def set(self, name: str, column: str, value: str, *, account: str | None = None, to: str = "") -> Plan:
        """Set one value of a person, a deal or an organization, by any header of its column.

        Parameters
        ----------
        to
            Of an attitude, the supplier it is to; of an outcome, who won.
        """
        thing: Thing = self.find(name, Person, Deal, Organization, account=account)
        sheet = SHEETS[type(thing)]
        field = self.field(sheet, column)
        values: dict[str, Any] = {"id": thing.id, "name": _names(thing)[0], **self._read(sheet, field, value)}
        if isinstance(thing, Person):
            return self._set_person(thing, field, values, account, to)
        if isinstance(thing, Deal):
            values["company"] = thing.account
            if field == "outcome":
                values |= {"close_on": thing.close_on or self.today} | ({"won_by": to} if to else {})
            if self.because:
                values["note"] = "; ".join(filter(None, (thing.note, self.because)))
        return self._plan(Draft(sheet, values, self._place(sheet)))

    def _set_person(
        self, person: Person, field: str, values: dict[str, Any], account: str | None, to: str
    ) -> Plan:
        homes = self._homes(person)
        home = self.find(account, Organization).id if account else homes[0] if homes else ""
        known = {"company": home, "since": self.today, "author": self.author, "note": self.because}
        if field == "attitude":
            said = {"person": person.id, "attitude": values["attitude"]} | ({"supplier": to} if to else {})
            return self._plan(Draft("stances", _filled({**known, **said}), self._place("stances")))
        if field in ("boss", "dotted_boss"):
            kind = "reports" if field == "boss" else "dotted"
            said = {"from": person.id, "to": values[field], "kind": kind}
            return self._plan(Draft("ties", _filled({**known, **said}), self._place("ties")))
        values["company"] = home
        if field in POST:
            values["since"] = self.today
            if field in ("title", "department"):
                # The old one's name in the other language isn't that of the new one.
                values[f"{field}_alt"] = CLEAR
        elif self.because and field not in ("note",):
            values["note"] = "; ".join(filter(None, (person.note, self.because)))
        return self._plan(Draft("people", values, self._place("people")))

    def tie(self, one: str, kind: str, other: str, strength: str = "", channel: str = "") -> Plan:
        """Say how two people stand to each other: sways, listens to, covers, reports to, …"""
        read = self._read("ties", "kind", kind)
        ends: tuple[type[Thing], ...] = (Organization,) if read["kind"] in ("part", "relates") else (Person,)
        beyond: tuple[type[Thing], ...] = (Organization,) if read["kind"] == "member" else ends
        start, end = self.find(one, *ends), self.find(other, *beyond)
        home = next(iter(self._homes(end) or self._homes(start)), "") if isinstance(end, Person) else ""
        values: dict[str, Any] = {
            **read,
            "company": home,
            "from": start.id,
            "to": end.id,
            "since": self.today,
        }
        if strength:
            values |= self._read("ties", "strength", strength)
        values |= {"channel": channel, "author": self.author, "note": self.because}
        return self._plan(Draft("ties", _filled(values), self._place("ties")))

    def add(self, sheet: str, values: dict[str, str]) -> Plan:
        """Add a person, a deal or an organization; `values` are cells by column."""
        read: dict[str, Any] = {}
        for name, value in values.items():
            if value:
                read |= self._read(sheet, name, value)
        if sheet == "people":
            read.setdefault("since", self.today)
        return self._plan(Draft(sheet, read, self._place(sheet)))

    # -- ends and handovers --------------------------------------------------------------------------------------

    def end(self, name: str, kind: str, other: str = "") -> list[Change]:
        """End a job, a line, coverage, an influence, an attitude or a role, as of the day.

        Raises
        ------
        AnalysisError
            If there is no such tie on that day.
        """
        cls = ENDED.get(fold(kind)) or ENDED.get(self._tie_kind(kind))
        if cls is None:
            listed = ", ".join(ENDED)
            raise AnalysisError(
                Words(f"不知道什么是“{kind}”", f"{kind!r} is nothing that can end"),
                hint=Words(f"可写：{listed}", f"write one of: {listed}"),
            )
        start = self.find(name, Person)
        far = self.find(other, Person, Organization, Deal).id if other else None
        found = [
            t for t in self.snapshot.all(cls) if t.src == start.id and far in (None, t.dst) and self._runs(t)
        ]
        if not found:
            raise AnalysisError(
                Words(f"{start.name} 在那天没有这样的关系", f"{start.name} has no such tie on that day"),
                hint=Words("`powermap history 姓名` 列出记录", "`powermap history NAME` lists what is known"),
            )
        return [self._ended(tie) for tie in found]

    def handover(self, one: str, other: str, account: str | None = None) -> list[Change]:
        """Give what one of ours looks after to another, as of the day; of one account, or of all."""
        giver, taker = self.find(one, Person), self.find(other, Person)
        house = self.find(account, Organization).id if account else None
        changes: list[Change] = []
        for cover in self.snapshot.all(Covers):
            if cover.src != giver.id or not self._runs(cover):
                continue
            person = self.snapshot.get(Person, cover.dst)
            if house is not None and (person is None or house not in self._homes(person)):
                continue
            changes.append(self._ended(cover))
            if not any(
                c.src == taker.id and c.dst == cover.dst and self._runs(c) for c in self.snapshot.all(Covers)
            ):
                new = replace(
                    cover, id=self.new_id(), src=taker.id, period=Period(self.today, cover.period.end)
                )
                changes.append(Change(new.KIND, new.id, None, record_to_props(new), TERMINAL))
        if not changes:
            raise AnalysisError(
                Words(f"{giver.name} 没有在负责的人", f"{giver.name} looks after nobody on that day"),
                hint=Words(
                    "`powermap portfolio --about owners` 列出谁负责什么",
                    "`powermap portfolio --about owners` lists who looks after whom",
                ),
            )
        return changes

    def batch(self, changes: Iterable[Change], title: str) -> Batch:
        """Return changes as one batch."""
        return Batch(self.new_id(), tuple(changes), self.author, title)

    def _runs(self, tie: Tie) -> bool:
        return tie.period.holds(self.today)

    def _ended(self, tie: Tie) -> Change:
        end = max(self.today, tie.period.start or self.today)
        over: Record = replace(tie, period=Period(tie.period.start, end))
        return Change(tie.KIND, tie.id, record_to_props(tie), record_to_props(over), TERMINAL)

    def _tie_kind(self, kind: str) -> str:
        try:
            said = str(self._read("ties", "kind", kind)["kind"])
        except AnalysisError:
            return ""
        return {"influences": "sways", "reports": "boss"}.get(said, said)

    # -- cells ---------------------------------------------------------------------------------------------------

    def field(self, sheet: str, column: str) -> str:
        """Return the field of a column, by any of its headers."""
        aliases = columns.Aliases(self.pack)
        found = aliases.fields[sheet].get(columns.fold(column))
        if found is None or found in ("id", "company"):
            listed = ", ".join(name for name in fields()[sheet] if name not in ("id", "company"))
            raise AnalysisError(
                Words(f"没有“{column}”这一项", f"there is nothing called {column!r} to set"),
                hint=Words(f"可写：{listed}", f"write one of: {listed}"),
            )
        return found

    def _read(self, sheet: str, name: str, value: str) -> dict[str, Any]:
        """Read what was typed as a cell of its column.

        Raises
        ------
        AnalysisError
            If it can't be read, with what to write.
        """
        if is_clear(value):
            return {name: CLEAR}
        try:
            return read_cell(fields()[sheet][name], value, Style(), Vocabulary(self.pack))
        except CellFault as fault:
            raise AnalysisError(Words(fault.zh, fault.en), hint=Words(fault.hint_zh, fault.hint_en)) from None

    def _place(self, sheet: str) -> Place:
        called = {name: field.words for name, field in fields()[sheet].items()}
        return Place(TERMINAL, "", 1, {}, called)

    def _plan(self, draft: Draft) -> Plan:
        return make_plan(Reading((draft,)), self.snapshot, self.pack, today=self.today, new_id=self.new_id)


def _names(thing: Thing) -> list[str]:
    return [str(name) for field in ("name", "name_alt") if (name := getattr(thing, field, ""))]


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in ("", None) or name == "attitude"}
