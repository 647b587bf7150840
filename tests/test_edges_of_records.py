"""What a record may just be, and just not: whatever writes it, an import, an edit or a program."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from powermap.errors import ModelError
from powermap.model import (
    Covers,
    Evidence,
    Influences,
    Period,
    Relates,
    Stands,
    TakesPart,
    WorksAt,
)

DAY = date(2026, 9, 30)
Make = Callable[[Any], Any]


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (29, True), (30, False)])
def test_a_period_holds_from_its_start_until_before_its_end(days: int, holds: bool) -> None:
    period, day = Period(DAY, DAY + timedelta(days=30)), DAY + timedelta(days=days)
    assert period.holds(day) is holds
    assert Period(DAY).holds(day) is (days >= 0)
    assert Period(None, DAY + timedelta(days=30)).holds(day) is (days < 30)
    assert Period().holds(day)


def test_a_period_may_be_empty_and_not_turned_round() -> None:
    assert not Period(DAY, DAY).holds(DAY)
    with pytest.raises(ModelError):
        Period(DAY, DAY - timedelta(days=1))


LIMITS: list[tuple[Make, list[Any], list[Any]]] = [
    (lambda v: Evidence(confidence=v), [None, 1e-9, 1.0], [0.0, -0.1, 1.0001]),
    (lambda v: Influences("i", src="a", dst="b", strength=v), [None, 1e-9, 1.0], [0.0, -0.1, 1.0001]),
    (lambda v: Covers("c", src="a", dst="b", strength=v), [None, 1e-9, 1.0], [0.0, -0.1, 1.0001]),
    (lambda v: Influences("i", src="a", dst="b", sign=v), [1, -1], [0, 2, -2]),
    (lambda v: TakesPart("t", src="a", dst="b", votes=v), [None, 0.0, 0.5, 100.0], [-0.1]),
    (lambda v: WorksAt("w", src="a", dst="b", level=v), [None, 1, 5], [0, 6]),
    (lambda v: Stands("s", src="a", dst="b", attitude=v), [None, -2, 0, 3], [-3, 4]),
    (lambda v: Stands("s", src="a", dst="b", rivalry=v), [None, -2, 0, 3], [-3, 4]),
    (lambda v: Relates("r", src="a", dst="b", level=v), [None, 1, 4], [0, 5]),
    (lambda v: Relates("r", src="a", dst="b", bond=v), [None, 1, 4], [0, 5]),
    (lambda v: Relates("r", src="a", dst="b", stickiness=v), [None, 1, 3], [0, 4]),
]
"""How a record is made of a value; the values that just may be, and those that just may not: the docstrings of the model."""


@pytest.mark.parametrize(("make", "may", "not_"), LIMITS)
def test_a_value_lies_within_its_limits(make: Make, may: list[Any], not_: list[Any]) -> None:
    for value in may:
        make(value)
    for value in not_:
        with pytest.raises(ModelError):
            make(value)
