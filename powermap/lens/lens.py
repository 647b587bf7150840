"""The lens: one account, one supplier, one deal or none, one day.

Every question of every supplier goes through this one class; "us" is just one supplier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar, TypeVarTuple

from powermap.errors import AnalysisError
from powermap.lens.grounds import Grounds, GroundsOf
from powermap.lens.order import ordered
from powermap.method import Pack
from powermap.model import (
    Action,
    Assessment,
    Covers,
    Deal,
    Evidence,
    Figure,
    Goal,
    Influences,
    Interaction,
    MemberOf,
    Organization,
    PartOf,
    Person,
    Relates,
    ReportsTo,
    Serves,
    Snapshot,
    Stands,
    TakesPart,
    Tie,
    Voice,
    WorksAt,
    below,
    units_of,
)
from powermap.words import Words

T = TypeVar("T", bound=Tie)
R = TypeVar("R")
A = TypeVarTuple("A")


@dataclass(frozen=True, slots=True)
class Supplier:
    """A supplier with its mark on the map: 我 for us, then A, B, C … in the order of names."""

    id: str
    organization: Organization
    letter: str

    @property
    def us(self) -> bool:
        return self.organization.us


@dataclass(frozen=True, slots=True)
class Seat:
    """A person of the account, with their place in it on that day.

    `level` is 1 (top) to 5, as given, or by depth in the reporting lines, or None. `external` people belong to the
    account without being employed there. `power` is what somebody asserted, 0 to 10, or None.
    """

    id: str
    person: Person
    title: str
    title_alt: str
    unit: str
    unit_alt: str
    level: int | None
    level_given: bool
    external: bool
    roles: tuple[str, ...]
    votes: float | None
    veto: bool
    bosses: tuple[str, ...]
    dotted_bosses: tuple[str, ...]
    evidence: Evidence

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def power(self) -> float | None:
        return self.person.power


@dataclass(frozen=True)
class Lens:
    """An account seen by one supplier on one day.

    People are in the order of :attr:`seats` (level, unit, name), records in that of their content
    (:func:`powermap.lens.order.ordered`), so that results don't depend on ids or on the order of rows in a file.
    `own` are the organizations whose figures count here: the account and its units of any day, down to units that
    are customers themselves. `former` are the jobs that had ended by that day, the last to end first; `whole` is what is
    known of any day.
    """

    snapshot: Snapshot
    account: Organization
    supplier: Supplier
    suppliers: tuple[Supplier, ...]
    deal: Deal | None
    as_of: date
    pack: Pack
    own: frozenset[str]
    former: tuple[WorksAt, ...] = ()
    whole: Snapshot = Snapshot({})

    def back_to(self, day: date) -> Lens:
        """Look at the same account on an earlier day, through the same eyes; suppositions are not there."""
        return self if day >= self.as_of else self.once(_back, day)

    def with_supplier(self, supplier_id: str) -> Lens:
        """Return the same lens in the eyes of another supplier of the account."""
        for supplier in self.suppliers:
            if supplier.id == supplier_id:
                return replace(self, supplier=supplier)
        raise AnalysisError(
            Words(
                f"“{supplier_id}”不是 {self.account.name} 的供应商",
                f"{supplier_id!r} is no supplier of {self.account.name}",
            )
        )

    @cached_property
    def _found(self) -> dict[tuple[Any, ...], Any]:
        return {}

    def once(self, find: Callable[[Lens, *A], R], *args: *A) -> R:
        """Return ``find(self, *args)``, computed at the first call only: a lens never changes.

        `find` is a function of a module, `args` can be hashed; together they are the key.
        """
        key = find, *args
        if key not in self._found:
            self._found[key] = find(self, *args)
        found: R = self._found[key]
        return found

    @cached_property
    def organizations(self) -> frozenset[str]:
        """Ids of the account and its units, downwards along PART_OF."""
        return frozenset(below(self.account.id, units_of(self.snapshot.all(PartOf))))

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Record's id -> its place in the order of contents, to settle what is level otherwise."""
        return {i: n for n, i in enumerate(self.snapshot.records)}

    @cached_property
    def seats(self) -> Mapping[str, Seat]:
        """The people of the account by id, in the order (level, unit, name), else by what is known of them."""
        works: dict[str, WorksAt] = {}
        # Of several posts the highest counts.
        for post in sorted(self.snapshot.all(WorksAt), key=lambda t: t.level or 9):
            if post.dst in self.organizations:
                works.setdefault(post.src, post)
        outside = {t.src: t for t in reversed(self.snapshot.all(MemberOf)) if t.dst in self.organizations}
        parts: dict[str, TakesPart] = {}
        for part in sorted(
            self.snapshot.all(TakesPart), key=lambda t: not {"decider", "approver"} & {*t.roles}
        ):
            if self.deal is not None and part.dst == self.deal.id:
                parts.setdefault(part.src, part)
        ids = works.keys() | outside.keys()
        bosses: dict[str, list[ReportsTo]] = defaultdict(list)
        for line in self.snapshot.all(ReportsTo):
            if line.src in ids and line.dst in ids:
                bosses[line.src].append(line)
        depth = _depths({p: [t.dst for t in lines if not t.dotted] for p, lines in bosses.items()}, ids)
        seats = []
        for person_id in ids:
            person = self.snapshot.get(Person, person_id)
            if person is None:
                continue
            work, circle, role = works.get(person_id), outside.get(person_id), parts.get(person_id)
            lines = bosses.get(person_id, [])
            seats.append(
                Seat(
                    id=person_id,
                    person=person,
                    title=work.title if work else circle.role if circle else "",
                    title_alt=work.title_alt if work else circle.role_alt if circle else "",
                    unit=self._unit(work),
                    unit_alt=work.unit_alt if work else "",
                    level=work.level if work and work.level else depth.get(person_id) if work else None,
                    level_given=bool(work and work.level),
                    external=work is None,
                    roles=role.roles if role else (),
                    votes=role.votes if role else None,
                    veto=role.veto if role else False,
                    bosses=tuple(t.dst for t in lines if not t.dotted),
                    dotted_bosses=tuple(t.dst for t in lines if t.dotted),
                    evidence=(work or circle).evidence if work or circle else Evidence(),  # type: ignore[union-attr]
                )
            )
        seats.sort(key=lambda s: (s.level or 9, s.external, s.unit, s.name, s.title, self.place[s.id]))
        return {seat.id: seat for seat in seats}

    def _unit(self, work: WorksAt | None) -> str:
        if work is None:
            return ""
        if work.unit or work.dst == self.account.id:
            return work.unit
        unit = self.snapshot.get(Organization, work.dst)
        return unit.name if unit else ""

    @cached_property
    def _stances(self) -> dict[tuple[str, str], Stands]:
        found: dict[tuple[str, str], Stands] = {}
        wanted = ("", self.deal.id) if self.deal is not None else ("",)
        # The last one counts: the deal's, then the latest, then one that is known, then the least favourable.
        for stance in sorted(
            self.snapshot.all(Stands),
            key=lambda s: (
                s.deal != "",
                s.period.start or date.min,
                s.attitude is not None,
                -(s.attitude or 0),
            ),
        ):
            if stance.src in self.seats and stance.deal in wanted:
                found[stance.src, stance.dst] = stance
        return found

    def stance(self, person_id: str, supplier_id: str | None = None) -> Stands | None:
        """Return the stance to a supplier (default: the lens's); one for the deal comes before the account's."""
        return self._stances.get((person_id, supplier_id or self.supplier.id))

    def attitude(self, person_id: str, supplier_id: str | None = None) -> int | None:
        """Return the attitude, -2 to 3, or None if it is unknown. Unknown is never neutral."""
        stance = self.stance(person_id, supplier_id)
        if stance is not None and stance.attitude is not None:
            return stance.attitude
        return self.grounds(person_id, supplier_id).counted if self._grounds.has_any() else None

    @cached_property
    def _grounds(self) -> GroundsOf:
        return GroundsOf(self.assessments, self.snapshot.all(Stands), self.pack, self.as_of)

    def grounds(self, person_id: str, supplier_id: str | None = None) -> Grounds:
        """Return what an attitude rests on: its cells, the facts that prove it, the total they make."""
        supplier = supplier_id or self.supplier.id
        us = any(s.us for s in self.suppliers if s.id == supplier)
        return self._grounds.of(person_id, supplier, self.stance(person_id, supplier), us=us)

    def team(self, supplier_id: str | None = None) -> tuple[Person, ...]:
        """The people of a supplier (default: the lens's) who cover somebody here, by name."""
        people = {c.src for c in self.covers(supplier_id)}
        team = (self.snapshot.get(Person, p) for p in people)
        return tuple(sorted((p for p in team if p is not None), key=lambda p: (p.name, self.place[p.id])))

    @cached_property
    def employer(self) -> Mapping[str, str]:
        """Supplier's person -> id of the supplier; whoever works for several counts for the first of them."""
        order = {s.id: -n for n, s in reversed([*enumerate(self.suppliers)])}
        jobs = sorted((t for t in self.snapshot.all(WorksAt) if t.dst in order), key=lambda t: order[t.dst])
        return {t.src: t.dst for t in jobs}

    def covers(self, supplier_id: str | None = None) -> tuple[Covers, ...]:
        """The coverage by one supplier (default: the lens's) of people of the account, in the order of seats."""
        wanted = supplier_id or self.supplier.id
        found = (c for c in self.snapshot.all(Covers) if c.dst in self.seats)
        return self._seated(
            (c for c in found if self.employer.get(c.src) == wanted), lambda c: (c.dst, c.src)
        )

    @cached_property
    def influences(self) -> tuple[Influences, ...]:
        """The influence ties between people of the account, negative ones included, in the order of seats."""
        found = (t for t in self.snapshot.all(Influences) if t.src in self.seats and t.dst in self.seats)
        return self._seated(found, lambda t: (t.src, t.dst))

    @cached_property
    def lines(self) -> tuple[ReportsTo, ...]:
        """The reporting lines between people of the account, solid and dotted, in the order of seats."""
        found = (t for t in self.snapshot.all(ReportsTo) if t.src in self.seats and t.dst in self.seats)
        return self._seated(found, lambda t: (t.src, t.dst))

    @cached_property
    def circles(self) -> Mapping[str, tuple[str, ...]]:
        """Circle's id -> its members among the people of the account (two or more), in the order of seats."""
        members: dict[str, list[str]] = defaultdict(list)
        for tie in self._seated(self.snapshot.all(MemberOf), lambda t: (t.dst, t.src)):
            if tie.src in self.seats and tie.dst not in self.organizations:
                members[tie.dst].append(tie.src)
        return {c: tuple(dict.fromkeys(m)) for c, m in members.items() if len(set(m)) > 1}

    @cached_property
    def _rank(self) -> Mapping[str, int]:
        """Id -> its place: the people of the account in the order of seats, then everything else."""
        return {i: n for n, i in enumerate(dict.fromkeys((*self.seats, *self.snapshot.records)))}

    def _seated(self, ties: Iterable[T], ends: Callable[[T], tuple[str, str]]) -> tuple[T, ...]:
        """Sort ties by the places of two ends; parallel ones stay in the order of contents."""
        rank = self._rank
        return tuple(sorted(ties, key=lambda t: tuple(rank[end] for end in ends(t))))

    @cached_property
    def committee(self) -> tuple[Seat, ...]:
        """The members of the deal's buying committee, those without role, votes or veto on record included."""
        if self.deal is None:
            return ()
        listed = {t.src for t in self.snapshot.all(TakesPart) if t.dst == self.deal.id}
        return tuple(s for s in self.seats.values() if s.id in listed)

    @cached_property
    def deals(self) -> tuple[Deal, ...]:
        """The deals of the account, open ones first, then by closing date and name."""
        deals = [d for d in self.snapshot.all(Deal) if d.account in self.organizations]
        return tuple(sorted(deals, key=lambda d: (bool(d.outcome), *_urgent(d))))

    @cached_property
    def interactions(self) -> tuple[Interaction, ...]:
        """The interactions up to the day of the lens, oldest first."""
        met = [i for i in self.snapshot.all(Interaction) if i.on is not None and i.on <= self.as_of]
        return tuple(sorted(met, key=lambda i: i.on or date.min))

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of the account and its own units up to the day of the lens, oldest first."""
        found = (f for f in self.snapshot.all(Figure) if f.account in self.own)
        told = [f for f in found if f.on is not None and f.on <= self.as_of]
        return tuple(sorted(told, key=lambda f: (f.on or date.min, f.measure, f.category)))

    @cached_property
    def assessments(self) -> tuple[Assessment, ...]:
        """The assessments up to the day of the lens, oldest first."""
        told = [a for a in self.snapshot.all(Assessment) if a.on is not None and a.on <= self.as_of]
        return tuple(sorted(told, key=lambda a: a.on or date.min))

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """The goals that were set by the day of the lens, the first due first."""
        found = [g for g in self.snapshot.all(Goal) if (g.set_on or date.min) <= self.as_of]
        return tuple(sorted(found, key=lambda g: (g.by or date.max, g.measure)))

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """The actions that were planned by the day of the lens, the first due first."""
        found = [a for a in self.snapshot.all(Action) if (a.set_on or date.min) <= self.as_of]
        return tuple(sorted(found, key=lambda a: (a.due or date.max, a.what)))

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """What was heard up to the day of the lens, oldest first."""
        told = [v for v in self.snapshot.all(Voice) if v.on is not None and v.on <= self.as_of]
        return tuple(sorted(told, key=lambda v: v.on or date.min))

    @cached_property
    def services(self) -> tuple[Serves, ...]:
        """Who of the lens's supplier is of the team of the account, by duty and name."""
        found = [
            t
            for t in self.snapshot.all(Serves)
            if t.dst in self.organizations and self.employer.get(t.src) == self.supplier.id
        ]
        return tuple(sorted(found, key=lambda t: (t.duty, self.place.get(t.src, -1))))

    @cached_property
    def relations(self) -> Mapping[str, Relates]:
        """Supplier's id -> its relation to the account as organizations; of several the lowest level counts."""
        found = [t for t in self.snapshot.all(Relates) if t.dst == self.account.id]
        return {t.src: t for t in sorted(found, key=lambda t: -(t.level or 0))}


