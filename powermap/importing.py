"""Bring files into a store: as columns where they are big and plain, else row by row; a workbook that comes back is laid
over what others changed meanwhile.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from powermap.errors import MovedError
from powermap.identity.contacts import addresses, is_shared
from powermap.intake import Plan, make_plan
from powermap.intake.rebase import Rebase, Take
from powermap.kernels.gc_pause import uncollected
from powermap.method import Pack
from powermap.model import Batch, Deal, Person, Problem, Receipt, Snapshot, TakesPart, record_from_props
from powermap.sources import mappings, read_files
from powermap.sources.folders import called
from powermap.sources.formats.known import Known
from powermap.sources.mappings import Meaning
from powermap.sources.origin import Origin, origin_of
from powermap.stores.base import Store
from powermap.stores.settling import settle
from powermap.words import Words

BULK = 2_000_000
"""Bytes of files from which on an import tries to take them as columns."""
Progress = Callable[[int, int], None]
P = TypeVar("P", bound=Plan)


def random_id() -> str:
    """Make an id: random, so that it says nothing about whom it stands for."""
    return secrets.token_hex(8)


@dataclass(frozen=True)
class Imported:
    """What an import did: its plan, and the receipt if something was written."""

    plan: Plan
    receipt: Receipt | None
    conflicts: tuple[Problem, ...] = ()
    """What a workbook and the store changed differently since it was exported; then nothing is written."""


@dataclass(frozen=True, kw_only=True)
class How:
    """How files are brought in: see :meth:`powermap.workspace.Workspace.import_`."""

    today: date
    account: str | None = None
    us: str | None = None
    dry_run: bool = False
    skip_faulty: bool = False
    encoding: str | None = None
    meaning: Meaning | None = None
    on: date | None = None
    correct: bool = False
    take: Take | None = None
    new_id: Callable[[], str] | None = None


@dataclass(frozen=True)
class Importing:
    """An import into a store."""

    store: Store
    pack: Pack
    actor: str
    how: How

    def bring(self, paths: list[Path], progress: Progress | None) -> Imported:
        """Check files against the store and write what is new, all or nothing."""
        how, title = self.how, "import " + ", ".join(sorted({called(path) for path in paths}))
        kept = mappings.load()
        with uncollected():
            if not (how.dry_run or how.new_id or how.encoding or how.meaning):
                # Where somebody else was first, the store is no longer empty, and all goes row by row.
                with suppress(MovedError):
                    found = self._in_bulk(paths, title, kept, progress)
                    if found is not None:
                        return found
            titles: list[tuple[str, ...]] = []

            def plan(now: Snapshot) -> tuple[Imported, Batch | None]:
                made, heads = self._plan(paths, now, kept, progress)
                titles[:] = heads
                writable = made.plan.changes and (how.skip_faulty or not made.plan.problems)
                if how.dry_run or not writable or made.conflicts:
                    return made, None
                ident = (how.new_id or random_id)()
                return made, made.plan.batch(id=ident, actor=self.actor, title=title)

            made, receipt = settle(self.store, plan, self.pack)
            if receipt is not None and how.meaning:
                for heads in titles:
                    mappings.keep(heads, how.meaning)
            return replace(made, receipt=receipt)

    def _plan(
        self, paths: list[Path], now: Snapshot, kept: dict[str, mappings.Kept], progress: Progress | None
    ) -> tuple[Imported, list[tuple[str, ...]]]:
        """Read the files and plan what they make of a state of the store; also return their headers."""
        how = self.how
        reading = read_files(
            paths,
            self.pack,
            encoding=how.encoding,
            meaning=how.meaning,
            kept=kept,
            known=Known(lambda: now),
        )
        base = self._base(paths, now)
        plan = make_plan(
            reading,
            base or now,
            self.pack,
            account=how.account,
            us=how.us,
            on=how.on,
            correct=how.correct,
            today=how.today,
            new_id=how.new_id or random_id,
            progress=progress,
        )
        plan = _told_twice(plan, now)
        plan = self._unread(plan, base or now)
        if base is None:
            return Imported(plan, None), list(reading.titles)
        laid = Rebase(plan.changes, base, now, self.pack, how.take)
        plan = replace(plan, changes=tuple(laid.changes))
        return Imported(plan, None, tuple(laid.conflicts)), list(reading.titles)

    def _unread(self, plan: P, known: Snapshot) -> P:
        """Note which decision rules nobody can use as they stand."""
        if not any(c.kind in (Deal.KIND, TakesPart.KIND) for c in plan.changes):
            return plan
        from powermap.analysis.unread_rules import unread_rules

        notes = unread_rules(plan.changes, known, self.pack, self.how.on or self.how.today)
        return replace(plan, noted={**notes, **plan.noted})

    def _base(self, paths: list[Path], now: Snapshot) -> Snapshot | None:
        """Return the state that a workbook was exported from, if it is one of this store and others changed it since."""
        mine = origin(self.store)
        its = origin_of(paths[0]) if len(paths) == 1 and paths[0].is_file() else None
        if its is None or mine is None or its.store != mine.store or its.seq >= mine.seq:
            return None
        records = dict(now.records)
        for logged in reversed([entry for entry in self.store.log() if entry.seq > its.seq]):
            change = logged.change
            if change.before is None:
                records.pop(change.id, None)
            else:
                records[change.id] = record_from_props(change.kind, change.before)
        return Snapshot.of(records.values())

    def _in_bulk(
        self, paths: list[Path], title: str, kept: dict[str, mappings.Kept], progress: Progress | None
    ) -> Imported | None:
        """Import big plain sheets into an empty store; None if they must be taken row by row."""
        if self.store.last_change():
            return None
        from powermap.intake.bulk import plan_in_bulk
        from powermap.sources.plain import read_columns

        tables = read_columns(paths, self.pack, least=BULK, kept=kept)
        if tables is None:
            return None
        how = self.how
        plan = plan_in_bulk(
            tables, self.pack, today=how.today, new_id=random_id, account=how.account, us=how.us
        )
        if plan is None:
            return None
        if any(t.sheet == "deals" and "rule" in t.columns for t in tables):
            plan = self._unread(plan, Snapshot.of([]))
        bulk = plan.bulk(id=random_id(), after=0, actor=self.actor, title=title)
        return Imported(plan, self.store.load(bulk, progress))


_FEW = 3
"""People of one address up to which it may be one person's."""


