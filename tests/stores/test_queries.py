"""Every query file says what it does, and is used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import powermap
from powermap.model import RECORDS
from powermap.resources import folder

QUERIES = folder("queries")
FILES = sorted(p for p in QUERIES.rglob("*") if p.suffix in (".sql", ".cypher"))
CODE = "\n".join(p.read_text("utf-8") for p in (Path(powermap.__file__).parent / "stores").glob("*.py"))


def head_of(path: Path) -> dict[str, str]:
    mark = "-- " if path.suffix == ".sql" else "// "
    lines = path.read_text("utf-8").splitlines()
    head = [line.removeprefix(mark) for line in lines if line.startswith(mark)]
    return {key: value.strip() for key, _, value in (line.partition(":") for line in head)}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(QUERIES)))
def test_it_has_its_header(path: Path) -> None:
    head = head_of(path)
    if path.parent.name == "library":
        wanted = {"title_zh", "title_en", "description_zh", "description_en", "parameters"}
    elif path.name == "schema.sql":
        wanted = {"summary", "mode"}
    else:
        wanted = {"summary", "parameters", "returns"}
    assert wanted | {"mode"} <= head.keys() and all(head.values())
    assert head["mode"] in ("read", "write")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(QUERIES)))
def test_it_is_used(path: Path) -> None:
    if path.parent.name == "library":
        return
    kinds = {f"put_{kind.lower()}" for kind in RECORDS}
    assert path.stem in kinds or f'"{path.stem}"' in CODE, "nothing loads it"


@pytest.mark.parametrize("path", [p for p in FILES if p.suffix == ".cypher"], ids=lambda p: p.stem)
def test_it_reads_if_it_says_so_and_names_what_it_takes(path: Path) -> None:
    text = "\n".join(line for line in path.read_text("utf-8").splitlines() if not line.startswith("//"))
    writes = re.search(r"\b(CREATE|MERGE|SET|DELETE|REMOVE)\b", text) is not None
    assert (head_of(path)["mode"] == "write") == writes
    assert set(re.findall(r"\$(\w+)", text)) == set(re.findall(r"\$(\w+)", head_of(path)["parameters"]))
    assert not re.search(r"\b(id|elementId)\s*\(|\bapoc\.", text)


def test_every_kind_can_be_written() -> None:
    stems = {p.stem for p in FILES}
    assert {f"put_{kind.lower()}" for kind in RECORDS} <= stems
