"""What a rule pack holds, file by file: every number with its range, its unit and what it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from powermap.method.shapes import (
    NONE,
    Flag,
    Number,
    Pair,
    Rows,
    Shape,
    Table,
    Text,
    Texts,
    Wrong,
    like,
    should_be,
)
from powermap.model import RECORDS
from powermap.words import Words

DAYS, DAYS_OF_WORK = Words("天", "days"), Words("人天", "days of work")
PERCENT = Words("百分点", "percentage points")


def _share(zh: str, en: str, *, above: bool = False, below: bool = False) -> Number:
    """Return a number in [0, 1]."""
    return Number(0, 1, what=Words(zh, en), above=above, below=below)


def _days(zh: str, en: str, least: float = 1, unit: Words = DAYS) -> Number:
    return Number(least, 36500, unit, Words(zh, en), whole=unit is DAYS)


def _count(low: int, high: int, zh: str, en: str, unit: Words = NONE) -> Number:
    return Number(low, high, unit, Words(zh, en), whole=True)


_NAMED = {"zh": Text(), "en": Text()}
_ATTITUDES = tuple(range(-2, 4))

NUMBERS = Table(
    {
        "strength": _share("关系未写强度时的强度", "strength of a tie that gives none", above=True),
        "line_up": _share("沿汇报线向上引荐的通达", "access along a reporting line, from a person to the boss"),
        "line_down": _share("沿汇报线向下引荐的通达", "access along a reporting line, from a boss to the people below"),
        "damping": _share("PageRank 的阻尼", "damping of PageRank", above=True, below=True),
        "circle": _share("沿圈子引荐的通达（仅在要求时）", "access along a circle, on request"),
        "logit": Number(0, 20, what=Words("态度每升一级，赞成的对数几率增加多少", "log-odds of a yes for each step of attitude"), above=True),
        "logit_shift": Number(0, 10, what=Words("“不反对”比“同意”容易几级", "by how many steps *not opposed* is easier than a yes")),
        "power_that_matters": Number(0, 10, what=Words("话语权不低于此的人没人覆盖才提醒", "least power of somebody whom it matters to cover")),
        "stale_days": _days("态度判断超过这么多天算陈旧", "a stance older than this is stale"),
        "confidence_observed": _share("已确认的事实的可信度", "confidence in what was observed"),
        "confidence_assumed": _share("推测的事实的可信度", "confidence in what is assumed"),
        "confidence_derived": _share("推导的事实的可信度", "confidence in what was derived"),
    }
)  # fmt: skip
_SUSCEPTIBLE = {
    "default": ("未写适应性的人", "somebody whose adaptability isn't known"),
    "innovator": ("创新者", "an innovator"),
    "early": ("早期采用者", "an early adopter"),
    "pragmatist": ("务实者", "a pragmatist"),
    "late": ("晚期采用者", "a late adopter"),
    "laggard": ("落后者", "a laggard"),
}
PORTFOLIO = {
    "repair": Table(
        {
            "level": _days("我方与对方层级每多差一级", "for each level beyond one between our person and the contact", 0, DAYS_OF_WORK),
            "newcomer": _days("我方换一个不熟悉该客户的人", "for somebody of ours who is new to the account", 0, DAYS_OF_WORK),
        }
    ),
    "wallet": Table(
        {
            "years": _count(2, 100, "最多往回看几年（含末年）", "how far back the first year may lie, the last one counted", Words("年", "years")),
            "points": Number(0, 100, PERCENT, Words("份额至少下降多少才算跌", "by how much the share must have fallen")),
        }
    ),
    "duty": Table(
        {
            "attitude": _count(-2, 3, "关键人的最低态度", "least attitude of a key person"),
            "organization": _count(1, 4, "组织关系的最低级别", "least level of the relation between the organizations"),
            "rank": _count(0, 4, "我方的人最多比对方低几级", "by how many levels our person may stand below the one covered"),
            "ways": _count(0, 100, "到每个决策者的独立路径", "disjoint ways to each decision-maker"),
            "visits": _count(0, 1000, "负责 C 级客户的人每周见几个客户", "customers whom each of ours with C accounts meets in a week"),
            "weeks": _count(1, 520, "往回看几个整周", "how many whole weeks back", Words("周", "weeks")),
            "not_met": Texts(),
        }
    ),
    "cold": Table(
        {g: Number(1, 36500, DAYS, Words(f"{g} 级客户的关系多少天减半", f"half-life of a relation, grade {g}")) for g in "SABC"}
        | {
            "none": Number(1, 36500, DAYS, Words("未分级客户的关系多少天减半", "half-life of a relation, no grade")),
            "threshold": _share("低于此强度的关系算变冷", "a relation below this strength is cold", above=True, below=True),
            "soon": _days("提前多少天提醒快要变冷", "days ahead in which to name what is going cold", 0),
        }
    ),
    "cadence": Table({str(n): _days(f"第 {n} 层的人隔多久再见", f"days until one of level {n} is met again") for n in range(1, 6)}),
    "effort": Table(
        {
            "days": _days("往来往回数多少天", "how far back interactions count"),
            "loud": Number(0, 1000, what=Words("投入占比达销售额占比的几倍为偏多", "this many times its share of revenue, or more, is much"), above=True),
            "quiet": Number(0, 1000, what=Words("不超过几倍为偏少", "this many times, or less, is little")),
        }
    ),
    "mix": Table(
        {
            "low": _count(1, 5, "最高只到这一层的关系算低", "a relation that reaches no higher than this level is low"),
            "share": Number(0, 100, Words("%", "%"), Words("低层关系占销售额多少即提醒", "share of the revenue on low relations from which the alarm rings")),
        }
    ),
}  # fmt: skip
_MOVE = Table(
    {
        "key": Text(),
        **_NAMED,
        "say_zh": Text(("a", "b")),
        "say_en": Text(("a", "b")),
        "effort": Number(0, 3650, DAYS_OF_WORK, Words("这一步要花多少", "what the move takes"), above=True),
    },
    optional=frozenset({"say_zh", "say_en"}),
)
_ROLE = Table(
    {"key": Text(), **_NAMED, "badge_zh": Text(), "badge_en": Text(), "filled": Flag(), "aliases": Texts()},
    optional=frozenset({"filled", "aliases"}),
)
_LADDER = _count(-2, 3, "这个词是哪一级态度", "which attitude the word is")
FILES: dict[str, Table] = {
    "actions": Table({"move": Rows(_MOVE, "key", ("raise", "neutralise", "advocate", "connect", "lift"), True)}),
    "attitudes": Table(
        {
            "level": Rows(Table({"value": _count(-2, 3, "", ""), **_NAMED}), "value", _ATTITUDES, True),
            "unknown": Table({str(n): _share(f"未知态度是 {n} 的概率", f"chance that an unknown attitude is {n}") for n in _ATTITUDES},
                             optional=frozenset({"3"})),
        }
    ),
    "columns": Table(),
    "defaults": Table(
        {
            "number": NUMBERS,
            "susceptibility": Table({k: _share(f"{zh}受影响的程度", f"how far {en} can be swayed") for k, (zh, en) in _SUSCEPTIBLE.items()}),
        }
    ),
    "kinds": Table({kind: Pair() for kind in RECORDS}, optional=frozenset(RECORDS)),
    "ladders": Table({"words": Table(others=_LADDER), "contacted": Table({"words": Texts()})}),
    "levels": Table(
        {
            "level": Rows(
                Table({"value": _count(1, 5, "", ""), **_NAMED, "aliases": Texts()}, optional=frozenset({"aliases"})),
                "value", tuple(range(1, 6)), True,
            ),
            "channel": Table(others=Pair()),
        },
        optional=frozenset({"channel"}),
    ),
    "portfolio": Table(PORTFOLIO),
    "roles": Table({"role": Rows(_ROLE, "key")}),
    "rules": Table(
        {
            "template": Rows(
                Table({"key": Text(), **_NAMED, "projects": Texts()}), "key", ("majority", "unanimity", "top", "top-and-one")
            )
        }
    ),
    "words": Table({"channel": Table(others=Texts(1)), "measure": Table(others=Texts(1))}),
}  # fmt: skip
"""The shape of each file, as far as the built-in one doesn't give it by its own types (see :func:`like`)."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a pack's file."""

    file: str
    wrong: Wrong

    @property
    def words(self) -> Words:
        """Say it in one line: file, key, value, what it should be."""
        key, value, told, near = self.wrong
        at = f"{self.file}.toml" + (f": {key}" if key else "")
        given = "" if value is None else f" = {_short(value)}"
        return Words(
            f"{at}{given}：{told.zh}" + (f"，是不是 {near}？" if near else ""),
            f"{at}{given} {told.en}" + (f"; did you mean {near}?" if near else ""),
        )


def faults(topics: Mapping[str, Any], built_in: Mapping[str, Any]) -> list[Fault]:
    """List every fault of a pack, in the order of its files; `built_in` says what else its files are like."""
    found = [
        Fault(name, wrong)
        for name in built_in
        for wrong in like(FILES.get(name), built_in[name]).wrong(topics.get(name), "")
    ]
    if not found:
        found = [Fault(name, wrong) for name, wrong in _between(topics)]
    return found


def _between(topics: Mapping[str, Any]) -> Iterator[tuple[str, Wrong]]:
    """Name numbers that are right alone and wrong together."""
    unknown = topics["attitudes"]["unknown"]
    total = sum(unknown.values())
    if abs(total - 1) > 1e-9:
        yield (
            "attitudes",
            Wrong("unknown", f"{total:g}", Words("各项之和应为 1", "in all; the chances should sum to 1")),
        )
    effort = topics["portfolio"]["effort"]
    if effort["quiet"] >= effort["loud"]:
        yield (
            "portfolio",
            Wrong("effort.quiet", effort["quiet"], should_be(f"小于 loud（{effort['loud']:g}）的数", f"less than loud ({effort['loud']:g})")),
        )  # fmt: skip


def numbers(topics: Mapping[str, Any]) -> Iterator[tuple[str, str, float, Number]]:
    """List every number of a pack: its file, its key, its value, and what it may be."""
    for name, topic in topics.items():
        for key, value, shape in _walk(like(FILES.get(name), topic), topic, ""):
            yield name, key, value, shape


def _walk(shape: Shape, value: Any, key: str) -> Iterator[tuple[str, float, Number]]:
    if isinstance(shape, Number):
        yield key, value, shape
    elif isinstance(shape, Table):
        for name, below in value.items():
            yield from _walk(
                shape.fields.get(name) or shape.others or Text(), below, f"{key}.{name}".lstrip(".")
            )
    elif isinstance(shape, Rows):
        for row in value:
            yield from _walk(
                shape.row, {k: v for k, v in row.items() if k != shape.key}, f"{key}[{row[shape.key]}]"
            )


def _short(value: Any) -> str:
    text = (
        str(value).lower()
        if isinstance(value, bool)
        else f'"{value}"'
        if isinstance(value, str)
        else repr(value)
    )
    return text if len(text) <= 60 else text[:59] + "…"
