"""Every benchmark runs at a tiny size, and says what it takes before it does any work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[1] / "benchmarks"
TINY = {
    "bulk": ["--contacts", "50", "--runs", "1"],
    "generate": ["--contacts", "50", "-o", "sheets"],
    "identity": ["--people", "50"],
    "maps": ["--sizes", "5", "--rounds", "1"],
    "portfolio": ["--contacts", "50"],
    "questions": ["--runs", "1"],
    "scale": ["--contacts", "50"],
}


def run(name: str, cwd: Path, *args: str, limit: float) -> subprocess.CompletedProcess[str]:
    """Run a benchmark in a folder of its own, for at most `limit` seconds."""
    return subprocess.run(
        [sys.executable, str(FOLDER / f"{name}.py"), *args],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=limit,
    )


def test_every_benchmark_is_run_here() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} == TINY.keys()


@pytest.mark.parametrize("name", TINY)
def test_a_benchmark_runs(name: str, tmp_path: Path) -> None:
    ran = run(name, tmp_path, *TINY[name], limit=180)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() or list(tmp_path.rglob("*.csv"))


@pytest.mark.parametrize("name", TINY)
def test_help_does_no_work(name: str, tmp_path: Path) -> None:
    ran = run(name, tmp_path, "--help", limit=15)
    assert ran.returncode == 0 and ran.stdout.startswith("usage:"), ran.stdout + ran.stderr
    assert not list(tmp_path.iterdir())
