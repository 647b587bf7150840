"""How far two people of an account are from each other, and what that leaves of a new tie between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from powermap.analysis.influence import Power, power
from powermap.lens import Lens
from powermap.model.naming import fold


@dataclass(frozen=True, slots=True)
class Distance:
    """Levels apart, whether the departments differ, and the points of power (0 to 10) that the listener has above the other."""

    levels: int
    elsewhere: bool
    standing: float

    def keeps(self, tie: Mapping[str, Any]) -> float:
        """Return what is left of a new tie's strength, in (0, 1], by the pack's table ``tie``."""
        left = tie["level_keeps"] ** self.levels * tie["standing_keeps"] ** self.standing
        return float(left * (tie["department_keeps"] if self.elsewhere else 1.0))

    def days(self, tie: Mapping[str, Any]) -> float:
        """Return the days that a new tie takes more than one between neighbours."""
        more = tie["level_days"] * self.levels + tie["standing_days"] * self.standing
        return float(more + (tie["department_days"] if self.elsewhere else 0.0))


def distance(lens: Lens, source: str, target: str, strength: Mapping[str, Power] | None = None) -> Distance:
    """Return how far somebody who is sent has to go to the one they are to sway.

    An unknown level counts as so many levels apart as the pack says. Departments differ only where both are on record, and
    not between somebody and their boss.
    """
    one, other = lens.seats[source], lens.seats[target]
    powers = power(lens) if strength is None else strength
    levels = (
        abs(one.level - other.level)
        if one.level and other.level
        else int(lens.pack.topic("actions")["tie"]["level_unknown"])
    )
    line = target in (*one.bosses, *one.dotted_bosses) or source in (*other.bosses, *other.dotted_bosses)
    elsewhere = bool(one.unit and other.unit) and fold(one.unit) != fold(other.unit) and not line
    return Distance(levels, elsewhere, max(0.0, powers[target].value - powers[source].value))
