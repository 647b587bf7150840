"""What one of ours looks after goes to another, in one batch."""

from __future__ import annotations

from powermap.editing.naming import called
from powermap.editing.occasion import Edit, Occasion
from powermap.errors import AnalysisError
from powermap.model import Covers, Organization, Person, WorksAt
from powermap.model.draft import Draft
from powermap.words import Words

DUTIES = ("owner", "deputy", "sponsor", "contact")
"""Duties, the one that binds most first."""


def handover(occasion: Occasion, one: str, other: str) -> Edit:
    """Let another look after whom one of ours looks after on the day, of one account or of all.

    The coverage of the first ends on the day and that of the second begins, with the same duty. How strong the new
    relation is nobody knows yet, so no strength is carried over. Who is looked after by the second already stays so, with
    the duty that binds more.

    Raises
    ------
    AnalysisError
        If they are not of one supplier, or there is nothing to hand over.
    """
    register = occasion.register
    us = register.snapshot.us
    giver, taker = (register.one(name, Person, account=us.id if us else None) for name in (one, other))
    if giver.id == taker.id:
        raise AnalysisError(Words("两个名字是同一个人", "both names are one person"))
    _check_house(occasion, giver, taker)
    home = register.within(occasion.account) if occasion.account is not None else None
    held = [t for t in register.snapshot.all(Covers) if t.period.holds(occasion.day)]
    given = [t for t in held if t.src == giver.id and (home is None or t.dst in home)]
    if not given:
        raise AnalysisError(
            Words(
                f"{giver.name} 在 {occasion.day} 没有负责的人",
                f"{giver.name} looks after nobody on {occasion.day}",
            ),
            hint=Words("`powermap history 姓名` 列出已知的", "`powermap history NAME` lists what is known"),
        )
    have = {t.dst: t for t in held if t.src == taker.id}
    rows: list[Draft] = []
    notes = []
    for cover in given:
        ends = {"kind": "covers", "from": giver.id, "to": cover.dst, "until": occasion.day}
        rows.append(occasion.draft("ties", ends, evidence=False))
        mine = have.get(cover.dst)
        whom = called(register.snapshot.records.get(cover.dst))
        if mine is not None and DUTIES.index(mine.duty) <= DUTIES.index(cover.duty):
            notes.append(
                Words(f"{whom} 已由 {taker.name} 负责", f"{whom} is looked after by {taker.name} already")
            )
            continue
        begins = {"kind": "covers", "from": taker.id, "to": cover.dst, "duty": cover.duty}
        rows.append(occasion.draft("ties", {**begins, **occasion.since()}))
    return Edit("handover", tuple(rows), notes=tuple(notes))


def _check_house(occasion: Occasion, giver: Person, taker: Person) -> None:
    """See that both are of one supplier."""
    snapshot = occasion.register.snapshot

    def houses(person: Person) -> set[str]:
        jobs = (t for t in snapshot.all(WorksAt) if t.src == person.id)
        found = (snapshot.get(Organization, t.dst) for t in jobs)
        return {o.id for o in found if o is not None and o.type == "supplier"}

    for person in (giver, taker):
        if not houses(person):
            raise AnalysisError(
                Words(f"{person.name} 不是我方的人", f"{person.name} is nobody of ours"),
                hint=Words("移交是我方两个人之间的事", "a handover is between two of ours"),
            )
    if houses(giver).isdisjoint(houses(taker)):
        raise AnalysisError(
            Words(
                f"{giver.name} 和 {taker.name} 不在同一家供应商",
                f"{giver.name} and {taker.name} are not of one supplier",
            )
        )
