"""Whom a negative event reaches next: those who listen, not those who are listened to; and bosses, not reports."""

from __future__ import annotations

from datetime import timedelta

import pytest
from builder import DAY, records, view

from powermap.analysis.spread import events, findings, hearers
from powermap.analysis.weak_spots import weak_spots
from powermap.lens import Lens
from powermap.model import Assessment, Voice


def seen(who: str = "Ann", days: int = 10, **more: object) -> Lens:
    event = Assessment(
        "e", (), "acc", who, "negative_event", words="a bad batch", on=DAY - timedelta(days=days), **more
    )  # type: ignore[arg-type]
    made = records(
        {"Ann": 4, "Ben": 3, "Cleo": 2, "Dora": 1, "Eve": 4},
        sways=[("Ann", "Cleo", 0.9), ("Cleo", "Dora", 0.5), ("Eve", "Ann", 0.9)],
        boss=[("Ann", "Ben")],
    )
    return view([*made, event])


def test_it_goes_to_who_listens_and_up_the_line() -> None:
    lens = seen()
    found = hearers(lens, events(lens)[0])
    assert [h.person for h in found if h.person in ("Cleo", "Dora", "Ben")] == sorted(
        ("Cleo", "Dora", "Ben"), key=lambda p: -next(h.strength for h in found if h.person == p)
    )
    by = {h.person: h for h in found}
    # Eve is listened to by Ann, and hears nothing from her; nobody hears of it twice.
    assert "Eve" not in by and "Ann" not in by
    assert by["Cleo"].strength == pytest.approx(0.9)
    assert by["Dora"].strength == pytest.approx(0.45) and by["Dora"].via == "Cleo"
    assert by["Ben"].via == "Ann"


def test_it_begins_with_who_was_there_too() -> None:
    lens = seen("", present=("Cleo",))
    by = {h.person: h for h in hearers(lens, events(lens)[0])}
    assert set(by) == {"Dora"} and by["Dora"].strength == pytest.approx(0.5)


def test_where_nobody_is_known_to_know_nothing_is_said() -> None:
    lens = seen("")
    assert hearers(lens, events(lens)[0]) == [] and findings(lens) == []


def test_what_is_over_or_about_a_rival_spreads_no_more() -> None:
    valid = seen().pack.items["negative_event"].valid_days
    assert events(seen(days=valid)) and not events(seen(days=valid + 1))
    assert not events(seen(supplier="rival"))


def test_it_is_called_an_estimate() -> None:
    (found,) = findings(seen())
    assert found.certainty.level == "estimate"
    assert found.sentence.en.startswith("The negative event of 2026-09-20 reaches next")
    assert found.value == 3


@pytest.mark.parametrize(("days", "late"), [(7, False), (8, True)])
def test_a_voice_past_its_limit_is_a_weak_spot(days: int, late: bool) -> None:
    voice = Voice("v", (), "acc", DAY - timedelta(days=days), "Ann", words="late again")
    lens = view([*records({"Ann": 4, "Dora": 1}), voice])
    assert any(w.kind == "voice" for w in weak_spots(lens)) is late
