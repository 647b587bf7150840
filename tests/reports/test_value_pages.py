"""The value of a customer as pictures, in a real browser: numbers of the answer, nothing unknown as zero, labels apart."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from powermap import demo
from powermap.analysis.beyond import beyond
from powermap.analysis.group_tree import companies
from powermap.analysis.reciprocity import exchange
from powermap.analysis.value import value
from powermap.method import load_pack
from powermap.reports.book.amounts import Amounts
from powermap.reports.book.companies import companies_panel
from powermap.reports.book.exchange import exchange_panel, give
from powermap.reports.book.ledger import LINES, RIVALS
from powermap.reports.book.page import sheet
from powermap.reports.book.panel import Panel
from powermap.reports.book.value import value_panels
from powermap.words import Words, both
from powermap.workspace import open_workspace

HOSTILE = "<img src=x onerror=alert(1)>"
APART = """(root) => { const seen = [...document.querySelectorAll(root + ' .picture text')]
    .map((t) => [t.getBoundingClientRect(), t.textContent]).filter(([b]) => b.width);
  return seen.flatMap(([a, x], i) => seen.slice(i + 1).filter(([b]) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3
  ).map(([, y]) => [x, y])); }"""
"""Pairs of texts of a picture that lie on each other."""


def sheets(folder: Path, **files: str) -> list[Path]:
    made = []
    for name, text in files.items():
        path = folder / f"{name}.csv"
        lines = [",".join(cell.strip() for cell in line.split("|")) for line in text.strip().splitlines()]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        made.append(path)
    return made


def panels_of(folder: Path, name: str, files: list[Path]) -> list[Panel]:
    with open_workspace(str(folder / "p.db"), create=True) as ws:
        plan = ws.import_(files, today=demo.AS_OF).plan
        assert not plan.problems, plan.problems
        lens = ws.account(name).lens(as_of=demo.AS_OF).lens
        with ws.records() as records:
            return value_panels(lens, beyond(records, lens))


def opened(browser: Any, panels: list[Panel], path: Path, width: int = 1300, lang: Any = "en") -> Any:
    page_ = sheet(both("Account"), both("day"), panels, lang)
    assert len(re.findall("<script", page_)) == 1 and "<img" not in page_
    path.write_text(page_, encoding="utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(path.as_uri())
    return page


@pytest.fixture(scope="module")
def demo_panels(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Panel], Any]:
    with open_workspace(str(tmp_path_factory.mktemp("value") / "p.db"), create=True) as ws:
        ws.import_(demo.files("en"), today=demo.AS_OF)
        lens = ws.account("Wangchuan Mobile").lens(as_of=demo.AS_OF).lens
        with ws.records() as records:
            around = beyond(records, lens)
        answer = value(lens, around.house)
        return value_panels(lens, around, answer), answer


def test_the_page_says_the_numbers_of_the_answer(
    demo_panels: tuple[list[Panel], Any], tmp_path: Path, browser: Any
) -> None:
    panels, answer = demo_panels
    assert [p.key for p in panels] == ["ledger", "curve", "dependence", "exchange"]
    page = opened(browser, panels, tmp_path / "v.html")
    lines = [r for r in answer.rows if r["id"].startswith("grid-")]
    drawn = page.evaluate("[...document.querySelectorAll('.ledger tbody tr')].map((r) => r.innerText)")
    assert len(drawn) == len(lines) == 8
    for row, text in zip(lines, drawn, strict=True):
        assert row["name"]["en"] in text and f"{row['bought'] / 1e6:,.0f}" in text
        if row["open"]:
            assert text.rstrip().endswith(f"{row['open'] / 1e6:,.0f}")
        for holder in row.get("holders", ()):
            assert f"{holder['value'] / 1e6:,.0f}" in text and f"{round(100 * holder['share'], 1):g}%" in text
    assert page.locator(".ledger .gap", has_text="never offered").count() == 5
    assert page.locator(".ledger .cell.hatch b", has_text="180").count() == 1
    curve = page.inner_text("#curve")
    for row in [r for r in answer.rows if r["id"].startswith("curve-")]:
        if row["gap"] is not None:
            assert f"−{abs(row['gap']) / 1e6:g}" in curve
    # One solid line of four years; the running year has a plan and no dot of what came.
    assert page.evaluate("document.querySelector('#curve polyline.came').points.numberOfItems") == 4
    assert page.locator("#curve circle.came").count() == 5 and "2026 running" in curve
    assert "33.3%" in page.inner_text("#dependence") and "2026-06-30" in page.inner_text(".asked")
    assert page.locator("#dependence .peer").count() == 4 and page.locator("#dependence .peer.own .half.no").count() == 2  # fmt: skip
    give = page.evaluate("[...document.querySelectorAll('#exchange rect.give')].map((r) => +r.getAttribute('width'))")  # fmt: skip
    take = page.evaluate("+document.querySelector('#exchange rect.take').getAttribute('width')")
    assert [round(400 * g / take) for g in give] == [18, 12]
    for root in ("#curve", "#dependence", "#exchange", "#ledger"):
        assert page.evaluate(APART, root) == []
    for width in (390, 800, 1300):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.click("#lang")
    assert "从未" not in page.inner_text("#ledger h2") and "价值账" in page.inner_text("#ledger h2")
    for root in ("#curve", "#dependence", "#exchange", "#ledger"):
        assert page.evaluate(APART, root) == []
    page.close()


def test_what_is_not_known_is_hatched_and_never_zero(tmp_path: Path, browser: Any) -> None:
    figures = """
        company | measure  | date | value | currency | category | supplier
        Acme    | revenue  | 2025 | 50    | CNY      |          |
        Acme    | wallet   | 2025 | 100   | CNY      | cables   |
        Acme    | revenue  | 2025 | 30    | CNY      | docks    | Rival
        Acme    | expected | 2023 | 1000  | CNY      |          |
        Acme    | revenue  | 2023 | 10    | CNY      |          |
        Acme    | cost     | 2023 | 150   | CNY      |          |
        Acme    | revenue  | 2024 | 40    | CNY      |          |
        Acme    | cost     | 2025 | 20    | CNY      |          |
    """
    files = sheets(
        tmp_path,
        people="name | company\nWei Li | Acme",
        organizations="name | type | us\nOurs | supplier | yes\nRival | supplier |\nAcme | customer |",
        figures=figures,
        stances="company | person | supplier | attitude\nAcme | Wei Li | Rival | 1",
    )
    page = opened(browser, panels_of(tmp_path, "Acme", files), tmp_path / "v.html")
    rows = {
        r[0]: r[1]
        for r in page.evaluate("[...document.querySelectorAll('.ledger tbody tr')].map((r) => [r.querySelector('th').innerText.trim(), r.innerHTML])")
    }  # fmt: skip
    cables, docks = (next(v for k, v in rows.items() if k.startswith(name)) for name in ("cables", "docks"))
    assert "not known whether any is ours" in cables and cables.count("hatch") == 2
    assert ">?</b>" in docks.split("sum")[1]
    # A year without cost is left out, and said; its neighbours aren't joined.
    assert (
        page.locator("#curve polyline.came").count() == 0 and page.locator("#curve circle.came").count() == 3
    )
    assert "Not drawn: 2024 (" in page.inner_text("#curve")
    assert "unknown" in page.evaluate("document.querySelector('#curve svg').textContent")
    # Neither both shares nor any benefit is known.
    assert page.locator("#dependence svg.broad, #dependence .peer").count() == 0
    assert "not asked yet" in page.inner_text("#dependence")
    assert page.locator("#exchange rect.hatched").count() == 1 and "not on record" in page.inner_text(
        "#exchange"
    )
    page.close()


def test_many_categories_and_rivals_are_counted_and_sums_hold(tmp_path: Path, browser: Any) -> None:
    rivals = [f"Rival {n:02d}" for n in range(9)]
    lines = ["company | measure | date | value | currency | category | supplier"]
    for n in range(30):
        lines.append(f"Acme | wallet | 2025 | {1000 - n} | CNY | kind {n:02d} |")
        lines += [
            f"Acme | revenue | 2025 | {20 - m} | CNY | kind {n:02d} | {r}" for m, r in enumerate(rivals)
        ]
    lines.append(f"Acme | wallet | 2025 | 5 | CNY | {HOSTILE} |")
    organizations = ["name | type | us", "Ours | supplier | yes", "Acme | customer |"]
    organizations += [f"{r} | supplier |" for r in rivals]
    stances = ["company | person | supplier | attitude"] + [f"Acme | Wei Li | {r} | 1" for r in rivals]
    files = sheets(
        tmp_path, people="name | company\nWei Li | Acme", organizations="\n".join(organizations),
        figures="\n".join(lines), stances="\n".join(stances),
    )  # fmt: skip
    page = opened(browser, panels_of(tmp_path, "Acme", files), tmp_path / "v.html")
    rows = page.evaluate("[...document.querySelectorAll('.ledger tbody tr')].map((r) => [...r.children].map((c) => c.innerText.trim()))")  # fmt: skip
    assert len(rows) == LINES + 1 and rows[-2][0] == f"{31 - (LINES - 1)} more categories"
    named = page.evaluate("[...document.querySelectorAll('.ledger thead th')].map((c) => c.innerText.trim())")
    assert [h for h in named if h.startswith("Rival")] == rivals[:RIVALS]
    assert f"{9 - RIVALS} further rivals are among the others" in page.inner_text("#ledger")
    bought = sum(1000 - n for n in range(30)) + 5
    assert rows[-1][-2] == rows[-1][-1] == f"{bought:,}"
    shown = sum(int(r[-2].replace(",", "")) for r in rows[:-1])
    assert shown == bought
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_names_of_many_customers_never_lie_on_each_other(tmp_path: Path, browser: Any) -> None:
    orgs, lines = (
        ["name | type | us", "Ours | supplier | yes"],
        ["company | measure | date | value | currency"],
    )
    for n in range(60):
        orgs.append(f"Customer {n:02d} | customer |")
        lines.append(f"Customer {n:02d} | revenue | 2025 | {100 + 37 * n % 90} | CNY")
        if n != 7:
            lines.append(f"Customer {n:02d} | wallet | 2025 | {300 + 53 * n % 400} | CNY")
    asked = "company | item | score | date\nCustomer 03 | top_visits | yes | 2026-06-01\nCustomer 03 | compensates | no | 2026-06-01"
    files = sheets(tmp_path, organizations="\n".join(orgs), figures="\n".join(lines), assessments=asked)
    page = opened(browser, panels_of(tmp_path, "Customer 03", files), tmp_path / "v.html")
    assert (
        page.locator("#dependence .peer").count() == 59 and page.locator("#dependence .peer.own").count() == 1
    )
    assert page.evaluate(APART, "#dependence") == []
    halves = (
        "[...document.querySelectorAll('#dependence .peer.own .half')].map((h) => h.getAttribute('class'))"
    )
    assert page.evaluate(halves) == ["half yes", "half no"]
    assert page.locator("#dependence .peer.other .half.unknown").count() == 116
    text, names = (
        page.inner_text("#dependence"),
        page.locator("#dependence .picture text.halo", has_text="Customer"),
    )
    assert f"No room for the names of {59 - names.count()} dots" in text
    assert "Not drawn, both shares aren't known: 1 customer" in text
    # The equal line is where both shares are the same, in the units of either axis.
    end = page.evaluate("document.querySelector('#dependence .equal').getAttribute('d')")
    assert end.count("L") == 1
    page.close()


def group_of(tmp_path: Path, deep: int, wide: int) -> Panel:
    orgs = ["name | type | us | part_of", "Ours | supplier | yes |", f"Group {HOSTILE} | customer | |"]
    figures = ["company | measure | date | value | currency"]
    up = f"Group {HOSTILE}"
    for n in range(1, deep):
        orgs.append(f"Level {n} | customer | | {up}")
        figures.append(f"Level {n} | revenue | 2025 | {100 * n} | CNY")
        up = f"Level {n}"
    for n in range(wide):
        orgs.append(f"Branch {n:03d} | customer | | Level 1")
        if n:
            figures += [
                f"Branch {n:03d} | {m} | 2025 | {v} | CNY" for m, v in (("revenue", n), ("wallet", 2 * n))
            ]
    with open_workspace(str(tmp_path / "g.db"), create=True) as ws:
        ws.import_(
            sheets(tmp_path, organizations="\n".join(orgs), figures="\n".join(figures)), today=demo.AS_OF
        )
        with ws.records() as records:
            top = ws.account(f"Group {HOSTILE}").id
            return companies_panel(companies(records, top, demo.AS_OF), demo.AS_OF, load_pack())


def test_a_group_folds_and_unfolds_deep_and_wide(tmp_path: Path, browser: Any) -> None:
    panel = group_of(tmp_path, 8, 200)
    page = opened(browser, [panel], tmp_path / "g.html")
    total = sum(100 * n for n in range(1, 8)) + sum(range(200))
    top = page.inner_text(".companies details summary >> nth=0")
    assert f"{total:,}" in top and HOSTILE in top
    seen = "[...document.querySelectorAll('.companies .line:not(.heads)')].filter((l) => l.checkVisibility()).length"
    assert page.evaluate(seen) == 2
    page.click("[data-unfold]")
    assert page.evaluate(seen) == 208
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    least = "Math.min(...[...document.querySelectorAll('.companies .who')].map((w) => w.getBoundingClientRect().width))"
    assert page.evaluate(least) >= 70
    page.set_viewport_size({"width": 1300, "height": 800})
    # Figures stand below each other at every depth.
    edges = "[...new Set([...document.querySelectorAll('.companies .line:not(.heads) > .c1')].map((c) => Math.round(c.getBoundingClientRect().left)))]"
    assert len(page.evaluate(edges)) == 1
    page.click("[data-unfold]")
    assert page.evaluate(seen) == 2
    # The smallest are one fold, counted and summed; what has no figure is no zero.
    page.click(".companies details details >> nth=0")
    rest = page.inner_text(".companies .rest > summary")
    assert "187 more companies" in rest
    bare = page.locator(".companies .line", has_text="Branch 000").inner_html()
    assert bare.count("hatch") == 3 and ">0<" not in bare
    page.close()


def test_the_mix_stands_beside_its_target_and_a_group_is_split(tmp_path: Path, browser: Any) -> None:
    files = sheets(
        tmp_path,
        organizations="""
            name | type | us | part_of | region | product_tier
            Ours | supplier | yes | | |
            Acme | customer | | | North | Flagship
            Acme South | customer | | Acme | South |
        """,
        figures="""
            company | measure | date | value | currency | category
            Acme | revenue | 2025 | 60 | CNY | cables
            Acme | revenue | 2025 | 20 | CNY | docks
            Acme South | revenue | 2025 | 20 | CNY |
        """,
        goals="""
            company | measure | category | start | target | by
            Acme | mix | docks | 0.2 | 0.5 | 2026-12-31
        """,
    )
    page = opened(browser, panels_of(tmp_path, "Acme", files), tmp_path / "m.html")
    parts = page.evaluate("[...document.querySelectorAll('.part-of')].map((p) => [p.innerText.split('\\n').join(' '), +(p.querySelector('rect')?.getAttribute('width') ?? -1), p.querySelector('.target')?.getAttribute('d')])")  # fmt: skip
    cables, docks, north, south, flagship, bare = parts
    assert cables[0].startswith("cables 75%") and cables[1:] == [75, None] and "no target" in cables[0]
    assert (
        docks[0].startswith("docks 25%")
        and docks[1:] == [25, "M 50 0 V 10"]
        and "target 50% by 2026-12-31" in docks[0]
    )
    assert (north[0], south[0]) == ("North 80%", "South 20%")
    assert flagship[0] == "Flagship 80%" and bare[0] == "not given 20%"
    assert "docks 25%, target 50%" in page.inner_text("#mix")
    assert page.locator("#companies .companies").count() == 1
    page.close()


def test_on_paper_no_table_is_cut(demo_panels: tuple[list[Panel], Any], tmp_path: Path, browser: Any) -> None:
    page = opened(browser, demo_panels[0], tmp_path / "p.html", 718)
    page.emulate_media(media="print")
    wide = "[...document.querySelectorAll('table, .picture, .facts, .asked')].map((t) => t.getBoundingClientRect().right)"
    assert max(page.evaluate(wide)) <= 718
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    page.close()
    group = opened(browser, [group_of(tmp_path, 8, 20)], tmp_path / "g.html", 718)
    group.emulate_media(media="print")
    folded = (
        "[...document.querySelectorAll('.companies .line:not(.heads)')].map((l) => l.getBoundingClientRect())"
    )
    assert all(
        b["height"] > 0 and b["right"] <= 718 for b in group.evaluate(f"{folded}.map((b) => b.toJSON())")
    )
    group.close()


@pytest.mark.parametrize(
    ("figure", "bars"),
    [
        ("", [7, 5]),
        ("Acme | benefit | 2025 | 20 | CNY", [7, 5, 8]),
        # The figure of the year counts; parts that exceed it aren't drawn as its parts.
        ("Acme | benefit | 2025 | 10 | CNY", [10]),
    ],
)
def test_benefits_are_bars_that_add_up_to_what_is_said(
    figure: str, bars: list[float], tmp_path: Path
) -> None:
    files = sheets(
        tmp_path,
        organizations="name | type | us\nOurs | supplier | yes\nAcme | customer |",
        figures=f"company | measure | date | value | currency\nAcme | revenue | 2025 | 100 | CNY\n{figure}",
        assessments="""
            company | item | score | words | date | currency
            Acme | benefit_earned | 5 | fewer returns | 2026-06-01 |
            Acme | benefit_earned | 7 | no stops | 2026-06-01 |
            Acme | benefit_earned | 9 | abroad | 2026-06-01 | USD
        """,
    )
    with open_workspace(str(tmp_path / "p.db"), create=True) as ws:
        assert not ws.import_(files, today=demo.AS_OF).plan.problems
        lens = ws.account("Acme").lens(as_of=demo.AS_OF).lens
    e = exchange(lens)
    assert [b.amount for b in give(lens, e)] == bars and sum(bars) == e.benefit
    panel = exchange_panel(lens, value(lens))
    assert "another currency, not drawn: abroad" in panel.body
    assert "another currency" in panel.body and (len(bars) > 1) == ("fewer returns" in panel.pictures[0])


@pytest.mark.parametrize(
    ("values", "unit", "said"),
    [
        ([4e8, 1.7e9, 4e7], Words("亿元", "m CNY"), Words("4", "400")),
        ([4e8, 1e4], Words("万元", "m CNY"), Words("40,000", "400")),
        ([5e5, 2e3], Words("万元", "k CNY"), Words("50", "500")),
        ([3.0], Words("元", "CNY"), Words("3", "3")),
        ([], Words("元", "CNY"), Words("0", "0")),
    ],
)
def test_one_picture_has_one_unit(values: list[float], unit: Words, said: Words) -> None:
    scale = Amounts.of(values, "CNY")
    assert (scale.unit, scale.say(values[0] if values else 0.0)) == (unit, said)
    assert scale.say(-1e9, sign=True).en.startswith("−") and scale.say(1e9, sign=True).en.startswith("+")
