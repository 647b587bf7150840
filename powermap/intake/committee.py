"""Seats in buying committees: those of their own sheet, and those in short of the people sheet."""

from __future__ import annotations

from typing import Any

from powermap.intake.context import Context, grounds, properties, written
from powermap.intake.deals import Deals
from powermap.intake.organizations import Organizations
from powermap.model import Deal, Organization, Person, TakesPart
from powermap.model.draft import Draft


class Committee:
    """Who takes part in which deal, and how."""

    def __init__(self, context: Context, organizations: Organizations, deals: Deals) -> None:
        self.ledger, self.directory = context.ledger, context.directory
        self.organizations, self.deals = organizations, deals

    def take(self, draft: Draft) -> None:
        """Take a row of the committee sheet."""
        company = self.organizations.company(draft)
        if company is None:
            return
        person = self.directory.one_person(draft, "person", company.id)
        deal = self.deals.meant(draft, company)
        if person is not None and deal is not None:
            self._seat(draft, person, deal, properties(draft, "TAKES_PART"))

    def of_person(self, draft: Draft, person: Person, company: Organization) -> None:
        """Take the roles in a row of the people sheet."""
        roles = written(draft, "roles")
        deal = None if roles is None else self.deals.meant(draft, company)
        if deal is not None:
            self._seat(grounds(draft), person, deal, {"roles": roles})

    def _seat(self, draft: Draft, person: Person, deal: Deal, fields: dict[str, Any]) -> None:
        self.ledger.tie(
            TakesPart,
            person.id,
            deal.id,
            draft,
            fields,
            same=lambda t: t.dst == deal.id,
            identity=(deal.id,),
        )
