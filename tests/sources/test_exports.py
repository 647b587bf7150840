"""The lists that other systems export, by their headers as published: no hand-made mapping is needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from powermap.method import load_pack
from powermap.model.draft import Reading
from powermap.sources import read_files

PACK = load_pack()

EXPORTS: dict[str, tuple[list[str], list[str], dict[str, object]]] = {
    "Salesforce, weekly export": (
        ["Id", "IsDeleted", "MasterRecordId", "AccountId", "FirstName", "LastName", "ReportsToId", "Title", "Department", "Email", "MobilePhone"],
        ["003A", "0", "000000000000000AAA", "001A", "Ada", "Stone", "000000000000000AAA", "CFO", "Finance", "ada@x.example", "555"],
        {"id": "003A", "company": "001A", "name": "Ada Stone", "title": "CFO", "department": "Finance", "email": "ada@x.example", "phone": "555"},
    ),
    "Salesforce, report": (
        ["Account: Account Name", "Contact: First Name", "Contact: Last Name", "Contact: Title", "Contact: Phone", "Contact: Email"],
        ["Acme", "Ada", "Stone", "CFO", "555", "ada@x.example"],
        {"company": "Acme", "name": "Ada Stone", "title": "CFO", "phone": "555", "email": "ada@x.example"},
    ),
    "HubSpot": (
        ["Record ID", "First Name", "Last Name", "Email", "Phone Number", "Contact owner", "Job Title", "Company Name", "Associated Company"],
        ["17", "Ada", "Stone", "ada@x.example", "555", "Wen Hill", "CFO", "Acme", "Acme"],
        {"id": "17", "name": "Ada Stone", "email": "ada@x.example", "phone": "555", "owner": ("Wen Hill",), "title": "CFO", "company": "Acme"},
    ),
    "Dynamics 365": (
        ["(Do Not Modify) Contact", "(Do Not Modify) Row Checksum", "(Do Not Modify) Modified On", " Full Name", "Email", "Company Name", "Job Title"],
        ["0f-11", "x", "2026-01-01", "Ada Stone", "ada@x.example", "Acme", "CFO"],
        {"id": "0f-11", "name": "Ada Stone", "email": "ada@x.example", "company": "Acme", "title": "CFO"},
    ),
    "Zoho": (
        ["Record Id", "Contact Owner", "First Name", "Last Name", "Full Name", "Account Name", "Title", "Department", "Phone", "Mobile", "Reporting To"],
        ["z1", "Wen Hill", "Ada", "Stone", "Ada Stone", "Acme", "CFO", "Finance", "1", "2", "Bo Reed"],
        {"id": "z1", "owner": ("Wen Hill",), "name": "Ada Stone", "company": "Acme", "title": "CFO", "department": "Finance", "phone": "1", "boss": "Bo Reed"},
    ),
    "Pipedrive": (
        ["Person - ID", "Person - Name", "Organization - Name"],
        ["9", "Ada Stone", "Acme"],
        {"id": "9", "name": "Ada Stone", "company": "Acme"},
    ),
    "Outlook": (
        ["Title", "First Name", "Last Name", "Company", "Department", "Job Title", "E-mail Address", "Manager's Name"],
        ["Ms", "Ada", "Stone", "Acme", "Finance", "CFO", "ada@x.example", "Bo Reed"],
        {"name": "Ada Stone", "company": "Acme", "department": "Finance", "title": "CFO", "email": "ada@x.example", "boss": "Bo Reed"},
    ),
    "Google contacts": (
        ["First Name", "Last Name", "Organization Name", "Organization Title", "Organization Department", "Notes"],
        ["Ada", "Stone", "Acme", "CFO", "Finance", "met at the fair"],
        {"name": "Ada Stone", "company": "Acme", "title": "CFO", "department": "Finance", "note": "met at the fair"},
    ),
    "DingTalk": (
        ["员工UserID", "部门", "职位", "姓名", "性别", "工号", "手机号", "邮箱", "备注"],
        ["u7", "财务部", "财务总监", "石安", "女", "0042", "555", "a@x.example", "老同事"],
        {"id": "u7", "department": "财务部", "title": "财务总监", "name": "石安", "phone": "555", "email": "a@x.example", "note": "老同事"},
    ),
    "Visio": (
        ["Employee ID", "Name", "Manager ID", "Title", "Role Type"],
        ["e1", "Ada Stone", "e0", "CFO", "manager"],
        {"id": "e1", "name": "Ada Stone", "boss": "e0", "title": "CFO"},
    ),
}  # fmt: skip


def read(path: Path, lines: list[list[str]], encoding: str = "utf-8") -> Reading:
    text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    path.write_bytes(text.encode(encoding))
    return read_files([path], PACK)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("system", EXPORTS)
def test_the_columns_of_an_export(tmp_path: Path, system: str, encoding: str) -> None:
    """Headers as the systems' own documentation and public exports give them, upper case as a data loader writes it."""
    head, row, expected = EXPORTS[system]
    for written in (head, [h.upper() for h in head]):
        reading = read(tmp_path / "contacts.csv", [written, row], encoding)
        assert reading.problems == ()
        # A boss who is only named gets a row.
        bosses = [{"name": "Bo Reed", "company": "Acme"}] if expected.get("boss") == "Bo Reed" else []
        assert [dict(d.values) for d in reading.drafts] == [expected, *bosses]


