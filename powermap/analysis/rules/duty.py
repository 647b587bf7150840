"""What the grade of a customer demands of our relations there, and what of it is missing (M16-M18, M51-M55, M116)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from powermap.analysis.rules.grade import demanding, demands, visiting
from powermap.analysis.text import join, signed
from powermap.findings import Rule
from powermap.method import Pack
from powermap.words import Words

DEMANDS = {
    "general": Words("普遍客户关系", "general relation"),
    "key": Words("关键客户关系", "key relation"),
    "organization": Words("组织客户关系", "organizational relation"),
    "levels": Words("兵对兵、将对将", "levels matched"),
    "ways": Words("不相交的路", "disjoint ways"),
    "deputy": Words("副手", "deputy"),
    "visits": Words("每周见客户", "customers met a week"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A demand that isn't met, or (`red` False) can't be judged, and what is missing in words.

    `about` are the people or levels it is about, as far as there are any.
    """

    demand: str
    red: bool
    words: Words
    about: tuple[Any, ...] = ()


class Decider(NamedTuple):
    """A decision-maker: id and name, and the attitude to us, None if unknown."""

    id: str
    name: Words
    attitude: int | None


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds, from the rule pack."""

    attitude: int
    organization: int
    rank: int
    ways: int
    deputies: int
    visits: int
    weeks: int

    @classmethod
    def of(cls, pack: Pack) -> Limits:
        """Read them."""
        numbers: Mapping[str, Any] = pack.topic("portfolio")["duty"]
        return cls(**{name: int(numbers[name]) for name in cls.__slots__})


def rule(pack: Pack) -> Rule:
    """Say what each grade demands, in words."""
    limits = Limits.of(pack)
    said = {
        "general": Words(
            "每个部门有人覆盖（普遍客户关系）", "somebody covered in every department (general relation)"
        ),
        "key": Words(
            f"关键人都有负责人，决策者态度至少 {limits.attitude:+d}（关键客户关系）",
            f"every key person with an owner, decision-makers with an attitude of {limits.attitude:+d} or better (key relation)",
        ),
        "named": Words(
            f"关键人已标明、都有负责人，决策者态度至少 {limits.attitude:+d}",
            f"key people named, each with an owner, decision-makers' attitude {limits.attitude:+d} or better",
        ),
        "organization": Words(
            f"组织关系层级至少 {limits.organization}",
            f"organizational relation at level {limits.organization} or better",
        ),
        "levels": Words(
            f"对方每一层有同级或低 {limits.rank} 级以内的人覆盖（兵对兵、将对将）",
            f"each of their levels covered by somebody of the same rank or at most {limits.rank} below",
        ),
        "ways": Words(
            f"通往每位决策者至少 {limits.ways} 条互不相交的路",
            f"at least {limits.ways} disjoint ways to each decision-maker",
        ),
        "deputy": Words(
            f"至少 {limits.deputies} 个联系人设副手",
            f"a deputy for at least {limits.deputies} of the contacts",
        ),
    }
    alike: dict[tuple[str, ...], list[str]] = {}
    for grade in demanding(pack):
        alike.setdefault(demands(grade, pack), []).append(grade)
    zh = [f"{'、'.join(g)} 级：{'；'.join(said[k].zh for k in keys)}" for keys, g in alike.items()]
    en = [f"{' and '.join(g)}: {'; '.join(said[k].en for k in keys)}" for keys, g in alike.items()]
    low = "/".join(visiting(pack))
    return Rule(
        "duty by grade",
        Words(
            "。".join(zh)
            + f"。{low} 级：覆盖 {low} 级客户的人每周至少见 {limits.visits} 个客户（最近 {limits.weeks} 个完整的周；按客户计，不按次数；邮件与电话不算）",
            ". ".join(en)
            + f". {low}: whoever covers {low} accounts meets at least {limits.visits} customers a week (the last {limits.weeks} whole weeks; customers, not visits; mails and calls don't count)",
        ),
    )


def _listed(found: Iterable[Words], limit: int = 4) -> Words:
    words = list(found)
    more = len(words) - limit
    zh, en = "、".join(w.zh for w in words[:limit]), ", ".join(w.en for w in words[:limit])
    return Words(f"{zh} 等 {len(words)} 个", f"{en} and {more} more") if more > 0 else Words(zh, en)


def general(units: Mapping[str, Words], covered: Collection[str]) -> list[Fault]:
    """General relation (M51): every department with people has somebody whom we cover.

    `units` are the departments with their names, `covered` those where somebody is.
    """
    if not units:
        words = Words("不知道部门：“人员”表填部门", "no departments: give them in the sheet people")
        return [Fault("general", False, words)]
    bare = tuple(u for u in sorted(units) if u not in covered)
    if not bare:
        return []
    names = _listed(units[u] for u in bare)
    words = Words(f"没有覆盖任何人的部门：{names.zh}", f"departments where nobody is covered: {names.en}")
    return [Fault("general", True, words, bare)]


def key(
    deciders: Collection[Decider],
    guessed: bool,
    limits: Limits,
    *,
    marked: bool,
    lonely: Mapping[str, Words] = MappingProxyType({}),
) -> list[Fault]:
    """Key relation (M53, M17): each key person has an owner, each decision-maker supports us.

    `guessed` tells that the latter are assumed by rank; `marked` demands that they are named. `lonely` are the key people
    whom nobody of ours owns, with their names.
    """
    if not deciders or (marked and guessed):
        words = Words(
            "没有标明关键人：“决策链”表填角色", "no key people are named: give roles in the sheet committee"
        )
        return [Fault("key", bool(deciders) or marked, words)]
    found = []
    cool = [d for d in deciders if d.attitude is not None and d.attitude < limits.attitude]
    dark = [d for d in deciders if d.attitude is None]
    if lonely:
        names = _listed(lonely.values())
        words = Words(f"没有负责人：{names.zh}", f"without an owner: {names.en}")
        found.append(Fault("key", True, words, tuple(lonely)))
    if cool:
        names = _listed(Words(*(f"{w} {signed(d.attitude)}" for w in d.name)) for d in cool)
        words = Words(
            f"态度低于 {limits.attitude:+d}：{names.zh}", f"attitude below {limits.attitude:+d}: {names.en}"
        )
        found.append(Fault("key", True, words, tuple(d.id for d in cool)))
    if dark:
        names = _listed(d.name for d in dark)
        words = Words(f"态度未知：{names.zh}", f"attitude unknown: {names.en}")
        found.append(Fault("key", False, words, tuple(d.id for d in dark)))
    return found


def organization(level: int | None, limits: Limits) -> list[Fault]:
    """Relation between the organizations (M52, M55): its level, 1 to 4, is high enough."""
    if level is None:
        words = Words(
            "不知道组织关系层级：“关系”表填组织关系与层级",
            "level unknown: give the organization relation and its level in the sheet ties",
        )
        return [Fault("organization", False, words)]
    if level >= limits.organization:
        return []
    words = Words(
        f"层级 {level}，要求至少 {limits.organization}",
        f"level {level}, at least {limits.organization} demanded",
    )
    return [Fault("organization", True, words, (level,))]


def levels(
    theirs: Collection[int], ranked: bool, covers: Iterable[tuple[int | None, int]], limits: Limits
) -> list[Fault]:
    """Like meets like (M18): each level with people has somebody whom one of ours of about that rank covers.

    Parameters
    ----------
    theirs
        Levels of the customer's own people, 1 the top.
    ranked
        Whether the rank of anybody of ours is known.
    covers
        Rank of our person (None if unknown) and level of whom they cover.
    """
    if not ranked or not theirs:
        words = Words(
            "不知道双方层级：“人员”表填层级",
            "levels of both sides are unknown: give them in the sheet people, for our people too",
        )
        return [Fault("levels", False, words)]
    met = {level for rank, level in covers if rank is not None and rank <= level + limits.rank}
    holes = tuple(sorted(set(theirs) - met))
    if not holes:
        return []
    listed = join([Words(str(n), str(n)) for n in holes], len(holes))
    words = Words(
        f"没有对等的人覆盖第 {listed.zh} 层",
        f"nobody of matching rank covers level{'s' * (len(holes) > 1)} {listed.en}",
    )
    return [Fault("levels", True, words, holes)]


def ways(fewest: int, limits: Limits) -> list[Fault]:
    """Disjoint ways (M18): enough of them lead to each decision-maker; -1 where nobody is known to decide."""
    if fewest < 0:
        return [Fault("ways", False, Words("不知道谁决策", "nobody is known to decide"))]
    if fewest >= limits.ways:
        return []
    words = Words(
        f"最少只有 {fewest} 条，要求至少 {limits.ways} 条", f"only {fewest}, at least {limits.ways} demanded"
    )
    return [Fault("ways", True, words, (fewest,))]


def deputy(deputies: int, limits: Limits) -> list[Fault]:
    """A second pair of hands (M116): enough contacts have a deputy."""
    if deputies >= limits.deputies:
        return []
    words = Words("没有一个联系人设了副手", "not one contact has a deputy")
    if deputies:
        words = Words(
            f"只有 {deputies} 个联系人设了副手，要求至少 {limits.deputies} 个",
            f"only {deputies} of the contacts have a deputy, at least {limits.deputies} demanded",
        )
    return [Fault("deputy", True, words, (deputies,))]
