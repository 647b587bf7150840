"""Who moved from one customer to another: a risk where they left, an opening where they are now (N42)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from powermap.analysis.text import CERTAIN, OPEN, call, fact, join, signed
from powermap.findings import Certainty, Finding, Input, Rule
from powermap.lens import Lens
from powermap.model import Covers, Organization, Stands, WorksAt
from powermap.words import Words, by_language

MOVED = Rule(
    "mover",
    Words(
        "与我方有往来、先后在两家客户任职的人",
        "people whom the supplier covers or who support it, with posts at two customers one after the other",
    ),
)


def moved(lens: Lens) -> list[Finding]:
    """Return who left this account for another, who may have, and who came from one; of those who matter to the supplier."""
    return [*_gone(lens), *_perhaps(lens), *_come(lens)]


def _ties(lens: Lens) -> dict[str, Covers | Stands]:
    """Person -> what ties them to the supplier: coverage, or support of any degree, which tells more."""
    found: dict[str, Covers | Stands] = {}
    for cover in lens.snapshot.all(Covers):
        if lens.employer.get(cover.src) == lens.supplier.id:
            found.setdefault(cover.dst, cover)
    for stance in lens.snapshot.all(Stands):
        if stance.dst == lens.supplier.id and not stance.deal and (stance.attitude or 0) > 0:
            found[stance.src] = stance
    return found


def _elsewhere(lens: Lens, jobs: Iterable[WorksAt]) -> dict[str, tuple[WorksAt, Organization]]:
    """Person -> a job at another customer."""
    found: dict[str, tuple[WorksAt, Organization]] = {}
    for job in jobs:
        house = lens.snapshot.get(Organization, job.dst)
        if house is not None and house.type == "customer" and job.dst not in lens.organizations:
            found.setdefault(job.src, (job, house))
    return found


def _gone(lens: Lens) -> list[Finding]:
    ties, there = _ties(lens), _elsewhere(lens, lens.snapshot.all(WorksAt))
    left = {t.src for t in lens.former if t.dst in lens.organizations}
    people = sorted(
        (p for p in ties.keys() & there.keys() & left if p not in lens.seats), key=lens.place.__getitem__
    )
    if not people:
        return []
    here, told = by_language(lens.account.name, lens.account.name_alt), _told(lens, people, there, ties)
    words = Words(
        f"{told.zh}：从 {here.zh} 换了过去，在这里是风险：谁接任，谁去认识？关系在那里还在。",
        f"{told.en}, moved there from {here.en}: a risk here (who follows, and who gets to know the successor?), "
        "while the tie goes on there.",
    )
    return [_finding("moved-away", people, words, 2, _inputs(lens, people, there))]


def _here(lens: Lens) -> dict[str, WorksAt]:
    """Person -> their first job here, of those whom they hold."""
    jobs = (t for t in lens.snapshot.all(WorksAt) if t.dst in lens.organizations)
    found: dict[str, WorksAt] = {}
    for job in sorted(jobs, key=lambda t: t.period.start or date.min):
        found.setdefault(job.src, job)
    return found


def _later(one: WorksAt, other: WorksAt) -> bool:
    """Tell whether a job is known to have begun later than another."""
    start = one.period.start
    return start is not None and (other.period.start is None or other.period.start < start)


def _perhaps(lens: Lens) -> list[Finding]:
    """Say who has a later job elsewhere while the one here never ended: it may be forgotten."""
    ties, here = _ties(lens), _here(lens)
    later = (t for t in lens.snapshot.all(WorksAt) if t.src in here and _later(t, here[t.src]))
    there = _elsewhere(lens, later)
    people = [p for p in lens.seats if p in ties and p in there]
    if not people:
        return []
    place, told = by_language(lens.account.name, lens.account.name_alt), _told(lens, people, there, ties)
    words = Words(
        f"{told.zh}：后来在那里任职，还在 {place.zh} 吗？不在就是这里的风险。",
        f"{told.en}, with a later post there: still at {place.en}? If not, a risk here.",
    )
    return [_finding("perhaps-moved", people, words, 1, _inputs(lens, people, there), OPEN)]


def _come(lens: Lens) -> list[Finding]:
    ties, here = _ties(lens), _here(lens)
    earlier = (t for t in lens.snapshot.all(WorksAt) if t.src in here and _later(here[t.src], t))
    before = _elsewhere(lens, (*lens.former, *earlier))
    people = [p for p in lens.seats if p in ties and p in before]
    if not people:
        return []
    told = _told(lens, people, before, ties)
    words = Words(
        f"{told.zh}：早就与我们有往来，是在这里的机会：请他们引见。",
        f"{told.en}, known to us from there: an opening here; ask for an introduction.",
    )
    return [_finding("moved-here", people, words, 1, _inputs(lens, people, before))]


def _told(
    lens: Lens,
    people: list[str],
    jobs: dict[str, tuple[WorksAt, Organization]],
    ties: dict[str, Covers | Stands],
) -> Words:
    """Name each with the other customer, and the attitude if it is known."""
    found = []
    for person in people:
        name, house, tie = call(lens, person), jobs[person][1], ties[person]
        where = by_language(house.name, house.name_alt)
        grade = f", {signed(tie.attitude)}" if isinstance(tie, Stands) else ""
        found.append(
            Words(f"{name.zh}（{where.zh}{grade.replace(', ', '，')}）", f"{name.en} ({where.en}{grade})")
        )
    return join(found)


def _inputs(
    lens: Lens, people: list[str], jobs: dict[str, tuple[WorksAt, Organization]]
) -> tuple[Input, ...]:
    found = []
    for person in people[:3]:
        name, (job, house) = call(lens, person), jobs[person]
        where = by_language(house.name, house.name_alt)
        period = " – ".join(str(day or "?") for day in (job.period.start, job.period.end))
        found.append(fact(f"{name.zh}在 {where.zh} 任职", f"{name.en} at {where.en}", period, job))
    return tuple(found)


def _finding(
    kind: str,
    people: list[str],
    words: Words,
    urgency: int,
    inputs: tuple[Input, ...],
    certainty: Certainty = CERTAIN,
) -> Finding:
    return Finding(
        kind=kind,
        subjects=tuple(people),
        value=len(people),
        rule=MOVED,
        sentence=words,
        certainty=certainty,
        inputs=inputs,
        unit="people",
        urgency=urgency,
    )
