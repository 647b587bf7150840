"""Make two records one: both histories are kept, nothing names what is gone, and what contradicts is said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any

from powermap.errors import AnalysisError
from powermap.identity.names import Agreement, agreement
from powermap.identity.organizations import bare
from powermap.identity.periods import Clash, woven
from powermap.identity.profiles import numbers_of
from powermap.model import (
    Action,
    Assessment,
    Change,
    Deal,
    Figure,
    Goal,
    Influences,
    Interaction,
    KeptLayout,
    Organization,
    PartOf,
    Person,
    Record,
    ReportsTo,
    Snapshot,
    Stands,
    Thing,
    Tie,
    Voice,
    WorksAt,
    pointed,
    record_to_props,
)
from powermap.model.naming import fold, name_key, other_names
from powermap.model.work import fact_of
from powermap.words import Words, is_chinese

_TWINS = (Interaction, Figure, Assessment, Goal, Action, Voice)
"""Kinds of which two that say the same are one."""
_KEPT_AS_KEYS = ("email", "phone")
"""Fields of a person of which a second value is kept as a key, so that the person is found by it."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something of which the two records say different things: whose, which field, what is kept and what gives way."""

    about: Words
    field: str
    kept: Any
    gone: Any

    def to_dict(self) -> dict[str, Any]:
        """Return JSON-able data."""
        return {
            "about": {"zh": self.about.zh, "en": self.about.en},
            "field": self.field,
            "kept": self.kept,
            "gone": self.gone,
        }


@dataclass(frozen=True)
class Merge:
    """What makes two records one: changes for one batch, what conflicts, and why it might be wrong to do so."""

    kept: Thing
    gone: Thing
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    doubts: tuple[Words, ...]
    moved: int
    joined: int


@dataclass
class _Work:
    """The records as they become, while two are made one."""

    snapshot: Snapshot
    one: str
    other: str
    new_id: Callable[[], str]
    several: Collection[str] = ()
    after: dict[str, Record] = field(default_factory=dict)
    removed: dict[str, Record] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    joined: int = 0
    instead: dict[str, str] = field(default_factory=dict)
    """The id of what went into its twin -> that of the twin."""

    def name(self, ident: object) -> str:
        """Return the name of a thing by its id; anything else as text."""
        found = self.snapshot.records.get(ident) if isinstance(ident, str) else None
        return str(getattr(found, "name", "" if ident is None else ident))

    def put(self, record: Record) -> None:
        if self.snapshot.records.get(record.id) == record:
            self.after.pop(record.id, None)
        else:
            self.after[record.id] = record


def merge(
    snapshot: Snapshot, one: str, other: str, new_id: Callable[[], str], several: Collection[str] = ()
) -> Merge:
    """Make the record `other` part of the record `one`.

    Parameters
    ----------
    snapshot
        All records of the store.
    one, other
        Ids of two people or two organizations.
    new_id
        Makes the id of a tie that is cut in two.
    several
        Items of which several verdicts of a day stand each on its own.

    Raises
    ------
    AnalysisError
        If they are one record already, or not two people or two organizations.
    """
    kept, gone = _of_one_kind(snapshot.records[one], snapshot.records[other])
    work = _Work(snapshot, one, other, new_id, several)
    if isinstance(kept, Person) and isinstance(gone, Person):
        work.put(_person(work, kept, gone))
        doubts = _doubts_of_people(kept, gone)
    elif isinstance(kept, Organization) and isinstance(gone, Organization):
        work.put(_organization(work, kept, gone))
        doubts = _doubts_of_organizations(kept, gone)
    moved = _ties(work) + _things(work)
    _turn_to_twins(work)
    _numbers(work)
    doubts += _circles(work)
    changes = tuple(_changes(work))
    return Merge(kept, gone, changes, tuple(work.conflicts), tuple(doubts), moved, work.joined)


