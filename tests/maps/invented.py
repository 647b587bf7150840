"""Invented accounts of any size and shape, the same on every run."""

from __future__ import annotations

import random
from datetime import date

from powermap.lens import Lens, look
from powermap.method import load_pack
from powermap.model import (
    Covers,
    Deal,
    Evidence,
    Influences,
    Organization,
    Period,
    Person,
    Record,
    ReportsTo,
    Snapshot,
    Stands,
    TakesPart,
    WorksAt,
)

DAY = date(2026, 9, 30)
FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
GIVEN = ("立群", "敏", "文斌", "若岚", "海", "思远", "启明", "佩珊", "雅琴", "浩然")
LATIN_GIVEN = ("Ada", "Bruno", "Chiara", "Dmitri", "Elena", "Farid", "Greta", "Hugo", "Ingrid", "Jonas")
LATIN_FAMILY = ("Abel", "Brandt", "Castellanos", "Dorn", "Eriksson-Wallgren", "Fontaine", "Grau", "Holt")
UNITS = (
    ("财务部", "Finance"),
    ("采购部", "Procurement"),
    ("研发部", "R&D"),
    ("运营部", "Operations"),
    ("市场部", "Marketing"),
    ("信息部", "Information Technology"),
    ("法务部", "Legal"),
    ("质量部", "Quality"),
)
TITLES = {
    1: ("首席执行官", "CEO"),
    2: ("副总裁", "Vice President"),
    3: ("部门总监", "Department Director"),
    4: ("经理", "Manager"),
    5: ("工程师", "Engineer"),
}
SIZES = (1, 4, 7, 16)
"""How many people the first four levels hold; the rest are on the fifth."""
ROLES = ("decider", "approver", "evaluator", "influencer", "user", "gatekeeper", "coach")


def person_name(number: int, script: str) -> str:
    """Return the n-th invented name, in Chinese (`zh`) or Latin letters (`en`)."""
    if script == "zh":
        return FAMILY[number % len(FAMILY)] + GIVEN[number // len(FAMILY) % len(GIVEN)]
    first = LATIN_GIVEN[number % len(LATIN_GIVEN)]
    return f"{first} {LATIN_FAMILY[(number + number // len(LATIN_GIVEN)) % len(LATIN_FAMILY)]}"


def records(
    size: int,
    *,
    rivals: int = 2,
    units: int = 6,
    script: str = "both",
    tops: int = 1,
    past: bool = False,
    seed: int = 7,
) -> list[Record]:
    """Make the records of an account.

    Parameters
    ----------
    size
        Number of people at the customer.
    rivals, units, tops
        Numbers of competitors, of departments (0: none is known) and of people without a boss.
    past
        Whether every second person was judged at an earlier review, as -1.
    script
        `zh`, `en`, or `both`: Chinese with Latin as the other name.
    """
    draw = random.Random(seed)
    names = [("电网集团", "Grid Group"), ("我方公司", "Our Company")] + [
        (f"对手{i + 1}", f"Rival {i + 1}") for i in range(rivals)
    ]

    def words(pair: tuple[str, str]) -> tuple[str, str]:
        return {"zh": (pair[0], ""), "en": (pair[1], ""), "both": pair}[script]

    found: list[Record] = []
    for i, pair in enumerate(names):
        name, alt = words(pair)
        kind = "customer" if i == 0 else "supplier"
        ident = ("acc", "us", *(f"riv{k}" for k in range(rivals)))[i]
        found.append(Organization(id=ident, name=name, name_alt=alt, type=kind, us=ident == "us"))
    suppliers = ["us", *(f"riv{k}" for k in range(rivals))]
    for supplier in suppliers:
        for k in range(2):
            ident = f"{supplier}-{k}"
            found += [
                Person(id=ident, name=person_name(200 + len(found), "en" if script == "en" else "zh")),
                WorksAt(id=f"w{ident}", src=ident, dst=supplier),
            ]
    levels: list[int] = []
    for level, count in enumerate(SIZES, 1):
        levels += [level] * (tops if level == 1 else count)
    levels = (levels + [5] * size)[:size]
    above: dict[int, list[str]] = {}
    found.append(Deal(id="deal", account="acc", name="Deal", rule=""))
    for n, level in enumerate(levels):
        ident = f"x{n:03d}"
        latin, chinese = person_name(n, "en"), person_name(n, "zh")
        name, alt = words((chinese, latin))
        title, title_alt = words(TITLES[level])
        unit, unit_alt = words(UNITS[n % units]) if units else ("", "")
        found += [
            Person(id=ident, name=name, name_alt=alt, power=round(draw.uniform(1, 10) / (level**0.5), 1)),
            WorksAt(
                id=f"w{ident}",
                src=ident,
                dst="acc",
                title=title,
                title_alt=title_alt,
                unit=unit,
                unit_alt=unit_alt,
                level=level,
            ),
        ]
        if level > 1 and above.get(level - 1):
            found.append(ReportsTo(id=f"r{ident}", src=ident, dst=draw.choice(above[level - 1])))
        above.setdefault(level, []).append(ident)
        if level <= 3 and n < 12:
            found.append(TakesPart(id=f"t{ident}", src=ident, dst="deal", roles=(ROLES[n % len(ROLES)],)))
        for supplier in suppliers:
            if draw.random() < 0.75:
                found.append(
                    Stands(
                        id=f"s{ident}{supplier}",
                        src=ident,
                        dst=supplier,
                        attitude=draw.choice((-2, -1, 0, 0, 1, 1, 2, 3)),
                        period=Period(date(2026, 6, 1)),
                        evidence=Evidence(source="review", author="Ada", on=date(2026, 6, 1), note="said so"),
                    )
                )
            if past and n % 2:
                found.append(
                    Stands(
                        id=f"o{ident}{supplier}",
                        src=ident,
                        dst=supplier,
                        attitude=-1,
                        period=Period(date(2026, 3, 1), date(2026, 6, 1)),
                    )
                )
            if draw.random() < 0.5:
                found.append(
                    Covers(
                        id=f"c{ident}{supplier}",
                        src=f"{supplier}-{draw.randrange(2)}",
                        dst=ident,
                        strength=0.6,
                    )
                )
    ids = [f"x{n:03d}" for n in range(size)]
    for k in range(size // 3):
        a, b = draw.sample(ids, 2)
        sign = -1 if k % 9 == 4 else 1
        found.append(Influences(id=f"i{k}", src=a, dst=b, strength=round(draw.uniform(0.2, 1), 2), sign=sign))
    return found


def view(found: list[Record], day: date = DAY) -> Lens:
    """Look at the account of some records."""
    return look(Snapshot.of(found), "acc", as_of=day, pack=load_pack())


def account(size: int, **shape: object) -> Lens:
    """Make an account and look at it."""
    return view(records(size, **shape))  # type: ignore[arg-type]
