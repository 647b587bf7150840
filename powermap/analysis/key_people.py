"""The key people of an account, found three ways (M79): by the chart, by the network, by the purchase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from powermap.analysis.circles import fellows
from powermap.analysis.cover import owners
from powermap.analysis.deciders import deciders
from powermap.analysis.influence import total_influence
from powermap.analysis.telling import telling
from powermap.analysis.text import CERTAIN, answer, names, person_name, signed
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens, Seat
from powermap.model import Organization
from powermap.words import Words, by_language

WAYS = {
    "chart": Words("组织架构", "the chart"),
    "network": Words("权力地图", "the power map"),
    "purchase": Words("采购流程", "the purchase"),
}
"""The three generators; what each one starts from, in the articles' words."""
DONE = 2
"""The score of an item of a check list that is done."""


@dataclass(frozen=True, slots=True)
class KeyPerson:
    """Somebody who is key, and why: for each way that finds them the reason, in the order of :data:`WAYS`.

    `weight` is their share of the decision, in [0, 1]; `circles` are those they share with suppliers' people.
    """

    id: str
    reasons: Mapping[str, Words]
    weight: float
    circles: tuple[Words, ...] = ()


def key_people(lens: Lens) -> tuple[KeyPerson, ...]:
    """Return the key people: those who weigh most in the decision first, then those who are found more ways."""
    return lens.once(_find)


def _find(lens: Lens) -> tuple[KeyPerson, ...]:
    numbers = lens.pack.topic("relations")["key_people"]
    shares = deciders(lens).shares
    found: dict[str, dict[str, Words]] = {}

    def add(person: str, way: str, words: Words) -> None:
        found.setdefault(person, {})[way] = words

    for seat in lens.seats.values():
        if seat.level and seat.level <= numbers["level"] and not seat.external:
            add(seat.id, "chart", Words(f"第 {seat.level} 层", f"level {seat.level}"))
    for place, (person, part) in enumerate(_most_heard(lens)[: numbers["heard"]], 1):
        share = f"{part:.0%}"
        add(
            person,
            "network",
            Words(f"影响力第 {place}，占 {share}", f"number {place} by influence, {share} of it"),
        )
    for seat in lens.committee:
        add(seat.id, "purchase", _seat(lens, seat))
    for person in shares:
        if deciders(lens).ground != "rank":
            found.setdefault(person, {}).setdefault("purchase", Words("参与决策", "has a say"))
    circles = _circles(lens)
    place_of = {p: n for n, p in enumerate(lens.seats)}
    people = [
        KeyPerson(
            p,
            {way: found[p][way] for way in WAYS if way in found[p]},
            shares.get(p, 0.0),
            circles.get(p, ()),
        )
        for p in found
    ]
    return tuple(sorted(people, key=lambda k: (-k.weight, -len(k.reasons), place_of[k.id])))


def lonely_keys(lens: Lens) -> tuple[str, ...]:
    """Return the key people whom nobody of the supplier's owns: the pillars of the house that stand alone."""
    cover = owners(lens)
    return tuple(k.id for k in key_people(lens) if k.id not in cover)


def _most_heard(lens: Lens) -> list[tuple[str, float]]:
    """Rank those whose view others take over, by ties that say something about power; nobody where there are none."""
    seen = telling(lens)
    heard = {t.src for t in seen.influences if t.sign > 0}
    if not heard:
        return []
    parts = total_influence(seen)
    place = {p: n for n, p in enumerate(lens.seats)}
    return sorted(((p, parts[p]) for p in heard if p in parts), key=lambda x: (-round(x[1], 12), place[x[0]]))


def _seat(lens: Lens, seat: Seat) -> Words:
    roles = [lens.pack.roles[r].words for r in seat.roles if r in lens.pack.roles]
    zh = "、".join(w.zh for w in roles) or "在决策链上"
    en = ", ".join(w.en.lower() for w in roles) or "on the committee"
    return Words(zh + ("，有否决权" if seat.veto else ""), en + (", with a veto" if seat.veto else ""))


