"""What a row of each kind of sheet says: things first, then the ties between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from powermap.intake.ledger import Ledger
from powermap.intake.people import Directory
from powermap.model import (
    Covers,
    Deal,
    Figure,
    Influences,
    Interaction,
    MemberOf,
    Organization,
    PartOf,
    Person,
    Relates,
    ReportsTo,
    Stands,
    TakesPart,
    WorksAt,
)
from powermap.model.draft import CLEAR, Draft


class Sheets:
    """Takes the drafts of all files into a ledger."""

    def __init__(self, ledger: Ledger, *, account: str | None, us: str | None) -> None:
        self.ledger = ledger
        self.directory = Directory(ledger)
        self.account = account
        self.us_name = us
        self._deals: dict[tuple[str, str], list[str]] = {}
        for record in ledger.records.values():
            if isinstance(record, Deal):
                self._index_deal(record)

    def take(self, drafts: tuple[Draft, ...]) -> None:
        """Take all drafts: every thing before any tie, so that the order of rows and sheets doesn't matter."""
        by_sheet: dict[str, list[Draft]] = {}
        for draft in drafts:
            by_sheet.setdefault(draft.sheet, []).append(draft)
        for draft in by_sheet.get("organizations", []):
            self.organization(draft)
        for draft in by_sheet.get("organizations", []):
            self.part_of(draft)
        people = [(draft, self.person(draft)) for draft in by_sheet.get("people", [])]
        for draft in by_sheet.get("deals", []):
            self.deal(draft)
        for draft, found in people:
            if found is not None:
                self.person_ties(draft, *found)
        self._pairs = Counter((d.values.get("from"), d.values.get("to")) for d in by_sheet.get("ties", []))
        for draft in by_sheet.get("ties", []):
            self.tie(draft)
        for draft in by_sheet.get("stances", []):
            self.stance(draft)
        for draft in by_sheet.get("committee", []):
            self.seat(draft)
        for draft in by_sheet.get("interactions", []):
            self.interaction(draft)
        for draft in by_sheet.get("figures", []):
            self.figure(draft)

    # -- organizations -------------------------------------------------------------------------------------------

    def organization(self, draft: Draft) -> None:
        values = draft.values
        name = str(values["name"])
        key = f"file|organization|{values['id']}" if values.get("id") not in (None, CLEAR) else ""
        found = self.directory.organization(str(values["id"])) if key else []
        found = found or self.directory.organization(name)
        if len(found) > 1:
            self._ambiguous(draft, "name", name, found)
            return
        fields = _pick(
            values, ("name", "name_alt", "type", "us", "grade", "industry", "region", "product_tier", "note")
        )
        if fields.get("us") is True:
            fields["type"] = "supplier"
            other = self._us()
            if other is not None and (not found or other.id != found[0].id):
                self.ledger.problems.append(
                    draft.place.problem(
                        "us",
                        "yes",
                        f"{other.name} is marked as us already",
                        "only one supplier can be us",
                        zh=f"“{other.name}”已经标为我方",
                        suggestion_zh="我方只能有一家",
                        code="two-us",
                    )
                )
                return
        key = "" if found and key and str(values["id"]) == found[0].id else key
        record = self.ledger.thing(
            found[0] if found else None, lambda i: Organization(id=i, name=name), draft, fields, key
        )
        if record is not None:
            self.directory.add_organization(record)

    def part_of(self, draft: Draft) -> None:
        parent = draft.values.get("part_of")
        if parent is None:
            return
        child = self.directory.organization(str(draft.values["name"]))
        if not child:
            return
        if parent is CLEAR:
            return
        above = self._organization(draft, "part_of")
        if above is not None:
            self._part(draft, child[0], above)

    def _part(self, draft: Draft, child: Organization, above: Organization) -> None:
        if child.id == above.id:
            self.ledger.problems.append(
                draft.place.problem(
                    "part_of",
                    above.name,
                    "an organization is no part of itself",
                    "name the one above it",
                    zh="组织不能隶属于自己",
                    suggestion_zh="请写它的上级",
                    code="cycle",
                )
            )
            return
        self.ledger.tie(PartOf, child.id, above.id, draft, {}, same=lambda t: True)

    def _organization(self, draft: Draft, field: str, *, kind: str | None = None) -> Organization | None:
        text = str(draft.values[field])
        found = self.directory.organization(text)
        if kind:
            found = [o for o in found if o.type == kind] or found
        if len(found) == 1:
            return found[0]
        if found:
            self._ambiguous(draft, field, text, found)
            return None
        names = {
            n: n
            for o in self.ledger.records.values()
            if isinstance(o, Organization)
            for n in (o.name, o.name_alt)
            if n
        }
        from rapidfuzz import fuzz, process

        near = process.extractOne(text, list(names), scorer=fuzz.ratio, score_cutoff=60)
        self.ledger.problems.append(
            draft.place.problem(
                field, text, f"there is no organization called {text!r}", f"did you mean {near[0]!r}?" if near else "add it to the organizations sheet",
                zh=f"没有叫“{text}”的组织", suggestion_zh=f"是不是“{near[0]}”？" if near else "请在组织表里加上", code="unknown-organization",
            )
        )  # fmt: skip
        return None

    def _ambiguous(self, draft: Draft, field: str, text: str, found: list[Organization]) -> None:
        choice = "; ".join(f"{o.name} ({o.type}) [{o.id}]" for o in found)
        self.ledger.problems.append(
            draft.place.problem(
                field,
                text,
                f"{len(found)} organizations are called {text!r}",
                f"write the id of one: {choice}",
                zh=f"有 {len(found)} 个组织叫“{text}”",
                suggestion_zh=f"请写其中一个的编号：{choice}",
                code="ambiguous-organization",
            )
        )

    def company(self, draft: Draft) -> Organization | None:
        """Return the company a row is about; one that is only named there is created as a customer."""
        written = draft.values.get("company")
        if written is None or written is CLEAR:
            return self._default_company(draft)
        found = self.directory.organization(str(written))
        if len(found) == 1:
            return found[0]
        if found:
            self._ambiguous(draft, "company", str(written), found)
            return None
        return self._new_organization(draft, str(written), "customer")

    def _default_company(self, draft: Draft) -> Organization | None:
        name = self.account
        if name is None:
            customers = [
                r
                for r in self.ledger.records.values()
                if isinstance(r, Organization) and r.type == "customer"
            ]
            if draft.sheet != "people" and len(customers) == 1:
                return customers[0]
            if draft.sheet != "people" or "company" in draft.place.headers:
                self.ledger.problems.append(
                    draft.place.problem(
                        "company",
                        "",
                        "the row names no company",
                        "fill it in, or add --account NAME",
                        zh="这一行没写公司",
                        suggestion_zh="请补上，或加 --account 公司名",
                        code="missing",
                    )
                )
                return None
            name = (
                draft.place.sheet
                if draft.place.sheet
                and not draft.place.sheet.lower().startswith(("sheet", "工作表", "people", "人员"))
                else Path(draft.place.file).stem
            )
        found = self.directory.organization(name)
        if len(found) == 1:
            return found[0]
        if found:
            self._ambiguous(draft, "company", name, found)
            return None
        return self._new_organization(draft, name, "customer")

    def _new_organization(self, draft: Draft, name: str, kind: Any) -> Organization:
        record = Organization(id=self.ledger.new_id(), name=name, type=kind)
        words = {
            "customer": ("客户", "customer"),
            "circle": ("圈子", "circle"),
            "supplier": ("供应商", "supplier"),
        }[kind]
        self.ledger.note(f"新建{words[0]}“{name}”", f"new {words[1]}: {name}")
        self.ledger.put(record, draft.place)
        self.directory.add_organization(record)
        return record

    def _us(self) -> Organization | None:
        return next((r for r in self.ledger.records.values() if isinstance(r, Organization) and r.us), None)

    def us(self, draft: Draft) -> Organization:
        """Return us; if no supplier is marked, one is made."""
        found = self._us()
        if found is not None:
            return found
        name = self.us_name or "我方 Us"
        known = [o for o in self.directory.organization(name) if o.type == "supplier"]
        if known:
            record = replace(known[0], us=True)
        else:
            record = Organization(id=self.ledger.new_id(), name=name, type="supplier", us=True)
        self.ledger.note(
            f"我方记为“{name}”（可用 --us 或组织表改名）",
            f"our own company is called {name!r} here (change it with --us, or in the organizations sheet)",
        )
        self.ledger.put(record, draft.place)
        self.directory.add_organization(record)
        return record

    # -- people --------------------------------------------------------------------------------------------------

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
                same = self.directory.people[company.id].get(self._fold(name), {})
                people = [self.ledger.records[i] for i in same]
                found = [
                    p
                    for p in people
                    if isinstance(p, Person) and not any(k.startswith("file|person|") for k in p.keys)
                ]
        else:
            same = self.directory.people[company.id].get(self._fold(name), {})
            found = [self.ledger.records[i] for i in same]  # type: ignore[misc]
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
        fields = _pick(values, ("name", "name_alt", "placeholder", "power", "adaptability", "email", "phone"))
        fields["name"] = name
        if "note" in values:
            fields["note"] = values["note"]
        checked = {**fields, **_pick(values, ("title", "department"))} if not values.get("id") else fields
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

    @staticmethod
    def _fold(name: str) -> str:
        from powermap.intake.people import fold

        return fold(name)

    def _employ(self, draft: Draft, person: Person, company: Organization) -> None:
        values = draft.values
        if values.get("external") is True or company.type == "circle":
            fields = _pick(values, ("title", "title_alt"), {"title": "role", "title_alt": "role_alt"})
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
        fields = _pick(
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

    def person_ties(self, draft: Draft, person: Person, company: Organization) -> None:
        values = draft.values
        # The period of a people row is that of the job, not of its boss, owner or attitude.
        bare = replace(draft, values={k: v for k, v in values.items() if k not in ("since", "until", "note")})
        for field, dotted in (("boss", False), ("dotted_boss", True)):
            if values.get(field) is CLEAR:
                self._end_boss(draft, person, company, dotted)
            elif field in values:
                boss = self.directory.one_person(draft, field, company.id)
                if boss is not None:
                    self._reports(bare, person, boss, dotted, field)
        if "owner" in values and values["owner"] is not CLEAR:
            for text in values["owner"]:
                owner = self._owner(draft, text)
                if owner is not None:
                    self.ledger.tie(
                        Covers,
                        owner.id,
                        person.id,
                        bare,
                        {},
                        same=lambda t: t.dst == person.id,
                        identity=(person.id,),
                    )
        if "attitude" in values and values["attitude"] is not CLEAR:
            us = self.us(draft)
            self.ledger.tie(
                Stands,
                person.id,
                us.id,
                bare,
                {"attitude": values["attitude"]},
                same=lambda t: t.dst == us.id and not t.deal,
                identity=(us.id, ""),
            )
        if "roles" in values and values["roles"] is not CLEAR:
            deal = self._deal(draft, company)
            if deal is not None:
                self.ledger.tie(
                    TakesPart,
                    person.id,
                    deal.id,
                    bare,
                    {"roles": values["roles"]},
                    same=lambda t: t.dst == deal.id,
                    identity=(deal.id,),
                )

    def _owner(self, draft: Draft, text: str) -> Person | None:
        us = self.us(draft)
        found = self.directory.person(text, us.id, suppliers=True)
        if found:
            return self.directory.one_person(draft, "owner", us.id, suppliers=True, text=text)
        person = Person(id=self.ledger.new_id(), name=text)
        self.ledger.note(f"新建我方人员“{text}”", f"new person of ours: {text}")
        self.ledger.put(person, draft.place)
        self.ledger.put(WorksAt(id=self.ledger.new_id(), src=person.id, dst=us.id), draft.place)
        self.directory.add_person(person, us.id)
        return person

    def _reports(self, draft: Draft, person: Person, boss: Person, dotted: bool, field: str) -> None:
        if person.id == boss.id:
            self.ledger.problems.append(
                draft.place.problem(
                    field,
                    boss.name,
                    "nobody is his own boss",
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
            identity=(dotted, boss.id if dotted else tuple(sorted(houses))[:1]),
        )  # fmt: skip

    def _end_boss(self, draft: Draft, person: Person, company: Organization, dotted: bool) -> None:
        for line in self.ledger.ties(ReportsTo, person.id):
            if (
                line.dotted == dotted
                and line.period.end is None
                and company.id in self.directory.companies[line.dst]
            ):
                start = line.period.start
                end = max(self.ledger.today, start) if start else self.ledger.today
                self.ledger.put(replace(line, period=replace(line.period, end=end)), draft.place)

    # -- deals ---------------------------------------------------------------------------------------------------

    def _index_deal(self, deal: Deal) -> None:
        for text in (deal.name, deal.name_alt, deal.id, *(k.rsplit("/", 1)[-1] for k in deal.keys)):
            if text:
                ids = self._deals.setdefault((deal.account, self._fold(text)), [])
                if deal.id not in ids:
                    ids.append(deal.id)

    def deal(self, draft: Draft) -> None:
        company = self.company(draft)
        if company is None:
            return
        values = draft.values
        key = f"file|deal|{company.id}/{values['id']}" if values.get("id") not in (None, CLEAR) else ""
        ids = self._deals.get((company.id, self._fold(str(values["id"]))), []) if key else []
        ids = ids or self._deals.get((company.id, self._fold(str(values["name"]))), [])
        old = self.ledger.records.get(ids[0]) if len(ids) == 1 else None
        fields = _pick(
            values,
            (
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
                "note",
            ),
        )
        if "won_by" in values and values["won_by"] is not CLEAR:
            winner = self._organization(draft, "won_by", kind="supplier")
            if winner is None:
                return
            fields["won_by"] = winner.id
        if isinstance(old, Deal) and key and str(values["id"]) == old.id:
            key = ""
        record = self.ledger.thing(
            old if isinstance(old, Deal) else None,
            lambda i: Deal(id=i, account=company.id, name=str(values["name"])),
            draft,
            fields,
            key,
        )
        if record is not None:
            self._index_deal(record)

    def _deal(self, draft: Draft, company: Organization) -> Deal | None:
        written = draft.values.get("deal")
        if written is None or written is CLEAR:
            ids = list(
                dict.fromkeys(
                    i for (account, _), found in self._deals.items() if account == company.id for i in found
                )
            )
            open_ids = [i for i in ids if not self.ledger.records[i].outcome]  # type: ignore[attr-defined]
            if len(open_ids) == 1:
                return self.ledger.records[open_ids[0]]  # type: ignore[return-value]
            if not ids:
                deal = Deal(
                    id=self.ledger.new_id(),
                    account=company.id,
                    name="采购" if _chinese(company.name) else "Purchase",
                )
                self.ledger.note(
                    f"为“{company.name}”新建项目“{deal.name}”，角色记在其下",
                    f"new deal {deal.name!r} at {company.name}, to hold the roles",
                )
                self.ledger.put(deal, draft.place)
                self._index_deal(deal)
                return deal
            names = "; ".join(self.ledger.records[i].name for i in ids)  # type: ignore[attr-defined]
            self.ledger.problems.append(
                draft.place.problem(
                    "deal",
                    "",
                    "which deal is this role in?",
                    f"add a deal column; deals: {names}",
                    zh="这是哪个项目里的角色？",
                    suggestion_zh=f"请加“项目”列；项目有：{names}",
                    code="which-deal",
                )
            )
            return None
        ids = self._deals.get((company.id, self._fold(str(written))), [])
        if len(ids) == 1:
            return self.ledger.records[ids[0]]  # type: ignore[return-value]
        names = "; ".join(
            dict.fromkeys(
                self.ledger.records[i].name for (a, _), f in self._deals.items() if a == company.id for i in f
            )
        )  # type: ignore[attr-defined]
        self.ledger.problems.append(
            draft.place.problem(
                "deal",
                written,
                f"{company.name} has no deal {written!r}"
                if not ids
                else f"{len(ids)} deals are called {written!r}",
                f"deals: {names}" if names else "add it to the deals sheet",
                zh=f"{company.name} 没有项目“{written}”",
                suggestion_zh=f"项目有：{names}" if names else "请在项目表里加上",
                code="unknown-deal",
            )
        )
        return None

    # -- ties ----------------------------------------------------------------------------------------------------

    def tie(self, draft: Draft) -> None:
        values = draft.values
        kind = values["kind"]
        if kind in ("part", "relates"):
            self._organizations_tie(draft, kind)
            return
        company = self.company(draft) if "company" in values or kind != "covers" else None
        if "company" in values and company is None:
            return
        house = company.id if company else None
        start = self.directory.one_person(draft, "from", house, suppliers=kind == "covers")
        if kind == "member":
            self._member(draft, start)
            return
        end = self.directory.one_person(draft, "to", house)
        if start is None or end is None:
            return
        if start.id == end.id:
            self.ledger.problems.append(
                draft.place.problem(
                    "to",
                    end.name,
                    "a tie needs two people",
                    "correct one of the two",
                    zh="关系两端不能是同一个人",
                    suggestion_zh="请改正其中一个",
                    code="own-tie",
                )
            )
        elif kind == "covers":
            fields = _pick(values, ("strength", "duty"))
            self.ledger.tie(
                Covers, start.id, end.id, draft, fields, same=lambda t: t.dst == end.id, identity=(end.id,)
            )
        elif kind in ("reports", "dotted"):
            self._reports(draft, start, end, kind == "dotted", "to")
        else:
            for src, dst in {
                "influences": [(start, end)],
                "conflict": [(start, end)],
                "mutual": [(start, end), (end, start)],
            }.get(kind, [(end, start)]):
                self._influence(draft, src.id, dst.id, kind)

    def _influence(self, draft: Draft, src: str, dst: str, kind: str) -> None:
        fields = _pick(draft.values, ("strength", "sign", "channel"))
        if kind == "conflict":
            fields["sign"] = -1
        channel = fields.get("channel", "")
        channel = "" if channel is CLEAR else channel
        sign = fields.get("sign", 1)
        known = {t.channel for t in self.ledger.ties(Influences, src) if t.dst == dst and t.sign == sign}
        # A pair with one tie, in the store and in the file, keeps it when its channel is corrected.
        alone = len(known) == 1 and self._pairs[draft.values["from"], draft.values["to"]] == 1
        self.ledger.tie(
            Influences, src, dst, draft, fields,
            same=lambda t: t.dst == dst and t.sign == sign and (alone or t.channel == channel),
            identity=(dst, sign, channel),
        )  # fmt: skip

    def _member(self, draft: Draft, person: Person | None) -> None:
        found = self.directory.organization(str(draft.values["to"]))
        if person is None:
            return
        if len(found) > 1:
            self._ambiguous(draft, "to", str(draft.values["to"]), found)
            return
        circle = found[0] if found else self._new_organization(draft, str(draft.values["to"]), "circle")
        self.ledger.tie(
            MemberOf,
            person.id,
            circle.id,
            draft,
            {},
            same=lambda t: t.dst == circle.id,
            identity=(circle.id,),
        )

    def _organizations_tie(self, draft: Draft, kind: str) -> None:
        start, end = (
            self._organization(draft, "from", kind="supplier" if kind == "relates" else None),
            self._organization(draft, "to"),
        )
        if start is None or end is None:
            return
        if kind == "part":
            self._part(draft, start, end)
            return
        fields = _pick(draft.values, ("level", "bond", "stickiness", "stages"))
        self.ledger.tie(
            Relates, start.id, end.id, draft, fields, same=lambda t: t.dst == end.id, identity=(end.id,)
        )

    def stance(self, draft: Draft) -> None:
        company = self.company(draft) if "company" in draft.values else None
        if "company" in draft.values and company is None:
            return
        person = self.directory.one_person(draft, "person", company.id if company else None)
        supplier = (
            self._organization(draft, "supplier", kind="supplier")
            if "supplier" in draft.values
            else self.us(draft)
        )
        if person is None or supplier is None:
            return
        if supplier.type != "supplier":
            self.ledger.problems.append(
                draft.place.problem(
                    "supplier",
                    supplier.name,
                    f"{supplier.name} is a {supplier.type}, not a supplier",
                    "mark it as supplier in the organizations sheet",
                    zh=f"“{supplier.name}”不是供应商",
                    suggestion_zh="请在组织表里把类型改为供应商",
                    code="not-a-supplier",
                )
            )
            return
        deal = ""
        if draft.values.get("deal") not in (None, CLEAR):
            home = company or next(
                (self.ledger.records[c] for c in self.directory.companies[person.id]), None
            )
            found = self._deal(draft, home) if isinstance(home, Organization) else None
            if found is None:
                return
            deal = found.id
        fields = _pick(
            draft.values, ("acceptance", "participation", "support", "information", "guidance", "rivalry")
        )
        value = draft.values["attitude"]
        fields |= {"attitude": None if value is CLEAR else value, "deal": deal}
        self.ledger.tie(
            Stands,
            person.id,
            supplier.id,
            draft,
            fields,
            same=lambda t: t.dst == supplier.id and t.deal == deal,
            identity=(supplier.id, deal),
        )

    def seat(self, draft: Draft) -> None:
        company = self.company(draft)
        if company is None:
            return
        person = self.directory.one_person(draft, "person", company.id)
        deal = self._deal(draft, company)
        if person is not None and deal is not None:
            fields = _pick(draft.values, ("roles", "votes", "veto"))
            self.ledger.tie(
                TakesPart,
                person.id,
                deal.id,
                draft,
                fields,
                same=lambda t: t.dst == deal.id,
                identity=(deal.id,),
            )

    # -- what happened -------------------------------------------------------------------------------------------

    def interaction(self, draft: Draft) -> None:
        company = self.company(draft)
        if company is None:
            return
        values = draft.values
        sides: dict[str, tuple[str, ...]] = {}
        for field in ("ours", "theirs"):
            people = [
                self.directory.one_person(draft, field, company.id, suppliers=field == "ours", text=text)
                for text in values.get(field, ()) or ()
            ]
            if None in people:
                return
            sides[field] = tuple(p.id for p in people if p is not None)
        fields = {**_pick(values, ("on", "channel", "purpose", "note")), **sides}
        key = f"file|interaction|{company.id}/{values['id']}" if values.get("id") not in (None, CLEAR) else ""
        found = self.ledger.records.get(str(values.get("id"))) or self.ledger.records.get(
            self.directory.keys.get(key, "")
        )
        old = found if isinstance(found, Interaction) else self._same_meeting(company.id, fields)
        if old is not None and key and str(values["id"]) == old.id:
            key = ""
        record = self.ledger.thing(
            old, lambda i: Interaction(id=i, account=company.id, on=values["on"]), draft, fields, key
        )
        if record is not None:
            self._meetings.setdefault(_meeting(record), record.id)

    @property
    def _meetings(self) -> dict[tuple[Any, ...], str]:
        if not hasattr(self, "_meeting_index"):
            self._meeting_index = {
                _meeting(r): r.id for r in self.ledger.records.values() if isinstance(r, Interaction)
            }
        return self._meeting_index

    def _same_meeting(self, account: str, fields: Mapping[str, Any]) -> Interaction | None:
        key = (
            account,
            fields["on"],
            fields.get("channel", ""),
            frozenset(fields["ours"]),
            frozenset(fields["theirs"]),
            fields.get("purpose", ""),
        )
        found = self.ledger.records.get(self._meetings.get(key, ""))
        return found if isinstance(found, Interaction) else None

    def figure(self, draft: Draft) -> None:
        company = self.company(draft)
        if company is None:
            return
        values = draft.values
        supplier = ""
        if values.get("supplier") not in (None, CLEAR):
            found = self._organization(draft, "supplier", kind="supplier")
            if found is None:
                return
            supplier = "" if found.us else found.id
        category = values.get("category", "")
        category = "" if category is CLEAR else category
        key = (company.id, values["measure"], values["on"], category, supplier)
        old = self.ledger.records.get(self._figures.get(key, ""))
        fields = {
            **_pick(values, ("measure", "on", "value", "currency", "source")),
            "category": category,
            "supplier": supplier,
        }
        record = self.ledger.thing(
            old if isinstance(old, Figure) else None,
            lambda i: Figure(id=i, account=company.id, measure=values["measure"], on=values["on"]),
            draft,
            fields,
        )
        if record is not None:
            self._figures[key] = record.id

    @property
    def _figures(self) -> dict[tuple[Any, ...], str]:
        if not hasattr(self, "_figure_index"):
            self._figure_index: dict[tuple[Any, ...], str] = {
                (r.account, r.measure, r.on, r.category, r.supplier): r.id
                for r in self.ledger.records.values()
                if isinstance(r, Figure)
            }
        return self._figure_index


def _meeting(record: Interaction) -> tuple[Any, ...]:
    return (
        record.account,
        record.on,
        record.channel,
        frozenset(record.ours),
        frozenset(record.theirs),
        record.purpose,
    )


def _pick(
    values: Mapping[str, Any], names: tuple[str, ...], renamed: Mapping[str, str] | None = None
) -> dict[str, Any]:
    return {(renamed or {}).get(name, name): values[name] for name in names if name in values}


def _chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)
