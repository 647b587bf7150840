"""A desk to import at: sheets as lists in, plans and a state without ids out."""

from __future__ import annotations

import copy
import csv
import json
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from powermap.intake import Plan, make_plan
from powermap.method import load_pack
from powermap.model import Record, Snapshot, record_to_props
from powermap.sources import read_files
from powermap.stores import open_store

PACK = load_pack()
TODAY = date(2026, 9, 30)
Sheet = list[list[str]]
Sheets = dict[str, Sheet]

ACCOUNT: Sheets = {
    "organizations": [
        ["Name", "Type", "Us", "Grade", "Part of", "Id"],
        ["Starlight", "customer", "", "A", "", "o1"],
        ["Starlight Plant", "unit", "", "", "Starlight", "o2"],
        ["Ourselves", "supplier", "yes", "", "", "o3"],
        ["Borealis", "supplier", "", "", "", "o4"],
    ],
    "people": [
        ["Name", "Company", "Title", "Department", "Level", "Boss", "Power", "Since", "Email", "External", "Id"],
        ["Gao Yuan", "Starlight", "CEO", "Board", "1", "", "9", "2024-01-01", "gao@starlight.example", "", ""],
        ["Lin Xiao", "Starlight", "Head of Procurement", "Procurement", "2", "Gao Yuan", "7", "", "", "", ""],
        ["Zhou Ming", "Starlight", "CTO", "Technology", "2", "Gao Yuan", "", "", "", "", "E3"],
        ["Fang Lei", "Starlight", "Engineer", "Technology", "4", "Zhou Ming", "", "2025-05-01", "", "", ""],
        ["Old Friend", "Starlight", "Adviser", "", "", "", "", "", "", "yes", ""],
        ["Ann Our", "Ourselves", "Account manager", "", "", "", "", "", "", "", ""],
        ["Bob Our", "Ourselves", "Engineer", "", "", "Ann Our", "", "", "", "", ""],
        ["Cat Borealis", "Borealis", "Sales", "", "", "", "", "", "", "", ""],
    ],
    "ties": [
        ["Company", "From", "Kind", "To", "Strength", "Channel", "Duty", "Since", "Until", "Status", "Confidence", "Level"],
        ["Starlight", "Fang Lei", "sways", "Zhou Ming", "0.8", "advice", "", "2026-01-01", "", "observed", "0.9", ""],
        ["Starlight", "Gao Yuan", "listens to", "Lin Xiao", "60%", "", "", "", "", "assumed", "", ""],
        ["Starlight", "Zhou Ming", "conflicts with", "Lin Xiao", "", "", "", "", "", "", "", ""],
        ["Starlight", "Ann Our", "covers", "Lin Xiao", "0.9", "", "owner", "2025-01-01", "2026-01-01", "", "", ""],
        ["Starlight", "Bob Our", "covers", "Fang Lei", "0.5", "", "deputy", "", "", "", "", ""],
        ["Starlight", "Cat Borealis", "covers", "Zhou Ming", "0.7", "", "", "", "", "", "", ""],
        ["Starlight", "Gao Yuan", "member of", "Golf club", "", "", "", "", "", "", "", ""],
        ["Starlight", "Zhou Ming", "member of", "Golf club", "", "", "", "", "", "", "", ""],
        ["", "Ourselves", "relates", "Starlight", "", "", "", "", "", "", "", "3"],
    ],
    "stances": [
        ["Company", "Person", "Supplier", "Attitude", "Deal", "Since", "Author", "Confidence", "Guidance"],
        ["Starlight", "Gao Yuan", "Ourselves", "1", "", "2026-02-01", "Ann Our", "0.8", ""],
        ["Starlight", "Lin Xiao", "Ourselves", "supports", "", "", "", "", "2"],
        ["Starlight", "Zhou Ming", "Borealis", "+2", "Line 3", "2026-03-01", "", "", ""],
        ["Starlight", "Zhou Ming", "Ourselves", "?", "", "", "", "", ""],
    ],
    "deals": [
        ["Name", "Company", "Horizon", "Value", "Currency", "Rule", "Close date", "Outcome", "Won by", "Id"],
        ["Line 3", "Starlight", "short", "400万", "CNY", "CEO and not opposed(CTO)", "2026-12-31", "", "", "d1"],
        ["Line 2", "Starlight", "mid", "1,200,000", "CNY", "", "2025-06-30", "lost", "Borealis", "d2"],
    ],
    "committee": [
        ["Company", "Deal", "Person", "Roles", "Votes", "Veto"],
        ["Starlight", "Line 3", "Gao Yuan", "decider; approver", "2", "yes"],
        ["Starlight", "Line 3", "Zhou Ming", "evaluator", "1", "no"],
    ],
    "interactions": [
        ["Company", "Date", "Channel", "Ours", "Theirs", "Purpose"],
        ["Starlight", "2026-05-04", "visit", "Ann Our; Bob Our", "Lin Xiao; Zhou Ming", "kick-off"],
        ["Starlight", "2026-06-04", "call", "Ann Our", "Gao Yuan", "prices"],
    ],
    "figures": [
        ["Company", "Measure", "Date", "Value", "Currency", "Category", "Supplier"],
        ["Starlight", "revenue", "2025", "3000000", "CNY", "", ""],
        ["Starlight", "wallet", "2025", "900万", "CNY", "pumps", ""],
        ["Starlight", "revenue", "2025", "5000000", "CNY", "", "Borealis"],
    ],
}  # fmt: skip


