"""Big plain sheets are taken as columns: to the same store, log and words as row by row, or not at all."""

from __future__ import annotations

import csv
import random
import re
import sqlite3
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import powermap.importing
from powermap.errors import PowermapError
from powermap.importing import Imported
from powermap.stores import open_store
from powermap.workspace import Workspace

TODAY = date(2026, 9, 30)
ID = re.compile(r"\b[0-9a-f]{16}\b")
Sheets = dict[str, list[list[str]]]

NAMES = (
    "Ann",
    "Bo",
    "Cy",
    "Dee",
    "Eve",
    "Flo",
    "Gil",
    "Hal",
    "高远",
    "林晓",
    "周明",
    "方蕾",
    "Ωmega",
    'The "Boss"',
    "Ivy, Jr",
)
WORDS = {
    "title": ("Head", "Buyer", "Chief, acting", ""),
    "department": ("Purchasing", "技术部", ""),
    "level": ("1", "2", "L3", ""),
    "name_alt": ("",),
    "power": ("3", "7.5", "", "10"),
    "email": ("a@b.example", ""),
    "phone": ("+86 1", "12", ""),
    "placeholder": ("yes", "no", ""),
    "adaptability": ("innovator", ""),
    "since": ("2024-01-01", "2025/3/1", ""),
    "until": ("2026-01-01", "2027-05-05", ""),
    "source": ("a call", ""),
    "author": ("Zoe", "王", ""),
    "status": ("observed", "assumed", ""),
    "confidence": ("0.5", "80%", ""),
    "note": ("said “yes”, loudly", "n", ""),
    "strength": ("0.3", "0.8", "60%", ""),
    "sign": ("+", "-1", ""),
    "channel": ("advice", "family", ""),
    "duty": ("deputy", "contact", ""),
    "on": ("2026-02-02", ""),
    "acceptance": ("2", "-1", ""),
    "rivalry": ("3", ""),
    "horizon": ("short", ""),
    "stage": ("design", ""),
    "value": ("120000", "350万", ""),
    "currency": ("CNY", ""),
    "rule": ("majority(decider, user)", ""),
    "close_on": ("2026-12-01", ""),
    "outcome": ("lost", ""),
    "won_by": ("Rival", ""),
    "roles": ("decider", "user; decider", ""),
    "votes": ("1", "2.5", ""),
    "veto": ("yes", "no", ""),
    "purpose": ("demo", "review, second", ""),
    "category": ("pumps", ""),
}  # fmt: skip
PEOPLE = ("title", "department", "level", "power", "email", "phone", "placeholder", "adaptability", "since", "until", "source", "author", "status", "confidence", "note")  # fmt: skip
STANCES = ("acceptance", "rivalry", "author", "source", "status", "confidence", "note")
DEALS = ("id", "horizon", "stage", "value", "currency", "rule", "close_on", "outcome", "won_by", "note")
SEATS = ("roles", "votes", "veto", "since", "until", "source", "status", "note")
MEETINGS = ("channel", "purpose", "note")
TIES = ("strength", "sign", "channel", "duty", "since", "until", "on", "source", "author", "status", "confidence", "note")  # fmt: skip


