"""Voices and satisfaction on the command line: what is shown, narrowed, written; what the customer may read."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from powermap import demo
from powermap.cli import main

Run = Callable[..., tuple[int, str, str]]
DAY = ("--as-of", "2026-09-30")
NAMED = {"zh": "望川", "en": "Wangchuan"}


@pytest.fixture(scope="module", params=["zh", "en"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The language and a store with the demo in it."""
    from powermap.workspace import open_workspace

    path = tmp_path_factory.mktemp("customer") / "powermap.db"
    with open_workspace(str(path), create=True) as ws:
        assert not ws.import_(demo.files(request.param), today=demo.AS_OF).plan.problems
    return request.param, path


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    filled: tuple[str, Path],
) -> Run:
    """Run a command on the demo; return its exit code and what it said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POWERMAP_CONFIG", str(tmp_path / "none.toml"))
    monkeypatch.setenv("COLUMNS", "300")

    def call(*arguments: str) -> tuple[int, str, str]:
        words = ["powermap", *arguments, "--store", str(filled[1]), "--lang", filled[0], *DAY]
        monkeypatch.setattr(sys, "argv", words)
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def shown(run: Run, *arguments: str) -> list[str]:
    code, out, err = run("voices", *arguments, "--json")
    assert code == 0, err
    return [r["number"] for r in json.loads(out)["rows"]]


def test_voices_of_one_account_are_narrowed(run: Run, filled: tuple[str, Path]) -> None:
    name = NAMED[filled[0]]
    assert shown(run, name) == ["v5", "v3", "v9", "v2", "v6", "v8", "v11", "v10", "v1", "v12", "v4"]
    assert shown(run, name, "--overdue") == ["v5", "v3", "v9", "v2"]
    assert shown(run, name, "--gate", "solved") == ["v2"]
    assert shown(run, name, "--gate", "heard", "--overdue") == []
    wanted = {
        "zh": "4 条由客户确认关闭；3 条超过期限，最久 28 天在处理；1 条因 2 分重开。",
        "en": "4 closed by the customer; 3 past their limit, the oldest waits 28 days to be solved; 1 reopened by a 2.",
    }
    assert wanted[filled[0]] in run("voices", name)[1]


def test_voices_of_all_are_those_of_the_portfolio(run: Run) -> None:
    found = shown(run)
    assert len(found) == 13 and "v7" in found
    rows = json.loads(run("portfolio", "--about", "voices", "--json")[1])["rows"]
    assert [r["number"] for r in rows] == found
    assert run("voices", "--format", "csv")[1].count("\n") == 14


@pytest.mark.parametrize("suffix", ["txt", "html", "xlsx", "pptx"])
def test_voices_are_written_for_us_and_for_them(run: Run, filled: tuple[str, Path], suffix: str) -> None:
    name = NAMED[filled[0]]
    assert run("voices", name, "-o", f"ours.{suffix}")[0] == 0
    assert run("voices", name, "--for", "outside", "-o", f"summit.{suffix}")[0] == 0
    assert Path(f"ours.{suffix}").stat().st_size and Path(f"summit.{suffix}").stat().st_size
    if suffix in ("txt", "html"):
        theirs = Path(f"summit.{suffix}").read_text("utf-8")
        ours = Path(f"ours.{suffix}").read_text("utf-8")
        secrets = {
            "zh": ("周明轩", "孙悦", "百澜", "痛点", "江涛", "高振", "拓岚"),
            "en": ("Zhou", "Sun Yue", "Bailan", "pain", "Jiang", "Gao Zhen", "Tolan"),
        }
        for secret in secrets[filled[0]][:4]:
            assert secret in ours
        for secret in secrets[filled[0]]:
            assert secret not in theirs
        assert {"zh": "您提了 9 件，已办成 4 件", "en": "Of 9 you asked for, 4 are done"}[filled[0]] in theirs


def test_what_is_for_the_customer_is_whole_and_for_one(run: Run, filled: tuple[str, Path]) -> None:
    name = NAMED[filled[0]]
    for arguments in ((), (name, "--overdue"), (name, "--gate", "solved"), (name, "--supplier", "A")):
        code, _, err = run("voices", *arguments, "--for", "outside")
        assert code == 7 and "--for outside" in err
    assert run("voices", name, "--for", "team")[0] == 2


def test_satisfaction_of_one_and_of_all(run: Run, filled: tuple[str, Path]) -> None:
    code, out, _ = run("satisfaction", NAMED[filled[0]])
    assert code == 0
    wanted = {
        "zh": ("个人满意度 6.0，1 项变差；组织满意度 5.7，2 项变差。", "帮手 卢克勤", "来料不良降到 50 ppm"),
        "en": (
            "Satisfaction of people 6.0, 1 worse; satisfaction of the organization 5.7, 2 worse.",
            "helped by Lu Keqin",
            "50 ppm",
        ),
    }
    assert all(w in out for w in wanted[filled[0]])
    rows = json.loads(run("portfolio", "--about", "satisfaction", "--json")[1])["rows"]
    assert [(r["people"], r["organization"], r["fallen"], r["complaints"]) for r in rows] == [
        (6.0, 5.7, 3, 4),
        (None, None, 0, 1),
        (None, None, 0, 0),
    ]
    assert rows[0]["complaint_share"] == 80
