"""A whole account: imported, imported again, changed by one cell, shuffled."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from desk import Desk, account, state


def test_a_whole_account_without_a_fault(desk: Desk) -> None:
    plan = desk.bring(account())
    assert {en for _, en in plan.notes} == {"new circle: Golf club"}
    assert plan.counts["update"] == 0 and plan.counts["create"] == len(desk.snapshot)


def test_importing_twice_changes_nothing(desk: Desk) -> None:
    first = desk.bring(account())
    before = desk.snapshot
    second = desk.plan(account())
    assert second.changes == () and second.problems == ()
    # The golf club is only named by its members' rows.
    assert second.counts == {"create": 0, "update": 0, "same": first.counts["create"] - 1, "problem": 0}
    assert desk.snapshot == before


@pytest.mark.parametrize("seed", range(6))
def test_shuffled_rows_and_columns_give_the_same_state(desk: Desk, tmp_path: Path, seed: int) -> None:
    desk.bring(account())
    rng = random.Random(seed)
    sheets = {}
    for name, rows in rng.sample(list(account().items()), 8):
        order = rng.sample(range(len(rows[0])), len(rows[0]))
        body = rng.sample(rows[1:], len(rows) - 1)
        sheets[name] = [[row[i] for i in order] for row in [rows[0], *body]]
    (tmp_path / "other").mkdir()
    other = Desk(tmp_path / "other")
    try:
        other.bring(sheets)
        assert other.state() == desk.state()
        assert desk.plan(sheets).changes == ()
    finally:
        other.store.close()


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "kind", "field", "after"),
    [
        ("organizations", 1, "Grade", "B", "Organization", "grade", "B"),
        ("people", 2, "Title", "Purchasing Director", "WORKS_AT", "title", "Purchasing Director"),
        ("people", 2, "Level", "3", "WORKS_AT", "level", 3),
        ("people", 2, "Power", "8", "Person", "power", 8.0),
        ("people", 1, "Email", "boss@starlight.example", "Person", "email", "boss@starlight.example"),
        ("ties", 1, "Strength", "0.4", "INFLUENCES", "strength", 0.4),
        ("ties", 1, "Status", "assumed", "INFLUENCES", "ev_status", "assumed"),
        ("ties", 1, "Channel", "friendship", "INFLUENCES", "channel", "friendship"),
        ("ties", 4, "Strength", "0.3", "COVERS", "strength", 0.3),
        ("ties", 5, "Duty", "owner", "COVERS", "duty", "owner"),
        ("ties", 9, "Level", "4", "RELATES", "level", 4),
        ("stances", 1, "Attitude", "-1", "STANDS", "attitude", -1),
        ("stances", 2, "Guidance", "1", "STANDS", "guidance", 1),
        ("stances", 4, "Attitude", "0", "STANDS", "attitude", 0),
        ("deals", 1, "Value", "500万", "Deal", "value", 5e6),
        ("committee", 2, "Votes", "3", "TAKES_PART", "votes", 3.0),
        ("interactions", 1, "Purpose", "start", "Interaction", "purpose", "start"),
        ("figures", 2, "Value", "800万", "Figure", "value", 8e6),
    ],
)  # fmt: skip
def test_one_changed_cell_changes_one_record(
    desk: Desk, sheet: str, row: int, column: str, value: str, kind: str, field: str, after: object
) -> None:
    """A correction without a new date: the same record says something else, and nothing else does."""
    desk.bring(account())
    before = len(desk.snapshot)
    sheets = account()
    if sheet == "interactions":
        for line, mark in zip(sheets[sheet], ("Id", "m1", "m2"), strict=True):
            line.append(mark)
        desk.bring(sheets)
    sheets[sheet][row][sheets[sheet][0].index(column)] = value
    plan = desk.bring(sheets, correct=True)
    assert [(c.kind, c.before is None) for c in plan.changes] == [(kind, False)]
    assert plan.changes[0].after is not None
    assert plan.changes[0].after.get(field) == after
    changed = {
        k
        for k in (plan.changes[0].before or {})
        if (plan.changes[0].before or {}).get(k) != plan.changes[0].after.get(k)
    }
    assert changed <= {field}
    assert len(desk.snapshot) == before


def test_plan_without_applying_writes_nothing(desk: Desk) -> None:
    plan = desk.plan(account())
    assert plan.changes and len(desk.snapshot) == 0
    assert state(desk.snapshot) == []
