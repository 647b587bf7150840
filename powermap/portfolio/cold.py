"""Relations gone cold or going cold: strength halves with every half-life without a meeting of the two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, log2
from typing import Any

import numpy as np

from powermap.analysis.text import CERTAIN, OPEN, plural
from powermap.findings import Answer, Finding, Rule, Words
from powermap.method import Pack
from powermap.model import Covers, Interaction, Snapshot
from powermap.portfolio.columns import OURS, THEIRS
from powermap.portfolio.findings import NOTICE, money
from powermap.portfolio.framing import frame
from powermap.portfolio.homes import homes
from powermap.portfolio.scanning import Scan

COLUMNS = (
    ("cold_on", "变冷日期", "Cold on"),
    ("name", "客户", "Account"),
    ("grade", "等级", "Grade"),
    ("relation", "关系", "Relation"),
    ("last", "最近见面", "Last met"),
    ("strength", "原强度", "Strength then"),
    ("now", "现强度", "Strength now"),
    ("state", "状态", "State"),
    ("revenue", "销售额", "Revenue"),
)
STATES = {
    "cold": Words("已变冷", "cold"),
    "soon": Words("将变冷", "going cold"),
    "warm": Words("尚好", "warm"),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """Half-lives in days by grade, the strength below which a relation is cold, and how many days ahead to look."""

    half_life: Mapping[str, float]
    threshold: float
    soon: int

    @classmethod
    def of(cls, pack: Pack) -> Clock:
        """Read it from the rule pack."""
        numbers = pack.topic("portfolio")["cold"]
        lives = {g: float(numbers[g or "none"]) for g in ("S", "A", "B", "C", "")}
        return cls(lives, float(numbers["threshold"]), int(numbers["soon"]))

    def strength(self, strength: float, grade: str, days: int) -> float:
        """Return what is left of a strength after so many days."""
        return float(strength * 2.0 ** (-days / self.half_life[grade]))

    def cold_on(self, strength: float, grade: str, since: date) -> date:
        """Return the first day on which the strength lies below the threshold; the day itself if it did from the start."""
        if strength < self.threshold:
            return since
        days = self.half_life[grade] * log2(strength / self.threshold)
        whole = ceil(days - 1e-9)
        # On the very day of reaching the threshold it isn't below yet.
        return since + timedelta(days=whole + 1 if abs(whole - days) < 1e-9 else whole)


def last_meetings(records: Snapshot, as_of: date) -> dict[tuple[str, str, str], date]:
    """Return (account, our person, their person) -> the last day on which both took part in an interaction."""
    home = homes(records)
    found: dict[tuple[str, str, str], date] = {}
    for event in records.all(Interaction):
        if event.on is None or event.on > as_of:
            continue
        for account in home.get(event.account, ()):
            for a in event.ours:
                for b in event.theirs:
                    key = account, a, b
                    found[key] = max(event.on, found.get(key, event.on))
    return found


def cold_rows(scan: Scan, records: Snapshot, clock: Clock) -> tuple[list[dict[str, Any]], int]:
    """One row for each relation that has a day to count from, first to go cold first; and how many have none."""
    c = scan.columns
    met = last_meetings(records, c.as_of)
    start = {
        (t.src, t.dst): t.period.start
        for t in records.all(Covers)
        if t.period.start is not None and t.period.holds(c.as_of)
    }
    rows, undated = [], 0
    for arc in np.flatnonzero((c.side[c.src] == OURS) & (c.side[c.dst] == THEIRS)).tolist():
        account = c.accounts[c.block[c.src[arc]]]
        (a, who), (b, whom) = (c.people[c.person[n]] for n in (c.src[arc], c.dst[arc]))
        last = met.get((account.id, a, b))
        since = max((d for d in (last, start.get((a, b))) if d is not None), default=None)
        if since is None:
            undated += 1
            continue
        strength = float(c.strength[arc])
        cold_on = clock.cold_on(strength, account.grade, since)
        ahead = (cold_on - c.as_of).days
        key = "cold" if ahead <= 0 else "soon" if ahead <= clock.soon else "warm"
        rows.append(
            {
                "id": a,
                "account": account.id,
                "contact": b,
                "cold_on": cold_on.isoformat(),
                "name": account.name._asdict(),
                "grade": account.grade,
                "relation": {"zh": f"{who.zh} → {whom.zh}", "en": f"{who.en} → {whom.en}"},
                "last": last.isoformat() if last else None,
                "strength": round(strength, 2),
                "now": round(clock.strength(strength, account.grade, (c.as_of - since).days), 3),
                "key": key,
                "state": STATES[key]._asdict(),
                "revenue": account.revenue,
                "currency": account.currency,
            }
        )
    rows.sort(
        key=lambda r: (r["cold_on"], -(r["revenue"] or 0), r["name"]["en"], r["relation"]["en"], r["id"])
    )
    return rows, undated


def answer(scan: Scan, records: Snapshot, pack: Pack) -> Answer:
    """Answer which relations have gone cold, which are about to, and when."""
    clock = Clock.of(pack)
    rows, undated = cold_rows(scan, records, clock)
    life = clock.half_life
    rule = Rule(
        "half-life",
        Words(
            f"强度 × 2^(−未见面天数 ÷ 半衰期)，半衰期按等级：S {life['S']:g}、A {life['A']:g}、B {life['B']:g}、C {life['C']:g}、无等级 {life['']:g} 天；"
            f"低于 {clock.threshold:g} 即变冷；从双方最近一次共同往来算起，没有往来的从关系开始日期算起",
            f"strength × 2^(−days without a meeting ÷ half-life); half-life by grade: S {life['S']:g}, A {life['A']:g}, B {life['B']:g}, C {life['C']:g}, none {life['']:g} days; "
            f"cold below {clock.threshold:g}; counted from the last interaction of the two, else from the start of the relation",
        ),
    )
    cold, soon = ([r for r in rows if r["key"] == key] for key in ("cold", "soon"))
    held = {r["account"]: r["revenue"] for r in cold if r["currency"] == scan.currency and r["revenue"]}
    zh = f"{len(rows)} 条有日期可算的关系中，{len(cold)} 条已变冷，{len(soon)} 条将在 {clock.soon} 天内变冷"
    en = f"Of {plural(len(rows), 'relation')} with a day to count from, {len(cold)} have gone cold and {len(soon)} will within {clock.soon} days"
    if not rows:
        zh = "没有一条关系有双方的往来或开始日期，算不出何时变冷"
        en = "No relation has a meeting of the two or a start, so it can't be said when it goes cold"
    if held:
        worth = money(sum(held.values()), scan.currency)
        zh += f"；已变冷的关系所在客户的销售额 {worth.zh}"
        en += f"; the accounts with cold ones bring {worth.en}"
    sure, urgency = CERTAIN if rows else OPEN, 2 if cold else 0 if rows else 1
    words = Words(zh + "。", en + ".")
    found = [Finding("cold", (), len(cold), rule, words, sure, (), "relations", urgency)]
    for row in soon[:3]:
        name, arrow = Words(**row["name"]), Words(**row["relation"])
        words = Words(
            f"{name.zh}：{arrow.zh} 将在 {row['cold_on']} 变冷，在此之前见一面。",
            f"{name.en}: {arrow.en} goes cold on {row['cold_on']}: meet before.",
        )
        subjects = (row["id"], row["contact"])
        found.append(Finding("going-cold", subjects, row["cold_on"], rule, words, CERTAIN, (), "date", 1))
    notes = [NOTICE]
    if undated:
        notes.append(
            Words(
                f"{undated} 条覆盖关系既没有双方的往来，也没有开始日期：请补“往来”表（日期、我方人员、客户人员），或在“关系”表填开始日期。",
                f"{plural(undated, 'relation')} without a meeting of the two or a start: bring the sheet interactions (date, ours, theirs), or give the start (since) in the sheet ties.",
            )
        )
    return frame(scan, "cold", COLUMNS, rows, found, notes)
