"""New people, organizations and deals, in a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from powermap.editing.occasion import Edit, Occasion
from powermap.errors import AnalysisError
from powermap.identity.names import SAID, Agreement, agreement
from powermap.model import Deal, Organization, Person
from powermap.model.naming import fold
from powermap.words import Words

ALIKE = Agreement.CLOSE
"""From this agreement of names on somebody new is said to look like somebody known."""


def add_person(
    occasion: Occasion, name: str, account: str, written: Mapping[str, str], *, since: bool = False
) -> Edit:
    """Add a person to an account.

    Parameters
    ----------
    account
        Name or id of the organization where they work.
    written
        What is known, by column of the people sheet, as it would stand in its cells.
    since
        Whether the job begins on the day; else since when is left open.

    Raises
    ------
    AnalysisError
        If the account has somebody of that name, or a name means nobody.
    """
    home = occasion.organization(account)
    row: dict[str, Any] = {**occasion.read("people", "name", name), "company": home.id}
    fellows = [p for p in occasion.register.snapshot.all(Person) if p.id in occasion.register.within(home.id)]
    for person in fellows:
        if fold(row["name"]) in map(fold, filter(None, (person.name, person.name_alt))):
            raise AnalysisError(
                Words(f"{home.name} 已有“{person.name}”", f"{home.name} has a {person.name!r} already"),
                hint=Words(
                    f"改：powermap set {person.id} 字段 值；确有两人同名：用文件导入，各填编号",
                    f"change them by `powermap set {person.id} FIELD VALUE`; two people of one name come by a file, with ids",
                ),
            )
    if since:
        row["since"] = occasion.day
    for field, text in written.items():
        row |= _people_cell(occasion, field, text, home)
    names = [row["name"], *filter(None, [row.get("name_alt")])]
    alike = [(p, agreement(names, filter(None, (p.name, p.name_alt)))) for p in fellows]
    notes = [
        Words(f"像是已有的 {p.name}：{SAID[how].zh}", f"this may be {p.name}: {SAID[how].en}")
        for p, how in alike
        if how >= ALIKE
    ]
    return Edit("add person", tuple(_rows(occasion, row)), notes=tuple(notes))


def _rows(occasion: Occasion, row: dict[str, Any]) -> list[Any]:
    """Make the row of the people sheet, and one of the stances sheet for an attitude, which is of the day."""
    said = {k: row.pop(k) for k in ("attitude", "attitude_note") if k in row}
    rows = [occasion.draft("people", row, evidence=False)]
    if "attitude" in said:
        note = " ".join(filter(None, (occasion.because, said.get("attitude_note", ""))))
        stance = {"person": row["name"], "company": row["company"], "attitude": said["attitude"]}
        rows.append(
            occasion.draft("stances", {**stance, "since": occasion.day, **({"note": note} if note else {})})
        )
    elif occasion.because:
        row["note"] = "\n".join(filter(None, (row.get("note", ""), occasion.because)))
        rows = [occasion.draft("people", row, evidence=False)]
    return rows


def _people_cell(occasion: Occasion, field: str, text: str, home: Organization) -> dict[str, Any]:
    if field in ("boss", "dotted_boss"):
        return {field: occasion.register.one(text, Person, account=home.id).id}
    if field == "owner":
        us = occasion.register.snapshot.us
        found = occasion.register.all_of(text, (Person,), us.id if us else None)
        # One of ours whom nobody has named before is made, as from a file.
        return {field: (found[0].id if len(found) == 1 else text,)}
    return occasion.read("people", field, text)


def add_organization(occasion: Occasion, name: str, written: Mapping[str, str]) -> Edit:
    """Add a company, a unit or a circle; `written` by column of the organizations sheet."""
    row = occasion.read("organizations", "name", name)
    known = occasion.register.snapshot.all(Organization)
    for house in known:
        if fold(row["name"]) in map(fold, filter(None, (house.name, house.name_alt))):
            raise AnalysisError(
                Words(f"已有组织“{house.name}”", f"there is an organization {house.name!r} already"),
                hint=Words(
                    f"改：powermap set {house.id} 字段 值",
                    f"change it by `powermap set {house.id} FIELD VALUE`",
                ),
            )
    for field, text in written.items():
        if field == "part_of":
            row["part_of"] = occasion.organization(text).id
        else:
            row |= occasion.read("organizations", field, text)
    return Edit("add organization", (occasion.draft("organizations", row, evidence=False),))


def add_deal(occasion: Occasion, name: str, account: str, written: Mapping[str, str]) -> Edit:
    """Add a deal of an account; `written` by column of the deals sheet."""
    home = occasion.organization(account)
    row: dict[str, Any] = {**occasion.read("deals", "name", name), "company": home.id}
    for deal in occasion.register.snapshot.all(Deal):
        if deal.account == home.id and fold(row["name"]) in map(
            fold, filter(None, (deal.name, deal.name_alt))
        ):
            raise AnalysisError(
                Words(f"{home.name} 已有项目“{deal.name}”", f"{home.name} has a deal {deal.name!r} already"),
                hint=Words(
                    f"改：powermap set {deal.id} 字段 值",
                    f"change it by `powermap set {deal.id} FIELD VALUE`",
                ),
            )
    for field, text in written.items():
        row |= occasion.read("deals", field, text)
    if occasion.because:
        row["note"] = "\n".join(filter(None, (row.get("note", ""), occasion.because)))
    return Edit("add deal", (occasion.draft("deals", row, evidence=False),))
