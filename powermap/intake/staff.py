"""People: who a row of the people sheet is, and what it says of job, boss, owner, attitude and role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from powermap.intake.deals import Deals
from powermap.intake.row_values import pick
from powermap.model import Covers, MemberOf, Organization, Person, ReportsTo, Stands, TakesPart, WorksAt
from powermap.model.draft import CLEAR, Draft
from powermap.model.naming import fold, other_names


class Staff(Deals):
    """People: who a row of the people sheet is, and what it says of job, boss, owner, attitude and role."""

    def person(self, draft: Draft) -> tuple[Person, Organization] | None:
        company = self.company(draft)
        if company is None:
            return None
        values = draft.values
        name, key = str(values["name"]), ""
        found: list[Person] = []
        if values.get("id") not in (None, CLEAR):
            text = str(values["id"])
            key = f"file|person|{company.id}/{text}"
            ours = self.ledger.records.get(text) or self.ledger.records.get(self.directory.keys.get(key, ""))
            if isinstance(ours, Person):
                found, key = [ours], "" if ours.id == text else key
            else:
                # A new id: a person of that name who has none yet, else a new one.
                same = self.directory.people[company.id].get(fold(name), {})
                people = self.ledger.of(Person, same)
                found = [p for p in people if not any(k.startswith("file|person|") for k in p.keys)]
        else:
            same = self.directory.people[company.id].get(fold(name), {})
            found = self.ledger.of(Person, same)
        if len(found) > 1:
            choice = "; ".join(self.directory.describe(p) for p in found[:8])
            self.ledger.problems.append(
                draft.place.problem(
                    "name",
                    name,
                    f"{len(found)} people of {company.name} are called {name!r}",
                    f"write the id of one: {choice}",
                    zh=f"{company.name} 有 {len(found)} 个人叫“{name}”",
                    suggestion_zh=f"请写其中一位的编号：{choice}",
                    code="ambiguous-person",
                )
            )
            return None
        fields = pick(values, ("name", "name_alt", "placeholder", "power", "adaptability", "email", "phone"))
        # Whoever is found by another of their names is not renamed; by their id they can be.
        is_known = bool(found) and values.get("id") != found[0].id and _is_other_name(found[0], values)
        fields["name"] = found[0].name if is_known else name
        if "note" in values:
            fields["note"] = values["note"]
        checked = {**fields, **pick(values, ("title", "department"))} if not values.get("id") else fields
        if found and not self.ledger.claim(("row", found[0].id, company.id), checked, draft.place):
            return None
        person = self.ledger.thing(
            found[0] if found else None, lambda i: Person(id=i, name=name), draft, fields, key
        )
        if person is None:
            return None
        if not found:
            self.ledger.claim(("row", person.id, company.id), checked, draft.place)
        self.directory.add_person(person, company.id)
        self._employ(draft, person, company)
        return person, company

    def _employ(self, draft: Draft, person: Person, company: Organization) -> None:
        values = draft.values
        if values.get("external") is True or company.type == "circle":
            fields = pick(values, ("title", "title_alt"), {"title": "role", "title_alt": "role_alt"})
            self.ledger.tie(
                MemberOf,
                person.id,
                company.id,
                draft,
                fields,
                same=lambda t: t.dst == company.id,
                identity=(company.id,),
                evidence=False,
            )
            return
        fields = pick(
            values,
            ("title", "title_alt", "department", "department_alt", "level"),
            {"department": "unit", "department_alt": "unit_alt"},
        )
        self.ledger.tie(
            WorksAt,
            person.id,
            company.id,
            draft,
            fields,
            same=lambda t: t.dst == company.id,
            identity=(company.id,),
            evidence=False,
        )

    def bosses(self, draft: Draft, person: Person, company: Organization) -> None:
        """Take the lines of a row of the people sheet."""
        for field, dotted in (("boss", False), ("dotted_boss", True)):
            if draft.values.get(field) is CLEAR:
                self._end_boss(draft, person, company, dotted)
            elif field in draft.values:
                boss = self.directory.one_person(draft, field, company.id)
                if boss is not None:
                    self._reports(_bare(draft), person, boss, dotted, field)

    def owners(self, draft: Draft) -> list[Person]:
        """Return who of ours looks after the person of a row; who is nowhere known is created."""
        written = draft.values.get("owner", CLEAR)
        found = [] if written is CLEAR else [self._owner(draft, text) for text in written]
        return [owner for owner in found if owner is not None]

    def covered(self, draft: Draft, person: Person, owners: list[Person]) -> None:
        """Take who looks after the person of a row."""
        for owner in owners:
            self.ledger.tie(
                Covers,
                owner.id,
                person.id,
                _bare(draft),
                {},
                same=lambda t: t.dst == person.id,
                identity=(person.id,),
            )

    def part(self, draft: Draft, person: Person, company: Organization) -> None:
        """Take the roles in a row of the people sheet."""
        roles = draft.values.get("roles", CLEAR)
        deal = None if roles is CLEAR else self._deal(draft, company)
        if deal is not None:
            self.ledger.tie(
                TakesPart,
                person.id,
                deal.id,
                _bare(draft),
                {"roles": roles},
                same=lambda t: t.dst == deal.id,
                identity=(deal.id,),
            )

    def attitude(self, draft: Draft, person: Person) -> None:
        """Take the attitude in a row of the people sheet, unless the stances sheet says when it was what."""
        written = draft.values.get("attitude", CLEAR)
        if written is CLEAR:
            return
        us = self.us(draft)
        identity = (us.id, "")
        if (person.id, identity) in self.ledger.told:
            dated = [t for t in self.ledger.ties(Stands, person.id) if t.dst == us.id and not t.deal]
            if dated[-1].attitude != written:
                self.ledger.note(
                    f"{draft.place.source}：{person.name} 的态度以态度表为准",
                    f"{draft.place.source}: the attitude of {person.name} is taken from the stances sheet",
                )
            return
        self.ledger.tie(
            Stands,
            person.id,
            us.id,
            _bare(draft, "attitude_note"),
            {"attitude": written},
            same=lambda t: t.dst == us.id and not t.deal,
            identity=identity,
        )

    def _owner(self, draft: Draft, text: str) -> Person | None:
        us = self.us(draft)
        found = self.directory.person(text, us.id, suppliers=True)
        if found:
            return self.directory.one_person(draft, "owner", us.id, suppliers=True, text=text)
        person = Person(id=self.ledger.new_id(), name=text)
        self.ledger.note("新建我方人员", "new person of ours", text)
        self.ledger.put(person, draft.place, implied=True)
        job = WorksAt(id=self.ledger.new_id(), src=person.id, dst=us.id)
        self.ledger.put(job, draft.place, implied=True)
        self.directory.add_person(person, us.id)
        return person

    def _reports(self, draft: Draft, person: Person, boss: Person, dotted: bool, field: str) -> None:
        if person.id == boss.id:
            self.ledger.problems.append(
                draft.place.problem(
                    field,
                    boss.name,
                    "nobody is their own boss",
                    "name the boss, or leave the cell empty",
                    zh="上级不能是自己",
                    suggestion_zh="请写上级，或留空",
                    code="own-boss",
                )
            )
            return
        houses = self.directory.companies[boss.id]
        self.ledger.tie(
            ReportsTo, person.id, boss.id, draft, {"dotted": dotted},
            same=lambda t: t.dotted == dotted and (t.dst == boss.id or not dotted) and bool(houses.keys() & self.directory.companies[t.dst].keys()),
            identity=(dotted, boss.id if dotted else tuple(sorted(houses))[:1]), to=field, moves=True,
        )  # fmt: skip

    def _end_boss(self, draft: Draft, person: Person, company: Organization, dotted: bool) -> None:
        for line in self.ledger.ties(ReportsTo, person.id):
            if (
                line.dotted == dotted
                and line.period.end is None
                and company.id in self.directory.companies[line.dst]
            ):
                self.ledger.end(line, draft.place)


def _is_other_name(person: Person, values: Mapping[str, Any]) -> bool:
    """Tell whether a row calls a person by the name in the other language, or by one of a record that became part of theirs."""
    others = (
        other_names(person.keys) if "name_alt" in values else (person.name_alt, *other_names(person.keys))
    )
    return fold(str(values["name"])) in map(fold, filter(None, others))


def _bare(draft: Draft, *more: str) -> Draft:
    """Return a row of the people sheet as its ties take it: its period is that of the job, its note the person's."""
    kept = ("author", "source", "status", "confidence", *more)
    return replace(draft, values={k: v for k, v in draft.values.items() if k in kept})
