"""The plan: what an import would create, update and leave as it is, and every problem in the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from powermap.intake.checks import check
from powermap.intake.context import Context
from powermap.intake.ledger import Ledger
from powermap.intake.sheets import Sheets
from powermap.method import Pack
from powermap.method.telling import difference
from powermap.model import Batch, Change, Problem, Record, Snapshot, Tie, named, record_to_props
from powermap.model.draft import Reading
from powermap.words import Words

FEW = 5
"""Names that stand in a line for many."""
ACTIONS = {"create": Words("新建", "create"), "update": Words("更新", "update")}


@dataclass(frozen=True)
class Plan:
    """What would happen. `changes` are in an order in which they can be applied: things before ties."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    noted: Mapping[Words, Collection[str]]
    """What the user may want to know, and whom it is about, or one empty name."""
    names: Mapping[str, str]
    pack: Pack
    same: int

    @cached_property
    def counts(self) -> dict[str, int]:
        """Number of records by action: create, update, same; and of problems."""
        found = Counter("create" if c.before is None else "update" for c in self.changes)
        return {
            "create": found["create"],
            "update": found["update"],
            "same": self.same,
            "problem": len(self.problems),
        }

    @property
    def notes(self) -> tuple[Words, ...]:
        """Everything the user may want to know, one by one."""
        return tuple(
            Words(f"{what.zh}“{name}”", f"{what.en}: {name}") if name else what
            for what, names in self.noted.items()
            for name in names
        )

    def brief(self, lang: str) -> list[str]:
        """Say the notes, what is true of many in one line that counts them."""
        return [_brief(what[lang], list(names), lang) for what, names in self.noted.items()]

    def batch(self, *, id: str, actor: str = "", title: str = "import") -> Batch:
        """Return the changes as a batch for a store."""
        return Batch(id, self.changes, actor, title)

    def table(self, lang: str) -> list[tuple[str, str, str, str, str]]:
        """Return (action, kind, what, change, from) for every change."""
        return [
            (
                ACTIONS["create" if c.before is None else "update"][lang],
                self.pack.kind(c.kind)[lang],
                self._what(c, lang),
                difference(self.pack, c.before, c.after, self.names, lang),
                c.source,
            )
            for c in self.changes
        ]

    def _what(self, change: Change, lang: str = "en") -> str:
        """Name what a change is about; a figure has no name, and is told by its measure and day."""
        props = change.after or {}
        if "src" in props:
            return f"{self.names.get(props['src'], '?')} → {self.names.get(props['dst'], '?')}"
        return str(
            props.get("name")
            or f"{self.pack.say('measure', props.get('measure', ''))[lang]} {props.get('on', '')}".strip()
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as JSON-able data (``powermap.plan/1``)."""
        return {
            "schema": "powermap.plan/1",
            "counts": self.counts,
            "changes": [{"action": "create" if c.before is None else "update", "kind": c.kind, "id": c.id, "what": self._what(c), "before": c.before, "after": c.after, "source": c.source} for c in self.changes],
            "problems": [
                {"file": p.file, "sheet": p.sheet, "row": p.row, "column": p.column, "value": p.value, "code": p.code,
                 "reason": {"zh": p.reason_zh or p.reason, "en": p.reason}, "suggestion": {"zh": p.suggestion_zh or p.suggestion, "en": p.suggestion}}
                for p in self.problems
            ],
            "notes": [{"zh": n.zh, "en": n.en} for n in self.notes],
        }  # fmt: skip


def noted(read: Iterable[tuple[str, str]], ledger: Ledger) -> dict[Words, Collection[str]]:
    """Return the notes of the files, and those of the ledger."""
    said = dict.fromkeys(read, ("",))
    return {Words(*note): names for note, names in (said | ledger.notes).items()}


def _brief(what: str, names: list[str], lang: str) -> str:
    if names == [""]:
        return what
    more = len(names) - FEW
    if lang == "zh":
        return f"{what}：{'、'.join(names[:FEW])}" + (f" 等 {len(names):,} 个" if more > 0 else "")
    return f"{what}: {', '.join(names[:FEW])}" + (f" and {more:,} more" if more > 0 else "")


def make_plan(
    reading: Reading,
    snapshot: Snapshot,
    pack: Pack,
    *,
    today: date,
    new_id: Callable[[], str],
    account: str | None = None,
    us: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Plan:
    """Compare what files say with what is known.

    Parameters
    ----------
    account
        Name of the company of rows that name none.
    us
        Name of our own company, if no supplier is marked as us.
    today
        Facts that ended before this day are history, and are not corrected by a row without a date.
    progress
        Told how many rows are taken, and of how many.
    """
    ledger = Ledger(snapshot, today, new_id)
    # Rows with a fault are taken too, after the others, so that whatever else is wrong shows in the same pass.
    sheets = Sheets(Context(ledger, account, us))
    sheets.take((*reading.drafts, *reading.faulty), progress)
    if us and reading.drafts:
        sheets.organizations.name_us(us, reading.drafts[0].place)
    check(ledger, pack)
    problems = (*reading.problems, *ledger.problems)
    changes = []
    bad: set[tuple[str, str, int | None]] = {(p.file, p.sheet, p.row) for p in problems if p.row is not None}
    left_out = _left_out(ledger, bad)
    for record_id in sorted(ledger.places, key=lambda i: isinstance(ledger.records[i], Tie)):
        if record_id in left_out:
            continue
        record, old = ledger.records[record_id], snapshot.records.get(record_id)
        if record != old:
            changes.append(
                Change(record.KIND, record.id, _props(old), _props(record), ledger.places[record_id].source)
            )
    touched = {c.id for c in changes}
    names = {r.id: str(name) for r in ledger.records.values() if (name := getattr(r, "name", ""))}
    notes = noted(reading.notes, ledger)
    waiting = {p.source for i in left_out if (p := ledger.places[i]) and (p.file, p.sheet, p.row) not in bad}
    notes |= dict.fromkeys(
        (
            Words(
                f"{source}：提到的行有问题，改好后这一条才成立",
                f"{source}: refers to a row that has a problem; this part will hold once that is mended",
            )
            for source in sorted(waiting)
        ),
        ("",),
    )
    order = {p: i for i, p in enumerate(dict.fromkeys((p.file, p.sheet) for p in problems))}
    ordered = sorted(problems, key=lambda p: (order[p.file, p.sheet], p.row or 0))
    return Plan(
        tuple(changes),
        tuple(ordered),
        notes,
        names,
        pack,
        len(ledger.seen - touched),
    )


def _left_out(ledger: Ledger, bad: set[tuple[str, str, int | None]]) -> set[str]:
    """Return the records that a bad row says, and those that can't be without them."""
    out = {
        i
        for i, place in ledger.places.items()
        if (place.file, place.sheet, place.row) in bad and i not in ledger.implied
    }
    gone = {i for i in out if i not in ledger.snapshot.records}
    while gone:
        more = {i for i in ledger.places if i not in out and not gone.isdisjoint(_names(ledger.records[i]))}
        out |= more
        gone = {i for i in more if i not in ledger.snapshot.records}
    return out


def _names(record: Record) -> set[str]:
    """Return the ids without which a record makes no sense."""
    return named(record.KIND, record_to_props(record))


def _props(record: Record | None) -> dict[str, Any] | None:
    return None if record is None else record_to_props(record)
