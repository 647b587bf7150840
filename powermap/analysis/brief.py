"""The dozen most important findings of an account, most urgent first."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from powermap.analysis.alerts import alerts
from powermap.analysis.competition import compare
from powermap.analysis.decision import decides
from powermap.analysis.facts import attitudes, coverage
from powermap.analysis.fragility import fragile, owners
from powermap.analysis.influence import power
from powermap.analysis.sway import sways
from powermap.analysis.text import CERTAIN, answer, fact, names, plural
from powermap.findings import Answer, Finding, Input, Rule
from powermap.lens import Lens
from powermap.words import Words, quoted

WALLET = Rule(
    "share of wallet",
    Words(
        "我方销售额 / 客户同品类采购总额，首年对末年",
        "our revenue / what the customer buys in the category, first against last year",
    ),
)
COLD = Rule(
    "contact", Words("最近一次往来与态度判断的日期", "dates of the last interaction and of the judgements")
)


def brief(lens: Lens) -> Answer:
    """Put the findings of every question in order, with the alerts of figures and dates; a dozen at most."""
    found = [*fragile(lens).findings, *_wallet(lens), *_cold(lens), *alerts(lens)]
    found += [f for question in (decides, compare, sways) for f in question(lens).findings]
    found += _stale(lens) + _unproven(lens)
    unique = {f.id: f for f in found if f.urgency or f.kind in ("sound", "deciders")}
    # The first of every kind before the second of any: three hidden influencers must not push an alert out.
    of_kind: Counter[str] = Counter()
    places = {}
    for finding in unique.values():
        places[finding.id] = of_kind[finding.kind]
        of_kind[finding.kind] += 1
    chosen = sorted(unique.values(), key=lambda f: (-f.urgency, places[f.id]))[:12]
    return answer(lens, "brief", (), (), chosen)


def _wallet(lens: Lens) -> list[Finding]:
    """Sales that rise while the share of what the customer buys falls, category by category (M24)."""
    if not lens.supplier.us:
        return []
    findings = []
    for category in dict.fromkeys(f.category for f in lens.figures):
        ours = {
            f.on: f
            for f in lens.figures
            if f.measure == "revenue" and f.category == category and not f.supplier
        }
        spent = {f.on: f for f in lens.figures if f.measure == "wallet" and f.category == category}
        # A year that isn't over would look like a fall.
        years = sorted(on for on in set(ours) & set(spent) if on and on.year < lens.as_of.year)
        if len(years) < 2 or not spent[years[0]].value or not spent[years[-1]].value:
            continue
        first, last = years[0], years[-1]
        was, now = ours[first].value / spent[first].value, ours[last].value / spent[last].value
        if ours[last].value > ours[first].value and now < was - 0.02:
            growth = ours[last].value / ours[first].value if ours[first].value else float("inf")
            what = quoted(category) if category else "总"
            zh = f"{what}销售额 {first.year} 到 {last.year} 年增长到 {growth:.3g} 倍，份额却从 {was:.0%} 降到 {now:.1%}：客户的增长给了对手。"
            en = f"{category.capitalize() or 'Total'} sales grew {growth:.3g}-fold from {first.year} to {last.year}, yet our share of wallet fell from {was:.0%} to {now:.1%}: the customer's growth went to competitors."
            inputs = tuple(
                Input(
                    Words(f"{y.year} 年{label_zh}", f"{label_en} {y.year}"),
                    table[y].value,
                    table[y].source,
                    y,
                )
                for y in (first, last)
                for label_zh, label_en, table in (
                    ("销售额", "our sales", ours),
                    ("采购总额", "wallet", spent),
                )
            )
            findings.append(
                Finding(
                    "wallet-erosion",
                    (lens.account.id,),
                    now,
                    WALLET,
                    Words(zh, en),
                    CERTAIN,
                    inputs[:3],
                    "share",
                    urgency=3,
                )
            )
    return findings


def _cold(lens: Lens) -> list[Finding]:
    """No contact with the account, or with a person of power, for longer than the pack allows (M28)."""
    days = int(lens.pack.default("stale_days"))
    met = [i for i in lens.interactions if i.on]
    covered = owners(lens)
    if not covered:
        return []
    if not met:
        return []
    last = met[-1].on
    assert last is not None
    since = (lens.as_of - last).days
    if since > days:
        words = Words(
            f"已经 {since} 天没有任何往来（最近一次：{last}）。",
            f"No contact for {since} days (the last was on {last}).",
        )
        return [
            Finding(
                "cold-account",
                (lens.account.id,),
                since,
                COLD,
                words,
                CERTAIN,
                (fact("最近往来", "last interaction", last.isoformat()),),
                "days",
                urgency=3,
            )
        ]
    strength = power(lens)
    recent = {p for i in met if i.on and i.on > lens.as_of - timedelta(days=days) for p in i.theirs}
    people = [
        p for p in covered if p not in recent and strength[p].value >= lens.pack.default("power_that_matters")
    ]
    if not people:
        return []
    listed = names(lens, people)
    words = Words(f"{days} 天内没有见过：{listed.zh}。", f"Not met for {days} days: {listed.en}.")
    return [
        Finding(
            "cold-contact",
            tuple(people),
            len(people),
            COLD,
            words,
            CERTAIN,
            coverage(lens, (c for c in lens.covers() if c.dst in people)),
            urgency=1,
        )
    ]


def _stale(lens: Lens) -> list[Finding]:
    days = int(lens.pack.default("stale_days"))
    old = []
    for person in lens.seats:
        stance = lens.stance(person)
        if stance is not None and stance.period.start and (lens.as_of - stance.period.start).days > days:
            old.append(person)
    if not old:
        return []
    share = len(old) / max(1, sum(lens.stance(p) is not None for p in lens.seats))
    listed = names(lens, old)
    words = Words(
        f"{len(old)} 人的态度判断已超过 {days} 天：{listed.zh}。",
        f"{plural(len(old), 'attitude was', 'attitudes were')} judged more than {days} days ago: {listed.en}.",
    )
    return [
        Finding(
            "stale-stances",
            tuple(old),
            len(old),
            COLD,
            words,
            CERTAIN,
            attitudes(lens, old),
            urgency=2 if share > 0.5 else 1,
        )
    ]


def _unproven(lens: Lens) -> list[Finding]:
    """A coach or exclusive supporter without any evidence written down (M57)."""
    rule = Rule("key event", Words("+2、+3 需要关键事件为证", "+2 and +3 need a key event as evidence"))
    people = [
        p
        for p in lens.seats
        if (lens.attitude(p) or 0) >= 2 and (s := lens.stance(p)) is not None and not s.evidence.note
    ]
    if not people:
        return []
    listed = names(lens, people)
    words = Words(f"+2/+3 却没有写明依据：{listed.zh}。", f"Down as +2 or +3 without evidence: {listed.en}.")
    return [
        Finding(
            "unproven", tuple(people), len(people), rule, words, CERTAIN, attitudes(lens, people), urgency=1
        )
    ]
