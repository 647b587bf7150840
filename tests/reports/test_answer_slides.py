"""Answers as slides: nothing runs off, no row is lost, no letter too small, long tables go on."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.util import Pt

from powermap.findings import Answer, Certainty, Column, Finding, Rule
from powermap.reports.answer_files import as_slides
from powermap.reports.answer_slides import COLUMNS, SENTENCES
from powermap.words import Words, both

CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=90) | st.just(
    "中文" * 30
)


def answer(heads: list[str], rows: list[list[str]], sentences: int = 1) -> Answer:
    rule = Rule("r", both("r"))
    found = tuple(
        Finding(
            kind="k",
            subjects=(),
            value=n,
            rule=rule,
            sentence=both(f"Sentence {n}."),
            certainty=Certainty("certain", both("c")),
        )
        for n in range(sentences)
    )
    columns = tuple(Column(f"c{n}", both(h)) for n, h in enumerate(heads))
    made: tuple[dict[str, Any], ...] = tuple({f"c{n}": cell for n, cell in enumerate(row)} for row in rows)
    return Answer("q", ("a", "A"), None, None, date(2026, 9, 30), columns, made, found)


def slides(found: Answer) -> Any:
    return Presentation(io.BytesIO(as_slides([found], "en", "Title"))).slides


def tables(found: Answer) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row.cells] for row in shape.table.rows]
        for slide in slides(found)
        for shape in slide.shapes
        if shape.has_table
    ]


@settings(max_examples=25, deadline=None)
@given(
    st.integers(1, 14).flatmap(
        lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=40)
    )
)
def test_nothing_runs_off_and_no_row_is_lost(rows: list[list[str]]) -> None:
    found = answer([f"Head {n}" for n in range(len(rows[0]))], rows)
    tall = 0
    for slide in slides(found):
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.left + shape.width <= 13.34 * 914400
            alone = shape.has_table and len(shape.table.rows) == 2
            assert alone or shape.top + shape.height <= 7.5 * 914400
            if shape.has_table:
                tall += len(shape.table.rows) - 1
                sizes = [
                    p.font.size for r in shape.table.rows for c in r.cells for p in c.text_frame.paragraphs
                ]
                assert min(sizes) >= Pt(10)
                assert len(shape.table.columns) <= COLUMNS
    assert tall == (len(rows) if any(any(r) for r in rows) else 0)


def test_columns_beyond_the_last_stand_in_it_with_their_heads() -> None:
    (table,) = tables(answer([f"H{n}" for n in range(10)], [[f"v{n}" for n in range(10)]]))
    assert table[0][:2] == ["H0", "H1"] and table[0][-1] == "…"
    assert table[1][-1] == "H6 v6 · H7 v7 · H8 v8 · H9 v9"


def test_a_column_that_says_nothing_is_left_out() -> None:
    (table,) = tables(answer(["A", "B", "C"], [["1", "", "3"], ["4", "", "6"]]))
    assert table == [["A", "C"], ["1", "3"], ["4", "6"]]


def test_a_long_table_goes_on_with_its_heads() -> None:
    found = tables(answer(["A"], [[f"row {n}"] for n in range(120)]))
    assert len(found) > 1 and all(t[0] == ["A"] for t in found)
    assert [row[0] for t in found for row in t[1:]] == [f"row {n}" for n in range(120)]


@pytest.mark.parametrize(("count", "more"), [(SENTENCES, False), (SENTENCES + 3, True)])
def test_sentences_beyond_the_first_are_counted(count: int, more: bool) -> None:
    text = "\n".join(
        s.text_frame.text for s in slides(answer(["A"], [["1"]], count))[0].shapes if s.has_text_frame
    )
    assert ("3 more" in text) is more
    assert Words("x", "Title").en in text
