"""What a manager reads first of an account: never better than the worst of what is known, and everybody it hangs on."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from small_store import DAY, Store

from powermap.analysis.brief import brief
from powermap.lens import look
from powermap.method import load_pack
from powermap.portfolio import answer, render


def page(s: Store, *questions: str) -> dict[str, Any]:
    scan = s.scan()
    text = render(scan, "en", [answer(scan, q, s.snapshot()) for q in questions])
    found = re.search(r'id="data">(.*?)</script>', text)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def dying() -> Store:
    """Two ways to Boss, so no single point; not met for 398 days, and the share falls from 70 to 40 % (method M4)."""
    s = Store()
    s.ours("Ann", "Ben")
    s.account("Tablets", Boss=1)
    s.covers("Ann>Boss", "Ben>Boss")
    s.met("Tablets", date(2025, 8, 28), "Ann", "Boss")
    for year, ours, spend in ((2023, 70, 100), (2025, 60, 150)):
        s.figure("Tablets", "revenue", year, ours, "chargers")
        s.figure("Tablets", "wallet", year, spend, "chargers")
    return s


def test_no_single_point_is_called_that_and_the_dot_is_red() -> None:
    s = dying()
    (row,) = answer(s.scan(), "accounts").rows
    assert row["state"] == {"zh": "无单点", "en": "no single point"}
    (health,) = answer(s.scan(), "health", s.snapshot()).rows
    assert health["key"] == ("quiet", "falling", "cold") and health["gravity"] == 3
    assert health["reasons"]["zh"] == "久无往来；销售、份额都跌；关系变冷"
    data = page(s, "health")
    shown = dict(zip(data["fields"], data["accounts"][0], strict=True))
    assert shown["gravity"] == 3
    assert [data["troubles"][i][1] for i in shown["reasons"]] == [
        "long without contact",
        "sales and share down",
        "relations gone cold",
    ]
    # Without the records only the access is known.
    bare = page(s)
    assert dict(zip(bare["fields"], bare["accounts"][0], strict=True))["gravity"] == 0


def test_both_single_owners_are_named_everywhere() -> None:
    """Boss hangs on Ann, Chief on Ben."""
    s = Store()
    s.ours("Ann", "Ben")
    s.account("Watches", 10.0, Boss=1, Chief=1)
    s.covers("Ann>Boss", "Ben>Chief")
    scan = s.scan()
    table = answer(scan, "accounts")
    (row,) = table.rows
    assert table.cell(row, "owner", "en") == "Ann, Ben" and table.cell(row, "owner", "zh") == "Ann、Ben"
    data = page(s)
    shown = dict(zip(data["fields"], data["accounts"][0], strict=True))
    assert [data["owners"][i][0] for i in shown["owner"]] == ["Ann", "Ben"]
    (repair,) = answer(scan, "repairs", s.snapshot()).rows
    assert [w["en"] for w in repair["hangs"]] == ["Ann", "Ben"]
    lens = look(s.snapshot(), "Watches", as_of=DAY, pack=load_pack())
    told = [f.subjects[0] for f in brief(lens).findings if f.kind == "single-owner"]
    assert sorted(told) == ["Ann", "Ben"]


def test_the_trend_shows_its_last_number() -> None:
    s = dying()
    table = answer(s.scan(), "wallet", s.snapshot())
    (row,) = table.rows
    assert "share" in [c.key for c in table.columns] and table.cell(row, "share", "en") == "40"
    assert row["shares"].endswith("→ 40")


def test_an_account_that_nobody_covers_is_not_called_quiet() -> None:
    """That nobody has been there for 400 days is no news where nobody covers it."""
    s = Store()
    s.ours("Ann")
    s.account("A", Boss=1)
    s.met("A", date(2025, 8, 1), "Ann", "Boss")
    (row,) = answer(s.scan(), "health", s.snapshot()).rows
    assert (row["key"], row["quiet"]) == (("none", "uncovered"), None)
