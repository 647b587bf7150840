"""How every account is, all in all: the worst of share of wallet, contact, duty, coverage, judgements and access."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from powermap.analysis.age import stale
from powermap.analysis.cover import told, uncovered
from powermap.analysis.rules.contact import Clock
from powermap.analysis.rules.health import GRAVITY, TROUBLES, gravity, troubles
from powermap.analysis.rules.wallet import Limits
from powermap.analysis.text import CERTAIN, names, plural
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens, look
from powermap.method import Pack
from powermap.model import Records
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.data.columns import OURS
from powermap.portfolio.questions import concerns
from powermap.portfolio.questions.concerns import Told
from powermap.portfolio.questions.contacts import relations
from powermap.portfolio.questions.duty import account_faults
from powermap.portfolio.questions.findings import NOTICE, states
from powermap.portfolio.questions.findings_table import comparable, frame, in_order, missing_money
from powermap.portfolio.questions.wallet import series_of
from powermap.words import Words

COLUMNS = (
    ("name", "客户", "Account"),
    ("grade", "等级", "Grade"),
    ("health", "处境", "Health"),
    ("reasons", "原因", "Why"),
    ("revenue", "销售额", "Revenue"),
    ("uncovered", "有分量却没人覆盖", "People of power uncovered"),
    ("quiet", "无往来天数", "Days without contact"),
    ("cold", "变冷的关系", "Relations gone cold"),
    ("stale", "判断过时", "Attitudes judged long ago"),
)
WALLET = {"erosion": "erosion", "both": "falling", "none": "white"}
"""Verdict on a share of wallet -> trouble."""
UNREAD = ("Figure", "Layout")


def see(lens: Lens) -> Told:
    """Ask the rules of one account."""
    bare, old = uncovered(lens), stale(lens)
    return Told(told(lens, bare) if bare else None, names(lens, old) if old else None)


def seen(scan: Scan, records: Records, pack: Pack) -> dict[str, Told]:
    """Return what there is to tell of every account's people, by id."""
    c = scan.columns
    found = concerns.told(records.rows, c.as_of, pack) if records.rows is not None else {}
    rest = tuple(a.id for a in c.accounts if a.id not in found)
    for account_id, scope in records.scopes(rest, UNREAD):
        found[account_id] = see(look(scope, account_id, as_of=c.as_of, pack=pack))
    return found


def health_rows(scan: Scan, records: Records, pack: Pack) -> list[dict[str, Any]]:
    """One row an account, the gravest first, then by revenue."""
    c, limits = scan.columns, Limits.of(pack)
    found: dict[str, list[str]] = defaultdict(list)
    for account, key in zip(c.accounts, states(scan), strict=True):
        found[account.id].append(key)
    for account_id, kept in series_of(records, c.as_of.year, limits.years)[0].items():
        found[account_id] += [WALLET.get(s.verdict(limits.points), "") for s in kept]
    judged = relations(scan, records, Clock.of(pack))[0]
    cold = Counter(c.accounts[r.account].id for r in judged if r.contact.key == "cold")
    duties, people, clock = account_faults(scan, records, pack), seen(scan, records, pack), Clock.of(pack)
    covered = np.bincount(c.block[c.side == OURS], minlength=len(c.accounts)) > 0
    rows = []
    for i, account in enumerate(c.accounts):
        if account.id not in people:
            continue
        account_id, tells = account.id, people[account.id]
        silent = clock.quiet(account.last_met, c.as_of) if covered[i] else None
        told_of = {
            "duty": any(fault.red for fault in duties.get(i, ())),
            "uncovered": tells.uncovered,
            "quiet": silent,
            "stale": tells.stale,
        }
        given = troubles(
            [
                *found[account_id],
                *(k for k, v in told_of.items() if v),
                *(["cold"] if cold[account_id] else ()),
            ]
        )
        grave = gravity(given)
        rows.append(
            {
                "id": account_id,
                "account_id": account_id,
                "name": account.name._asdict(),
                "grade": account.grade,
                "revenue": account.revenue,
                "currency": account.currency,
                "gravity": grave,
                "key": given,
                "health": GRAVITY[grave]._asdict(),
                "reasons": _reasons(given)._asdict(),
                "uncovered": tells.uncovered._asdict() if tells.uncovered else None,
                "quiet": silent,
                "cold": cold[account_id] or None,
                "stale": tells.stale._asdict() if tells.stale else None,
            }
        )
    return in_order(
        rows,
        lambda r: (-r["gravity"], comparable(r, scan.currency), -(r["revenue"] or 0), r["name"]["en"]),
    )


def _reasons(keys: Sequence[str]) -> Words:
    said = [TROUBLES[key][1] for key in keys]
    return Words("；".join(w.zh for w in said), "; ".join(w.en for w in said))


def _rule(pack: Pack) -> Rule:
    days, silent = int(pack.default("stale_days")), Clock.of(pack).silent
    least = pack.default("power_that_matters")
    by: Mapping[int, Sequence[Words]] = {
        n: [w for grave, w in TROUBLES.values() if grave == n] for n in (3, 2, 1)
    }
    zh = "；".join(f"{GRAVITY[n].zh}：{'、'.join(w.zh for w in kept)}" for n, kept in by.items())
    en = "; ".join(f"{GRAVITY[n].en}: {', '.join(w.en for w in kept)}" for n, kept in by.items())
    return Rule(
        "health",
        Words(
            f"取已知问题中最重的一项。{zh}。话语权 {least:g} 及以上算有分量，超过 {silent} 天没有任何往来算久无往来，超过 {days} 天的态度判断算过时",
            f"the worst of what is known. {en}. Power of {least:g} or more is weight, more than {silent} days without any contact is long, an attitude judged more than {days} days ago is old",
        ),
    )


def answer(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Answer how every account is: the worst of what is known, and why."""
    rows, rule = health_rows(scan, records, pack), _rule(pack)
    count = Counter(r["gravity"] for r in rows)
    shown = [n for n in GRAVITY if count[n]]
    zh = "、".join(f"{count[n]} 个{GRAVITY[n].zh}" for n in shown)
    en = ", ".join(f"{count[n]} {GRAVITY[n].en}" for n in shown)
    words = Words(f"{len(rows)} 个客户：{zh}。", f"{plural(len(rows), 'account')}: {en}.")
    if not rows:
        words = Words("还没有客户。", "No accounts yet.")
    worst = [r for r in rows if r["gravity"] == 3]
    ids = tuple(r["id"] for r in worst[:20])
    found = [
        Finding(
            kind="health",
            subjects=ids,
            value=len(worst),
            rule=rule,
            sentence=words,
            certainty=CERTAIN,
            unit="accounts",
            urgency=3 if worst else 0,
        )
    ]
    for row in worst[:5]:
        name, why = Words(**row["name"]), Words(**row["reasons"])
        words = Words(f"{name.zh}：{why.zh}。", f"{name.en}: {why.en}.")
        found.append(
            Finding(
                kind="health",
                subjects=(row["id"],),
                value=row["gravity"],
                rule=rule,
                sentence=words,
                certainty=CERTAIN,
                urgency=2,
            )
        )
    return frame(scan, "health", COLUMNS, rows, found, [NOTICE, *missing_money(scan)])
