"""Whom of weight nobody of ours looks after, and who of ours has met them all the same."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from powermap.method import Pack


class Meeting(NamedTuple):
    """Who met whom on which day, and how."""

    on: date
    channel: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


class Met(NamedTuple):
    """The last meeting with somebody: our person and the day."""

    by: str
    on: date


def apart(pack: Pack) -> frozenset[str]:
    """Return the channels through which nobody meets, folded: mails, calls."""
    return frozenset(w.casefold() for w in pack.topic("portfolio")["duty"]["not_met"])


def uncovered(power: Mapping[str, float], covered: Container[str], least: float) -> tuple[str, ...]:
    """Return who has at least so much power (0 to 10) and nobody of the supplier, in the order given."""
    return tuple(p for p, value in power.items() if p not in covered and value >= least)


def last_met(
    meetings: Iterable[Meeting], people: Container[str], team: Container[str], away: Container[str]
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
        Channels that are no meeting, folded (:func:`apart`).
    """
    found: dict[str, Met] = {}
    for meeting in meetings:
        ours = [p for p in meeting.ours if p in team]
        if ours and meeting.channel.casefold() not in away:
            found |= {p: Met(ours[0], meeting.on) for p in meeting.theirs if p in people}
    return found
