"""A workspace to merge in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from powermap.stores import open_store
from powermap.workspace import Workspace


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(open_store(str(tmp_path / "one.db"))) as found:
        yield found
