"""A correction overwrites; a new date is a change, and what was before is kept; `-` takes back."""

from __future__ import annotations

from datetime import date

import pytest
from desk import Desk, Sheets, account, table

from powermap.model import (
    Covers,
    Influences,
    Period,
    Person,
    ReportsTo,
    Snapshot,
    Stands,
    Tie,
    WorksAt,
)


def ties(snapshot: Snapshot, cls: type[Tie], who: str) -> list[Tie]:
    ids = {p.id for p in snapshot.all(Person) if p.name == who}
    return sorted((t for t in snapshot.all(cls) if t.src in ids), key=lambda t: t.period.start or date.min)


def stances(text: str) -> Sheets:
    return {"stances": table("Company | Person | Supplier | Attitude | Since | Until\n" + text)}


def test_correction_of_the_same_date(desk: Desk) -> None:
    desk.bring(account())
    desk.bring(stances("Starlight | Gao Yuan | Ourselves | 2 | 2026-02-01 |"))
    assert [(t.period, t.attitude) for t in ties(desk.snapshot, Stands, "Gao Yuan")] == [  # type: ignore[attr-defined]
        (Period(date(2026, 2, 1)), 2)
    ]


def test_a_new_date_is_a_change(desk: Desk) -> None:
    """What held before ends on the day the new holds; nothing is lost."""
    desk.bring(account())
    plan = desk.bring(stances("Starlight | Gao Yuan | Ourselves | -1 | 2026-08-01 |"))
    assert plan.counts["create"] == 1 and plan.counts["update"] == 1
    assert [(t.period, t.attitude) for t in ties(desk.snapshot, Stands, "Gao Yuan")] == [  # type: ignore[attr-defined]
        (Period(date(2026, 2, 1), date(2026, 8, 1)), 1),
        (Period(date(2026, 8, 1)), -1),
    ]
    assert desk.plan(stances("Starlight | Gao Yuan | Ourselves | -1 | 2026-08-01 |")).changes == ()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_history_in_any_order(desk: Desk, order: tuple[int, ...]) -> None:
    """Three judgements give one history, whether the oldest or the newest row comes first."""
    desk.bring(account())
    rows = [
        "Starlight | Fang Lei | Ourselves | -1 | 2026-01-01 |",
        "Starlight | Fang Lei | Ourselves | 0 | 2026-03-01 |",
        "Starlight | Fang Lei | Ourselves | 1 | 2026-05-01 |",
    ]
    desk.bring(stances("\n".join(rows[i] for i in order)))
    assert [(t.period.start, t.period.end, t.attitude) for t in ties(desk.snapshot, Stands, "Fang Lei")] == [  # type: ignore[attr-defined]
        (date(2026, 1, 1), date(2026, 3, 1), -1),
        (date(2026, 3, 1), date(2026, 5, 1), 0),
        (date(2026, 5, 1), None, 1),
    ]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_a_history_one_import_after_the_other(desk: Desk, order: tuple[int, ...]) -> None:
    desk.bring(account())
    rows = [
        "Starlight | Fang Lei | Ourselves | -1 | 2026-01-01 |",
        "Starlight | Fang Lei | Ourselves | 0 | 2026-03-01 |",
        "Starlight | Fang Lei | Ourselves | 1 | 2026-05-01 |",
    ]
    for i in order:
        desk.bring(stances(rows[i]))
    assert [(t.period.start, t.period.end, t.attitude) for t in ties(desk.snapshot, Stands, "Fang Lei")] == [  # type: ignore[attr-defined]
        (date(2026, 1, 1), date(2026, 3, 1), -1),
        (date(2026, 3, 1), date(2026, 5, 1), 0),
        (date(2026, 5, 1), None, 1),
    ]


def test_a_promotion(desk: Desk) -> None:
    """A new title from a day on: two jobs one after the other, and unsaid cells are carried over."""
    desk.bring(account())
    desk.bring(
        {
            "people": table(
                "Name | Company | Title | Since\nFang Lei | Starlight | Chief Engineer | 2026-07-01"
            )
        }
    )
    found = ties(desk.snapshot, WorksAt, "Fang Lei")
    assert [(t.title, t.unit, t.level, t.period) for t in found] == [  # type: ignore[attr-defined]
        ("Engineer", "Technology", 4, Period(date(2025, 5, 1), date(2026, 7, 1))),
        ("Chief Engineer", "Technology", 4, Period(date(2026, 7, 1))),
    ]


