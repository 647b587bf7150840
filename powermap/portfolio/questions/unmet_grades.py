"""The red list: which accounts, by grade, don't get what their grade demands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from powermap.analysis.rules.duty import DEMANDS, Limits, rule
from powermap.analysis.rules.grade import demanding, visiting
from powermap.analysis.text import CERTAIN, plural
from powermap.findings import Answer, Finding, Rule
from powermap.method import Pack
from powermap.model import Interaction, Person, Records
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.data.columns import Account
from powermap.portfolio.questions.duty import account_faults
from powermap.portfolio.questions.findings import NOTICE
from powermap.portfolio.questions.findings_table import comparable, content, frame
from powermap.portfolio.questions.visits import Weeks, weeks
from powermap.words import Words, by_language

STATES = {"red": Words("红", "red"), "unknown": Words("缺数据", "no data")}
COLUMNS = (
    ("grade", "等级", "Grade"),
    ("name", "客户（或我方人员）", "Account (or our person)"),
    ("demand", "要求", "Demand"),
    ("state", "状态", "State"),
    ("missing", "差什么", "What is missing"),
    ("revenue", "销售额", "Revenue"),
)


def _account_rows(scan: Scan, records: Records, pack: Pack) -> list[dict[str, Any]]:
    rows = []
    for i, found in account_faults(scan, records, pack).items():
        account: Account = scan.columns.accounts[i]
        rows += [
            {
                "id": account.id,
                "account_id": account.id,
                "grade": account.grade,
                "name": account.name._asdict(),
                "key": fault.demand,
                "demand": DEMANDS[fault.demand]._asdict(),
                "red": fault.red,
                "state": STATES["red" if fault.red else "unknown"]._asdict(),
                "missing": fault.words._asdict(),
                "revenue": account.revenue,
                "currency": account.currency,
            }
            for fault in found
        ]
    return rows


def _person_rows(name: Mapping[str, Words], found: Weeks, limits: Limits, grade: str) -> list[dict[str, Any]]:
    starts = [f"W{start.isocalendar().week:02d}" for start in found.starts]
    rows = []
    for person, met in found.met.items():
        below = found.below(person, limits.visits)
        if below:
            by_week = list(zip(starts, met, strict=True))[::-1]
            words = Words(
                f"{len(met)} 周中 {below} 周不足 {limits.visits} 个："
                + "、".join(f"{w} {n}" for w, n in by_week),
                f"{below} of {len(met)} weeks below {limits.visits}: "
                + ", ".join(f"{w} {n}" for w, n in by_week),
            )
            rows.append(
                {
                    "id": person,
                    "grade": grade,
                    "name": name[person]._asdict(),
                    "key": "visits",
                    "demand": DEMANDS["visits"]._asdict(),
                    "red": True,
                    "state": STATES["red"]._asdict(),
                    "missing": words._asdict(),
                    "revenue": None,
                    "weeks": [[w, n] for w, n in by_week],
                    "mean": sum(met) / len(met),
                }
            )
    return sorted(rows, key=lambda r: (r["mean"], r["name"]["en"], content(r), r["id"]))


def answer(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Answer which accounts don't get what their grade demands, S first."""
    limits, grades = Limits.of(pack), demanding(pack)
    told, place = rule(pack), list(DEMANDS)
    rows = sorted(
        _account_rows(scan, records, pack),
        key=lambda r: (
            grades.index(r["grade"]),
            not r["red"],
            comparable(r, scan.currency),
            -(r["revenue"] or 0),
            r["name"]["en"],
            place.index(r["key"]),
            content(r),
            r["id"],
        ),
    )
    found = [f for grade in grades for f in _summary(scan, rows, grade, told, pack)]
    notes = [NOTICE]
    ungraded = sum(not a.grade for a in scan.columns.accounts)
    if ungraded:
        notes.append(
            Words(
                f"{ungraded} 个客户没有等级：请在“组织”表中填等级（{'、'.join(pack.grades)}）。",
                f"{plural(ungraded, 'account')} without a grade: give it in the sheet organizations ({_or(pack)}).",
            )
        )
    called = "/".join(visiting(pack))
    small = sum(a.grade in visiting(pack) for a in scan.columns.accounts)
    if small and not records.all(Interaction):
        notes.append(
            Words(
                f"没有往来记录，无法检查 {called} 级：请补“往来”表（日期、渠道、我方人员、客户人员）。",
                f"No meetings are recorded, so grade {called} can't be checked: bring the sheet interactions (date, channel, ours, theirs).",
            )
        )
    elif small:
        met = weeks(scan.columns, records, limits, pack)
        names = {p.id: by_language(p.name, p.name_alt) for p in records.all(Person)}
        people = _person_rows(names, met, limits, called)
        rows += people
        found.append(_visited(met, people, small, limits, told, called))
    return frame(scan, "duty", COLUMNS, rows, found, notes)


