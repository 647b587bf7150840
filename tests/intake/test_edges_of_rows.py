"""What rows do at their edges: the day itself, the other direction, the other kind, one more."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from desk import TODAY, Desk, Sheets, account, table

from powermap.model import (
    Batch,
    Change,
    Covers,
    Deal,
    Figure,
    Influences,
    Organization,
    PartOf,
    Period,
    Person,
    Relates,
    ReportsTo,
    Stands,
    WorksAt,
    record_to_props,
)


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A desk with a whole account."""
    desk.bring(account())
    return desk


def people(desk: Desk) -> dict[str, str]:
    """Return names by id."""
    return {p.id: p.name for p in desk.snapshot.all(Person)}


def houses(desk: Desk) -> dict[str, Organization]:
    return {o.id: o for o in desk.snapshot.all(Organization)}


def ties(*rows: str, head: str = "Company | From | Kind | To") -> Sheets:
    return {"ties": table("\n".join([head, *rows]))}


@pytest.mark.parametrize(("written", "duty"), [("", "contact"), ("owner", "owner")])
def test_who_of_ours_knows_somebody_is_a_contact_unless_it_is_written(
    full: Desk, written: str, duty: str
) -> None:
    full.bring(
        ties(f"Starlight | Ann Our | knows | Gao Yuan | {written}", head="Company | From | Kind | To | Duty")
    )
    names = people(full)
    assert [
        c.duty for c in full.snapshot.all(Covers) if (names[c.src], names[c.dst]) == ("Ann Our", "Gao Yuan")
    ] == [duty]


def test_a_conflict_beside_an_influence_is_a_second_tie(full: Desk) -> None:
    full.bring(ties("Starlight | Lin Xiao | sways | Fang Lei"))
    full.bring(ties("Starlight | Lin Xiao | conflicts with | Fang Lei"))
    names = people(full)
    found = [t.sign for t in full.snapshot.all(Influences) if names[t.dst] == "Fang Lei"]
    assert sorted(found) == [-1, 1]


def test_of_one_name_the_supplier_relates(full: Desk) -> None:
    """A customer and a supplier may be called the same: only a supplier relates to a customer."""
    full.bring(
        {
            "organizations": table("Name | Type | Id\nNorthmill | customer | o8\nNorthmill | supplier | o9"),
            **ties(" | Northmill | relates | Starlight | 2", head="Company | From | Kind | To | Level"),
        }
    )
    known = houses(full)
    assert [known[r.src].type for r in full.snapshot.all(Relates) if known[r.src].name == "Northmill"] == [
        "supplier"
    ]


def test_of_one_name_the_supplier_has_the_attitude_the_figure_and_the_deal(full: Desk) -> None:
    full.bring(
        {
            "organizations": table("Name | Type | Id\nNorthmill | customer | o8\nNorthmill | supplier | o9"),
            "stances": table("Company | Person | Supplier | Attitude\nStarlight | Gao Yuan | Northmill | 1"),
            "figures": table(
                "Company | Measure | Date | Value | Supplier\nStarlight | revenue | 2024 | 5 | Northmill"
            ),
            "deals": table("Company | Name | Outcome | Won by\nStarlight | Line 1 | lost | Northmill"),
        }
    )
    (seller,) = (o.id for o in houses(full).values() if o.name == "Northmill" and o.type == "supplier")
    assert [s.dst for s in full.snapshot.all(Stands)].count(seller) == 1
    assert [f.supplier for f in full.snapshot.all(Figure)].count(seller) == 1
    assert [d.won_by for d in full.snapshot.all(Deal)].count(seller) == 1


def test_of_one_name_ours_covers_and_theirs_is_covered(full: Desk) -> None:
    """Ann Our sits at the customer too: who covers is of a supplier, who is covered of the company of the row."""
    full.bring({"people": table("Name | Company\nAnn Our | Starlight")})
    full.bring(ties("Starlight | Ann Our | covers | Ann Our"))
    ours = {w.src for w in full.snapshot.all(WorksAt) if houses(full)[w.dst].us}
    names = people(full)
    (cover,) = [c for c in full.snapshot.all(Covers) if names[c.src] == names[c.dst] == "Ann Our"]
    assert cover.src in ours and cover.dst not in ours


def test_our_own_figures_name_no_supplier(full: Desk) -> None:
    """Revenue without a supplier is ours; a row that names us says the same, and corrects it."""
    full.bring(
        {
            "figures": table(
                "Company | Measure | Date | Value | Supplier\nStarlight | revenue | 2025 | 3500000 | Ourselves"
            )
        }
    )
    found = [(f.value, f.supplier) for f in full.snapshot.all(Figure) if f.measure == "revenue"]
    assert sorted(found)[0] == (3_500_000, "") and len(found) == 2


