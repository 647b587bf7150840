"""The schema of columns: it fits the records, everything is read by somebody, and everything derives from it."""

from __future__ import annotations

import ast
import re
import typing
from pathlib import Path

import pytest

import powermap
from powermap import resources
from powermap.method import load_pack
from powermap.model import RECORDS, record_from_props
from powermap.model.fields import Field, Reader, fields, in_bulk, kept, needed_columns, privacy, required
from powermap.model.record import TIES, props_of
from powermap.model.ties import DIMENSIONS
from powermap.sources.readers import READERS

ROOT = Path(powermap.__file__).parent
EVERY = [(sheet, field) for sheet, known in fields().items() for field in known.values()]
WORKED_OUT = {"keys", "src", "dst", "valid_from", "valid_to"}
"""What the importer and the lens use of every record."""


def named(case: object) -> str:
    return f"{case.name}" if isinstance(case, Field) else str(case)


@pytest.mark.parametrize(("sheet", "field"), EVERY, ids=named)
def test_what_keeps_a_field_is_a_property_of_a_record(sheet: str, field: Field) -> None:
    for kind, prop in field.properties:
        assert prop in props_of(kind), f"{sheet}.{field.name}: {kind} has no {prop}"


def test_every_property_of_a_record_has_a_column() -> None:
    """Nothing is kept that nobody can type, but what the importer works out."""
    typed = {(kind, prop) for _, field in EVERY for kind, prop in field.properties}
    worked_out = {
        *((kind, prop) for kind in RECORDS for prop in ("id", "keys", "src", "dst")),
        *((kind, prop) for kind in TIES for prop in props_of(kind) if prop.startswith(("valid_", "ev_"))),
        *((kind, "ev_on") for kind in ("Assessment", "Goal", "Action", "Voice")),
        ("MEMBER_OF", "role"),
        ("Interaction", "source"),
        ("Layout", "account"),
        ("Layout", "plan"),
        *(("Erasure", prop) for prop in props_of("Erasure")),
    }
    assert {(kind, prop) for kind in RECORDS for prop in props_of(kind)} - typed <= worked_out


def attributes() -> set[str]:
    """Every attribute that answers, maps and portfolios ask of anything."""
    found = set()
    for room in ("lens", "analysis", "portfolio", "maps", "reports/book"):
        for path in (ROOT / room).rglob("*.py"):
            nodes = ast.walk(ast.parse(path.read_text("utf-8")))
            found |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return found


def test_every_column_is_read_by_an_answer_a_map_or_a_portfolio() -> None:
    # The six dimensions are asked for by their names in the rule pack.
    asked = attributes() | WORKED_OUT | set(DIMENSIONS)
    unread = {
        field.name
        for _, field in EVERY
        if field.keeps and not any(prop.removeprefix("ev_") in asked for _, prop in field.properties)
    }
    assert not unread, f"typed, and lost: {sorted(unread)}"


def test_statements_name_properties_that_records_have() -> None:
    known = {prop for kind in RECORDS for prop in props_of(kind)}
    for path in sorted(resources.folder("queries").rglob("*.sql")):
        for prop in re.findall(r"'\$\.(\w+)'", path.read_text("utf-8")):
            assert prop in known, f"{path.name}: no record has {prop}"


def test_every_way_to_read_a_cell_has_a_function() -> None:
    special = {"attitude", "strength", "number", "value"}
    assert set(READERS) | special == set(typing.get_args(Reader)) == {field.read for _, field in EVERY}


@pytest.mark.parametrize(("sheet", "field"), EVERY, ids=named)
def test_a_field_makes_sense(sheet: str, field: Field) -> None:
    pack = load_pack()
    assert (field.read in ("choice", "choices", "rung")) == bool(field.choices)
    assert not field.choices or field.choices in pack.topic("words")
    assert (
        field.read not in ("range", "share", "strength", "level", "rung", "attitude")
        or field.low < field.high
    )
    assert not field.refers or field.refers in RECORDS
    assert not field.required or field.name in in_bulk(sheet)
    assert pack.topic("columns")[sheet][field.name][:2] == [field.en, field.zh]


def test_what_a_row_needs() -> None:
    assert required("ties") == ("from", "to", "kind")
    assert needed_columns("people") == (("name", "first_name", "last_name"),)
    assert needed_columns("interactions") == (("on",), ("ours", "theirs"))
    assert kept("people", "MEMBER_OF") == {"title": "role", "title_alt": "role_alt"}
    assert privacy("Person")["email"] == "private"
    assert record_from_props("Person", {"id": "p", "name": "Ada"}).id == "p"
