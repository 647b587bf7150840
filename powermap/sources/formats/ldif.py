"""Address books and directories as LDIF: Thunderbird, Active Directory, OpenLDAP. A manager's entry gives the line."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from powermap.sources.formats.made import Sheet, full_name

BEGINS = re.compile(r"(?:#[^\n]*\n|version:\s*1\s*\n|\r?\n)*dn::?\s", re.IGNORECASE)
_FIELDS = {
    "company": ("o", "company", "organizationname"),
    "title": ("title",),
    "department": ("department", "ou", "departmentnumber"),
    "email": ("mail", "mozillasecondemail"),
    "phone": ("telephonenumber", "mobile", "cellphone", "homephone"),
    "note": ("description", "info"),
}
_NOBODY = frozenset(
    ("organizationalunit", "domain", "groupofnames", "group", "computer", "container", "groupofuniquenames")
)
_SAYS_NOTHING_WORDS = (
    "dn cn givenname sn displayname objectclass manager changetype modifytimestamp uid samaccountname "
    "employeeid employeenumber mozillanickname"
)
_SAYS_NOTHING = frozenset(_SAYS_NOTHING_WORDS.split())


def read(text: str, file: str) -> list[Sheet]:
    """Read the people of a directory; they are numbered by their entry, so that a manager's entry is found."""
    sheet = Sheet(file, "people", [], mixed=True, named_bosses=True)
    entries = list(_entries(text))
    numbers = {_first(e, "dn").lower(): _number(e) for _, e in entries}
    for line, entry in entries:
        classes = {value.lower() for value in entry.get("objectclass", ())}
        name = _name(entry)
        if classes & _NOBODY or not name:
            sheet.leave("不是人的条目", "entries of nobody: groups, units, machines")
            continue
        boss = _first(entry, "manager")
        values = {field: _first(entry, *names) for field, names in _FIELDS.items()}
        values |= {"id": _number(entry), "name": name, "name_alt": _first(entry, "mozillanickname")}
        values["boss"] = numbers.get(boss.lower()) or _common_name(boss)
        sheet.rows.append((line, {field: value for field, value in values.items() if value}))
        for attribute in entry.keys() - _SAYS_NOTHING - {a for names in _FIELDS.values() for a in names}:
            if not attribute.startswith(("mozilla", "objectguid", "objectsid")):
                sheet.leave(f"{attribute} 属性", f"attribute {attribute}")
    return [sheet]


def _entries(text: str) -> Iterator[tuple[int, dict[str, list[str]]]]:
    entry: dict[str, list[str]] = {}
    begun = 0
    for number, line in _unfolded(text):
        if not line.strip():
            if "dn" in entry:
                yield begun, entry
            entry = {}
            continue
        name, sign, value = line.partition(":")
        if not sign or line.startswith("#"):
            continue
        attribute = name.strip().lower().partition(";")[0]
        if value.startswith(":"):
            value = _decoded(value[1:].strip())
        elif value.startswith("<"):
            # A file elsewhere is never fetched.
            continue
        if attribute == "dn":
            entry, begun = {}, number
        entry.setdefault(attribute, []).append(value.strip())
    if "dn" in entry:
        yield begun, entry


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    number, held = 1, ""
    for place, line in enumerate([*text.replace("\r\n", "\n").split("\n"), ""], 1):
        if line.startswith(" ") and held:
            held += line[1:]
        else:
            if place > 1:
                yield number, held
            number, held = place, line
    yield number, held


def _decoded(value: str) -> str:
    try:
        return base64.b64decode(value).decode("utf-8", "replace") if len(value) < 100_000 else ""
    except (binascii.Error, ValueError):
        return ""


def _first(entry: dict[str, list[str]], *names: str) -> str:
    return next((v for name in names for v in entry.get(name, ()) if v), "")


def _number(entry: dict[str, list[str]]) -> str:
    """Return what stays the same when somebody moves within the directory, else the entry's name."""
    return _first(entry, "employeeid", "employeenumber", "samaccountname", "uid") or _first(entry, "dn")


def _name(entry: dict[str, list[str]]) -> str:
    joined = full_name(_first(entry, "givenname"), "", _first(entry, "sn"))
    return (
        joined
        if _first(entry, "sn") and _first(entry, "givenname")
        else _first(entry, "displayname", "cn", "sn")
    )


def _common_name(written: str) -> str:
    match = re.match(r"cn=((?:[^,\\]|\\.)+)", written, re.IGNORECASE)
    return re.sub(r"\\(.)", r"\1", match[1]) if match else ""
