"""What the grade of a customer asks for (M16-M18): which demands, and how soon a relation cools."""

from __future__ import annotations

from powermap.method import Pack

VISITS = "visits"
"""The demand that whoever covers such accounts meets enough customers a week."""


def demands(grade: str, pack: Pack) -> tuple[str, ...]:
    """Return the keys of what a grade demands; ``named`` demands besides that key people are marked.

    A grade that the rule pack doesn't have demands nothing.
    """
    return tuple(pack.topic("portfolio")["demands"].get(grade, ())) if grade in pack.grades else ()


def demanding(pack: Pack) -> tuple[str, ...]:
    """Return the grades that demand something of the account itself, the highest first."""
    return tuple(grade for grade in pack.grades if set(demands(grade, pack)) - {VISITS})


def visiting(pack: Pack) -> tuple[str, ...]:
    """Return the grades of which only the visiting is managed (M16)."""
    return tuple(grade for grade in pack.grades if VISITS in demands(grade, pack))
