"""Workbooks out and in again: a round trip changes nothing, and no text of a user's becomes a formula."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from powermap import demo
from powermap.intake import Plan, make_plan
from powermap.method import load_pack
from powermap.model import (
    Covers,
    Deal,
    Evidence,
    Figure,
    Influences,
    Interaction,
    MemberOf,
    Organization,
    Period,
    Person,
    Relates,
    ReportsTo,
    Snapshot,
    Stands,
    TakesPart,
    WorksAt,
    record_from_props,
)
from powermap.model.fields import SHEETS
from powermap.model.naming import INVISIBLE
from powermap.reports.workbook import (
    header,
    sheet_name,
    write_annotated,
    write_csv_folder,
    write_template,
    write_workbook,
    written_fields,
)
from powermap.sources import read_files

PACK = load_pack()
TODAY = date(2026, 9, 30)
_ids = count(1)

FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    '=HYPERLINK("http://x.example")',
    "'=quoted",
)


def plan(path: Path, snapshot: Snapshot) -> Plan:
    return make_plan(
        read_files([path], PACK), snapshot, PACK, today=TODAY, new_id=lambda: f"new{next(_ids):05}"
    )


def apply(made: Plan, snapshot: Snapshot) -> Snapshot:
    records = dict(snapshot.records)
    for change in made.changes:
        assert change.after is not None
        records[change.id] = record_from_props(change.kind, change.after)
    return Snapshot.of(records.values())


def to_xlsx(snapshot: Snapshot, account: str, folder: Path, lang: str) -> Path:
    write_workbook(snapshot, account, folder / "out.xlsx", PACK, lang)
    return folder / "out.xlsx"


def to_csv(snapshot: Snapshot, account: str, folder: Path, lang: str) -> Path:
    out = folder / f"out-{lang}"
    out.mkdir(exist_ok=True)
    write_csv_folder(snapshot, account, out, PACK, lang)
    return out


WRITERS = [to_xlsx, to_csv]
Writer = Callable[[Snapshot, str, Path, str], Path]


def account(**person: Any) -> Snapshot:
    """Make an account with everything that the model knows, history and namesakes included."""
    e = Evidence(source="talk", author="Wen", on=date(2026, 5, 1), note="said so", confidence=0.7)
    old, new = Period(date(2025, 1, 1), date(2026, 1, 1)), Period(date(2026, 1, 1))
    return Snapshot.of(
        [
            Organization("acme", name="Acme Lamps", name_alt="明灯公司", grade="A", note="big"),
            Organization("lab", name="Acme Lab", type="unit"),
            Organization("we", name="Our House", type="supplier", us=True),
            Organization("riv", name="Rival House", type="supplier"),
            Organization("golf", name="Golf circle", type="circle"),
            Person("p1", name="Ada Stone", name_alt="石安", power=9, **person),
            Person("p2", name="Dan Frost", adaptability="late", email="d@x.example", phone="+1 555"),
            Person("p3", name="Dan Frost"),
            Person("p4", name="Head of Law", placeholder=True),
            Person("p5", name="The Neighbour"),
            Person("s1", name="Wen Hill"),
            Person("s2", name="Dan Frost"),
            WorksAt("w1", "p1", "acme", old, title="CFO", unit="Board", level=2),
            WorksAt("w1b", "p1", "acme", new, title="CEO", title_alt="总裁", unit="Board", unit_alt="董事会", level=1),
            WorksAt("w2", "p2", "acme", title="Engineer", level=4),
            WorksAt("w3", "p3", "acme", title="Driver", level=5),
            WorksAt("w4", "p4", "lab", level=3),
            WorksAt("w5", "s1", "we", title="Seller"),
            WorksAt("w6", "s2", "riv"),
            MemberOf("m1", "p5", "acme", role="neighbour of the CEO", role_alt="邻居"),
            MemberOf("m2", "p1", "golf", evidence=e),
            ReportsTo("r1", "p2", "p1"),
            ReportsTo("r2", "p3", "p1", Period(None, date(2026, 3, 1))),
            ReportsTo("r3", "p3", "p2", Period(date(2026, 3, 1))),
            ReportsTo("r4", "p3", "p1", dotted=True),
            Influences("i1", "p2", "p1", evidence=e, strength=0.25, channel="advice"),
            Influences("i2", "p2", "p1", strength=0.5, channel="friendship"),
            Influences("i3", "p3", "p2", sign=-1),
            Influences("i4", "p5", "p1", old),
            Covers("c1", "s1", "p1", strength=0.9, duty="owner"),
            Covers("c2", "s2", "p1", new, e, strength=0.3, duty="contact"),
            Covers("c3", "s1", "p2", old, duty="deputy"),
            Stands("a1", "p1", "we", old, e, attitude=-1),
            Stands("a2", "p1", "we", new, attitude=2, support=1, rivalry=-2),
            Stands("a3", "p2", "riv", attitude=None),
            Stands("a4", "p2", "we", new, attitude=0, deal="d1"),
            Deal("d1", account="acme", name="Street lights", name_alt="路灯", horizon="short", stage="offer", value=4e6, currency="EUR", rule="p1 and not opposed(p2)", close_on=date(2026, 12, 1)),
            Deal("d0", account="acme", name="Old lights", outcome="lost", won_by="riv"),
            TakesPart("t1", "p1", "d1", roles=("decision-maker",) if "decision-maker" in PACK.roles else (), votes=2, veto=True),
            Interaction("x1", account="acme", on=date(2026, 2, 3), channel="visit", ours=("s1",), theirs=("p1", "p2"), purpose="review"),
            Interaction("x2", account="acme", on=date(2026, 2, 3), channel="visit", ours=("s1",), theirs=("p1", "p2"), purpose="review"),
            Figure("f1", account="acme", measure="revenue", on=date(2025, 1, 1), value=1.25e6, currency="EUR", category="lamps"),
            Figure("f2", account="acme", measure="revenue", on=date(2025, 1, 1), value=7e5, currency="EUR", category="lamps", supplier="riv"),
            Relates("q1", "we", "acme", level=2, bond=3, stickiness=1, stages=("design", "order")),
        ]
    )  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("write", WRITERS)
def test_round_trip_of_everything(tmp_path: Path, write: Writer, lang: str) -> None:
    """Ended facts, two people of one name, ties of several channels, unknown attitudes: all as it was."""
    known = account().scope("acme")
    made = plan(write(known, "acme", tmp_path, lang), known)
    assert made.problems == ()
    assert [(c.id, c.before, c.after) for c in made.changes] == []
    assert made.counts["same"] >= len(known) - 3


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("write", WRITERS)
def test_round_trip_of_the_demo(tmp_path: Path, write: Writer, lang: str) -> None:
    """Every account of the demo, with its two years of history."""
    made = make_plan(
        read_files(demo.files(lang), PACK),
        Snapshot.of([]),
        PACK,
        today=demo.AS_OF,
        new_id=lambda: f"d{next(_ids):05}",
    )
    whole = apply(made, Snapshot.of([]))
    customers = [o for o in whole.all(Organization) if o.type == "customer"]
    assert len(customers) > 1
    for customer in customers:
        known = whole.scope(customer.id)
        again = plan(write(known, customer.id, tmp_path, lang), whole)
        assert again.problems == ()
        assert [(c.id, c.before, c.after) for c in again.changes] == []


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("text", FORMULAS)
def test_text_like_a_formula_stays_text(tmp_path: Path, write: Writer, text: str) -> None:
    """OWASP's list of formula triggers, in a name, a title and a note: written as text, read back as written."""
    known = account(note=text).scope("acme")
    records = dict(known.records)
    records["p2"] = Person("p2", name=text)
    records["w2"] = WorksAt("w2", "p2", "acme", title=text)
    known = Snapshot.of(records.values())
    out = write(known, "acme", tmp_path, "en")
    made = plan(out, known)
    assert made.problems == ()
    assert [(c.id, c.before, c.after) for c in made.changes] == []
    if out.suffix == ".xlsx":
        with zipfile.ZipFile(out) as archive:
            for name in archive.namelist():
                if name.startswith("xl/worksheets/"):
                    assert b"<f>" not in archive.read(name)
    else:
        for file in out.iterdir():
            for line in file.read_text("utf-8-sig").splitlines():
                for cell in line.split(","):
                    start = cell.strip('"')[:1]
                    assert start not in ("=", "@", "+") or cell.strip('"')[1:].isdigit(), line


