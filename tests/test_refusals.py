"""A file that another program has open is told from one that may not be touched."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from powermap.refusals import OUTSIDE, is_held, why


def windows(number: int, *names: str) -> PermissionError:
    """Return what Python raises on Windows: errno is of the C library, `winerror` of the system."""
    error = PermissionError(errno.EACCES, "Permission denied")
    error.winerror = number  # type: ignore[attr-defined]
    for place, name in zip(("filename", "filename2"), names, strict=False):
        setattr(error, place, name)
    return error


@pytest.mark.parametrize(("number", "held"), [(31, False), (32, True), (33, True), (34, False)])
def test_a_sharing_violation_is_told_by_its_number(number: int, held: bool) -> None:
    """32 ERROR_SHARING_VIOLATION, 33 ERROR_LOCK_VIOLATION:
    https://learn.microsoft.com/windows/win32/debug/system-error-codes--0-499-."""
    assert is_held(windows(number)) is held
    assert ("Excel" in why(windows(number))[0].en) is held


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("second", [True, False])
@pytest.mark.parametrize("system", ["win32", "linux"])
def test_where_a_move_is_denied_a_file_that_is_there_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool, second: bool, system: str
) -> None:
    """5 ERROR_ACCESS_DENIED says Windows of a move onto an open file, and of a folder that nobody may write to."""
    if there:
        (tmp_path / "map.html").write_text("open in a browser")
    names = (str(tmp_path / ".map.html.part"), str(tmp_path / "map.html"))
    monkeypatch.setattr(sys, "platform", system)
    assert is_held(windows(5, *(names if second else names[::-1]))) is (there and system == "win32")


@pytest.mark.parametrize("number", sorted(OUTSIDE))
def test_what_the_system_says_is_said_in_both_languages(number: int) -> None:
    (zh, en), hint = why(OSError(number, "x"))
    assert zh != en and "x" not in (zh, en) and hint.zh != hint.en
    assert why(OSError(errno.EIO, "input/output error"))[0].en == "input/output error"
