"""What has changed between two days, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small_store import DAY, Store

from powermap.errors import AnalysisError
from powermap.model import Period, WorksAt
from powermap.portfolio import changes_since
from powermap.portfolio.questions.changes import kind

BEFORE = date(2026, 1, 1)
SPRING = date(2026, 4, 1)


def store() -> Store:
    """Ben leaves in spring: A hangs on Ann then, C loses its only way; Cat comes: B recovers, D changes hands."""
    s = Store()
    s.ours("Ann", "Ben", "Cat")
    s.account("A", 100.0, Boss=1)
    s.account("B", 50.0, Chief=1)
    s.account("C", 20.0, Head=1)
    s.account("D", 10.0, Lead=1)
    s.covers("Ann>Boss", "Ann>Chief")
    s.covers("Ben>Boss", "Ben>Head", "Ben>Lead", period=Period(None, SPRING))
    s.covers("Cat>Chief", "Cat>Lead", period=Period(SPRING, None))
    return s


def test_accounts() -> None:
    s = store()
    found = changes_since(s.scan(BEFORE), s.scan())
    # At risk then: B 50 + C 20 + D 10 = 80; now: A 100 + D 10 = 110.
    assert [(r["id"], r["key"], r["risk_before"], r["at_risk"]) for r in found.rows] == [
        ("C", "lost", 20, 0),
        ("A", "fragile", 0, 100),
        ("D", "other", 10, 10),
        ("B", "recovered", 50, 0),
    ]
    assert [w["en"] for w in found.rows[2]["hung"]] == ["Ben"]
    assert [w["en"] for w in found.rows[2]["hangs"]] == ["Cat"]
    first = found.findings[0].sentence.en
    assert first == "Since 2026-01-01 4 accounts have changed; revenue at risk: 80 CNY then, 110 CNY now."


def test_owners() -> None:
    s = store()
    rows = {r["id"]: r for r in changes_since(s.scan(BEFORE), s.scan(), "owners").rows}
    assert {p: r["key"] for p, r in rows.items()} == {"Ben": "left", "Cat": "new", "Ann": "more"}
    assert (rows["Ben"]["accounts_before"], rows["Ben"]["accounts"]) == (3, 0)
    assert (rows["Ann"]["risk_before"], rows["Ann"]["at_risk"]) == (50, 100)


def test_nothing_has_changed() -> None:
    s = store()
    found = changes_since(s.scan(date(2026, 5, 1)), s.scan())
    assert not found.rows and found.findings[0].sentence.en.startswith("No account has changed since")


def test_what_is_not_kept() -> None:
    s = store()
    with pytest.raises(AnalysisError):
        changes_since(s.scan(), s.scan(DAY))
    with pytest.raises(AnalysisError):
        changes_since(s.scan(BEFORE), s.scan(), "contacts")


def test_who_decides_was_not_known() -> None:
    """Nobody at A has a level until spring: Ann and Ben cover Boss all along, so that it didn't recover; B is the reverse."""
    s = Store()
    s.ours("Ann", "Ben")
    s.account("A", 100.0, Boss=1)
    s.account("B", 50.0, Chief=1)
    s.covers("Ann>Boss", "Ben>Boss", "Ann>Chief", "Ben>Chief")
    spans = {
        "A": (Period(None, SPRING), Period(SPRING, None)),
        "B": (Period(SPRING, None), Period(None, SPRING)),
    }
    for record in [r for r in s.records if isinstance(r, WorksAt) and r.dst in spans]:
        without, with_level = spans[record.dst]
        s.records.remove(record)
        s.records.append(replace(record, id=f"{record.id}-", level=None, period=without))
        s.records.append(replace(record, period=with_level))
    found = changes_since(s.scan(BEFORE), s.scan())
    assert [(r["id"], r["key"]) for r in found.rows] == [("B", "dark"), ("A", "judged")]
    assert [f.kind for f in found.findings] == ["since", "since-dark", "since-judged"]
    assert found.findings[2].sentence.en.startswith("Can be judged now")
    assert found.findings[2].urgency == 1
    assert "无法再判断" in found.findings[1].sentence.zh


def test_what_hangs_is_told_as_soon_as_it_can_be_judged() -> None:
    s = Store()
    s.ours("Ann")
    s.account("A", 100.0, Boss=1)
    s.covers("Ann>Boss")
    work = next(r for r in s.records if isinstance(r, WorksAt) and r.dst == "A")
    s.records.remove(work)
    s.records.append(replace(work, id="w-", level=None, period=Period(None, SPRING)))
    s.records.append(replace(work, period=Period(SPRING, None)))
    judged = changes_since(s.scan(BEFORE), s.scan()).findings[1]
    assert (judged.kind, judged.urgency) == ("since-judged", 2)
    assert "1 hanging on one person (1 account): A." in judged.sentence.en


@pytest.mark.parametrize(
    ("before", "after", "moved", "change"),
    [
        ("free", "free", False, ""),
        ("owner", "owner", True, "other"),
        ("owner", "owner", False, ""),
        ("free", "owner", True, "fragile"),
        ("unknown", "contact", True, "judged"),
        ("unknown", "free", False, "judged"),
        ("unknown", "blind", False, "judged"),
        ("free", "unknown", False, "dark"),
        ("owner", "unknown", True, "dark"),
        ("unknown", "none", False, "lost"),
        ("none", "unknown", False, "better"),
        ("part", "both", True, "fragile"),
        ("owner", "both", True, "worse"),
        ("both", "contact", True, "better"),
        ("owner", "none", True, "lost"),
        ("blind", "none", False, "worse"),
        ("none", "owner", True, "better"),
        ("blind", "free", False, "recovered"),
        ("owner", "free", True, "recovered"),
        ("free", "part", False, "worse"),
        ("owner", "part", True, "better"),
    ],
)
def test_the_kind_of_change(before: str, after: str, moved: bool, change: str) -> None:
    assert kind(before, after, moved) == change