@pytest.mark.parametrize(("ended", "bosses"), [(0, 1), (1, 0)])
def test_a_line_that_has_ended_makes_no_circle(full: Desk, ended: int, bosses: int) -> None:
    """Zhou Ming reported to Gao Yuan up to a day; from then on it may be the other way round, from no day before."""
    last = TODAY + timedelta(days=ended)
    plan = full.plan(
        ties(
            f"Starlight | Zhou Ming | reports to | Gao Yuan | {last}",
            "Starlight | Gao Yuan | reports to | Zhou Ming | ",
            head="Company | From | Kind | To | Until",
        )
    )
    assert [p.code for p in plan.problems] == ["boss-cycle"] * (1 - bosses)


@pytest.mark.parametrize(("column", "ended"), [("Boss", "Dora"), ("Dotted boss", "Emil")])
def test_a_dash_ends_the_line_of_its_column_alone(desk: Desk, column: str, ended: str) -> None:
    first = "Name | Company | Boss | Dotted boss\nDora | Millrace | | \nEmil | Millrace | | \n"
    desk.bring({"people": table(first + "Finn | Millrace | Dora | Emil")})
    desk.bring({"people": table(f"Name | Company | {column}\nFinn | Millrace | -")})
    names = people(desk)
    found = [(names[t.dst], t.period.end) for t in desk.snapshot.all(ReportsTo)]
    assert sorted(found) == [(name, TODAY if name == ended else None) for name in ("Dora", "Emil")]


def test_what_begins_later_ends_on_the_day_it_begins(desk: Desk) -> None:
    """Taken back before it began, it holds on no day."""
    start = TODAY + timedelta(days=30)
    desk.bring(
        {
            "organizations": table("Name | Type | Part of\nMillrace | customer | \nPlant | unit | "),
        }
    )
    ids = {o.name: o.id for o in desk.snapshot.all(Organization)}
    tie = PartOf("part", src=ids["Plant"], dst=ids["Millrace"], period=Period(start))
    desk.store.apply(Batch("b", (Change(PartOf.KIND, "part", None, record_to_props(tie)),)))
    desk.bring({"organizations": table("Name | Type | Part of\nPlant | unit | -")})
    (part,) = desk.snapshot.all(PartOf)
    assert part.period == Period(start, start)


@pytest.mark.parametrize(("last", "found"), [(TODAY, [0.4, 0.8]), (TODAY + timedelta(days=1), [0.8])])
def test_what_has_ended_today_is_not_corrected(desk: Desk, last: date, found: list[float]) -> None:
    """A correction without days is one of what holds today; what ended by today stays, and a new fact begins."""
    head = "Company | From | Kind | To | Strength | Until"
    staff = {"people": table("Name | Company\nDora | Millrace\nEmil | Millrace")}
    desk.bring({**staff, **ties(f"Millrace | Dora | sways | Emil | 0.4 | {last}", head=head)})
    desk.bring({**staff, **ties("Millrace | Dora | sways | Emil | 0.8 | ", head=head)}, correct=True)
    assert sorted(t.strength or 0 for t in desk.snapshot.all(Influences)) == found


@pytest.mark.parametrize(
    ("until", "end"), [("", "2026-03-01"), ("2026-02-01", "2026-02-01"), ("2026-03-02", "2026-03-01")]
)
def test_an_earlier_fact_ends_where_the_next_begins(desk: Desk, until: str, end: str) -> None:
    """Or before, if that is written; never after."""
    head = "Company | From | Kind | To | Strength | Since | Until"
    staff = {"people": table("Name | Company\nDora | Millrace\nEmil | Millrace")}
    desk.bring({**staff, **ties("Millrace | Dora | sways | Emil | 0.8 | 2026-03-01 | ", head=head)})
    desk.bring({**staff, **ties(f"Millrace | Dora | sways | Emil | 0.4 | 2026-01-01 | {until}", head=head)})
    found = {t.strength: t.period.end for t in desk.snapshot.all(Influences)}
    assert found == {0.8: None, 0.4: date.fromisoformat(end)}


