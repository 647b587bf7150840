"""The commands where the disk behaves as on Windows: an open file is neither removed nor replaced."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from test_commands import GREAT, Run, filled, run
from windows import DENIED, SHARED, refused, windows

from powermap import importing
from powermap.errors import RenderError
from powermap.output import check_name, file_name, make_folder, replacing
from powermap.stores import open_store

__all__ = ["filled", "run", "windows"]


@pytest.mark.usefixtures("windows")
def test_every_command_that_writes(filled: Run) -> None:
    for command in (
        ("template", "-o", "t.xlsx"),
        ("export", GREAT, "-o", "e.xlsx"),
        ("export", GREAT, "-o", "sheets"),
        ("export", "--format", "parquet", "-o", "columns"),
        ("export", GREAT, "-o", "e.xlsx", "--force"),
        ("map", GREAT, "-o", "m.html"),
        ("map", GREAT, "-o", "m.html"),
        ("layout", GREAT, "-o", "l.csv"),
        ("layout", GREAT, "--from", "l.csv"),
        ("portfolio",),
        ("portfolio",),
        ("portfolio", "-o", "p.html", "--maps", "1"),
        ("portfolio", "-o", "p.html", "--maps", "2", "--force"),
        ("portfolio", "-o", "p.xlsx"),
        ("store", "rebuild"),
        ("store", "verify"),
        ("import", "e.xlsx"),
        ("import", "e.xlsx", "--dry-run", "--store", "nowhere.db"),
    ):
        code, out, err = filled(*command)
        assert code == 0, (command, out, err)
    assert not list(Path().rglob("*.part")) and not Path("nowhere.db").exists()


@pytest.mark.usefixtures("windows")
def test_the_demo_twice(run: Run) -> None:
    """The store is closed when the second demo takes it away."""
    assert run("demo", "-o", "d", "--lang", "zh")[0] == 0
    code, out, err = run("demo", "-o", "d", "--lang", "zh")
    assert code == 0, (out, err)


@pytest.mark.usefixtures("windows")
def test_a_refused_first_import_leaves_no_store(run: Run) -> None:
    Path("bad.csv").write_text("company,name,level\nAcme,Ada,nine\n", encoding="utf-8")
    assert run("import", "bad.csv")[0] == 9
    assert [p.name for p in Path().iterdir()] == ["bad.csv"]


@pytest.mark.usefixtures("windows")
def test_what_somebody_wrote_meanwhile_is_put_back(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the moment the store is let go and the moment it is moved away another process may write to it."""
    from powermap.model import Batch
    from powermap.stores.sqlite.removal import discard

    open_store("s.db").close()
    move = os.rename

    def written(old: str, new: str) -> None:
        if str(new).endswith(".discarded"):
            with open_store(str(old)) as store:
                store.apply(Batch("b", ()))
        move(old, new)

    monkeypatch.setattr(os, "rename", written)
    discard(Path("s.db"))
    with open_store("s.db", create=False) as store:
        assert [r.batch for r in store.receipts()] == ["b"]
    assert [p.name for p in Path().iterdir()] == ["s.db"]


