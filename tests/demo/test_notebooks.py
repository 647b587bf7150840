"""The notebooks run from top to bottom, and show what their words promise."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
PROMISES = {
    "1_first_map": ["Gu Changchuan", "Bailan Energy", "IFrame"],
    "2_formal_and_informal_power": ["0.521978", "0.254579", "0.212454", "0.209877", "0.705128"],
    "3_fragility_and_counterfactuals": ["Zhou Mingxuan", "Han Liqun", "nothing hangs on one person"],
    "4_coalition_and_next_action": ["can each block", "uncalibrated", "Ask Zhou Mingxuan", "23.5%"],
}


def shown(cell: Any) -> str:
    """What a cell shows: printed text, and the text and HTML of its value."""
    parts = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        parts += [output.get("text", ""), data.get("text/plain", ""), data.get("text/html", "")]
    return "\n".join(parts)


def test_there_are_four() -> None:
    assert [p.stem for p in NOTEBOOKS] == list(PROMISES)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_it_is_kept_without_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert all(not c.get("outputs") and c.get("execution_count") is None for c in notebook.cells)
    assert not re.search(r"/(home|work|tmp|Users)/", path.read_text("utf-8"))


# The kernel's own transport warns; our code runs in the kernel, not here.
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_it_runs_and_shows_what_it_says(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    seen = "\n".join(shown(cell) for cell in notebook.cells)
    for promise in PROMISES[path.stem]:
        assert promise in seen, promise
