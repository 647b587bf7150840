"""What arrives of address books: vCard, LDIF, LinkedIn, Google, Outlook, Thunderbird."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from exported import csv, jobs, left, lines, plan, read, rows, stored

ADA = {"name": "Ada Stone", "company": "Müller Lamps", "title": "CEO", "department": "Board"}

CARDS = {
    "2.1": (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Stone;Ada;;Ms.\r\nFN:Ada Stone\r\n"
        "ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller L=\r\namps;Board\r\nTITLE:CEO\r\n"
        "TEL;HOME;VOICE:555 9\r\nTEL;WORK;VOICE:555 1\r\nTEL;WORK;FAX:555 0\r\n"
        "EMAIL;PREF;INTERNET:ada@mueller.example\r\nX-MS-MANAGER:Ben Reed\r\n"
        "PHOTO;JPEG;ENCODING=BASE64:\r\n /9j/4AAQSkZJRgABAQ\r\n\r\nEND:VCARD\r\n"
    ),
    "3.0": (
        "BEGIN:VCARD\nVERSION:3.0\nN:Stone;Ada;;Dr.;\nFN:Dr. Ada Stone\nORG:Müller La\n mps;Board\nTITLE:CEO\n"
        "EMAIL;TYPE=HOME:ada@gmail.com\nEMAIL;TYPE=INTERNET;TYPE=WORK:ada@mueller.example\n"
        "item1.TEL;TYPE=WORK:555 1\nitem2.X-ABRELATEDNAMES:Ben Reed\nitem2.X-ABLabel:_$!<Manager>!$_\n"
        "BDAY:1970-01-01\nEND:VCARD\n"
    ),
    "4.0": (
        'BEGIN:VCARD\nVERSION:4.0\nFN:Ada Stone\nN:Stone;Ada;;;\nORG;TYPE=work:Müller Lamps;Board\nTITLE:CEO\n'
        'TEL;VALUE=uri;TYPE="work,voice";PREF=1:tel:555 1\nEMAIL;TYPE=work:ada@mueller.example\n'
        "RELATED;TYPE=manager;VALUE=text:Ben Reed\nEND:VCARD\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("version", CARDS)
def test_a_card_of_each_version(tmp_path: Path, version: str) -> None:
    """Whatever the file is called, the boss gets a row in the same company."""
    path = tmp_path / "contacts.txt"
    path.write_bytes(CARDS[version].encode("utf-8"))
    assert rows(read(path)) == [
        ADA | {"boss": "Ben Reed", "email": "ada@mueller.example", "phone": "555 1"},
        {"name": "Ben Reed", "company": "Müller Lamps"},
    ]
    assert lines(stored(path)) == {("Ada Stone", "Ben Reed")}


def test_a_bad_card_costs_that_card(tmp_path: Path) -> None:
    path = tmp_path / "all.vcf"
    path.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nFN:Ada Stone\nORG:Müller Lamps\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Never Ended\nORG:Müller Lamps\n"
        "BEGIN:VCARD\nVERSION:3.0\nTEL:555\nORG:Müller Lamps\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nN:石;安;;;\nFN:安 石\nORG:明灯;财务部\nUID:u-1\n"
        "AGENT:\nBEGIN:VCARD\nFN:Some Agent\nEND:VCARD\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Friend\nEMAIL:friend@gmail.com\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Side Ltd\nORG:Side Ltd\nX-ABShowAs:COMPANY\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Friends\nEND:VCARD\n",
        encoding="utf-8",
    )
    reading = read(path)
    assert rows(reading) == [
        {"name": "Ada Stone", "company": "Müller Lamps"},
        {"id": "u-1", "name": "石安", "company": "明灯", "department": "财务部"},
    ]
    assert rows(reading, "organizations") == [{"name": "Side Ltd"}]
    found = left(reading)
    assert found["cards that can't be read"] == 2
    assert found["people without a company"] == 1
    assert found["cards of groups, rooms and devices"] == 1
    assert any("the card in line 6 was left out: it has no end" in en for _, en in reading.notes)


def test_an_address_book_without_companies_is_asked(tmp_path: Path) -> None:
    """Its people are nobody's staff, least of all of a company called like the file."""
    path = tmp_path / "friends.vcf"
    path.write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Ada Stone\nEND:VCARD\n", encoding="utf-8")
    (problem,) = plan(read(path)).problems
    assert problem.reason == "the row names no company"


