"""The files of a Salesforce export together: they name accounts, contacts, users and opportunities by number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from powermap.model.naming import OURS
from powermap.sources.formats.exports import is_yes
from powermap.sources.formats.known import Known
from powermap.sources.formats.made import Row, Sheet

_IDS = (
    "company",
    "part_of",
    "boss",
    "theirs",
    "deal",
    "person",
    "_company",
    "_person",
    "_contact",
    "_what",
    "_deal",
)
_LEAD, _USER = "00Q", "005"


def put_together(sheets: Sequence[Sheet], known: Known, today: date | None = None) -> dict[int, list[Sheet]]:
    """Follow the numbers from file to file, and return for some sheets what becomes of them."""
    return _Export(sheets, known, today or date.today()).put_together() if sheets else {}


class _Export:
    def __init__(self, sheets: Sequence[Sheet], known: Known, today: date) -> None:
        self.sheets, self.known, self.today = sheets, known, today
        self.by_key: dict[str, list[Sheet]] = defaultdict(list)
        for sheet in sheets:
            self.by_key[sheet.export.removeprefix("salesforce ")].append(sheet)

    def _rows(self, key: str) -> Iterable[dict[str, Any]]:
        return (values for sheet in self.by_key[key] for values in sheet.values())

    def put_together(self) -> dict[int, list[Sheet]]:
        self._leave_gone()
        self.people = {str(v["id"]): v for v in self._rows("contacts") if v.get("id")}
        self.accounts = {str(v["id"]) for v in self._rows("accounts") if v.get("id")}
        self.deals = {str(v["id"]): v for v in self._rows("opportunities") if v.get("id")}
        self.users = {str(v["id"]): v for v in self._rows("users") if v.get("id")}
        self.needed: set[str] = set()
        put: dict[int, list[Sheet]] = {}
        for sheet in self.by_key["contacts"]:
            self._contacts(sheet)
        for sheet in self.by_key["opportunities"]:
            self._opportunities(sheet)
        for sheet in self.by_key["contact roles"]:
            sheet.rows = [row for row in sheet.rows if self._role(row[1], sheet)]
        for key in ("account contact relations", "account roles"):
            for sheet in self.by_key[key]:
                put[id(sheet)] = self._relations(sheet)
        guests = self._guests()
        for sheet in (*self.by_key["tasks"], *self.by_key["events"]):
            sheet.rows = [row for row in sheet.rows if self._activity(row[1], sheet, guests)]
        for sheet in (*self.by_key["attendees"], *self.by_key["teams"]):
            self._read_only(sheet)
        for sheet in self.by_key["users"]:
            self._our_people(sheet)
        return put

    # -- rows that are gone --------------------------------------------------------------------------------------

    def _leave_gone(self) -> None:
        """Leave out what was deleted or merged into another record, whose number takes the place of the old one."""
        masters: dict[str, str] = {}
        for sheet in self.sheets:
            kept: list[Row] = []
            deleted = 0
            for number, values in sheet.rows:
                if master := values.get("_master"):
                    masters[str(values.get("id"))] = str(master)
                    sheet.leave("已并入别的记录的行", "rows that were merged into another")
                elif is_yes(values.get("_deleted")):
                    deleted += 1
                else:
                    kept.append((number, values))
            if deleted:
                sheet.leave("标为删除的行", "rows marked as deleted", deleted)
                sheet.notes.append(
                    (
                        f"{sheet.file}：{deleted} 行已标为删除，未导入",
                        f"{sheet.file}: {deleted} rows are marked as deleted and were left out",
                    )
                )
            sheet.rows = kept
        for sheet in self.sheets:
            for values in sheet.values():
                for name in _IDS:
                    if values.get(name) in masters:
                        values[name] = masters[values[name]]

    # -- contacts and opportunities ------------------------------------------------------------------------------

    def _contacts(self, sheet: Sheet) -> None:
        sheet.leave_rows("name", "没有姓名的行", "rows without a name")
        self._companies(sheet, "没有客户的联系人", "contacts without an account")
        for values in sheet.values():
            boss = str(values.get("boss", ""))
            if boss and boss not in self.people and boss not in self.known.numbers:
                sheet.leave("不在文件里的上级", "bosses who aren't in the files")
                del values["boss"]
            self._take_user(values, "owner", sheet)

    def _companies(self, sheet: Sheet, zh: str, en: str) -> None:
        """Leave out rows of no account; say so where an account is only known by its number."""
        strange = set()
        for values in sheet.values():
            company = str(values.get("company", ""))
            if company and company not in self.accounts and company not in self.known.numbers:
                if self.accounts:
                    del values["company"]
                else:
                    strange.add(company)
        sheet.leave_rows("company", zh, en)
        if strange:
            sheet.notes.append(
                (
                    f"{sheet.file}：{len(strange)} 家客户只有编号；请把 Account 文件一起导入",
                    f"{sheet.file}: {len(strange)} accounts are known by their number only; import the file Account with it",
                )
            )

    def _take_user(self, values: dict[str, Any], name: str, sheet: Sheet) -> None:
        user = str(values.get(name, ""))
        if not user:
            return
        if user in self.users:
            self.needed.add(user)
        elif user not in self.known.numbers:
            sheet.leave(
                "只有编号的我方人员（请一起导入 User 文件）",
                "our people known by number only (import the file User too)",
            )
            del values[name]

    def _opportunities(self, sheet: Sheet) -> None:
        sheet.leave_rows("name", "没有名称的行", "rows without a name")
        self._companies(sheet, "没有客户的商机", "opportunities without an account")
        for values in sheet.values():
            if not values.get("outcome") and is_yes(values.get("_closed")):
                values["outcome"] = "lost"

    # -- roles and relations -------------------------------------------------------------------------------------

    def _company_of(self, person: str, deal: str = "") -> str:
        return str(
            self.deals.get(deal, {}).get("company") or self.people.get(person, {}).get("company") or ""
        )

    def _is_here(self, number: str, here: Mapping[str, Any]) -> bool:
        return number in here or number in self.known.numbers

    def _role(self, values: dict[str, Any], sheet: Sheet) -> bool:
        person, deal = str(values.get("person", "")), str(values.get("deal", ""))
        values["company"] = self._company_of(person, deal)
        if not (self._is_here(person, self.people) and self._is_here(deal, self.deals) and values["company"]):
            sheet.leave(
                "联系人或商机不在文件里的角色", "roles whose contact or opportunity isn't in the files"
            )
            return False
        return True

    def _relations(self, sheet: Sheet) -> list[Sheet]:
        """Take who belongs to an account beside their own: they are outside its hierarchy, yet part of it."""
        ties, committee = sheet.beside("ties"), sheet.beside("committee")
        of_company = Counter(str(v.get("company")) for v in self.deals.values())
        for number, values in sheet.rows:
            person, company = str(values.get("_person", "")), str(values.get("_company", ""))
            row = self.people.get(person)
            if row is None or (self.accounts and company not in self.accounts):
                sheet.leave(
                    "联系人或客户不在文件里的关系", "relations whose contact or account isn't in the files"
                )
                continue
            roles = [
                r for r in str(values.get("_roles", "")).split(";") if r.strip() and r.strip() != "Other"
            ]
            home = row.get("company") == company or is_yes(values.get("_direct"))
            if home:
                for day in ("since", "until"):
                    if values.get(day):
                        row.setdefault(day, values[day])
            else:
                tie = {"company": row.get("company"), "from": person, "to": company, "kind": "member of"}
                tie |= {day: values[day] for day in ("since", "until") if values.get(day)}
                ties.rows.append((number, tie | {"note": "; ".join(roles)}))
            deals = [n for n, v in self.deals.items() if v.get("company") == company]
            if roles and home and of_company[company] == 1:
                seat = {"company": company, "deal": deals[0], "person": person, "roles": tuple(roles)}
                committee.rows.append((number, seat))
            elif roles and home:
                sheet.leave(
                    "不知属于哪个商机的角色", "roles of which the opportunity can't be told", len(roles)
                )
        ties.unread, ties.notes = sheet.unread, sheet.notes
        return [ties, committee]

    # -- activities ----------------------------------------------------------------------------------------------

    def _guests(self) -> dict[str, list[str]]:
        """Return who else was in each task or event."""
        found: dict[str, list[str]] = defaultdict(list)
        for values in self._rows("attendees"):
            if values.get("_activity") and values.get("_person") and not is_yes(values.get("_what")):
                found[str(values["_activity"])].append(str(values["_person"]))
        return found

    def _activity(self, values: dict[str, Any], sheet: Sheet, guests: Mapping[str, list[str]]) -> bool:
        """Take a task or event that is done, and in which a contact was; tell whether it is one."""
        if ("_finished" in values and not is_yes(values["_finished"])) or (
            "_finished" not in values and values.get("_open")
        ):
            sheet.leave("未完成的任务", "tasks that aren't done")
            return False
        if is_yes(values.get("_private")):
            sheet.leave("私密的活动", "private activities")
            return False
        there = [str(values.get(name, "")) for name in ("theirs", "ours")] + guests.get(
            str(values.get("id")), []
        )
        theirs = tuple(
            dict.fromkeys(p for p in there if self._is_here(p, self.people) and not p.startswith(_USER))
        )
        ours: list[str] = []
        for user in dict.fromkeys(p for p in there if p.startswith(_USER)):
            one = {"ours": user}
            self._take_user(one, "ours", sheet)
            ours += one.values()
        values |= {"theirs": theirs, "ours": tuple(ours)}
        what = str(values.get("_what", ""))
        if not values.get("company"):
            values["company"] = self._company_of(theirs[0] if theirs else "", what)
        if what in self.accounts and not values["company"]:
            values["company"] = what
        return self._tells(values, there, sheet)

    def _tells(self, values: dict[str, Any], there: Sequence[str], sheet: Sheet) -> bool:
        if any(p.startswith(_LEAD) for p in there) and not values["theirs"]:
            sheet.leave("线索的活动", "activities with leads")
        elif not values["theirs"] or not values["company"]:
            sheet.leave("联系人不在文件里的活动", "activities whose contact isn't in the files")
        elif not values.get("on"):
            sheet.leave("没有日期的活动", "activities without a day")
        elif str(values["on"])[:10] > self.today.isoformat():
            sheet.leave("还没到的活动", "activities to come")
        else:
            return True
        return False

    # -- users and teams -----------------------------------------------------------------------------------------

    def _our_people(self, sheet: Sheet) -> None:
        """Make people of ours of the users whom the other files name, and whom these report to."""
        more = True
        while more:
            bosses = {str(self.users[u].get("boss")) for u in self.needed} & self.users.keys()
            more = not bosses <= self.needed
            self.needed |= bosses
        sheet.kind = "people"
        sheet.leave_rows("name", "没有姓名的行", "rows without a name")
        kept = [row for row in sheet.rows if str(row[1].get("id")) in self.needed]
        sheet.leave("没有被用到的用户", "users whom no file names", len(sheet.rows) - len(kept))
        sheet.rows = kept
        for values in sheet.values():
            values["company"] = OURS
            if str(values.get("boss")) not in self.needed:
                values.pop("boss", None)

    def _read_only(self, sheet: Sheet) -> None:
        """Leave a sheet out whose rows are in others by now, or say what nobody keeps."""
        if sheet.kind == "teams":
            sheet.leave(
                "团队成员：只记谁负责哪位联系人",
                "team members: kept is who looks after which contact",
                len(sheet.rows),
            )
        sheet.rows = []
