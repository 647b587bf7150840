"""The goals of all accounts: met of due, by purpose, by owner."""

from __future__ import annotations

from collections import defaultdict

from powermap.analysis.progress import Aim, aims, called, value_words
from powermap.analysis.text import CERTAIN, plural
from powermap.findings import Answer, Finding, Rule
from powermap.method import Pack
from powermap.model import Records
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.questions.findings_table import frame
from powermap.portfolio.questions.managed import left_out, lenses
from powermap.words import Words, by_language

RULE = Rule(
    "goals",
    Words("到期的目标里有几个由事实看是达成的", "how many of the goals that are due the facts say are met"),
)
COLUMNS = (
    ("account", "客户", "Account"),
    ("goal", "目标", "Goal"),
    ("purpose", "目的", "Purpose"),
    ("value", "今天", "Today"),
    ("target", "目标值", "Target"),
    ("owner", "负责人", "Owner"),
    ("by", "截止", "By"),
    ("state", "状态", "State"),
)


def state(aim: Aim) -> Words:
    """Say how a goal stands."""
    if aim.met:
        return Words("达成", "met")
    return Words("到期未达成", "missed") if aim.missed else Words("进行中", "open")


def answer(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Answer how the goals of all accounts stand."""
    rows = []
    by_purpose: dict[str, list[bool]] = defaultdict(list)
    for lens in lenses(records, pack, scan.columns.as_of):
        name = by_language(lens.account.name, lens.account.name_alt)
        for aim in aims(lens):
            if aim.due:
                by_purpose[aim.goal.purpose].append(bool(aim.met))
            rows.append(
                {
                    "id": aim.goal.id,
                    "account_id": lens.account.id,
                    "account": name._asdict(),
                    "name": name._asdict(),
                    "goal": called(lens, aim.goal)._asdict(),
                    "purpose": pack.say("purpose", aim.goal.purpose)._asdict() if aim.goal.purpose else None,
                    "value": value_words(aim.goal, aim.value),
                    "target": value_words(aim.goal, aim.goal.target),
                    "owner": str(getattr(lens.snapshot.records.get(aim.goal.owner), "name", "")) or None,
                    "by": aim.goal.by.isoformat() if aim.goal.by else None,
                    "state": state(aim)._asdict(),
                }
            )
    rows.sort(key=lambda r: (str(r["by"] or "9"), str(r["account"]), str(r["goal"])))
    due = sum(map(len, by_purpose.values()))
    met = sum(map(sum, by_purpose.values()))
    parts = [
        (pack.say("purpose", p) if p else Words("没写目的", "no purpose"), sum(m), len(m))
        for p, m in by_purpose.items()
    ]
    zh = f"{len(rows)} 个目标，到期 {due} 个，达成 {met} 个" + (
        "（" + "；".join(f"{w.zh} {a}/{b}" for w, a, b in parts) + "）" if parts else ""
    )
    en = f"{plural(len(rows), 'goal')}, {due} due, {met} met" + (
        " (" + "; ".join(f"{w.en} {a} of {b}" for w, a, b in parts) + ")" if parts else ""
    )
    finding = Finding(
        kind="goals", subjects=tuple(str(r["id"]) for r in rows[:20]), value=met, rule=RULE, sentence=Words(f"{zh}。", f"{en}."),
        certainty=CERTAIN, unit="goals", urgency=1 if met < due else 0,
    )  # fmt: skip
    return frame(scan, "goals", COLUMNS, rows, [finding], left_out(records))
