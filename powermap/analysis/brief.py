"""The dozen most important findings of an account, most urgent first."""

from __future__ import annotations

from collections import Counter

from powermap.analysis.age import quiet, relations, stale
from powermap.analysis.alerts import alerts
from powermap.analysis.competition import compare
from powermap.analysis.decision import decides
from powermap.analysis.facts import attitudes, coverage
from powermap.analysis.fragility import fragile
from powermap.analysis.judged import unproven
from powermap.analysis.rules.wallet import Amount, Limits, Series, alarm, series
from powermap.analysis.sway import sways
from powermap.analysis.text import CERTAIN, answer, call, fact, names, plural
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.model import Organization
from powermap.words import Words, by_language

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


def wallet(lens: Lens) -> list[Series]:
    """Return our share of what the customer buys, by category and currency, from the figures of the account."""
    limits = Limits.of(lens.pack)
    amounts = (
        Amount(f.measure, f.category, f.currency, f.on.year, f.value, f.supplier, f.source)
        for f in lens.figures
        if f.on is not None
    )
    return series(amounts, lens.as_of.year, limits.years)


def _wallet(lens: Lens) -> list[Finding]:
    """Sales that rise while the share of what the customer buys falls, category by category (M24)."""
    if not lens.supplier.us:
        return []
    limits = Limits.of(lens.pack)

    def called(supplier: str) -> Words:
        found = lens.snapshot.get(Organization, supplier)
        return by_language(found.name, found.name_alt) if found else Words(supplier, supplier)

    found = (alarm(s, limits, lens.account.id, called) for s in wallet(lens))
    return [f for f in found if f is not None]


def _cold(lens: Lens) -> list[Finding]:
    """No contact with the account for longer than the pack allows, or relations gone cold (M28)."""
    if not lens.covers():
        return []
    since = quiet(lens)
    if since is not None:
        last = lens.interactions[-1].on
        words = Words(
            f"已经 {since} 天没有任何往来（最近一次：{last}）。",
            f"No contact for {since} days (the last was on {last}).",
        )
        ground = (fact("最近往来", "last interaction", str(last)),)
        return [
            Finding(
                kind="cold-account",
                subjects=(lens.account.id,),
                value=since,
                rule=COLD,
                sentence=words,
                certainty=CERTAIN,
                inputs=ground,
                unit="days",
                urgency=3,
            )
        ]
    cold = [r for r in relations(lens) if r.contact.key == "cold"]
    if not cold:
        return []
    said = []
    for ours, theirs, contact in cold:
        a, b = call(lens, ours), call(lens, theirs)
        said.append(
            Words(f"{a.zh} → {b.zh}（{contact.cold_on} 起）", f"{a.en} → {b.en} (since {contact.cold_on})")
        )
    listed, more = said[:4], max(0, len(said) - 4)
    words = Words(
        f"{len(cold)} 条关系已变冷，该联系了：{'、'.join(w.zh for w in listed)}{' 等' if more else ''}。",
        f"{plural(len(cold), 'relation has', 'relations have')} gone cold, get in touch: "
        f"{', '.join(w.en for w in listed)}{f' and {more} more' if more else ''}.",
    )
    pairs = {(r.ours, r.theirs) for r in cold}
    return [
        Finding(
            kind="cold-contact",
            subjects=tuple(dict.fromkeys(r.theirs for r in cold)),
            value=len(cold),
            rule=COLD,
            sentence=words,
            certainty=CERTAIN,
            inputs=coverage(lens, (c for c in lens.covers() if (c.src, c.dst) in pairs)),
            unit="relations",
            urgency=1,
        )
    ]


def _stale(lens: Lens) -> list[Finding]:
    old = stale(lens)
    if not old:
        return []
    days = int(lens.pack.default("stale_days"))
    share = len(old) / max(1, sum(lens.stance(p) is not None for p in lens.seats))
    listed = names(lens, old)
    words = Words(
        f"{len(old)} 人的态度判断已超过 {days} 天：{listed.zh}。",
        f"{plural(len(old), 'attitude was', 'attitudes were')} judged more than {days} days ago: {listed.en}.",
    )
    return [
        Finding(
            kind="stale-stances",
            subjects=old,
            value=len(old),
            rule=COLD,
            sentence=words,
            certainty=CERTAIN,
            inputs=attitudes(lens, old),
            urgency=2 if share > 0.5 else 1,
        )
    ]


def _unproven(lens: Lens) -> list[Finding]:
    """A coach or exclusive supporter whom no key event proves (M57)."""
    rule = Rule("key event", Words("+2、+3 需要关键事件为证", "+2 and +3 need a key event as evidence"))
    people = unproven(lens)
    if not people:
        return []
    listed = names(lens, people)
    words = Words(
        f"待证实：{listed.zh} 是 +2/+3，却没有关键事件。",
        f"Unproven: {listed.en} at +2 or +3 without a key event.",
    )
    return [
        Finding(
            kind="unproven-attitude",
            subjects=people,
            value=len(people),
            rule=rule,
            sentence=words,
            certainty=CERTAIN,
            inputs=attitudes(lens, people),
            urgency=1,
        )
    ]
