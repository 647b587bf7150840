"""The rule by which six judgements make one attitude (M81-M83, M57): its numbers are the rule pack's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from powermap.method.pack import Pack


@dataclass(frozen=True, slots=True)
class AttitudeRule:
    """How cells become a total.

    Parameters
    ----------
    window
        Days that a cell counts.
    least
        Cells without which the total is unknown.
    cap
        The key of the cell that caps the total, and what the cap is at least.
    unproven
        From this total on a fact is wanted.
    counts_as
        What a derived total counts as without one.
    """

    window: int
    least: int
    cap: str
    cap_least: int
    unproven: int
    counts_as: int

    @classmethod
    def of(cls, pack: Pack) -> AttitudeRule:
        """Read it."""
        numbers = pack.topic("attitudes")["rule"]
        return cls(**{name: numbers[name] for name in cls.__slots__})

    def total(self, cells: Mapping[str, int]) -> int | None:
        """Return the total of cells by key: their lower median, capped; None of too few."""
        if len(cells) < self.least:
            return None
        ranked = sorted(cells.values())
        median = ranked[(len(ranked) - 1) // 2]
        return min(median, max(self.cap_least, cells.get(self.cap, self.cap_least)))

    def counted(self, total: int | None, *, proven: bool) -> int | None:
        """Return what a derived total counts as: less where no fact proves it."""
        if total is None or proven or total < self.unproven:
            return total
        return min(total, self.counts_as)
