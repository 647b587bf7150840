"""Value beside health, over all accounts: what each is worth to us and we to them, and the worst of its four dials (M8)."""

from __future__ import annotations

from collections import defaultdict
from math import fsum
from typing import Any

from powermap.analysis.dials import BANDS, DIALS, STATES, band, dials, worst
from powermap.analysis.grid import grid, growth
from powermap.analysis.layer_levels import level_of
from powermap.analysis.reciprocity import dependence, firm
from powermap.analysis.text import CERTAIN, OPEN, money, percentage, plural
from powermap.analysis.value_curve import curve
from powermap.analysis.value_words import signed_money
from powermap.findings import Answer, Finding, Rule
from powermap.lens import look
from powermap.method import Pack
from powermap.model import Records
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.questions.findings_table import comparable, frame, in_order, missing_money
from powermap.words import Words

COLUMNS = (
    ("name", "客户", "Account"),
    ("grade", "等级", "Grade"),
    ("ground", "健康", "Health"),
    ("dial", "最差的方面", "Worst dial"),
    ("revenue", "销售额", "Revenue"),
    ("share", "份额", "Share", "%"),
    ("white", "空白", "White space"),
    ("gap", "增长差（百分点）", "Growth gap (points)"),
)
"""What a reader takes in at once; bond, stickiness, their part of our sales and the curve stand in the rows and in `powermap value`."""
RULE = Rule(
    "value and health",
    Words(
        "价值 = 最近一个完整年度的销售额；健康 = 安全、稳定、全面、可持续四项里最差的：有一项差为危险，几项要留意为弱，一项为尚可，四项都好才是稳健；其余同“客户价值”",
        "value = revenue of the last finished year; health = the worst of safe, stable, complete, lasting: critical with one bad, weak with several to watch, fair with one, sound only if all four are good; the rest as in the value ledger of one account",
    ),
)


def value_rows(scan: Scan, records: Records, pack: Pack) -> tuple[list[dict[str, Any]], list[str]]:
    """One row for each account that is looked at, the worst first, then by revenue; and the ids of those left out."""
    most = int(pack.topic("value")["limits"]["accounts"])
    by_size = sorted(scan.columns.accounts, key=lambda a: (-(a.revenue or 0.0), a.id))
    chosen = {a.id: a for a in by_size[:most]}
    house = firm(records, scan.columns.as_of)
    rows = []
    for ident, scope in records.scopes(tuple(chosen)):
        account = chosen[ident]
        lens = look(scope, ident, as_of=scan.columns.as_of, pack=pack)
        found, g, c, d = grid(lens), growth(lens), curve(lens), dependence(lens, house)
        state = worst(lens)
        bond, stick = level_of(lens, "bond")[0], level_of(lens, "stickiness")[0]
        ground, four = band(lens), dials(lens)
        low = [DIALS[n.key] for n in four if n.state == state and state != "good"]
        share = found.share(held=False) if found else None
        rows.append(
            {
                "id": ident,
                "account_id": ident,
                "name": account.name._asdict(),
                "grade": account.grade,
                "revenue": account.revenue,
                "currency": account.currency,
                "key": state,
                "health": STATES[state]._asdict(),
                "band": ground,
                "ground": BANDS[ground]._asdict(),
                "dials": {n.key: n.state for n in four},
                "dial": Words("、".join(w.zh for w in low), ", ".join(w.en for w in low))._asdict(),
                "share": None if share is None else percentage(share),
                "white": found.white if found and found.white else None,
                "white_currency": found.currency if found else "",
                "gap": None if g is None or g.gap is None else round(100 * g.gap, 1),
                "theirs": None if d.part is None else percentage(d.part),
                "bond": bond,
                "stickiness": stick,
                "curve": signed_money(c.gap, c.currency)._asdict() if c and c.gap is not None else None,
                "curve_gap": c.gap if c else None,
            }
        )
    return in_order(
        rows,
        lambda r: (
            list(BANDS).index(r["band"]),
            comparable(r, scan.currency),
            -(r["revenue"] or 0),
            r["name"]["en"],
        ),
    ), [a.id for a in by_size[most:]]


def answer(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Answer where the money is, and how well it stands."""
    rows, left = value_rows(scan, records, pack)
    summed = [r for r in rows if r["revenue"] and r["currency"] == scan.currency]
    total = fsum(r["revenue"] for r in summed)
    found = [_summary(scan, rows, summed, total)]
    worth: dict[str, float] = defaultdict(float)
    for r in rows:
        worth[r["white_currency"]] += r["white"] or 0.0
    for currency, white in sorted(worth.items()):
        if white:
            said, count = (
                money(white, currency),
                sum(r["white"] is not None and r["white_currency"] == currency for r in rows),
            )
            found.append(
                _find(
                    "white-space-sum",
                    white,
                    f"{count} 个客户的空白合计一年 {said.zh}",
                    f"White space of {plural(count, 'account')}: {said.en} a year",
                    1,
                    (),
                )
            )
    behind = [r for r in rows if (r["gap"] or 0) < 0]
    if behind:
        found.append(
            _find(
                "growth-gap",
                len(behind),
                f"{len(behind)} 个客户的采购涨得比我方销售额快",
                f"In {plural(len(behind), 'account')} they grow faster than our sales",
                1,
                tuple(r["id"] for r in behind[:20]),
            )
        )
    notes = missing_money(scan)
    if left:
        notes.append(
            Words(
                f"只看销售额最大的 {len(rows)} 个客户，另有 {len(left)} 个没有看。",
                f"The {len(rows)} greatest accounts by revenue alone; not looked at: {len(left)}.",
            )
        )
    return frame(scan, "value", COLUMNS, rows, found, notes)


def _find(kind: str, value: Any, zh: str, en: str, urgency: int, about: tuple[str, ...]) -> Finding:
    return Finding(
        kind=kind, subjects=about, value=value, rule=RULE, sentence=Words(f"{zh}。", f"{en}."),
        certainty=OPEN if value is None else CERTAIN, urgency=urgency,
    )  # fmt: skip


def _summary(scan: Scan, rows: list[dict[str, Any]], summed: list[dict[str, Any]], total: float) -> Finding:
    if not total:
        return _find("value", None, "没有一个客户有销售额", "No account has revenue", 1, ())
    bad = [r for r in summed if r["band"] == "critical"]
    held = fsum(r["revenue"] for r in bad)
    whole, said = money(total, scan.currency), money(held, scan.currency)
    if not bad:
        return _find(
            "value",
            0.0,
            f"{len(rows)} 个客户、{whole.zh} 里，没有一个处境危险",
            f"Of {plural(len(rows), 'account')} and {whole.en} none stands on critical ground",
            0,
            (),
        )
    first = max(bad, key=lambda r: r["revenue"])
    part = first["revenue"] / held
    zh = f"{held / total:.0%} 的钱（{whole.zh}里的 {said.zh}）处境危险，其中 {part:.0%} 在 {first['name']['zh']}"
    en = f"{held / total:.0%} of the money, {said.en} of {whole.en}, stands on critical ground; {part:.0%} of that is {first['name']['en']}"
    return _find("value", round(held / total, 4), zh, en, 3, tuple(r["id"] for r in bad[:20]))
