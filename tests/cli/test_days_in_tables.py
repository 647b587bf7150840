"""Days in the tables of a terminal stay in one piece, however narrow it is."""

from __future__ import annotations

from datetime import date

import pytest

from powermap.cli.screen import show_answer
from powermap.findings import Answer, Column
from powermap.words import Words, both


def test_a_day_is_not_broken_over_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    keys = ("due", "last", *"abcdefghijk")
    row = dict.fromkeys(keys, "很长的一段说明文字，" * 6) | {"due": "2026-09-30", "last": None}
    answer = Answer(
        "calendar", ("x", "Acme"), None, None, date(2026, 9, 30),
        tuple(Column(key, Words("截止", "Due") if key == "due" else both(key)) for key in keys),
        (row, row | {"last": "2026-01-20"}),
    )  # fmt: skip
    show_answer(answer, "zh")
    table = capsys.readouterr().out
    assert table.count("2026-09-30") == 3 and table.count("2026-01-20") == 1
