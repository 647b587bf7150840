"""When a fact holds, and how we know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from powermap.errors import ModelError
from powermap.words import Words

Status = Literal["observed", "assumed", "derived"]
STATUSES: tuple[Status, ...] = ("observed", "assumed", "derived")


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open period of days ``[start, end)``; None is open to that side."""

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ModelError(
                Words(
                    f"期间的结束（{self.end}）早于开始（{self.start}）",
                    f"a period can't end ({self.end}) before it starts ({self.start})",
                )
            )

    def holds(self, on: date) -> bool:
        """Tell whether the day `on` lies in the period."""
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who said so, when, on what ground, and how sure.

    Parameters
    ----------
    source
        Where the fact was read: ``file · sheet · row``, ``by hand``, a system's name.
    author
        Who made the judgement, by name; empty if unknown.
    on
        The day of the observation.
    note
        The ground, in words: what they said or did.
    status
        ``observed``, ``assumed`` (not confirmed yet) or ``derived`` (computed).
    confidence
        In (0, 1]: probability that the fact is true; None = the rule pack's default for its status.
    """

    source: str = ""
    author: str = ""
    on: date | None = None
    note: str = ""
    status: Status = "observed"
    confidence: float | None = None

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ModelError(
                Words(
                    f"事实只能是已证实、推测或推算，不能是“{self.status}”",
                    f"a fact is observed, assumed or derived, not {self.status!r}",
                )
            )
        if self.confidence is not None and not 0 < self.confidence <= 1:
            raise ModelError(
                Words(
                    f"可信度应大于 0、不超过 1，不能是 {self.confidence}",
                    f"a confidence lies in (0, 1], not {self.confidence}",
                )
            )
