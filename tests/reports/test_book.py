"""The book of an account in a real browser: both languages, offline, on a phone; and what it may not show."""

from __future__ import annotations

import re
import struct
from datetime import date
from pathlib import Path

import pytest

from powermap import demo
from powermap.analysis.voices import heard
from powermap.analysis.weak_spots import weak_spots
from powermap.errors import RenderError
from powermap.model import number_of
from powermap.reports.book import render
from powermap.reports.book.long_picture import long_picture
from powermap.reports.book.page import Mark
from powermap.reports.book.pictures import weak_fishbone
from powermap.view import View
from powermap.words import Lang
from powermap.workspace import open_workspace


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    with open_workspace(str(tmp_path_factory.mktemp("book") / "p.db"), create=True) as ws:
        assert not ws.import_(demo.files("zh"), today=demo.AS_OF).plan.problems
        return ws.account(demo.GREAT_ACCOUNT["zh"]).lens(as_of=demo.AS_OF)


def drawn(view: View, profile: str = "team", mark: Mark | None = None) -> str:
    return render(view.lens, "zh", "<svg xmlns='http://www.w3.org/2000/svg'/>", profile, mark)


def test_it_opens_in_the_order_of_the_method_and_turns_its_language(
    view: View, tmp_path: Path, browser: object
) -> None:
    path = tmp_path / "book.html"
    path.write_text(drawn(view), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1300, "height": 900})  # type: ignore[attr-defined]
    context.set_offline(True)
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(m.text))
    page.on("pageerror", lambda e: wrong.append(str(e)))
    page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith(("file:", "data:")) else None)
    page.goto(path.as_uri())
    ids = page.evaluate("[...document.querySelectorAll('.panel')].map((p) => p.id)")
    assert [i for i in ids if i not in ("attitudes", "review")] == [
        "map", "grade", "single", "house", "wallet", "plan", "decision", "voices", "organization", "value",
    ]  # fmt: skip
    assert "组织" in page.inner_text("#house") and "organization" not in page.inner_text("#house")
    page.click("#lang")
    assert "organization" in page.inner_text("#house") and "组织" not in page.inner_text("#house h2")
    # Each statement is one click from its evidence.
    assert not page.is_visible("#single .ev > div")
    page.click("#single .ev > summary")
    assert page.is_visible("#single .ev > div")
    for width in (390, 1300):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not wrong
    context.close()


def test_a_watermark_names_reader_and_day(view: View) -> None:
    mark = Mark("<b>Zheng</b>", date(2026, 9, 30), date(2026, 12, 31))
    page = drawn(view, mark=mark)
    assert page.count("&lt;b&gt;Zheng&lt;/b&gt; · 2026-09-30 · → 2026-12-31") >= 60 and "<b>Zheng" not in page
    assert 'class="watermark"' not in drawn(view)


def test_what_somebody_needs_for_themselves_is_for_managers(view: View) -> None:
    secret = "想接罗启明的班"
    assert any(secret in a.words for a in view.lens.assessments)
    assert secret not in drawn(view)
    for profile in ("outside", "anonymous", "all"):
        with pytest.raises(RenderError):
            drawn(view, profile)


def test_a_voice_is_closed_by_the_customers_verdict_alone(view: View) -> None:
    gates = {number_of(h.voice): h.gate for h in heard(view.lens)}
    wanted = {"v1": 4, "v2": 3, "v3": 2, "v4": 4, "v5": 1, "v6": 0, "v9": 2}
    assert {n: gates[n] for n in wanted} == wanted


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_one_long_picture_too(view: View, lang: Lang) -> None:
    mark = Mark("Zheng", date(2026, 9, 30))
    svg = view.map(form="svg", lang=lang)
    drawn = long_picture(view.lens, lang, svg, "team", mark)
    width, height = struct.unpack(">II", drawn[16:24])
    assert drawn.startswith(b"\x89PNG") and width == 1080 and 3000 < height < 12000
    assert drawn != long_picture(view.lens, lang, svg)
    with pytest.raises(RenderError):
        long_picture(view.lens, lang, svg, "outside")


def test_the_fishbone_leaves_no_weak_spot_out_uncounted(view: View) -> None:
    text = weak_fishbone(view.lens)
    counted = sum(int(n) - 1 for n in re.findall(r"and (\d+) more", text))
    assert counted > 0
    assert text.count('class="spot"') + counted == len(weak_spots(view.lens))


def test_names_stay_text(tmp_path: Path) -> None:
    sheet = tmp_path / "people.csv"
    sheet.write_text(
        "Name,Company,Title,Level\n<script>alert(1)</script>,Acme <img>,CEO,1\n", encoding="utf-8"
    )
    with open_workspace(str(tmp_path / "x.db"), create=True) as ws:
        ws.import_([sheet])
        page = drawn(ws.account("Acme").lens())
    assert len(re.findall("<script", page)) == 1 and "<img>" not in page and "&lt;script&gt;" in page
