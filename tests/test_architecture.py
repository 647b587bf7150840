"""The house: which room may import which, which room owns a heavy library, and what stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import powermap

ROOT = Path(powermap.__file__).parent
# Rooms from the inside out; a room imports rooms of earlier rows only, and itself.
ROWS: tuple[tuple[str, ...], ...] = (
    ("words",),
    ("errors", "resources", "refusals", "configuration"),
    ("pages",),
    ("model", "findings", "output"),
    ("method",),
    ("sources", "identity", "intake", "stores", "kernels"),
    ("lens",),
    ("analysis",),
    ("portfolio", "maps"),
    ("reports",),
    ("settings", "demo"),
    ("view", "undo", "editing", "importing"),
    ("memory", "privacy"),
    ("workspace",),
    ("cli", "web"),
)
OWNERS = {
    "networkx": {"analysis"},
    "pyvis": {"maps"},
    "jinja2": {"maps"},
    "sqlite3": {"stores"},
    "neo4j": {"stores"},
    "typer": {"cli"},
    "rich": {"cli"},
    "xlsxwriter": {"reports"},
    "pptx": {"maps", "reports"},
    "typst": {"maps"},
    "pyspark": {"portfolio"},
    "python_calamine": {"sources"},
}
HEAVY = {
    "networkx",
    "numpy",
    "scipy",
    "pandas",
    "pyarrow",
    "pyvis",
    "jinja2",
    "neo4j",
    "pydantic",
    "openpyxl",
}
FILES = sorted(ROOT.rglob("*.py"))


def room(path: Path) -> str:
    part = path.relative_to(ROOT).parts[0]
    return part.removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Every module that a file imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def row(name: str) -> int:
    return next(i for i, names in enumerate(ROWS) if name in names)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_arrows_point_inward(path: Path) -> None:
    here = room(path)
    if here in ("__init__", "__main__"):
        return
    for module in imports(path):
        parts = module.split(".")
        if parts[0] != "powermap" or len(parts) < 2 or parts[1].startswith("__"):
            continue
        there = parts[1]
        if there == here:
            continue
        assert row(there) < row(here), f"{path.relative_to(ROOT)} imports {module}: an arrow outward"


WINGS: dict[str, tuple[tuple[str, ...], ...]] = {
    "portfolio": (("data",), ("account_scan",), ("questions",), ("export",)),
    "maps": (("layout", "zips"), ("privacy", "scene"), ("drawing",), ("slides",), ("formats",)),
}
"""Rooms within a room, from the inside out."""


@pytest.mark.parametrize("wing", WINGS)
def test_arrows_within_a_wing_point_inward(wing: str) -> None:
    rows = WINGS[wing]
    place = {name: number for number, names in enumerate(rows) for name in names}
    seen = set()
    for path in sorted((ROOT / wing).rglob("*.py")):
        here = path.relative_to(ROOT / wing).parts[0].removesuffix(".py")
        if here == "__init__":
            continue
        seen.add(here)
        for module in imports(path):
            parts = module.split(".")
            if parts[:2] != ["powermap", wing] or len(parts) < 3 or parts[2] in ("__init__", here):
                continue
            if parts[2] in place:
                assert place[parts[2]] < place[here], f"{path.relative_to(ROOT)} imports {module}"
    assert seen == set(place)


STORES = ("powermap.stores.sqlite.store", "powermap.stores.sqlite.rows", "powermap.stores.neo4j.store")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_nobody_above_knows_which_store_it_is(path: Path) -> None:
    if room(path) != "stores":
        found = {module for module in imports(path) if module.startswith(STORES)}
        assert not found, (
            f"{path.relative_to(ROOT)} imports {found}: ask the contract, `powermap.stores.base`"
        )


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_one_room_owns_each_heavy_library(path: Path) -> None:
    for module in imports(path):
        owners = OWNERS.get(module.split(".")[0])
        if owners and module.split(".")[0] != "powermap":
            assert room(path) in owners, (
                f"{path.relative_to(ROOT)} imports {module}, which belongs to {owners}"
            )


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_are_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 500, "past 500 lines a module is two ideas"
    assert path.stem not in {"utils", "common", "helpers", "manager"}


@pytest.mark.parametrize(
    "code",
    [
        "import powermap",
        "import sys; sys.argv = ['powermap', '--help']; from powermap.cli import main\ntry: main()\nexcept SystemExit: pass",
    ],
)
def test_nothing_heavy_is_loaded_to_start(code: str) -> None:
    report = "\nimport sys; print('LOADED', *sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code + report], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.rsplit("LOADED", 1)[1].split())
    assert not loaded & HEAVY


WRITERS = {
    "output.py": "the door itself",
    "cli/__init__.py": "the null device, where the reader of a pipe has left",
    "portfolio/export/spark.py": "a script that Java is started by, in a folder of its own for temporary files",
    "stores/sqlite/removal.py": "an empty store, moved away where it can't be removed at once",
    "stores/sqlite/migration.py": "the copy of an older store, made by SQLite",
    "stores/neo4j/child.py": "the settings that the server reads, in its own folder",
    "stores/neo4j/server.py": "the server's log and stop signal, in its own folder",
    "stores/sqlite/store.py": "the store itself",
    "stores/copying.py": "a backup, made by SQLite beside its place and moved there once it is verified",
}
"""Who writes files, and which; all others hand what they made to `powermap.output`."""
WRITING = {
    "write_text",
    "write_bytes",
    "touch",
    "mkdir",
    "symlink_to",
    "chmod",
    "mkstemp",
    "copyfile",
    "copy",
}
WRITING |= {"copy2", "copytree", "move", "rename", "NamedTemporaryFile", "makedirs"}


def writes(tree: ast.AST) -> list[int]:
    """Return the lines with a call that writes into a file or makes a folder."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        at = node.func
        name = at.attr if isinstance(at, ast.Attribute) else getattr(at, "id", "")
        of = at.value.id if isinstance(at, ast.Attribute) and isinstance(at.value, ast.Name) else ""
        modes = [a.value for a in [*node.args, *(k.value for k in node.keywords if k.arg == "mode")]
                 if isinstance(a, ast.Constant) and isinstance(a.value, str) and len(a.value) <= 3]  # fmt: skip
        if (
            (name in WRITING and isinstance(at, ast.Attribute) and (name != "copy" or of == "shutil"))
            or (name == "open" and (of == "os" or any(set(m) & set("wax+") for m in modes)))
            # Path.replace takes one name, text's takes two.
            or (
                name == "replace"
                and isinstance(at, ast.Attribute)
                and len(node.args) == 1
                and not node.keywords
            )
            or (name == "Workbook" and node.args and isinstance(node.args[0], ast.Call))
        ):
            found.append(node.lineno)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_go_out_by_one_door(path: Path) -> None:
    if path.relative_to(ROOT).as_posix() not in WRITERS:
        lines = writes(ast.parse(path.read_text("utf-8")))
        assert not lines, f"{path.relative_to(ROOT)}:{lines} writes a file: hand it to powermap.output"
