"""Suppliers' people in the circles of a customer's people: a rival's among them is a warning, one of ours a way in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from powermap.analysis.text import CERTAIN, call, join, names, person_name
from powermap.findings import Finding, Input, Rule
from powermap.lens import Lens
from powermap.model import MemberOf, Organization
from powermap.words import Words, by_language

RULE = Rule(
    "circles",
    Words(
        "与客户的人同在一个圈子的对手的人", "a rival's people who share a circle with people of the customer"
    ),
)


@dataclass(frozen=True, slots=True)
class Fellow:
    """A supplier's person in a circle, and the members of it among the people of the account."""

    person: str
    supplier: str
    tie: MemberOf
    members: tuple[str, ...]


def fellows(lens: Lens) -> tuple[Fellow, ...]:
    """Return every supplier's people who share a circle with people of the account, in the order of names."""
    members: dict[str, list[str]] = defaultdict(list)
    outside: list[MemberOf] = []
    for tie in lens.snapshot.all(MemberOf):
        if tie.dst in lens.organizations:
            continue
        if tie.src in lens.seats:
            members[tie.dst].append(tie.src)
        elif tie.src in lens.employer:
            outside.append(tie)
    place = {person: i for i, person in enumerate(lens.seats)}
    found = [
        Fellow(t.src, lens.employer[t.src], t, tuple(sorted(set(members[t.dst]), key=place.__getitem__)))
        for t in outside
        if t.dst in members
    ]
    return tuple(sorted(found, key=lambda f: (person_name(lens, f.person), _circle(lens, f).zh)))


def warnings(lens: Lens, people: Collection[str] | None = None) -> list[Finding]:
    """Warn of every rival's person in a circle of people of the account.

    Parameters
    ----------
    people
        Warn only where one of these is in it; None: of all.
    """
    rivals = {s.id: by_language(s.organization.name, s.organization.name_alt) for s in lens.suppliers}
    findings = []
    for fellow in fellows(lens):
        if fellow.supplier == lens.supplier.id or (people is not None and not {*fellow.members} & {*people}):
            continue
        who, rival, circle = call(lens, fellow.person), rivals[fellow.supplier], _circle(lens, fellow)
        listed = names(lens, fellow.members)
        role = by_language(fellow.tie.role, fellow.tie.role_alt)
        evidence = fellow.tie.evidence
        findings.append(
            Finding(
                kind="rival-in-circle",
                subjects=(fellow.person, *fellow.members),
                value=len(fellow.members),
                rule=RULE,
                sentence=Words(
                    f"{rival.zh}的 {who.zh} 与 {listed.zh} 同在“{circle.zh}”：说话做事，{rival.zh}可能很快知道。",
                    f"{who.en} of {rival.en} is in {circle.en} with {listed.en}: {rival.en} may soon hear what is said and done.",
                ),
                certainty=CERTAIN,
                inputs=(
                    Input(
                        Words(f"{who.zh} 在“{circle.zh}”", f"{who.en} in {circle.en}"),
                        {"zh": role.zh, "en": role.en} if fellow.tie.role else True,
                        evidence.source,
                        evidence.on or fellow.tie.period.start,
                        evidence.confidence,
                        fellow.tie.id,
                    ),
                ),
                unit="people",
                urgency=2,
            )
        )
    return findings


def _circle(lens: Lens, fellow: Fellow) -> Words:
    circle = lens.snapshot.get(Organization, fellow.tie.dst)
    return by_language(circle.name, circle.name_alt) if circle else Words(fellow.tie.dst, fellow.tie.dst)


def shared(lens: Lens, one: str, other: str) -> Words:
    """Return the names of the circles that two people share, in each language; empty without one."""
    both = [
        t.dst
        for t in lens.snapshot.all(MemberOf)
        if t.src == one and any(o.src == other and o.dst == t.dst for o in lens.snapshot.all(MemberOf))
    ]
    found = [lens.snapshot.get(Organization, c) for c in sorted(set(both)) if c not in lens.organizations]
    return join([by_language(c.name, c.name_alt) for c in found if c])


def let_in(lens: Lens) -> Words:
    """Say that circles count as ways, and how strongly."""
    low = lens.pack.default("circle")
    return Words(f"按要求计入圈子（强度 {low:g}）。", f"circles are let in, as asked (strength {low:g}).")