def _circles(lens: Lens) -> dict[str, tuple[Words, ...]]:
    """Return person -> the circles they share with suppliers' people, each of these named with their supplier."""
    found: dict[str, list[Words]] = {}
    for fellow in fellows(lens):
        circle = lens.snapshot.get(Organization, fellow.tie.dst)
        house = lens.snapshot.get(Organization, fellow.supplier)
        name, firm = (
            by_language(circle.name, circle.name_alt) if circle else Words("圈子", "a circle"),
            (by_language(house.name, house.name_alt) if house else Words("", "")),
        )
        who = person_name(lens, fellow.person)
        for person in fellow.members:
            found.setdefault(person, []).append(
                Words(f"与 {firm.zh} 的 {who} 同在{name.zh}", f"in {name.en} with {who} of {firm.en}")
            )
    return {person: tuple(words) for person, words in found.items()}


def told(lens: Lens, people: tuple[KeyPerson, ...]) -> Words:
    """Name key people in one line."""
    return names(lens, [k.id for k in people])


RULE = Rule(
    "key people",
    Words(
        "三条路的并集：组织架构（层级）、权力地图（影响力）、采购流程（决策链）；每人写明理由，圈子也算",
        "the union of three ways: the chart (rank), the power map (influence), the purchase (committee), each with its reason; "
        "circles count",
    ),
)
COLUMNS = (
    ("name", "姓名", "Name"),
    ("title", "职务", "Title"),
    ("chart", "组织架构", "By the chart"),
    ("network", "权力地图", "By the power map"),
    ("purchase", "采购流程", "By the purchase"),
    ("circles", "圈子", "Circles"),
    ("weight", "决策权重 %", "Weight %"),
    ("attitude", "态度", "Attitude"),
    ("cores", "四核（已做）", "Cores done"),
    ("owners", "负责人", "Owner"),
)


def keys(lens: Lens) -> Answer:
    """Answer who is key, found three ways, each with its reasons (M41, M79, M80)."""
    found, cover = key_people(lens), owners(lens)
    rows = [
        {
            "id": k.id,
            "name": lens.seats[k.id].name,
            "title": lens.seats[k.id].title,
            **{way: k.reasons[way]._asdict() if way in k.reasons else None for way in WAYS},
            "circles": {"zh": "；".join(c.zh for c in k.circles), "en": "; ".join(c.en for c in k.circles)},
            "weight": round(100 * k.weight) if k.weight else None,
            "attitude": signed(lens.attitude(k.id)),
            "cores": _cores(lens, k.id),
            "owners": [person_name(lens, o) for o in cover.get(k.id, ())],
        }
        for k in found
    ]
    only = [k for k in found if list(k.reasons) == ["network"]]
    words = Words(
        f"关键人 {len(found)} 位：{told(lens, found).zh}。"
        + (f"其中只有权力地图看得出来的：{names(lens, [k.id for k in only]).zh}。" if only else ""),
        f"{len(found)} key people: {told(lens, found).en}."
        + (f" The power map alone shows {names(lens, [k.id for k in only]).en}." if only else ""),
    )
    finding = Finding(
        kind="key-people",
        subjects=tuple(k.id for k in found) or (lens.account.id,),
        value=len(found),
        rule=RULE,
        sentence=words if found else Words("还看不出谁是关键人。", "Nobody can be told to be key yet."),
        certainty=CERTAIN,
        unit="people",
    )
    return answer(lens, "keys", COLUMNS, rows, [finding])


def _cores(lens: Lens, person: str) -> str | None:
    """Say how many of the items of the four cores that were judged of a person are done (M121)."""
    last = {
        a.item: a.score
        for a in lens.assessments
        if a.subject == person and a.item in lens.pack.items and lens.pack.items[a.item].family == "core"
    }
    return f"{sum(score == DONE for score in last.values())} / {len(last)}" if last else None
