"""All tables of one import together: what one file says by the numbers of another, and who is only named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from powermap.model.naming import OURS, fold
from powermap.sources.columns import Aliases, find_header
from powermap.sources.formats import associations, directories, exports, meetings, salesforce
from powermap.sources.formats.addresses import address, domain
from powermap.sources.formats.known import Known
from powermap.sources.formats.made import MadeTable, Sheet
from powermap.sources.formats.meetings import Met
from powermap.sources.table import Table

_NAMED = ("people", "organizations", "deals")
"""Kinds of sheet of which a row without a name is nothing."""


def translate(
    files: Sequence[Sequence[Table]], aliases_of: Callable[[Table], Aliases], known: Known
) -> list[list[Table]]:
    """Return the tables of each file with our own headers, put together over all files of the import.

    Tables that are no export of another program stay as they are.
    """
    sheets = [[_sheet(table, aliases_of) for table in tables] for tables in files]
    foreign = [sheet for found in sheets for sheet in found if isinstance(sheet, Sheet)]
    if not foreign:
        return [list(tables) for tables in files]
    plain = [table for found in sheets for table in found if isinstance(table, Table)]
    put = _put_together(foreign, plain, aliases_of, known)
    out: list[list[Table]] = []
    for found in sheets:
        tables: list[Table] = []
        for sheet in found:
            if isinstance(sheet, Table):
                tables.append(sheet)
            else:
                tables += [made.table() for made in put[id(sheet)] if made.rows or made.notes or made.unread]
        out.append(tables)
    return out


def _sheet(table: Table, aliases_of: Callable[[Table], Aliases]) -> Sheet | Table:
    if isinstance(table, MadeTable):
        return table.made
    found = exports.recognise(table)
    if found is None:
        return table
    sheet = exports.rewrite(table, *found, aliases_of(table))
    if sheet.kind in _NAMED and not sheet.export.startswith("salesforce contacts"):
        sheet.leave_rows("name", "没有姓名的行", "rows without a name")
    return sheet


def _put_together(
    foreign: Sequence[Sheet], plain: Sequence[Table], aliases_of: Callable[[Table], Aliases], known: Known
) -> dict[int, list[Sheet]]:
    """Return for each sheet what becomes of it."""
    put: dict[int, list[Sheet]] = {id(sheet): [sheet] for sheet in foreign}
    put |= salesforce.put_together([s for s in foreign if s.export.startswith("salesforce ")], known)
    for sheet in foreign:
        if sheet.export in directories.DIRECTORIES:
            directories.find_heads(sheet)
    associations.name_companies(foreign, known)
    _name_companies_by_domain([s for s in foreign if s.mixed and s.kind == "people"], known)
    for kind in ("people", "deals"):
        _leave_companyless([sheet for sheet in foreign if sheet.mixed and sheet.kind == kind])
    associations.put_together(foreign, put, known)
    diaries = [sheet for sheet in foreign if sheet.kind == meetings.KIND]
    if diaries:
        made = (sheet for found in put.values() for sheet in found if sheet.kind == "people")
        resolved = meetings.resolve(diaries, known, _addresses(made, plain, aliases_of))
        for place, diary in enumerate(diaries):
            put[id(diary)] = resolved[2 * place : 2 * place + 2]
    _tell_apart(sheet for found in put.values() for sheet in found if sheet.kind == "people")
    return put


def _tell_apart(people: Iterable[Sheet]) -> None:
    """Number people of one name and company by their addresses, where these are different and nothing else is."""
    alike: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for values in (v for sheet in people for v in sheet.values()):
        alike[fold(str(values.get("name", ""))), fold(str(values.get("company", "")))].append(values)
    for rows in alike.values():
        addresses = {address(str(values.get("email", ""))) for values in rows}
        if len(addresses) == len(rows) > 1 and "" not in addresses:
            for values in rows:
                values.setdefault("id", address(str(values["email"])))


def _name_companies_by_domain(books: Sequence[Sheet], known: Known) -> None:
    """Give people without a company that of the others whose addresses are of the same domain, if it is one company."""
    lacking = [
        v for s in books for v in s.values() if not v.get("company") and domain(str(v.get("email", "")))
    ]
    if not lacking:
        return
    companies: dict[str, set[str]] = defaultdict(set)
    for values in (v for sheet in books for v in sheet.values() if v.get("company")):
        companies[domain(address(str(values.get("email", ""))))].add(str(values["company"]))
    for written, person in known.people().items():
        if not person.ours:
            companies[domain(written)].add(person.company)
    for values in lacking:
        found = companies.get(domain(address(str(values["email"]))), set())
        if len(found) == 1:
            values["company"] = next(iter(found))


def _leave_companyless(sheets: Sequence[Sheet]) -> None:
    """Leave out what is of no company, where others are of one: an address book holds friends too."""
    if any(values.get("company") for sheet in sheets for values in sheet.values()):
        for sheet in sheets:
            what = ("没有公司的人", "people") if sheet.kind == "people" else ("没有公司的交易", "deals")
            sheet.leave_rows("company", what[0], f"{what[1]} without a company")


def _addresses(
    made: Iterable[Sheet], plain: Sequence[Table], aliases_of: Callable[[Table], Aliases]
) -> dict[str, Met]:
    """Return who has which address, by the other files of the import."""
    found: dict[str, Met] = {}
    for values in (v for sheet in made for v in sheet.values()):
        _add(found, values.get("email"), values.get("company"), values.get("name"))
    for table in plain:
        header, _, _ = find_header(table, aliases_of(table))
        if header is None or header.sheet != "people" or "email" not in header.fields.values():
            continue
        for number, cells in table.rows:
            if number > header.row:
                said = {
                    f: cells[c] for c, f in header.fields.items() if c < len(cells) and cells[c] is not None
                }
                _add(found, said.get("email"), said.get("company"), said.get("name"))
    return found


def _add(found: dict[str, Met], written: Any, company: Any, name: Any) -> None:
    one = address(str(written or ""))
    if one and company and one in found:
        # Two with one address: they are told apart by their names.
        found[one] = Met(str(name or one), str(company), False)
    elif one and company:
        found[one] = Met(one, str(company), str(company) == OURS)
