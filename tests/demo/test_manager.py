"""The manager's questions about the demo: the same in both languages, readable, and with the story's numbers."""

from __future__ import annotations

import json
import re
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from powermap import demo
from powermap.findings import Answer
from powermap.portfolio import answer, changes_since
from powermap.portfolio.questions.departures import answer as without
from powermap.portfolio.questions.registry import QUESTIONS
from powermap.reports.portfolio import portfolio_workbook
from powermap.workspace import Workspace

SUMMER = date(2025, 6, 30)
ALONE = {"zh": "周明轩", "en": "Zhou Mingxuan"}


def every(ws: Workspace, lang: str) -> dict[str, Answer]:
    now, then = ws.portfolio(as_of=demo.AS_OF), ws.portfolio(as_of=SUMMER)
    records = ws.snapshot()
    found = {q: answer(now, q, records, ws.pack) for q in QUESTIONS}
    found |= {f"since-{q}": changes_since(then, now, q) for q in ("accounts", "owners")}
    return {**found, "without": without(now, [ALONE[lang]])}


@pytest.fixture(scope="module")
def answers(zh: Workspace, en: Workspace) -> dict[str, dict[str, Answer]]:
    return {"zh": every(zh, "zh"), "en": every(en, "en")}


def numbers(answer: Answer) -> list[Any]:
    """Every number and date of a table, whatever things are called."""
    keys = [c.key for c in answer.columns]
    return sorted(
        [str(v) for k in keys if isinstance(v := row.get(k), (int, float)) or k == "cold_on"]
        for row in answer.rows
    )


@pytest.mark.parametrize("question", [*QUESTIONS, "since-accounts", "since-owners", "without"])
def test_both_languages_tell_the_same(answers: dict[str, dict[str, Answer]], question: str) -> None:
    zh, en = answers["zh"][question], answers["en"][question]
    assert en.rows and en.findings
    assert numbers(zh) == numbers(en)
    assert [(f.kind, f.urgency) for f in zh.findings] == [(f.kind, f.urgency) for f in en.findings]
    assert len(zh.notes) == len(en.notes)
    for told in (zh, en):
        json.loads(told.to_json())
        for words in [
            *(f.sentence for f in told.findings),
            *(f.rule.words for f in told.findings),
            *told.notes,
            *(c.words for c in told.columns),
        ]:
            assert re.search("[一-鿿]", words.zh) and re.search("[A-Za-z]", words.en)
            assert not re.search(r"None|nan|\{|\}|  ", words.zh + words.en), words
    for words in [*(f.rule.words for f in en.findings), *en.notes, *(c.words for c in en.columns)]:
        assert not re.search("[一-鿿]", words.en), "a Chinese word in the English text"


def test_the_story(answers: dict[str, dict[str, Answer]]) -> None:
    found = answers["en"]
    great = demo.GREAT_ACCOUNT["en"]
    wallet = found["wallet"].rows[0]
    assert (wallet["name"]["en"], wallet["share_from"], wallet["share"]) == (great, 100, 23.5)
    assert found["since-accounts"].rows[0]["key"] == "fragile"
    assert found["repairs"].rows[0]["name"]["en"] == great
    assert found["without"].rows[0]["at_risk"] == 4e8
    assert {r["key"] for r in found["duty"].rows if r["name"]["en"] == great and r["red"]} >= {"key", "ways"}
    assert [r["name"]["en"] for r in found["effort"].rows if r["key"] == "quiet"] == [demo.COLD_ACCOUNT["en"]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_has_a_sheet_for_each(answers: dict[str, dict[str, Answer]], lang: Any) -> None:
    found = list(answers[lang].values())
    written = portfolio_workbook(found, lang)
    assert written == portfolio_workbook(found, lang)
    book = openpyxl.load_workbook(BytesIO(written))
    assert len(book.sheetnames) == len(found) + 1
    for sheet, told in zip(book.worksheets[1:], found, strict=True):
        assert sheet.max_row == len(told.rows) + 1
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" and "{'" not in str(cell.value)
