"""What was made one stays one: the next file that holds the other name finds the same person, and renames nobody."""

from __future__ import annotations

from pathlib import Path

from powermap.model import Organization, Person, WorksAt
from powermap.workspace import Workspace


def bring(ws: Workspace, folder: Path, text: str) -> None:
    path = folder / "people.csv"
    path.write_text(text, "utf-8")
    result = ws.import_([path], us="Ourselves")
    assert not result.plan.problems, result.plan.problems


def test_the_other_name_of_a_person_finds_them_again(ws: Workspace, tmp_path: Path) -> None:
    both = (
        "Name,Company,Title,Boss\n单雄,Acme,CTO,\nShan Xiong,Acme,CTO,\nBen Stone,Acme,Engineer,Shan Xiong\n"
    )
    bring(ws, tmp_path, both)
    assert len(ws.snapshot().all(Person)) == 3
    ws.merge("单雄", "Shan Xiong")
    bring(ws, tmp_path, both.replace("CTO", "Chief engineer"))
    after = ws.snapshot()
    assert sorted(p.name for p in after.all(Person)) == ["Ben Stone", "单雄"]
    assert {t.title for t in after.all(WorksAt) if t.period.end is None} == {"Chief engineer", "Engineer"}


def test_a_nickname_is_kept_as_a_name_of_theirs(ws: Workspace, tmp_path: Path) -> None:
    bring(ws, tmp_path, "Name,Company\nRobert Park,Acme\nBob Park,Acme\n")
    ws.merge("Robert Park", "Bob Park")
    bring(ws, tmp_path, "Name,Company,Title\nBob Park,Acme,Buyer\n")
    (person,) = ws.snapshot().all(Person)
    assert person.name == "Robert Park" and ws.snapshot().all(WorksAt)[0].title == "Buyer"
    assert [h.id for h in ws.search("Bob Park")] == [person.id]


def test_the_other_name_of_a_company_finds_it_again(ws: Workspace, tmp_path: Path) -> None:
    bring(ws, tmp_path, "Name,Company\nAda Park,Acme\nBen Stone,Acme Ltd\n")
    ws.merge("Acme", "Acme Ltd")
    bring(ws, tmp_path, "Name,Company\nCleo Wing,Acme Ltd\nAda Park,Acme Ltd\n")
    after = ws.snapshot()
    assert [o.name for o in after.all(Organization) if o.type == "customer"] == ["Acme"]
    assert len(after.all(Person)) == 3 and {t.dst for t in after.all(WorksAt)} == {after.all(WorksAt)[0].dst}


def test_an_import_tells_who_has_the_address_of_somebody_else(ws: Workspace, tmp_path: Path) -> None:
    bring(
        ws, tmp_path, "Name,Company,Email\nAda Park,Acme,ada@acme.example\nBen Stone,Acme,info@acme.example\n"
    )
    path = tmp_path / "more.csv"
    path.write_text(
        "Name,Company,Email\nA. Park,Beta,ADA@acme.example\nCleo Marsh,Acme,info@acme.example\n", "utf-8"
    )
    told = [note.en for note in ws.import_([path]).plan.notes if "one person?" in note.en]
    assert told == [
        "ada@acme.example is the address of A. Park and Ada Park: one person? `powermap duplicates` gives the reasons"
    ]
    assert len(ws.snapshot().all(Person)) >= 4
