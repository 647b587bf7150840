"""Ties in a line: A sways B, and their end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from powermap.editing.naming import called
from powermap.editing.occasion import Edit, Occasion
from powermap.errors import AnalysisError
from powermap.model import (
    Covers,
    Influences,
    MemberOf,
    Organization,
    PartOf,
    Person,
    Relates,
    ReportsTo,
    Tie,
)
from powermap.model.draft import CLEAR
from powermap.model.naming import fold
from powermap.words import Words

HOUSES = ("part", "relates")
"""Ties between two organizations."""
OURS = ("covers", "knows")
"""Ties that begin with one of a supplier's people."""
CLASSES: dict[str, type[Tie]] = {
    "covers": Covers,
    "knows": Covers,
    "influences": Influences,
    "listens": Influences,
    "informs": Influences,
    "mutual": Influences,
    "conflict": Influences,
    "reports": ReportsTo,
    "dotted": ReportsTo,
    "member": MemberOf,
    "part": PartOf,
    "relates": Relates,
}
JOB = frozenset(map(fold, ("job", "post", "works at", "work", "工作", "任职", "职务")))
COVERAGE = frozenset(map(fold, ("coverage", "cover")))
"""Words of `end` that are no kinds of ties in a sheet."""


def kind_of(occasion: Occasion, word: str) -> str:
    """Return the kind of tie that a word means: sways, covers, reports to, in either language."""
    if fold(word) in COVERAGE:
        return "covers"
    return str(occasion.read("ties", "kind", word)["kind"])


def tie(
    occasion: Occasion,
    one: str,
    word: str,
    other: str,
    strength: str = "",
    *,
    channel: str = "",
    duty: str = "",
) -> Edit:
    """Say how two stand to each other.

    Parameters
    ----------
    one, word, other
        From whom, the kind of tie, to whom: Ada Park, sways, Ben Stone.
    strength
        In (0, 1], or as percent; for the relation of a supplier to a customer its level, 1 to 4.
    channel, duty
        By what an influence runs; as what somebody of ours looks after somebody of theirs.
    """
    kind = kind_of(occasion, word)
    src, dst = _ends(occasion, kind, one, other)
    row: dict[str, Any] = {"kind": kind, "from": src, "to": dst, **_house(occasion, kind, src, dst)}
    if strength:
        row |= occasion.read("ties", "level" if kind == "relates" else "strength", strength)
    if channel:
        row |= occasion.read("ties", "channel", channel)
    if duty:
        row |= occasion.read("ties", "duty", duty)
    bare = occasion.draft("ties", row, evidence=False)
    return Edit(f"tie {kind}", (occasion.draft("ties", {**row, **occasion.since()}),), (bare,))


def _ends(occasion: Occasion, kind: str, one: str, other: str) -> tuple[str, str]:
    register, us = occasion.register, occasion.register.snapshot.us
    if kind in HOUSES:
        return occasion.organization(one).id, occasion.organization(other).id
    if kind in OURS:
        return register.one(one, Person, account=us.id if us else None).id, occasion.person(other).id
    if kind == "member":
        circles = register.matching(other, (Organization,))
        # A circle that nobody has named before is made.
        return occasion.person(one).id, circles[0].id if len(circles) == 1 else other
    return occasion.person(one).id, occasion.person(other).id


