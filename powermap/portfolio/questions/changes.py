"""What has changed since a day: accounts that became fragile or recovered, and whom they hang on now."""

from __future__ import annotations

from typing import Any

from powermap.analysis.rules.single import STATES
from powermap.analysis.text import CERTAIN, join, money, plural
from powermap.errors import AnalysisError
from powermap.findings import Answer, Finding, Rule
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.questions.findings import MONEY, NOTICE, account_rows, owner_rows
from powermap.portfolio.questions.findings_table import content, frame, missing_money
from powermap.words import Words

RULE = Rule(
    "since",
    Words(
        "同一份数据按两个日期各算一遍，逐个比较：只有带起止日期的事实会不同，后来才作的判断（如态度）也算变化",
        "the same records looked at on both days, one beside the other; only facts with a start or an end differ, and a judgement made later (an attitude) is a change too",
    ),
)
GRAVITY = {"free": 0, "part": 1, "unknown": 1, "contact": 2, "owner": 3, "both": 4, "blind": 5, "none": 6}
FRAGILE, LOST = ("contact", "owner", "both"), ("blind", "none")
CHANGES = {
    "lost": Words("失去通路", "lost its way"),
    "fragile": Words("变得脆弱", "became fragile"),
    "worse": Words("恶化", "got worse"),
    "dark": Words("无法再判断", "can't be judged any more"),
    "judged": Words("变得可判断", "can be judged now"),
    "other": Words("换了人，仍系于一人", "hangs on somebody else"),
    "new": Words("新客户", "new account"),
    "better": Words("好转", "got better"),
    "recovered": Words("已无单点", "no single point any more"),
}
ACCOUNTS = (
    ("name", "客户", "Account"),
    ("grade", "等级", "Grade"),
    ("change", "变化", "Change"),
    ("before", "当时", "Then"),
    ("state", "现在", "Now"),
    ("hung", "当时系于", "Hung on"),
    ("hangs", "现在系于", "Hangs on"),
    ("risk_before", "当时风险收入", "Revenue at risk then"),
    ("at_risk", "现在风险收入", "Revenue at risk now"),
)
OWNERS = (
    ("name", "我方人员", "Our person"),
    ("change", "变化", "Change"),
    ("accounts_before", "当时客户数", "Accounts then"),
    ("accounts", "现在客户数", "Accounts now"),
    ("single_before", "当时单点客户数", "Hung on them then"),
    ("single", "现在单点客户数", "Hang on them now"),
    ("risk_before", "当时风险收入", "Revenue at risk then"),
    ("at_risk", "现在风险收入", "Revenue at risk now"),
)
MOVES = {
    "left": Words("不再覆盖任何客户", "covers nobody any more"),
    "more": Words("更多客户系于此人", "more hangs on them"),
    "new": Words("新加入", "new"),
    "less": Words("负担减轻", "less hangs on them"),
}


def kind(before: str, after: str, moved: bool) -> str:
    """Name the change from one state of an account to another, a key of :data:`CHANGES`; empty if there is none.

    Where it wasn't known who decides, or isn't any more, a change for better or worse doesn't follow, unless nobody of
    ours covers anybody there on the other day.
    """
    if before == after:
        return "other" if moved else ""
    if "unknown" in (before, after) and "none" not in (before, after):
        return "judged" if before == "unknown" else "dark"
    if after in LOST and before not in LOST:
        return "lost"
    if after in FRAGILE and before not in (*FRAGILE, *LOST):
        return "fragile"
    if after == "free":
        return "recovered"
    return "worse" if GRAVITY[after] > GRAVITY[before] else "better"


def account_changes(before: Scan, after: Scan) -> list[dict[str, Any]]:
    """One row for each account that changed, most harm first."""
    old = {row["id"]: row for row in account_rows(before)}
    rows = []
    for row in account_rows(after):
        was = old.get(row["id"])
        hangs = [*row["owner"], *row["contact"]]
        hung = [*was["owner"], *was["contact"]] if was else []
        change = kind(was["key"], row["key"], hung != hangs) if was else "new"
        if change:
            rows.append(
                {
                    **row,
                    "key": change,
                    "change": CHANGES[change]._asdict(),
                    "before": STATES[was["key"]]._asdict() if was else None,
                    "hung": hung,
                    "hangs": hangs,
                    "risk_before": was["at_risk"] if was else None,
                }
            )
    place = list(CHANGES)
    return sorted(
        rows,
        key=lambda r: (
            place.index(r["key"]),
            (r["risk_before"] or 0) - (r["at_risk"] or 0),
            -(r["revenue"] or 0),
            r["name"]["en"],
            content(r),
            r["id"],
        ),
    )


def owner_changes(before: Scan, after: Scan) -> list[dict[str, Any]]:
    """One row for each of our people who left, came, or has more or less that hangs on them; most harm first."""
    old = {row["id"]: row for row in owner_rows(before)}
    new = {row["id"]: row for row in owner_rows(after)}
    nothing = {"accounts": 0, "single": 0, "at_risk": 0.0}
    rows = []
    for person in {**old, **new}:
        was, now = old.get(person, nothing), new.get(person, nothing)
        load, burden = (was["at_risk"], was["single"]), (now["at_risk"], now["single"])
        if person not in new:
            change = "left"
        elif person not in old:
            change = "new"
        elif load == burden:
            continue
        else:
            change = "more" if burden > load else "less"
        rows.append(
            {
                "id": person,
                "name": (new.get(person) or old[person])["name"],
                "key": change,
                "change": MOVES[change]._asdict(),
                "accounts_before": was["accounts"],
                "accounts": now["accounts"],
                "single_before": was["single"],
                "single": now["single"],
                "risk_before": was["at_risk"],
                "at_risk": now["at_risk"],
            }
        )
    place = list(MOVES)
    return sorted(
        rows,
        key=lambda r: (
            place.index(r["key"]),
            -abs(r["at_risk"] - r["risk_before"]),
            r["name"]["en"],
            content(r),
            r["id"],
        ),
    )


