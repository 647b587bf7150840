"""An answer as CSV: numbers for programs, and no text of a user's becomes a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest

from powermap.cli.screen import as_csv
from powermap.findings import Answer, Column
from powermap.words import Words

FIELDS = [
    ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
    ("+1 555", "'+1 555"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("-2+3", "'-2+3"),
    ("＝1＋1", "'＝1＋1"),
    ("Dora Finch", "Dora Finch"),
    ('a, "b"', 'a, "b"'),
    (-2, "-2"),
    (-0.12345678901, "-0.12345678901"),
    (None, ""),
]
"""Values, and how a program reads them: CSV injection as OWASP tells it, https://owasp.org/www-community/attacks/CSV_Injection."""


@pytest.mark.parametrize(("value", "read"), FIELDS)
def test_text_is_guarded_and_numbers_are_whole(value: Any, read: str) -> None:
    answer = Answer(
        "who",
        ("acc", "Millrace"),
        None,
        None,
        date(2026, 9, 30),
        columns=(Column("v", Words("值", "value")),),
        rows=({"v": value},),
    )
    head, *rows = csv.reader(io.StringIO(as_csv(answer, "en")))
    assert head == ["value"] and rows == ([[read]] if read else [[""]])