def end(occasion: Occasion, one: str, word: str, other: str = "") -> Edit:
    """End a job, or a tie, on the day.

    Parameters
    ----------
    one
        Who works there, or from whom the tie runs.
    word
        ``job``, or the kind of tie.
    other
        Where the job is, or to whom the tie runs; empty where there is only one.

    Raises
    ------
    AnalysisError
        If there is none on the day, or several.
    """
    if fold(word) in JOB:
        return _end_job(occasion, one, other)
    kind = kind_of(occasion, word)
    cls = CLASSES[kind]
    side = (Organization,) if kind in HOUSES else (Person,)
    src = occasion.register.one(one, *side, account=occasion.account)
    backwards = kind == "listens"
    held = [t for t in occasion.register.snapshot.all(cls) if _is_meant(t, occasion, src.id, kind, backwards)]
    if other:
        classes = (Organization,) if kind in (*HOUSES, "member") else (Person,)
        dst = occasion.register.one(other, *classes, account=occasion.account)
        held = [t for t in held if (t.src if backwards else t.dst) == dst.id]
    found = _only(occasion, held, called(src), word)
    row: dict[str, Any] = {"kind": kind, "from": found.src, "to": found.dst, "until": occasion.day}
    row |= _house(occasion, kind, found.src, found.dst)
    if backwards:
        row |= {"kind": "influences"}
    if isinstance(found, Influences):
        row |= {"channel": found.channel or CLEAR, "sign": found.sign}
    return Edit(f"end {kind}", (occasion.draft("ties", row, evidence=False),))


def _house(occasion: Occasion, kind: str, src: str, dst: str) -> dict[str, str]:
    """Return the company of a tie between people of a customer; other ties need none."""
    return {} if kind in (*HOUSES, *OURS) else occasion.house(src, dst)


def _is_meant(tie: Tie, occasion: Occasion, start: str, kind: str, backwards: bool) -> bool:
    if not tie.period.holds(occasion.day) or (tie.dst if backwards else tie.src) != start:
        return False
    if isinstance(tie, ReportsTo):
        return tie.dotted == (kind == "dotted")
    if isinstance(tie, Influences):
        return tie.sign == (-1 if kind == "conflict" else 1)
    return True


def _end_job(occasion: Occasion, one: str, place: str) -> Edit:
    person = occasion.person(one)
    held = [job for job in occasion.register.posts(person.id) if occasion.holds(job)]
    if place:
        home = occasion.register.within(occasion.organization(place).id)
        held = [job for job in held if job.dst in home]
    elif occasion.account is not None:
        home = occasion.register.within(occasion.account)
        held = [job for job in held if job.dst in home]
    job = _only(occasion, held, person.name, "job")
    row = {"id": person.id, "name": person.name, "company": job.dst, "until": occasion.day}
    covers = [
        t
        for t in occasion.register.snapshot.all(Covers)
        if t.dst == person.id and t.period.holds(occasion.day)
    ]
    notes = [_still(occasion, t) for t in covers]
    return Edit("end job", (occasion.draft("people", row, evidence=False),), notes=tuple(notes))


def _still(occasion: Occasion, cover: Covers) -> Words:
    """Say that somebody still looks after a person who left."""
    who, whom = (called(occasion.register.snapshot.records.get(i)) for i in (cover.src, cover.dst))
    return Words(
        f"{who} 仍记着覆盖 {whom}：powermap end “{who}” covers “{whom}”",
        f'{who} is still down as covering {whom}: powermap end "{who}" covers "{whom}"',
    )


def _only(occasion: Occasion, held: Sequence[Any], name: str, word: str) -> Any:
    """Return the one tie that holds on the day."""
    if len(held) == 1:
        return held[0]
    records = occasion.register.snapshot.records
    ends = [
        called(records.get(end)) for t in held for end in (t.dst, t.src) if called(records.get(end)) != name
    ]
    if held:
        raise AnalysisError(
            Words(f"{name} 有 {len(held)} 条“{word}”", f"{name} has {len(held)} of {word!r}"),
            hint=Words(f"请写是哪一个：{'、'.join(ends)}", f"say which: {', '.join(ends)}"),
        )
    raise AnalysisError(
        Words(
            f"{name} 在 {occasion.day} 没有“{word}”可结束",
            f"{name} has no {word!r} on {occasion.day} that could end",
        ),
        hint=Words("`powermap history 姓名` 列出已知的", "`powermap history NAME` lists what is known"),
    )