def _of_one_kind(kept: Record, gone: Record) -> tuple[Thing, Thing]:
    if kept.id == gone.id:
        raise AnalysisError(
            Words("两个名字指的是同一条记录", "both names mean one record"),
            hint=Words("`powermap search` 可查编号", "`powermap search` shows the ids"),
        )
    if isinstance(kept, Person) and isinstance(gone, Person):
        return kept, gone
    if isinstance(kept, Organization) and isinstance(gone, Organization):
        return kept, gone
    raise AnalysisError(
        Words("只能合并两个人，或两个组织", "only two people, or two organizations, can be made one"),
        hint=Words("请写两个同类的名称或编号", "give two names or ids of one kind"),
    )


# -- things ------------------------------------------------------------------------------------------------------


def _fields(work: _Work, kept: Thing, gone: Thing, names: Iterable[str]) -> dict[str, Any]:
    """Fill what the kept record leaves open from the other, and say what conflicts."""
    filled = {}
    for name in names:
        mine, theirs = getattr(kept, name), getattr(gone, name)
        if mine in (None, "", False) and theirs not in (None, "", False):
            filled[name] = theirs
        elif theirs not in (None, "", False) and mine != theirs:
            called = work.name(kept.id)
            work.conflicts.append(Conflict(Words(called, called), name, mine, theirs))
    return filled


def _names(kept: Person | Organization, gone: Person | Organization) -> dict[str, Any]:
    """Keep the names of both: one in the other script as the other name, all others as keys."""
    texts = (gone.name, gone.name_alt, *other_names(gone.keys))
    alt, known = kept.name_alt, {kept.name, kept.name_alt, *other_names(kept.keys)}
    others = [t for t in dict.fromkeys(texts) if t and t not in known]
    if not alt:
        alt = next((t for t in others if is_chinese(t) != is_chinese(kept.name)), "")
    keys = (*kept.keys, *gone.keys, *(name_key(kept.KIND, t) for t in others if t != alt))
    return {"name_alt": alt, "keys": tuple(dict.fromkeys(keys))}


def _note(kept: str, gone: str) -> str:
    return "\n".join(dict.fromkeys(part for part in (kept, gone) if part))


def _person(work: _Work, kept: Person, gone: Person) -> Person:
    if kept.placeholder and not gone.placeholder:
        # The post has a name now.
        kept = replace(kept, name=gone.name, keys=(*kept.keys, name_key("person", kept.name)))
    filled = _fields(work, kept, gone, ("power", "adaptability", "email", "phone"))
    both = _names(kept, gone)
    extra = [
        f"{name}|person|{theirs}"
        for name in _KEPT_AS_KEYS
        if (theirs := getattr(gone, name)) and theirs != getattr(kept, name) and name not in filled
    ]
    both["keys"] = tuple(dict.fromkeys((*both["keys"], *extra)))
    if kept.name != gone.name and not gone.placeholder:
        work.conflicts.append(Conflict(Words(kept.name, kept.name), "name", kept.name, gone.name))
    placeholder = kept.placeholder and gone.placeholder
    return replace(kept, note=_note(kept.note, gone.note), placeholder=placeholder, **filled, **both)


def _organization(work: _Work, kept: Organization, gone: Organization) -> Organization:
    filled = _fields(work, kept, gone, ("grade", "industry", "region", "product_tier"))
    if kept.name != gone.name:
        work.conflicts.append(Conflict(Words(kept.name, kept.name), "name", kept.name, gone.name))
    if kept.type != gone.type:
        work.conflicts.append(Conflict(Words(kept.name, kept.name), "type", kept.type, gone.type))
    us = kept.us or (gone.us and kept.type == "supplier")
    return replace(kept, note=_note(kept.note, gone.note), us=us, **filled, **_names(kept, gone))


