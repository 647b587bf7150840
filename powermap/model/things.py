"""The things: organizations, people, deals, interactions, figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from powermap.errors import ModelError
from powermap.model.record import Ref, Thing, kind
from powermap.words import Words

OrganizationType = Literal["customer", "supplier", "partner", "unit", "circle", "market"]
ORGANIZATION_TYPES: tuple[OrganizationType, ...] = (
    "customer",
    "supplier",
    "partner",
    "unit",
    "circle",
    "market",
)


@kind("Organization")
@dataclass(frozen=True, slots=True)
class Organization(Thing):
    """A company, a unit of one, or a circle of people.

    `type` says what it is to us; exactly one supplier is `us`. `name_alt` is the name in the other language.
    `grade` is one of the rule pack's (M12) for a customer, empty if none was given. `stage` is where the business with it is
    (M4); a `target` is a customer that we have chosen (M6, M21); it is a `lighthouse_for` those who look at it (M14).
    """

    name: str = ""
    name_alt: str = ""
    type: OrganizationType = "customer"
    us: bool = False
    grade: str = ""
    industry: str = ""
    region: str = ""
    product_tier: str = ""
    stage: str = ""
    target: bool = False
    target_since: date | None = None
    target_why: str = ""
    lighthouse_for: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if not self.name:
            raise ModelError(Words("组织缺名称", "an organization needs a name"))
        if self.type not in ORGANIZATION_TYPES:
            raise ModelError(
                Words(f"“{self.type}”不是一种组织类型", f"{self.type!r} is not a type of organization")
            )
        if self.us and self.type != "supplier":
            raise ModelError(Words("只有供应商才能是我方", "only a supplier can be us"))


@kind("Person")
@dataclass(frozen=True, slots=True)
class Person(Thing):
    """A person, or a placeholder: a post whose holder's name we don't know yet.

    `power` is asserted by somebody, 0 to 10, or None: nobody has said. `adaptability` is one of innovator,
    early, pragmatist, late, laggard, or empty.
    """

    name: str = ""
    name_alt: str = ""
    placeholder: bool = False
    power: float | None = None
    adaptability: str = ""
    email: str = ""
    phone: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not self.name:
            raise ModelError(
                Words(
                    "人员缺姓名；占位的写岗位名",
                    "a person needs a name; a placeholder is named after the post",
                )
            )
        if self.power is not None and not 0 <= self.power <= 10:
            raise ModelError(
                Words(
                    f"话语权应在 0 到 10 之间，不能是 {self.power}",
                    f"power lies between 0 and 10, not {self.power}",
                )
            )


@kind("Deal")
@dataclass(frozen=True, slots=True)
class Deal(Thing):
    """A need of the `account` with a horizon, a stage, a value and a decision rule.

    `horizon` is short, mid, long or empty; `outcome` is won, lost or empty (open); `won_by` a supplier's id. `state` is
    how far the need is (M118), `serves` which goal of theirs it is for; an item of our roadmap is a deal that `answers`
    deals of customers (M76).
    """

    account: Ref = ""
    name: str = ""
    name_alt: str = ""
    horizon: str = ""
    stage: str = ""
    value: float | None = None
    currency: str = ""
    rule: str = ""
    project_type: str = ""
    close_on: date | None = None
    outcome: str = ""
    won_by: Ref = ""
    state: str = ""
    category: str = ""
    serves: str = ""
    answers: tuple[Ref, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if not self.name or not self.account:
            raise ModelError(Words("项目缺名称或客户", "a deal needs a name and an account"))


@kind("Interaction")
@dataclass(frozen=True, slots=True)
class Interaction(Thing):
    """A dated meeting, visit, call or the head of a mail: who of a supplier (`ours`), who of the customer.

    `form` is a key of the catalogue of actions; `action` is what was planned and is done by it; `next` is the next step;
    `layer` which of the three relations it was for.
    """

    account: Ref = ""
    on: date | None = None
    channel: str = ""
    ours: tuple[Ref, ...] = ()
    theirs: tuple[Ref, ...] = ()
    purpose: str = ""
    form: str = ""
    action: Ref = ""
    next: str = ""
    layer: str = ""
    note: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if not self.account or self.on is None:
            raise ModelError(Words("往来缺客户或日期", "an interaction needs an account and a date"))


@kind("Figure")
@dataclass(frozen=True, slots=True)
class Figure(Thing):
    """A dated number of an account: `measure` (revenue, wallet, …) of the year or month starting at `on`.

    `category` is a product category or empty (all). `value` is in units of `currency`. `supplier` is the
    supplier whose revenue it is; empty means us for revenue and everybody for wallet. `tier` is the product's.
    """

    account: Ref = ""
    measure: str = ""
    on: date | None = None
    value: float = 0.0
    currency: str = ""
    category: str = ""
    supplier: Ref = ""
    tier: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if not self.account or not self.measure or self.on is None:
            raise ModelError(
                Words("数据缺客户、指标或日期", "a figure needs an account, a measure and a date")
            )


@kind("Layout")
@dataclass(frozen=True, slots=True)
class KeptLayout(Thing):
    """Where the people of an account stand on its maps, so that nobody moves; `plan` is the map's own JSON."""

    account: Ref = ""
    plan: str = ""

    def __post_init__(self) -> None:
        if not self.account or not self.plan:
            raise ModelError(Words("保存的布局缺客户或位置", "a kept layout needs an account and a plan"))


@kind("Erasure")
@dataclass(frozen=True, slots=True)
class Erasure(Thing):
    """That somebody was forgotten on a day: no name, only digests by which an import knows them again.

    `marks` are digests of what they were known by, each made with `salt`; `records` is how many of the log lost their
    content, `changed` how many others lost a mention. `allowed` is the day from which they may come back, None if they may not.
    """

    salt: str = ""
    marks: tuple[str, ...] = ()
    on: date | None = None
    records: int = 0
    changed: int = 0
    allowed: date | None = None

    def __post_init__(self) -> None:
        if not self.salt or self.on is None:
            raise ModelError(Words("遗忘的记录缺盐值或日期", "an erasure needs a salt and a day"))
