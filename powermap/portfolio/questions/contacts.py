"""How every relation of ours stands: who covers whom since when, who met whom, and the day on which it goes cold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from powermap.analysis.rules.contact import Clock, Contact
from powermap.analysis.rules.coverage import last_met
from powermap.model import Covers, Interaction, Records, WorksAt
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.data.account_units import homes
from powermap.portfolio.data.columns import OURS, THEIRS, Columns


class Relation(NamedTuple):
    """A relation that has a day to count from: number of its account and arc, ids of both, their last day, how it stands."""

    account: int
    arc: int
    ours: str
    theirs: str
    last: date | None
    contact: Contact


@dataclass(frozen=True, slots=True)
class Known:
    """What the records say of relations.

    `covers` is (ours, theirs) -> start, `level` (account, person) -> level of whoever is covered, `together`
    (account, ours, theirs) -> the last day of both, `met` the meetings of each account, oldest first.
    """

    covers: Mapping[tuple[str, str], date | None]
    team: Set[str]
    level: Mapping[tuple[str, str], int]
    together: Mapping[tuple[str, str, str], date]
    met: Mapping[str, Sequence[Interaction]]


def covering(records: Records, day: date) -> Iterable[tuple[str, str, date | None]]:
    """Yield who covers whom on a day, and since when."""
    if records.rows is not None:  # A record each would cost ten times as much.
        for src, dst, start in records.rows.covers(day):
            yield src, dst, date.fromisoformat(start) if start else None
    else:
        for tie in records.all(Covers):
            if tie.period.holds(day):
                yield tie.src, tie.dst, tie.period.start


def working(records: Records, day: date) -> Iterable[tuple[str, str, int]]:
    """Yield who works where on a day, and on what level; 0 for none."""
    if records.rows is not None:
        for rows in records.rows.ties("WORKS_AT", day):
            for src, dst, level in rows:
                yield src, dst, int(level or 0)
    else:
        for work in records.all(WorksAt):
            if work.period.holds(day):
                yield work.src, work.dst, work.level or 0


def known(records: Records, columns: Columns) -> Known:
    """Read who covers whom since when, who met whom, and the levels of people in each account."""
    day, home = columns.as_of, homes(records)
    covers: dict[tuple[str, str], date | None] = {}
    for a, b, start in covering(records, day):
        dated = [d for d in (start, covers.get((a, b))) if d is not None]
        covers[a, b] = max(dated, default=None)
    covered = {b for _, b in covers}
    team: set[str] = set()
    level: dict[tuple[str, str], int] = {}
    here = homes(records, day)
    for person, where, given in working(records, day):
        if where == columns.supplier[0]:
            team.add(person)
        for account in here.get(where, ()) if given and person in covered else ():
            level[account, person] = min(given, level.get((account, person), 9))
    together: dict[tuple[str, str, str], date] = {}
    met: dict[str, list[Interaction]] = defaultdict(list)
    for event in sorted(records.all(Interaction), key=lambda i: i.on or date.min):
        if event.on is not None and event.on <= day:
            for account in home.get(event.account, ()):
                met[account].append(event)
                for pair in ((a, b) for a in event.ours for b in event.theirs if (a, b) in covers):
                    together[account, *pair] = event.on
    return Known(covers, team, level, together, met)


def relations(scan: Scan, records: Records, clock: Clock) -> tuple[list[Relation], int]:
    """Judge every relation that has a day to count from; and count those that have none."""
    return scan.once(_relations, records, clock)


def _relations(scan: Scan, records: Records, clock: Clock) -> tuple[list[Relation], int]:
    c, said = scan.columns, known(records, scan.columns)
    arcs = np.flatnonzero((c.side[c.src] == OURS) & (c.side[c.dst] == THEIRS))
    used = set(np.concatenate([c.person[c.src[arcs]], c.person[c.dst[arcs]]]).tolist())
    ids = {n: person_id for n, (person_id, _) in enumerate(c.people) if n in used}
    covered = {b for _, b in said.covers}
    seen = {a: last_met(m, covered, said.team, clock.apart) for a, m in said.met.items()}
    found, undated = [], 0
    ends = (c.block[c.src[arcs]], c.person[c.src[arcs]], c.person[c.dst[arcs]], c.strength[arcs])
    for arc, block, one, other, strength in zip(arcs.tolist(), *(e.tolist() for e in ends), strict=True):
        account, a, b = c.accounts[block], ids[one], ids[other]
        if (a, b) not in said.covers:
            continue
        last = said.together.get((account.id, a, b))
        since = max((d for d in (last, said.covers[a, b]) if d is not None), default=None)
        if since is None:
            undated += 1
            continue
        met, level = seen.get(account.id, {}).get(b), said.level.get((account.id, b))
        contact = clock.contact(strength, account.grade, level, since, met.on if met else None, c.as_of)
        found.append(Relation(block, arc, a, b, last, contact))
    return found, undated