def _doubts_of_people(kept: Person, gone: Person) -> list[Words]:
    found = []
    if not (kept.placeholder or gone.placeholder):
        names = [[p.name, p.name_alt, *other_names(p.keys)] for p in (kept, gone)]
        if agreement(*names) is Agreement.DIFFERENT:
            found.append(
                Words(f"姓名不同：{kept.name}、{gone.name}", f"the names differ: {kept.name}, {gone.name}")
            )
    lists, others = dict(numbers_of(kept.keys)), dict(numbers_of(gone.keys))
    for name, number in sorted(others.items()):
        if lists.get(name, number) != number:
            found.append(
                Words(
                    f"同一名单里有两个编号：{lists[name]}、{number}",
                    f"they have two numbers in one list: {lists[name]}, {number}",
                )
            )
    return found


def _doubts_of_organizations(kept: Organization, gone: Organization) -> list[Words]:
    found = []
    if kept.type != gone.type:
        found.append(
            Words(f"类型不同：{kept.type}、{gone.type}", f"they are of two types: {kept.type}, {gone.type}")
        )
    mine = [bare(n) for n in (kept.name, kept.name_alt) if n]
    theirs = [bare(n) for n in (gone.name, gone.name_alt) if n]
    from rapidfuzz import fuzz

    if max(fuzz.token_set_ratio(a, b) for a in mine for b in theirs) < 60:
        found.append(
            Words(f"名称不同：{kept.name}、{gone.name}", f"the names differ: {kept.name}, {gone.name}")
        )
    ids = [{k for k in o.keys if k.startswith("file|organization|")} for o in (kept, gone)]
    if ids[0] and ids[1] and ids[0].isdisjoint(ids[1]):
        found.append(Words("同一名单里有两个编号", "they have two numbers in one list"))
    return found


# -- ties --------------------------------------------------------------------------------------------------------


def _ties(work: _Work) -> int:
    """Turn every tie of the one that goes to the one that stays, and lay the same facts into one; return how many."""
    all_ties = [r for r in work.snapshot if isinstance(r, Tie)]
    houses = _houses(work, all_ties)
    theirs: dict[tuple[Any, ...], list[Tie]] = defaultdict(list)
    mine: dict[tuple[Any, ...], list[Tie]] = defaultdict(list)
    touched = 0
    for tie in all_ties:
        if work.other not in (tie.src, tie.dst):
            if work.one in (tie.src, tie.dst):
                mine[_fact(work, tie, houses)].append(tie)
            continue
        touched += 1
        if {tie.src, tie.dst} <= {work.one, work.other}:
            work.removed[tie.id] = tie
            work.conflicts.append(Conflict(_told(work, tie), "tie", None, work.name(tie.dst)))
            continue
        turned = pointed(tie, work.other, work.one)
        theirs[_fact(work, turned, houses)].append(turned)
    for fact, group in theirs.items():
        _lay(work, mine.get(fact, []), group)
    return touched


