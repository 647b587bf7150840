"""The catalogue of actions (M63, M66, M67, M89-M97, M126) and the policy that they are under."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from powermap.words import Words

Ruling = Literal["allowed", "approval", "blocked"]


@dataclass(frozen=True, slots=True)
class Means:
    """An action of the catalogue: the lists it is on, what it reaches, whom it fits, and what it takes.

    `attitudes` are those it fits; `inferred` tells that they are ours, not the articles'. `days` are days of work.
    """

    key: str
    words: Words
    aliases: tuple[str, ...]
    lists: tuple[str, ...]
    scope: str
    layers: tuple[str, ...]
    attitudes: tuple[int, ...]
    inferred: bool
    needs: tuple[str, ...]
    tier: int
    policy: str
    days: float


def catalogue(topic: dict[str, Any]) -> dict[str, Means]:
    """Read the actions by key, in the order of the file."""
    return {
        row["key"]: Means(
            row["key"],
            Words(row["zh"], row["en"]),
            tuple(row.get("aliases", ())),
            tuple(row["lists"]),
            row["scope"],
            tuple(row["layers"]),
            tuple(row["attitudes"]),
            bool(row.get("inferred", False)),
            tuple(row["needs"]),
            int(row.get("tier", 0)),
            row["policy"],
            float(row["days"]),
        )
        for row in topic["action"]
    }
