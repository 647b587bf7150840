"""A number that two answers give is one number: of the demo, in both languages, account by account."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from powermap import demo
from powermap.findings import Answer, Finding
from powermap.importing import Imported
from powermap.model import accounts_of
from powermap.portfolio.questions.managed import managed
from powermap.portfolio.questions.registry import answer as over_all
from powermap.workspace import Workspace

DAY = demo.AS_OF
ACCOUNTS = {
    "zh": ("望川手机", "青禾家电", "远帆平板", "云岭穿戴"),
    "en": ("Wangchuan", "Qinghe", "Yuanfan", "Yunling"),
}


Imports = dict[str, tuple[Workspace, Imported]]


@pytest.fixture(params=["zh", "en"])
def shop(request: pytest.FixtureRequest, imported: Imports) -> tuple[str, Workspace]:
    """The store with the demo of one language."""
    return request.param, imported[request.param][0]


def of_kind(answer: Answer, *kinds: str) -> list[Finding]:
    return [f for f in answer.findings if f.kind in kinds]


def number(text: str, pattern: str) -> int:
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


def test_who_owns_nothing_and_who_is_key(shop: tuple[str, Workspace]) -> None:
    lang, ws = shop
    with ws.records() as records:
        duty = over_all(ws.portfolio(as_of=DAY), "duty", records, ws.pack)
    for name in ACCOUNTS[lang]:
        view = ws.account(name).lens(as_of=DAY)
        house, keys, brief = (view.ask(q) for q in ("house", "keys", "brief"))
        pillars = [r for r in house.rows if r["part"]["en"].startswith("pillar")]
        assert [r["id"] for r in keys.rows] == [r["id"] for r in pillars]
        bare = [r for r in pillars if not r["owners"]]
        told = [f for f in house.findings if f.kind == "house-owner"]
        assert sum(s in {r["id"] for r in pillars} for f in told for s in f.subjects) == len(bare)
        mine = [r for r in duty.rows if r.get("account_id") == view.lens.account.id]
        words = [str(r["missing"]) for r in mine if "没有负责人" in str(r.get("missing"))]
        score = view.ask("scorecard").findings
        if words:
            assert number(words[0], r"等 (\d+) 个") in (0, len(bare))
            assert any("没有负责人" in f.sentence.zh for f in score)
            said = [f for f in of_kind(brief, "key-relation") if "没有负责人" in f.sentence.zh]
            assert [f.value for f in said] in ([], [len(bare)])
        else:
            assert not [f for f in score if "没有负责人" in f.sentence.zh]


def test_what_is_overdue(shop: tuple[str, Workspace]) -> None:
    lang, ws = shop
    with ws.records() as records:
        scan = ws.portfolio(as_of=DAY)
        todo, reviews = (over_all(scan, q, records, ws.pack) for q in ("todo", "review"))
        house = over_all(scan, "house", records, ws.pack)
        every = {o.id for o in accounts_of(records)}
        within = {o.id for o in managed(records)}
    total = 0
    for name in ACCOUNTS[lang]:
        view = ws.account(name).lens(as_of=DAY)
        ident = view.lens.account.id
        rows = [r for r in todo.rows if r["account_id"] == ident]
        if ident not in within:
            assert not rows
            continue
        late = [r for r in rows if r["late"]]
        bare = [r for r in rows if not r["owner"]]
        total += len(late)
        row = next(r for r in reviews.rows if r["account_id"] == ident)
        assert (row["overdue"], row["unowned"]) == (len(late), len(bare))
        assert number(view.ask("review").findings[0].sentence.zh, r"逾期 (\d+) 件") == len(late)
        plan = {
            r["what"]["en"]: r["detail"]["en"] for r in view.ask("plan").rows if r["chapter"]["en"][0] == "4"
        }
        assert [number(plan[k], r"^(\d+)") for k in ("Overdue", "Nobody owns")] == [len(late), len(bare)]
        assert plan["Goals met"] == row["goals"] and plan["Actions on time"] == row["on_time"]
    assert number(todo.findings[0].sentence.zh, r"(\d+) 件逾期") == total == reviews.findings[0].value
    # Whoever is not managed is counted and named, never just away.
    for answer in (house, reviews, todo):
        assert answer.notes[0].en.startswith(f"{len(every - within)} of {len(every)} accounts left out")


def test_who_is_unproven(shop: tuple[str, Workspace]) -> None:
    lang, ws = shop
    for name in ACCOUNTS[lang]:
        view = ws.account(name).lens(as_of=DAY)
        answers = {q: view.ask(q) for q in ("attitudes", "brief", "house", "plan", "show")}
        told = [f.subjects for f in of_kind(answers["attitudes"], "unproven-attitude")]
        brief = [f.subjects for f in of_kind(answers["brief"], "unproven-attitude")]
        assert brief in ([], told), "brief has room for a dozen findings only"
        people = set(*told) if told else set()
        marked = {r["id"] for r in answers["attitudes"].rows if "unproven" in r["mark"]["en"]}
        assert marked == people
        pillars = [r for r in answers["house"].rows if r["part"]["en"].startswith("pillar")]
        assert {r["id"] for r in pillars if "unproven" in r["level"]["en"]} == people & {
            r["id"] for r in pillars
        }
        left = number(answers["attitudes"].notes[0].en, r"^(\d+)") if answers["attitudes"].notes else 0
        assert len(answers["attitudes"].rows) + left == len(view.lens.seats) == len(answers["show"].rows)


def test_shares_and_weights(shop: tuple[str, Workspace]) -> None:
    lang, ws = shop
    for name in ACCOUNTS[lang]:
        view = ws.account(name).lens(as_of=DAY)
        rows = {r["id"]: r for r in view.ask("qualify").rows}
        share = next((f.value for f in view.ask("compare").findings if f.kind == "influence-share"), None)
        said = rows["C139-influence"]["what"]["zh"]
        if "我方" in said:
            assert number(said, r"我方 (\d+)") in (
                int(100 * share[view.lens.supplier.id]),
                round(100 * share[view.lens.supplier.id]),
            )
        weights = {r["id"]: r["weight"] for r in view.ask("keys").rows if r["weight"]}
        invited = {r["id"]: round(r["weight"]) for r in view.ask("invite").rows if r["weight"]}
        assert weights == invited or set(weights) - set(invited)
        unread = any(f.kind == "rule-fault" for f in view.ask("decides").findings)
        clear = rows["C139-rule"]["state"]["en"] == "clear"
        assert clear == (bool(view.lens.deal and view.lens.deal.rule) and not unread)
        late = view.ask("review", DAY - timedelta(days=30))
        done = number(late.findings[0].sentence.zh, r"完成行动 (\d+) 项")
        assert done == sum(r["state"]["en"] in ("on time", "late") for r in late.rows)
