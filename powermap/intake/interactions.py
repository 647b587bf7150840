"""Interactions: who of ours met whom of theirs, when and about what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from powermap.intake.context import Context, properties, written
from powermap.intake.organizations import Organizations
from powermap.intake.work import Work
from powermap.model import Action, Interaction
from powermap.model.draft import CLEAR, Draft

_KEY = "file|interaction|"
_Fact = tuple[object, ...]
"""Account, day, channel, both sides and purpose: what makes two rows the same meeting."""


class Interactions:
    """Meetings, visits, calls and mails; a row without an id that says the same as before is the same."""

    def __init__(self, context: Context, organizations: Organizations, work: Work) -> None:
        self.ledger, self.directory = context.ledger, context.directory
        self.organizations, self.work = organizations, work
        self._known: dict[_Fact, str] = {
            _fact_of(r): r.id for r in self.ledger.records.values() if isinstance(r, Interaction)
        }

    def take(self, draft: Draft) -> None:
        """Take a row of the interactions sheet."""
        company = self.organizations.company(draft)
        if company is None:
            return
        sides: dict[str, tuple[str, ...]] = {}
        good = draft.whole
        for field in ("ours", "theirs"):
            people = [
                self.directory.one_person(draft, field, company.id, suppliers=field == "ours", text=text)
                for text in written(draft, field) or ()
            ]
            good &= None not in people
            if written(draft, field) is not None:
                sides[field] = tuple(p.id for p in people if p is not None)
        fields = properties(draft, "Interaction") | sides
        if draft.values.get("action") is CLEAR:
            fields["action"] = CLEAR
        elif written(draft, "action") is not None:
            action = self.work.named(draft, "action", company, Action)
            good &= action is not None
            fields["action"] = action.id if action else ""
        if not good:
            return
        number = written(draft, "id")
        key = "" if number is None else f"{_KEY}{company.id}/{number}"
        old = self._same(company.id, draft, fields, key)
        if old is not None and key and str(number) == old.id:
            key = ""
        record = self.ledger.thing(
            old, lambda i: Interaction(id=i, account=company.id, on=draft.values["on"]), draft, fields, key
        )
        if record is not None:
            self._known.setdefault(_fact_of(record), record.id)
            if key:
                self.directory.keys[key] = record.id

    def _same(self, account: str, draft: Draft, fields: Mapping[str, Any], key: str) -> Interaction | None:
        """Return the meeting that a row is about, if it is known."""
        records = self.ledger.records
        found = records.get(str(draft.values.get("id"))) or records.get(self.directory.keys.get(key, ""))
        if isinstance(found, Interaction):
            return found
        alike = records.get(self._known.get(_fact(account, fields), ""))
        if not isinstance(alike, Interaction):
            return None
        # A new id, and the one alike has its own: another meeting.
        return None if key and any(k.startswith(_KEY) for k in alike.keys) else alike


def _fact(account: str, fields: Mapping[str, Any]) -> _Fact:
    said = {name: value for name, value in fields.items() if value is not CLEAR}
    return (
        account,
        said.get("on"),
        said.get("channel", ""),
        frozenset(said.get("ours", ())),
        frozenset(said.get("theirs", ())),
        said.get("purpose", ""),
    )


def _fact_of(meeting: Interaction) -> _Fact:
    names = ("on", "channel", "ours", "theirs", "purpose")
    return _fact(meeting.account, {name: getattr(meeting, name) for name in names})
