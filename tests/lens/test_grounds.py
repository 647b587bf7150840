"""What an attitude rests on: the sum of six cells, its cap, its window, and the fact that proves it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powermap.lens import Lens, look
from powermap.method import load_pack
from powermap.method.attitude import AttitudeRule
from powermap.model import Assessment, Evidence, Organization, Person, Snapshot, Stands, WorksAt
from powermap.model.ties import DIMENSIONS

PACK = load_pack()
RULE = AttitudeRule.of(PACK)
TODAY = date(2026, 9, 30)
Cells = dict[str, int]


def lens(*records: Any) -> Lens:
    base = [
        Organization("acme", name="Acme"),
        Organization("we", name="Ourselves", type="supplier", us=True),
        Organization("rival", name="Rival", type="supplier"),
        Person("p", name="Ada"),
        WorksAt("w", "p", "acme"),
        Stands("r", "p", "rival", attitude=None),
    ]
    return look(Snapshot.of([*base, *records]), "acme", as_of=TODAY, pack=PACK)


def cells(values: Cells, *, days: int = 10, supplier: str = "") -> list[Assessment]:
    on = TODAY - timedelta(days=days)
    return [
        Assessment(
            f"{supplier}{k}", (), "acme", "p", k, supplier, float(v), on=on, evidence=Evidence(author="Wen")
        )
        for k, v in values.items()
    ]


FACT = Assessment("fact", (), "acme", "p", "fact_project", score=1.0, words="voted for us", on=TODAY)


@pytest.mark.parametrize(
    ("given_", "total", "counted"),
    [
        ({"support": 1, "guidance": 1}, None, None),
        ({"support": 1, "guidance": 0, "acceptance": -1}, 0, 0),
        ({"support": 2, "guidance": 1, "acceptance": 1, "information": 2}, 1, 1),
        # The lower of the two in the middle.
        ({"support": -2, "guidance": -1, "acceptance": 0, "information": 1}, -1, -1),
        # Without a word on rivals nothing above 1.
        ({"support": 3, "guidance": 3, "acceptance": 3}, 1, 1),
        ({"support": 3, "guidance": 3, "acceptance": 3, "rivalry": -2}, 1, 1),
        # Of supporters without a key event only 1 counts.
        ({"support": 3, "guidance": 3, "acceptance": 3, "rivalry": 2}, 2, 1),
    ],
)
def test_six_cells_make_one_attitude(given_: Cells, total: int | None, counted: int | None) -> None:
    seen = lens(*cells(given_))
    assert (seen.grounds("p").total, seen.attitude("p")) == (total, counted)


def test_a_key_event_proves_a_supporter() -> None:
    strong = cells({"support": 3, "guidance": 3, "acceptance": 3, "rivalry": 3})
    assert lens(*strong).grounds("p").unproven and lens(*strong).attitude("p") == 1
    assert lens(*strong, FACT).attitude("p") == 3 and not lens(*strong, FACT).grounds("p").unproven


def test_a_typed_total_counts_as_typed_and_is_marked() -> None:
    typed = Stands("s", "p", "we", attitude=2)
    seen = lens(typed, *cells({"support": 0, "guidance": 0, "acceptance": 1}))
    found = seen.grounds("p")
    assert seen.attitude("p") == 2 and found.unproven and found.contradicts and found.total == 0
    assert not lens(typed, FACT).grounds("p").unproven


def test_a_rivals_supporter_counts_in_full() -> None:
    strong = cells({"support": 3, "guidance": 3, "acceptance": 3, "rivalry": 3}, supplier="rival")
    assert lens(*strong).attitude("p", "rival") == 3


def test_only_the_last_year_counts() -> None:
    judged = {"support": 1, "guidance": 1, "acceptance": 1}
    assert lens(*cells(judged, days=RULE.window - 1)).attitude("p") == 1
    old = lens(*cells(judged, days=RULE.window)).grounds("p")
    assert old.total is None and set(old.stale) == set(judged)


def test_the_columns_of_the_attitude_sheet_are_cells_too() -> None:
    found = lens(Stands("s", "p", "we", support=1, guidance=2, rivalry=0)).grounds("p")
    assert found.typed is None and found.total == 1 and found.cells["guidance"].record == "s"


@given(st.dictionaries(st.sampled_from(DIMENSIONS), st.sampled_from((-2, -1, 0, 1, 2, 3))))
def test_the_total_is_one_of_the_cells_or_the_cap(given_: Cells) -> None:
    total = RULE.total(given_)
    assert (total is None) == (len(given_) < RULE.least)
    if total is not None:
        cap = max(RULE.cap_least, given_.get(RULE.cap, RULE.cap_least))
        assert total in (*given_.values(), cap) and total <= cap
        worse = {**given_, min(given_, key=lambda k: given_[k]): -2}
        assert (RULE.total(worse) or 0) <= total
