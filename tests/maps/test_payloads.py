"""Hostile texts in every field, in every file that leaves: text stays text."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hostile import hostile
from invented import view
from payloads import PAYLOADS

from powermap.lens import Lens
from powermap.maps import write
from powermap.maps.drawing.svg import printable
from powermap.model import Person
from powermap.words import by_language


@pytest.fixture(scope="module")
def attacked() -> Lens:
    return view(hostile())


@pytest.fixture(scope="module")
def names(attacked: Lens) -> set[str]:
    """Both names of everybody at the customer."""
    found = [attacked.snapshot.get(Person, p) for p in attacked.seats]
    return {name for p in found if p for name in by_language(p.name, p.name_alt)}


def test_every_payload_is_somebodys_name(names: set[str]) -> None:
    assert len(PAYLOADS) == 60
    assert names == set(PAYLOADS)


def test_graphml_and_gexf_hold_the_text(attacked: Lens, names: set[str]) -> None:
    """As another parser reads it; only what XML can't hold is left out."""
    root = ElementTree.fromstring(write(attacked, "graphml"))
    found = {d.text or "" for d in root.iter("{http://graphml.graphdrawing.org/xmlns}data")}
    assert {printable(n) for n in names} <= found
    root = ElementTree.fromstring(write(attacked, "gexf"))
    found = {v.get("value", "") for v in root.iter("{http://gexf.net/1.3}attvalue")}
    assert {printable(n) for n in names} <= found


def test_json_holds_the_text(attacked: Lens, names: set[str]) -> None:
    data = json.loads(write(attacked, "json"))
    assert {p[key] for p in data["people"].values() for key in ("name", "name_en")} == names


def test_no_cell_of_a_table_is_a_formula(attacked: Lens, names: set[str]) -> None:
    seen = set()
    with zipfile.ZipFile(io.BytesIO(write(attacked, "zip"))) as archive:
        for member in archive.namelist():
            text = archive.read(member).decode("utf-8-sig")
            for row in csv.reader(io.StringIO(text, newline=""), strict=True):
                for cell in row:
                    assert cell[:1] not in tuple("=+@\t\r\n") or cell == "", cell
                    assert cell[:1] != "-" or re.fullmatch(r"-[\d.]+", cell), cell
                    seen.add(cell)
    assert names <= seen | {cell[1:] for cell in seen if cell[:1] == "'"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_slides_hold_the_text(attacked: Lens, names: set[str], lang: str) -> None:
    """Every part is well-formed and none points outside."""
    told = set()
    with zipfile.ZipFile(io.BytesIO(write(attacked, "pptx", lang=lang))) as archive:
        for member in archive.namelist():
            if not member.endswith((".xml", ".rels")):
                continue
            root = ElementTree.fromstring(archive.read(member))
            for element in root.iter():
                assert element.get("TargetMode") != "External", member
                assert not element.tag.endswith(("}hlinkClick", "}hlinkHover")), member
                told.add(element.get("descr", ""))
    at = 0 if lang == "zh" else 1
    people = [attacked.snapshot.get(Person, p) for p in attacked.seats]
    for name in {by_language(p.name, p.name_alt)[at] for p in people if p}:
        shown = printable(name).replace("\t", " ").replace("\n", " ")
        assert any(text.startswith(shown) for text in told), name


def test_svg_holds_the_text(attacked: Lens) -> None:
    root = ElementTree.fromstring(write(attacked, "svg"))
    assert {e.tag.split("}")[1] for e in root.iter()} == {
        "svg", "defs", "pattern", "rect", "path", "circle", "g", "title", "text",
    }  # fmt: skip
    told = [t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}title")]
    for text in PAYLOADS:
        assert any(printable(text).strip() in title for title in told), text
    for element in root.iter():
        assert not [key for key in element.attrib if key.startswith("on") or key.endswith("href")]


@pytest.mark.usefixtures("typeset")
@pytest.mark.parametrize("form", ["pdf", "png"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_paper_is_printed(attacked: Lens, form: str, lang: str) -> None:
    """Nothing of it is read as typesetting, and the PDF can do nothing."""
    made = write(attacked, form, lang=lang)
    assert made.startswith({"pdf": b"%PDF-1.7", "png": b"\x89PNG"}[form])
    for action in (b"/JavaScript", b"/URI", b"/Launch", b"/OpenAction", b"/EmbeddedFile"):
        assert action not in made


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_svg_does_nothing_in_a_browser(browser: Any, tmp_path: Path, attacked: Lens, lang: str) -> None:
    path = tmp_path / "map.svg"
    path.write_bytes(write(attacked, "svg", lang=lang))
    context = browser.new_context()
    page, asked, said = context.new_page(), [], []
    context.route("**/*", lambda r: r.continue_() if r.request.url == path.as_uri() else _note(asked, r))
    page.on("dialog", lambda d: (said.append(d.message), d.dismiss()))
    page.on("pageerror", lambda e: said.append(str(e)))
    page.goto(path.as_uri())
    page.wait_for_timeout(200)
    assert page.evaluate("() => document.documentElement.tagName") == "svg", "else it is an error page"
    assert page.evaluate("() => window.PWN") is None
    assert page.locator("script, foreignObject, image, a, use, animate, style").count() == 0
    assert (asked, said) == ([], [])
    context.close()


def _note(asked: list[str], route: Any) -> None:
    asked.append(route.request.url)
    route.abort()
