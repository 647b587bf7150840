"""Who of a supplier looks after whom of an account, and whom of weight nobody looks after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from powermap.analysis import projection
from powermap.analysis.facts import MOST, posts
from powermap.analysis.influence import power
from powermap.analysis.meetings import Met, met
from powermap.analysis.rules import coverage as rules
from powermap.analysis.text import CERTAIN, call, names, person_name
from powermap.findings import Finding, Rule
from powermap.lens import Lens
from powermap.words import Words

COVER = Rule("coverage", Words("直接覆盖关系的计数", "direct coverage, counted"))


def owners(lens: Lens, supplier: str | None = None) -> dict[str, tuple[str, ...]]:
    """Return, for everybody who is covered, the supplier's people who cover them, strongest first."""
    return dict(lens.once(_owners, supplier or lens.supplier.id))


def _owners(lens: Lens, supplier: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[tuple[float, str, int, str]]] = defaultdict(list)
    for cover in lens.covers(supplier):
        strength, name = projection.strength_of(lens, cover.strength), person_name(lens, cover.src)
        found[cover.dst].append((-strength, name, lens.place[cover.src], cover.src))
    return {p: tuple(o for *_, o in sorted(found[p])) for p in lens.seats if p in found}


def serving(lens: Lens, duty: str) -> tuple[str, ...]:
    """Return who of ours has a duty in the team of the account."""
    return tuple(dict.fromkeys(t.src for t in lens.services if t.duty == duty))


def sole_cover(lens: Lens, supplier: str | None = None) -> dict[str, str]:
    """Return person -> the only one of the supplier's people who covers them."""
    return {p: o[0] for p, o in owners(lens, supplier).items() if len(o) == 1}


def uncovered(lens: Lens, supplier: str | None = None) -> tuple[str, ...]:
    """Return people of power 6 or more (of 10) whom nobody of the supplier covers."""
    strength = {p: v.value for p, v in power(lens).items()}
    return rules.uncovered(strength, owners(lens, supplier), lens.pack.default("power_that_matters"))


def latest(lens: Lens, people: Iterable[str]) -> list[Met]:
    """Return the last meetings of the supplier's with some people, the latest first; as many as a finding tells."""
    found = met(lens)
    last = [found[p] for p in people if p in found]
    return sorted(last, key=lambda m: m.event.on or date.min, reverse=True)[:MOST]


def with_meetings(lens: Lens, words: Words, last: Sequence[Met]) -> Words:
    """End a sentence on people whom nobody covers with who has met whom of them."""
    return rules.with_meetings(words, [(call(lens, m.ours), m.event.on, call(lens, m.person)) for m in last])


def bare(lens: Lens) -> list[Finding]:
    """Name the people of power whom nobody covers, and who of ours has met them (M51: no owner yet)."""
    people = uncovered(lens)
    if not people:
        return []
    last, said = latest(lens, people), told(lens, people)
    inputs = (*(m.fact(lens) for m in last), *posts(lens, people))[:MOST]
    return [
        Finding(
            kind="uncovered",
            subjects=people,
            value=len(people),
            rule=COVER,
            sentence=Words(f"有分量却没人覆盖：{said.zh}", f"People of power whom nobody covers: {said.en}"),
            certainty=CERTAIN,
            inputs=inputs,
            urgency=2,
        )
    ]


def told(lens: Lens, people: Sequence[str]) -> Words:
    """Name people whom nobody covers, and who of the supplier's met whom of them."""
    return with_meetings(lens, names(lens, people), latest(lens, people))
