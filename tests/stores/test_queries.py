"""Every query file says what it does, and is used."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import powermap
from powermap.model import RECORDS
from powermap.resources import folder

QUERIES = folder("queries")
PACKAGE = Path(powermap.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
FILES = sorted(p for p in QUERIES.rglob("*") if p.suffix in (".sql", ".cypher"))
CODE = "\n".join(p.read_text("utf-8") for p in (PACKAGE / "stores").rglob("*.py"))


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


@pytest.mark.parametrize(
    "path", [p for p in FILES if p.suffix == ".sql" and p.name != "schema.sql"], ids=lambda p: p.stem
)
def test_its_header_names_the_parameters_of_a_statement(path: Path) -> None:
    text = "\n".join(line for line in path.read_text("utf-8").splitlines() if not line.startswith("--"))
    text = re.sub(r"/\*.*?\*/|'[^']*'", "", text, flags=re.DOTALL)
    given = head_of(path)["parameters"]
    assert set(re.findall(r":(\w+)", text)) == set(re.findall(r":(\w+)", given))
    assert ("?" in text) == ("?" in given)
    writes = re.search(r"\b(CREATE|INSERT|UPDATE|DELETE|DROP|ALTER)\b", text) is not None
    assert (head_of(path)["mode"] == "write") == writes


STATEMENT = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH|CREATE|DROP|ALTER|MATCH|OPTIONAL MATCH|MERGE|UNWIND|CALL)\s"
)
SENT = {"execute", "executemany", "executescript", "run"}


def faults_of(code: str) -> list[str]:
    """Tell the lines with the text of a statement, and those that send one put together of parts; PRAGMAs may be."""
    tree, found = ast.parse(code), []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and STATEMENT.match(node.value):
            found.append(f"{node.lineno}: a statement in Python")
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        text = node.args[0]
        if node.func.attr in SENT and isinstance(text, (ast.JoinedStr, ast.BinOp)):
            first = text.values[0] if isinstance(text, ast.JoinedStr) else None
            if not (isinstance(first, ast.Constant) and str(first.value).startswith("PRAGMA ")):
                found.append(f"{node.lineno}: a statement put together")
        made = isinstance(text, ast.Call) and isinstance(text.func, ast.Attribute) and text.func.attr
        if node.func.attr in SENT and made in ("format", "join", "replace"):
            found.append(f"{node.lineno}: a statement put together")
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_statement_is_written_or_put_together_in_python(path: Path) -> None:
    assert faults_of(path.read_text("utf-8")) == []


def test_what_is_put_together_is_found() -> None:
    """Decoys: of these lines the first three are allowed."""
    lines = """
db.execute(f"PRAGMA user_version = {version}")
db.execute(script("log"), {"until": until})
print("Select an account", "with all of it")
db.execute("SELECT 1 FROM batch")
db.execute(f"{verb} FROM {table}")
db.execute("DELETE " + "FROM " + table)
tx.run("{} (n)".format("MATCH"))
db.execute(" ".join(words))
query = f"INSERT INTO {table} VALUES (?)"
"""
    found = {int(fault.split(":")[0]) - 1 for fault in faults_of(lines)}
    assert found == {4, 5, 6, 7, 8, 9}


def test_every_kind_can_be_written() -> None:
    stems = {p.stem for p in FILES}
    assert {f"put_{kind.lower()}" for kind in RECORDS} <= stems
