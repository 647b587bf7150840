"""What the lists of a CRM say of each other: people of companies and deals, bosses and owners who are only named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from powermap.model.naming import OURS, fold
from powermap.sources.formats.exports import is_yes
from powermap.sources.formats.known import Known
from powermap.sources.formats.made import Sheet

_NAMED_BOSSES = frozenset(
    (
        "outlook",
        "google contacts",
        "thunderbird",
        "zoho contacts",
        "dynamics contacts",
        "salesforce contact report",
    )
)
"""Lists that name a boss who may not be in them."""


def name_companies(sheets: Sequence[Sheet], known: Known) -> None:
    """Name the company of each row: by its number where that is known, else by its name; the first of several."""
    houses = {str(v["id"]) for s in sheets if s.kind == "organizations" for v in s.values() if v.get("id")}
    for sheet in sheets:
        for values in sheet.values():
            numbers = _several(values.get("_company"))
            names = _several(values.get("company")) if sheet.export.startswith("hubspot") else []
            number = next((n for n in numbers if n in houses or n in known.numbers), "")
            if number and sheet.kind in ("people", "deals"):
                values["company"] = number
            elif names:
                values["company"] = names[0]
            if len(numbers) > 1:
                sheet.leave("第一家以外的关联公司", "companies beyond the first one", len(numbers) - 1)


def put_together(
    sheets: Sequence[Sheet], put: dict[int, list[Sheet]], known: Known, today: date | None = None
) -> None:
    """Put the sheets of one import together; what becomes of a sheet is added to its place in `put`."""
    _Associations(sheets, put, known, today or date.today()).put_together()


class _Associations:
    def __init__(
        self, sheets: Sequence[Sheet], put: dict[int, list[Sheet]], known: Known, today: date
    ) -> None:
        self.sheets, self.put, self.known, self.today = sheets, put, known, today
        self.people = self._by_number("people")
        self.deals = self._by_number("deals")

    def _of(self, kind: str) -> Iterable[Sheet]:
        return (sheet for sheet in self.sheets if sheet.kind == kind)

    def _by_number(self, kind: str) -> dict[str, dict[str, Any]]:
        return {str(v["id"]): v for sheet in self._of(kind) for v in sheet.values() if v.get("id")}

    def put_together(self) -> None:
        self.named = {
            (fold(str(v.get("name", ""))), fold(str(v.get("company", ""))))
            for sheet in self._of("people")
            for v in sheet.values()
        }
        self.ours = {
            fold(str(v["owner"])) for sheet in self._of("people") for v in sheet.values() if v.get("owner")
        }
        seats = self._seats()
        for sheet in list(self.sheets):
            if sheet.kind == "people" and (sheet.named_bosses or sheet.export in _NAMED_BOSSES):
                self._bosses(sheet)
            elif sheet.kind == "interactions" and sheet.export and not _numbered(sheet):
                self._activities(sheet)
            elif sheet.export == "salesforce role report":
                self._report_of_roles(sheet)
        for sheet, rows in seats:
            self.put[id(sheet)].append(rows)

    # -- deals ---------------------------------------------------------------------------------------------------

    def _seats(self) -> list[tuple[Sheet, Sheet]]:
        """Return who takes part in which deal, as people and deals name each other; a role is better than none."""
        made: list[tuple[Sheet, Sheet]] = []
        seated: set[tuple[str, str]] = set()
        of_company: dict[str, list[str]] = defaultdict(list)
        for deal, said in self.deals.items():
            of_company[str(said.get("company", ""))].append(deal)
        for sheet in self._of("committee"):
            seated |= {(str(v.get("deal")), str(v.get("person"))) for v in sheet.values()}
        for sheet in self._of("people"):
            rows = sheet.beside("committee")
            for number, values in sheet.rows:
                self._of_person(number, values, rows, of_company, sheet)
            seated |= {(str(v["deal"]), str(v["person"])) for v in rows.values()}
            made.append((sheet, rows))
        for sheet in self._of("deals"):
            rows, people = sheet.beside("committee"), sheet.beside("people")
            for number, values in sheet.rows:
                for person in self._contacts(number, values, people, sheet):
                    one = str(values.get("id") or values.get("name", ""))
                    if (one, person) not in seated:
                        seated.add((one, person))
                        seat = {"company": values.get("company"), "deal": one, "person": person}
                        rows.rows.append((number, seat))
            made += [(sheet, people), (sheet, rows)]
        return [(sheet, rows) for sheet, rows in made if rows.rows]

    def _of_person(
        self, number: int, values: dict[str, Any], rows: Sheet, of_company: dict[str, list[str]], sheet: Sheet
    ) -> None:
        company = str(values.get("company", ""))
        named = _several(values.get("_deals"))
        deals = [d for d in named if d in self.deals or d in self.known.numbers]
        sheet.leave("不在文件里的交易", "deals that aren't in the files", len(named) - len(deals))
        roles = values.get("roles")
        if roles and not deals and len(of_company[company]) == 1:
            deals = of_company[company]
        if roles and not deals and len(of_company[company]) > 1:
            sheet.leave("不知属于哪个交易的角色", "roles of which the deal can't be told")
            del values["roles"]
        for deal in deals:
            seat = {"company": company, "deal": deal, "person": values.get("id") or values.get("name")}
            rows.rows.append((number, seat | ({"roles": roles} if roles else {})))
        if deals:
            values.pop("roles", None)

    def _contacts(self, number: int, values: dict[str, Any], people: Sheet, sheet: Sheet) -> Iterable[str]:
        """Return the contacts of a deal, by number or by name; who is nowhere else is made."""
        company = str(values.get("company", ""))
        ids = _several(values.get("_contacts")) + _several(values.get("_contact"))
        here = [one for one in ids if one in self.people or one in self.known.numbers]
        if here or not values.get("_contact_name"):
            sheet.leave("不在文件里的联系人", "contacts who aren't in the files", len(ids) - len(here))
            return here
        names = _several(values.get("_contact_name"))
        for name in names:
            self._need(number, name, company, people)
        return names

    # -- who is only named ---------------------------------------------------------------------------------------

    def _need(self, number: int, name: str, company: str, people: Sheet, **more: Any) -> None:
        """Make a row of somebody who is only named, unless the files or the store know them."""
        key = (fold(name), "" if company == OURS else fold(company))
        if key in self.named or key in self.known.names or not name or not company:
            return
        self.named.add(key)
        people.rows.append((number, {"name": name, "company": company, **more}))

    def _bosses(self, sheet: Sheet) -> None:
        """Make a row of each boss who has none, in the company of whoever names them."""
        people = sheet.beside("people")
        numbers = {str(v["id"]) for v in sheet.values() if v.get("id")}
        for number, values in sheet.rows:
            boss = str(values.get("boss", ""))
            if values.get("_boss") in numbers:
                values["boss"] = values["_boss"]
            elif boss and boss not in numbers and fold(boss) != fold(str(values.get("name", ""))):
                self._need(number, boss, str(values.get("company", "")), people)
            elif boss and boss not in numbers:
                sheet.leave("自己是自己的上级", "people who are their own boss")
                del values["boss"]
        if people.rows:
            count = len(people.rows)
            sheet.notes.append(
                (
                    f"{sheet.file}：{count} 位上级自己没有一行，已按同一公司的人加上",
                    f"{sheet.file}: {count} bosses have no row of their own and were added as people of the same company",
                )
            )
            self.put[id(sheet)].append(people)

    def _activities(self, sheet: Sheet) -> None:
        """Take the activities that are done, with whom they name."""
        people, kept = sheet.beside("people"), []
        homes = {
            fold(str(v.get("name", ""))): str(v.get("company", ""))
            for other in self._of("people")
            for v in other.values()
        }
        for number, values in sheet.rows:
            theirs = tuple(_several(values.get("theirs")))
            company = str(values.get("company") or (homes.get(fold(theirs[0]), "") if theirs else ""))
            if ("_finished" in values and not is_yes(values["_finished"])) or values.get("_open"):
                sheet.leave("未完成的活动", "activities that aren't done")
            elif not theirs or not company:
                sheet.leave("没有联系人或公司的活动", "activities without a contact or a company")
            elif not values.get("on"):
                sheet.leave("没有日期的活动", "activities without a day")
            else:
                ours = tuple(_several(values.get("ours")))
                for name in theirs:
                    self._need(number, name, company, people)
                for name in ours:
                    if fold(name) not in self.ours:
                        self._need(number, name, OURS, people)
                values |= {"theirs": theirs, "ours": ours, "company": company}
                kept.append((number, values))
        sheet.rows = kept
        self.put[id(sheet)].insert(0, people)

    def _report_of_roles(self, sheet: Sheet) -> None:
        """Make the people and the deals that a report of roles names."""
        people, deals = sheet.beside("people"), sheet.beside("deals")
        known = {(fold(str(v.get("name", ""))), fold(str(v.get("company", "")))) for v in self.deals.values()}
        for number, values in sheet.rows:
            company, name = str(values.get("company", "")), str(values.get("deal", ""))
            person = {"title": values.get("_title"), "email": values.get("_email")}
            self._need(number, str(values.get("person", "")), company, people, **person)
            if name and (fold(name), fold(company)) not in known:
                known.add((fold(name), fold(company)))
                deal = {"name": name, "company": company, "stage": values.get("_stage")}
                deal |= {"value": values.get("_value"), "close_on": values.get("_close_on")}
                deals.rows.append((number, deal))
        sheet.leave_rows("person", "没有联系人的行", "rows without a contact")
        sheet.leave_rows("company", "没有客户的行", "rows without an account")
        self.put[id(sheet)] += [people, deals]


def _numbered(sheet: Sheet) -> bool:
    """Tell whether people are named by number there, and are found already."""
    return sheet.export in ("salesforce tasks", "salesforce events")


def _several(value: object) -> list[str]:
    """Return the values of a cell that holds several."""
    return [part.strip() for part in str(value or "").replace("；", ";").split(";") if part.strip()]
