"""Attitudes: those of the stances sheet, and those in short of the people sheet."""

from __future__ import annotations

from powermap.intake.context import Context, grounds, properties, written
from powermap.intake.deals import Deals
from powermap.intake.organizations import Organizations
from powermap.model import Organization, Person, Stands
from powermap.model.draft import CLEAR, Draft
from powermap.model.ties import DIMENSIONS


class Stances:
    """Attitudes of people to suppliers."""

    def __init__(self, context: Context, organizations: Organizations, deals: Deals) -> None:
        self.ledger, self.directory = context.ledger, context.directory
        self.organizations, self.deals = organizations, deals

    def take(self, draft: Draft) -> None:
        """Take a row of the stances sheet."""
        company, known = self.organizations.company_if_named(draft)
        if not known:
            return
        person = self.directory.one_person(draft, "person", company.id if company else None)
        supplier = (
            self.organizations.named(draft, "supplier", kind="supplier")
            if "supplier" in draft.values
            else self.organizations.us(draft)
        )
        if person is None or supplier is None or not self._sells(draft, supplier):
            return
        deal = ""
        if written(draft, "deal") is not None:
            home = company or next(
                iter(self.ledger.of(Organization, self.directory.companies[person.id])), None
            )
            found = self.deals.meant(draft, home) if home else None
            if found is None:
                return
            deal = found.id
        if not draft.values.keys() & {"attitude", *DIMENSIONS}:
            self._says_nothing(draft)
            return
        fields = properties(draft, "STANDS") | {"deal": deal}
        if "attitude" in draft.values:
            fields["attitude"] = written(draft, "attitude")
        self.ledger.tie(
            Stands,
            person.id,
            supplier.id,
            draft,
            fields,
            same=lambda t: t.dst == supplier.id and t.deal == deal,
            identity=(supplier.id, deal),
        )

    def _says_nothing(self, draft: Draft) -> None:
        self.ledger.problems.append(
            draft.place.problem(
                "attitude",
                "",
                "the row has neither an attitude nor one of its six dimensions",
                "fill it in, or delete the row",
                zh="这一行既没有态度，也没有六个维度",
                suggestion_zh="请补上，或删除这一行",
                code="missing",
            )
        )

    def _sells(self, draft: Draft, supplier: Organization) -> bool:
        if supplier.type == "supplier":
            return True
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
        return False

    def of_person(self, draft: Draft, person: Person) -> None:
        """Take the attitude in a row of the people sheet, unless the stances sheet says when it was what."""
        attitude = draft.values.get("attitude", CLEAR)
        if attitude is CLEAR:
            return
        us = self.organizations.us(draft)
        identity = (us.id, "")
        if (person.id, identity) in self.ledger.told:
            dated = [t for t in self.ledger.ties(Stands, person.id) if t.dst == us.id and not t.deal]
            if dated[-1].attitude != attitude:
                self.ledger.note(
                    f"{draft.place.source}：{person.name} 的态度以态度表为准",
                    f"{draft.place.source}: the attitude of {person.name} is taken from the stances sheet",
                )
            return
        self.ledger.tie(
            Stands,
            person.id,
            us.id,
            grounds(draft, "attitude_note"),
            {"attitude": attitude},
            same=lambda t: t.dst == us.id and not t.deal,
            identity=identity,
        )