def test_a_store_on_a_network_is_told(filled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is printed on standard output stays as it is, for programs."""
    here, real = str(Path.cwd()), Path.read_bytes
    mounts = f"none / ext4 rw 0 0\n//files/sales {here} cifs rw 0 0\n".encode()
    plain = filled("accounts", "--lang", "en")
    monkeypatch.setattr(Path, "read_bytes", lambda p: mounts if str(p) == "/proc/mounts" else real(p))
    code, out, err = filled("accounts", "--lang", "en")
    assert (code, out) == plain[:2] and "network drive" in err and not plain[2]
    assert "网络盘" in filled("accounts", "--lang", "zh")[2]


def held(monkeypatch: pytest.MonkeyPatch, name: str, number: int, how: str) -> None:
    """Let Windows refuse one file: to be opened (for reading), or to be replaced."""
    if how == "read":
        real = io.open

        def opened(file: Any, *rest: Any, **options: Any) -> Any:
            if str(file).endswith(name):
                raise refused(str(file), number)
            return real(file, *rest, **options)

        monkeypatch.setattr(io, "open", opened)
    else:
        move = os.replace

        def replaced(old: Any, new: Any) -> None:
            if str(new).endswith(name):
                error = refused(str(old), number)
                error.filename2 = str(new)
                raise error
            move(old, new)

        monkeypatch.setattr(os, "replace", replaced)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_file_that_is_open_in_excel_is_not_read(
    run: Run, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    Path("list.csv").write_text("company,name\nAcme,Ada\n", encoding="utf-8")
    held(monkeypatch, "list.csv", SHARED, "read")
    code, _, err = run("import", "list.csv", "--lang", lang)
    assert code == 4 and "list.csv" in err
    assert ("在那里关闭" if lang == "zh" else "close it there") in err
    assert "ermission" not in err and "权限" not in err and "另一个程序正在使用" not in err


@pytest.mark.parametrize("number", [SHARED, DENIED])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "command",
    [
        ("export", GREAT, "-o", "out.xlsx", "--force"),
        ("template", "-o", "out.xlsx", "--force"),
        ("portfolio", "-o", "out.xlsx", "--force"),
        ("layout", GREAT, "-o", "out.csv", "--force"),
    ],
)
def test_a_file_that_is_open_in_excel_is_not_replaced(
    filled: Run, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], lang: str, number: int
) -> None:
    """Of a move onto an open file Windows says "access denied", which it isn't."""
    name = command[-2]
    Path(name).write_bytes(b"what is open")
    held(monkeypatch, name, number, "replace")
    real = os.replace

    def there(old: Any, new: Any) -> None:
        # Only now: other libraries would look for Windows' own.
        monkeypatch.setattr(sys, "platform", "win32")
        real(old, new)

    monkeypatch.setattr(os, "replace", there)
    code, _, err = filled(*command, "--lang", lang)
    assert code == 8 and name in err and ".part" not in err, err
    assert ("在那里关闭" if lang == "zh" else "close it there") in err
    assert "ermission" not in err and "权限" not in err
    assert Path(name).read_bytes() == b"what is open" and not list(Path().glob("*.part"))


def test_a_file_without_permission_is_called_that(filled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here, where an open file can be replaced, EACCES is what it says."""

    def replaced(old: Any, new: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(old), None, str(new))

    monkeypatch.setattr(os, "replace", replaced)
    code, _, err = filled("export", GREAT, "-o", "out.xlsx", "--lang", "en")
    assert code == 8 and "out.xlsx" in err and "permission" in err and "Excel" not in err


def test_marks_of_open_and_hidden_files_in_a_folder(run: Run) -> None:
    """Excel and WPS leave `~$list.xlsx` beside a file that is open; a Mac leaves `._list.csv` on a stick."""
    Path("in").mkdir()
    Path("in/list.csv").write_text("company,name\nAcme,Ada\n", encoding="utf-8")
    for mark in ("~$list.csv", "~$gone.xlsx", "._list.csv"):
        Path("in", mark).write_bytes(b"\x05Li Wei")
    code, out, _ = run("import", "in", "--lang", "en")
    assert code == 0
    assert "list.csv is open in Excel: what isn't saved there was not imported" in out
    assert "~$gone.xlsx is only a mark of Excel" in out and "._list.csv is a hidden file" in out
    assert "~$list.csv" not in out
    code, out, _ = run("import", "in/list.csv", "in/~$list.csv", "--lang", "zh")
    assert code == 0 and "正在 Excel 中打开" in out
    code, _, err = run("import", "in/~$gone.xlsx", "--lang", "en")
    assert code == 4 and "import the file itself" in err


def test_the_marks_are_told_of_a_big_folder_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets that are taken as columns, too."""
    monkeypatch.setattr(importing, "BULK", 1)
    Path("in").mkdir()
    Path("in/people.csv").write_text("company,name\nAcme,Ada\n", encoding="utf-8")
    Path("in/~$people.csv").write_bytes(b"\x05Li Wei")
    taken = []
    real = importing.Importing._in_bulk
    monkeypatch.setattr(importing.Importing, "_in_bulk", lambda *a: taken.append(real(*a)) or taken[0])
    code, out, _ = run("import", "in", "--lang", "en")
    assert code == 0 and taken[0] is not None and "people.csv is open in Excel" in out


@pytest.mark.parametrize(
    "name",
    [
        "CON.html",
        "nul",
        "com1.xlsx",
        "LPT9.tar.html",
        "aux .html",
        "CONIN$",
        "conout$.html",
        "COM¹.html",
        "lpt³",
        "a:b.html",
        "a?.html",
        "map.html.",
        "map.html ",
    ],
)
def test_names_of_windows_own(filled: Run, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """`CON` is a device with any ending, `a:b.html` a stream hidden in `a`, and a dot or space at the end is dropped:
    https://learn.microsoft.com/windows/win32/fileio/naming-a-file; `CONIN$` and `CONOUT$` are the console's:
    https://learn.microsoft.com/windows/console/console-handles."""
    with monkeypatch.context() as there:
        there.setattr(sys, "platform", "win32")
        with pytest.raises(RenderError, match="Windows has no files called"):
            check_name(Path("folder", name))
        with pytest.raises(RenderError), replacing(Path(name)):
            pass
        with pytest.raises(RenderError):
            make_folder(Path(name))
        for fine in ("contact.html", "nullable", "com.xlsx", "com10.html", "客户：甲.html", ".con", "a.con"):
            check_name(Path(fine))
    assert not list(Path().glob("*.html"))
    check_name(Path(name))


def test_two_ids_name_two_files_on_any_disk() -> None:
    """Also where case isn't told, and where `con` is a device."""
    ids = ["ab12", "AB12", "Ab12", "con", "nul", "con-7"]
    names = [file_name(i, ".html") for i in ids]
    assert names[0] == "ab12.html", "ids as powermap makes them are kept"
    assert len({n.casefold() for n in names}) == len(ids)
    with pytest.MonkeyPatch.context() as there:
        there.setattr(sys, "platform", "win32")
        for name in names:
            check_name(Path(name))


def test_very_long_names(filled: Run) -> None:
    """255 bytes are 85 Chinese characters less the ending: the longest that a disk takes is written, one more is told."""
    longest = "图" * 83 + ".html"
    assert len(longest.encode()) == 254
    assert filled("map", GREAT, "-o", longest)[0] == 0 and Path(longest).exists()
    assert filled("portfolio", "-o", longest, "--force")[0] == 0
    code, _, err = filled("map", GREAT, "-o", "图" + longest, "--lang", "zh")
    assert code == 8 and "名字太长" in err


BAD = "company,name,level\nAcme,Ada,nine\n"


def test_a_marked_copy_replaces_nothing_unasked(run: Run) -> None:
    Path("list.csv").write_text(BAD, encoding="utf-8")
    Path("mine.xlsx").write_bytes(b"mine")
    code, _, err = run("import", "list.csv", "--annotated", "mine.xlsx", "--lang", "en")
    assert code == 8 and "--force" in err and Path("mine.xlsx").read_bytes() == b"mine"
    assert run("import", "list.csv", "--annotated", "mine.xlsx", "--force")[0] == 9
    assert Path("mine.xlsx").read_bytes()[:2] == b"PK"
    Path("in").mkdir()
    Path("in/list.csv").write_text(BAD, encoding="utf-8")
    assert run("import", "in", "--annotated", "in/list.csv", "--force")[0] == 2


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_marked_copy_never_replaces_its_source(
    run: Run, monkeypatch: pytest.MonkeyPatch, force: tuple[str, ...]
) -> None:
    """By a second name of the file, or by the same name in other letters on a disk that doesn't tell case."""
    Path("List.csv").write_text(BAD, encoding="utf-8")
    Path("other.xlsx").hardlink_to("List.csv")
    code, _, err = run("import", "List.csv", "--annotated", "other.xlsx", *force, "--lang", "en")
    assert code == 2 and "itself" in err
    stat = os.stat

    def caseless(path: Any, *rest: Any, **options: Any) -> os.stat_result:
        return stat(
            str(path).replace("list.csv", "List.csv") if isinstance(path, (str, Path)) else path,
            *rest,
            **options,
        )

    monkeypatch.setattr(os, "stat", caseless)
    monkeypatch.setattr(os, "access", lambda *_, **__: True)
    code, _, err = run("import", "List.csv", "--annotated", "list.csv", *force, "--lang", "en")
    assert code == 2 and "itself" in err
    assert (code, "nine" in Path("List.csv").read_text("utf-8")) == (2, True)


def test_a_marked_copy_in_other_letters_where_the_disk_is_not_asked(run: Run) -> None:
    """Where the disk tells case the other name isn't there, and yet the copy would replace its source on the next."""
    Path("名单É.csv").write_text(BAD, encoding="utf-8")
    code, _, err = run("import", "名单É.csv", "--annotated", "名单e\u0301.CSV", "--lang", "en")
    assert code == 2 and "itself" in err


def test_the_demo_says_how_powermap_is_called_on_another_drive(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """There no relative path leads from drive D: to C:, and the program ends in .exe."""
    from powermap.cli import demo

    def no_path(*_: Any) -> str:
        raise ValueError("path is on mount 'C:', start on mount 'D:'")

    monkeypatch.setattr(shutil, "which", lambda *_: None)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python.exe"))
    assert demo._called() == f"{tmp_path / 'python.exe'} -m powermap"
    (tmp_path / "powermap.exe").touch()
    monkeypatch.setattr(os.path, "relpath", no_path)
    assert demo._called() == str(tmp_path / "powermap.exe")
