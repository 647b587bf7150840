"""Whom of weight nobody of ours looks after, and who of ours has met them all the same."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from powermap.method import Pack
from powermap.model import Interaction
from powermap.words import Words


class Met(NamedTuple):
    """The last meeting with somebody: our person and the day."""

    by: str
    on: date


def apart(pack: Pack) -> frozenset[str]:
    """Return how nobody meets: channels as they are written, folded, and forms by key: mails, calls."""
    words = {w.casefold() for w in pack.topic("portfolio")["duty"]["not_met"]}
    forms = (m for m in pack.catalogue.values() if not words.isdisjoint((m.key, *m.words, *m.aliases)))
    return frozenset(words | {form.key for form in forms})


def in_person(event: Interaction, away: Container[str]) -> bool:
    """Tell whether people met: neither the channel nor the form is one of those apart."""
    return event.channel.casefold() not in away and event.form not in away


def first_lead(pack: Pack, as_of: date) -> date:
    """Return the first day on which a meeting is a lead still (``met_days`` of actions.toml)."""
    return as_of - timedelta(days=int(pack.topic("actions")["contact"]["met_days"]))


def uncovered(power: Mapping[str, float], covered: Container[str], least: float) -> tuple[str, ...]:
    """Return who has at least so much power (0 to 10) and nobody of the supplier, in the order given."""
    return tuple(p for p, value in power.items() if p not in covered and value >= least)


def last_met(
    meetings: Iterable[Interaction], people: Container[str], team: Container[str], away: Container[str]
) -> dict[str, Met]:
    """Return who of the team met these people last: person -> our person and day.

    Parameters
    ----------
    meetings
        Oldest first; of those of one day the later ones count.
    people
        Whom to look for.
    team
        The supplier's people.
    away
        How nobody meets (:func:`apart`).
    """
    found: dict[str, Met] = {}
    for meeting in meetings:
        ours = [p for p in meeting.ours if p in team]
        if ours and meeting.on is not None and in_person(meeting, away):
            found |= {p: Met(ours[0], meeting.on) for p in meeting.theirs if p in people}
    return found


def leads(
    events: Iterable[Interaction],
    people: Container[str],
    team: Container[str],
    away: Container[str],
    first: date,
    name: Callable[[str], str],
) -> dict[str, tuple[str, Interaction]]:
    """Return who of the team met these people last, since the day `first`: person -> our person and the meeting.

    `events` come oldest first. Of several of ours, in one meeting or on one day, the first by `name` counts, so that
    the order of records tells nothing.
    """
    found: dict[str, tuple[str, Interaction]] = {}
    for event in events:
        if event.on is None or event.on < first or not in_person(event, away):
            continue
        ours = [p for p in event.ours if p in team]
        if not ours:
            continue
        who = min(ours, key=lambda p: (name(p), p))
        for person in event.theirs:
            old, last = found.get(person, ("", None))
            if person in people and (
                last is None or last.on is None or (event.on, name(old)) > (last.on, name(who))
            ):
                found[person] = who, event
    return found


def with_meetings(words: Words, last: Sequence[tuple[Words, date | None, Words]]) -> Words:
    """End a sentence on people whom nobody covers with who has met whom of them, given as (ours, day, theirs)."""
    if not last:
        return Words(f"{words.zh}。", f"{words.en}.")
    zh = "，".join(f"{ours.zh} {on} 见过 {person.zh}" for ours, on, person in last)
    en = "; ".join(f"{ours.en} met {person.en} on {on}" for ours, on, person in last)
    return Words(f"{words.zh}。{zh}，尚无负责人。", f"{words.en}. {en}: nobody has taken over yet.")