def test_one_edited_cell_is_one_change(tmp_path: Path) -> None:
    known = account().scope("acme")
    out = to_xlsx(known, "acme", tmp_path, "en")
    book = openpyxl.load_workbook(out)
    page = book["People"]
    titles = {str(cell.value): cell.column for cell in page[1]}
    row = next(r for r in range(2, page.max_row + 1) if page.cell(r, titles["id"]).value == "p2")
    page.cell(row, titles["power"]).value = 4
    book.save(out)
    made = plan(out, known)
    assert made.problems == ()
    assert [(c.id, c.kind) for c in made.changes] == [("p2", "Person")]
    assert made.changes[0].before == {**(made.changes[0].after or {}), "power": None} or (
        "power" not in (made.changes[0].before or {})
    )


def test_rows_and_sheets_in_any_order(tmp_path: Path) -> None:
    """The exported sheets, their rows and columns shuffled, still say nothing new."""
    known = account().scope("acme")
    out = to_xlsx(known, "acme", tmp_path, "zh")
    dice = random.Random(7)
    book = openpyxl.load_workbook(out)
    other = openpyxl.Workbook()
    assert other.active is not None
    other.remove(other.active)
    for page in dice.sample(book.worksheets, len(book.worksheets)):
        rows = [list(row) for row in page.iter_rows(values_only=True)]
        columns = dice.sample(range(len(rows[0])), len(rows[0]))
        body = dice.sample(rows[1:], len(rows) - 1)
        copy = other.create_sheet(page.title)
        for row in [rows[0], *body]:
            copy.append([row[c] for c in columns])
    other.save(tmp_path / "shuffled.xlsx")
    made = plan(tmp_path / "shuffled.xlsx", known)
    assert made.problems == ()
    assert [(c.id, c.before, c.after) for c in made.changes] == []


