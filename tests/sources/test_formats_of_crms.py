"""What arrives of the exports of CRMs: who, where, whose boss, which deal, who met whom; and what is counted as left out."""

from __future__ import annotations

import zipfile
from pathlib import Path

from exported import csv, jobs, left, lines, met, plan, read, rows, seats, stored, ties

from powermap.model import Covers, Deal, MemberOf, Organization, PartOf, WorksAt

NOBODY = "000000000000000AAA"


def salesforce(folder: Path) -> Path:
    """Write the files of a weekly export as Salesforce writes them: cp1252, every field quoted."""
    day = "2026-09-01 10:00:00"
    files = {
        "Account.csv": (
            "Id|IsDeleted|MasterRecordId|Name|Type|ParentId|BillingCity|Industry|OwnerId|SystemModstamp",
            f"001000000000001AAA|0|{NOBODY}|Müller Lamps|Customer - Direct|{NOBODY}|Köln|Lighting|005000000000001AAA|{day}",
            f"001000000000002AAA|0|{NOBODY}|Müller Lamps East|Prospect|001000000000001AAA|Jena|Lighting|005000000000001AAA|{day}",
            f"001000000000009AAA|1|{NOBODY}|Gone Ltd|Other|{NOBODY}||||{day}",
        ),
        "Contact.csv": (
            "Id|IsDeleted|MasterRecordId|AccountId|FirstName|LastName|Title|Department|ReportsToId|Email|Phone|MobilePhone|OwnerId|MailingCity|SystemModstamp",
            f"003000000000001AAA|0|{NOBODY}|001000000000001AAA|Ada|Stone|CEO|Board|{NOBODY}|ada@mueller.example|555 1||005000000000001AAA|Köln|{day}",
            f"003000000000002AAA|0|{NOBODY}|001000000000001AAA|Ben|Reed|CFO|Finance|003000000000001AAA|ben@mueller.example||555 2|005000000000002AAA|Köln|{day}",
            f"003000000000003AAA|0|{NOBODY}|001000000000002AAA|Cleo|Marsh|Buyer|Purchasing|003000000000008AAA|||||Jena|{day}",
            f"003000000000008AAA|0|003000000000002AAA|001000000000001AAA|Ben|Read||||||||{day}",
            f"003000000000009AAA|1|{NOBODY}|001000000000009AAA|Dot|Gone||||||||{day}",
        ),
        "User.csv": (
            "Id|Username|FirstName|LastName|Title|Department|Email|ManagerId",
            "005000000000001AAA|wen@us.example|Wen|Hill|KAM|Sales|wen@us.example|005000000000003AAA",
            "005000000000002AAA|kai@us.example|Kai|Lund|Engineer|Presales|kai@us.example|",
            "005000000000003AAA|eve@us.example|Eve|Bo|Head of sales|Sales|eve@us.example|",
            "005000000000004AAA|bot@us.example|Auto|Process||||",
        ),
        "Opportunity.csv": (
            "Id|IsDeleted|AccountId|Name|StageName|Amount|CurrencyIsoCode|CloseDate|IsClosed|IsWon|OwnerId|SystemModstamp",
            f"006000000000001AAA|0|001000000000001AAA|Street lights|Negotiation|250000.0|EUR|2026-12-01|0|0|005000000000001AAA|{day}",
            f"006000000000002AAA|0|001000000000002AAA|Bulbs|Closed Lost|1000.0|EUR|2026-03-01|1|0|005000000000001AAA|{day}",
        ),
        "OpportunityContactRole.csv": (
            "Id|OpportunityId|ContactId|Role|IsDeleted",
            "00K000000000001AAA|006000000000001AAA|003000000000001AAA|Decision Maker|0",
            "00K000000000002AAA|006000000000001AAA|003000000000002AAA|Other|0",
            "00K000000000003AAA|006000000000077AAA|003000000000002AAA|Evaluator|0",
        ),
        "AccountContactRelation.csv": (
            "Id|AccountId|ContactId|Roles|IsDirect|IsActive|StartDate|EndDate|IsDeleted",
            "07k000000000001AAA|001000000000002AAA|003000000000002AAA|Evaluator|0|1|2026-01-01||0",
            "07k000000000002AAA|001000000000001AAA|003000000000001AAA|Economic Buyer|1|1|2025-01-01||0",
        ),
        "Task.csv": (
            "Id|WhoId|WhatId|Subject|ActivityDate|Status|Priority|OwnerId|Description|Type|IsDeleted|AccountId|IsClosed",
            "00T000000000001AAA|003000000000001AAA|006000000000001AAA|Price call|2026-09-02|Completed|Normal|005000000000001AAA|secret words|Call|0|001000000000001AAA|1",
            "00T000000000002AAA|003000000000001AAA||Ring back|2026-12-02|Not Started|Normal|005000000000001AAA||Call|0|001000000000001AAA|0",
            "00T000000000003AAA|00Q000000000001AAA||Lead|2026-09-02|Completed|Normal|005000000000001AAA||Call|0||1",
        ),
        "Event.csv": (
            "Id|WhoId|WhatId|Subject|ActivityDateTime|ActivityDate|DurationInMinutes|Type|AccountId|OwnerId|IsPrivate|IsDeleted",
            "00U000000000001AAA|003000000000002AAA||Factory tour|2026-09-05 08:00:00|2026-09-05|60|Meeting||005000000000002AAA|0|0",
        ),
        "EventRelation.csv": (
            "Id|RelationId|EventId|IsWhat|IsDeleted",
            "0RE000000000001AAA|003000000000001AAA|00U000000000001AAA|0|0",
            "0RE000000000002AAA|005000000000001AAA|00U000000000001AAA|0|0",
            "0RE000000000003AAA|001000000000001AAA|00U000000000001AAA|1|0",
        ),
        "OpportunityTeamMember.csv": (
            "Id|OpportunityId|UserId|TeamMemberRole",
            "00q000000000001AAA|006000000000001AAA|005000000000002AAA|Presales",
        ),
        "Product2.csv": (
            "Id|Name|CreatedById|SystemModstamp",
            f"01t000000000001AAA|LED 40|005000000000001AAA|{day}",
        ),
    }  # fmt: skip
    for name, written in files.items():
        csv(folder, name, *written, encoding="cp1252")
    return folder


