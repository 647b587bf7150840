"""Days as people say them, seen from a Thursday."""

from __future__ import annotations

from datetime import date

import pytest

from powermap.sources.spoken_days import find, unread

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
        ("破损2-3次，1月2次停线", True, None),
        ("12月底前", True, "2026-12-31"),
        ("12月末", True, "2026-12-31"),
        ("12月上旬", True, "2026-12-10"),
        ("2028年2月底", True, "2028-02-29"),
        ("年底前", True, "2026-12-31"),
        ("明年3月底", True, "2027-03-31"),
        ("明年3月15日", True, "2027-03-15"),
        ("元旦前", True, "2027-01-01"),
        ("国庆前", True, "2027-10-01"),
        ("十一前", True, "2027-10-01"),
        ("春节前", True, None),
        ("下月10号", True, "2026-12-10"),
        ("下个月10号前", True, "2026-12-10"),
        ("10号前", True, "2026-12-10"),
        ("15日前", True, "2026-12-15"),
        ("28号", True, "2026-11-28"),
        ("20号 拜访", False, "2026-11-20"),
        ("2号楼，10号线", True, None),
        ("月中", True, "2026-12-15"),
        ("月初", True, None),
        ("季度末", True, "2026-12-31"),
        ("下季度末", True, "2027-03-31"),
        ("一季度末", True, "2027-03-31"),
        ("Q1末", True, "2027-03-31"),
        ("本周内", True, "2026-11-29"),
        ("下周末前", True, "2026-12-06"),
        ("下周给", True, "2026-12-06"),
        ("上周", False, None),
        ("下周", False, None),
        ("下月换仓库", True, "2026-12-31"),
        ("两周内", True, "2026-12-10"),
        ("3天内", True, "2026-11-29"),
        ("3个工作日内", True, "2026-12-01"),
        ("半个月内", True, "2026-12-11"),
        ("一个月内", True, "2026-12-26"),
        ("24小时内", True, "2026-11-27"),
        ("两周前", True, "2026-11-12"),
        ("3天后", True, "2026-11-29"),
        ("十二月三号前", True, "2026-12-03"),
        ("二十一号前", True, "2026-12-21"),
        ("12.3前", True, "2026-12-03"),
        ("预算批了1200万，12月3日前", True, "2026-12-03"),
        ("12月1日见，12月3日前给", True, "2026-12-03"),
        ("within two weeks", True, "2026-12-10"),
        ("in 3 days", True, "2026-11-29"),
        ("two weeks ago", False, "2026-11-12"),
        ("by end of next week", True, "2026-12-06"),
        ("by the end of the year", True, "2026-12-31"),
        ("by EOM", True, "2026-11-30"),
        ("by end of Q1", True, "2027-03-31"),
        ("mid-March", True, "2027-03-15"),
        ("end of March", True, "2027-03-31"),
        ("by the 10th", True, "2026-12-10"),
        ("Dec 10, 2027", True, "2027-12-10"),
        ("10th of December", True, "2026-12-10"),
        ("Friday next week", True, "2026-12-04"),
        ("by Christmas", True, "2026-12-25"),
        ("by Easter", True, None),
        ("26/11 met", False, "2026-11-26"),
        ("11/25 met", False, "2026-11-25"),
        ("3/5 met", False, None),
        ("5/5/2027", True, "2027-05-05"),
    ],
)
def test_a_day_that_is_said(text: str, ahead: bool, day: str | None) -> None:
    found = find(text, THURSDAY, ahead=ahead)
    assert (found.day.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("text", "loose", "said"),
    [
        ("春节前给答复", False, "春节前"),
        ("下次评审前给成本分析", False, "下次评审前"),
        ("年前给", False, "年前"),
        ("3/5前给", False, "3/5前"),
        ("send a plan by Easter", False, "by Easter"),
        ("send a plan by 3/5", False, "by 3/5"),
        ("answer before the bid opens", False, "before the bid opens"),
        ("月初给", True, "月初"),
        ("月初给", False, ""),
        ("12月3日前送", True, ""),
        ("by the end of this week", True, ""),
        ("之前谈过，目前还行，提前沟通，前台，前天", True, ""),
        ("三年前换过供应商", True, ""),
        ("sent by email, as discussed before", True, ""),
    ],
)
def test_a_deadline_that_says_no_day_is_found(text: str, loose: bool, said: str) -> None:
    assert unread(text, THURSDAY, loose=loose) == said


def test_a_year_that_was_guessed_is_told() -> None:
    guessed = {
        t: f.guessed
        for t in ("11-18", "3月15日", "Nov 18", "明年3月15日", "2027-11-18", "下周五")
        if (f := find(t, THURSDAY, ahead=True))
    }
    assert [t for t, g in guessed.items() if g] == ["11-18", "3月15日", "Nov 18"] and len(guessed) == 6