def test_a_new_boss_replaces_the_old(desk: Desk) -> None:
    """Without a date it is a correction: one line, and nobody has two bosses."""
    desk.bring(account())
    desk.bring({"people": table("Name | Company | Boss\nFang Lei | Starlight | Lin Xiao")})
    lines = [t for t in ties(desk.snapshot, ReportsTo, "Fang Lei") if t.period.end is None]
    assert [desk.snapshot.records[t.dst].name for t in lines] == ["Lin Xiao"]  # type: ignore[attr-defined]


def test_taking_back(desk: Desk) -> None:
    """`-` clears a value; an empty cell says nothing."""
    desk.bring(account())
    desk.bring(
        {
            "people": table(
                "Name | Company | Boss | Power | Title\nFang Lei | Starlight | - | |\nGao Yuan | Starlight | | - |"
            )
        }
    )
    assert not [t for t in ties(desk.snapshot, ReportsTo, "Fang Lei") if t.period.holds(date(2026, 10, 1))]
    gao = next(p for p in desk.snapshot.all(Person) if p.name == "Gao Yuan")
    assert gao.power is None
    assert ties(desk.snapshot, WorksAt, "Gao Yuan")[0].title == "CEO"  # type: ignore[attr-defined]


def test_ending_a_tie(desk: Desk) -> None:
    """`until` ends the tie that holds; on that day it holds no more."""
    desk.bring(account())
    text = "Company | From | Kind | To | Until\nStarlight | Bob Our | covers | Fang Lei | 2026-08-01"
    desk.bring({"ties": table(text)})
    (tie,) = ties(desk.snapshot, Covers, "Bob Our")
    assert tie.period == Period(None, date(2026, 8, 1))
    assert not tie.period.holds(date(2026, 8, 1)) and tie.period.holds(date(2026, 7, 31))
    assert desk.plan({"ties": table(text)}).changes == ()


def test_what_has_ended_is_not_corrected_by_a_row_without_a_date(desk: Desk) -> None:
    """Ann covered Lin until the new year; a row of today starts a second time, and leaves the first."""
    desk.bring(account())
    desk.bring(
        {
            "ties": table(
                "Company | From | Kind | To | Strength\nStarlight | Ann Our | covers | Lin Xiao | 0.2"
            )
        }
    )
    found = ties(desk.snapshot, Covers, "Ann Our")
    assert [(t.period.end, t.strength) for t in found] == [(date(2026, 1, 1), 0.9), (None, 0.2)]  # type: ignore[attr-defined]


def test_a_second_channel_is_a_second_tie(desk: Desk) -> None:
    desk.bring(account())
    before = len(desk.snapshot.all(Influences))
    text = "Company | From | Kind | To | Channel\nStarlight | Fang Lei | sways | Zhou Ming | advice\nStarlight | Fang Lei | sways | Zhou Ming | family"
    desk.bring({"ties": table(text)})
    assert len(desk.snapshot.all(Influences)) == before + 1


def test_evidence_is_kept(desk: Desk) -> None:
    desk.bring(account())
    (stance,) = ties(desk.snapshot, Stands, "Gao Yuan")
    assert (stance.evidence.author, stance.evidence.confidence) == ("Ann Our", 0.8)
    assert stance.evidence.source.startswith("stances.csv")
    (told,) = ties(desk.snapshot, Influences, "Lin Xiao")
    assert told.evidence.status == "assumed"


@pytest.mark.parametrize("column", ["Channel", "Purpose"])
def test_a_meeting_without_a_purpose_is_found_again(desk: Desk, column: str) -> None:
    """`-` in a cell that tells meetings apart is the same as nothing in it."""
    sheets = account()
    sheets["interactions"][1][sheets["interactions"][0].index(column)] = "-"
    desk.bring(sheets)
    assert desk.plan(sheets).changes == ()
    sheets["interactions"][1][sheets["interactions"][0].index(column)] = ""
    assert desk.plan(sheets).changes == ()
