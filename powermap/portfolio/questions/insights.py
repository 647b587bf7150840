"""Headquarters' view of insight (M46, M124): which accounts have what of the briefing, what is out of date, how many rounds were made."""

from __future__ import annotations

from datetime import date
from typing import Any

from powermap.analysis.insight import COLUMNS as BRIEFING
from powermap.analysis.insight import RULE, done_rounds, insight, judged, of_markets, sections
from powermap.analysis.judgements import judgements
from powermap.analysis.markets import markets, statements
from powermap.analysis.text import CERTAIN, join, plural
from powermap.findings import Answer, Finding
from powermap.lens import Lens
from powermap.method import Pack
from powermap.model import Organization, Records, accounts_of
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.questions.findings_table import frame
from powermap.portfolio.questions.managed import lenses
from powermap.words import Words, both, by_language

COLUMNS = (
    ("industry", "行业", "Industry"),
    ("region", "区域", "Region"),
    ("grade", "等级", "Grade"),
    ("name", "客户", "Account"),
    ("has", "已有", "Has"),
    ("lacks", "还缺", "Lacks"),
    ("growability", "可成长性", "Growability"),
    ("bargaining", "议价能力", "Bargaining power"),
    ("stale", "过期", "Out of date"),
    ("rounds", "本季几轮", "Rounds"),
    ("last", "最近一次", "Last"),
)


def answer(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Answer which accounts have what insight, and what of it is out of date; accounts of one market stand together."""
    day = scan.columns.as_of
    found = [_row(lens) for lens in lenses(records, pack, day, list(accounts_of(records)))]
    above = [_market_row(records, market, day, pack) for market in markets(records)]
    bare = [r for r in found if not r["count"]]
    old = [r for r in (*above, *found) if r["stale"]]
    count = len(found)
    found += above
    grades = list(pack.grades)
    found.sort(
        key=lambda r: (
            r["industry"] or "",
            r["region"] or "",
            not r["market"],
            grades.index(r["grade"]) if r["grade"] in grades else len(grades),
            str(r["name"]["en"]),
        )
    )
    told = Words(
        f"，{len(above)} 个市场" if above else "", f", {plural(len(above), 'market')}" if above else ""
    )
    words = Words(
        f"{count} 个客户{told.zh}，{count - len(bare)} 个客户有洞察，{len(old)} 个有过期的。",
        f"{plural(count, 'account')}{told.en}, {count - len(bare)} accounts with insight, {len(old)} with some that is out of date.",
    )
    finding = Finding(
        kind="insights", subjects=tuple(r["id"] for r in old[:20]), value=count - len(bare), rule=RULE, sentence=words,
        certainty=CERTAIN, urgency=1 if old or bare else 0,
    )  # fmt: skip
    return frame(scan, "insight", COLUMNS, found, [finding])


def briefings(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Return the briefings of all accounts one below the other: what the front line hands to headquarters (M124)."""
    rows = []
    for lens in lenses(records, pack, scan.columns.as_of, list(accounts_of(records))):
        name = by_language(lens.account.name, lens.account.name_alt)._asdict()
        told = insight(lens, market=of_markets(records, lens))
        rows += [{**row, "account_id": lens.account.id, "name": name} for row in told.rows]
    return frame(scan, "briefings", (("name", "客户", "Account"), *BRIEFING), rows)


def _market_row(records: Records, market: Organization, day: date, pack: Pack) -> dict[str, Any]:
    """Return a market as the row above its accounts: what was said of it, and what nobody has said (M119)."""
    told = statements(records, market, day, pack)
    scores = {a.item: a.score for a, _ in told}
    first = pack.topic("insight")["section"][0]
    lacks = [pack.items[i].words for i in first["items"] if i in pack.items and i not in scores]
    days = [a.on for a, _ in told if a.on]
    name = by_language(market.name, market.name_alt)
    return {
        "id": market.id,
        "market": True,
        "industry": market.industry or None,
        "region": market.region or None,
        "grade": "",
        "name": Words(f"{name.zh}（市场）", f"{name.en} (market)")._asdict(),
        "has": join([pack.items[a.item].words for a, _ in told], len(told))._asdict()
        if told
        else both("")._asdict(),
        "lacks": join(lacks, len(lacks))._asdict() if lacks else both("")._asdict(),
        "count": len(told),
        "growability": scores.get("growability"),
        "bargaining": scores.get("bargaining"),
        "stale": sum(old for _, old in told) or None,
        "rounds": None,
        "last": max(days).isoformat() if days else None,
    }


def _row(lens: Lens) -> dict[str, Any]:
    told, parts = judged(lens), sections(lens)
    asked = {row["key"] for row in lens.pack.topic("insight")["section"] if row["items"]}
    has = {x.section for x in told}
    scores = {j.item.key: j.record.score for j in judgements(lens, "insight")}
    days = [x.on for x in told if x.on]

    def say(keys: set[str]) -> dict[str, str]:
        return join([parts[k] for k in parts if k in keys & asked], len(parts))._asdict()

    return {
        "id": lens.account.id,
        "account_id": lens.account.id,
        "market": False,
        "industry": lens.account.industry or None,
        "region": lens.account.region or None,
        "grade": lens.account.grade,
        "name": by_language(lens.account.name, lens.account.name_alt)._asdict(),
        "has": say(has),
        "lacks": say(asked - has),
        "count": len(told),
        "growability": scores.get("growability"),
        "bargaining": scores.get("bargaining"),
        "stale": sum(x.stale for x in told) or None,
        "rounds": len(done_rounds(lens)),
        "last": max(days).isoformat() if days else None,
    }