def test_a_weekly_export_of_salesforce(tmp_path: Path) -> None:
    """Everything that the files say of each other by number: accounts, bosses, owners, roles, guests."""
    store = stored(salesforce(tmp_path))
    ours = {("Wen Hill", "我方 Us"), ("Kai Lund", "我方 Us"), ("Eve Bo", "我方 Us")}
    theirs = {
        ("Ada Stone", "Müller Lamps"),
        ("Ben Reed", "Müller Lamps"),
        ("Cleo Marsh", "Müller Lamps East"),
    }
    assert jobs(store) == ours | theirs
    # Cleo's boss was merged into Ben; Wen's comes from the users.
    assert lines(store) == {("Ben Reed", "Ada Stone"), ("Cleo Marsh", "Ben Reed"), ("Wen Hill", "Eve Bo")}
    assert ties(store, Covers) == {("Wen Hill", "Ada Stone"), ("Kai Lund", "Ben Reed")}
    assert ties(store, PartOf) == {("Müller Lamps East", "Müller Lamps")}
    assert ties(store, MemberOf) == {("Ben Reed", "Müller Lamps East")}
    assert {(d.name, d.stage, d.value, d.currency, d.close_on and d.close_on.isoformat(), d.outcome) for d in store.all(Deal)} == {
        ("Street lights", "Negotiation", 250000.0, "EUR", "2026-12-01", ""),
        ("Bulbs", "Closed Lost", 1000.0, "EUR", "2026-03-01", "lost"),
    }  # fmt: skip
    assert {(person, deal) for person, deal, _ in seats(store)} == {
        ("Ada Stone", "Street lights"),
        ("Ben Reed", "Street lights"),
    }
    assert met(store) == [
        ("Müller Lamps", "2026-09-02", "Call", ("Wen Hill",), ("Ada Stone",), "Price call"),
        ("Müller Lamps", "2026-09-05", "Meeting", ("Kai Lund", "Wen Hill"), ("Ada Stone", "Ben Reed"), "Factory tour"),
    ]  # fmt: skip
    (ada,) = (t for t in store.all(WorksAt) if t.title == "CEO")
    assert (ada.unit, ada.period.start and ada.period.start.isoformat()) == ("Board", "2025-01-01")
    assert {o.name: (o.type, o.industry, o.region) for o in store.all(Organization) if o.industry} == {
        "Müller Lamps": ("customer", "Lighting", "Köln"),
        "Müller Lamps East": ("customer", "Lighting", "Jena"),
    }