def _circles(work: _Work) -> list[Words]:
    """Return the circle in which the lines of the one would run, if they would: the boss of one's boss is oneself."""
    above: dict[str, list[str]] = defaultdict(list)
    records = {**work.snapshot.records, **work.after}
    for ident, record in records.items():
        if ident not in work.removed and isinstance(record, (ReportsTo, PartOf)) and _is_line(record):
            above[record.src].append(record.dst)
    ways = [[work.one, up] for up in above[work.one]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        if way[-1] == work.one:
            chain = " → ".join(work.name(ident) for ident in way)
            return [Words(f"上下级会成环：{chain}", f"the lines would run in a circle: {chain}")]
        if way[-1] not in seen:
            seen.add(way[-1])
            ways += [[*way, up] for up in above[way[-1]]]
    return []


def _is_line(tie: ReportsTo | PartOf) -> bool:
    return tie.period.end is None and not (isinstance(tie, ReportsTo) and tie.dotted)


def _lay(work: _Work, ours: list[Tie], theirs: list[Tie]) -> None:
    result, clashes = woven(ours, theirs, work.new_id)
    left = {tie.id for tie in result}
    for tie in result:
        work.put(tie)
    for tie in (*ours, *theirs):
        if tie.id not in left:
            work.removed[tie.id] = work.snapshot.records[tie.id]
            work.joined += 1
    work.conflicts += [_conflict(work, clash) for clash in clashes]


def _houses(work: _Work, ties: Iterable[Tie]) -> dict[str, str]:
    """Return where each person works, as the first of their organizations: a boss is one's boss there."""
    found: dict[str, str] = {}
    for tie in ties:
        if isinstance(tie, WorksAt):
            tie = pointed(tie, work.other, work.one)
            found[tie.src] = min(found.get(tie.src, tie.dst), tie.dst)
    return found


def _fact(work: _Work, tie: Tie, houses: dict[str, str]) -> tuple[Any, ...]:
    """Return what makes ties versions of one fact: who becomes one has one boss at a company, and is part of one."""
    base, alone = (type(tie), tie.src), tie.src == work.one
    if isinstance(tie, PartOf) and alone:
        return base
    if isinstance(tie, ReportsTo) and alone:
        return (*base, tie.dotted, tie.dst if tie.dotted else houses.get(tie.dst, ""))
    if isinstance(tie, ReportsTo):
        return (*base, tie.dst, tie.dotted)
    if isinstance(tie, Influences):
        return (*base, tie.dst, tie.sign, tie.channel)
    if isinstance(tie, Stands):
        return (*base, tie.dst, tie.deal)
    return (*base, tie.dst)


def _told(work: _Work, tie: Tie) -> Words:
    ends = f"{work.name(tie.src)} → {work.name(tie.dst)}"
    return Words(ends, ends)


def _conflict(work: _Work, clash: Clash) -> Conflict:
    def value(tie: Tie) -> Any:
        found = getattr(tie, clash.field)
        return work.name(found) if clash.field == "dst" else found

    return Conflict(
        _told(work, pointed(clash.kept, work.other, work.one)),
        {"dst": "boss" if isinstance(clash.kept, ReportsTo) else "part_of"}.get(clash.field, clash.field),
        value(clash.kept),
        value(clash.gone),
    )


# -- what else names the one that goes ---------------------------------------------------------------------------


def _things(work: _Work) -> int:
    """Turn meetings, deals, figures and what is judged, aimed at, done and heard to the one that stays; those that both
    have are told once; return how many.
    """
    things = (record for record in work.snapshot if isinstance(record, Thing))
    both = ((record, pointed(record, work.other, work.one)) for record in things)
    turned = [(before, after) for before, after in both if after is not before]
    known = {_same(r, work.several): r for r in work.snapshot if isinstance(r, _TWINS)}
    for before, after in turned:
        if isinstance(before, KeptLayout):
            # Where people stand on the map of the one that stays is kept, or made anew.
            work.removed[before.id] = before
            continue
        twin = known.get(_same(after, work.several)) if isinstance(after, _TWINS) else None
        if twin is None or twin.id == after.id:
            work.put(after)
            continue
        work.removed[before.id] = before
        work.joined += 1
        if isinstance(twin, Figure) and isinstance(after, Figure) and twin.value != after.value:
            about = f"{work.name(twin.account)} · {twin.measure} · {twin.on}"
            work.conflicts.append(Conflict(Words(about, about), "value", twin.value, after.value))
        elif isinstance(twin, Interaction) and isinstance(after, Interaction):
            held = work.after.get(twin.id, twin)
            if isinstance(held, Interaction):
                work.put(replace(held, note=_note(held.note, after.note)))
        else:
            work.instead[after.id] = twin.id
            held = work.after.get(twin.id, twin)
            work.put(_joined(work, held if isinstance(held, Thing) else twin, after))
    return len(turned)


def _joined(work: _Work, kept: Thing, gone: Thing) -> Thing:
    """Fill what one judgement, goal, action or voice leaves open from its twin, and say what they contradict in."""
    values = {f.name: (getattr(kept, f.name), getattr(gone, f.name)) for f in fields(kept)}
    keys = dict.fromkeys((*values.pop("keys")[0], *getattr(gone, "keys", ())))
    filled = {
        name: theirs for name, (mine, theirs) in values.items() if _is_open(mine) and not _is_open(theirs)
    }
    about = " · ".join(
        filter(None, (work.name(getattr(kept, "account", "")), work.name(getattr(kept, "subject", ""))))
    )
    for name, (mine, theirs) in values.items():
        if name not in ("id", "evidence") and mine != theirs and not (_is_open(mine) or _is_open(theirs)):
            work.conflicts.append(Conflict(Words(about, about), name, mine, theirs))
    return replace(kept, keys=tuple(keys), **filled)


def _is_open(value: object) -> bool:
    """Tell whether a value says nothing; 0 says something."""
    return value is None or value is False or value in ("", ())


def _turn_to_twins(work: _Work) -> None:
    """Let whatever names what went into its twin name the twin."""
    for record in work.snapshot if work.instead else ():
        if record.id in work.removed:
            continue
        turned = now = work.after.get(record.id, record)
        for gone, twin in work.instead.items():
            turned = pointed(turned, gone, twin)
        if turned is not now:
            work.put(turned)


def _numbers(work: _Work) -> None:
    """Let what lists number within the organization that goes be numbered within the one that stays."""
    known = {key for r in work.snapshot if isinstance(r, Thing) for key in r.keys}
    for record in work.snapshot:
        if not isinstance(record, Thing) or record.id in (work.one, work.other, *work.removed):
            continue
        now = work.after.get(record.id, record)
        keys = tuple(_moved_number(key, work.other, work.one, known) for key in record.keys)
        if keys != record.keys and isinstance(now, Thing):
            work.put(replace(now, keys=keys))


def _moved_number(key: str, old: str, new: str, known: set[str]) -> str:
    system, _, rest = key.partition("|")
    kind, _, ident = rest.partition("|")
    if system != "file" or not ident.startswith(f"{old}/"):
        return key
    turned = f"{system}|{kind}|{new}/{ident.removeprefix(f'{old}/')}"
    return key if turned in known else turned


def _same(record: Record, several: Collection[str]) -> tuple[Any, ...]:
    """Return what makes two meetings one, or two figures."""
    if isinstance(record, Interaction):
        people = frozenset(record.ours), frozenset(record.theirs)
        return ("met", record.account, record.on, record.channel, *people, record.purpose)
    if isinstance(record, Figure):
        return ("figure", record.account, record.measure, record.on, record.category, record.supplier)
    if isinstance(record, Assessment | Goal | Action | Voice):
        return fact_of(record, several)
    return (record.id,)


def _changes(work: _Work) -> Iterator[Change]:
    """Yield the changes so that nothing ever names what isn't there: the one that goes goes last."""
    source = "merge"
    before = work.snapshot.records
    for record in sorted(work.after.values(), key=lambda r: (isinstance(r, Tie), r.id)):
        old = before.get(record.id)
        yield Change(
            record.KIND,
            record.id,
            None if old is None else record_to_props(old),
            record_to_props(record),
            source,
        )
    for record in work.removed.values():
        yield Change(record.KIND, record.id, record_to_props(record), None, source)
    gone = before[work.other]
    yield Change(gone.KIND, gone.id, record_to_props(gone), None, source)


def deals_of_one_name(snapshot: Snapshot, one: str, other: str) -> list[str]:
    """Return the names of deals that both accounts have: they stay two, for people to look at."""
    mine = {fold(d.name) for d in snapshot.all(Deal) if d.account == one}
    return sorted(d.name for d in snapshot.all(Deal) if d.account == other and fold(d.name) in mine)