text_ = (
    st.text(
        st.characters(
            exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cn", "Co"),
            # A slash parts two names, a comma turns "Park, Ada" around: neither is ever in a name of a store.
            exclude_characters="#/,，\ufffe\uffff" + "".join(INVISIBLE),
        ),
        min_size=1,
        max_size=12,
    )
    .map(lambda s: " ".join(s.split()))
    .filter(
        # A dash clears a cell, and what nobody can see is no name: neither is ever in a store.
        lambda s: s not in ("-", "－", "—", "–") and any(c.isprintable() and not c.isspace() for c in s)
    )
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(text_, min_size=2, max_size=5),
    titles=st.lists(text_, min_size=5, max_size=5),
    note=text_,
    bosses=st.lists(st.integers(0, 10), min_size=5, max_size=5),
    attitudes=st.lists(st.sampled_from([None, -2, -1, 0, 1, 2, 3]), min_size=5, max_size=5),
    lang=st.sampled_from(["zh", "en"]),
    write=st.sampled_from(WRITERS),
)
def test_round_trip_of_any_account(
    tmp_path: Path,
    names: list[str],
    titles: list[str],
    note: str,
    bosses: list[int],
    attitudes: list[int | None],
    lang: str,
    write: Writer,
) -> None:
    """Any names (also twice the same), titles and notes, any tree of bosses, any attitudes."""
    import unicodedata

    names, titles = ([unicodedata.normalize("NFC", n) for n in group] for group in (names, titles))
    records: list[Any] = [
        Organization("acme", name="Acme Lamps", note=unicodedata.normalize("NFC", note)),
        Organization("we", name="Our House", type="supplier", us=True),
    ]
    for n, name in enumerate(names):
        records += [
            Person(f"p{n}", name=name),
            WorksAt(f"w{n}", f"p{n}", "acme", title=titles[n]),
            Stands(f"a{n}", f"p{n}", "we", attitude=attitudes[n]),
        ]
        if n:
            records.append(ReportsTo(f"r{n}", f"p{n}", f"p{bosses[n] % n}"))
    known = Snapshot.of(records)
    made = plan(write(known, "acme", tmp_path, lang), known)
    assert made.problems == ()
    assert [(c.before, c.after) for c in made.changes] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_template_is_empty_to_an_import(tmp_path: Path, lang: str) -> None:
    """The example rows and the page of help are not taken for data; every sheet is there."""
    write_template(tmp_path / "my.xlsx", PACK, lang)
    made = plan(tmp_path / "my.xlsx", Snapshot.of([]))
    assert (made.changes, made.problems, made.notes) == ((), (), ())
    book = openpyxl.load_workbook(tmp_path / "my.xlsx")
    assert book.sheetnames[1:] == [sheet_name(PACK, sheet, lang) for sheet in SHEETS]
    for sheet in SHEETS:
        page = book[sheet_name(PACK, sheet, lang)]
        assert [c.value for c in page[1]] == [
            header(PACK, sheet, f.name, lang) for f in written_fields(sheet)
        ]
        assert page.freeze_panes == "A2"
    people = book[sheet_name(PACK, "people", lang)]
    assert people.data_validations.dataValidation


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_example_rows_are_right(tmp_path: Path, lang: str) -> None:
    """With their mark taken off, the example rows import without a fault of their own cells."""
    write_template(tmp_path / "my.xlsx", PACK, lang)
    book = openpyxl.load_workbook(tmp_path / "my.xlsx")
    for page in book.worksheets[1:]:
        mark = page["A2"].value
        if isinstance(mark, str) and mark.startswith("#"):
            page["A2"].value = mark.removeprefix("# 示例").removeprefix("# example").strip() or None
    book.save(tmp_path / "filled.xlsx")
    reading = read_files([tmp_path / "filled.xlsx"], PACK)
    assert {p.code for p in reading.problems} <= {"missing"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_annotated_copy_marks_the_cells(tmp_path: Path, lang: str) -> None:
    """The faulty cell is filled and commented, its neighbours are not, and a sheet lists every problem."""
    lines = [
        "name,company,level,boss",
        "Ada Stone,Acme Lamps,9,",
        "Ben Reed,Acme Lamps,2,Adda Stone",
        "=x,Acme Lamps,2,",
    ]
    path = tmp_path / "list.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    made = plan(path, Snapshot.of([]))
    assert len(made.problems) == 2
    write_annotated(path, made.problems, tmp_path / "marked.xlsx", lang)
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    page, listed = book.worksheets
    marked = {c.coordinate for row in page.iter_rows() for c in row if c.comment}
    assert marked == {"C2", "D3"}
    assert page["C2"].fill.fgColor.rgb == "FFFFD9DE"
    assert page["B2"].fill.fgColor.rgb != "FFFFD9DE"
    assert page["A4"].value == "=x"
    assert page["A4"].data_type == "s"
    assert listed.max_row == 3
    assert [listed.cell(2, 3).value, listed.cell(2, 4).value] == [2, "level"]
    reason = listed.cell(2, 6).value
    assert any("\u4e00" <= c <= "\u9fff" for c in str(reason)) == (lang == "zh")
