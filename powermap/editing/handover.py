"""What one of ours looks after goes to another, in one batch."""

from __future__ import annotations

from powermap.analysis.voices import closes
from powermap.editing.naming import called
from powermap.editing.occasion import Edit, Occasion
from powermap.errors import AnalysisError
from powermap.model import (
    Action,
    Covers,
    Goal,
    Interaction,
    Organization,
    Person,
    Serves,
    Voice,
    WorksAt,
)
from powermap.model.draft import Draft
from powermap.words import Words

DUTIES = ("owner", "deputy", "sponsor", "contact")
"""Duties, the one that binds most first."""


def handover(occasion: Occasion, one: str, other: str) -> Edit:
    """Let another look after whom one of ours looks after on the day, of one account or of all.

    Open goals, actions, promises, voices and duties in a team go along. The coverage of the first ends on the day and that of the second begins, with the same duty. How strong the new
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
    work = _work(occasion, giver, taker, home)
    if not given and not work:
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
    if work:
        notes.append(
            Words(
                f"一并移交：{len(work)} 项未完成的目标、行动、承诺、客户声音和团队职责",
                f"handed over with them: {len(work)} open goals, actions, promises, voices and duties in a team",
            )
        )
    return Edit("handover", (*rows, *work), notes=tuple(notes))


def _work(occasion: Occasion, giver: Person, taker: Person, home: set[str] | None) -> list[Draft]:
    """Return what the first has still to do for others, as the second's: open goals and actions, voices, duties."""
    snapshot = occasion.register.snapshot
    done = {i.action for i in snapshot.all(Interaction) if i.action}

    def here(account: str) -> bool:
        return home is None or account in home

    rows = []
    for goal in snapshot.all(Goal):
        if goal.owner == giver.id and here(goal.account) and (goal.by is None or goal.by >= occasion.day):
            row = {
                "id": goal.id,
                "company": goal.account,
                "measure": goal.measure,
                "by": goal.by,
                "owner": taker.id,
            }
            rows.append(occasion.draft("goals", row, evidence=False))
    for action in snapshot.all(Action):
        if action.owner == giver.id and here(action.account) and action.id not in done:
            row = {"id": action.id, "company": action.account, "what": action.what, "owner": taker.id}
            rows.append(occasion.draft("actions", row, evidence=False))
    for voice in snapshot.all(Voice):
        if voice.owner == giver.id and here(voice.account) and not closes(occasion.pack, voice):
            row = {
                "id": voice.id,
                "company": voice.account,
                "on": voice.on,
                "words": voice.words,
                "owner": taker.id,
            }
            rows.append(occasion.draft("voices", row, evidence=False))
    for duty in snapshot.all(Serves):
        if duty.src == giver.id and here(duty.dst) and duty.period.holds(occasion.day):
            ends = {"kind": "serves", "from": giver.id, "to": duty.dst, "duty": duty.duty}
            rows.append(occasion.draft("ties", {**ends, "until": occasion.day}, evidence=False))
            rows.append(
                occasion.draft("ties", {**ends, "from": taker.id, "days": duty.days, **occasion.since()})
            )
    return rows


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
