"""Relations gone cold or going cold: strength halves with every half-life in which the two aren't in touch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, log2
from typing import Any

import numpy as np

from powermap.analysis.text import CERTAIN, OPEN, plural
from powermap.findings import Answer, Finding, Rule
from powermap.method import Pack
from powermap.model import Covers, Interaction, Records
from powermap.portfolio.columns import OURS, THEIRS
from powermap.portfolio.findings import NOTICE, money
from powermap.portfolio.framing import frame
from powermap.portfolio.homes import homes
from powermap.portfolio.levels import node_levels
from powermap.portfolio.scanning import Scan
from powermap.words import Words

COLUMNS = (
    ("cold_on", "变冷日期", "Cold on"),
    ("name", "客户", "Account"),
    ("grade", "等级", "Grade"),
    ("relation", "关系", "Relation"),
    ("last", "最近往来", "Last in touch"),
    ("due_on", "应再见面", "Meet again by"),
    ("now", "当前强度", "Strength now"),
    ("state", "状态", "State"),
    ("revenue", "销售额", "Revenue"),
)
STATES = {
    "cold": Words("已变冷", "cold"),
    "soon": Words("将变冷", "going cold"),
    "warm": Words("正常", "warm"),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """Half-lives in days by grade, the strength below which a relation is cold, and how many days ahead to look.

    `cadence` is days from one meeting to the next by the level of whom we meet; channels `apart` (mails, calls)
    keep a relation warm but are no meeting.
    """

    half_life: Mapping[str, float]
    threshold: float
    soon: int
    cadence: Mapping[int, int]
    apart: frozenset[str]

    @classmethod
    def of(cls, pack: Pack) -> Clock:
        """Read it from the rule pack."""
        numbers = pack.topic("portfolio")["cold"]
        cadence = {int(k): int(v) for k, v in pack.topic("portfolio")["cadence"].items()}
        apart = frozenset(w.casefold() for w in pack.topic("portfolio")["duty"]["not_met"])
        lives = {g: float(numbers[g or "none"]) for g in ("S", "A", "B", "C", "")}
        return cls(lives, float(numbers["threshold"]), int(numbers["soon"]), cadence, apart)

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


def last_together(
    records: Records, as_of: date, apart: frozenset[str] = frozenset()
) -> dict[tuple[str, str, str], date]:
    """Return (account, our person, their person) -> the last day of an interaction of both; channels `apart` don't count."""
    home = homes(records)
    found: dict[tuple[str, str, str], date] = {}
    for event in records.all(Interaction):
        if event.on is None or event.on > as_of or event.channel.casefold() in apart:
            continue
        for account in home.get(event.account, ()):
            for a in event.ours:
                for b in event.theirs:
                    key = account, a, b
                    found[key] = max(event.on, found.get(key, event.on))
    return found


