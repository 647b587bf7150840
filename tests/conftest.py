"""Where the shared networks are, if they are there; what could not run is printed, and in CI is a failure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from absent import absent


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_the_user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what the user of this machine has set, and said of headers, out of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POWERMAP_CONFIG", str(tmp_path_factory.mktemp("settings") / "config.toml"))
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real networks and exports, which are not part of the project."""
    given = os.environ.get("POWERMAP_TEST_SHARED")
    folder = Path(given) if given else Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "data").is_dir():
        pytest.skip(f"the real networks are not here ({folder}); set POWERMAP_TEST_SHARED")
    return folder


ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def find_browser() -> str:
    """Return the browser's path: POWERMAP_TEST_BROWSER, else what is installed; without one, skip, in CI fail."""
    given = os.environ.get("POWERMAP_TEST_BROWSER")
    names = ("chromium", "chromium-browser", "google-chrome", "msedge", "microsoft-edge")
    found = given or next((path for name in names if (path := shutil.which(name))), None)
    if not found:
        absent("no Chromium, Chrome or Edge on the PATH; install one or set POWERMAP_TEST_BROWSER")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for all tests of a process: playwright can't be started twice in one."""
    path = find_browser()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()
