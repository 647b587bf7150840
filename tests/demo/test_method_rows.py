"""Every line of docs/method.md can be run on the example, and shows what it says."""

from __future__ import annotations

import re
import shlex
import sys
import tomllib
from pathlib import Path

import pytest

from powermap import demo
from powermap.cli import main
from powermap.workspace import open_workspace

ROWS = tomllib.loads((Path(__file__).parents[2] / "docs" / "method_rows.toml").read_text("utf-8"))["row"]
DUE = {
    *(2, 22, 24, 26, 27, 105, 121, 122, *range(126, 130), 132),
    *range(4, 13), *range(13, 22), *range(28, 36), *range(35, 118), *range(118, 121), *range(123, 126), 130, 131,
}  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "powermap.db"
    with open_workspace(str(path), create=True) as ws:
        ws.import_(demo.files("en"), today=demo.AS_OF)
    return path


@pytest.mark.parametrize("row", ROWS, ids=[r["rows"] for r in ROWS])
def test_a_line_runs_and_shows_it(
    row: dict[str, str],
    store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POWERMAP_CONFIG", str(tmp_path / "none.toml"))
    monkeypatch.setenv("COLUMNS", "240")
    words = shlex.split(row["run"].format(account="Wangchuan"))
    more = [] if words[0] == "method" else ["--store", str(store)]
    more += [] if words[0] in ("method", "template") else ["--as-of", demo.AS_OF.isoformat()]
    monkeypatch.setattr(sys, "argv", ["powermap", *words, *more, "--lang", "en"])
    try:
        main()
    except SystemExit as stop:
        assert not stop.code, capsys.readouterr().err
    assert row["shows"] in capsys.readouterr().out


def test_every_row_that_is_due_has_a_line() -> None:
    told: set[int] = set()
    for row in ROWS:
        for first, last in re.findall(r"M(\d+)(?:-M(\d+))?", row["rows"]):
            told |= set(range(int(first), int(last or first) + 1))
    assert told >= DUE, sorted(DUE - told)
