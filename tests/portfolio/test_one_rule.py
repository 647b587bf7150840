"""What the brief says of one account is what the portfolio's row says of it: one rule, asked twice."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from odd_stores import DAY, PERIODS, odd_records

from powermap.analysis.age import quiet, relations, stale
from powermap.analysis.alerts import KINDS, demanded
from powermap.analysis.brief import brief, wallet
from powermap.analysis.cover import told
from powermap.analysis.fragility import fragile, reach
from powermap.analysis.rules.contact import Clock
from powermap.analysis.rules.wallet import Limits
from powermap.analysis.text import call, names
from powermap.findings import Finding
from powermap.lens import Lens, look
from powermap.method import load_pack
from powermap.model import (
    Covers,
    Evidence,
    Figure,
    Interaction,
    Organization,
    Record,
    Relates,
    Snapshot,
    Stands,
)
from powermap.portfolio import Columns, scan
from powermap.portfolio.questions.cold_relations import cold_rows
from powermap.portfolio.questions.duty import account_faults
from powermap.portfolio.questions.findings import account_rows
from powermap.portfolio.questions.findings_table import names_of
from powermap.portfolio.questions.health import health_rows
from powermap.portfolio.questions.wallet import series_of, wallet_rows

PACK = load_pack()


def rich_records(seed: int) -> list[Record]:
    """Draw an odd store, with figures of units, months, currencies, categories and suppliers, and with meetings."""
    maker, records = odd_records(seed)
    rng = random.Random(seed * 7 + 1)
    pick, new = rng.choice, maker.new
    grades = ("S", "A", "B", "C", "")
    found: list[Record] = [
        replace(r, grade=pick(grades)) if isinstance(r, Organization) and r.type == "customer" else r
        for r in records
    ]
    houses = [o.id for o in found if isinstance(o, Organization) and o.type in ("customer", "unit")]
    for _ in range(60):
        month = pick((1, 1, 4, 12))
        found.append(
            Figure(
                new(),
                account=pick(houses) if houses else "nowhere",
                measure=pick(("revenue", "wallet", "wallet")),
                on=date(pick((2022, 2024, 2025, 2026)), month, 1),
                value=float(rng.randrange(1, 400)),
                currency=pick(("CNY", "CNY", "EUR")),
                category=pick(("", "pumps", "valves")),
                supplier=pick(("", "", "", "s1")),
            )
        )
    for _ in range(30):
        found.append(
            Interaction(
                new(),
                account=pick(houses) if houses else "nowhere",
                on=DAY - timedelta(days=rng.randrange(-10, 500)),
                channel=pick(("visit", "Mail", "")),
                ours=tuple(rng.sample(maker.people, 2)),
                theirs=tuple(rng.sample(maker.people, min(2, len(maker.people)))),
            )
        )
    for _ in range(25):
        a, b = pick(maker.ours), pick(maker.theirs or maker.ours)
        begun = replace(pick(PERIODS), start=pick((None, DAY - timedelta(days=rng.randrange(400)))), end=None)
        found.append(Covers(new(), a, b, begun, strength=pick((None, 0.9)), duty=pick(("owner", "deputy"))))
        seen = Evidence(on=pick((None, DAY - timedelta(days=rng.randrange(400)))))
        found.append(Stands(new(), b, maker.suppliers[0], begun, seen, attitude=pick((-1, 0, 1, 2))))
    for house in houses:
        found.append(Relates(new(), maker.suppliers[0], house, level=pick((1, 2, 3, 4))))
    if rng.random() < 0.3:
        found = [
            r for r in found if not isinstance(r, Interaction) or (r.on or DAY) < DAY - timedelta(days=170)
        ]
    return list({r.id: r for r in found}.values())


def about(lens: Lens, finding: Finding, lang: str) -> str:
    """Return a sentence without what comes before its first colon: the portfolio names the account there."""
    return finding.sentence[lang].split("：" if lang == "zh" else ": ", 1)[1]


@pytest.mark.parametrize("first", range(0, 300, 30))
def test_the_brief_is_the_portfolios_row(first: int) -> None:
    for seed in range(first, first + 30):
        snapshot = Snapshot.of(rich_records(seed))
        found = scan(Columns.from_snapshot(snapshot, PACK, DAY))
        limits = Limits.of(PACK)
        kept = series_of(snapshot, DAY.year, limits.years)[0]
        called = names_of(snapshot).__getitem__
        purse = wallet_rows(kept, found.columns.accounts, limits, called)
        cold = cold_rows(found, snapshot, Clock.of(PACK))[0]
        duties = account_faults(found, snapshot, PACK)
        health = {r["id"]: r for r in health_rows(found, snapshot, PACK)}
        access = {r["id"]: r for r in account_rows(found)}
        for number, account in enumerate(found.columns.accounts):
            lens = look(snapshot.scope(account.id), account.id, as_of=DAY, pack=PACK)
            if reach(lens).team.intersection(reach(lens).targets):
                # One of ours decides for the customer: the number of ways to oneself means nothing.
                continue
            row, said_of = health[account.id], brief(lens).findings
            by = {f.kind: f for f in said_of}
            said: dict[str, list[Finding]] = {}
            for f in said_of:
                said.setdefault(f.kind, []).append(f)

            # Wallet: the same series, and the same sentence behind the name.
            assert wallet(lens) == kept.get(account.id, [])
            alarms = [r["alarm"] for r in purse if r["id"] == account.id and r["alarm"]]
            for f in [*said.get("wallet-erosion", ()), *said.get("white-space", ())]:
                (same,) = [
                    a
                    for a in alarms
                    if (a.kind, a.value, a.topic, a.inputs, a.rule, a.urgency)
                    == (f.kind, f.value, f.topic, f.inputs, f.rule, f.urgency)
                ]
                assert all(about(lens, f, lang) == about(lens, same, lang) for lang in ("zh", "en"))
            wanted = {"erosion", "falling", "white"} & {*row["key"]}
            assert len(wanted) == len({(a.kind, a.urgency) for a in alarms})

            # Duty: each demand, whether it is red, and its words.
            missing = duties.get(number, [])
            assert [(f.kind, f.certainty.level == "certain") for f in demanded(lens)] == [
                (KINDS[m.demand][0], m.red) for m in missing
            ]
            for f, m in zip(demanded(lens), missing, strict=True):
                assert m.words.zh in f.sentence.zh and m.words.en in f.sentence.en
            assert ("duty" in row["key"]) == any(m.red for m in missing)
            reds = {f.sentence for f in demanded(lens) if f.certainty.level == "certain"}
            assert all(f.sentence in reds for kind, _, _ in KINDS.values() for f in said.get(kind, ()))

            # Contact: every relation, the day it is cold and the day by which to be in touch; and the whole account.
            mine: list[Any] = [
                (r.ours, r.theirs, str(r.contact.cold_on), str(r.contact.due_on), r.contact.key)
                for r in relations(lens)
            ]
            theirs = [
                (r["id"], r["contact_id"], r["cold_on"], r["due_on"], r["key"])
                for r in cold
                if r["account_id"] == account.id
            ]
            assert sorted(mine) == sorted(theirs)
            assert all(due <= day for *_, day, due, _ in mine)
            if "cold-contact" in by:
                assert by["cold-contact"].value == row["cold"]
            assert row["quiet"] == (quiet(lens) if lens.covers() else None)
            if "cold-account" in by:
                assert by["cold-account"].value == row["quiet"]

            # Staleness and coverage: the same people, in the same words.
            old = stale(lens)
            assert row["stale"] == (names(lens, old)._asdict() if old else None)
            if "stale-stances" in by:
                assert row["stale"]["zh"] in by["stale-stances"].sentence.zh
            (bare,) = [f for f in fragile(lens).findings if f.kind == "uncovered"] or [None]
            assert bool(bare) == bool(row["uncovered"])
            if bare:
                assert row["uncovered"] == told(lens, bare.subjects)._asdict()
                listed = names(lens, bare.subjects)
                assert listed.zh in bare.sentence.zh and listed.en in bare.sentence.en

            # Single owners and contacts: all of them.
            ways = reach(lens)
            for key, singles in (("owner", ways.single_owners), ("contact", ways.single_contacts)):
                assert sorted(w["en"] for w in access[account.id][key]) == sorted(
                    call(lens, p).en for p in singles
                )


def test_the_stores_are_rich_enough() -> None:
    """Every kind of trouble is met, else the comparison says little."""
    met: set[str] = set()
    for seed in range(60):
        snapshot = Snapshot.of(rich_records(seed))
        for row in health_rows(scan(Columns.from_snapshot(snapshot, PACK, DAY)), snapshot, PACK):
            met.update(row["key"])
    assert met >= {
        "erosion",
        "falling",
        "white",
        "duty",
        "cold",
        "quiet",
        "uncovered",
        "stale",
        "owner",
        "contact",
        "none",
    }
