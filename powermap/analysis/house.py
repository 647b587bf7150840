"""The house of an account (M50): the roof, a pillar for each key person, the floor, each with level, target and owner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from powermap.analysis.cover import owners, serving
from powermap.analysis.judged import unproven
from powermap.analysis.key_people import WAYS, key_people
from powermap.analysis.layer_levels import GENERAL, KEY, ORGANIZATION, coverage, general, organizational
from powermap.analysis.progress import value_words
from powermap.analysis.text import CERTAIN, answer, call, person_name, plural, signed
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.model import Goal
from powermap.words import Words

RULE = Rule(
    "house",
    Words(
        "普遍=地基：四个维度的下中位数；关键=柱子：每个关键人一根；组织=房顶：判断的层级，旁边是按参与环节算出的层级；每一部分都要有负责人",
        "general = floor: lower median of its four dimensions; key = pillars: one for each key person; organization = roof: the "
        "level judged, beside the one that the stages joined make; each part has an owner",
    ),
)
COLUMNS = (
    ("part", "部分", "Part"),
    ("name", "名称", "Name"),
    ("level", "现状", "Today"),
    ("target", "目标", "Target"),
    ("owners", "负责人", "Owner"),
    ("why", "依据", "Why"),
    ("state", "状态", "State"),
)
PLACES = {
    "roof": Words("房顶·组织", "roof: organization"),
    "pillar": Words("柱子·关键", "pillar: key"),
    "floor": Words("地基·普遍", "floor: general"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the house.

    Parameters
    ----------
    place
        roof, pillar or floor.
    id
        The person that a pillar is; empty for the others.
    name
        What it is called.
    value, level
        Its level as a number, None if unknown, and in words.
    target
        The open goal of it, None without one.
    owners
        Ids of ours who own it.
    why
        What it rests on.
    """

    place: str
    id: str
    name: Words
    value: float | None
    level: Words
    target: Goal | None
    owners: tuple[str, ...]
    why: Words

    @property
    def missing(self) -> bool:
        """Whether it is drawn dashed: its level isn't known, or nobody owns it."""
        return self.value is None or not self.owners


