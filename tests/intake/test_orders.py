"""A history is the same in whatever order, and in however many files, its rows come."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from desk import PACK, TODAY, state, table
from hypothesis import given, settings
from hypothesis import strategies as st

from powermap.intake import make_plan
from powermap.model import Covers, Snapshot, Stands, Tie, record_from_props
from powermap.sources import read_files

QUICK = settings(max_examples=60, deadline=None, derandomize=True, database=None)
PEOPLE = "\n".join(
    ",".join(row)
    for row in table("Name | Company\nGao Yuan | Starlight\nAnn Our | Ourselves\nOurs | Ourselves")
)
HOUSES = "Name,Type,Us\nStarlight,customer,\nOurselves,supplier,yes\n"


class Book:
    """Imports one text after the other, without a store."""

    def __init__(self) -> None:
        self.numbers = count()
        self.known = Snapshot.of([])

    def bring(self, *, correct: bool = False, **texts: str) -> None:
        with TemporaryDirectory() as folder:
            for name, text in texts.items():
                Path(folder, f"{name}.csv").write_text(text, encoding="utf-8")
            reading = read_files([Path(folder)], PACK)
            plan = make_plan(
                reading,
                self.known,
                PACK,
                today=TODAY,
                correct=correct,
                new_id=lambda: f"id{next(self.numbers):06}",
            )
        assert plan.problems == ()
        made = {c.id: record_from_props(c.kind, c.after or {}) for c in plan.changes}
        self.known = Snapshot.of({**self.known.records, **made}.values())

    def versions(self, cls: type[Tie], field: str) -> list[tuple[date | None, date | None, object]]:
        found = sorted(self.known.all(cls), key=lambda t: t.period.start or date.min)
        return [(t.period.start, t.period.end, getattr(t, field)) for t in found]


def start() -> Book:
    book = Book()
    book.bring(organizations=HOUSES, people=PEOPLE)
    return book


days = st.dictionaries(
    st.integers(0, 400).map(lambda n: date(2025, 6, 1) + timedelta(days=n)),
    st.sampled_from([-2, -1, 0, 1, 2, 3]),
    min_size=1,
    max_size=6,
)


@QUICK
@given(days, st.randoms(use_true_random=False), st.integers(1, 6))
def test_attitudes_over_time(history: dict[date, int], random: object, files: int) -> None:
    """Each judgement holds until the next one, by hand: sorted by date, each ends where the next starts."""
    rows = list(history.items())
    random.shuffle(rows)  # type: ignore[attr-defined]
    book = start()
    for part in range(files):
        lines = [f"Gao Yuan,Ourselves,{value},{day}" for day, value in rows[part::files]]
        if lines:
            book.bring(stances="Person,Supplier,Attitude,Since\n" + "\n".join(lines))
    ordered = sorted(history.items())
    ends = [b for (_, _), (b, _) in pairwise(ordered)] + [None]
    assert book.versions(Stands, "attitude") == [
        (day, end, value) for (day, value), end in zip(ordered, ends, strict=True)
    ]


@QUICK
@given(days, st.randoms(use_true_random=False))
def test_a_correction_without_a_date_is_of_what_holds(history: dict[date, int], random: object) -> None:
    """The last version takes the new value, and no other."""
    rows = list(history.items())
    random.shuffle(rows)  # type: ignore[attr-defined]
    book = start()
    lines = [f"Gao Yuan,Ourselves,{value},{day}" for day, value in rows]
    book.bring(stances="Person,Supplier,Attitude,Since\n" + "\n".join(lines))
    before = book.versions(Stands, "attitude")
    book.bring(correct=True, stances="Person,Supplier,Attitude\nGao Yuan,Ourselves,?\n")
    after = book.versions(Stands, "attitude")
    assert after[:-1] == before[:-1]
    assert after[-1] == (*before[-1][:2], None)


@QUICK
@given(days, st.randoms(use_true_random=False), st.integers(1, 4))
def test_coverage_with_an_end(history: dict[date, int], random: object, files: int) -> None:
    """Periods that don't touch stay apart: each starts and ends as written, in any order."""
    starts = sorted(history)
    periods = [
        (day, day + timedelta(days=max(1, ((following or day + timedelta(days=30)) - day).days // 2)))
        for day, following in zip(starts, [*starts[1:], None], strict=True)
    ]
    rows = list(periods)
    random.shuffle(rows)  # type: ignore[attr-defined]
    book = start()
    for part in range(files):
        lines = [f"Ann Our,covers,Gao Yuan,0.5,{a},{b}" for a, b in rows[part::files]]
        if lines:
            book.bring(ties="From,Kind,To,Strength,Since,Until\n" + "\n".join(lines))
    assert book.versions(Covers, "strength") == [(a, b, 0.5) for a, b in periods]
    before = state(book.known)
    book.bring(
        ties="From,Kind,To,Strength,Since,Until\n"
        + "\n".join(lines or [f"Ann Our,covers,Gao Yuan,0.5,{a},{b}" for a, b in rows])
    )
    assert state(book.known) == before


def test_a_company_above_may_be_introduced_by_people_rows(tmp_path: Path) -> None:
    (tmp_path / "organizations.csv").write_text("name,part_of\nNorth Works,Acme\n", "utf-8")
    (tmp_path / "people.csv").write_text("company,name\nAcme,Ann Lee\n", "utf-8")
    ids = count()
    plan = make_plan(
        read_files([tmp_path], PACK),
        Snapshot.of([]),
        PACK,
        today=date(2026, 9, 30),
        new_id=lambda: f"id{next(ids)}",
    )
    assert plan.problems == ()
    assert "PART_OF" in {c.kind for c in plan.changes}
