"""Sentences: lists of names, and the frame of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from powermap.findings import Answer, Certainty, Column, Finding, Input, Words
from powermap.lens import Lens
from powermap.model import Evidence, Person

CERTAIN = Certainty("certain", Words("由数据直接得出", "follows from the data"))
ESTIMATE = Certainty("estimate", Words("估计值", "an estimate"))
OPEN = Certainty("open", Words("数据不足以判断", "the data can't tell"))


def person_name(lens: Lens, person_id: str) -> str:
    """Return a person's name as written, whichever side he is on."""
    seat = lens.seats.get(person_id)
    if seat is not None:
        return seat.name
    person = lens.snapshot.get(Person, person_id)
    return person.name if person else person_id


def names(lens: Lens, ids: Iterable[str], limit: int = 4) -> Words:
    """Join names: 甲、乙、丙等 5 人 / A, B and C; more than `limit` are counted."""
    return join([person_name(lens, i) for i in ids], limit)


def join(found: Sequence[str], limit: int = 4) -> Words:
    """Join words as each language does; more than `limit` are counted."""
    shown = list(found[:limit])
    rest = len(found) - len(shown)
    if rest > 0:
        return Words("、".join(shown) + f"等 {len(found)} 人", ", ".join(shown) + f" and {rest} more")
    if len(shown) < 2:
        return Words("".join(shown), "".join(shown))
    return Words("、".join(shown), ", ".join(shown[:-1]) + " and " + shown[-1])


def signed(attitude: int | None) -> str:
    """Write an attitude with its sign; unknown is ?."""
    return "?" if attitude is None else f"{attitude:+d}" if attitude else "0"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun in English."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def fact(zh: str, en: str, value: Any, evidence: Evidence | None = None) -> Input:
    """Make an input from a fact and its evidence."""
    if evidence is None:
        return Input(Words(zh, en), value)
    source = " · ".join(part for part in (evidence.source, evidence.author) if part)
    return Input(Words(zh, en), value, source, evidence.on, evidence.confidence)


def answer(
    lens: Lens,
    question: str,
    columns: Sequence[tuple[str, str, str]],
    rows: Sequence[dict[str, Any]],
    findings: Sequence[Finding] = (),
    notes: Sequence[Words] = (),
) -> Answer:
    """Make an answer seen through a lens; findings come most urgent first."""
    return Answer(
        question=question,
        account=(lens.account.id, lens.account.name),
        supplier=(lens.supplier.id, lens.supplier.organization.name),
        deal=(lens.deal.id, lens.deal.name) if lens.deal else None,
        as_of=lens.as_of,
        columns=tuple(Column(key, Words(zh, en)) for key, zh, en in columns),
        rows=tuple(rows),
        findings=tuple(sorted(findings, key=lambda f: -f.urgency)),
        notes=tuple(notes),
    )