def account() -> Sheets:
    """Return a fresh copy of a whole account without a fault."""
    return copy.deepcopy(ACCOUNT)


def table(text: str) -> Sheet:
    """Read a sheet written as lines of cells parted by |."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


class Desk:
    """A new store in a folder, and a counter that makes its ids."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.numbers = count()
        self.store = open_store(str(folder / "desk.db"))

    def new_id(self) -> str:
        return f"id{next(self.numbers):06}"

    def plan(self, sheets: Mapping[str, Sheet], *, today: date = TODAY, **options: Any) -> Plan:
        """Plan the import of sheets, each a CSV file of its name."""
        files = []
        for name, rows in sheets.items():
            path = self.folder / f"{name}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)
            files.append(path)
        return self.plan_files(files, today=today, **options)

    def plan_files(self, files: Iterable[Path], *, today: date = TODAY, **options: Any) -> Plan:
        reading = read_files(files, PACK)
        return make_plan(reading, self.store.read(), PACK, today=today, new_id=self.new_id, **options)

    def bring(self, sheets: Mapping[str, Sheet], **options: Any) -> Plan:
        """Import sheets without a fault."""
        plan = self.plan(sheets, **options)
        assert [(p.where(), p.code, p.reason) for p in plan.problems] == []
        if plan.changes:
            self.store.apply(plan.batch(id=self.new_id()))
        return plan

    @property
    def snapshot(self) -> Snapshot:
        return self.store.read()

    def state(self, *, source: bool = True) -> list[str]:
        """Return every record as text with names in place of ids, sorted."""
        return state(self.snapshot, source=source)


def state(snapshot: Snapshot, *, source: bool = True) -> list[str]:
    """Write every record of a snapshot with names in place of ids, so that two stores can be compared."""
    names = {r.id: _name(r) for r in snapshot}

    def named(value: Any) -> Any:
        if isinstance(value, list):
            return sorted(named(v) for v in value)
        return names.get(value, value) if isinstance(value, str) else value

    lines = []
    for record in snapshot:
        props = {k: named(v) for k, v in record_to_props(record).items() if k != "id"}
        props.pop("keys", None)
        if not source:
            props.pop("ev_source", None)
        lines.append(f"{record.KIND} {json.dumps(props, ensure_ascii=False, sort_keys=True)}")
    return sorted(lines)


def _name(record: Record) -> str:
    return str(getattr(record, "name", "") or getattr(record, "on", "") or record.KIND)
