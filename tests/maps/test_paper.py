"""The map on paper: one A3 sheet, drawn not painted, its text can be read, and every circle has its colour."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from absent import absent
from elsewhere import digests
from invented import account
from PIL import Image

from powermap.errors import RenderError
from powermap.maps import write
from powermap.maps.formats import paper
from powermap.maps.scene.build import build
from powermap.pages.colours import light

pytestmark = pytest.mark.usefixtures("typeset")


def poppler(tool: str, *arguments: str | Path) -> str:
    if not shutil.which(tool):
        absent(f"no poppler: {tool} is missing")
    done = subprocess.run([tool, *map(str, arguments)], capture_output=True, check=True)
    return done.stdout.decode("utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_pdf_is_one_vector_sheet_with_text(tmp_path: Path, lang: str) -> None:
    lens, path = account(25), tmp_path / "map.pdf"
    path.write_bytes(write(lens, "pdf", lang=lang))
    about = poppler("pdfinfo", path)
    assert re.search(r"Pages:\s+1\n", about)
    assert "(A3)" in about
    assert re.search(r"CreationDate:\s+Wed Sep 30 00:00:00 2026", about), "the day of the lens, not of today"
    assert len(poppler("pdfimages", "-list", path).splitlines()) == 2, "headings only: no picture"
    text = poppler("pdftotext", "-layout", path, "-")
    scene = build(lens, sheet=True)
    at = 0 if lang == "zh" else 1
    assert "2026-09-30" in text
    assert ("仅限项目团队", "deal team only")[at] in text
    for figure in scene.figures:
        for part in figure.name[at].split():
            assert part.split("-")[0] in text
    for lane in scene.lanes.values():
        assert lane[at].split()[0] in text


def test_picture_has_everybody_in_their_colour() -> None:
    lens = account(25)
    scene = build(lens, sheet=True)
    picture = Image.open(io.BytesIO(write(lens, "png"))).convert("RGB")
    assert (picture.width, picture.height) == (2644, 1871)
    drawn = paper.sheet(scene, scene.camps[0], "zh", "team", "x")
    found = re.search(r"translate\(([\d.]+) ([\d.]+)\) scale\(([\d.]+)\)", drawn)
    assert found
    x, y, scale = map(float, found.groups())
    dots = picture.width / paper.WIDTH
    for figure in scene.figures:
        attitude = figure.standings["us"].attitude
        if attitude is None:
            continue
        # Below the number, above the rim.
        at = ((x + scale * figure.x) * dots, (y + scale * (figure.y + 0.72 * figure.radius)) * dots)
        seen = picture.getpixel((round(at[0]), round(at[1])))
        assert isinstance(seen, tuple)
        assert "#" + bytes(map(int, seen)).hex() == light("map")[f"att{attitude}"], figure.id


@pytest.mark.parametrize("form", ["pdf", "png"])
def test_same_bytes_again(form: str) -> None:
    made = f"write(account(8), '{form}')"
    assert len(digests("from invented import account; from powermap.maps import write", made)) == 1


def test_a_long_title_leaves_room_for_the_banner() -> None:
    scene = build(account(8), sheet=True)
    title = type(scene.title)("很长" * 60, "long " * 90)
    from dataclasses import replace

    drawn = paper.sheet(replace(scene, title=title), scene.camps[0], "en", "team", "x")
    assert "long long…</text>" in drawn
    assert "long " * 80 not in drawn


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(RenderError, match="one more library") as caught:
        write(account(8), "pdf")
    assert "powermap[files]" in (caught.value.hint or "")


def test_without_a_chinese_font_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "_families", lambda: frozenset({"Arial"}))
    with pytest.raises(RenderError, match="Chinese") as caught:
        write(account(8), "png")
    assert "fonts-noto-cjk" in (caught.value.hint or "")
    assert write(account(8, script="en"), "pdf", lang="en")
