"""Lists of people as they come: ladders of attitude, names that are not unique, several companies, long lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import PACK, TODAY, Desk, account, table

from powermap.lens import look
from powermap.model import MemberOf, Organization, Person, ReportsTo, Stands, WorksAt


def attitudes(desk: Desk) -> dict[str, int | None]:
    return {desk.snapshot.records[s.src].name: s.attitude for s in desk.snapshot.all(Stands)}  # type: ignore[attr-defined]


LADDERS = {
    "numbers": {"-2": -2, "-1": -1, "0": 0, "+1": 1, "2": 2, "+3": 3, "－１": -1, "−2": -2, "1.0": 1},
    "ours": {"opposes": -2, "Disapproves": -1, "neutral": 0, "supports": 1, "Supports exclusively": 2, "coach": 3},
    "中文": {"反对": -2, "不认可": -1, "中立": 0, "支持": 1, "支持并排他": 2, "教练": 3, "抵触": -1, "接受": 0, "内线": 3},
    "Altify": {"Enemy": -2, "Non-Supporter": -1, "Neutral": 0, "Supporter": 1, "Mentor": 3},
    "GSP": {
        "Strongly for competition": -2,
        "Mildly negative": -1,
        "Same as everyone else": 0,
        "Interested": 1,
        "Strong supporter": 2,
        "Will recommend you": 3,
    },
    "with a word": {"+1 支持": 1, "-2（反对）": -2, "3: coach": 3, "0 neutral": 0},
    "unknown": {"?": None, "？": None, "unknown": None, "未知": None, "N/A": None, "TBD": None},
}  # fmt: skip


@pytest.mark.parametrize("name", LADDERS)
def test_ladders(desk: Desk, name: str) -> None:
    """Every word of a ladder is the value that the method gives it (its section 10)."""
    rows = [["Name", "Company", "Attitude"]]
    rows += [[f"P{i}", "Starlight", word] for i, word in enumerate(LADDERS[name])]
    desk.bring({"people": rows}, us="Ourselves")
    assert attitudes(desk) == {f"P{i}": v for i, v in enumerate(LADDERS[name].values())}


def test_unknown_is_not_zero_and_empty_says_nothing(desk: Desk) -> None:
    """? is looked at and unknown; an empty cell is no judgement at all; 0 is neutral."""
    rows = table("Name | Company | Attitude\nAda | Starlight | ?\nBo | Starlight |\nCy | Starlight | 0")
    desk.bring({"people": rows})
    assert attitudes(desk) == {"Ada": None, "Cy": 0}
    view = look(desk.snapshot, desk.snapshot.all(Organization)[0].id, as_of=TODAY, pack=PACK)
    assert {s.name: view.attitude(s.id) for s in view.seats.values()} == {"Ada": None, "Bo": None, "Cy": 0}
    # To leave the cell empty later does not take the judgement back.
    rows[3][2] = ""
    assert desk.plan({"people": rows}).changes == ()


def test_contacted_may_be_a_slip_of_the_pen(desk: Desk) -> None:
    """接触 (contacted) is near 抵触 (resists): taken as unknown, and kept in words."""
    desk.bring({"people": table("姓名 | 公司 | 上级 | 态度\n高远 | 星河 | 林晓 | 接触\n林晓 | 星河 | |")})
    (stance,) = desk.snapshot.all(Stands)
    assert stance.attitude is None
    assert stance.evidence.note == "接触"
    (line,) = desk.snapshot.all(ReportsTo)
    assert line.evidence.note == ""


def test_an_owner_is_known_to_all_rows(desk: Desk) -> None:
    """A person of ours whom only a later row makes is the boss in an earlier one."""
    rows = "Company | Name | Boss | Owner\nOurs | Bo | Zoe |\nStarlight | Ada | | Zoe; Bo"
    organizations = table("Name | Type | Us\nOurs | supplier | yes")
    plan = desk.bring({"organizations": organizations, "people": table(rows)})
    assert plan.problems == () and len(desk.snapshot.all(ReportsTo)) == 1


def test_two_people_of_one_name(desk: Desk) -> None:
    """Ids tell them apart; the bare name is then ambiguous, and its candidates are listed with title and id."""
    rows = table("Id | Name | Company | Title\n1 | Li Na | Starlight | CFO\n2 | Li Na | Starlight | Clerk")
    desk.bring({"people": rows})
    assert len(desk.snapshot.all(Person)) == 2
    plan = desk.plan({"people": table("Name | Company | Boss\nWu Di | Starlight | Li Na")})
    assert [(p.row, p.column, p.code) for p in plan.problems] == [(2, "Boss", "ambiguous-person")]
    for word in ("CFO", "Clerk", *(p.id for p in desk.snapshot.all(Person))):
        assert word in plan.problems[0].suggestion and word in plan.problems[0].suggestion_zh
    desk.bring({"people": table("Name | Company | Boss\nWu Di | Starlight | 2")})
    (line,) = desk.snapshot.all(ReportsTo)
    assert next(w for w in desk.snapshot.all(WorksAt) if w.src == line.dst).title == "Clerk"


def test_two_organizations_of_one_name(desk: Desk) -> None:
    """Ids tell them apart, as they do people; without an id the second row is of the first organization."""
    rows = table("Id | Name | Type | Grade\na6 | Twin Corp | customer | A\na7 | Twin Corp | customer | B")
    people = table("Name | Company\nBo Ray | a6\nCy Lee | a7")
    plan = desk.bring({"organizations": rows, "people": people})
    assert plan.problems == () and any("another organization of one name" in n.en for n in plan.notes)
    grade = {o.id: o.grade for o in desk.snapshot.all(Organization)}
    name = {p.id: p.name for p in desk.snapshot.all(Person)}
    assert {name[w.src]: grade[w.dst] for w in desk.snapshot.all(WorksAt)} == {"Bo Ray": "A", "Cy Lee": "B"}
    assert desk.plan({"organizations": rows, "people": people}).changes == ()
    plan = desk.plan({"people": table("Name | Company\nDi Xu | Twin Corp")})
    assert [p.code for p in plan.problems] == ["ambiguous-organization"]


def test_an_id_that_comes_later_is_of_the_organization_known_by_name(desk: Desk) -> None:
    desk.bring({"people": table("Name | Company\nBo Ray | Solo Corp")})
    desk.bring({"organizations": table("Id | Name | Type | Grade\na6 | Solo Corp | customer | A")})
    (solo,) = (o for o in desk.snapshot.all(Organization) if o.name == "Solo Corp")
    assert solo.grade == "A"


def test_the_same_name_in_two_companies_is_two_people(desk: Desk) -> None:
    text = "Name | Company | Title | Boss\nLi Na | Starlight | CFO |\nLi Na | Nebula | CEO |\nWu Di | Nebula | Aide | Li Na"
    desk.bring({"people": table(text)})
    assert len(desk.snapshot.all(Person)) == 3
    (line,) = desk.snapshot.all(ReportsTo)
    assert next(w for w in desk.snapshot.all(WorksAt) if w.src == line.dst).title == "CEO"


def test_a_person_in_two_companies(desk: Desk) -> None:
    """By his id he is the same man: two employers at once, and a boss in each."""
    desk.bring(
        {
            "people": table(
                "Name | Company | Title\nLi Na | Starlight | CFO\nA | Starlight | x\nB | Nebula | y"
            )
        }
    )
    li = next(p.id for p in desk.snapshot.all(Person) if p.name == "Li Na")
    text = f"Id | Name | Company | Title | Boss\n{li} | Li Na | Nebula | Director | B\n{li} | Li Na | Starlight | CFO | A"
    desk.bring({"people": table(text)})
    jobs = [w for w in desk.snapshot.all(WorksAt) if w.src == li]
    assert sorted((w.title, w.period.end) for w in jobs) == [("CFO", None), ("Director", None)]
    bosses = {desk.snapshot.records[t.dst].name for t in desk.snapshot.all(ReportsTo) if t.period.end is None}  # type: ignore[attr-defined]
    assert bosses == {"A", "B"}
    assert desk.plan({"people": table(text)}).changes == ()


@pytest.mark.parametrize(
    ("text", "ring"),
    [
        ("A | Starlight | B\nB | Starlight | A", {"A", "B"}),
        ("A | Starlight | B\nB | Starlight | C\nC | Starlight | A\nD | Starlight | A", {"A", "B", "C"}),
    ],
)
def test_a_circle_of_bosses(desk: Desk, text: str, ring: set[str]) -> None:
    """One circle is one problem, with the whole circle in its reason."""
    plan = desk.plan({"people": table("Name | Company | Boss\n" + text)})
    assert [p.code for p in plan.problems] == ["boss-cycle"]
    assert plan.problems[0].column == "Boss" and plan.problems[0].row is not None
    assert set(plan.problems[0].reason.split(": ")[1].split(" → ")) == ring


def test_a_circle_over_two_imports(desk: Desk) -> None:
    desk.bring({"people": table("Name | Company | Boss\nA | Starlight | B\nB | Starlight |")})
    plan = desk.plan({"people": table("Name | Company | Boss\nB | Starlight | A")})
    assert [(p.code, p.row) for p in plan.problems] == [("boss-cycle", 2)]


def test_a_dotted_line_makes_no_circle(desk: Desk) -> None:
    desk.bring(
        {"people": table("Name | Company | Boss | Dotted line to\nA | Starlight | B |\nB | Starlight | | A")}
    )


def test_boss_by_the_id_of_the_file(desk: Desk) -> None:
    """An export names the manager by his id, before his row comes."""
    rows = table("Id | Name | Account | Manager Id\n7 | Ada | Starlight | 9\n9 | Bo | Starlight |")
    desk.bring({"contacts": rows})
    (line,) = desk.snapshot.all(ReportsTo)
    assert desk.snapshot.records[line.dst].name == "Bo"  # type: ignore[attr-defined]


def test_a_list_without_a_company_is_of_the_file_or_the_given_account(desk: Desk, tmp_path: Path) -> None:
    desk.bring({"Starlight": table("Name | Title\nAda | CEO")})
    assert [o.name for o in desk.snapshot.all(Organization)] == ["Starlight"]
    desk.bring({"list": table("Name | Title\nBo | CFO")}, account="Starlight")
    assert [o.name for o in desk.snapshot.all(Organization)] == ["Starlight"]
    assert len(desk.snapshot.all(WorksAt)) == 2


def test_outside_people_belong_without_being_employed(desk: Desk) -> None:
    desk.bring(account())
    (tie,) = [m for m in desk.snapshot.all(MemberOf) if m.role == "Adviser"]
    assert desk.snapshot.records[tie.src].name == "Old Friend"  # type: ignore[attr-defined]


def test_two_exclusive_attitudes_are_noted(desk: Desk) -> None:
    """Not a fault of the file, so it is imported; but one of the two is wrong."""
    sheets = account()
    sheets["stances"][4][3] = "2"
    sheets["stances"][3][4] = ""
    plan = desk.bring(sheets)
    assert any("Zhou Ming supports Borealis and Ourselves exclusively" in n.en for n in plan.notes)


def test_ten_thousand_people(desk: Desk) -> None:
    """A long list with bosses is planned and stored in one go."""
    rows = [["Name", "Company", "Title", "Level", "Boss"], ["P0", "Starlight", "CEO", "1", ""]]
    rows += [[f"P{i}", "Starlight", f"T{i % 50}", str(2 + i % 4), f"P{i // 10}"] for i in range(1, 10_000)]
    plan = desk.bring({"people": rows})
    assert len(desk.snapshot.all(Person)) == 10_000 == len(desk.snapshot.all(ReportsTo)) + 1
    assert plan.counts["create"] == len(desk.snapshot)
    rows[5000][2] = "Another"
    assert len(desk.plan({"people": rows}, correct=True).changes) == 1
    # Another post begins, and the one before ends.
    assert len(desk.plan({"people": rows}).changes) == 2


def test_salesforce_contacts(desk: Desk, shared: Path) -> None:
    """A real export of 4 contacts: read with its columns; what isn't taken is counted, a nameless row too."""
    plan = desk.plan_files(
        [shared / "crm" / "fivetran-salesforce" / "sf_contact_data.csv"], account="Starlight", us="Ourselves"
    )
    people = [c.after for c in plan.changes if c.kind == "Person" and c.after]
    assert [(bool(p["name"]), p.get("phone"), p.get("email")) for p in people] == [
        (True, "(555) 555-5555", None),
        (True, None, None),
        (True, "(555) 555-5555", "hi@google.com"),
    ]
    assert any("columns not taken" in n.en and "28 more" in n.en for n in plan.notes)
    assert ("rows without a name", 1) in [(out.what.en, out.count) for out in plan.left_out]
    assert plan.problems == ()
