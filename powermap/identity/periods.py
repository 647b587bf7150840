"""Two histories of one fact, laid into one: no day has two versions, and no day is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, TypeVar

from powermap.model import Evidence, Period, Tie

T = TypeVar("T", bound=Tie)
_SHARED = frozenset(("id", "src", "dst", "period", "evidence"))


@dataclass(frozen=True, slots=True)
class Clash:
    """Two versions that say different things of the same days: what is kept and what gives way, and in which field."""

    kept: Tie
    gone: Tie
    field: str


def content(tie: Tie) -> dict[str, Any]:
    """Return what a tie says, beside whom it ties, when, and on what ground."""
    return {f.name: getattr(tie, f.name) for f in fields(tie) if f.name not in _SHARED}


def woven(ours: Iterable[T], theirs: Iterable[T], new_id: Callable[[], str]) -> tuple[list[T], list[Clash]]:
    """Lay the versions of a fact from two records into one history.

    Where both say the same of the same days, or one says what the other leaves open, they are joined, and the evidence
    of both is kept. Where they contradict each other, the later judgement holds on the days that both speak of (ours, of
    two of one age), and the other on the days that are left to it.
    """
    result: list[T] = list(ours)
    clashes: list[Clash] = []
    for tie in sorted(theirs, key=lambda t: (t.period.start or date.min, t.id)):
        pieces: list[T] = [tie]
        while pieces:
            piece = pieces.pop(0)
            met = next((t for t in result if _overlap(t.period, piece.period)), None)
            if met is None:
                result.append(piece)
                continue
            field = _contradiction(met, piece)
            if field is None:
                result[result.index(met)] = _joined(met, piece)
                pieces += _without(piece, met.period, new_id)
            elif _age(piece) > _age(met):
                clashes.append(Clash(piece, met, field))
                result.remove(met)
                result += _without(met, piece.period, new_id)
                pieces.insert(0, piece)
            else:
                clashes.append(Clash(met, piece, field))
                pieces += _without(piece, met.period, new_id)
    return _closed_up(result), clashes


def _overlap(one: Period, other: Period) -> bool:
    if one == other:
        return True
    return max(_start(one), _start(other)) < min(_end(one), _end(other))


def _start(period: Period) -> date:
    return period.start or date.min


def _end(period: Period) -> date:
    return period.end or date.max


def _age(tie: Tie) -> date:
    """Return the day of a judgement: when it was made, else since when it holds."""
    return tie.evidence.on or tie.period.start or date.min


def _contradiction(one: Tie, other: Tie) -> str | None:
    """Return the first field in which two versions contradict each other; what one leaves open is no contradiction."""
    if one.dst != other.dst:
        return "dst"
    mine, theirs = content(one), content(other)
    for field, value in mine.items():
        if field != "roles" and value != theirs[field] and not _open(value) and not _open(theirs[field]):
            return field
    return None


def _open(value: Any) -> bool:
    return value is None or value == "" or value == () or value is False


def _joined(one: T, other: T) -> T:
    """Return one version with what the other knows more, and with both grounds."""
    mine, theirs = content(one), content(other)
    filled = {
        field: theirs[field] for field, value in mine.items() if _open(value) and not _open(theirs[field])
    }
    if "roles" in mine:
        filled["roles"] = tuple(dict.fromkeys((*mine["roles"], *theirs["roles"])))
    return replace(one, evidence=both_grounds(one.evidence, other.evidence), **filled)


def both_grounds(one: Evidence, other: Evidence) -> Evidence:
    """Return the evidence of two sayings of one fact: what both say is told once, the surer and later counts."""
    if one == other:
        return one

    def together(a: str, b: str, mark: str) -> str:
        return mark.join(dict.fromkeys(part for part in (*a.split(mark), *b.split(mark)) if part))

    order = ("observed", "derived", "assumed")
    days = [e.on for e in (one, other) if e.on]
    sure = [e.confidence for e in (one, other) if e.confidence is not None]
    return Evidence(
        source=together(one.source, other.source, "; "),
        author=together(one.author, other.author, "; "),
        on=max(days, default=None),
        note=together(one.note, other.note, "\n"),
        status=min(one.status, other.status, key=order.index),
        confidence=max(sure, default=None),
    )


def _without(tie: T, period: Period, new_id: Callable[[], str]) -> list[T]:
    """Return what is left of a tie outside a period: before it, and after it."""
    left = list(_left(tie.period, period))
    return [replace(tie, period=p, id=tie.id if not i else new_id()) for i, p in enumerate(left)]


def _left(period: Period, taken: Period) -> Iterator[Period]:
    if _start(period) < _start(taken):
        yield Period(period.start, taken.start)
    if _end(period) > _end(taken):
        yield Period(taken.end, period.end)


def _closed_up(ties: list[T]) -> list[T]:
    """Make one of versions that say the same and follow each other without a gap."""
    found: list[T] = []
    for tie in sorted(ties, key=lambda t: (_start(t.period), _end(t.period), t.id)):
        last = found[-1] if found else None
        if (
            last is not None
            and last.period.end is not None
            and last.period.end == tie.period.start
            and last.dst == tie.dst
            and content(last) == content(tie)
            and (last.evidence == tie.evidence)
        ):
            found[-1] = replace(last, period=Period(last.period.start, tie.period.end))
        else:
            found.append(tie)
    return found
