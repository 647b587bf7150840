"""What becomes of the log when a person is forgotten: tombstones without content, and records that no longer name them."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from powermap.model import Change, KeptLayout, LoggedChange
from powermap.model.record import Props, without
from powermap.privacy.held import Holding, Mention

BLANK = "[…]"
"""What stands for a name in a text of somebody else's."""


@dataclass(frozen=True, slots=True)
class Erasing:
    """How to forget a person.

    Parameters
    ----------
    person
        Their id.
    own
        The records that go: their own, their ties, what is judged of them.
    names
        What to blank in texts, the longest first.
    blanked
        The texts in which to blank it: (record or batch, property).
    """

    person: str
    own: frozenset[str]
    names: tuple[str, ...]
    blanked: frozenset[tuple[str, str]]

    def forgotten(self, entry: LoggedChange) -> LoggedChange:
        """Return an entry of the log as it stays: its place and its record's id; of a record of theirs nothing else."""
        change = entry.change
        title = self._blank(entry.batch, "title", entry.title)
        actor = self._blank(entry.batch, "actor", entry.actor)
        if change.id in self.own:
            left = Change(change.kind, change.id, None, None)
        else:
            left = Change(
                change.kind,
                change.id,
                self._props(change, change.before),
                self._props(change, change.after),
                self._blank(change.id, "source", change.source),
            )
        return replace(entry, title=title, actor=actor, change=left)

    def _props(self, change: Change, props: Props | None) -> Props | None:
        if props is None:
            return None
        left = without(change.kind, props, self.person) or {}
        if change.kind == KeptLayout.KIND and self.person in str(left.get("plan")):
            left["plan"] = json.dumps(_off(json.loads(left["plan"]), self.person), ensure_ascii=False)
        return {key: self._value(change.id, key, value) for key, value in left.items()}

    def _value(self, record: str, field: str, value: Any) -> Any:
        if isinstance(value, list):
            return [self._blank(record, field, text) for text in value]
        return self._blank(record, field, value) if isinstance(value, str) else value

    def _blank(self, record: str, field: str, text: str) -> str:
        if (record, field) in self.blanked:
            for name in self.names:
                text = text.replace(name, BLANK)
        return text


def plan_erasing(holding: Holding, blank: Collection[Mention]) -> Erasing:
    """Plan to forget a person, and to blank their name in these texts of others."""
    names = sorted(holding.called_by, key=len, reverse=True)
    return Erasing(
        holding.person.id, holding.own, tuple(names), frozenset((m.record, m.field) for m in blank)
    )


def _off(plan: Any, person: str) -> Any:
    """Take a person off the plan of a layout, wherever they stand in it."""
    if isinstance(plan, dict):
        return {key: _off(part, person) for key, part in plan.items() if key != person and part != person}
    if isinstance(plan, list):
        return [_off(part, person) for part in plan if part != person]
    return plan
