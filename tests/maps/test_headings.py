"""The names of lanes: as wide as their lane in every form, and whole where one points at them."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from invented import records, view
from pptx import Presentation

from powermap.lens import Lens
from powermap.maps import export, render, write
from powermap.maps.drawing.ground import HEADING, ground
from powermap.maps.layout.text_metrics import heading, width_of
from powermap.maps.scene.build import build
from powermap.model import WorksAt

LONG = {
    "财务部": ("战略采购与供应链综合管理委员会办公室" * 12, "Office of Strategic Procurement & Supply " * 5),
    "研发部": ("研发部", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"),
}


def crowded() -> Lens:
    return view(
        [
            replace(r, unit=LONG[r.unit][0], unit_alt=LONG[r.unit][1].strip())
            if isinstance(r, WorksAt) and r.unit in LONG
            else r
            for r in records(25)
        ]
    )


@pytest.mark.parametrize(
    "name", [*LONG["财务部"], *LONG["研发部"], "Manufacturing", "Research and Development", "", "A" * 300]
)
@pytest.mark.parametrize("more", ["", " (2)"])
@pytest.mark.parametrize("room", [64.0, 82.0, 300.0])
def test_a_name_is_shortened_at_its_end_to_two_lines(name: str, more: str, room: float) -> None:
    name = name.strip()
    lines, size = heading(name + more, room, HEADING)
    assert len(lines) <= 2 and all(width_of(line, size) <= room + 1 for line in lines)
    assert lines[-1].endswith(more.strip())
    said = " ".join(lines)
    if "…" in said:
        start = said[: said.index("…")]
        assert said.count("…") == 1 and name.replace(" ", "").startswith(start.replace(" ", ""))
        assert len(start) > room / size / 1.5, "as much is said as fits"
    else:
        assert said.replace(" ", "") == (name + more).replace(" ", "")


def test_a_word_is_written_smaller_before_it_is_broken() -> None:
    assert heading("Manufacturing", 64.0, HEADING)[0] == ["Manufacturing"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_form_shortens_and_says_the_whole_name(lang: str) -> None:
    lens, at = crowded(), 0 if lang == "zh" else 1
    whole = LONG["财务部"][at].strip()
    for sheet in (False, True):
        scene = build(lens, sheet=sheet)
        lanes = [(x + width / 2, width) for _, x, width in scene.grid.lanes]
        for mark in ground(scene):
            if mark[0] == "t" and mark[7] == "middle":
                width = next(w for x, w in lanes if x == mark[1])
                assert all(width_of(text, mark[4]) < width for text in mark[3])
    drawn = unescape(export(lens, "svg", lang=lang))
    assert drawn.count(whole) == 1 and f"<title>{whole}</title></rect>" in drawn
    slide = Presentation(io.BytesIO(write(lens, "pptx", lang=lang))).slides[0]
    lane = next(
        s
        for s in slide.shapes
        if s.name.startswith("lane ") and s._element.nvSpPr.cNvPr.get("descr") == whole
    )
    assert len(lane.text_frame.text) < 80 and lane.text_frame.text.endswith("…")


@pytest.mark.browser
def test_the_page_says_the_whole_name_where_one_points(load: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_text(render(crowded(), lang="en"), encoding="utf-8", newline="\n")
    page = load(path)
    where = page.evaluate(
        "() => { const [x, w] = __pm.M.shortened.find(l => l[2][1].startsWith('Office')), n = __pm.nets.us,"
        " p = n.canvasToDOM({x: x + w / 2, y: 14}), r = document.querySelector('#panel-us .map').getBoundingClientRect();"
        " return [r.left + p.x, r.top + p.y] }"
    )
    page.mouse.move(*where)
    assert page.get_attribute("#panel-us .map", "title") == LONG["财务部"][1].strip()
    page.mouse.move(where[0], where[1] + 200)
    assert page.get_attribute("#panel-us .map", "title") == ""
    assert page.complaints == []
