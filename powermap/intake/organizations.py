"""Organizations: those a sheet lists, those a row names, and us."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from powermap.intake.context import Context, properties, written
from powermap.model import Organization, PartOf, Problem
from powermap.model.draft import CLEAR, Draft, Place
from powermap.model.naming import OURS, fold, other_names
from powermap.model.things import OrganizationType


class Organizations:
    """Organizations: those a sheet lists, those a row names, and us."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.ledger, self.directory = context.ledger, context.directory
        self._asked: set[tuple[str, str]] = set()

    def take(self, draft: Draft) -> Organization | None:
        """Take a row of the organizations sheet, and return whom it is about."""
        values = draft.values
        name = str(values["name"])
        key = f"file|organization|{values['id']}" if written(draft, "id") is not None else ""
        found = self.directory.organization(str(values["id"])) if key else []
        if not found:
            found = named = self.directory.organization(name)
            if key:
                # A new id: an organization of that name that has none yet, else a new one.
                found = [o for o in named if not any(k.startswith("file|organization|") for k in o.keys)]
            if named and not found:
                self.ledger.note("同名的另一家组织", "another organization of one name", name)
        if len(found) > 1:
            self.ambiguous(draft, "name", name, found)
            return None
        fields = properties(draft, "Organization")
        if found and fold(name) in map(fold, other_names(found[0].keys)):
            # Whoever is found by another of its names is not renamed.
            fields["name"] = found[0].name
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
                del fields["us"]
        key = "" if found and key and str(values["id"]) == found[0].id else key
        record = self.ledger.thing(
            found[0] if found else None, lambda i: Organization(id=i, name=name), draft, fields, key
        )
        if record is not None:
            self.directory.add_organization(record)
        return record

    def part_of(self, draft: Draft, child: Organization) -> None:
        """Take the organization that a row names as the one above, or end what was above."""
        parent = draft.values.get("part_of")
        if parent is CLEAR:
            for tie in self.ledger.ties(PartOf, child.id):
                if tie.period.end is None:
                    self.ledger.end(tie, draft.place)
        elif parent is not None:
            above = self.named(draft, "part_of")
            if above is not None:
                self.put_under(draft, child, above)

    def put_under(self, draft: Draft, child: Organization, above: Organization) -> None:
        """Make one organization a part of another."""
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
        self.ledger.tie(PartOf, child.id, above.id, draft, {}, same=lambda t: True, moves=True)

    def named(self, draft: Draft, field: str, *, kind: str | None = None) -> Organization | None:
        """Return the organization that a cell names, those of type `kind` first; anything else is a problem."""
        text = str(draft.values[field])
        found = self.directory.organization(text)
        if kind:
            found = [o for o in found if o.type == kind] or found
        if len(found) == 1:
            return found[0]
        if found:
            self.ambiguous(draft, field, text, found)
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

    def ambiguous(self, draft: Draft, field: str, text: str, found: list[Organization]) -> None:
        """Report a name that several organizations have."""
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
        name = written(draft, "company")
        return self._default_company(draft) if name is None else self._company(draft, str(name))

    def company_if_named(self, draft: Draft) -> tuple[Organization | None, bool]:
        """Return the company that a row names, if it has such a cell; and whether the row can be taken."""
        company = self.company(draft) if "company" in draft.values else None
        return company, company is not None or "company" not in draft.values

    def _company(self, draft: Draft, name: str) -> Organization | None:
        found = self.directory.organization(name)
        if len(found) > 1:
            self.ambiguous(draft, "company", name, found)
            return None
        if not found and name == OURS:
            # Whatever our company is called: its people in the files of other programs.
            return self.us(draft)
        return found[0] if found else self.create(draft, name, "customer")

    def _default_company(self, draft: Draft) -> Organization | None:
        name = self.context.account or draft.place.account or None
        if name is None:
            customers = self.ledger.organizations("customer")
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
            if draft.place.others:
                self._which_column(draft)
                return None
            name = (
                draft.place.sheet
                if draft.place.sheet
                and not draft.place.sheet.lower().startswith(("sheet", "工作表", "people", "人员"))
                else Path(draft.place.file).stem
            )
        return self._company(draft, name)

    def _which_column(self, draft: Draft) -> None:
        """Ask, once for a sheet, which column names the company: people of two firms are no staff of one."""
        place = draft.place
        if (place.file, place.sheet) in self._asked:
            return
        self._asked.add((place.file, place.sheet))
        first = place.others[0]
        listed = ", ".join(map(repr, place.others))
        self.ledger.problems.append(
            Problem(
                place.file,
                place.sheet,
                place.row,
                first,
                "",
                f"no known column names the company; is it {listed}?",
                f'add --map "{first}=company", or --account NAME if all are of one company',
                "which-company",
                f"没有认识的公司列；是不是{'、'.join(f'“{t}”' for t in place.others)}？",
                f"请加 --map “{first}=公司”；若都是一家公司的人，加 --account 公司名",
            )
        )

    def create(self, draft: Draft, name: str, kind: OrganizationType) -> Organization:
        """Create an organization that a row only names."""
        record = Organization(id=self.ledger.new_id(), name=name, type=kind)
        words = {
            "customer": ("客户", "customer"),
            "circle": ("圈子", "circle"),
            "supplier": ("供应商", "supplier"),
        }[kind]
        self.ledger.note(f"新建{words[0]}", f"new {words[1]}", name)
        self.ledger.put(record, draft.place, implied=True)
        self.directory.add_organization(record)
        return record

    def _us(self) -> Organization | None:
        return next((o for o in self.ledger.organizations("supplier") if o.us), None)

    def us(self, draft: Draft) -> Organization:
        """Return us; if no supplier is marked, one is made."""
        found = self._us()
        if found is not None:
            return found
        name = self.context.us or OURS
        known = [o for o in self.directory.organization(name) if o.type == "supplier"]
        if known:
            record = replace(known[0], us=True)
        else:
            record = Organization(id=self.ledger.new_id(), name=name, type="supplier", us=True)
        self.ledger.note(
            f"我方记为“{name}”（可用 --us 或组织表改名）",
            f"our own company is called {name!r} here (change it with --us, or in the organizations sheet)",
        )
        self.ledger.put(record, draft.place, implied=True)
        self.directory.add_organization(record)
        return record

    def name_us(self, name: str, place: Place) -> None:
        """Let our company have the name that was asked for if it only has the one it is given without, else say what it keeps."""
        found = self._us()
        if found is None:
            self.ledger.note(
                f"“{name}”没有用上：这些表里没有一行涉及我方",
                f"{name!r} was of no use: no row of these sheets is about our own company",
            )
        elif fold(name) in (fold(found.name), fold(found.name_alt)):
            return
        elif found.name == OURS and not self.directory.organization(name):
            record = replace(found, name=name)
            self.ledger.put(record, place, implied=True)
            self.directory.add_organization(record)
            self.ledger.note(f"我方改名为“{name}”", f"our own company is called {name!r} from now on")
        else:
            self.ledger.note(
                f"我方仍是“{found.name}”，不是“{name}”：要改名，请导出后在组织表里改名称",
                f"our own company is still {found.name!r}, not {name!r}: to rename it, export, and change the name in the organizations sheet",
            )