def _or(pack: Pack) -> str:
    *first, last = pack.grades
    return f"{', '.join(first)} or {last}" if first else last


def _summary(scan: Scan, rows: list[dict[str, Any]], grade: str, rule: Rule, pack: Pack) -> list[Finding]:
    total = sum(a.grade == grade for a in scan.columns.accounts)
    if not total:
        return []
    red = [r for r in rows if r["grade"] == grade and r["red"]]
    ids = tuple(dict.fromkeys(r["id"] for r in red))
    unknown = len({r["id"] for r in rows if r["grade"] == grade and not r["red"]})
    by = Counter(key for key, _ in {(r["key"], r["id"]) for r in red})
    parts = [(DEMANDS[k], by[k]) for k in sorted(by, key=lambda k: (-by[k], list(DEMANDS).index(k)))]
    zh = f"{grade} 级 {total} 个客户中，{len(ids)} 个没有做到该级别的要求"
    en = f"Grade {grade}: {len(ids)} of {plural(total, 'account')} without all that the grade demands"
    if not ids:
        zh = f"{grade} 级 {total} 个客户：没有查出未达要求的"
        en = f"Grade {grade}: in {plural(total, 'account')} nothing is missing of what the grade demands"
    if parts:
        zh += "（" + "；".join(f"{w.zh} {n}" for w, n in parts) + "）"
        en += " (" + ", ".join(f"{w.en} {n}" for w, n in parts) + ")"
    if unknown:
        zh += f"；{unknown} 个缺数据"
        en += f"; data is missing in {unknown}"
    urgency = pack.grades[grade].urgency if ids else 0
    return [
        Finding(
            kind="duty",
            subjects=ids[:20] or (grade,),
            value=len(ids),
            rule=rule,
            sentence=Words(zh + "。", en + "."),
            certainty=CERTAIN,
            unit="accounts",
            urgency=urgency,
        )
    ]


def _visited(
    met: Weeks, red: list[dict[str, Any]], small: int, limits: Limits, rule: Rule, grade: str
) -> Finding:
    zh = f"{grade} 级：覆盖 {grade} 级客户的 {len(met.met)} 人中，{len(red)} 人最近 {limits.weeks} 周有一周以上见的客户不足 {limits.visits} 个；{small} 个 {grade} 级客户见了 {met.seen} 个（{met.seen / small:.0%}）。"
    en = f"Grade {grade}: of {plural(len(met.met), 'person', 'people')} of ours with {grade} accounts, {len(red)} met fewer than {limits.visits} customers in one or more of the last {limits.weeks} weeks; {met.seen} of {small} {grade} accounts were met ({met.seen / small:.0%})."
    ids = tuple(r["id"] for r in red[:20])
    return Finding(
        kind="visits",
        subjects=ids,
        value=len(red),
        rule=rule,
        sentence=Words(zh, en),
        certainty=CERTAIN,
        unit="people",
        urgency=1 if red else 0,
    )
