"""Plan an edit by the rules by which files are imported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from powermap.editing.occasion import Edit
from powermap.intake import Plan, make_plan
from powermap.method import Pack
from powermap.model import BY_HAND, Deal, Snapshot, TakesPart
from powermap.model.draft import Draft, Reading


def plan_edit(
    edit: Edit,
    snapshot: Snapshot,
    pack: Pack,
    day: date,
    *,
    new_id: Callable[[], str],
    because: str = "",
) -> Plan:
    """Compare what an edit says with what is known; what was known already changes nothing.

    Its checks, notes and problems are those of a file. Each change tells that it was made by hand, and the ground.
    """

    def plan(drafts: tuple[Draft, ...]) -> Plan:
        # A change says its day itself.
        return make_plan(Reading(drafts), snapshot, pack, today=day, new_id=new_id, correct=True)

    if edit.bare:
        known = plan(edit.bare)
        if not known.changes and not known.problems:
            return known
    found = plan(edit.drafts)
    if any(c.kind in (Deal.KIND, TakesPart.KIND) for c in found.changes):
        from powermap.analysis.unread_rules import unread_rules

        notes = unread_rules(found.changes, snapshot, pack, day)
        found = replace(found, noted={**notes, **found.noted})
    source = f"{BY_HAND}: {because}" if because else BY_HAND
    return replace(found, changes=tuple(replace(change, source=source) for change in found.changes))