def invent(dice: random.Random) -> Sheets:
    """Invent sheets without a fault: who is who, who is whose boss, who sways and who covers whom."""
    houses = [f"House {i}" for i in range(dice.randint(1, 4))]
    numbered = dice.random() < 0.4
    extra = dice.sample(PEOPLE, dice.randint(0, 6))
    boss = dice.random() < 0.7
    head = [
        "company",
        "name",
        *(["id"] if numbered else []),
        *(["boss", "dotted boss"] if boss else []),
        *extra,
    ]
    people, staff = [head], {}
    for house in [*houses, "Ours", "Rival"]:
        names = dice.sample(NAMES, dice.randint(3, len(NAMES)))
        staff[house] = names
        for i, name in enumerate(names):
            row = [house, name, *([f"E{i}"] if numbered else [])]
            if boss:
                row += [dice.choice(names[:i]) if i and dice.random() < 0.8 else "" for _ in range(2)]
            people.append([*row, *(dice.choice(WORDS[f]) for f in extra)])
    dice.shuffle(rows := people[1:])
    extra = dice.sample(TIES, dice.randint(0, 6))
    ties = [["company", "from", "kind", "to", *extra]]
    used = set()
    for _ in range(dice.randint(20, 60)):
        house = dice.choice(houses)
        kind = dice.choice(["covers", "sways", "listens to", "tells", "mutual", "conflicts with"])
        start, end = dice.choice(staff["Ours" if kind == "covers" else house]), dice.choice(staff[house])
        both = kind == "covers", house, *((start, end) if kind == "covers" else sorted((start, end)))
        clear = kind != "covers" or start not in staff["Rival"]
        if (start != end or kind == "covers") and both not in used and clear:
            used.add(both)
            ties.append([house, start, kind, end, *(dice.choice(WORDS[f]) for f in extra)])
    for sheet in (people, ties):
        if {"since", "until"} <= set(sheet[0]):
            for row in sheet[1:]:
                row[sheet[0].index("since")] = ""
    found = {
        "organizations": [["name", "type", "us"], ["Ours", "supplier", "yes"], ["Rival", "supplier", ""]]
    }
    if dice.random() < 0.5:
        found["organizations"][0].append("part of")
        for row in found["organizations"][1:]:
            row.append("")
        found["organizations"].append(["A unit", "unit", "", houses[0]])
    found |= {"people": [people[0], *rows], "ties": ties}
    if dice.random() < 0.7:
        more = {
            "stances": invent_stances(houses, staff, dice),
            "interactions": invent_meetings(houses, staff, dice),
            "figures": invent_figures(houses, dice),
            "deals": [["company", "name", *DEALS]],
        }
        more["deals"] += [
            [house, f"Deal {number}", f"D{number}", *(dice.choice(WORDS[f]) for f in DEALS[1:])]
            for house in houses
            for number in range(2)
        ]
        more["committee"] = [["company", "deal", "person", *SEATS]]
        more["committee"] += [
            [house, deal, name, *("" if f == "since" else dice.choice(WORDS[f]) for f in SEATS)]
            for house in houses
            for deal in ("Deal 0", "d1")
            for name in dice.sample(staff[house], 3)
        ]
        kept = dice.sample(sorted(more), dice.randint(1, len(more)))
        found |= {name: more[name] for name in more if name in kept or name == "deals"}
    if dice.random() < 0.6:
        invent_shorthands(found, dice)
    return found


def invent_shorthands(sheets: Sheets, dice: random.Random) -> None:
    """Say in the people sheet who covers whom, what role he has and how he stands to us, unless other sheets do."""
    people = sheets["people"]
    rival = {row[1] for row in people[1:] if row[0] == "Rival"}
    ours = [row[1] for row in people[1:] if row[0] == "Ours" and row[1] not in rival]
    owners = [*ours, "Zoe", "zoe", "Uma", "乔安"]
    covered = {(row[0], row[3]) for row in sheets["ties"] if row[2] == "covers"}
    told = {
        "owner": ("; ".join(dice.sample([*ours, "Zoe", "乔安"], 2)), *owners, "", "-"),
        "attitude": ("2", "-1", "?", "", "neutral", "3", "-"),
        "roles": ("decider", "user; decider", "", "-"),
        "external": ("yes", "no", "", "-"),
    }
    left = [field for field, sheet in (("attitude", "stances"), ("roles", "committee")) if sheet in sheets]
    for field in dice.sample(sorted(told.keys() - left), dice.randint(1, len(told) - len(left))):
        people[0].append(field)
        for row in people[1:]:
            house, name = row[:2]
            owned = field == "owner" and (not house.startswith("House") or (house, name) in covered)
            row.append("" if owned else dice.choice(told[field]))
    if "roles" in people[0] and "deals" in sheets:
        people[0].append("deal")
        for row in people[1:]:
            row.append(dice.choice(["Deal 0", "d1"]) if row[0].startswith("House") else "")
    for field in dice.sample(people[0][2:], 2) if len(people[0]) > 3 else ():
        if field not in ("id", "source", "deal"):
            dice.choice(people[1:])[people[0].index(field)] = "-"


def invent_stances(houses: list[str], staff: dict[str, list[str]], dice: random.Random) -> list[list[str]]:
    """Invent attitudes: some have a history, some exclude each other, some are about a deal."""
    extra = dice.sample(STANCES, dice.randint(0, 4))
    us = dice.choice([["Ours", "Rival", ""], ["Ours", "Rival"], [""]])
    rows = []
    for house in houses:
        for name in dice.sample(staff[house], 3):
            for supplier in dice.sample(us, dice.randint(1, len(us))):
                if supplier == "" and "Ours" in us:
                    continue
                deal = dice.choice(["", "", "deal 1"])
                days = dice.sample(
                    ["2024-01-01", "2025-06-30", "2026-02-01", "2026-12-31"], dice.randint(1, 3)
                )
                for day in days if len(days) > 1 else [dice.choice([days[0], ""])]:
                    until = (
                        dice.choice(["", "2027-01-01", "2026-09-30"])
                        if len(days) == 1 and day < "2026-09"
                        else ""
                    )
                    told = [house, name, supplier, dice.choice(["-2", "0", "2", "3"]), deal, day, until]
                    rows.append([*told, *(dice.choice(WORDS[f]) for f in extra)])
    dice.shuffle(rows)
    return [["company", "person", "supplier", "attitude", "deal", "since", "until", *extra], *rows]


