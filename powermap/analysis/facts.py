"""The facts that carry findings, at most three each, with the record that holds them."""

from __future__ import annotations

from collections.abc import Iterable

from powermap.analysis import projection
from powermap.analysis.text import call, fact, person_name
from powermap.findings import Input
from powermap.lens import Lens
from powermap.model import Covers, Influences
from powermap.words import Words, by_language, quoted

MOST = 3


def attitudes(lens: Lens, people: Iterable[str], supplier: str | None = None) -> tuple[Input, ...]:
    """Return what people think of a supplier (default: the lens's); unknown is a fact too."""
    other = next((s for s in lens.suppliers if s.id == supplier and s.id != lens.supplier.id), None)
    found = []
    for person in list(dict.fromkeys(people))[:MOST]:
        stance, name = lens.stance(person, supplier), call(lens, person)
        zh, en = f"{name.zh}的态度", f"attitude of {name.en}"
        if other is not None:
            whom = by_language(other.organization.name, other.organization.name_alt)
            zh, en = f"{name.zh}对{quoted(whom.zh)}的态度", f"attitude of {name.en} to {whom.en}"
        found.append(fact(zh, en, stance.attitude if stance else None, stance))
    return tuple(found)


def listening(lens: Lens, ties: Iterable[Influences]) -> tuple[Input, ...]:
    """Return who listens to whom and who is told by whom, the strongest ties first."""
    order = sorted(
        (t for t in ties if t.sign > 0),
        key=lambda t: (
            -projection.strength_of(lens, t.strength),
            person_name(lens, t.dst),
            person_name(lens, t.src),
        ),
    )
    return tuple(
        fact(
            *_hears(call(lens, t.src), call(lens, t.dst), told=projection.informs(lens, t)),
            projection.strength_of(lens, t.strength),
            t,
        )
        for t in order[:MOST]
    )


def raising(lens: Lens, person: str) -> tuple[Influences, ...]:
    """Return the ties from which a person has standing: of those who listen to them, and of those who tell them."""
    return tuple(
        t
        for t in lens.influences
        if t.sign > 0 and person == (t.dst if projection.informs(lens, t) else t.src)
    )


def _hears(source: Words, listener: Words, *, told: bool) -> Words:
    if told:
        return Words(f"{source.zh}告知{listener.zh}", f"{source.en} informs {listener.en}")
    return Words(f"{listener.zh}听取{source.zh}", f"{listener.en} listens to {source.en}")


def coverage(lens: Lens, covers: Iterable[Covers]) -> tuple[Input, ...]:
    """Return who covers whom, the strongest first."""
    order = sorted(
        covers, key=lambda c: (-projection.strength_of(lens, c.strength), person_name(lens, c.dst), c.id)
    )
    return tuple(
        fact(
            f"{call(lens, c.src).zh}覆盖{call(lens, c.dst).zh}",
            f"{call(lens, c.src).en} covers {call(lens, c.dst).en}",
            projection.strength_of(lens, c.strength),
            c,
        )
        for c in order[:MOST]
    )


def posts(lens: Lens, people: Iterable[str]) -> tuple[Input, ...]:
    """Return the posts of people of the account: title and level."""
    found = []
    for person in list(dict.fromkeys(people))[:MOST]:
        seat, name = lens.seats[person], call(lens, person)
        title = by_language(seat.title, seat.title_alt)
        evidence = seat.evidence
        source = " · ".join(part for part in (evidence.source, evidence.author) if part)
        what = Words(f"{name.zh}（{title.zh or '?'}）的职级", f"level of {name.en} ({title.en or '?'})")
        found.append(Input(what, seat.level, source, evidence.on, evidence.confidence))
    return tuple(found)
