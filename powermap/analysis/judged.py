"""What every question on attitudes asks alike: whose support no event proves, and when somebody was judged."""

from __future__ import annotations

from datetime import date

from powermap.lens import Lens
from powermap.lens.grounds import Cell


def unproven(lens: Lens) -> tuple[str, ...]:
    """Return everybody of the account who is down as +2 or +3 without a key event (M57)."""
    return lens.once(_unproven)


def _unproven(lens: Lens) -> tuple[str, ...]:
    return tuple(p for p in lens.seats if lens.grounds(p).unproven)


def last_cell(lens: Lens, person: str) -> Cell | None:
    """Return the cell of the six dimensions that was judged last, None without one."""
    return max(lens.grounds(person).cells.values(), key=lambda c: c.on or date.min, default=None)


def judged_on(lens: Lens, person: str) -> date | None:
    """Return the day on which an attitude was judged last, as a total or on a dimension; None where nothing tells it."""
    stance, cell = lens.stance(person), last_cell(lens, person)
    days = [cell.on if cell else None]
    if stance is not None:
        days.append(stance.evidence.on or stance.period.start)
    return max((d for d in days if d is not None), default=None)
