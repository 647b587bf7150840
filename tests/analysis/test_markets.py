"""Markets above accounts, what changed since a day, leads that a visit found: typed in, and told where they belong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

import powermap as pm
from powermap.analysis.insight import insight, of_markets
from powermap.analysis.markets import holds
from powermap.analysis.needs import needs
from powermap.cli.app import app
from powermap.importing import Imported
from powermap.model import Organization
from powermap.portfolio import answer as ask_all
from powermap.workspace import Workspace

DAY = date(2026, 9, 30)
HOUSES = """Name,Type,Us,Grade,Industry,Region
Acme,customer,,C,phones,South
Borealis,customer,,A,phones,North
Cobalt,customer,,A,tools,South
Ourselves,supplier,yes,,,
Phones of the South,market,,,phones,South
All phones,market,,,phones,
"""
PEOPLE = "Name,Company,Level\nAda Park,Acme,1\nOlga Ours,Ourselves,\n"
SAID = """Company,Item,Score,Words,Date
Phones of the South,look macro,,prices fall,2026-05-01
Phones of the South,growability,7,exports grow,2026-05-01
All phones,force rivals,8,a price war,2024-05-01
Acme,their strategy,,go abroad,2026-05-01
"""
DEALS = "Name,Company,Horizon,Value,Currency\nNew dock,Acme,mid,5000000,CNY\n"
MEETINGS = "Company,Date,Channel,Ours,Theirs,Purpose\nAcme,2026-09-09,visit,Olga Ours,Ada Park,they think of a New dock\nAcme,2026-08-01,visit,Olga Ours,Ada Park,hello\n"


def take(ws: Workspace, folder: Path, **sheets: str) -> Imported:
    files = []
    for name, text in sheets.items():
        path = folder / f"{name}.csv"
        path.write_text(text, "utf-8")
        files.append(path)
    return ws.import_(files, today=DAY)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    made = pm.open(tmp_path / "power.db", create=True)
    done = take(
        made,
        tmp_path,
        organizations=HOUSES,
        people=PEOPLE,
        deals=DEALS,
        interactions=MEETINGS,
        assessments=SAID,
    )
    assert done.receipt, done.plan.problems
    return made


def briefed(ws: Workspace, name: str) -> dict[str, dict[str, object]]:
    lens = ws.account(name).lens(as_of=DAY).lens
    with ws.records() as records:
        return {r["what"]["en"]: dict(r) for r in insight(lens, market=of_markets(records, lens)).rows}


def test_what_is_said_of_a_market_holds_for_its_customers_alone(ws: Workspace) -> None:
    with ws:
        acme, borealis, cobalt = (briefed(ws, n) for n in ("Acme", "Borealis", "Cobalt"))
    south = [w for w in acme if w.startswith("Phones of the South")]
    assert len(south) == 2 and any("prices fall" in str(acme[w]["said"]) for w in south)
    every = [w for w in acme if w.startswith("All phones")]
    assert len(every) == 1 and acme[every[0]]["state"] == {"zh": "过期", "en": "out of date"}
    assert [w for w in borealis if "phones" in w.lower()] == every
    assert not [w for w in cobalt if "hones" in w]


@pytest.mark.parametrize(
    ("region", "industry", "fits"),
    [
        ("South", "phones", True),
        ("south ", "", True),
        ("", "Phones", True),
        ("North", "phones", False),
        ("", "", False),
    ],
)
def test_a_market_is_the_region_and_the_industry_that_it_names(
    region: str, industry: str, fits: bool
) -> None:
    market = Organization("m", name="M", type="market", region=region, industry=industry)
    assert holds(market, Organization("a", name="A", region="South", industry="phones")) is fits


def test_headquarters_see_a_market_above_its_accounts(ws: Workspace) -> None:
    with ws, ws.records() as records:
        found = ask_all(ws.portfolio(as_of=DAY), "insight", records, ws.pack)
    names = [r["name"]["en"] for r in found.rows]
    assert names.index("Phones of the South (market)") == names.index("Acme") - 1
    row = found.rows[names.index("Phones of the South (market)")]
    assert row["growability"] == 7 and "macro" not in row["lacks"]["en"] and "rivals" in row["lacks"]["en"]
    assert "2 markets" in found.findings[0].sentence.en


@pytest.mark.parametrize(
    ("row", "code", "near"),
    [
        ("Odd,market,,,,", "market-of-nothing", ""),
        ("Odd,market,,,phone,South", "market-of-nobody", "phones"),
        ("Odd,market,,,,Sooth", "market-of-nobody", "South"),
    ],
)
def test_a_market_of_nobody_is_told_with_what_was_meant(
    ws: Workspace, tmp_path: Path, row: str, code: str, near: str
) -> None:
    with ws:
        done = take(ws, tmp_path, organizations=f"Name,Type,Us,Grade,Industry,Region\n{row}\n")
    assert [p.code for p in done.plan.problems] == [code]
    assert near in done.plan.problems[0].suggestion


def test_a_market_goes_there_and_back(ws: Workspace, tmp_path: Path) -> None:
    with ws:
        first = briefed(ws, "Acme")
        undone = take(ws, tmp_path, organizations=HOUSES).plan
        assert not undone.changes
    assert any(w.startswith("Phones of the South") for w in first)


def test_a_need_that_a_visit_named_is_a_lead(ws: Workspace) -> None:
    with ws:
        found = needs(ws.account("Acme").lens(as_of=DAY).lens)
        pool = ask_all(ws.portfolio(as_of=DAY), "needs", ws.snapshot(), ws.pack)
    (row,) = found.rows
    assert row["finder"]["en"] == "lead: Olga Ours (met Ada Park, 2026-09-09)"
    assert "1 lead" in pool.findings[0].sentence.en


def test_what_changed_since_a_day(ws: Workspace, tmp_path: Path) -> None:
    with ws:
        more = "Company,Item,Score,Words,Date\nAcme,their strategy,,stay at home,2026-08-01\nAcme,their vision,,be first,2026-08-02\n"
        assert take(ws, tmp_path, assessments=more).receipt
        lens = ws.account("Acme").lens(as_of=DAY).lens
        found = insight(lens, date(2026, 7, 1))
        rows = {r["what"]["en"]: r for r in found.rows}
    changed = next(r for w, r in rows.items() if "strategy" in w)
    assert changed["before"]["en"] == "go abroad" and changed["state"]["en"] == "changed"
    assert "Since 2026-07-01: 1 new, 1 changed" in found.findings[1].sentence.en
    assert not any("Since" in f.sentence.en for f in insight(lens).findings)


@pytest.mark.parametrize("suffix", ["xlsx", "html", "txt", "pptx"])
def test_the_pack_for_headquarters_holds_markets_and_briefings(
    ws: Workspace, tmp_path: Path, suffix: str
) -> None:
    ws.close()
    target = tmp_path / f"pack.{suffix}"
    more = ["--store", str(tmp_path / "power.db"), "--as-of", str(DAY), "--lang", "en"]
    done = CliRunner().invoke(app, ["export", "--insight", "-o", str(target), *more])
    assert done.exit_code == 0, done.output
    if suffix in ("html", "txt"):
        text = target.read_text("utf-8")
        assert all(w in text for w in ("Phones of the South (market)", "prices fall", "go abroad"))
    alone = CliRunner().invoke(app, ["export", "Cobalt", "--insight", "-o", str(tmp_path / "one.txt"), *more])
    assert alone.exit_code == 0 and "prices fall" not in (tmp_path / "one.txt").read_text("utf-8")
