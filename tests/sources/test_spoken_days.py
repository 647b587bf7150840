"""Days as people say them, seen from a Thursday."""

from __future__ import annotations

from datetime import date

import pytest

from powermap.sources.spoken_days import find

THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "ahead", "day"),
    [
        ("11-18 拜访", False, "2026-11-18"),
        ("12-30 拜访", False, "2025-12-30"),
        ("12-30 前", True, "2026-12-30"),
        ("1月5日前给", True, "2027-01-05"),
        ("2026-10-01 visit", False, "2026-10-01"),
        ("2026年3月2日", False, "2026-03-02"),
        ("昨天", False, "2026-11-25"),
        ("yesterday", False, "2026-11-25"),
        ("下周五前给方案", True, "2026-12-04"),
        ("by next Friday", True, "2026-12-04"),
        ("周五前", True, "2026-11-27"),
        ("周三前", True, "2026-12-02"),
        ("周三 拜访", False, "2026-11-25"),
        ("周五 拜访", False, "2026-11-20"),
        ("上周一", False, "2026-11-16"),
        ("last Monday", False, "2026-11-16"),
        ("by Friday", True, "2026-11-27"),
        ("Nov 18 visit", False, "2026-11-18"),
        ("18 Nov", False, "2026-11-18"),
        ("月底前", True, "2026-11-30"),
        ("by the end of next month", True, "2026-12-31"),
        ("by end of month", True, "2026-11-30"),
        ("叶菜破损3次", True, None),
        ("2-30", True, None),
    ],
)
def test_a_day_that_is_said(text: str, ahead: bool, day: str | None) -> None:
    found = find(text, THURSDAY, ahead=ahead)
    assert (found.day.isoformat() if found else None) == day
