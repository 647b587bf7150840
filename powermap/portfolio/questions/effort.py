"""Whether the squeaky wheel gets the grease: each account's share of our effort beside its share of revenue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from powermap.analysis.text import CERTAIN, OPEN, percentage, plural
from powermap.findings import Answer, Finding, Rule
from powermap.method import Pack
from powermap.model import Interaction, Organization, Records, Voice
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.data.account_units import own_homes
from powermap.portfolio.questions.findings import NOTICE
from powermap.portfolio.questions.findings_table import content, frame, missing_money
from powermap.words import Words, by_language

COLUMNS = (
    ("name", "客户", "Account"),
    ("grade", "等级", "Grade"),
    ("effort", "往来人次", "Effort"),
    ("effort_share", "投入占比", "Share of effort", "%"),
    ("voices", "客户声音", "Voices"),
    ("voice_share", "声音占比", "Share of voices", "%"),
    ("revenue", "销售额", "Revenue"),
    ("revenue_share", "销售额占比", "Share of revenue", "%"),
    ("ratio", "投入 ÷ 销售额", "Effort ÷ revenue"),
    ("verdict", "判断", "Verdict"),
)
VERDICTS = {
    "loud": Words("投入偏多", "much effort"),
    "fair": Words("相称", "in proportion"),
    "quiet": Words("投入偏少", "little effort"),
    "none": Words("尚无销售额", "no revenue yet"),
}


def efforts(scan: Scan, records: Records, days: int) -> Counter[str]:
    """Count interactions of the last `days` days by account, once for each of ours who took part (at least once)."""
    home, found = own_homes(records), Counter[str]()
    until = scan.columns.as_of
    since = until - timedelta(days=days)
    for event in records.all(Interaction):
        if event.on is not None and since < event.on <= until:
            for account in home.get(event.account, ()):
                found[account] += max(1, len(event.ours))
    return found


def voices_of(scan: Scan, records: Records, days: int, sort: str = "") -> Counter[str]:
    """Count the voices of the last `days` days by account, of one sort or all."""
    home, found = own_homes(records), Counter[str]()
    until = scan.columns.as_of
    since = until - timedelta(days=days)
    for v in records.all(Voice):
        if v.on is not None and since < v.on <= until and sort in ("", v.sort):
            for account in home.get(v.account, ()):
                found[account] += 1
    return found


def effort_rows(
    scan: Scan, effort: Mapping[str, int], loud: float, quiet: float, voices: Mapping[str, int] | None = None
) -> list[dict[str, Any]]:
    """One row for each account whose revenue is in the sums, most effort for its revenue first; its voices beside it."""
    heard = voices or {}
    chosen = [a for a, s in zip(scan.columns.accounts, scan.summed.tolist(), strict=True) if s]
    spent = sum(effort.get(a.id, 0) for a in chosen)
    earned = sum(a.revenue or 0.0 for a in chosen)
    said = sum(heard.get(a.id, 0) for a in chosen)
    rows = []
    for account in chosen:
        part = effort.get(account.id, 0) / spent if spent else 0.0
        share = (account.revenue or 0.0) / earned if earned else 0.0
        ratio = part / share if share else None
        key = "none" if ratio is None else "loud" if ratio >= loud else "quiet" if ratio <= quiet else "fair"
        rows.append(
            {
                "id": account.id,
                "account_id": account.id,
                "name": account.name._asdict(),
                "grade": account.grade,
                "effort": effort.get(account.id, 0),
                "effort_share": percentage(part),
                "voices": heard.get(account.id, 0),
                "voice_share": percentage(heard.get(account.id, 0) / said) if said else None,
                "revenue": account.revenue,
                "revenue_share": percentage(share),
                "ratio": None if ratio is None else round(ratio, 2),
                "key": key,
                "verdict": VERDICTS[key]._asdict(),
            }
        )
    return sorted(
        rows,
        key=lambda r: (
            r["ratio"] is None,
            -(r["ratio"] or 0),
            -r["effort"],
            -r["revenue"],
            r["name"]["en"],
            content(r),
            r["id"],
        ),
    )


def _sentence(row: dict[str, Any], rule: Rule) -> Finding:
    name = Words(**row["name"])
    ratio = f"{row['ratio']:g}"
    zh = f"{name.zh}：占投入 {row['effort_share']:g}%，占销售额 {row['revenue_share']:g}%（{ratio} 倍），{VERDICTS[row['key']].zh}。"
    en = f"{name.en}: {row['effort_share']:g}% of the effort for {row['revenue_share']:g}% of the revenue ({ratio} times): {VERDICTS[row['key']].en}."
    return Finding(
        kind="effort",
        subjects=(row["id"],),
        value=row["ratio"],
        rule=rule,
        sentence=Words(zh, en),
        certainty=CERTAIN,
        unit="ratio",
        urgency=1,
    )


def answer(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Answer which accounts get much or little of our effort for the revenue they bring."""
    numbers = pack.topic("portfolio")["effort"]
    days, loud, quiet = int(numbers["days"]), float(numbers["loud"]), float(numbers["quiet"])
    rule = Rule(
        "effort and revenue",
        Words(
            f"投入 = 最近 {days} 天的往来，我方每人每次计一次；占比都在有销售额的客户之间算；比值 ≥ {loud:g} 为偏多，≤ {quiet:g} 为偏少",
            f"effort = interactions of the last {days} days, once for each of ours who took part; both shares are among accounts with revenue; a ratio of {loud:g} or more is much, of {quiet:g} or less little",
        ),
    )
    rows = effort_rows(scan, efforts(scan, records, days), loud, quiet, voices_of(scan, records, days))
    notes = [NOTICE, *missing_money(scan)]
    if not any(r["effort"] for r in rows):
        words = Words(
            f"最近 {days} 天没有往来记录，无法比较：请补“往来”表（日期、渠道、我方人员、客户人员）。",
            f"No interactions in the last {days} days, so nothing can be compared: bring the sheet interactions (date, channel, ours, theirs).",
        )
        finding = Finding(
            kind="effort", subjects=(), value=None, rule=rule, sentence=words, certainty=OPEN, urgency=1
        )
        return frame(scan, "effort", COLUMNS, (), [finding], notes)
    much, little = ([r for r in rows if r["key"] == k] for k in ("loud", "quiet"))
    zh = f"{len(rows)} 个客户中，{len(much)} 个的投入远多于销售额占比，{len(little)} 个远少"
    en = f"Of {plural(len(rows), 'account')} the share of effort is far above that of revenue in {len(much)}, far below in {len(little)}"
    if little:
        share = sum(r["revenue"] for r in little) / sum(r["revenue"] for r in rows)
        zh, en = f"{zh}（占销售额 {share:.0%}）", f"{en} ({share:.0%} of the revenue)"
    squeaky = [r for r in much if r["voice_share"] and r["voice_share"] >= loud * r["revenue_share"]]
    if squeaky:
        # They take much effort and are much heard, for little revenue: the squeaky wheels (M33).
        zh = f"{zh}；其中 {len(squeaky)} 个声音也多"
        en = f"{en}; {len(squeaky)} of them {'is' if len(squeaky) == 1 else 'are'} much heard too"
    ids = tuple(r["id"] for r in [*much, *little][:20])
    head = Finding(
        kind="effort",
        subjects=ids,
        value=len(much) + len(little),
        rule=rule,
        sentence=Words(zh + "。", en + "."),
        certainty=CERTAIN,
        unit="accounts",
        urgency=2 if much or little else 0,
    )
    quietest = sorted(little, key=lambda r: -r["revenue"])[:3]
    found = [
        head,
        *(_sentence(r, rule) for r in [*much[:3], *quietest]),
        *_beside_targets(records, rows, rule),
    ]
    return frame(scan, "effort", COLUMNS, rows, found, notes)


def _beside_targets(records: Records, rows: list[dict[str, Any]], rule: Rule) -> list[Finding]:
    """Say how much of the effort goes to customers that aren't targets (M6), and which targets get none (M21)."""
    targets = {o.id: by_language(o.name, o.name_alt) for o in records.all(Organization) if o.target}
    total = sum(r["effort"] for r in rows)
    if not targets or not total:
        return []
    beside = sum(r["effort"] for r in rows if r["id"] not in targets)
    met = {r["id"] for r in rows if r["effort"]}
    left = [name for ident, name in targets.items() if ident not in met]
    zh = f"投入的 {beside / total:.0%} 在目标客户之外"
    en = f"{beside / total:.0%} of the effort goes to customers that aren't targets"
    if left:
        zh += f"；还没有往来的目标客户：{'、'.join(w.zh for w in left[:6])}"
        en += f"; targets without any: {', '.join(w.en for w in left[:6])}"
    return [
        Finding(
            kind="effort-beside-targets", subjects=tuple(targets)[:20], value=round(beside / total, 4), rule=rule,
            sentence=Words(f"{zh}。", f"{en}."), certainty=CERTAIN, unit="share", urgency=1 if left else 0,
        )
    ]  # fmt: skip
