"""An account of sixty people with every payload in every text field."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from typing import Any

from canaries import FIXED
from invented import records
from payloads import PAYLOADS

from powermap.model import Interaction, MemberOf, Organization, Record

ALL = " ".join(PAYLOADS)


def hostile() -> list[Record]:
    """Give person n the n-th payload in every field; what there is only one of gets all of them."""
    size = len(PAYLOADS)
    found: list[Record] = [
        *records(size),
        Organization(id="circle", name="Circle", type="circle"),
        *(MemberOf(id=f"m{n}", src=f"x{n:03d}", dst="circle") for n in range(2)),
        *(
            Interaction(id=f"met{n}", account="acc", on=date(2026, 9, 1), ours=("us-0",), theirs=("x000",))
            for n in range(size)
        ),
    ]
    attacked = []
    for number, record in enumerate(found):
        changes: dict[str, Any] = {
            field.name: payload(record, number, place)
            for place, field in enumerate(dataclasses.fields(record))
            if isinstance(getattr(record, field.name), str) and field.name not in FIXED
        }
        evidence = getattr(record, "evidence", None)
        if evidence is not None:
            text = payload(record, number, 0)
            changes["evidence"] = dataclasses.replace(evidence, source=text, author=text, note=text)
        attacked.append(dataclasses.replace(record, **changes))
    return attacked


def payload(record: Record, number: int, place: int) -> str:
    """Return the text for a field: by the person it is about, else by the record's number."""
    if isinstance(record, Organization) or type(record).KIND == "Deal":
        return ALL
    about = re.fullmatch(r"x(\d+)", getattr(record, "src", record.id))
    if about is None:
        return PAYLOADS[(number + place) % len(PAYLOADS)]
    # Name and other name differ, so that both are drawn.
    shift = 7 if dataclasses.fields(record)[place].name.endswith("_alt") else 0
    return PAYLOADS[(int(about[1]) + shift) % len(PAYLOADS)]
