"""What others wrote steers no terminal: it is shown, and not obeyed."""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from test_commands import Run, run

from powermap.cli.visible import in_json, visible

__all__ = ["run"]

STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
EVIL = "\x1b]0;pwned\x07\x1b[2J\x9b31m\x7f\u202e\u2066\u200f\u2028Z"
"""Sets the title, clears the screen, colours (by an 8-bit code), deletes, turns text around, breaks the line."""
FILE = f"list{EVIL.replace('/', '')}.csv"


def test_every_character_that_steers_is_shown() -> None:
    """All of C0 but line end and tab, DEL, all of C1, the marks of direction; nothing else is touched."""
    steering = [chr(c) for c in (*range(0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F),
                                 *range(0x2066, 0x206A)) if chr(c) not in "\n\t"]  # fmt: skip
    assert not STEERS.search(visible("".join(steering)))
    assert len({visible(c) for c in steering}) == len(steering), "each looks different"
    plain = "a\n\t 李伟 Ōé ␛ 🙂 \u200b\u2060"
    assert visible(plain) == plain
    assert visible("\x1b[2J\u202e\x7f") == "␛[2J\\u202e␡"


def test_json_says_the_same() -> None:
    value = {"a": "\x1b\x9b\u202e\u2028\x7f", "b": ["李", "\n"]}
    text = in_json(json.dumps(value, ensure_ascii=False, indent=2))
    assert json.loads(text) == value and not STEERS.search(text) and "李" in text


def sheets(folder: Path, title: str = "") -> None:
    """Write an account of which every text that a file may hold would steer."""
    (folder / "organizations.csv").write_text(
        f"name,type,us,industry\nAcme{EVIL},customer,,x{EVIL}\nUs{EVIL},supplier,yes,\nRival{EVIL},supplier,,\n",
        "utf-8",
    )
    (folder / FILE).write_text(
        f"company,name,title,department,boss,email,note,{title}\n"
        f"Acme{EVIL},Li{EVIL},CEO{EVIL},Board{EVIL},,a{EVIL},n{EVIL},x\n"
        f"Acme{EVIL},Wu{EVIL},CTO{EVIL},R&D{EVIL},Li{EVIL},b{EVIL},n{EVIL},x\n",
        "utf-8",
    )
    (folder / "ties.csv").write_text(
        f"company,from,kind,to,duty,channel,source,author,note\n"
        f"Acme{EVIL},Own{EVIL},covers,Wu{EVIL},owner,,s{EVIL},a{EVIL},n{EVIL}\n"
        f"Acme{EVIL},Wu{EVIL},influences,Li{EVIL},,c{EVIL},s{EVIL},a{EVIL},n{EVIL}\n",
        "utf-8",
    )
    (folder / "people.csv").write_text(f"company,name\nUs{EVIL},Own{EVIL}\n", "utf-8")
    (folder / "stances.csv").write_text(
        f"company,person,supplier,attitude,source,note\nAcme{EVIL},Wu{EVIL},Us{EVIL},2,s{EVIL},n{EVIL}\n",
        "utf-8",
    )
    (folder / "deals.csv").write_text(f"company,name,stage\nAcme{EVIL},Deal{EVIL},s{EVIL}\n", "utf-8")


