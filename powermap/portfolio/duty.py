"""What the grade of a customer demands, and where it is not done: the red list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from powermap.analysis.deciders import deciders
from powermap.analysis.fragility import owners
from powermap.analysis.text import call, signed
from powermap.lens import Lens, look
from powermap.method import Pack
from powermap.model import Records, WorksAt
from powermap.portfolio.scanning import Scan
from powermap.portfolio.split import scopes
from powermap.words import Words, by_language

DEMANDS = {
    "general": Words("普遍客户关系", "general relation"),
    "key": Words("关键客户关系", "key relation"),
    "organization": Words("组织客户关系", "organizational relation"),
    "levels": Words("兵对兵、将对将", "levels matched"),
    "ways": Words("互不依赖的通路", "disjoint ways"),
    "visits": Words("每周见客户", "customers met a week"),
}
STATES = {"red": Words("红", "red"), "unknown": Words("缺数据", "no data")}

UNREAD = ("INFLUENCES", "Figure", "Interaction", "Layout")
"""Kinds of records that the demands on an account don't look at: half of all."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A demand that isn't met, or (`red` False) can't be judged, and what is missing in words."""

    demand: str
    red: bool
    words: Words


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds, from the rule pack."""

    attitude: int
    organization: int
    rank: int
    ways: int
    visits: int
    weeks: int
    not_met: tuple[str, ...]

    @classmethod
    def of(cls, pack: Pack) -> Limits:
        """Read them."""
        numbers: Mapping[str, Any] = pack.topic("portfolio")["duty"]
        return cls(
            attitude=int(numbers["attitude"]),
            organization=int(numbers["organization"]),
            rank=int(numbers["rank"]),
            ways=int(numbers["ways"]),
            visits=int(numbers["visits"]),
            weeks=int(numbers["weeks"]),
            not_met=tuple(numbers["not_met"]),
        )


def _listed(found: Iterable[Words], limit: int = 4) -> Words:
    words = list(found)
    more = len(words) - limit
    zh, en = "、".join(w.zh for w in words[:limit]), ", ".join(w.en for w in words[:limit])
    return Words(f"{zh} 等 {len(words)} 个", f"{en} and {more} more") if more > 0 else Words(zh, en)


def general(lens: Lens) -> list[Fault]:
    """General relation (M51): every department with people has somebody whom we cover."""
    units = {s.unit: by_language(s.unit, s.unit_alt) for s in lens.seats.values() if s.unit}
    if not units:
        return [
            Fault(
                "general",
                False,
                Words("不知道部门：“人员”表填部门", "no departments: give them in the sheet people"),
            )
        ]
    covered = {lens.seats[c.dst].unit for c in lens.covers()}
    bare = [units[u] for u in sorted(units) if u not in covered]
    if not bare:
        return []
    names = _listed(bare)
    return [
        Fault(
            "general",
            True,
            Words(f"没有覆盖任何人的部门：{names.zh}", f"departments where nobody is covered: {names.en}"),
        )
    ]


def key(lens: Lens, limits: Limits, *, marked: bool) -> list[Fault]:
    """Key relation (M53, M17): each decision-maker has an owner and supports us; `marked` demands that he is named."""
    known = deciders(lens)
    if not known.shares or (marked and known.ground == "rank"):
        words = Words(
            "没有标明关键人：“决策链”表填角色", "no key people are named: give roles in the sheet committee"
        )
        return [Fault("key", bool(known.shares) or marked, words)]
    cover, found = owners(lens), []
    lonely = [call(lens, p) for p in known.shares if p not in cover]
    attitude = {p: lens.attitude(p) for p in known.shares}
    cool = [p for p, a in attitude.items() if a is not None and a < limits.attitude]
    dark = [call(lens, p) for p, a in attitude.items() if a is None]
    if lonely:
        names = _listed(lonely)
        found.append(Fault("key", True, Words(f"没有负责人：{names.zh}", f"without an owner: {names.en}")))
    if cool:
        names = _listed(Words(*(f"{w} {signed(attitude[p])}" for w in call(lens, p))) for p in cool)
        found.append(
            Fault(
                "key",
                True,
                Words(
                    f"态度低于 {limits.attitude:+d}：{names.zh}",
                    f"attitude below {limits.attitude:+d}: {names.en}",
                ),
            )
        )
    if dark:
        names = _listed(dark)
        found.append(Fault("key", False, Words(f"态度未知：{names.zh}", f"attitude unknown: {names.en}")))
    return found


def organization(lens: Lens, limits: Limits) -> list[Fault]:
    """Relation between the organizations (M52, M55): its level is high enough."""
    relation = lens.relations.get(lens.supplier.id)
    if relation is None or relation.level is None:
        words = Words(
            "不知道组织关系层级：“关系”表填组织关系与层级",
            "level unknown: give the organization relation and its level in the sheet ties",
        )
        return [Fault("organization", False, words)]
    if relation.level >= limits.organization:
        return []
    words = Words(
        f"层级 {relation.level}，要求至少 {limits.organization}",
        f"level {relation.level}, at least {limits.organization} demanded",
    )
    return [Fault("organization", True, words)]


def levels(lens: Lens, limits: Limits) -> list[Fault]:
    """Like meets like (M18): each level with people has somebody whom one of ours of about that rank covers."""
    rank = {t.src: t.level for t in lens.snapshot.all(WorksAt) if t.dst == lens.supplier.id and t.level}
    theirs = {s.level for s in lens.seats.values() if s.level and not s.external}
    if not rank or not theirs:
        words = Words(
            "不知道双方层级：“人员”表填层级",
            "levels unknown: give them in the sheet people, for our people too",
        )
        return [Fault("levels", False, words)]
    met = {
        level
        for c in lens.covers()
        if (level := lens.seats[c.dst].level) and rank.get(c.src, 99) <= level + limits.rank
    }
    holes = sorted(theirs - met)
    if not holes:
        return []
    text = "、".join(map(str, holes)), ", ".join(map(str, holes))
    return [
        Fault(
            "levels",
            True,
            Words(f"没有对等的人覆盖第 {text[0]} 层", f"nobody of matching rank covers level {text[1]}"),
        )
    ]


def ways(fewest: int, limits: Limits) -> list[Fault]:
    """Disjoint ways (M18): enough of them lead to each decision-maker."""
    if fewest < 0:
        words = Words("不知道谁决策", "nobody is known to decide")
        return [Fault("ways", False, words)]
    if fewest >= limits.ways:
        return []
    return [
        Fault(
            "ways",
            True,
            Words(
                f"最少只有 {fewest} 条，要求至少 {limits.ways} 条",
                f"only {fewest}, at least {limits.ways} demanded",
            ),
        )
    ]


def faults(lens: Lens, fewest: int, limits: Limits) -> list[Fault]:
    """Return what the grade of an account demands and isn't there; nothing for grade C (see the visits) or none."""
    if lens.account.grade in ("S", "A"):
        return [
            *general(lens),
            *key(lens, limits, marked=False),
            *organization(lens, limits),
            *levels(lens, limits),
            *ways(fewest, limits),
        ]
    return key(lens, limits, marked=True) if lens.account.grade == "B" else []


def account_faults(scan: Scan, records: Records, pack: Pack) -> dict[int, list[Fault]]:
    """Judge every account of grade S, A or B; number of the account -> what is missing."""
    limits, found = Limits.of(pack), {}
    wanted = {a.id: i for i, a in enumerate(scan.columns.accounts) if a.grade in ("S", "A", "B")}
    for account_id, scope in scopes(records, tuple(wanted), UNREAD):
        i = wanted[account_id]
        lens = look(scope, account_id, as_of=scan.columns.as_of, pack=pack)
        found[i] = faults(lens, int(scan.fewest[i]), limits)
    return found
