"""Where the shared networks are, if they are there; what could not run is printed, and in CI is a failure."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real networks and exports, which are not part of the project."""
    given = os.environ.get("POWERMAP_TEST_SHARED")
    folder = Path(given) if given else Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "data").is_dir():
        pytest.skip(f"the real networks are not here ({folder}); set POWERMAP_TEST_SHARED")
    return folder
