"""`value`, `value --tree` and `portfolio --about value` on the example and on a group, in both languages."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from powermap import demo
from powermap.cli import main
from powermap.workspace import open_workspace

DAY = demo.AS_OF.isoformat()


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    found = {}
    for lang in ("en", "zh"):
        path = str(tmp_path_factory.mktemp(lang) / "powermap.db")
        with open_workspace(path, create=True) as ws:
            ws.import_(demo.files(lang), today=demo.AS_OF)
        found[lang] = path
    return found


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("POWERMAP_CONFIG", str(tmp_path / "none.toml"))
    monkeypatch.setenv("COLUMNS", "240")
    monkeypatch.chdir(tmp_path)

    def go(*words: str, store: str, lang: str = "en") -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["powermap", *words, "--store", store, "--lang", lang])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        out = capsys.readouterr()
        return code, out.out + out.err

    return go


def test_the_story_of_the_example(run, stores: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
    code, text = run("value", "Wangchuan", "--as-of", DAY, store=stores["en"])
    assert code == 0
    for said in (
        "sales went from 100 m CNY to 400 m CNY while our share of their chargers fell from 100% to 23.5%",
        "six categories were never ours", "White space of 1.04 bn CNY a year", "−44 points", "130 m CNY behind its curve",
        "33.3% of our sales", "what they buy where we are in", "never offered", "offered and lost to Bailan Energy",
        "not known 180 m CNY", "2022 invest", "9 weeks", "65 m CNY",
    ):  # fmt: skip
        assert said in text, said
    code, text = run("value", "望川", "--as-of", DAY, store=stores["zh"], lang="zh")
    assert code == 0
    for said in (
        "从 100% 跌到 23.5%；6 个品类从来不是我方的",
        "空白一年 10.4 亿元",
        "回报比曲线落后 1.3 亿元",
        "从未供过",
        "6,500 万元",
        "盈亏平衡",
    ):
        assert said in text, said


def test_each_section_has_the_columns_that_it_uses(run, stores: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
    _, text = run("value", "Wangchuan", "--as-of", DAY, store=stores["en"])
    lines = text.splitlines()
    bought, curve, needs = (
        next(n for n, line in enumerate(lines) if line.strip() == head)
        for head in ("What they buy, and from whom", "The value-return curve", "Who needs whom")
    )
    assert "White space" in "".join(lines[bought:curve]) and "White space" not in "".join(lines[curve:needs])
    assert "gap −70 m CNY, in all −130 m CNY" in "".join(lines[curve:needs]) and "Section" not in text


def test_both_languages_say_the_same(run, stores: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
    told = {}
    for lang, name in (("en", "Wangchuan"), ("zh", "望川")):
        answer = json.loads(run("value", name, "--as-of", DAY, "--json", store=stores[lang], lang=lang)[1])
        told[lang] = [(f["kind"], f["value"], f["urgency"]) for f in answer["findings"]]
    assert told["en"] == told["zh"]


@pytest.mark.parametrize("suffix", [".txt", ".html", ".xlsx", ".pptx"])
def test_files(suffix: str, run, stores: dict[str, str], tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, _ = run("value", "Wangchuan", "--as-of", DAY, "-o", f"v{suffix}", store=stores["en"])
    assert code == 0 and (tmp_path / f"v{suffix}").stat().st_size > 500


def test_the_page_is_pictures_and_the_tree_is_one(run, stores: dict[str, str], tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("value", "Wangchuan", "--as-of", DAY, "-o", "v.html", store=stores["en"])[0] == 0
    page = (tmp_path / "v.html").read_text("utf-8")
    assert re.findall(r'class="panel[^"]*" id="(\w+)"', page) == ["ledger", "curve", "dependence", "exchange"]
    assert "Wangchuan Mobile · value" in page and "望川手机 · 客户价值" in page
    code, _ = run("book", "Wangchuan", "--as-of", DAY, "-o", "b.html", store=stores["en"])
    book = (tmp_path / "b.html").read_text("utf-8")
    assert code == 0 and len(book) < 1e6
    # The book tells what the page tells, with the same numbers.
    for key in ("curve", "dependence"):
        picture = [
            re.search(rf'id="{key}".*?(<svg class="picture.*?</svg>)', text, re.S) for text in (page, book)
        ]
        assert picture[0] and picture[1] and picture[0][1] == picture[1][1]


def test_all_accounts(run, stores: dict[str, str]) -> None:  # type: ignore[no-untyped-def]
    answer = json.loads(run("portfolio", "--about", "value", "--as-of", DAY, "--json", store=stores["en"])[1])
    rows = {r["name"]["en"]: r for r in answer["rows"]}
    great = rows["Wangchuan Mobile"]
    assert (great["key"], great["share"], great["gap"], great["theirs"], great["bond"]) == (
        "bad",
        14.6,
        -44.4,
        33.3,
        2,
    )
    assert great["curve_gap"] == pytest.approx(-130e6)
    assert rows["Qinghe Appliances"]["key"] == "good"


def test_a_group(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "organizations.csv").write_text(
        "name,type,us,part_of\nOurs,supplier,yes,\nGroup,customer,,\nProvince,customer,,Group\nCity,customer,,Province\n",
        "utf-8",
    )
    (tmp_path / "figures.csv").write_text(
        "company,measure,date,value,currency\nProvince,revenue,2025,20000000,CNY\nCity,revenue,2025,30000000,CNY\nCity,wallet,2025,60000000,CNY\n", "utf-8"
    )  # fmt: skip
    (tmp_path / "people.csv").write_text("name,company,level\nWei Li,Group,1\n", "utf-8")
    store = str(tmp_path / "group.db")
    with open_workspace(store, create=True) as ws:
        ws.import_([tmp_path / f"{s}.csv" for s in ("organizations", "figures", "people")], today=demo.AS_OF)
    code, text = run("value", "Group", "--tree", "--as-of", DAY, store=store)
    assert code == 0 and "Group, 3 companies: our sales of 2025 are 50 m CNY, a share of 50%" in text
    code, _ = run("value", "Group", "--tree", "--as-of", DAY, "-o", "t.html", store=store)
    page = (tmp_path / "t.html").read_text("utf-8")
    assert code == 0 and page.count('<details class="more fold"') == 2 and '<span lang="en">50</span>' in page
    code, _ = run("book", "Group", "--as-of", DAY, "-o", "b.html", store=store)
    assert code == 0 and 'id="companies"' in (tmp_path / "b.html").read_text("utf-8")
    code, text = run("value", "City", "--tree", "--as-of", DAY, store=store, lang="zh")
    assert code == 7 and "“City”下面没有公司" in text