def test_a_directory_as_ldif(tmp_path: Path) -> None:
    """A manager is an entry; base64 is read; a reference to a file is not fetched."""
    name = base64.b64encode("石安".encode()).decode()
    path = tmp_path / "people.ldif"
    path.write_text(
        "version: 1\n\ndn: ou=people,dc=x\nobjectClass: organizationalUnit\nou: people\n\n"
        "dn: cn=Ada Stone,ou=people,dc=x\nobjectClass: inetOrgPerson\ncn: Ada Stone\ngivenName: Ada\nsn: Stone\n"
        "o: Müller\n  Lamps\ntitle: CEO\ndepartment: Board\nmail: ada@mueller.example\ntelephoneNumber: 555 1\n"
        "jpegPhoto:< file:///etc/passwd\n\n"
        f"dn: cn=ben,ou=people,dc=x\nobjectClass: inetOrgPerson\ncn:: {name}\nsn: Reed\no: Müller Lamps\n"
        "employeeNumber: 7\nmanager: cn=Ada Stone,ou=people,dc=x\nstreet: Here 1\n",
        encoding="utf-8",
    )
    reading = read(path)
    assert rows(reading) == [
        ADA | {"id": "cn=Ada Stone,ou=people,dc=x", "email": "ada@mueller.example", "phone": "555 1"},
        {"id": "7", "name": "石安", "company": "Müller Lamps", "boss": "cn=Ada Stone,ou=people,dc=x"},
    ]
    assert lines(stored(path)) == {("石安", "Ada Stone")}
    assert left(reading) == {"entries of nobody: groups, units, machines": 1, "attribute street": 1}