def _back(lens: Lens, day: date) -> Lens:
    deal = lens.deal.id if lens.deal else ""
    supplier = lens.supplier.id
    past = look(lens.whole, lens.account.id, as_of=day, pack=lens.pack, deal_id=deal)
    return past.with_supplier(supplier) if any(s.id == supplier for s in past.suppliers) else past


def _depths(bosses: Mapping[str, list[str]], ids: frozenset[str] | set[str]) -> dict[str, int]:
    """Depth in the solid lines, 1 = has people below and no boss; nobody above or below, or in a cycle: no depth."""
    below = {boss for chain in bosses.values() for boss in chain}
    depth = {p: 1 for p in ids if not bosses.get(p) and p in below}
    grown = True
    while grown:
        grown = False
        for person, chain in bosses.items():
            if person not in depth and chain and all(b in depth for b in chain):
                depth[person] = min(5, 1 + max(depth[b] for b in chain))
                grown = True
    return depth


def _ended(snapshot: Snapshot, view: Snapshot, day: date) -> tuple[WorksAt, ...]:
    """Return the jobs that had ended by a day, the last to end first, else in the order of people and organizations."""
    place = {i: n for n, i in enumerate(view.records)}
    ended = [
        (-t.period.end.toordinal(), place[t.src], place[t.dst], t)
        for t in snapshot.all(WorksAt)
        if t.period.end is not None and t.period.end <= day and t.src in place and t.dst in place
    ]
    return tuple(entry[3] for entry in sorted(ended, key=lambda entry: entry[:3]))


