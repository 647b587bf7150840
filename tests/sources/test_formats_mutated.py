"""Files of other programs with a few bytes changed, cut or doubled: read, or refused with a reason; never anything else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from exported import PACK
from test_formats_of_address_books import BOOKS, CARDS
from test_formats_of_meetings import calendar, event, mail
from test_formats_of_workbooks import OLD, PAGES, ods

from powermap.errors import SourceError
from powermap.sources import read_files

MUTATIONS = 250
SLOW = 25
"""Mutations of what is parsed in a process of its own."""


def _csv(book: str) -> bytes:
    return "\n".join(",".join(f'"{c}"' for c in line.split("|")) for line in BOOKS[book][0]).encode()


def _written(folder: Path, what: str) -> bytes:
    if what == "calendar":
        series = event("s", more="RRULE:FREQ=MONTHLY;BYDAY=1FR;COUNT=5\nEXDATE:20260908T090000Z\n")
        return calendar(folder / "x", event(), series).read_bytes()
    if what == "mailbox":
        return f"From - Tue Sep  1 10:00:00 2026\n{mail('1')}\nFrom - Tue Sep  1 10:00:00 2026\n{mail('2')}".encode()
    if what == "ldif":
        return b"version: 1\n\ndn: cn=Ada,dc=x\nobjectClass: person\ncn:: QWRh\nsn: Stone\no: Lamps\nmanager: cn=Ben,dc=x\n"
    if what == "xls":
        return OLD
    if what == "ods":
        return ods(folder / "x").read_bytes()
    if what in CARDS:
        return CARDS[what].encode() * 3
    return PAGES[what].encode() if what in PAGES else _csv(what)


def _mutated(data: bytes, dice: random.Random) -> bytes:
    """Change a file as bad disks, mails and programs do."""
    changed = bytearray(data)
    for _ in range(dice.randint(1, 6)):
        place = dice.randrange(len(changed) or 1)
        kind = dice.randrange(5)
        if kind == 0:
            changed[place : place + 1] = bytes([dice.randrange(256)])
        elif kind == 1:
            del changed[place : place + dice.randint(1, 40)]
        elif kind == 2:
            changed[place:place] = changed[place : place + dice.randint(1, 60)] * dice.randint(1, 4)
        elif kind == 3:
            changed[place:place] = dice.choice((b"\n", b'"', b";", b":", b"=", b"\\", b"\0", b"<", b",", b"\xff\xfe", b"BEGIN:VCARD\n", b"END:VCARD\n", b"RRULE:FREQ=DAILY;COUNT=99999999\n"))  # fmt: skip
        else:
            del changed[place:]
    return bytes(changed)


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "what", [*CARDS, *BOOKS, "calendar", "mailbox", "ldif", "plain", "XML of Excel 2003", "xls", "ods"]
)
def test_a_mutated_file(tmp_path: Path, what: str) -> None:
    """Several hundred of each format, the same ones every time."""
    data = _written(tmp_path, what)
    dice = random.Random(what)
    path = tmp_path / "file"
    for _ in range(SLOW if what in ("xls", "ods") else MUTATIONS):
        path.write_bytes(_mutated(data, dice))
        try:
            reading = read_files([path], PACK)
        except SourceError as refused:
            assert refused.words.zh and refused.words.en
        else:
            assert len(reading.drafts) < 3000
