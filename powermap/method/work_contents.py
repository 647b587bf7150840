"""What the files of the rule pack hold that relations are managed by: grades, items, actions, policy, calendar."""

from __future__ import annotations

from powermap.method.shapes import NONE, Choice, Flag, Number, Numbers, Pair, Rows, Shape, Table, Text, Texts
from powermap.words import Words

_NAMED: dict[str, Shape] = {"key": Text(), "zh": Text(), "en": Text(), "source": Text(), "aliases": Texts()}
_MAY = frozenset({"aliases", "source"})
_DAYS = Words("天", "days")
_ATTITUDE = Number(-2, 3, NONE, Words("适合的态度", "attitudes that it fits"), whole=True)


def _count(low: int, high: int, zh: str, en: str) -> Number:
    return Number(low, high, NONE, Words(zh, en), whole=True)


def _days(zh: str, en: str) -> Number:
    return Number(1, 36500, _DAYS, Words(zh, en), whole=True)


WORK: dict[str, Table] = {
    "alerts": Table({"alert": Rows(Table({**_NAMED, "kinds": Texts()}, optional=_MAY), "key")}),
    "calendar": Table(
        {
            "fiscal_start": _count(1, 12, "财年从几月开始", "the month in which the fiscal year begins"),
            "review_days": _days("隔多久回顾一次计划", "days between two reviews of a plan"),
            "meeting": Rows(
                Table(
                    {
                        **_NAMED,
                        "levels": Numbers(_count(1, 9, "对方的层级", "levels of theirs")),
                        "days": _days("隔多久一次", "days between two of them"),
                        "forms": Texts(),
                        "duty": Text(),
                        "agenda_zh": Text(),
                        "agenda_en": Text(),
                    },
                    optional=_MAY | {"duty"},
                ),
                "key",
            ),
            "holiday": Rows(Table({"zh": Text(), "en": Text(), "weeks": Texts()}), "en"),
        }
    ),
    "catalogue": Table(
        {
            "keeps": Text(),
            "lists": Table(others=Pair()),
            "action": Rows(
                Table(
                    {
                        **_NAMED,
                        "lists": Texts(),
                        "scope": Choice(("point", "line", "surface")),
                        "layers": Texts(),
                        "attitudes": Numbers(_ATTITUDE),
                        "inferred": Flag(),
                        "needs": Texts(),
                        "tier": _count(0, 9, "手段的层次", "tier of means"),
                        "policy": Text(),
                        "days": Number(0, 3650, Words("人天", "days of work"), Words("要花多少", "what it takes")),
                    },
                    optional=_MAY | {"inferred", "tier"},
                ),
                "key",
            ),
        }
    ),
    "grades": Table(
        {
            "grade": Rows(
                Table(
                    {
                        **_NAMED,
                        "least": Number(0, 10, NONE, Words("价值分达到多少建议此等级", "value score from which it is suggested")),
                        "tier": Text(),
                        "sheets": Texts(),
                        "urgency": _count(0, 3, "要求未做到有多急", "how urgent an unmet demand is"),
                    },
                    optional=_MAY,
                ),
                "key",
            )
        }
    ),
    "items": Table(
        {
            "family": Rows(Table(dict(_NAMED), optional=_MAY), "key"),
            "item": Rows(
                Table(
                    {
                        **_NAMED,
                        "family": Text(),
                        "subject": Texts(),
                        "kind": Choice(("level", "points", "attitude", "check", "yes", "money", "weeks", "text")),
                        "low": Number(-100, 100, NONE, Words("刻度的下端", "low end of the scale")),
                        "high": Number(-100, 100, NONE, Words("刻度的上端", "high end of the scale")),
                        "steps_zh": Texts(),
                        "steps_en": Texts(),
                        "weight": Number(0, 1, NONE, Words("权重", "weight")),
                        "valid_days": _days("多久有效", "how long a verdict holds"),
                        "private": Flag(),
                        "read_by": Text(),
                        "core": Text(),
                        "tiers": Texts(),
                        "reversed": Flag(),
                        "several": Flag(),
                    },
                    optional=_MAY
                    | {"low", "high", "steps_zh", "steps_en", "weight", "private", "core", "tiers", "reversed", "several"},
                ),
                "key",
            ),
        }
    ),
    "jotting": Table(
        {"far_days": _days("没写年份的日子远于多少天就问", "how far off a day without a year may lie unasked")}
    ),
    "insight": Table(
        {
            "clear": Table(
                {
                    "roles": Texts(),
                    "ahead": Texts(),
                    "ask": Number(-2, 3, NONE, Words("请教的人至少是什么态度", "least attitude of whom we ask who decides"), whole=True),
                    "asked": _count(1, 20, "请教的人列出几位", "how many of them are named"),
                }
            ),
            "season": Table(
                {
                    "first": _count(1, 12, "一线洞察从几月开始", "the month in which the front line begins to ask"),
                    "last": _count(1, 12, "一线洞察到几月结束", "the month in which it ends"),
                    "rounds": _count(1, 12, "至少几轮", "rounds there are at least"),
                }
            ),
            "section": Rows(Table({**_NAMED, "items": Texts()}, optional=_MAY), "key"),
        }
    ),
    "value": Table(
        {
            "curve": Rows(
                Table(
                    {
                        "year": _count(1, 50, "第几年", "which year"),
                        "phase": Choice(("invest", "even", "return", "close")),
                        "part": Number(-10, 10, NONE, Words("占预期净值总额的几成", "part of the whole expected net value")),
                        "source": Text(),
                    },
                    optional=_MAY,
                ),
                "year",
            ),
            "phase": Rows(Table(dict(_NAMED), optional=_MAY), "key", ("invest", "even", "return", "close"), True),
            "bond": Rows(
                Table({"level": _count(1, 4, "", ""), "zh": Text(), "en": Text(), "source": Text()}, optional=_MAY),
                "level", (1, 2, 3, 4), True,
            ),
            "limits": Table(
                {
                    "bond": _count(1, 4, "合作深度到几级为止怕换人", "bond up to which a change of people rings the alarm"),
                    "friction": _count(1, 1000, "几次摩擦起怀疑合作深度", "frictions from which a deeper bond is doubted"),
                    "accounts": _count(1, 1000000, "最多看几个客户（按销售额）", "accounts that are looked at, by revenue"),
                }
            ),
        }
    ),
    "policy": Table(
        {
            "locale": Text(),
            "tag": Rows(
                Table({**_NAMED, "rule": Choice(("allowed", "approval", "blocked"))}, optional=_MAY), "key"
            ),
            "officials": Table(
                {
                    "words": Texts(),
                    "private": Texts(),
                    "law_zh": Text(),
                    "law_en": Text(),
                    "body": Rows(Table({**_NAMED, "words": Texts(), "titles": Texts()}, optional=_MAY), "key"),
                }
            ),
            "limits": Table(others=Number(0, 1e12, NONE, Words("不经审批的上限", "most without an approval"))),
        }
    ),
    "privacy": Table(
        {
            "retention": Table(
                {
                    "contact_months": _count(1, 1200, "多久没有往来就该删除（月）", "months without contact after which a person is to be forgotten"),
                    "judgement_months": _count(1, 1200, "项目结束多久后判断该删除（月）", "months after the last deal closed that judgements may stay"),
                }
            ),
            "sensitive": Rows(Table({**_NAMED, "words": Texts()}, optional=_MAY), "key"),
        }
    ),
    "qualification": Table(
        {
            "even": Number(0, 1, NONE, Words("胜率达到多少算趋赢", "chance from which a deal tends to be won")),
            "criteria": Texts(),
            **{
                name: Rows(Table({"key": Text(), "zh": Text(), "en": Text()}), "key")
                for name in ("clear", "lead", "meddpicc")
            },
        }
    ),
    "relations": Table(
        {
            "personal": Texts(),
            "layer": Rows(
                Table(
                    {
                        "key": Text(),
                        "place": Choice(("floor", "pillar", "roof")),
                        "duty": Text(),
                        "source": Text(),
                    },
                    optional=_MAY,
                ),
                "key",
            ),
            "range": Table(others=Numbers(Number(-1e12, 1e12, NONE, Words("目标值的范围", "range of a goal's value")))),
            "general": Table(others=Texts(2)),
            "joined": Table(others=Number(0, 1, NONE, Words("参与环节占比", "part of the stages joined"))),
            "stage": Rows(Table(dict(_NAMED), optional=_MAY), "key"),
            "key_people": Table(
                {
                    "level": _count(1, 9, "第几层以上算关键", "level from which up somebody is key"),
                    "heard": _count(0, 100, "影响力前几名算关键", "how many of those heard most are key"),
                    "attitude": _count(-2, 3, "关键关系合格的态度", "attitude from which a key relation is held"),
                }
            ),
            "tier": Rows(Table(dict(_NAMED), optional=_MAY), "key"),
            "cores": Table(others=Pair()),
            "team": Table(
                {
                    "triangle": Texts(),
                    "triangle_grades": Texts(),
                    "stable": Number(0, 1e15, NONE, Words("年销售额达到多少要有专门团队", "yearly revenue from which an account wants a team")),
                }
            ),
        }
    ),
    "voices": Table(
        {
            "verdict": Number(1, 5, NONE, Words("客户评价达到多少才关闭", "verdict of theirs from which a voice is closed")),
            "gate": Rows(
                Table({**_NAMED, "days": _days("在这一关最多等多久", "how long a voice may wait at this gate")}, optional=_MAY | {"days"}),
                "key",
                ("heard", "screened", "routed", "solved", "confirmed"),
                all_of_them=True,
            ),
            "asked": Table({"kinds": Texts(1)}),
            "satisfaction": Table(
                {
                    "moved": Number(0, 10, NONE, Words("变动多少分才算变好或变差", "points that a score must move to be better or worse"), above=True),
                    "low": Number(0, 10, NONE, Words("低于多少分算低", "score below which satisfaction is low")),
                }
            ),
        }
    ),
}  # fmt: skip
"""The shape of each of these files."""
