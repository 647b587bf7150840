"""People: who a row of the people sheet is, and what it says of job, boss and owner."""

from __future__ import annotations

from typing import Any

from powermap.intake.context import Context, grounds, properties, written
from powermap.intake.organizations import Organizations
from powermap.model import Covers, MemberOf, Organization, Person, ReportsTo, WorksAt
from powermap.model.draft import CLEAR, Draft
from powermap.model.naming import fold, other_names


class People:
    """People: who a row of the people sheet is, and what it says of job, boss and owner."""

    def __init__(self, context: Context, organizations: Organizations) -> None:
        self.ledger, self.directory = context.ledger, context.directory
        self.organizations = organizations

    def take(self, draft: Draft) -> tuple[Person, Organization] | None:
        """Take a row of the people sheet: the person and their job; return both ends of the job."""
        company = self.organizations.company(draft)
        if company is None:
            return None
        found, key = self._known(draft, company)
        name = str(draft.values["name"])
        if len(found) > 1:
            self._ambiguous(draft, company, found)
            return None
        old = found[0] if found else None
        fields = properties(draft, "Person") | {"name": name}
        if old and draft.values.get("id") != old.id and _is_other_name(old, draft):
            # Whoever is found by another of their names is not renamed; by their id they can be.
            fields["name"] = old.name
        told = {field: draft.values[field] for field in ("title", "department") if field in draft.values}
        # Without a number, two rows of one name are told apart by their posts.
        checked = fields if draft.values.get("id") else fields | told
        if old and not self.ledger.claim(("row", old.id, company.id), checked, draft.place):
            return None
        person = self.ledger.thing(old, lambda i: Person(id=i, name=name), draft, fields, key)
        if person is None:
            return None
        if old is None:
            self.ledger.claim(("row", person.id, company.id), checked, draft.place)
        self.directory.add_person(person, company.id)
        self._employ(draft, person, company)
        return person, company

    def _known(self, draft: Draft, company: Organization) -> tuple[list[Person], str]:
        """Return whom a row may be about, and the key under which its number is kept."""
        number = written(draft, "id")
        same = self.ledger.of(
            Person, self.directory.people[company.id].get(fold(str(draft.values["name"])), {})
        )
        if number is None:
            return same, ""
        text = str(number)
        key = f"file|person|{company.id}/{text}"
        known = self.ledger.records.get(text) or self.ledger.records.get(self.directory.keys.get(key, ""))
        if isinstance(known, Person):
            return [known], "" if known.id == text else key
        # A new id: a person of that name who has none yet, else a new one.
        return [p for p in same if not any(k.startswith("file|person|") for k in p.keys)], key

    def _ambiguous(self, draft: Draft, company: Organization, found: list[Person]) -> None:
        name = str(draft.values["name"])
        choice = "; ".join(self.directory.describe(person) for person in found[:8])
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

    def _employ(self, draft: Draft, person: Person, company: Organization) -> None:
        outside = draft.values.get("external") is True or company.type == "circle"
        cls: type[MemberOf | WorksAt] = MemberOf if outside else WorksAt
        fields = properties(draft, cls.KIND)
        if isinstance(fields.get("unit"), str):
            fields["unit"] = self.directory.department(company.id, fields["unit"])
        self.ledger.tie(
            cls,
            person.id,
            company.id,
            draft,
            fields,
            same=lambda t: t.dst == company.id,
            identity=(company.id,),
            evidence=False,
        )

    # -- bosses --------------------------------------------------------------------------------------------------

    def bosses(self, draft: Draft, person: Person, company: Organization) -> None:
        """Take the lines of a row of the people sheet."""
        for field, dotted in (("boss", False), ("dotted_boss", True)):
            if draft.values.get(field) is CLEAR:
                self._end_boss(draft, person, company, dotted)
            elif field in draft.values:
                boss = self.directory.one_person(draft, field, company.id)
                if boss is not None:
                    self.report(grounds(draft), person, boss, dotted=dotted, field=field)

    def report(self, draft: Draft, person: Person, boss: Person, *, dotted: bool, field: str) -> None:
        """Take one line; `field` is the cell that names the boss."""
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

        def same(line: ReportsTo) -> bool:
            return (
                line.dotted == dotted
                and (line.dst == boss.id or not dotted)
                and bool(houses.keys() & self.directory.companies[line.dst].keys())
            )

        identity: tuple[Any, ...] = (dotted, boss.id if dotted else tuple(sorted(houses))[:1])
        fields = {"dotted": dotted}
        self.ledger.tie(
            ReportsTo, person.id, boss.id, draft, fields, same=same, identity=identity, to=field, moves=True
        )

    def _end_boss(self, draft: Draft, person: Person, company: Organization, dotted: bool) -> None:
        for line in self.ledger.ties(ReportsTo, person.id):
            if (
                line.dotted == dotted
                and line.period.end is None
                and company.id in self.directory.companies[line.dst]
            ):
                self.ledger.end(line, draft.place)

    # -- owners --------------------------------------------------------------------------------------------------

    def owners(self, draft: Draft) -> list[Person]:
        """Return who of ours looks after the person of a row; who is nowhere known is created."""
        found = [self.owner(draft, text) for text in written(draft, "owner") or ()]
        return [owner for owner in found if owner is not None]

    def owner(self, draft: Draft, text: str) -> Person | None:
        """Return one of ours by name; who is nowhere known is created."""
        us = self.organizations.us(draft)
        if self.directory.person(text, us.id, suppliers=True):
            return self.directory.one_person(draft, "owner", us.id, suppliers=True, text=text)
        person = Person(id=self.ledger.new_id(), name=text)
        self.ledger.note("新建我方人员", "new person of ours", text)
        self.ledger.put(person, draft.place, implied=True)
        job = WorksAt(id=self.ledger.new_id(), src=person.id, dst=us.id)
        self.ledger.put(job, draft.place, implied=True)
        self.directory.add_person(person, us.id)
        return person

    def covered(self, draft: Draft, person: Person, owners: list[Person]) -> None:
        """Take who looks after the person of a row."""
        for owner in owners:
            self.ledger.tie(
                Covers,
                owner.id,
                person.id,
                grounds(draft),
                {},
                same=lambda t: t.dst == person.id,
                identity=(person.id,),
            )


def _is_other_name(person: Person, draft: Draft) -> bool:
    """Tell whether a row calls a person by the name in the other language, or by one of a record that became part of theirs."""
    names = [*other_names(person.keys), *(() if "name_alt" in draft.values else (person.name_alt,))]
    return fold(str(draft.values["name"])) in map(fold, filter(None, names))
