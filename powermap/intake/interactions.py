"""What happened and what was counted: interactions and figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from powermap.intake.deals import Deals
from powermap.intake.row_values import pick
from powermap.model import Figure, Interaction
from powermap.model.draft import CLEAR, Draft


class Events(Deals):
    """What happened and what was counted: interactions and figures."""

    def interaction(self, draft: Draft) -> None:
        company = self.company(draft)
        if company is None:
            return
        values = draft.values
        sides: dict[str, tuple[str, ...]] = {}
        for field in ("ours", "theirs"):
            if values.get(field) in (None, CLEAR):
                continue
            people = [
                self.directory.one_person(draft, field, company.id, suppliers=field == "ours", text=text)
                for text in values[field]
            ]
            if None in people:
                return
            sides[field] = tuple(p.id for p in people if p is not None)
        fields = {**pick(values, ("on", "channel", "purpose", "note")), **sides}
        key = f"file|interaction|{company.id}/{values['id']}" if values.get("id") not in (None, CLEAR) else ""
        found = self.ledger.records.get(str(values.get("id"))) or self.ledger.records.get(
            self.directory.keys.get(key, "")
        )
        old = found if isinstance(found, Interaction) else self._same_meeting(company.id, fields)
        if (
            old is not None
            and old is not found
            and key
            and any(k.startswith("file|interaction|") for k in old.keys)
        ):
            # A new id, and the one alike has its own: another meeting.
            old = None
        if old is not None and key and str(values["id"]) == old.id:
            key = ""
        record = self.ledger.thing(
            old, lambda i: Interaction(id=i, account=company.id, on=values["on"]), draft, fields, key
        )
        if record is not None:
            self._meetings.setdefault(_meeting(record), record.id)
            if key:
                self.directory.keys[key] = record.id

    @property
    def _meetings(self) -> dict[tuple[Any, ...], str]:
        if not hasattr(self, "_meeting_index"):
            self._meeting_index = {
                _meeting(r): r.id for r in self.ledger.records.values() if isinstance(r, Interaction)
            }
        return self._meeting_index

    def _same_meeting(self, account: str, fields: Mapping[str, Any]) -> Interaction | None:
        said = {k: v for k, v in fields.items() if v is not CLEAR}
        key = (
            account,
            fields["on"],
            said.get("channel", ""),
            frozenset(said.get("ours", ())),
            frozenset(said.get("theirs", ())),
            said.get("purpose", ""),
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
            **pick(values, ("measure", "on", "value", "currency", "source")),
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
