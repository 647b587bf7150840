"""The briefing: shapes that can be edited where the map has its marks, lines that hold on, equal bytes."""

from __future__ import annotations

import hashlib
import io
import math
import zipfile
from datetime import date
from typing import Any

import pytest
from elsewhere import digests
from invented import account, records, view
from pptx import Presentation
from pptx.util import Pt

from powermap.lens import Lens
from powermap.maps import write
from powermap.maps.scene.build import build
from powermap.model import ReportsTo
from powermap.pages.colours import light

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
Point = tuple[float, float]


def opened(content: bytes) -> Any:
    return Presentation(io.BytesIO(content))


def everything(shapes: Any) -> list[Any]:
    """Every shape of a slide, also those in groups."""
    found = []
    for shape in shapes:
        found.append(shape)
        if shape.shape_type is not None and shape.shape_type == 6:
            found += everything(shape.shapes)
    return found


@pytest.mark.parametrize(
    ("profile", "slides", "banner"),
    [
        ("team", 8, "deal team only"),
        ("full", 8, "managers only"),
        ("anonymous", 4, "anonymized"),
        ("outside", 1, "may be shown outside"),
    ],
)
def test_every_slide_has_title_banner_and_day(profile: str, slides: int, banner: str) -> None:
    show = opened(write(account(25), "pptx", lang="en", profile=profile))
    assert (show.slide_width, show.slide_height) == (Pt(960), Pt(540))
    assert show.part._element.sldSz.get("type") is None
    assert len(show.slides) == slides
    titles = [slide.shapes.title.text for slide in show.slides]
    assert len(set(titles)) == slides
    for slide in show.slides:
        texts = {s.name: s.text_frame.text for s in slide.shapes if s.has_text_frame}
        assert banner in texts["banner"]
        assert "2026-09-30" in texts["date"]


def test_a_slide_shows_no_raw_measures() -> None:
    """What a screen shows only with --measures is on no slide: no index by name, no chance beside its points."""
    heads = []
    for slide in opened(write(account(25), "pptx", lang="en")).slides:
        tables = [s.table for s in slide.shapes if s.has_table]
        heads += [cell.text for t in tables for cell in t.rows[0].cells]
    assert "Chance of winning rises by (points)" in heads and "Chance of winning rises by" not in heads
    assert not any("Banzhaf" in head or "Hoede" in head for head in heads)


def test_people_stand_where_the_map_has_them() -> None:
    """Ovals in the colour of the attitude, on the scene's coordinates, told to who can't see them."""
    lens = account(25)
    scene = build(lens, sheet=True)
    shapes = {s.name: s for s in everything(opened(write(lens, "pptx", lang="en")).slides[0].shapes)}
    seen = {f.id: shapes[f.id] for f in scene.figures}
    centre = {k: (s.left + s.width / 2, s.top + s.height / 2) for k, s in seen.items()}
    first, last = scene.figures[0], scene.figures[-1]
    scale = (centre[last.id][1] - centre[first.id][1]) / (last.y - first.y)
    for figure in scene.figures:
        shape = seen[figure.id]
        x = centre[first.id][0] + scale * (figure.x - first.x)
        y = centre[first.id][1] + scale * (figure.y - first.y)
        assert math.dist(centre[figure.id], (x, y)) < 30, figure.id
        assert abs(shape.width - 2 * figure.radius * scale) < 30
        assert shape.auto_shape_type == 9, "an oval"
        attitude = figure.standings["us"].attitude
        about = shape._element.nvSpPr.cNvPr.get("descr")
        assert figure.name.en in about and figure.title.en in about
        if attitude is None:
            assert shape.text_frame.text == "?" and "unknown" in about
        else:
            assert str(shape.fill.fore_color.rgb).lower() == light("map")[f"att{attitude}"].lstrip("#")
            assert shape.text_frame.text == f"{attitude:+d}".replace("-", "−").replace("+0", "0")
            assert f"{attitude:+d} {scene.attitudes[attitude].en}" in about
        label = shapes[f"name {figure.id}"].text_frame.text
        assert figure.name.en.split()[0] in label


def ends(element: Any) -> tuple[Point, Point]:
    """Where a connector starts and ends on the slide, turned and mirrored as its frame says."""
    frame = element.find(f"{P}spPr/{A}xfrm")
    x, y = (int(frame.find(f"{A}off").get(k)) for k in "xy")
    w, h = (int(frame.find(f"{A}ext").get(k)) for k in ("cx", "cy"))
    turn = math.radians(int(frame.get("rot", "0")) / 60000)
    found = []
    for u, v in ((-w / 2, -h / 2), (w / 2, h / 2)):
        u, v = (-u if frame.get("flipH") else u), (-v if frame.get("flipV") else v)
        found.append(
            (
                x + w / 2 + u * math.cos(turn) - v * math.sin(turn),
                y + h / 2 + u * math.sin(turn) + v * math.cos(turn),
            )
        )
    return found[0], found[1]


