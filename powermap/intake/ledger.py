"""The state that a plan is made on: the snapshot's records, changed one by one, each with the row that changed it."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from powermap.errors import ModelError
from powermap.model import (
    Action,
    Assessment,
    Evidence,
    Goal,
    Organization,
    Period,
    Problem,
    Record,
    Snapshot,
    Stands,
    Thing,
    Tie,
    Voice,
)
from powermap.model.draft import CLEAR, Draft, Place
from powermap.model.fields import changing

R = TypeVar("R", bound=Record)
T = TypeVar("T", bound=Tie)
G = TypeVar("G", bound=Thing)

EVIDENCE: tuple[str, ...] = tuple(field.name for field in dataclasses.fields(Evidence))
"""Columns that say how a tie is known."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Which row said what about a fact, to find rows that contradict each other."""

    place: Place
    content: dict[str, Any]


class Ledger:
    """Records by id, with the indexes an intake needs, every problem, and every note (zh, en)."""

    def __init__(
        self,
        snapshot: Snapshot,
        today: date,
        new_id: Callable[[], str],
        *,
        on: date | None = None,
        correct: bool = False,
    ) -> None:
        self.snapshot = snapshot
        self.today = today
        self.on = on or today
        """The day as of which what is different now has changed."""
        self.correct = correct
        """Whether what is different corrects what was known."""
        self.new_id = new_id
        self.records: dict[str, Record] = dict(snapshot.records)
        self.places: dict[str, Place] = {}
        self.implied: set[str] = set()
        self.seen: set[str] = set()
        self.problems: list[Problem] = []
        self.notes: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        self.told: set[tuple[str, tuple[Any, ...]]] = set()
        """Stances that rows tell of: who, and to whom."""
        self._claims: dict[tuple[Any, ...], Claim] = {}
        self._ties: dict[tuple[type, str], dict[str, tuple[str, ...]]] = defaultdict(dict)
        self._organizations: dict[str, dict[str, None]] = defaultdict(dict)
        for record in snapshot:
            if isinstance(record, Tie):
                self._index(record)
            elif isinstance(record, Organization):
                self._organizations[record.type][record.id] = None

    def note(self, zh: str, en: str, name: str = "") -> None:
        """Keep something the user may want to know, once; `name` is whom it is about, if it may be about many."""
        self.notes[zh, en][name] = None

    def of(self, cls: type[R], ids: Iterable[str]) -> list[R]:
        """Return the records with these ids that are of the class `cls`, in the order of the ids."""
        found = (self.records.get(i) for i in ids)
        return [record for record in found if isinstance(record, cls)]

    def put(self, record: Record, place: Place, *, implied: bool = False) -> None:
        """Take a record as it is from now on; one that is only `implied` doesn't stand or fall with its row."""
        old = self.records.get(record.id)
        self.seen.add(record.id)
        if old == record:
            return
        self.records[record.id] = record
        self.places[record.id] = place
        if implied:
            self.implied.add(record.id)
        if isinstance(record, Tie):
            if isinstance(old, Tie) and (old.src, old.dst) != (record.src, record.dst):
                ends = self._ties[type(old), old.src]
                ends[old.dst] = tuple(i for i in ends[old.dst] if i != old.id)
            self._index(record)
        elif isinstance(record, Organization):
            if isinstance(old, Organization):
                self._organizations[old.type].pop(old.id, None)
            self._organizations[record.type][record.id] = None

    def _index(self, tie: Tie) -> None:
        ends = self._ties[type(tie), tie.src]
        ids = ends.get(tie.dst, ())
        if tie.id not in ids:
            ends[tie.dst] = (*ids, tie.id)

    def organizations(self, kind: str) -> list[Organization]:
        """Return the organizations of one type, in the order in which they came."""
        return self.of(Organization, self._organizations[kind])

    def end(self, tie: Tie, place: Place) -> None:
        """End a tie today, or on the day it starts if that is later."""
        end = max(self.today, tie.period.start or self.today)
        self.put(replace(tie, period=Period(tie.period.start, end)), place)

    def name(self, value: object) -> object:
        """Return the name of the thing with this id; anything else as it is."""
        found = self.records.get(value) if isinstance(value, str) else None
        return getattr(found, "name", value)

    def ties(self, cls: type[T], src: str, dst: str | None = None) -> list[T]:
        """Return the ties of one kind that start at `src` (and end at `dst`), ended ones included, oldest first."""
        ends = self._ties.get((cls, src), {})
        ids = [i for group in ends.values() for i in group] if dst is None else ends.get(dst, ())
        found: list[Any] = [self.records[i] for i in ids]
        return found if len(found) < 2 else sorted(found, key=lambda t: (t.period.start or date.min, t.id))

    # -- things --------------------------------------------------------------------------------------------------

    def thing(
        self, old: G | None, make: Callable[[str], G], draft: Draft, values: Mapping[str, Any], key: str = ""
    ) -> G | None:
        """Create or update a thing from the written values of a row."""
        place = draft.place
        changes = {k: v for k, v in values.items() if v is not CLEAR}
        try:
            if old is None:
                base = make(self.new_id())
                record = replace(base, **changes)
            else:
                defaults = _defaults(type(old))
                changes |= {k: defaults[k] for k, v in values.items() if v is CLEAR}
                record = replace(old, **changes)
            if key and key not in record.keys:
                record = replace(record, keys=(*record.keys, key))
        except ModelError as error:
            self.problems.append(place.problem("", "", error.words.en, zh=error.words.zh, code="model"))
            return None
        if not self.claim(("thing", record.id), dict(values), place):
            return None
        self.put(record, place)
        return record

    def claim(self, key: tuple[Any, ...], content: dict[str, Any], place: Place) -> bool:
        """Tell whether a row may say this of a fact, and keep `content`: a second row must not contradict the first."""
        first = self._claims.get(key)
        if first is None:
            self._claims[key] = Claim(place, content)
            return True
        for field, value in content.items():
            if field in first.content and first.content[field] != value:
                self.problems.append(
                    place.problem(
                        field,
                        self.name(value),
                        f"row {first.place.row}{'' if first.place.file == place.file else ' of ' + first.place.file} says {self.name(first.content[field])!r} of the same",
                        "keep one of the two rows; if they are about two, give each an id",
                        zh=f"与第 {first.place.row} 行矛盾：那里写的是“{self.name(first.content[field])}”",
                        suggestion_zh="只留一行；若不是同一个，请各填编号",
                        code="contradiction",
                    )
                )
                return False
        first.content.update(content)
        return True

    # -- ties ----------------------------------------------------------------------------------------------------

    def tie(
        self,
        cls: type[T],
        src: str,
        dst: str,
        draft: Draft,
        fields: Mapping[str, Any],
        *,
        same: Callable[[T], bool],
        identity: tuple[Any, ...] = (),
        evidence: bool = True,
        to: str = "to",
        moves: bool = False,
    ) -> None:
        """Correct, change or create a tie.

        Parameters
        ----------
        same
            Tells which ties from `src` are versions of this fact.
        identity
            What, beside kind and `src`, makes it this fact; for contradictions within one import.
        to
            The field of the row that names `dst`.
        moves
            Whether a version may end at another `dst`, as when somebody gets another boss.
        fields
            The values that the row writes; CLEAR takes a value back.
        """
        values = draft.values
        place = draft.place
        since = values.get("since") if isinstance(values.get("since"), date) else None
        written = {k: v for k, v in fields.items() if v is not None or k == "attitude"}
        until = self._until(draft)
        # What is over, as who was the boss before, says nothing of the one of today.
        over = until if moves and since is None and until is not None and until <= self.today else None
        if not self.claim((cls, src, identity, since, over), {to: dst, **written}, place):
            return
        if cls is Stands:
            self.told.add((src, identity))
        versions = [t for t in self.ties(cls, src, None if moves and not over else dst) if same(t)]
        old = self._version(versions, since, until)
        ground = self.evidence(old, draft) if evidence else (old.evidence if old else _ground(_source(place)))
        try:
            if old is None:
                record = self._start(cls, src, dst, versions, since, written, ground, draft)
            elif self._is_older(old, dst, written, draft):
                return
            elif (day := self._changed(old, dst, written, draft)) is not None:
                fresh = self.evidence(None, draft) if evidence else _ground(_source(place))
                record = self._start(cls, src, dst, versions, day, written, fresh, draft)
            else:
                record = self._correct(old, dst, written, ground, draft)
        except ModelError as error:
            self.problems.append(place.problem("", "", error.words.en, zh=error.words.zh, code="model"))
            return
        self.put(record, place)

    def _changed(self, old: Tie, dst: str, written: Mapping[str, Any], draft: Draft) -> date | None:
        """Return the day from which on a row says something else than what is known; None if it corrects or fills in.

        A row with days of its own says which version it means, and what is said twice on one day is the same change.
        """
        values = draft.values
        if self.correct or any(isinstance(values.get(name), date) for name in ("since", "until")):
            return None
        on = values.get("on")
        day = on if isinstance(on, date) and on <= self.today else self.on
        return day if _differs(old, dst, written) and (old.period.start or date.min) < day else None

    def _is_older(self, old: Tie, dst: str, written: Mapping[str, Any], draft: Draft) -> bool:
        """Tell, and note, whether a row's judgement is older than another one that is known: it doesn't put that back."""
        on, last = draft.values.get("on"), old.evidence.on or old.period.start
        if self.correct or not isinstance(on, date) or isinstance(draft.values.get("since"), date):
            return False
        if last is None or on >= last or not _differs(old, dst, written):
            return False
        self.note(
            f"{draft.place.source}：判断日期 {on} 早于已知的 {last}，未采用",
            f"{draft.place.source}: judged on {on}, before what is known of {last}: not taken",
        )
        return True

    def _version(self, versions: list[T], since: date | None, until: date | None) -> T | None:
        """Return the version that a row corrects, or None if it says something new."""
        if since is not None:
            return next((t for t in versions if t.period.start == since), None)
        if until is not None and (ended := [t for t in versions if t.period.end == until]):
            return ended[-1]
        current = [t for t in versions if t.period.end is None or t.period.end > self.today]
        return current[-1] if current else None

    def _start(
        self,
        cls: type[T],
        src: str,
        dst: str,
        versions: list[T],
        since: date | None,
        written: Mapping[str, Any],
        ground: Evidence,
        draft: Draft,
    ) -> T:
        start = (
            since
            if since is not None
            else max((t.period.end for t in versions if t.period.end), default=None)
        )
        fields = {k: v for k, v in written.items() if v is not CLEAR}
        end = self._until(draft)
        if start is not None:
            for version in versions:
                begun = version.period.start or date.min
                if begun < start and (version.period.end is None or version.period.end > start):
                    plain = {k: getattr(version, k) for k in fields}
                    if (
                        cls is not Stands
                        and version.period.start is None
                        and plain == fields
                        and version.dst == dst
                    ):
                        # The same fact, whose beginning is now known: nothing changed on that day.
                        return replace(
                            version, period=Period(start, end or version.period.end), evidence=ground
                        )
                    fields = {**self._carried(version, written), **fields}
                    self.put(replace(version, period=Period(version.period.start, start)), draft.place)
            later = [t.period.start for t in versions if t.period.start and t.period.start > start]
            if later and (end is None or end > min(later)):
                end = min(later)
        return cls(id=self.new_id(), src=src, dst=dst, period=Period(start, end), evidence=ground, **fields)

    @staticmethod
    def _carried(version: Tie, written: Mapping[str, Any]) -> dict[str, Any]:
        """Carry over what a change leaves unsaid; a judgement starts afresh."""
        if isinstance(version, Stands):
            return {"deal": version.deal}
        shared = {"id", "src", "dst", "period", "evidence"}
        return {
            f.name: getattr(version, f.name)
            for f in dataclasses.fields(version)
            if f.name not in shared and f.name not in written
        }

    def _correct(self, old: T, dst: str, written: Mapping[str, Any], ground: Evidence, draft: Draft) -> T:
        defaults = _defaults(type(old))
        fields = {k: defaults[k] if v is CLEAR else v for k, v in written.items()}
        end = self._until(draft)
        if draft.values.get("until") is None:
            end = old.period.end
        start = old.period.start
        if draft.values.get("since") is CLEAR:
            start = None
        return replace(old, dst=dst, period=Period(start, end), evidence=ground, **fields)

    @staticmethod
    def _until(draft: Draft) -> date | None:
        until = draft.values.get("until")
        return until if isinstance(until, date) else None

    @staticmethod
    def evidence(old: Tie | Assessment | Goal | Action | Voice | None, draft: Draft) -> Evidence:
        """Return how a row says that something is known, over how it was known."""
        base = old.evidence if old is not None else _ground(_source(draft.place))
        written = {part: draft.values[part] for part in EVIDENCE if part in draft.values}
        if note := draft.values.get("attitude_note"):
            written.setdefault("note", note)
        if not written:
            return base
        defaults = _defaults(Evidence)
        return replace(base, **{k: defaults[k] if v is CLEAR else v for k, v in written.items()})


def _differs(old: Tie, dst: str, written: Mapping[str, Any]) -> bool:
    """Tell whether a row says something else of what may change in the world; what wasn't known is only filled in."""
    known = [(getattr(old, name), written[name]) for name in changing(old.KIND) if name in written]
    return old.dst != dst or any(
        was not in (None, "", ()) and said not in (was, CLEAR) for was, said in known
    )


_DEFAULTS: dict[type, dict[str, Any]] = {}


def _defaults(cls: type) -> dict[str, Any]:
    if cls not in _DEFAULTS:
        _DEFAULTS[cls] = {f.name: f.default for f in dataclasses.fields(cls)}
    return _DEFAULTS[cls]


@lru_cache(maxsize=1024)
def _ground(source: str) -> Evidence:
    return Evidence(source=source)


def _source(place: Place) -> str:
    """Say where a fact was read. Without the row: sorting a file must not change what is known."""
    return f"{place.file} · {place.sheet}" if place.sheet else place.file
