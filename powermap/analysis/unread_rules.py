"""Decision rules that nobody can use once some changes are made: they name somebody who isn't there, or several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from powermap.analysis.rule import RuleFault, rule_of
from powermap.lens import look
from powermap.method import Pack
from powermap.model import (
    Change,
    Deal,
    PartOf,
    Record,
    Snapshot,
    TakesPart,
    accounts_of,
    below,
    record_from_props,
    units_of,
)
from powermap.words import Words


def unread_rules(
    changes: Iterable[Change], known: Snapshot, pack: Pack, day: date
) -> Mapping[Words, tuple[str]]:
    """Say which rules of deals that the changes touch (the deal, or its committee) can't be used, with place and reason.

    `known` is the state before the changes; `day` the day on which the rule is read.
    """
    changes = tuple(changes)
    sources: dict[str, str] = {}
    for change in changes:
        if change.after is not None and change.kind in (Deal.KIND, TakesPart.KIND):
            sources.setdefault(
                change.after["dst"] if change.kind == TakesPart.KIND else change.id, change.source
            )
    if not sources:
        return {}
    made: dict[str, Record] = {
        c.id: record_from_props(c.kind, c.after) for c in changes if c.after is not None
    }
    gone = {c.id for c in changes if c.after is None}
    after = Snapshot.of(r for i, r in {**known.records, **made}.items() if i not in gone)
    asked = [d for i in sources if (d := after.get(Deal, i)) is not None and d.rule and not d.outcome]
    if not asked:
        return {}
    units = units_of(after.all(PartOf))
    home = {unit: a.id for a in accounts_of(after) for unit in below(a.id, units)}
    by_account: dict[str, list[Deal]] = {}
    for deal in asked:
        if deal.account in home:
            by_account.setdefault(home[deal.account], []).append(deal)
    found: dict[Words, tuple[str]] = {}
    for account, scope in after.scopes(tuple(by_account)):
        for deal in by_account[account]:
            try:
                rule_of(look(scope, account, as_of=day, pack=pack, deal_id=deal.id))
            except RuleFault as fault:
                zh = f"{sources[deal.id]}：“{deal.name}”的决策规则读不懂，暂按角色推定：{fault.reason.zh}"
                en = (
                    f"{sources[deal.id]}: the decision rule of {deal.name} can't be read, roles count in its place: "
                    f"{fault.reason.en}"
                )
                found[Words(zh, en)] = ("",)
    return found
