"""Relations gone cold or going cold: strength halves with every half-life in which the two aren't in touch."""

from __future__ import annotations

from typing import Any

from powermap.analysis.rules.contact import STATES, Clock
from powermap.analysis.text import CERTAIN, OPEN, money, plural
from powermap.findings import Answer, Finding, Rule
from powermap.method import Pack
from powermap.model import Records
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.questions.contacts import relations
from powermap.portfolio.questions.findings import NOTICE
from powermap.portfolio.questions.findings_table import frame, in_order
from powermap.words import Words

COLUMNS = (
    ("cold_on", "变冷日期", "Cold on"),
    ("name", "客户", "Account"),
    ("grade", "等级", "Grade"),
    ("relation", "关系", "Relation"),
    ("last", "最近往来", "Last in touch"),
    ("due_on", "应联系", "In touch by"),
    ("now", "当前强度", "Strength now"),
    ("state", "状态", "State"),
    ("revenue", "销售额", "Revenue"),
)


Rows = list[dict[str, Any]]


def cold_rows(scan: Scan, records: Records, clock: Clock) -> tuple[list[dict[str, Any]], int]:
    """One row for each relation that has a day to count from, first to be in touch first; and how many have none."""
    c = scan.columns
    rows: list[dict[str, Any]] = []
    found, undated = relations(scan, records, clock)
    used = {int(c.person[n]) for r in found for n in (c.src[r.arc], c.dst[r.arc])}
    called = {n: words for n, (_, words) in enumerate(c.people) if n in used}
    # Equal parts of rows are one object: there are many rows.
    names = [account.name._asdict() for account in c.accounts]
    states = {key: words._asdict() for key, words in STATES.items()}
    for block, arc, a, b, last, contact in found:
        account, strength = c.accounts[block], float(c.strength[arc])
        who, whom = (called[int(c.person[n])] for n in (c.src[arc], c.dst[arc]))
        rows.append(
            {
                "id": a,
                "account_id": account.id,
                "contact_id": b,
                "cold_on": contact.cold_on.isoformat(),
                "name": names[block],
                "grade": account.grade,
                "relation": {"zh": f"{who.zh} → {whom.zh}", "en": f"{who.en} → {whom.en}"},
                "last": last.isoformat() if last else None,
                "due_on": contact.due_on.isoformat(),
                "overdue": contact.due_on < c.as_of,
                "late": contact.late,
                "strength": round(strength, 2),
                "now": round(contact.now, 3),
                "key": contact.key,
                "state": states[contact.key],
                "revenue": account.revenue,
                "currency": account.currency,
            }
        )
    rows = in_order(
        rows, lambda r: (r["cold_on"], -(r["revenue"] or 0), r["name"]["en"], r["relation"]["en"])
    )
    return rows, undated


def _rule(clock: Clock) -> Rule:
    """Say by what a relation goes cold, with the numbers of the rule pack."""
    cadence = ", ".join(f"{level}: {days}" for level, days in sorted(clock.cadence.items()))
    graded = [(grade, days) for grade, days in clock.half_life.items() if grade]
    zh = "、".join([*(f"{g} {d:g}" for g, d in graded), f"无等级 {clock.half_life['']:g}"])
    en = ", ".join([*(f"{g} {d:g}" for g, d in graded), f"none {clock.half_life['']:g}"])
    return Rule(
        "half-life",
        Words(
            f"强度 × 2^(−未往来天数 ÷ 半衰期)，半衰期按等级：{zh} 天；"
            f"低于 {clock.threshold:g} 即变冷；从双方最近一次往来（邮件、电话也算）算起，没有往来的从关系开始日期算起；"
            f"应联系 = 仍未变冷的最后一天，或我方任何人最近一次见此人（邮件、电话不算）的日子加上该层级的周期（{cadence} 天），以先到者为准",
            f"strength × 2^(−days out of touch ÷ half-life); half-life by grade: {en} days; "
            f"cold below {clock.threshold:g}; counted from the last interaction of the two (mails and calls too), else from the start of the relation; "
            f"in touch by: the last day on which it isn't cold, or the last day anybody of ours met that person (mails and calls don't count) plus the cadence of the level ({cadence} days), whichever comes first",
        ),
    )


def answer(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Answer which relations have gone cold, which are about to, and when."""
    clock = Clock.of(pack)
    rows, undated = cold_rows(scan, records, clock)
    rule = _rule(clock)
    cold, soon = ([r for r in rows if r["key"] == key] for key in ("cold", "soon"))
    found = [
        Finding(
            kind="cold", subjects=(), value=len(cold), rule=rule, sentence=_headline(scan, rows, cold, soon, clock.soon),
            certainty=CERTAIN if rows else OPEN, unit="relations", urgency=2 if cold else 0 if rows else 1,
        ),
        *(_going_cold(row, rule) for row in soon[:3]),
    ]  # fmt: skip
    notes = [NOTICE]
    if undated:
        notes.append(
            Words(
                f"{undated} 条覆盖关系既没有双方的往来，也没有开始日期：请补“往来”表（日期、我方人员、客户人员），或在“关系”表填开始日期。",
                f"{plural(undated, 'relation')} without an interaction of the two or a start: bring the sheet interactions (date, ours, theirs), or give the start (since) in the sheet ties.",
            )
        )
    return frame(scan, "cold", COLUMNS, rows, found, notes)


def _headline(scan: Scan, rows: Rows, cold: Rows, soon: Rows, days: int) -> Words:
    """Say how many relations are cold or will be within so many days, what hangs on them, and who is overdue."""
    if not rows:
        return Words(
            "没有一条关系有双方的往来或开始日期，算不出何时变冷。",
            "No relation has an interaction of the two or a start, so it can't be said when it goes cold.",
        )
    zh = f"{len(rows)} 条有日期可算的关系中，{len(cold)} 条已变冷，{len(soon)} 条将在 {days} 天内变冷"
    en = f"Of {plural(len(rows), 'relation')} with a day to count from, {len(cold)} have gone cold and {len(soon)} will within {days} days"
    held = {r["account_id"]: r["revenue"] for r in cold if r["currency"] == scan.currency and r["revenue"]}
    if held:
        worth = money(sum(held.values()), scan.currency)
        zh += f"；已变冷的关系所在客户的销售额 {worth.zh}"
        en += f"; the accounts with cold ones bring {worth.en}"
    if late := {(r["account_id"], r["contact_id"]) for r in rows if r["late"]}:
        zh += f"；{len(late)} 人已超过所在层级的见面周期"
        en += f"; {plural(len(late), 'contact is', 'contacts are')} overdue by the cadence of the level"
    return Words(zh + "。", en + ".")


def _going_cold(row: dict[str, Any], rule: Rule) -> Finding:
    """Say of one relation when it goes cold, and what to do until when."""
    name, arrow = Words(**row["name"]), Words(**row["relation"])
    zh, en = f"最迟 {row['due_on']} 联系一次", f"get in touch by {row['due_on']}"
    if row["overdue"]:
        zh, en = f"本该在 {row['due_on']} 之前见面", f"a meeting was due by {row['due_on']}"
    words = Words(
        f"{name.zh}：{arrow.zh} 将在 {row['cold_on']} 变冷，{zh}。",
        f"{name.en}: {arrow.en} goes cold on {row['cold_on']}: {en}.",
    )
    return Finding(
        kind="going-cold", subjects=(row["id"], row["contact_id"]), value=row["cold_on"], rule=rule, sentence=words,
        certainty=CERTAIN, unit="date", urgency=1,
    )  # fmt: skip
