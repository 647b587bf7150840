"""Consoles of other systems: what is printed there is neither a crash nor nonsense, and a file gets UTF-8."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_commands import GREAT, Run, filled, run

from powermap.cli import main
from powermap.cli.consoles import prepare

__all__ = ["filled", "run"]
SAID = "✓ 写好了 – 王伟 ≥ 2 ● café \udcff"


class Terminal(io.TextIOWrapper):
    def isatty(self) -> bool:
        return True


def printed(encoding: str, *, terminal: bool) -> bytes:
    raw = io.BytesIO()
    stream = (Terminal if terminal else io.TextIOWrapper)(raw, encoding=encoding)
    prepare(stream)
    stream.write(SAID)
    stream.flush()
    return raw.getvalue()


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        # 936 has √, ≥ and ● and no ✓, é or –: https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP936.TXT
        ("cp936", "√ 写好了 – 王伟 ≥ 2 ● caf\u00e9 ?"),
        ("cp1252", "× ??? – ?? >= 2 * café ?".replace("×", "+")),
        ("cp437", "√ ??? - ?? ≥ 2 * café ?"),
        ("gb18030", "✓ 写好了 – 王伟 ≥ 2 ● café ?"),
        ("utf-8", "✓ 写好了 – 王伟 ≥ 2 ● café ?"),
    ],
)
def test_a_terminal_keeps_its_own_letters(encoding: str, said: str) -> None:
    assert printed(encoding, terminal=True).decode(encoding) == said


@pytest.mark.parametrize("encoding", ["cp936", "cp1252", "ascii", "utf-8"])
def test_a_file_is_utf_8(encoding: str) -> None:
    assert printed(encoding, terminal=False).decode("utf-8") == SAID.replace("\udcff", "?")


def test_a_terminal_of_which_nothing_is_said_gets_utf_8() -> None:
    assert printed("ascii", terminal=True).decode("utf-8") == SAID.replace("\udcff", "?")


@pytest.mark.parametrize(
    "world",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp936"},
        {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252:strict"},
    ],
    ids=["ascii", "cp936", "cp1252"],
)
def test_the_program_itself(tmp_path: Path, world: dict[str, str]) -> None:
    """`powermap … > out.txt` of a file whose name isn't UTF-8, with Chinese in the answer and in a complaint."""
    strange = os.fsdecode(b"li\xffst.csv")
    (tmp_path / strange).write_text("客户,姓名,职务\n南湖食品,王伟,采购总监\n", encoding="utf-8")

    def call(*arguments: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "powermap", *arguments],
            cwd=tmp_path,
            env={**os.environ, **world, "POWERMAP_CONFIG": "none.toml"},
            capture_output=True,
            check=False,
        )
        return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")

    code, out, err = call("import", strange, "--lang", "zh")
    assert (code, err) == (0, ""), (out, err)
    assert "已写入" in out
    code, out, err = call("accounts", "--lang", "zh")
    assert code == 0 and "南湖食品" in out and "Traceback" not in err
    code, out, err = call("history", "王伟", "--lang", "zh")
    # Where Python is told that all is ASCII, what is typed is no text.
    assert (code == 0 and "采购总监" in out) or (code == 2 and "UTF-8" in err and "LC_ALL" in world)
    code, out, err = call("search", os.fsdecode(b"\xff"), "--lang", "zh")
    assert code == 2 and "UTF-8" in err and "Traceback" not in err
    code, out, err = call("template", "-o", strange + "/x.xlsx", "--lang", "zh")
    assert code == 8 and "st.csv" in err and "Traceback" not in err


def test_a_reader_that_leaves(monkeypatch: pytest.MonkeyPatch, filled: Run) -> None:
    """`powermap … | more` and `q`: Windows says EINVAL, and names no file."""
    monkeypatch.setattr(sys, "argv", ["powermap", "show", GREAT])
    monkeypatch.setattr(os, "dup2", lambda *_: None)
    for platform, number, code in (
        ("win32", errno.EINVAL, 0),
        ("linux", errno.EINVAL, 8),
    ):
        fault = OSError(number, "gone")

        class Gone(io.StringIO):
            def write(self, text: str, fault: OSError = fault, platform: str = platform) -> int:
                # Only now: rich would look for Windows' own libraries.
                monkeypatch.setattr(sys, "platform", platform)
                raise fault

            def fileno(self) -> int:
                return 1

        monkeypatch.setattr(sys, "stdout", Gone())
        with pytest.raises(SystemExit) as stop:
            main()
        assert (stop.value.code or 0) == code, platform
