"""Proposals of a plan as rows of the import format: a goal each, and its first action."""

from __future__ import annotations

from datetime import date
from typing import Any

from powermap.analysis.policy import APPROVAL
from powermap.analysis.proposals import Proposal
from powermap.lens import Lens

Row = dict[str, Any]


def goal_row(lens: Lens, p: Proposal, day: date) -> Row:
    """Return the row of the goals sheet that a proposal makes."""
    row: Row = {
        "id": p.number,
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


def action_row(lens: Lens, p: Proposal, day: date) -> Row | None:
    """Return the row of the actions sheet that a proposal makes: its first fitting action; None where nothing fits."""
    if not p.means:
        return None
    means, verdict = p.means[0]
    row: Row = {
        "id": f"{p.number}.1",
        "company": lens.account.id,
        "goal": p.number,
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
