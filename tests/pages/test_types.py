"""What Python writes into a page is what its types.d.ts tells the script."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from powermap import resources
from powermap.maps import render as render_map
from powermap.model import Snapshot
from powermap.portfolio.export.page import render as render_portfolio

TESTS = Path(__file__).parents[1]


def fields(page: str, interface: str) -> tuple[set[str], set[str]]:
    """Return the names that an interface needs, and those it allows besides."""
    text = resources.text("viz", f"src/{page}/types.d.ts")
    found = re.search(
        rf"^(?:export )?interface {interface}\b[^{{]*\{{\n(.*?)^\}}", text, re.MULTILINE | re.DOTALL
    )
    assert found is not None, interface
    names = re.findall(r"^  (\w+)(\??):", found[1], re.MULTILINE)
    return {n for n, free in names if not free}, {n for n, free in names if free}


def data(text: str, ident: str) -> Any:
    found = re.search(rf'id="{ident}">(.*?)</script>', text)
    assert found is not None
    return json.loads(found[1])


def check(page: str, interface: str, *held: Any) -> None:
    needed, free = fields(page, interface)
    assert held
    for each in held:
        assert needed <= set(each) <= needed | free, (interface, set(each) ^ needed)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for room in ("maps", "portfolio"):
        monkeypatch.syspath_prepend(str(TESTS / room))


def test_the_map(elsewhere: None) -> None:
    from invented import records, view

    found = records(25, past=True)
    model = data(render_map(view(found), whole=Snapshot.of(found)), "model")
    needed = fields("map", "Facts")[0] | fields("map", "Written")[0]
    assert set(model) == needed
    check("map", "Camp", *model["camps"])
    check("map", "TeamMember", *(m for c in model["camps"] for m in c["team"]))
    check("map", "Person", *model["people"].values())
    check("map", "Link", *model["links"])
    check("map", "Step", *model["steps"])
    check("map", "Time", *model["times"])
    standings = [s for t in model["times"] for people in t["standings"].values() for s in people.values()]
    check("map", "Standing", *standings)
    check("map", "Evidence", *(s["evidence"] for s in standings if "evidence" in s))


def test_the_portfolio(elsewhere: None) -> None:
    from test_portfolio_page import DAY, Columns, further, load_pack, random_store, scan

    records = random_store(3, 40)
    found = scan(Columns.from_snapshot(records, load_pack(), DAY))
    held = data(render_portfolio(found, "en", further(found, records)), "data")
    check("portfolio", "Written", held)
    check("portfolio", "Table", *held["tables"])
    assert set(held["fields"]) == fields("portfolio", "Account")[0]
