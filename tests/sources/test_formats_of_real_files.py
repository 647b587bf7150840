"""Files that other programs wrote: what arrives of them is counted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from exported import left, met, plan, read, rows, stored

from powermap.model import Deal, Organization

CARDS = {
    "addressbook-extension.vcf": 1,
    "fullcontact.vcf": 1,
    "gmail-list.vcf": 3,
    "gmail-single.vcf": 1,
    "gmail-single2.vcf": 2,
    "issue114.vcf": 1,
    "outlook-2003.vcf": 1,
    "rfc2426-example.vcf": 2,
    "rfc6350-example.vcf": 1,
}
"""People of each file; the boss of one card has none of his own."""


@pytest.fixture
def crm(shared: Path) -> Path:
    """The folder of files that other programs wrote."""
    folder = shared / "crm"
    if not folder.is_dir():
        pytest.skip(f"the real exports are not here ({folder}); set POWERMAP_TEST_SHARED")
    return folder


@pytest.mark.parametrize("name", CARDS)
def test_cards(crm: Path, name: str) -> None:
    reading = read(crm / "ez-vcard" / name)
    assert len(rows(reading)) == CARDS[name]
    assert "cards that can't be read" not in left(reading)


def test_a_card_of_outlook(crm: Path) -> None:
    (card,) = rows(read(crm / "ez-vcard" / "outlook-2003.vcf"))
    assert card == {
        "name": "John Doe III",
        "name_alt": "Joey",
        "company": "Company, The",
        "department": "TheDepartment",
        "title": "The Job Title",
        "email": "jdoe@hotmail.com",
        "phone": "BusinessPhone",
        "note": "This is the note field!!\nSecond line\n\nThird line is empty",
    }


def test_data_loader(crm: Path) -> None:
    """423 accounts in cp1252, two files of opportunities that name them by number, and what is no export at all."""
    reading = read(crm / "salesforce-dataloader")
    assert Counter(draft.sheet for draft in reading.drafts)["organizations"] >= 423
    store = stored(
        crm / "salesforce-dataloader" / "accountData.csv",
        crm / "salesforce-dataloader" / "opportunityData.csv",
    )
    accounts = {o.id for o in store.all(Organization)}
    assert len(accounts) >= 400
    assert len(store.all(Deal)) == 38
    assert all(deal.account in accounts and deal.outcome in ("", "won", "lost") for deal in store.all(Deal))
    assert sum(deal.outcome == "won" for deal in store.all(Deal)) > 5


def test_copies_by_another_tool(crm: Path) -> None:
    """Wide tables of masked rows: nobody is made of a role of users, and all of them can be imported together."""
    reading = read(crm / "fivetran-salesforce")
    assert plan(reading).problems == ()
    found = left(reading)
    assert found["rows marked as deleted"] == 18
    assert found["rows without a name"] == 1
    assert found["rows of a list that isn't read"] == 20


def test_a_report(crm: Path) -> None:
    people = rows(read(crm / "salesforce-lwc-recipes" / "Accounts-Contacts.csv"))
    assert len(people) == 6
    assert people[0] == {
        "name": "Amy Taylor",
        "company": "Alpha Dynamics",
        "title": "VP of Engineering",
        "email": "amy@demo.net",
        "phone": "4152568563",
    }


def test_calendars(crm: Path) -> None:
    """A ride of three of one company is no meeting of two; an invitation to two addresses is one."""
    assert met(stored(crm / "icalendar" / "example.ics")) == []
    ((account, day, channel, _, theirs, purpose),) = met(stored(crm / "icalendar" / "property_params.ics"))
    assert (account, day, channel, purpose) == ("xs4all.nl", "2012-08-14", "meeting", "Test meeting from BB")
    assert theirs == ("RembrandSB", "RembrandXS")
    assert plan(read(crm / "icalendar")).problems == ()
