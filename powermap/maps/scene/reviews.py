"""The days of the account's reviews, read from the dates of its attitudes."""

from __future__ import annotations

from collections import Counter
from datetime import date

from powermap.lens import Lens, look
from powermap.model import Snapshot, Stands

MOST = 5
"""Days on the slider, besides today."""


def review_days(lens: Lens, whole: Snapshot) -> tuple[date, ...]:
    """Return the days on which several attitudes were judged at once, oldest first; at most the five latest.

    Parameters
    ----------
    whole
        The account with its past; the lens itself sees only its own day.
    """
    judged = Counter(
        s.period.start
        for s in whole.all(Stands)
        if s.src in lens.seats and s.period.start is not None and s.period.start < lens.as_of
    )
    least = max(2, len(lens.seats) // 5)
    return tuple(sorted(day for day, count in judged.items() if count >= least)[-MOST:])


def history(lens: Lens, whole: Snapshot) -> tuple[Lens, ...]:
    """Look at the account as the lens does, on the day of each review."""
    deal = lens.deal.id if lens.deal else ""
    return tuple(
        look(whole, lens.account.id, as_of=day, pack=lens.pack, deal_id=deal)
        for day in review_days(lens, whole)
    )