@pytest.mark.parametrize(("attitude", "noted"), [("1", False), ("2", True)])
@pytest.mark.parametrize("until", ["", "2026-09-30"])
def test_two_suppliers_are_supported_exclusively_from_two_on(
    full: Desk, attitude: str, until: str, noted: bool
) -> None:
    """Zhou Ming stands at 2 to Borealis in Line 3; what has ended today contradicts nothing."""
    plan = full.plan(
        {
            "stances": table(
                "Company | Person | Supplier | Attitude | Deal | Until\n"
                "Starlight | Zhou Ming | Borealis | 2 | Line 3 | \n"
                f"Starlight | Zhou Ming | Ourselves | {attitude} | Line 3 | {until}"
            )
        }
    )
    assert any("exclusively" in n.en for n in plan.notes) is (noted and not until)


def test_the_last_of_the_dated_stances_is_what_a_people_list_is_held_against(full: Desk) -> None:
    """Who says the same in the list as in the latest stance is told nothing."""
    rows = (
        "Starlight | Gao Yuan | Ourselves | 0 | 2026-01-01\nStarlight | Gao Yuan | Ourselves | 2 | 2026-08-01"
    )
    for attitude, told in (("2", False), ("0", True)):
        plan = full.plan(
            {
                "people": table(f"Name | Company | Attitude\nGao Yuan | Starlight | {attitude}"),
                "stances": table(f"Company | Person | Supplier | Attitude | Since\n{rows}"),
            }
        )
        assert any("taken from the stances sheet" in n.en for n in plan.notes) is told


@pytest.mark.parametrize(("written", "meant"), [("Boreals", True), ("Quixotic Ltd", False)])
def test_only_a_name_that_is_near_is_offered(full: Desk, written: str, meant: bool) -> None:
    plan = full.plan(
        {"stances": table(f"Company | Person | Supplier | Attitude\nStarlight | Gao Yuan | {written} | 1")}
    )
    (problem,) = plan.problems
    assert problem.code == "unknown-organization"
    assert ("did you mean 'Borealis'" in problem.suggestion) is meant
    assert ("did you mean" in problem.suggestion) is meant


@pytest.mark.parametrize(("who", "code"), [("Nobody Known", "unknown-person"), ("Lin Xiao", "no-influence")])
def test_who_knows_somebody_is_of_ours_or_told(full: Desk, who: str, code: str) -> None:
    """Of a name that nobody has it isn't known whose they are: that they are unknown is what is told."""
    plan = full.plan(ties(f"Starlight | {who} | knows | Gao Yuan"))
    assert [p.code for p in plan.problems] == [code]


@pytest.mark.parametrize("turned", [False, True])
def test_earlier_bosses_leave_the_one_of_today_alone(desk: Desk, turned: bool) -> None:
    """Two that are over, in any order, without a word on when they began; one that ends later is the one of today."""
    names = ("Dora", "Emil", "Finn", "Gwen", "Hugo", "Ivy")
    staff = table("\n".join(["Name | Company", *(f"{name} | Millrace" for name in names)]))
    old = [
        "Millrace | Finn | reports to | Emil | 2025-06-01",
        "Millrace | Finn | reports to | Dora | 2024-06-01",
    ]
    head = "Company | From | Kind | To | Until"
    desk.bring({"people": staff, **ties("Millrace | Finn | reports to | Gwen | ", head=head)})
    desk.bring({"people": staff, **ties(*(reversed(old) if turned else old), head=head)})

    def bosses() -> dict[str, date | None]:
        known = people(desk)
        return {known[t.dst]: t.period.end for t in desk.snapshot.all(ReportsTo)}

    before = {"Dora": date(2024, 6, 1), "Emil": date(2025, 6, 1)}
    assert bosses() == {**before, "Gwen": None}
    desk.bring({"people": staff, **ties(f"Millrace | Finn | reports to | Hugo | {TODAY}", head=head)})
    assert bosses() == {**before, "Hugo": TODAY, "Gwen": None}
    last = TODAY + timedelta(days=1)
    desk.bring({"people": staff, **ties(f"Millrace | Finn | reports to | Ivy | {last}", head=head)})
    assert bosses() == {**before, "Hugo": TODAY, "Ivy": last}


def test_a_boss_who_began_on_a_day_ends_the_one_before_although_both_are_over(desk: Desk) -> None:
    staff = table("Name | Company\nDora | Millrace\nEmil | Millrace\nFinn | Millrace")
    head = "Company | From | Kind | To | Since | Until"
    desk.bring({"people": staff, **ties("Millrace | Finn | reports to | Dora | 2024-01-01 | ", head=head)})
    row = "Millrace | Finn | reports to | Emil | 2025-01-01 | 2025-06-01"
    desk.bring({"people": staff, **ties(row, head=head)})
    names = people(desk)
    found = {names[t.dst]: t.period.end for t in desk.snapshot.all(ReportsTo)}
    assert found == {"Dora": date(2025, 1, 1), "Emil": date(2025, 6, 1)}
