"""The value of a customer as slides: the numbers of the answer in native tables and charts, nothing outside the slide."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from test_value_pages import HOSTILE, sheets

from powermap import demo
from powermap.analysis.beyond import beyond
from powermap.analysis.value import value
from powermap.maps.layout.text_metrics import width_of
from powermap.reports.value_slides import value_slides
from powermap.words import Lang
from powermap.workspace import open_workspace

NAMES: dict[Lang, str] = {"zh": "望川手机", "en": "Wangchuan Mobile"}


def made(folder: Path, files: list[Path], name: str, lang: Lang) -> tuple[Any, Any]:
    with open_workspace(str(folder / "p.db"), create=True) as ws:
        ws.import_(files, today=demo.AS_OF)
        lens = ws.account(name).lens(as_of=demo.AS_OF).lens
        with ws.records() as records:
            around = beyond(records, lens)
        drawn = value_slides(lens, around, lang)
        assert drawn == value_slides(lens, around, lang)
        for member in zipfile.ZipFile(io.BytesIO(drawn)).namelist():
            if member.endswith(".xlsx"):
                book = zipfile.ZipFile(io.BytesIO(zipfile.ZipFile(io.BytesIO(drawn)).read(member)))
                assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
        return Presentation(io.BytesIO(drawn)), value(lens, around.house)


def within(show: Any) -> None:
    for slide in show.slides:
        assert slide.shapes.title.text_frame.text
        for shape in slide.shapes:
            assert shape.left >= 0 and shape.top >= 0
            assert (
                shape.left + shape.width <= show.slide_width and shape.top + shape.height <= show.slide_height
            )
        title = slide.shapes.title
        assert width_of(title.text_frame.text, 18) <= 2 * title.width / 12700


def charts(show: Any) -> dict[str, Any]:
    found = [s.chart for slide in show.slides for s in slide.shapes if s.has_chart]
    return {c.chart_type.name: c for c in found}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_slides_of_the_example(lang: Lang, tmp_path: Path) -> None:
    show, answer = made(tmp_path, demo.files(lang), NAMES[lang], lang)
    within(show)
    assert len(show.slides) == 4
    table = next(s.table for s in show.slides[0].shapes if s.has_table)
    cells = [[c.text for c in row.cells] for row in table.rows]
    rows = [r for r in answer.rows if r["id"].startswith("grid-")]
    assert len(cells) == 1 + len(rows)
    unit = {"zh": 1e8, "en": 1e6}[lang]
    for row, line in zip(rows[:-1], cells[2:], strict=True):
        assert line[0] == row["name"][lang] and float(line[-2].replace(",", "")) == row["bought"] / unit
        assert (float(line[-1].replace(",", "")) if line[-1] else None) == (row["open"] / unit if row["open"] else None)  # fmt: skip
    drawn = charts(show)
    expected, actual = drawn["LINE_MARKERS"].plots[0].series
    curve = [r for r in answer.rows if r["id"].startswith("curve-")]
    assert [v * unit for v in expected.values] == pytest.approx([r["expected"] for r in curve])
    assert list(actual.values)[-1] is None
    assert [v * unit for v in list(actual.values)[:-1]] == pytest.approx([r["actual"] for r in curve[:-1]])
    took, gave = drawn["BAR_STACKED"].plots[0].series
    assert sum(-v for v in took.values if v) * unit == pytest.approx(400e6)
    assert sum(v for v in gave.values if v) * unit == pytest.approx(30e6)
    own = drawn["XY_SCATTER"].plots[0].series[0]
    assert list(own.values) == pytest.approx([100 / 3])


def test_without_figures_a_slide_says_what_is_missing(tmp_path: Path) -> None:
    files = sheets(tmp_path, organizations="name | type | us\nOurs | supplier | yes\nAcme | customer |")
    show, answer = made(tmp_path, files, "Acme", "en")
    within(show)
    assert [s.shapes.title.text_frame.text for s in show.slides] == [answer.findings[0].sentence.en]


def test_hostile_words_are_text_and_many_rows_are_counted(tmp_path: Path) -> None:
    lines = ["company | measure | date | value | currency | category"]
    lines += [f"Acme | wallet | 2025 | {100 + n} | CNY | kind {n} {HOSTILE}" for n in range(40)]
    lines += ["Acme | revenue | 2025 | 50 | CNY | kind 1"]
    asked = "company | item | score | words | date\nAcme | benefit_earned | 5 | =1+1 | 2026-06-01"
    files = sheets(
        tmp_path, organizations="name | type | us\nOurs | supplier | yes\nAcme | customer |",
        figures="\n".join(lines), assessments=asked,
    )  # fmt: skip
    show, _ = made(tmp_path, files, "Acme", "en")
    within(show)
    texts = [s.text_frame.text for s in show.slides[0].shapes if s.has_text_frame]
    table = next(s.table for s in show.slides[0].shapes if s.has_table)
    assert f"and {41 + 1 - (len(table.rows) - 1)} more" in texts
    assert list(charts(show)["BAR_STACKED"].plots[0].categories) == ["'=1+1", "Sales 2025"]