def test_what_a_weekly_export_leaves_out_is_counted(tmp_path: Path) -> None:
    reading = read(salesforce(tmp_path))
    found = left(reading)
    assert found["rows marked as deleted"] == 2
    assert found["rows that were merged into another"] == 1
    assert found["tasks that aren't done"] == 1
    assert found["activities with leads"] == 1
    assert found["roles whose contact or opportunity isn't in the files"] == 1
    assert found["team members: kept is who looks after which contact"] == 1
    assert found["users whom no file names"] == 1
    assert found["rows of a list that isn't read"] == 1, "a product is nobody"
    assert not any("secret words" in str(draft.values) for draft in reading.drafts)


def test_a_weekly_export_in_its_zip_file(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    folder = salesforce(tmp_path / "files")
    with zipfile.ZipFile(tmp_path / "WE_00D.ZIP", "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"export/{path.name}")
    assert jobs(stored(tmp_path / "WE_00D.ZIP")) == jobs(stored(folder))


def test_the_next_week_finds_who_is_known(tmp_path: Path) -> None:
    """A file alone names the others by numbers that the store has."""
    store = stored(salesforce(tmp_path))
    (tmp_path / "new").mkdir()
    later = csv(
        tmp_path / "new",
        "Contact.csv",
        "Id|AccountId|FirstName|LastName|Title|ReportsToId|OwnerId",
        "003000000000004AAA|001000000000001AAA|Eli|Frost|Controller|003000000000002AAA|005000000000001AAA",
        # 15 characters are the same number without the check on its case.
        "003000000000001|001000000000001|Ada|Stone|Chair||005000000000001",
    )
    after = stored(later, store=store)
    assert ("Eli Frost", "Müller Lamps") in jobs(after)
    assert ("Eli Frost", "Ben Reed") in lines(after)
    assert ("Wen Hill", "Eli Frost") in ties(after, Covers)
    assert sum(name == "Ada Stone" for name, _ in jobs(after)) == 1
    assert stored(salesforce(tmp_path), store=store) == store, "the same files again change nothing"


def test_contacts_of_salesforce_alone(tmp_path: Path) -> None:
    """Owners and bosses that are only numbers are left out and counted; accounts are told."""
    path = csv(
        tmp_path,
        "contacts.csv",
        "ID|ACCOUNTID|FIRSTNAME|LASTNAME|REPORTSTOID|OWNERID|Attitude",
        "003000000000001AAA|001000000000001AAA|Ada|Stone|003000000000007AAA|005000000000001AAA|supports",
    )
    reading = read(path)
    assert rows(reading) == [
        {"id": "003000000000001AAA", "name": "Ada Stone", "company": "001000000000001AAA", "attitude": 1}
    ]
    assert left(reading)["bosses who aren't in the files"] == 1
    assert left(reading)["our people known by number only (import the file User too)"] == 1
    assert any("import the file Account with it" in en for _, en in reading.notes)


def test_reports_of_salesforce(tmp_path: Path) -> None:
    """Labels, some with the object before them; a footer is nobody."""
    roles = csv(
        tmp_path,
        "report.csv",
        "Opportunity Name|Account Name|Contact: Full Name|Title|Role|Stage|Amount",
        "Street lights|Müller Lamps|Ada Stone|CEO|Decision Maker|Negotiation|250000",
        "Street lights|Müller Lamps|Ben Reed|CFO|Economic Buyer|Negotiation|250000",
        "Copyright (c) 2000-2026 salesforce.com, inc.",
        encoding="utf-8-sig",
    )
    store = stored(roles)
    assert jobs(store) == {("Ada Stone", "Müller Lamps"), ("Ben Reed", "Müller Lamps")}
    assert {(p, d, r) for p, d, r in seats(store)} == {
        ("Ada Stone", "Street lights", ("decider",)),
        ("Ben Reed", "Street lights", ("decider",)),
    }
    (tmp_path / "two").mkdir()
    contacts = csv(
        tmp_path / "two",
        "report1.csv",
        "Account: Account Name|Contact: First Name|Contact: Last Name|Contact: Title|Contact: Department|Contact: Reports To|Contact: Email|Contact: Phone|Contact: Contact Owner",
        "Müller Lamps|Ben|Reed|CFO|Finance|Ada Stone|ben@mueller.example|555 2|Wen Hill",
    )
    activities = csv(
        tmp_path / "two",
        "report2.csv",
        "Subject|Date|Assigned|Company / Account|Contact|Status",
        "Lunch|2026-09-07|Wen Hill|Müller Lamps|Ben Reed|Completed",
        "Dinner|2026-12-07|Wen Hill|Müller Lamps|Ben Reed|Open",
    )
    store = stored(contacts, activities)
    assert lines(store) == {("Ben Reed", "Ada Stone")}
    assert ties(store, Covers) == {("Wen Hill", "Ben Reed")}
    assert met(store) == [("Müller Lamps", "2026-09-07", "", ("Wen Hill",), ("Ben Reed",), "Lunch")]


def test_hubspot_labels_and_associations(tmp_path: Path) -> None:
    csv(
        tmp_path,
        "companies.csv",
        "Record ID|Company name|Company owner|Industry|City",
        "900|Müller Lamps|Wen Hill|Lighting|Köln",
    )
    csv(
        tmp_path,
        "contacts.csv",
        "Record ID|First Name|Last Name|Email|Phone Number|Contact owner|Job Title|Associated Company|Associated Company IDs|Associated Deal IDs|Buying Role|Lead Status",
        "1|Ada|Stone|ada@mueller.example|555 1|Wen Hill|CEO|Müller Lamps;Side Ltd|900;901|70|DECISION_MAKER;BUDGET_HOLDER|Open",
        "2|Ben|Reed|ben@mueller.example|555 2|Kai Lund|CFO|Müller Lamps|900|||",
        "3|Cleo|Marsh||||Buyer|Müller Lamps|900||CHAMPION|",
        "4|Fay|West|fay@gmail.com||||||||",
    )
    csv(
        tmp_path,
        "deals.csv",
        "Record ID|Deal Name|Deal Stage|Amount|Close Date|Deal owner|Associated Company|Associated Company IDs|Associated Contact|Associated Contact IDs",
        "70|Street lights|Closed Won|250000|2026-12-01 10:00|Wen Hill|Müller Lamps|900|Ada Stone;Ben Reed|1;2",
    )
    reading = read(tmp_path)
    assert left(reading)["companies beyond the first one"] == 1
    assert left(reading)["people without a company"] == 1
    store = stored(tmp_path)
    assert jobs(store) >= {
        ("Ada Stone", "Müller Lamps"),
        ("Ben Reed", "Müller Lamps"),
        ("Cleo Marsh", "Müller Lamps"),
    }
    assert ties(store, Covers) == {("Wen Hill", "Ada Stone"), ("Kai Lund", "Ben Reed")}
    assert [(d.name, d.outcome, d.value) for d in store.all(Deal)] == [("Street lights", "won", 250000.0)]
    assert seats(store) == {
        ("Ada Stone", "Street lights", ("decider",)),
        ("Ben Reed", "Street lights", ()),
        ("Cleo Marsh", "Street lights", ("coach",)),
    }


def test_hubspot_by_the_names_of_its_interface(tmp_path: Path) -> None:
    path = csv(
        tmp_path,
        "export.csv",
        "hs_object_id|firstname|lastname|email|phone|mobilephone|jobtitle|company|hubspot_owner_id|hs_buying_role",
        "1|Ada|Stone|ada@mueller.example||555 1|CEO|Müller Lamps|77|INFLUENCER",
    )
    assert rows(read(path)) == [
        {
            "id": "1",
            "name": "Ada Stone",
            "company": "Müller Lamps",
            "title": "CEO",
            "email": "ada@mueller.example",
            "phone": "555 1",
            "roles": ("influencer",),
        }
    ]


def test_dynamics(tmp_path: Path) -> None:
    csv(
        tmp_path,
        "Active Contacts.csv",
        "(Do Not Modify) Contact|(Do Not Modify) Row Checksum|(Do Not Modify) Modified On|Full Name|First Name|Last Name|Email|Company Name|Business Phone|Mobile Phone|Job Title|Department|Manager|Owner",
        "0f-1|x|2026-01-01|Ada Stone|Ada|Stone|ada@mueller.example|Müller Lamps|555 1||CEO|Board||Wen Hill",
        "0f-2|x|2026-01-01|Ben Reed|Ben|Reed|ben@mueller.example|Müller Lamps||555 2|CFO|Finance|Ada Stone|Wen Hill",
        "0f-3|x|2026-01-01|Cleo Marsh|Cleo|Marsh||Müller Lamps|||Buyer|Purchasing|Fay West|Wen Hill",
    )
    csv(
        tmp_path,
        "Opportunities.csv",
        "(Do Not Modify) Opportunity|Topic|Potential Customer|Contact|Est. Close Date|Est. Revenue|Status|Currency",
        "0a-1|Street lights|Müller Lamps|Ben Reed|2026-12-01|250000|Won|EUR",
    )
    store = stored(tmp_path)
    assert lines(store) == {("Ben Reed", "Ada Stone"), ("Cleo Marsh", "Fay West")}
    assert ("Fay West", "Müller Lamps") in jobs(store)
    assert [(d.name, d.outcome, d.value, d.currency) for d in store.all(Deal)] == [
        ("Street lights", "won", 250000.0, "EUR")
    ]
    assert seats(store) == {("Ben Reed", "Street lights", ())}


def test_pipedrive(tmp_path: Path) -> None:
    csv(
        tmp_path,
        "people.csv",
        "Person - ID|Person - Name|Organization - Name|Person - Job title|Person - Email - Work|Person - Phone - Mobile|Person - Owner|Person - Last activity date",
        "9|Ada Stone|Müller Lamps|CEO|ada@mueller.example|555 1|Wen Hill|2026-09-01",
    )
    csv(
        tmp_path,
        "deals.csv",
        "Deal - ID|Deal - Title|Deal - Organization|Deal - Contact person|Deal - Stage|Deal - Value|Deal - Currency of Value|Deal - Status|Deal - Expected close date",
        "5|Street lights|Müller Lamps|Ada Stone|Proposal|250000|EUR|Open|2026-12-01",
    )
    csv(
        tmp_path,
        "activities.csv",
        "Activity - ID|Activity - Subject|Activity - Type|Activity - Due date|Activity - Contact person|Activity - Organization|Activity - Assigned to user|Activity - Done",
        "3|Factory tour|Meeting|2026-09-05|Ada Stone|Müller Lamps|Kai Lund|Done",
        "4|Call|Call|2026-12-05|Ada Stone|Müller Lamps|Kai Lund|To do",
    )
    store = stored(tmp_path)
    assert ("Ada Stone", "Müller Lamps") in jobs(store)
    assert ("Kai Lund", "我方 Us") in jobs(store)
    assert seats(store) == {("Ada Stone", "Street lights", ())}
    assert met(store) == [
        ("Müller Lamps", "2026-09-05", "Meeting", ("Kai Lund",), ("Ada Stone",), "Factory tour")
    ]


def test_zoho(tmp_path: Path) -> None:
    csv(
        tmp_path,
        "Accounts.csv",
        "Record Id|Account Name|Account Owner|Parent Account|Industry|Billing City",
        "zcrm_1|Müller Lamps|Wen Hill||Lighting|Köln",
    )
    csv(
        tmp_path,
        "Contacts.csv",
        "Record Id|Contact Owner.id|Contact Owner|First Name|Last Name|Full Name|Account Name.id|Account Name|Email|Title|Department|Phone|Mobile|Reporting To.id|Reporting To",
        "zcrm_11|u1|Wen Hill|Ada|Stone|Ada Stone|zcrm_1|Müller Lamps|ada@mueller.example|CEO|Board|555 1|||",
        "zcrm_12|u1|Wen Hill|Ben|Reed|Ben Reed|zcrm_1|Müller Lamps|ben@mueller.example|CFO|Finance||555 2|zcrm_11|Ada Stone",
    )
    csv(
        tmp_path,
        "Deals.csv",
        "Record Id|Deal Name|Account Name.id|Account Name|Stage|Amount|Closing Date|Contact Name.id|Contact Name",
        "zcrm_21|Street lights|zcrm_1|Müller Lamps|Closed Won|250000|2026-12-01|zcrm_12|Ben Reed",
    )
    store = stored(tmp_path)
    assert lines(store) == {("Ben Reed", "Ada Stone")}
    assert seats(store) == {("Ben Reed", "Street lights", ())}
    assert [(d.name, d.outcome) for d in store.all(Deal)] == [("Street lights", "won")]
    assert [o.region for o in store.all(Organization) if o.name == "Müller Lamps"] == ["Köln"]


def test_a_plan_of_all_of_them_has_no_problem(tmp_path: Path) -> None:
    assert plan(read(salesforce(tmp_path))).problems == ()