BOOKS: dict[str, tuple[list[str], dict[str, object]]] = {
    "LinkedIn": (
        [
            "First Name|Last Name|URL|Email Address|Company|Position|Connected On",
            "Ada|Stone|https://www.linkedin.com/in/ada||Müller Lamps|CEO|12 Mar 2024",
        ],
        {"id": "https://www.linkedin.com/in/ada", "name": "Ada Stone", "company": "Müller Lamps", "title": "CEO"},
    ),
    "Google, since 2024": (
        [
            "First Name|Middle Name|Last Name|Nickname|File As|Organization Name|Organization Title|Organization Department|Birthday|Notes|Labels|E-mail 1 - Label|E-mail 1 - Value|Phone 1 - Label|Phone 1 - Value|Relation 1 - Label|Relation 1 - Value",
            "Ada||Stone|Addie||Müller Lamps|CEO|Board|1970-01-01|met at the fair|* myContacts|* Work|ada@mueller.example ::: ada@gmail.com|Mobile|555 1|Manager|Ben Reed",
        ],
        ADA | {"name_alt": "Addie", "note": "met at the fair", "email": "ada@mueller.example", "phone": "555 1", "boss": "Ben Reed"},
    ),
    "Google, before": (
        [
            "Name|Given Name|Additional Name|Family Name|Group Membership|E-mail 1 - Type|E-mail 1 - Value|Phone 1 - Type|Phone 1 - Value|Organization 1 - Type|Organization 1 - Name|Organization 1 - Title|Organization 1 - Department",
            "Ada Stone|Ada||Stone|* myContacts|* Work|ada@mueller.example|Mobile|555 1||Müller Lamps|CEO|Board",
        ],
        ADA | {"email": "ada@mueller.example", "phone": "555 1"},
    ),
    "Outlook": (
        [
            "Title|First Name|Middle Name|Last Name|Suffix|Company|Department|Job Title|Business Phone|Mobile Phone|E-mail Address|Manager's Name|Assistant's Name|Notes",
            "Ms|Ada||Stone||Müller Lamps|Board|CEO|555 1|555 2|ada@mueller.example|Ben Reed|Cleo Marsh|likes tea",
        ],
        ADA | {"email": "ada@mueller.example", "phone": "555 1", "boss": "Ben Reed", "note": "likes tea"},
    ),
    "Outlook in Chinese": (
        [
            "称谓|名|中间名|姓|后缀|公司|部门|职务|商务电话|移动电话|电子邮件地址|经理姓名",
            "女士|安||石||明灯|财务部|财务总监|555 1||an@x.example|",
        ],
        {"name": "石安", "company": "明灯", "department": "财务部", "title": "财务总监", "phone": "555 1", "email": "an@x.example"},
    ),
    "Outlook in German": (
        [
            "Anrede|Vorname|Weitere Vornamen|Nachname|Firma|Abteilung|Position|Telefon geschäftlich|E-Mail-Adresse|Name des/der Vorgesetzten",
            "Frau|Ada||Stone|Müller Lamps|Board|CEO|555 1|ada@mueller.example|",
        ],
        ADA | {"email": "ada@mueller.example", "phone": "555 1"},
    ),
    "Thunderbird": (
        [
            "First Name|Last Name|Display Name|Nickname|Primary Email|Secondary Email|Screen Name|Work Phone|Home Phone|Mobile Number|Job Title|Department|Organization|Web Page 1|Notes",
            "Ada|Stone|Ada Stone|Addie|ada@mueller.example||||555 9|555 1|CEO|Board|Müller Lamps||likes tea",
        ],
        ADA | {"name_alt": "Addie", "email": "ada@mueller.example", "phone": "555 1", "note": "likes tea"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "ansi"])
@pytest.mark.parametrize("book", BOOKS)
def test_an_address_book_as_csv(tmp_path: Path, book: str, encoding: str) -> None:
    """Every field that the program has arrives, under any name of the file."""
    written, expected = BOOKS[book]
    if encoding == "ansi":
        encoding = "gb18030" if "Chinese" in book else "cp1252"
    reading = read(csv(tmp_path, "export.csv", *written, encoding=encoding))
    boss = [{"name": "Ben Reed", "company": "Müller Lamps"}] if "boss" in expected else []
    assert rows(reading) == [expected, *boss]


def test_a_friend_is_left_out_of_an_address_book(tmp_path: Path) -> None:
    head, ada = BOOKS["Outlook"][0]
    path = csv(tmp_path, "export.csv", head, ada, "|Fay||West|||||555|||||")
    assert {name for name, _ in jobs(stored(path))} == {"Ada Stone", "Ben Reed"}
    assert left(read(path))["people without a company"] == 1


def test_lines_above_the_header_of_linkedin(tmp_path: Path) -> None:
    head, ada = BOOKS["LinkedIn"][0]
    path = csv(tmp_path, "Connections.csv", "Notes:", "Some of the addresses are missing.", head, ada)
    reading = read(path)
    assert rows(reading) == [BOOKS["LinkedIn"][1]]
    assert [draft.place.row for draft in reading.drafts] == [4]


def test_the_company_of_others_with_the_same_domain(tmp_path: Path) -> None:
    """Work addresses say where somebody works, if all others of the domain work there; free mail doesn't."""
    head, ada = BOOKS["Outlook"][0]
    path = csv(
        tmp_path,
        "export.csv",
        head,
        ada,
        "|Fay||West|||||||fay@mueller.example||",
        "|Gil||North|||||||gil@gmail.com||",
        "|Hal||South|||Side Ltd||||hal@gmail.com||",
    )
    assert ("Fay West", "Müller Lamps") in jobs(stored(path))
    assert left(read(path))["people without a company"] == 2
