"""What the documentation says is so: its links lead somewhere, its commands exist, its lines run."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
import typer

from powermap.cli.app import app
from powermap.method import load_pack

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs").rglob("*.md"))
LINK = re.compile(r"\]\(([^)\s]+)\)")
COMMAND = re.compile(r"^powermap ([a-z0-9-]+)(?: ([a-z-]+))?([^\n]*)", re.MULTILINE)


def blocks(page: Path) -> str:
    """The code blocks of a page, joined."""
    return "\n".join(re.findall(r"```[a-z]*\n(.*?)```", page.read_text("utf-8"), re.DOTALL))


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text("utf-8")):
        if "://" in link:
            continue
        target, _, anchor = link.partition("#")
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), f"{page.name}: {link}"
        if anchor:
            heads = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
            slugs = {re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in heads}
            assert anchor in slugs, f"{page.name}: {link}"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_commands_and_options_exist(page: Path) -> None:
    tree = typer.main.get_command(app)
    for name, sub, rest in COMMAND.findall(blocks(page)):
        assert name in tree.commands, f"{page.name}: powermap {name}"  # type: ignore[attr-defined]
        command = tree.commands[name]  # type: ignore[attr-defined]
        command = getattr(command, "commands", {}).get(sub, command)
        known = {option for p in command.params for option in (*p.opts, *p.secondary_opts)} | {"--help"}
        for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", rest.split("#")[0]):
            assert option in known, f"{page.name}: powermap {name} {option}"


FORMAT = (ROOT / "docs" / "import-format.md").read_text("utf-8")


def test_every_column_of_every_sheet_is_documented() -> None:
    """Both headers of each column that the template writes stand on the page."""
    columns = load_pack().topic("columns")
    not_written = {"first_name", "last_name", "roles", "deal", "sign", "scale", "stages"}
    missing = [
        f"{sheet}: {name}"
        for sheet in columns["sheets"]
        for field, names in columns[sheet].items()
        if field not in not_written
        for name in names[:2]
        if name not in FORMAT
    ]
    assert not missing


def test_every_column_is_documented_in_chinese() -> None:
    page = (ROOT / "docs" / "导入格式.md").read_text("utf-8")
    columns = load_pack().topic("columns")
    not_written = {
        "first_name",
        "last_name",
        "sign",
        "scale",
        "stages",
        "name_alt",
        "title_alt",
        "department_alt",
    }
    missing = [
        f"{sheet}: {names[1]}"
        for sheet in columns["sheets"]
        for field, names in columns[sheet].items()
        if field not in not_written and names[1] not in page
    ]
    assert not missing


def test_every_kind_of_tie_and_every_attitude_is_documented() -> None:
    pack = load_pack()
    for names in pack.topic("words")["tie"].values():
        assert any(name in FORMAT for name in names[:2]), names
    for level in pack.attitudes.values():
        assert level.words.zh in FORMAT and level.words.en in FORMAT


def test_reference_pages_are_up_to_date() -> None:
    """Written from the program by ``python docs/generate.py``: run it after changing a command, a measure or the pack."""
    generate = runpy.run_path(str(ROOT / "docs" / "generate.py"))
    for name, write in generate["PAGES"].items():
        page = (ROOT / "docs" / "reference" / name).read_text("utf-8")
        assert page == write(), f"docs/reference/{name} is stale: run python docs/generate.py"
