"""Every question on stores of every kind: none fails, and every answer can be written down."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest
from odd_stores import odd_records, write
from small_store import DAY, Store
from test_scan import random_store

from powermap.errors import AnalysisError
from powermap.method import load_pack
from powermap.model import Goal, Interaction, Organization, Snapshot, Voice, accounts_of
from powermap.portfolio import Columns, answer, changes_since, scan
from powermap.portfolio.questions.registry import FROM_RECORDS, QUESTIONS
from powermap.reports.portfolio import portfolio_workbook
from powermap.stores.sqlite.store import SqliteStore
from powermap.workspace import Workspace


def graded(seed: int) -> Snapshot:
    """Give the accounts of a random store grades and meetings."""
    store = random_store(seed)
    records = list(store)
    for i, r in enumerate(records):
        if isinstance(r, Organization) and r.type == "customer":
            number = int(r.id[1:])
            records[i] = Organization(r.id, name=r.name, grade=("S", "A", "B", "C", "")[number % 5])
            records.append(
                Interaction(
                    f"i{number}",
                    account=r.id,
                    on=DAY - timedelta(days=9 * number),
                    ours=("us 1", "us 2") if number % 2 else (),
                    theirs=(f"{r.id} p0",),
                )
            )
            records.append(Goal(f"g{number}", (), r.id, f"{r.id} p0", measure="attitude", target=1.0, by=DAY))
    return Snapshot.of(records)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("seed", range(3))
def test_random_stores(question: str, seed: int) -> None:
    store = graded(seed)
    result = scan(Columns.from_snapshot(store, load_pack(), DAY))
    found = answer(result, question, store)
    assert found == answer(result, question, store)
    assert json.loads(found.to_json())["question"] == f"portfolio-{question}"
    keys = {c.key for c in found.columns}
    assert all(keys <= row.keys() for row in found.rows)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_answers_fit_into_a_workbook(lang: Literal["zh", "en"]) -> None:
    store = graded(1)
    before, after = (
        scan(Columns.from_snapshot(store, load_pack(), d)) for d in (DAY - timedelta(days=800), DAY)
    )
    found = [answer(after, q, store) for q in QUESTIONS]
    found += [changes_since(before, after, q) for q in ("accounts", "owners")]
    assert len(portfolio_workbook(found, lang)) > 5000


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_empty_store(question: str) -> None:
    nothing = Snapshot.of([])
    found = answer(scan(Columns.from_snapshot(nothing, load_pack(), DAY)), question, nothing)
    assert not found.rows
    json.loads(found.to_json())


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_account_of_which_nothing_is_known(question: str) -> None:
    s = Store()
    s.account("A")
    found = answer(s.scan(), question, s.snapshot())
    assert "nan" not in found.to_json().lower().replace("finance", "")


@pytest.mark.parametrize("question", FROM_RECORDS)
def test_reading_what_is_asked_for_answers_as_all_records_do(question: str, tmp_path: Path) -> None:
    """Subsidiaries that are customers, people in two companies, ended ties, ends that aren't there."""
    stores = [odd_records(seed)[1] for seed in range(60)] + [list(graded(seed)) for seed in range(3)]
    rows = 0
    for number, drawn in enumerate(stores):
        heard = [
            Voice(f"said {o.id}", (), o.id, DAY, words="too late") for o in accounts_of(Snapshot.of(drawn))
        ]
        with SqliteStore(tmp_path / f"{number}.db") as store:
            write(store, [*drawn, *heard[:1]])
            with Workspace(store).records() as few:
                result, whole = scan(Columns.from_snapshot(store.read(), load_pack(), DAY)), store.read()
                found = answer(result, question, few)
                assert not isinstance(few, Snapshot) and found == answer(result, question, whole)
            rows += len(found.rows)
    assert rows


def test_a_question_without_records_or_without_sense() -> None:
    result = Store().scan()
    with pytest.raises(AnalysisError):
        answer(result, "weather")
    for question in FROM_RECORDS:
        with pytest.raises(AnalysisError):
            answer(result, question)
