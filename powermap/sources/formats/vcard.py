"""Cards of address books: vCard 2.1 to 4.0, several in a file; a card that can't be read costs that card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from powermap.sources.formats.content_lines import ContentLine, read_lines, split_at, unescape
from powermap.sources.formats.made import Sheet, full_name

MOST = 100_000
"""Cards of a file."""
_TAKEN = frozenset(
    (
        *(
            "BEGIN",
            "END",
            "VERSION",
            "N",
            "FN",
            "ORG",
            "TITLE",
            "ROLE",
            "EMAIL",
            "TEL",
            "NOTE",
            "UID",
            "NICKNAME",
        ),
        *("KIND", "PRODID", "REV", "SOURCE", "NAME", "PROFILE", "SORT-STRING", "MAILER", "CLASS"),
        *("X-ABLABEL", "X-ABSHOWAS", "X-ABUID", "X-ADDRESSBOOKSERVER-KIND", "X-ABADR"),
    )
)
"""Properties that are read, or say nothing of the person."""
_MANAGERS = frozenset(("X-MANAGER", "X-MS-MANAGER", "X-EVOLUTION-MANAGER", "X-KADDRESSBOOK-X-MANAGERSNAME"))
_CALLED = {"PREF": 0, "WORK": 1, "CELL": 2, "MAIN": 3, "VOICE": 4}
_NO_VOICE = frozenset(("FAX", "PAGER", "BBS", "MODEM", "TEXTPHONE"))


@dataclass(slots=True)
class _Card:
    number: int
    lines: list[ContentLine] = field(default_factory=list)
    whole: bool = False


def read(text: str, file: str) -> list[Sheet]:
    """Read all cards of a file: people, and companies that have a card of their own."""
    people, houses = (
        Sheet(file, "people", [], mixed=True, named_bosses=True),
        Sheet(file, "organizations", []),
    )
    for count, card in enumerate(_cards(text)):
        if count >= MOST:
            people.leave(f"第 {MOST:,} 张以后的名片", f"cards beyond {MOST:,}")
            continue
        _take(card, people, houses)
    return [people, houses]


def _cards(text: str) -> Iterator[_Card]:
    """Return the cards one by one, the lines of a card within a card left out."""
    card: _Card | None = None
    depth = 0
    agent = False
    for line in read_lines(text):
        what = line.value.strip().upper()
        if line.name == "BEGIN":
            if card is None or (what == "VCARD" and not agent):
                # A card that begins where the one before has no end: that one is broken.
                if card is not None:
                    yield card
                card, depth = _Card(line.number), 0
            else:
                depth += 1
        elif card is not None and line.name == "END":
            if depth:
                depth -= 1
            else:
                card.whole = True
                yield card
                card = None
        elif card is not None and not depth:
            card.lines.append(line)
        agent = line.name == "AGENT" and not what
    if card is not None:
        yield card


def _take(card: _Card, people: Sheet, houses: Sheet) -> None:
    if not card.whole:
        _tell(people, card, "没有结尾（END:VCARD）", "it has no end (END:VCARD)")
        return
    kind = _first(card, "KIND", "X-ADDRESSBOOKSERVER-KIND").lower()
    if kind in ("group", "location", "application", "device"):
        people.leave("分组等不是人的名片", "cards of groups, rooms and devices")
        return
    values = _person(card)
    if kind == "org" or _first(card, "X-ABSHOWAS").upper() == "COMPANY":
        name = values.get("company") or values.get("name", "")
        if name:
            houses.rows.append((card.number, {"name": name}))
        return
    if not values.get("name"):
        _tell(people, card, "没有姓名", "it has no name")
        return
    people.rows.append((card.number, values))
    for name in {line.name for line in card.lines} - _TAKEN - _MANAGERS:
        if name.startswith("X-"):
            people.leave("有扩展项（X-…）的名片", "cards with further properties (X-…)")
        else:
            people.leave(f"有 {name} 项的名片", f"cards with {name}")


def _tell(people: Sheet, card: _Card, zh: str, en: str) -> None:
    people.leave("读不了的名片", "cards that can't be read")
    people.notes.append(
        (
            f"{people.file}：第 {card.number} 行的名片{zh}，未导入",
            f"{people.file}: the card in line {card.number} was left out: {en}",
        )
    )


def _person(card: _Card) -> dict[str, str]:
    organization = next((line.parts for line in card.lines if line.name == "ORG"), [])
    values = {
        "id": _first(card, "UID"),
        "company": organization[0] if organization else "",
        "name": _name(card),
        "name_alt": _first(card, "NICKNAME").split(",")[0],
        "title": _first(card, "TITLE") or _first(card, "ROLE"),
        "department": " / ".join(part for part in organization[1:] if part),
        "boss": _boss(card),
        "email": _best_address(line for line in card.lines if line.name == "EMAIL"),
        "phone": _best_number(line for line in card.lines if line.name == "TEL"),
        "note": _first(card, "NOTE")[:4000],
    }
    return {name: value for name, value in values.items() if value}


def _first(card: _Card, *names: str) -> str:
    return next((line.text for line in card.lines if line.name in names and line.text), "")


def _name(card: _Card) -> str:
    """Return the name as the card shows it; where it turns "Park, Ada" or shows none, its parts joined."""
    shown = " ".join(_first(card, "FN").split())
    line = next((line for line in card.lines if line.name == "N"), None)
    last, first, middle, before = ([*line.parts, "", "", "", ""] if line else [""] * 4)[:4]
    shown = shown.removeprefix(f"{before} ") if before else shown
    joined = full_name(first, middle, last)
    if joined and ("," in shown or not shown or any("\u4e00" <= c <= "\u9fff" for c in joined)):
        return joined
    return shown


def _boss(card: _Card) -> str:
    """Return the manager's name, as Outlook, Evolution and Apple keep it."""
    named = _first(card, *_MANAGERS)
    groups = {
        line.group for line in card.lines if line.name == "X-ABLABEL" and "manager" in line.value.lower()
    }
    for line in card.lines:
        if line.name in ("X-ABRELATEDNAMES", "RELATED") and not named:
            said = {t.lower() for t in line.types()}
            if (line.group and line.group in groups) or said & {"manager", "x-manager"}:
                named = line.text
    return "" if named.lower().startswith(("urn:", "http")) else named


def _best_address(lines: Iterable[ContentLine]) -> str:
    """Return the address of work, else the preferred one, else the first."""
    found = [line for line in lines if "@" in line.value]

    def order(line: ContentLine) -> tuple[bool, bool, bool]:
        types = line.types()
        return "WORK" not in types, not ("PREF" in types or "PREF" in line.parameters), "HOME" in types

    return min(found, key=order).text.removeprefix("mailto:") if found else ""


def _best_number(lines: Iterable[ContentLine]) -> str:
    """Return the number of work, else the mobile one, else the first that somebody answers."""
    found = [line for line in lines if line.value.strip() and not line.types() & _NO_VOICE]

    def order(line: ContentLine) -> tuple[bool, int]:
        types = line.types()
        return "HOME" in types, min((_CALLED[t] for t in types if t in _CALLED), default=9)

    if not found:
        return ""
    number, *more = split_at(min(found, key=order).value, ";")
    extension = next((part.partition("=")[2] for part in more if part.lower().startswith("ext=")), "")
    return unescape(number).strip().removeprefix("tel:") + (f" ext. {extension}" if extension else "")
