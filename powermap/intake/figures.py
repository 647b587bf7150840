"""Figures: dated numbers of accounts."""

from __future__ import annotations

from powermap.intake.context import Context, properties, written
from powermap.intake.organizations import Organizations
from powermap.model import Figure
from powermap.model.draft import Draft

_Fact = tuple[object, ...]
"""Account, measure, day, category and supplier: what makes two numbers the same figure."""


class Figures:
    """Dated numbers of accounts; a second row of one fact corrects the first."""

    def __init__(self, context: Context, organizations: Organizations) -> None:
        self.ledger, self.organizations = context.ledger, organizations
        self._known: dict[_Fact, str] = {
            (f.account, f.measure, f.on, f.category, f.supplier): f.id
            for f in self.ledger.records.values()
            if isinstance(f, Figure)
        }

    def take(self, draft: Draft) -> None:
        """Take a row of the figures sheet."""
        company = self.organizations.company(draft)
        if company is None:
            return
        supplier = ""
        if written(draft, "supplier") is not None:
            found = self.organizations.named(draft, "supplier", kind="supplier")
            if found is None:
                return
            supplier = "" if found.us else found.id
        measure, on, category = draft.values["measure"], draft.values["on"], written(draft, "category") or ""
        fact = (company.id, measure, on, category, supplier)
        old = self.ledger.records.get(self._known.get(fact, ""))
        record = self.ledger.thing(
            old if isinstance(old, Figure) else None,
            lambda i: Figure(id=i, account=company.id, measure=measure, on=on),
            draft,
            properties(draft, "Figure") | {"category": category, "supplier": supplier},
        )
        if record is not None:
            self._known[fact] = record.id
