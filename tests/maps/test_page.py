"""The page in a real browser, with the network cut off."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from absent import absent
from hostile import hostile
from invented import account, view
from payloads import PAYLOADS

from powermap.maps import render
from powermap.model import Snapshot
from powermap.pages.colours import rgb

pytestmark = pytest.mark.browser
Load = Callable[..., Any]
PALETTE = {attitude: rgb("map", f"att{attitude}") for attitude in range(-2, 4)}
PIXEL = """([camp, id]) => {
  const net = __pm.nets[camp], canvas = net.canvas.frame.canvas, p = __pm.M.people[id];
  const at = net.canvasToDOM({x: p.x, y: p.y + p.r * .72}), k = canvas.width / canvas.clientWidth;
  return [...canvas.getContext('2d').getImageData(Math.round(at.x * k), Math.round(at.y * k), 1, 1).data].slice(0, 3);
}"""


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("map") / "map.html"
    path.write_text(render(account(25)), encoding="utf-8", newline="\n")
    return path


def written(folder: Path, page: str) -> Path:
    path = folder / "map.html"
    path.write_text(page, encoding="utf-8", newline="\n")
    return path


def click_through(page: Any) -> None:
    """Press every button of the toolbar that changes what is seen."""
    for selector in (
        "[data-view=difference]",
        "[data-view=power]",
        "[data-view=team]",
        "[data-view=list]",
        "[data-view=attitude]",
        "[data-mode=one]",
        "[data-mode=side]",
        "[data-zoom=in]",
        "[data-zoom=fit]",
        "#lang",
        "#theme",
        "#theme",
        "#lang",
    ):
        if page.is_visible(selector):
            page.click(selector)


def test_nothing_asked_and_nothing_complained(load: Load, page_file: Path) -> None:
    page = load(page_file)
    click_through(page)
    page.locator("#panel-us .over button").first.click()
    assert page.leaks == []
    assert page.complaints == []


def test_same_coordinates_in_all_panels(load: Load, page_file: Path) -> None:
    page = load(page_file)
    at = page.evaluate(
        "() => Object.fromEntries(Object.entries(__pm.nets).map(([k, n]) => [k, n.getPositions()]))"
    )
    assert set(at) == {"us", "a", "b"}
    assert len(at["us"]) == 25
    assert at["us"] == at["a"] == at["b"]
    boxes = page.evaluate(
        """() => ['us', 'a', 'b'].map(k => { const o = document.querySelector(`#panel-${k} .map`).getBoundingClientRect();
        return [...document.querySelectorAll(`#panel-${k} .over button`)].map(b => { const r = b.getBoundingClientRect();
        return [b.dataset.id, Math.round(r.x - o.x), Math.round(r.y - o.y)] }) })"""
    )
    assert boxes[0] == boxes[1] == boxes[2]
    assert len(boxes[0]) == 25


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_people_are_painted_in_the_colour_of_their_attitude(load: Load, page_file: Path, scheme: str) -> None:
    """Colours of the palette, read from the canvas below the number."""
    page = load(page_file, color_scheme=scheme)
    standings = page.evaluate("() => __pm.M.standings")
    seen = set()
    for camp in ("us", "a", "b"):
        for ident, standing in standings[camp].items():
            attitude = standing["attitude"]
            if attitude is not None:
                assert tuple(page.evaluate(PIXEL, [camp, ident])) == PALETTE[attitude], (camp, ident)
                seen.add(attitude)
    assert seen == set(PALETTE)


def test_a_click_selects_the_person_everywhere(load: Load, page_file: Path) -> None:
    page = load(page_file)
    page.locator("#panel-a .over [data-id=p03]").click()
    words = {
        "-2": "反对",
        "-1": "不认可",
        "0": "中立",
        "1": "支持",
        "2": "支持并排他",
        "3": "教练",
        "None": "未知",
    }
    for camp in ("us", "a", "b"):
        attitude = page.evaluate("k => __pm.M.standings[k].p03.attitude", camp)
        assert words[str(attitude)] in page.inner_text(f"#panel-{camp} .facts dd >> nth=0")
        assert page.get_attribute(f"#panel-{camp} .over [data-id=p03]", "aria-pressed") == "true"
    page.locator("#panel-a .over [data-id=p03]").click()
    assert page.evaluate("() => __pm.S.picked") is None


def test_tables_of_power_and_of_coverage(load: Load, page_file: Path) -> None:
    """Everybody is once in each table; whoever is covered has dots; a choice is seen in all panels."""
    page = load(page_file)
    page.click("[data-view=power]")
    for camp in ("us", "a", "b"):
        assert page.locator(f"#panel-{camp} .grid .who").count() == 25
        for column, attitude in enumerate((-2, -1, 0, 1, 2, 3, None)):
            expected = page.evaluate(
                "([k, a]) => Object.values(__pm.M.standings[k]).filter(s => (s.attitude ?? null) === a).length",
                [camp, attitude],
            )
            cells = page.locator(f"#panel-{camp} .grid tbody td:nth-child({column + 2}) .who")
            assert cells.count() == expected
    page.locator("#panel-a .grid .who").first.click()
    assert page.locator(".grid .who[aria-pressed=true]").count() == 3
    page.click("[data-view=team]")
    covered = page.evaluate(
        "() => __pm.M.camps[0].team.reduce((n, m) => n + Object.keys(m.covers).length, 0)"
    )
    assert page.locator("#panel-us .grid td i").count() == covered > 5
    first = page.evaluate(
        """() => {
          const [id, p] = Object.entries(__pm.M.people).sort((a, b) => b[1].power - a[1].power)[0];
          __pm.M.standings.us[id].uncovered = true;
          return p.name[0];
        }"""
    )
    page.click("[data-view=team]")
    assert page.inner_text("#panel-us .grid tbody th >> nth=0") == first, "whom it matters most to know"
    assert page.get_attribute("#panel-us .grid tbody th >> nth=0 >> .open", "aria-label") == "未覆盖"


def test_keyboard(load: Load, page_file: Path) -> None:
    page = load(page_file)
    page.locator("#panel-us .over [data-id=p01]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("() => __pm.S.picked") == "p01"
    page.keyboard.press("ArrowDown")
    down = page.evaluate("() => __pm.S.picked")
    assert down != "p01"
    assert page.evaluate("i => __pm.M.people[i].y > __pm.M.people.p01.y", down)
    page.keyboard.press("ArrowUp")
    assert page.evaluate("i => __pm.M.people[__pm.S.picked].y < __pm.M.people[i].y", down)
    page.keyboard.press("]")
    assert page.evaluate("() => document.activeElement.closest('.panel').dataset.camp") == "a"
    page.keyboard.press("Escape")
    assert page.evaluate("() => __pm.S.picked") is None


def test_language_and_theme_switch(load: Load, page_file: Path) -> None:
    page = load(page_file)
    assert page.inner_text("h1") == "电网集团"
    page.click("#lang")
    assert page.inner_text("h1") == "Grid Group"
    assert page.get_attribute("html", "lang") == "en"
    assert "Supports exclusively" in page.inner_text("#legend"), "every key begins with a capital"
    before = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") != before


def test_bar_labels_and_legend_are_never_clipped(load: Load, page_file: Path) -> None:
    for width, height in ((1600, 900), (390, 844)):
        page = load(page_file, width, height)
        for _ in range(2):
            clipped = page.evaluate(
                "() => [...document.querySelectorAll('#bar span')].filter(s => s.scrollWidth > s.clientWidth + 1).map(s => s.textContent)"
            )
            assert clipped == []
            if width == 1600:
                tops = page.evaluate(
                    "() => [...new Set([...document.querySelectorAll('#legend .key')].map(k => Math.round(k.getBoundingClientRect().bottom)))]"
                )
                assert len(tops) == 1, "the legend stands on one row"
            page.click("#lang")


TAGS = """() => { const all = [...document.querySelectorAll('*')], seen = new Set(all.map(e => e.localName));
  for (const e of all) for (const a of e.attributes) if (a.name.startsWith('on')) seen.add(a.name);
  return [...seen].sort(); }"""


@pytest.mark.parametrize("bypass", [False, True])
def test_hostile_texts_stay_text(load: Load, tmp_path: Path, page_file: Path, bypass: bool) -> None:
    """Sixty payloads in every field, also with the page's policy switched off: what it would stop isn't there."""
    found = hostile()
    path = written(tmp_path, render(view(found), whole=Snapshot.of(found)))
    page = load(path, bypass_csp=bypass)
    click_through(page)
    buttons = page.locator("#panel-us .over button")
    assert buttons.count() == len(PAYLOADS)
    for i in range(0, len(PAYLOADS), 5):
        # Clicked by script: some names are as wide as the window.
        buttons.nth(i).evaluate("b => b.click()")
    page.click("[data-view=list]")
    page.wait_for_timeout(100)
    assert page.evaluate("() => window.PWN") is None
    assert page.leaks == []
    assert page.complaints == []
    shown = page.locator("#list").text_content()
    assert [text for text in PAYLOADS if text.strip() not in shown] == []
    harmless = load(page_file)
    click_through(harmless)
    harmless.locator("#panel-us .over button").first.click()
    harmless.click("[data-view=list]")
    assert page.locator("script").count() == 3
    assert set(page.evaluate(TAGS)) <= set(harmless.evaluate(TAGS)), "no element and no handler of theirs"


@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(1600, 900, "light"), (1600, 900, "dark"), (390, 844, "light")]
)
def test_accessible(load: Load, page_file: Path, width: int, height: int, scheme: str) -> None:
    """axe-core finds nothing, on the overview, on a person and on the list; and nothing scrolls sideways."""
    from axe_playwright_python.sync_playwright import Axe

    page = load(page_file, width, height, color_scheme=scheme, bypass_csp=True)
    for step in ("", "() => __pm.select('p02')", "power", "team", "list"):
        if step in ("power", "team", "list"):
            page.click(f"[data-view={step}]")
        elif step:
            page.evaluate(step)
        report = Axe().run(page)
        assert report.violations_count == 0, report.generate_report()
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("paper", "points"), [("A3", (1191, 842)), ("A4", (842, 595))])
def test_print_is_vector_with_selectable_text(
    load: Load, page_file: Path, tmp_path: Path, paper: str, points: tuple[int, int]
) -> None:
    if shutil.which("pdfinfo") is None:
        absent("no poppler: pdfinfo, pdfimages and pdftotext look into the PDF")
    page = load(page_file)
    page.locator("#lang").click()  # English takes more room.
    pdf = tmp_path / "map.pdf"
    page.pdf(path=str(pdf), format=paper, landscape=True, print_background=True)
    info = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    wide, high = map(float, re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", info).groups())  # type: ignore[union-attr]
    assert (abs(wide - points[0]) < 2, abs(high - points[1]) < 2) == (True, True)
    images = subprocess.run(["pdfimages", "-list", str(pdf)], capture_output=True, text=True, check=True)
    assert len(images.stdout.splitlines()) == 2, "only the two lines of the head: no bitmap"
    first = ["pdftotext", "-l", "1", str(pdf), "-"]
    text = subprocess.run(first, capture_output=True, text=True, check=True).stdout
    assert page.evaluate("() => __pm.M.people.p01.name[0]") in text
    keys = page.locator(".legend .key").all_inner_texts()
    assert len(keys) > 15 and all(word in text for key in keys for word in key.split()), "the legend is whole"


def test_without_scripts_the_drawing_is_there(load: Load, page_file: Path) -> None:
    page = load(page_file, java_script_enabled=False)
    assert page.locator("#twins svg").count() == 3
    assert page.locator("#twins svg").first.is_visible()


def test_chinese_has_glyphs(load: Load, page_file: Path) -> None:
    """Two characters that are drawn alike would be two boxes of a font that lacks them."""
    page = load(page_file)
    page.set_viewport_size({"width": 1600, "height": 900})
    shots = []
    for sign in "决守":
        page.evaluate("s => { const h = document.querySelector('h1'); h.textContent = s; }", sign)
        shots.append(page.locator("h1").screenshot())
    from PIL import Image, ImageChops

    one, other = (Image.open(io.BytesIO(s)).convert("L") for s in shots)
    assert ImageChops.difference(one, other).getbbox() is not None


@pytest.mark.parametrize(
    "shape",
    [
        {"size": 8, "rivals": 1, "script": "en"},
        {"size": 25, "units": 0, "script": "zh"},
        {"size": 25, "tops": 3, "rivals": 5},
        {"size": 60, "units": 8},
        {"size": 100},
    ],
    ids=str,
)
def test_accounts_of_every_shape_open(load: Load, tmp_path: Path, shape: dict[str, Any]) -> None:
    page = load(written(tmp_path, render(account(**shape), lang="en")))
    assert page.complaints == []
    rivals = shape.get("rivals", 2)
    panels = page.locator(".panel:visible").count()
    assert panels == (1 if shape["size"] > 45 else min(3, rivals + 1))
    if panels > 1:
        assert page.locator("#tabs button:visible").count() == (rivals if rivals > 2 else 0)
    else:
        assert page.locator("#tabs button:visible").count() == rivals + 1
    click_through(page)
    assert page.complaints == []


def test_five_rivals_are_shown_two_at_a_time(load: Load, tmp_path: Path) -> None:
    page = load(written(tmp_path, render(account(25, rivals=5))))
    shown = "() => [...document.querySelectorAll('.panel')].filter(p => !p.hidden).map(p => p.dataset.camp)"
    assert page.evaluate(shown) == ["us", "a", "b"]
    page.locator("#tabs button").nth(4).click()
    assert page.evaluate(shown) == ["us", "b", "e"]
    before = page.evaluate("() => __pm.nets.us.getPositions()")
    assert page.evaluate("() => __pm.nets.e.getPositions()") == before


def test_what_matters_comes_first_on_a_phone(load: Load, page_file: Path) -> None:
    """Bar and sentence, then the tools on one line, and most of the map without scrolling."""
    page = load(page_file, 390, 844)
    tops = page.evaluate(
        "() => ['#bar', '#sentence', '.tools', '#tabs', '#panel-us .map'].map(s => document.querySelector(s).getBoundingClientRect().top)"
    )
    assert tops == sorted(tops) and tops[-1] < 844 / 2
    assert page.evaluate("() => document.querySelector('.tools').clientHeight") < 60


def test_facts_of_one_map_stand_where_they_leave_it_larger(load: Load, tmp_path: Path) -> None:
    """A tall map has them beside it, a wide one of many people below."""
    for people, beside in ((25, True), (100, False)):
        page = load(written(tmp_path, render(account(people))))
        page.click("[data-mode=one]")
        boxes = page.evaluate(
            "() => ['.map', '.facts'].map(s => document.querySelector('#panel-us ' + s).getBoundingClientRect().toJSON())"
        )
        assert (boxes[1]["left"] >= boxes[0]["right"] - 1) is beside
        assert (boxes[1]["top"] >= boxes[0]["bottom"] - 1) is not beside


def test_names_in_the_table_of_power_are_not_broken_within_a_word(load: Load, page_file: Path) -> None:
    """A column is as wide as its longest word; who stands alone in a row has it on one line or on as many as words."""
    page = load(page_file)
    page.click("#lang")
    page.click("[data-view=power]")
    lines = page.evaluate(
        """() => [...document.querySelectorAll('#panel-us .who')].map(b => {
          const range = document.createRange(); range.selectNodeContents(b);
          return [b.textContent, new Set([...range.getClientRects()].map(r => Math.round(r.top))).size];
        })"""
    )
    assert lines and all(rows <= len(name.replace("-", " ").split()) for name, rows in lines)
