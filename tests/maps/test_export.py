"""What leaves the page for other programs: well-formed, of the same drawing, under the same profiles."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from invented import account

from powermap.errors import RenderError
from powermap.maps import export, render, write
from powermap.maps.scene.build import build
from powermap.pages.colours import light
from powermap.sources.formulas import guard, unguard

NAMESPACE = "{http://www.w3.org/2000/svg}"


def test_svg_stands_alone() -> None:
    lens = account(25)
    text = export(lens, "svg", lang="en")
    root = ElementTree.fromstring(text)
    assert "class=" not in text
    assert "var(" not in text
    assert len(list(root.iter(f"{NAMESPACE}title"))) == 25
    fills = {c.get("fill") for c in root.iter(f"{NAMESPACE}circle")}
    attitudes = {f.standings["us"].attitude for f in build(lens).figures} - {None}
    assert {light("map")[f"att{a}"] for a in attitudes} <= fills
    assert "deal team only" in text


def test_graphml_opens_in_networkx(tmp_path: Path) -> None:
    """Read by another implementation: the same people, attitudes and ties."""
    lens = account(25)
    path = tmp_path / "map.graphml"
    path.write_text(export(lens, "graphml"), encoding="utf-8")
    graph = nx.read_graphml(path, force_multigraph=True)
    scene = build(lens, sheet=True)
    assert {d["name"] for _, d in graph.nodes(data=True)} == {f.name.zh for f in scene.figures}
    known = {f.id: f.standings["us"].attitude for f in scene.figures}
    assert {n: d.get("attitude_us") for n, d in graph.nodes(data=True)} == known
    assert graph.number_of_edges() == len(scene.links)


def test_json_of_outside_holds_no_judgement() -> None:
    data = json.loads(export(account(25), "json", profile="outside"))
    assert len(data["people"]) == 25
    assert {k for p in data["people"].values() for k in p} == {
        "name",
        "name_en",
        "title",
        "title_en",
        "unit",
        "unit_en",
        "level",
        "x",
        "y",
    }
    assert {t["kind"] for t in data["ties"]} == {"line"}


def test_gexf_opens_in_networkx(tmp_path: Path) -> None:
    """Read by another implementation: people with places, sizes and colours, and every tie."""
    lens = account(25)
    path = tmp_path / "map.gexf"
    path.write_bytes(write(lens, "gexf", lang="en"))
    graph = nx.read_gexf(path, version="1.3")
    scene = build(lens, sheet=True)
    assert {n: d["label"] for n, d in graph.nodes(data=True)} == {f.id: f.name.en for f in scene.figures}
    for figure in scene.figures:
        seen = graph.nodes[figure.id]["viz"]
        assert (seen["position"]["x"], -seen["position"]["y"]) == (figure.x, figure.y)
        attitude = figure.standings["us"].attitude
        shade = "#{r:02x}{g:02x}{b:02x}".format(**seen["color"])
        assert shade == ("#ffffff" if attitude is None else light("map")[f"att{attitude}"])
    assert graph.number_of_edges() == len({(k.a, k.b) for k in scene.links})


def tables(content: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name: list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
            for name in archive.namelist()
        }


def test_tables_name_every_person_and_tie() -> None:
    lens = account(25)
    scene = build(lens, sheet=True)
    found = tables(write(lens, "zip", lang="en"))
    people = {row["Id"]: row for row in found["people.csv"]}
    assert {k: r["Label"] for k, r in people.items()} == {f.id: f.name.en for f in scene.figures}
    known = {f.id: f.standings["us"].attitude for f in scene.figures}
    assert {k: int(r["attitude_us"]) if r["attitude_us"] else None for k, r in people.items()} == known
    ties = found["ties.csv"]
    assert [(t["Source"], t["Target"], t["Kind"]) for t in ties] == [(k.a, k.b, k.kind) for k in scene.links]
    assert all(t["From"] == people[t["Source"]]["Label"] for t in ties)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1 234", "'+1 234"),
        ("-2", "-2"),
        ("-", "-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("'=1", "''=1"),
        ("＝1", "'＝1"),
        ("李敏", "李敏"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: str, safe: str) -> None:
    assert guard(text) == safe
    assert unguard(safe) == text


@pytest.mark.parametrize(("form", "hint"), [("docx", "gexf"), ("csv", "map.zip")])
def test_unknown_form_is_refused(form: str, hint: str) -> None:
    for function in (export, write):
        with pytest.raises(RenderError, match="can't be written"):
            function(account(8), form)
    with pytest.raises(RenderError) as caught:
        write(account(8), form)
    assert hint in (caught.value.hint or "")


@pytest.mark.browser
def test_svg_draws_in_a_browser(browser: Any, tmp_path: Path, load: Callable[..., Any]) -> None:
    path = tmp_path / "map.svg"
    path.write_text(export(account(25), "svg"), encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    box = page.evaluate("() => { const b = document.documentElement.getBBox(); return [b.width, b.height]; }")
    page.close()
    assert min(box) > 300


def test_the_hatching_of_the_unknown_lies_within_its_tile() -> None:
    """At the edge of the tile half of each stripe would be cut off, and the unknown look white on paper."""
    for drawn in (export(account(8), "svg"), render(account(8))):
        found = re.search(
            r'id="hatching" width="([\d.]+)".*?<path d="M([\d.]+) 0V.*?stroke-width="([\d.]+)"', drawn
        )
        assert found
        tile, x, width = map(float, found.groups())
        assert width / 2 <= x <= tile - width / 2