def poison(store: Path) -> None:
    """Put into every text of a store what an import takes away: a store may have been sent by anybody."""
    with contextlib.closing(sqlite3.connect(store)) as db, db:
        for (table,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
            for _, column, kind, *_ in db.execute(f"PRAGMA table_info({table})").fetchall():
                if kind == "TEXT":
                    for like, codes in (("%", "char(27, 155)"), ("{%", "'\\u001b\\u009b'")):
                        db.execute(
                            f"UPDATE {table} SET {column} = replace({column}, ']0;pwned', {codes} || ']0;pwned')"
                            f" WHERE {column} LIKE '%]0;pwned%' AND {column} LIKE ? AND ({column} LIKE '{{%') = ?",
                            (like, like != "%"),
                        )


def harmless(*said: object) -> str:
    text = "".join(map(str, said))
    found = STEERS.search(text)
    assert found is None, repr(text[max(0, found.start() - 80) : found.end() + 20])
    return text


COMMANDS = [
    ("accounts",), ("search", "Li"), ("receipts",), ("show", "Acme"), ("show", "Acme", "--json"),
    ("decides", "Acme"), ("sways", "Acme"), ("fragile", "Acme"), ("brief", "Acme"), ("compare", "Acme"),
    ("ways", "Acme"), ("next", "Acme"), ("layout", "Acme"), ("portfolio",), ("portfolio", "--about", "owners"),
    ("measure", "pagerank", "Acme"), ("map", "Acme", "-o", "m.html"),
]  # fmt: skip


def test_no_command_lets_it_through(run: Run, tmp_path: Path) -> None:
    sheets(tmp_path, title=f"unknown{EVIL}")
    code, *said = run("import", ".", "--author", f"me{EVIL}", "--lang", "en")
    assert code == 0, said
    assert "list␛]0;pwned" in harmless(*said)
    poison(tmp_path / "powermap.db")
    for command in COMMANDS:
        for lang in ("zh", "en"):
            code, *said = run(*command, *["--force"] * (command[0] == "map"), "--lang", lang)
            assert code == 0, (command, said)
            harmless(*said)
    rows = json.loads(run("show", "Acme", "--json")[1])["rows"]
    assert "\x1b\x9b]0;pwned" in str(rows[0]["name"]), "programs get what was written"
    ident = next(r["id"] for r in rows)
    for extra in ((), ("--json",)):
        assert "pwned" in harmless(*run("history", ident, *extra)[1:])


def test_no_problem_lets_it_through(run: Run, tmp_path: Path) -> None:
    """Of a value, a header, a file name, a sheet; with candidates, and as JSON."""
    sheets(tmp_path)
    (tmp_path / FILE).write_text(
        f"company,name,level,power,boss\nAcme{EVIL},Li{EVIL},x{EVIL},y{EVIL},Li{EVIL}x\n", "utf-8"
    )
    for lang in ("zh", "en"):
        code, *said = run("import", ".", "--lang", lang)
        assert code == 9 and "␛]0;pwned" in harmless(*said)
    harmless(*run("import", ".", "--json")[1:])


@pytest.mark.parametrize(
    "command",
    [
        ("import", f"gone{EVIL}"),
        ("import", f"empty{EVIL}.csv"),
        ("show", f"who{EVIL}"),
        ("history", f"who{EVIL}"),
        ("undo", f"batch{EVIL}"),
        ("search", f"who{EVIL}"),
        ("map", "Acme", "-o", f"m{EVIL}"),
        ("map", "Acme", "-o", f"m.{EVIL}"),
        ("show", "Acme", "--store", f"gone{EVIL}.db"),
        ("show", "Acme", "--supplier", f"who{EVIL}"),
        ("decides", "Acme", "--what-if", f"remove{EVIL}"),
        ("show", "Acme", "--as-of", f"day{EVIL}"),
        (f"--no{EVIL}",),
        (f"no{EVIL}",),
        ("doctor", "--store", f"gone{EVIL}.db"),
    ],
)
def test_no_fault_lets_it_through(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    sheets(tmp_path)
    assert run("import", ".")[0] == 0
    (tmp_path / f"empty{EVIL}.csv").touch()
    code, *said = run(*command)
    assert code != 1 and harmless(*said), said


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals on Windows")
def test_a_terminal_gets_colours_of_ours_only(run: Run, tmp_path: Path) -> None:
    """On a terminal a table in CSV is for reading too; codes that set colours are all that is left."""
    import pty

    sheets(tmp_path)
    assert run("import", ".")[0] == 0
    for command in (
        ("show", "Acme"),
        ("show", "Acme", "--format", "csv"),
        ("accounts",),
        ("import", f"gone{EVIL}"),
    ):
        ours, theirs = pty.openpty()
        child = subprocess.Popen(
            [sys.executable, "-m", "powermap", *command],
            stdout=theirs,
            stderr=theirs,
            stdin=theirs,
            env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "200"},
        )
        os.close(theirs)
        seen = b""
        while True:
            try:
                block = os.read(ours, 65536)
            except OSError:  # Linux says so at the end.
                break
            if not block:
                break
            seen += block
        child.wait(60)
        os.close(ours)
        # Colours, and a bar that comes and goes, are ours.
        text = re.sub(r"\x1b\[([0-9;]*m|\?25[lh]|2K|1A)|\r", "", seen.decode())
        assert "pwned" in harmless(text)