def _names(rows: list[dict[str, Any]]) -> Words:
    shown = join([Words(**r["name"]) for r in rows[:3]])
    more = len(rows) - 3
    if more <= 0:
        return shown
    listed = ", ".join(r["name"]["en"] for r in rows[:3])
    return Words(f"{shown.zh} 等", f"{listed} and {more} more")


def _finding(key: str, rows: list[dict[str, Any]], zh: str, en: str, unit: str, urgency: int) -> Finding:
    ids = tuple(r["id"] for r in rows[:20])
    words = Words(f"{zh}：{_names(rows).zh}。", f"{en}: {_names(rows).en}.")
    return Finding(
        kind=f"since-{key}",
        subjects=ids,
        value=len(rows),
        rule=RULE,
        sentence=words,
        certainty=CERTAIN,
        unit=unit,
        urgency=urgency,
    )


def headline(before: Scan, after: Scan, changed: int) -> Finding:
    """Say how much revenue is at risk now and was then, and how many accounts have changed."""
    then, now = (
        sum(r["at_risk"] for r in account_rows(s) if r["at_risk"] and r["currency"] == after.currency)
        for s in (before, after)
    )
    day = before.columns.as_of.isoformat()
    zh = f"自 {day} 以来 {changed} 个客户有变化" if changed else f"自 {day} 以来没有客户变化"
    en = f"Since {day} {plural(changed, 'account has', 'accounts have')} changed"
    en = en if changed else f"No account has changed since {day}"
    if then or now:
        a, b = money(then, after.currency), money(now, after.currency)
        zh += f"；风险收入：当时 {a.zh}，现在 {b.zh}"
        en += f"; revenue at risk: {a.en} then, {b.en} now"
    urgency = 3 if now > then else 1 if changed else 0
    return Finding(
        kind="since",
        subjects=(),
        value=changed,
        rule=RULE,
        sentence=Words(zh + "。", en + "."),
        certainty=CERTAIN,
        unit="accounts",
        urgency=urgency,
    )


def findings(before: Scan, after: Scan) -> list[Finding]:
    """State which accounts became fragile, recovered or hang on somebody else, and which owners are gone."""
    rows = account_changes(before, after)
    found = [headline(before, after, len(rows))]
    for key, zh, en, urgency in (
        ("lost", "失去通往决策者的路", "Lost every way to a decision-maker", 3),
        ("fragile", "变得脆弱，系于一人", "Became fragile, hanging on one person", 2),
        ("worse", "恶化", "Got worse", 2),
        ("dark", "不再知道谁决策，无法再判断", "Can't be judged any more, as nobody is known to decide", 1),
        ("judged", "已知道谁决策，变得可判断", "Can be judged now, as somebody is known to decide", 1),
        ("other", "仍系于一人，但换了人", "Still hanging on one person, but on another", 1),
        ("recovered", "已无单点", "No single point any more", 0),
    ):
        chosen = [r for r in rows if r["key"] == key]
        hanging = sum(bool(r["hangs"]) for r in chosen) if key == "judged" else 0
        if hanging:
            # It may have hung all along, yet nobody could see it.
            zh, en, urgency = f"{zh}，其中 {hanging} 个系于一人", f"{en}, {hanging} hanging on one person", 2
        if chosen:
            count = plural(len(chosen), "account")
            found.append(
                _finding(key, chosen, f"{zh}（{len(chosen)} 个客户）", f"{en} ({count})", "accounts", urgency)
            )
    left = [r for r in owner_changes(before, after) if r["key"] == "left"]
    if left:
        held = sum(r["accounts_before"] for r in left)
        zh = f"我方 {len(left)} 人不再覆盖任何客户（当时共 {held} 个）"
        en = f"{plural(len(left), 'person of ours covers', 'people of ours cover')} nobody any more ({plural(held, 'account')} then)"
        found.append(_finding("left", left, zh, en, "people", 2))
    return found


def changes_since(before: Scan, after: Scan, question: str = "accounts") -> Answer:
    """Answer what has changed between two days.

    Parameters
    ----------
    before, after
        The same store, looked at on both days.
    question
        ``accounts`` or ``owners``.

    Raises
    ------
    AnalysisError
        For another question, or if the first day isn't before the second.
    """
    if question not in ("accounts", "owners"):
        raise AnalysisError(
            Words(f"“{question}”不比较前后变化", f"changes of {question!r} are not kept"),
            hint=Words(
                "--since 只用于 --about accounts 或 owners", "--since goes with --about accounts or owners"
            ),
        )
    if before.columns.as_of >= after.columns.as_of:
        raise AnalysisError(
            Words("--since 的日期要早于截至日期", "--since needs a day before the day of the answer")
        )
    accounts = question == "accounts"
    rows = account_changes(before, after) if accounts else owner_changes(before, after)
    notes = [MONEY, NOTICE, *missing_money(after)]
    return frame(
        after, f"since-{question}", ACCOUNTS if accounts else OWNERS, rows, findings(before, after), notes
    )
