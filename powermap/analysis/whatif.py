"""What if: the same questions on a supposed state, and what the supposition changes.

::

    remove Li Wei            Li Wei leaves: nothing of theirs counts any more
    Li Wei moves to IT       they sit in another department
    attitude Li Wei=2        what they think of the lens's supplier
    Chen Yu covers Li Wei    a new relation
    Li Wei sways Zhao Min    a new tie
    Li Wei reports to Gao    another boss, in place of the present ones
    Zhou Ning joins IT       a new person, in a department or none; ties and views are suppositions of their own

Chinese: 去掉 李伟 · 李伟 调到 信息部 · 态度 李伟=2 · 陈雨 覆盖 李伟 · 李伟 影响 赵敏 · 李伟 汇报给 高远 · 周宁 加入 信息部
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from powermap.analysis.text import pick
from powermap.errors import AnalysisError
from powermap.findings import Answer
from powermap.lens import Lens, look
from powermap.model import (
    Covers,
    Influences,
    Person,
    Record,
    ReportsTo,
    Snapshot,
    Stands,
    Tie,
    WorksAt,
    below,
)
from powermap.words import Words

_FORMS = (
    (re.compile(r"(?:remove|去掉|移除)\s+(.+)", re.I), "remove"),
    (re.compile(r"(?:attitude|态度)\s+(.+?)\s*[=＝]\s*([+-]?\d|\?)", re.I), "attitude"),
    (re.compile(r"(.+?)\s+(?:moves to|调到|调任)\s+(.+)", re.I), "moves"),
    (re.compile(r"(.+?)\s+(?:covers|覆盖)\s+(.+)", re.I), "covers"),
    (re.compile(r"(.+?)\s+(?:sways|影响)\s+(.+)", re.I), "sways"),
    (re.compile(r"(.+?)\s+(?:leaves|离开|离职)", re.I), "remove"),
    (re.compile(r"(.+?)\s+(?:reports to|汇报给|汇报)\s+(.+)", re.I), "reports"),
    (re.compile(r"(.+?)\s+(?:joins|加入)(?:\s+(.+))?", re.I), "joins"),
)


def suppose(lens: Lens, texts: Sequence[str]) -> Lens:
    """Apply suppositions one after the other, and look again through the same lens.

    Raises
    ------
    AnalysisError
        If a text isn't one of the forms, names nobody or several, or ties somebody to themselves or below their own people.
    """
    snapshot = lens.snapshot
    for text in texts:
        snapshot = _apply(lens, snapshot, text.strip())
    return look(
        snapshot,
        lens.account.id,
        as_of=lens.as_of,
        pack=lens.pack,
        supplier_id=lens.supplier.id,
        deal_id=lens.deal.id if lens.deal else "",
    )


def _apply(lens: Lens, snapshot: Snapshot, text: str) -> Snapshot:
    for form, verb in _FORMS:
        match = form.fullmatch(text)
        if match:
            return _VERBS[verb](lens, snapshot, *match.groups())
    raise AnalysisError(
        Words(f"看不懂假设“{text}”", f"{text!r} is no supposition"),
        hint=Words(
            "去掉 甲 · 甲 离开 · 甲 加入 部门 · 甲 调到 部门 · 态度 甲=2 · 甲 覆盖 乙 · 甲 影响 乙 · 甲 汇报给 乙",
            "remove X · X leaves · X joins UNIT · X moves to UNIT · attitude X=2 · X covers Y · X sways Y · X reports to Y",
        ),
    )


def _find(lens: Lens, snapshot: Snapshot, name: str) -> Person:
    where = Words(f"{lens.account.name} 及其供应商", f"{lens.account.name} or its suppliers")
    return pick(name.strip(), snapshot.all(Person), where, {s.id: s.title for s in lens.seats.values()})


def _with(snapshot: Snapshot, *records: Record) -> Snapshot:
    return Snapshot.of([*(r for r in snapshot if r.id not in {n.id for n in records}), *records])


def _remove(lens: Lens, snapshot: Snapshot, name: str) -> Snapshot:
    gone = _find(lens, snapshot, name).id
    return Snapshot.of(
        r for r in snapshot if r.id != gone and not (isinstance(r, Tie) and gone in (r.src, r.dst))
    )


def _attitude(lens: Lens, snapshot: Snapshot, name: str, value: str) -> Snapshot:
    person = _find(lens, snapshot, name)
    number = None if value == "?" else int(value)
    old = lens.stance(person.id)
    if old is not None and old.id in snapshot.records:
        return _with(snapshot, replace(old, attitude=number))
    return _with(snapshot, Stands(f"@stands {person.id}", person.id, lens.supplier.id, attitude=number))


def _moves(lens: Lens, snapshot: Snapshot, name: str, unit: str) -> Snapshot:
    person = _find(lens, snapshot, name)
    jobs = [t for t in snapshot.all(WorksAt) if t.src == person.id and t.dst in lens.organizations]
    if not jobs:
        raise AnalysisError(
            Words(
                f"{person.name} 不在 {lens.account.name} 任职",
                f"{person.name} doesn't work at {lens.account.name}",
            )
        )
    return _with(snapshot, *(replace(job, unit=unit.strip()) for job in jobs))


def _two(lens: Lens, snapshot: Snapshot, one: str, other: str) -> tuple[Person, Person]:
    pair = _find(lens, snapshot, one), _find(lens, snapshot, other)
    if pair[0].id == pair[1].id:
        raise AnalysisError(
            Words(
                f"{pair[0].name} 不能和自己有这种关系",
                f"{pair[0].name} has no such tie to themselves",
            ),
            hint=Words("请写两个人", "name two people"),
        )
    return pair


def _covers(lens: Lens, snapshot: Snapshot, owner: str, name: str) -> Snapshot:
    one, other = _two(lens, snapshot, owner, name)
    return _with(snapshot, Covers(f"@covers {one.id} {other.id}", one.id, other.id))


def _sways(lens: Lens, snapshot: Snapshot, one: str, other: str) -> Snapshot:
    a, b = _two(lens, snapshot, one, other)
    return _with(snapshot, Influences(f"@sways {a.id} {b.id}", a.id, b.id))


def _reports(lens: Lens, snapshot: Snapshot, name: str, boss: str) -> Snapshot:
    person, above = _two(lens, snapshot, name, boss)
    under: dict[str, list[str]] = defaultdict(list)
    for line in snapshot.all(ReportsTo):
        if not line.dotted:
            under[line.dst].append(line.src)
    if above.id in below(person.id, under):
        raise AnalysisError(
            Words(
                f"{above.name} 是 {person.name} 的下属，汇报线会成环",
                f"{above.name} is below {person.name}: the lines would run in a circle",
            ),
            hint=Words(f"先给 {above.name} 假设另一位上级", f"first suppose another boss of {above.name}"),
        )
    kept = Snapshot.of(r for r in snapshot if not (isinstance(r, ReportsTo) and r.src == person.id))
    return _with(kept, ReportsTo(f"@reports {person.id}", person.id, above.id))


def _joins(lens: Lens, snapshot: Snapshot, name: str, unit: str | None) -> Snapshot:
    person = f"@person {name.strip()}"
    if any(p.name == name.strip() for p in snapshot.all(Person)):
        raise AnalysisError(
            Words(f"{name.strip()} 已在这里", f"{name.strip()} is here already"),
            hint=Words("换部门请写：甲 调到 部门", "moves to UNIT changes their department"),
        )
    return _with(
        snapshot,
        Person(person, name=name.strip()),
        WorksAt(f"@works {name.strip()}", person, lens.account.id, unit=(unit or "").strip()),
    )


_VERBS: dict[str, Callable[..., Snapshot]] = {
    "remove": _remove,
    "attitude": _attitude,
    "moves": _moves,
    "covers": _covers,
    "sways": _sways,
    "reports": _reports,
    "joins": _joins,
}


def difference(before: Answer, after: Answer) -> Answer:
    """Return the answer after a supposition, with what it changes said in words: findings gone, new, and changed."""
    was, now = {f.id: f for f in before.findings}, {f.id: f for f in after.findings}
    notes: list[Words] = []
    for key in [k for k in was if k not in now]:
        notes.append(Words(f"不再成立：{was[key].sentence.zh}", f"no longer: {was[key].sentence.en}"))
    for key in [k for k in now if k not in was]:
        notes.append(Words(f"新出现：{now[key].sentence.zh}", f"new: {now[key].sentence.en}"))
    for key in [k for k in now if k in was and now[k].sentence != was[k].sentence]:
        notes.append(Words(f"原来：{was[key].sentence.zh}", f"before: {was[key].sentence.en}"))
    if not notes:
        notes = [Words("与现状相比没有变化。", "nothing changes against today.")]
    return replace(after, notes=(*after.notes, *notes))
