"""dev.py on systems that have neither users' numbers nor apt."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", Path(__file__).parents[2] / "dev.py")
    assert spec and spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_nothing_is_installed_where_there_is_no_apt(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], system: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.delattr(os, "geteuid")
    monkeypatch.delenv("POWERMAP_TEST_BROWSER", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    dev.need_browser()
    assert "POWERMAP_TEST_BROWSER" in capsys.readouterr().out


def test_a_browser_is_found_where_these_systems_keep_it(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe"
    monkeypatch.setenv("POWERMAP_TEST_BROWSER", "")
    monkeypatch.delenv("POWERMAP_TEST_BROWSER")
    monkeypatch.setattr(shutil, "which", lambda name: "there" if name == "pdfinfo" else None)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(Path, "is_file", lambda path: str(path) == place)
    dev.need_browser()
    assert os.environ["POWERMAP_TEST_BROWSER"] == place
