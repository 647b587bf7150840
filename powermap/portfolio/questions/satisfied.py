"""Satisfaction over all managed accounts: of people and organization, what fell, contract, complaints beside the revenue."""

from __future__ import annotations

from typing import Any

from powermap.analysis.satisfaction import CONTRACT, HOUSE, PEOPLE, fallen, latest, marks, mean
from powermap.analysis.text import CERTAIN, percentage, plural
from powermap.findings import Answer, Finding, Rule
from powermap.method import Pack
from powermap.model import Records
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.questions.effort import voices_of
from powermap.portfolio.questions.findings_table import frame
from powermap.portfolio.questions.managed import lenses
from powermap.words import Words, by_language

RULE = Rule(
    "satisfaction",
    Words(
        "最新分值的平均，友商引入意愿反向计；投诉与销售额的占比都在有销售额的客户之间算",
        "the mean of the last scores, willing to let rivals in counted the other way round; shares of complaints and revenue are among accounts with revenue",
    ),
)
COLUMNS = (
    ("grade", "等级", "Grade"),
    ("name", "客户", "Account"),
    ("people", "个人", "People"),
    ("organization", "组织", "Organization"),
    ("fallen", "变差", "Worse"),
    ("contract", "合同最低", "Contract: lowest"),
    ("complaints", "投诉", "Complaints"),
    ("complaint_share", "投诉占比", "Share of complaints", "%"),
    ("revenue_share", "销售额占比", "Share of revenue", "%"),
)


def answer(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Answer how satisfied the customers are, and whether those who complain most are worth most."""
    days = int(pack.topic("portfolio")["effort"]["days"])
    counts = voices_of(scan, records, days, "complaint")
    summed = [a for a, s in zip(scan.columns.accounts, scan.summed.tolist(), strict=True) if s]
    all_, earned = sum(counts[a.id] for a in summed), sum(a.revenue or 0.0 for a in summed)
    revenue = {a.id: a.revenue or 0.0 for a in summed}
    rows: list[dict[str, Any]] = []
    for lens in lenses(records, pack, scan.columns.as_of):
        found, ident = marks(lens), lens.account.id
        levels = [m for m in latest(found, CONTRACT) if m.item.kind == "level"]
        low = min(levels, key=lambda m: m.verdict.score or 0, default=None)
        people, house = mean(latest(found, PEOPLE)), mean(latest(found, HOUSE))
        rows.append(
            {
                "id": ident,
                "account_id": ident,
                "grade": lens.account.grade,
                "name": by_language(lens.account.name, lens.account.name_alt)._asdict(),
                "people": None if people is None else round(people, 1),
                "organization": None if house is None else round(house, 1),
                "fallen": len(fallen(lens, PEOPLE) + fallen(lens, HOUSE)),
                "contract": low.item.named(low.verdict.score)._asdict() if low else None,
                "complaints": counts[ident],
                "complaint_share": percentage(counts[ident] / all_) if all_ and ident in revenue else None,
                "revenue_share": percentage(revenue[ident] / earned) if earned and ident in revenue else None,
            }
        )
    rows.sort(key=lambda r: (-r["fallen"], -r["complaints"], r["name"]["en"]))
    unknown = sum(r["people"] is None and r["organization"] is None for r in rows)
    worse = [r for r in rows if r["fallen"]]
    sentence = Words(
        f"{len(rows)} 个客户里，{len(worse)} 个的满意度变差，{unknown} 个没有分值。",
        f"Of {plural(len(rows), 'account')} satisfaction has fallen at {len(worse)}, and isn't known of {unknown}.",
    )
    finding = Finding(
        kind="satisfaction", subjects=tuple(r["id"] for r in worse)[:20], value=len(worse), rule=RULE, sentence=sentence,
        certainty=CERTAIN, unit="accounts", urgency=2 if worse else 1 if unknown else 0,
    )  # fmt: skip
    return frame(scan, "satisfaction", COLUMNS, rows, [finding])