def invent_meetings(houses: list[str], staff: dict[str, list[str]], dice: random.Random) -> list[list[str]]:
    extra = dice.sample(MEETINGS, dice.randint(0, 3))
    ours = [name for name in staff["Ours"] if name not in staff["Rival"]] or [""]
    rows = [
        [f"M{number}" if dice.random() < 0.5 else "", house, f"2026-{1 + number % 12:02}-0{1 + number // 12}",
         dice.choice(ours), "; ".join(dice.sample(staff[house], dice.randint(1, 3))), *(dice.choice(WORDS[f]) for f in extra)]
        for number, house in enumerate(dice.choices(houses, k=dice.randint(2, 20)))
    ]  # fmt: skip
    return [["id", "company", "on", "ours", "theirs", *extra], *rows]


def invent_figures(houses: list[str], dice: random.Random) -> list[list[str]]:
    rows = [
        [house, measure, year, str(dice.randint(1, 9) * 1000), supplier, dice.choice(WORDS["category"])]
        for house in [*houses, "New House"]
        for measure, supplier in (("revenue", ""), ("revenue", "Rival"), ("wallet", ""))
        for year in ("2024", "2025")
    ]
    return [["company", "measure", "on", "value", "supplier", "category"], *rows]


def write(folder: Path, sheets: Sheets, dice: random.Random) -> list[Path]:
    folder.mkdir()
    end, encoding = dice.choice(["\n", "\r\n"]), dice.choice(["utf-8", "utf-8-sig"])
    separator, quoting = dice.choice(",;\t"), dice.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    for name, rows in sheets.items():
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file, lineterminator=end, delimiter=separator, quoting=quoting).writerows(rows)
    return sorted(folder.iterdir())


def told(path: Path, result: Imported) -> list[Any]:
    """Write down everything that an import leaves and says, with ids numbered as they come in the log."""
    numbers: dict[str, str] = {}

    def plain(*values: Any) -> str:
        return ID.sub(lambda m: numbers.setdefault(m[0], f"#{len(numbers)}"), "|".join(map(str, values)))

    db = sqlite3.connect(path)
    found: list[Any] = [
        plain(*row)
        for row in db.execute("SELECT seq, kind, id, before, after, source FROM change ORDER BY seq")
    ]
    for table in ("thing", "tie"):
        found.append(sorted(plain(*row) for row in db.execute(f"SELECT * FROM {table}")))
    found += db.execute("SELECT actor, title, created, updated, removed, undoes FROM batch").fetchall()
    found.append(sorted(db.execute("SELECT name, sql FROM sqlite_schema").fetchall()))
    found.append(db.execute("PRAGMA journal_mode").fetchone())
    db.close()
    plan, receipt = result.plan, result.receipt
    found += [plan.counts, plan.notes, [ID.sub("#", str(p)) for p in plan.problems]]
    found.append(receipt and (receipt.actor, receipt.title, receipt.created, receipt.updated))
    names = {plain(key): name for key, name in plan.names.items()} if receipt else {}
    return [
        *found,
        names,
        [plain(c.kind, c.id, c.before, c.after, c.source) for c in plan.changes] if receipt else [],
    ]


Both = Callable[[Path], tuple[list[Any], list[Any], bool]]


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Both:
    """Import a folder row by row and as columns; tell what each left, and whether columns were taken."""
    taken: list[object] = []
    ordinary = powermap.importing.Importing._in_bulk

    def watched(*args: Any) -> Imported | None:
        found = ordinary(*args)
        taken.append(found)
        return found

    monkeypatch.setattr(powermap.importing.Importing, "_in_bulk", watched)
    # Where a ring of bosses is told depends on the order of ids.
    numbers = count()
    monkeypatch.setattr(powermap.importing.secrets, "token_hex", lambda _: f"{next(numbers):016x}")

    def run(folder: Path) -> tuple[list[Any], list[Any], bool]:
        left: list[list[Any]] = []
        for least in (1 << 60, 0):
            monkeypatch.setattr(powermap.importing, "BULK", least)
            path = tmp_path / f"{folder.name}-{least}.db"
            with Workspace(open_store(str(path)), actor="Zoe") as ws:
                try:
                    result = ws.import_([folder], today=TODAY)
                except PowermapError as error:
                    left.append([error.message, error.hint, ws.store.last_change()])
                    continue
                assert ws.store.verify() == []
            left.append(told(path, result))
        return left[0], left[1], taken[-1] is not None

    return run


