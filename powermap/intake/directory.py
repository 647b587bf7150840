"""Find organizations and people by id, by external key, or by name within one company."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from powermap.intake.ledger import Ledger
from powermap.model import MemberOf, Organization, Person, Thing, Tie, WorksAt
from powermap.model.draft import Draft
from powermap.model.naming import fold, other_names


class Directory:
    """Names and keys of the ledger's organizations, people and deals."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.keys: dict[str, str] = {}
        self.organizations: dict[str, dict[str, None]] = defaultdict(dict)
        self.people: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        self.everybody: dict[str, dict[str, None]] = defaultdict(dict)
        self.companies: dict[str, dict[str, None]] = defaultdict(dict)
        self.numbered: dict[str, dict[str, None]] = defaultdict(dict)
        self.emails: dict[str, dict[str, None]] = defaultdict(dict)
        self.departments: dict[tuple[str, str], str] = {}
        """How each department of a company was first written, by its folded name."""
        for record in ledger.records.values():
            if isinstance(record, Organization):
                self.add_organization(record)
            elif isinstance(record, Thing):
                for key in record.keys:
                    self.keys[key] = record.id
        for record in ledger.records.values():
            if isinstance(record, (WorksAt, MemberOf)):
                self._employ(record)

    def department(self, company: str, written: str) -> str:
        """Return a department as it was first written there: case and spaces don't make another one."""
        return self.departments.setdefault((company, fold(written)), written)

    def _employ(self, tie: Tie) -> None:
        if isinstance(tie, WorksAt) and tie.unit:
            self.department(tie.dst, tie.unit)
        person = self.ledger.records.get(tie.src)
        if isinstance(person, Person) and (isinstance(tie, WorksAt) or self.is_company(tie.dst)):
            self.add_person(person, tie.dst)

    def is_company(self, organization_id: str) -> bool:
        """Tell whether people can be looked up within it: everything but a circle."""
        organization = self.ledger.records.get(organization_id)
        return isinstance(organization, Organization) and organization.type != "circle"

    def add_organization(self, organization: Organization) -> None:
        for name in (organization.name, organization.name_alt, *other_names(organization.keys)):
            if name:
                self.organizations[fold(name)][organization.id] = None
        for key in organization.keys:
            self.keys[key] = organization.id

    def add_person(self, person: Person, company: str) -> None:
        for name in (person.name, person.name_alt, *other_names(person.keys)):
            if name:
                self.people[company][fold(name)][person.id] = None
                self.everybody[fold(name)][person.id] = None
        if person.email:
            self.emails[person.email.casefold()][person.id] = None
        self.companies[person.id][company] = None
        for key in person.keys:
            self.keys[key] = person.id
            self.numbered[key.rpartition("/")[2]][person.id] = None

    # -- organizations -------------------------------------------------------------------------------------------

    def organization(self, text: str) -> list[Organization]:
        """Return the organizations with this id, key or name."""
        found = self.ledger.records.get(text) or self.ledger.records.get(
            self.keys.get(f"file|organization|{text}", "")
        )
        if isinstance(found, Organization):
            return [found]
        return self.ledger.of(Organization, self.organizations.get(fold(text), {}))

    def suppliers(self) -> list[Organization]:
        """Return all suppliers, us first."""
        return sorted(self.ledger.organizations("supplier"), key=lambda o: (not o.us, o.name, o.id))

    # -- people --------------------------------------------------------------------------------------------------

    def person(self, text: str, company: str | None, *, suppliers: bool = False) -> list[Person]:
        """Return the people with this id, key or name: in the company, else in the suppliers, else anywhere (by name
        first).

        With `suppliers`, the suppliers' people come first.
        """
        found = self.ledger.records.get(text)
        if isinstance(found, Person):
            return [found]
        if "@" in text and text.casefold() in self.emails:
            return self._people(self.emails[text.casefold()])
        name = fold(text)
        for ours in (True, False) if suppliers else (False, True):
            places = [o.id for o in self.suppliers()] if ours else [company] if company else []
            for place in places:
                key = self.ledger.records.get(self.keys.get(f"file|person|{place}/{text}", ""))
                if isinstance(key, Person):
                    return [key]
            ids = {i: None for place in places for i in self.people.get(place, {}).get(name, {})}
            if ids:
                return self._people(ids)
        if name in self.everybody:
            return self._people(self.everybody[name])
        numbered = self.numbered.get(text, {})
        # Of several with this number, whoever has a row in these files.
        mine = {i: None for i in numbered if i in self.ledger.seen}
        return self._people(mine or numbered)

    def _people(self, ids: dict[str, None]) -> list[Person]:
        return self.ledger.of(Person, ids)

    def describe(self, person: Person) -> str:
        """Say who a candidate is: name, title, department, company, id."""
        parts = [person.name]
        for tie in self.ledger.ties(WorksAt, person.id):
            organization = self.ledger.records.get(tie.dst)
            parts += [tie.title, tie.unit, getattr(organization, "name", "")]
        return f"{' '.join(dict.fromkeys(p for p in parts if p))} [{person.id}]"

    def one_person(
        self,
        draft: Draft,
        field: str,
        company: str | None,
        *,
        suppliers: bool = False,
        text: str | None = None,
    ) -> Person | None:
        """Return the one person whom a cell names; anything else is a problem with its candidates."""
        text = str(draft.values[field]) if text is None else text
        found = self.person(text, company, suppliers=suppliers)
        if len(found) == 1:
            return found[0]
        if found:
            choice = "; ".join(self.describe(p) for p in found[:8])
            self.ledger.problems.append(
                draft.place.problem(
                    field,
                    text,
                    f"{len(found)} people are called {text!r}",
                    f"write the id of one: {choice}",
                    zh=f"有 {len(found)} 个人叫“{text}”",
                    suggestion_zh=f"请写其中一位的编号：{choice}",
                    code="ambiguous-person",
                )
            )
        else:
            near = self.nearest(
                text, [o.id for o in self.suppliers()] if suppliers else [company] if company else []
            )
            self.ledger.problems.append(
                draft.place.problem(
                    field, text, f"nobody here is called {text!r}", f"did you mean {near}?" if near else "add this person to the people sheet, or correct the name",
                    zh=f"没有叫“{text}”的人", suggestion_zh=f"是不是 {near}？" if near else "请在人员表里加上，或改正姓名", code="unknown-person",
                )
            )  # fmt: skip
        return None

    def nearest(self, text: str, companies: list[str]) -> str:
        """Return up to three similar names of the companies (none: of anybody), or an empty text."""
        from rapidfuzz import fuzz, process

        ids = (
            {i for company in companies for group in self.people.get(company, {}).values() for i in group}
            if companies
            else set(self.companies)
        )
        names = {p.id: p.name for p in self.ledger.of(Person, sorted(ids))}
        hits: list[Any] = process.extract(text, names, scorer=fuzz.ratio, limit=3, score_cutoff=50)
        return ", ".join(dict.fromkeys(str(hit[0]) for hit in hits))
