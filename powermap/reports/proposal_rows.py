"""Proposals of a plan as rows of the import format: a goal each, and its first action."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from powermap.analysis.policy import APPROVAL
from powermap.analysis.proposals import Proposal, proposals
from powermap.lens import Lens

Row = dict[str, Any]


def numbered(lens: Lens, taken: Iterable[str] = ()) -> Iterator[tuple[str, Proposal]]:
    """Yield the proposals, each with an id for its goal that no other goal of the account has."""
    used = {*taken, *(key.rpartition("/")[2] for goal in lens.goals for key in goal.keys)}
    n = 0
    for proposal in proposals(lens):
        n += 1
        while f"P{n}" in used:
            n += 1
        yield f"P{n}", proposal


def goal_row(lens: Lens, number: str, p: Proposal, day: date) -> Row:
    """Return the row of the goals sheet that a proposal makes."""
    row: Row = {
        "id": number,
        "company": lens.account.id,
        "subject": p.spot.subject or None,
        "layer": p.spot.layer,
        "measure": p.measure,
        "move": p.move,
        "purpose": p.purpose,
        "start": p.start,
        "target": p.target,
        "owner": p.owner or None,
        "set_on": day,
        "by": p.by,
    }
    return {k: v for k, v in row.items() if v is not None}


def action_row(lens: Lens, number: str, p: Proposal, day: date) -> Row | None:
    """Return the row of the actions sheet that a proposal makes: its first fitting action; None where nothing fits."""
    if not p.means:
        return None
    means, verdict = p.means[0]
    row: Row = {
        "id": f"{number}.1",
        "company": lens.account.id,
        "goal": number,
        "what": means.key,
        "targets": p.targets or None,
        "scope": means.scope,
        "owner": p.actor or None,
        "set_on": day,
        "due": p.by,
        "days": means.days,
        "approval": "asked" if verdict.ruling == APPROVAL else None,
    }
    return {k: v for k, v in row.items() if v is not None}
