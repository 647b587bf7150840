"""Workbooks where the system sets no limits: a Mac refuses the limit of memory, Windows has no `resource` at all."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
import xlsxwriter

from powermap.errors import SourceError
from powermap.method import load_pack
from powermap.sources import read_files

MAC = """
import resource
real = resource.setrlimit
def setrlimit(kind, limits):
    if kind == resource.RLIMIT_AS:
        raise ValueError("current limit exceeds maximum limit")
    real(kind, limits)
resource.setrlimit = setrlimit
"""
OTHER = (
    "import resource\ndef refuse(*_): raise OSError(22, 'Invalid argument')\nresource.setrlimit = refuse\n"
)
WINDOWS = "import sys\nsys.modules['resource'] = None\n"


def everywhere(monkeypatch: pytest.MonkeyPatch, folder: Path, code: str) -> None:
    """Let every Python started from here run `code` first, as another system would have it."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(code, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), *sys.path]))


def people(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("people").write_column(0, 0, ["name", "艾达·石"])
    book.close()
    return path


@pytest.mark.parametrize("code", [MAC, OTHER, WINDOWS], ids=["mac", "other", "windows"])
def test_a_workbook_is_read_where_no_limit_can_be_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    everywhere(monkeypatch, tmp_path / "site", code)
    reading = read_files([people(tmp_path / "list.xlsx")], load_pack())
    assert [d.values["name"] for d in reading.drafts] == ["艾达·石"]


@pytest.mark.skipif(sys.platform != "linux", reason="only here are the limits told in /proc")
def test_where_a_limit_can_be_set_it_is_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The child is under both limits when it opens a small file: 1.5 GB of address space, 10 s of processor time."""
    seen = tmp_path / "limits"
    code = f"""
import python_calamine
def from_path(path):
    import pathlib
    pathlib.Path({str(seen)!r}).write_text(pathlib.Path("/proc/self/limits").read_text())
    raise ValueError("seen")
class CalamineWorkbook: pass
CalamineWorkbook.from_path = staticmethod(from_path)
python_calamine.CalamineWorkbook = CalamineWorkbook
"""
    everywhere(monkeypatch, tmp_path / "site", code)
    with pytest.raises(SourceError, match="seen"):
        read_files([people(tmp_path / "list.xlsx")], load_pack())
    limits = {line[:25].strip(): line.split()[3:5] for line in seen.read_text().splitlines()[1:]}
    assert limits["Max cpu time"] == ["10", "11"]
    assert limits["Max address space"] == ["1500000000", "1500000000"]


def test_a_fault_of_the_reader_is_not_called_a_lack_of_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever ends the child with Python's own code is told by its last line, in any system's letters."""
    everywhere(monkeypatch, tmp_path / "site", "import sys\nsys.modules['pickle'] = None\n")
    with pytest.raises(SourceError) as told:
        read_files([people(tmp_path / "清单.xlsx")], load_pack())
    assert "pickle" in told.value.message and "memory" not in told.value.message
    assert "\n" not in told.value.message
