"""What commands write: when a file is replaced, and who may read it."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from pathlib import Path

import pytest
from test_commands import DAY, GREAT, Run, filled, run

__all__ = ["filled", "run"]


def test_the_list_of_measures_has_the_shapes_of_an_answer(run: Run) -> None:
    found = json.loads(run("measure", "list", "--json")[1])
    assert set(found[0]) == {"measure", "projection", "meaning"} and set(found[0]["meaning"]) == {"zh", "en"}
    table = csv.reader(io.StringIO(run("measure", "list", "--format", "csv", "--lang", "en")[1]))
    assert [row[0] for row in table] == ["Measure", *(m["measure"] for m in found)]
    assert run("measure", "list", "Acme", "--json")[0] == 2


@pytest.mark.parametrize("command", [("map", GREAT), ("portfolio",)])
def test_only_a_page_of_ours_is_replaced_unasked(
    filled: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    page = tmp_path / "mine.html"
    page.write_text("<!doctype html><html><title>Mine</title>", "utf-8")
    code, _, said = filled(*command, "-o", "mine.html", *DAY)
    assert code == 8 and "--force" in said and "Mine" in page.read_text("utf-8")
    assert filled(*command, "-o", "mine.html", *DAY, "--force")[0] == 0
    assert filled(*command, "-o", "mine.html", *DAY)[0] == 0


def test_a_briefing_that_may_have_been_edited_is_kept(filled: Run, tmp_path: Path) -> None:
    deck = tmp_path / "m.pptx"
    deck.write_bytes(b"edited")
    assert filled("map", GREAT, "-o", "m.pptx", *DAY)[0] == 8 and deck.read_bytes() == b"edited"


def test_a_marked_copy_does_not_replace_its_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("company,name,boss\nAcme,Bo Ray,An Lee\n", "utf-8")
    code, _, said = run("import", "people.csv", "--annotated", "people.csv")
    assert code == 2 and "itself" in said and "Bo Ray" in file.read_text("utf-8")


@pytest.mark.parametrize("target", ["out.xlsx", "sheets"])
def test_an_account_of_a_name_that_another_has_comes_back_too(run: Run, tmp_path: Path, target: str) -> None:
    (tmp_path / "organizations.csv").write_text(
        "id,name,type\na6,Twin Corp,customer\na7,TWIN corp,customer\n", "utf-8"
    )
    (tmp_path / "people.csv").write_text("company,name\na6,Bo Ray\na7,Cy Lee\n", "utf-8")
    assert run("import", "organizations.csv", "people.csv")[0] == 0
    for name in ("Twin Corp", "TWIN corp"):
        assert run("export", name, "-o", target, "--force")[0] == 0
        code, out, said = run("import", target, "--lang", "en")
        assert code == 0 and "nothing to change" in out, said


@pytest.mark.skipif(sys.platform == "win32", reason="there are no modes on Windows")
def test_what_holds_names_is_for_the_user_alone(filled: Run, tmp_path: Path) -> None:
    before = os.umask(0o022)
    (tmp_path / "out").mkdir()
    for command in (
        ("map", GREAT, "-o", "out/m.html"),
        ("portfolio", "-o", "out/p.html", "--maps", "1"),
        ("portfolio", "-o", "out/p.xlsx"),
        ("export", GREAT, "-o", "out/e.xlsx"),
        ("export", GREAT, "-o", "out/sheets"),
        ("layout", GREAT, "-o", "out/l.csv"),
    ):
        assert filled(*command)[0] == 0
    modes = {p: p.stat().st_mode & 0o77 for p in (tmp_path / "out").rglob("*")}
    assert len(modes) > 10 and not any(modes.values()), modes
    assert os.umask(before) == 0o022, "other code of the process is left as it was"
