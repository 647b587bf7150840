"""How an account is, all in all: the worst of what is known, and why. No single point is not the same as well."""

from __future__ import annotations

from collections.abc import Iterable

from powermap.analysis.rules.single import STATES
from powermap.words import Words

TROUBLES = {
    "none": (3, STATES["none"]),
    "blind": (3, STATES["blind"]),
    "both": (3, STATES["both"]),
    "owner": (3, STATES["owner"]),
    "erosion": (3, Words("销售涨、份额跌", "sales up, share down")),
    "quiet": (3, Words("久无往来", "long without contact")),
    "contact": (2, STATES["contact"]),
    "part": (2, STATES["part"]),
    "falling": (2, Words("销售、份额都跌", "sales and share down")),
    "duty": (2, Words("未达等级要求", "less than the grade demands")),
    "uncovered": (2, Words("有分量的人没人覆盖", "people of power uncovered")),
    "cold": (2, Words("关系变冷", "relations gone cold")),
    "unknown": (1, STATES["unknown"]),
    "white": (1, Words("有品类全部买自别家", "categories all bought elsewhere")),
    "stale": (1, Words("态度判断过时", "attitudes judged long ago")),
}
"""What may be wrong with an account, the gravest first: how grave, 1 to 3, and what it is called."""
GRAVITY = {
    3: Words("告急", "act now"),
    2: Words("有隐患", "at risk"),
    1: Words("待查清", "find out"),
    0: Words("未见问题", "nothing found"),
}


def troubles(found: Iterable[str]) -> tuple[str, ...]:
    """Put troubles, keys of :data:`TROUBLES`, in order, the gravest first; others are left out."""
    given = set(found)
    return tuple(key for key in TROUBLES if key in given)


def gravity(found: Iterable[str]) -> int:
    """Return how an account is: the gravity of its worst trouble, 0 without any."""
    return max((TROUBLES[key][0] for key in found), default=0)
