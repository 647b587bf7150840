"""Words of their own in every free text of an account, and the texts of every file, also where it is packed."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import re
import shutil
import subprocess
import zipfile
import zlib
from datetime import date
from typing import Any

from absent import absent
from invented import records

from powermap.lens import Lens
from powermap.maps import render, write
from powermap.maps.privacy.profiles import PROFILES
from powermap.model import (
    Evidence,
    Interaction,
    MemberOf,
    Organization,
    Person,
    Record,
    Snapshot,
    Tie,
)

FORMS = ("html", "svg", "json", "graphml", "gexf", "zip", "pptx", "pdf", "png")
PARTS = {
    "period": ("valid_from", "valid_to"),
    "evidence": tuple(f"ev_{f.name}" for f in dataclasses.fields(Evidence)),
}
FIXED = {
    "id",
    "keys",
    "src",
    "dst",
    "type",
    "deal",
    "account",
    "won_by",
    "duty",
    "adaptability",
    "grade",
    "sign",
}
FIXED |= {"roles", "ours", "theirs", "rule", "horizon", "measure", "currency", "outcome"}
"""Texts that are ids, or words of a closed list: no canary can stand there."""


def canary(*about: str) -> str:
    """A word of six letters, so that no label breaks or shortens it."""
    number = int.from_bytes(hashlib.blake2b("|".join(about).encode(), digest_size=6).digest())
    letters = "bcdfghjkmnpqrstvwxz"
    return "q" + "".join(letters[number // len(letters) ** i % len(letters)] for i in range(5))


def side(record: Record) -> str:
    """Tell whose name it is: the customer's and its people's, or somebody's whom the customer needn't see."""
    if isinstance(record, Organization):
        return {"acc": "", "us": "us", "circle": "circle"}.get(record.id, "rival")
    if isinstance(record, Person):
        return "" if record.id.startswith("x") else "wife" if record.id == "wife" else record.id.split("-")[0]
    return "staff" if isinstance(record, Tie) and record.KIND == "WORKS_AT" and record.dst != "acc" else ""


def with_canaries() -> list[Record]:
    """Put a word of its own into every free text of every kind of record."""
    found: list[Record] = [
        *records(8),
        Organization(id="circle", name="Circle", type="circle"),
        MemberOf(id="m1", src="x000", dst="circle"),
        MemberOf(id="m2", src="x001", dst="circle"),
        Person(id="wife", name="Wife"),
        MemberOf(id="m3", src="wife", dst="acc", role="friend"),
        Interaction(id="met", account="acc", on=date(2026, 9, 1), ours=("us-0",), theirs=("x000",)),
    ]
    marked = []
    for record in found:
        kind = type(record).KIND
        changes: dict[str, Any] = {
            f.name: canary(kind, f.name, side(record))
            for f in dataclasses.fields(record)
            if isinstance(getattr(record, f.name), str) and f.name not in FIXED
        }
        evidence = getattr(record, "evidence", None)
        if evidence is not None:
            texts = {name: canary(kind, f"ev_{name}", side(record)) for name in ("source", "author", "note")}
            changes["evidence"] = dataclasses.replace(evidence, **texts)
        marked.append(dataclasses.replace(record, **changes))
    return marked


def words(found: list[Record]) -> dict[tuple[str, str, str], str]:
    """Return every word that was put in: (kind, property, whose) -> word."""
    everything = {}
    for record in found:
        kind = type(record).KIND
        for field in dataclasses.fields(record):
            for part in PARTS.get(field.name, (field.name,)):
                everything[kind, part, side(record)] = canary(kind, part, side(record))
    return everything


def allowed(kind: str, part: str, whose: str, profile: str) -> bool:
    """Tell whether a profile lets one read a text."""
    if profile == "anonymous" or (profile == "outside" and whose):
        return False
    return part in PROFILES[profile].get(kind, ())


def content(
    lens: Lens, form: str, profile: str, lang: str, whole: Snapshot | None = None, mark: str = ""
) -> bytes:
    """Make a file of any form."""
    if form == "html":
        return render(lens, lang=lang, profile=profile, whole=whole, mark=mark).encode()
    return write(lens, form, lang=lang, profile=profile, mark=mark)


def text_of(form: str, made: bytes) -> str:
    """Return whatever can be read in a file: unpacked, its properties too."""
    if form in ("zip", "pptx"):
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            return "\n".join(
                f"{name}\n{archive.read(name).decode('utf-8', 'replace')}" for name in archive.namelist()
            )
    if form == "pdf":
        return made.decode("latin-1") + printed(made) + streams(made)
    if form == "png":
        return made.decode("latin-1")
    return made.decode("utf-8")


def printed(made: bytes) -> str:
    """Return the text of a PDF's pages."""
    if shutil.which("pdftotext") is None:
        absent("no poppler: pdftotext reads the PDF")
    done = subprocess.run(["pdftotext", "-", "-"], input=made, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def streams(made: bytes) -> str:
    """Unpack a PDF: what isn't on the page may stand in titles and alternative texts, one or two bytes a letter."""
    parts = []
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL):
        try:
            parts.append(zlib.decompressobj().decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(parts).replace(b"\0", b"").decode("latin-1")
