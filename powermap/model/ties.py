"""The ties: always between two things, each with a period and evidence.

Strength lies in (0, 1]; None means that none was given, and the rule pack's default is used and named.
"""

from __future__ import annotations

from dataclasses import dataclass

from powermap.errors import ModelError
from powermap.model.record import Ref, Tie, kind
from powermap.words import Words

ATTITUDES: tuple[int, ...] = (-2, -1, 0, 1, 2, 3)
"""Opposes, disapproves, neutral, supports, supports exclusively, coach (M82)."""
INFORMATION = "information"
"""The channel of a tie by which the first keeps the second informed."""
DIMENSIONS: tuple[str, ...] = ("acceptance", "participation", "support", "information", "guidance", "rivalry")
"""The six dimensions of an attitude (M81)."""
DUTIES: tuple[str, ...] = ("owner", "deputy", "contact", "sponsor")
"""Those of who covers a person; who serves an account has others, which are the rule pack's."""


def _check_strength(strength: float | None) -> None:
    if strength is not None and not 0 < strength <= 1:
        raise ModelError(
            Words(f"强度应大于 0、不超过 1，不能是 {strength}", f"a strength lies in (0, 1], not {strength}")
        )


@kind("PART_OF", "Organization", "Organization")
@dataclass(frozen=True, slots=True)
class PartOf(Tie):
    """The organization is a unit or subsidiary of the other."""


@kind("WORKS_AT", "Person", "Organization")
@dataclass(frozen=True, slots=True)
class WorksAt(Tie):
    """The person is employed there; several employers at once are possible.

    `level` is 1 (top) to 5, None if not given; `unit` is the department's name.
    """

    title: str = ""
    title_alt: str = ""
    unit: str = ""
    unit_alt: str = ""
    level: int | None = None

    def __post_init__(self) -> None:
        if self.level is not None and not 1 <= self.level <= 5:
            raise ModelError(
                Words(
                    f"层级应在 1（最高）到 5 之间，不能是 {self.level}",
                    f"a level lies between 1 (top) and 5, not {self.level}",
                )
            )


@kind("REPORTS_TO", "Person", "Person")
@dataclass(frozen=True, slots=True)
class ReportsTo(Tie):
    """The person has this boss; `dotted` is a second, functional line."""

    dotted: bool = False

    def __post_init__(self) -> None:
        if self.src == self.dst:
            raise ModelError(Words("自己不能是自己的上级", "nobody is their own boss"))


@kind("INFLUENCES", "Person", "Person")
@dataclass(frozen=True, slots=True)
class Influences(Tie):
    """The first sways the second: the second listens to the first, asks for advice, or is told things.

    `sign` is +1, or -1 for conflict; `channel` is advice, :data:`INFORMATION`, friendship, family, alumni, ….
    """

    strength: float | None = None
    sign: int = 1
    channel: str = ""

    def __post_init__(self) -> None:
        _check_strength(self.strength)
        if self.sign not in (-1, 1):
            raise ModelError(
                Words(f"符号只能是 1 或 -1，不能是 {self.sign}", f"a sign is 1 or -1, not {self.sign}")
            )
        if self.src == self.dst:
            raise ModelError(Words("自己不能影响自己", "nobody sways themselves"))


@kind("MEMBER_OF", "Person", "Organization")
@dataclass(frozen=True, slots=True)
class MemberOf(Tie):
    """The person belongs to a circle; or, outside the hierarchy, to an account (the boss's wife, a consultant).

    `role` is their place there, in words.
    """

    role: str = ""
    role_alt: str = ""


@kind("COVERS", "Person", "Person")
@dataclass(frozen=True, slots=True)
class Covers(Tie):
    """A supplier's person looks after, or has access to, a customer's person.

    `duty` is owner, deputy, contact, or sponsor (somebody high up with us; in no other way special).
    """

    strength: float | None = None
    duty: str = "owner"

    def __post_init__(self) -> None:
        _check_strength(self.strength)
        if self.duty not in DUTIES:
            raise ModelError(
                Words(
                    f"覆盖职责只能是负责人、副手、联系人、赞助人，不能是“{self.duty}”",
                    f"coverage is as owner, deputy, contact or sponsor, not {self.duty!r}",
                )
            )


@kind("SERVES", "Person", "Organization")
@dataclass(frozen=True, slots=True)
class Serves(Tie):
    """One of our people is of the team of an account, with a `duty` there and so many `days` a month."""

    duty: str = ""
    days: float | None = None

    def __post_init__(self) -> None:
        if self.days is not None and not 0 <= self.days <= 31:
            raise ModelError(
                Words(
                    f"每月天数应在 0 到 31 之间，不能是 {self.days:g}",
                    f"days a month lie between 0 and 31, not {self.days:g}",
                )
            )


@kind("TAKES_PART", "Person", "Deal")
@dataclass(frozen=True, slots=True)
class TakesPart(Tie):
    """The person sits in the buying committee of the deal, with roles, votes and perhaps a veto."""

    roles: tuple[str, ...] = ()
    votes: float | None = None
    veto: bool = False

    def __post_init__(self) -> None:
        if self.votes is not None and self.votes < 0:
            raise ModelError(Words(f"票数不能是负数：{self.votes}", f"votes can't be negative: {self.votes}"))


@kind("STANDS", "Person", "Organization")
@dataclass(frozen=True, slots=True)
class Stands(Tie):
    """The person's attitude to a supplier, account-wide or, if `deal` is given, for that deal.

    `attitude` is -2 to +3; None means that it was looked at and is *unknown*. The six dimensions use the same scale.
    """

    attitude: int | None = None
    deal: Ref = ""
    acceptance: int | None = None
    participation: int | None = None
    support: int | None = None
    information: int | None = None
    guidance: int | None = None
    rivalry: int | None = None

    def __post_init__(self) -> None:
        for name in ("attitude", *DIMENSIONS):
            value = getattr(self, name)
            if value is not None and value not in ATTITUDES:
                raise ModelError(
                    Words(
                        f"态度是 -2 到 3 的整数，不能是 {value}",
                        f"an attitude is a whole number from -2 to 3, not {value}",
                    )
                )


@kind("RELATES", "Organization", "Organization")
@dataclass(frozen=True, slots=True)
class Relates(Tie):
    """The relation of the supplier to the customer as organizations.

    `level` 1 to 4 (M55), `bond` 1 to 4 (M32), `stickiness` 1 to 3 (M30), `stages` = procurement stages joined.
    """

    level: int | None = None
    bond: int | None = None
    stickiness: int | None = None
    stages: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, top in (("level", 4), ("bond", 4), ("stickiness", 3)):
            value = getattr(self, name)
            if value is not None and not 1 <= value <= top:
                raise ModelError(
                    Words(
                        f"{name} 应在 1 到 {top} 之间，不能是 {value}",
                        f"{name} lies between 1 and {top}, not {value}",
                    )
                )
