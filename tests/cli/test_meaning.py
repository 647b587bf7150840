"""What a file's headers and words mean is said once, kept for files with these headers, and forgotten on demand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from powermap.cli.app import app
from powermap.sources import mappings

SHEET = "Name,Company,Warmth\nAda Park,Acme,cosy\nBen Ruiz,Acme,frosty\n"
TAUGHT = ("--map", "Warmth=attitude", "--word", "cosy=2", "--word", "frosty=-2")


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POWERMAP_CONFIG", str(tmp_path / "conf" / "config.toml"))
    (tmp_path / "list.csv").write_text(SHEET, "utf-8")


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*arguments, "--lang", "en"])
    return done.exit_code, done.output


def test_it_is_kept_for_the_next_file_with_these_headers(tmp_path: Path) -> None:
    code, out = run("import", "list.csv", *TAUGHT)
    assert code == 0 and "2 attitudes" in out and "not taken" not in out
    (tmp_path / "next.csv").write_text("Company,NAME,warmth\nAcme,Cleo Marsh,cosy\n", "utf-8")
    code, out = run("import", "next.csv")
    assert code == 0 and "1 attitude," in out and "not taken" not in out
    kept = json.loads(run("mapping", "list", "--json")[1])
    assert [(k["headers"], k["words"]) for k in kept] == [
        ({"Warmth": "attitude"}, {"cosy": "2", "frosty": "-2"})
    ]
    assert run("mapping", "forget", kept[0]["fingerprint"][:6])[0] == 0
    assert mappings.load() == {}
    assert "not taken: column 'warmth' (1)" in run("import", "next.csv")[1]


def test_a_trial_keeps_nothing() -> None:
    assert run("import", "list.csv", *TAUGHT, "--dry-run")[0] == 0
    assert mappings.load() == {}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("--map", "Warmth=atitude"), "there is no column 'atitude'"),
        (("--word", "cosy=warmish"), "the value of no column"),
        (("--map", "Warmth"), "not NAME=VALUE"),
    ],
)
def test_what_makes_no_sense_is_refused(said: tuple[str, ...], told: str) -> None:
    done = CliRunner().invoke(app, ["import", "list.csv", *said, "--lang", "en"])
    assert done.exit_code != 0 and told in (done.output + str(done.exception))


def test_nothing_is_kept_under_a_wrong_mark() -> None:
    for mark in ("abc", ""):
        assert run("mapping", "forget", mark)[0] != 0