@pytest.mark.parametrize("seed", range(80))
def test_clean_sheets_leave_the_same(tmp_path: Path, both: Both, seed: int) -> None:
    dice = random.Random(seed)
    sheets = invent(dice)
    write(tmp_path / "in", sheets, dice)
    rows, columns, taken = both(tmp_path / "in")
    assert columns == rows
    assert rows[-3] is not None, rows[-4]
    assert taken


ODD = (
    "-", "—", "#", "# x", "?", "=1+1", "#N/A", "nan", "1e400", "2026-13-01", "31.12.2026", "x" * 250, "x" * 5000, "\u200b",
    " Ann ", "ann", "ＡＮＮ", "Nobody", "Ann", "Bo", "House 0", "Ours", "Rival", "a\nb", "'-1", "'=x", '"', '""', "", "  ", "0", "5",
    "yes", "E1", "\x1f", "covers", "reports to", "member of", "part of", "relates", "dotted", "\u202egnp", ",", ";",
)  # fmt: skip
HEADS = ("owner", "roles", "attitude", "external", "name", "first name", "scale", "strength 1-5", "Stärke", "", "id", "deleted", "note", "company", "level", "用途")  # fmt: skip


def spoil_rows(sheets: Sheets, dice: random.Random) -> None:
    """Put a fault, or something that is decided row by row, into the sheets."""
    name = dice.choice(["people", "people", "ties", "ties", *sheets])
    rows = sheets[name]
    place = dice.randrange(1, len(rows))
    column = dice.randrange(len(rows[0]))
    spoil = dice.choice(
        ["cell", "cell", "cell", "again", "empty", "short", "long", "head", "column", "swap", "ring"]
    )
    if spoil == "cell":
        rows[place][column] = dice.choice(ODD)
    elif spoil == "again":
        rows.append([*rows[place]])
        rows[-1][column] = dice.choice(rows[1:])[column]
    elif spoil == "empty":
        rows[place] = [""] * len(rows[place])
    elif spoil == "short":
        rows[place] = rows[place][: max(1, column)]
    elif spoil == "long":
        rows[place] = [*rows[place], dice.choice(ODD)]
    elif spoil == "head":
        rows[0][column] = dice.choice(HEADS)
    elif spoil == "column":
        rows[0].append(dice.choice(HEADS))
        for row in rows[1:]:
            row.append(dice.choice(["", "", "Ann", "1", "decider"]))
    elif spoil == "swap":
        other = dice.randrange(len(rows))
        rows[place], rows[other] = rows[other], rows[place]
    elif "boss" in sheets["people"][0]:
        people = sheets["people"]
        house, boss = dice.choice(people[1:])[0], people[0].index("boss")
        ring = [row for row in people[1:] if row and row[0] == house and len(row) > boss]
        for row, above in zip(ring, [*ring[1:], *ring[:1]], strict=True):
            row[boss] = above[1]


def spoil_bytes(path: Path, dice: random.Random) -> None:
    """Put something into a file that its reader must make sense of."""
    data = path.read_bytes()
    at = dice.choice([0, len(data), dice.randrange(len(data)), data.find(b"\n") + 1])
    data = data[:at] + dice.choice([b"\n", b"\r", b'"', b"\n\n", b",,,,\n", b"\xff", b"\0", b"sep=;\n", b" ", b"#\n", "é".encode("cp1252")]) + data[at:]  # fmt: skip
    path.write_bytes(data)


@pytest.mark.parametrize("seed", range(240))
def test_spoiled_sheets_are_told_as_row_by_row(tmp_path: Path, both: Both, seed: int) -> None:
    dice = random.Random(1000 + seed)
    sheets = invent(dice)
    for _ in range(dice.choice([0, 1, 1, 1, 2, 3])):
        spoil_rows(sheets, dice)
    paths = write(tmp_path / "in", sheets, dice)
    if dice.random() < 0.3:
        spoil_bytes(dice.choice(paths), dice)
    rows, columns, _ = both(tmp_path / "in")
    assert columns == rows


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", ["stances", "committee", "interactions", "figures"])
def test_rows_of_one_fact_are_told_as_row_by_row(tmp_path: Path, both: Both, name: str, seed: int) -> None:
    dice = random.Random(5000 + seed)
    sheets: Sheets = {}
    while name not in sheets:
        sheets = invent(dice)
    rows = sheets[name]
    for _ in range(2):
        rows.append([*dice.choice(rows[1:])])
        if dice.random() < 0.7:
            column = dice.randrange(len(rows[0]))
            rows[-1][column] = dice.choice(["", dice.choice(rows[1:])[column]])
    write(tmp_path / "in", sheets, dice)
    by_row, columns, _ = both(tmp_path / "in")
    assert columns == by_row


