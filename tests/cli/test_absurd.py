"""What no program writes is told by a clear word in both languages: no hang, no flood of memory, no fault of our own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter
from test_commands import Run, run

__all__ = ["run"]
LONG = "x" * 140_000
DIGITS = "9" * 400


def told(run: Run, *command: str) -> str:
    """Run a command that has to be refused, in both languages; return the English."""
    said = {}
    for lang in ("zh", "en"):
        code, out, fault = run(*command, "--lang", lang)
        said[lang] = out + fault
        assert code not in (0, 1) and "fault of its own" not in said[lang], (code, said[lang])
        assert "Traceback" not in said[lang]
    assert said["zh"] != said["en"]
    return said["en"]


@pytest.mark.parametrize("place", [0, 1, 40])
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_field_of_140_000_characters(run: Run, tmp_path: Path, place: int, quote: str) -> None:
    """In the header, in the first row, and below the lines that tell how cells are parted."""
    lines = ["company,name,note", *(f"Acme,Person {n},fine" for n in range(50))]
    lines[place] += quote + LONG + quote
    (tmp_path / "people.csv").write_text("\n".join(lines))
    said = told(run, "import", "people.csv")
    assert f"row {place + 1}: a cell has more than 32,767 characters" in said
    assert len(said) < 1_000


def test_the_longest_cell_of_a_spreadsheet_is_told_as_a_long_text(run: Run, tmp_path: Path) -> None:
    """32,767 characters are a cell of Excel; a note has 4,000."""
    (tmp_path / "people.csv").write_text("company,name,note\nAcme,Bo Ray," + "x" * 32_767 + "\n")
    said = told(run, "import", "people.csv")
    assert "more than 4000" in said and len(said) < 2_000


@pytest.mark.parametrize("rule", [f"{DIGITS} of (CEO, CTO)", f"1/{DIGITS} of (CEO, CTO)", f"51 of (CEO: {DIGITS}, CTO: 1)",
                                  f"0.{DIGITS}% of (CEO, CTO)", f"{DIGITS}.5 of (CEO, CTO)", f"百分之{DIGITS} (CEO, CTO)"])  # fmt: skip
def test_a_quota_of_400_digits(run: Run, tmp_path: Path, rule: str) -> None:
    (tmp_path / "people.csv").write_text(
        "company,name,title,roles\nAcme,Bo Ray,CEO,decider\nAcme,Cy Lee,CTO,decider\n"
    )
    (tmp_path / "deals.csv").write_text("company,name\nAcme,Mill\n")
    assert run("import", "people.csv", "deals.csv")[0] == 0
    (tmp_path / "deals.csv").write_text(f'company,name,rule\nAcme,Mill,"{rule}"\n', "utf-8")
    assert "number" in told(run, "import", "deals.csv")


@pytest.mark.parametrize(
    "value", [DIGITS, f"-{DIGITS}", f"{DIGITS}亿", "1e400", f"0.{DIGITS}x", "٩" * 400, "1" * 5_000]
)
def test_a_number_of_absurd_length(run: Run, tmp_path: Path, value: str) -> None:
    """Also of more digits than Python makes a whole number of (4,300)."""
    (tmp_path / "figures.csv").write_text(f"company,measure,on,value\nAcme,revenue,2025,{value}\n", "utf-8")
    (tmp_path / "people.csv").write_text("company,name\nAcme,Bo Ray\n")
    said = told(run, "import", "figures.csv", "people.csv")
    assert "number" in said or "larger than any amount" in said


@pytest.mark.parametrize("column", ["level", "power", "attitude", "since"])
@pytest.mark.parametrize("value", [1e308, -1e308, 1e-308, 5e17])
def test_a_number_of_absurd_size_in_a_workbook(run: Run, tmp_path: Path, column: str, value: float) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "people.xlsx"))
    page = book.add_worksheet("people")
    page.write_row(0, 0, ["company", "name", column])
    page.write_row(1, 0, ["Acme", "Bo Ray", value])
    book.close()
    if column == "power" and value == 1e-308:
        assert run("import", "people.xlsx")[0] == 0
    else:
        told(run, "import", "people.xlsx")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes by name")
@pytest.mark.parametrize("what", ["pipe.csv", "folder", "/dev/zero", "/dev/null"])
def test_a_pipe_and_a_device_are_not_read(run: Run, tmp_path: Path, what: str) -> None:
    """Alone, and beside a file in a folder: a pipe that nobody writes to would be waited for without an end."""
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    os.mkfifo(tmp_path / "folder/pipe.csv")
    (tmp_path / "folder/people.csv").write_text("company,name\nAcme,Bo Ray\n")
    assert "no ordinary file" in told(run, "import", what)


def test_a_folder_that_is_called_as_a_sheet(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in/people.csv").mkdir(parents=True)
    assert "people.csv" in told(run, "import", "in")


@pytest.mark.skipif(sys.platform == "win32", reason="paths have another limit there")
def test_a_folder_that_lies_deeper_than_paths_go(run: Run, tmp_path: Path) -> None:
    for path in ("/".join(["deep"] * 1_000), "x" * 300 + ".csv"):
        code, _, said = run("import", path)
        assert code == 8 and "too long" in said


@pytest.mark.parametrize("name", ["people.csv", "people.xlsx"])
def test_a_file_that_goes_while_it_is_read(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04" if name.endswith("x") else b"company,name\nAcme,Bo Ray\n")

    def gone(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "No such file or directory", name)

    monkeypatch.setattr(Path, "read_bytes", gone)
    monkeypatch.setattr("zipfile.ZipFile", gone)
    assert "no such file" in told(run, "import", name)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is told in another way")
@pytest.mark.parametrize("head", ["", "company,name\n"])
def test_30_megabytes_of_empty_lines(tmp_path: Path, head: str) -> None:
    """Nothing but empty lines; and between a header and a row, which is found."""
    (tmp_path / "people.csv").write_text(head + "\n" * 30_000_000 + (head and "Acme,Bo Ray\n"))
    code = (
        "import sys\nfrom pathlib import Path\nfrom powermap.sources import read_files\n"
        "from powermap.errors import SourceError\nfrom powermap.method import load_pack\n"
        "try: said = [d.place.row for d in read_files([Path('people.csv')], load_pack()).drafts]\n"
        "except SourceError as error: said = error.message\n"
        "print(said, next(x.split()[1] for x in Path('/proc/self/status').open() if x.startswith('VmHWM')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    said, peak = done.stdout.rsplit(maxsplit=1)
    assert said == ("[30000002]" if head else "people.csv is empty")
    # The text, and four bytes for each character while it is parted.
    assert int(peak) < 400_000
