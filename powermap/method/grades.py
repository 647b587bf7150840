"""The grades of customers (M12, M15)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from powermap.words import Words


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade: from which value score it is suggested, and how urgent an unmet demand of it is, 0 to 3.

    `sheets` are those that a template for such a customer has.
    """

    key: str
    words: Words
    aliases: tuple[str, ...]
    least: float
    tier: str
    sheets: tuple[str, ...]
    urgency: int


def grades(topic: dict[str, Any]) -> dict[str, Grade]:
    """Read them, the highest first."""
    return {
        row["key"]: Grade(
            row["key"],
            Words(row["zh"], row["en"]),
            tuple(row.get("aliases", ())),
            float(row["least"]),
            row["tier"],
            tuple(row["sheets"]),
            int(row["urgency"]),
        )
        for row in topic["grade"]
    }
