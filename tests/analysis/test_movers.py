"""Who moved from one customer to another: a risk where they left, an opening where they are (N42)."""

from __future__ import annotations

from datetime import date

from builder import DAY, records

from powermap.analysis.alerts import alerts
from powermap.analysis.movers import moved
from powermap.findings import Finding
from powermap.lens import look
from powermap.method import load_pack
from powermap.model import Covers, Organization, Period, Person, Record, Snapshot, Stands, WorksAt

LEFT = date(2026, 3, 1)
OLD = Period(date(2020, 1, 1), LEFT)
EVA: list[Record] = [
    Organization(id="new", name="Newcomer"),
    Person(id="Eva", name="Eva"),
    WorksAt(id="w old", src="Eva", dst="acc", period=OLD),
    WorksAt(id="w new", src="Eva", dst="new", period=Period(LEFT, None)),
    Stands(id="s eva", src="Eva", dst="us", attitude=3),
]


def told(*more: Record, account: str = "acc", day: date = DAY) -> dict[str, Finding]:
    snapshot = Snapshot.of([*records({"Boss": 1}, covers=[("Uma", "Boss")]), *more])
    lens = look(snapshot.scope(account), account, as_of=day, pack=load_pack())
    return {f.kind: f for f in moved(lens)}


def test_a_coach_who_moved_is_a_risk_there_and_an_opening_here() -> None:
    risk, opening = told(*EVA), told(*EVA, account="new")
    assert risk.keys() == {"moved-away"} and opening.keys() == {"moved-here"}
    assert risk["moved-away"].subjects == opening["moved-here"].subjects == ("Eva",)
    assert risk["moved-away"].urgency > opening["moved-here"].urgency > 0
    assert (
        "Eva (Newcomer, +3)" in risk["moved-away"].sentence.en
        and "a risk here" in risk["moved-away"].sentence.en
    )
    assert (
        "Eva (Account, +3)" in opening["moved-here"].sentence.en
        and "机会" in opening["moved-here"].sentence.zh
    )
    assert opening["moved-here"].inputs[0].record == "w old"


def test_before_the_move_nothing_is_said() -> None:
    assert not told(*EVA, day=date(2026, 2, 1))
    assert not told(*EVA, account="new", day=date(2026, 2, 1))


def test_who_means_nothing_to_us_is_no_mover() -> None:
    cold = [r for r in EVA if not isinstance(r, Stands)]
    assert not told(*cold) and not told(*cold, Stands(id="s", src="Eva", dst="us", attitude=-1))
    assert not told(*cold, Stands(id="s", src="Eva", dst="us", attitude=0), account="new")
    covered = Covers(id="c eva", src="Uma", dst="Eva")
    assert told(*cold, covered).keys() == {"moved-away"}


def test_who_works_at_both_may_have_moved_to_where_the_later_job_is() -> None:
    both = [r for r in EVA if r.id != "w old"] + [WorksAt(id="w old", src="Eva", dst="acc")]
    assert told(*both).keys() == {"perhaps-moved"} and told(*both, account="new").keys() == {"moved-here"}
    assert told(*both)["perhaps-moved"].certainty.level == "open"
    undated = [r for r in both if r.id != "w new"] + [WorksAt(id="w new", src="Eva", dst="new")]
    assert not told(*undated) and not told(*undated, account="new")


def test_who_went_to_a_supplier_is_no_mover() -> None:
    rival = Organization(id="new", name="Rival", type="supplier")
    assert not told(rival, *EVA[1:])


def test_it_is_one_of_the_alerts() -> None:
    snapshot = Snapshot.of([*records({"Boss": 1}), *EVA])
    lens = look(snapshot.scope("acc"), "acc", as_of=DAY, pack=load_pack())
    assert "moved-away" in {f.kind for f in alerts(lens)}
