"""What a rule pack holds, file by file: every number with its range, its unit and what it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from powermap.method.shapes import (
    NONE,
    Choice,
    Flag,
    Number,
    Numbers,
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
from powermap.method.work_contents import WORK
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
        "gap_places": _count(0, 100, "影响名次比职级至少高几名才说", "places between influence and level from which it is said"),
        "gap_one_in": Number(1, 1000, what=Words("且至少是总人数的几分之一", "and at least one in so many of the people")),
        "top_places": _count(1, 100, "隐形影响者须在前几名", "a hidden influencer is among the first so many"),
        "top_one_in": Number(1, 1000, what=Words("或在总人数的前几分之一", "or among the first one in so many of the people")),
        "sway_that_matters": _share("没有票的人对决定的影响至少多少才说", "share of the decision from which somebody without a vote is named"),
        "layers_people": _count(2, 1000, "两层关系至少共有几人才比较", "people with ties on two layers before the layers are compared"),
        "layers_agree": _share("两层名次的一致程度（Kendall τ）达到多少算一致", "Kendall's tau from which two layers agree"),
        "high_level": _count(1, 5, "从第几层往上没人听才说", "level from which up it is said that nobody hears somebody"),
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
            "deputies": _count(0, 1000, "S、A 级客户至少几个联系人有副手", "contacts that have a deputy, grades S and A"),
            "not_met": Texts(),
        }
    ),
    "demands": Table(others=Texts()),
    "bands": Table({"weak": _count(1, 4, "几项要留意时，客户算弱", "dials to watch from which an account is weak")}),
    "truck": Table(
        {
            "account": _count(1, 1000, "单个客户最多数到走几人", "up to how many leavers one account is counted"),
            "all": _count(1, 1000, "全部客户合计最多数到走几人", "up to how many leavers all accounts together are a finding"),
        }
    ),
    "cold": Table(
        {
            "none": Number(1, 36500, DAYS, Words("未分级客户的关系多少天减半", "half-life of a relation, no grade")),
            "threshold": _share("低于此强度的关系算变冷", "a relation below this strength is cold", above=True, below=True),
            "soon": _days("提前多少天提醒快要变冷", "days ahead in which to name what is going cold", 0),
            "silent": _days("整个客户多少天没有任何联系算变冷", "days without any contact after which a whole account is cold"),
        },
        others=Number(1, 36500, DAYS, Words("这一等级的关系多少天减半", "half-life of a relation of that grade")),
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
_TELLS = Choice(("yes", "formal", "little"))
_GATE = {
    "attitude": _count(-2, 3, "被请去说话的人至少是什么态度", "least attitude of whoever is asked"),
    "lead": _count(
        0, 5, "其态度至少高出对别家几级", "by how many steps it stands above their attitude to others"
    ),
    "unknown": _count(
        -2, 3, "对别家态度未知时按几级算", "what an unknown attitude to another supplier counts as"
    ),
    "speaks_up": _count(
        -2, 3, "项目支持度达到几级算已公开表态", "support from which on somebody speaks up already"
    ),
}
_TIE = {
    "near": _share("同级同部门之间新关系的强度", "strength of a new tie between neighbours", above=True),
    "least": _share("弱于此强度的新关系不提", "a new tie that would be weaker is not proposed"),
    "lift": _share("加强关系时强度增加的比例", "the part by which a tie that is there grows"),
    "level_keeps": _share("每差一级强度留下多少", "what is left of the strength for each level apart"),
    "level_days": _days("每差一级多花几天", "days more for each level apart", 0, DAYS_OF_WORK),
    "level_unknown": _count(0, 4, "层级未知时按差几级算", "levels apart where either is unknown"),
    "department_keeps": _share("跨部门强度留下多少", "what is left across departments"),
    "department_days": _days("跨部门多花几天", "days more across departments", 0, DAYS_OF_WORK),
    "standing_keeps": _share("话语权每差 1 强度留下多少", "what is left for each point of power"),
    "standing_days": _days("话语权每差 1 多花几天", "days more for each point of power", 0, DAYS_OF_WORK),
}
_CONTACT = {
    "met": _days("见过面的人多花几天", "days more where somebody of ours has met them", 0, DAYS_OF_WORK),
    "met_days": _days("多少天内的见面算数", "how many days back a meeting counts"),
    "likely": _share("引荐的路至少多大把握才算", "least chance of a way on which introductions count"),
    "cold": _days("没有门路时多花几天", "days more where no way leads there", 0, DAYS_OF_WORK),
    "held": _days("是对手的人时多花几天", "days more for a rival's own supporter", 0, DAYS_OF_WORK),
    "meeting": _share("经由一次见面的通达（仅在要求时）", "access through a meeting, on request"),
}
_LADDER = _count(-2, 3, "这个词是哪一级态度", "which attitude the word is")
FILES: dict[str, Table] = {
    "actions": Table(
        {
            "gate": Table(_GATE),
            "tie": Table(_TIE),
            "contact": Table(_CONTACT),
            "search": Table(
                {
                    "least": _share("胜率至少提高多少才提", "least rise of the chance that is proposed"),
                    "rival": _share("对手胜率至少提高多少才提醒", "least rise of a rival's chance that is a warning"),
                    "susceptibilities": Numbers(_share("", "")),
                }
            ),
            "move": Rows(
                _MOVE, "key", ("raise", "approach", "cover", "neutralise", "advocate", "connect", "lift"), True
            ),
        }
    ),
    "attitudes": Table(
        {
            "level": Rows(Table({"value": _count(-2, 3, "", ""), **_NAMED}), "value", _ATTITUDES, True),
            "rule": Table(
                {
                    "window": _days("判断多久有效", "days that a judgement counts"),
                    "least": _count(1, 100, "至少几项判断才有总分", "judgements without which the total is unknown"),
                    "cap": Text(),
                    "cap_least": _count(-2, 3, "封顶至少是几", "the cap is at least this"),
                    "unproven": _count(-2, 3, "从几起须有关键事件", "total from which on a key event is wanted"),
                    "counts_as": _count(-2, 3, "没有关键事件时按几算", "what it counts as without one"),
                }
            ),
            "unknown": Table({str(n): _share(f"未知态度是 {n} 的概率", f"chance that an unknown attitude is {n}") for n in _ATTITUDES},
                             optional=frozenset({"3"})),
        }
    ),
    "channels": Table({"unnamed": _TELLS, "other": _TELLS, "tells": Table(others=_TELLS)}),
    "columns": Table(),
    **WORK,
    "defaults": Table(
        {
            "number": NUMBERS,
            "susceptibility": Table({k: _share(f"{zh}受影响的程度", f"how far {en} can be swayed") for k, (zh, en) in _SUSCEPTIBLE.items()}),
        }
    ),
    "kinds": Table({kind: Pair() for kind in RECORDS}, optional=frozenset(RECORDS)),
    "ladders": Table(
        {
            "words": Table(others=_LADDER),
            "contacted": Table({"words": Texts()}),
            "power": Table(others=_count(0, 10, "话语权的词", "what a word says of power")),
        }
    ),
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
    weights = sum(row.get("weight", 0) for row in topics["items"]["item"])
    if abs(weights - 1) > 1e-9:
        yield (
            "items",
            Wrong(
                "item.weight",
                f"{weights:g}",
                Words("各权重之和应为 1", "in all; the weights should sum to 1"),
            ),
        )
    curve = topics["value"]["curve"]
    if abs(sum(row["part"] for row in curve) - 1) > 1e-9:
        whole = f"{sum(row['part'] for row in curve):g}"
        yield (
            "value",
            Wrong(
                "curve.part", whole, Words("各年之和应为 1", "in all; the parts of the years should sum to 1")
            ),
        )
    for place, row in enumerate(curve, 1):
        if row["year"] != place:
            yield (
                "value",
                Wrong(
                    f"curve[{row['year']}].year",
                    row["year"],
                    should_be(f"{place}（逐年排列）", f"{place}: year after year"),
                ),
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