def told_once(folder: Path, both: Both, rows: list[list[str]]) -> None:
    """Check that stances of one person of House 0 are not taken as columns, and told the same."""
    dice = random.Random(3)
    sheets = invent(dice)
    person = next(row[:2] for row in sheets["people"][1:] if row[0] == "House 0")
    heads = ["company", "person", "supplier", "attitude", "since", "until"]
    sheets["stances"] = [heads, *([*person, *row] for row in rows)]
    write(folder / "in", sheets, dice)
    by_row, columns, taken = both(folder / "in")
    assert columns == by_row
    assert not taken


def test_a_supplier_of_a_stance_is_one(tmp_path: Path, both: Both) -> None:
    told_once(tmp_path, both, [["House 0", "2", "", ""]])


@pytest.mark.parametrize("days", [("", ""), ("2025-01-01", "2026-03-01"), ("2026-02-01", "")])
def test_what_became_of_a_stance_without_a_day_or_with_an_end_is_told(
    tmp_path: Path, both: Both, days: tuple[str, str]
) -> None:
    told_once(tmp_path, both, [["Ours", "2", *days], ["Ours", "-1", "2026-02-01", ""]])


@pytest.mark.parametrize(
    ("column", "cell", "sheet"),
    [
        ("owner", "Zoe", [["from", "kind", "to", "company", "strength"], ["Zoe", "covers", "Ada", "House", "0.5"]]),
        ("owner", "Bo", [["from", "kind", "to", "company"], ["Bo", "conflicts with", "Cy", "House"]]),
        ("roles", "decider", [["company", "deal", "person", "votes"], ["House", "Purchase", "Ada", "2"]]),
        ("attitude", "2", [["company", "person", "attitude", "since"], ["House", "Ada", "-1", "2026-01-01"]]),
    ],
    ids=["covers", "name of a customer", "committee", "stances"],
)  # fmt: skip
def test_what_two_sheets_say_of_one_fact_is_told_as_row_by_row(
    tmp_path: Path, both: Both, column: str, cell: str, sheet: list[list[str]]
) -> None:
    name = {"owner": "ties", "roles": "committee", "attitude": "stances"}[column]
    people = [["company", "name", column], ["House", "Ada", cell], ["House", "Bo", ""], ["House", "Cy", ""]]
    organizations = [["name", "type", "us"], ["Ours", "supplier", "yes"]]
    write(tmp_path / "in", {"organizations": organizations, "people": people, name: sheet}, random.Random(1))
    by_row, columns, taken = both(tmp_path / "in")
    assert columns == by_row
    assert not taken


@pytest.mark.parametrize("kind", ["covers", "sways", "conflicts with"])
@pytest.mark.parametrize("strength", ["0.5", "0.8"])
def test_two_ties_of_one_pair_are_told_as_row_by_row(
    tmp_path: Path, both: Both, kind: str, strength: str
) -> None:
    """The second says the same, contradicts the first, or is what became of it: no row alone tells."""
    who = "Zoe" if kind == "covers" else "Bo"
    people = [["company", "name"], ["House", "Ada"], ["House", "Bo"], ["Ours", "Zoe"]]
    organizations = [["name", "type", "us"], ["Ours", "supplier", "yes"]]
    ties = [["from", "kind", "to", "company", "strength"], [who, kind, "Ada", "House", "0.5"]]
    ties.append([who, kind, "Ada", "House", strength])
    sheets = {"organizations": organizations, "people": people, "ties": ties}
    write(tmp_path / "in", sheets, random.Random(1))
    by_row, columns, taken = both(tmp_path / "in")
    assert columns == by_row
    assert not taken


@pytest.mark.parametrize(("until", "plain"), [("2025-06-01", True), ("2025-05-31", False)])
def test_what_ends_before_it_begins_is_told_as_row_by_row(
    tmp_path: Path, both: Both, until: str, plain: bool
) -> None:
    """On the day itself it may end: it then held on none."""
    organizations = [["name", "type", "us"], ["Ours", "supplier", "yes"]]
    people = [["company", "name", "since", "until"], ["House", "Ada", "2025-06-01", until]]
    write(tmp_path / "in", {"organizations": organizations, "people": people}, random.Random(1))
    by_row, columns, taken = both(tmp_path / "in")
    assert columns == by_row
    assert taken is plain
