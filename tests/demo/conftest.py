"""The demo's sheets in a store, once for each language."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from powermap import demo
from powermap.importing import Imported
from powermap.workspace import Workspace, open_workspace


def bring_in(lang: str, folder: Path) -> tuple[Workspace, Imported]:
    """Import the demo into a new store; ids are numbers, so that two runs are alike."""
    numbers = count()
    ws = open_workspace(folder / f"{lang}.db")
    return ws, ws.import_(demo.files(lang), today=demo.AS_OF, new_id=lambda: f"id{next(numbers):05}")


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, tuple[Workspace, Imported]]]:
    folder = tmp_path_factory.mktemp("demo")
    found = {lang: bring_in(lang, folder) for lang in ("zh", "en")}
    yield found
    for ws, _ in found.values():
        ws.close()


@pytest.fixture(scope="session")
def zh(imported: dict[str, tuple[Workspace, Imported]]) -> Workspace:
    return imported["zh"][0]


@pytest.fixture(scope="session")
def en(imported: dict[str, tuple[Workspace, Imported]]) -> Workspace:
    return imported["en"][0]