@dataclass(frozen=True, slots=True)
class House:
    """Roof, pillars in the order of weight, and floor."""

    roof: Part
    pillars: tuple[Part, ...]
    floor: Part

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts, from the roof down."""
        return (self.roof, *self.pillars, self.floor)


def built(lens: Lens) -> House:
    """Return the house of an account."""
    return lens.once(_built)


def _built(lens: Lens) -> House:
    duties = {row["key"]: row["duty"] for row in lens.pack.topic("relations")["layer"]}
    return House(_roof(lens, duties), _pillars(lens), _floor(lens, duties))


def goal_of(lens: Lens, layer: str, subject: str = "") -> Goal | None:
    """Return the goal of a layer, or of a person, that is still open on the day of the lens; the first due."""
    for goal in lens.goals:
        about = (
            goal.subject == subject
            if subject
            else goal.layer == layer and goal.measure in ("level", "coverage")
        )
        if (
            about
            and (not subject or goal.measure == "attitude")
            and (goal.by is None or goal.by >= lens.as_of)
        ):
            return goal
    return None


def _roof(lens: Lens, duties: Mapping[str, str]) -> Part:
    found = organizational(lens)
    level = found.level
    names = lens.pack.choices["relation"]
    words = names.get(str(level), Words("未知", "unknown")) if level is not None else Words("未知", "unknown")
    said = Words(f"{level} {words.zh}", f"{level} {words.en}") if level is not None else words
    stages = lens.pack.topic("relations")["stage"]
    joined = [Words(r["zh"], r["en"]) for r in stages if r["key"] in found.stages]
    why = Words(
        f"参与 {len(found.stages)}/{len(stages)} 个采购环节"
        + (f"：{'、'.join(w.zh for w in joined)}" if joined else ""),
        f"{len(found.stages)} of {len(stages)} stages of the purchase joined"
        + (f": {', '.join(w.en for w in joined)}" if joined else ""),
    )
    if found.judged is not None and found.joined is not None and found.judged != found.joined:
        why = Words(
            f"{why.zh}；按环节应为 {found.joined}，判断为 {found.judged}",
            f"{why.en}; by the stages it is {found.joined}, judged {found.judged}",
        )
    owner = serving(lens, duties.get(ORGANIZATION, ""))
    name = lens.pack.say("layer", ORGANIZATION)
    return Part("roof", "", name, level, said, goal_of(lens, ORGANIZATION), owner, why)


def _floor(lens: Lens, duties: Mapping[str, str]) -> Part:
    level, part = general(lens), coverage(lens)
    names = lens.pack.topic("relations")["general"]
    said = Words("未知", "unknown")
    if level is not None:
        en, zh = names[str(level)][:2]
        said = Words(f"{level} {zh}", f"{level} {en}")

    def share(value: float | None) -> str:
        return "?" if value is None else f"{value:.0%}"

    why = Words(
        f"接触到的部门 {share(part.departments)}、人 {share(part.people)}、层级 {share(part.levels)}"
        + (f"；没有接触：{'、'.join(part.bare)}" if part.bare else ""),
        f"departments touched {share(part.departments)}, people {share(part.people)}, levels {share(part.levels)}"
        + (f"; not touched: {', '.join(part.bare)}" if part.bare else ""),
    )
    owner = serving(lens, duties.get(GENERAL, ""))
    name = lens.pack.say("layer", GENERAL)
    return Part("floor", "", name, level, said, goal_of(lens, GENERAL), owner, why)


def _pillars(lens: Lens) -> tuple[Part, ...]:
    cover = owners(lens)
    found = []
    for person in key_people(lens):
        attitude = lens.attitude(person.id)
        step = lens.pack.attitudes[attitude].words if attitude is not None else Words("未知", "unknown")
        mark = Words("（待证实）", " (unproven)") if person.id in unproven(lens) else Words("", "")
        said = Words(f"{signed(attitude)} {step.zh}{mark.zh}", f"{signed(attitude)} {step.en}{mark.en}")
        zh = "；".join(f"{WAYS[way].zh}：{words.zh}" for way, words in person.reasons.items())
        en = "; ".join(f"{WAYS[way].en}: {words.en}" for way, words in person.reasons.items())
        why = Words(
            "；".join((zh, *(c.zh for c in person.circles))), "; ".join((en, *(c.en for c in person.circles)))
        )
        found.append(
            Part(
                "pillar", person.id, call(lens, person.id), attitude, said, goal_of(lens, KEY, person.id),
                cover.get(person.id, ()), why,
            )
        )  # fmt: skip
    return tuple(found)


def house(lens: Lens) -> Answer:
    """Answer how the three relations stand: who owns the roof, each pillar, the floor, and what is missing."""
    found = built(lens)
    rows: list[dict[str, Any]] = [_row(lens, part) for part in found.parts]
    bare = [p for p in found.parts if not p.owners]
    unknown = [p for p in found.parts if p.value is None]
    findings = []
    for kind, parts, zh, en, urgency in (
        ("house-owner", bare, "没有负责人", "without an owner", 2),
        ("house-unknown", unknown, "现状未知", "of unknown level", 1),
    ):
        if parts:
            names_zh, names_en = "、".join(p.name.zh for p in parts), ", ".join(p.name.en for p in parts)
            people = sum(p.place == "pillar" for p in parts)
            keys_zh = f"（关键人 {people} 位）" if people else ""
            keys_en = f" ({plural(people, 'key person', 'key people')})" if people else ""
            findings.append(
                Finding(
                    kind=kind,
                    subjects=tuple(p.id or lens.account.id for p in parts),
                    value=len(parts),
                    rule=RULE,
                    sentence=Words(
                        f"房子有 {len(parts)} 处{zh}{keys_zh}：{names_zh}。",
                        f"{plural(len(parts), 'part')} of the house {en}{keys_en}: {names_en}.",
                    ),
                    certainty=CERTAIN,
                    unit="parts",
                    urgency=urgency,
                )
            )
    if not findings:
        findings.append(
            Finding(
                kind="house",
                subjects=(lens.account.id,),
                value=len(found.parts),
                rule=RULE,
                sentence=Words(
                    "房子的每一部分都有负责人，现状已知。",
                    "Every part of the house has an owner and a level.",
                ),
                certainty=CERTAIN,
            )
        )
    return answer(lens, "house", COLUMNS, rows, findings)


def _row(lens: Lens, part: Part) -> dict[str, Any]:
    goal = part.target
    target = None
    if goal is not None and goal.target is not None:
        target = value_words(goal, goal.target)
        target = f"{target} · {goal.by}" if goal.by else target
    state = (
        Words("没有负责人", "no owner")
        if not part.owners
        else Words("未知", "unknown")
        if part.value is None
        else Words("", "")
    )
    return {
        "id": part.id or f"{lens.account.id}-{part.place}",
        "part": PLACES[part.place]._asdict(),
        "name": part.name._asdict(),
        "level": part.level._asdict(),
        "target": target,
        "owners": [person_name(lens, o) for o in part.owners],
        "why": part.why._asdict(),
        "state": state._asdict(),
    }
