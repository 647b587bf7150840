"""The wheel: built, installed in a fresh environment, and used from there."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment that holds the wheel; libraries come from the environment the tests run in."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT], check=True, capture_output=True
    )
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel], check=True)
    (site,) = {Path(sysconfig.get_path("purelib", vars={"base": str(folder / "env")}))}
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return python


def test_the_wheel_brings_what_it_needs(fresh: Path, tmp_path: Path) -> None:
    code = (
        "import powermap, powermap.resources as r\n"
        "print(powermap.__file__)\n"
        "print(r.folder('queries'))\n"
        "print(r.folder('viz'))\n"
        "from powermap.method import load_pack; print(len(load_pack().attitudes))\n"
    )
    done = subprocess.run([fresh, "-I", "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    package, queries, viz, levels = done.stdout.split("\n")[:4]
    home = str(fresh.parent.parent)
    assert package.startswith(home) and queries.startswith(home) and viz.startswith(home)
    assert levels == "6"


def test_the_wheel_runs_the_demo(fresh: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [fresh, "-I", "-m", "powermap", "demo", "-o", tmp_path / "demo", "--lang", "en"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "demo").glob("*.html"))) >= 3
