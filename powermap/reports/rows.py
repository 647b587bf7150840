"""An account as rows of the import format."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Any

from powermap.lens.order import ordered
from powermap.model import (
    Action,
    Covers,
    Deal,
    Figure,
    Goal,
    Influences,
    Interaction,
    MemberOf,
    Organization,
    PartOf,
    Period,
    Person,
    Relates,
    ReportsTo,
    Serves,
    Snapshot,
    Stands,
    TakesPart,
    Thing,
    Tie,
    Voice,
    WorksAt,
)
from powermap.model.naming import fold
from powermap.reports.work_rows import WorkRows, one_name

Row = dict[str, Any]


def account_rows(snapshot: Snapshot, account: str, others: Collection[str] = ()) -> dict[str, list[Row]]:
    """Write everything known of an account as rows by sheet, ended facts included.

    `snapshot` is the account's scope, `others` are names that others of the store have too. References are names where
    one name means one thing, else ids: those that the user's own files gave, where they tell one thing from all
    others, else ours.
    """
    return _Writer(snapshot, account, others).sheets()


class _Writer:
    def __init__(self, snapshot: Snapshot, account: str, others: Collection[str]) -> None:
        self.snapshot = snapshot = ordered(snapshot)
        self.place = {record_id: n for n, record_id in enumerate(snapshot.records)}
        self.others = {fold(name) for name in others}
        self.account = account
        self.homes: dict[str, list[str]] = defaultdict(list)
        for cls in (WorksAt, MemberOf):
            for tie in snapshot.all(cls):
                organization = snapshot.get(Organization, tie.dst)
                if organization is not None and organization.type != "circle":
                    self.homes[tie.src].append(tie.dst)
        self.named: dict[tuple[str, str], set[str]] = defaultdict(set)
        for person in snapshot.all(Person):
            for home in self.homes[person.id]:
                for name in {person.name, person.name_alt} - {""}:
                    self.named[home, fold(name)].add(person.id)
        self.numbered: dict[tuple[str, str], set[str]] = defaultdict(set)
        """Who has a number in a company; a file that says it means them, whoever is called so."""
        for person in snapshot.all(Person):
            for key in person.keys:
                house, _, number = key.removeprefix("file|person|").partition("/")
                self.numbered[house, number].add(person.id)
        self.given = self._given()
        self.suppliers = {o.id for o in snapshot.all(Organization) if o.type == "supplier"}
        self.org_named: dict[str, set[str]] = defaultdict(set)
        for organization in snapshot.all(Organization):
            for name in {organization.name, organization.name_alt} - {""}:
                self.org_named[fold(name)].add(organization.id)
        self.deals_named: dict[tuple[str, str], set[str]] = defaultdict(set)
        for deal in snapshot.all(Deal):
            for name in {deal.name, deal.name_alt} - {""}:
                self.deals_named[deal.account, fold(name)].add(deal.id)

        self.houses = {self.organization(o.id): self.place[o.id] for o in snapshot.all(Organization)}

    def _given(self) -> dict[str, str]:
        """Return the ids that files gave to things, by ours: where nothing else has such an id or name."""
        kinds = (Organization, Person, Deal, Interaction, Goal, Action, Voice)
        things = [t for cls in kinds for t in self.snapshot.all(cls)]
        taken = Counter(fold(name) for t in things for name in {t.id, *_names(t)})
        given: dict[str, str] = {}
        for thing in things:
            kind = type(thing).__name__.lower()
            # Somebody of two companies is told to be one by our id alone.
            homes = self.homes[thing.id] if isinstance(thing, Person) else [getattr(thing, "account", "")]
            start = f"file|{kind}|" + (
                "" if isinstance(thing, Organization) else f"{homes[0] if homes else ''}/"
            )
            texts = [key.removeprefix(start) for key in thing.keys if key.startswith(start)]
            plain = texts and not set(texts[0]) & set(";；、|,，/") and fold(texts[0]) not in self.others
            if plain and len(set(homes)) == 1:
                given[thing.id] = texts[0]
        taken.update(map(fold, given.values()))
        return {ident: text for ident, text in given.items() if taken[fold(text)] == 1}

    def ident(self, thing_id: str) -> str:
        """Return the id under which a thing is written."""
        return self.given.get(thing_id, thing_id)

    def organization(self, organization_id: str) -> str:
        found = self.snapshot.get(Organization, organization_id)
        if found is None or len(self.org_named[fold(found.name)]) > 1 or fold(found.name) in self.others:
            return self.ident(organization_id)
        return found.name

    def person(self, person_id: str, home: str | None, *, supplier: bool = False) -> str:
        found = self.snapshot.get(Person, person_id)
        if found is None:
            return person_id
        houses = self.suppliers if supplier or (home is None) else {home}
        own = self.ident(person_id)
        same = set().union(*(self.named[h, fold(found.name)] for h in houses)) if houses else set()
        # Of the suppliers' people only those who have to do with the account are known here.
        elsewhere = houses is self.suppliers and fold(found.name) in self.others
        another = any(self.numbered.get((h, found.name), {person_id}) != {person_id} for h in houses)
        return found.name if same == {person_id} and not elsewhere and not another else own

    def deal_of(self, deal: Deal) -> str:
        """Return how a row refers to a deal."""
        alone = self.deals_named[deal.account, fold(deal.name)] == {deal.id}
        return deal.name if alone else self.ident(deal.id)

    def home(self, person_id: str) -> str:
        """Return the company under which a person's facts are written: the account if they are of it."""
        homes = self.homes[person_id]
        return self.account if self.account in homes or not homes else homes[0]

    def sheets(self) -> dict[str, list[Row]]:
        return {
            "organizations": self.organizations(),
            "people": self.people(),
            "ties": self.ties(),
            "stances": self.stances(),
            "deals": [self.deal(d) for d in self.snapshot.all(Deal)],
            "committee": self.committee(),
            "interactions": [
                self.interaction(i) for i in sorted(self.snapshot.all(Interaction), key=lambda i: str(i.on))
            ],
            "figures": [
                self.figure(f)
                for f in sorted(
                    self.snapshot.all(Figure),
                    key=lambda f: (f.measure, str(f.on), f.category, self.place.get(f.supplier, -1)),
                )
            ],
            **WorkRows(self).sheets(),
        }

    def organizations(self) -> list[Row]:
        parents = {t.src: t for t in self.snapshot.all(PartOf) if t.period == Period()}
        rows = []
        for o in sorted(
            self.snapshot.all(Organization), key=lambda o: (o.id != self.account, o.type, not o.us, o.name)
        ):
            row: Row = {
                "id": self.ident(o.id),
                "name": o.name,
                "name_alt": o.name_alt,
                "type": o.type,
                "us": True if o.us else None,
            }
            row |= {
                "grade": o.grade,
                "industry": o.industry,
                "region": o.region,
                "product_tier": o.product_tier,
                "stage": o.stage,
                "target": True if o.target else None,
                "target_since": o.target_since,
                "target_why": o.target_why,
                "lighthouse_for": "; ".join(o.lighthouse_for),
                "note": o.note,
            }
            if o.id in parents:
                row["part_of"] = self.organization(parents[o.id].dst)
            rows.append(row)
        return rows

    def people(self) -> list[Row]:
        bosses: dict[tuple[str, bool], list[ReportsTo]] = defaultdict(list)
        for line in self.snapshot.all(ReportsTo):
            # A column has no room for the days of a line.
            if line.period == Period():
                bosses[line.src, line.dotted].append(line)
        rows = []
        jobs: list[WorksAt | MemberOf] = [*self.snapshot.all(WorksAt)]
        jobs += [m for m in self.snapshot.all(MemberOf) if m.dst in self.homes[m.src]]
        for job in sorted(
            jobs,
            key=lambda j: (
                j.dst != self.account,
                self.place.get(j.dst, -1),
                getattr(j, "level", None) or 9,
                self.place.get(j.src, -1),
            ),
        ):
            person = self.snapshot.get(Person, job.src)
            if person is None:
                continue
            row: Row = {
                "id": self.ident(person.id),
                "company": self.organization(job.dst),
                "name": person.name,
                "name_alt": person.name_alt,
            }
            row |= {
                "power": person.power,
                "placeholder": True if person.placeholder else None,
                "adaptability": person.adaptability,
            }
            row |= {
                "email": person.email,
                "phone": person.phone,
                "note": person.note,
                "since": job.period.start,
                "until": job.period.end,
            }
            if isinstance(job, WorksAt):
                row |= {
                    "title": job.title,
                    "title_alt": job.title_alt,
                    "department": job.unit,
                    "department_alt": job.unit_alt,
                    "level": job.level,
                }
            else:
                row |= {"title": job.role, "title_alt": job.role_alt, "external": True}
            if job.period.end is None:
                for field, dotted in (("boss", False), ("dotted_boss", True)):
                    found = [b for b in bosses[person.id, dotted] if job.dst in self.homes[b.dst]]
                    if len(found) == 1:
                        row[field] = self.person(found[0].dst, job.dst)
                        bosses[person.id, dotted].remove(found[0])
            rows.append(row)
        self.lines_left = [line for left in bosses.values() for line in left] + [
            t for t in self.snapshot.all(ReportsTo) if t.period != Period()
        ]
        return rows

    @staticmethod
    def ground(tie: Tie) -> Row:
        e = tie.evidence
        row: Row = {
            "since": tie.period.start,
            "until": tie.period.end,
            "source": e.source,
            "author": e.author,
            "note": e.note,
            "confidence": e.confidence,
            "on": e.on,
        }
        row["status"] = e.status if e.status != "observed" else None
        return row

    def ties(self) -> list[Row]:
        rows = []
        for cover in self.snapshot.all(Covers):
            home = self.home(cover.dst)
            rows.append(
                {
                    "company": self.organization(home),
                    "from": self.person(cover.src, None, supplier=True),
                    "kind": "covers",
                    "to": self.person(cover.dst, home),
                    "strength": cover.strength,
                    "duty": cover.duty,
                    **self.ground(cover),
                }
            )
        for tie in self.snapshot.all(Influences):
            home = self.home(tie.dst)
            rows.append(
                {
                    "company": self.organization(home),
                    "from": self._either(tie.src, home),
                    "kind": "influences" if tie.sign > 0 else "conflict",
                    "to": self._either(tie.dst, home),
                    "strength": tie.strength,
                    "channel": tie.channel,
                    **self.ground(tie),
                }
            )
        for line in self.lines_left:
            home = self.home(line.src)
            rows.append(
                {
                    "company": self.organization(home),
                    "from": self._either(line.src, home),
                    "kind": "dotted" if line.dotted else "reports",
                    "to": self._either(line.dst, home),
                    **self.ground(line),
                }
            )
        for member in self.snapshot.all(MemberOf):
            if member.dst not in self.homes[member.src]:
                home = self.home(member.src)
                rows.append(
                    {
                        "company": self.organization(home),
                        "from": self._either(member.src, home),
                        "kind": "member",
                        "to": self.organization(member.dst),
                        **self.ground(member),
                    }
                )
        for service in self.snapshot.all(Serves):
            rows.append(
                {
                    "from": self.person(service.src, None, supplier=True),
                    "kind": "serves",
                    "to": self.organization(service.dst),
                    "duty": service.duty,
                    "days": service.days,
                    **self.ground(service),
                }
            )
        for part in self.snapshot.all(PartOf):
            if part.period != Period():
                rows.append(
                    {
                        "from": self.organization(part.src),
                        "kind": "part",
                        "to": self.organization(part.dst),
                        **self.ground(part),
                    }
                )
        for relation in self.snapshot.all(Relates):
            rows.append(
                {
                    "from": self.organization(relation.src),
                    "kind": "relates",
                    "to": self.organization(relation.dst),
                    "level": relation.level,
                    "bond": relation.bond,
                    "stickiness": relation.stickiness,
                    "stages": "; ".join(relation.stages),
                    **self.ground(relation),
                }
            )
        # They come in the order of both ends, by name; where a name is not enough, an id is written, which orders nothing.
        return sorted(rows, key=lambda r: (r["kind"], self._company(r)))

    def _company(self, row: Row) -> int:
        return self.houses.get(str(row.get("company")), -1)

    def _either(self, person: str, home: str) -> str:
        return self.person(person, home) if home in self.homes[person] else self.ident(person)

    def stances(self) -> list[Row]:
        rows = []
        for s in self.snapshot.all(Stands):
            deal = self.snapshot.get(Deal, s.deal) if s.deal else None
            # A deal is known at its account only, not at the units.
            home = deal.account if deal else self.home(s.src)
            row: Row = {
                "company": self.organization(home),
                "person": self._either(s.src, home),
                "supplier": self.organization(s.dst),
                "attitude": "?" if s.attitude is None else s.attitude,
                "deal": self.deal_of(deal) if deal else None,
            }
            row |= {
                f: getattr(s, f)
                for f in ("acceptance", "participation", "support", "information", "guidance", "rivalry")
            }
            rows.append({**row, **self.ground(s)})
        return sorted(rows, key=lambda r: (self._company(r), self.houses[r["supplier"]]))

    def deal(self, d: Deal) -> Row:
        row: Row = {
            f: getattr(d, f)
            for f in (
                "id",
                "name",
                "name_alt",
                "horizon",
                "stage",
                "value",
                "currency",
                "rule",
                "project_type",
                "close_on",
                "outcome",
                "state",
                "category",
                "serves",
                "note",
            )
        }
        return {
            **row,
            "id": self.ident(d.id),
            "company": self.organization(d.account),
            "won_by": self.organization(d.won_by) if d.won_by else None,
            "answers": "; ".join(self._deal_named(ident) for ident in d.answers),
        }

    def _deal_named(self, ident: str) -> str:
        found = self.snapshot.get(Deal, ident)
        return self.deal_of(found) if found is not None else ident

    def committee(self) -> list[Row]:
        rows = []
        for part in self.snapshot.all(TakesPart):
            deal = self.snapshot.get(Deal, part.dst)
            if deal is not None:
                rows.append(
                    {
                        "company": self.organization(deal.account),
                        "deal": self.deal_of(deal),
                        "person": self._either(part.src, deal.account),
                        "roles": part.roles,
                        "votes": part.votes,
                        "veto": True if part.veto else None,
                        **self.ground(part),
                    }
                )
        return sorted(rows, key=lambda r: (self._company(r), r["deal"]))

    def interaction(self, i: Interaction) -> Row:
        ours = [one_name(self.person(p, None, supplier=True), self.ident(p)) for p in i.ours]
        theirs = [one_name(self._either(p, i.account), self.ident(p)) for p in i.theirs]
        return {
            "id": self.ident(i.id),
            "company": self.organization(i.account),
            "on": i.on,
            "channel": i.channel,
            "ours": "; ".join(ours),
            "theirs": "; ".join(theirs),
            "purpose": i.purpose,
            "form": i.form,
            "action": self.ident(i.action) if i.action else None,
            "next": i.next,
            "layer": i.layer,
            "note": i.note,
        }

    def figure(self, f: Figure) -> Row:
        return {
            "company": self.organization(f.account),
            "measure": f.measure,
            "on": f.on,
            "value": f.value,
            "currency": f.currency,
            "category": f.category,
            "supplier": self.organization(f.supplier) if f.supplier else None,
            "tier": f.tier,
            "source": f.source,
        }


def _names(thing: Thing) -> set[str]:
    return {getattr(thing, field, "") for field in ("name", "name_alt")} - {""}