def test_linkedin_connections(tmp_path: Path) -> None:
    """The header stands below two or three lines of notes, however many."""
    path = tmp_path / "Connections.csv"
    path.write_text(
        'Notes:\n"When exporting your connection data, you may notice that some of the addresses are missing."\n\n'
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        "Ada,Stone,https://x.example/in/ada,,Acme,CFO,12 Mar 2024\n",
        encoding="utf-8",
    )
    reading = read_files([path], PACK)
    assert reading.problems == ()
    (draft,) = reading.drafts
    assert dict(draft.values) == {
        "id": "https://x.example/in/ada",
        "name": "Ada Stone",
        "company": "Acme",
        "title": "CFO",
    }
    assert draft.place.row == 5


def test_deleted_rows_are_left_out_and_said(tmp_path: Path) -> None:
    head = ["Id", "IsDeleted", "FirstName", "LastName"]
    rows = [["1", "false", "Ada", "Stone"], ["2", "TRUE", "Ben", "Reed"], ["3", "1", "Cleo", "Marsh"]]
    reading = read(tmp_path / "Contact.csv", [head, *rows])
    assert [d.values["name"] for d in reading.drafts] == ["Ada Stone"]
    assert any("2 rows are marked as deleted" in en for _, en in reading.notes)


def test_a_sheet_named_customers_that_lists_people(tmp_path: Path) -> None:
    """客户 may mean the companies or the people there; the columns tell."""
    people = read(tmp_path / "客户.csv", [["公司", "姓名", "职务", "上级"], ["明灯", "石安", "财务总监", ""]])
    assert [d.sheet for d in people.drafts] == ["people"]
    houses = read(tmp_path / "客户.csv", [["客户名称", "等级", "行业"], ["明灯", "A", "照明"]])
    assert [(d.sheet, d.values["name"]) for d in houses.drafts] == [("organizations", "明灯")]


def test_accounts_and_contacts_of_one_export(tmp_path: Path) -> None:
    """Contacts name their account by its id in the other file."""
    from datetime import date
    from itertools import count

    from powermap.intake import make_plan
    from powermap.model import Organization, Snapshot

    read(tmp_path / "Account.csv", [["Id", "Name", "Industry"], ["001A", "Acme Lamps", "light"]])
    read(
        tmp_path / "Contact.csv",
        [["Id", "AccountId", "FirstName", "LastName"], ["003A", "001A", "Ada", "Stone"]],
    )
    ids = count()
    made = make_plan(
        read_files([tmp_path], PACK),
        Snapshot.of([]),
        PACK,
        today=date(2026, 9, 30),
        new_id=lambda: f"i{next(ids)}",
    )
    assert made.problems == ()
    houses = [c.after["name"] for c in made.changes if c.kind == Organization.KIND and c.after]
    assert houses == ["Acme Lamps"]
