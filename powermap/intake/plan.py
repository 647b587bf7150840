"""The plan: what an import would create, update and leave as it is, and every problem in the way."""

from __future__ import annotations

from collections import Counter, defaultdict
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
from powermap.method.sensitive import notes_of, sensitive
from powermap.method.telling import difference, title, titles
from powermap.model import (
    BY_HAND,
    Batch,
    Change,
    Problem,
    Record,
    Snapshot,
    Tie,
    named,
    record_to_props,
    sourced,
)
from powermap.model.draft import CLEAR, LeftOut, Reading
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
    nameless: tuple[Record, ...]
    """Goals, actions and other things without a name to which the changes refer."""
    pack: Pack
    same: int
    heard: Mapping[str, int]
    """How many records of each kind the files speak of, those included that are known already."""
    left_out: tuple[LeftOut, ...]

    def summary(self, lang: str) -> str:
        """Say in one line what came of the files and what was not taken, for somebody who has them at hand."""
        return summary(self.heard, self.left_out)[lang]

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
        names = {**self.names, **titles(self.pack, self.nameless, self.names, lang)}
        return [
            (
                ACTIONS["create" if c.before is None else "update"][lang],
                self.pack.kind(c.kind)[lang],
                self._what(c, lang),
                difference(self.pack, c.before, c.after, names, lang, c.kind),
                sourced(c.source)[lang],
            )
            for c in self.changes
        ]

    def _what(self, change: Change, lang: str = "en") -> str:
        props = change.after or {}
        if "src" in props:
            return f"{self.names.get(props['src'], '?')} → {self.names.get(props['dst'], '?')}"
        return title(self.pack, change.kind, props, self.names, lang)

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
            "heard": dict(self.heard),
            "left_out": [{"what": o.what._asdict(), "count": o.count, "where": o.where} for o in self.left_out],
        }  # fmt: skip


_COUNTED: tuple[tuple[tuple[str, ...], Words, Words, bool], ...] = (
    (("Person",), Words("人", "person"), Words("人", "people"), True),
    (("REPORTS_TO",), Words("条上下级", "line"), Words("条上下级", "lines"), True),
    (("STANDS",), Words("个态度", "attitude"), Words("个态度", "attitudes"), True),
    (("INFLUENCES", "COVERS", "RELATES"), Words("条关系", "tie"), Words("条关系", "ties"), True),
    (("TAKES_PART",), Words("个角色", "role"), Words("个角色", "roles"), False),
    (("Deal",), Words("个项目", "deal"), Words("个项目", "deals"), False),
    (("Interaction",), Words("次往来", "interaction"), Words("次往来", "interactions"), False),
    (("Figure",), Words("个数字", "figure"), Words("个数字", "figures"), False),
    (("Assessment",), Words("条评估", "assessment"), Words("条评估", "assessments"), False),
    (("Goal",), Words("个目标", "goal"), Words("个目标", "goals"), False),
    (("Action",), Words("项行动", "action"), Words("项行动", "actions"), False),
    (("Voice",), Words("条客户声音", "voice"), Words("条客户声音", "voices"), False),
)
"""Kinds of record, what one and what many of them are called, and whether none is worth a word."""


def summary(heard: Mapping[str, int], left_out: Iterable[LeftOut]) -> Words:
    """Say what files hold by kind, and what of them was left out."""
    zh, en = [], []
    for kinds, one, many, always in _COUNTED:
        count = sum(heard.get(kind, 0) for kind in kinds)
        if count or always:
            zh.append(f"{count:,} {many.zh}")
            en.append(f"{count:,} {(one if count == 1 else many).en}")
    said_zh, said_en = "、".join(zh), ", ".join(en)
    missed: dict[Words, int] = Counter()
    for out in left_out:
        missed[out.what] += out.count
    if missed:
        said_zh += "；未导入：" + "、".join(f"{what.zh}（{n:,}）" for what, n in missed.items())
        said_en += "; not taken: " + ", ".join(f"{what.en} ({n:,})" for what, n in missed.items())
    return Words(said_zh, said_en)


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
    on: date | None = None,
    correct: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Plan:
    """Compare what files say with what is known.

    Parameters
    ----------
    account
        Name of the company of rows that name none.
    us
        Name of our own company, if no supplier is marked as us.
    on
        The day as of which what is different from what is known has changed; default: `today`.
    correct
        Whether what is different corrects what is known, and changed on no day.
    today
        Facts that ended before this day are history, and are not corrected by a row without a date.
    progress
        Told how many rows are taken, and of how many.
    """
    ledger = Ledger(snapshot, today, new_id, on=on, correct=correct)
    # Rows with a fault are taken too, after the others, so that whatever else is wrong shows in the same pass.
    sheets = Sheets(Context(ledger, pack, account, us))
    sheets.take((*reading.drafts, *reading.faulty), progress)
    if us and reading.drafts:
        sheets.organizations.name_us(us, reading.drafts[0].place)
    check(ledger, pack)
    problems = (*reading.problems, *ledger.problems)
    changes = []
    bad: set[tuple[str, str, int | None]] = {
        (p.file, p.sheet, p.row) for p in problems if p.row is not None and not p.cell
    }
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
    told = (value for c in changes for p in (c.before, c.after) if p for value in p.values())
    nameless = {
        v: ledger.records[v] for v in told if isinstance(v, str) and v in ledger.records and v not in names
    }
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
    heard = Counter(ledger.records[i].KIND for i in ledger.seen)
    notes |= _no_lines(reading, heard)
    notes |= _warnings(changes, pack)
    return Plan(
        tuple(changes),
        tuple(ordered),
        notes,
        names,
        tuple(nameless.values()),
        pack,
        len(ledger.seen - touched),
        heard,
        reading.left_out,
    )


def _no_lines(reading: Reading, heard: Mapping[str, int]) -> dict[Words, Collection[str]]:
    """Warn where files have a column of bosses, and no line came of it."""
    rows = [d for d in (*reading.drafts, *reading.faulty) if d.values.get("boss") not in (None, CLEAR)]
    titles = {d.place.headers["boss"] for d in rows if "boss" in d.place.headers}
    if not titles or heard.get("REPORTS_TO") or heard.get("Person", 0) < 2:
        return {}
    named = "、".join(sorted(titles)), ", ".join(sorted(titles))
    said = Words(
        f"有“{named[0]}”列，却没有读出一条上下级：请看看这一列",
        f"there is a column {named[1]!r}, but not one reporting line came of it: look at that column",
    )
    return {said: ("",)}


def _warnings(changes: Iterable[Change], pack: Pack) -> dict[Words, Collection[str]]:
    """Warn of new notes that tell of what no note about a person should hold."""
    found: dict[Words, dict[str, None]] = defaultdict(dict)
    for change in changes:
        before, after = change.before or {}, change.after or {}
        for field in notes_of(change.kind) & after.keys():
            for hit in sensitive(str(after[field]), pack) if before.get(field) != after[field] else ():
                found[hit.told][placed(hit.word, change.source)] = None
    return {told: list(places) for told, places in found.items()}


def placed(word: str, source: str) -> str:
    """Say where a word stands; what somebody has just typed stands before them."""
    return word if source.startswith(BY_HAND) else f"{source} {word}"


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