def site(shape: Any, index: int) -> Point:
    """Where a shape's connection site is: an oval has eight, against the clock from its top; a box four."""
    x, y, w, h = shape.left, shape.top, shape.width, shape.height
    if shape._element.find(f"{P}spPr/{A}prstGeom").get("prst") == "ellipse":
        angle = math.pi / 2 + index * math.pi / 4
        return x + w / 2 + w / 2 * math.cos(angle), y + h / 2 - h / 2 * math.sin(angle)
    return [(x + w / 2, y), (x, y + h / 2), (x + w / 2, y + h), (x + w, y + h / 2)][index]


def crossed() -> Lens:
    """People with a second boss, a boss on their own row, and one below them."""
    more = [
        ReportsTo(id="d1", src="x012", dst="x002", dotted=True),
        ReportsTo(id="d2", src="x013", dst="x001", dotted=True),
        ReportsTo(id="s1", src="x003", dst="x001"),
        ReportsTo(id="u1", src="x000", dst="x010", dotted=True),
    ]
    return view([r for r in records(16) if r.id != "rx003"] + more)


@pytest.mark.parametrize("case", [8, 25, 60, "crossed"])
def test_reporting_lines_hold_on_to_their_people(case: int | str) -> None:
    lens = account(case) if isinstance(case, int) else crossed()
    slide = opened(write(lens, "pptx")).slides[0]
    shapes = {s.shape_id: s for s in everything(slide.shapes)}
    lines = [k for k in build(lens).links if k.kind in ("line", "dotted")]
    glued = [c for c in slide.shapes._spTree.iter(f"{P}cxnSp") if c.find(f".//{A}stCxn") is not None]
    assert len(glued) == len(lines)
    for element in glued:
        for tag, point in zip(("stCxn", "endCxn"), ends(element), strict=True):
            hold = element.find(f".//{A}{tag}")
            shape = shapes[int(hold.get("id"))]
            assert math.dist(site(shape, int(hold.get("idx"))), point) < Pt(0.3), shape.name
        person, boss = element.find(f".//{P}cNvPr").get("name").split()[1:]
        assert shapes[int(element.find(f".//{A}endCxn").get("id"))].name == person
        assert shapes[int(element.find(f".//{A}stCxn").get("id"))].name in (f"name {boss}", boss)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_leaves_the_slide_and_ids_are_unique(lang: str) -> None:
    for slide in opened(write(account(60), "pptx", lang=lang)).slides:
        found = everything(slide.shapes)
        assert len({s.shape_id for s in found}) == len(found)
        for shape in found:
            if shape._element.tag == f"{P}cxnSp":
                continue
            assert shape.left >= -Pt(1) and shape.top >= 0, shape.name
            assert shape.left + shape.width <= Pt(961), shape.name
            assert shape.top + shape.height <= Pt(540), shape.name


def test_a_chinese_font_is_named_and_no_theme_adds_a_shadow() -> None:
    with zipfile.ZipFile(io.BytesIO(write(account(25), "pptx"))) as archive:
        for name in archive.namelist():
            if not name.startswith("ppt/slides/slide"):
                continue
            text = archive.read(name).decode("utf-8")
            assert text.count('<a:ea typeface="Microsoft YaHei"/>') == text.count("<a:rPr ")
            assert "<p:style>" not in text and "effectRef" not in text


def test_properties_name_the_day_and_nobody() -> None:
    content = write(account(8), "pptx")
    about = opened(content).core_properties
    assert about.title == "电网集团"
    assert (about.author, about.last_modified_by, about.comments, about.keywords) == ("", "", "", "")
    assert about.created == about.modified
    assert about.created.date().isoformat() == "2026-09-30"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "Macintosh" not in archive.read("docProps/app.xml").decode()
        assert not [n for n in archive.namelist() if "thumbnail" in n or "printer" in n]


def test_same_slides_in_another_process() -> None:
    seen = digests(
        "from invented import account; from powermap.maps import write", "write(account(25), 'pptx')"
    )
    assert seen == {hashlib.sha256(write(account(25), "pptx")).hexdigest()}


def test_what_moved_since_the_review_is_marked() -> None:
    found, day = records(25, past=True), date(2026, 4, 1)
    now, before = view(found), view(found, day)
    content = write(now, "pptx", since=day, before=before)
    slide = opened(content).slides[0]
    arrows = [
        s.text_frame.text for s in everything(slide.shapes) if s.has_text_frame and s.text_frame.text in "▲▼"
    ]
    moved = [f.standings["us"].moved for f in build(now, since=day, before=before).figures]
    assert sorted(a for a in arrows if a) == sorted("▲" if m > 0 else "▼" for m in moved if m)
    assert "▲" in arrows
    assert "2026-04-01" in {s.name: s for s in slide.shapes}["date"].text_frame.text
    assert "▲" in write(now, "svg", since=day, before=before)[1:].decode()
    outside = opened(write(now, "pptx", since=day, before=before, profile="outside")).slides[0]
    assert "2026-04-01" not in {s.name: s for s in outside.shapes}["date"].text_frame.text