def cold_rows(scan: Scan, records: Records, clock: Clock) -> tuple[list[dict[str, Any]], int]:
    """One row for each relation that has a day to count from, first to go cold first; and how many have none."""
    c, people = scan.columns, tuple(scan.columns.people)
    met, level = last_together(records, c.as_of), node_levels(c, records)
    anybody: dict[tuple[str, str], date] = {}
    for (account_id, _, contact), day in last_together(records, c.as_of, clock.apart).items():
        key_of = account_id, contact
        anybody[key_of] = max(day, anybody.get(key_of, day))
    start = {
        (t.src, t.dst): t.period.start
        for t in records.all(Covers)
        if t.period.start is not None and t.period.holds(c.as_of)
    }
    rows, undated = [], 0
    for arc in np.flatnonzero((c.side[c.src] == OURS) & (c.side[c.dst] == THEIRS)).tolist():
        account = c.accounts[c.block[c.src[arc]]]
        (a, who), (b, whom) = (people[c.person[n]] for n in (c.src[arc], c.dst[arc]))
        last = met.get((account.id, a, b))
        since = max((d for d in (last, start.get((a, b))) if d is not None), default=None)
        if since is None:
            undated += 1
            continue
        wait = clock.cadence.get(level.get(int(c.dst[arc]), 0))
        seen = anybody.get((account.id, b))
        due_on = None if wait is None or seen is None else seen + timedelta(days=wait)
        strength = float(c.strength[arc])
        cold_on = clock.cold_on(strength, account.grade, since)
        ahead = (cold_on - c.as_of).days
        key = "cold" if ahead <= 0 else "soon" if ahead <= clock.soon else "warm"
        rows.append(
            {
                "id": a,
                "account_id": account.id,
                "contact": b,
                "cold_on": cold_on.isoformat(),
                "name": account.name._asdict(),
                "grade": account.grade,
                "relation": {"zh": f"{who.zh} → {whom.zh}", "en": f"{who.en} → {whom.en}"},
                "last": last.isoformat() if last else None,
                "due_on": due_on.isoformat() if due_on else None,
                "overdue": due_on is not None and due_on < c.as_of,
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


def _cadence(clock: Clock) -> str:
    return ", ".join(f"{level}: {days}" for level, days in sorted(clock.cadence.items()))


def answer(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Answer which relations have gone cold, which are about to, and when."""
    clock = Clock.of(pack)
    rows, undated = cold_rows(scan, records, clock)
    life = clock.half_life
    rule = Rule(
        "half-life",
        Words(
            f"强度 × 2^(−未往来天数 ÷ 半衰期)，半衰期按等级：S {life['S']:g}、A {life['A']:g}、B {life['B']:g}、C {life['C']:g}、无等级 {life['']:g} 天；"
            f"低于 {clock.threshold:g} 即变冷；从双方最近一次往来（邮件、电话也算）算起，没有往来的从关系开始日期算起；"
            f"应再见面 = 我方任何人最近一次见此人（邮件、电话不算）的日子加上该层级的周期（{_cadence(clock)} 天）",
            f"strength × 2^(−days out of touch ÷ half-life); half-life by grade: S {life['S']:g}, A {life['A']:g}, B {life['B']:g}, C {life['C']:g}, none {life['']:g} days; "
            f"cold below {clock.threshold:g}; counted from the last interaction of the two (mails and calls too), else from the start of the relation; "
            f"meet again by: the last day anybody of ours met that person (mails and calls don't count), plus the cadence of the level ({_cadence(clock)} days)",
        ),
    )
    cold, soon = ([r for r in rows if r["key"] == key] for key in ("cold", "soon"))
    held = {r["account_id"]: r["revenue"] for r in cold if r["currency"] == scan.currency and r["revenue"]}
    zh = f"{len(rows)} 条有日期可算的关系中，{len(cold)} 条已变冷，{len(soon)} 条将在 {clock.soon} 天内变冷"
    en = f"Of {plural(len(rows), 'relation')} with a day to count from, {len(cold)} have gone cold and {len(soon)} will within {clock.soon} days"
    if not rows:
        zh = "没有一条关系有双方的往来或开始日期，算不出何时变冷"
        en = "No relation has an interaction of the two or a start, so it can't be said when it goes cold"
    late = {(r["account_id"], r["contact"]) for r in rows if r["overdue"]}
    if held:
        worth = money(sum(held.values()), scan.currency)
        zh += f"；已变冷的关系所在客户的销售额 {worth.zh}"
        en += f"; the accounts with cold ones bring {worth.en}"
    if late:
        zh += f"；{len(late)} 人已超过所在层级的见面周期"
        en += f"; {plural(len(late), 'contact is', 'contacts are')} overdue by the cadence of the level"
    sure, urgency = CERTAIN if rows else OPEN, 2 if cold else 0 if rows else 1
    words = Words(zh + "。", en + ".")
    found = [Finding("cold", (), len(cold), rule, words, sure, (), "relations", urgency)]
    for row in soon[:3]:
        name, arrow = Words(**row["name"]), Words(**row["relation"])
        words = Words(
            f"{name.zh}：{arrow.zh} 将在 {row['cold_on']} 变冷，在此之前联系一次。",
            f"{name.en}: {arrow.en} goes cold on {row['cold_on']}: get in touch before.",
        )
        subjects = (row["id"], row["contact"])
        found.append(Finding("going-cold", subjects, row["cold_on"], rule, words, CERTAIN, (), "date", 1))
    notes = [NOTICE]
    if undated:
        notes.append(
            Words(
                f"{undated} 条覆盖关系既没有双方的往来，也没有开始日期：请补“往来”表（日期、我方人员、客户人员），或在“关系”表填开始日期。",
                f"{plural(undated, 'relation')} without an interaction of the two or a start: bring the sheet interactions (date, ours, theirs), or give the start (since) in the sheet ties.",
            )
        )
    return frame(scan, "cold", COLUMNS, rows, found, notes)
