"""What differs from what is known: a change as of a day where it can change in the world, else a correction."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from world import TODAY, plan, take, write_csv

from powermap.model import Covers, Person, ReportsTo, Snapshot, Stands, WorksAt
from powermap.model.fields import changing

HEAD = ["Company", "Name", "Title", "Boss", "Attitude", "Owner", "Email"]
ADA = ["Acme", "Ada Park", "CEO", "", "0", "Wen Hill", "a@acme.example"]
BEN = ["Acme", "Ben Ruiz", "CTO", "Ada Park", "1", "", ""]
CLEO = ["Acme", "Cleo Marsh", "CFO", "", "", "", ""]
EARLIER = date(2026, 5, 1)


@pytest.fixture
def known(tmp_path: Path) -> Snapshot:
    return take(write_csv(tmp_path / "list.csv", [HEAD, ADA, BEN, CLEO]), us="Ours", today=EARLIER)


def again(tmp_path: Path, known: Snapshot, *rows: list[str], **options: object) -> Snapshot:
    return take(write_csv(tmp_path / "list.csv", [HEAD, *rows]), known, **options)


def test_an_attitude_a_post_and_a_boss_change_as_of_today(tmp_path: Path, known: Snapshot) -> None:
    after = again(tmp_path, known, ["Acme", "Ben Ruiz", "COO", "Cleo Marsh", "-1", "", ""])
    ben = next(p.id for p in after.all(Person) if p.name == "Ben Ruiz")
    posts = {t.title: (t.period.start, t.period.end) for t in after.all(WorksAt) if t.src == ben}
    assert posts == {"CTO": (None, TODAY), "COO": (TODAY, None)}
    stands = {t.attitude: (t.period.start, t.period.end) for t in after.all(Stands) if t.src == ben}
    assert stands == {1: (None, TODAY), -1: (TODAY, None)}
    lines = [(after.records[t.dst].name, t.period.end) for t in after.all(ReportsTo) if t.src == ben]  # type: ignore[attr-defined]
    assert sorted(lines) == [("Ada Park", TODAY), ("Cleo Marsh", None)]
    # As of a day before, all is as it was.
    before = after.as_of(EARLIER)
    assert [t.attitude for t in before.all(Stands) if t.src == ben] == [1]


def test_spelling_and_addresses_are_corrected(tmp_path: Path, known: Snapshot) -> None:
    after = again(tmp_path, known, [*ADA[:6], "ada.park@acme.example"])
    assert len(after) == len(known)
    assert [p.email for p in after.all(Person) if p.name == "Ada Park"] == ["ada.park@acme.example"]


def test_all_may_be_corrections(tmp_path: Path, known: Snapshot) -> None:
    after = again(tmp_path, known, ["Acme", "Ada Park", "Chair", "", "2", "Wen Hill", ""], correct=True)
    assert len(after) == len(known)
    assert {t.attitude for t in after.all(Stands)} == {1, 2}


def test_the_day_of_the_change_can_be_given(tmp_path: Path, known: Snapshot) -> None:
    after = again(tmp_path, known, [*ADA[:4], "3", *ADA[5:]], on=date(2026, 6, 15))
    assert {(t.attitude, t.period.start) for t in after.all(Stands)} == {
        (0, None), (1, None), (3, date(2026, 6, 15)),
    }  # fmt: skip


def test_what_is_said_twice_on_a_day_is_one_change(tmp_path: Path, known: Snapshot) -> None:
    once = again(tmp_path, known, [*ADA[:4], "2", *ADA[5:]])
    twice = again(tmp_path, once, [*ADA[:4], "3", *ADA[5:]])
    assert len(twice) == len(once)
    assert [t.attitude for t in twice.all(Stands) if t.period.start == TODAY] == [3]


def test_what_was_not_known_is_filled_in(tmp_path: Path, known: Snapshot) -> None:
    rows = [["Company", "Name", "Title", "Department", "Level"], ["Acme", "Ada Park", "CEO", "Board", "1"]]
    after = take(write_csv(tmp_path / "more.csv", rows), known)
    (job,) = [t for t in after.all(WorksAt) if t.title == "CEO"]
    assert (job.unit, job.level, job.period.start) == ("Board", 1, None)


def test_the_same_again_changes_nothing(tmp_path: Path, known: Snapshot) -> None:
    made = plan(write_csv(tmp_path / "list.csv", [HEAD, ADA, BEN, CLEO]), known)
    assert not made.changes and not made.problems


def test_an_older_judgement_never_puts_a_newer_one_back(tmp_path: Path, known: Snapshot) -> None:
    head = ["Company", "Person", "Attitude", "Judged on"]
    newer = write_csv(tmp_path / "stances.csv", [head, ["Acme", "Ada Park", "2", "2026-09-01"]])
    after = take(newer, known)
    older = write_csv(tmp_path / "stances.csv", [head, ["Acme", "Ada Park", "-1", "2026-08-01"]])
    made = plan(older, after)
    assert not made.changes and any("not taken" in note.en for note in made.notes)


def test_what_may_change_is_said_by_the_schema() -> None:
    assert changing("STANDS") >= {"attitude"} and "title_alt" not in changing("WORKS_AT")
    assert changing(Covers.KIND) >= {"strength", "duty"} and not changing("Person")


def test_a_bad_cell_costs_the_cell_and_not_the_person(tmp_path: Path) -> None:
    rows = [["Company", "Name", "Level", "Attitude"], ["Acme", "Ada Park", "9", "1"], ["Acme", "", "1", "1"]]
    made = plan(write_csv(tmp_path / "list.csv", rows), us="Ours")
    assert [(p.row, p.code, p.cell) for p in made.problems] == [
        (2, "level-range", True), (3, "missing", False),
    ]  # fmt: skip
    kinds = sorted(c.kind for c in made.changes if (c.after or {}).get("name") != "Ours")
    assert kinds == ["Organization", "Person", "STANDS", "WORKS_AT"]
    assert [c.after.get("level") for c in made.changes if c.kind == "WORKS_AT" and c.after] == [None]
