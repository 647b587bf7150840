"""The two minutes of docs/getting-started.md and docs/入门.md, as printed."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from powermap.cli.app import app

DOCS = Path(__file__).resolve().parents[2] / "docs"


def commands(text: str) -> list[list[str]]:
    lines = [line for block in re.findall(r"```\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("powermap ")]


@pytest.mark.parametrize(
    ("page", "file", "lang", "encoding"),
    [
        ("getting-started.md", "people.csv", "en", "utf-8"),
        ("入门.md", "名单.csv", "zh", "utf-8"),
        ("入门.md", "名单.csv", "zh", "gb18030"),
    ],
)
def test_every_command_of_the_page_works(
    page: str, file: str, lang: str, encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POWERMAP_LANG", lang)
    monkeypatch.setenv("POWERMAP_CONFIG", str(tmp_path / "none.toml"))
    text = (DOCS / page).read_text("utf-8")
    lists = [b for b in re.findall(r"```\n(.*?)```", text, re.DOTALL) if b.startswith(("Company,", "公司,"))]
    assert len(lists) == 2
    written = iter(lists)
    ran = 0
    for command in commands(text):
        if command[0] == "import" and command[1] == file and (ran == 0 or "--us" in command):
            Path(file).write_text(next(written), encoding=encoding)
        result = CliRunner().invoke(app, command)
        assert result.exit_code == 0, f"{command}: {result.output}"
        ran += command[0] != "demo"
    assert ran >= 10
    assert sorted(p.suffix for p in tmp_path.iterdir() if p.is_file()).count(".html") == 1


def test_a_fault_is_listed_and_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POWERMAP_LANG", "en")
    monkeypatch.setenv("COLUMNS", "200")
    rows = (
        "Company,Name,Boss,Attitude\nNorthwind,Ada Park,,9\nNorthwind,Ben Ruiz,Ada Park,1\n"
        "Northwind,Cy Fox,Ben Ruis,1\nNorthwind,Di Hale,Ada Prk,often\n"
    )
    Path("people.csv").write_text(rows, encoding="utf-8")
    command = ["import", "people.csv", "--us", "Our Company"]
    refused = CliRunner().invoke(app, [*command, "--annotated", "faults.xlsx"])
    assert refused.exit_code == 9
    assert "4 problems" in refused.output  # a fault is told once, and all faults of a row are
    assert "row 2 · Attitude" in refused.output and "row 4 · Boss" in refused.output
    assert "row 5 · Attitude" in refused.output and "row 5 · Boss" in refused.output
    assert "did you mean Ben Ruiz?" in refused.output and "did you mean Ada Park?" in refused.output
    assert Path("faults.xlsx").stat().st_size > 0
    assert not Path("powermap.db").exists()
    assert CliRunner().invoke(app, [*command, "--skip-faulty"]).exit_code == 0
    assert "Northwind" in CliRunner().invoke(app, ["accounts"]).output


def test_a_dry_run_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text("Company,Name\nNorthwind,Ada Park\n", encoding="utf-8")
    assert CliRunner().invoke(app, ["import", "people.csv", "--dry-run"]).exit_code == 0
    assert [p.name for p in tmp_path.iterdir()] == ["people.csv"]
