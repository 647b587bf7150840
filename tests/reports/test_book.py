"""The book of an account in a real browser: both languages, offline, on a phone; and what it may not show."""

from __future__ import annotations

import re
import struct
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from powermap import demo
from powermap.analysis.agenda import meetings
from powermap.analysis.house import built
from powermap.analysis.text import person_name
from powermap.analysis.voices import heard
from powermap.analysis.weak_spots import weak_spots
from powermap.errors import RenderError
from powermap.model import number_of
from powermap.reports.book import render
from powermap.reports.book.demands import checklist
from powermap.reports.book.long_picture import long_picture
from powermap.reports.book.page import Mark
from powermap.reports.book.pictures import fishbone, house, timeline, weak_fishbone
from powermap.reports.book.rivals import strongest
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
        "map", "grade", "single", "house", "ledger", "curve", "dependence", "exchange", "plan", "decision", "needs", "insight", "rivals", "voices", "satisfaction", "organization", "value",
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


def test_a_watermark_names_reader_and_day_over_the_whole_page(
    view: View, tmp_path: Path, browser: object
) -> None:
    mark = Mark("<b>Zheng</b>", date(2026, 9, 30), date(2026, 12, 31))
    book = drawn(view, mark=mark)
    assert quote("&lt;b&gt;Zheng&lt;/b&gt; · 2026-09-30 · → 2026-12-31") in book and "<b>Zheng" not in book
    page = opened(browser, book, tmp_path / "w.html", 390)
    box = page.evaluate("document.querySelector('.watermark').getBoundingClientRect().toJSON()")
    # The height of the body is told in whole pixels.
    assert box["width"] >= 390 and box["height"] > page.evaluate("document.body.scrollHeight") - 1
    style = page.evaluate("getComputedStyle(document.querySelector('.watermark')).backgroundImage")
    assert style.startswith("url(") and page.evaluate("document.querySelectorAll('.watermark').length") == 1
    page.close()
    assert 'class="watermark"' not in drawn(view)


def opened(browser: Any, book: str, path: Path, width: int, theme: str = "light") -> Any:
    path.write_text(book, encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=theme)
    page.goto(path.as_uri())
    return page


def test_on_a_phone_cells_are_named_and_pictures_say_that_they_scroll(
    view: View, tmp_path: Path, browser: object
) -> None:
    page = opened(browser, drawn(view), tmp_path / "p.html", 390)
    label = "getComputedStyle(document.querySelector('#plan details[open] tbody td:nth-child(3)'), '::before').content"
    assert page.evaluate(label) == '"负责人"'
    page.click("#lang")
    assert page.evaluate(label) == '"Owner"'
    page.click("#lang")
    # Names of the map and of the house are at least nine pixels high.
    assert page.evaluate("document.querySelector('img.map').getBoundingClientRect().width") >= 1000
    drawn_at = """[...document.querySelectorAll('#house .picture text')].filter((t) => t.getBoundingClientRect().width)
        .map((t) => t.getBoundingClientRect().height)"""
    assert min(page.evaluate(drawn_at)) >= 9
    assert page.is_visible("#house > .swipe[lang=zh-CN]") and page.is_visible("#map .swipe[lang=zh-CN]")
    names = "[...document.querySelectorAll('#attitudes td .name[lang=zh-CN]')].map((n) => n.getBoundingClientRect().height)"
    assert max(page.evaluate(names)) < 30
    page.close()


def test_paper_holds_what_is_folded_on_the_screen(view: View, tmp_path: Path, browser: object) -> None:
    page = opened(browser, drawn(view), tmp_path / "p.html", 800)
    assert not page.locator("#house .more td").first.is_visible()
    page.emulate_media(media="print")
    assert page.locator("#house .more td").first.is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('#plan')).breakInside") == "auto"
    assert page.evaluate("getComputedStyle(document.querySelector('h2')).breakAfter") == "avoid"
    page.close()


def test_the_house_has_a_pillar_for_each_key_person(view: View) -> None:
    found = built(view.lens)
    text = house(view.lens, found)
    assert text.count('y="140"') == len(found.pillars) > 6
    many = replace(found, pillars=found.pillars * 3)
    text = house(view.lens, many)
    left = re.search(r"还有 (\d+) 根", text)
    assert left and text.count('y="140"') + int(left[1]) == len(many.pillars)


def test_the_rivals_map_lies_beside_ours_on_a_light_sheet(
    view: View, tmp_path: Path, browser: object
) -> None:
    rival = strongest(view.lens)
    svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text fill=\"#fff\">9 % &lt;</text></svg>"
    book = render(view.lens, "zh", svg, rival=(rival, svg))
    page = opened(browser, book, tmp_path / "m.html", 1300, "dark")
    assert page.locator("img.map").count() == 2
    assert page.evaluate("[...document.querySelectorAll('img.map')].every((m) => m.naturalWidth === 9)")
    for supplier in view.lens.suppliers:
        assert page.locator("#map th", has_text=supplier.organization.name).count() == 1
    card = "getComputedStyle(document.querySelector('.sheet')).backgroundColor"
    assert page.evaluate(card) == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    words = page.inner_text(".legend")
    assert all(step.words.zh in words for step in view.lens.pack.attitudes.values())
    page.close()


def test_a_grade_says_how_much_of_it_is_met(view: View) -> None:
    text = checklist(view.lens)
    asked, met = map(int, re.findall(r"要求 (\d+) 项，已满足 (\d+) 项", text)[0])
    assert text.count("<li") == asked and text.count("<li>") == met < asked


def test_meetings_stand_on_a_line_of_time(view: View) -> None:
    text, found = timeline(view.lens), meetings(view.lens)
    assert text.count('class="way"') == len(found) and text.count('class="today"') == 1
    late = sum(m.last is None or m.overdue(view.lens.as_of) > 0 for m in found)
    assert text.count('<circle class="late"') == late > 0


def test_the_head_of_the_fishbone_holds_the_needs_words(view: View) -> None:
    assert view.lens.deal
    head = "".join(re.findall(r'class="onhead"[^>]*>([^<]*)<', fishbone(view.lens)))
    assert head.replace(" ", "") == view.lens.deal.name.replace(" ", "")


def test_a_voice_names_its_owner_and_its_day(view: View) -> None:
    voice = next(v for v in view.lens.voices if v.owner and v.due and v.verdict_on is None)
    card = next(c for c in drawn(view).split("<blockquote")[1:] if voice.words in c)
    card = card[: card.index("</blockquote>")]
    assert person_name(view.lens, voice.owner) in card and str(voice.due) in card


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