def _told_twice(plan: Plan, known: Snapshot) -> Plan:
    """Note who of the people in a plan has the work e-mail of somebody whom the store knows: nobody is merged."""
    made = [record_from_props(c.kind, c.after) for c in plan.changes if c.kind == Person.KIND and c.after]
    people = {record.id: record for record in (*known.all(Person), *made) if isinstance(record, Person)}
    by_mail: dict[str, set[str]] = defaultdict(set)
    for person in people.values():
        for mail in addresses(person.email):
            if not is_shared(mail):
                by_mail[mail].add(person.id)
    new = {record.id for record in made} - known.records.keys()
    notes = {
        Words(
            f"邮箱 {mail} 属于 {'、'.join(names)}：是同一人吗？`powermap duplicates` 列出理由",
            f"{mail} is the address of {' and '.join(names)}: one person? `powermap duplicates` gives the reasons",
        ): ("",)
        for mail, ids in by_mail.items()
        if 1 < len(ids) <= _FEW and not new.isdisjoint(ids) and not new.issuperset(ids)
        for names in [sorted(people[ident].name for ident in ids)]
    }
    return replace(plan, noted={**plan.noted, **notes}) if notes else plan


def origin(store: Store) -> Origin | None:
    """Return what an export of now is made from; None of an empty store."""
    receipts = store.receipts()
    return Origin(receipts[-1].batch, store.last_change()) if receipts else None