NOBODY = Organization(id="us", name="我方 Us", type="supplier", us=True)
"""Stands in for us where no supplier is marked as us."""


def _urgent(deal: Deal) -> tuple[date, str, str, str]:
    return deal.close_on or date.max, deal.name, deal.rule, deal.id


def closed_after(deal: Deal, day: date) -> bool:
    """Tell whether a deal that has an outcome had none yet on a day."""
    return bool(deal.outcome) and deal.close_on is not None and deal.close_on > day


def is_past(day: date) -> bool:
    """Tell whether a day is before today: only then is what happened after it told from what is planned."""
    return day < date.today()


def look(
    snapshot: Snapshot,
    account_id: str,
    *,
    as_of: date,
    pack: Pack,
    supplier_id: str | None = None,
    deal_id: str | None = None,
) -> Lens:
    """Look at an account: filter by day, order the suppliers, choose supplier and deal.

    Without `supplier_id` the supplier is us, a nameless one without coverage if none is marked; without `deal_id` the deal
    is the account's most urgent open deal that has a committee or a rule, else none. On a day that is past, a deal that closed after
    it was still open. An empty `deal_id` is no deal: who looks again, on another day or at less, looks at the same.

    Raises
    ------
    AnalysisError
        If the account, supplier or deal isn't in the snapshot.
    """
    view = ordered(snapshot.as_of(as_of))
    account = view.get(Organization, account_id)
    if account is None:
        raise AnalysisError(Words(f"没有客户“{account_id}”", f"there is no account {account_id!r}"))
    customers = {o.id for o in view.all(Organization) if o.type == "customer"}
    own = below(account_id, units_of(p for p in snapshot.all(PartOf) if p.src not in customers))
    present = (
        {t.src for t in view.all(Relates)}
        | {t.dst for t in view.all(Stands)}
        | {t.dst for t in view.all(WorksAt)}
    )
    organizations = [o for o in view.all(Organization) if o.type == "supplier" and (o.us or o.id in present)]
    if not any(o.us for o in organizations):
        organizations.append(NOBODY)
    organizations.sort(key=lambda o: (not o.us, o.name, o.id if o.us else ""))
    rivals = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ" * 4)
    suppliers = tuple(Supplier(o.id, o, "我" if o.us else next(rivals)) for o in organizations)
    wanted = supplier_id or suppliers[0].id
    supplier = next((s for s in suppliers if s.id == wanted), None)
    if supplier is None:
        raise AnalysisError(
            Words(f"“{wanted}”不是 {account.name} 的供应商", f"{wanted!r} is no supplier of {account.name}")
        )
    former = _ended(snapshot, view, as_of)
    lens = Lens(view, account, supplier, suppliers, None, as_of, pack, frozenset(own), former, snapshot)
    if deal_id is not None:
        deal = view.get(Deal, deal_id)
        if deal is None and deal_id:
            raise AnalysisError(
                Words(f"{account.name} 没有项目“{deal_id}”", f"{account.name} has no deal {deal_id!r}")
            )
    else:
        seated = {t.dst for t in view.all(TakesPart)}
        still = [
            d
            for d in lens.deals
            if (d.rule or d.id in seated) and (not d.outcome or (is_past(as_of) and closed_after(d, as_of)))
        ]
        deal = min(still, key=_urgent, default=None)
    return replace(lens, deal=deal)
