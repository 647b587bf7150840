"""What the grade of a customer asks for (M16-M18): which demands, and how soon a relation cools."""

from __future__ import annotations

from powermap.method import Pack


def demands(grade: str, pack: Pack) -> tuple[str, ...]:
    """Return the keys of what a grade demands; ``named`` demands besides that key people are marked."""
    return tuple(pack.topic("portfolio")["demands"].get(grade, ()))


def demanding(pack: Pack) -> tuple[str, ...]:
    """Return the grades that demand something of the account itself, the highest first."""
    return tuple(grade for grade, wanted in pack.topic("portfolio")["demands"].items() if wanted)
