"""The record on closed deals takes each as it was known on the day before it closed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from powermap.analysis.calibration import Calibration
from powermap.model import (
    Batch,
    Change,
    Deal,
    Organization,
    Period,
    Person,
    Record,
    Stands,
    TakesPart,
    WorksAt,
    record_to_props,
)
from powermap.workspace import open_workspace

CLOSED = date(2026, 6, 30)


def record_of(path: Path, later: date | None, as_of: date) -> Calibration | None:
    """Write one lost deal, whose decider opposed us, and supports us from `later` on; judge it on a day."""
    records: list[Record] = [
        Organization("acc", name="Millrace", type="customer"),
        Organization("us", name="Ourselves", type="supplier", us=True),
        Person("one", name="Dora Finch"),
        WorksAt("w", src="one", dst="acc", level=1),
        Deal("deal", account="acc", name="Line 3", close_on=CLOSED, outcome="lost"),
        TakesPart("t", src="one", dst="deal", roles=("decider",)),
        Stands("s0", src="one", dst="us", attitude=-2, period=Period(None, later)),
    ]
    if later is not None:
        records.append(Stands("s1", src="one", dst="us", attitude=3, period=Period(later)))
    with open_workspace(path) as ws:
        ws.apply(Batch("b", tuple(Change(r.KIND, r.id, None, record_to_props(r)) for r in records)))
        return ws.calibration(as_of)


def test_what_is_learned_on_the_day_it_closes_was_not_known(tmp_path: Path) -> None:
    plain = record_of(tmp_path / "0.db", None, CLOSED)
    same = record_of(tmp_path / "1.db", CLOSED, CLOSED)
    before = record_of(tmp_path / "2.db", CLOSED - timedelta(days=1), CLOSED)
    assert plain is not None and same is not None and before is not None
    assert same.brier == plain.brier != before.brier


@pytest.mark.parametrize(("days", "known"), [(-1, False), (0, True)])
def test_a_deal_counts_from_the_day_it_closes(tmp_path: Path, days: int, known: bool) -> None:
    found = record_of(tmp_path / "s.db", None, CLOSED + timedelta(days=days))
    assert (found is not None) is known
