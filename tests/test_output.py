"""Files go out whole, for the user alone, and only where their name says."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from powermap.errors import RenderError, StoreError
from powermap.output import file_name, forget_parts, make_folder, replacing, write

LINKS = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
MODES = pytest.mark.skipif(sys.platform == "win32", reason="there are no modes on Windows")


@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError, ValueError])
def test_a_fault_in_the_middle_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, fault: type[BaseException]
) -> None:
    path = tmp_path / "map.html"
    write(path, "old")
    with pytest.raises(fault), replacing(path) as file:
        file.write(b"half of the new")
        raise fault
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


def test_a_move_that_is_refused_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where another program holds the old file open."""
    path = tmp_path / "map.html"
    write(path, "old")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(PermissionError):
        write(path, "new")
    assert path.read_text() == "old" and list(tmp_path.iterdir()) == [path]


@MODES
@pytest.mark.parametrize("mask", [0, 0o022, 0o077])
def test_what_is_written_is_for_the_user_alone_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    """Also where the file of before was for everybody."""
    (tmp_path / "old.html").write_text("old")
    (tmp_path / "old.html").chmod(0o666)
    before = os.umask(mask)
    try:
        write(tmp_path / "old.html", "new")
        write(tmp_path / "new.html", "new")
        make_folder(tmp_path / "maps")
    finally:
        os.umask(before)
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()}
    assert modes == {"old.html": 0o600, "new.html": 0o600, "maps": 0o700}


@LINKS
@pytest.mark.parametrize("there", [True, False])
def test_a_link_is_not_followed(tmp_path: Path, there: bool) -> None:
    target, link = tmp_path / "precious.txt", tmp_path / "map.html"
    if there:
        target.write_text("precious")
    link.symlink_to(target)
    with pytest.raises(RenderError, match="link") as refused:
        write(link, "new")
    assert "链接" in refused.value.words.zh and link.is_symlink()
    assert target.exists() is there and (not there or target.read_text() == "precious")


@LINKS
def test_a_folder_of_ours_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "maps").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    with pytest.raises(RenderError, match="link"):
        make_folder(tmp_path / "maps")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes by name")
def test_what_is_no_file_is_left_alone(tmp_path: Path) -> None:
    """A pipe, and so a device: moved over it, a file would take its place."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(RenderError, match="ordinary"):
        write(tmp_path / "pipe", "new")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    """255 bytes are what most disks take of a name, and the part beside it has to have one too."""
    path = tmp_path / ("客" * 83 + ".html")
    assert len(path.name.encode()) == 254
    write(path, "new")
    assert path.read_text() == "new"


def test_parts_of_killed_processes_go(tmp_path: Path) -> None:
    (tmp_path / ".a.db.columns.x1.part").write_text("names")
    (tmp_path / ".b.db.columns.x1.part").write_text("of another store")
    forget_parts(tmp_path / "a.db.columns")
    assert [p.name for p in tmp_path.iterdir()] == [".b.db.columns.x1.part"]


@pytest.mark.parametrize(
    "ident",
    [
        "../../etc/passwd",
        "..",
        ".",
        "",
        "a/b",
        "a\\b",
        "/etc",
        "C:x",
        "a\0b",
        "a.b",
        "-rf",
        "客户",
        "x" * 65,
        "a\n",
    ],
)
def test_an_id_that_is_none_of_ours_names_no_file(ident: str) -> None:
    with pytest.raises(StoreError) as refused:
        file_name(ident, ".html")
    assert refused.value.words.zh != refused.value.words.en


@pytest.mark.parametrize("ident", ["0f3a9c1d2b4e5f60", "a1", "acme-7_b", "x" * 64])
def test_an_id_of_ours_names_its_file(ident: str) -> None:
    assert file_name(ident, ".html") == f"{ident}.html"
